/* SPDX-License-Identifier: MIT
 *
 * How often intervals of rank correlations and of PAWN's distances hold what many points give: of
 * independent points, and of Saltelli's blocks, which share coordinates and are spread evenly. The
 * outcome is what sweeps have: the share of 32 runs that come to an event.
 */
#include "tests/support/functions.h"

enum { D = 3, RUNS = 32, MANY = 32768 };

/* A risk that two factors raise together, and a third, idle one. */
static double share_of_runs(const double *x, struct spiral_random *random)
{
    const double risk = 1.0 / (1.0 + exp(-8.0 * (x[0] * (0.5 + x[1]) - 0.4)));
    int events = 0;

    for (int run = 0; run < RUNS; run++)
        events += uniform(random) < risk;

    return (double)events / RUNS;
}

/* A design and its outcomes; the caller frees both. */
static struct spiral_design *points_of(enum spiral_design_kind kind, uint64_t points, uint64_t seed,
                                       double **y)
{
    struct spiral_design *design =
        unit_design(D,
                    (struct spiral_design_request){.kind = kind, .points = points, .seed = seed});
    struct spiral_random random = spiral_random_seed(seed, 78);

    *y = malloc(design->points * sizeof **y);
    for (size_t p = 0; p < design->points; p++)
        (*y)[p] = share_of_runs(&design->coordinate[p * D], &random);

    return design;
}

/* 90 to 98 % are asked for. */
static void check_coverage(const char *what, int held, int intervals)
{
    print_message("%s: %.1f %% of %d intervals hold\n", what, 100.0 * held / intervals, intervals);
    if (held < 0.90 * intervals || held > 0.98 * intervals)
        fail_msg("%s: %d of %d intervals hold", what, held, intervals);
}

static const struct spiral_sampling independent = {.block = 1, .even = false};
static const struct spiral_sampling blocks = {.block = D + 2, .even = true};

static void intervals_of_rank_correlations_cover(void **state)
{
    (void)state;
    enum { EXPERIMENTS = 200 };
    struct spiral_rank_correlation truth[D];
    struct spiral_error error;
    double *y;
    struct spiral_design *many = points_of(SPIRAL_DESIGN_sobol, MANY, 9, &y);

    assert_int_equal(spiral_analysis_prcc(truth, many->coordinate, y, MANY, D, &independent,
                                          &error),
                     SPIRAL_OK);
    spiral_design_destroy(many);
    free(y);

    for (int kind = 0; kind < 2; kind++) {
        int held = 0;

        for (int e = 0; e < EXPERIMENTS; e++) {
            struct spiral_rank_correlation found[D];
            struct spiral_design *design =
                kind == 0 ? points_of(SPIRAL_DESIGN_random, 250, 100 + (uint64_t)e, &y)
                          : points_of(SPIRAL_DESIGN_saltelli, 64, 100 + (uint64_t)e, &y);

            assert_int_equal(spiral_analysis_prcc(found, design->coordinate, y, design->points, D,
                                                  kind == 0 ? &independent : &blocks, &error),
                             SPIRAL_OK);
            for (int f = 0; f < D; f++) {
                held += holds(&found[f].coefficient, truth[f].coefficient.value);
                assert_true(isnan(found[f].p) == (kind == 1));
            }

            spiral_design_destroy(design);
            free(y);
        }

        check_coverage(kind == 0 ? "rank correlations, random points"
                                 : "rank correlations, Saltelli's blocks",
                       held, EXPERIMENTS * D);
    }
}

static void intervals_of_distances_cover(void **state)
{
    (void)state;
    enum { EXPERIMENTS = 60 };
    const struct spiral_resampling none = {.resamples = 0, .seed = 1};
    struct spiral_pawn truth[D];
    struct spiral_error error;
    double *y;
    struct spiral_design *many = points_of(SPIRAL_DESIGN_sobol, MANY, 9, &y);

    assert_int_equal(spiral_analysis_pawn(truth, many->coordinate, y, MANY, D, &independent, &none,
                                          &error),
                     SPIRAL_OK);
    spiral_design_destroy(many);
    free(y);

    for (int kind = 0; kind < 2; kind++) {
        int held = 0;

        for (int e = 0; e < EXPERIMENTS; e++) {
            const struct spiral_resampling resampling = {.resamples = 100, .seed = (uint64_t)e};
            struct spiral_pawn found[D];
            struct spiral_design *design =
                kind == 0 ? points_of(SPIRAL_DESIGN_random, 400, 500 + (uint64_t)e, &y)
                          : points_of(SPIRAL_DESIGN_saltelli, 64, 500 + (uint64_t)e, &y);

            assert_int_equal(spiral_analysis_pawn(found, design->coordinate, y, design->points, D,
                                                  kind == 0 ? &independent : &blocks, &resampling,
                                                  &error),
                             SPIRAL_OK);
            for (int f = 0; f < D; f++)
                held += holds(&found[f].median, truth[f].median.value) +
                        holds(&found[f].greatest, truth[f].greatest.value);

            spiral_design_destroy(design);
            free(y);
        }

        check_coverage(kind == 0 ? "distances, random points" : "distances, Saltelli's blocks",
                       held, 2 * EXPERIMENTS * D);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_rank_correlations_cover),
        cmocka_unit_test(intervals_of_distances_cover),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
