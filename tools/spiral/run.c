/* SPDX-License-Identifier: MIT */
#include <sys/ioctl.h>
#include <unistd.h>

#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/result/result.h"
#include "tools/spiral/commands.h"

enum {
    OPTION_RUNS,
    OPTION_SEED,
    OPTION_DT,
    OPTION_SET,
    OPTION_UNTIL,
    OPTION_FREE,
    OPTION_ASSIMILATE,
    OPTION_WAR_ENDS,
    OPTION_WHAT_IF,
    OPTION_OUT,
    OPTION_JSON,
    OPTION_THREADS
};
static const struct spiral_option options[] = {
    [OPTION_RUNS] = {"runs", "N",
                     "an ensemble of N runs (default: one run, written as a CSV trajectory)"},
    [OPTION_SEED] = {"seed", "S", "seed of the experiment (default 1)"},
    [OPTION_DT] = {"dt", "D",
                   "length of a step in years, as 0.05 or 1/24 (default: the scenario's)"},
    [OPTION_SET] = {"set", "NAME=VALUE",
                    "another value of a constant, fact, doctrine number or move (spiral params "
                    "lists them); may be repeated"},
    [OPTION_UNTIL] = {"until", "DATE", "end at this date instead of the scenario's end"},
    [OPTION_FREE] = {"free", NULL,
                     "drop the timeline: the states keep the doctrines that they start with"},
    [OPTION_ASSIMILATE] = {"assimilate", NULL,
                           "impose the observed hostility instead of predicting it"},
    [OPTION_WAR_ENDS] =
        {"war-ends", NULL,
         "let war go down the ladder again (default: it ends the pair's peace for good)"},
    [OPTION_WHAT_IF] = {"what-if", "STATE:DOCTRINE@DATE",
                        "also a branch, paired with the baseline, as UKR:limited_balance@2004-12; "
                        "may be repeated"},
    [OPTION_OUT] = {"out", "FILE", "write there instead of to stdout, whole or not at all"},
    [OPTION_JSON] = {"json", NULL, "one JSON object"},
    [OPTION_THREADS] = {"threads", "N",
                        "threads (default: one a processor); results are the same for any number"},
    {NULL, NULL, NULL},
};

enum { MAX_SETTINGS = 256 };

struct request {
    uint64_t runs;
    uint64_t seed;
    struct spiral_plan_options plan;
    const char *out;
    const char *settings[MAX_SETTINGS];
    const char *branches[SPIRAL_MAX_BRANCHES];
    size_t setting_count;
    size_t branch_count;
    bool json;
    int threads;
};

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;

    switch (option) {
    case OPTION_RUNS: return spiral_read_runs(argument, 1, &request->runs);
    case OPTION_SEED: return spiral_read_seed(argument, &request->seed);
    case OPTION_THREADS: return spiral_read_threads(argument, &request->threads);
    case OPTION_DT:
        if (!spiral_read_real("dt", argument, &request->plan.dt))
            return false;
        if (request->plan.dt > 0.0 && request->plan.dt <= 1.0)
            return true;
        spiral_report("--dt: '%s' is no step; expected years above 0, at most 1, as in 1/24",
                      argument);
        return false;
    case OPTION_SET:
        return spiral_keep("set", argument, request->settings, &request->setting_count,
                           MAX_SETTINGS);
    case OPTION_WHAT_IF:
        return spiral_keep("what-if", argument, request->branches, &request->branch_count,
                           SPIRAL_MAX_BRANCHES);
    case OPTION_UNTIL: return spiral_option_date("until", argument, &request->plan.until);
    case OPTION_OUT: request->out = argument; return true;
    case OPTION_FREE: request->plan.free_running = true; return true;
    case OPTION_ASSIMILATE: request->plan.assimilate = true; return true;
    case OPTION_WAR_ENDS: request->plan.war_ends = true; return true;
    default: request->json = true; return true;
    }
}

