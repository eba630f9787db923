/* SPDX-License-Identifier: MIT
 *
 * A sweep: an experiment from a file or from options, run into a store.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "tools/cli/constants.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/runner/ranks.h"
#include "tools/runner/runner.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/sweep_converge.h"
#include "tools/spiral/sweep_request.h"

enum { MOST_REPLICATES = 1000000000, MOST_POINTS = 100000000 }; /* as in a file */

struct request {
    struct spiral_sweep_request experiment;
    const char *said;      /* an option of the experiment, which a store or a file says already */
    const char *constants; /* a choice (tools/cli/constants.h); NULL: the posterior */
    const char *grows;     /* an option that asks a finished sweep for more, where it is resumed */
    const char *store;
    const char *resume;
    struct shard {
        int number;
        int count;
    } shard;
    struct spiral_sweep_options sweep;
};

/* I/N. */
static bool parse_shard(const struct spiral_option *option, const char *argument, void *place)
{
    struct shard *shard = place;
    const char *slash = strchr(argument, '/');
    char number[16] = "";
    uint64_t index = 0;
    uint64_t count = 0;

    if (slash != NULL && (size_t)(slash - argument) < sizeof number)
        memcpy(number, argument, (size_t)(slash - argument));

    if (slash != NULL && spiral_whole_parse(number, &index) &&
        spiral_whole_parse(slash + 1, &count) && index >= 1 && index <= count && count <= 1000000) {
        *shard = (struct shard){(int)index, (int)count};
        return true;
    }

    spiral_complain("--%s: '%s' is not a part; expected I/N with I from 1 to N, as in 2/8",
                    option->name, argument);

    return false;
}

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define SAID .mark = SPIRAL_OPTION_PLACE(const char *, struct request, said)
#define GROWS .mark = SPIRAL_OPTION_PLACE(const char *, struct request, grows)
#define EXPERIMENT(type, member) PLACE(type, experiment.member), SAID
static const struct spiral_option options[] = {
    {"vary", "NAME=LOW:HIGH",
     "an axis: a range, optionally followed by :log, :int, :STEPS, :normal:MEAN:DEVIATION, "
     ":triangular:VALUE or :beta:ALPHA:BETA; or values V1,V2,V3 (for a doctrine, names), with "
     "weights as V1@2,V2@1. Without an axis, the scenarios are run as they are",
     SPIRAL_OPTION_LIST, EXPERIMENT(struct spiral_option_list, vary)},
    {"design", "KIND",
     "grid, zip, list, random, latin, sobol, saltelli, morris or oat (default sobol)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, design)},
    {"points", "N",
     "points of the design (default 1024 for sobol; see below for the others); with --resume: "
     "extend a finished sweep to this many",
     SPIRAL_OPTION_TEXT, PLACE(const char *, experiment.points), GROWS},
    {"levels", "N", "morris: levels of the grid (default 4)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, levels)},
    {"second-order", NULL, "saltelli: also the indices of pairs of factors", SPIRAL_OPTION_FLAG,
     EXPERIMENT(bool, second_order)},
    {"list", "FILE", "list: the points, a CSV file whose first line names the axes",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, list)},
    {"replicates", "N",
     "runs of every scenario at every point (default 64); with --resume: extend a finished sweep "
     "to this many",
     SPIRAL_OPTION_TEXT, PLACE(const char *, experiment.replicates), GROWS},
    {"seed", "S", "seed of the runs and of the design (default 1)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, seed)},
    {"independent", NULL,
     "draw new random numbers at every point (default: the same ones, common random numbers)",
     SPIRAL_OPTION_FLAG, EXPERIMENT(bool, independent)},
    {"set", "NAME=VALUE", "a value that is fixed for the whole sweep", SPIRAL_OPTION_LIST,
     EXPERIMENT(struct spiral_option_list, set)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants), SAID},
    {"policy", "NAME=BRANCH",
     "also run every scenario under this policy, for example "
     "balance=small:limited_balance@2004-12; + joins several branches; NAME alone changes nothing; "
     "the first policy is the baseline",
     SPIRAL_OPTION_LIST, EXPERIMENT(struct spiral_option_list, policy)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, until)},
    {"dt", "D", "length of a step in years, for example 0.05 or 1/24 (default: the scenario's)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, dt)},
    {"free", NULL, "drop the timeline: the states keep the doctrines that they start with",
     SPIRAL_OPTION_FLAG, EXPERIMENT(bool, free_running)},
    {"assimilate", NULL, "impose the observed hostility instead of predicting it",
     SPIRAL_OPTION_FLAG, EXPERIMENT(bool, assimilate)},
    {"war-ends", NULL,
     "let hostility fall again after war (default: war ends the pair's peace for good)",
     SPIRAL_OPTION_FLAG, EXPERIMENT(bool, war_ends)},
    {"stop", "OUTCOME:HALF_WIDTH:N",
     "add replicates, up to N, until the interval of a risk has this half-width, for example "
     "war:0.02:4096",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, stop)},
    {"until-converged", "OUTCOME:HALF_WIDTH:N",
     "add the next points of the design, up to --points N, until no 95 % interval of an index of "
     "the outcome is wider, as war:0.05:4096",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, converge)},
    {"keep", "OUTCOMES",
     "the outcomes to keep, separated by commas, or all (default war,force,highest)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, keep)},
    {"outcome", "NAME=EXPRESSION",
     "an outcome of your own, which is kept too, as early='war by 2014' or fear='threat RUS UKR in "
     "2008' (docs/experiments.md)",
     SPIRAL_OPTION_LIST, EXPERIMENT(struct spiral_option_list, outcome)},
    {"runs", NULL, "also keep the outcomes of each run", SPIRAL_OPTION_FLAG,
     EXPERIMENT(bool, runs)},
    {"trajectories", "N", "keep the trajectories of the first N replicates of every cell",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, trajectories)},
    {"store", "FILE", "the SQLite file for the results", SPIRAL_OPTION_TEXT,
     PLACE(const char *, store)},
    {"resume", "FILE", "continue a stopped sweep from its store, which says what to run",
     SPIRAL_OPTION_TEXT, PLACE(const char *, resume)},
    {"shard", "I/N", "run only the I-th of N parts; `spiral merge` joins them",
     SPIRAL_OPTION_PARSED, PLACE(struct shard, shard), .parse = parse_shard},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, sweep.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, sweep.quiet)},
    {"limit", "UNITS", "start at most this many units of work, then stop as Ctrl-C would",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, sweep.limit), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"time-limit", "TIME",
     "start no unit of work after this time, for example 90m or 1h30m, then stop as Ctrl-C would",
     SPIRAL_OPTION_DURATION, PLACE(double, sweep.seconds)},
    {.name = NULL},
};
#undef EXPERIMENT
#undef GROWS
#undef SAID
#undef PLACE

