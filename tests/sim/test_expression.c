/* SPDX-License-Identifier: MIT */
/* Expressions: what they make of real runs beside the definition written out, and what is said of
 * what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/expression.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { MOST_STEPS = 400, LANE = 3 };

static struct spiral_scenario scenario;
static struct spiral_plan *plan;
static struct spiral_batch *batch;
static struct spiral_run_dates dates;

/* The course of the runs, by steps done. */
static double fear[MOST_STEPS];
static double level[MOST_STEPS];
static double tension[MOST_STEPS];

static int set_up(void **unused)
{
    (void)unused;
    spiral_test_triad(&scenario);
    plan = spiral_test_plan(&scenario, NULL, NULL);
    batch = spiral_batch_create();
    dates = (struct spiral_run_dates){plan->start, plan->dt, plan->steps};
    return batch == NULL || plan->steps >= MOST_STEPS ? -1 : 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    return 0;
}

static struct spiral_expression read_expression(const char *text)
{
    struct spiral_expression expression;
    struct spiral_error error;

    if (spiral_expression_parse(&expression, text, &scenario, &dates, &error) != SPIRAL_OK)
        fail_msg("%s: %d: %s", text, error.column, error.message);

    return expression;
}

/* Runs streams 0, 1, ... under an expression; its value of one lane. Notes that lane's course. */
static double value_of(const char *text, union spiral_outcome *outcome)
{
    const struct spiral_expression expression = read_expression(text);
    struct spiral_expression_observer *observer = spiral_expression_observer_create(&expression, 1);
    struct spiral_outcome_observer outcomes;
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t streams[SPIRAL_LANES];

    assert_non_null(observer);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        streams[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, plans, 5, streams);
    spiral_outcome_begin(&outcomes);
    spiral_expression_begin(observer);

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_outcome_watch(&outcomes, batch);
        spiral_expression_watch(observer, batch);

        const struct spiral_lanes_state *state = spiral_batch_state(batch);
        const int seen = spiral_layout_perception(&plan->layout, TRIAD_NEIGHBOUR, TRIAD_SMALL);

        fear[batch->step] = state->threat[seen][LANE];
        level[batch->step] = state->hostility[0][LANE];
        tension[batch->step] = spiral_escalation_index(batch, LANE);
    }

    *outcome = spiral_outcome_of(&outcomes, batch, LANE);

    const double value = spiral_expression_value(observer, 0, outcome, LANE);

    assert_true(value >= expression.low - 1e-12 && value <= expression.high + 1e-12);
    assert_true(!expression.event || value == 0.0 || value == 1.0);
    spiral_expression_observer_destroy(observer);

    return value;
}

/* Step s begins at 1990 + (s - 1) / 12: the steps of a year are 12 (year - 1990) + 1 and on. */
static int first_of(int year) { return 12 * (year - 1990) + 1; }

static double mean_of(const double *course, int first, int last)
{
    double sum = 0.0;

    for (int step = first; step <= last; step++)
        sum += course[step];
    return sum / (last - first + 1);
}

static double highest_of(const double *course, int first, int last)
{
    double highest = course[first];

    for (int step = first; step <= last; step++)
        highest = course[step] > highest ? course[step] : highest;
    return highest;
}

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;

    return (one > other) - (one < other);
}

