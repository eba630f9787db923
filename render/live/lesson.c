/* SPDX-License-Identifier: MIT */
#include "render/live/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/text_stream.h"
#include "sim/ensemble.h"

static enum spiral_status begin_session(const struct spiral_lesson *lesson, int scenario,
                                        uint64_t seed, struct spiral_session **session,
                                        struct spiral_error *error)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.posterior = lesson->posterior;
    return spiral_session_create(session, &lesson->scenarios[scenario], &constants, &options, seed,
                                 error);
}

/* Goes to the date of a setup and makes its choices. In the comparison of before and after they
 * count as one. */
static enum spiral_status apply_setup(struct spiral_session *session,
                                      const struct spiral_lesson_setup *setup,
                                      struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    if (setup->dated)
        spiral_session_seek(session, spiral_session_step_at(session, setup->date));

    const size_t choices = session->choice_count;
    struct spiral_run_start before = spiral_session_start(session);

    for (size_t i = 0; i < session->base.state_count && status == SPIRAL_OK; i++)
        if (setup->doctrine[i] != NULL)
            status = spiral_session_set_doctrine(session, (int)i, setup->doctrine[i]->name, error);
    for (size_t i = 0; i < setup->setting_count && status == SPIRAL_OK; i++)
        status =
            spiral_session_set(session, setup->settings[i].name, setup->settings[i].value, error);
    for (size_t i = 0; i < setup->move_count && status == SPIRAL_OK; i++)
        status = spiral_session_move(session, setup->moves[i].actor, setup->moves[i].target,
                                     setup->moves[i].move, setup->moves[i].weight, error);
    if (session->choice_count > choices)
        spiral_session_compare_from(session, &before);
    spiral_run_start_release(&before);

    return status;
}

enum spiral_status spiral_lesson_apply(const struct spiral_lesson *lesson, size_t step,
                                       struct spiral_session **session, struct spiral_error *error)
{
    const struct spiral_lesson_levers *levers = &lesson->steps[step].levers;
    const struct spiral_scenario *wanted = &lesson->scenarios[levers->setup.scenario];
    const uint64_t seed = levers->reseeded ? levers->seed : *session != NULL ? (*session)->seed : 1;
    enum spiral_status status = SPIRAL_OK;

    if (*session == NULL || strcmp((*session)->base.name, wanted->name) != 0) {
        struct spiral_session *fresh;
        status = begin_session(lesson, levers->setup.scenario, seed, &fresh, error);
        if (status != SPIRAL_OK)
            return status;
        spiral_session_destroy(*session);
        *session = fresh;
    } else if (levers->anew || levers->reseeded) {
        if (levers->anew)
            status = spiral_session_forget(*session, error);
        spiral_session_restart(*session, seed);
    }

    if (!levers->given)
        return SPIRAL_OK;
    if (status == SPIRAL_OK)
        status = apply_setup(*session, &levers->setup, error);
    if (levers->speed > 0.0)
        spiral_session_set_speed(*session, levers->speed);
    (*session)->playing = levers->play && status == SPIRAL_OK;
    spiral_session_clear_history(*session); /* the step is what its questions are about */

    return status;
}

/* --- reveals ---------------------------------------------------------------------------------- */

/* The intervals of a risk by the end of the run. */
static struct spiral_lesson_risk risk_of(const struct spiral_tally *tally,
                                         enum spiral_outcome_name outcome)
{
    struct spiral_lesson_risk risk = {.told = outcome == SPIRAL_OUTCOME_war ||
                                              outcome == SPIRAL_OUTCOME_force};
    const bool is_war = outcome == SPIRAL_OUTCOME_war;

    if (!risk.told)
        return risk;
    risk.sampling = spiral_wilson(is_war ? spiral_tally_wars(tally, tally->steps)
                                         : spiral_tally_forces(tally, tally->steps),
                                  tally->runs);
    risk.by_constants =
        is_war ? spiral_tally_war_by_constants(tally, tally->years - 1, &risk.constants)
               : spiral_tally_force_by_constants(tally, tally->years - 1, &risk.constants);

    return risk;
}

static enum spiral_status run_measure(const struct spiral_lesson *lesson,
                                      const struct spiral_lesson_measure *measure, uint64_t runs,
                                      uint64_t seed, double *value, struct spiral_lesson_risk *risk,
                                      struct spiral_error *error)
{
    struct spiral_session *session;
    struct spiral_collector collector = {.tally = NULL};
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status =
        begin_session(lesson, measure->setup.scenario, seed, &session, error);

    if (status == SPIRAL_OK)
        status = apply_setup(session, &measure->setup, error);
    if (status != SPIRAL_OK)
        goto out;

    if (batch == NULL ||
        spiral_collector_init(&collector, session->plan, false, false) != SPIRAL_OK) {
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");
        goto out;
    }

    spiral_ensemble_run(batch, session->plan, seed, 0, runs, &collector);
    *value = spiral_tally_mean(collector.tally, measure->outcome);
    *risk = risk_of(collector.tally, measure->outcome);

out:
    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_session_destroy(session);

    return status;
}

enum spiral_status spiral_lesson_reveal(const struct spiral_lesson *lesson, size_t step_index,
                                        uint64_t runs, uint64_t seed,
                                        struct spiral_lesson_answer *answer,
                                        struct spiral_error *error)
{
    const struct spiral_lesson_step *step = &lesson->steps[step_index];
    enum spiral_status status = SPIRAL_OK;
    double *value = answer->value;

    *answer = (struct spiral_lesson_answer){.value = {0.0}};
    struct spiral_lesson_risk *risk = answer->risk;

