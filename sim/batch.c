/* SPDX-License-Identifier: MIT */
#include "sim/batch.h"

#include <stdlib.h>
#include <string.h>

#include "sim/algebra.h"
#include "sim/batch_hash.h"
#include "sim/known_layouts.h"
#include "sim/model_form.h"
#include "sim/random.h"

const double spiral_zero = 0.0, spiral_one = 1.0;

struct spiral_batch *spiral_batch_create(void)
{
    size_t size = (sizeof(struct spiral_batch) + 63) / 64 * 64;
    struct spiral_batch *batch = aligned_alloc(64, size);

    if (batch != NULL)
        memset(batch, 0, size);
    return batch;
}

void spiral_batch_destroy(struct spiral_batch *batch) { free(batch); }

/* The square root by the hardware's instruction: correctly rounded everywhere. */
static double square_root(double x) { return __builtin_sqrt(x); }

static void load_constants(struct spiral_batch *batch, int l)
{
    const struct spiral_plan *plan = batch->plan[l];
    const struct spiral_constants *from = &plan->constants;
    struct spiral_lanes_constants *k = &batch->constants;
    const double dt = plan->dt;
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) k->name[l] = from->name;
#include "sim/constants.def"
    k->rise_share[l] = spiral_step_share(dt, from->threat_rise);
    k->fall_share[l] = spiral_step_share(dt, from->threat_fall);
    k->noise_scale[l] = from->noise * SPIRAL_FORM(parabola) * square_root(dt);
    k->arms_share[l] = spiral_step_share(dt, from->arms_time);
    k->commit_rise_share[l] = spiral_step_share(dt, from->commit_rise);
    k->commit_fall_share[l] = spiral_step_share(dt, from->commit_fall);
    k->aspiration_share[l] = spiral_step_share(dt, from->aspiration_time);
    k->aid_share[l] = spiral_step_share(dt, from->aid_time);
    k->belief_share[l] = spiral_step_share(dt, from->belief_time);
    k->accustom_share[l] = spiral_step_share(dt, from->accustom);
    k->resent_share[l] = spiral_step_share(dt, from->resent);
    k->reassure_share[l] = spiral_step_share(dt, from->reassure_time);
    k->trade_share[l] = spiral_step_share(dt, from->trade_time);
    k->grievance_share[l] = spiral_step_share(dt, from->grievance_time);
    k->contest_share[l] = spiral_step_share(dt, from->contest_time);
    k->inverse_reach[l] = 1.0 / (from->public_reach * from->public_reach);
    k->incident_chance[l] = from->incident * dt;
    k->press_chance[l] = from->press * dt;
    k->war_chance[l] = from->war * dt;
    k->slip_chance[l] = from->slip * dt;
    k->settle_chance[l] = from->settle * dt;
    k->war_share[l] = plan->war_ends ? 1.0 : 0.0;
}

static void load_facts(struct spiral_batch *batch, int l)
{
    const struct spiral_plan *plan = batch->plan[l];
    const int *count = batch->layout.count;
    struct spiral_lanes_facts *facts = &batch->facts;
    struct spiral_lanes_given *given = &batch->given;

    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++) {
        facts->greed[i][l] = plan->greed[i];
        facts->resolve[i][l] = plan->resolve[i];
        given->nuclear[i][l] = plan->nuclear[i];
        given->democracy[i][l] = plan->democracy[i];
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            facts->doctrine[i][n][l] = plan->doctrine[i][n];
    }

    for (int t = 0; t < count[SPIRAL_OF_TIE]; t++) {
        given->near[t][l] = plan->near[t];
        given->institution[t][l] = plan->institution[t];
        given->offence[t][l] = plan->offence[t];
        given->distinguish[t][l] = plan->distinguish[t];
    }

    for (int q = 0; q < count[SPIRAL_OF_RIVAL]; q++) {
        given->border[q][l] = plan->border[q];
        given->stake[q][l] = plan->stake[q];
    }

    for (int k = 0; k < count[SPIRAL_OF_PATRON]; k++) {
        given->reach[k][l] = plan->reach[k];
        facts->floor[k][l] = 0.0;
    }

    for (int m = 0; m < count[SPIRAL_OF_PUBLIC]; m++) {
        given->weight[m][l] = plan->weight[m];
        given->kin[m][l] = plan->kin[m];
    }
}

static void load_state(struct spiral_batch *batch, int l)
{
    const struct spiral_plan *plan = batch->plan[l];
    struct spiral_lanes_state *state = &batch->states[0];
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < batch->layout.count[SPIRAL_OF_##of]; i++) \
        state->name[i][l] = plan->initial_##name[i];
#include "sim/variables.def"
}

static enum spiral_known_layout recognise_layout(const struct spiral_layout *layout)
{
    if (spiral_layout_equal(layout, &spiral_triad))
        return SPIRAL_TRIAD;
    if (spiral_layout_equal(layout, &spiral_triad_with_publics))
        return SPIRAL_TRIAD_WITH_PUBLICS;
    return SPIRAL_OTHER_LAYOUT;
}

void spiral_batch_start(struct spiral_batch *batch,
                        const struct spiral_plan *const plan[SPIRAL_LANES], uint64_t seed,
                        const uint64_t stream[SPIRAL_LANES])
{
    batch->layout = plan[0]->layout;
    batch->known_layout = recognise_layout(&batch->layout);
    batch->step = 0;
    batch->steps = plan[0]->steps;
    batch->dt = plan[0]->dt;
    batch->same_plan = true;
    batch->same_series = true;
    batch->assimilate = plan[0]->assimilate;
    batch->now = 0;
    batch->next_event_step = 0;
    memset(&batch->derived, 0, sizeof batch->derived);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        batch->plan[l] = plan[l];
        batch->same_plan = batch->same_plan && plan[l] == plan[0];
        batch->same_series = batch->same_series && plan[l]->power == plan[0]->power &&
                             plan[l]->events == plan[0]->events;
        batch->next_event[l] = 0;

        struct spiral_random random = spiral_random_seed(seed, stream[l]);
        batch->random_state[l] = random.state;
        batch->random_increment[l] = random.increment;
        load_constants(batch, l);
        load_facts(batch, l);
        load_state(batch, l);
    }
}

uint64_t spiral_batch_hash(const struct spiral_batch *batch, int lane)
{
    return hash_lane(batch, lane);
}

bool spiral_batch_verify(const struct spiral_batch *batch, int lane, const char **name)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
#define SPIRAL_VARIABLE(variable, of, low, high, en, zh, doc) \
    for (int i = 0; i < batch->layout.count[SPIRAL_OF_##of]; i++) \
        if (!(state->variable[i][lane] >= (low) && state->variable[i][lane] <= (high))) { \
            *name = #variable; \
            return false; \
        }
#include "sim/variables.def"
    *name = "";

    return true;
}
