/* SPDX-License-Identifier: MIT
 *
 * A panel of pair-windows forecast by the model, and scored beside regressions.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenarios/loader/scenario_write.h"
#include "tools/farm/interrupt.h"
#include "tools/panel/constants.h"
#include "tools/panel/mapping.h"
#include "tools/panel/report.h"
#include "tools/panel/synthetic.h"
#include "tools/spiral/commands.h"

enum {
    OPTION_RUNS,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_CONSTANTS,
    OPTION_SET,
    OPTION_WITHOUT,
    OPTION_SPLIT,
    OPTION_RESAMPLES,
    OPTION_PREDICTIONS,
    OPTION_WRITE,
    OPTION_OUT,
    OPTION_JSON,
    OPTION_QUIET,
    OPTION_TEMPLATE,
    OPTION_COLUMNS,
    OPTION_SYNTHETIC,
    OPTION_OUTCOMES
};
static const struct spiral_option options[] = {
    [OPTION_RUNS] = {"runs", "N", "runs of each window (default 2048)"},
    [OPTION_SEED] = {"seed", "S",
                     "seed of the runs, the resamples and synthetic panels (default 1)"},
    [OPTION_THREADS] = {"threads", "N",
                        "threads (default: one a processor); results are the same for any number"},
    [OPTION_CONSTANTS] = {"constants", "FILE",
                          "a set of constants: YAML (name: value) or CSV (name,value)"},
    [OPTION_SET] = {"set", "k.NAME=VALUE",
                    "another value of a constant, after those of --constants; may be repeated"},
    [OPTION_WITHOUT] = {"without", "COLUMN",
                        "let the simulator go without this fact; may be repeated"},
    [OPTION_SPLIT] =
        {"split", "YEAR",
         "by time: fit to windows that end by it, forecast those from it (default 1980)"},
    [OPTION_RESAMPLES] = {"resamples", "N",
                          "resamples of pairs for intervals (default 1000; 0: none)"},
    [OPTION_PREDICTIONS] = {"predictions", "FILE",
                            "write the chance of force and war in each window there, as CSV"},
    [OPTION_WRITE] = {"write", "FOLDER", "write the scenario of each window there, as YAML"},
    [OPTION_OUT] = {"out", "FILE", "write there instead of to stdout, whole or not at all"},
    [OPTION_JSON] = {"json", NULL, "one JSON object"},
    [OPTION_QUIET] = {"quiet", NULL, "no progress on stderr"},
    [OPTION_TEMPLATE] = {"template", NULL,
                         "write the table's line of names, for a table of one's own"},
    [OPTION_COLUMNS] = {"columns", NULL, "write what each column is, as CSV"},
    [OPTION_SYNTHETIC] = {"synthetic", "N",
                          "write a synthetic panel of N pairs, four windows each"},
    [OPTION_OUTCOMES] = {"outcomes", "NAME", "of a synthetic panel: model (default) or logit"},
    {NULL, NULL, NULL},
};

enum { MAX_SETTINGS = 256 };

struct request {
    struct spiral_panel_run run;
    struct spiral_panel_question question;
    const char *constants_file;
    const char *predictions;
    const char *folder;
    const char *out;
    const char *settings[MAX_SETTINGS];
    const char *without[SPIRAL_PANEL_COLUMNS];
    size_t setting_count;
    size_t without_count;
    unsigned long long synthetic; /* pairs; 0: none is asked for */
    enum spiral_synthetic_outcomes outcomes;
    bool json;
    bool template;
    bool columns;
};

/* --- options ---------------------------------------------------------------------------------- */

static bool take_year(struct request *request, const char *argument)
{
    unsigned long long year;

    if (!spiral_read_whole("split", argument, 1, 9999, &year))
        return false;
    request->question.year = (double)year;
    return true;
}

static bool take_resamples(struct request *request, const char *argument)
{
    unsigned long long resamples;

    if (!spiral_read_whole("resamples", argument, 0, 1000000, &resamples))
        return false;
    request->question.resamples = (size_t)resamples;
    return true;
}