/* --- the experiment --------------------------------------------------------------------------- */

/* The text of an experiment, which options cannot change. */
static int load_file(const struct request *request, const char *operand, const char *path,
                     const char *text, size_t length, struct spiral_experiment *experiment)
{
    static struct spiral_diagnostics diagnostics;

    if (request->said != NULL || request->grows != NULL) {
        spiral_complain("sweep: --%s: the experiment %s already says it; edit the file instead",
                        request->said != NULL ? request->said : request->grows, operand);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_experiment_load_text(experiment, text, length, spiral_whole_input_name(path), NULL,
                                    &diagnostics);

    return spiral_complain_diagnostics(&diagnostics, status);
}

/* Operands are scenarios; `text`, where it is not NULL, is that of the one operand. */
static int load_scenarios(struct request *request, char *const *operands, size_t count, char *text,
                          struct spiral_experiment *experiment)
{
    struct spiral_experiment_given given = {.case_count = text != NULL, .case_texts = &text};
    struct spiral_constants constants;
    char *table = NULL;
    int exit_status = SPIRAL_EXIT_OK;

    if (request->experiment.vary.count == 0 &&
        (request->experiment.design != NULL || request->experiment.points != NULL ||
         request->experiment.list != NULL)) {
        spiral_complain("sweep: points of what? --vary names an axis, as in --vary k.encircle=1:8; "
                        "without one the sweep has the one point of the scenarios as they are");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    /* A file of one set fixes its constants; a table is read with the experiment. */
    if (request->constants != NULL) {
        exit_status = spiral_constants_choose_text(&constants, request->constants, &table);
        request->experiment.constants = &constants;
        request->experiment.sets = table != NULL ? request->constants : "point";
        given.sets_text = table;
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_sweep_request_load(experiment, &request->experiment, operands, count,
                                                &given, "sweep");
    free(table);

    return exit_status;
}

/* One operand is a file of an experiment, if it looks like one; else operands are scenarios, of
 * which none needs to vary. */
static int load_experiment(struct request *request, char *const *operands, size_t count,
                           struct spiral_experiment *experiment)
{
    char path[4096];
    char *text = NULL;
    size_t length = 0;
    int exit_status = SPIRAL_EXIT_OK;

    *experiment = spiral_experiment_defaults();

    if (request->experiment.vary.count == 0 && count == 1)
        exit_status = spiral_text_load(operands[0], path, sizeof path, &text, &length);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = text != NULL && spiral_experiment_is(text)
                          ? load_file(request, operands[0], path, text, length, experiment)
                          : load_scenarios(request, operands, count, text, experiment);
    free(text);

    return exit_status;
}

/* --- the sweep -------------------------------------------------------------------------------- */

static int finish_sweep(enum spiral_status status, const struct spiral_error *error,
                        const char *path)
{
    if (status == SPIRAL_OK)
        return SPIRAL_EXIT_OK;
    const int exit_status = spiral_complain_error(error);

    if (status == SPIRAL_STOPPED || status == SPIRAL_IO)
        spiral_complain("`spiral sweep --resume %s` continues from there", path);
    return exit_status;
}

/* What a finished sweep is asked for by options. Complains and returns false where they are
 * wrong. */
static bool read_growth(const struct request *request, struct spiral_growth *growth)
{
    uint64_t points = 0;

    *growth = (struct spiral_growth){0, 0};
    if (request->experiment.replicates != NULL &&
        (!spiral_whole_parse(request->experiment.replicates, &growth->replicates) ||
         growth->replicates == 0 || growth->replicates > MOST_REPLICATES)) {
        spiral_complain("sweep: --replicates: '%s' is not a whole number from 1 to %d",
                        request->experiment.replicates, MOST_REPLICATES);
        return false;
    }

    if (request->experiment.points != NULL &&
        (!spiral_whole_parse(request->experiment.points, &points) || points == 0 ||
         points > MOST_POINTS)) {
        spiral_complain("sweep: --points: '%s' is not a whole number from 1 to %d",
                        request->experiment.points, MOST_POINTS);
        return false;
    }

    growth->points = (size_t)points;

    return true;
}

/* Runs what a store still wants; where it is asked for more, that too. */
static int resume_sweep(const struct request *request, const char *path,
                        const struct spiral_growth *growth)
{
    struct spiral_store *store = NULL;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_sweep_options how = request->sweep;
    struct spiral_error error;
    enum spiral_status status = spiral_store_open(&store, path, true, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    if (status == SPIRAL_OK && (growth->replicates > 0 || growth->points > 0))
        status = spiral_store_grow(store, &sweep, growth, &error);

    if (status != SPIRAL_OK) {
        spiral_store_close(store);
        spiral_sweep_clear(&sweep);
        return spiral_complain_error(&error);
    }

    how.label = sweep.experiment.name;
    spiral_interrupts_catch();
    status = spiral_sweep_converge(&sweep, store, path, &how, &error);
    spiral_store_close(store);
    spiral_sweep_clear(&sweep);

    return finish_sweep(status, &error, path);
}

/* Warns of ranges that leave out what a scenario has now: what is found there does not speak of the
 * scenario as it is. */
static void warn_of_ranges(const struct spiral_experiment *experiment)
{
    for (size_t a = 0; a < experiment->axis_count; a++)
        for (size_t c = 0; c < experiment->case_count; c++) {
            const struct spiral_axis *axis = &experiment->axes[a];
            struct spiral_constants constants = spiral_constants_defaults();
            struct spiral_parameter place;
            double present;

            if (axis->nominal || spiral_experiment_find(&place, &experiment->cases[c].scenario,
                                                        &constants, axis->name, NULL) != SPIRAL_OK)
                continue;
            present = spiral_parameter_present(&place);
            if (present >= place.low && (present < axis->low || present > axis->high)) {
                spiral_complain("warning: %s is %.4g in %s, outside the range %.4g .. %.4g that is "
                                "swept",
                                axis->name, present, experiment->cases[c].name, axis->low,
                                axis->high);
                break;
            }
        }
}

/* Warns of a number of points that a sequence does not like. */
static void warn_of_points(const struct spiral_design_request *design)
{
    size_t power = 1;

    while (power * 2 <= design->points)
        power *= 2;
    if ((design->kind == SPIRAL_DESIGN_saltelli || design->kind == SPIRAL_DESIGN_sobol) &&
        design->points != power)
        spiral_complain("warning: %zu is not a power of two, so the points of Sobol' are less even "
                        "than they could be; take %zu or %zu",
                        design->points, power, 2 * power);
}

static int begin_sweep(struct request *request, char *const *operands, size_t count)
{
    struct spiral_experiment experiment;
    struct spiral_sweep sweep;
    struct spiral_error error;
    int exit_status = load_experiment(request, operands, count, &experiment);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (experiment.converge.outcome[0] != '\0' && request->shard.count > 1) {
        spiral_complain("sweep: --shard: a shard has not the points that indices are made of; a "
                        "sweep that runs until it has converged is run whole");
        spiral_experiment_clear(&experiment);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (!request->sweep.quiet) {
        warn_of_ranges(&experiment);
        warn_of_points(&experiment.design);
    }

    enum spiral_status status =
        spiral_sweep_create(&sweep, &experiment, NULL, request->shard.number, request->shard.count,
                            &error);

    if (status == SPIRAL_OK)
        status = spiral_store_create(request->store, &sweep, &error);
    spiral_sweep_clear(&sweep);

    static const struct spiral_growth none;

    return status == SPIRAL_OK ? resume_sweep(request, request->store, &none)
                               : spiral_complain_error(&error);
}

static int run_first(int argc, char **argv)
{
    struct request request = {.shard = {1, 1}};
    struct spiral_growth growth;
    const int first = spiral_options_read(&spiral_command_sweep, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    const bool says_more =
        argc > first || request.store != NULL || request.shard.count > 1 || request.said != NULL;

    if (request.resume != NULL && says_more)
        spiral_complain("sweep: the store %s says what to run; --resume goes with only --threads, "
                        "--quiet, --limit and --time-limit, and of a finished sweep with "
                        "--replicates and --points",
                        request.resume);
    else if (request.resume != NULL)
        return read_growth(&request, &growth) ? resume_sweep(&request, request.resume, &growth)
                                              : SPIRAL_EXIT_BAD_INPUT;
    else if (argc == first)
        spiral_complain("sweep: which scenarios, or which experiment? usage: spiral sweep "
                        "SCENARIO... --vary NAME=LOW:HIGH --store FILE");
    else if (request.store == NULL)
        spiral_complain("sweep: --store FILE is missing: the file for the results");
    else
        return begin_sweep(&request, argv + first, (size_t)(argc - first));

    return SPIRAL_EXIT_BAD_INPUT;
}

static int list_designs(FILE *out)
{
    fputs("\ndesigns, and what --points means for each:\n", out);
#define SPIRAL_DESIGN_ENTRY(name, doc, points) spiral_text_entry(#name, doc "; " points, out);
    SPIRAL_DESIGN_TABLE(SPIRAL_DESIGN_ENTRY)
#undef SPIRAL_DESIGN_ENTRY

    return SPIRAL_EXIT_OK;
}

/* Under mpirun the command is run by several processes: the first does what a single one would. */
static int run_command(int argc, char **argv)
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
    run_command,
    list_designs};
