/* SPDX-License-Identifier: MIT */
#include "render/live/recipe.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"

/* --- reading ---------------------------------------------------------------------------------- */

/* Copies a piece of text; false where it is empty or too long. */
static bool copy_piece(const char *from, size_t length, char *to, size_t size)
{
    if (length == 0 || length >= size)
        return false;
    memcpy(to, from, length);
    to[length] = '\0';

    return true;
}

static bool read_steps(const char *text, long *steps)
{
    uint64_t number;

    if (!spiral_whole_parse(text, &number) || number > SPIRAL_SESSION_STEPS)
        return false;
    *steps = (long)number;

    return true;
}

/* Cuts the "@steps" off an item; false where there is something else behind the sign. Without the
 * sign, *steps is -1. */
static bool cut_steps(char *item, long *steps)
{
    char *at = strrchr(item, '@');

    *steps = -1;
    if (at == NULL)
        return true;
    *at = '\0';

    return read_steps(at + 1, steps);
}

/* state~target:move*weight */
static bool read_move(struct spiral_recipe_choice *choice, char *item, char *tilde)
{
    char *colon = strchr(tilde, ':');
    char *times = strchr(tilde, '*');

    if (colon == NULL || choice->step < 0 ||
        !copy_piece(item, (size_t)(tilde - item), choice->subject, sizeof choice->subject))
        return false;

    choice->kind = SPIRAL_CHOICE_MOVE;
    choice->value = 1.0;

    if (times != NULL) {
        *times = '\0';
        if (!spiral_number_parse(times + 1, &choice->value))
            return false;
    }

    if (colon > tilde + 1 &&
        !copy_piece(tilde + 1, (size_t)(colon - tilde - 1), choice->target, sizeof choice->target))
        return false;

    return copy_piece(colon + 1, strlen(colon + 1), choice->word, sizeof choice->word);
}

/* Cuts the acts off the doctrine that they differ from; false where one of them is no key. */
static bool cut_exceptions(struct spiral_recipe_choice *choice, char *item)
{
    enum { DIGITS = 16 };
    char *at = item + strcspn(item, "!");

    while (*at == '!') {
        const char *key = at + 1;
        char *end;

        *at = '\0';
        if (strspn(key, "0123456789abcdef") != DIGITS ||
            choice->exception_count == SPIRAL_CHOICE_EXCEPTIONS)
            return false;
        choice->exceptions[choice->exception_count++] = strtoull(key, &end, 16);
        at = end;
    }

    return *at == '\0';
}

/* One choice; the text is cut up. */
static bool read_choice(struct spiral_recipe_choice *choice, char *item)
{
    *choice = (struct spiral_recipe_choice){.step = -1};
    if (!cut_steps(item, &choice->step))
        return false;

    char *tilde = strchr(item, '~');

    if (tilde != NULL)
        return read_move(choice, item, tilde);

    char *equals = strchr(item, '=');

    if (equals == NULL ||
        !copy_piece(item, (size_t)(equals - item), choice->subject, sizeof choice->subject))
        return false;

    if (strchr(choice->subject, '.') != NULL) {
        choice->kind = SPIRAL_CHOICE_NUMBER;
        return spiral_number_parse(equals + 1, &choice->value) &&
               spiral_session_is_dated(choice->subject) == (choice->step >= 0);
    }

    choice->kind = SPIRAL_CHOICE_DOCTRINE;
    return choice->step >= 0 && cut_exceptions(choice, equals + 1) &&
           copy_piece(equals + 1, strlen(equals + 1), choice->word, sizeof choice->word);
}

static enum spiral_status fail_at(struct spiral_error *error, const char *item)
{
    return spiral_error_set(
        error, SPIRAL_BAD_INPUT,
        "'%.80s' is no item of a recipe; expected s=SEED, at=STEPS, "
        "constants=point, STATE=DOCTRINE@STEPS, NAME=NUMBER (a dated one with @STEPS) or "
        "STATE~STATE:MOVE@STEPS",
        item);
}

static enum spiral_status read_item(struct spiral_recipe *recipe, const char *item, size_t length,
                                    struct spiral_error *error)
{
    enum { LONGEST = 256 + 17 * SPIRAL_CHOICE_EXCEPTIONS };
    char text[LONGEST];
    char whole[LONGEST];

    if (!copy_piece(item, length, text, sizeof text))
        return length == 0 ? SPIRAL_OK : fail_at(error, item);
    memcpy(whole, text, sizeof whole);

