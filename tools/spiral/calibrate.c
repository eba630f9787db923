/* SPDX-License-Identifier: MIT
 *
 * A calibration: numbers of the model fitted to the observed hostility of several cases.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/farm/interrupt.h"
#include "tools/spiral/calibrate_report.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/sweep_request.h"
#include "tools/store/posterior.h"

/* clang-format off */
enum {
    OPTION_VARY, OPTION_METHOD, OPTION_SCORE, OPTION_LEAVE_ONE_OUT, OPTION_RUNS, OPTION_POINTS, OPTION_SEED, OPTION_SET, OPTION_UNTIL, OPTION_DT, OPTION_WAR_ENDS,
    OPTION_TRUTH, OPTION_FIRST_SETTING, OPTION_STORE = OPTION_FIRST_SETTING + SPIRAL_FIT_SETTINGS, OPTION_RESUME, OPTION_BEST, OPTION_OUT, OPTION_JSON, OPTION_CSV,
    OPTION_THREADS, OPTION_QUIET
};
static const struct spiral_option options[] = {
    [OPTION_VARY] = {"vary", "NAME=LOW:HIGH", "what is fitted: a range, with :log after it; may be repeated (default: the constants below)"},
    [OPTION_METHOD] = {"method", "NAME", "local (default): the best point; abc: a posterior sample, in a store"},
    [OPTION_SCORE] = {"score", "NAME", "log (default) or brier"},
    [OPTION_LEAVE_ONE_OUT] = {"leave-one-out", NULL, "forecast each case with numbers fitted without it, too"},
    [OPTION_RUNS] = {"runs", "N", "runs of each case at every point that is tried (default 256)"},
    [OPTION_POINTS] = {"points", "N", "local: Sobol' points among which searches start (default 64); abc: particles (default 400)"},
    [OPTION_SEED] = {"seed", "S", "seed of the runs, the points and the particles (default 1)"},
    [OPTION_SET] = {"set", "NAME=VALUE", "a number that is fixed for the whole fit; may be repeated"},
    [OPTION_UNTIL] = {"until", "DATE", "fit to the record before this date alone"},
    [OPTION_DT] = {"dt", "D", "length of a step in years, as 0.05 or 1/24 (default: the scenario's)"},
    [OPTION_WAR_ENDS] = {"war-ends", NULL, "let war go down the ladder again (default: it ends the pair's peace for good)"},
    [OPTION_TRUTH] = {"truth", "NAME=VALUE", "with --recover: what histories are invented with (default: the present numbers); may be repeated"},
#define SPIRAL_FIT_SETTING(name, argument, whole, value, low, high, doc) [OPTION_FIRST_SETTING + SPIRAL_FIT_##name] = {#name, argument, doc " (default " #value ")"},
#include "tools/fit/settings.def"
    [OPTION_STORE] = {"store", "FILE", "abc: the SQLite file that particles go to"},
    [OPTION_RESUME] = {"resume", "FILE", "go on with the store of a calibration that was stopped, or report one that was not; nothing else is needed"},
    [OPTION_BEST] = {"best", "FILE", "write the best point there, as the `set` of an experiment file"},
    [OPTION_OUT] = {"out", "FILE", "write there instead of to stdout, whole or not at all"},
    [OPTION_JSON] = {"json", NULL, "one JSON object"},
    [OPTION_CSV] = {"csv", NULL, "the table of scores as CSV"},
    [OPTION_THREADS] = {"threads", "N", "threads (default: one a processor); results are the same for any number"},
    [OPTION_QUIET] = {"quiet", NULL, "no progress on stderr"},
    {NULL, NULL, NULL},
};
/* clang-format on */

struct request {
    struct spiral_sweep_request experiment;
    enum spiral_fit_method method;
    enum spiral_fit_score score;
    bool leave_one_out;
    bool json;
    bool csv;
    bool quiet;
    bool said; /* anything of the fit itself, that a store says too */
    double settings[SPIRAL_FIT_SETTINGS];
    const char *truth[SPIRAL_MAX_SAID];
    const char *store;
    const char *resume;
    const char *best;
    const char *out;
    size_t truth_count;
    int threads;
};

