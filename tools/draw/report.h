/* SPDX-License-Identifier: MIT
 *
 * `spiral report`: one self-contained page of HTML, of a case (report_case.c) or of a
 * store (report_store.c): what was run and with what, figures, tables, sources. The same input
 * gives the same bytes: the page does not say when it was made.
 */
#ifndef SPIRAL_DRAW_REPORT_H
#define SPIRAL_DRAW_REPORT_H

#include "tools/draw/chart.h"
#include "tools/draw/html.h"

struct spiral_store;

enum spiral_report_word {
#define SPIRAL_REPORT_WORD(name, en, zh) SPIRAL_REPORT_##name,
#include "tools/draw/report_words.def"
    SPIRAL_REPORT_WORDS
};

/* A report that is being written. */
struct spiral_report_page {
    FILE *out;
    struct spiral_chart_request request; /* operands[0] is the case or store */
    int figures;                         /* so far; their numbers keep ids apart */
    char command[2000];                  /* that makes the same page */
};

/* A word or a sentence in the language of the report. */
const char *spiral_report_word(const struct spiral_report_page *report,
                               enum spiral_report_word word);

/* A table with heads in the report's language. */
void spiral_report_table(struct spiral_html_table *table, const struct spiral_report_page *report,
                         enum spiral_report_word caption, const enum spiral_report_word *heads,
                         size_t columns);

/* Draws a kind of chart of the request's operand into the page. Returns the exit status, having
 * complained. */
int spiral_report_figure(struct spiral_report_page *report, const char *kind,
                         enum spiral_report_word label);

/* The body of a report. Each returns the exit status, having complained. */
int spiral_report_case(struct spiral_report_page *report);
int spiral_report_store(struct spiral_report_page *report);

/* Of stores of claims and of calibrations (report_claims.c): spiral_report_store() tells
 * them apart. */
int spiral_report_claims(struct spiral_report_page *report, struct spiral_store *store);
int spiral_report_calibration(struct spiral_report_page *report);

#endif
