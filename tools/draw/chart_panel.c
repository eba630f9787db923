/* SPDX-License-Identifier: MIT
 *
 * A panel's forecasts beside what happened and beside regressions.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/draw/panel_scene.h"
#include "tools/panel/resample.h"
#include "tools/panel/scores.h"

enum { RESAMPLES = 1000 };

/* What is drawn, and the arrays that it is drawn from. */
struct shown {
    struct spiral_panel_scene scene;
    struct spiral_forecasts forecasts[SPIRAL_PANEL_CURVES];
    double *roc[SPIRAL_PANEL_CURVES]; /* [2 * (windows + 1)] */
    double *chance;                   /* [windows], ascending, of the first forecaster */
    bool *event;                      /* [windows] */
};

static void clear_shown(struct shown *shown)
{
    for (size_t f = 0; f < SPIRAL_PANEL_CURVES; f++) {
        spiral_forecasts_clear(&shown->forecasts[f]);
        free(shown->roc[f]);
    }
    free(shown->chance);
    free(shown->event);
    spiral_panel_scene_clear(&shown->scene);
}

/* The observed shares of the bins under the weights of a resample. */
struct binned {
    const struct spiral_forecasts *forecasts;
    struct spiral_reliability reliability;
};

static void score_bins(const void *context, const double *weights, double *values)
{
    const struct binned *binned = context;

    for (size_t b = 0; b < binned->reliability.bins; b++)
        values[b] =
            spiral_reliability_bin_of(&binned->reliability, b, binned->forecasts, weights).observed;
}

static enum spiral_status put_bins(struct spiral_panel_curve *curve, const struct shown *shown,
                                   size_t forecaster, const struct spiral_chart_request *request,
                                   struct spiral_error *error)
{
    const struct spiral_forecasts *forecasts = &shown->forecasts[forecaster];
    const struct binned binned = {forecasts, spiral_reliability_cut(forecasts)};
    const struct spiral_panel_resampling resampling = {.dyad = shown->scene.dyad,
                                                       .rows = shown->scene.count,
                                                       .resamples = RESAMPLES,
                                                       .seed = request->seed,
                                                       .threads = request->threads};
    struct spiral_estimate observed[SPIRAL_RELIABILITY_BINS];
    const enum spiral_status status =
        spiral_panel_resample(observed, binned.reliability.bins, score_bins, &binned, &resampling,
                              error);

    for (size_t b = 0; b < binned.reliability.bins && status == SPIRAL_OK; b++) {
        curve->mean[b] = spiral_reliability_bin_of(&binned.reliability, b, forecasts, NULL).mean;
        curve->observed[b] = observed[b].value;
        curve->low[b] = observed[b].interval.low;
        curve->high[b] = observed[b].interval.high;
        curve->bins = b + 1;
    }
    return status;
}

/* The points of the ROC curve, from the highest chance down; equal chances are one step. */
static void put_roc(struct spiral_panel_curve *curve, double *points,
                    const struct spiral_forecasts *forecasts)
{
    const size_t count = forecasts->count;
    double *false_alarms = points;
    double *hits = points + count + 1;
    double events = 0.0;
    double seen = 0.0;
    size_t steps = 1;

    for (size_t r = 0; r < count; r++)
        events += forecasts->outcome[r];
    for (size_t at = 0; at < count; at++) {
        const size_t row = forecasts->order[count - 1 - at];
        const bool last = at + 1 == count || forecasts->chance[forecasts->order[count - 2 - at]] !=
                                                 forecasts->chance[row];
        seen += forecasts->outcome[row];
        if (!last)
            continue;
        false_alarms[steps] = ((double)(at + 1) - seen) / ((double)count - events);
        hits[steps++] = seen / events;
    }
    curve->false_alarms = false_alarms;
    curve->hits = hits;
    curve->roc_count = steps;
}

