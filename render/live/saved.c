/* SPDX-License-Identifier: MIT */
#include "render/live/saved.h"

#include <stdlib.h>
#include <string.h>

#include "render/live/recipe.h"
#include "render/live/session_parts.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/text_stream.h"
#include "scenarios/loader/yaml/numbers.h"

/* --- lines ------------------------------------------------------------------------------------ */

/* The lines of the comment, one after the other. */
struct lines {
    const struct spiral_saved_session *saved;
    const char *at; /* the present line */
    int number;     /* of it in the file */
    char *content;  /* owned: a copy of what followed a mark, without the end of the line */
    struct spiral_error *error;
};

static enum spiral_status fail_at_line(const struct lines *lines, enum spiral_status status)
{
    struct spiral_error *error = lines->error;

    if (error != NULL) {
        snprintf(error->file, sizeof error->file, "%s", lines->saved->file);
        error->line = lines->number;
    }

    return status;
}

/* The present line is wrong: says what was expected. */
static enum spiral_status fail_at_mark(const struct lines *lines, const char *expected)
{
    return fail_at_line(lines, spiral_error_set(lines->error, SPIRAL_BAD_INPUT, "expected '%s'",
                                                expected));
}

static void go_to_next_line(struct lines *lines)
{
    lines->at += strcspn(lines->at, "\n");
    lines->at += *lines->at == '\n';
    lines->number++;
}

/* Begins at the line of the session, which spiral_saved_session_read() has found. */
static struct lines begin_lines(const struct spiral_saved_session *saved,
                                struct spiral_error *error)
{
    struct lines lines = {.saved = saved, .error = error};

    lines.at = spiral_session_find_line(saved->text, SPIRAL_SESSION_MARK, &lines.number);
    go_to_next_line(&lines);

    return lines;
}

static bool is_marked(const struct lines *lines, const char *mark)
{
    return strncmp(lines->at, mark, strlen(mark)) == 0;
}

/* Copies what follows the mark of the present line. */
static enum spiral_status copy_content(struct lines *lines, const char *mark)
{
    const char *from = lines->at + strlen(mark);
    size_t length = strcspn(from, "\n");

    if (length > 0 && from[length - 1] == '\r')
        length--;
    free(lines->content);
    lines->content = strndup(from, length);

    return lines->content != NULL
               ? SPIRAL_OK
               : spiral_error_set(lines->error, SPIRAL_NO_MEMORY, "no memory for a session");
}

/* --- branches and the log --------------------------------------------------------------------- */

/* Brings the session to a recipe. */
static enum spiral_status apply_recipe(const struct lines *lines, const char *text,
                                       struct spiral_session *session)
{
    struct spiral_recipe *recipe = malloc(sizeof *recipe);

    if (recipe == NULL)
        return spiral_error_set(lines->error, SPIRAL_NO_MEMORY, "no memory for a recipe");

    enum spiral_status status = spiral_recipe_read(recipe, text, lines->error);

    if (status == SPIRAL_OK)
        status = spiral_recipe_apply(recipe, session, lines->error);
    free(recipe);

    return status == SPIRAL_OK ? SPIRAL_OK : fail_at_line(lines, status);
}

/* One share and how often it comes, "0.001*3"; false where it is neither. */
static bool read_share(char *word, double *share, uint64_t *times)
{
    char *star = strchr(word, '*');

    *times = 1;
    if (star != NULL)
        *star = '\0';

    return spiral_number_parse(word, share) && *share >= 0.0 && *share <= 1.0 &&
           (star == NULL || spiral_whole_parse(star + 1, times));
}

