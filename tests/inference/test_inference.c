/* SPDX-License-Identifier: MIT
 *
 * The posterior: it is the one that the model's likelihood and the prior have, threads and
 * interrupts do not touch it, and what was kept is not run again.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/inference/inference.h"
#include "tools/inference/likelihood.h"
#include "tools/panel/synthetic.h"

enum { PAIRS = 8, RUNS = 16, SAMPLES = 120 };

static struct spiral_constants constants;
static struct spiral_pair_panel panel;

static int make_panel(void **state)
{
    (void)state;
    constants = spiral_constants_defaults();
    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1); /* the cases of the facts */
    return spiral_panel_synthetic(&panel, PAIRS, 7, SPIRAL_SYNTHETIC_MODEL, &constants, 0.25,
                                  NULL) == SPIRAL_OK
               ? 0
               : -1;
}

static int drop_panel(void **state)
{
    (void)state;
    spiral_panel_clear(&panel);
    return 0;
}

/* An inference of a few constants, not held to the facts. */
static void prepare(struct spiral_inference *inference, const char *const *names, int threads)
{
    struct spiral_inference_settings settings = spiral_inference_defaults();
    struct spiral_prior prior = {.count = 0};

    settings.runs = RUNS;
    settings.facts = 0;
    settings.threads = threads;
    settings.training = 10;
    for (; *names != NULL; names++)
        assert_int_equal(spiral_prior_add(&prior, *names, NULL), SPIRAL_OK);
    assert_int_equal(spiral_inference_create(inference, &panel, &prior, &constants, &settings,
                                             NULL),
                     SPIRAL_OK);
}

static enum spiral_status train_and_sample(struct spiral_inference *inference,
                                           struct spiral_inference_sample *sample, const bool *used,
                                           struct spiral_error *error)
{
    enum spiral_status status = spiral_inference_train(inference, error);

    *sample = (struct spiral_inference_sample){.count = 0};
    if (status == SPIRAL_OK)
        status = spiral_inference_sample(sample, inference, SAMPLES, used, 0, "test", error);
    return status;
}

/* --- the posterior ---------------------------------------------------------------------------- */

/* Of one constant the posterior can be had by going through its range: likelihood times prior on a
 * grid, cumulated. The sample's distribution is within what so many independent draws are of it
 * (Kolmogorov's distance, 1.95 over the root of the number: one in a thousand). */
static void test_posterior(void **state)
{
    (void)state;
    enum { GRID = 81 };
    static const char *const names[] = {"k.press", NULL};
    bool used[4 * PAIRS];

    for (size_t w = 0; w < panel.count; w++)
        used[w] = w % 2 == 0;
    for (int half = 0; half < 2; half++) {
        struct spiral_inference inference;
        struct spiral_inference_sample sample;
        double below[GRID] = {0.0};
        double density[GRID];
        double highest = -INFINITY;
        double farthest = 0.0;

        prepare(&inference, names, 1);
        assert_int_equal(train_and_sample(&inference, &sample, half == 1 ? used : NULL, NULL),
                         SPIRAL_OK);
        assert_true(sample.acceptance > 0.5);

        for (int g = 0; g < GRID; g++) {
            const double u = (double)g / (GRID - 1);
            assert_int_equal(spiral_likelihood_evaluate(&inference, &u, true, NULL), SPIRAL_OK);
            density[g] = spiral_inference_likelihood(&inference, inference.count - 1,
                                                     half == 1 ? used : NULL) +
                         spiral_prior_log_density(&inference.prior, &u);
            highest = fmax(highest, density[g]);
        }
        for (int g = 1; g < GRID; g++) /* trapezes */
            below[g] = below[g - 1] + exp(density[g] - highest) + exp(density[g - 1] - highest);

        const double effective = spiral_inference_effective(&inference, &sample, 0);
        assert_true(effective > 30.0);
        for (int g = 1; g < GRID - 1; g++) {
            double share = 0.0;
            for (size_t i = 0; i < sample.count; i++)
                share += *spiral_inference_point(&inference, &sample, i) <= (double)g / (GRID - 1)
                             ? 1.0 / (double)sample.count
                             : 0.0;
            farthest = fmax(farthest, fabs(share - below[g] / below[GRID - 1]));
        }
        assert_true(farthest < 1.95 / sqrt(effective));
        spiral_inference_sample_clear(&sample);
        spiral_inference_clear(&inference);
    }
}

