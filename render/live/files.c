/* SPDX-License-Identifier: MIT
 *
 * The files that a session writes: a scenario that replays it, and its curves as CSV.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session.h"
#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/whole_file.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "scenarios/loader/yaml/numbers.h"
#include "sim/parameter.h"
#include "tables/model_columns.h"

#define OPTIONS_MARK "# options:"

/* --- the scenario ----------------------------------------------------------------------------- */

/* The options with which a run of the saved scenario has the session's bits. */
static void write_options(const struct spiral_session *session, FILE *out)
{
    struct spiral_constants usual = spiral_constants_defaults();
    struct spiral_constants ours = session->constants;
    char value[32];

    fprintf(out, "%s --seed %llu", OPTIONS_MARK, (unsigned long long)session->seed);
    if (session->options.war_ends)
        fputs(" --war-ends", out);
    if (session->options.assimilate)
        fputs(" --assimilate", out);

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        if (*spiral_constant_at(&ours, i) != *spiral_constant_at(&usual, i)) {
            spiral_number_write(*spiral_constant_at(&ours, i), value);
            fprintf(out, " --set k.%s=%s", spiral_constant_fields[i].name, value);
        }

    fputc('\n', out);
}

/* Writes a text within the line of a comment: what YAML takes for the end of a line, or for no
 * character at all, becomes a space. */
static void write_comment(const char *text, FILE *out)
{
    struct spiral_foreign_letter letter;

    for (; (letter = spiral_foreign_letter(text)).length > 0; text += letter.length) {
        const bool is_escaped = letter.text[0] == '\\' && letter.code != '\\';
        const bool is_no_letter = letter.code < ' ' || (letter.code & 0xfffe) == 0xfffe;

        fputs(is_escaped || is_no_letter ? " " : letter.text, out);
    }
}

enum spiral_status spiral_session_write(const struct spiral_session *session, FILE *out,
                                        struct spiral_error *error)
{
    fprintf(out,
            "# %s, as played in the live view of spiral %s. `spiral run` with these options runs "
            "the same run:\n",
            session->base.name, SPIRAL_VERSION);
    write_options(session, out);

    for (size_t i = 0; i < session->choice_count; i++) {
        char date[12] = "whole run";
        if (session->choices[i].dated)
            spiral_date_format(spiral_plan_date(session->plan, session->choices[i].step), date);
        fprintf(out, "# %s: ", date);
        write_comment(session->choices[i].text_en, out);
        fputc('\n', out);
    }

    return spiral_scenario_write(&session->scenario, out, error);
}

enum spiral_status spiral_session_save(const struct spiral_session *session, const char *path,
                                       struct spiral_error *error)
{
    struct spiral_whole_file output;
    enum spiral_status status = spiral_whole_file_open(&output, path, NULL, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_session_write(session, output.file, error);

    return spiral_whole_file_close(&output, status, error);
}

/* Reads one option and its argument; false, with an error, where it is not one of ours. */
static bool read_option(const char *option, char **rest, struct spiral_constants *constants,
                        struct spiral_plan_options *options, uint64_t *seed,
                        struct spiral_error *error)
{
    if (strcmp(option, "--war-ends") == 0)
        return options->war_ends = true;
    if (strcmp(option, "--assimilate") == 0)
        return options->assimilate = true;

    char *argument = strtok_r(NULL, " \r", rest);

    if (strcmp(option, "--seed") == 0 && argument != NULL && spiral_whole_parse(argument, seed))
        return true;

    char *equals = argument == NULL ? NULL : strchr(argument, '=');
    double value;

    if (strcmp(option, "--set") == 0 && equals != NULL) {
        *equals = '\0';
        if (!spiral_number_parse(equals + 1, &value))
            spiral_error_set(error, SPIRAL_BAD_INPUT, "'%.60s' is not a number", equals + 1);
        else
            return spiral_parameter_set(NULL, constants, argument, value, error) == SPIRAL_OK;
        return false;
    }

    spiral_error_set(error, SPIRAL_BAD_INPUT,
                     "unknown option '%.60s' in the line %s; expected --seed N, --set "
                     "k.NAME=VALUE, --war-ends or "
                     "--assimilate",
                     option, OPTIONS_MARK);

    return false;
}

/* A copy of the line of options in the first comment of a text, without the mark; *line is NULL
 * where there is none. False where there is no memory. */
static bool copy_options_line(const char *text, char **line)
{
    const char *at = text;

    *line = NULL;

    while (*at == '#' && strncmp(at, OPTIONS_MARK, strlen(OPTIONS_MARK)) != 0) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }

    if (*at != '#')
        return true;
    at += strlen(OPTIONS_MARK);
    *line = strndup(at, strcspn(at, "\n"));

    return *line != NULL;
}

enum spiral_status spiral_session_read_options(const char *text, struct spiral_constants *constants,
                                               struct spiral_plan_options *options, uint64_t *seed,
                                               struct spiral_error *error)
{
    char *line;
    char *rest;
    struct spiral_constants new_constants = *constants;
    struct spiral_plan_options new_options = *options;
    uint64_t new_seed = *seed;
    enum spiral_status status = SPIRAL_OK;

    if (!copy_options_line(text, &line))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    char *option = line != NULL ? strtok_r(line, " \r", &rest) : NULL;

