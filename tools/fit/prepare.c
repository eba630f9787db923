/* SPDX-License-Identifier: MIT
 *
 * Preparing a calibration: checks, the numbers in force, the design, the record.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/parameter.h"
#include "tools/design/coordinates.h"
#include "tools/experiment/setter.h"
#include "tools/fit/calibration.h"

const char *const spiral_fit_method_names[2] = {"local", "abc"};

void spiral_calibration_init(struct spiral_calibration *calibration,
                             struct spiral_experiment *experiment)
{
    memset(calibration, 0, sizeof *calibration);
    calibration->experiment = *experiment;
    *experiment = spiral_experiment_defaults();
    for (int i = 0; i < SPIRAL_FIT_SETTINGS; i++)
        calibration->settings[i] = spiral_fit_settings[i].value;
    for (size_t a = 0; a < SPIRAL_MAX_AXES; a++)
        calibration->truth[a] = NAN;
}

void spiral_calibration_clear(struct spiral_calibration *calibration)
{
    spiral_fit_stylised_clear(&calibration->facts);
    spiral_target_clear(&calibration->target);
    spiral_design_destroy(calibration->design);
    spiral_experiment_clear(&calibration->experiment);
    memset(calibration, 0, sizeof *calibration);
}

static enum spiral_status check_request(const struct spiral_calibration *calibration,
                                        struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &calibration->experiment;

    for (size_t a = 0; a < experiment->axis_count; a++) {
        const struct spiral_axis *axis = &experiment->axes[a];
        if (axis->count > 0 || axis->integer || axis->group > 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s: a fit goes over ranges; expected LOW:HIGH or LOW:HIGH:log",
                                    axis->name);
    }

    if (experiment->run.assimilate)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "with the observed hostility imposed there is nothing to fit");
    if (calibration->leave_one_out && experiment->case_count < 2)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "leaving one case out takes two cases or more");
    if (calibration->settings[SPIRAL_FIT_facts] > 0.0 && calibration->method != SPIRAL_FIT_LOCAL)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "a sample is only fitted to the record; facts go with the method local");

    if (calibration->settings[SPIRAL_FIT_facts] > 0.0 &&
        (calibration->leave_one_out || calibration->settings[SPIRAL_FIT_recover] > 0.0))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "facts are about all five cases as they were: they go neither with a "
            "case left out nor with invented histories");

    if (experiment->design.kind != SPIRAL_DESIGN_sobol)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a fit begins with Sobol' points, not with the design %s",
                                spiral_design_names[experiment->design.kind]);
    if (calibration->method == SPIRAL_FIT_ABC && experiment->design.points < 8)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu particles; expected at least 8",
                                experiment->design.points);

    return SPIRAL_OK;
}

/* The number that an axis has in a case: of a series 1, its scale. */
static double read_place(const struct spiral_parameter *place)
{
    return place->value != NULL ? *place->value : 1.0;
}

/* The numbers in force, where the cases agree on them. */
static enum spiral_status find_present(struct spiral_calibration *calibration,
                                       struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    enum spiral_status status = SPIRAL_OK;

    for (size_t c = 0; c < experiment->case_count && status == SPIRAL_OK; c++) {
        struct spiral_setter setter;
        status = spiral_setter_init(&setter, experiment, &experiment->cases[c].scenario, error);

        for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++) {
            const double number = read_place(&setter.given_places[a]);
            if (c == 0)
                calibration->present[a] = number;
            else if (calibration->present[a] != number)
                calibration->present[a] = NAN;
        }

        spiral_setter_clear(&setter);
    }

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++) {
        const bool known = !isnan(calibration->present[a]);
        calibration->centre[a] =
            known ? spiral_axis_coordinate(&experiment->axes[a], calibration->present[a]) : 0.5;
        if (isnan(calibration->truth[a]))
            calibration->truth[a] = calibration->present[a];

        if (!known && calibration->settings[SPIRAL_FIT_prior] > 0.0)
            status = spiral_error_set(
                error, SPIRAL_BAD_INPUT,
                "%s differs between the cases: a prior has no present value to pull to",
                experiment->axes[a].name);
        else if (isnan(calibration->truth[a]) && calibration->settings[SPIRAL_FIT_recover] > 0.0)
            status = spiral_error_set(
                error, SPIRAL_BAD_INPUT,
                "%s differs between the cases: say what is to be recovered by --truth %s=VALUE",
                experiment->axes[a].name, experiment->axes[a].name);
    }

    return status;
}

enum spiral_status spiral_calibration_prepare(struct spiral_calibration *calibration, int threads,
                                              bool quiet, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    const size_t histories = (size_t)calibration->settings[SPIRAL_FIT_recover];

    spiral_progress_start(&calibration->progress, quiet ? NULL : "calibrate");
    calibration->progress.bounded = true; /* searches and generations may end earlier */

    enum spiral_status status = check_request(calibration, error);

    if (status == SPIRAL_OK)
        status = find_present(calibration, error);
    if (status == SPIRAL_OK)
        status = spiral_design_create(&calibration->design, experiment->axes,
                                      experiment->axis_count, &experiment->design, error);
    if (status == SPIRAL_OK)
        status = spiral_target_create(&calibration->target, experiment, threads, error);
    if (status != SPIRAL_OK)
        return status;
    calibration->target.score = calibration->score;
    if (histories > 0)
        status = spiral_target_invent(&calibration->target, calibration->truth, histories, error);
    if (status == SPIRAL_OK)
        status = spiral_target_measure_dependence(&calibration->target, error);
    if (status == SPIRAL_OK && calibration->settings[SPIRAL_FIT_facts] > 0.0)
        status =
            spiral_fit_stylised_create(&calibration->facts, &calibration->target,
                                       calibration->settings[SPIRAL_FIT_facts], threads, error);
    calibration->target.counter.progress = &calibration->progress;

    if (status != SPIRAL_OK)
        return status;

    return spiral_target_check(&calibration->target, error);
}
