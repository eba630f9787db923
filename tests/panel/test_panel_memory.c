/* SPDX-License-Identifier: MIT */
/* failing memory */
/* A panel where there is too little memory: every allocation that fails is reported, and nothing is
 * lost; with enough of it the result is there. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_memory.h"
#include "tools/panel/evaluate.h"
#include "tools/panel/logit.h"
#include "tools/panel/synthetic.h"

static struct spiral_pair_panel panel;
static struct spiral_constants constants;

static int make_panel(void **state)
{
    (void)state;
    constants = spiral_constants_defaults();
    return spiral_panel_synthetic(&panel, 4, 1, SPIRAL_SYNTHETIC_LOGIT, &constants, 0.0, NULL) ==
                   SPIRAL_OK
               ? 0
               : -1;
}

static int drop_panel(void **state)
{
    (void)state;
    spiral_panel_clear(&panel);
    return 0;
}

static enum spiral_status read_table(void)
{
    static const char text[] = "name,share\na,.5\nb,.25\n";
    static const struct spiral_csv_column columns[] = {
        {"name", SPIRAL_CSV_TEXT, SPIRAL_CSV_FILLED, 0.0, 0.0, 8, 8},
        {"share", SPIRAL_CSV_NUMBER, SPIRAL_CSV_FILLED, 0.0, 1.0, 0, 8},
    };
    static const struct spiral_csv_schema schema = {columns, 2, 16};
    static struct spiral_diagnostics diagnostics;
    void *rows;
    int *lines;
    size_t count;

    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status =
        spiral_csv_parse(&rows, &lines, &count, &schema, text, sizeof text - 1, "t.csv",
                         &diagnostics, NULL);
    assert_int_equal(diagnostics.count, status == SPIRAL_OK ? 0 : 1);
    free(rows);
    free(lines);
    return status;
}

static enum spiral_status fit(void)
{
    static const double x[6] = {1, 2, 3, 4, 5, 6};
    static const double y[6] = {0, 0, 1, 0, 1, 1};
    struct spiral_logit logit;
    struct spiral_error error;
    const enum spiral_status status = spiral_logit_fit(&logit, x, y, 6, 1, 0.0, &error);

    spiral_logit_clear(&logit);
    return status;
}

static enum spiral_status make(void)
{
    struct spiral_pair_panel made;
    struct spiral_error error;
    const enum spiral_status status =
        spiral_panel_synthetic(&made, 2, 1, SPIRAL_SYNTHETIC_MODEL, &constants, 0.0, &error);

    spiral_panel_clear(&made);
    return status;
}

static enum spiral_status run(void)
{
    const struct spiral_panel_run asked = {.runs = 32,
                                           .seed = 1,
                                           .threads = 1,
                                           .constants = &constants};
    struct spiral_pair_panel part = panel;
    struct spiral_panel_counts counts;
    struct spiral_error error;

    part.count = 2;
    const enum spiral_status status = spiral_panel_forecast(&counts, &part, &asked, &error);
    spiral_panel_counts_clear(&counts);
    return status;
}

static enum spiral_status evaluate(void)
{
    static double chance[64];
    const struct spiral_panel_chances chances = {{{chance, chance}, {chance, chance}}, 0.01};
    const struct spiral_panel_question question = {.year = 1980.0,
                                                   .resamples = 3,
                                                   .seed = 1,
                                                   .threads = 1};
    struct spiral_panel_report report;
    struct spiral_error error;

    for (size_t w = 0; w < panel.count; w++)
        chance[w] = (double)(w % 7) / 8.0;
    const enum spiral_status status =
        spiral_panel_evaluate(&report, &panel, &chances, NULL, &question, &error);
    spiral_panel_report_clear(&report);
    return status;
}

/* Lets the 1st, the 2nd, ... allocation and all after it fail, until none does. */
static void test_failing(void **state)
{
    (void)state;
    static enum spiral_status (*const works[])(void) = {read_table, fit, make, run, evaluate};

    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        enum spiral_status status = SPIRAL_NO_MEMORY;
        long allowed = 0;

        while (status != SPIRAL_OK) {
            spiral_test_memory.until_failure = allowed++;
            spiral_test_memory.failed = false;
            status = works[i]();
            spiral_test_memory.until_failure = -1;
            assert_int_equal(status == SPIRAL_OK, !spiral_test_memory.failed);
            assert_true(status == SPIRAL_OK || status == SPIRAL_NO_MEMORY);
        }
        assert_true(allowed > 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_failing)};
    return cmocka_run_group_tests(tests, make_panel, drop_panel);
}
