/* SPDX-License-Identifier: MIT
 *
 * Rank correlations, regional sensitivity and boxes, on cases whose answer is known.
 */
#include "tests/support/functions.h"

static const struct spiral_sampling independent = {.block = 1, .even = false};

/* scipy.stats.kstwobign.sf(), scipy.stats.beta.cdf() and scipy.stats.binom.sf(17, 20, .6) of
 * SciPy 1.10. */
static void distributions_are_scipys(void **state)
{
    (void)state;
    static const double lambda[5] = {0.5, 1.0, 1.2, 1.3580986393225505, 2.0};
    static const double tail[5] = {0.9639452436648751, 0.26999967167735456, 0.11224966667072497,
                                   0.05, 0.0006709252557796953};
    static const double beta[5][4] = {{0.1, 2, 3, 0.0523},
                                      {0.5, 0.5, 7, 0.997810791280376},
                                      {0.9, 30, 2, 0.1695646331008649},
                                      {0.3, 200, 450, 0.3387573783257928},
                                      {0.6, 18, 3, 0.0036114720591288708}};

    for (int i = 0; i < 5; i++) {
        assert_close(spiral_kolmogorov_tail(lambda[i]), tail[i], 1e-10);
        assert_close(spiral_incomplete_beta(beta[i][1], beta[i][2], beta[i][0]), beta[i][3], 1e-12);
    }

    assert_true(spiral_incomplete_beta(2, 3, 0.0) == 0.0 &&
                spiral_incomplete_beta(2, 3, 1.0) == 1.0 && spiral_kolmogorov_tail(0.0) == 1.0);
}

/* --- PRCC ------------------------------------------------------------------------------------- */

/* Ranks with ties and two factors; the answer by NumPy's inverse of the matrix of rank
 * correlations and SciPy's Student t. */
static void prcc_with_ties_is_as_numpys(void **state)
{
    (void)state;
    const double x[20] = {1, 3, 2, 1, 2, 2, 3, 2, 5, 5, 4, 9, 7, 4, 8, 4, 8, 8, 10, 6};
    const double y[10] = {2, 1, 4, 4, 6, 5, 9, 7, 10, 8};
    double first[10];
    struct spiral_rank_correlation found[2];
    struct spiral_error error;

    assert_int_equal(spiral_analysis_prcc(found, x, y, 10, 2, &independent, &error), SPIRAL_OK);
    assert_close(found[0].coefficient.value, 0.8069630354077135, 1e-13);
    assert_close(found[0].p, 0.008567031432527144, 1e-13);
    assert_close(found[1].coefficient.value, 0.34820493767642713, 1e-13);
    assert_close(found[1].p, 0.35846200159591846, 1e-13);

    /* One factor: Spearman's coefficient, scipy.stats.spearmanr(). */
    for (int p = 0; p < 10; p++)
        first[p] = x[2 * p];

    assert_int_equal(spiral_analysis_prcc(found, first, y, 10, 1, &independent, &error), SPIRAL_OK);
    assert_close(found[0].coefficient.value, 0.8960286546715561, 1e-13);
    assert_close(found[0].p, 0.00045018522074341674, 1e-15);
}

/* Normal factors x and y = sum of a_i x_i + e: Spearman's coefficients with y are s_i = 6 / pi
 * asin(r_i / 2) (Pearson 1907), those of the factors 0, so that the partial ones are s_i /
 * sqrt(1 - sum of the other s_j^2). The intervals hold them in 95 % of cases (of 150 times 3,
 * below 91.5 % with a probability of 1e-3), and p is below .05 for an idle factor in 5 % (of
 * 150, above 11.4 % with 1e-3). */
