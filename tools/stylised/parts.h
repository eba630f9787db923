/* SPDX-License-Identifier: MIT
 *
 * What the measurements of the stylised facts share: criteria, ensembles, risks; and the
 * measurements themselves, one function a fact.
 */
#ifndef SPIRAL_STYLISED_PARTS_H
#define SPIRAL_STYLISED_PARTS_H

#include "sim/tally.h"
#include "tools/stylised/facts.h"
#include "tools/stylised/triad.h"

/* A share of runs: those that came to the event. */
struct spiral_risk {
    uint64_t events;
    uint64_t runs;
};
double spiral_risk_share(struct spiral_risk risk);

/* Adds a criterion to a fact: a value with the bounds of its 95 % interval, and the bounds
 * [low, high] that it must keep. */
void spiral_stylised_add(struct spiral_stylised_fact *fact, const char *name, double value,
                         double error_low, double error_high, double low, double high);
/* The same for a share of runs, with its Wilson interval. */
void spiral_stylised_add_risk(struct spiral_stylised_fact *fact, const char *name,
                              struct spiral_risk risk, double low, double high);

/* The same for the difference of two shares, first less second. The interval is that of independent
 * runs: runs of the same draws, as these are, differ by less. */
void spiral_stylised_add_difference(struct spiral_stylised_fact *fact, const char *name,
                                    struct spiral_risk first, struct spiral_risk second, double low,
                                    double high);
/* The same for their ratio, with half an event added to the second; the interval is that of its
 * logarithm, by the delta method. */
void spiral_stylised_add_ratio(struct spiral_stylised_fact *fact, const char *name,
                               struct spiral_risk first, struct spiral_risk second, double low,
                               double high);
/* The same for a value with a standard error. */
void spiral_stylised_add_estimate(struct spiral_stylised_fact *fact, const char *name, double value,
                                  double standard_error, double low, double high);

/* The step that an ensemble of a scenario has: the setup's, where it divides the scenario's time,
 * or 0, the scenario's own. */
double spiral_stylised_step(const struct spiral_scenario *scenario,
                            const struct spiral_stylised_setup *setup);

/* Runs an ensemble of streams 0 .. runs-1 of a scenario. The tally is created; the caller
 * destroys it. */
enum spiral_status spiral_stylised_run(struct spiral_tally **tally,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_stylised_setup *setup,
                                       const struct spiral_plan_options *options, uint64_t runs,
                                       bool ladder, struct spiral_error *error);
/* Adds such an ensemble's runs, and those with war by their end, to a risk. */
enum spiral_status spiral_stylised_war_risk(struct spiral_risk *risk,
                                            const struct spiral_scenario *scenario,
                                            const struct spiral_stylised_setup *setup,
                                            const struct spiral_plan_options *options,
                                            uint64_t runs, struct spiral_error *error);

/* A triad whose small state is at rest before an assertive neighbour, with commitment held by
 * treaty. */
struct spiral_triad_held {
    double constraint; /* proximity and ties, 0..1; below 0: the triad's own */
    double commitment; /* 0..1 */
    double presence;   /* 0..1 */
    double resolve;    /* of the offshore power, 0..1; below 0: the triad's own */
};
/* Adds the runs with war of such a triad. */
enum spiral_status spiral_triad_held_risk(struct spiral_risk *risk,
                                          const struct spiral_stylised_setup *setup,
                                          const struct spiral_triad_held *held, uint64_t runs,
                                          struct spiral_error *error);
/* The geographic constraint that a triad has by its proximity and ties (docs/model.md). */
double spiral_triad_constraint(double proximity_and_ties);
/* The same of a triad whose small state deters a neighbour of this greed, or accommodates it. */
enum spiral_status spiral_triad_rival_risk(struct spiral_risk *risk,
                                           const struct spiral_stylised_setup *setup, double greed,
                                           bool deter, uint64_t runs, struct spiral_error *error);

/* Two equal states without greed and without patrons, over a border, in the triad's layout. */
struct spiral_seekers {
    double reassure; /* of both doctrines */
    double identity; /* of both doctrines */
    double offence;
    double distinguish;
    double fear; /* threat and othering that both start with */
    double arms; /* that both start with */
};
/* SPIRAL_NO_MEMORY. The caller clears the pair. */
enum spiral_status spiral_seekers_init(struct spiral_scenario *pair,
                                       const struct spiral_seekers *seekers);

/* The measurements: each adds the criteria of its fact. SPIRAL_NO_MEMORY, SPIRAL_BAD_INPUT. */
typedef enum spiral_status spiral_stylised_measurement(struct spiral_stylised_fact *fact,
                                                       const struct spiral_stylised_setup *setup,
                                                       struct spiral_error *error);
#define SPIRAL_STYLISED_FACT_ENTRY(id, measurement, text) \
    spiral_stylised_measurement spiral_stylised_measure_##measurement;
SPIRAL_STYLISED_FACT_TABLE(SPIRAL_STYLISED_FACT_ENTRY)
#undef SPIRAL_STYLISED_FACT_ENTRY

#endif
