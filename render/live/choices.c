/* SPDX-License-Identifier: MIT
 *
 * The choices of a session: the log, and what it makes of the case.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "sim/parameter.h"

/* Whether two choices are about the same thing, so that the later replaces the earlier: a number
 * replaces the same number, a doctrine the state's doctrine and all its numbers. Moves are acts,
 * and do not replace one another. */
static bool replaces_choice(const struct spiral_choice *later, const struct spiral_choice *earlier)
{
    if (later->kind == SPIRAL_CHOICE_MOVE || earlier->kind == SPIRAL_CHOICE_MOVE ||
        later->dated != earlier->dated)
        return false;
    if (later->dated && later->step != earlier->step)
        return false;
    if (later->kind == SPIRAL_CHOICE_NUMBER)
        return earlier->kind == SPIRAL_CHOICE_NUMBER && strcmp(later->name, earlier->name) == 0;

    return later->actor == earlier->actor &&
           (earlier->kind == SPIRAL_CHOICE_DOCTRINE || strncmp(earlier->name, "doctrine.", 9) == 0);
}

/* Replaces the log, and the scenario and plan made of it. The change acts from this step on (-1: on
 * the whole run). */
static enum spiral_status change_log(struct spiral_session *session, struct spiral_choice *choices,
                                     size_t count, long from, bool keep_before,
                                     struct spiral_error *error)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_shared_plan *shared;
    const enum spiral_status status =
        spiral_session_compile(session, choices, count, &scenario, &constants, &shared, error);

    if (status != SPIRAL_OK)
        return status;

    if (!keep_before) {
        spiral_run_start_release(&session->before);
        session->before = spiral_session_start(session);
        session->before_serial = spiral_live_serial();
    }

    spiral_shared_plan_release(session->shared);
    spiral_scenario_clear(&session->scenario);
    session->scenario = scenario;
    session->constants = constants;
    session->shared = shared;
    session->plan = shared->plan;

    memmove(session->choices, choices, count * sizeof *choices);
    session->choice_count = count;
    session->revision = spiral_live_serial();

    /* the run up to the present, under the new choices */
    spiral_session_truncate(session, from);
    spiral_session_compute(session, session->present);
    spiral_run_start_release(&session->after);
    session->after = spiral_session_start(session);

    return SPIRAL_OK;
}

void spiral_session_compare_from(struct spiral_session *session, struct spiral_run_start *before)
{
    spiral_run_start_release(&session->before);
    session->before = *before;
    session->before_serial = spiral_live_serial();
    before->plan = NULL;
}

/* Adds a choice to the log. */
static enum spiral_status add_choice(struct spiral_session *session,
                                     const struct spiral_choice *choice, struct spiral_error *error)
{
    struct spiral_choice *choices = malloc((session->choice_count + 1) * sizeof *choices);
    size_t kept = 0;
    size_t replaced = 0;
    bool replaced_last = false;

    if (choices == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a choice");

    for (size_t i = 0; i < session->choice_count; i++)
        if (replaces_choice(choice, &session->choices[i])) {
            replaced++;
            replaced_last = i + 1 == session->choice_count;
        } else {
            choices[kept++] = session->choices[i];
        }

    choices[kept++] = *choice;

    /* a slider that is dragged is compared with what was before it was touched */
    const bool keep_before = replaced == 1 && replaced_last && session->before.plan != NULL &&
                             session->before.state.step == session->present;
    const long from = choice->dated ? choice->step : -1;
    enum spiral_status status;

    if (kept > SPIRAL_SESSION_CHOICES)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "there are %d choices already; undo some first",
                                  SPIRAL_SESSION_CHOICES);
    else
        status = change_log(session, choices, kept, from, keep_before, error);

    free(choices);

    return status;
}

void spiral_session_first_day_after(double date, double dt, char text[12])
{
    const long month_of_date = (long)(date * 12.0 + 1e-6);
    char day_text[32];
    double day_date;

    for (long month = month_of_date; month < month_of_date + 2; month++)
        for (int day = 1; day <= 31; day++) {
            snprintf(day_text, sizeof day_text, "%04ld-%02ld-%02d", month / 12 % 10000,
                     month % 12 + 1, day);
            if (!spiral_date_parse(day_text, &day_date) || !(day_date > date + 2e-6 * dt))
                continue;
            memcpy(text, day_text, 12);
            return;
        }
}

