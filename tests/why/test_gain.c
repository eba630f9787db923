/* SPDX-License-Identifier: MIT */
/* The gain of the loop: of matrices that are known, and of a case. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/lanes.h"
#include "tools/farm/farm.h"
#include "tools/why/why_text.h"

enum { RUNS = 40 };

static struct spiral_scenario finland;
static struct spiral_constants constants;

static int set_up(void **unused)
{
    (void)unused;
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);
    constants = spiral_constants_defaults();
    return spiral_scenario_load(&finland, SPIRAL_SOURCE_DIR "/scenarios/finland.yaml",
                                &diagnostics) == SPIRAL_OK
               ? 0
               : -1;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_scenario_clear(&finland);
    return 0;
}

static void measure(struct spiral_gains *gains, int threads)
{
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_why_case given = {&finland, &constants, &options, 1};
    const struct spiral_workers workers = spiral_farm_workers(threads);
    struct spiral_error error;

    if (spiral_gains_measure(gains, &given, RUNS, &workers, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

static void test_spectral_radius(void **unused)
{
    (void)unused;
    static const double diagonal[] = {0.5, 0.0, 0.0, -0.75};
    static const double coupled[] = {0.5, 0.2, 0.45, 0.5}; /* .5 +- .3 */
    static const double turning[] = {0.6, -0.8, 0.8, 0.6}; /* .6 +- .8 i */
    static const double shifting[] = {0.0, 1.0, 0.0, 0.0}; /* nilpotent */
    static const double three[] = {2.0, 1.0, 0.0, 0.0, 3.0, 5.0, 0.0, 0.0, 0.5};

    assert_true(fabs(spiral_spectral_radius(diagonal, 2) - 0.75) < 1e-9);
    assert_true(fabs(spiral_spectral_radius(coupled, 2) - 0.8) < 1e-9);
    assert_true(fabs(spiral_spectral_radius(turning, 2) - 1.0) < 1e-9);
    assert_true(spiral_spectral_radius(shifting, 2) == 0.0);
    assert_true(fabs(spiral_spectral_radius(three, 3) - 3.0) < 1e-9);
}

/* With nothing that a fear could feed, what is left of it after a year is what has not been
 * forgotten, and no route adds to it. */
static void test_without_any_loop(void **unused)
{
    (void)unused;
    struct spiral_gains gains;

    constants.capability = constants.encircle = constants.conduct = constants.othering = 0.0;
    constants.noise = 0.0;
    measure(&gains, 2);
    constants = spiral_constants_defaults();

    double left = 1.0;
    for (int month = 0; month < 12; month++)
        left *= 1.0 - finland.dt / (spiral_constants_defaults().threat_fall + finland.dt);

    for (size_t i = 0; i < gains.count; i++) {
        assert_true(gains.at[i].around == 0.0);
        for (int route = 0; route < SPIRAL_ROUTES; route++)
            assert_true(fabs(gains.at[i].without[route] - gains.at[i].gain) < 1e-9);
    }

    /* in the first years fear is still well above 0, and falls */
    assert_true(fabs(gains.at[0].gain - left) < 0.02);
    spiral_gains_clear(&gains);
}

static void test_threads_do_not_matter(void **unused)
{
    (void)unused;
    struct spiral_gains one;
    struct spiral_gains two;

    measure(&one, 1);
    measure(&two, 2);
    assert_int_equal(one.count, two.count);
    assert_int_equal(one.count, (size_t)(finland.end - finland.start));
    assert_memory_equal(one.at, two.at, one.count * sizeof *one.at);

    json_t *array = spiral_gains_json(&one);
    assert_int_equal(json_array_size(array), one.count);
    json_decref(array);

    spiral_gains_clear(&one);
    spiral_gains_clear(&two);
}

/* Over two sets, each has the gain that it has alone on the same runs, and the band lies between
 * them. */
static void test_sets_have_gains_of_their_own(void **unused)
{
    (void)unused;
    struct spiral_constants both[2] = {constants, constants};
    struct spiral_constant_sets posterior = {.count = 2, .sets = both};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_why_case given = {&finland, &constants, &options, 1};
    struct spiral_gains gains;
    struct spiral_error error;

    const struct spiral_workers workers = spiral_farm_workers(2);

    both[0].threat_fall = 0.5; /* fear is soon forgotten */
    both[1].threat_fall = 9.0;
    options.posterior = &posterior;
    if (spiral_gains_measure(&gains, &given, 2 * SPIRAL_LANES, &workers, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    assert_int_equal(gains.sets, 2);
    assert_int_equal(gains.runs, 2 * SPIRAL_LANES);

    for (size_t i = 0; i < gains.count; i++) {
        const struct spiral_gain *at = &gains.at[i];
        assert_true(at->low < at->median && at->median < at->high);
        assert_true(at->low <= at->gain && at->gain <= at->high);
        assert_true(at->around_low <= at->around_high);
    }

    /* one set of two: half of the sets are above 1 at some date, or none */
    for (size_t i = 0; i < gains.count; i++)
        assert_true(gains.at[i].above == 0.0 || gains.at[i].above == 0.5);

    json_t *array = spiral_gains_json(&gains);
    assert_true(
        json_real_value(json_object_get(json_object_get(json_array_get(array, 0), "constants"),
                                        "lo")) == gains.at[0].low);
    json_decref(array);

    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    spiral_gains_print(&gains, out);
    fclose(out);
    assert_non_null(strstr(text, "over 2 sets of constants"));
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        assert_true(strcspn(line, "\n") <= 80);
    free(text);
    spiral_gains_clear(&gains);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spectral_radius),
        cmocka_unit_test(test_without_any_loop),
        cmocka_unit_test(test_threads_do_not_matter),
        cmocka_unit_test(test_sets_have_gains_of_their_own),
    };
    return cmocka_run_group_tests_name("why/gain", tests, set_up, tear_down);
}