static void test_values(void **unused)
{
    (void)unused;
    union spiral_outcome outcome;
    const int last = (int)plan->steps;
    const int from = first_of(2008);
    const int to = first_of(2009) - 1;

    value_of("war", &outcome); /* notes the course, which is always the same */
    assert_near(value_of("threat N S in 2008", &outcome), mean_of(fear, from, to));
    assert_near(value_of("threat neighbour small in 2008", &outcome), mean_of(fear, from, to));
    assert_near(value_of("mean threat.N.S in 2008", &outcome), mean_of(fear, from, to));
    assert_near(value_of("threat N S in 2008-03", &outcome), fear[from + 2]);
    assert_near(value_of("max threat N-S by 2008", &outcome), highest_of(fear, 1, to));
    assert_near(value_of("first threat N S since 2008", &outcome), fear[from]);
    assert_near(value_of("last threat N S", &outcome), fear[last]);
    assert_near(value_of("last threat N S by 2008-02", &outcome), fear[from + 1]);
    assert_near(value_of("escalation from 2000 to 2008-06", &outcome),
                mean_of(tension, first_of(2000), from + 5));
    assert_near(value_of("escalation", &outcome), mean_of(tension, 1, last));
    assert_near(value_of("hostility N S in 2008", &outcome), mean_of(level, from, to));
    assert_near(value_of("peak_threat_small - mean_threat_small", &outcome),
                outcome.peak_threat_small - outcome.mean_threat_small);
    assert_near(value_of("-2 * (threat N S in 2008 - 0.25) / 4 + 1.5", &outcome),
                -2.0 * (mean_of(fear, from, to) - 0.25) / 4.0 + 1.5);

    int above = 0;
    double lowest = tension[from];
    double sorted[12];

    for (int step = from; step <= to; step++) {
        lowest = tension[step] < lowest ? tension[step] : lowest;
        above += tension[step] > 30.0;
        sorted[step - from] = tension[step];
    }

    qsort(sorted, 12, sizeof *sorted, compare_numbers);
    assert_near(value_of("min escalation in 2008", &outcome), lowest);
    assert_near(value_of("share escalation > 30 in 2008", &outcome), above / 12.0);
    assert_near(value_of("years escalation > 30 in 2008", &outcome), above / 12.0);
    assert_near(value_of("years hostility >= 1", &outcome), 30.0);
    assert_near(value_of("quantile 0.9 escalation in 2008", &outcome),
                sorted[9] + 0.9 * (sorted[10] - sorted[9]));
    assert_near(value_of("quantile 0 escalation in 2008", &outcome), sorted[0]);
    assert_near(value_of("quantile 1 escalation in 2008", &outcome), sorted[11]);
}

static void test_events(void **unused)
{
    (void)unused;
    union spiral_outcome outcome;
    int wars = 0;
    int forces = 0;

    for (int year = 1991; year <= 2019; year++) {
        char text[100];

        snprintf(text, sizeof text, "war by %d", year);
        const double war = value_of(text, &outcome);
        assert_near(war, highest_of(level, 1, first_of(year + 1) - 1) >= 5.0);
        wars += war > 0.0;

        snprintf(text, sizeof text, "force in %d", year);
        const double force = value_of(text, &outcome);
        assert_near(force, highest_of(level, first_of(year), first_of(year + 1) - 1) >= 4.0);
        forces += force > 0.0;

        snprintf(text, sizeof text, "not war by %d and (force in %d or escalation > 1000)", year,
                 year);
        assert_near(value_of(text, &outcome), war == 0.0 && force > 0.0);
    }

    /* The seed is such that the lane's run comes to both, neither at once. */
    assert_true(wars > 0 && wars < 29 && forces > 0 && forces < 29);
    assert_near(value_of("war", &outcome), outcome.war);
    assert_near(value_of("not not war", &outcome), outcome.war);
    assert_near(value_of("war + force", &outcome), outcome.war + outcome.force);
    assert_near(value_of("1 < 2 and war or 2 <= 1", &outcome), outcome.war);
}

/* The event or the number, its unit and its bounds. */
static void test_bounds(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool event;
        bool years;
        double low;
        double high;
    } cases[] = {
        {"war by 2014", true, false, 0, 1},
        {"escalation > 50", true, false, 0, 1},
        {"1 - war by 2014", false, false, 0, 1},
        {"escalation in 2000 - escalation in 2010", false, false, -100, 100},
        {"hostility", false, false, 1, 5},
        {"-hostility * 2", false, false, -10, -2},
        {"years hostility > 2 in 2014", false, true, 0, 1},
        {"years hostility > 2 - years hostility > 3", false, true, -30, 30},
        {"years hostility > 2 / 30", false, false, 0, 1},
        {"orientation public1", false, false, -1, 1},
        {"grievance N S", false, false, 0, 5},
        {"commitment S O in 2000", false, false, 0, 1},
        {"commitment > -0.5", true, false, 0, 1},
        {"escalation/-4", false, false, -25, 0},
        {"war * force", true, false, 0, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct spiral_expression expression = read_expression(cases[i].text);

        assert_true(expression.event == cases[i].event && expression.years == cases[i].years);
        assert_near(expression.low, cases[i].low);
        assert_near(expression.high, cases[i].high);
    }
}

