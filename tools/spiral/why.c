/* SPDX-License-Identifier: MIT */
#include "tools/cli/constants.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/spiral/commands.h"
#include "tools/why/why_text.h"

/* Acts in the terminal's list. */
enum { MOST_ACTS = 10 };

struct request {
    struct spiral_why_options how;
    uint64_t seed;
    struct spiral_plan_options plan;
    struct spiral_option_list settings;
    const char *constants; /* NULL: those that are shipped */
    const char *out;
    const char *const *inputs;
    bool json;
    bool gain;
    enum spiral_farm_device device;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N", "runs of the case, without each mechanism, and without each act (default 2048)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, how.runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"subsets", "N",
     "runs with each set of mechanisms, for Shapley shares (default 512; 0: no shares)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, how.subset_runs), .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, seed), .most = UINT64_MAX},
    {"set", "NAME=VALUE", "set one of the values that `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_DATE,
     PLACE(double, plan.until)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {"gain", NULL,
     "instead, print the gain of the loop of fear by year, and what each route adds to it",
     SPIRAL_OPTION_FLAG, PLACE(bool, gain)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, how.workers.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    SPIRAL_DEVICE_OPTION(struct request),
    {NULL},
};
#undef PLACE

/* What is written: the account, or the gains. */
static int write_result(const struct request *request, const struct spiral_why *why,
                        const struct spiral_gains *gains)
{
    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (request->json)
        exit_status =
            spiral_output_json(gains != NULL ? spiral_gains_json(gains) : spiral_why_json(why),
                               output.file);
    else if (gains != NULL)
        spiral_gains_print(gains, output.file);
    else
        spiral_why_print(why, MOST_ACTS, output.file);

    return spiral_output_close(&output, exit_status);
}

static int measure_gains(const struct request *request, const struct spiral_why_case *given)
{
    struct spiral_gains gains;
    struct spiral_error error;
    const int exit_status = spiral_gains_measure(&gains, given, request->how.runs,
                                                 &request->how.workers, &error) == SPIRAL_OK
                                ? write_result(request, NULL, &gains)
                                : spiral_complain_error(&error);

    spiral_gains_clear(&gains);

    return exit_status;
}

static int account(const struct request *request, const struct spiral_why_case *given)
{
    struct spiral_why why;
    struct spiral_error error;
    const int exit_status = spiral_why_run(&why, given, &request->how, &error) == SPIRAL_OK
                                ? write_result(request, &why, NULL)
                                : spiral_complain_error(&error);

    spiral_why_clear(&why);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.how = {.runs = SPIRAL_WHY_RUNS,
                                      .subset_runs = SPIRAL_WHY_SUBSET_RUNS,
                                      .workers = spiral_farm_workers(0)},
                              .seed = 1};
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    struct spiral_scenario scenario;
    const int first = spiral_options_read(&spiral_command_why, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != 1) {
        spiral_complain("why: %s usage: spiral why SCENARIO",
                        first == argc ? "which scenario?" : "one scenario at a time;");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    request.inputs = (const char *const *)&argv[first];

    int exit_status = spiral_load(&scenario, argv[first]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_prepare(&posterior, &constants, request.constants, &scenario,
                                               &request.settings);
    request.plan.posterior = &posterior;

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_why_case given = {&scenario, &constants, &request.plan, request.seed};

        spiral_interrupts_catch();
        spiral_farm_use_device(request.device);
        spiral_farm_show_progress(scenario.name);
        exit_status = request.gain ? measure_gains(&request, &given) : account(&request, &given);
    }

    spiral_scenario_clear(&scenario);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

const struct spiral_command spiral_command_why = {
    "why",
    "SCENARIO",
    "explain why runs come to war and force: rerun them without each mechanism and each dated act",
    options,
    run_command,
    NULL};
