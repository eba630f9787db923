/* SPDX-License-Identifier: MIT
 *
 * From the lanes of a batch to the numbers of a step, and back.
 */
#ifndef SPIRAL_LANES_AND_NUMBERS_H
#define SPIRAL_LANES_AND_NUMBERS_H

#include "sim/stages/stage.h"

STAGE void load_state(struct step *s)
{
    const struct spiral_lanes_state *from = spiral_batch_state(s->batch);
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    EACH(i, of) \
    s->numbers->now.name[i] = number_load(&from->name[i][LANE]);
#include "sim/variables.def"
}

STAGE void store_state(const struct step *s, struct spiral_lanes_state *to)
{
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    EACH(i, of) \
    number_store(&to->name[i][LANE], s->numbers->next.name[i]);
#include "sim/variables.def"
}

/* Sums over the run. */
STAGE void load_sums(struct step *s)
{
    const struct spiral_lanes_derived *from = &s->batch->derived;

    EACH(q, RIVAL)
    for (int side = 0; side < 2; side++)
        for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
            s->numbers->derived.rise[q][side][cause] =
                number_load(&from->rise[q][side][cause][LANE]);

    EACH(i, STATE)
    s->numbers->derived.arms_from_threat[i] = number_load(&from->arms_from_threat[i][LANE]);
    s->numbers->derived.arms_from_aid = number_load(&from->arms_from_aid[LANE]);
}

STAGE void store_derived(const struct step *s, struct spiral_lanes_derived *to)
{
    EACH(k, PATRON)
    {
        number_store(&to->guarantee[k][LANE], s->numbers->derived.guarantee[k]);
        number_store(&to->believed[k][LANE], s->numbers->derived.believed[k]);
    }

    EACH(q, RIVAL)
    {
        number_store(&to->loss[q][LANE], s->numbers->derived.loss[q]);
        number_store(&to->limbo[q][LANE], s->numbers->derived.limbo[q]);
        number_store(&to->pressure[q][LANE], s->numbers->derived.pressure[q]);
        number_store(&to->pressed[q][LANE], s->numbers->derived.pressed[q]);
        number_store(&to->incidents[q][LANE], s->numbers->derived.incidents[q]);

        for (int side = 0; side < 2; side++)
            for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
                number_store(&to->rise[q][side][cause][LANE],
                             s->numbers->derived.rise[q][side][cause]);
    }

    EACH(i, STATE)
    number_store(&to->arms_from_threat[i][LANE], s->numbers->derived.arms_from_threat[i]);
    number_store(&to->arms_from_aid[LANE], s->numbers->derived.arms_from_aid);
    number_store(&to->polarisation[LANE], s->numbers->derived.polarisation);
}

STAGE void load_step(struct step *s, const struct spiral_batch *batch,
                     const SPIRAL_LAYOUT_SPACE struct spiral_layout *layout, int lane)
{
    s->batch = batch;
    s->layout = layout;
    s->lane = lane;
    s->dt = batch->dt;
    s->numbers->random_state = number_load_bits(&batch->random_state[lane]);
    s->numbers->random_increment = number_load_bits(&batch->random_increment[lane]);
    load_state(s);
    load_sums(s);
}

STAGE void store_step(const struct step *s, struct spiral_batch *batch)
{
    store_state(s, spiral_batch_next(batch));
    store_derived(s, &batch->derived);
    number_store_bits(&batch->random_state[LANE], s->numbers->random_state);
}

#endif