    if (strncmp(text, "s=", 2) == 0)
        return spiral_whole_parse(text + 2, &recipe->seed) ? SPIRAL_OK : fail_at(error, whole);
    if (strncmp(text, "at=", 3) == 0)
        return read_steps(text + 3, &recipe->present) ? SPIRAL_OK : fail_at(error, whole);
    if (strncmp(text, "constants=", 10) == 0) {
        recipe->point = strcmp(text + 10, "point") == 0;
        return recipe->point ? SPIRAL_OK : fail_at(error, whole);
    }
    if (recipe->choice_count == SPIRAL_SESSION_CHOICES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "a recipe has at most %d choices",
                                SPIRAL_SESSION_CHOICES);
    if (!read_choice(&recipe->choices[recipe->choice_count], text))
        return fail_at(error, whole);
    recipe->choice_count++;

    return SPIRAL_OK;
}

enum spiral_status spiral_recipe_read(struct spiral_recipe *recipe, const char *text,
                                      struct spiral_error *error)
{
    const char *at = text + (*text == '#');
    size_t length;

    recipe->scenario[0] = '\0';
    recipe->seed = 1;
    recipe->present = 0;
    recipe->point = false;
    recipe->choice_count = 0;

    if (strlen(text) >= SPIRAL_RECIPE_LENGTH)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "a recipe has at most %d bytes",
                                SPIRAL_RECIPE_LENGTH - 1);
    if (strncmp(at, "v1;", 3) != 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%.40s' is no recipe; expected #v1;CASE;s=SEED;at=STEPS;...",
                                text);

    at += 3;
    length = strcspn(at, ";");
    if (!copy_piece(at, length, recipe->scenario, sizeof recipe->scenario))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the recipe names no case; expected #v1;CASE;...");

    for (at += length; *at == ';'; at += length) {
        at++;
        length = strcspn(at, ";");
        const enum spiral_status status = read_item(recipe, at, length, error);
        if (status != SPIRAL_OK)
            return status;
    }

    return SPIRAL_OK;
}

/* --- applying --------------------------------------------------------------------------------- */

/* Whether a choice of the log is the one that a recipe tells. */
static bool is_choice(const struct spiral_session *session, const struct spiral_choice *made,
                      const struct spiral_recipe_choice *told)
{
    const struct spiral_state_facts *states = session->base.states;

    if (made->kind != told->kind || (made->dated ? made->step : -1) != told->step)
        return false;
    if (made->kind == SPIRAL_CHOICE_NUMBER)
        return strcmp(made->name, told->subject) == 0 && made->value == told->value;
    if (strcmp(states[made->actor].id, told->subject) != 0)
        return false;
    if (made->kind == SPIRAL_CHOICE_DOCTRINE)
        return strcmp(made->doctrine->name, told->word) == 0 &&
               made->exception_count == told->exception_count &&
               memcmp(made->exceptions, told->exceptions,
                      made->exception_count * sizeof *made->exceptions) == 0;

    return strcmp(spiral_moves[made->move].name, told->word) == 0 && made->value == told->value &&
           strcmp(made->target < 0 ? "" : states[made->target].id, told->target) == 0;
}

/* How many of the first choices of the log are those of a recipe. */
static size_t common_choices(const struct spiral_session *session,
                             const struct spiral_recipe *recipe)
{
    size_t count = 0;

    while (count < session->choice_count && count < recipe->choice_count &&
           is_choice(session, &session->choices[count], &recipe->choices[count]))
        count++;

    return count;
}

static enum spiral_status find_state(const struct spiral_session *session, const char *id,
                                     int *state, struct spiral_error *error)
{
    *state = spiral_scenario_find_state(&session->base, id);

    return *state >= 0 ? SPIRAL_OK
                       : spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown state '%.40s' of %s",
                                          id, session->base.name);
}

static enum spiral_status make_move(const struct spiral_recipe_choice *choice,
                                    struct spiral_session *session, struct spiral_error *error)
{
    const int move = spiral_move_find(choice->word);
    int actor;
    int target = -1;
    enum spiral_status status = find_state(session, choice->subject, &actor, error);

    if (status == SPIRAL_OK && choice->target[0] != '\0')
        status = find_state(session, choice->target, &target, error);
    if (status != SPIRAL_OK)
        return status;

    if (move < 0) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(spiral_moves, SPIRAL_MOVES, name), choice->word);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown move '%.40s'%s%s%s", choice->word,
                                nearest ? "; did you mean '" : "", nearest ? nearest : "",
                                nearest ? "'?" : "");
    }

    return spiral_session_move(session, actor, target, move, choice->value, error);
}