static bool take_outcomes(struct request *request, const char *argument)
{
    request->outcomes =
        strcmp(argument, "logit") == 0 ? SPIRAL_SYNTHETIC_LOGIT : SPIRAL_SYNTHETIC_MODEL;
    if (strcmp(argument, "logit") == 0 || strcmp(argument, "model") == 0)
        return true;
    spiral_report("--outcomes: '%s' is neither model nor logit", argument);
    return false;
}

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;

    switch (option) {
    case OPTION_RUNS: return spiral_read_runs(argument, 1, &request->run.runs);
    case OPTION_SEED: return spiral_read_seed(argument, &request->run.seed);
    case OPTION_THREADS: return spiral_read_threads(argument, &request->run.threads);
    case OPTION_SET:
        return spiral_keep("set", argument, request->settings, &request->setting_count,
                           MAX_SETTINGS);
    case OPTION_WITHOUT:
        return spiral_keep("without", argument, request->without, &request->without_count,
                           SPIRAL_PANEL_COLUMNS);
    case OPTION_SPLIT: return take_year(request, argument);
    case OPTION_RESAMPLES: return take_resamples(request, argument);
    case OPTION_SYNTHETIC:
        return spiral_read_whole("synthetic", argument, 1, 1000000, &request->synthetic);
    case OPTION_OUTCOMES: return take_outcomes(request, argument);
    case OPTION_CONSTANTS: request->constants_file = argument; return true;
    case OPTION_PREDICTIONS: request->predictions = argument; return true;
    case OPTION_WRITE: request->folder = argument; return true;
    case OPTION_OUT: request->out = argument; return true;
    case OPTION_JSON: request->json = true; return true;
    case OPTION_QUIET: request->run.progress = false; return true;
    case OPTION_TEMPLATE: request->template = true; return true;
    default: request->columns = true; return true;
    }
}

