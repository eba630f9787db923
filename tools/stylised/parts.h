/* SPDX-License-Identifier: MIT
 *
 * What the measurements of the facts are made of: risks of an ensemble, parts of a fact.
 */
#ifndef SPIRAL_STYLISED_PARTS_H
#define SPIRAL_STYLISED_PARTS_H

#include "sim/tally.h"
#include "tools/stylised/facts.h"
#include "tools/stylised/triad.h"

/* A share of runs. */
struct spiral_risk {
    uint64_t events;
    uint64_t runs;
};
double spiral_risk_share(struct spiral_risk risk);

/* Adds a figure with its bounds to a fact. */
void spiral_fact_add(struct spiral_fact *fact, const char *name, double figure, double error_low,
                     double error_high, double low, double high);
/* Adds a share of runs, with its Wilson interval. */
void spiral_fact_add_risk(struct spiral_fact *fact, const char *name, struct spiral_risk risk,
                          double low, double high);

/* Runs an ensemble of streams 0 .. runs-1 of a scenario. The tally is created; the caller
 * destroys it. */
enum spiral_status spiral_fact_run(struct spiral_tally **tally,
                                   const struct spiral_scenario *scenario,
                                   const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs,
                                   bool ladder, struct spiral_error *error);
/* The same, only the share of runs with war by the end. */
enum spiral_status spiral_fact_war(struct spiral_risk *risk, const struct spiral_scenario *scenario,
                                   const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs,
                                   struct spiral_error *error);

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
                                          const struct spiral_facts_setup *setup,
                                          const struct spiral_triad_held *held, uint64_t runs,
                                          struct spiral_error *error);
/* The geographic constraint that a triad has by its proximity and ties (docs/model.md). */
double spiral_triad_constraint(double proximity_and_ties);
/* The same of a triad whose small state deters a neighbour of this greed, or accommodates it. */
enum spiral_status spiral_triad_rival_risk(struct spiral_risk *risk,
                                           const struct spiral_facts_setup *setup, double greed,
                                           bool deter, uint64_t runs, struct spiral_error *error);

/* The measurements, one function a fact. */
typedef enum spiral_status (*spiral_measure)(struct spiral_fact *,
                                             const struct spiral_facts_setup *,
                                             struct spiral_error *);
enum spiral_status spiral_measure_quadrants(struct spiral_fact *, const struct spiral_facts_setup *,
                                            struct spiral_error *);
enum spiral_status spiral_measure_ukraine(struct spiral_fact *, const struct spiral_facts_setup *,
                                          struct spiral_error *);
enum spiral_status spiral_measure_quiet_cases(struct spiral_fact *,
                                              const struct spiral_facts_setup *,
                                              struct spiral_error *);
enum spiral_status spiral_measure_georgia_baltics(struct spiral_fact *,
                                                  const struct spiral_facts_setup *,
                                                  struct spiral_error *);
enum spiral_status spiral_measure_counterfactual(struct spiral_fact *,
                                                 const struct spiral_facts_setup *,
                                                 struct spiral_error *);
enum spiral_status spiral_measure_limbo(struct spiral_fact *, const struct spiral_facts_setup *,
                                        struct spiral_error *);
enum spiral_status spiral_measure_rival(struct spiral_fact *, const struct spiral_facts_setup *,
                                        struct spiral_error *);
enum spiral_status spiral_measure_diversified(struct spiral_fact *,
                                              const struct spiral_facts_setup *,
                                              struct spiral_error *);
enum spiral_status spiral_measure_identity(struct spiral_fact *, const struct spiral_facts_setup *,
                                           struct spiral_error *);
enum spiral_status spiral_measure_illusion(struct spiral_fact *, const struct spiral_facts_setup *,
                                           struct spiral_error *);
enum spiral_status spiral_measure_richardson(struct spiral_fact *,
                                             const struct spiral_facts_setup *,
                                             struct spiral_error *);
enum spiral_status spiral_measure_base_rates(struct spiral_fact *,
                                             const struct spiral_facts_setup *,
                                             struct spiral_error *);
enum spiral_status spiral_measure_convergence(struct spiral_fact *,
                                              const struct spiral_facts_setup *,
                                              struct spiral_error *);
enum spiral_status spiral_measure_worlds(struct spiral_fact *, const struct spiral_facts_setup *,
                                         struct spiral_error *);
enum spiral_status spiral_measure_seekers(struct spiral_fact *, const struct spiral_facts_setup *,
                                          struct spiral_error *);
enum spiral_status spiral_measure_reference(struct spiral_fact *, const struct spiral_facts_setup *,
                                            struct spiral_error *);

#endif
