/* SPDX-License-Identifier: MIT
 *
 * What a session and the moments of its history hold together is freed by the last that lets go.
 */
#include <stdlib.h>

#include "render/live/session_parts.h"

void spiral_session_branch_release(struct spiral_session_branch *branch)
{
    if (branch->holders != NULL && --*branch->holders == 0) {
        free(branch->choices);
        free(branch->rows);
        free(branch->war);
        free(branch->holders);
    }
    *branch = (struct spiral_session_branch){.holders = NULL};
}
