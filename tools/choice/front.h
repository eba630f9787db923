/* SPDX-License-Identifier: MIT
 *
 * Points of several objectives, all to be made small: who dominates whom, fronts, and the volume
 * that a front covers. Plain arrays, so that it can be tested on problems whose answer is known.
 */
#ifndef SPIRAL_CHOICE_FRONT_H
#define SPIRAL_CHOICE_FRONT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"

enum { SPIRAL_MOST_OBJECTIVES = 4 };

/* Whether point a is at least as good as b in every objective, and better in one. */
bool spiral_dominates(const double *a, const double *b, size_t objectives);

/* The rank of each of `count` points, value[point * objectives + objective]: 0 where no point
 * dominates it, 1 where only points of rank 0 do, and so on: fast non-dominated sorting (Deb et
 * al. 2002). Returns SPIRAL_NO_MEMORY or SPIRAL_OK. */
enum spiral_status spiral_front_ranks(size_t *rank, const double *value, size_t count,
                                      size_t objectives);

/* The crowding distance of the points of one rank: the sum over objectives of the gap between a
 * point's two neighbours, over the range of the rank; infinite at the ends (Deb et al. 2002).
 * Others' distances are left as they are. */
enum spiral_status spiral_front_crowding(double *distance, const size_t *rank, size_t wanted,
                                         const double *value, size_t count, size_t objectives);

/* The volume that the points dominate below a reference point, of one to three objectives: exact,
 * by sweeping slices along the last (Beume et al. 2009). Points beyond the reference add nothing.
 * NAN where there is no memory. */
double spiral_front_volume(const double *value, size_t count, size_t objectives,
                           const double *reference);

/* --- archives --------------------------------------------------------------------------------- */

/* An archive of epsilon-nondominated points (Laumanns et al. 2002): the space of objectives is
 * divided into boxes of a size of `epsilon`; no box dominates another, and each has one point, the
 * one nearest to the box's best corner. What it holds depends on the order in which points come. */
struct spiral_archive {
    size_t objectives;
    double epsilon[SPIRAL_MOST_OBJECTIVES];
    size_t count;
    size_t room;
    size_t *id;      /* [count]: of the caller's */
    double *value;   /* [count * objectives] */
    size_t improved; /* points that came into a box that had none */
};
void spiral_archive_clear(struct spiral_archive *archive);

/* Offers a point. *kept tells whether the archive has it now. */
enum spiral_status spiral_archive_offer(struct spiral_archive *archive, size_t id,
                                        const double *value, bool *kept);

#endif