/* Begins a choice of the present; false, with an error, where it comes too late to act. */
static bool begin_choice(const struct spiral_session *session, struct spiral_choice *choice,
                         enum spiral_choice_kind kind, bool dated, struct spiral_error *error)
{
    double date;

    memset(choice, 0, sizeof *choice);
    choice->kind = kind;
    choice->dated = dated;
    choice->step = session->present;
    choice->actor = choice->target = -1;
    if (!dated)
        return true;

    spiral_session_first_day_after(spiral_plan_date(session->plan, session->present),
                                   session->plan->dt, choice->date_text);
    if (session->present < session->plan->steps && spiral_date_parse(choice->date_text, &date) &&
        date < session->base.end - 1e-9)
        return true;
    spiral_error_set(error, SPIRAL_BAD_INPUT, "the run is at its end; go back to choose");

    return false;
}

/* --- by name ---------------------------------------------------------------------------------- */

/* The state that a dated name is about, and what follows its id. */
static const char *split_name(const struct spiral_scenario *scenario, const char *name, int *state)
{
    const char *id = strncmp(name, "doctrine.", 9) == 0 ? name + 9 : name;
    const char *point = strchr(id, '.');
    char text[SPIRAL_ID_SIZE] = "";

    if (point == NULL || (size_t)(point - id) >= sizeof text)
        return NULL;
    memcpy(text, id, (size_t)(point - id));
    *state = spiral_scenario_find_state(scenario, text);

    return *state >= 0 ? point + 1 : NULL;
}

bool spiral_session_is_dated(const char *name)
{
    const char *point = strchr(name, '.');
    const bool plain = point != NULL && memchr(name, '-', (size_t)(point - name)) == NULL &&
                       strncmp(name, "k.", 2) != 0;

    return strncmp(name, "doctrine.", 9) == 0 ||
           (plain && (strcmp(point, ".greed") == 0 || strcmp(point, ".resolve") == 0));
}

/* A number that is looked up among all names. */
struct wanted {
    const char *name;
    const struct spiral_field *field;
    double value;
};

static void look_up_name(void *context, const char *name, const struct spiral_field *field,
                         double value)
{
    struct wanted *wanted = context;
    if (strcmp(name, wanted->name) == 0) {
        wanted->field = field;
        wanted->value = value;
    }
}

/* A state's name as the text of a choice has it: no longer than this, and cut between letters. */
struct short_name {
    char text[61];
};

static struct short_name name_of(const struct spiral_session *session, int state,
                                 const char *language)
{
    const struct spiral_state_facts *facts = &session->base.states[state];
    const char *name = facts->name.count > 0 ? spiral_text_get(&facts->name, language) : facts->id;
    struct short_name kept = {""};

    memcpy(kept.text, name, spiral_foreign_text_fit(name, sizeof kept.text - 1));

    return kept;
}

/* Adds until when a dated number holds, where a later change ends it. */
static void describe_end(const struct spiral_session *session, struct spiral_choice *choice)
{
    const char *what = strrchr(choice->name, '.') + 1;
    const enum spiral_entry_kind kind = strncmp(choice->name, "doctrine.", 9) == 0
                                            ? SPIRAL_ENTRY_DOCTRINE
                                        : strcmp(what, "greed") == 0 ? SPIRAL_ENTRY_GREED
                                                                     : SPIRAL_ENTRY_RESOLVE;
    double date = session->base.start;

    spiral_date_parse(choice->date_text, &date);

    const struct spiral_entry *next =
        spiral_edit_next_change(&session->scenario, kind, choice->actor, date);
    const size_t en = strlen(choice->text_en);
    const size_t zh = strlen(choice->text_zh);

    if (next == NULL)
        return;
    snprintf(choice->text_en + en, sizeof choice->text_en - en, " (until %s)", next->date_text);
    snprintf(choice->text_zh + zh, sizeof choice->text_zh - zh, "（至%s）", next->date_text);
}

