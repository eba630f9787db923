/* SPDX-License-Identifier: MIT
 *
 * Analysis: what the points of a design, and an outcome at each of them, show about the factors.
 * Pure functions over plain arrays, independent of stores. The caller owns every array unless a
 * comment says otherwise.
 *
 * Inputs are x[point * factors + factor], outcomes y[point]. All must be finite. SPIRAL_BAD_INPUT
 * where all outcomes are equal, so that there is nothing to explain, where there are too few
 * points, and where the design is not what a method needs. SPIRAL_NO_MEMORY is the only other
 * failure. Intervals are 95 % intervals.
 */
#ifndef SPIRAL_ANALYSIS_ANALYSIS_H
#define SPIRAL_ANALYSIS_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/intervals.h"
#include "sim/status.h"

/* A value and its interval; both ends are NAN where no interval was asked for. */
struct spiral_estimate {
    double value;
    struct spiral_interval interval;
};

/* How intervals are bootstrapped: percentiles over so many resamples (0: no intervals), drawn by
 * PCG from the seed. The same request gives the same bits. */
struct spiral_resampling {
    uint64_t resamples;
    uint64_t seed;
};

/* How the points of a design came about, on which the intervals of what takes any design rest. */
struct spiral_sampling {
    size_t block; /* points that share coordinates follow each other, so many; 1: none do */
    bool even;    /* blocks are spread evenly (Sobol's sequence), not drawn independently */
};

/* --- Sobol' indices (sobol_indices.c) --------------------------------------------------------- */

/* The number of pairs of factors, and the index of a pair f < g among them: (0, 1), (0, 2), ...
 * (1, 2), ... */
static inline size_t spiral_pair_count(size_t factors) { return factors * (factors - 1) / 2; }
static inline size_t spiral_pair_place(size_t f, size_t g, size_t factors)
{
    return f * (2 * factors - f - 1) / 2 + g - f - 1;
}

/* Shares of the outcome's variance, from Saltelli's blocks in the order of design.h: y[base *
 * (factors + 2)], of second order y[base * (2 factors + 2)].
 *   first[factor]  by the factor alone: mean of B (A_B - A) (Saltelli et al. 2010, table 2 b)
 *   total[factor]  by the factor and all its interactions: mean of (A - A_B)^2 / 2 (Jansen 1999)
 *   second[pair]   by the interaction of two: mean of B_A,f A_B,g - A B, less the two first
 *   (Saltelli 2002). NULL: blocks without it
 * over the variance of A and B; outcomes are centred on the mean of all. Equal to SALib's to the
 * last digits. Base points are resampled. At least two base points. */
enum spiral_status spiral_analysis_sobol(struct spiral_estimate *first,
                                         struct spiral_estimate *total,
                                         struct spiral_estimate *second, const double *y,
                                         size_t base, size_t factors,
                                         const struct spiral_resampling *resampling,
                                         struct spiral_error *error);

/* --- Morris' elementary effects (morris.c) ---------------------------------------------------- */

/* Over trajectories: the mean effect, the mean of its absolute value (Campolongo et al. 2007),
 * the standard deviation (r - 1). */
struct spiral_elementary_effect {
    struct spiral_estimate mu;
    struct spiral_estimate mu_star;
    struct spiral_estimate sigma;
};

/* From trajectories of factors + 1 points each of which differs from the one before in one
 * factor: x and y have trajectories * (factors + 1) points. An effect is the change of y over
 * that of x. Trajectories are resampled; at least two. SPIRAL_BAD_INPUT names the first
 * one that is not such a trajectory. */
enum spiral_status spiral_analysis_morris(struct spiral_elementary_effect *effects, const double *x,
                                          const double *y, size_t trajectories, size_t factors,
                                          const struct spiral_resampling *resampling,
                                          struct spiral_error *error);

/* --- partial rank correlation (prcc.c) -------------------------------------------------------- */

struct spiral_rank_correlation {
    struct spiral_estimate coefficient; /* -1..1 */
    double p; /* of no relation, two-sided, by Student's t; NAN where points come in blocks */
};

/* Partial correlation of the ranks (ties: their mean rank) of each factor and the outcome, given
 * the other factors (Iman and Helton 1988). The interval is on Fisher's scale, its width from the
 * influence of each point on the coefficient (the infinitesimal jackknife; Efron 1982), so that it
 * takes neither points nor outcomes for normal; blocks count as one, and of an even design what the
 * design integrates by itself counts as nothing. At least factors + 3 points. SPIRAL_BAD_INPUT also
 * where a factor does not vary, or is determined by the others (the message has its number). */
enum spiral_status spiral_analysis_prcc(struct spiral_rank_correlation *correlations,
                                        const double *x, const double *y, size_t points,
                                        size_t factors, const struct spiral_sampling *sampling,
                                        struct spiral_error *error);

/* --- regional sensitivity (smirnov.c) --------------------------------------------------------- */

struct spiral_smirnov {
    double distance; /* 0..1: the largest distance of the two distribution functions */
    double critical; /* what chance exceeds in 5 % of cases */
    double p;        /* of so large a distance by chance: Kolmogorov's, with Stephens' correction */
};

/* How far apart the distributions of each factor are at the points that are cases (behavioural)
 * and at those that are not (Hornberger and Spear 1981). There must be points of both kinds. */
