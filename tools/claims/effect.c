/* SPDX-License-Identifier: MIT
 *
 * What the runs of a claim's arms show at a point.
 */
#include <math.h>

#include "tools/claims/claims.h"

struct spiral_claim_effect spiral_claim_effect_of(uint64_t count, int64_t sum, uint64_t squares,
                                                  double limit)
{
    static const double z = 1.959963984540054; /* the normal's 97.5 % point */

    if (count == 0)
        return (struct spiral_claim_effect){0.0, -limit, limit, SPIRAL_UNDECIDED, false};

    /* Two replicates more: half an effect of +1, half a one of -1, and one of 0. */
    const double n = (double)count + 2.0;
    const double mean = (double)sum / n;
    const double half = z * sqrt(((double)squares + 1.0 - n * mean * mean)) / n;
    struct spiral_claim_effect effect = {(double)sum / (double)count, mean - half, mean + half,
                                         SPIRAL_UNDECIDED, false};

    effect.verdict = effect.low > 0.0    ? SPIRAL_HOLDS
                     : effect.high < 0.0 ? SPIRAL_REVERSED
                                         : SPIRAL_UNDECIDED;

    return effect;
}

/* The effect of w[0] a + w[1] b + w[2] c + w[3] d over replicates. */
static struct spiral_claim_effect weighted_effect(
    const unsigned char *const events[SPIRAL_CLAIM_ARMS], const int weights[SPIRAL_CLAIM_ARMS],
    uint64_t replicates, double limit)
{
    int64_t sum = 0;
    uint64_t squares = 0;

    for (uint64_t r = 0; r < replicates; r++) {
        int one = 0;
        for (int a = 0; a < SPIRAL_CLAIM_ARMS; a++)
            one += weights[a] != 0 ? weights[a] * (int)events[a][r] : 0;
        sum += one;
        squares += (uint64_t)(one * one);
    }

    return spiral_claim_effect_of(replicates, sum, squares, limit);
}

/* Whether hardly any run came to the event, under every arm. */
static bool is_quiet(const struct spiral_claim *claim,
                     const unsigned char *const events[SPIRAL_CLAIM_ARMS], uint64_t replicates)
{
    uint64_t most = 0;

    for (int a = 0; a < claim->arm_count; a++) {
        uint64_t count = 0;
        for (uint64_t r = 0; r < replicates; r++)
            count += events[a][r];
        most = count > most ? count : most;
    }

    return (double)most < SPIRAL_QUIET * (double)replicates;
}

/* The effect, without whether it is quiet. */
static struct spiral_claim_effect contrast_arms(
    const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS],
    uint64_t replicates)
{
    if (claim->contrast == SPIRAL_CONTRAST_interaction)
        return weighted_effect(events, (const int[SPIRAL_CLAIM_ARMS]){1, -1, -1, 1}, replicates,
                               2.0);

    struct spiral_claim_effect least = {0.0, 0.0, 0.0, SPIRAL_HOLDS, false};

    for (int other = 1; other < claim->arm_count; other++) {
        int weights[SPIRAL_CLAIM_ARMS] = {1};
        weights[other] = -1;

        const struct spiral_claim_effect effect = weighted_effect(events, weights, replicates, 1.0);
        const enum spiral_verdict verdict =
            effect.verdict < least.verdict ? effect.verdict : least.verdict;
        if (other == 1 || effect.effect < least.effect)
            least = effect;
        least.verdict = verdict;
    }

    return least;
}

struct spiral_claim_effect spiral_claim_contrast(
    const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS],
    uint64_t replicates)
{
    struct spiral_claim_effect effect = contrast_arms(claim, events, replicates);
    effect.quiet = is_quiet(claim, events, replicates);
    return effect;
}