static void prcc_of_normal_numbers_is_as_pearson_says(void **state)
{
    (void)state;
    enum { N = 300, D = 3, EXPERIMENTS = 150 };
    static const double weight[D] = {2.0, -1.0, 0.0};
    const double length = sqrt(4.0 + 1.0 + 1.0); /* with e of variance 1 */
    double *x = malloc(N * D * sizeof *x);
    double *y = malloc(N * sizeof *y);
    double spearman[D];
    double squares = 0.0;
    struct spiral_random random = spiral_random_seed(11, 1);
    int held = 0;
    int false_alarms = 0;

    for (int f = 0; f < D; f++) {
        spearman[f] = 6.0 / M_PI * asin(0.5 * weight[f] / length);
        squares += spearman[f] * spearman[f];
    }

    for (int e = 0; e < EXPERIMENTS; e++) {
        struct spiral_rank_correlation found[D];
        struct spiral_error error;

        for (int p = 0; p < N; p++) {
            y[p] = normal(&random);
            for (int f = 0; f < D; f++) {
                x[p * D + f] = normal(&random);
                y[p] += weight[f] * x[p * D + f];
            }

            y[p] = exp(y[p]); /* ranks do not mind */
        }

        assert_int_equal(spiral_analysis_prcc(found, x, y, N, D, &independent, &error), SPIRAL_OK);
        for (int f = 0; f < D; f++)
            held += holds(&found[f].coefficient,
                          spearman[f] / sqrt(1.0 - squares + spearman[f] * spearman[f]));

        assert_true(found[0].p < 1e-6 && found[1].p < 1e-3);
        false_alarms += found[2].p < 0.05;
    }

    free(x);
    free(y);
    if (held < 0.915 * EXPERIMENTS * D || false_alarms > 0.114 * EXPERIMENTS)
        fail_msg("%d of %d intervals hold, %d false alarms", held, EXPERIMENTS * D, false_alarms);
}

static void prcc_of_a_rising_function_is_one(void **state)
{
    (void)state;
    double x[40];
    double y[20];
    struct spiral_rank_correlation found[2];
    struct spiral_error error;

    for (int p = 0; p < 20; p++) {
        x[2 * p] = p;
        x[2 * p + 1] = (7 * p) % 20;
        y[p] = exp(p);
    }

    assert_int_equal(spiral_analysis_prcc(found, x, y, 20, 2, &independent, &error), SPIRAL_OK);
    assert_true(found[0].coefficient.value == 1.0 && found[0].coefficient.interval.high == 1.0 &&
                found[0].p == 0.0);
    assert_close(found[1].coefficient.value, 0.0, 1e-6);
    for (int p = 0; p < 20; p++)
        x[2 * p + 1] = -x[2 * p];

    assert_int_equal(spiral_analysis_prcc(found, x, y, 20, 2, &independent, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "factor 1 is determined by those before it"));
    for (int p = 0; p < 20; p++)
        x[2 * p] = 3;

    assert_int_equal(spiral_analysis_prcc(found, x, y, 20, 2, &independent, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "factor 0 is the same at every point"));
    assert_int_equal(spiral_analysis_prcc(found, x, y, 4, 2, &independent, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "at least 5 points"));
}

/* --- Smirnov ---------------------------------------------------------------------------------- */

/* Cases uniform over 0..1, others over s..1 + s: the distribution functions are s apart. Of the
 * second factor both are the same. */
static void smirnov_of_a_shift_is_the_shift(void **state)
{
    (void)state;
    enum { N = 1000 };
    static const double shifts[3] = {0.05, 0.3, 1.5};

    for (int i = 0; i < 3; i++) {
        double *x = malloc(4 * N * sizeof *x);
        bool is_case[2 * N];
        struct spiral_smirnov found[2];
        struct spiral_error error;

        for (int p = 0; p < 2 * N; p++) {
            is_case[p] = p < N;
            x[2 * p + 1] = (p % N + 0.5) / N;
            x[2 * p] = x[2 * p + 1] + (p < N ? 0.0 : shifts[i] + 1e-9);
        }

        assert_int_equal(spiral_analysis_smirnov(found, x, is_case, 2 * N, 2, &error), SPIRAL_OK);
        assert_close(found[0].distance, fmin(1.0, shifts[i]), 1.001 / N);
        assert_true(found[1].distance == 0.0 && found[1].p == 1.0);

        /* 1.3581 sqrt((n + m) / (n m)) = .0607, less Stephens' part. */
        assert_close(found[0].critical, 0.0607, 0.0005);
        assert_true((found[0].distance > found[0].critical) == (found[0].p < 0.05));
        free(x);
    }
}

/* Where there is no difference p is uniform: below .05 in 5 % of 400 draws, give or take 3
 * standard errors of .0109 (and a shade fewer, distances being steps). */
static void smirnov_of_no_difference_is_rarely_significant(void **state)
{
    (void)state;
    enum { N = 400, DRAWS = 400 };
    struct spiral_random random = spiral_random_seed(3, 3);
    double x[N];
    bool is_case[N];
    int alarms = 0;

    for (int draw = 0; draw < DRAWS; draw++) {
        struct spiral_smirnov found;
        struct spiral_error error;

        for (int p = 0; p < N; p++) {
            x[p] = uniform(&random);
            is_case[p] = p % 4 == 0;
        }

        assert_int_equal(spiral_analysis_smirnov(&found, x, is_case, N, 1, &error), SPIRAL_OK);
        alarms += found.p < 0.05;
    }

    assert_close((double)alarms / DRAWS, 0.05, 3.0 * 0.0109);
}

