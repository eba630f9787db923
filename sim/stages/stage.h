/* SPDX-License-Identifier: MIT
 *
 * What the stages of a step share. Each stage is a header of static inline functions that
 * sim/step.c alone includes: compiled in one piece, for every instruction set. A stage reads
 * `now` and writes `next`.
 */
#ifndef SPIRAL_STAGE_H
#define SPIRAL_STAGE_H

#include <stddef.h>

#include "sim/algebra.h"
#include "sim/batch.h"
#include "sim/random.h"

#define STAGE static inline __attribute__((always_inline))

/* A constant, and a fact of this step, of the run in lane l. Where all lanes share one plan they
 * are alike in all of them, and one number is read instead of a vector. `s` and `l` are those of
 * the place. */
#define K(name) (s->shared ? s->shared_k->name : s->k->name[l])
#define FACT(name) (s->shared ? s->shared_facts->name : s->facts->name[l])

/* What several stages ask of the present state: filled by survey(). */
struct survey {
    spiral_lane felt;     /* threat that the small state feels: the largest over its neighbours */
    spiral_lane caused;   /* threat that it causes: the largest over its neighbours */
    spiral_lane worst;    /* hostility, the largest over its neighbours */
    spiral_lane disputed; /* contested territory, the largest */
    spiral_lane median;   /* orientation of the median public, 0 without publics */
    /* share of its offers that the small state's median public lets its leadership make */
    spiral_lane allowed;
    spiral_lane one; /* 1: hostility of pairs that are no rivals, offers that no public restrains */
    spiral_lane course;  /* the small state's declared course: alignment without empathy */
    spiral_lane kinship; /* publics' weighted kinship with the neighbour */
};

/* What the stages share within a step: pointers alone, which the compiler keeps in registers.
 * Clang makes no vectors of a loop over lanes that lie beside the pointers to other lanes. */
struct step {
    bool
        shared; /* all lanes share one plan; known to the compiler, which makes a step for each case */
    const struct spiral_shared_constants *shared_k; /* then */
    const struct spiral_shared_facts *shared_facts;
    struct spiral_batch *batch;
    const struct spiral_layout *layout;
    const struct spiral_lanes_constants *k;
    const struct spiral_lanes_facts *facts;
    const struct spiral_lanes_state *now;
    struct spiral_lanes_state *next;
    struct spiral_lanes_derived *derived;
    struct survey *survey;
};

/* Hostility of a rival pair, or of no pair (-1): at peace. */
STAGE const double *hostility_of(const struct step *s, int rival)
{
    return rival >= 0 ? s->now->hostility[rival] : s->survey->one;
}

/* How credible patron k's commitment is, before its resolve: convex, so that only membership or
 * tripwire forces make it so. */
STAGE double credibility(const struct step *s, int k, int l)
{
    const double c = s->now->commitment[k][l];
    return spiral_unit(c * c * (c * c) + K(tripwire) * s->now->presence[k][l] * c);
}

/* The largest threat that a state perceives from anyone. */
STAGE void largest_fear(const struct step *s, int state, double fear[])
{
    SPIRAL_EACH_LANE(l)
        fear[l] = 0.0;

    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++)
        if (s->layout->perceptions[p].of == state)
            SPIRAL_EACH_LANE(l)
                fear[l] = spiral_max(fear[l], s->now->threat[p][l]);
}

#endif
