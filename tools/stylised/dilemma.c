/* SPDX-License-Identifier: MIT
 *
 * S14, S15, S16: what theory says of the security dilemma itself: Jervis's four worlds, two
 * security seekers who may come to rest in calm or in fear, and losses that are resented for
 * longer than gains are enjoyed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/batch.h"
#include "sim/step.h"
#include "tools/stylised/parts.h"

enum spiral_status spiral_seekers_init(struct spiral_scenario *pair,
                                       const struct spiral_seekers *seekers)
{
    const double doctrine[SPIRAL_DOCTRINE_NUMBERS] = {
        [SPIRAL_DOCTRINE_arm] = 0.8,
        [SPIRAL_DOCTRINE_reassure] = seekers->reassure,
        [SPIRAL_DOCTRINE_identity] = seekers->identity,
        [SPIRAL_DOCTRINE_coerce] = 0.2,
    };
    const enum spiral_status status = spiral_triad_init(pair);

    if (status != SPIRAL_OK)
        return status;

    for (int i = 0; i < 2; i++) {
        memcpy(pair->states[i].doctrine, doctrine, sizeof doctrine);
        pair->states[i].power.value[0] = 0.05;
        pair->states[i].greed = 0.0;
        pair->states[i].nuclear = 0.0;
        pair->states[i].arms = seekers->arms;
        pair->pairs[0].initial_threat[i] = pair->pairs[0].initial_othering[i] = seekers->fear;
    }

    pair->pairs[0].offence = seekers->offence;
    pair->pairs[0].distinguish = seekers->distinguish;
    pair->pairs[0].contested = 0.0;
    pair->pairs[0].initial_reassurance = seekers->reassure * (1.0 - seekers->fear);

    /* the third state stays for the triad's layout, and has nothing to do with either */
    memset(pair->states[2].doctrine, 0, sizeof pair->states[2].doctrine);
    for (int p = 1; p < 3; p++) {
        free(pair->pairs[p].interdependence.year);
        free(pair->pairs[p].interdependence.value);
        pair->pairs[p] = spiral_pair_facts_defaults(p - 1, 2);
    }

    return SPIRAL_OK;
}

/* --- S14 -------------------------------------------------------------------------------------- */

enum spiral_status spiral_stylised_measure_worlds(struct spiral_stylised_fact *fact,
                                                  const struct spiral_stylised_setup *setup,
                                                  struct spiral_error *error)
{
    static const struct {
        const char *name;
        double offence;
        double distinguish;
    } worlds[] = {
        {"offence, not told apart", 0.7, 0.0},
        {"defence, not told apart", 0.3, 0.0},
        {"offence, told apart", 0.7, 1.0},
        {"defence, told apart", 0.3, 1.0},
    };
    struct spiral_risk risk[4];
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    for (int w = 0; w < 4; w++) {
        const struct spiral_seekers seekers = {.reassure = 0.4,
                                               .identity = 0.4,
                                               .offence = worlds[w].offence,
                                               .distinguish = worlds[w].distinguish,
                                               .fear = 0.3,
                                               .arms = 0.6};
        struct spiral_scenario pair;
        struct spiral_tally *tally;
        enum spiral_status status = spiral_seekers_init(&pair, &seekers);
        if (status != SPIRAL_OK)
            return status;

        status = spiral_stylised_run(&tally, &pair, setup, &options, setup->runs, false, error);
        spiral_scenario_clear(&pair);
        if (status != SPIRAL_OK)
            return status;

        risk[w] = (struct spiral_risk){spiral_tally_forces(tally, tally->steps), tally->runs};
        spiral_tally_destroy(tally);
        spiral_stylised_add_risk(fact, worlds[w].name, risk[w], 0.0, 1.0);
    }

