/* SPDX-License-Identifier: MIT
 *
 * A sweep: an experiment from a file or from options, run into a store.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/farm/interrupt.h"
#include "tools/runner/ranks.h"
#include "tools/runner/runner.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/sweep_request.h"

enum {
    OPTION_VARY,
    OPTION_DESIGN,
    OPTION_POINTS,
    OPTION_LEVELS,
    OPTION_SECOND_ORDER,
    OPTION_LIST,
    OPTION_REPLICATES,
    OPTION_SEED,
    OPTION_INDEPENDENT,
    OPTION_SET,
    OPTION_UNTIL,
    OPTION_DT,
    OPTION_FREE,
    OPTION_ASSIMILATE,
    OPTION_WAR_ENDS,
    OPTION_STOP,
    OPTION_KEEP,
    OPTION_RUNS,
    OPTION_TRAJECTORIES,
    OPTION_STORE,
    OPTION_RESUME,
    OPTION_SHARD,
    OPTION_THREADS,
    OPTION_QUIET,
    OPTION_LIMIT,
    OPTION_TIME_LIMIT
};
static const struct spiral_option options[] = {
    [OPTION_VARY] = {"vary", "NAME=LOW:HIGH",
                     "an axis: a range, with :log, :int or :STEPS after it, or values, V1,V2,V3; "
                     "may be repeated"},
    [OPTION_DESIGN] =
        {"design", "KIND",
         "grid, zip, list, random, latin, sobol, saltelli, morris or oat (default sobol)"},
    [OPTION_POINTS] = {"points", "N",
                       "points of the design (default 1024 of sobol; docs/experiments.md says what "
                       "each design takes)"},
    [OPTION_LEVELS] = {"levels", "N", "levels of the grid of morris (default 4)"},
    [OPTION_SECOND_ORDER] = {"second-order", NULL, "of saltelli: indices of pairs of factors too"},
    [OPTION_LIST] = {"list", "FILE",
                     "the points of the design list: a CSV file whose first line names the axes"},
    [OPTION_REPLICATES] = {"replicates", "N", "runs of every scenario at every point (default 64)"},
    [OPTION_SEED] = {"seed", "S", "seed of the runs and of the design (default 1)"},
    [OPTION_INDEPENDENT] =
        {"independent", NULL,
         "let every point have chance of its own (default: the same, common random numbers)"},
    [OPTION_SET] = {"set", "NAME=VALUE",
                    "a number that is fixed for the whole sweep; may be repeated"},
    [OPTION_UNTIL] = {"until", "DATE", "end at this date instead of the scenario's end"},
    [OPTION_DT] = {"dt", "D",
                   "length of a step in years, as 0.05 or 1/24 (default: the scenario's)"},
    [OPTION_FREE] = {"free", NULL,
                     "drop the timeline: the states keep the doctrines that they start with"},
    [OPTION_ASSIMILATE] = {"assimilate", NULL,
                           "impose the observed hostility instead of predicting it"},
    [OPTION_WAR_ENDS] =
        {"war-ends", NULL,
         "let war go down the ladder again (default: it ends the pair's peace for good)"},
    [OPTION_STOP] =
        {"stop", "OUTCOME:HALF_WIDTH:N",
         "add replicates, up to N, until the interval of a risk is so narrow, as war:0.02:4096"},
    [OPTION_KEEP] =
        {"keep", "OUTCOMES",
         "outcomes that are kept, with commas between, or all (default war,force,highest)"},
    [OPTION_RUNS] = {"runs", NULL, "keep each run's outcomes too"},
    [OPTION_TRAJECTORIES] = {"trajectories", "N",
                             "keep the trajectories of the first N replicates of every cell"},
    [OPTION_STORE] = {"store", "FILE", "the SQLite file that results go to"},
    [OPTION_RESUME] = {"resume", "FILE",
                       "go on with the store of a sweep that was stopped; nothing else is needed"},
    [OPTION_SHARD] = {"shard", "I/N", "run the I-th of N parts alone; spiral merge joins them"},
    [OPTION_THREADS] = {"threads", "N",
                        "threads (default: one a processor); results are the same for any number"},
    [OPTION_QUIET] = {"quiet", NULL, "no progress on stderr"},
    [OPTION_LIMIT] = {"limit", "UNITS",
                      "begin so many units of work and stop, as an interrupt does"},
    [OPTION_TIME_LIMIT] =
        {"time-limit", "TIME",
         "begin no unit of work after so long, as 90m or 1h30m, and stop, as an interrupt does"},
    {NULL, NULL, NULL},
};

struct request {
    struct spiral_sweep_request experiment;
    const char *store;
    const char *resume;
    int shard;
    int shards;
    struct spiral_sweep_options sweep;
};

static bool take_shard(const char *argument, struct request *request)
{
    int end = 0;

    if (sscanf(argument, "%d/%d%n", &request->shard, &request->shards, &end) == 2 &&
        argument[end] == '\0' && request->shard >= 1 && request->shard <= request->shards &&
        request->shards <= 1000000)
        return true;
    spiral_report("--shard: '%s' is no part; expected I/N with I from 1 to N, as in 2/8", argument);
    return false;
}

/* Options of the run itself, not of the experiment. */
static bool take_own(struct request *request, int option, const char *argument)
{
    unsigned long long number;

    switch (option) {
    case OPTION_STORE: request->store = argument; return true;
    case OPTION_RESUME: request->resume = argument; return true;
    case OPTION_SHARD: return take_shard(argument, request);
    case OPTION_THREADS: return spiral_read_threads(argument, &request->sweep.threads);
    case OPTION_LIMIT:
        if (!spiral_read_whole("limit", argument, 1, 1000000000000ULL, &number))
            return false;
        request->sweep.limit = number;
        return true;
    case OPTION_TIME_LIMIT:
        return spiral_read_duration("time-limit", argument, &request->sweep.seconds);
    default: request->sweep.quiet = true; return true;
    }
}

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;
    struct spiral_sweep_request *experiment = &request->experiment;
    const char **const words[] = {
        [OPTION_DESIGN] = &experiment->design,
        [OPTION_POINTS] = &experiment->points,
        [OPTION_LEVELS] = &experiment->levels,
        [OPTION_LIST] = &experiment->list,
        [OPTION_REPLICATES] = &experiment->replicates,
        [OPTION_SEED] = &experiment->seed,
        [OPTION_UNTIL] = &experiment->until,
        [OPTION_DT] = &experiment->dt,
        [OPTION_STOP] = &experiment->stop,
        [OPTION_KEEP] = &experiment->keep,
        [OPTION_TRAJECTORIES] = &experiment->trajectories,
    };
    bool *const flags[] = {
        [OPTION_SECOND_ORDER] = &experiment->second_order,
        [OPTION_INDEPENDENT] = &experiment->independent,
        [OPTION_FREE] = &experiment->free_running,
        [OPTION_ASSIMILATE] = &experiment->assimilate,
        [OPTION_WAR_ENDS] = &experiment->war_ends,
        [OPTION_RUNS] = &experiment->runs,
    };

    if (option == OPTION_VARY)
        return spiral_keep("vary", argument, experiment->vary, &experiment->vary_count,
                           SPIRAL_MAX_SAID);
    if (option == OPTION_SET)
        return spiral_keep("set", argument, experiment->set, &experiment->set_count,
                           SPIRAL_MAX_SAID);
    if (option >= OPTION_STORE)
        return take_own(request, option, argument);
    if (argument != NULL)
        *words[option] = argument;
    else
        *flags[option] = true;

    return true;
}

