/* SPDX-License-Identifier: MIT
 *
 * The branches of a session: runs that are kept, to be compared with the present one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/yaml/foreign_text.h"

/* The first colour that no branch has. */
static size_t free_colour(const struct spiral_session *session)
{
    size_t colour = 0;

    for (size_t b = 0; b < session->branch_count; b++)
        if (session->branches[b].colour == colour) {
            colour++;
            b = SIZE_MAX; /* again from the first */
        }

    return colour;
}

enum spiral_status spiral_session_add_branch(struct spiral_session *session, const char *name,
                                             const double *war, uint64_t runs,
                                             struct spiral_error *error)
{
    const size_t rows = (size_t)session->plan->steps + 1;

    if (session->branch_count == SPIRAL_SESSION_BRANCHES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "there are %d branches already; drop one first",
                                SPIRAL_SESSION_BRANCHES);

    struct spiral_session_branch branch = {.colour = free_colour(session),
                                           .seed = session->seed,
                                           .choice_count = session->choice_count,
                                           .present = session->present,
                                           .steps = session->plan->steps,
                                           .runs = war != NULL ? runs : 0};

    branch.holders = malloc(sizeof *branch.holders);
    branch.choices = malloc((session->choice_count + 1) * sizeof *branch.choices);
    branch.rows = malloc(rows * sizeof *branch.rows);
    branch.war = war != NULL ? malloc(rows * sizeof *branch.war) : NULL;

    if (branch.holders == NULL || branch.choices == NULL || branch.rows == NULL ||
        (war != NULL && branch.war == NULL)) {
        free(branch.holders);
        free(branch.choices);
        free(branch.rows);
        free(branch.war);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a branch");
    }

    *branch.holders = 1;
    memcpy(branch.choices, session->choices, session->choice_count * sizeof *branch.choices);
    for (long step = 0; war != NULL && step <= branch.steps; step++)
        branch.war[step] = step < branch.present ? 0.0 : war[step];
    memcpy(branch.name, name, spiral_foreign_text_fit(name, SPIRAL_BRANCH_NAME - 1));
    spiral_session_compute(session, session->plan->steps);
    memcpy(branch.rows, session->rows, rows * sizeof *branch.rows);

    spiral_session_remember(session);
    session->branches[session->branch_count++] = branch;
    session->branches_serial = spiral_live_serial();

    return SPIRAL_OK;
}

void spiral_session_drop_branch(struct spiral_session *session, size_t branch)
{
    if (branch >= session->branch_count)
        return;
    spiral_session_remember(session);
    spiral_session_branch_release(&session->branches[branch]);
    session->branch_count--;
    session->branches_serial = spiral_live_serial();
    memmove(&session->branches[branch], &session->branches[branch + 1],
            (session->branch_count - branch) * sizeof *session->branches);
}

/* --- names ------------------------------------------------------------------------------------ */

/* What a choice is called without its state: a doctrine, a move, a number with its value. */
static const char *short_text(const struct spiral_choice *choice, bool zh)
{
    const char *text = zh ? choice->text_zh : choice->text_en;
    const char *colon = strstr(text, zh ? "：" : ": ");

    return colon == NULL ? text : colon + (zh ? strlen("：") : 2);
}

/* Adds " (2)" to a name that a branch has already. */
static void tell_apart(const struct spiral_session *session, char name[SPIRAL_BRANCH_NAME])
{
    char plain[SPIRAL_BRANCH_NAME];
    int number = 1;

    memcpy(plain, name, sizeof plain);
    plain[spiral_foreign_text_fit(plain, SPIRAL_BRANCH_NAME - 6)] = '\0';

    for (size_t b = 0; b < session->branch_count; b++)
        if (strcmp(session->branches[b].name, name) == 0) {
            snprintf(name, SPIRAL_BRANCH_NAME, "%s (%d)", plain, ++number);
            b = SIZE_MAX; /* again from the first */
        }
}

void spiral_session_branch_name(const struct spiral_session *session, const char *language,
                                char name[SPIRAL_BRANCH_NAME])
{
    const bool zh = strcmp(language, "zh") == 0;
    char text[320] = "";

    if (session->choice_count == 0) {
        snprintf(text, sizeof text, "%s", zh ? "历史路线" : "as it was");
    } else {
        const struct spiral_choice *choice = &session->choices[session->choice_count - 1];
        char more[24] = "";

        if (session->choice_count > 1)
            snprintf(more, sizeof more, " +%zu", session->choice_count - 1);
        if (!choice->dated)
            snprintf(text, sizeof text, "%s%s", short_text(choice, zh), more);
        else if (zh)
            snprintf(text, sizeof text, "自 %.7s %s%s", choice->date_text, short_text(choice, zh),
                     more);
        else
            snprintf(text, sizeof text, "%s from %.7s%s", short_text(choice, zh), choice->date_text,
                     more);
    }

    memset(name, 0, SPIRAL_BRANCH_NAME);
    memcpy(name, text, spiral_foreign_text_fit(text, SPIRAL_BRANCH_NAME - 1));
    tell_apart(session, name);
}
