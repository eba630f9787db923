/* SPDX-License-Identifier: MIT */
#include "tools/cli/constants.h"
#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/result/result.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/run_recipe.h"

struct request {
    uint64_t runs; /* 0: one run, as a trajectory */
    uint64_t seed;
    struct spiral_plan_options plan;
    const char *recipe;
    const char *out;
    const char *const *inputs; /* the operands */
    struct spiral_option_list settings;
    const char *constants; /* NULL: those that are shipped */
    struct spiral_option_list branches;
    uint64_t index;     /* of the run that is written as a trajectory */
    const char *single; /* the option that asks for one; NULL: none */
    bool header_comments;
    bool json;
    int threads;
    enum spiral_farm_device device;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N", "an ensemble of N runs (default: one run, written as a CSV trajectory)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"index", "I", "the trajectory of run I of an ensemble, from 0 (default 0)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, index), .most = SPIRAL_MOST_RUNS - 1,
     .mark = offsetof(struct request, single)},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, seed), .most = UINT64_MAX},
    {"dt", "D", "length of a step in years, for example 0.05 or 1/24 (default: the scenario's)",
     SPIRAL_OPTION_STEP, PLACE(double, plan.dt)},
    {"set", "NAME=VALUE",
     "set a constant, fact, doctrine number or move to this value (`spiral params` lists them)",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, settings)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_DATE,
     PLACE(double, plan.until)},
    {"free", NULL, "drop the timeline: the states keep the doctrines that they start with",
     SPIRAL_OPTION_FLAG, PLACE(bool, plan.free_running)},
    {"assimilate", NULL, "impose the observed hostility instead of predicting it",
     SPIRAL_OPTION_FLAG, PLACE(bool, plan.assimilate)},
    {"war-ends", NULL,
     "let hostility fall again after war (default: war ends the pair's peace for good)",
     SPIRAL_OPTION_FLAG, PLACE(bool, plan.war_ends)},
    {"what-if", "STATE:DOCTRINE@DATE",
     "also run a branch, paired with the baseline, for example UKR:limited_balance@2004-12",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, branches), .most = SPIRAL_MAX_BRANCHES},
    {"recipe", "RECIPE",
     "run the recipe from a page's link, for example "
     "'#v1;ukraine;s=1;at=156;UKR=limited_balance@156': one trajectory, or with --runs an ensemble "
     "from its present; of the other options, only --json and --out apply",
     SPIRAL_OPTION_TEXT, PLACE(const char *, recipe)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {"header-comments", NULL, SPIRAL_HEADER_COMMENTS_DOC, SPIRAL_OPTION_FLAG,
     PLACE(bool, header_comments)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    SPIRAL_DEVICE_OPTION(struct request),
    {.name = NULL},
};
#undef PLACE

static void write_text(const struct spiral_result *result, int columns, FILE *out)
{
    spiral_result_print(result, out);
    fputc('\n', out);
    spiral_result_plot(result, columns, out);
    fputc('\n', out);
    spiral_result_tell(result, "en", out);
}

static int write_result(const struct request *request, const struct spiral_result *result)
{
    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (request->json)
        exit_status = spiral_output_json(spiral_result_json(result), output.file);
    else
        write_text(result, request->out == NULL ? spiral_terminal_columns() : SPIRAL_COLUMNS,
                   output.file);

    return spiral_output_close(&output, exit_status);
}

/* Runs the branches, each in pairs with the baseline. */
static enum spiral_status run_branches(const struct request *request, struct spiral_result *result,
                                       const struct spiral_constants *constants,
                                       struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < request->branches.count && status == SPIRAL_OK; i++) {
        struct spiral_branch branch;
        result->branches[i].name = request->branches.items[i];
        result->branch_count = i + 1;
        status = spiral_branch_parse(&branch, request->branches.items[i], result->scenario, error);

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
    spiral_farm_use_device(request->device);
    result = (struct spiral_result){.scenario = scenario,
                                    .plan = plan,
                                    .posterior = request->plan.posterior,
                                    .seed = request->seed};

    enum spiral_status status = spiral_collector_init(&collector, plan, true, true);

    if (status == SPIRAL_OK && !request->json)
        spiral_fan_keep(collector.fan, SPIRAL_RESULT_MEANS, SPIRAL_RESULT_BANDS);
    if (status == SPIRAL_OK)
        status = spiral_farm_run(plan, request->seed, 0, request->runs, request->threads,
                                 &collector, &error);
    else
        spiral_error_set(&error, status, "no memory for the ensemble");
    if (status == SPIRAL_OK)
        status = run_branches(request, &result, constants, &error);

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);

    if (status == SPIRAL_OK || (status == SPIRAL_STOPPED && collector.tally->runs > 0)) {
        result.tally = collector.tally;
        result.fan = collector.fan;
        result.hash = collector.hash;
        result.score = spiral_score_of(collector.tally, plan);
        if (status == SPIRAL_STOPPED)
            result.branch_count = 0;

        const int written = write_result(request, &result);
        exit_status = exit_status == SPIRAL_EXIT_OK ? written : exit_status;
    }

    for (size_t i = 0; i < request->branches.count; i++)
        spiral_branch_effect_clear(&result.branches[i].effect);

    spiral_collector_clear(&collector);

    return exit_status;
}