/* Reads the number of runs and the shares [count]. */
static enum spiral_status read_shares(const struct lines *lines, uint64_t *runs, double *share,
                                      size_t count)
{
    char *rest;
    char *word = strtok_r(lines->content, " ", &rest);
    size_t filled = 0;

    if (word == NULL || !spiral_whole_parse(word, runs) || *runs == 0)
        return fail_at_mark(lines, SPIRAL_SESSION_WAR "RUNS SHARE[*TIMES] ...");

    while ((word = strtok_r(NULL, " ", &rest)) != NULL) {
        double value;
        uint64_t times;

        if (!read_share(word, &value, &times) || times > count - filled)
            break;
        while (times-- > 0)
            share[filled++] = value;
    }

    if (word == NULL && filled == count)
        return SPIRAL_OK;

    spiral_error_set(lines->error, SPIRAL_BAD_INPUT,
                     "expected %zu shares of runs from 0 to 1, one for each step", count);
    return fail_at_line(lines, SPIRAL_BAD_INPUT);
}

static bool is_free_colour(const struct spiral_session *session, uint64_t colour)
{
    for (size_t b = 0; b < session->branch_count; b++)
        if (session->branches[b].colour == colour)
            return false;
    return colour < SPIRAL_SESSION_BRANCHES;
}

/* The first line of a branch: brings the session to where it was kept. */
static enum spiral_status begin_branch(struct lines *lines, struct spiral_session *session,
                                       size_t *colour)
{
    enum spiral_status status = copy_content(lines, SPIRAL_SESSION_BRANCH);
    char *space = status == SPIRAL_OK ? strchr(lines->content, ' ') : NULL;
    uint64_t number;

    if (status != SPIRAL_OK)
        return status;
    if (space != NULL)
        *space = '\0';

    if (space == NULL || !spiral_whole_parse(lines->content, &number) ||
        !is_free_colour(session, number)) {
        spiral_error_set(lines->error, SPIRAL_BAD_INPUT,
                         "expected a colour from 0 to %d that no other branch has, and a recipe",
                         SPIRAL_SESSION_BRANCHES - 1);
        return fail_at_line(lines, SPIRAL_BAD_INPUT);
    }

    *colour = (size_t)number;
    status = apply_recipe(lines, space + 1, session);
    go_to_next_line(lines);

    return status;
}

/* The last line of a branch: it is kept under its name. */
static enum spiral_status end_branch(struct lines *lines, struct spiral_session *session,
                                     const double *war, uint64_t runs, size_t colour)
{
    if (!is_marked(lines, SPIRAL_SESSION_NAME))
        return fail_at_mark(lines, SPIRAL_SESSION_NAME);

    enum spiral_status status = copy_content(lines, SPIRAL_SESSION_NAME);

    if (status == SPIRAL_OK)
        status = spiral_session_add_branch(session, lines->content, war, runs, lines->error);
    if (status == SPIRAL_OK)
        session->branches[session->branch_count - 1].colour = colour;
    go_to_next_line(lines);

    return status;
}

/* All lines of a branch. */
static enum spiral_status read_branch(struct lines *lines, struct spiral_session *session)
{
    const size_t count = (size_t)session->plan->steps + 1;
    double *war = NULL;
    uint64_t runs = 0;
    size_t colour;
    enum spiral_status status = begin_branch(lines, session, &colour);

    if (status == SPIRAL_OK && is_marked(lines, SPIRAL_SESSION_WAR)) {
        war = malloc(count * sizeof *war);
        status = war == NULL ? spiral_error_set(lines->error, SPIRAL_NO_MEMORY,
                                                "no memory for a "
                                                "branch")
                             : copy_content(lines, SPIRAL_SESSION_WAR);
        if (status == SPIRAL_OK)
            status = read_shares(lines, &runs, war, count);
        go_to_next_line(lines);
    }

    if (status == SPIRAL_OK)
        status = end_branch(lines, session, war, runs, colour);
    free(war);

    return status;
}

/* The branches, then the log. The lines are then at the log's. */
static enum spiral_status read_log(struct lines *lines, struct spiral_session *session)
{
    enum spiral_status status = SPIRAL_OK;

    while (status == SPIRAL_OK && is_marked(lines, SPIRAL_SESSION_BRANCH))
        status = read_branch(lines, session);
    if (status != SPIRAL_OK)
        return status;
    if (!is_marked(lines, SPIRAL_SESSION_LOG))
        return fail_at_mark(lines, SPIRAL_SESSION_LOG);
    status = copy_content(lines, SPIRAL_SESSION_LOG);

