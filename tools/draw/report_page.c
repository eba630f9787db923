/* SPDX-License-Identifier: MIT
 *
 * What the parts of a report share: words, tables and figures.
 */
#include <stdlib.h>

#include "scenarios/loader/text_stream.h"
#include "tools/draw/report.h"

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
    struct spiral_chart_request request = report->request;
    char *svg = NULL;
    size_t size = 0;

    request.svg = spiral_text_stream_open(&svg, &size);

    if (request.svg == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    int exit_status = spiral_chart_draw(kind, &request);

    if (!spiral_text_stream_close(request.svg, &svg) && exit_status == SPIRAL_EXIT_OK) {
        spiral_complain("out of memory");
        exit_status = SPIRAL_EXIT_FAILED;
    }

    if (exit_status == SPIRAL_EXIT_OK && !spiral_html_figure(report->out, svg, ++report->figures,
                                                             spiral_report_word(report, label))) {
        spiral_complain("report: the figure '%s' is not the SVG that was expected", kind);
        exit_status = SPIRAL_EXIT_FAILED;
    }

    free(svg);

    return exit_status;
}
