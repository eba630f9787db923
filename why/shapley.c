/* SPDX-License-Identifier: MIT */
#include "why/shapley.h"

static int size_of(unsigned set)
{
    int size = 0;
    for (; set != 0; set &= set - 1)
        size++;
    return size;
}

/* The chance, over all orders of the players, that exactly those of a set of this size come before
 * a player outside of it: size! (players - 1 - size)! / players!. */
static double chance_before(int players, int size)
{
    double chance = 1.0 / players;
    for (int i = 1; i <= size; i++)
        chance *= (double)i / (double)(players - i);
    return chance;
}

void spiral_shapley(int players, const double *value, double *share)
{
    double chance[SPIRAL_SHAPLEY_MOST];

    for (int size = 0; size < players; size++)
        chance[size] = chance_before(players, size);

    for (int p = 0; p < players; p++) {
        const unsigned own = 1u << p;
        share[p] = 0.0;

        for (unsigned set = 0; set < 1u << players; set++)
            if ((set & own) == 0)
                share[p] += chance[size_of(set)] * (value[set | own] - value[set]);
    }
}