    for (; option != NULL && status == SPIRAL_OK; option = strtok_r(NULL, " \r", &rest))
        if (!read_option(option, &rest, &new_constants, &new_options, &new_seed, error))
            status = SPIRAL_BAD_INPUT;

    free(line);
    if (status == SPIRAL_OK) {
        *constants = new_constants;
        *options = new_options;
        *seed = new_seed;
    }

    return status;
}

/* --- the curves ------------------------------------------------------------------------------- */

/* What was chosen after so many steps; nothing where nothing was. */
static void write_chosen(struct spiral_table *table, const struct spiral_session *session,
                         long step)
{
    char text[1024] = "";

    for (size_t i = 0; i < session->choice_count; i++) {
        const struct spiral_choice *choice = &session->choices[i];
        const size_t used = strlen(text);

        if (choice->dated && choice->step == step)
            snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? "; " : "",
                     choice->text_en);
    }

    spiral_table_text(table, text);
}

/* The rows of one run, from the start on; `chosen`: with what was chosen. */
static void write_rows(struct spiral_table *table, const struct spiral_session *session,
                       const char *run, spiral_session_row *rows, long last, bool chosen)
{
    const int rivals = session->plan->layout.count[SPIRAL_OF_RIVAL];

    for (long step = 0; step <= last; step++) {
        double quantity[SPIRAL_QUANTITIES];

        spiral_table_text(table, run);
        spiral_table_date(table, spiral_plan_date(session->plan, step), step);
        for (int i = 0; i < SPIRAL_QUANTITIES; i++)
            quantity[i] = rows[step][i];
        spiral_table_quantity_cells(table, quantity);

        for (int q = 0; q < rivals; q++) {
            const int observed = spiral_session_observed(session, q, step);
            if (observed > 0)
                spiral_table_whole(table, observed);
            else
                spiral_table_missing(table);
        }

        if (chosen)
            write_chosen(table, session, step - 1);
        else
            spiral_table_missing(table);
    }
}

static void describe_table(struct spiral_table *table, const struct spiral_session *session)
{
    const struct spiral_scenario *base = &session->base;
    const struct spiral_plan *plan = session->plan;
    char text[SPIRAL_COLUMN_TEXT];

    snprintf(text, sizeof text, "the runs of a session on the case %s", base->name);
    spiral_table_init(table, text);
    spiral_table_say(table, "scenario", base->name);
    spiral_table_say_whole(table, "seed", session->seed);
    spiral_table_say_whole(table, "run", 0);
    spiral_table_say_hash(table, "constants", spiral_constants_hash(&session->constants));

    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "run", "", "the present run, or a branch", NAN,
                        NAN);
    spiral_table_dates(table, plan->start, spiral_plan_date(plan, plan->steps), plan->steps);
    spiral_table_quantities(table);

    for (int q = 0; q < plan->layout.count[SPIRAL_OF_RIVAL]; q++) {
        snprintf(text, sizeof text, "observed.%s-%s", base->states[plan->layout.small].id,
                 base->states[plan->layout.rivals[q].neighbour].id);
        spiral_table_column(table, SPIRAL_COLUMN_WHOLE, text, "1",
                            "observed hostility (Correlates of War); empty without a record", 1.0,
                            5.0);
    }

    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "chosen", "", "what was chosen in this step",
                        NAN, NAN);
}

/* Describes the table of a session and writes it. The caller clears the table, also after an
 * error. */
static enum spiral_status write_table(struct spiral_table *table,
                                      const struct spiral_session *session, FILE *out,
                                      struct spiral_error *error)
{
    describe_table(table, session);
    if (table->no_memory)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    spiral_table_begin(table, out, false);
    write_rows(table, session, "present", session->rows, session->present, true);
    for (size_t g = 0; g < session->branch_count; g++)
        write_rows(table, session, session->branches[g].name, session->branches[g].rows,
                   session->branches[g].steps, false);

    return SPIRAL_OK;
}

enum spiral_status spiral_session_write_curves(const struct spiral_session *session, FILE *out,
                                               struct spiral_error *error)
{
    struct spiral_table table;
    const enum spiral_status status = write_table(&table, session, out, error);

    spiral_table_clear(&table);

    return status;
}

/* Writes the metadata of a table beside it. */
static enum spiral_status write_beside(const struct spiral_table *table, const char *path,
                                       struct spiral_error *error)
{
    struct spiral_whole_file beside;
    char *place = spiral_table_metadata_path(path);

    if (place == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    enum spiral_status status = spiral_whole_file_open(&beside, place, NULL, error);

    if (status == SPIRAL_OK) {
        spiral_table_metadata(table, path, beside.file);
        status = spiral_whole_file_close(&beside, SPIRAL_OK, error);
    }

    free(place);

    return status;
}

enum spiral_status spiral_session_export(const struct spiral_session *session, const char *path,
                                         struct spiral_error *error)
{
    struct spiral_whole_file output;
    struct spiral_table table;
    enum spiral_status status = spiral_whole_file_open(&output, path, NULL, error);

    if (status != SPIRAL_OK)
        return status;
    status = write_table(&table, session, output.file, error);

    status = spiral_whole_file_close(&output, status, error);
    if (status == SPIRAL_OK)
        status = write_beside(&table, path, error);
    spiral_table_clear(&table);

    return status;
}