    for (size_t m = 0; m < step->measure_count && status == SPIRAL_OK; m++) {
        const struct spiral_lesson_measure *measure = &step->measures[m];
        if (measure->of >= 0)
            value[m] = value[measure->of];
        else
            status = run_measure(lesson, measure, runs, seed, &value[m], &risk[m], error);
        if (measure->of >= 0 && measure->less < 0)
            risk[m] = risk[measure->of];

        if (measure->less >= 0) {
            value[m] -= value[measure->less];
            risk[m].told = false;
        }
    }

    for (size_t c = 0; c < step->choice_count && status == SPIRAL_OK; c++) {
        const struct spiral_lesson_choice *choice = &step->choices[c];
        const double found = choice->measure >= 0 ? value[choice->measure] : 0.0;
        answer->holds[c] = choice->measure >= 0 && found >= choice->from && found < choice->to;
    }

    for (size_t c = 0; c < step->choice_count; c++) {
        bool any = false;

        for (size_t other = 0; other < step->choice_count; other++)
            any = any || (!step->choices[other].otherwise && answer->holds[other]);
        if (step->choices[c].otherwise)
            answer->holds[c] = !any;
    }

    return status;
}

/* What was measured, as a text says it: shares in per cent, differences of shares in percentage
 * points. */
void spiral_lesson_write_value(const struct spiral_lesson_measure *measure, double value,
                               char text[40])
{
    const bool is_difference = measure->less >= 0;
    const double size = 100.0 * (value < 0.0 ? -value : value);
    const int digits = size > 0.0 && size < 9.95 ? 1 : 0;

    if (!measure->percent)
        snprintf(text, 40, is_difference ? "%+.2f" : "%.2f", value);
    else if (is_difference)
        snprintf(text, 40, "%s%.*f", size == 0.0 ? "" : value < 0.0 ? "−" : "+", digits, size);
    else
        snprintf(text, 40, "%.*f %%", digits, size);
}

/* "56–62", in per cent as a measure's value is. */
static void tell_interval(const struct spiral_lesson_measure *measure,
                          struct spiral_interval interval, FILE *out)
{
    char low[40];
    char high[40];

    spiral_lesson_write_value(measure, interval.low, low);
    spiral_lesson_write_value(measure, interval.high, high);
    low[strcspn(low, " ")] = '\0';
    high[strcspn(high, " ")] = '\0';
    fprintf(out, "%s–%s", low, high);
}

/* What was measured; a risk with its intervals, "59 % [56–62; 34–82]". */
static void tell_measure(const struct spiral_lesson_step *step,
                         const struct spiral_lesson_answer *answer, size_t m, FILE *out)
{
    const struct spiral_lesson_measure *measure = &step->measures[m];
    const struct spiral_lesson_risk *risk = &answer->risk[m];
    char value[40];

    spiral_lesson_write_value(measure, answer->value[m], value);
    fputs(value, out);
    if (!risk->told)
        return;

    fputs(" [", out);
    tell_interval(measure, risk->sampling, out);

    if (risk->by_constants) {
        fputs("; ", out);
        tell_interval(measure, risk->constants, out);
    }

    fputc(']', out);
}

/* A text with what was measured in the place of every {name}. Returns whether a risk was told, and
 * in *by_constants whether one was with what the constants may be. */
static bool tell_text(const struct spiral_lesson_step *step,
                      const struct spiral_lesson_answer *answer, const char *text,
                      bool *by_constants, FILE *out)
{
    char name[SPIRAL_LESSON_NAME];
    const char *at = text;
    const char *from = text;
    const char *open;
    bool told = false;

    while ((open = spiral_lesson_placeholder(&at, name)) != NULL) {
        fwrite(from, 1, (size_t)(open - from), out);
        for (size_t m = 0; m < step->measure_count; m++)
            if (strcmp(step->measures[m].name, name) == 0) {
                tell_measure(step, answer, m, out);
                told = told || answer->risk[m].told;
                *by_constants = *by_constants || answer->risk[m].by_constants;
            }

        from = at;
    }

    fputs(from, out);

    return told;
}

/* What stands in brackets behind a risk. */
static const char *explain_intervals(bool zh, bool by_constants)
{
    if (zh)
        return by_constants ? "方括号内先是抽样的 95 % 区间，再是常数不确定性的 90 % 区间。"
                            : "方括号内是抽样的 95 % 区间。";
    return by_constants ? " In brackets: the 95 % interval of the sample of runs, then the 90 % "
                          "interval over what the constants may be."
                        : " In brackets: the 95 % interval of the sample of runs.";
}

char *spiral_lesson_tell(const struct spiral_lesson_step *step,
                         const struct spiral_lesson_answer *answer, const char *language)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out == NULL)
        return NULL;

    const bool zh = strcmp(language, "zh") == 0;
    bool by_constants = false;
    bool told =
        tell_text(step, answer, spiral_text_get(&step->reveal, language), &by_constants, out);

    for (size_t n = 0; n < step->note_count; n++) {
        const struct spiral_lesson_note *note = &step->notes[n];
        const double found = note->measure >= 0 ? answer->value[note->measure] : 0.0;

        if (note->measure < 0 || found < note->from || found >= note->to)
            continue;
        fputs(zh ? "" : " ", out);
        told |= tell_text(step, answer, spiral_text_get(&note->text, language), &by_constants, out);
    }

    if (told)
        fputs(explain_intervals(zh, by_constants), out);
    spiral_text_stream_close(out, &text);

    return text;
}
