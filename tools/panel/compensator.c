/* SPDX-License-Identifier: MIT */
#include "tools/panel/compensator.h"

#include <math.h>

#include "sim/step.h"

/* A run: its constants, what its chances have come to, and whether the event has. */
struct watched {
    const struct spiral_constants *constants;
    double sum[SPIRAL_PANEL_EVENTS];
    bool came[SPIRAL_PANEL_EVENTS];
};

/* Adds the chances that the last step had in a run which it took from level `before`. They are
 * those of stage 7 (sim/stages/pressure.h): rates x dt have the chance x dt / (1 + x dt); an
 * incident is force at once with the constant's share, and only what is force already becomes
 * war. */
static void add_chances(struct watched *run, const struct spiral_batch *batch, int l, double before)
{
    const struct spiral_constants *constants = run->constants;
    const double incidents = batch->derived.incidents[0][l];
    const double push = batch->derived.pressure[0][l];
    const double wars = (constants->slip + constants->war * push * push) * batch->dt;
    const double chance[SPIRAL_PANEL_EVENTS] = {
        [SPIRAL_PANEL_FORCE] = constants->force * incidents / (1.0 + incidents),
        [SPIRAL_PANEL_WAR] = before >= 4.0 ? wars / (1.0 + wars) : 0.0,
    };

    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        if (!run->came[event])
            run->sum[event] += chance[event];
}

static void note_events(struct watched *run, double level)
{
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        run->came[event] = run->came[event] || level >= spiral_panel_event_levels[event];
}

/* Runs a batch that is started; adds the sums of its first `live` runs. */
static void run_batch(double sum[SPIRAL_PANEL_EVENTS], struct watched runs[SPIRAL_LANES],
                      struct spiral_batch *batch, int live)
{
    double before[SPIRAL_LANES];

    /* What is there at the start has a chance of 1. */
    for (int l = 0; l < live; l++) {
        before[l] = spiral_batch_state(batch)->hostility[0][l];
        note_events(&runs[l], before[l]);
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
            runs[l].sum[event] = runs[l].came[event] ? 1.0 : 0.0;
    }

    while (batch->step < batch->steps) {
        spiral_step(batch);
        for (int l = 0; l < live; l++) {
            add_chances(&runs[l], batch, l, before[l]);
            before[l] = spiral_batch_state(batch)->hostility[0][l];
            note_events(&runs[l], before[l]);
        }
    }

    for (int l = 0; l < live; l++)
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
            sum[event] += runs[l].sum[event];
}

void spiral_panel_compensate(double chance[SPIRAL_PANEL_EVENTS], const struct spiral_plan *plan,
                             struct spiral_batch *batch, uint64_t seed, uint64_t runs)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t streams[SPIRAL_LANES];
    double sum[SPIRAL_PANEL_EVENTS] = {0.0};

    for (uint64_t first = 0; first < runs; first += SPIRAL_LANES) {
        const uint64_t left = runs - first;
        struct watched watched[SPIRAL_LANES] = {{.constants = NULL}};

        for (int l = 0; l < SPIRAL_LANES; l++) {
            streams[l] = first + (uint64_t)l;
            plans[l] = spiral_plan_of_run(plan, streams[l]);
            watched[l].constants = &plans[l]->constants;
        }
        spiral_batch_start(batch, plans, seed, streams);
        run_batch(sum, watched, batch, left < SPIRAL_LANES ? (int)left : SPIRAL_LANES);
    }
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        chance[event] = fmin(sum[event] / (double)runs, 1.0);
}
