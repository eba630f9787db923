/* SPDX-License-Identifier: MIT */
#include "tools/draw/report.h"

#include <string.h>

#include "tools/cli/constants.h"
#include "tools/draw/commands.h"
#include "tools/store/store.h"

#define PLACE(type, member) \
    .place = SPIRAL_OPTION_PLACE(type, struct spiral_report_page, request.member)
static const struct spiral_option options[] = {
    {"out", "FILE.html", "the page", SPIRAL_OPTION_TEXT, PLACE(const char *, out)},
    {"lang", "en|zh", "language (default en)", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct spiral_report_page, request.language),
     .words = spiral_chart_languages},
    {"theme", "NAME", "light (default), dark or print", SPIRAL_OPTION_PARSED,
     PLACE(const struct spiral_theme *, theme), .parse = spiral_chart_parse_theme},
    {"runs", "N", "case: runs of the ensemble (default 4000)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "case: seed of the random numbers (default 1); store: seed of the resampling",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, seed), .most = UINT64_MAX},
    {"what-if", "STATE:DOCTRINE@DATE", "case: also a branch, paired with the baseline",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, branches), .most = SPIRAL_CHART_BRANCHES},
    {"outcome", "NAME", "store: the outcome that is analysed (default war)", SPIRAL_OPTION_TEXT,
     PLACE(const char *, outcome)},
    {"set", "NAME=VALUE", "case: another value of what `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"until", "DATE", "case: end on this date instead of the scenario's end", SPIRAL_OPTION_DATE,
     PLACE(double, until)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {.name = NULL},
};
#undef PLACE

/* Notes the command, quoted for a shell. */
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
    const char *of_what = report->request.operands[0];
    struct spiral_output output;
    int exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, report->request.out,
                                         report->request.operands);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    report->out = output.file;
    exit_status =
        spiral_store_is(of_what) ? spiral_report_store(report) : spiral_report_case(report);

    return spiral_output_close(&output, exit_status);
}

static int run_command(int argc, char **argv)
{
    struct spiral_report_page report = {.request = {.density = 1.0,
                                                    .theme = &spiral_themes[SPIRAL_THEME_light],
                                                    .seed = 1,
                                                    .runs = 4000,
                                                    .quantity = SPIRAL_QUANTITY_escalation}};

    note_command(&report, argc, argv); /* before the reader moves the operands */

    const int first = spiral_options_read(&spiral_command_report, argc, argv, &report);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != 1 || report.request.out == NULL) {
        spiral_complain("report: %s usage: spiral report SCENARIO|STORE --out FILE.html",
                        first == argc      ? "which case or store?"
                        : argc - first > 1 ? "one case or store at a time;"
                                           : "--out: which file?");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    report.request.operands = (const char *const *)&argv[first];
    report.request.operand_count = 1;

    return write_report(&report);
}

const struct spiral_command spiral_command_report = {
    "report", "SCENARIO|STORE", "write one page of HTML: what was run, figures, tables, sources",
    options,  run_command,      NULL};
