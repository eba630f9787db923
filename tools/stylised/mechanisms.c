/* SPDX-License-Identifier: MIT
 *
 * S1, S6, S7, S8, S10: what the mechanisms do in the stylised triad.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/quantities.h"
#include "tools/stylised/parts.h"

static void set_doctrine(struct spiral_scenario *scenario, int state, const char *name)
{
    memcpy(scenario->states[state].doctrine, spiral_triad_doctrine(name),
           sizeof scenario->states[state].doctrine);
}

/* The small state at rest before an assertive neighbour, so that there is a risk to compare. */
static void put_at_rest(struct spiral_scenario *scenario)
{
    set_doctrine(scenario, 0, "at_rest");
    set_doctrine(scenario, 1, "assertive");
}

enum spiral_status spiral_triad_held_risk(struct spiral_risk *risk,
                                          const struct spiral_stylised_setup *setup,
                                          const struct spiral_triad_held *held, uint64_t runs,
                                          struct spiral_error *error)
{
    struct spiral_scenario triad;
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    enum spiral_status status = spiral_triad_init(&triad);

    if (status != SPIRAL_OK)
        return status;
    put_at_rest(&triad);

    if (held->constraint >= 0.0) {
        triad.pairs[0].proximity = held->constraint;
        triad.pairs[0].ties = held->constraint;
    }

    if (held->resolve >= 0.0)
        triad.states[2].resolve = held->resolve;
    triad.pairs[1].initial_presence = held->presence;
    status = spiral_triad_move(&triad, 2000.0, 2, 0, SPIRAL_MOVE_join, held->commitment);
    if (status == SPIRAL_OK)
        status = spiral_stylised_war_risk(risk, &triad, setup, &options, runs, error);
    spiral_scenario_clear(&triad);

    return status;
}

double spiral_triad_constraint(double proximity_and_ties)
{
    return 0.7 * proximity_and_ties + 0.3 * 0.05 / 0.058;
}

/* S1: the plane of table 1. Constraint by proximity and ties together, dependence by commitment
 * and presence. */
enum spiral_status spiral_stylised_measure_quadrants(struct spiral_stylised_fact *fact,
                                                     const struct spiral_stylised_setup *setup,
                                                     struct spiral_error *error)
{
    static const double constraints[] = {0.2, 0.4, 0.6, 0.75, 0.9, 1.0};
    static const double commitments[] = {0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8};
    struct spiral_risk risk[SPIRAL_QUADRANTS] = {{0, 0}};

    for (size_t g = 0; g < sizeof constraints / sizeof *constraints; g++)
        for (size_t c = 0; c < sizeof commitments / sizeof *commitments; c++) {
            const struct spiral_triad_held held = {.constraint = constraints[g],
                                                   .commitment = commitments[c],
                                                   .resolve = -1.0};
            const enum spiral_quadrant quadrant =
                spiral_quadrant_of(spiral_triad_constraint(constraints[g]),
                                   spiral_reliance(commitments[c], 0.0, 0.0, 0.0));
            const enum spiral_status status =
                spiral_triad_held_risk(&risk[quadrant], setup, &held, setup->runs / 8, error);
            if (status != SPIRAL_OK)
                return status;
        }

    spiral_stylised_add_risk(fact, "risk in the trap", risk[SPIRAL_QUADRANT_trap], 0.05, 1.0);

    static const char *const names[] = {"trap / diversified balance", "trap / controllable risk",
                                        "trap / limited balance"};

    for (int quadrant = 0; quadrant < SPIRAL_QUADRANT_trap; quadrant++)
        spiral_stylised_add_ratio(fact, names[quadrant], risk[SPIRAL_QUADRANT_trap], risk[quadrant],
                                  5.0, 1e9);

    return SPIRAL_OK;
}

/* S6: risk over commitment, without foreign forces. */
enum spiral_status spiral_stylised_measure_limbo(struct spiral_stylised_fact *fact,
                                                 const struct spiral_stylised_setup *setup,
                                                 struct spiral_error *error)
{
    struct spiral_risk risk[11];
    int peak = 0;

