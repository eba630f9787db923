/* SPDX-License-Identifier: MIT */
#include "tools/draw/panel_scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/constants.h"
#include "tools/farm/interrupt.h"
#include "tools/panel/forecast.h"
#include "tools/panel/report.h"

void spiral_panel_scene_clear(struct spiral_panel_scene *scene)
{
    for (size_t f = 0; f < SPIRAL_PANEL_CURVES; f++)
        free(scene->chance[f]);
    free(scene->window);
    free(scene->dyad);
    free(scene->outcome);
    spiral_panel_clear(&scene->panel);
}

static int report_no_memory(void)
{
    spiral_complain("chart panel: out of memory");
    return SPIRAL_EXIT_FAILED;
}

/* --- forecasts -------------------------------------------------------------------------------- */

static int load_table(struct spiral_panel_scene *scene, const struct spiral_chart_request *request)
{
    static struct spiral_diagnostics diagnostics;
    const char *event = request->outcome != NULL ? request->outcome : "force";

    for (scene->event = SPIRAL_PANEL_FORCE; scene->event < SPIRAL_PANEL_EVENTS; scene->event++)
        if (strcmp(spiral_panel_event_names[scene->event], event) == 0)
            break;
    if (scene->event == SPIRAL_PANEL_EVENTS) {
        spiral_complain("chart panel: --outcome: '%s' is neither force nor war", event);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status =
        spiral_panel_load(&scene->panel, request->operands[0], &diagnostics, NULL);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const size_t room = scene->panel.count + 1;
    size_t events = 0;
    scene->window = calloc(room, sizeof *scene->window);
    scene->dyad = calloc(room, sizeof *scene->dyad);
    scene->outcome = calloc(room, sizeof *scene->outcome);
    if (scene->window == NULL || scene->dyad == NULL || scene->outcome == NULL)
        return report_no_memory();
    for (size_t w = 0; w < scene->panel.count; w++) {
        const double outcome = spiral_panel_outcome(&scene->panel.windows[w], scene->event);
        if (isnan(outcome))
            continue;
        scene->window[scene->count] = w;
        scene->dyad[scene->count] = scene->panel.dyad[w];
        scene->outcome[scene->count++] = outcome;
        events += outcome > 0.0 ? 1 : 0;
    }
    if (events > 0 && events < scene->count)
        return SPIRAL_EXIT_OK;
    spiral_complain(
        "chart panel: %s: of %zu windows with a known outcome %zu have %s; some with and some "
        "without are needed",
        request->operands[0], scene->count, events, event);
    return SPIRAL_EXIT_BAD_INPUT;
}

/* Runs the model over the table. */
static int add_simulator(struct spiral_panel_scene *scene,
                         const struct spiral_chart_request *request)
{
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    const struct spiral_panel_run run = {.runs = request->runs,
                                         .seed = request->seed,
                                         .threads = request->threads,
                                         .constants = &constants,
                                         .posterior = &posterior,
                                         .progress = true};
    struct spiral_panel_counts counts = {.windows = 0};
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_OK;

    exit_status = spiral_constants_prepare(&posterior, &constants, request->constants, NULL,
                                           &request->settings);
    if (exit_status != SPIRAL_EXIT_OK) {
        spiral_constant_sets_clear(&posterior);
        return exit_status;
    }

    spiral_interrupts_catch();
    scene->chance[0] = calloc(scene->panel.count + 1, sizeof *scene->chance[0]);
    if (scene->chance[0] == NULL)
        exit_status = report_no_memory();
    else if (spiral_panel_forecast(&counts, &scene->panel, &run, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    for (size_t w = 0; w < scene->panel.count && exit_status == SPIRAL_EXIT_OK; w++)
        scene->chance[0][w] = spiral_panel_chance(&counts, scene->event, w);
    spiral_panel_counts_clear(&counts);
    spiral_constant_sets_clear(&posterior);

    snprintf(scene->names[0], sizeof scene->names[0], "%s",
             spiral_word(SPIRAL_WORD_simulator, request->language));
    scene->floor[0] = spiral_panel_floor(request->runs);
    scene->forecasters = scene->files = 1;
    return exit_status;
}

/* Forecasts from a file of --predictions, named after it. */
static int add_file(struct spiral_panel_scene *scene, const char *path)
{
    static struct spiral_diagnostics diagnostics;
    const size_t f = scene->forecasters;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    double *chances[SPIRAL_PANEL_EVENTS];

    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status =
        spiral_panel_read_predictions(chances, &scene->floor[f], &scene->panel, path, &diagnostics);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const char *dot = strrchr(name, '.');
    const int length = dot != NULL && dot != name ? (int)(dot - name) : (int)strlen(name);
    snprintf(scene->names[f], sizeof scene->names[f], "%.*s", length > 24 ? 24 : length, name);
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        if (event != (int)scene->event)
            free(chances[event]);
    scene->chance[f] = chances[scene->event];
    scene->forecasters = scene->files = f + 1;
    return SPIRAL_EXIT_OK;
}

static int add_benchmarks(struct spiral_panel_scene *scene, enum spiral_language language)
{
    for (int b = SPIRAL_BENCHMARK_base + 1; b < SPIRAL_BENCHMARKS; b++) {
        const size_t f = scene->forecasters;
        struct spiral_benchmark_notes notes;
        struct spiral_error error;

        scene->chance[f] = calloc(scene->panel.count + 1, sizeof *scene->chance[f]);
        if (scene->chance[f] == NULL)
            return report_no_memory();
        if (spiral_benchmark_forecast(scene->chance[f], &notes, &scene->panel,
                                      (enum spiral_benchmark)b, scene->event, SPIRAL_SPLIT_PAIRS,
                                      0.0, &error) != SPIRAL_OK)
            return spiral_complain_error(&error);
        snprintf(scene->names[f], sizeof scene->names[f], "%s",
                 language == SPIRAL_CHINESE ? spiral_benchmark_texts[b].label_zh
                                            : spiral_benchmark_texts[b].label_en);
        scene->floor[f] = scene->floor[0];
        scene->forecasters++;
    }
    return SPIRAL_EXIT_OK;
}

int spiral_panel_scene_load(struct spiral_panel_scene *scene,
                            const struct spiral_chart_request *request)
{
    int exit_status;

    memset(scene, 0, sizeof *scene);
    exit_status = load_table(scene, request);
    if (exit_status == SPIRAL_EXIT_OK && request->operand_count == 1)
        exit_status = add_simulator(scene, request);
    for (size_t i = 1; i < request->operand_count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = add_file(scene, request->operands[i]);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = add_benchmarks(scene, request->language);
    return exit_status;
}
