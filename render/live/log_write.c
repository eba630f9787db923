/* SPDX-License-Identifier: MIT
 *
 * The comment at the head of a saved session: for people, what was chosen and what it was compared
 * with; for saved.c, the session itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/recipe.h"
#include "render/live/session_parts.h"
#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/text_stream.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "scenarios/loader/yaml/numbers.h"

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

/* --- for people ------------------------------------------------------------------------------- */

/* An act that is kept or dropped against the rule, where the case has it: its date and what it
 * is. */
static void write_exception(const struct spiral_session *session,
                            const struct spiral_choice *choice, uint64_t key, FILE *out)
{
    const struct spiral_scenario *base = &session->base;
    double date = base->start;

    spiral_date_parse(choice->date_text, &date);

    for (size_t e = 0; e < base->entry_count; e++) {
        const struct spiral_entry *entry = &base->entries[e];
        const bool falls = spiral_edit_falls(base, entry, choice->actor, choice->doctrine, date);

        if (spiral_session_act_key(entry) != key)
            continue;
        fprintf(out, "#   %s all the same: %s %s ", falls ? "kept" : "dropped", entry->date_text,
                base->states[entry->actor].id);
        if (entry->kind == SPIRAL_ENTRY_MOVE)
            fputs(spiral_moves[entry->move].name, out);
        else if (entry->kind == SPIRAL_ENTRY_DOCTRINE)
            write_comment(entry->doctrine_name, out);
        else
            fputs(entry->kind == SPIRAL_ENTRY_GREED ? "greed" : "resolve", out);
        fprintf(out, "%s%s\n", entry->target >= 0 ? " " : "",
                entry->target >= 0 ? base->states[entry->target].id : "");
        return;
    }
}

static void write_choices(const struct spiral_session *session, FILE *out)
{
    for (size_t i = 0; i < session->choice_count; i++) {
        const struct spiral_choice *choice = &session->choices[i];
        char date[12] = "whole run";

        if (choice->dated)
            spiral_date_format(spiral_plan_date(session->plan, choice->step), date);
        fprintf(out, "# %s: ", date);
        write_comment(choice->text_en, out);
        fputc('\n', out);
        for (size_t e = 0; e < choice->exception_count; e++)
            write_exception(session, choice, choice->exceptions[e], out);
    }
}

/* The branches that the run was compared with. */
static void write_branches(const struct spiral_session *session, FILE *out)
{
    for (size_t b = 0; b < session->branch_count; b++) {
        const struct spiral_session_branch *branch = &session->branches[b];
        char date[12];

        spiral_date_format(spiral_plan_date(session->plan, branch->present), date);
        fputs("# compared with: ", out);
        write_comment(branch->name, out);
        fprintf(out, ", kept at %s under seed %llu", date, (unsigned long long)branch->seed);
        if (branch->war != NULL)
            fprintf(out, "; war by the end in %.4f of %llu runs from then on",
                    branch->war[branch->steps], (unsigned long long)branch->runs);
        fputc('\n', out);
    }
}

/* --- for the program -------------------------------------------------------------------------- */

/* Shares of runs, "0*156 0.001 0.0015*3": a share that repeats is written once. */
static void write_shares(const double *share, long count, FILE *out)
{
    for (long from = 0; from < count;) {
        char text[32];
        long to = from + 1;

        while (to < count && share[to] == share[from])
            to++;
        spiral_number_write(share[from], text);
        fprintf(out, " %s", text);
        if (to > from + 1)
            fprintf(out, "*%ld", to - from);
        from = to;
    }
}

/* The branches as recipes, each with what its runs said. */
static void write_branch_recipes(const struct spiral_session *session, FILE *out)
{
    for (size_t b = 0; b < session->branch_count; b++) {
        const struct spiral_session_branch *branch = &session->branches[b];

        fprintf(out, SPIRAL_SESSION_BRANCH "%zu ", branch->colour);
        spiral_recipe_write_branch(session, branch, out);
        fputc('\n', out);

        if (branch->war != NULL) {
            fprintf(out, SPIRAL_SESSION_WAR "%llu", (unsigned long long)branch->runs);
            write_shares(branch->war, branch->steps + 1, out);
            fputc('\n', out);
        }

        fputs(SPIRAL_SESSION_NAME, out);
        write_comment(branch->name, out);
        fputc('\n', out);
    }
}

/* The case that the session began with, every line a comment. Its dates are rounded to days, as in
 * every run of the session. */
static enum spiral_status write_case(const struct spiral_session *session, FILE *out,
                                     struct spiral_error *error)
{
    struct spiral_scenario base;
    struct spiral_constants constants;
    struct spiral_shared_plan *plan;
    char *text = NULL;
    size_t length = 0;
    FILE *lines = NULL;
    enum spiral_status status =
        spiral_session_compile(session, NULL, 0, &base, &constants, &plan, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_shared_plan_release(plan);

    lines = spiral_text_stream_open(&text, &length);
    if (lines != NULL)
        status = spiral_scenario_write(&base, lines, error);
    if (!spiral_text_stream_close(lines, &text) && status == SPIRAL_OK)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the case");
    spiral_scenario_clear(&base);

    size_t count = 0;

    for (const char *at = text; status == SPIRAL_OK && *at != '\0'; at++)
        count += *at == '\n';
    if (status == SPIRAL_OK)
        fprintf(out, SPIRAL_SESSION_CASE "%zu\n", count);

    for (const char *at = text; status == SPIRAL_OK && *at != '\0'; at += strcspn(at, "\n") + 1)
        fprintf(out, SPIRAL_SESSION_LINE "%.*s\n", (int)strcspn(at, "\n"), at);
    free(text);

    return status;
}

enum spiral_status spiral_session_write_log(const struct spiral_session *session, FILE *out,
                                            struct spiral_error *error)
{
    fprintf(out,
            "# %s, as played in the live view of spiral %s. `spiral run` with these options runs "
            "the same run, and\n# `spiral view` opens the session as it was left:\n",
            session->base.name, SPIRAL_VERSION);
    fputs(SPIRAL_OPTIONS_MARK, out);
    spiral_session_write_options(session, &session->constants, session->seed, out);
    write_choices(session, out);
    write_branches(session, out);

    fputs(SPIRAL_SESSION_MARK, out);
    spiral_session_write_options(session, &session->base_constants, session->seed, out);
    write_branch_recipes(session, out);
    fputs(SPIRAL_SESSION_LOG, out);
    spiral_recipe_write(session, out);
    fputc('\n', out);

    return write_case(session, out, error);
}
