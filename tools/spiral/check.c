/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "scenarios/loader/lesson.h"
#include "sim/plan.h"
#include "tools/spiral/commands.h"
#include "tools/sweep/sweep.h"

struct request {
    bool quiet;
};

static const struct spiral_option options[] = {
    {"quiet", NULL, "say nothing of files that are in order", SPIRAL_OPTION_FLAG,
     .place = SPIRAL_OPTION_PLACE(bool, struct request, quiet)},
    {NULL},
};

/* Loads a lesson with its cases. */
static int check_lesson(const char *path, bool quiet)
{
    struct spiral_lesson lesson;
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_diagnostics_init(diagnostics);
    const enum spiral_status status = spiral_lesson_load(&lesson, path, diagnostics);

    spiral_diagnostics_print(diagnostics, stderr);
    if (status == SPIRAL_OK && !quiet)
        spiral_say("%s: in order: a lesson of %zu steps on %zu scenario%s\n", path,
                   lesson.step_count, lesson.scenario_count, lesson.scenario_count == 1 ? "" : "s");
    free(diagnostics);
    spiral_lesson_clear(&lesson);

    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

/* Loads an experiment with its scenarios and draws its points. */
static int check_experiment(const char *path, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_experiment experiment = spiral_experiment_defaults();
    struct spiral_sweep sweep;
    struct spiral_error error;

    spiral_diagnostics_init(&diagnostics);

    enum spiral_status status = spiral_experiment_load(&experiment, path, &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    if (status != SPIRAL_OK)
        return status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED : SPIRAL_EXIT_BAD_INPUT;
    status = spiral_sweep_create(&sweep, &experiment, NULL, 1, 1, &error);

    if (status == SPIRAL_OK && !quiet) {
        uint64_t runs;
        uint64_t most;
        size_t done;
        spiral_sweep_count(&sweep, &runs, &most, &done);
        spiral_say("%s: in order: an experiment of %zu scenario%s at %zu points, %s%" PRIu64
                   " runs\n",
                   path, sweep.experiment.case_count, sweep.experiment.case_count == 1 ? "" : "s",
                   sweep.points, sweep.experiment.stop.outcome >= 0 ? "at most " : "", most);
    }

    spiral_sweep_clear(&sweep);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

/* Loads and compiles one file. */
static int check_file(const char *path, bool quiet)
{
    if (spiral_lesson_is(path))
        return check_lesson(path, quiet);
    if (spiral_experiment_is(path))
        return check_experiment(path, quiet);

    struct spiral_scenario scenario;
    struct spiral_error error;
    struct spiral_plan *plan = NULL;
    int exit_status = spiral_load(&scenario, path);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options plan_options = spiral_plan_options_defaults();

    if (spiral_plan_create(&plan, &scenario, &constants, &plan_options, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (!quiet)
        spiral_say(
            "%s: in order: %zu states, %zu pairs, %zu entries, %zu observations, %ld steps\n", path,
            scenario.state_count, scenario.pair_count, scenario.entry_count,
            scenario.observation_count, plan->steps);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.quiet = false};
    const int first = spiral_options_read(&spiral_command_check, argc, argv, &request);
    int worst = SPIRAL_EXIT_OK;

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first == argc) {
        spiral_complain("check: which scenario? usage: spiral check FILE...");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    for (int i = first; i < argc; i++) {
        const int status = check_file(argv[i], request.quiet);
        worst = status > worst ? status : worst;
    }

    return worst;
}

const struct spiral_command spiral_command_check = {
    "check",
    "SCENARIO | LESSON | EXPERIMENT...",
    "load scenarios, lessons and experiments and report every error, without running them",
    options,
    run_command,
    NULL};