/* The mean chances are those of the sample's sets, and the likelihood is that of the outcomes. */
static void test_sums(void **state)
{
    (void)state;
    static const char *const names[] = {"k.press", "k.war", NULL};
    struct spiral_inference inference;
    struct spiral_inference_sample sample;
    const size_t w = 5;
    double mean = 0.0;
    double likelihood = 0.0;

    prepare(&inference, names, 1);
    assert_int_equal(train_and_sample(&inference, &sample, NULL, NULL), SPIRAL_OK);
    assert_int_equal(sample.count, SAMPLES);
    for (size_t i = 0; i < sample.count; i++)
        mean += 1.0 /
                (1.0 + exp(-(double)inference.results[sample.set[i] * inference.outputs + w])) /
                SAMPLES;
    assert_true(fabs(mean - sample.mean[SPIRAL_PANEL_FORCE][w]) < 1e-9);

    const float *logits = &inference.results[sample.set[3] * inference.outputs];
    for (size_t v = 0; v < panel.count; v++) {
        const double force = 1.0 / (1.0 + exp(-(double)logits[v]));
        const double war = force / (1.0 + exp(-(double)logits[panel.count + v]));
        likelihood += log(panel.windows[v].war > 0.0     ? war
                          : panel.windows[v].force > 0.0 ? force - war
                                                         : 1.0 - force);
    }
    assert_true(fabs(likelihood - sample.likelihood[3]) < 1e-6);
    for (size_t a = 0; a < 2; a++)
        assert_true(spiral_inference_quantile(&inference, &sample, a, 0.05) <
                    spiral_inference_quantile(&inference, &sample, a, 0.95));
    spiral_inference_sample_clear(&sample);
    spiral_inference_clear(&inference);
}

/* --- what does not decide --------------------------------------------------------------------- */

/* A keeper in memory; it asks for an interrupt when it has so many sets. */
struct memory {
    size_t count;
    size_t stop; /* 0: never */
    size_t run;  /* sets that were saved by the last inference */
    double points[1000][2];
    float results[1000][2 * 4 * PAIRS];
};
static struct memory memory;

static enum spiral_status load(void *context, size_t number, const double *point, size_t axes,
                               float *outputs, size_t count, bool *found,
                               struct spiral_error *error)
{
    const struct memory *kept = context;

    (void)error;
    *found = number < kept->count;
    if (*found) {
        assert_memory_equal(kept->points[number], point, axes * sizeof *point);
        memcpy(outputs, kept->results[number], count * sizeof *outputs);
    }
    return SPIRAL_OK;
}

static enum spiral_status save(void *context, size_t number, const double *point, size_t axes,
                               const float *outputs, size_t count, struct spiral_error *error)
{
    struct memory *kept = context;

    assert_int_equal(number, kept->count);
    memcpy(kept->points[number], point, axes * sizeof *point);
    memcpy(kept->results[number], outputs, count * sizeof *outputs);
    kept->count++;
    kept->run++;
    return kept->count == kept->stop
               ? spiral_error_set(error, SPIRAL_STOPPED, "stopped by the test")
               : SPIRAL_OK;
}

/* Whole on one thread; then in three parts, on one and two threads, from what was kept. */
static void test_resumed(void **state)
{
    (void)state;
    static const char *const names[] = {"k.press", "k.war", NULL};
    static const struct spiral_inference_keeper keeper = {&memory, load, save};
    static const size_t stops[] = {7, 60, 0};
    struct spiral_inference whole;
    struct spiral_inference_sample of_whole;

    prepare(&whole, names, 1);
    assert_int_equal(train_and_sample(&whole, &of_whole, NULL, NULL), SPIRAL_OK);
    assert_true(whole.count > 60 && whole.count < 1000);

    memset(&memory, 0, sizeof memory);
    for (int part = 0; part < 3; part++) {
        struct spiral_inference inference;
        struct spiral_inference_sample sample;
        struct spiral_error error;
        const size_t before = memory.count;

        memory.stop = stops[part];
        memory.run = 0;
        prepare(&inference, names, 1 + part % 2);
        inference.keeper = &keeper;
        assert_int_equal(train_and_sample(&inference, &sample, NULL, &error),
                         part < 2 ? SPIRAL_STOPPED : SPIRAL_OK);
        assert_int_equal(memory.run, memory.count - before);
        if (part == 2) {
            assert_int_equal(inference.count, whole.count);
            assert_memory_equal(inference.points, whole.points,
                                whole.count * 2 * sizeof *whole.points);
            assert_memory_equal(inference.results, whole.results,
                                whole.count * whole.outputs * sizeof *whole.results);
            assert_memory_equal(sample.set, of_whole.set, SAMPLES * sizeof *sample.set);
        }
        spiral_inference_sample_clear(&sample);
        spiral_inference_clear(&inference);
    }
    spiral_inference_sample_clear(&of_whole);
    spiral_inference_clear(&whole);
}

/* --- the facts -------------------------------------------------------------------------------- */