/* The colour of a forecaster: files as branches, the best benchmarks told apart, the first pale. */
static struct spiral_color color_of(const struct shown *shown, size_t f,
                                    const struct spiral_theme *theme)
{
    const size_t from_last = shown->scene.forecasters - 1 - f;

    if (f == 0)
        return theme->series[SPIRAL_COLOR_SMALL];
    if (f < shown->scene.files)
        return theme->branch[f];
    return from_last == 0   ? theme->series[SPIRAL_COLOR_NEIGHBOUR]
           : from_last == 1 ? theme->series[SPIRAL_COLOR_OFFSHORE]
                            : theme->muted;
}

static int put_curve(struct spiral_panel_figure *figure, struct shown *shown, size_t f,
                     const struct spiral_chart_request *request)
{
    const struct spiral_panel_scene *scene = &shown->scene;
    struct spiral_panel_curve *curve = &figure->curves[f];
    double *chance = calloc(scene->count + 1, sizeof *chance);
    double scores[SPIRAL_FORECAST_SCORES];
    struct spiral_error error;
    enum spiral_status status = SPIRAL_NO_MEMORY;

    shown->roc[f] = calloc(2 * (scene->count + 1), sizeof *shown->roc[f]);
    if (chance != NULL && shown->roc[f] != NULL) {
        for (size_t r = 0; r < scene->count; r++)
            chance[r] = scene->chance[f][scene->window[r]];
        status = spiral_forecasts_create(&shown->forecasts[f], chance, scene->outcome, scene->count,
                                         scene->floor[f], &error);
    } else
        spiral_error_set(&error, status, "no memory for the figure");
    free(chance);

    *curve = (struct spiral_panel_curve){.name = scene->names[f],
                                         .color = color_of(shown, f, request->theme),
                                         .dash = spiral_dash_of(f)};
    if (status == SPIRAL_OK && f < scene->files)
        status = put_bins(curve, shown, f, request, &error);
    if (status != SPIRAL_OK)
        return spiral_complain_error(&error);

    put_roc(curve, shown->roc[f], &shown->forecasts[f]);
    spiral_forecasts_score(scores, &shown->forecasts[f], NULL, NULL);
    curve->area = scores[SPIRAL_FORECAST_SCORE_auc];
    figure->curve_count = f + 1;
    return SPIRAL_EXIT_OK;
}

/* A window as it is called in the figure: PAK–IND 1960–69. */
static void put_name(char name[48], const struct spiral_panel_window *window)
{
    char small[12];
    char neighbour[12];

    snprintf(small, sizeof small, "%s", window->small_iso);
    snprintf(neighbour, sizeof neighbour, "%s", window->neighbour_iso);
    if (small[0] == '\0')
        snprintf(small, sizeof small, "%.0f", window->small);
    if (neighbour[0] == '\0')
        snprintf(neighbour, sizeof neighbour, "%.0f", window->neighbour);
    snprintf(name, 48, "%s–%s %.0f–%02.0f", small, neighbour, window->start,
             fmod(window->end - 1.0, 100.0));
}

/* The events with the lowest chances and the windows without with the highest, of the first. */
static void put_misses(struct spiral_panel_figure *figure, const struct shown *shown)
{
    const struct spiral_panel_scene *scene = &shown->scene;
    const struct spiral_forecasts *forecasts = &shown->forecasts[0];

    for (size_t at = 0; at < forecasts->count; at++) {
        const size_t low = forecasts->order[at];
        const size_t high = forecasts->order[forecasts->count - 1 - at];

        if (forecasts->outcome[low] > 0.0 && figure->missed_events < SPIRAL_PANEL_MISSED) {
            struct spiral_panel_miss *miss = &figure->events[figure->missed_events++];
            put_name(miss->name, &scene->panel.windows[scene->window[low]]);
            miss->chance = forecasts->chance[low];
        }
        if (forecasts->outcome[high] == 0.0 && figure->missed_calm < SPIRAL_PANEL_MISSED) {
            struct spiral_panel_miss *miss = &figure->calm[figure->missed_calm++];
            put_name(miss->name, &scene->panel.windows[scene->window[high]]);
            miss->chance = forecasts->chance[high];
        }
    }
}

