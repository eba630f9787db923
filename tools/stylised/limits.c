/* SPDX-License-Identifier: MIT
 *
 * S9, S11, S12, S13: what the model does at its limits, where theory or data say what must come
 * out.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/batch.h"
#include "sim/step.h"
#include "tools/stylised/parts.h"

/* A single run of a scenario, to be advanced by hand. */
struct single {
    struct spiral_plan *plan;
    struct spiral_batch *batch;
};

static void single_end(struct single *single)
{
    spiral_batch_destroy(single->batch);
    spiral_plan_destroy(single->plan);
}

static enum spiral_status single_start(struct single *single,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_constants *constants,
                                       struct spiral_error *error)
{
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES] = {0};

    *single = (struct single){NULL, NULL};

    enum spiral_status status =
        spiral_plan_create(&single->plan, scenario, constants, &options, error);

    if (status != SPIRAL_OK)
        return status;
    single->batch = spiral_batch_create();

    if (single->batch == NULL) {
        single_end(single);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a batch");
    }

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = single->plan;

    spiral_batch_start(single->batch, plans, 1, stream);

    return SPIRAL_OK;
}

/* The constants with chance and incidents switched off. */
static struct spiral_constants without_chance(const struct spiral_stylised_setup *setup)
{
    struct spiral_constants constants = setup->constants;
    constants.noise = 0.0;
    constants.press = constants.incident = 0.0;
    return constants;
}

/* Othering ten years after a neighbour has menaced by sanctions from 2004 to 2009 and stopped; or
 * at the same date without a menace. */
static enum spiral_status othering_left(const struct spiral_stylised_setup *setup, bool menaced,
                                        double *left, struct spiral_error *error)
{
    struct spiral_scenario triad;
    struct single run;
    const struct spiral_constants constants = without_chance(setup);
    enum spiral_status status = spiral_triad_init(&triad);

    if (status != SPIRAL_OK)
        return status;
    for (int month = 0; menaced && month < 60 && status == SPIRAL_OK; month += 4)
        status = spiral_triad_move(&triad, 2004.0 + month / 12.0, 1, 0, SPIRAL_MOVE_sanction, 1.0);
    if (status == SPIRAL_OK)
        status = single_start(&run, &triad, &constants, error);
    spiral_scenario_clear(&triad);
    if (status != SPIRAL_OK)
        return status;

    const int p = run.batch->layout.rivals[0].small_about_neighbour;

    while ((double)run.batch->step * run.batch->dt < 19.0 - 1e-9)
        spiral_step(run.batch);
    *left = spiral_batch_state(run.batch)->othering[p][0];
    single_end(&run);

    return SPIRAL_OK;
}