enum spiral_status spiral_analysis_smirnov(struct spiral_smirnov *distances, const double *x,
                                           const bool *is_case, size_t points, size_t factors,
                                           struct spiral_error *error);

/* --- PAWN (pawn.c) ---------------------------------------------------------------------------- */

/* Over the slices of a factor's range, Smirnov's distance (0..1) of the outcome's distribution
 * in the slice from that over all points. */
struct spiral_pawn {
    struct spiral_estimate median;
    struct spiral_estimate greatest;

    /* What a dummy factor with slices of these sizes exceeds in 5 % of cases; NAN without
     * resamples. */
    double median_chance;
    double greatest_chance;
    size_t slices;
};

/* Density-based sensitivity (Pianosi and Wagener 2015, 2018): how far the whole distribution of the
 * outcome, not its variance alone, moves with each factor. There is a slice for each value of the
 * factor or, where it has more than ten, ten slices of equally many points (fewer where they would
 * have less than 20 each). A distance of samples is above 0 even where that of the distributions is
 * 0: compare it with that of a dummy (Khorashadi Zadeh et al. 2017), whose slices are assigned to
 * the points at random, `resamples` times.
 *
 * The interval is from random multipliers of the blocks, of which a greatest distance, and the
 * greatest and the median of several, take what their directional derivatives give (Fang and Santos
 * 2019): only values near the greatest compete to be it. The lower end takes off what the distances
 * of samples are too large by. Slices stay as they are. At least 40 points. */
enum spiral_status spiral_analysis_pawn(struct spiral_pawn *indices, const double *x,
                                        const double *y, size_t points, size_t factors,
                                        const struct spiral_sampling *sampling,
                                        const struct spiral_resampling *resampling,
                                        struct spiral_error *error);

/* --- PRIM (prim.c, prim_box.c) ---------------------------------------------------------------- */

struct spiral_prim_options {
    double alpha; /* share of a box's points that one peel takes, 0..1 */
    double mass;  /* a box keeps at least this share of all points */
    size_t boxes; /* at most */
    size_t step;  /* of the first box' trajectory, taken as it is; SPIRAL_PRIM_BEST: chosen */
};
#define SPIRAL_PRIM_BEST ((size_t)-1)
struct spiral_prim_options spiral_prim_defaults(void); /* .05, .05, 3, the best */

/* A range of one factor, both ends inside the box and values that occur. */
struct spiral_prim_limit {
    double low;
    double high;
    bool above; /* whether low restricts; else it is the least of all points */
    bool below; /* whether high restricts; else it is the greatest of all points */
    double p;   /* quasi-p-value of the restriction (Bryant and Lempert 2010); NAN: none */
};

/* How good a box is. */
struct spiral_prim_quality {
    size_t points;
    size_t cases;
    double coverage;   /* share of all cases that are in the box */
    double density;    /* share of the box's points that are cases */
    double mass;       /* share of all points that are in the box */
    size_t restricted; /* factors */
};

struct spiral_prim_box {
    struct spiral_prim_quality quality;
    struct spiral_prim_limit *limits;       /* [factor] */
    struct spiral_prim_quality *trajectory; /* [steps]: peel by peel */
    double *
        trajectory_limits; /* [(step * factors + factor) * 2 + side]: infinite where there is none */
    size_t steps;
    size_t chosen; /* the step that the box comes from */
};

struct spiral_prim {
    size_t points;
    size_t cases;
    size_t factors;
    size_t box_count;
    struct spiral_prim_box *boxes;
};

/* Boxes where cases are dense (Friedman and Fisher 1999), for scenario discovery (Bryant and
 * Lempert 2010). Peels away the end of a factor that raises the density most per point lost;
 * takes the box of the trajectory with the best harmonic mean of coverage and density; pastes
 * ends back as long as the density does not fall; drops restrictions that chance explains
 * (quasi-p above .05). Where a step of the trajectory is then at least as dense and covers as much,
 * and one of both more, the box is that step. Further boxes are found in the same way among the points outside
 * (covering) while they are denser than the whole. There may be no box. The caller clears *prim
 * in any case. */
enum spiral_status spiral_analysis_prim(struct spiral_prim *prim, const double *x,
                                        const bool *is_case, size_t points, size_t factors,
                                        const struct spiral_prim_options *options,
                                        struct spiral_error *error);
void spiral_prim_clear(struct spiral_prim *prim);

/* --- means (means.c) -------------------------------------------------------------------------- */

/* The mean over points, which are resampled, and its interval. At least one point. */
enum spiral_status spiral_analysis_mean(struct spiral_estimate *mean, const double *y,
                                        size_t points, const struct spiral_resampling *resampling,
                                        struct spiral_error *error);

enum { SPIRAL_MOST_LEVELS = 8 };

/* The points at which a factor is in low .. high (inclusive). */
struct spiral_level {
    double low;
    double high;
    size_t points;
    struct spiral_estimate mean;
};

/* The outcome's means at each value of a factor, or where it has more than SPIRAL_MOST_LEVELS,
 * in four parts of about equally many points. Writes *count levels, in order of the factor. */
enum spiral_status spiral_analysis_levels(struct spiral_level levels[SPIRAL_MOST_LEVELS],
                                          size_t *count, const double *x, size_t factor,
                                          const double *y, size_t points, size_t factors,
                                          const struct spiral_resampling *resampling,
                                          struct spiral_error *error);

#endif
