/* SPDX-License-Identifier: MIT
 *
 * The layout of a scenario: who is who, and which pairs there are. It depends on the states'
 * roles alone, so runs of different facts, timelines and constants share a layout and may share
 * a batch.
 */
#ifndef SPIRAL_LAYOUT_H
#define SPIRAL_LAYOUT_H

#include <stdbool.h>

#include "sim/sizes.h"

/* How many there can be of each thing that variables.def counts. A device's program is built for
 * one layout, and is told of its sizes (device/program.c). */
#ifdef __OPENCL_C_VERSION__
enum {
    SPIRAL_MAX_STATE = SPIRAL_LAYOUT_STATES,
    SPIRAL_MAX_PERCEPTION = SPIRAL_LAYOUT_PERCEPTIONS,
    SPIRAL_MAX_TIE = SPIRAL_LAYOUT_TIES,
    SPIRAL_MAX_PATRON = SPIRAL_LAYOUT_PATRONS,
    SPIRAL_MAX_RIVAL = SPIRAL_LAYOUT_RIVALS,
    SPIRAL_MAX_PUBLIC = SPIRAL_LAYOUT_PUBLICS
};
#define SPIRAL_LAYOUT_SPACE __constant
#else
enum {
    SPIRAL_MAX_STATE = SPIRAL_MAX_STATES,
    SPIRAL_MAX_PERCEPTION = SPIRAL_MAX_STATES * (SPIRAL_MAX_STATES - 1),
    SPIRAL_MAX_TIE = SPIRAL_MAX_PERCEPTION / 2,
    SPIRAL_MAX_PATRON = SPIRAL_MAX_STATES - 1,
    SPIRAL_MAX_RIVAL = SPIRAL_MAX_STATES - 1,
    SPIRAL_MAX_PUBLIC = SPIRAL_MAX_PUBLICS
};
#define SPIRAL_LAYOUT_SPACE /* a pointer to a layout is like any other */
#endif

/* What the variables of variables.def are of: the index into the layout's counts. */
enum spiral_dimension {
    SPIRAL_OF_STATE,
    SPIRAL_OF_PERCEPTION,
    SPIRAL_OF_TIE,
    SPIRAL_OF_PATRON,
    SPIRAL_OF_RIVAL,
    SPIRAL_OF_PUBLIC,
    SPIRAL_DIMENSIONS
};

/* How i sees j. `rival` is the index of the rival pair that the two form, or -1. */
struct spiral_perception {
    int of;
    int about;
    int tie;
    int rival;
};

/* An unordered pair with a neighbour in it; `one_about_two`, `two_about_one` are its
 * perceptions. */
struct spiral_tie {
    int one;
    int two;
    int one_about_two;
    int two_about_one;
};

/* The small state and one neighbour: the pair that hostility is about. */
struct spiral_rival {
    int neighbour;
    int tie;
    int small_about_neighbour;           /* perceptions */
    int neighbour_about_small;           /* perceptions */
    int patron;                          /* the neighbour's index among the patrons */
    int about_patron[SPIRAL_MAX_PATRON]; /* its perception of each other patron; of itself: -1 */
};

/* Who is who, by index into the scenario's states. */
struct spiral_layout {
    int count[SPIRAL_DIMENSIONS]; /* how many there are of each: [enum spiral_dimension] */
    int small;
    enum spiral_role role[SPIRAL_MAX_STATE];
    struct spiral_perception perceptions[SPIRAL_MAX_PERCEPTION]; /* ordered by (of, about) */
    struct spiral_tie ties[SPIRAL_MAX_TIE];       /* ordered by (one, two), one < two */
    int patrons[SPIRAL_MAX_PATRON];               /* states, ascending: all but the small one */
    struct spiral_rival rivals[SPIRAL_MAX_RIVAL]; /* ascending neighbours */
    int rival_of[SPIRAL_MAX_STATE]; /* the rival pair of each state; not a neighbour: -1 */
};

#ifndef __OPENCL_C_VERSION__

struct spiral_scenario;

/* The layout of a valid scenario. */
struct spiral_layout spiral_layout_of(const struct spiral_scenario *scenario);

/* Whether two layouts are the same, so that runs of both may share a batch. */
bool spiral_layout_equal(const struct spiral_layout *a, const struct spiral_layout *b);

/* The index of a perception, tie, patron or rival pair by its states (i and j in either order), or
 * -1 where the layout does not have it. */
int spiral_layout_perception(const struct spiral_layout *layout, int of, int about);
int spiral_layout_tie(const struct spiral_layout *layout, int i, int j);
int spiral_layout_patron(const struct spiral_layout *layout, int state);
int spiral_layout_rival(const struct spiral_layout *layout, int neighbour);

#endif

#endif
