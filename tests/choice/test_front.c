/* SPDX-License-Identifier: MIT */
/* Fronts of points whose order is known, volumes done by hand, and the search on problems whose
 * front is known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/choice/search.h"

static void dominance_by_hand(void **state)
{
    (void)state;
    const double a[2] = {1.0, 2.0};
    const double b[2] = {1.0, 3.0};
    const double c[2] = {2.0, 1.0};

    assert_true(spiral_dominates(a, b, 2) && !spiral_dominates(b, a, 2));
    assert_false(spiral_dominates(a, a, 2));
    assert_false(spiral_dominates(a, c, 2) || spiral_dominates(c, a, 2));
}

static void ranks_by_hand(void **state)
{
    (void)state;
    const double value[7][2] = {{1, 5}, {2, 3}, {4, 1}, {3, 4}, {2, 3}, {5, 5}, {4, 4}};
    const size_t expected[7] = {0, 0, 0, 1, 0, 3, 2};
    size_t rank[7];
    double distance[7];

    assert_int_equal(spiral_front_ranks(rank, value[0], 7, 2), SPIRAL_OK);
    assert_memory_equal(rank, expected, sizeof rank);

    /* the ends have room without end; between them, gaps over the ranges, 3 and 4 */
    assert_int_equal(spiral_front_crowding(distance, rank, 0, value[0], 7, 2), SPIRAL_OK);
    assert_true(isinf(distance[0]) && isinf(distance[2]));
    assert_true(fabs(distance[1] + distance[4] - (1.0 / 3.0 + 2.0 / 3.0 + 2.0 / 4.0 + 2.0 / 4.0)) <
                1e-12);
}

/* Ranks are those of the definition: a point's rank is one more than the largest of those that
 * dominate it. */
static void ranks_of_random_points(void **state)
{
    (void)state;
    enum { POINTS = 60 };
    struct spiral_random random = spiral_random_seed(7, 0);
    double value[POINTS * 3];
    size_t rank[POINTS];

    for (int i = 0; i < POINTS * 3; i++)
        value[i] = floor(8.0 * spiral_uniform(spiral_random_next(&random)));
    assert_int_equal(spiral_front_ranks(rank, value, POINTS, 3), SPIRAL_OK);

    for (int i = 0; i < POINTS; i++) {
        size_t expected = 0;
        for (int j = 0; j < POINTS; j++)
            if (spiral_dominates(&value[3 * j], &value[3 * i], 3) && rank[j] + 1 > expected)
                expected = rank[j] + 1;
        assert_int_equal(rank[i], expected);
    }
}

static void volumes_by_hand(void **state)
{
    (void)state;
    const double reference[3] = {4.0, 4.0, 4.0};
    const double one[3] = {1.0, 2.0, 3.0};
    const double plane[3][2] = {{1, 3}, {2, 2}, {3, 1}};

    assert_true(spiral_front_volume(one, 1, 1, reference) == 3.0);
    assert_true(fabs(spiral_front_volume(one, 1, 3, reference) - 3.0 * 2.0 * 1.0) < 1e-12);
    assert_true(fabs(spiral_front_volume(plane[0], 3, 2, reference) - 6.0) < 1e-12);
    assert_true(spiral_front_volume(plane[0], 0, 2, reference) == 0.0);

    /* two boxes of 3 x 3 x 1 and 1 x 1 x 3 that share a corner of 1 x 1 x 1 */
    const double boxes[2][3] = {{1, 1, 3}, {3, 3, 1}};

    assert_true(fabs(spiral_front_volume(boxes[0], 2, 3, reference) - (9.0 + 3.0 - 1.0)) < 1e-12);

    /* what lies beyond the reference, or is dominated, adds nothing */
    const double more[4][3] = {{1, 1, 3}, {3, 3, 1}, {5, 0, 0}, {3.5, 3.5, 3.5}};

    assert_true(fabs(spiral_front_volume(more[0], 4, 3, reference) - 11.0) < 1e-12);
}

/* The volume of three objectives is the share of random points that the front dominates. */
static void volume_of_random_points(void **state)
{
    (void)state;
    enum { POINTS = 12, DRAWS = 40000 };
    const double reference[3] = {1.0, 1.0, 1.0};
    struct spiral_random random = spiral_random_seed(3, 0);
    double value[POINTS * 3];
    double hits = 0.0;

    for (int i = 0; i < POINTS * 3; i++)
        value[i] = spiral_uniform(spiral_random_next(&random));

    for (int d = 0; d < DRAWS; d++) {
        double at[3];
        bool inside = false;
        for (int o = 0; o < 3; o++)
            at[o] = spiral_uniform(spiral_random_next(&random));
        for (int i = 0; i < POINTS; i++)
            inside = inside || spiral_dominates(&value[3 * i], at, 3);
        hits += inside;
    }

    const double volume = spiral_front_volume(value, POINTS, 3, reference);

    /* four standard errors of a share of 40,000 draws */
    assert_true(fabs(hits / DRAWS - volume) < 4.0 * 0.5 / sqrt(DRAWS));
}