static void cases_of_one_kind_are_refused(void **state)
{
    (void)state;
    const double x[4] = {1, 2, 3, 4};
    const bool none[4] = {false};
    const bool all[4] = {true, true, true, true};
    const struct spiral_prim_options options = spiral_prim_defaults();
    struct spiral_smirnov found;
    struct spiral_prim prim;
    struct spiral_error error;

    assert_int_equal(spiral_analysis_smirnov(&found, x, none, 4, 1, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "none of the 4 points is a case"));
    assert_int_equal(spiral_analysis_prim(&prim, x, all, 4, 1, &options, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "every one of the 4 points"));
    spiral_prim_clear(&prim);
}

/* --- PRIM ------------------------------------------------------------------------------------- */

enum { POINTS = 4096, FACTORS = 5 };

static bool *cases_in(const struct spiral_design *design, bool (*holds_case)(const double *x))
{
    bool *is_case = malloc(design->points * sizeof *is_case);
    for (size_t p = 0; p < design->points; p++)
        is_case[p] = holds_case(&design->coordinate[p * design->factors]);
    return is_case;
}

static struct spiral_prim boxes_of(const struct spiral_design *design, const bool *is_case)
{
    const struct spiral_prim_options options = spiral_prim_defaults();
    struct spiral_prim prim;
    struct spiral_error error;

    assert_int_equal(spiral_analysis_prim(&prim, design->coordinate, is_case, design->points,
                                          design->factors, &options, &error),
                     SPIRAL_OK);
    return prim;
}

static bool planted(const double *x) { return x[1] > 0.3 && x[1] < 0.8 && x[3] > 0.6; }

/* The box .3 .. .8 of factor 1 and .6 .. of factor 3 holds a fifth of the space. A last peel
 * takes a twentieth of what may be left of a factor, so that an edge is found within .05 * .5
 * and .05 * .4, and pasting mends what was peeled too much. */
static void prim_finds_a_planted_box(void **state)
{
    (void)state;
    struct spiral_design *design =
        unit_design(FACTORS, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                            .points = POINTS,
                                                            .seed = 1});
    bool *is_case = cases_in(design, planted);
    struct spiral_prim prim = boxes_of(design, is_case);

    assert_true(prim.box_count >= 1);

    const struct spiral_prim_box *box = &prim.boxes[0];

    assert_close(box->limits[1].low, 0.3, 0.025);
    assert_close(box->limits[1].high, 0.8, 0.025);
    assert_close(box->limits[3].low, 0.6, 0.02);
    assert_true(box->limits[1].above && box->limits[1].below && box->limits[3].above &&
                !box->limits[3].below);
    assert_true(box->limits[1].p < 1e-10 && box->limits[3].p < 1e-10);
    for (size_t f = 0; f < FACTORS; f += 2)
        assert_true(!box->limits[f].above && !box->limits[f].below && isnan(box->limits[f].p));

    assert_int_equal(box->quality.restricted, 2);
    assert_true(box->quality.density > 0.93 && box->quality.coverage > 0.93);
    assert_close(box->quality.mass, 0.2, 0.02);

    /* The figures are those of the points. */
    size_t points = 0;
    size_t cases = 0;

    for (size_t p = 0; p < design->points; p++) {
        const double *x = &design->coordinate[p * FACTORS];
        if (x[1] >= box->limits[1].low && x[1] <= box->limits[1].high &&
            x[3] >= box->limits[3].low) {
            points++;
            cases += is_case[p];
        }
    }

    assert_int_equal(points, box->quality.points);
    assert_int_equal(cases, box->quality.cases);

    /* The trajectory begins with all points, and only gets smaller. */
    assert_int_equal(box->trajectory[0].points, POINTS);
    assert_close(box->trajectory[0].coverage, 1.0, 0.0);
    for (size_t s = 1; s < box->steps; s++)
        assert_true(box->trajectory[s].points < box->trajectory[s - 1].points &&
                    box->trajectory[s].coverage <= box->trajectory[s - 1].coverage);

    assert_true(box->trajectory[box->steps - 1].points >= POINTS / 20);
    spiral_prim_clear(&prim);
    free(is_case);
    spiral_design_destroy(design);
}

static bool in_two_corners(const double *x)
{
    return (x[0] < 0.25 && x[1] < 0.25) || (x[0] > 0.6 && x[2] > 0.5);
}

