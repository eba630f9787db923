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

void spiral_session_compare_from(struct spiral_session *session, struct spiral_run_start *before)
{
    spiral_run_start_release(&session->before);
    session->before = *before;
    session->before_serial = spiral_live_serial();
    before->plan = NULL;
}

size_t spiral_session_kept_choices(const struct spiral_session *session,
                                   const struct spiral_choice *choice, struct spiral_choice *kept)
{
    size_t count = 0;

    for (size_t i = 0; i < session->choice_count; i++)
        if (!replaces_choice(choice, &session->choices[i]))
            kept[count++] = session->choices[i];

    return count;
}

enum spiral_status spiral_session_add_choice(struct spiral_session *session,
                                             const struct spiral_choice *choice,
                                             struct spiral_error *error)
{
    struct spiral_choice *choices = malloc((session->choice_count + 1) * sizeof *choices);

    if (choices == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a choice");

    size_t kept = spiral_session_kept_choices(session, choice, choices);
    const bool replaced_last =
        kept + 1 == session->choice_count &&
        replaces_choice(choice, &session->choices[session->choice_count - 1]);

    choices[kept++] = *choice;

    /* a slider that is dragged is compared with what was before it was touched, and is undone as
     * one */
    const bool keep_before = replaced_last && session->before.plan != NULL &&
                             session->before.state.step == session->present;
    const bool is_dragged = keep_before && choice->kind == SPIRAL_CHOICE_NUMBER &&
                            session->choices[session->choice_count - 1].kind == choice->kind;
    const long from = choice->dated ? choice->step : -1;
    enum spiral_status status = SPIRAL_OK;

    if (kept > SPIRAL_SESSION_CHOICES)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "there are %d choices already; undo some first",
                                  SPIRAL_SESSION_CHOICES);

    if (status == SPIRAL_OK && !is_dragged)
        spiral_session_remember(session);
    if (status == SPIRAL_OK)
        status = spiral_session_change_log(session, choices, kept, from, keep_before, error);
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

    return spiral_session_add_choice(session, &choice, error);
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
        *value = strcmp(rest, "greed") == 0 ? spiral_session_greed(session, state)
                                            : spiral_session_resolve(session, state);
    }

    return true;
}

/* What the last change of a kind before the end of the next step gave a state. */
static double disposition(const struct spiral_session *session, enum spiral_entry_kind kind,
                          int state, double at_start)
{
    const struct spiral_entry *entry =
        spiral_edit_last_change(&session->scenario, kind, state,
                                spiral_plan_date(session->plan, session->present + 1));

    return entry != NULL ? entry->value : at_start;
}

double spiral_session_greed(const struct spiral_session *session, int state)
{
    return disposition(session, SPIRAL_ENTRY_GREED, state, session->base.states[state].greed);
}