static enum spiral_status make_choice(const struct spiral_recipe_choice *choice,
                                      struct spiral_session *session, struct spiral_error *error)
{
    int state;

    if (choice->step > session->plan->steps)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "@%ld is beyond the end of %s, which has %ld steps", choice->step,
                                session->base.name, session->plan->steps);
    if (choice->step >= 0)
        spiral_session_seek(session, choice->step);
    if (choice->kind == SPIRAL_CHOICE_NUMBER)
        return spiral_session_set(session, choice->subject, choice->value, error);
    if (choice->kind == SPIRAL_CHOICE_MOVE)
        return make_move(choice, session, error);

    const enum spiral_status status = find_state(session, choice->subject, &state, error);

    return status == SPIRAL_OK
               ? spiral_session_set_doctrine_but(session, state, choice->word, choice->exceptions,
                                                 choice->exception_count, error)
               : status;
}

static enum spiral_status make_choices(const struct spiral_recipe *recipe, size_t first,
                                       struct spiral_session *session, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = first; i < recipe->choice_count && status == SPIRAL_OK; i++)
        status = make_choice(&recipe->choices[i], session, error);

    return status;
}

enum spiral_status spiral_recipe_apply(const struct spiral_recipe *recipe,
                                       struct spiral_session *session, struct spiral_error *error)
{
    if (strcmp(recipe->scenario, session->base.name) != 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the recipe is of %.60s, not of %s",
                                recipe->scenario, session->base.name);
    if (recipe->present > session->plan->steps)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "at=%ld is beyond the end of %s, which has %ld steps",
                                recipe->present, session->base.name, session->plan->steps);

    const size_t common = common_choices(session, recipe);
    enum spiral_status status = SPIRAL_OK;

    if (session->seed != recipe->seed)
        spiral_session_restart(session, recipe->seed);

    /* A slider that is dragged replaces the last choice, and a new choice comes last: then the
     * earlier ones need not be run again. */
    if (common + 1 >= session->choice_count)
        status = make_choices(recipe, common, session, error);
    if (status == SPIRAL_OK && common_choices(session, recipe) != session->choice_count) {
        status = spiral_session_forget(session, error);
        if (status == SPIRAL_OK)
            status = make_choices(recipe, 0, session, error);
    }

    if (status == SPIRAL_OK)
        spiral_session_seek(session, recipe->present);

    return status;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_choice(const struct spiral_session *session, const struct spiral_choice *choice,
                         FILE *out)
{
    const struct spiral_state_facts *states = session->base.states;
    char number[32];

    spiral_number_write(choice->value, number);

    if (choice->kind == SPIRAL_CHOICE_NUMBER)
        fprintf(out, ";%s=%s", choice->name, number);
    else if (choice->kind == SPIRAL_CHOICE_DOCTRINE)
        fprintf(out, ";%s=%s", states[choice->actor].id, choice->doctrine->name);
    else
        fprintf(out, ";%s~%s:%s", states[choice->actor].id,
                choice->target < 0 ? "" : states[choice->target].id,
                spiral_moves[choice->move].name);

    if (choice->kind == SPIRAL_CHOICE_MOVE && choice->value != 1.0)
        fprintf(out, "*%s", number);
    for (size_t e = 0; e < choice->exception_count; e++)
        fprintf(out, "!%016llx", (unsigned long long)choice->exceptions[e]);
    if (choice->dated)
        fprintf(out, "@%ld", choice->step);
}

static void write_recipe(const struct spiral_session *session, uint64_t seed, long present,
                         const struct spiral_choice *choices, size_t count, FILE *out)
{
    fprintf(out, "#v1;%s;s=%llu;at=%ld", session->base.name, (unsigned long long)seed, present);
    if (session->options.posterior == NULL || session->options.posterior->count == 0)
        fputs(";constants=point", out);
    for (size_t i = 0; i < count; i++)
        write_choice(session, &choices[i], out);
}

void spiral_recipe_write(const struct spiral_session *session, FILE *out)
{
    write_recipe(session, session->seed, session->present, session->choices, session->choice_count,
                 out);
}

void spiral_recipe_write_branch(const struct spiral_session *session,
                                const struct spiral_session_branch *branch, FILE *out)
{
    write_recipe(session, branch->seed, branch->present, branch->choices, branch->choice_count,
                 out);
}
