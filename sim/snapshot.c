/* SPDX-License-Identifier: MIT */
#include "sim/snapshot.h"

#include <string.h>

_Static_assert(sizeof(struct spiral_lanes_derived) % sizeof(spiral_lane) == 0,
               "derived numbers are lanes and nothing else");
enum { DERIVED = sizeof(struct spiral_lanes_derived) / sizeof(spiral_lane) };

void spiral_snapshot_take(struct spiral_snapshot *snapshot, const struct spiral_batch *batch,
                          int lane)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const int *count = batch->layout.count;

    snapshot->step = batch->step;
    snapshot->random_state = batch->random_state[lane];
    snapshot->random_increment = batch->random_increment[lane];
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < count[SPIRAL_OF_##of]; i++) \
        snapshot->name[i] = state->name[i][lane];
#include "sim/variables.def"
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++) {
        snapshot->greed[i] = batch->facts.greed[i][lane];
        snapshot->resolve[i] = batch->facts.resolve[i][lane];
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            snapshot->doctrine[i][n] = batch->facts.doctrine[i][n][lane];
    }

    for (int k = 0; k < count[SPIRAL_OF_PATRON]; k++)
        snapshot->floor[k] = batch->facts.floor[k][lane];

    const unsigned char *derived = (const unsigned char *)&batch->derived;

    for (size_t d = 0; d < DERIVED; d++)
        memcpy(&snapshot->derived[d], derived + (d * SPIRAL_LANES + (size_t)lane) * sizeof(double),
               sizeof(double));
}

static void resume_lane(const struct spiral_snapshot *snapshot, struct spiral_batch *batch, int l)
{
    struct spiral_lanes_state *state = &batch->states[batch->now];
    const int *count = batch->layout.count;
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < count[SPIRAL_OF_##of]; i++) \
        state->name[i][l] = snapshot->name[i];
#include "sim/variables.def"
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++) {
        batch->facts.greed[i][l] = snapshot->greed[i];
        batch->facts.resolve[i][l] = snapshot->resolve[i];
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            batch->facts.doctrine[i][n][l] = snapshot->doctrine[i][n];
    }

    for (int k = 0; k < count[SPIRAL_OF_PATRON]; k++)
        batch->facts.floor[k][l] = snapshot->floor[k];

    unsigned char *derived = (unsigned char *)&batch->derived;

    for (size_t d = 0; d < DERIVED; d++)
        memcpy(derived + (d * SPIRAL_LANES + (size_t)l) * sizeof(double), &snapshot->derived[d],
               sizeof(double));
}

void spiral_snapshot_resume(const struct spiral_snapshot *snapshot, struct spiral_batch *batch,
                            const struct spiral_plan *plan, uint64_t seed,
                            const uint64_t stream[SPIRAL_LANES])
{
    static const uint64_t none[SPIRAL_LANES];
    const struct spiral_plan *plans[SPIRAL_LANES];
    long acted = 0;

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = spiral_plan_of_run(plan, stream != NULL ? stream[l] : 0);

    spiral_batch_start(batch, plans, seed, stream != NULL ? stream : none);
    while (acted < plan->event_count && plan->events[acted].step < snapshot->step)
        acted++;

    batch->step = snapshot->step;
    batch->next_event_step = acted < plan->event_count ? plan->events[acted].step : plan->steps;

    for (int l = 0; l < SPIRAL_LANES; l++) {
        batch->next_event[l] = acted;
        resume_lane(snapshot, batch, l);

        if (stream == NULL) {
            batch->random_state[l] = snapshot->random_state;
            batch->random_increment[l] = snapshot->random_increment;
        }
    }
}