double spiral_session_resolve(const struct spiral_session *session, int state)
{
    return disposition(session, SPIRAL_ENTRY_RESOLVE, state, session->base.states[state].resolve);
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

enum spiral_status spiral_session_doctrine_choice(const struct spiral_session *session, int state,
                                                  const char *doctrine,
                                                  struct spiral_choice *choice,
                                                  struct spiral_error *error)
{
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

    if (!begin_choice(session, choice, SPIRAL_CHOICE_DOCTRINE, true, error))
        return SPIRAL_BAD_INPUT;
    choice->actor = state;
    choice->doctrine = preset;
    snprintf(choice->text_en, sizeof choice->text_en, "%s: %s", name_of(session, state, "en").text,
             preset->label_en);
    snprintf(choice->text_zh, sizeof choice->text_zh, "%s：%s", name_of(session, state, "zh").text,
             preset->label_zh);

    return SPIRAL_OK;
}

enum spiral_status spiral_session_set_doctrine(struct spiral_session *session, int state,
                                               const char *doctrine, struct spiral_error *error)
{
    return spiral_session_set_doctrine_but(session, state, doctrine, NULL, 0, error);
}

enum spiral_status spiral_session_set_doctrine_but(struct spiral_session *session, int state,
                                                   const char *doctrine, const uint64_t *acts,
                                                   size_t count, struct spiral_error *error)
{
    struct spiral_choice choice;
    const enum spiral_status status =
        spiral_session_doctrine_choice(session, state, doctrine, &choice, error);

    if (status != SPIRAL_OK)
        return status;

    if (count > SPIRAL_CHOICE_EXCEPTIONS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "more than %d acts differ from the rule",
                                SPIRAL_CHOICE_EXCEPTIONS);
    choice.exception_count = count;
    if (count > 0)
        memcpy(choice.exceptions, acts, count * sizeof *acts);

    return spiral_session_add_choice(session, &choice, error);
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

    return spiral_session_add_choice(session, &choice, error);
}

/* Whether a move acts on something that exists between two states and is not at its limit. */
struct move_reach {
    bool exists;
    bool changes;
};

static void reach(struct move_reach *reach, double effect, double value, double high)
{
    if (effect == 0.0)
        return;
    reach->exists = true;
    if (effect > 0.0 ? value < high : value > 0.0)
        reach->changes = true;
}

/* What a move acts on, as spiral_timeline_act() does: the state's arms, the tie to a patron, the
 * relation with a neighbour. */
static struct move_reach reach_of(const struct spiral_batch *batch, int actor, int target, int move)
{
    const struct spiral_layout *layout = &batch->layout;
    const struct spiral_lanes_state *state = &batch->states[batch->now];
    const struct spiral_move_effect *effect = &spiral_moves[move];
    const int tie = target < 0 ? -1 : spiral_layout_tie(layout, actor, target);
    const int patron = target < 0                ? -1
                       : actor == layout->small  ? spiral_layout_patron(layout, target)
                       : target == layout->small ? spiral_layout_patron(layout, actor)
                                                 : -1;
    struct move_reach found = {false, false};

    reach(&found, effect->arms, state->arms[actor][0], 1.0);

    if (patron >= 0) {
        const double presence = tie >= 0 && effect->grievance > 0.0 ? 0.0 : effect->presence;
        const double floor = batch->facts.floor[patron][0];

        reach(&found, effect->commitment, state->commitment[patron][0], 1.0);
        reach(&found, effect->aspiration, state->aspiration[patron][0], 1.0);
        reach(&found, presence, state->presence[patron][0], 1.0);
        reach(&found, effect->aid, state->aid[patron][0], 1.0);
        reach(&found, effect->floor, floor, effect->floor > 0.0 ? effect->floor : 1.0);
    }

    if (tie >= 0) {
        const int by_actor = spiral_layout_perception(layout, actor, target);
        const int by_target = spiral_layout_perception(layout, target, actor);

        reach(&found, effect->reassurance, state->reassurance[tie][0], 1.0);
        reach(&found, effect->interdependence, state->interdependence[tie][0], 1.0);
        reach(&found, effect->othering, state->othering[by_actor][0], 1.0);
        reach(&found, effect->grievance, state->grievance[by_target][0], 5.0);
    }

    return found;
}

enum spiral_move_use spiral_session_move_use(struct spiral_session *session, int actor, int target,
                                             int move)
{
    const bool alone = move == SPIRAL_MOVE_arm || move == SPIRAL_MOVE_disarm;

    if (session->present >= session->plan->steps)
        return SPIRAL_MOVE_AT_END;
    if (target < 0 && !alone)
        return SPIRAL_MOVE_NO_TARGET;
    if (target >= 0 && spiral_scenario_find_pair(&session->base, actor, target) == NULL)
        return SPIRAL_MOVE_NO_PAIR;

    const struct move_reach found = reach_of(spiral_session_batch(session), actor, target, move);

    return found.changes  ? SPIRAL_MOVE_USEFUL
           : found.exists ? SPIRAL_MOVE_NOTHING
                          : SPIRAL_MOVE_NO_TIE;
}

/* --- pins ------------------------------------------------------------------------------------- */

/* The index in the log of the choice of a number that is in force; -1: none. */
static long find_pin(const struct spiral_session *session, const char *name)
{
    long pin = -1;

    for (size_t i = 0; i < session->choice_count; i++) {
        const struct spiral_choice *choice = &session->choices[i];

        if (choice->kind == SPIRAL_CHOICE_NUMBER && strcmp(choice->name, name) == 0 &&
            (!choice->dated || choice->step <= session->present) &&
            (pin < 0 || choice->step >= session->choices[pin].step))
            pin = (long)i;
    }

    return pin;
}

/* Whether a number holds no longer: the script, or another choice, has set it since. */
static bool is_over(const struct spiral_session *session, const struct spiral_choice *choice)
{
    double value = choice->value;
    return choice->dated &&
           (!spiral_session_get(session, choice->name, &value) || value != choice->value);
}

const struct spiral_choice *spiral_session_pin(const struct spiral_session *session,
                                               const char *name)
{
    const long pin = find_pin(session, name);

    return pin < 0 || is_over(session, &session->choices[pin]) ? NULL : &session->choices[pin];
}

enum spiral_status spiral_session_release(struct spiral_session *session, const char *name,
                                          struct spiral_error *error)
{
    const long pin = find_pin(session, name);

    if (pin < 0)
        return SPIRAL_OK;

    struct spiral_choice *choices = malloc(session->choice_count * sizeof *choices);

    if (choices == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a choice");

    const long from = session->choices[pin].dated ? session->choices[pin].step : -1;
    size_t kept = 0;

    for (size_t i = 0; i < session->choice_count; i++)
        if ((long)i != pin)
            choices[kept++] = session->choices[i];

    spiral_session_remember(session);

    const enum spiral_status status =
        spiral_session_change_log(session, choices, kept, from, false, error);

    free(choices);

    return status;
}

/* --- all of them ------------------------------------------------------------------------------ */

enum spiral_status spiral_session_forget(struct spiral_session *session, struct spiral_error *error)
{
    if (session->choice_count == 0)
        return SPIRAL_OK;
    spiral_session_remember(session);

    return spiral_session_change_log(session, NULL, 0, -1, false, error);
}
