/* SPDX-License-Identifier: MIT
 *
 * Recovery: panels made by the model with constants drawn from the prior give them back.
 * Simulation- based calibration (Talts et al. 2018): over such panels, the rank of the truth among
 * the sets of the posterior is uniform, so that an interval of 80 % holds it in 80 % of panels,
 * whatever the panel says. A likelihood, a prior or a chain that is wrong shows in the ranks.
 *
 * Usage: test_recovery [panels pairs constants]. Without arguments a quick one: few panels, each of
 * few windows.
 *
 * S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman, "Validating Bayesian inference
 * algorithms with simulation-based calibration", arXiv:1804.06788 (2018).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/inference/inference.h"
#include "tools/panel/synthetic.h"

enum { MOST_AXES = 6, BINS = 5, SAMPLES = 60 };

static size_t panels = 20;
static size_t pairs = 7;
static size_t axes = 2;

/* What a panel showed of an axis. */
struct found {
    size_t inside; /* panels whose middle 80 % hold the truth */
    size_t bin[BINS];
    double width; /* sum of the posterior's deviation over the prior's */
};

static void make_prior(struct spiral_prior *prior)
{
    static const char *const names[MOST_AXES] = {"k.press", "k.incident", "k.war",
                                                 "k.talk",  "k.othering", "k.settle"};

    *prior = (struct spiral_prior){.count = 0};
    for (size_t a = 0; a < axes; a++)
        assert_int_equal(spiral_prior_add(prior, names[a], NULL), SPIRAL_OK);
}

/* The share of a sample below a coordinate. */
static double share_below(const struct spiral_inference *inference,
                          const struct spiral_inference_sample *sample, size_t axis, double u)
{
    double below = 0.0;

    for (size_t i = 0; i < sample->count; i++)
        below += spiral_inference_point(inference, sample, i)[axis] < u ? 1.0 : 0.0;
    return below / (double)sample->count;
}

/* Draws a truth, makes a panel with it, fits it, and ranks the truth. */
static void fit_panel(size_t number, struct found *found)
{
    struct spiral_inference_settings settings = spiral_inference_defaults();
    struct spiral_random random = spiral_random_seed(11, number);
    struct spiral_constants truth = spiral_constants_defaults();
    const struct spiral_constants defaults = truth;
    struct spiral_inference inference;
    struct spiral_inference_sample sample;
    struct spiral_pair_panel panel;
    struct spiral_prior prior;
    double u[MOST_AXES];

    make_prior(&prior);
    spiral_prior_draw(&prior, u, &random);
    spiral_prior_put(&prior, u, &truth);
    assert_int_equal(spiral_panel_synthetic(&panel, pairs, 1000 + number, SPIRAL_SYNTHETIC_MODEL,
                                            &truth, settings.dt, NULL),
                     SPIRAL_OK);
    settings.facts = 0;
    settings.runs = 32;
    settings.seed = number;
    settings.training = 12;
    assert_int_equal(spiral_inference_create(&inference, &panel, &prior, &defaults, &settings,
                                             NULL),
                     SPIRAL_OK);
    assert_int_equal(spiral_inference_train(&inference, NULL), SPIRAL_OK);
    assert_int_equal(spiral_inference_sample(&sample, &inference, SAMPLES, NULL, 0, "recovery",
                                             NULL),
                     SPIRAL_OK);

    for (size_t a = 0; a < axes; a++) {
        const double rank = share_below(&inference, &sample, a, u[a]);
        const size_t bin = (size_t)(rank * BINS);
        found[a].inside += rank >= 0.1 && rank <= 0.9 ? 1 : 0;
        found[a].bin[bin < BINS ? bin : BINS - 1]++;
        found[a].width +=
            spiral_inference_deviation(&inference, &sample, a) / spiral_prior_deviation;
    }
    spiral_inference_sample_clear(&sample);
    spiral_inference_clear(&inference);
    spiral_panel_clear(&panel);
}

/* Of a binomial count: how far it is from what is expected, in standard deviations. */
static double deviations(size_t count, size_t of, double share)
{
    return ((double)count - share * (double)of) / sqrt((double)of * share * (1.0 - share));
}

/* Bounds for all axes together at one false alarm in some thousands: 3.7 standard deviations of the
 * coverage, and 23.5 of the chi square of five bins (four degrees of freedom). That the posterior
 * has learnt something at all: it is narrower than the prior for the rate of incidents. */
static void test_ranks(void **state)
{
    (void)state;
    struct found found[MOST_AXES] = {{.inside = 0}};

    for (size_t number = 0; number < panels; number++)
        fit_panel(number, found);
    for (size_t a = 0; a < axes; a++) {
        double chi_square = 0.0;
        for (int bin = 0; bin < BINS; bin++) {
            const double expected = (double)panels / BINS;
            chi_square += pow((double)found[a].bin[bin] - expected, 2.0) / expected;
        }
        printf("axis %zu: %zu of %zu in the middle 80 %%; ranks by fifths %zu %zu %zu %zu %zu, chi "
               "square %.1f; width %.2f of the prior's\n",
               a, found[a].inside, panels, found[a].bin[0], found[a].bin[1], found[a].bin[2],
               found[a].bin[3], found[a].bin[4], chi_square, found[a].width / (double)panels);
        assert_true(fabs(deviations(found[a].inside, panels, 0.8)) < 3.7);
        assert_true(chi_square < 23.5);
    }
    assert_true(found[0].width / (double)panels < 0.75);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ranks)};

    if (argc == 4) {
        panels = strtoul(argv[1], NULL, 10);
        pairs = strtoul(argv[2], NULL, 10);
        axes = strtoul(argv[3], NULL, 10);
    }
    if (axes < 1 || axes > MOST_AXES || panels < 1 || pairs < 1)
        return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