/* --- options ---------------------------------------------------------------------------------- */

static bool keep(const char *option, const char **list, size_t *count, const char *argument)
{
    if (*count == SPIRAL_MAX_SAID) {
        spiral_report("--%s: at most %d of them", option, SPIRAL_MAX_SAID);
        return false;
    }

    list[(*count)++] = argument;
    return true;
}

/* One of two words. */
static bool take_word(const char *option, const char *argument, const char *const names[2],
                      int *word)
{
    for (*word = 0; *word < 2; ++*word)
        if (strcmp(argument, names[*word]) == 0)
            return true;
    spiral_report("--%s: '%s' is neither %s nor %s", option, argument, names[0], names[1]);
    return false;
}

static bool take_setting(struct request *request, int which, const char *argument)
{
    const struct spiral_fit_setting *setting = &spiral_fit_settings[which];
    unsigned long long whole;

    request->said = true;

    if (setting->whole) {
        if (!spiral_read_whole(setting->name, argument, (unsigned long long)setting->low,
                               (unsigned long long)setting->high, &whole))
            return false;
        request->settings[which] = (double)whole;
        return true;
    }

    if (!spiral_read_real(setting->name, argument, &request->settings[which]))
        return false;
    if (request->settings[which] >= setting->low && request->settings[which] <= setting->high)
        return true;
    spiral_report("--%s: %s is not between %g and %g", setting->name, argument, setting->low,
                  setting->high);

    return false;
}

/* Options of this process, not of the fit. */
static bool take_own(struct request *request, int option, const char *argument)
{
    switch (option) {
    case OPTION_STORE: request->store = argument; return true;
    case OPTION_RESUME: request->resume = argument; return true;
    case OPTION_BEST: request->best = argument; return true;
    case OPTION_OUT: request->out = argument; return true;
    case OPTION_JSON: request->json = true; return true;
    case OPTION_CSV: request->csv = true; return true;
    case OPTION_THREADS: return spiral_read_threads(argument, &request->threads);
    default: request->quiet = true; return true;
    }
}

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;
    struct spiral_sweep_request *experiment = &request->experiment;
    int word;

    if (option >= OPTION_STORE)
        return take_own(request, option, argument);
    if (option >= OPTION_FIRST_SETTING)
        return take_setting(request, option - OPTION_FIRST_SETTING, argument);
    request->said = true;
    switch (option) {
    case OPTION_VARY: return keep("vary", experiment->vary, &experiment->vary_count, argument);
    case OPTION_SET: return keep("set", experiment->set, &experiment->set_count, argument);
    case OPTION_TRUTH: return keep("truth", request->truth, &request->truth_count, argument);
    case OPTION_METHOD:
        if (!take_word("method", argument, spiral_fit_method_names, &word))
            return false;
        request->method = (enum spiral_fit_method)word;
        return true;
    case OPTION_SCORE:
        if (!take_word("score", argument, spiral_fit_score_names, &word))
            return false;
        request->score = (enum spiral_fit_score)word;
        return true;
    case OPTION_LEAVE_ONE_OUT: request->leave_one_out = true; return true;
    case OPTION_RUNS: experiment->replicates = argument; return true;
    case OPTION_POINTS: experiment->points = argument; return true;
    case OPTION_SEED: experiment->seed = argument; return true;
    case OPTION_UNTIL: experiment->until = argument; return true;
    case OPTION_DT: experiment->dt = argument; return true;
    default: experiment->war_ends = true; return true;
    }
}

/* --- the calibration -------------------------------------------------------------------------- */