/* Reads the constants' file, then the settings. Returns the exit status. */
static int read_constants(const struct request *request, struct spiral_constants *constants)
{
    static struct spiral_diagnostics diagnostics;
    enum spiral_status status = SPIRAL_OK;
    int exit_status = SPIRAL_EXIT_OK;

    spiral_diagnostics_init(&diagnostics);
    if (request->constants_file != NULL)
        status = spiral_constants_load(constants, request->constants_file, &diagnostics);
    spiral_diagnostics_print(&diagnostics, stderr);
    if (status != SPIRAL_OK)
        return status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED : SPIRAL_EXIT_BAD_INPUT;
    for (size_t i = 0; i < request->setting_count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_setting_apply(NULL, constants, request->settings[i]);
    return exit_status;
}

/* --- tables that are written ------------------------------------------------------------------ */

static int write_template(const struct request *request)
{
    struct spiral_output output;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;
    if (request->template)
        spiral_panel_write(NULL, 0, output.file);
    else {
        fputs("column,unit,cells,meaning\n", output.file);
        for (size_t c = 0; c < SPIRAL_PANEL_COLUMNS; c++) {
            const struct spiral_panel_column *column = &spiral_panel_columns[c];
            fprintf(output.file, "%s,%s,%s,", column->name, column->unit,
                    strcmp(column->need, "FILLED") == 0   ? "all filled"
                    : strcmp(column->need, "COLUMN") == 0 ? "may be empty"
                                                          : "column may be absent");
            spiral_csv_write_text(column->doc, output.file);
            fputc('\n', output.file);
        }
    }
    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

static int write_synthetic(const struct request *request, const struct spiral_constants *constants)
{
    struct spiral_output output;
    struct spiral_pair_panel panel;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_FAILED;

    spiral_interrupts_catch();
    if (spiral_panel_synthetic(&panel, (size_t)request->synthetic, request->run.seed,
                               request->outcomes, constants, &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    else if (spiral_output_open(&output, request->out)) {
        spiral_panel_write(panel.windows, panel.count, output.file);
        exit_status = spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
    }
    spiral_panel_clear(&panel);
    return exit_status;
}

/* The scenario of one window into a folder. */
static int write_scenario(const struct spiral_panel_window *window, const char *folder)
{
    struct spiral_scenario scenario;
    struct spiral_output output;
    struct spiral_error error;
    char path[4096];
    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_panel_scenario(window, &scenario, &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    else if ((size_t)snprintf(path, sizeof path, "%s/%s.yaml", folder, scenario.name) >=
             sizeof path)
        spiral_report("%s: the path is too long", folder);
    else if (spiral_output_open(&output, path)) {
        if (spiral_scenario_write(&scenario, output.file, &error) != SPIRAL_OK) {
            spiral_output_discard(&output);
            exit_status = spiral_report_error(&error);
        } else
            exit_status = spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
    }
    spiral_scenario_clear(&scenario);
    return exit_status;
}

static int write_scenarios(const struct spiral_pair_panel *panel, const char *folder)
{
    int exit_status = SPIRAL_EXIT_OK;

    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        spiral_report("%s: cannot be made: %s", folder, strerror(errno));
        return SPIRAL_EXIT_FAILED;
    }
    for (size_t w = 0; w < panel->count && exit_status == SPIRAL_EXIT_OK; w++)
        exit_status =
            spiral_interrupted() ? SPIRAL_EXIT_FAILED : write_scenario(&panel->windows[w], folder);
    return exit_status;
}

static int write_predictions(const struct spiral_pair_panel *panel,
                             const struct spiral_panel_counts *counts, const char *path)
{
    struct spiral_output output;

    if (!spiral_output_open(&output, path))
        return SPIRAL_EXIT_FAILED;
    spiral_panel_write_predictions(panel, counts, output.file);
    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* --- the panel -------------------------------------------------------------------------------- */

static int write_report(const struct request *request, const struct spiral_panel_result *result)
{
    struct spiral_output output;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;
    if (!request->json)
        spiral_panel_print(result, output.file);
    else {
        json_t *object = spiral_panel_json(result);
        const bool dumped = object != NULL && json_dumpf(object, output.file, JSON_INDENT(1)) == 0;
        json_decref(object);
        if (!dumped && object == NULL) {
            spiral_output_discard(&output);
            spiral_report("out of memory");
            return SPIRAL_EXIT_FAILED;
        }
        fputc('\n', output.file);
    }
    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* Chances from the counts, scores, the report. */
static int evaluate(const struct request *request, const struct spiral_pair_panel *panel,
                    const struct spiral_panel_counts *counts, const char *table)
{
    const size_t room = panel->count + 1;
    double *block = calloc(SPIRAL_PANEL_EVENTS * room, sizeof *block);
    const double *chances[SPIRAL_PANEL_EVENTS] = {block, block == NULL ? NULL : block + room};
    struct spiral_panel_report report = {.resamples = 0};
    struct spiral_error error;
    int exit_status;

    if (block == NULL) {
        spiral_report("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        for (size_t w = 0; w < panel->count; w++)
            block[(size_t)event * room + w] =
                spiral_panel_chance(counts, (enum spiral_panel_event)event, w);

    if (spiral_panel_evaluate(&report, panel, chances, spiral_panel_floor(counts->runs), counts,
                              &request->question, &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    else {
        const struct spiral_panel_result result = {.panel = panel,
                                                   .run = &request->run,
                                                   .counts = counts,
                                                   .report = &report,
                                                   .table = table};
        exit_status = write_report(request, &result);
    }
    spiral_panel_report_clear(&report);
    free(block);
    return exit_status;
}

/* Runs a panel that is loaded. The simulator goes without some facts in a copy: benchmarks have
 * all. */
static int run_panel(const struct request *request, const struct spiral_pair_panel *panel,
                     const char *table)
{
    struct spiral_panel_counts counts = {.windows = 0};
    struct spiral_pair_panel seen = *panel;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_OK;

    seen.windows = malloc((panel->count + 1) * sizeof *seen.windows);
    if (seen.windows == NULL) {
        spiral_report("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    memcpy(seen.windows, panel->windows, panel->count * sizeof *seen.windows);
    for (size_t i = 0; i < request->without_count && exit_status == SPIRAL_EXIT_OK; i++)
        if (spiral_panel_without(&seen, request->without[i], &error) != SPIRAL_OK)
            exit_status = spiral_report_error(&error);

    if (exit_status == SPIRAL_EXIT_OK && request->folder != NULL)
        exit_status = write_scenarios(&seen, request->folder);
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_panel_forecast(&counts, &seen, &request->run, &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    if (exit_status == SPIRAL_EXIT_OK && request->predictions != NULL)
        exit_status = write_predictions(panel, &counts, request->predictions);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = evaluate(request, panel, &counts, table);
    spiral_panel_counts_clear(&counts);
    free(seen.windows);
    return exit_status;
}

static int load_and_run(const struct request *request, const char *table)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_diagnostics notes;
    struct spiral_pair_panel panel;
    int exit_status = SPIRAL_EXIT_OK;

    spiral_diagnostics_init(&diagnostics);
    spiral_diagnostics_init(&notes);
    const enum spiral_status status = spiral_panel_load(&panel, table, &diagnostics, &notes);
    spiral_diagnostics_print(&diagnostics, stderr);
    spiral_diagnostics_print(&notes, stderr);
    if (status == SPIRAL_OK) {
        spiral_interrupts_catch();
        exit_status = run_panel(request, &panel, table);
    } else
        exit_status = status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED : SPIRAL_EXIT_BAD_INPUT;
    spiral_panel_clear(&panel);
    return exit_status;
}

static int run(int argc, char **argv)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct request request = {.run = {.runs = 2048, .seed = 1, .progress = true},
                              .question = {.year = 1980.0, .resamples = 1000}};
    const int first = spiral_options_read(&spiral_command_panel, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;
    const bool makes_table = request.template || request.columns || request.synthetic > 0;
    if (argc - first != (makes_table ? 0 : 1)) {
        spiral_report(
            makes_table
                ? "panel: a table that is made needs no other; usage: spiral panel --synthetic N"
            : first == argc ? "panel: which table? usage: spiral panel FILE"
                            : "panel: one table at a time; usage: spiral panel FILE");
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (request.template || request.columns)
        return write_template(&request);

    const int exit_status = read_constants(&request, &constants);
    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    request.run.constants = &constants;
    request.question.seed = request.run.seed;
    request.question.threads = request.run.threads;
    return request.synthetic > 0 ? write_synthetic(&request, &constants)
                                 : load_and_run(&request, argv[first]);
}

const struct spiral_command spiral_command_panel = {
    "panel", "FILE", "forecast a table of pair-windows, and score it beside regressions",
    options, run,    NULL};
