/* SPDX-License-Identifier: MIT
 *
 * Panels: tables of windows as they are read and written, and what a window tells.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/panel/synthetic.h"

static char path[] = "/tmp/spiral-panel-XXXXXX";
static struct spiral_diagnostics diagnostics;

static int make_file(void **state)
{
    (void)state;
    return mkstemp(path) >= 0 ? 0 : -1;
}

static int drop_file(void **state)
{
    (void)state;
    return unlink(path);
}

static struct spiral_pair_panel synthetic(size_t pairs)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_pair_panel panel;

    assert_int_equal(spiral_panel_synthetic(&panel, pairs, 1, SPIRAL_SYNTHETIC_LOGIT, &constants,
                                            0.0, NULL),
                     SPIRAL_OK);
    return panel;
}

static void write_table(const struct spiral_panel_window *windows, size_t count)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    spiral_panel_write(windows, count, file);
    assert_int_equal(fclose(file), 0);
}

static enum spiral_status load(struct spiral_pair_panel *panel)
{
    spiral_diagnostics_init(&diagnostics);
    return spiral_panel_load(panel, path, &diagnostics, NULL);
}

/* Every number and text of every window comes back as it was. */
static void test_round_trip(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(12);
    struct spiral_pair_panel read;

    write_table(panel.windows, panel.count);
    assert_int_equal(load(&read), SPIRAL_OK);
    assert_int_equal(read.count, 12 * SPIRAL_SYNTHETIC_WINDOWS);
    assert_int_equal(read.dyad_count, 12);
    for (size_t w = 0; w < panel.count; w++) {
        const struct spiral_panel_window *one = &panel.windows[w];
        const struct spiral_panel_window *other = &read.windows[w];
#define SPIRAL_PANEL_TEXT(name, need, size, doc) assert_string_equal(one->name, other->name);
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) \
    assert_true(isnan(one->name) ? isnan(other->name) : one->name == other->name);
#include "tools/panel/columns.def"
        assert_int_equal(read.dyad[w], w / SPIRAL_SYNTHETIC_WINDOWS);
    }

    const uint64_t hash = read.hash;
    spiral_panel_clear(&read);
    panel.windows[0].igos += 1.0;
    write_table(panel.windows, panel.count);
    assert_int_equal(load(&read), SPIRAL_OK);
    assert_true(read.hash != hash && hash != 0);
    spiral_panel_clear(&read);
    spiral_panel_clear(&panel);
}

/* A table without outcomes is a panel too. */
static void test_sealed(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(5);
    struct spiral_pair_panel read;

    for (size_t w = 0; w < panel.count; w++) {
        panel.windows[w].force = panel.windows[w].war = NAN;
        panel.windows[w].hosts[0] = '\0';
    }
    write_table(panel.windows, panel.count);
    assert_int_equal(load(&read), SPIRAL_OK);
    assert_int_equal(spiral_panel_known(&read, SPIRAL_PANEL_FORCE), 0);
    assert_int_equal(spiral_panel_known(&read, SPIRAL_PANEL_WAR), 0);
    assert_int_equal(spiral_panel_level(&read.windows[0], 0), 0);
    spiral_panel_clear(&read);
    spiral_panel_clear(&panel);
}

/* Rules beyond those of a single column, each with the line that breaks it. */
static void test_refused(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(3);
    struct spiral_pair_panel read;
    static const char *const says[] = {"expected whole years, the end after the start",
                                       "years is 9; expected 10",
                                       "expected shares above 0",
                                       "contiguity is 7; expected 0 to 5",
                                       "expected 10 digits 1 to 5, one a year",
                                       "expected 10 digits 1 to 5, one a year",
                                       "russia_pact_neighbour is 'defense'; expected nothing, or "
                                       "the pact defence, consultation, neutrality or "
                                       "nonaggression; did you mean 'defence'?",
                                       "duplicate window '1001-1002-1950', first on line 2"};

    panel.windows[1].end = panel.windows[1].start;
    panel.windows[2].years = 9.0;
    panel.windows[3].cinc_small = 0.0;
    panel.windows[4].contiguity = 7.0;
    strcpy(panel.windows[5].hosts, "1111");
    strcpy(panel.windows[6].hosts, "1111101111");
    strcpy(panel.windows[7].russia_pact_neighbour, "defense");
    strcpy(panel.windows[8].window, panel.windows[0].window);
    write_table(panel.windows, panel.count);
    assert_int_equal(load(&read), SPIRAL_BAD_INPUT);
    assert_int_equal(diagnostics.count, 8);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(diagnostics.errors[i].line, i + 3);
        if (strstr(diagnostics.errors[i].message, says[i]) == NULL)
            fail_msg("line %d said: %s", i + 3, diagnostics.errors[i].message);
    }
    spiral_panel_clear(&read);
    spiral_panel_clear(&panel);
}

static void test_quiet(void **state)
{
    (void)state;
    struct spiral_panel_window window = {.last_host = 1.0, .ongoing_host = 1.0};

    assert_true(spiral_panel_is_quiet(&window));
    window.ongoing_host = NAN;
    assert_true(spiral_panel_is_quiet(&window));
    window.ongoing_host = 2.0;
    assert_false(spiral_panel_is_quiet(&window));
    window.ongoing_host = 1.0;
    window.last_host = 4.0;
    assert_false(spiral_panel_is_quiet(&window));
}

/* The schema has every column of the table once, within the struct, and its kind by its unit. */
static void test_schema(void **state)
{
    (void)state;
    struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS];
    const struct spiral_csv_schema schema = spiral_panel_schema(columns);

    assert_int_equal(schema.count, SPIRAL_PANEL_COLUMNS);
    for (size_t c = 0; c < schema.count; c++) {
        assert_true(columns[c].offset + columns[c].size <= schema.row_size);
        for (size_t d = 0; d < c; d++)
            assert_true(columns[c].offset != columns[d].offset);
        assert_true((strcmp(spiral_panel_columns[c].unit, "0/1") == 0) ==
                    (columns[c].kind == SPIRAL_CSV_WHOLE));
        assert_true(spiral_panel_columns[c].doc[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_schema),
    };
    return cmocka_run_group_tests(tests, make_file, drop_file);
}
