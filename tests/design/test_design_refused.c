/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Designs that cannot be made: every mistake is told with the axis' name, and memory that fails
 * at any place leaves nothing behind. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/axes.h"
#include "tests/support/failing_memory.h"

static void assert_refused(const struct spiral_axis *axes, size_t count,
                           struct spiral_design_request request, const char *part)
{
    struct spiral_design *design;
    struct spiral_error error;

    assert_int_equal(spiral_design_create(&design, axes, count, &request, &error),
                     SPIRAL_BAD_INPUT);
    assert_null(design);
    if (strstr(error.message, part) == NULL)
        fail_msg("'%s' does not say '%s'", error.message, part);
}

static void requests_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1)};

    assert_refused(axes, SPIRAL_MAX_AXES + 1,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4},
                   "at most 256 parameters, not 257");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol},
                   "sobol needs a number of points");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid},
                   "needs a number of levels");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_list},
                   "at least one point");
    assert_refused(axes, 1,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris,
                                                  .points = 4,
                                                  .levels = 3},
                   "even number of levels, not 3");
    assert_refused(axes, 3,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 1u << 31},
                   "too many points for the memory");
    axes[0].group = axes[1].group = axes[2].group = 1;
    axes[0].correlation = axes[1].correlation = axes[2].correlation = -0.5;
    assert_refused(axes, 3,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4},
                   "not below 0 in a group of more than two");
    axes[2].correlation = 0.5;
    assert_refused(axes, 3,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4},
                   "different correlations");

    struct spiral_axis turned[] = {range("x", 1, 0)};
    struct spiral_axis zero[] = {range("x", 0, 1)};

    zero[0].log = true;
    assert_refused(turned, 1,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4},
                   "x: a range goes from a lower to a higher number");
    assert_refused(zero, 1,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4},
                   "begins above 0");

    double one[] = {1, 2};
    double three[] = {1, 2, 3};
    struct spiral_axis joined[] = {list("x", one, 2), list("y", three, 3)};

    joined[0].group = joined[1].group = 1;
    joined[0].correlation = joined[1].correlation = 1.0;
    assert_refused(joined, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid},
                   "y has 3 values, but x, which moves with it, has 2");

    const struct spiral_axis uneven[] = {list("x", one, 2), list("y", three, 3)};

    assert_refused(uneven, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_zip},
                   "lists of one length: x has 2 values, y 3");
}

static void ranges_that_are_none_are_refused(void **state)
{
    (void)state;
    const struct spiral_design_request sobol = {.kind = SPIRAL_DESIGN_sobol, .points = 4};
    const struct spiral_axis endless = range("x", 0, INFINITY);
    const struct spiral_axis nowhere = range("x", NAN, 1);
    const struct spiral_axis single = range("x", 2, 2);

    assert_refused(&endless, 1, sobol,
                   "x: a range goes from a lower to a higher number, not from 0 to inf");
    assert_refused(&nowhere, 1, sobol, "x: a range goes from a lower to a higher number");
    assert_refused(&single, 1, sobol, "not from 2 to 2");

    const struct spiral_axis broken = whole("n", 0.5, 3);

    assert_refused(&broken, 1, sobol,
                   "n: a range of whole numbers begins and ends with one, not with 0.5 and 3");

    struct spiral_axis curved = whole("n", 1, 8);

    curved.log = true;
    assert_refused(&curved, 1, sobol,
                   "n: whole numbers are all equally likely, so they have no logarithmic scale");

    double one[] = {3};
    const struct spiral_axis fixed = list("x", one, 1);

    assert_refused(&fixed, 1,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris, .points = 4},
                   "x has one value; an effect is a difference");
}

