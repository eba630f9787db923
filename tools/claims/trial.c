/* SPDX-License-Identifier: MIT
 *
 * The memory of a trial: what to try, and the results.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/claims/claims.h"

const char *const spiral_claim_event_names[SPIRAL_CLAIM_EVENTS] = {"war", "force"};

static enum spiral_status allocate_trial(struct spiral_claim_trial *trial)
{
    const struct spiral_claims_request *request = &trial->request;
    const size_t points = request->points;
    struct spiral_claim *claims = calloc(request->claim_count, sizeof *claims);

    if (claims != NULL)
        memcpy(claims, request->claims, request->claim_count * sizeof *claims);
    trial->request.claims = claims;
    trial->used = calloc(request->set->arm_count, sizeof *trial->used);
    trial->done = calloc(points, sizeof *trial->done);
    trial->in_scope = calloc(request->claim_count * points, sizeof *trial->in_scope);

    bool complete =
        claims != NULL && trial->used != NULL && trial->done != NULL && trial->in_scope != NULL;

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        trial->events[e] = calloc(request->set->arm_count * points, sizeof *trial->events[e]);
        trial->effects[e] = calloc(request->claim_count * points, sizeof *trial->effects[e]);
        complete = complete && trial->events[e] != NULL && trial->effects[e] != NULL;
    }

    for (size_t c = 0; c < request->claim_count && complete; c++)
        for (int a = 0; a < claims[c].arm_count; a++)
            trial->used[claims[c].arms[a]] = true;

    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

enum spiral_status spiral_claim_trial_init(struct spiral_claim_trial *trial,
                                           const struct spiral_claims_request *request,
                                           struct spiral_error *error)
{
    const struct spiral_design_request design = {.kind = SPIRAL_DESIGN_sobol,
                                                 .points = request->points,
                                                 .seed = request->seed};

    memset(trial, 0, sizeof *trial);
    trial->request = *request;
    if (allocate_trial(trial) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points of %zu claims",
                                request->points, request->claim_count);

    const enum spiral_status status = spiral_claim_space_fill(&trial->space, request->set, error);

    if (status != SPIRAL_OK)
        return status;

    return spiral_design_create(&trial->design, trial->space.axes, trial->space.count, &design,
                                error);
}

void spiral_claim_trial_clear(struct spiral_claim_trial *trial)
{
    spiral_design_destroy(trial->design);
    free((void *)trial->request.claims);
    free(trial->used);
    free(trial->done);
    free(trial->in_scope);

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        free(trial->events[e]);
        free(trial->effects[e]);
    }

    if (trial->own_set != NULL)
        spiral_claim_set_clear(trial->own_set);
    free(trial->own_set);
    memset(trial, 0, sizeof *trial);
}
