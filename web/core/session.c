/* SPDX-License-Identifier: MIT
 *
 * The case and the session as JSON.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "web/core/parts.h"

/* --- the case --------------------------------------------------------------------------------- */

static void write_states(struct json *json, const struct spiral_scenario *scenario)
{
    json_open(json, "states", '[');

    for (size_t i = 0; i < scenario->state_count; i++) {
        const struct spiral_state_facts *state = &scenario->states[i];
        json_open(json, NULL, '{');
        json_text(json, "id", state->id);
        page_write_text(json, "name", &state->name);
        json_text(json, "role", spiral_role_names[state->role]);
        json_text(json, "source", state->source);
        json_number(json, "power", spiral_series_at(&state->power, scenario->start));
        json_close(json, '}');
    }

    json_close(json, ']');
    json_open(json, "pairs", '[');

    for (size_t i = 0; i < scenario->pair_count; i++) {
        json_open(json, NULL, '[');
        json_whole(json, NULL, scenario->pairs[i].first);
        json_whole(json, NULL, scenario->pairs[i].second);
        json_close(json, ']');
    }

    json_close(json, ']');
}

void page_write_entry(struct json *json, const struct spiral_entry *entry)
{
    static const char *const kinds[] = {"move", "doctrine", "greed", "resolve"};

    json_text(json, "kind", kinds[entry->kind]);
    json_text(json, "date", entry->date_text);
    json_number(json, "year", entry->date);
    json_whole(json, "actor", entry->actor);
    json_whole(json, "target", entry->target);
    if (entry->kind == SPIRAL_ENTRY_MOVE)
        json_text(json, "move", spiral_moves[entry->move].name);
    else if (entry->kind == SPIRAL_ENTRY_DOCTRINE)
        json_text(json, "doctrine", entry->doctrine_name);
    else
        json_number(json, "value", entry->value);
    page_write_text(json, "caption", &entry->caption);
    json_text(json, "source", entry->source);
}

static void write_entries(struct json *json, const struct spiral_scenario *scenario)
{
    json_open(json, "entries", '[');

    for (size_t e = 0; e < scenario->entry_count; e++) {
        json_open(json, NULL, '{');
        page_write_entry(json, &scenario->entries[e]);
        json_close(json, '}');
    }

    json_close(json, ']');
}

/* The observed hostility with each neighbour: [step, level] wherever it changes. */
static void write_observed(struct json *json, const struct spiral_session *session)
{
    const struct spiral_layout *layout = &session->plan->layout;

    json_open(json, "rivals", '[');

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        int level = 0;

        json_open(json, NULL, '{');
        json_whole(json, "state", layout->rivals[q].neighbour);
        json_open(json, "observed", '[');

        for (long step = 1; step <= session->plan->steps; step++) {
            if (spiral_session_observed(session, q, step) == level)
                continue;
            level = spiral_session_observed(session, q, step);
            json_open(json, NULL, '[');
            json_whole(json, NULL, step);
            json_whole(json, NULL, level);
            json_close(json, ']');
        }

        json_close(json, ']');
        json_close(json, '}');
    }

    json_close(json, ']');
}

