/* SPDX-License-Identifier: MIT */
#include "tools/draw/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/draw/commands.h"
#include "tools/store/store.h"

enum {
    OPTION_OUT,
    OPTION_LANG,
    OPTION_THEME,
    OPTION_RUNS,
    OPTION_SEED,
    OPTION_WHAT_IF,
    OPTION_OUTCOME,
    OPTION_SET,
    OPTION_UNTIL,
    OPTION_THREADS
};
static const struct spiral_option options[] = {
    [OPTION_OUT] = {"out", "FILE.html", "the page"},
    [OPTION_LANG] = {"lang", "en|zh", "language (default en)"},
    [OPTION_THEME] = {"theme", "NAME", "light (default), dark or print"},
    [OPTION_RUNS] = {"runs", "N", "of a case: runs of the ensemble (default 4000)"},
    [OPTION_SEED] = {"seed", "S", "of a case: seed (default 1); of a store: of the resampling"},
    [OPTION_WHAT_IF] = {"what-if", "STATE:DOCTRINE@DATE",
                        "of a case: also a branch, paired with the baseline; up to four"},
    [OPTION_OUTCOME] = {"outcome", "NAME",
                        "of a store: the outcome that is analysed (default war)"},
    [OPTION_SET] = {"set", "NAME=VALUE",
                    "of a case: another value of what spiral params lists; may be repeated"},
    [OPTION_UNTIL] = {"until", "DATE", "of a case: end at this date instead of the scenario's end"},
    [OPTION_THREADS] = {"threads", "N", "threads (default: one a processor)"},
    {NULL, NULL, NULL},
};

const char *spiral_report_word(const struct spiral_report_page *report,
                               enum spiral_report_word word)
{
    static const char *const words[SPIRAL_REPORT_WORDS][2] = {
#define SPIRAL_REPORT_WORD(name, en, zh) {en, zh},
#include "tools/draw/report_words.def"
    };
    return words[word][report->request.language == SPIRAL_CHINESE];
}

void spiral_report_table(struct spiral_html_table *table, const struct spiral_report_page *report,
                         enum spiral_report_word caption, const enum spiral_report_word *heads,
                         size_t columns)
{
    const char *texts[SPIRAL_HTML_COLUMNS];
    for (size_t i = 0; i < columns; i++)
        texts[i] = spiral_report_word(report, heads[i]);
    spiral_html_table_begin(table, report->out, spiral_report_word(report, caption), texts,
                            columns);
}

int spiral_report_figure(struct spiral_report_page *report, const char *kind,
                         enum spiral_report_word label)
{
    char path[300];
    struct spiral_chart_request request = report->request;

    snprintf(path, sizeof path, "%s/%d.svg", report->folder, ++report->figures);
    request.out = path;

    int exit_status = spiral_chart_draw(kind, &request);

    if (exit_status == SPIRAL_EXIT_OK && !spiral_html_figure(report->out, path, report->figures,
                                                             spiral_report_word(report, label))) {
        spiral_report("report: the figure %s cannot be read again", path);
        exit_status = SPIRAL_EXIT_FAILED;
    }

    unlink(path);

    return exit_status;
}

static bool take(void *context, int option, const char *argument)
{
    struct spiral_chart_request *request = context;

    switch (option) {
    case OPTION_OUT: request->out = argument; return true;
    case OPTION_LANG: return spiral_chart_take_language(request, argument);
    case OPTION_THEME: return spiral_chart_take_theme(request, argument);
    case OPTION_RUNS: return spiral_read_runs(argument, 1, &request->runs);
    case OPTION_SEED: return spiral_read_seed(argument, &request->seed);
    case OPTION_WHAT_IF:
        return spiral_keep("what-if", argument, request->branches, &request->branch_count,
                           SPIRAL_CHART_BRANCHES);
    case OPTION_OUTCOME: request->outcome = argument; return true;
    case OPTION_SET:
        return spiral_keep("set", argument, request->settings, &request->setting_count,
                           SPIRAL_CHART_SETTINGS);
    case OPTION_UNTIL: return spiral_option_date("until", argument, &request->until);
    default: return spiral_read_threads(argument, &request->threads);
    }
}

/* Notes the command in words that a shell takes. */
static void note_command(struct spiral_report_page *report, int argc, char **argv)
{
    size_t length = (size_t)snprintf(report->command, sizeof report->command, "spiral");

    for (int i = 0; i < argc && length < sizeof report->command; i++) {
        const bool plain =
            strspn(argv[i],
                   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=:@./,+%") ==
            strlen(argv[i]);
        length += (size_t)snprintf(report->command + length, sizeof report->command - length,
                                   plain ? " %s" : " '%s'", argv[i]);
    }
}

static int write_report(struct spiral_report_page *report)
{
    char folder[] = "/tmp/spiral-report-XXXXXX";
    struct spiral_output output;

    if (mkdtemp(folder) == NULL) {
        spiral_report("report: no folder for figures can be made in /tmp: %s", strerror(errno));
        return SPIRAL_EXIT_FAILED;
    }

    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_output_open(&output, report->request.out)) {
        report->out = output.file;
        report->folder = folder;
        exit_status = spiral_store_is(report->request.operands[0]) ? spiral_report_store(report)
                                                                   : spiral_report_case(report);
        if (exit_status == SPIRAL_EXIT_OK)
            exit_status = spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
        else
            spiral_output_discard(&output);
    }

    rmdir(folder);

    return exit_status;
}

static int run(int argc, char **argv)
{
    struct spiral_report_page report = {.request = {.density = 1.0,
                                                    .theme = &spiral_themes[SPIRAL_THEME_light],
                                                    .seed = 1,
                                                    .runs = 4000,
                                                    .quantity = SPIRAL_QUANTITY_escalation}};

    note_command(&report, argc, argv); /* before options are sorted before operands */

    const int first =
        spiral_options_read(&spiral_command_report, argc, argv, take, &report.request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first != 1 || report.request.out == NULL) {
        spiral_report("report: %s; usage: spiral report SCENARIO|STORE --out FILE.html",
                      first == argc      ? "of what?"
                      : argc - first > 1 ? "one case or store at a time"
                                         : "--out: into which file?");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    report.request.operands = (const char *const *)&argv[first];
    report.request.operand_count = 1;

    return write_report(&report);
}

const struct spiral_command spiral_command_report = {
    "report",
    "SCENARIO|STORE",
    "one page of HTML: what was run, figures, tables, sources",
    options,
    run,
    NULL};