    const bool second = spiral_risk_share(risk[1]) > spiral_risk_share(risk[2]);
    spiral_stylised_add_difference(fact, "doubly dangerous less the middle two", risk[0],
                                   second ? risk[1] : risk[2], 0.01, 1.0);
    spiral_stylised_add_difference(fact, "the middle two less doubly stable",
                                   second ? risk[2] : risk[1], risk[3], 0.01, 1.0);

    return SPIRAL_OK;
}

/* --- S15 -------------------------------------------------------------------------------------- */

/* Where two seekers come to rest without chance: the threat that either feels. */
static enum spiral_status rest_of(const struct spiral_stylised_setup *setup,
                                  const struct spiral_seekers *seekers, double *threat,
                                  struct spiral_error *error)
{
    struct spiral_scenario pair;
    struct spiral_plan *plan;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_constants constants = setup->constants;
    enum spiral_status status = spiral_seekers_init(&pair, seekers);

    if (status != SPIRAL_OK)
        return status;

    constants.noise = constants.press = constants.incident = 0.0;
    options.dt = 0.25;
    options.until = 2200.0;
    status = spiral_plan_create(&plan, &pair, &constants, &options, error);
    spiral_scenario_clear(&pair);
    if (status != SPIRAL_OK)
        return status;

    struct spiral_batch *batch = spiral_batch_create();
    if (batch == NULL) {
        spiral_plan_destroy(plan);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a batch");
    }

    const struct spiral_plan *plans[SPIRAL_LANES];
    const uint64_t stream[SPIRAL_LANES] = {0};

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = plan;

    spiral_batch_start(batch, plans, 1, stream);
    while (batch->step < batch->steps)
        spiral_step(batch);

    *threat = spiral_batch_state(batch)->threat[batch->layout.rivals[0].neighbour_about_small][0];
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);

    return SPIRAL_OK;
}

/* Over a grid of identity policies: the share with two points of rest, one that calm leads to and
 * another that fear leads to; and the share at which calm stays. */
struct rests {
    double two;
    double calm;
};

static enum spiral_status count_rests(const struct spiral_stylised_setup *setup, double reassure,
                                      double offence, struct rests *rests,
                                      struct spiral_error *error)
{
    enum { POLICIES = 10 };
    int two = 0;
    int calm = 0;

    for (int i = 0; i < POLICIES; i++) {
        struct spiral_seekers seekers = {.reassure = reassure,
                                         .identity = 0.1 * (i + 0.5),
                                         .offence = offence,
                                         .fear = 0.05,
                                         .arms = 0.6};
        double from_calm;
        double from_fear;
        enum spiral_status status = rest_of(setup, &seekers, &from_calm, error);

        seekers.fear = 0.7;
        if (status == SPIRAL_OK)
            status = rest_of(setup, &seekers, &from_fear, error);
        if (status != SPIRAL_OK)
            return status;

        two += from_fear - from_calm > 0.1 ? 1 : 0;
        calm += from_calm < 0.15 ? 1 : 0;
    }

    *rests = (struct rests){(double)two / POLICIES, (double)calm / POLICIES};

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_measure_seekers(struct spiral_stylised_fact *fact,
                                                   const struct spiral_stylised_setup *setup,
                                                   struct spiral_error *error)
{
    enum { LEVELS = 3 };
    static const double reassure[LEVELS] = {0.2, 0.5, 0.8};
    static const double offence[LEVELS] = {0.1, 0.5, 0.9};
    double two = 0.0;
    double by_reassure[LEVELS] = {0.0};
    double by_offence[LEVELS] = {0.0};

    for (int r = 0; r < LEVELS; r++)
        for (int o = 0; o < LEVELS; o++) {
            struct rests rests;
            const enum spiral_status status =
                count_rests(setup, reassure[r], offence[o], &rests, error);
            if (status != SPIRAL_OK)
                return status;

            two += rests.two / (LEVELS * LEVELS);
            by_reassure[r] += rests.calm / LEVELS;
            by_offence[o] += rests.calm / LEVELS;
        }