/* The windows by rising forecast. False where there is no memory. */
static bool put_separation(struct spiral_panel_figure *figure, struct shown *shown)
{
    const struct spiral_forecasts *forecasts = &shown->forecasts[0];

    shown->chance = calloc(forecasts->count + 1, sizeof *shown->chance);
    shown->event = calloc(forecasts->count + 1, sizeof *shown->event);
    if (shown->chance == NULL || shown->event == NULL)
        return false;
    for (size_t at = 0; at < forecasts->count; at++) {
        shown->chance[at] = forecasts->chance[forecasts->order[at]];
        shown->event[at] = forecasts->outcome[forecasts->order[at]] > 0.0;
    }
    figure->windows = forecasts->count;
    figure->chance = shown->chance;
    figure->event = shown->event;
    return true;
}

/* Title, subtitle and note. */
static void put_texts(struct spiral_panel_figure *figure, const struct shown *shown,
                      char subtitle[300])
{
    const struct spiral_panel_scene *scene = &shown->scene;
    const bool chinese = figure->language == SPIRAL_CHINESE;
    const bool war = scene->event == SPIRAL_PANEL_WAR;
    size_t events = 0;

    for (size_t w = 0; w < scene->count; w++)
        events += scene->outcome[w] > 0.0 ? 1 : 0;
    figure->title = chinese
                        ? (war ? "面板：窗口内的战争预测与实际" : "面板：窗口内的动武预测与实际")
                    : war ? "War within a window: forecast and observed"
                          : "Force within a window: forecast and observed";
    snprintf(
        subtitle, 300,
        chinese ? "%zu 个窗口，%zu 个国家对，其中 %zu 个窗口发生；区间由国家对重抽样得到"
                : "%zu windows of %zu pairs, %zu with the event; intervals from resamples of pairs",
        scene->count, scene->panel.dyad_count, events);
    figure->subtitle = subtitle;
    figure->note =
        chinese ? "回归基准按国家对分五折拟合，只预测未参与拟合的国家对。"
                  "虚线：左上为完全校准；左下为若预测完全正确，事件应开始之处。"
                : "Regressions are fitted in five folds by pair, and forecast pairs that they were "
                  "not fitted to. Dashed lines: perfect calibration; a forecast by chance; where "
                  "events would begin if the forecasts told them all.";
}

static int draw(const struct spiral_chart_request *request)
{
    struct shown *shown = calloc(1, sizeof *shown);
    struct spiral_panel_figure figure = {.language = request->language};
    struct spiral_chart_output output;
    char subtitle[300];
    int exit_status = SPIRAL_EXIT_FAILED;

    if (shown == NULL) {
        spiral_complain("chart panel: out of memory");
        return exit_status;
    }
    exit_status = spiral_panel_scene_load(&shown->scene, request);
    for (size_t f = 0; f < shown->scene.forecasters && exit_status == SPIRAL_EXIT_OK; f++)
        exit_status = put_curve(&figure, shown, f, request);
    if (exit_status == SPIRAL_EXIT_OK && !put_separation(&figure, shown)) {
        spiral_complain("chart panel: out of memory");
        exit_status = SPIRAL_EXIT_FAILED;
    }
    if (exit_status == SPIRAL_EXIT_OK) {
        put_misses(&figure, shown);
        put_texts(&figure, shown, subtitle);
        exit_status = SPIRAL_EXIT_FAILED;
        if (spiral_chart_open(&output, request)) {
            spiral_panel_figure_draw(output.page, &figure);
            exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
        }
    }
    clear_shown(shown);
    free(shown);
    return exit_status;
}

const struct spiral_chart_kind spiral_chart_panel = {
    "panel",
    "TABLE [PREDICTIONS]...",
    "forecasts of pair-windows: reliability, ROC, separation, what was missed; of the model, or of "
    "files",
    1,
    1 + SPIRAL_PANEL_SCENE_FILES,
    1100.0,
    860.0,
    512,
    draw};