static int run_single(const struct request *request, const struct spiral_scenario *scenario,
                      const struct spiral_plan *plan)
{
    struct spiral_table_output output;
    struct spiral_table table;
    struct spiral_error error;

    spiral_trajectory_describe(&table, scenario, plan, request->seed, request->index);

    int exit_status = spiral_table_output_open(&output, &table, request->out, request->inputs,
                                               request->header_comments);

    if (exit_status == SPIRAL_EXIT_OK) {
        if (spiral_trajectory_write(&table, plan, request->seed, request->index, &error) !=
            SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.runs = 0, .seed = 1};
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    struct spiral_plan *plan = NULL;
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_run, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (request.recipe != NULL && argc - first <= 1) {
        const struct spiral_recipe_request of_recipe = {.recipe = request.recipe,
                                                        .scenario = argv[first],
                                                        .runs = request.runs,
                                                        .json = request.json,
                                                        .out = request.out,
                                                        .inputs =
                                                            (const char *const *)&argv[first]};
        return spiral_recipe_run(&of_recipe);
    }

    if (argc - first != 1) {
        spiral_complain("run: %s usage: spiral run SCENARIO",
                        first == argc ? "which scenario?"
                                      : "one scenario at a time (spiral compare takes several);");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    request.inputs = (const char *const *)&argv[first];

    /* A run by itself has the defaults: it is what is looked at, and a session that was saved. */
    const bool ensemble = request.runs > 0 || request.json || request.branches.count > 0;

    if (!ensemble && request.constants == NULL)
        request.constants = "point";

    int exit_status = spiral_load(&scenario, argv[first]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_prepare(&posterior, &constants, request.constants, &scenario,
                                               &request.settings);
    request.plan.posterior = &posterior;
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_plan_create(&plan, &scenario, &constants, &request.plan, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);

    if (ensemble && request.single != NULL && exit_status == SPIRAL_EXIT_OK) {
        spiral_complain("run: --%s writes one trajectory; it does not go with --runs, --json or "
                        "--what-if",
                        request.single);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.runs == 0)
        request.runs = request.branches.count > 0 ? 1000 : 1;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = ensemble ? run_ensemble(&request, &scenario, plan, &constants)
                               : run_single(&request, &scenario, plan);
    spiral_plan_destroy(plan);
    spiral_constant_sets_clear(&posterior);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

const struct spiral_command spiral_command_run = {
    "run",
    "SCENARIO",
    "replay a case: one run as a trajectory, or an ensemble with risks, bands, scores and branches",
    options,
    run_command,
    NULL};
