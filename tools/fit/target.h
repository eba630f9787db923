/* SPDX-License-Identifier: MIT
 *
 * A target: the observed hostility of several cases, and the model's distance from it.
 */
#ifndef SPIRAL_FIT_TARGET_H
#define SPIRAL_FIT_TARGET_H

#include "tools/fit/counts.h"
#include "tools/fit/fit.h"
#include "tools/result/score.h"

enum spiral_fit_score { SPIRAL_FIT_LOG, SPIRAL_FIT_BRIER };
extern const char *const spiral_fit_score_names[2];

/* What was observed of a case: the highest level of each rival-year (year * rivals + rival), 0
 * where none was. */
struct spiral_fit_record {
    size_t rival_years;
    size_t histories;     /* 1: the record; or as many as were invented */
    unsigned char *level; /* [history * rival_years + rival-year]; owned */
    size_t observed;      /* of all histories */
};

struct spiral_target {
    struct spiral_counter counter;
    struct spiral_fit_record records[SPIRAL_MAX_CASES];
    enum spiral_fit_score score;
    bool used[SPIRAL_MAX_CASES]; /* cases that are fitted; all at first */
    double dependence;           /* 1 until it is measured */
    uint64_t first;              /* stream of each ensemble; 0 at first */
    uint64_t runs;               /* of each ensemble; the experiment's replicates at first */
};

/* Makes a target of the record of an experiment's cases; the experiment must outlive it.
 * SPIRAL_BAD_INPUT where no plan can be made of a case; SPIRAL_NO_MEMORY. The caller clears it in
 * any case. */
enum spiral_status spiral_target_create(struct spiral_target *target,
                                        const struct spiral_experiment *experiment, int threads,
                                        struct spiral_error *error);
void spiral_target_clear(struct spiral_target *target);

/* Checks that every case has an observation to be scored against: else SPIRAL_BAD_INPUT. */
enum spiral_status spiral_target_check(const struct spiral_target *target,
                                       struct spiral_error *error);

/* Puts histories that the model makes at a point's values, [axis], in place of the record, to see
 * what a fit recovers. Every year of the run is then observed. The histories' streams begin at
 * 2^40, beyond those of any ensemble. At least one history; the same errors as spiral_count(). */
enum spiral_status spiral_target_invent(struct spiral_target *target, const double *values,
                                        size_t histories, struct spiral_error *error);

/* Scores of every used case at every point, score[point * cases + case]; of others zeros.
 * `values` NULL: what the scenarios and the experiment give, one point. The same errors as
 * spiral_count(). */
enum spiral_status spiral_target_scores(struct spiral_target *target, const double *values,
                                        size_t count, struct spiral_score *score,
                                        struct spiral_error *error);

/* Scores of one forecast that is made of the runs of all points together, each point on streams
 * of its own, which follow those of the one before: score[case]. The same errors. */
enum spiral_status spiral_target_mixture(struct spiral_target *target, const double *values,
                                         size_t count, struct spiral_score *score,
                                         struct spiral_error *error);

/* The score that is fitted: its mean over the used cases of score[case]. */
double spiral_target_mean(const struct spiral_target *target, const struct spiral_score *score);
spiral_fit_distance spiral_target_distance; /* of points; the context is the target */

/* How much less a year tells because it depends on others: the variance of a history's
 * summed log scores, over histories that the model makes with what scenarios and experiment
 * give, relative to what it would be of independent years (Kish's design effect); 1 or more. Of
 * all cases together. Where war ends the peace, years after it add no information. To be
 * called before spiral_target_independent_years(). */
enum spiral_status spiral_target_measure_dependence(struct spiral_target *target,
                                                    struct spiral_error *error);

/* Rival-years observed in the used cases, and as how many independent ones they count: their number
 * over the dependence. */
size_t spiral_target_years(const struct spiral_target *target);
double spiral_target_independent_years(const struct spiral_target *target);

#endif