/* Describes the choice in two languages. */
static void describe_number(const struct spiral_session *session, struct spiral_choice *choice,
                            const struct spiral_field *field)
{
    int state = 0;
    const char *rest = split_name(&session->base, choice->name, &state);

    if (field != NULL && strncmp(choice->name, "k.", 2) == 0) {
        snprintf(choice->text_en, sizeof choice->text_en, "%s = %.4g", field->label_en,
                 choice->value);
        snprintf(choice->text_zh, sizeof choice->text_zh, "%s = %.4g", field->label_zh,
                 choice->value);
    } else if (field != NULL && rest != NULL) {
        snprintf(choice->text_en, sizeof choice->text_en, "%s: %s = %.4g",
                 name_of(session, state, "en").text, field->label_en, choice->value);
        snprintf(choice->text_zh, sizeof choice->text_zh, "%s：%s = %.4g",
                 name_of(session, state, "zh").text, field->label_zh, choice->value);
    } else {
        snprintf(choice->text_en, sizeof choice->text_en, "%s = %.4g", choice->name, choice->value);
        memcpy(choice->text_zh, choice->text_en, sizeof choice->text_zh);
    }
}

enum spiral_status spiral_session_set(struct spiral_session *session, const char *name,
                                      double value, struct spiral_error *error)
{
    struct spiral_choice choice;
    struct spiral_constants constants = session->base_constants;
    struct spiral_scenario scenario;
    const char *point = strrchr(name, '.');
    enum spiral_status status = spiral_scenario_copy(&scenario, &session->base);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a choice");

    /* tried on a copy: is there such a number, and is the value within its range? */
    status = spiral_parameter_set(&scenario, &constants, name, value, error);
    spiral_scenario_clear(&scenario);
    if (status != SPIRAL_OK)
        return status;

    /* the scenario format knows yes and no here, and the log has names of limited length */
    if (point != NULL && strcmp(point, ".nuclear") == 0 && value != 0.0 && value != 1.0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is %.6g; expected 0 or 1", name,
                                value);
    if (strlen(name) >= sizeof choice.name)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the name %.60s... is too long", name);

    struct wanted wanted = {.name = name};

    /* what is chosen acts from the present on: it has no other doctrines to be set in */
    spiral_parameter_list(&session->base, &session->base_constants, look_up_name, &wanted);
    if (wanted.field == NULL && strncmp(name, "doctrine.", 9) == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s is not set in a view; expected doctrine.STATE.NUMBER", name);

    if (!begin_choice(session, &choice, SPIRAL_CHOICE_NUMBER, spiral_session_is_dated(name), error))
        return SPIRAL_BAD_INPUT;
    strcpy(choice.name, name);
    choice.value = value;
    if (choice.dated)
        split_name(&session->base, name, &choice.actor);

    describe_number(session, &choice, wanted.field);
    if (choice.dated)
        describe_end(session, &choice);

    return add_choice(session, &choice, error);
}

bool spiral_session_get(const struct spiral_session *session, const char *name, double *value)
{
    struct wanted wanted = {.name = name};
    int state = 0;
    const char *rest = split_name(&session->base, name, &state);

    spiral_parameter_list(&session->base, &session->base_constants, look_up_name, &wanted);
    if (wanted.field == NULL)
        return false;
    *value = wanted.value;

    if (!spiral_session_is_dated(name)) {
        for (size_t i = 0; i < session->choice_count; i++)
            if (session->choices[i].kind == SPIRAL_CHOICE_NUMBER &&
                strcmp(session->choices[i].name, name) == 0)
                *value = session->choices[i].value;
    } else if (strncmp(name, "doctrine.", 9) == 0) {
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            if (strcmp(spiral_doctrine_fields[n].name, rest) == 0)
                *value = spiral_session_doctrine(session, state, NULL)[n];
    } else {
        const enum spiral_entry_kind kind =
            strcmp(rest, "greed") == 0 ? SPIRAL_ENTRY_GREED : SPIRAL_ENTRY_RESOLVE;
        const struct spiral_entry *entry =
            spiral_edit_last_change(&session->scenario, kind, state,
                                    spiral_plan_date(session->plan, session->present + 1));
        if (entry != NULL)
            *value = entry->value;
    }

    return true;
}

const double *spiral_session_doctrine(const struct spiral_session *session, int state,
                                      const struct spiral_doctrine **preset)
{
    const double *number =
        spiral_edit_doctrine_at(&session->scenario, state,
                                spiral_plan_date(session->plan, session->present + 1));

    for (int d = 0; d < SPIRAL_DOCTRINES && preset != NULL; d++) {
        if (d == 0)
            *preset = NULL;
        if (memcmp(spiral_doctrines[d].number, number, sizeof spiral_doctrines[d].number) == 0)
            *preset = &spiral_doctrines[d];
    }

    return number;
}

/* --- doctrines and moves ---------------------------------------------------------------------- */

enum spiral_status spiral_session_set_doctrine(struct spiral_session *session, int state,
                                               const char *doctrine, struct spiral_error *error)
{
    struct spiral_choice choice;
    const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine);

    if (state < 0 || state >= (int)session->base.state_count)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown state %d", state);

    if (preset == NULL) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name),
                                 doctrine);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown doctrine '%.60s'%s%s%s", doctrine,
                                nearest ? "; did you mean '" : "", nearest ? nearest : "",
                                nearest ? "'?" : "");
    }

    if (!begin_choice(session, &choice, SPIRAL_CHOICE_DOCTRINE, true, error))
        return SPIRAL_BAD_INPUT;
    choice.actor = state;
    choice.doctrine = preset;
    snprintf(choice.text_en, sizeof choice.text_en, "%s: %s", name_of(session, state, "en").text,
             preset->label_en);
    snprintf(choice.text_zh, sizeof choice.text_zh, "%s：%s", name_of(session, state, "zh").text,
             preset->label_zh);

    return add_choice(session, &choice, error);
}

