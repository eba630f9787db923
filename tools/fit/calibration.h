/* SPDX-License-Identifier: MIT
 *
 * A calibration: fits an experiment's axes to the record of its cases, to all cases together and,
 * if asked, without each in turn. Then scores forecasts of each case with the fitted numbers, with
 * those fitted without the case, with the present numbers, and with the base rate.
 *
 * Folds: 0 is the fit to all cases, f the fit without case f - 1. The experiment's design is Sobol'
 * points: the local search starts from the best of them, approximate Bayesian computation has them
 * as the particles of the first generation. The experiment's replicates are the runs of each
 * ensemble that is fitted. Reported scores come from later streams, which no fit has used.
 */
#ifndef SPIRAL_FIT_CALIBRATION_H
#define SPIRAL_FIT_CALIBRATION_H

#include "tools/fit/search.h"
#include "tools/fit/smc.h"
#include "tools/fit/stylised.h"
#include "tools/fit/target.h"

enum spiral_fit_method { SPIRAL_FIT_LOCAL, SPIRAL_FIT_ABC };
extern const char *const spiral_fit_method_names[2];

/* What to fit, and how. It must not be moved in memory once it is prepared. */
struct spiral_calibration {
    struct spiral_experiment experiment; /* owned */
    struct spiral_design *design;        /* owned */
    enum spiral_fit_method method;
    enum spiral_fit_score score;
    bool leave_one_out;
    double settings[SPIRAL_FIT_SETTINGS];
    double present[SPIRAL_MAX_AXES]; /* [axis] the numbers in force; NaN where cases differ in it */
    double centre[SPIRAL_MAX_AXES];  /* their coordinates */
    double truth[SPIRAL_MAX_AXES];   /* [axis] what histories are invented with (setting recover) */
    struct spiral_target target;
    struct spiral_fit_stylised facts; /* zeroed unless the setting `facts` says so */
    struct spiral_progress progress;
};

/* The calibration of an experiment, which it takes over (*experiment becomes the defaults), with
 * the default settings. Does not prepare it. */
void spiral_calibration_init(struct spiral_calibration *calibration,
                             struct spiral_experiment *experiment);
void spiral_calibration_clear(struct spiral_calibration *calibration); /* a zeroed one is legal */

/* Checks the request, draws the design, reads the record or invents it. Call it once everything is
 * set. The truth of an axis that is NaN is its present value. SPIRAL_BAD_INPUT,
 * SPIRAL_NO_MEMORY, SPIRAL_STOPPED. */
enum spiral_status spiral_calibration_prepare(struct spiral_calibration *calibration, int threads,
                                              bool quiet, struct spiral_error *error);

/* The fit of a fold. */
struct spiral_fit {
    double *best;    /* [axis]: the best point, to four digits; owned */
    double distance; /* of the best point, with the prior's penalty where there is one */
    double begun;    /* local: where the search that found it began */
    size_t evaluations;
    struct spiral_smc_population population; /* abc */
    size_t count;  /* points of the forecast; of the local search the best alone */
    double *value; /* [point * axes + axis]; owned */
};

struct spiral_case_scores {
    struct spiral_score present;  /* with the numbers in force */
    struct spiral_score fitted;   /* with those fitted to all cases */
    struct spiral_score left_out; /* with those fitted without the case, where asked for */
};

struct spiral_calibration_result {
    size_t fold_count;                /* 1, or 1 + cases */
    struct spiral_fit *folds;         /* owned */
    struct spiral_case_scores *cases; /* [case]; owned */
    struct spiral_case_scores mean;   /* over cases, each counting as one; years: the sum */
    size_t years;                     /* rival-years that all cases are fitted to */
    double independent_years;         /* as how many they count */
};

/* Where generations of particles are kept while a fit goes on (tools/store/posterior.h has one
 * over SQLite). */
struct spiral_fit_keeper {
    void *context;

    /* Reads the last generation of a fold into an initialised population, which stays as it is
     * where there is none. */
    enum spiral_status (*load)(void *context, size_t fold, struct spiral_smc_population *population,
                               const struct spiral_smc_settings *settings,
                               struct spiral_error *error);

    /* Keeps a population as the next generation of its fold, complete or not at all. */
    enum spiral_status (*commit)(void *context, size_t fold,
                                 const struct spiral_smc_population *population,
                                 struct spiral_error *error);

    /* The same of the distances of a fold's generation that is not complete: see struct
     * spiral_smc_record. `commit` drops them. */
    enum spiral_status (*recall)(void *context, size_t fold, size_t generation, size_t count,
                                 double *distance, size_t *known, struct spiral_error *error);
    enum spiral_status (*keep)(void *context, size_t fold, size_t generation, size_t first,
                               size_t count, const double *distance, struct spiral_error *error);
};

/* Fits and scores. With a keeper (approximate Bayesian computation; NULL: none) every generation is
 * committed, and every few particles of one; what it has already is not run again. After
 * SPIRAL_STOPPED the result has the folds that are finished, and of the first local search the best
 * point so far (evaluations > 0). The caller clears the result in any case. SPIRAL_BAD_INPUT,
 * SPIRAL_IO, SPIRAL_NO_MEMORY. */
enum spiral_status spiral_calibration_run(struct spiral_calibration *calibration,
                                          const struct spiral_fit_keeper *keeper,
                                          struct spiral_calibration_result *result,
                                          struct spiral_error *error);
void spiral_calibration_result_clear(struct spiral_calibration_result *result, size_t case_count);

/* The settings of the particles' fit of a fold, whose cases are in use. */
struct spiral_smc_settings spiral_calibration_smc(const struct spiral_calibration *calibration,
                                                  size_t fold);

#endif