    const double reassured = by_reassure[LEVELS - 1] - by_reassure[0];
    const double defended = by_offence[0] - by_offence[LEVELS - 1];

    spiral_stylised_add(fact, "share of the grid with two points of rest", two, two, two, 0.05,
                        1.0);
    spiral_stylised_add(fact, "calm kept, more by reassurance", reassured, reassured, reassured,
                        0.05, 1.0);
    spiral_stylised_add(fact, "calm kept, more by defence", defended, defended, defended, 0.05,
                        1.0);

    return SPIRAL_OK;
}

/* --- S16 -------------------------------------------------------------------------------------- */

/* Runs of a triad whose small state takes a course in 2005 and keeps it: those with force from
 * three to eight years later, of those that had none by then. */
static enum spiral_status risk_after(const struct spiral_stylised_setup *setup, const char *before,
                                     const char *after, struct spiral_risk *risk,
                                     struct spiral_error *error)
{
    struct spiral_scenario triad;
    struct spiral_tally *tally;
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    enum spiral_status status = spiral_triad_init(&triad);

    if (status != SPIRAL_OK)
        return status;

    memcpy(triad.states[0].doctrine, spiral_doctrine_find(before)->number,
           sizeof triad.states[0].doctrine);
    status = spiral_triad_turn(&triad, 2005.0, 0, spiral_doctrine_find(after)->number);
    if (status == SPIRAL_OK)
        status = spiral_stylised_run(&tally, &triad, setup, &options, setup->runs, false, error);
    spiral_scenario_clear(&triad);
    if (status != SPIRAL_OK)
        return status;

    const uint64_t early = spiral_tally_forces(tally, spiral_tally_steps_at(tally, 2008.0));
    *risk = (struct spiral_risk){spiral_tally_forces(tally, spiral_tally_steps_at(tally, 2013.0)) -
                                     early,
                                 tally->runs - early};
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_measure_reference(struct spiral_stylised_fact *fact,
                                                     const struct spiral_stylised_setup *setup,
                                                     struct spiral_error *error)
{
    static const char away[] = "confront_near";
    static const char towards[] = "limited_balance";
    struct spiral_risk turned;
    struct spiral_risk held;
    struct spiral_risk returned;
    struct spiral_risk kept;
    enum spiral_status status = risk_after(setup, towards, away, &turned, error);

    status = status != SPIRAL_OK ? status : risk_after(setup, away, away, &held, error);
    status = status != SPIRAL_OK ? status : risk_after(setup, away, towards, &returned, error);
    status = status != SPIRAL_OK ? status : risk_after(setup, towards, towards, &kept, error);
    if (status != SPIRAL_OK)
        return status;

    spiral_stylised_add_risk(fact, "force 3-8 years after a turn away", turned, 0.0, 1.0);
    spiral_stylised_add_risk(fact, "the same course held throughout", held, 0.0, 1.0);
    spiral_stylised_add_risk(fact, "force 3-8 years after a turn towards", returned, 0.0, 1.0);
    spiral_stylised_add_risk(fact, "that course held throughout", kept, 0.0, 1.0);
    const double gain = spiral_risk_share(returned) - spiral_risk_share(kept);
    spiral_stylised_add_difference(fact, "raised by the turn away", turned, held, 0.01, 1.0);

    const struct spiral_stylised_criterion *raised = &fact->criteria[fact->criterion_count - 1];
    struct spiral_stylised_fact scratch = {.criterion_count = 0};
    spiral_stylised_add_difference(&scratch, "", returned, kept, -1.0, 1.0);
    const double error_half = hypot(raised->error_high - raised->value,
                                    scratch.criteria[0].error_high - scratch.criteria[0].value);
    const double more = raised->value - gain;
    spiral_stylised_add(fact, "more than by the turn towards", more, more - error_half,
                        more + error_half, 0.01, 2.0);

    return SPIRAL_OK;
}