/* Reads the experiment that the options say. */
static int load(struct request *request, char *const *scenarios, size_t count,
                struct spiral_experiment *experiment)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_sweep_request *said = &request->experiment;
    char *text = NULL;
    size_t length = 0;
    int exit_status = SPIRAL_EXIT_BAD_INPUT;

    said->name = "calibration";

    const bool by_default = said->vary_count == 0;

    for (size_t a = 0; by_default && spiral_fit_axes[a] != NULL; a++)
        said->vary[said->vary_count++] = spiral_fit_axes[a];

    said->replicates = said->replicates != NULL ? said->replicates : "256";
    said->points = said->points != NULL                ? said->points
                   : request->method == SPIRAL_FIT_ABC ? "400"
                                                       : "64";

    FILE *memory = open_memstream(&text, &length);

    if (memory == NULL) {
        spiral_report("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    const bool good = spiral_sweep_request_write(said, scenarios, count, memory);

    fclose(memory);

    if (good) {
        spiral_diagnostics_init(&diagnostics);
        const enum spiral_status status =
            spiral_experiment_load_text(experiment, text, length, "spiral: calibrate", NULL,
                                        &diagnostics);
        for (size_t i = 0; i < diagnostics.count; i++)
            diagnostics.errors[i].line = diagnostics.errors[i].column = 0;

        spiral_diagnostics_print(&diagnostics, stderr);
        exit_status = status == SPIRAL_OK          ? SPIRAL_EXIT_OK
                      : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                                   : SPIRAL_EXIT_BAD_INPUT;
    }

    free(text);

    return exit_status;
}

/* NAME=VALUE of --truth. */
static bool take_truth(struct spiral_calibration *calibration, const char *said)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    char name[SPIRAL_NAME_SIZE];
    const char *equals = strchr(said, '=');
    double value;

    if (equals == NULL || (size_t)(equals - said) >= sizeof name) {
        spiral_report("--truth: '%s' is not NAME=VALUE", said);
        return false;
    }

    snprintf(name, sizeof name, "%.*s", (int)(equals - said), said);
    for (size_t a = 0; a < experiment->axis_count; a++) {
        if (strcmp(experiment->axes[a].name, name) != 0)
            continue;
        if (!spiral_read_real("truth", equals + 1, &value))
            return false;
        calibration->truth[a] = value;
        if (value >= experiment->axes[a].low && value <= experiment->axes[a].high)
            return true;
        spiral_report("--truth: %s is not within the range of %s, %g to %g", equals + 1, name,
                      experiment->axes[a].low, experiment->axes[a].high);
        return false;
    }

    const char *nearest =
        spiral_names_nearest(spiral_names_of(experiment->axes, experiment->axis_count, name), name);

    spiral_report(nearest != NULL
                      ? "--truth: nothing that is fitted is called '%s'; did you mean '%s'?"
                      : "--truth: nothing that is fitted is called '%s'",
                  name, nearest);

    return false;
}