    for (int c = 0; c <= 10; c++) {
        struct spiral_risk at = {0, 0};
        const struct spiral_triad_held held = {.constraint = -1.0,
                                               .commitment = c / 10.0,
                                               .resolve = -1.0};
        const enum spiral_status status =
            spiral_triad_held_risk(&at, setup, &held, setup->runs / 2, error);
        if (status != SPIRAL_OK)
            return status;
        risk[c] = at;
        peak = spiral_risk_share(at) > spiral_risk_share(risk[peak]) ? c : peak;
    }

    spiral_stylised_add(fact, "commitment of highest risk", peak / 10.0, peak / 10.0, peak / 10.0,
                        0.3, 0.8);
    spiral_stylised_add_risk(fact, "risk there", risk[peak], 0.05, 1.0);
    spiral_stylised_add_ratio(fact, "risk at 0 over the highest", risk[0], risk[peak], 0.0, 0.5);
    spiral_stylised_add_ratio(fact, "risk at 1 over the highest", risk[10], risk[peak], 0.0, 0.5);

    return SPIRAL_OK;
}

enum spiral_status spiral_triad_rival_risk(struct spiral_risk *risk,
                                           const struct spiral_stylised_setup *setup, double greed,
                                           bool deter, uint64_t runs, struct spiral_error *error)
{
    struct spiral_scenario triad;
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    enum spiral_status status = spiral_triad_init(&triad);

    if (status != SPIRAL_OK)
        return status;
    set_doctrine(&triad, 0, deter ? "deterring" : "accommodating");
    set_doctrine(&triad, 1, "assertive");
    set_doctrine(&triad, 2, "committed");
    triad.states[1].greed = greed;

    if (deter) {
        status = spiral_triad_move(&triad, 2002.0, 2, 0, SPIRAL_MOVE_guarantee, 1.0);
        if (status == SPIRAL_OK)
            status = spiral_triad_move(&triad, 2003.0, 2, 0, SPIRAL_MOVE_deploy, 2.0);
        if (status == SPIRAL_OK)
            status = spiral_triad_move(&triad, 2003.0, 0, -1, SPIRAL_MOVE_arm, 2.0);
    }

    if (status == SPIRAL_OK)
        status = spiral_stylised_war_risk(risk, &triad, setup, &options, runs, error);
    spiral_scenario_clear(&triad);

    return status;
}

enum spiral_status spiral_stylised_measure_rival(struct spiral_stylised_fact *fact,
                                                 const struct spiral_stylised_setup *setup,
                                                 struct spiral_error *error)
{
    double before = 0.0;
    double crossing = -1.0;
    struct spiral_risk deter[11] = {{0, 0}};
    struct spiral_risk accommodate[11] = {{0, 0}};

    for (int g = 0; g <= 10; g++) {
        enum spiral_status status =
            spiral_triad_rival_risk(&deter[g], setup, g / 10.0, true, setup->runs / 4, error);
        if (status == SPIRAL_OK)
            status = spiral_triad_rival_risk(&accommodate[g], setup, g / 10.0, false,
                                             setup->runs / 4, error);
        if (status != SPIRAL_OK)
            return status;

        const double difference = spiral_risk_share(deter[g]) - spiral_risk_share(accommodate[g]);
        if (g > 0 && before > 0.0 && difference <= 0.0 && crossing < 0.0)
            crossing = (g - 1 + before / (before - difference)) / 10.0;
        before = difference;
    }

    spiral_stylised_add_difference(fact, "deterring less accommodating, greed 0", deter[0],
                                   accommodate[0], 0.01, 1.0);
    spiral_stylised_add_difference(fact, "deterring less accommodating, greed 1", deter[10],
                                   accommodate[10], -1.0, -0.01);
    spiral_stylised_add(fact, "greed* where they cross", crossing, crossing, crossing, 0.0, 1.0);

    return SPIRAL_OK;
}

