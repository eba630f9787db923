/* SPDX-License-Identifier: MIT
 *
 * A calibration: an experiment's axes fitted to the record of its cases, by a method, for all
 * cases together and, if asked, without each in turn; and how well forecasts of each case score
 * with what was fitted, with what was fitted without it, with the present numbers, and by the
 * base rate.
 *
 * Folds: 0 is the fit to all cases, f the fit without case f - 1. The experiment's design are
 * its Sobol' points: of the local search the points among which starts are chosen, of
 * approximate Bayesian computation the particles of the first generation. Its replicates are the
 * runs of each ensemble that is fitted. Reported scores come from streams that follow these, so
 * that nothing that was fitted to is reported.
 */
#ifndef SPIRAL_FIT_CALIBRATION_H
#define SPIRAL_FIT_CALIBRATION_H

#include "tools/fit/facts.h"
#include "tools/fit/search.h"
#include "tools/fit/smc.h"
#include "tools/fit/target.h"

enum spiral_fit_method { SPIRAL_FIT_LOCAL, SPIRAL_FIT_ABC };
extern const char *const spiral_fit_method_names[2];

/* What is asked for. Its parts stay where they are once it is prepared. */
struct spiral_calibration {
    struct spiral_experiment experiment; /* owned */
    struct spiral_design *design;        /* owned */
    enum spiral_fit_method method;
    enum spiral_fit_score score;
    bool leave_one_out;
    double settings[SPIRAL_FIT_SETTINGS];
    double present[SPIRAL_MAX_AXES]; /* [axis] the numbers in force; NaN where cases differ in it */
    double centre[SPIRAL_MAX_AXES];  /* their coordinates */
    double truth
        [SPIRAL_MAX_AXES]; /* [axis] what histories are invented with, where the setting `recover` says so */
    struct spiral_target target;
    struct spiral_fit_facts facts; /* zeroed unless the setting `facts` says so */
    struct spiral_fit_progress progress;
};

/* The calibration of an experiment, which it takes over (*experiment is the defaults then), with
 * the default settings: prepares nothing. */
void spiral_calibration_init(struct spiral_calibration *calibration,
                             struct spiral_experiment *experiment);
void spiral_calibration_clear(struct spiral_calibration *calibration); /* a zeroed one is legal */

/* Checks what is asked for, draws the design, reads the record or invents it. To be called once
 * all is set. The truth of an axis that is NaN is its present value. SPIRAL_BAD_INPUT,
 * SPIRAL_NO_MEMORY, SPIRAL_STOPPED. */
enum spiral_status spiral_calibration_prepare(struct spiral_calibration *calibration, int threads,
                                              bool quiet, struct spiral_error *error);

/* What a fold's fit found. */
struct spiral_fit {
    double *
        best; /* [axis]: the point of least objective or, of particles, of least distance, to four digits; owned */
    double distance; /* there; with the prior's penalty where there is one */
    double begun;    /* local: where the search that found it began */
    size_t evaluations;
    struct spiral_smc_population population; /* abc */
    size_t count;  /* points of the forecast; of the local search the best alone */
    double *value; /* [point * axes + axis]; owned */
};

struct spiral_case_scores {
    struct spiral_score present, fitted,
        left_out; /* each with the base rate's; left_out only where asked for */
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

    /* The last generation of a fold, into a population that is initialised; where there is none
     * it stays as it is. */
    enum spiral_status (*load)(void *context, size_t fold, struct spiral_smc_population *population,
                               const struct spiral_smc_settings *settings,
                               struct spiral_error *error);

    /* Keeps a population as the next generation of its fold, whole or not at all. */
    enum spiral_status (*commit)(void *context, size_t fold,
                                 const struct spiral_smc_population *population,
                                 struct spiral_error *error);
};

/* Fits and scores. With a keeper (approximate Bayesian computation; NULL: none) every generation
 * is committed, and what is there already is not done again. After SPIRAL_STOPPED the folds that
 * are finished stand in the result, and of the first local search the best so far (evaluations >
 * 0). The result is to be cleared in any case. SPIRAL_BAD_INPUT, SPIRAL_IO, SPIRAL_NO_MEMORY. */
enum spiral_status spiral_calibration_run(struct spiral_calibration *calibration,
                                          const struct spiral_fit_keeper *keeper,
                                          struct spiral_calibration_result *result,
                                          struct spiral_error *error);
void spiral_calibration_result_clear(struct spiral_calibration_result *result, size_t case_count);

/* The settings of the particles' fit of a fold, whose cases are in use. */
struct spiral_smc_settings spiral_calibration_smc(const struct spiral_calibration *calibration,
                                                  size_t fold);

#endif