enum spiral_status page_facts(struct page *page, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    const enum spiral_status status = page_open(page, argument[0], true, &page->other, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_session *session = page->other;
    const struct spiral_scenario *base = &session->base;

    json_text(json, "name", base->name);
    page_write_text(json, "title", &base->title);
    page_write_text(json, "summary", &base->summary);
    json_number(json, "start", session->plan->start);
    json_number(json, "dt", session->plan->dt);
    json_whole(json, "steps", session->plan->steps);
    json_whole(json, "small", base->small);
    write_states(json, base);
    write_entries(json, base);
    write_observed(json, session);

    return SPIRAL_OK;
}

/* --- the session ------------------------------------------------------------------------------ */

/* What is in force of each state in the next step. */
static void write_in_force(struct json *json, const struct spiral_session *session)
{
    json_open(json, "states", '[');

    for (size_t i = 0; i < session->base.state_count; i++) {
        const struct spiral_doctrine *preset = NULL;
        const double *numbers = spiral_session_doctrine(session, (int)i, &preset);

        json_open(json, NULL, '{');
        json_text(json, "doctrine", preset != NULL ? preset->name : NULL);
        json_open(json, "numbers", '[');
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            json_number(json, NULL, numbers[n]);
        json_close(json, ']');
        json_number(json, "greed", spiral_session_greed(session, (int)i));
        json_number(json, "resolve", spiral_session_resolve(session, (int)i));
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_constants(struct json *json, const struct spiral_session *session)
{
    struct spiral_constants constants = session->constants;

    json_open(json, "constants", '[');
    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        json_number(json, NULL, *spiral_constant_at(&constants, i));
    json_close(json, ']');
}

static void write_choices(struct json *json, const struct spiral_session *session)
{
    json_open(json, "choices", '[');

    for (size_t i = 0; i < session->choice_count; i++) {
        const struct spiral_choice *choice = &session->choices[i];
        json_open(json, NULL, '{');
        json_whole(json, "step", choice->dated ? choice->step : -1);
        json_text(json, "date", choice->date_text);
        json_text(json, "en", choice->text_en);
        json_text(json, "zh", choice->text_zh);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static bool is_same_entry(const struct spiral_entry *one, const struct spiral_entry *other)
{
    return one->kind == other->kind && one->actor == other->actor && one->target == other->target &&
           one->move == other->move && strcmp(one->date_text, other->date_text) == 0;
}

/* The entries of the case, in its order, that the choices have dropped. Dropping keeps the order of
 * the others, and what is added comes after them. */
static void write_fallen(struct json *json, const struct spiral_session *session)
{
    const struct spiral_scenario *base = &session->base;
    const struct spiral_scenario *now = &session->scenario;
    size_t at = 0;

    json_open(json, "fallen", '[');

    for (size_t e = 0; e < base->entry_count; e++)
        if (at < now->entry_count && is_same_entry(&base->entries[e], &now->entries[at]))
            at++;
        else
            json_whole(json, NULL, (long)e);

    json_close(json, ']');
}

enum spiral_status page_write_recipe(struct json *json, const struct spiral_session *session,
                                     struct spiral_error *error)
{
    char *text = NULL;
    size_t size;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a recipe");
    spiral_recipe_write(session, out);
    if (!spiral_text_stream_close(out, &text))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a recipe");
    json_text(json, "recipe", text);
    free(text);

    return SPIRAL_OK;
}

enum spiral_status page_session(struct page *page, const char *const *argument, struct json *json,
                                struct spiral_error *error)
{
    const enum spiral_status status = page_apply(page, argument[0], &page->session, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_session *session = page->session;

    json_whole(json, "present", session->present);
    json_bits(json, "hash", spiral_session_hash(session));
    json_whole(json, "sets", (long)session->plan->set_count);
    json_bits(json, "constants_hash", spiral_constants_hash(&session->constants));
    write_in_force(json, session);
    write_constants(json, session);
    write_choices(json, session);
    write_fallen(json, session);
    page_return(page, "rows", session->rows, ((size_t)session->present + 1) * sizeof *session->rows,
                sizeof(double));

    return page_write_recipe(json, session, error);
}

enum spiral_status page_falls(struct page *page, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    const struct spiral_doctrine *doctrine = spiral_doctrine_find(argument[1]);
    const struct spiral_session *session = page->session;
    const int state =
        session == NULL ? -1 : spiral_scenario_find_state(&session->base, argument[0]);

    if (state < 0 || doctrine == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown state or doctrine");

    const double date = spiral_plan_date(session->plan, session->present);

    json_open(json, "entries", '[');

    for (size_t e = 0; e < session->scenario.entry_count; e++)
        if (spiral_edit_falls(&session->scenario, &session->scenario.entries[e], state, doctrine,
                              date)) {
            json_open(json, NULL, '{');
            page_write_entry(json, &session->scenario.entries[e]);
            json_close(json, '}');
        }

    json_close(json, ']');

    return SPIRAL_OK;
}
