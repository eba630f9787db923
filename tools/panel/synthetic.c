/* SPDX-License-Identifier: MIT */
#include "tools/panel/synthetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/ensemble.h"
#include "tools/farm/interrupt.h"
#include "tools/panel/benchmark.h"
#include "tools/panel/mapping.h"
#include "tools/panel/synthetic_facts.h"

const double spiral_synthetic_constant = 1.5;
const double spiral_synthetic_war_share = 0.12;

static const double missing_share = 0.06; /* of facts that have gaps in real tables */

/* Puts what the levels by year say into the outcome columns. */
static void put_outcomes(struct spiral_panel_window *window)
{
    double highest = 1.0;

    window->force_years = 0.0;
    for (int year = 0; year < (int)window->years; year++) {
        const int level = spiral_panel_level(window, year);
        highest = fmax(highest, level);
        window->force_years += level >= 4 ? 1.0 : 0.0;
        if (level >= 4 && isnan(window->first_force))
            window->first_force = window->start + year;
        if (level == 5 && isnan(window->first_war))
            window->first_war = window->start + year;
    }
    window->host_max = highest;
    window->mid = highest > 1.0 ? 1.0 : 0.0;
    window->force = window->force_raw = highest >= 4.0 ? 1.0 : 0.0;
    window->war = highest >= 5.0 ? 1.0 : 0.0;
}

/* One run of the model: the highest level of each year, of the first with what runs on into it. */
static enum spiral_status run_model(struct spiral_panel_window *window, uint64_t seed,
                                    const struct spiral_constants *constants, double dt,
                                    struct spiral_batch *batch, struct spiral_error *error)
{
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_collector collector = {.tally = NULL};
    struct spiral_scenario scenario;
    struct spiral_plan *plan = NULL;
    enum spiral_status status = spiral_panel_scenario(window, &scenario, error);

    options.war_ends = true;
    options.dt = dt;
    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plan, &scenario, constants, &options, error);
    if (status == SPIRAL_OK) {
        status = spiral_collector_init(&collector, plan, false, true);
        if (status != SPIRAL_OK)
            spiral_error_set(error, status, "no memory for the window %s", window->window);
    }
    if (status == SPIRAL_OK) {
        spiral_ensemble_run(batch, plan, seed ^ spiral_panel_hash(window->window), 0, 1,
                            &collector);
        for (int year = 0; year < (int)window->years; year++)
            for (int level = 1; level <= 5; level++)
                if (collector.tally->year_highest[year * collector.tally->rivals * 5 + level - 1] >
                    0)
                    window->hosts[year] = (char)('0' + level);
        if (window->ongoing_host > window->hosts[0] - '0')
            window->hosts[0] = (char)('0' + (int)window->ongoing_host);
    }
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    return status;
}

/* Force by the logit, in a year that is uniform over the window; disputes below force now and then.
 */
static void draw_logit(struct spiral_panel_window *window, struct spiral_random *random)
{
    double values[SPIRAL_PREDICTORS];
    double eta = spiral_synthetic_constant;
    const size_t count = spiral_benchmark_predictors(values, window, SPIRAL_BENCHMARK_rivalry);
    const int years = (int)window->years;

    for (size_t p = 0; p < count; p++)
        eta += spiral_predictor_texts[p].coefficient * values[p];
    for (int year = 0; year < years; year++)
        window->hosts[year] = spiral_draw_flag(random, 0.03) > 0.0 ? '3' : '1';
    const int year = (int)(years * spiral_draw_uniform(random));
    const char level = spiral_draw_flag(random, spiral_synthetic_war_share) > 0.0 ? '5' : '4';
    if (spiral_draw_flag(random, 1.0 / (1.0 + exp(-eta))) > 0.0)
        window->hosts[year] = level;
}

/* Facts that real tables have gaps in. */
static void drop_facts(struct spiral_panel_window *window, struct spiral_random *random)
{
    double *const facts[] = {&window->polity_small, &window->polity_neighbour,
                             &window->milex_gdp_small, &window->milex_gdp_neighbour,
                             &window->dependence_small};

    for (size_t f = 0; f < sizeof facts / sizeof *facts; f++)
        if (spiral_draw_flag(random, missing_share) > 0.0)
            *facts[f] = NAN;
}

/* The windows of a pair, one after the other. */
static enum spiral_status make_pair(struct spiral_panel_window *windows, size_t pair, uint64_t seed,
                                    enum spiral_synthetic_outcomes outcomes,
                                    const struct spiral_constants *constants, double dt,
                                    struct spiral_batch *batch, struct spiral_error *error)
{
    struct spiral_random random = spiral_random_seed(seed, pair);
    struct spiral_panel_window now;
    enum spiral_status status = SPIRAL_OK;

    spiral_draw_pair(&now, pair, &random);
    for (int w = 0; w < SPIRAL_SYNTHETIC_WINDOWS && status == SPIRAL_OK; w++) {
        if (w > 0)
            spiral_draw_next(&now, &random);
        windows[w] = now;
        if (outcomes == SPIRAL_SYNTHETIC_MODEL) {
            drop_facts(&windows[w], &random);
            status = run_model(&windows[w], seed, constants, dt, batch, error);
        } else
            draw_logit(&windows[w], &random);
        if (status != SPIRAL_OK)
            break;

        put_outcomes(&windows[w]);
        strcpy(now.hosts, windows[w].hosts);
        now.war = windows[w].war;
    }
    return status;
}

enum spiral_status spiral_panel_synthetic(struct spiral_pair_panel *panel, size_t pairs,
                                          uint64_t seed, enum spiral_synthetic_outcomes outcomes,
                                          const struct spiral_constants *constants, double dt,
                                          struct spiral_error *error)
{
    const size_t count = pairs * SPIRAL_SYNTHETIC_WINDOWS;
    struct spiral_panel_window *windows = calloc(count + 1, sizeof *windows);
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = SPIRAL_OK;

    *panel = (struct spiral_pair_panel){.count = 0};
    if (windows == NULL || batch == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu pairs", pairs);
    for (size_t pair = 0; pair < pairs && status == SPIRAL_OK; pair++)
        status = spiral_interrupted()
                     ? spiral_error_set(error, SPIRAL_STOPPED, "stopped on request")
                     : make_pair(&windows[pair * SPIRAL_SYNTHETIC_WINDOWS], pair, seed, outcomes,
                                 constants, dt, batch, error);
    spiral_batch_destroy(batch);
    if (status != SPIRAL_OK) {
        free(windows);
        return status;
    }
    return spiral_panel_of(panel, windows, count, error);
}