/* A correlated group needs coordinates away from 0 and 1; a list's points know of no groups. */
static void groups_that_do_not_fit_the_kind_are_refused(void **state)
{
    (void)state;
    static const double points[] = {0, 0, 1, 1};
    static const enum spiral_design_kind grids[] = {SPIRAL_DESIGN_grid, SPIRAL_DESIGN_zip,
                                                    SPIRAL_DESIGN_oat, SPIRAL_DESIGN_morris};
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1)};

    axes[0].group = axes[1].group = 1;

    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        axes[0].correlation = axes[1].correlation = 0.5;
        assert_refused(axes, 2, (struct spiral_design_request){.kind = grids[i], .points = 3},
                       "x: a group of correlation 0.5 goes with random, latin, sobol");
    }

    assert_refused(axes, 2,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_list,
                                                  .list = points,
                                                  .list_points = 2},
                   "leave out its group");
    axes[0].correlation = axes[1].correlation = NAN;
    assert_refused(axes, 2,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 3},
                   "different correlations");
    axes[1].group = 0;
    axes[0].correlation = 1.5;
    assert_refused(axes, 2,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 3},
                   "x: correlation 1.5; expected -1 to 1");
}

static void more_points_than_can_be_held_are_refused(void **state)
{
    (void)state;
    const struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1)};
    static const enum spiral_design_kind kinds[] = {SPIRAL_DESIGN_grid,  SPIRAL_DESIGN_zip,
                                                    SPIRAL_DESIGN_oat,   SPIRAL_DESIGN_random,
                                                    SPIRAL_DESIGN_latin, SPIRAL_DESIGN_morris};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_refused(axes, 2,
                       (struct spiral_design_request){.kind = kinds[i], .points = SIZE_MAX - 1},
                       "too many points for the memory");

    assert_refused(axes, 2,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = SIZE_MAX},
                   "a Sobol' sequence has at most 4294967295 points");
    assert_refused(axes, 2,
                   (struct spiral_design_request){.kind = SPIRAL_DESIGN_saltelli,
                                                  .points = SIZE_MAX},
                   "a Sobol' sequence has at most");
}

/* Every allocation of every kind fails once; a leak sanitizer sees that nothing is left. */
static void every_allocation_is_checked(void **state)
{
    (void)state;
    static const double points[] = {0, 0, 1, 1};
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1)};

    for (int kind = 0; kind < SPIRAL_DESIGNS; kind++) {
        const struct spiral_design_request request = {.kind = (enum spiral_design_kind)kind,
                                                      .points = 8,
                                                      .list = points,
                                                      .list_points = 2};
        const bool joined = kind == SPIRAL_DESIGN_random || kind == SPIRAL_DESIGN_latin ||
                            kind == SPIRAL_DESIGN_sobol || kind == SPIRAL_DESIGN_saltelli;
        axes[0].group = axes[1].group = joined ? 1 : 0;
        axes[0].correlation = axes[1].correlation = joined ? 0.5 : 0.0;

        enum spiral_status status = SPIRAL_NO_MEMORY;

        for (long n = 0; status != SPIRAL_OK; n++) {
            struct spiral_design *design;
            struct spiral_error error;
            spiral_test_memory.failed = false;
            spiral_test_memory.until_failure = n;
            status = spiral_design_create(&design, axes, 2, &request, &error);
            spiral_test_memory.until_failure = -1;
            assert_int_equal(status, spiral_test_memory.failed ? SPIRAL_NO_MEMORY : SPIRAL_OK);
            assert_true((design == NULL) == spiral_test_memory.failed);
            assert_true(
                n >= 5 ||
                spiral_test_memory.failed); /* the design, its factors twice, values, coordinates */
            spiral_design_destroy(design);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_that_do_not_fit_are_refused),
        cmocka_unit_test(ranges_that_are_none_are_refused),
        cmocka_unit_test(groups_that_do_not_fit_the_kind_are_refused),
        cmocka_unit_test(more_points_than_can_be_held_are_refused),
        cmocka_unit_test(every_allocation_is_checked),
    };

    return cmocka_run_group_tests_name("experiment/design_refused", tests, NULL, NULL);
}