/* S8: one patron, or two that share the same sum of commitments. */
enum spiral_status spiral_stylised_measure_diversified(struct spiral_stylised_fact *fact,
                                                       const struct spiral_stylised_setup *setup,
                                                       struct spiral_error *error)
{
    static const double levels[] = {0.4, 0.6};
    struct spiral_risk risk[2] = {{0, 0}, {0, 0}};
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        for (int spread = 0; spread < 2; spread++) {
            struct spiral_scenario tetrad;
            enum spiral_status status = spiral_tetrad_init(&tetrad);
            if (status != SPIRAL_OK)
                return status;
            put_at_rest(&tetrad);

            const double first = spread ? 0.5 * levels[i] : levels[i];
            status = spiral_triad_move(&tetrad, 2000.0, 2, 0, SPIRAL_MOVE_join, first);
            if (status == SPIRAL_OK && spread)
                status =
                    spiral_triad_move(&tetrad, 2000.0, 3, 0, SPIRAL_MOVE_join, levels[i] - first);
            if (status == SPIRAL_OK)
                status = spiral_stylised_war_risk(&risk[spread], &tetrad, setup, &options,
                                                  setup->runs / 2, error);
            spiral_scenario_clear(&tetrad);
            if (status != SPIRAL_OK)
                return status;
        }

    spiral_stylised_add_risk(fact, "concentrated", risk[0], 0.0, 1.0);
    spiral_stylised_add_risk(fact, "diversified", risk[1], 0.0, 1.0);

    const bool apart = fact->criteria[0].error_low > fact->criteria[1].error_high;

    spiral_stylised_add_difference(fact, "concentrated less diversified", risk[0], risk[1], 0.01,
                                   1.0);
    fact->holds = fact->holds && apart;

    return SPIRAL_OK;
}

/* The standard error of the mean of an outcome. */
static double mean_error(const struct spiral_tally *tally, enum spiral_outcome_name outcome)
{
    return spiral_tally_deviation(tally, outcome) / sqrt((double)tally->runs);
}

/* S10: what the small state believes of its patron, at the same real guarantee. */
enum spiral_status spiral_stylised_measure_illusion(struct spiral_stylised_fact *fact,
                                                    const struct spiral_stylised_setup *setup,
                                                    struct spiral_error *error)
{
    static const double beliefs[] = {0.0, 0.35, 0.7};
    double gap[3];
    double alignment[3];
    double gap_error[3]; /* standard errors of the means */
    double alignment_error[3];
    struct spiral_risk risk[3];
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    for (int i = 0; i < 3; i++) {
        struct spiral_scenario triad;
        struct spiral_tally *tally;
        struct spiral_stylised_setup believing = *setup;
        believing.constants.belief_base = beliefs[i];

        enum spiral_status status = spiral_triad_init(&triad);
        if (status != SPIRAL_OK)
            return status;
        set_doctrine(&triad, 0, "confront_near");
        set_doctrine(&triad, 1, "assertive");
        set_doctrine(&triad, 2, "committed");
        status =
            spiral_stylised_run(&tally, &triad, &believing, &options, setup->runs, false, error);
        spiral_scenario_clear(&triad);
        if (status != SPIRAL_OK)
            return status;
        gap[i] = spiral_tally_mean(tally, SPIRAL_OUTCOME_mean_illusion);
        alignment[i] = spiral_tally_mean(tally, SPIRAL_OUTCOME_mean_commitment);
        gap_error[i] = mean_error(tally, SPIRAL_OUTCOME_mean_illusion);
        alignment_error[i] = mean_error(tally, SPIRAL_OUTCOME_mean_commitment);
        risk[i] = (struct spiral_risk){spiral_tally_wars(tally, tally->steps), tally->runs};
        spiral_tally_destroy(tally);
    }

    spiral_stylised_add_estimate(fact, "illusion, widest less least", gap[2] - gap[0],
                                 hypot(gap_error[0], gap_error[2]), 0.05, 1.0);
    spiral_stylised_add_estimate(fact, "alignment, widest less least", alignment[2] - alignment[0],
                                 hypot(alignment_error[0], alignment_error[2]), 0.01, 1.0);
    spiral_stylised_add_difference(fact, "risk, widest less least", risk[2], risk[0], 0.01, 1.0);
    fact->holds = fact->holds && gap[1] > gap[0] && gap[2] > gap[1] &&
                  alignment[1] >= alignment[0] && alignment[2] >= alignment[1];

    return SPIRAL_OK;
}