/* Reassurance that is reached five years after both sides begin to offer it. */
static enum spiral_status reassurance_after(const struct spiral_stylised_setup *setup, double date,
                                            double *reached, struct spiral_error *error)
{
    struct spiral_scenario triad;
    struct single run;
    const struct spiral_constants constants = without_chance(setup);
    enum spiral_status status = spiral_triad_init(&triad);

    if (status != SPIRAL_OK)
        return status;
    memcpy(triad.states[0].doctrine, spiral_doctrine_find("confront_near")->number,
           sizeof triad.states[0].doctrine);
    memcpy(triad.states[1].doctrine, spiral_doctrine_find("assertive")->number,
           sizeof triad.states[1].doctrine);
    status = spiral_triad_turn(&triad, date, 0, spiral_doctrine_find("limited_balance")->number);
    if (status == SPIRAL_OK)
        status = spiral_triad_turn(&triad, date, 1, spiral_doctrine_find("detente")->number);
    if (status == SPIRAL_OK)
        status = single_start(&run, &triad, &constants, error);
    spiral_scenario_clear(&triad);
    if (status != SPIRAL_OK)
        return status;
    while ((double)run.batch->step * run.batch->dt < date - 2000.0 + 5.0 - 1e-9)
        spiral_step(run.batch);

    *reached = spiral_batch_state(run.batch)->reassurance[run.batch->layout.rivals[0].tie][0];
    single_end(&run);

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_measure_identity(struct spiral_stylised_fact *fact,
                                                    const struct spiral_stylised_setup *setup,
                                                    struct spiral_error *error)
{
    double menaced;
    double calm;
    double early;
    double late;
    enum spiral_status status = othering_left(setup, true, &menaced, error);

    if (status == SPIRAL_OK)
        status = othering_left(setup, false, &calm, error);
    if (status == SPIRAL_OK)
        status = reassurance_after(setup, 2003.0, &early, error);
    if (status == SPIRAL_OK)
        status = reassurance_after(setup, 2020.0, &late, error);
    if (status != SPIRAL_OK)
        return status;
    const double left = menaced - calm;
    spiral_stylised_add(fact, "reassurance reached, early less late", early - late, early - late,
                        early - late, 0.02, 1.0);
    spiral_stylised_add(fact, "othering left ten years after a menace", left, left, left, 0.01,
                        1.0);

    return SPIRAL_OK;
}

/* --- S11 -------------------------------------------------------------------------------------- */

/* The growth of small arms a step, simulated: two equal states whose product of reactions is
 * `gain`. And the closed form's. */
static enum spiral_status measure_growth(const struct spiral_stylised_setup *setup, double gain,
                                         double *simulated, double *theory,
                                         struct spiral_error *error)
{
    struct spiral_scenario pair;
    struct single run;
    struct spiral_constants constants = without_chance(setup);
    enum spiral_status status = spiral_triad_init(&pair);

    if (status != SPIRAL_OK)
        return status;
    constants.arms_base = constants.conduct = constants.othering = constants.encircle = 0.0;
    constants.threat_rise = constants.threat_fall = 1.0;
    constants.arms_time = 2.0;
    constants.arms_react = 1.0;
    constants.benign = 1.0;
    constants.capability =
        gain /
        0.9; /* proximity .9, equal power, full readiness: threat's slope at no arms is the gain */

    for (int i = 0; i < 3; i++) {
        static const double arming[SPIRAL_DOCTRINE_NUMBERS] = {0, 0, 1, 0, 0, 0, 0, 0};
        memcpy(pair.states[i].doctrine, arming, sizeof arming);
        pair.states[i].power.value[0] = 0.05;
        pair.states[i].arms = i < 2 ? 1e-6 : 0.0;
    }

    pair.pair_count = 1; /* no one else */
    pair.pairs[0].initial_threat[0] = pair.pairs[0].initial_threat[1] = 0.0;
    pair.pairs[0].initial_othering[0] = pair.pairs[0].initial_othering[1] = 0.0;
    pair.pairs[0].initial_reassurance = pair.pairs[0].institution = 0.0;
    pair.pairs[0].contested = 0.0;
    status = single_start(&run, &pair, &constants, error);
    pair.pair_count = 3;
    spiral_scenario_clear(&pair);
    if (status != SPIRAL_OK)
        return status;

    double arms[2] = {0.0, 0.0};

    for (int step = 0; step < 160; step++) {
        spiral_step(run.batch);
        arms[0] = arms[1];
        arms[1] = spiral_batch_state(run.batch)->arms[0][0];
    }

    *simulated = arms[1] / arms[0] - 1.0;
    const double s = run.plan->dt / (1.0 + run.plan->dt);
    const double r = run.plan->dt / (2.0 + run.plan->dt);

    *theory = sqrt(0.25 * (s - r) * (s - r) + s * r * gain) - 0.5 * (s + r);
    single_end(&run);

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_measure_richardson(struct spiral_stylised_fact *fact,
                                                      const struct spiral_stylised_setup *setup,
                                                      struct spiral_error *error)
{
    static const double gains[] = {0.25, 0.5, 0.9, 1.1, 1.5, 2.5};
    double worst = 0.0;
    bool signs = true;

    for (size_t i = 0; i < sizeof gains / sizeof *gains; i++) {
        double simulated;
        double theory;
        const enum spiral_status status =
            measure_growth(setup, gains[i], &simulated, &theory, error);
        if (status != SPIRAL_OK)
            return status;

        const double off = fabs(simulated - theory) / fabs(theory);
        worst = off > worst ? off : worst;
        signs = signs && (simulated > 0.0) == (gains[i] > 1.0);
    }

    spiral_stylised_add(fact, "growth near the fixed point, relative error", worst, worst, worst,
                        0.0, 0.01);
    spiral_stylised_add(fact, "stable exactly where the gain is below 1", signs, signs, signs, 1.0,
                        1.0);

    return SPIRAL_OK;
}

/* --- S12 -------------------------------------------------------------------------------------- */

/* First events and the years lived without one. */
static void add_exposure(const uint64_t *by_step, const struct spiral_tally *tally, double *events,
                         double *years)
{
    uint64_t left = tally->runs;

    for (long step = 1; step <= tally->steps; step++) {
        *years += (double)left * tally->dt;
        *events += (double)by_step[step];
        left -= by_step[step];
    }
}

enum spiral_status spiral_stylised_measure_base_rates(struct spiral_stylised_fact *fact,
                                                      const struct spiral_stylised_setup *setup,
                                                      struct spiral_error *error)
{
    static const double all_ties[] = {0.2, 0.5, 0.8};
    static const double all_contested[] = {0.0, 0.1, 0.3};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    double wars = 0.0;
    double war_years = 0.0;
    double forces = 0.0;
    double force_years = 0.0;

    options.free_running = true;

    for (int i = 0; i < 9; i++) {
        struct spiral_scenario triad;
        struct spiral_tally *tally;
        enum spiral_status status = spiral_triad_init(&triad);
        if (status != SPIRAL_OK)
            return status;
        triad.pairs[0].ties = all_ties[i / 3];
        triad.pairs[0].contested = all_contested[i % 3];
        status =
            spiral_stylised_run(&tally, &triad, setup, &options, setup->runs / 4, false, error);
        spiral_scenario_clear(&triad);
        if (status != SPIRAL_OK)
            return status;
        add_exposure(tally->war_by_step, tally, &wars, &war_years);
        add_exposure(tally->force_by_step, tally, &forces, &force_years);
        spiral_tally_destroy(tally);
    }

    /* 95 % interval of a rate of counted events: (sqrt(n + 3/8) -+ 1.96/2)^2, Anscombe's
     * transform */
    const double war_rate = wars / war_years;
    const double force_rate = forces / force_years;
    const double war_low = sqrt(wars + 0.375) - 0.98;
    const double force_low = sqrt(forces + 0.375) - 0.98;
    const double war_high = sqrt(wars + 0.375) + 0.98;
    const double force_high = sqrt(forces + 0.375) + 0.98;

    spiral_stylised_add(fact, "wars a year", war_rate,
                        war_low > 0 ? war_low * war_low / war_years : 0.0,
                        war_high * war_high / war_years, 0.0005, 0.006);
    spiral_stylised_add(fact, "uses of force a year", force_rate,
                        force_low > 0 ? force_low * force_low / force_years : 0.0,
                        force_high * force_high / force_years, 0.005, 0.04);

    return SPIRAL_OK;
}

/* --- S13 -------------------------------------------------------------------------------------- */

enum spiral_status spiral_stylised_measure_convergence(struct spiral_stylised_fact *fact,
                                                       const struct spiral_stylised_setup *setup,
                                                       struct spiral_error *error)
{
    const uint64_t runs =
        4 * setup->runs; /* the change to be seen is small beside the error of fewer */

    for (int which = 0; which < SPIRAL_STYLISED_CASES; which++) {
        double risk[2][2];
        for (int fine = 0; fine < 2; fine++) {
            struct spiral_tally *tally;
            struct spiral_plan_options options = spiral_plan_options_defaults();
            options.dt = setup->cases[which].dt / (fine ? 2.0 : 1.0);

            const enum spiral_status status =
                spiral_stylised_run(&tally, &setup->cases[which], setup, &options, runs, false,
                                    error);
            if (status != SPIRAL_OK)
                return status;
            risk[fine][0] = spiral_tally_mean(tally, SPIRAL_OUTCOME_war);
            risk[fine][1] = spiral_tally_mean(tally, SPIRAL_OUTCOME_force);
            spiral_tally_destroy(tally);
        }

        for (int kind = 0; kind < 2; kind++) {
            char name[48];
            const double change = risk[1][kind] - risk[0][kind];
            const double error_half = 1.96 * sqrt((risk[0][kind] * (1.0 - risk[0][kind]) +
                                                   risk[1][kind] * (1.0 - risk[1][kind])) /
                                                  (double)runs);
            snprintf(name, sizeof name, "%s: change of %s", spiral_stylised_case_names[which],
                     kind == 0 ? "war" : "force");
            spiral_stylised_add(fact, name, change, change - error_half, change + error_half,
                                -error_half - 0.01, error_half + 0.01);
        }
    }

    return SPIRAL_OK;
}