/* Two boxes that do not touch, one three times the other, are found one after the other;
 * together they cover nearly all. */
static void prim_covers_two_corners(void **state)
{
    (void)state;
    struct spiral_design *design =
        unit_design(FACTORS, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                            .points = POINTS,
                                                            .seed = 2});
    bool *is_case = cases_in(design, in_two_corners);
    struct spiral_prim prim = boxes_of(design, is_case);

    assert_true(prim.box_count >= 2);
    assert_true(prim.boxes[0].quality.coverage + prim.boxes[1].quality.coverage > 0.9);

    for (int b = 0; b < 2; b++) {
        const struct spiral_prim_limit *limits = prim.boxes[b].limits;
        assert_true(prim.boxes[b].quality.density > 0.9);
        assert_int_equal(prim.boxes[b].quality.restricted, 2);
        assert_close(b == 0 ? limits[0].low : limits[0].high, b == 0 ? 0.6 : 0.25, 0.03);
        assert_close(b == 0 ? limits[2].low : limits[1].high, b == 0 ? 0.5 : 0.25, 0.03);
    }

    assert_true(prim.boxes[0].limits[0].above && prim.boxes[1].limits[0].below);
    spiral_prim_clear(&prim);
    free(is_case);
    spiral_design_destroy(design);
}

/* Values of a list, many points to each: a peel takes a whole value, and limits are values that
 * occur. */
static void prim_keeps_equal_values_together(void **state)
{
    (void)state;
    enum { N = 6 * 6 * 6 };
    const struct spiral_prim_options options = spiral_prim_defaults();
    struct spiral_prim prim;
    struct spiral_error error;
    double x[N * 3];
    bool is_case[N];

    for (int p = 0; p < N; p++) {
        x[3 * p] = p % 6;
        x[3 * p + 1] = p / 6 % 6;
        x[3 * p + 2] = p / 36;
        is_case[p] = x[3 * p] >= 4 && x[3 * p + 1] <= 2;
    }

    assert_int_equal(spiral_analysis_prim(&prim, x, is_case, N, 3, &options, &error), SPIRAL_OK);
    assert_int_equal(prim.box_count, 1);

    const struct spiral_prim_limit *limits = prim.boxes[0].limits;

    assert_true(limits[0].low == 4 && limits[0].above && !limits[0].below && limits[1].high == 2 &&
                limits[1].below && !limits[1].above);
    assert_true(!limits[2].above && !limits[2].below && limits[2].low == 0 && limits[2].high == 5);
    assert_true(prim.boxes[0].quality.density == 1.0 && prim.boxes[0].quality.coverage == 1.0);
    spiral_prim_clear(&prim);
}

/* Bryant and Lempert's quasi-p-value: of the box that is found, by summing the binomial. */
static void quasi_p_is_the_binomial_tail(void **state)
{
    (void)state;
    struct spiral_design *design = unit_design(
        1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 64, .seed = 1});
    struct spiral_random random = spiral_random_seed(2, 9);
    bool is_case[64];

    for (size_t p = 0; p < 64; p++)
        is_case[p] = uniform(&random) < (design->coordinate[p] > 0.6 ? 0.6 : 0.25);

    struct spiral_prim prim = boxes_of(design, is_case);

    assert_true(prim.box_count >= 1 && prim.boxes[0].quality.restricted == 1 &&
                prim.boxes[0].limits[0].above);

    const double share =
        (double)prim.cases / 64.0; /* without the restriction the box is the whole */
    const size_t n = prim.boxes[0].quality.points;
    double tail = 0.0;

    for (size_t k = prim.boxes[0].quality.cases; k <= n; k++)
        tail +=
            exp(lgamma((double)n + 1.0) - lgamma((double)k + 1.0) - lgamma((double)(n - k) + 1.0) +
                (double)k * log(share) + (double)(n - k) * log1p(-share));

    assert_close(prim.boxes[0].limits[0].p, tail, 1e-12);
    spiral_prim_clear(&prim);
    spiral_design_destroy(design);
}

/* Exclusive or: no single end raises the density, and what a peel could gain from four points
 * chance explains. */
/* Points within the limits of a step, and the cases among them. */
static void count_within(const struct spiral_design *design, const bool *is_case,
                         const double *limits, size_t *points, size_t *cases)
{
    *points = *cases = 0;

    for (size_t p = 0; p < design->points; p++) {
        bool inside = true;

        for (size_t f = 0; f < design->factors; f++) {
            const double value = design->coordinate[p * design->factors + f];
            inside = inside && value >= limits[2 * f] && value <= limits[2 * f + 1];
        }

        *points += inside;
        *cases += inside && is_case[p];
    }
}

