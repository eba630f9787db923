/* SPDX-License-Identifier: MIT */
#include "tools/panel/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/ensemble.h"
#include "sim/names.h"
#include "tools/farm/device.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"
#include "tools/panel/compensator.h"
#include "tools/panel/mapping.h"

const char *const spiral_panel_estimator_names[] = {"counts", "compensator", NULL};

/* What the threads share. */
struct farm {
    struct spiral_panel_counts *counts;
    const struct spiral_pair_panel *panel;
    const struct spiral_panel_run *run;
    size_t next;
    struct spiral_progress progress;
    enum spiral_status status;
    struct spiral_error *error;
};

/* The plan of a window: no timeline, and war that can end, because years are counted one by one. */
static enum spiral_status make_plan(struct spiral_plan **plan,
                                    const struct spiral_panel_window *window,
                                    const struct spiral_panel_run *run, struct spiral_error *error)
{
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;
    struct spiral_error problem;
    enum spiral_status status = spiral_panel_scenario(window, &scenario, &problem);

    options.war_ends = true;
    options.dt = run->dt;
    options.posterior = run->posterior;
    if (status == SPIRAL_OK)
        status = spiral_plan_create(plan, &scenario, run->constants, &options, &problem);
    spiral_scenario_clear(&scenario);
    return status == SPIRAL_OK
               ? status
               : spiral_error_set(error, status, "window %s: %s", window->window, problem.message);
}

/* Counts an ensemble. A dispute counts in every year in which it runs, so that what runs on into a
 * window is in it, even where it is settled in the first step. */
static void put_counts(struct spiral_panel_counts *counts, size_t window,
                       const struct spiral_tally *tally, double level_at_start)
{
    counts->events[SPIRAL_PANEL_FORCE][window] = spiral_tally_forces(tally, tally->steps);
    counts->events[SPIRAL_PANEL_WAR][window] = spiral_tally_wars(tally, tally->steps);
    for (int year = 0; year < tally->years && year < counts->most_years; year++) {
        const size_t at = window * (size_t)counts->most_years + (size_t)year;
        const uint64_t *level = &tally->year_highest[year * tally->rivals * 5];
        counts->by_year[SPIRAL_PANEL_WAR][at] = level[4];
        counts->by_year[SPIRAL_PANEL_FORCE][at] = level[3] + level[4];
    }

    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        if (level_at_start >= spiral_panel_event_levels[event]) {
            counts->events[event][window] = counts->runs;
            counts->by_year[event][window * (size_t)counts->most_years] = counts->runs;
        }
}

/* Runs an ensemble and counts. */
static enum spiral_status count_events(struct farm *farm, size_t window, struct spiral_batch *batch,
                                       const struct spiral_plan *plan, uint64_t seed,
                                       struct spiral_error *error)
{
    struct spiral_collector collector = {.tally = NULL};
    enum spiral_status status = spiral_collector_init(&collector, plan, false, true);

    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for the window %s",
                         farm->panel->windows[window].window);
    else {
        if (!spiral_farm_run_on_device(plan, seed, 0, farm->run->runs, &collector))
            spiral_ensemble_run(batch, plan, seed, 0, farm->run->runs, &collector);
        put_counts(farm->counts, window, collector.tally,
                   farm->panel->windows[window].ongoing_host);
    }
    spiral_collector_clear(&collector);
    return status;
}

static enum spiral_status run_window(struct farm *farm, size_t window, struct spiral_batch *batch,
                                     struct spiral_error *error)
{
    const struct spiral_panel_window *row = &farm->panel->windows[window];
    const uint64_t seed = farm->run->seed ^ spiral_panel_hash(row->window);
    struct spiral_plan *plan = NULL;
    enum spiral_status status = make_plan(&plan, row, farm->run, error);

    if (status == SPIRAL_OK && farm->run->estimator == SPIRAL_PANEL_COMPENSATOR) {
        double chance[SPIRAL_PANEL_EVENTS];
        spiral_panel_compensate(chance, plan, batch, seed, farm->run->runs);
        for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++)
            farm->counts->estimate[e][window] = chance[e];
    } else if (status == SPIRAL_OK)
        status = count_events(farm, window, batch, plan, seed, error);
    spiral_plan_destroy(plan);
    return status;
}

