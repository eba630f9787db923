/* SPDX-License-Identifier: MIT
 *
 * A panel of pair-windows forecast by the model, and scored beside regressions; the posterior of
 * the constants given a panel.
 */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenarios/loader/scenario_write.h"
#include "tools/cli/constants.h"
#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/inference/report.h"
#include "tools/panel/mapping.h"
#include "tools/panel/report.h"
#include "tools/panel/synthetic.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/panel_posterior.h"

struct request {
    struct spiral_panel_run run;
    struct spiral_panel_question question;
    const char *constants;
    const char *predictions;
    const char *folder;
    const char *out;
    const char *const *inputs; /* the table, ended by NULL */
    struct spiral_option_list settings;
    struct spiral_option_list without;
    size_t synthetic; /* pairs; 0: none is asked for */
    enum spiral_synthetic_outcomes outcomes;
    struct spiral_posterior_request posterior;
    const char *fitting; /* an option that goes with --posterior alone */
    double seconds;      /* time limit; 0: none */
    bool json;
    bool quiet;
    bool template;
    bool columns;
    enum spiral_farm_device device;
};

/* In the order of enum spiral_synthetic_outcomes. */
static const char *const outcome_words[] = {"model", "logit", NULL};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define FITTING(type, member) \
    PLACE(type, posterior.member), \
        .mark = SPIRAL_OPTION_PLACE(const char *, struct request, fitting)
static const struct spiral_option options[] = {
    {"runs", "N", "runs of each window (default 2048; with --posterior 64, at each set)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, run.runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the runs, the resamples and synthetic tables (default 1)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, run.seed), .most = UINT64_MAX},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"set", "k.NAME=VALUE", "set a constant to this value, after --constants", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"estimate", "NAME",
     "counts (default): shares of runs; compensator: their mean chances, which vary less",
     SPIRAL_OPTION_WORD, .place = SPIRAL_OPTION_ENUM_PLACE(struct request, run.estimator),
     .words = spiral_panel_estimator_names},
    {"dt", "D",
     "length of a step in years, for example 0.05 or 1/24 (default 1/12; with --posterior 1/4)",
     SPIRAL_OPTION_STEP, PLACE(double, run.dt)},
    {"without", "COLUMN", "hide this fact from the simulator; the benchmarks keep it",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, without)},
    {"split", "YEAR",
     "by time: fit to windows that end by this year, forecast those that start in it or later "
     "(default 1980)",
     SPIRAL_OPTION_WHOLE_REAL, PLACE(double, question.year), .least = 1, .most = 9999},
    {"resamples", "N", "resamples of pairs for intervals (default 1000; 0: no intervals)",
     SPIRAL_OPTION_SIZE, PLACE(size_t, question.resamples), .most = 1000000},
    {"posterior", "FILE",
     "fit constants to the table: write sets that the table cannot tell apart to this file, as CSV",
     SPIRAL_OPTION_TEXT, PLACE(const char *, posterior.sets_file)},
    {"vary", "k.NAME[=LOW:HIGH[:log]]",
     "fit only the constants that are named so (default: all of sim/priors.def)",
     SPIRAL_OPTION_LIST, FITTING(struct spiral_option_list, vary)},
    {"samples", "N", "size of the sample that the sets are taken from (default 1600)",
     SPIRAL_OPTION_SIZE, FITTING(size_t, samples), .least = 2, .most = 1000000},
    {"sets", "N", "sets that are written to the file (default 256)", SPIRAL_OPTION_SIZE,
     FITTING(size_t, sets), .least = 1, .most = 4096},
    {"training", "N", "training sets of the surrogate for each constant (default 35)",
     SPIRAL_OPTION_SIZE, FITTING(size_t, settings.training), .least = 4, .most = 10000},
    {"facts", "N",
     "runs of the stylised facts, which also constrain the fit (default 512; 0: the table alone)",
     SPIRAL_OPTION_WHOLE, FITTING(uint64_t, settings.facts), .most = 1000000},
    {"folds", NULL, "also forecast each fold, and late windows, from sets fitted to the others",
     SPIRAL_OPTION_FLAG, FITTING(bool, folds)},
    {"store", "FILE", "keep results in this SQLite file; the same command resumes from it",
     SPIRAL_OPTION_TEXT, FITTING(const char *, store)},
    {"time-limit", "TIME", "stop after this time, for example 90m or 1h30m, as Ctrl-C would",
     SPIRAL_OPTION_DURATION, PLACE(double, seconds)},
    {"predictions", "FILE", "write the chance of force and war in each window to this file, as CSV",
     SPIRAL_OPTION_TEXT, PLACE(const char *, predictions)},
    {"write", "FOLDER", "write the scenario of each window to this folder, as YAML",
     SPIRAL_OPTION_TEXT, PLACE(const char *, folder)},
    {"synthetic", "N", "write a synthetic table of N pairs, four windows each", SPIRAL_OPTION_SIZE,
     PLACE(size_t, synthetic), .least = 1, .most = 1000000},
    {"outcomes", "NAME", "what draws the outcomes of a synthetic table: model (default) or logit",
     SPIRAL_OPTION_WORD, .place = SPIRAL_OPTION_ENUM_PLACE(struct request, outcomes),
     .words = outcome_words},
    {"template", NULL, "write the line of column names, for a table to fill in", SPIRAL_OPTION_FLAG,
     PLACE(bool, template)},
    {"columns", NULL, "write what each column means, as CSV", SPIRAL_OPTION_FLAG,
     PLACE(bool, columns)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, run.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    SPIRAL_DEVICE_OPTION(struct request),
    {NULL},
};
#undef FITTING
#undef PLACE

