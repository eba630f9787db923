/* SPDX-License-Identifier: MIT
 *
 * Synthetic panels: reproducible, and like what they say they are.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/panel/forecast.h"
#include "tools/panel/mapping.h"
#include "tools/panel/synthetic.h"

static struct spiral_pair_panel make(size_t pairs, uint64_t seed,
                                     enum spiral_synthetic_outcomes outcomes)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_pair_panel panel;

    assert_int_equal(spiral_panel_synthetic(&panel, pairs, seed, outcomes, &constants, 0.0, NULL),
                     SPIRAL_OK);
    return panel;
}

/* The same request gives the same windows, of however many pairs; another seed gives others. */
static void test_reproducible(void **state)
{
    (void)state;
    for (int o = 0; o < 2; o++) {
        struct spiral_pair_panel one = make(6, 9, (enum spiral_synthetic_outcomes)o);
        struct spiral_pair_panel more = make(8, 9, (enum spiral_synthetic_outcomes)o);
        struct spiral_pair_panel other = make(6, 10, (enum spiral_synthetic_outcomes)o);

        assert_memory_equal(one.windows, more.windows, one.count * sizeof *one.windows);
        assert_memory_not_equal(one.windows, other.windows, one.count * sizeof *one.windows);
        spiral_panel_clear(&one);
        spiral_panel_clear(&more);
        spiral_panel_clear(&other);
    }
}

/* Every window makes a scenario, holds the rules of a table, and goes on from the pair's last one.
 */
static void test_whole(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = make(40, 11, SPIRAL_SYNTHETIC_MODEL);

    for (size_t w = 0; w < panel.count; w++) {
        const struct spiral_panel_window *now = &panel.windows[w];
        struct spiral_scenario scenario;
        struct spiral_error error;

        assert_int_equal(spiral_panel_scenario(now, &scenario, &error), SPIRAL_OK);
        spiral_scenario_clear(&scenario);
        assert_true(now->cinc_neighbour >= 2.0 * now->cinc_small * 0.999);
        assert_int_equal(strlen(now->hosts), 10);
        assert_true((now->force > 0.0) == (strpbrk(now->hosts, "45") != NULL));
        assert_true((now->war > 0.0) == (strchr(now->hosts, '5') != NULL));
        if (w % SPIRAL_SYNTHETIC_WINDOWS == 0)
            continue;
        const struct spiral_panel_window *last = &panel.windows[w - 1];
        assert_true(now->start == last->end && now->contiguity == last->contiguity);
        assert_true(now->last_host == last->hosts[9] - '0');
        assert_true(now->force10 == last->force_years && now->war10 == last->war);
        assert_true(last->mid > 0.0 ? now->peace_mid < 10.0
                                    : now->peace_mid == last->peace_mid + 10.0);
    }
    spiral_panel_clear(&panel);
}

/* Outcomes that one run of the model decides are what many runs of it forecast: the sum of the
 * chances is the expected number of events, whose variance is at most the sum of p (1 - p). */
static void test_model_outcomes(void **state)
{
    (void)state;
    enum { RUNS = 256 };
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_pair_panel panel = make(80, 12, SPIRAL_SYNTHETIC_MODEL);
    const struct spiral_panel_run run = {
        .runs = RUNS, .seed = 99, .threads = 2, .constants = &constants, .progress = false};
    struct spiral_panel_counts counts;
    double expected = 0.0;
    double variance = 0.0;
    double events = 0.0;

    assert_int_equal(spiral_panel_forecast(&counts, &panel, &run, NULL), SPIRAL_OK);
    for (size_t w = 0; w < panel.count; w++) {
        const double p = (double)counts.events[SPIRAL_PANEL_FORCE][w] / RUNS;
        expected += p;
        variance += p * (1.0 - p) * (1.0 + 1.0 / RUNS);
        events += panel.windows[w].force;
    }
    assert_true(events > 0.0);
    assert_true(fabs(events - expected) < 4.5 * sqrt(variance));
    spiral_panel_counts_clear(&counts);
    spiral_panel_clear(&panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reproducible),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_model_outcomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
