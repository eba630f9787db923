/* SPDX-License-Identifier: MIT
 *
 * A box of PRIM while it is being found. Inner header of PRIM.
 */
#ifndef SPIRAL_ANALYSIS_PRIM_H
#define SPIRAL_ANALYSIS_PRIM_H

#include "tools/analysis/statistics.h"

enum spiral_prim_side { SPIRAL_PRIM_LOW, SPIRAL_PRIM_HIGH, SPIRAL_PRIM_SIDES };

/* An end of one factor. */
struct spiral_prim_end {
    size_t factor;
    enum spiral_prim_side side;
    double limit; /* inside the box */
};

struct spiral_prim_search {
    const double *x;
    const bool *is_case;
    size_t points;
    size_t factors;
    size_t all_cases;
    double alpha;
    size_t least; /* points of a box */
    bool *left;   /* [point]: in no earlier box */
    size_t left_cases;
    double *limit; /* [factor * SPIRAL_PRIM_SIDES + side]: the box; infinite: no restriction */
    struct spiral_ordered **order;  /* [factor]: the box's points while it is peeled */
    struct spiral_ordered *outside; /* [points]: those beyond an end */
    size_t inside;
    size_t inside_cases;
    struct spiral_prim_end *peels; /* [points]: what was peeled so far */
};

/* Finds the box of the points that are left, in search->limit; its trajectory goes to *box. A box
 * without restrictions means that there is none. With a `step` it is that of the trajectory.
 * SPIRAL_BAD_INPUT where the trajectory has no such step. */
enum spiral_status spiral_prim_find_box(struct spiral_prim_search *search,
                                        struct spiral_prim_box *box, size_t step,
                                        struct spiral_error *error);

/* Whether a point is within the box; factor `without` does not count (factors: all do). */
bool spiral_prim_holds(const struct spiral_prim_search *search, size_t point, size_t without);
bool spiral_prim_restricts(const struct spiral_prim_search *search, size_t factor);

/* The quasi-p-value of a factor's restriction: the probability of so many cases among the box's
 * points, were they drawn at the density of the box without it. */
double spiral_prim_quasi_p(const struct spiral_prim_search *search, size_t factor);

#endif