static void test_refusals(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        int column;
        const char *says;
    } cases[] = {
        {"", 1, "the end; expected a number, or a name"},
        {"   ", 4, "the end; expected a number, or a name"},
        {"wra by 2014", 1, "unknown name 'wra'; did you mean 'war'?"},
        {"thraet N S in 2008", 1, "unknown name 'thraet'; did you mean 'threat'?"},
        {"something", 1, "unknown name 'something'; `spiral outcomes` lists what can be named"},
        {"max war", 5, "unknown quantity or variable 'war'"},
        {"max escalatoin", 5, "did you mean 'escalation'?"},
        {"threat N M", 10, "unknown state 'M'; did you mean 'S'?"},
        {"threat naighbour small", 8, "unknown state 'naighbour'; did you mean 'neighbour'?"},
        {"threat N in 2008", 10, "'in'; expected the id of a state, or a role"},
        {"threat N", 9, "the end; expected the id of a state, or a role"},
        {"threat N N", 8, "N and N have no threat; it belongs to two states of which one"},
        {"contested S O", 11, "S and O have no contested; it belongs to the small state and a n"},
        {"orientation public9", 13, "'public9'; expected a segment of the small state's public"},
        {"war by 2014-13", 8, "'2014-13'; expected a year or a month"},
        {"war by 14", 8, "'14'; expected a year or a month"},
        {"war by 2030", 8, "'2030' lies outside the run of"},
        {"war from 2000 2010", 15, "'2010'; expected 'to' and a date"},
        {"war from 2010 to 2000", 5, "no step of the run of"},
        {"share escalation", 17, "the end; expected <, <=, > or >= and a number"},
        {"share escalation > high", 20, "'high'; expected a number"},
        {"quantile 1.5 escalation", 10, "expected a share from 0 to 1"},
        {"quantile escalation", 10, "expected a share from 0 to 1"},
        {"war and escalation", 9, "expected an event here"},
        {"escalation or war", 1, "expected an event here"},
        {"not escalation", 5, "expected an event here"},
        {"escalation / hostility", 14, "expected a number other than 0 to divide by"},
        {"escalation / 0", 14, "expected a number other than 0 to divide by"},
        {"(war by 2014", 13, "the end; expected an operator or ')'"},
        {"war by 2014)", 12, "')'; expected an operator or the end"},
        {"war by 2014 force", 13, "'force'; expected an operator or the end"},
        {"1 < 2 < 3", 7, "'<'; expected an operator or the end"},
        {"war_date - 2000", 1, "'war_date' is a date, which not every run has"},
        {"2 * 3", 1, "the expression is the same for every run"},
        {"escalation * escalation * 2", 1, "its values can lie between 0 and 2e+04"},
        {"0.1234567890123456", 1, "the number has 17 digits; expected at most 15"},
        {"war; drop", 4, "';'; expected an operator or the end"},
        {"wär", 1, "unknown name 'w'"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_expression expression;
        struct spiral_error error = {.column = 0};

        assert_int_equal(spiral_expression_parse(&expression, cases[i].text, &scenario, &dates,
                                                 &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL || error.column != cases[i].column)
            fail_msg("'%s': column %d, %s\nexpected %d, %s", cases[i].text, error.column,
                     error.message, cases[i].column, cases[i].says);
        assert_int_equal(spiral_expression_parse(&expression, cases[i].text, &scenario, &dates,
                                                 NULL),
                         SPIRAL_BAD_INPUT);
    }
}

/* What is too long or too deep is refused where it becomes so, and not before. */
static void test_limits(void **unused)
{
    (void)unused;
    struct spiral_expression expression;
    struct spiral_error error;
    char text[SPIRAL_EXPRESSION_LENGTH + 10];

    memset(text, '(', sizeof text - 1);
    text[SPIRAL_EXPRESSION_LENGTH] = '\0';
    assert_int_equal(spiral_expression_parse(&expression, text, &scenario, &dates, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "terms within terms"));

    text[SPIRAL_EXPRESSION_LENGTH] = '(';
    text[SPIRAL_EXPRESSION_LENGTH + 1] = '\0';
    assert_int_equal(spiral_expression_parse(&expression, text, &scenario, &dates, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "501 letters; expected at most 500"));

    strcpy(text, "war");
    for (int i = 1; i < SPIRAL_EXPRESSION_SERIES; i++)
        strcat(text, "+war");
    assert_int_equal(spiral_expression_parse(&expression, text, &scenario, &dates, &error),
                     SPIRAL_OK);
    strcat(text, "+war");
    assert_int_equal(spiral_expression_parse(&expression, text, &scenario, &dates, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "too many series; expected at most 16"));

    strcpy(text, "war");
    for (int i = 0; i < SPIRAL_EXPRESSION_NODES / 2 - 1; i++)
        strcat(text, "+1");
    assert_int_equal(spiral_expression_parse(&expression, text, &scenario, &dates, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "the expression is too long"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_events),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