/* One thread's share: windows as they come, each into its own place. */
static void work(struct farm *farm)
{
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_error problem;
    enum spiral_status status =
        batch != NULL ? SPIRAL_OK
                      : spiral_error_set(&problem, SPIRAL_NO_MEMORY, "no memory for a batch");

    while (status == SPIRAL_OK && !spiral_interrupted()) {
        size_t window;
        bool go_on;
#pragma omp critical(panel_forecast)
        {
            window = farm->next++;
            go_on = farm->status == SPIRAL_OK && window < farm->panel->count;
        }
        if (!go_on)
            break;

        status = run_window(farm, window, batch, &problem);
#pragma omp critical(panel_forecast)
        {
            farm->progress.items_done++;
            farm->progress.runs += farm->run->runs;
            spiral_progress_show(&farm->progress);
        }
    }
#pragma omp critical(panel_forecast)
    if (status != SPIRAL_OK && farm->status == SPIRAL_OK) {
        farm->status = status;
        *farm->error = problem;
    }
    spiral_batch_destroy(batch);
}

static bool allocate(struct spiral_panel_counts *counts, const struct spiral_pair_panel *panel,
                     enum spiral_panel_estimator estimator)
{
    const bool counted = estimator == SPIRAL_PANEL_COUNTS;

    for (size_t w = 0; w < panel->count; w++)
        if (counted && panel->windows[w].years > counts->most_years)
            counts->most_years = (int)panel->windows[w].years;

    bool good = true;
    for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++) {
        const size_t years = panel->count * (size_t)counts->most_years + 1;
        counts->events[e] = calloc(panel->count + 1, sizeof *counts->events[e]);
        counts->by_year[e] = calloc(years, sizeof *counts->by_year[e]);
        good = good && counts->events[e] != NULL && counts->by_year[e] != NULL;
        if (!counted) {
            counts->estimate[e] = calloc(panel->count + 1, sizeof *counts->estimate[e]);
            good = good && counts->estimate[e] != NULL;
        }
    }
    return good;
}

enum spiral_status spiral_panel_forecast(struct spiral_panel_counts *counts,
                                         const struct spiral_pair_panel *panel,
                                         const struct spiral_panel_run *run,
                                         struct spiral_error *error)
{
    const int threads = spiral_farm_threads(run->threads);
    struct spiral_error first = {.status = SPIRAL_OK};
    struct farm farm = {.counts = counts, .panel = panel, .run = run, .error = &first};

    *counts = (struct spiral_panel_counts){.windows = panel->count, .runs = run->runs};
    if (!allocate(counts, panel, run->estimator))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu windows", panel->count);

    spiral_progress_start(&farm.progress, run->progress ? "panel" : NULL);
    farm.progress.items = "windows";
    farm.progress.item_count = panel->count;
    farm.progress.most_runs = panel->count * run->runs;
    if (threads == 1)
        work(&farm);
    else {
#pragma omp parallel num_threads(threads)
        work(&farm);
    }
    spiral_progress_wipe(&farm.progress);

    if (farm.status == SPIRAL_OK && spiral_interrupted())
        farm.status =
            spiral_error_set(&first, SPIRAL_STOPPED, "stopped on request after %zu of %zu windows",
                             farm.progress.items_done, panel->count);
    if (farm.status != SPIRAL_OK && error != NULL)
        *error = first;
    return farm.status;
}

void spiral_panel_counts_clear(struct spiral_panel_counts *counts)
{
    for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++) {
        free(counts->events[e]);
        free(counts->by_year[e]);
        free(counts->estimate[e]);
    }
    *counts = (struct spiral_panel_counts){.windows = 0};
}

double spiral_panel_floor(uint64_t runs) { return 1.0 / ((double)runs + 1.0); }

double spiral_panel_chance(const struct spiral_panel_counts *counts, enum spiral_panel_event event,
                           size_t window)
{
    const double floor = spiral_panel_floor(counts->runs);
    const double share = counts->estimate[event] != NULL
                             ? counts->estimate[event][window]
                             : (double)counts->events[event][window] / (double)counts->runs;

    return fmin(fmax(share, floor), 1.0 - floor);
}

enum spiral_status spiral_panel_without(struct spiral_pair_panel *panel, const char *column,
                                        struct spiral_error *error)
{
    struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS];
    const struct spiral_csv_schema schema = spiral_panel_schema(columns);
    const struct spiral_names names = spiral_names_of(columns, schema.count, name);
    const int c = spiral_names_find(names, column);

    if (c < 0) {
        const char *nearest = spiral_names_nearest(names, column);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "'%.60s' is not a column of a panel%s%s%s",
                                column, nearest != NULL ? "; did you mean '" : "",
                                nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    }
    if (columns[c].need == SPIRAL_CSV_FILLED)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "no window can go without '%s'", column);

    for (size_t w = 0; w < panel->count; w++) {
        char *at = (char *)&panel->windows[w] + columns[c].offset;
        if (columns[c].kind == SPIRAL_CSV_TEXT)
            at[0] = '\0';
        else
            memcpy(at, &(double){NAN}, sizeof(double));
    }
    return SPIRAL_OK;
}
