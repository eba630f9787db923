/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/draw/chart.h"
#include "tools/farm/farm.h"

bool spiral_chart_open(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request)
{
    *output = (struct spiral_chart_output){.page = request->opened};
    if (request->opened != NULL)
        return true;

    /* beside the target, with its ending, so that it can take its place */
    const char *dot = strrchr(request->out, '.');

    output->temporary = malloc(strlen(request->out) + strlen(dot) + 8);

    if (output->temporary == NULL) {
        spiral_report("out of memory");
        return false;
    }

    sprintf(output->temporary, "%s.XXXXXX%s", request->out, dot);
    const int descriptor = mkstemps(output->temporary, (int)strlen(dot));

    if (descriptor < 0) {
        spiral_report("%s: cannot be written: %s", request->out, strerror(errno));
        free(output->temporary);
        return false;
    }

    const mode_t mask = umask(0);

    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
    close(descriptor);
    output->page = &output->own;

    const char *problem = spiral_page_open(output->page, output->temporary, request->width,
                                           request->height, request->density, request->theme);

    output->page->scale = request->scale > 0.0 ? request->scale : 1.0;
    if (problem == NULL)
        return true;
    spiral_report("%s: cannot be drawn: %s", request->out, problem);
    spiral_page_close(output->page);
    unlink(output->temporary);
    free(output->temporary);

    return false;
}

int spiral_chart_close(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request, enum spiral_status drawn)
{
    if (output->temporary == NULL) {
        if (drawn != SPIRAL_OK)
            spiral_report("out of memory");
        return drawn == SPIRAL_OK ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
    }

    const char *problem = spiral_page_close(output->page);

    problem = drawn != SPIRAL_OK ? "out of memory" : problem;
    if (problem == NULL && rename(output->temporary, request->out) != 0)
        problem = strerror(errno);

    if (problem != NULL) {
        spiral_report("%s: cannot be drawn: %s", request->out, problem);
        unlink(output->temporary);
    }

    free(output->temporary);

    return problem == NULL ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

int spiral_chart_case_load(struct spiral_chart_case *loaded,
                           const struct spiral_chart_request *request, const char *name)
{
    struct spiral_error error;
    struct spiral_plan_options plan_options = spiral_plan_options_defaults();

    plan_options.until = request->until;
    *loaded = (struct spiral_chart_case){.constants = spiral_constants_defaults()};

    int exit_status = spiral_load(&loaded->scenario, name);

    for (size_t i = 0; i < request->setting_count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status =
            spiral_setting_apply(&loaded->scenario, &loaded->constants, request->settings[i]);
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_plan_create(&loaded->plan, &loaded->scenario, &loaded->constants, &plan_options,
                           &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);

    return exit_status;
}

void spiral_chart_case_clear(struct spiral_chart_case *loaded)
{
    spiral_plan_destroy(loaded->plan);
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

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_report_error(&error);
}
