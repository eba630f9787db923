/* SPDX-License-Identifier: MIT
 *
 * A calibration: parameters of the model fitted to the observed hostility of several cases.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/spiral/calibrate_report.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/sweep_request.h"
#include "tools/store/posterior.h"

struct request {
    struct spiral_sweep_request experiment;
    const char *said; /* an option of the fit, which a store says already */
    enum spiral_fit_method method;
    enum spiral_fit_score score;
    bool leave_one_out;
    bool json;
    bool csv;
    bool header_comments;
    bool quiet;
    double settings[SPIRAL_FIT_SETTINGS];
    struct spiral_option_list truth;
    const char *store;
    const char *resume;
    const char *best;
    const char *sets;
    const char *out;
    const char *const *inputs; /* the operands, or the store */
    double seconds;            /* time limit; 0: none */
    int threads;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define SAID .mark = SPIRAL_OPTION_PLACE(const char *, struct request, said)
#define EXPERIMENT(type, member) PLACE(type, experiment.member), SAID
#define WHOLE_KIND_true SPIRAL_OPTION_WHOLE_REAL
#define WHOLE_KIND_false SPIRAL_OPTION_REAL
static const struct spiral_option options[] = {
    {"vary", "NAME=LOW:HIGH",
     "what to fit: a range, followed by :log (default: the constants listed below)",
     SPIRAL_OPTION_LIST, EXPERIMENT(struct spiral_option_list, vary)},
    {"method", "NAME", "local (default): the best point; abc: a posterior sample, in a store",
     SPIRAL_OPTION_WORD, .place = SPIRAL_OPTION_ENUM_PLACE(struct request, method),
     .words = spiral_fit_method_names, .most = 2, SAID},
    {"score", "NAME", "log (default) or brier", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct request, score), .words = spiral_fit_score_names,
     .most = 2, SAID},
    {"leave-one-out", NULL, "also forecast each case with values fitted without it",
     SPIRAL_OPTION_FLAG, PLACE(bool, leave_one_out), SAID},
    {"runs", "N", "runs of each case at every point (default 256)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, replicates)},
    {"points", "N",
     "local: Sobol' points from which the searches start (default 64); abc: particles (default "
     "400)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, points)},
    {"seed", "S", "seed of the runs, the points and the particles (default 1)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, seed)},
    {"set", "NAME=VALUE", "a value that is fixed for the whole fit", SPIRAL_OPTION_LIST,
     EXPERIMENT(struct spiral_option_list, set)},
    {"until", "DATE", "fit only to the record before this date", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, until)},
    {"dt", "D", "length of a step in years, for example 0.05 or 1/24 (default: the scenario's)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, dt)},
    {"war-ends", NULL,
     "let hostility fall again after war (default: war ends the pair's peace for good)",
     SPIRAL_OPTION_FLAG, EXPERIMENT(bool, war_ends)},
    {"truth", "NAME=VALUE",
     "with --recover: a value with which the histories are simulated (default: the present one)",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, truth), SAID},
#define SPIRAL_FIT_SETTING(setting, argument, whole, value, lowest, highest, doc) \
    {#setting, \
     argument, \
     doc " (default " #value ")", \
     WHOLE_KIND_##whole, \
     PLACE(double, settings[SPIRAL_FIT_##setting]), \
     .least = (uint64_t)(lowest), \
     .most = (uint64_t)(highest), \
     .low = (lowest), \
     .high = (highest), \
     SAID},
#include "tools/fit/settings.def"
    {"store", "FILE", "abc: the SQLite file for the particles", SPIRAL_OPTION_TEXT,
     PLACE(const char *, store)},
    {"resume", "FILE", "continue a stopped calibration from its store, or report a finished one",
     SPIRAL_OPTION_TEXT, PLACE(const char *, resume)},
    {"best", "FILE", "write the best point to this file, as the `set` of an experiment file",
     SPIRAL_OPTION_TEXT, PLACE(const char *, best)},
    {"sets", "FILE.csv",
     "abc: write 256 equally weighted sets of constants to this file, for --constants of other "
     "commands",
     SPIRAL_OPTION_TEXT, PLACE(const char *, sets)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"csv", NULL, "the table of scores as CSV", SPIRAL_OPTION_FLAG, PLACE(bool, csv)},
    {"header-comments", NULL, SPIRAL_HEADER_COMMENTS_DOC, SPIRAL_OPTION_FLAG,
     PLACE(bool, header_comments)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"time-limit", "TIME", "stop after this time, for example 90m or 1h30m, as Ctrl-C would",
     SPIRAL_OPTION_DURATION, PLACE(double, seconds)},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {.name = NULL},
};
#undef WHOLE_KIND_false
#undef WHOLE_KIND_true
#undef EXPERIMENT
#undef SAID
#undef PLACE

/* --- the calibration -------------------------------------------------------------------------- */

/* Reads the experiment that the options say. */
static int load_experiment(struct request *request, char *const *scenarios, size_t count,
                           struct spiral_experiment *experiment)
{
    struct spiral_sweep_request *given = &request->experiment;

    given->name = "calibration";
    given->sets = "point";

    const bool by_default = given->vary.count == 0;

    for (size_t a = 0; by_default && spiral_fit_axes[a] != NULL; a++)
        given->vary.items[given->vary.count++] = spiral_fit_axes[a];

    given->replicates = given->replicates != NULL ? given->replicates : "256";
    given->points = given->points != NULL               ? given->points
                    : request->method == SPIRAL_FIT_ABC ? "400"
                                                        : "64";

    return spiral_sweep_request_load(experiment, given, scenarios, count, NULL, "calibrate");
}

/* Applies a --truth. */
static bool set_truth(struct spiral_calibration *calibration, const char *argument)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    char name[SPIRAL_SETTING_NAME];
    double value;

    if (!spiral_option_setting("truth", argument, name, &value))
        return false;

    for (size_t a = 0; a < experiment->axis_count; a++) {
        if (strcmp(experiment->axes[a].name, name) != 0)
            continue;
        calibration->truth[a] = value;
        if (value >= experiment->axes[a].low && value <= experiment->axes[a].high)
            return true;
        spiral_complain("--truth: %s is not within the range of %s, %g to %g",
                        strchr(argument, '=') + 1, name, experiment->axes[a].low,
                        experiment->axes[a].high);
        return false;
    }

    const char *nearest =
        spiral_names_nearest(spiral_names_of(experiment->axes, experiment->axis_count, name), name);

    spiral_complain(nearest != NULL ? "--truth: '%s' is not fitted; did you mean '%s'?"
                                    : "--truth: '%s' is not fitted",
                    name, nearest);

    return false;
}

/* Writes the report itself. Returns the exit status. */
static int write_found(const struct request *request, const struct spiral_calibration *calibration,
                       const struct spiral_calibration_result *result, FILE *out)
{
    if (!request->json)
        spiral_calibration_print(calibration, result, out);
    if (!request->json)
        return SPIRAL_EXIT_OK;

    return spiral_output_json(spiral_calibration_json(calibration, result), out);
}

static int write_sets(const struct request *request, const struct spiral_calibration *calibration,
                      const struct spiral_calibration_result *result)
{
    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->sets, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (spiral_calibration_sets(calibration, &result->folds[0], output.file) != SPIRAL_OK) {
        spiral_complain("out of memory");
        exit_status = SPIRAL_EXIT_FAILED;
    }

    return spiral_output_close(&output, exit_status);
}

/* Writes the scores as CSV, with the file beside it. */
static int write_table(const struct request *request, const struct spiral_calibration *calibration,
                       const struct spiral_calibration_result *result)
{
    struct spiral_table_output output;
    struct spiral_table table;

    spiral_calibration_columns(calibration, &table);

    int exit_status = spiral_table_output_open(&output, &table, request->out, request->inputs,
                                               request->header_comments);

    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_calibration_csv(calibration, result, &table);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_text(const struct request *request, const struct spiral_calibration *calibration,
                      const struct spiral_calibration_result *result)
{
    struct spiral_output output;
    const int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    return exit_status == SPIRAL_EXIT_OK
               ? spiral_output_close(&output,
                                     write_found(request, calibration, result, output.file))
               : exit_status;
}

static int write_report(const struct request *request, const struct spiral_calibration *calibration,
                        const struct spiral_calibration_result *result)
{
    struct spiral_output output;
    int exit_status = request->csv ? write_table(request, calibration, result)
                                   : write_text(request, calibration, result);

    if (exit_status == SPIRAL_EXIT_OK && request->sets != NULL)
        exit_status = write_sets(request, calibration, result);
    if (exit_status != SPIRAL_EXIT_OK || request->best == NULL)
        return exit_status;
    exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->best, request->inputs);
    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_calibration_yaml(calibration, &result->folds[0], output.file);

    return spiral_output_close(&output, SPIRAL_EXIT_OK);
}

/* Tells how to continue after an interrupt; `path` NULL: nothing is stored. */
static void tell_resume(enum spiral_status status, const char *path)
{
    if (path != NULL && (status == SPIRAL_STOPPED || status == SPIRAL_IO))
        spiral_complain("`spiral calibrate --resume %s` continues from there", path);
}

/* Whether the sets that are asked for can be had of this calibration; complains. */
static bool can_write_sets(const struct request *request,
                           const struct spiral_calibration *calibration)
{
    const char *other = spiral_calibration_other_name(calibration);

    if (request->sets == NULL || (calibration->method == SPIRAL_FIT_ABC && other == NULL))
        return true;
    if (calibration->method != SPIRAL_FIT_ABC)
        spiral_complain("calibrate: --sets needs a sample; give --method abc");
    else
        spiral_complain("calibrate: --sets: '%s' is not a constant", other);

    return false;
}

/* Fits what is prepared, and reports. */
static int run_fit(const struct request *request, struct spiral_calibration *calibration,
                   struct spiral_store *store, const char *path)
{
    struct spiral_calibration_result result;
    struct spiral_error error;
    const struct spiral_fit_keeper keeper = spiral_posterior_keeper(store);
    enum spiral_status status =
        spiral_calibration_run(calibration, store != NULL ? &keeper : NULL, &result, &error);

    if (status == SPIRAL_OK && store != NULL)
        status = spiral_posterior_end(store, &error);

    const int exit_status = status == SPIRAL_OK ? write_report(request, calibration, &result)
                                                : spiral_complain_error(&error);

    tell_resume(status, path);

    if (status == SPIRAL_STOPPED && store == NULL && result.folds[0].evaluations > 0) {
        fprintf(stderr, "spiral: the best so far, objective %.4f: ", result.folds[0].distance);
        spiral_calibration_options(calibration, &result.folds[0], stderr);
    }

    spiral_calibration_result_clear(&result, calibration->experiment.case_count);

    return exit_status;
}

static int resume_fit(const struct request *request, const char *path)
{
    struct spiral_store *store = NULL;
    struct spiral_calibration calibration = {.leave_one_out = false};
    struct spiral_error error;
    int exit_status;
    enum spiral_status status = spiral_store_open(&store, path, true, &error);

    if (status == SPIRAL_OK)
        status =
            spiral_posterior_open(store, &calibration, request->threads, request->quiet, &error);
    if (status == SPIRAL_OK)
        exit_status = can_write_sets(request, &calibration)
                          ? run_fit(request, &calibration, store, path)
                          : SPIRAL_EXIT_BAD_INPUT;
    else {
        exit_status = spiral_complain_error(&error);
        tell_resume(status == SPIRAL_STOPPED ? status : SPIRAL_OK, path);
    }

    spiral_calibration_clear(&calibration);
    spiral_store_close(store);

    return exit_status;
}

/* Prepares the calibration, with a new store where it needs one, and fits. */
static int prepare_and_fit(const struct request *request, struct spiral_calibration *calibration)
{
    const char *path = request->method == SPIRAL_FIT_ABC ? request->store : NULL;
    struct spiral_store *store = NULL;
    struct spiral_error error;
    enum spiral_status status =
        spiral_calibration_prepare(calibration, request->threads, request->quiet, &error);

    if (status == SPIRAL_OK && path != NULL)
        status = spiral_posterior_create(path, calibration, &error);
    if (status == SPIRAL_OK && path != NULL)
        status = spiral_store_open(&store, path, true, &error);

    const int exit_status = status == SPIRAL_OK ? run_fit(request, calibration, store, path)
                                                : spiral_complain_error(&error);

    spiral_store_close(store);

    return exit_status;
}

static int begin_fit(struct request *request, char *const *scenarios, size_t count)
{
    struct spiral_experiment experiment;
    struct spiral_calibration calibration;
    int exit_status = load_experiment(request, scenarios, count, &experiment);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_calibration_init(&calibration, &experiment);
    calibration.method = request->method;
    calibration.score = request->score;
    calibration.leave_one_out = request->leave_one_out;
    memcpy(calibration.settings, request->settings, sizeof calibration.settings);

    bool good = true;

    for (size_t i = 0; i < request->truth.count && good; i++)
        good = set_truth(&calibration, request->truth.items[i]);

    exit_status = good && can_write_sets(request, &calibration)
                      ? prepare_and_fit(request, &calibration)
                      : SPIRAL_EXIT_BAD_INPUT;
    spiral_calibration_clear(&calibration);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    static struct request request;

    for (int i = 0; i < SPIRAL_FIT_SETTINGS; i++)
        request.settings[i] = spiral_fit_settings[i].value;

    const int first = spiral_options_read(&spiral_command_calibrate, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);
    spiral_interrupts_catch();
    if (request.seconds > 0.0)
        spiral_interrupts_limit(request.seconds);
    request.inputs = (const char *const *)&argv[first];

    if (request.json && request.csv)
        spiral_complain("calibrate: --json or --csv, not both");
    else if (request.resume != NULL &&
             (argc > first || request.said != NULL || request.store != NULL))
        spiral_complain("calibrate: the store %s says what to fit; --resume accepts only "
                        "--threads, --quiet and the options for output",
                        request.resume);
    else if (request.resume != NULL)
        return resume_fit(&request, request.resume);
    else if (argc == first)
        spiral_complain(
            "calibrate: which scenarios? usage: spiral calibrate SCENARIO... --vary NAME=LOW:HIGH");
    else if (request.method == SPIRAL_FIT_ABC && request.store == NULL)
        spiral_complain("calibrate: --store FILE is missing: the file for the particles");
    else if (request.method == SPIRAL_FIT_LOCAL && request.store != NULL)
        spiral_complain(
            "calibrate: a local search needs no store; --out and --best keep what it finds");
    else if (request.truth.count > 0 && request.settings[SPIRAL_FIT_recover] == 0.0)
        spiral_complain("calibrate: --truth says what --recover simulates histories with; give "
                        "--recover H too");
    else
        return begin_fit(&request, argv + first, (size_t)(argc - first));

    return SPIRAL_EXIT_BAD_INPUT;
}

static int list_axes(FILE *out)
{
    fputs("\nwithout --vary:\n", out);
    for (size_t a = 0; spiral_fit_axes[a] != NULL; a++)
        fprintf(out, "  --vary %s\n", spiral_fit_axes[a]);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_calibrate = {
    "calibrate",
    "SCENARIO...",
    "fit parameters of the model to the observed hostility of several cases",
    options,
    run_command,
    list_axes};
