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
#include "tools/cli/constants.h"
#include "tools/farm/interrupt.h"
#include "tools/json/json_text.h"
#include "tools/panel/mapping.h"
#include "tools/panel/report.h"
#include "tools/panel/synthetic.h"
#include "tools/spiral/commands.h"

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
    bool json;
    bool quiet;
    bool template;
    bool columns;
};

/* In the order of enum spiral_synthetic_outcomes. */
static const char *const outcome_words[] = {"model", "logit", NULL};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N", "runs of each window (default 2048)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, run.runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the runs, the resamples and synthetic tables (default 1)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, run.seed), .most = UINT64_MAX},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"set", "k.NAME=VALUE", "another value of a constant, after those of --constants",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, settings)},
    {"without", "COLUMN", "let the simulator do without this fact; benchmarks keep it",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, without)},
    {"split", "YEAR",
     "by time: fit to windows that end by it, forecast those from it (default 1980)",
     SPIRAL_OPTION_WHOLE_REAL, PLACE(double, question.year), .least = 1, .most = 9999},
    {"resamples", "N", "resamples of pairs for intervals (default 1000; 0: no intervals)",
     SPIRAL_OPTION_SIZE, PLACE(size_t, question.resamples), .most = 1000000},
    {"predictions", "FILE", "write the chance of force and war in each window there, as CSV",
     SPIRAL_OPTION_TEXT, PLACE(const char *, predictions)},
    {"write", "FOLDER", "write the scenario of each window there, as YAML", SPIRAL_OPTION_TEXT,
     PLACE(const char *, folder)},
    {"synthetic", "N", "write a synthetic table of N pairs, four windows each", SPIRAL_OPTION_SIZE,
     PLACE(size_t, synthetic), .least = 1, .most = 1000000},
    {"outcomes", "NAME", "of a synthetic table: model (default) or logit", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct request, outcomes), .words = outcome_words},
    {"template", NULL, "write the table's line of names, to fill in", SPIRAL_OPTION_FLAG,
     PLACE(bool, template)},
    {"columns", NULL, "write what each column means, as CSV", SPIRAL_OPTION_FLAG,
     PLACE(bool, columns)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, run.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {NULL},
};
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
                               constants, &error) != SPIRAL_OK)
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

static int write_predictions(const struct spiral_pair_panel *panel,
                             const struct spiral_panel_counts *counts,
                             const struct request *request)
{
    struct spiral_output output;
    const int exit_status =
        spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->predictions, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_panel_write_predictions(panel, counts, output.file);

    return spiral_output_close(&output, SPIRAL_EXIT_OK);
}

/* --- the panel -------------------------------------------------------------------------------- */

static int write_json(const struct spiral_panel_result *result, FILE *out)
{
    struct spiral_error error;

    return spiral_json_write(spiral_panel_json(result), out, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

static int write_report(const struct request *request, const struct spiral_panel_result *result)
{
    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    if (request->json)
        exit_status = write_json(result, output.file);
    else
        spiral_panel_print(result, output.file);

    return spiral_output_close(&output, exit_status);
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
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        for (size_t w = 0; w < panel->count; w++)
            block[(size_t)event * room + w] =
                spiral_panel_chance(counts, (enum spiral_panel_event)event, w);

    if (spiral_panel_evaluate(&report, panel, chances, spiral_panel_floor(counts->runs), counts,
                              &request->question, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
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
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }
    memcpy(seen.windows, panel->windows, panel->count * sizeof *seen.windows);
    for (size_t i = 0; i < request->without.count && exit_status == SPIRAL_EXIT_OK; i++)
        if (spiral_panel_without(&seen, request->without.items[i], &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);

    if (exit_status == SPIRAL_EXIT_OK && request->folder != NULL)
        exit_status = write_scenarios(&seen, request);
    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_panel_forecast(&counts, &seen, &request->run, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    if (exit_status == SPIRAL_EXIT_OK && request->predictions != NULL)
        exit_status = write_predictions(panel, &counts, request);
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

static int run_command(int argc, char **argv)
{
    static struct request request;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};

    request = (struct request){.run = {.runs = 2048, .seed = 1},
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
    if (request.template || request.columns)
        return write_template(&request);

    /* one set makes a synthetic table, so that it can be looked for in it */
    const bool one_set = request.synthetic > 0 && request.constants == NULL;
    int exit_status =
        spiral_constants_prepare(&posterior, &constants, one_set ? "point" : request.constants,
                                 NULL, &request.settings);

    if (exit_status == SPIRAL_EXIT_OK && request.synthetic > 0 && posterior.count > 0) {
        spiral_complain("panel: --synthetic takes one set of constants; '%s' has %zu",
                        request.constants, posterior.count);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    request.inputs = (const char *const *)&argv[first];
    request.run.constants = &constants;
    request.run.posterior = &posterior;
    request.run.progress = !request.quiet;
    request.question.seed = request.run.seed;
    request.question.threads = request.run.threads;

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = request.synthetic > 0 ? write_synthetic(&request, &constants)
                                            : load_and_run(&request, argv[first]);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

const struct spiral_command spiral_command_panel = {
    "panel", "FILE",      "forecast a table of pair-windows, and score it beside regressions",
    options, run_command, NULL};
