/* SPDX-License-Identifier: MIT
 *
 * The prior: its table, its coordinates, its draws.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tools/design/coordinates.h"
#include "tools/inference/prior.h"

/* Every row lies within the bounds of its constant, has its default inside or at an end, and is
 * there once; a logarithmic one is above 0. */
static void test_table(void **state)
{
    (void)state;
    struct spiral_prior prior;
    const struct spiral_constants defaults = spiral_constants_defaults();
    struct spiral_constants copy = defaults;
    bool there[SPIRAL_CONSTANTS] = {false};

    spiral_prior_of_table(&prior);
    assert_true(prior.count > 20 && prior.count <= SPIRAL_CONSTANTS);
    for (size_t a = 0; a < prior.count; a++) {
        const struct spiral_prior_axis *axis = &prior.axes[a];
        const struct spiral_field *field = &spiral_constant_fields[axis->constant];
        const double value = *spiral_constant_at(&copy, axis->constant);

        assert_false(there[axis->constant]);
        there[axis->constant] = true;
        assert_true(axis->low < axis->high);
        assert_true(axis->low >= field->low && axis->high <= field->high);
        assert_true(!axis->log || axis->low > 0.0);
        assert_true(value >= axis->low && value <= axis->high);
    }
}

/* The ends and the middle of both scales; values go back to their coordinates; six digits. */
static void test_coordinates(void **state)
{
    (void)state;
    const struct spiral_prior_axis linear = {SPIRAL_K_press, false, 1.0, 3.0};
    const struct spiral_prior_axis log_axis = {SPIRAL_K_press, true, 0.1, 10.0};

    assert_true(spiral_prior_value(&linear, 0.0) == 1.0);
    assert_true(spiral_prior_value(&linear, 0.5) == 2.0);
    assert_true(spiral_prior_value(&linear, 2.0) == 3.0);
    assert_true(spiral_prior_value(&log_axis, 0.5) == 1.0);
    assert_true(spiral_prior_value(&log_axis, 0.75) == 3.16228);
    assert_true(spiral_prior_coordinate(&linear, 2.5) == 0.75);
    assert_true(spiral_prior_coordinate(&linear, 9.0) == 1.0);
    for (double u = 0.0; u <= 1.0; u += 0.125)
        assert_true(fabs(spiral_prior_coordinate(&log_axis, spiral_prior_value(&log_axis, u)) - u) <
                    1e-6);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *says;
    } refused[] = {
        {"k.pres", "did you mean 'k.press'?"}, {"k.press", "duplicate constant 'k.press'"},
        {"k.war=2", "expected LOW:HIGH"},      {"k.war=2:1", "not a range within its bounds"},
        {"k.war=1:2:lg", "expected LOW:HIGH"}, {"k.war=0:2:log", "begins above 0"},
        {"k.war=1:2000", "within its bounds"}, {"k.arms_base", "has no range of its own"},
    };
    struct spiral_prior prior = {.count = 0};
    struct spiral_error error;

    assert_int_equal(spiral_prior_add(&prior, "k.press", &error), SPIRAL_OK);
    assert_int_equal(spiral_prior_add(&prior, "k.slip=0.01:0.04:log", &error), SPIRAL_OK);
    assert_int_equal(spiral_prior_add(&prior, "aid_time=1:3", &error), SPIRAL_OK);
    assert_int_equal(prior.count, 3);
    assert_true(prior.axes[1].log && prior.axes[1].low == 0.01 && prior.axes[1].high == 0.04);
    assert_false(prior.axes[2].log);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(spiral_prior_add(&prior, refused[i].text, &error), SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, refused[i].says));
        assert_int_equal(prior.count, 3);
    }
}

/* Draws have the moments of a normal that is cut at two standard deviations: variance .774 of the
 * whole's. The tolerances are five standard errors of 20,000 draws. */
static void test_draws(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    struct spiral_random random = spiral_random_seed(3, 1);
    struct spiral_prior prior = {.count = 0};
    double sum = 0.0;
    double square = 0.0;
    double normal = 0.0;

    assert_int_equal(spiral_prior_add(&prior, "k.press", NULL), SPIRAL_OK);
    for (int i = 0; i < DRAWS; i++) {
        double u;
        spiral_prior_draw(&prior, &u, &random);
        assert_true(u >= 0.0 && u <= 1.0);
        sum += (u - 0.5) / 0.25;
        square += pow((u - 0.5) / 0.25, 2.0);
        normal += pow(spiral_prior_normal(&random), 2.0);
    }
    assert_true(fabs(sum / DRAWS) < 5.0 * 0.88 / sqrt(DRAWS));
    assert_true(fabs(square / DRAWS - 0.774) < 5.0 * 0.9 / sqrt(DRAWS));
    assert_true(fabs(normal / DRAWS - 1.0) < 5.0 * 1.42 / sqrt(DRAWS));
}

/* The density is that of the draws. */
static void test_density(void **state)
{
    (void)state;
    struct spiral_prior prior = {.count = 0};
    const double middle[] = {0.5, 0.5};
    const double aside[] = {0.75, 0.25};

    assert_int_equal(spiral_prior_add(&prior, "k.press", NULL), SPIRAL_OK);
    assert_int_equal(spiral_prior_add(&prior, "k.war", NULL), SPIRAL_OK);
    assert_true(fabs(spiral_prior_log_density(&prior, middle) -
                     spiral_prior_log_density(&prior, aside) - 1.0) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),   cmocka_unit_test(test_coordinates),
        cmocka_unit_test(test_names),   cmocka_unit_test(test_draws),
        cmocka_unit_test(test_density),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