static int write_report(const struct request *request, const struct spiral_calibration *calibration,
                        const struct spiral_calibration_result *result)
{
    struct spiral_output output;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;

    if (request->json) {
        json_t *object = spiral_calibration_json(calibration, result);
        if (object == NULL || json_dumpf(object, output.file, JSON_INDENT(1)) != 0) {
            json_decref(object);
            spiral_output_discard(&output);
            spiral_report("the report could not be written");
            return SPIRAL_EXIT_FAILED;
        }

        json_decref(object);
        fputc('\n', output.file);
    } else if (request->csv)
        spiral_calibration_csv(calibration, result, output.file);
    else
        spiral_calibration_print(calibration, result, output.file);
    if (!spiral_output_close(&output))
        return SPIRAL_EXIT_FAILED;
    if (request->best == NULL)
        return SPIRAL_EXIT_OK;
    if (!spiral_output_open(&output, request->best))
        return SPIRAL_EXIT_FAILED;
    spiral_calibration_yaml(calibration, &result->folds[0], output.file);

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* Says how to go on after an interrupt; `path` NULL: nothing is stored. */
static void tell_resume(enum spiral_status status, const char *path)
{
    if (path != NULL && (status == SPIRAL_STOPPED || status == SPIRAL_IO))
        spiral_report("`spiral calibrate --resume %s` goes on from there", path);
}

/* Fits what is prepared, and reports. */
static int fit(const struct request *request, struct spiral_calibration *calibration,
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
                                                : spiral_report_error(&error);

    tell_resume(status, path);

    if (status == SPIRAL_STOPPED && store == NULL && result.folds[0].evaluations > 0) {
        fprintf(stderr, "spiral: the best so far, objective %.4f: ", result.folds[0].distance);
        spiral_calibration_options(calibration, &result.folds[0], stderr);
    }

    spiral_calibration_result_clear(&result, calibration->experiment.case_count);

    return exit_status;
}

static int resume(const struct request *request, const char *path)
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
        exit_status = fit(request, &calibration, store, path);
    else {
        exit_status = spiral_report_error(&error);
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

    const int exit_status =
        status == SPIRAL_OK ? fit(request, calibration, store, path) : spiral_report_error(&error);

    spiral_store_close(store);

    return exit_status;
}

static int begin(struct request *request, char *const *scenarios, size_t count)
{
    struct spiral_experiment experiment;
    struct spiral_calibration calibration;
    int exit_status = load(request, scenarios, count, &experiment);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_calibration_init(&calibration, &experiment);
    calibration.method = request->method;
    calibration.score = request->score;
    calibration.leave_one_out = request->leave_one_out;
    memcpy(calibration.settings, request->settings, sizeof calibration.settings);

    bool good = true;

    for (size_t i = 0; i < request->truth_count && good; i++)
        good = take_truth(&calibration, request->truth[i]);

    exit_status = good ? prepare_and_fit(request, &calibration) : SPIRAL_EXIT_BAD_INPUT;
    spiral_calibration_clear(&calibration);

    return exit_status;
}

static int run(int argc, char **argv)
{
    static struct request request;

    for (int i = 0; i < SPIRAL_FIT_SETTINGS; i++)
        request.settings[i] = spiral_fit_settings[i].value;

    const int first = spiral_options_read(&spiral_command_calibrate, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;
    spiral_interrupts_catch();
    if (request.json && request.csv)
        spiral_report("calibrate: --json or --csv, not both");
    else if (request.resume != NULL && (argc > first || request.said || request.store != NULL))
        spiral_report("calibrate: the store %s says what is to be fitted; --resume goes with "
                      "--threads, --quiet and what is written alone",
                      request.resume);
    else if (request.resume != NULL)
        return resume(&request, request.resume);
    else if (argc == first)
        spiral_report(
            "calibrate: which scenarios? usage: spiral calibrate SCENARIO... --vary NAME=LOW:HIGH");
    else if (request.method == SPIRAL_FIT_ABC && request.store == NULL)
        spiral_report("calibrate: where do the particles go? --store FILE says it");
    else if (request.method == SPIRAL_FIT_LOCAL && request.store != NULL)
        spiral_report(
            "calibrate: a local search needs no store; --out or --best keeps what it finds");
    else if (request.truth_count > 0 && request.settings[SPIRAL_FIT_recover] == 0.0)
        spiral_report(
            "calibrate: --truth says what --recover invents histories with; say --recover H too");
    else
        return begin(&request, argv + first, (size_t)(argc - first));

    return SPIRAL_EXIT_BAD_INPUT;
}

/* What is fitted where nothing is said. */
static void tell_axes(FILE *out)
{
    fputs("\nwithout --vary:\n", out);
    for (size_t a = 0; spiral_fit_axes[a] != NULL; a++)
        fprintf(out, "  --vary %s\n", spiral_fit_axes[a]);
}

const struct spiral_command spiral_command_calibrate = {
    "calibrate",
    "SCENARIO...",
    "fit numbers of the model to the observed hostility of several cases",
    options,
    run,
    tell_axes};