/* Places on the scales of soft_bounds.def, and their bounds: a share, a ratio, a rate, a difference,
 * one that says nothing. */
static void test_places(void **state)
{
    (void)state;
    static const struct {
        const char *fact;
        struct spiral_stylised_criterion criterion;
        bool counts;
        double place;
        double low;
    } cases[] = {
        {"S4", {"Georgia: force by 2009", 0.8, 0, 0, 0.6, 1.0}, true, 1.386294, 0.605465},
        {"S1", {"trap / limited balance", 2.885, 0, 0, 5.0, 1e9}, true, 1.059525, 1.709438},
        {"S12", {"wars a year", 0.0014785, 0, 0, 0.0005, 0.006}, true, -6.516714, -7.500902},
        {"S8", {"concentrated less diversified", 0.04297, 0, 0, 0.01, 1.0}, true, 1.2891, 0.4},
        {"S5", {"change of risk, from 1994", -0.5664, 0, 0, -1.0, -0.0001}, true, -16.992, -30.0},
        {"S8", {"concentrated", 0.2, 0, 0, 0.0, 1.0}, false, 0.0, 0.0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double place;
        double low;
        double high;
        assert_int_equal(spiral_soft_place(cases[i].fact, &cases[i].criterion, &place, &low, &high),
                         cases[i].counts);
        if (cases[i].counts) {
            assert_true(fabs(place - cases[i].place) < 1e-4);
            assert_true(fabs(low - cases[i].low) < 1e-4);
            assert_true(low < high);
        }
    }
}

/* What is missed beyond the reference costs twice its square, up to 3; what the reference misses
 * itself costs nothing. */
static void test_penalty(void **state)
{
    (void)state;
    const struct spiral_soft_bounds bounds = {.count = 2, .low = {0.0, 0.0}, .high = {1.0, 1.0}};
    const double reference[] = {0.5, -0.4};
    const double inside[] = {0.9, -0.4};
    const double beyond[] = {1.5, -0.9};
    const double far[] = {0.5, 90.0};

    assert_true(spiral_soft_bounds_penalty(&bounds, inside, reference) == 0.0);
    assert_true(fabs(spiral_soft_bounds_penalty(&bounds, beyond, reference) - 1.0) < 1e-12);
    assert_true(fabs(spiral_soft_bounds_penalty(&bounds, far, reference) - 18.0) < 1e-12);
}

/* With the facts, their places are outputs, measured as the facts are. */
static void test_facts(void **state)
{
    (void)state;
    struct spiral_inference_settings settings = spiral_inference_defaults();
    struct spiral_prior prior = {.count = 0};
    struct spiral_inference inference;
    double places[SPIRAL_SOFT_MOST];
    const double middle = 0.5;

    settings.runs = RUNS;
    settings.facts = 32;
    settings.threads = 1;
    assert_int_equal(spiral_prior_add(&prior, "k.press=0.9:1.1", NULL), SPIRAL_OK);
    assert_int_equal(spiral_inference_create(&inference, &panel, &prior, &constants, &settings,
                                             NULL),
                     SPIRAL_OK);
    assert_true(inference.bounds.count > 20);
    assert_int_equal(inference.outputs, 2 * panel.count + inference.bounds.count);
    assert_int_equal(spiral_likelihood_evaluate(&inference, &middle, true, NULL), SPIRAL_OK);

    struct spiral_constants at = constants;
    at.press = 1.0;
    assert_int_equal(spiral_soft_bounds_measure(&inference.bounds, &at, places, NULL), SPIRAL_OK);
    for (size_t i = 0; i < inference.bounds.count; i++)
        assert_true(inference.results[2 * panel.count + i] == (float)places[i]);
    spiral_inference_clear(&inference);
}

/* A table without outcomes teaches nothing, and says so. */
static void test_unknown(void **state)
{
    (void)state;
    struct spiral_panel_window window = panel.windows[0];
    const struct spiral_pair_panel one = {.count = 1, .windows = &window};
    const struct spiral_inference_settings settings = spiral_inference_defaults();
    struct spiral_prior prior = {.count = 0};
    struct spiral_inference inference;
    struct spiral_error error;

    window.force = window.war = NAN;
    memset(window.hosts, 0, sizeof window.hosts);
    assert_int_equal(spiral_prior_add(&prior, "k.press", NULL), SPIRAL_OK);
    assert_int_equal(spiral_inference_create(&inference, &one, &prior, &constants, &settings,
                                             &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "nothing can be learnt"));
    spiral_inference_clear(&inference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_posterior), cmocka_unit_test(test_sums),
        cmocka_unit_test(test_resumed),   cmocka_unit_test(test_places),
        cmocka_unit_test(test_penalty),   cmocka_unit_test(test_facts),
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, make_panel, drop_panel);
}
