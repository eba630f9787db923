/* SPDX-License-Identifier: MIT */
/* Edits: what is dropped where a state takes another doctrine, and that numbers chosen at a date
 * hold until the next change and leave what was before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/edit.h"
#include "tests/support/build_scenario.h"

enum { S, N, O };

static int count(const struct spiral_scenario *scenario, enum spiral_entry_kind kind, int actor,
                 double from)
{
    int entries = 0;
    for (size_t e = 0; e < scenario->entry_count; e++)
        entries += scenario->entries[e].kind == kind && scenario->entries[e].actor == actor &&
                   scenario->entries[e].date >= from;
    return entries;
}

/* The triad without its entries, whose captions and sources are absent. */
static void without_entries(struct spiral_scenario *scenario)
{
    spiral_test_triad(scenario);
    scenario->entry_count = 0;
}

static void test_what_runs_against_the_course_falls_away(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    without_entries(&scenario);
    static const struct {
        double date;
        int actor, target;
        const char *move;
        bool falls;
    } acts[] = {
        {2000.0, S, O, "align", false},    /* before */
        {2010.0, S, O, "align", true},     /* alignment, and the new doctrine reassures */
        {2011.0, S, N, "treaty", false},   /* conciliation: in its spirit */
        {2012.0, O, S, "deploy", true},    /* needs the consent of a state that does not align */
        {2013.0, N, S, "sanction", false}, /* another's own act */
    };

    enum { ACTS = sizeof acts / sizeof *acts };

    for (int i = 0; i < ACTS; i++)
        spiral_test_move(&scenario, acts[i].date, acts[i].actor, acts[i].target, acts[i].move);

    spiral_test_change(&scenario, 2009.0, S, SPIRAL_ENTRY_DOCTRINE, 0.9);
    spiral_test_change(&scenario, 2009.0, N, SPIRAL_ENTRY_DOCTRINE, 0.9);
    assert_non_null(
        spiral_edit_doctrine(&scenario, S, spiral_doctrine_find("limited_balance"), 2005.0, NULL));

    for (int i = 0; i < ACTS; i++) {
        bool found = false;
        for (size_t e = 0; e < scenario.entry_count; e++)
            found = found || (scenario.entries[e].date == acts[i].date &&
                              scenario.entries[e].kind == SPIRAL_ENTRY_MOVE);

        assert_int_equal(found, !acts[i].falls);
    }

    assert_int_equal(count(&scenario, SPIRAL_ENTRY_DOCTRINE, S, 0.0), 1); /* the new one alone */
    assert_int_equal(count(&scenario, SPIRAL_ENTRY_DOCTRINE, N, 0.0), 1);
    assert_near(spiral_edit_doctrine_at(&scenario, S, 2020.0)[SPIRAL_DOCTRINE_align],
                spiral_doctrine_find("limited_balance")->number[SPIRAL_DOCTRINE_align]);
    assert_near(spiral_edit_doctrine_at(&scenario, S, 2004.0)[SPIRAL_DOCTRINE_align],
                scenario.states[S].doctrine[SPIRAL_DOCTRINE_align]);
    spiral_scenario_clear(&scenario);
}

static void test_a_number_holds_from_its_date_on(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    without_entries(&scenario);
    spiral_test_change(&scenario, 2000.0, S, SPIRAL_ENTRY_DOCTRINE, 0.4);
    spiral_test_change(&scenario, 2010.0, S, SPIRAL_ENTRY_DOCTRINE, 0.6);
    spiral_test_change(&scenario, 2000.0, N, SPIRAL_ENTRY_GREED, 0.4);
    spiral_test_change(&scenario, 2010.0, N, SPIRAL_ENTRY_GREED, 0.6);
    assert_non_null(
        spiral_edit_doctrine_number(&scenario, S, SPIRAL_DOCTRINE_arm, 0.9, 2005.0, NULL));
    assert_non_null(spiral_edit_motive(&scenario, SPIRAL_ENTRY_GREED, N, 0.9, 2005.0, "2005"));
    static const struct {
        double date, arm, empathy, greed;
    } holds[] = {{2004.0, 0.4, 0.4, 0.4}, {2006.0, 0.9, 0.4, 0.9}, {2011.0, 0.6, 0.6, 0.6}};

    for (int i = 0; i < 3; i++) {
        const double *doctrine = spiral_edit_doctrine_at(&scenario, S, holds[i].date);
        assert_near(doctrine[SPIRAL_DOCTRINE_arm], holds[i].arm);
        assert_near(doctrine[SPIRAL_DOCTRINE_empathy], holds[i].empathy);
        assert_near(spiral_edit_last_change(&scenario, SPIRAL_ENTRY_GREED, N, holds[i].date)->value,
                    holds[i].greed);
    }

    assert_null(spiral_edit_last_change(&scenario, SPIRAL_ENTRY_GREED, N, 1999.0));
    assert_string_equal(scenario.entries[scenario.entry_count - 1].date_text, "2005");
    assert_string_equal(scenario.entries[scenario.entry_count - 2].date_text, "2005-01");
    spiral_scenario_clear(&scenario);
}

/* The changes of one number of one state, in whatever order they lie in the file. */
static void test_the_next_change_is_the_first_after_a_date(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    without_entries(&scenario);
    spiral_test_change(&scenario, 2009.0, N, SPIRAL_ENTRY_GREED, 0.3);
    spiral_test_change(&scenario, 2003.0, N, SPIRAL_ENTRY_GREED, 0.1);
    spiral_test_change(&scenario, 2006.0, N, SPIRAL_ENTRY_GREED, 0.2);
    spiral_test_change(&scenario, 2001.0, O, SPIRAL_ENTRY_GREED, 0.9);
    spiral_test_change(&scenario, 2002.0, N, SPIRAL_ENTRY_RESOLVE, 0.9);

    static const struct {
        double date;
        double greed; /* 0: no change follows */
    } follows[] = {{1999.0, 0.1}, {2003.0, 0.2}, {2005.0, 0.2}, {2006.0, 0.3}, {2009.0, 0.0}};

    for (size_t i = 0; i < sizeof follows / sizeof *follows; i++) {
        const struct spiral_entry *next =
            spiral_edit_next_change(&scenario, SPIRAL_ENTRY_GREED, N, follows[i].date);
        assert_near(next == NULL ? 0.0 : next->value, follows[i].greed);
    }

    assert_null(spiral_edit_next_change(&scenario, SPIRAL_ENTRY_RESOLVE, O, 1999.0));
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_runs_against_the_course_falls_away),
        cmocka_unit_test(test_a_number_holds_from_its_date_on),
        cmocka_unit_test(test_the_next_change_is_the_first_after_a_date),
    };
    return cmocka_run_group_tests_name("sim/edit", tests, NULL, NULL);
}