/* Every step of a trajectory has its limits, any step can be asked for, and no step is better than the
 * box that is taken: of noisy cases of several shapes. */
static void prim_takes_no_dominated_box(void **state)
{
    (void)state;
    size_t found_boxes = 0;

    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct spiral_design *design =
            unit_design(FACTORS, (struct spiral_design_request){.kind = SPIRAL_DESIGN_random,
                                                                .points = 400,
                                                                .seed = seed});
        struct spiral_random random = spiral_random_seed(seed, 77);
        bool *is_case = malloc(design->points * sizeof *is_case);

        for (size_t p = 0; p < design->points; p++) {
            const double *x = &design->coordinate[p * design->factors];
            const double chance = x[0] + x[1] > 1.3 ? 0.7 : x[2] > 0.8 ? 0.2 : 0.05;
            is_case[p] = spiral_random_next(&random) * 0x1p-32 < chance;
        }

        struct spiral_prim prim = boxes_of(design, is_case);

        /* Chance may explain the box of a small sample. */
        if (prim.box_count == 0) {
            spiral_prim_clear(&prim);
            free(is_case);
            spiral_design_destroy(design);
            continue;
        }

        const struct spiral_prim_box *box = &prim.boxes[0];

        found_boxes++;

        for (size_t s = 0; s < box->steps; s++) {
            const struct spiral_prim_quality *step = &box->trajectory[s];
            const bool as_good =
                step->cases >= box->quality.cases && step->density >= box->quality.density;
            size_t points;
            size_t cases;

            assert_false(as_good && (step->cases > box->quality.cases ||
                                     step->density > box->quality.density));
            count_within(design, is_case, &box->trajectory_limits[s * design->factors * 2], &points,
                         &cases);
            assert_int_equal(points, step->points);
            assert_int_equal(cases, step->cases);
        }

        struct spiral_prim_options options = spiral_prim_defaults();
        struct spiral_prim asked;
        struct spiral_error error;

        options.step = box->steps / 2;
        assert_int_equal(spiral_analysis_prim(&asked, design->coordinate, is_case, design->points,
                                              design->factors, &options, &error),
                         SPIRAL_OK);
        assert_int_equal(asked.boxes[0].quality.points, box->trajectory[box->steps / 2].points);
        assert_int_equal(asked.boxes[0].quality.cases, box->trajectory[box->steps / 2].cases);
        spiral_prim_clear(&asked);
        options.step = 10000;
        assert_int_equal(spiral_analysis_prim(&asked, design->coordinate, is_case, design->points,
                                              design->factors, &options, &error),
                         SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, "and no 10000"));
        spiral_prim_clear(&asked);

        spiral_prim_clear(&prim);
        free(is_case);
        spiral_design_destroy(design);
    }

    assert_true(found_boxes >= 6);
}

static void prim_finds_no_box_where_there_is_none(void **state)
{
    (void)state;
    struct spiral_design *design =
        unit_design(2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 2});
    const bool is_case[4] = {true, false, false, true};
    const struct spiral_prim_options options = spiral_prim_defaults();
    struct spiral_prim prim;
    struct spiral_error error;

    assert_int_equal(spiral_analysis_prim(&prim, design->coordinate, is_case, 4, 2, &options,
                                          &error),
                     SPIRAL_OK);
    assert_int_equal(prim.box_count, 0);
    spiral_prim_clear(&prim);
    spiral_design_destroy(design);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_are_scipys),
        cmocka_unit_test(prcc_with_ties_is_as_numpys),
        cmocka_unit_test(prcc_of_normal_numbers_is_as_pearson_says),
        cmocka_unit_test(prcc_of_a_rising_function_is_one),
        cmocka_unit_test(smirnov_of_a_shift_is_the_shift),
        cmocka_unit_test(smirnov_of_no_difference_is_rarely_significant),
        cmocka_unit_test(cases_of_one_kind_are_refused),
        cmocka_unit_test(prim_finds_a_planted_box),
        cmocka_unit_test(prim_covers_two_corners),
        cmocka_unit_test(prim_keeps_equal_values_together),
        cmocka_unit_test(quasi_p_is_the_binomial_tail),
        cmocka_unit_test(prim_takes_no_dominated_box),
        cmocka_unit_test(prim_finds_no_box_where_there_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
