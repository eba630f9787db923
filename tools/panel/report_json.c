/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/panel/report.h"

static const char *const split_names[SPIRAL_SPLITS] = {"pairs", "time"};
static const char *const row_names[SPIRAL_ROWS] = {"all", "quiet"};

static json_t *number_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *estimate_json(const struct spiral_estimate *estimate)
{
    return json_pack("{s:o, s:o, s:o}", "value", number_json(estimate->value), "lo",
                     number_json(estimate->interval.low), "hi",
                     number_json(estimate->interval.high));
}

static json_t *hash_json(uint64_t hash)
{
    char text[20];

    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    return json_string(text);
}

static json_t *scores_json(const struct spiral_estimate scores[SPIRAL_FORECAST_SCORES])
{
    json_t *object = json_object();

    for (int s = 0; s < SPIRAL_FORECAST_SCORES; s++)
        json_object_set_new(object, spiral_forecast_score_texts[s].name, estimate_json(&scores[s]));
    return object;
}

static json_t *benchmark_json(const struct spiral_evaluation *evaluation, int benchmark)
{
    const struct spiral_benchmark_notes *notes = &evaluation->notes[benchmark];
    json_t *object = scores_json(evaluation->scores[1 + benchmark]);
    json_t *less = json_object();

    for (int c = 0; c < SPIRAL_COMPARED; c++)
        json_object_set_new(less, spiral_forecast_score_texts[spiral_compared[c]].name,
                            estimate_json(&evaluation->differences[benchmark][c]));
    json_object_set_new(object, "simulator_less_this", less);
    json_object_set_new(object, "fits", json_integer(notes->fits));
    json_object_set_new(object, "separated", json_integer(notes->separated));
    json_object_set_new(object, "constant", json_integer(notes->constant));
    return object;
}

static json_t *evaluation_json(const struct spiral_panel_report *report, int event, int split,
                               int rows)
{
    const struct spiral_evaluation *evaluation = &report->evaluation[event][split][rows];
    json_t *forecasters = json_object(), *bins = json_array();

    json_object_set_new(forecasters, "simulator",
                        scores_json(evaluation->scores[SPIRAL_FORECASTER_SIMULATOR]));
    for (int b = 0; b < SPIRAL_BENCHMARKS; b++)
        json_object_set_new(forecasters, spiral_benchmark_texts[b].name,
                            benchmark_json(evaluation, b));
    for (size_t b = 0; b < evaluation->bins; b++) {
        const struct spiral_evaluated_bin *bin = &evaluation->bin[b];
        json_array_append_new(bins, json_pack("{s:f, s:f, s:f, s:I, s:o}", "low", bin->low, "high",
                                              bin->high, "mean", bin->mean, "windows",
                                              (json_int_t)bin->windows, "observed",
                                              estimate_json(&bin->observed)));
    }
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:o, s:o}", "event",
                     spiral_panel_event_names[event], "split", split_names[split], "rows",
                     row_names[rows], "windows", (json_int_t)evaluation->windows, "pairs",
                     (json_int_t)evaluation->dyads, "events", (json_int_t)evaluation->events,
                     "scores",
                     evaluation->windows > 0 ? forecasters
                                             : (json_decref(forecasters), json_null()),
                     "reliability", bins);
}

static json_t *years_json(const struct spiral_panel_report *report, int event)
{
    const struct spiral_year_evaluation *years = &report->by_year[event];
    json_t *by_year = json_array();

    for (int y = 0; y < years->by_year_count; y++)
        json_array_append_new(by_year, json_pack("{s:i, s:I, s:o, s:o}", "year", y + 1, "windows",
                                                 (json_int_t)years->by_year[y].windows, "mean",
                                                 number_json(years->by_year[y].mean), "observed",
                                                 number_json(years->by_year[y].observed)));
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o}", "event", spiral_panel_event_names[event],
                     "years", (json_int_t)years->years, "pairs", (json_int_t)years->dyads, "events",
                     (json_int_t)years->events, "scores", scores_json(years->scores), "by_year",
                     by_year);
}

static json_t *windows_json(const struct spiral_panel_result *result)
{
    json_t *array = json_array();

    for (size_t w = 0; w < result->panel->count; w++) {
        const struct spiral_panel_window *window = &result->panel->windows[w];
        json_t *row = json_pack("{s:s, s:s}", "window", window->window, "dyad", window->dyad);
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
            const enum spiral_panel_event which = (enum spiral_panel_event)event;
            char observed[32];
            snprintf(observed, sizeof observed, "%s_observed", spiral_panel_event_names[event]);
            json_object_set_new(row, spiral_panel_event_names[event],
                                json_real(spiral_panel_chance(result->counts, which, w)));
            json_object_set_new(row, observed, number_json(spiral_panel_outcome(window, which)));
        }
        json_array_append_new(array, row);
    }
    return array;
}

json_t *spiral_panel_json(const struct spiral_panel_result *result)
{
    const struct spiral_panel_report *report = result->report;
    json_t *tables = json_array(), *years = json_array();

    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
        for (int split = 0; split < SPIRAL_SPLITS && report->scored[event]; split++)
            for (int rows = 0; rows < SPIRAL_ROWS; rows++)
                json_array_append_new(tables, evaluation_json(report, event, split, rows));
        if (report->by_year[event].years > 0)
            json_array_append_new(years, years_json(report, event));
    }
    const struct spiral_constant_sets *posterior = result->run->posterior;
    const bool spread = posterior != NULL && posterior->count > 0;
    const uint64_t constants = spread ? spiral_constant_sets_hash(posterior)
                                      : spiral_constants_hash(result->run->constants);

    return json_pack("{s:s, s:s, s:s?, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:f, s:o, s:o, s:o}",
                     "version", SPIRAL_VERSION, "table", result->table, "note", result->note,
                     "table_hash", hash_json(result->panel->hash), "constants_hash",
                     hash_json(constants), "constant_sets",
                     (json_int_t)(spread ? posterior->count : 1), "windows_count",
                     (json_int_t)result->panel->count, "pairs",
                     (json_int_t)result->panel->dyad_count, "runs", (json_int_t)result->run->runs,
                     "seed", (json_int_t)result->run->seed, "resamples",
                     (json_int_t)report->resamples, "split_year", report->year, "tables", tables,
                     "years", years, "windows", windows_json(result));
}
