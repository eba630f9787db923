/* SPDX-License-Identifier: MIT
 *
 * The branches of a session: runs that are kept, to be compared with the present one.
 */
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/yaml/foreign_text.h"

enum spiral_status spiral_session_add_branch(struct spiral_session *session, const char *name,
                                             const double *war, struct spiral_error *error)
{
    const size_t rows = (size_t)session->plan->steps + 1;

    if (session->branch_count == SPIRAL_SESSION_BRANCHES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "there are %d branches already; drop one first",
                                SPIRAL_SESSION_BRANCHES);

    struct spiral_session_branch *branch = &session->branches[session->branch_count];

    *branch = (struct spiral_session_branch){.seed = session->seed,
                                             .present = session->present,
                                             .steps = session->plan->steps};
    branch->rows = malloc(rows * sizeof *branch->rows);
    branch->war = war != NULL ? malloc(rows * sizeof *branch->war) : NULL;

    if (branch->rows == NULL || (war != NULL && branch->war == NULL)) {
        free(branch->rows);
        free(branch->war);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a branch");
    }

    if (war != NULL)
        memcpy(branch->war, war, rows * sizeof *war);
    memcpy(branch->name, name, spiral_foreign_text_fit(name, SPIRAL_BRANCH_NAME - 1));
    spiral_session_compute(session, session->plan->steps);
    memcpy(branch->rows, session->rows, rows * sizeof *branch->rows);
    session->branch_count++;
    session->branches_serial = spiral_live_serial();

    return SPIRAL_OK;
}

void spiral_session_drop_branch(struct spiral_session *session, size_t branch)
{
    if (branch >= session->branch_count)
        return;
    free(session->branches[branch].rows);
    free(session->branches[branch].war);
    session->branch_count--;
    session->branches_serial = spiral_live_serial();
    memmove(&session->branches[branch], &session->branches[branch + 1],
            (session->branch_count - branch) * sizeof *session->branches);
}
