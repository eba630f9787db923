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
    return spiral_session_create(session, &lesson->scenarios[scenario], &constants, NULL, seed,
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

static enum spiral_status run_measure(const struct spiral_lesson *lesson,
                                      const struct spiral_lesson_measure *measure, uint64_t runs,
                                      uint64_t seed, double *value, struct spiral_error *error)
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

    for (size_t m = 0; m < step->measure_count && status == SPIRAL_OK; m++) {
        const struct spiral_lesson_measure *measure = &step->measures[m];
        if (measure->of >= 0)
            value[m] = value[measure->of];
        else
            status = run_measure(lesson, measure, runs, seed, &value[m], error);
        if (measure->less >= 0)
            value[m] -= value[measure->less];
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

/* A text with what was measured in the place of every {name}. */
static void tell_text(const struct spiral_lesson_step *step,
                      const struct spiral_lesson_answer *answer, const char *text, FILE *out)
{
    char name[SPIRAL_LESSON_NAME];
    char value[40];
    const char *at = text;
    const char *from = text;
    const char *open;

    while ((open = spiral_lesson_placeholder(&at, name)) != NULL) {
        fwrite(from, 1, (size_t)(open - from), out);
        for (size_t m = 0; m < step->measure_count; m++)
            if (strcmp(step->measures[m].name, name) == 0) {
                spiral_lesson_write_value(&step->measures[m], answer->value[m], value);
                fputs(value, out);
            }

        from = at;
    }

    fputs(from, out);
}

char *spiral_lesson_tell(const struct spiral_lesson_step *step,
                         const struct spiral_lesson_answer *answer, const char *language)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out == NULL)
        return NULL;
    tell_text(step, answer, spiral_text_get(&step->reveal, language), out);

    for (size_t n = 0; n < step->note_count; n++) {
        const struct spiral_lesson_note *note = &step->notes[n];
        const double found = note->measure >= 0 ? answer->value[note->measure] : 0.0;

        if (note->measure < 0 || found < note->from || found >= note->to)
            continue;
        fputs(strcmp(language, "zh") == 0 ? "" : " ", out);
        tell_text(step, answer, spiral_text_get(&note->text, language), out);
    }

    spiral_text_stream_close(out, &text);

    return text;
}