/* --- tables that are written ------------------------------------------------------------------ */

static void print_columns(FILE *out)
{
    fputs("column,unit,cells,meaning\n", out);
    for (size_t c = 0; c < SPIRAL_PANEL_COLUMNS; c++) {
        const struct spiral_panel_column *column = &spiral_panel_columns[c];

        fprintf(out, "%s,%s,%s,", column->name, column->unit,
                strcmp(column->need, "FILLED") == 0   ? "all filled"
                : strcmp(column->need, "COLUMN") == 0 ? "may be empty"
                                                      : "column may be absent");
        spiral_csv_write_text(column->doc, out);
        fputc('\n', out);
    }
}

static int write_template(const struct request *request)
{
    struct spiral_output output;
    const int exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->out, NULL);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    if (request->template)
        spiral_panel_write(NULL, 0, output.file);
    else
        print_columns(output.file);

    return spiral_output_close(&output, SPIRAL_EXIT_OK);
}

static int write_synthetic(const struct request *request, const struct spiral_constants *constants)
{
    struct spiral_output output;
    struct spiral_pair_panel panel;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_OK;

    spiral_interrupts_catch();
    if (spiral_panel_synthetic(&panel, request->synthetic, request->run.seed, request->outcomes,
                               constants, request->run.dt, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->out, NULL);
    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_panel_write(panel.windows, panel.count, output.file);
        exit_status = spiral_output_close(&output, exit_status);
    }
    spiral_panel_clear(&panel);

    return exit_status;
}

