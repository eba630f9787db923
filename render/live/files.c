/* SPDX-License-Identifier: MIT
 *
 * The files that a session writes: a scenario that replays it, and its curves as CSV.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/actors.h"
#include "render/live/session_parts.h"
#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/whole_file.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "tables/model_columns.h"

/* --- the scenario ----------------------------------------------------------------------------- */

/* The scenario as it is chosen, whose title says that it is counterfactual where it is. */
static enum spiral_status write_marked_scenario(const struct spiral_session *session, FILE *out,
                                                struct spiral_error *error)
{
    struct spiral_scenario marked;
    enum spiral_status status = spiral_scenario_copy(&marked, &session->scenario);

    for (size_t i = 0; status == SPIRAL_OK && i < marked.title.count; i++) {
        struct spiral_translation *title = &marked.title.items[i];
        char text[SPIRAL_SESSION_TITLE];

        spiral_session_title(session, title->language, text);
        free(title->text);
        title->text = strdup(text);
        if (title->text == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a title");
    }

    if (status == SPIRAL_OK)
        status = spiral_scenario_write(&marked, out, error);
    spiral_scenario_clear(&marked);

    return status;
}

enum spiral_status spiral_session_write(const struct spiral_session *session, FILE *out,
                                        struct spiral_error *error)
{
    const enum spiral_status status = spiral_session_write_log(session, out, error);

    return status == SPIRAL_OK ? write_marked_scenario(session, out, error) : status;
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

/* A run of other choices than history's says so, and which they were. */
static void say_choices(struct spiral_table *table, const struct spiral_session *session)
{
    char text[SPIRAL_COLUMN_TEXT] = "";
    size_t length = 0;

    for (size_t i = 0; i < session->choice_count && length + 1 < sizeof text; i++) {
        const struct spiral_choice *choice = &session->choices[i];

        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s%s %s", i > 0 ? "; " : "",
                             choice->dated ? choice->date_text : "whole run", choice->text_en);
    }

    text[spiral_foreign_text_fit(text, sizeof text - 1)] = '\0';
    if (session->choice_count > 0)
        spiral_table_say(table, "counterfactual", text);
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
    say_choices(table, session);

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
