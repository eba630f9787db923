/* SPDX-License-Identifier: MIT */
#include "sim/algebra.h"
#include "sim/instructions.h"
#include "sim/step.h"

/* In a replay that assimilates, the observed level takes the place of the predicted one. */
static void assimilate(struct spiral_batch *batch, struct spiral_lanes_state *next)
{
    const int rivals = batch->layout.count[SPIRAL_OF_RIVAL];

    for (int q = 0; q < rivals; q++)
        for (int l = 0; l < SPIRAL_LANES; l++)
            next->hostility[q][l] =
                spiral_imposed(next->hostility[q][l],
                               (double)batch->plan[l]->observed[batch->step * rivals + q]);
}

/* By the widest instructions of this processor that the program was built for. */
static void advance(struct spiral_batch *batch)
{
#ifdef SPIRAL_WITH_INSTRUCTIONS
    if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        spiral_advance_avx512(batch);
        return;
    }

    if (__builtin_cpu_supports("avx2")) {
        spiral_advance_avx2(batch);
        return;
    }
#endif
    spiral_advance_base(batch);
}

void spiral_step(struct spiral_batch *batch)
{
    spiral_timeline_advance(batch);
    advance(batch);
    if (batch->assimilate)
        assimilate(batch, &batch->states[1 - batch->now]);
    batch->now = 1 - batch->now;
    batch->step++;
}