static void an_archive_has_one_point_a_box(void **state)
{
    (void)state;
    struct spiral_archive archive = {.objectives = 2, .epsilon = {1.0, 1.0}};
    bool kept;

    spiral_archive_offer(&archive, 0, (const double[]){2.6, 2.6}, &kept);
    assert_true(kept);
    spiral_archive_offer(&archive, 1, (const double[]){2.2, 2.9}, &kept);
    assert_false(kept); /* the same box, farther from its corner */
    spiral_archive_offer(&archive, 2, (const double[]){2.1, 2.1}, &kept);
    assert_true(kept && archive.count == 1 && archive.id[0] == 2);
    spiral_archive_offer(&archive, 3, (const double[]){1.5, 3.5}, &kept);
    assert_true(kept && archive.count == 2);
    spiral_archive_offer(&archive, 4, (const double[]){3.9, 3.1}, &kept);
    assert_false(kept); /* its box is dominated */
    spiral_archive_offer(&archive, 5, (const double[]){0.5, 0.5}, &kept);
    assert_true(kept && archive.count == 1 && archive.improved == 3);
    spiral_archive_clear(&archive);
}

/* --- the search ------------------------------------------------------------------------------- */

enum { GENES = 6, LEVELS = 101 };

/* ZDT1 (Zitzler, Deb and Thiele 2000) in hundredths: the front is f2 = 1 - sqrt(f1). */
static enum spiral_status zdt1(void *context, const int *gene, size_t count, double *value,
                               struct spiral_error *error)
{
    size_t *evaluations = context;

    (void)error;
    *evaluations += count;

    for (size_t i = 0; i < count; i++) {
        const int *own = &gene[i * GENES];
        double sum = 0.0;
        for (int g = 1; g < GENES; g++)
            sum += own[g] / 100.0;

        const double spread = 1.0 + 9.0 * sum / (GENES - 1.0);
        value[2 * i] = own[0] / 100.0;
        value[2 * i + 1] = spread * (1.0 - sqrt(value[2 * i] / spread));
    }

    return SPIRAL_OK;
}

static void run_zdt1(struct spiral_search *search, size_t evaluations, uint64_t seed,
                     size_t *evaluated)
{
    struct spiral_search_problem problem = {.genes = GENES,
                                            .objectives = 2,
                                            .epsilon = {0.02, 0.02},
                                            .evaluate = zdt1,
                                            .context = evaluated};
    const struct spiral_search_options options = {evaluations, 20, seed};
    struct spiral_error error;

    for (int g = 0; g < GENES; g++)
        problem.levels[g] = LEVELS;
    *evaluated = 0;
    assert_int_equal(spiral_search_run(search, &problem, &options, NULL, 0, &error), SPIRAL_OK);
}

/* The volume below (1.1, 1.1) is within 3 % of that of the front itself, .21 + .1 + 2/3 - ... */
static void the_front_of_zdt1_is_found(void **state)
{
    (void)state;
    static const double reference[2] = {1.1, 1.1};
    double true_front[101][2];

    for (int i = 0; i <= 100; i++) {
        true_front[i][0] = i / 100.0;
        true_front[i][1] = 1.0 - sqrt(i / 100.0);
    }

    const double whole = spiral_front_volume(true_front[0], 101, 2, reference);

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct spiral_search search;
        size_t evaluated;
        run_zdt1(&search, 3000, seed, &evaluated);
        assert_true(evaluated == search.count && search.count <= 3000);
        assert_true(spiral_front_volume(search.archive.value, search.archive.count, 2, reference) >
                    0.97 * whole);
        spiral_search_clear(&search);
    }
}

/* The same request finds the same; no solution is evaluated twice. */
static void a_search_repeats_itself(void **state)
{
    (void)state;
    struct spiral_search searches[2];
    size_t evaluated;

    for (int i = 0; i < 2; i++)
        run_zdt1(&searches[i], 400, 5, &evaluated);
    assert_int_equal(searches[0].count, 400);
    assert_memory_equal(searches[0].gene, searches[1].gene, 400 * GENES * sizeof(int));

    for (size_t i = 0; i < 400; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(memcmp(&searches[0].gene[i * GENES], &searches[0].gene[j * GENES],
                                        GENES * sizeof(int)),
                                 0);

    for (int i = 0; i < 2; i++)
        spiral_search_clear(&searches[i]);
}

/* A space that is smaller than the evaluations asked for is searched to its end. */
static void a_small_space_ends(void **state)
{
    (void)state;
    struct spiral_search search;
    size_t evaluated = 0;
    struct spiral_search_problem problem = {.genes = GENES,
                                            .levels = {3, 2, 1, 1, 1, 1},
                                            .objectives = 2,
                                            .epsilon = {0.001, 0.001},
                                            .evaluate = zdt1,
                                            .context = &evaluated};
    const struct spiral_search_options options = {1000, 8, 1};
    struct spiral_error error;

    assert_int_equal(spiral_search_run(&search, &problem, &options, NULL, 0, &error), SPIRAL_OK);
    assert_int_equal(search.count, 6);
    spiral_search_clear(&search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dominance_by_hand),
        cmocka_unit_test(ranks_by_hand),
        cmocka_unit_test(ranks_of_random_points),
        cmocka_unit_test(volumes_by_hand),
        cmocka_unit_test(volume_of_random_points),
        cmocka_unit_test(an_archive_has_one_point_a_box),
        cmocka_unit_test(the_front_of_zdt1_is_found),
        cmocka_unit_test(a_search_repeats_itself),
        cmocka_unit_test(a_small_space_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