    return status == SPIRAL_OK ? apply_recipe(lines, lines->content, session) : status;
}

enum spiral_status spiral_saved_session_apply(const struct spiral_saved_session *saved,
                                              struct spiral_session *session,
                                              struct spiral_error *error)
{
    struct lines lines = begin_lines(saved, error);
    const enum spiral_status status = read_log(&lines, session);

    free(lines.content);
    spiral_session_clear_history(session);

    return status;
}

/* --- the case --------------------------------------------------------------------------------- */

/* Skips to the number of lines of the case, and reads it. */
static enum spiral_status read_case_length(struct lines *lines, uint64_t *count)
{
    while (*lines->at == '#' && !is_marked(lines, SPIRAL_SESSION_CASE) &&
           !is_marked(lines, SPIRAL_SESSION_LINE))
        go_to_next_line(lines);
    if (!is_marked(lines, SPIRAL_SESSION_CASE))
        return fail_at_mark(lines, SPIRAL_SESSION_CASE "LINES");

    const enum spiral_status status = copy_content(lines, SPIRAL_SESSION_CASE);

    if (status == SPIRAL_OK && !spiral_whole_parse(lines->content, count))
        return fail_at_mark(lines, SPIRAL_SESSION_CASE "LINES");

    return status;
}

/* The text of the case: the lines without their marks. The caller frees it. */
static enum spiral_status read_case_text(struct lines *lines, uint64_t count, char **text,
                                         size_t *length)
{
    FILE *out = spiral_text_stream_open(text, length);
    enum spiral_status status = SPIRAL_OK;

    for (uint64_t line = 0; out != NULL && line < count && status == SPIRAL_OK; line++) {
        go_to_next_line(lines);

        if (!is_marked(lines, SPIRAL_SESSION_LINE)) {
            status = fail_at_mark(lines, SPIRAL_SESSION_LINE);
            continue;
        }

        const char *from = lines->at + strlen(SPIRAL_SESSION_LINE);

        fprintf(out, "%.*s\n", (int)strcspn(from, "\n"), from);
    }

    if (!spiral_text_stream_close(out, text) && status == SPIRAL_OK)
        status = spiral_error_set(lines->error, SPIRAL_NO_MEMORY, "no memory for the case");

    return status;
}

/* The case that the session began with. An error has the line of the file. */
static enum spiral_status read_case(struct spiral_saved_session *saved, struct spiral_error *error)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    struct lines lines = begin_lines(saved, error);
    char *text = NULL;
    size_t length = 0;
    uint64_t count = 0;
    enum spiral_status status =
        diagnostics != NULL ? read_case_length(&lines, &count)
                            : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the case");
    const int before = lines.number;

    if (status == SPIRAL_OK)
        status = read_case_text(&lines, count, &text, &length);

    if (status == SPIRAL_OK) {
        spiral_diagnostics_init(diagnostics);
        status = spiral_scenario_load_text(&saved->base, text, length, saved->file, diagnostics);

        if (status != SPIRAL_OK && error != NULL) {
            *error = diagnostics->errors[0];
            error->line += before;
            error->column += error->column > 0 ? (int)strlen(SPIRAL_SESSION_LINE) : 0;
        }
    }

    free(lines.content);
    free(text);
    free(diagnostics);

    return status;
}

/* --- whether it is what the scenario says ----------------------------------------------------- */

/* Removes the texts of a scenario that no run depends on, and that the window writes anew. */
static void clear_captions(struct spiral_scenario *scenario)
{
    struct spiral_text *title = &scenario->title;

    for (size_t e = 0; e <= scenario->entry_count; e++) {
        struct spiral_text *text =
            e < scenario->entry_count ? &scenario->entries[e].caption : title;

        for (size_t i = 0; i < text->count; i++)
            free(text->items[i].text);
        free(text->items);
        *text = (struct spiral_text){.count = 0};
    }
}

