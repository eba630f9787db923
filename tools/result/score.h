/* SPDX-License-Identifier: MIT
 *
 * Predicted against observed hostility: by calendar year and rival, the forecast is the share of
 * runs whose highest level in that year was 1, 2, 3, 4, 5; the observation is the highest level
 * observed in that year.
 */
#ifndef SPIRAL_RESULT_SCORE_H
#define SPIRAL_RESULT_SCORE_H

#include "sim/tally.h"

struct spiral_score {
    int years;         /* rival-years with an observation; 0: nothing to score */
    double brier;      /* mean over rival-years of the sum over levels of (forecast - outcome)^2 */
    double brier_base; /* the same of the base-rate forecast; both 0..2 */
    double log;        /* mean of -ln(forecast of the observed level), counts raised by a half */
    double log_base;   /* the same of the base-rate forecast */
};

/* Adds a rival-year to a score that starts from zeros: of `runs` runs count[level - 1] had this
 * highest level, and `observed`, 1..5, was seen. */
void spiral_score_add(struct spiral_score *score, const uint64_t count[5], uint64_t runs,
                      int observed);
/* Makes means of a score's sums. */
void spiral_score_close(struct spiral_score *score);

/* Scores a tally that kept its ladder against the observations of its plan. */
struct spiral_score spiral_score_of(const struct spiral_tally *tally,
                                    const struct spiral_plan *plan);

/* The highest observed level of a rival in a calendar year (index from the tally's first), 0
 * where none was observed. */
int spiral_observed_in_year(const struct spiral_tally *tally, const struct spiral_plan *plan,
                            int rival, int year);

/* The base-rate forecast: a land-contiguous pair of a major and a minor power, 1946-2010
 * (Gibler, Miller and Little 2016, COW contiguity): a share of years by highest level begun. War
 * 7, refined force 39, hostility 3 or more 105, 2 or more 106, in 2,157 pair-years. */
extern const double spiral_base_forecast[5];

#endif