/* The scenario of one window into a folder. */
static int write_scenario(const struct spiral_panel_window *window, const char *folder,
                          const char *const *inputs)
{
    struct spiral_scenario scenario;
    struct spiral_output output;
    struct spiral_error error;
    char path[SPIRAL_WHOLE_FILE_PATH];
    int exit_status = SPIRAL_EXIT_OK;

    if (spiral_panel_scenario(window, &scenario, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if ((size_t)snprintf(path, sizeof path, "%s/%s.yaml", folder, scenario.name) >=
             sizeof path) {
        spiral_complain("%s: the path is too long", folder);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, path, inputs);
    if (exit_status == SPIRAL_EXIT_OK) {
        if (spiral_scenario_write(&scenario, output.file, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
        exit_status = spiral_output_close(&output, exit_status);
    }
    spiral_scenario_clear(&scenario);

    return exit_status;
}

static int write_scenarios(const struct spiral_pair_panel *panel, const struct request *request)
{
    const char *folder = request->folder;
    int exit_status = SPIRAL_EXIT_OK;

    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        spiral_complain("%s: cannot be made: %s", folder, strerror(errno));
        return SPIRAL_EXIT_FAILED;
    }
    for (size_t w = 0; w < panel->count && exit_status == SPIRAL_EXIT_OK; w++)
        exit_status = spiral_interrupted()
                          ? SPIRAL_EXIT_FAILED
                          : write_scenario(&panel->windows[w], folder, request->inputs);
    return exit_status;
}

/* Says what the columns of the forecasts are. */
static void describe_predictions(struct spiral_table *table, const struct request *request,
                                 const struct spiral_panel_counts *counts)
{
    spiral_table_init(table, "forecasts of the windows of a panel");
    spiral_table_say(table, "panel", request->inputs[0]);
    spiral_table_say_whole(table, "runs", counts->runs);
    spiral_table_say_whole(table, "seed", request->run.seed);
    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "window", "", "name of the window", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "dyad", "", "name of the pair", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "start", "y", "first year", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "end", "y", "year in which it ends", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "runs", "1", "runs of the window", 1.0, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "force", "1",
                        "chance of the use of force within the window, kept within 1 / (runs + 1) "
                        "and 1 less that",
                        0.0, 1.0);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "war", "1", "chance of war within the window",
                        0.0, 1.0);
}

static int write_predictions(const struct spiral_pair_panel *panel,
                             const struct spiral_panel_counts *counts,
                             const struct request *request)
{
    struct spiral_table_output output;
    struct spiral_table table;

    describe_predictions(&table, request, counts);

    int exit_status =
        spiral_table_output_open(&output, &table, request->predictions, request->inputs, false);

    for (size_t w = 0; w < panel->count && exit_status == SPIRAL_EXIT_OK; w++) {
        const struct spiral_panel_window *window = &panel->windows[w];
        spiral_table_text(&table, window->window);
        spiral_table_text(&table, window->dyad);
        spiral_table_whole(&table, (int64_t)window->start);
        spiral_table_whole(&table, (int64_t)window->end);
        spiral_table_whole(&table, (int64_t)counts->runs);
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
            spiral_table_number(&table,
                                spiral_panel_chance(counts, (enum spiral_panel_event)event, w));
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    spiral_table_clear(&table);

    return exit_status;
}

/* --- the panel -------------------------------------------------------------------------------- */

/* What a report is of. */
struct report {
    const struct request *request;
    const struct spiral_pair_panel *panel;
    const char *table;
    const struct spiral_panel_counts *counts;
    const struct spiral_posterior_outcome *posterior; /* NULL: nothing was fitted */
};

static int write_json(const struct report *report, const struct spiral_panel_result *result,
                      FILE *out)
{
    json_t *object = spiral_panel_json(result);

    if (report->posterior != NULL)
        json_object_set_new(object, "posterior",
                            spiral_inference_json(&report->posterior->inference,
                                                  &report->posterior->all));

    return spiral_output_json(object, out);
}

static int write_report(const struct report *report, const struct spiral_panel_result *result)
{
    const struct request *request = report->request;
    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    if (request->json)
        exit_status = write_json(report, result, output.file);
    else {
        if (report->posterior != NULL) {
            spiral_inference_print(&report->posterior->inference, &report->posterior->all,
                                   output.file);
            fputc('\n', output.file);
        }
        spiral_panel_print(result, output.file);
    }

    return spiral_output_close(&output, exit_status);
}

/* What the report says of forecasts from a posterior. */
static const char *note_of(const struct report *report)
{
    return report->posterior == NULL ? NULL
           : report->request->posterior.folds
               ? "forecasts are means over sets that were fitted without the windows forecast"
               : "forecasts are means over sets that were fitted to these windows; --folds "
                 "forecasts "
                 "them from others";
}

/* Chances, scores, the report. */
static int evaluate(const struct report *report)
{
    const struct spiral_pair_panel *panel = report->panel;
    const size_t room = panel->count + 1;
    double *block = calloc(SPIRAL_SPLITS * SPIRAL_PANEL_EVENTS * room, sizeof *block);
    struct spiral_panel_chances chances = {.floor = spiral_panel_floor(report->counts->runs)};
    struct spiral_panel_report scores = {.resamples = 0};
    struct spiral_error error;
    int exit_status;

    if (block == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    for (int split = 0; split < SPIRAL_SPLITS; split++)
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
            double *of = block + (size_t)(split * SPIRAL_PANEL_EVENTS + event) * room;
            for (size_t w = 0; w < panel->count; w++)
                of[w] =
                    report->posterior != NULL
                        ? report->posterior->mean[split][event][w]
                        : spiral_panel_chance(report->counts, (enum spiral_panel_event)event, w);
            chances.of[split][event] = of;
        }

    if (spiral_panel_evaluate(&scores, panel, &chances, report->counts, &report->request->question,
                              &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else {
        const struct spiral_panel_result result = {.panel = panel,
                                                   .run = &report->request->run,
                                                   .counts = report->counts,
                                                   .report = &scores,
                                                   .table = report->table,
                                                   .note = note_of(report)};
        exit_status = write_report(report, &result);
    }
    spiral_panel_report_clear(&scores);
    free(block);
    return exit_status;
}

/* The forecasts, their file and the report. */
static int finish(const struct report *report)
{
    int exit_status = SPIRAL_EXIT_OK;

    if (report->request->predictions != NULL)
        exit_status = write_predictions(report->panel, report->counts, report->request);
    return exit_status == SPIRAL_EXIT_OK ? evaluate(report) : exit_status;
}

/* Forecasts a panel, as far as the simulator sees it, with one set of constants. */
static int forecast_panel(struct report *report, const struct spiral_pair_panel *seen)
{
    struct spiral_panel_counts counts = {.windows = 0};
    struct spiral_error error;
    const enum spiral_status status =
        spiral_panel_forecast(&counts, seen, &report->request->run, &error);

    report->counts = &counts;
    const int exit_status = status == SPIRAL_OK ? finish(report) : spiral_complain_error(&error);
    spiral_panel_counts_clear(&counts);
    return exit_status;
}

/* Fits constants to it, and forecasts it with them. */
static int fit_panel(struct report *report, const struct spiral_pair_panel *seen)
{
    struct spiral_posterior_outcome outcome = {.all = {.count = 0}};
    int exit_status = spiral_posterior_fit(&outcome, &report->request->posterior, seen,
                                           report->request->run.constants);

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_panel_counts counts = {
            .windows = seen->count,
            .runs = report->request->run.runs * outcome.sets,
            .estimate = {outcome.mean[SPIRAL_SPLIT_PAIRS][0], outcome.mean[SPIRAL_SPLIT_PAIRS][1]}};
        report->counts = &counts;
        report->posterior = &outcome;
        exit_status = finish(report);
    }
    spiral_posterior_outcome_clear(&outcome);
    return exit_status;
}

/* Runs a panel that is loaded. The simulator goes without some facts in a copy: benchmarks have
 * all. */
static int run_panel(const struct request *request, const struct spiral_pair_panel *panel,
                     const char *table)
{
    struct report report = {.request = request, .panel = panel, .table = table};
    struct spiral_pair_panel seen = *panel;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_OK;

    seen.windows = malloc((panel->count + 1) * sizeof *seen.windows);
    if (seen.windows == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    memcpy(seen.windows, panel->windows, panel->count * sizeof *seen.windows);
    for (size_t i = 0; i < request->without.count && exit_status == SPIRAL_EXIT_OK; i++) {
        if (spiral_panel_without(&seen, request->without.items[i], &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
        seen.hash ^= spiral_panel_hash(request->without.items[i]); /* it is another table then */
    }

    if (exit_status == SPIRAL_EXIT_OK && request->folder != NULL)
        exit_status = write_scenarios(&seen, request);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = request->posterior.sets_file != NULL ? fit_panel(&report, &seen)
                                                           : forecast_panel(&report, &seen);
    free(seen.windows);
    return exit_status;
}

static int load_and_run(const struct request *request, const char *table)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_diagnostics notes;
    struct spiral_pair_panel panel;

    spiral_diagnostics_init(&diagnostics);
    spiral_diagnostics_init(&notes);

    const enum spiral_status status = spiral_panel_load(&panel, table, &diagnostics, &notes);
    int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    spiral_diagnostics_print(&notes, stderr);
    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_interrupts_catch();
        spiral_farm_use_device(request->device);
        exit_status = run_panel(request, &panel, table);
    }

    spiral_panel_clear(&panel);

    return exit_status;
}

/* What a fit shares with other forecasts, and the defaults that depend on which of both it is. */
static void settle_posterior(struct request *request)
{
    struct spiral_posterior_request *posterior = &request->posterior;
    struct spiral_inference_settings *settings = &posterior->settings;
    const bool fits = posterior->sets_file != NULL;

    if (request->run.runs == 0)
        request->run.runs = fits ? settings->runs : 2048;
    settings->runs = request->run.runs;
    settings->seed = request->run.seed;
    settings->threads = request->run.threads;
    settings->progress = !request->quiet;
    settings->dt = request->run.dt > 0.0 ? request->run.dt : settings->dt;
    posterior->year = request->question.year;
    posterior->inputs = request->inputs;
}

static int run_command(int argc, char **argv)
{
    static struct request request;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};

    request = (struct request){.run = {.seed = 1},
                               .posterior = {.settings = spiral_inference_defaults(),
                                             .samples = 1600,
                                             .sets = 256},
                               .question = {.year = 1980.0, .resamples = 1000}};
    const int first = spiral_options_read(&spiral_command_panel, argc, argv, &request);
    if (first < 0)
        return spiral_options_exit_status(first);

    const bool makes_table = request.template || request.columns || request.synthetic > 0;
    if (argc - first != (makes_table ? 0 : 1)) {
        spiral_complain("panel: %s", makes_table ? "a table that is made needs no other"
                                     : first == argc
                                         ? "which table? usage: spiral panel FILE"
                                         : "one table at a time; usage: spiral panel FILE");
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (request.fitting != NULL && request.posterior.sets_file == NULL) {
        spiral_complain("panel: --%s goes with --posterior FILE", request.fitting);
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (request.template || request.columns)
        return write_template(&request);

    /* One set makes a synthetic table, so that it can be looked for in it; and a fit begins at
     * one. */
    const char *takes_one = request.synthetic > 0                 ? "--synthetic"
                            : request.posterior.sets_file != NULL ? "--posterior"
                                                                  : NULL;
    const bool point = takes_one != NULL && request.constants == NULL;
    int exit_status =
        spiral_constants_prepare(&posterior, &constants, point ? "point" : request.constants, NULL,
                                 &request.settings);

    if (exit_status == SPIRAL_EXIT_OK && takes_one != NULL && posterior.count > 0) {
        spiral_complain("panel: %s takes one set of constants; '%s' has %zu", takes_one,
                        request.constants, posterior.count);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    request.inputs = (const char *const *)&argv[first];
    request.run.constants = &constants;
    request.run.posterior = &posterior;
    request.run.progress = !request.quiet;
    request.question.seed = request.run.seed;
    request.question.threads = request.run.threads;
    settle_posterior(&request);
    if (request.seconds > 0.0)
        spiral_interrupts_limit(request.seconds);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = request.synthetic > 0 ? write_synthetic(&request, &constants)
                                            : load_and_run(&request, argv[first]);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

const struct spiral_command spiral_command_panel = {
    "panel", "FILE",      "forecast a table of pair-windows, and score it beside regressions",
    options, run_command, NULL};
