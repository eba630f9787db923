/* SPDX-License-Identifier: MIT */
#include "render/figure/figure.h"
#include "scenarios/loader/case_file.h"
#include "scenarios/loader/scenario_load.h"
#include "tools/cli/constants.h"
#include "tools/draw/chart.h"
#include "tools/farm/farm.h"

bool spiral_chart_open(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request)
{
    *output = (struct spiral_chart_output){.page = request->opened};
    if (request->opened != NULL)
        return true;

    if (request->svg == NULL && spiral_output_open(&output->file, SPIRAL_OUTPUT_DATA, request->out,
                                                   request->operands) != SPIRAL_EXIT_OK)
        return false;

    FILE *out = request->svg != NULL ? request->svg : output->file.file;
    const char *name = request->svg != NULL ? "x.svg" : request->out;
    const char *problem = spiral_page_open(&output->own, out, name, request->width, request->height,
                                           request->density, request->theme);

    output->page = &output->own;
    output->own.scale = request->scale > 0.0 ? request->scale : 1.0;
    if (problem == NULL)
        return true;

    spiral_complain("%s: cannot be drawn: %s", name, problem);
    spiral_page_close(&output->own);
    if (request->svg == NULL)
        spiral_output_close(&output->file, SPIRAL_EXIT_FAILED);

    return false;
}

int spiral_chart_close(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request, enum spiral_status drawn)
{
    const char *problem = request->opened == NULL ? spiral_page_close(&output->own) : NULL;

    /* where the disk failed, the output knows the reason and Cairo does not */
    if (output->file.file != NULL && ferror(output->file.file))
        problem = NULL;
    if (drawn != SPIRAL_OK)
        problem = "out of memory";
    if (problem != NULL)
        spiral_complain("%s: cannot be drawn: %s", request->out != NULL ? request->out : "figure",
                        problem);

    const int exit_status = problem == NULL ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;

    return request->opened != NULL || request->svg != NULL
               ? exit_status
               : spiral_output_close(&output->file, exit_status);
}

void spiral_chart_case_title(char title[SPIRAL_CHART_TITLE], const char *name,
                             enum spiral_language language)
{
    static struct spiral_diagnostics diagnostics; /* nobody reads them: the name does as well */
    struct spiral_scenario scenario = spiral_scenario_defaults();
    char path[4096];

    spiral_diagnostics_init(&diagnostics);
    spiral_case_file(name, path, sizeof path);

    const bool known = spiral_scenario_load(&scenario, path, &diagnostics) == SPIRAL_OK;

    snprintf(title, SPIRAL_CHART_TITLE, "%s",
             known ? spiral_figure_title(&scenario, language) : name);
    spiral_scenario_clear(&scenario);
}

int spiral_chart_case_load(struct spiral_chart_case *loaded,
                           const struct spiral_chart_request *request, const char *name)
{
    struct spiral_error error;

    *loaded = (struct spiral_chart_case){.options = spiral_plan_options_defaults()};
    loaded->options.until = request->until;
    loaded->options.posterior = &loaded->posterior;

    int exit_status = spiral_load(&loaded->scenario, name);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status =
            spiral_constants_prepare(&loaded->posterior, &loaded->constants, request->constants,
                                     &loaded->scenario, &request->settings);
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_plan_create(&loaded->plan, &loaded->scenario, &loaded->constants, &loaded->options,
                           &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);

    return exit_status;
}

void spiral_chart_case_clear(struct spiral_chart_case *loaded)
{
    spiral_plan_destroy(loaded->plan);
    spiral_constant_sets_clear(&loaded->posterior);
    spiral_scenario_clear(&loaded->scenario);
}

int spiral_chart_ensemble(struct spiral_collector *collector,
                          const struct spiral_chart_request *request,
                          const struct spiral_plan *plan)
{
    struct spiral_error error;
    enum spiral_status status = spiral_collector_init(collector, plan, true, true);

    if (status == SPIRAL_OK)
        status = spiral_farm_run(plan, request->seed, 0, request->runs, request->threads, collector,
                                 &error);
    else
        spiral_error_set(&error, status, "no memory for the ensemble");

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}
