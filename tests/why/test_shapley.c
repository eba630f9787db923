/* SPDX-License-Identifier: MIT */
/* Shapley values of games whose values are known, and their axioms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "why/shapley.h"

enum { PLAYERS = 8, SETS = 1 << PLAYERS };

static double value[SETS];
static double share[PLAYERS];

/* A game without structure: values that a multiplicative generator gives. */
static void fill_at_random(uint32_t seed)
{
    uint32_t state = seed;
    for (int set = 0; set < SETS; set++) {
        state = state * UINT32_C(1664525) + UINT32_C(1013904223);
        value[set] = (double)(state >> 8) / 16777216.0;
    }
}

static void test_shares_sum_to_the_whole(void **unused)
{
    (void)unused;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        double sum = 0.0;

        fill_at_random(seed);
        spiral_shapley(PLAYERS, value, share);
        for (int p = 0; p < PLAYERS; p++)
            sum += share[p];
        assert_true(fabs(sum - (value[SETS - 1] - value[0])) < 1e-12);
    }
}

/* Where players add what they have whoever else is there, each gets what it adds. */
static void test_an_additive_game(void **unused)
{
    (void)unused;
    for (int set = 0; set < SETS; set++) {
        value[set] = 0.25;
        for (int p = 0; p < PLAYERS; p++)
            value[set] += (set >> p & 1) != 0 ? 0.01 * (p + 1) : 0.0;
    }

    spiral_shapley(PLAYERS, value, share);
    for (int p = 0; p < PLAYERS; p++)
        assert_true(fabs(share[p] - 0.01 * (p + 1)) < 1e-12);
}

/* A gloves game (Shapley and Shubik 1969): players 0 and 1 have a left glove, 2 a right one; a pair
 * is worth 1. Shares 1/6, 1/6, 2/3. Others are dummies. */
static void test_gloves(void **unused)
{
    (void)unused;
    for (int set = 0; set < SETS; set++)
        value[set] = (set & 3) != 0 && (set & 4) != 0 ? 1.0 : 0.0;
    spiral_shapley(PLAYERS, value, share);

    assert_true(fabs(share[0] - 1.0 / 6.0) < 1e-12);
    assert_true(fabs(share[1] - 1.0 / 6.0) < 1e-12);
    assert_true(fabs(share[2] - 2.0 / 3.0) < 1e-12);
    for (int p = 3; p < PLAYERS; p++)
        assert_true(share[p] == 0.0);
}

/* Against the definition: the mean over all orders of what a player adds when it comes. */
static double sum_over_orders(int players, int player, unsigned before, double *orders)
{
    double sum = 0.0;

    for (int p = 0; p < players; p++) {
        if ((before >> p & 1u) != 0)
            continue;
        if (p != player) {
            sum += sum_over_orders(players, player, before | 1u << p, orders);
            continue;
        }

        /* the rest may come in any order */
        double rest = 1.0;
        int left = -1;
        for (int other = 0; other < players; other++)
            left += (before >> other & 1u) == 0;
        for (int i = 2; i <= left; i++)
            rest *= i;
        sum += rest * (value[before | 1u << p] - value[before]);
        *orders += rest;
    }

    return sum;
}

static void test_the_mean_over_orders(void **unused)
{
    (void)unused;
    enum { FEW = 5 };

    fill_at_random(9);
    spiral_shapley(FEW, value, share);

    for (int p = 0; p < FEW; p++) {
        double orders = 0.0;
        const double sum = sum_over_orders(FEW, p, 0, &orders);
        assert_true(orders == 120.0);
        assert_true(fabs(share[p] - sum / orders) < 1e-12);
    }
}

/* Other names for the players: the same shares under those names. */
static void test_the_order_of_players_does_not_matter(void **unused)
{
    (void)unused;
    static const int renamed[PLAYERS] = {3, 0, 7, 5, 1, 2, 6, 4};
    double other[SETS];
    double other_share[PLAYERS];

    fill_at_random(4);

    for (int set = 0; set < SETS; set++) {
        int image = 0;
        for (int p = 0; p < PLAYERS; p++)
            image |= (set >> p & 1) << renamed[p];
        other[image] = value[set];
    }

    spiral_shapley(PLAYERS, value, share);
    spiral_shapley(PLAYERS, other, other_share);
    for (int p = 0; p < PLAYERS; p++)
        assert_true(fabs(share[p] - other_share[renamed[p]]) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_sum_to_the_whole),
        cmocka_unit_test(test_an_additive_game),
        cmocka_unit_test(test_gloves),
        cmocka_unit_test(test_the_mean_over_orders),
        cmocka_unit_test(test_the_order_of_players_does_not_matter),
    };
    return cmocka_run_group_tests_name("why/shapley", tests, NULL, NULL);
}