enum spiral_status spiral_session_move(struct spiral_session *session, int actor, int target,
                                       int move, double weight, struct spiral_error *error)
{
    struct spiral_choice choice;
    const int states = (int)session->base.state_count;

    if (actor < 0 || actor >= states || target < -1 || target >= states || actor == target ||
        move < 0 || move >= SPIRAL_MOVES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "expected a move of the catalogue, by one state towards another");
    if (target < 0 && move != SPIRAL_MOVE_arm && move != SPIRAL_MOVE_disarm)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the move '%s' needs a target",
                                spiral_moves[move].name);

    if (target >= 0 && spiral_scenario_find_pair(&session->base, actor, target) == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s and %s are not a pair of %s",
                                session->base.states[actor].id, session->base.states[target].id,
                                session->base.name);
    if (!(weight >= 0.0 && weight <= 2.0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the weight is %.6g; expected 0 to 2",
                                weight);
    if (!begin_choice(session, &choice, SPIRAL_CHOICE_MOVE, true, error))
        return SPIRAL_BAD_INPUT;
    choice.actor = actor;
    choice.target = target;
    choice.move = move;
    choice.value = weight;
    snprintf(choice.text_en, sizeof choice.text_en, "%s%s%s: %s",
             name_of(session, actor, "en").text, target < 0 ? "" : " to ",
             target < 0 ? "" : name_of(session, target, "en").text, spiral_moves[move].label_en);
    snprintf(choice.text_zh, sizeof choice.text_zh, "%s%s%s：%s",
             name_of(session, actor, "zh").text, target < 0 ? "" : "对",
             target < 0 ? "" : name_of(session, target, "zh").text, spiral_moves[move].label_zh);

    return add_choice(session, &choice, error);
}

/* --- undo ------------------------------------------------------------------------------------- */

enum spiral_status spiral_session_undo(struct spiral_session *session, struct spiral_error *error)
{
    if (session->choice_count == 0)
        return SPIRAL_OK;

    const struct spiral_choice *last = &session->choices[session->choice_count - 1];

    return change_log(session, session->choices, session->choice_count - 1,
                      last->dated ? last->step : -1, false, error);
}

enum spiral_status spiral_session_forget(struct spiral_session *session, struct spiral_error *error)
{
    return session->choice_count == 0 ? SPIRAL_OK
                                      : change_log(session, session->choices, 0, -1, false, error);
}
