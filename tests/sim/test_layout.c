/* SPDX-License-Identifier: MIT */
/* Who is who, and which pairs there are: the layout of the triad in full, counts and looking up
 * for eight states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"

static struct spiral_layout layout_of(void (*build)(struct spiral_scenario *scenario))
{
    struct spiral_scenario scenario;
    build(&scenario);
    const struct spiral_layout layout = spiral_layout_of(&scenario);

    spiral_scenario_clear(&scenario);
    return layout;
}

static void test_counts(void **unused)
{
    (void)unused;
    const struct spiral_layout triad = layout_of(spiral_test_triad);
    const struct spiral_layout octet = layout_of(spiral_test_octet);
    const struct spiral_layout dyad = layout_of(spiral_test_dyad);
    static const int of_dyad[SPIRAL_DIMENSIONS] = {2, 2, 1, 1, 1, 0};
    static const int of_triad[SPIRAL_DIMENSIONS] = {3, 4, 2,
                                                    2, 1, 2}; /* S-N and N-O; S-O is not a tie */
    static const int of_octet[SPIRAL_DIMENSIONS] = {
        8, 36, 18, 7, 3, 2}; /* 28 pairs less the 10 among S and four offshore powers */

    assert_memory_equal(dyad.count, of_dyad, sizeof of_dyad);
    assert_memory_equal(triad.count, of_triad, sizeof of_triad);
    assert_memory_equal(octet.count, of_octet, sizeof of_octet);
    assert_int_equal(triad.small, 0);
    assert_int_equal(octet.small, 2);
}

static void test_triad_in_full(void **unused)
{
    (void)unused;
    const struct spiral_layout layout = layout_of(spiral_test_triad);
    static const struct spiral_perception perceptions[] = {{0, 1, 0, 0},
                                                           {1, 0, 0, 0},
                                                           {1, 2, 1, -1},
                                                           {2, 1, 1, -1}};
    static const struct spiral_tie ties[] = {{0, 1, 0, 1}, {1, 2, 2, 3}};

    assert_memory_equal(layout.perceptions, perceptions, sizeof perceptions);
    assert_memory_equal(layout.ties, ties, sizeof ties);
    assert_int_equal(layout.patrons[0], TRIAD_NEIGHBOUR);
    assert_int_equal(layout.patrons[1], TRIAD_OFFSHORE);

    const struct spiral_rival *rival = &layout.rivals[0];

    assert_int_equal(rival->neighbour, TRIAD_NEIGHBOUR);
    assert_int_equal(rival->tie, 0);
    assert_int_equal(rival->small_about_neighbour, 0);
    assert_int_equal(rival->neighbour_about_small, 1);
    assert_int_equal(rival->patron, 0);
    assert_int_equal(rival->about_patron[0], -1);
    assert_int_equal(rival->about_patron[1], 2);
    assert_int_equal(layout.rival_of[TRIAD_SMALL], -1);
    assert_int_equal(layout.rival_of[TRIAD_NEIGHBOUR], 0);
    assert_int_equal(layout.rival_of[TRIAD_OFFSHORE], -1);
}

/* Every index of the octet leads back to where it came from. */
static void test_octet_is_consistent(void **unused)
{
    (void)unused;
    const struct spiral_layout layout = layout_of(spiral_test_octet);

    for (int p = 0; p < layout.count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &layout.perceptions[p];
        const struct spiral_tie *tie = &layout.ties[seen->tie];
        assert_int_equal(spiral_layout_perception(&layout, seen->of, seen->about), p);
        assert_int_equal(seen->of < seen->about ? tie->one : tie->two, seen->of);
        assert_int_equal(seen->of < seen->about ? tie->one_about_two : tie->two_about_one, p);
        assert_true(layout.role[seen->of] == SPIRAL_NEIGHBOUR ||
                    layout.role[seen->about] == SPIRAL_NEIGHBOUR);

        const int other = seen->of == layout.small      ? seen->about
                          : seen->about == layout.small ? seen->of
                                                        : -1;
        assert_int_equal(seen->rival, other < 0 ? -1 : spiral_layout_rival(&layout, other));

        if (p > 0) {
            const struct spiral_perception *last = &layout.perceptions[p - 1];
            assert_true(last->of < seen->of || (last->of == seen->of && last->about < seen->about));
        }
    }

    for (int t = 0; t < layout.count[SPIRAL_OF_TIE]; t++) {
        assert_true(layout.ties[t].one < layout.ties[t].two);
        assert_int_equal(spiral_layout_tie(&layout, layout.ties[t].one, layout.ties[t].two), t);
        assert_int_equal(spiral_layout_tie(&layout, layout.ties[t].two, layout.ties[t].one), t);
    }

    for (int k = 0; k < layout.count[SPIRAL_OF_PATRON]; k++)
        assert_int_equal(spiral_layout_patron(&layout, layout.patrons[k]), k);

    for (int q = 0; q < layout.count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &layout.rivals[q];
        assert_int_equal(layout.rival_of[rival->neighbour], q);
        assert_int_equal(layout.patrons[rival->patron], rival->neighbour);

        for (int k = 0; k < layout.count[SPIRAL_OF_PATRON]; k++)
            assert_int_equal(rival->about_patron[k],
                             spiral_layout_perception(&layout, rival->neighbour,
                                                      layout.patrons[k]));
    }
}

static void test_what_is_not_there(void **unused)
{
    (void)unused;
    const struct spiral_layout layout = layout_of(spiral_test_triad);

    assert_int_equal(spiral_layout_perception(&layout, TRIAD_SMALL, TRIAD_OFFSHORE), -1);
    assert_int_equal(spiral_layout_perception(&layout, TRIAD_OFFSHORE, TRIAD_SMALL), -1);
    assert_int_equal(spiral_layout_perception(&layout, TRIAD_SMALL, TRIAD_SMALL), -1);
    assert_int_equal(spiral_layout_tie(&layout, TRIAD_SMALL, TRIAD_OFFSHORE), -1);
    assert_int_equal(spiral_layout_tie(&layout, TRIAD_NEIGHBOUR, TRIAD_NEIGHBOUR), -1);
    assert_int_equal(spiral_layout_patron(&layout, TRIAD_SMALL), -1);
    assert_int_equal(spiral_layout_rival(&layout, TRIAD_OFFSHORE), -1);
}

static void test_roles_alone_decide(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);

    const struct spiral_layout before = spiral_layout_of(&scenario);

    scenario.states[TRIAD_NEIGHBOUR].greed = 0.9;
    scenario.pairs[0].proximity = 0.1;
    scenario.pair_count--;
    scenario.entry_count = 0;

    const struct spiral_layout same = spiral_layout_of(&scenario);

    assert_true(spiral_layout_equal(&before, &same));
    scenario.states[TRIAD_OFFSHORE].role = SPIRAL_NEIGHBOUR;

    const struct spiral_layout other = spiral_layout_of(&scenario);

    assert_false(spiral_layout_equal(&before, &other));
    scenario.pair_count++;
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_triad_in_full),
        cmocka_unit_test(test_octet_is_consistent),
        cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_roles_alone_decide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