/* --- the experiment --------------------------------------------------------------------------- */

static int report_diagnostics(struct spiral_diagnostics *diagnostics, enum spiral_status status)
{
    spiral_diagnostics_print(diagnostics, stderr);
    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

/* What options say has no lines: errors tell the option by the field's path. */
static int load_options(const struct request *request, char *const *scenarios, size_t count,
                        struct spiral_experiment *experiment,
                        struct spiral_diagnostics *diagnostics)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);

    if (memory == NULL) {
        spiral_report("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    const bool good = spiral_sweep_request_write(&request->experiment, scenarios, count, memory);

    fclose(memory);

    int exit_status = SPIRAL_EXIT_BAD_INPUT;

    if (good) {
        const enum spiral_status status =
            spiral_experiment_load_text(experiment, text, length, "spiral: sweep", NULL,
                                        diagnostics);
        for (size_t i = 0; i < diagnostics->count; i++)
            diagnostics->errors[i].line = diagnostics->errors[i].column = 0;

        exit_status = report_diagnostics(diagnostics, status);
    }

    free(text);

    return exit_status;
}

static bool ends_in_yaml(const char *path)
{
    const size_t length = strlen(path);
    return (length > 5 && strcmp(path + length - 5, ".yaml") == 0) ||
           (length > 4 && strcmp(path + length - 4, ".yml") == 0);
}

/* One YAML file and nothing that varies is an experiment; else operands are scenarios. */
static int load_experiment(const struct request *request, char *const *operands, size_t count,
                           struct spiral_experiment *experiment)
{
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);
    *experiment = spiral_experiment_defaults();

    if (count == 1 && ends_in_yaml(operands[0]) && request->experiment.vary_count == 0) {
        if (spiral_sweep_request_given(&request->experiment)) {
            spiral_report("sweep: %s is the experiment; what it says is not said by options too",
                          operands[0]);
            return SPIRAL_EXIT_BAD_INPUT;
        }

        return report_diagnostics(&diagnostics,
                                  spiral_experiment_load(experiment, operands[0], &diagnostics));
    }

    if (request->experiment.vary_count == 0) {
        spiral_report("sweep: what varies? say it by --vary, as in --vary k.encircle=1:8, or give "
                      "an experiment's YAML file");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    return load_options(request, operands, count, experiment, &diagnostics);
}

/* --- the sweep -------------------------------------------------------------------------------- */

static int finish(enum spiral_status status, const struct spiral_error *error, const char *path)
{
    if (status == SPIRAL_OK)
        return SPIRAL_EXIT_OK;
    const int exit_status = spiral_report_error(error);

    if (status == SPIRAL_STOPPED || status == SPIRAL_IO)
        spiral_report("`spiral sweep --resume %s` goes on from there", path);
    return exit_status;
}

/* Runs what a store still wants. */
static int resume(const struct request *request, const char *path)
{
    struct spiral_store *store = NULL;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_sweep_options how = request->sweep;
    struct spiral_error error;
    enum spiral_status status = spiral_store_open(&store, path, true, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);

    if (status != SPIRAL_OK) {
        spiral_store_close(store);
        spiral_sweep_clear(&sweep);
        return spiral_report_error(&error);
    }

    how.label = sweep.experiment.name;
    spiral_interrupts_catch();
    status = spiral_sweep_run(&sweep, store, &how, &error);
    spiral_store_close(store);
    spiral_sweep_clear(&sweep);

    return finish(status, &error, path);
}

static int begin(const struct request *request, char *const *operands, size_t count)
{
    struct spiral_experiment experiment;
    struct spiral_sweep sweep;
    struct spiral_error error;
    int exit_status = load_experiment(request, operands, count, &experiment);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    enum spiral_status status =
        spiral_sweep_create(&sweep, &experiment, NULL, request->shard, request->shards, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_create(request->store, &sweep, &error);
    spiral_sweep_clear(&sweep);

    return status == SPIRAL_OK ? resume(request, request->store) : spiral_report_error(&error);
}

static int run_first(int argc, char **argv)
{
    struct request request = {.shard = 1, .shards = 1};
    const int first = spiral_options_read(&spiral_command_sweep, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    const bool says_more = argc > first || request.store != NULL || request.shards > 1 ||
                           spiral_sweep_request_given(&request.experiment);

    if (request.resume != NULL && says_more)
        spiral_report("sweep: the store %s says what is to be run; --resume takes no more than "
                      "--threads, --quiet, --limit and --time-limit",
                      request.resume);
    else if (request.resume != NULL)
        return resume(&request, request.resume);
    else if (argc == first)
        spiral_report("sweep: which scenarios, or which experiment? usage: spiral sweep "
                      "SCENARIO... --vary NAME=LOW:HIGH --store FILE");
    else if (request.store == NULL)
        spiral_report("sweep: where do results go? --store FILE says it");
    else
        return begin(&request, argv + first, (size_t)(argc - first));

    return SPIRAL_EXIT_BAD_INPUT;
}

/* The designs, at the end of the command's help. */
static void tell_designs(FILE *out)
{
    fputs("\ndesigns, and what --points means for each:\n", out);
#define DESIGN(name, doc, points) fprintf(out, "  %-9s %s; %s\n", #name, doc, points);
    SPIRAL_DESIGN_TABLE(DESIGN)
#undef DESIGN
}

/* Under mpirun the command is run by several processes: the first does what a single one would. */
static int run(int argc, char **argv)
{
    if (spiral_ranks_begin() > 0)
        return spiral_ranks_serve();
    const int exit_status = run_first(argc, argv);

    spiral_ranks_end();
    return exit_status;
}

const struct spiral_command spiral_command_sweep = {
    "sweep",
    "SCENARIO... | EXPERIMENT.yaml",
    "run an experiment over many points into a store",
    options,
    run,
    tell_designs};
