/* SPDX-License-Identifier: MIT */
#include "tests/reference/reference_compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/batch.h"
#include "sim/step.h"
#include "tests/reference/reference_step.h"

enum { DESCRIBED = 10 };

/* Where a comparison stands, and what it found. */
struct comparison {
    const struct spiral_batch *batch;
    const struct reference_run *run;
    int lane;
    uint64_t stream;
    unsigned long differences;
};

static void same(struct comparison *c, const char *name, int i, int j, double step, double oracle)
{
    if (memcmp(&step, &oracle, sizeof step) == 0)
        return;
    if (c->differences++ < DESCRIBED)
        fprintf(stderr, "run %llu, after step %ld: %s[%d][%d] is %.17g; the oracle has %.17g\n",
                (unsigned long long)c->stream, c->run->step, name, i, j, step, oracle);
}

static void compare_perceptions(struct comparison *c, const struct spiral_lanes_state *state)
{
    const struct spiral_layout *layout = &c->batch->layout;
    const struct reference_state *now = &c->run->now;
    const int l = c->lane;

    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const int i = layout->perceptions[p].of;
        const int j = layout->perceptions[p].about;
        const int tie = layout->perceptions[p].tie;
        same(c, "threat", i, j, state->threat[p][l], now->threat[i][j]);
        same(c, "grievance", i, j, state->grievance[p][l], now->grievance[i][j]);
        same(c, "othering", i, j, state->othering[p][l], now->othering[i][j]);
        same(c, "reassurance", i, j, state->reassurance[tie][l], now->reassurance[i][j]);
        same(c, "interdependence", i, j, state->interdependence[tie][l],
             now->interdependence[i][j]);
    }
}

static void compare_patrons(struct comparison *c, const struct spiral_lanes_state *state)
{
    const struct spiral_layout *layout = &c->batch->layout;
    const struct reference_run *run = c->run;
    const int l = c->lane;

    for (int p = 0; p < layout->count[SPIRAL_OF_PATRON]; p++) {
        const int k = layout->patrons[p];
        same(c, "commitment", k, 0, state->commitment[p][l], run->now.commitment[k]);
        same(c, "aspiration", k, 0, state->aspiration[p][l], run->now.aspiration[k]);
        same(c, "presence", k, 0, state->presence[p][l], run->now.presence[k]);
        same(c, "aid", k, 0, state->aid[p][l], run->now.aid[k]);
        same(c, "credulity", k, 0, state->credulity[p][l], run->now.credulity[k]);
        same(c, "guarantee", k, 0, c->batch->derived.guarantee[p][l], run->guarantee[k]);
        same(c, "believed", k, 0, c->batch->derived.believed[p][l], run->believed[k]);
    }
}

static void compare_rivals(struct comparison *c, const struct spiral_lanes_state *state)
{
    const struct spiral_layout *layout = &c->batch->layout;
    const struct reference_run *run = c->run;
    const int l = c->lane;

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        const int j = layout->rivals[q].neighbour;
        same(c, "hostility", j, 0, state->hostility[q][l], run->now.hostility[j]);
        same(c, "contested", j, 0, state->contested[q][l], run->now.contested[j]);
        same(c, "accustomed", j, 0, state->accustomed[q][l], run->now.accustomed[j]);
        same(c, "loss", j, 0, c->batch->derived.loss[q][l], run->loss[j]);
        same(c, "limbo", j, 0, c->batch->derived.limbo[q][l], run->limbo[j]);
        same(c, "pressure", j, 0, c->batch->derived.pressure[q][l], run->push[j]);
        same(c, "pressed", j, 0, c->batch->derived.pressed[q][l], run->pressed[j]);
        same(c, "incidents", j, 0, c->batch->derived.incidents[q][l], run->incidents[j]);

        for (int side = 0; side < 2; side++)
            for (int cause = 0; cause < REFERENCE_CAUSES; cause++)
                same(c, "rise", j, side * REFERENCE_CAUSES + cause,
                     c->batch->derived.rise[q][side][cause][l], run->rise[j][side][cause]);
    }
}

static void compare_all(struct comparison *c)
{
    const struct spiral_lanes_state *state = spiral_batch_state(c->batch);
    const struct spiral_lanes_derived *derived = &c->batch->derived;
    const struct reference_run *run = c->run;
    const int l = c->lane;

    for (int i = 0; i < run->states; i++) {
        same(c, "arms", i, 0, state->arms[i][l], run->now.arms[i]);
        same(c, "arms_from_threat", i, 0, derived->arms_from_threat[i][l],
             run->arms_from_threat[i]);
    }

    same(c, "arms_from_aid", run->small, 0, derived->arms_from_aid[l], run->arms_from_aid);
    same(c, "polarisation", run->small, 0, derived->polarisation[l], run->polarisation);
    compare_perceptions(c, state);
    compare_patrons(c, state);
    compare_rivals(c, state);
    for (int m = 0; m < run->publics; m++)
        same(c, "orientation", m, 0, state->orientation[m][l], run->now.orientation[m]);
    if (c->batch->random_state[l] != run->random.state && c->differences++ < DESCRIBED)
        fprintf(stderr, "run %llu, after step %ld: another number of draws\n",
                (unsigned long long)c->stream, run->step);
}

/* One batch: its first `live` lanes against the oracle, to the end. */
static unsigned long compare_batch(struct spiral_batch *batch,
                                   const struct spiral_plan *const plan[SPIRAL_LANES],
                                   uint64_t seed, const uint64_t stream[SPIRAL_LANES], int live)
{
    static struct reference_run runs[SPIRAL_LANES];
    struct comparison c = {.batch = batch};

    spiral_batch_start(batch, plan, seed, stream);
    for (int l = 0; l < live; l++)
        reference_start(&runs[l], plan[l], seed, stream[l]);

    while (batch->step < batch->steps && c.differences == 0) {
        spiral_step(batch);
        for (int l = 0; l < live; l++) {
            reference_step(&runs[l]);
            c.run = &runs[l];
            c.lane = l;
            c.stream = stream[l];
            compare_all(&c);
        }
    }

    return c.differences;
}

unsigned long reference_compare(const struct spiral_plan *const *plan, int plans, uint64_t seed,
                                uint64_t runs)
{
    struct spiral_batch *batch = spiral_batch_create();
    unsigned long differences = 0;

    if (batch == NULL)
        abort();

    for (uint64_t first = 0; first < runs; first += SPIRAL_LANES) {
        const int live = runs - first < SPIRAL_LANES ? (int)(runs - first) : SPIRAL_LANES;
        const struct spiral_plan *lane_plan[SPIRAL_LANES];
        uint64_t stream[SPIRAL_LANES];

        for (int l = 0; l < SPIRAL_LANES; l++) {
            lane_plan[l] = plan[l % plans];
            stream[l] = first + (uint64_t)l;
        }

        differences += compare_batch(batch, lane_plan, seed, stream, live);
    }

    spiral_batch_destroy(batch);

    return differences;
}