static int apply_settings(const struct request *request, struct spiral_scenario *scenario,
                          struct spiral_constants *constants)
{
    int exit_status = SPIRAL_EXIT_OK;
    for (size_t i = 0; i < request->setting_count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_setting_apply(scenario, constants, request->settings[i]);
    return exit_status;
}

/* The terminal's width, or 100 where there is none. */
static int columns(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 100;
}

static int write_result(const struct request *request, const struct spiral_result *result)
{
    struct spiral_output output;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;

    if (request->json) {
        json_t *object = spiral_result_json(result);
        if (object == NULL || json_dumpf(object, output.file, JSON_INDENT(1)) != 0) {
            json_decref(object);
            if (object == NULL) {
                spiral_report("out of memory");
                spiral_output_discard(&output);
                return SPIRAL_EXIT_FAILED;
            }
        } else {
            json_decref(object);
            fputc('\n', output.file);
        }
    } else {
        spiral_result_print(result, output.file);
        fputc('\n', output.file);
        spiral_result_plot(result, columns(), output.file);
        fputc('\n', output.file);
        spiral_result_tell(result, "en", output.file);
    }

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* Runs the branches, each in pairs with the baseline. */
static enum spiral_status run_branches(const struct request *request, struct spiral_result *result,
                                       const struct spiral_constants *constants,
                                       struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < request->branch_count && status == SPIRAL_OK; i++) {
        struct spiral_branch branch;
        result->branches[i].name = request->branches[i];
        result->branch_count = i + 1;
        status = spiral_branch_parse(&branch, request->branches[i], result->scenario, error);

        if (status == SPIRAL_OK)
            status = spiral_branch_compare(&result->branches[i].effect, result->scenario, &branch,
                                           constants, &request->plan, request->seed, request->runs,
                                           request->threads, false, error);
    }

    return status;
}

/* An ensemble: runs, scores, tells. An interrupt tells what was finished. */
static int run_ensemble(const struct request *request, const struct spiral_scenario *scenario,
                        const struct spiral_plan *plan, const struct spiral_constants *constants)
{
    static struct spiral_result result;
    struct spiral_collector collector;
    struct spiral_error error;

    spiral_interrupts_catch();
    spiral_farm_show_progress(scenario->name);
    result = (struct spiral_result){.scenario = scenario, .plan = plan, .seed = request->seed};

    enum spiral_status status = spiral_collector_init(&collector, plan, true, true);

    if (status == SPIRAL_OK)
        status = spiral_farm_run(plan, request->seed, 0, request->runs, request->threads,
                                 &collector, &error);
    else
        spiral_error_set(&error, status, "no memory for the ensemble");
    if (status == SPIRAL_OK)
        status = run_branches(request, &result, constants, &error);

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_report_error(&error);

    if (status == SPIRAL_OK || (status == SPIRAL_STOPPED && collector.tally->runs > 0)) {
        result.tally = collector.tally;
        result.fan = collector.fan;
        result.score = spiral_score_of(collector.tally, plan);
        if (status == SPIRAL_STOPPED)
            result.branch_count = 0;

        const int written = write_result(request, &result);
        exit_status = exit_status == SPIRAL_EXIT_OK ? written : exit_status;
    }

    for (size_t i = 0; i < request->branch_count; i++)
        spiral_branch_effect_clear(&result.branches[i].effect);

    spiral_collector_clear(&collector);

    return exit_status;
}

static int run_single(const struct request *request, const struct spiral_scenario *scenario,
                      const struct spiral_plan *plan)
{
    struct spiral_output output;
    struct spiral_error error;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;

    if (spiral_trajectory_write(scenario, plan, request->seed, output.file, &error) != SPIRAL_OK) {
        spiral_output_discard(&output);
        return spiral_report_error(&error);
    }

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

static int run(int argc, char **argv)
{
    struct request request = {.runs = 0, .seed = 1};
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan *plan = NULL;
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_run, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first != 1) {
        spiral_report("run: %s; usage: spiral run SCENARIO",
                      first == argc ? "which scenario?"
                                    : "one scenario at a time (spiral compare takes several)");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = spiral_load(&scenario, argv[first]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = apply_settings(&request, &scenario, &constants);
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_plan_create(&plan, &scenario, &constants, &request.plan, &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);

    const bool ensemble = request.runs > 0 || request.json || request.branch_count > 0;

    if (request.runs == 0)
        request.runs = request.branch_count > 0 ? 1000 : 1;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = ensemble ? run_ensemble(&request, &scenario, plan, &constants)
                               : run_single(&request, &scenario, plan);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

const struct spiral_command spiral_command_run = {
    "run",
    "SCENARIO",
    "replay a case: one run as a trajectory, or an ensemble with risks, bands, scores and branches",
    options,
    run,
    NULL};