/* A scenario as a text, without its captions. The caller frees it. */
static enum spiral_status write_plain(const struct spiral_scenario *scenario, char **text,
                                      struct spiral_error *error)
{
    struct spiral_scenario plain;
    size_t length;
    FILE *out = spiral_text_stream_open(text, &length);
    enum spiral_status status = spiral_scenario_copy(&plain, scenario);

    if (out == NULL || status != SPIRAL_OK) {
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the scenario");
    } else {
        clear_captions(&plain);
        status = spiral_scenario_write(&plain, out, error);
    }

    if (!spiral_text_stream_close(out, text) && status == SPIRAL_OK)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the scenario");
    spiral_scenario_clear(&plain);

    return status;
}

/* Whether the log makes this scenario of the case, and these options. */
static enum spiral_status compare_run(const struct lines *lines,
                                      const struct spiral_session *session,
                                      const struct spiral_scenario *scenario)
{
    struct spiral_constants ours = session->constants;
    struct spiral_constants theirs = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    uint64_t seed = session->seed;
    char *made = NULL;
    char *found = NULL;
    enum spiral_status status = spiral_session_read_marked(lines->saved->text, SPIRAL_OPTIONS_MARK,
                                                           &theirs, &options, &seed, lines->error);
    bool same = seed == session->seed && options.war_ends == session->options.war_ends &&
                options.assimilate == session->options.assimilate;

    if (status == SPIRAL_OK)
        status = write_plain(&session->scenario, &made, lines->error);
    if (status == SPIRAL_OK)
        status = write_plain(scenario, &found, lines->error);
    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        same = same && *spiral_constant_at(&ours, i) == *spiral_constant_at(&theirs, i);

    if (status == SPIRAL_OK && (!same || strcmp(made, found) != 0)) {
        spiral_error_set(lines->error, SPIRAL_BAD_INPUT,
                         "this log does not make the scenario below, with its options, of the "
                         "case; the file was changed since it was saved. Remove the line that "
                         "begins '" SPIRAL_SESSION_MARK "' to open the scenario as a case");
        status = fail_at_line(lines, SPIRAL_BAD_INPUT);
    }

    free(made);
    free(found);

    return status;
}

/* Makes the session once, under one set of constants, and compares it with the scenario. */
static enum spiral_status check_session(struct spiral_saved_session *saved,
                                        const struct spiral_scenario *scenario,
                                        struct spiral_error *error)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_session *session = NULL;
    struct lines lines = begin_lines(saved, error);
    uint64_t seed = 1;
    enum spiral_status status =
        spiral_session_read_options(saved->text, &constants, &options, &seed, error);

    if (status == SPIRAL_OK)
        status = spiral_session_create(&session, &saved->base, &constants, &options, seed, error);
    if (status == SPIRAL_OK)
        status = read_log(&lines, session);
    if (status == SPIRAL_OK)
        status = compare_run(&lines, session, scenario);
    if (status == SPIRAL_OK)
        saved->point = strstr(lines.content, ";constants=point") != NULL;
    free(lines.content);
    spiral_session_destroy(session);

    return status;
}

enum spiral_status spiral_saved_session_read(struct spiral_saved_session *saved, const char *text,
                                             const char *file,
                                             const struct spiral_scenario *scenario,
                                             struct spiral_error *error)
{
    int number;

    *saved = (struct spiral_saved_session){.base = spiral_scenario_defaults(),
                                           .text = text,
                                           .file = file};
    saved->found = spiral_session_find_line(text, SPIRAL_SESSION_MARK, &number) != NULL;
    if (!saved->found)
        return SPIRAL_OK;

    enum spiral_status status = read_case(saved, error);

    if (status == SPIRAL_OK)
        status = check_session(saved, scenario, error);
    if (status != SPIRAL_OK && error != NULL && error->file[0] == '\0')
        snprintf(error->file, sizeof error->file, "%s", file);
    if (status != SPIRAL_OK)
        spiral_saved_session_clear(saved);

    return status;
}

void spiral_saved_session_clear(struct spiral_saved_session *saved)
{
    spiral_scenario_clear(&saved->base);
    *saved = (struct spiral_saved_session){.base = spiral_scenario_defaults()};
}
