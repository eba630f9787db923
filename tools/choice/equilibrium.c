/* SPDX-License-Identifier: MIT */
#include "tools/choice/equilibrium.h"

#include <math.h>
#include <string.h>

size_t spiral_profile_count(const struct spiral_normal_form *game)
{
    size_t count = 1;
    for (size_t i = 0; i < game->players; i++)
        count *= game->strategies[i];
    return count;
}

size_t spiral_profile_of(const struct spiral_normal_form *game, const size_t *strategy)
{
    size_t profile = 0;
    for (size_t i = 0; i < game->players; i++)
        profile = profile * game->strategies[i] + strategy[i];
    return profile;
}

void spiral_profile_strategies(const struct spiral_normal_form *game, size_t profile,
                               size_t *strategy)
{
    for (size_t i = game->players; i-- > 0;) {
        strategy[i] = profile % game->strategies[i];
        profile /= game->strategies[i];
    }
}

bool spiral_is_equilibrium(const struct spiral_normal_form *game, size_t profile, double tolerance)
{
    size_t strategy[SPIRAL_MOST_PLAYERS];

    for (size_t i = 0; i < game->players; i++) {
        spiral_profile_strategies(game, profile, strategy);
        for (size_t s = 0; s < game->strategies[i]; s++) {
            strategy[i] = s;
            if (game->payoff[spiral_profile_of(game, strategy) * game->players + i] >
                game->payoff[profile * game->players + i] + tolerance)
                return false;
        }
    }

    return true;
}

/* --- mixed strategies ------------------------------------------------------------------------- */

void spiral_mix_payoffs(const struct spiral_normal_form *game, const struct spiral_mix *mix,
                        size_t player, double *payoff)
{
    const size_t profiles = spiral_profile_count(game);

    for (size_t s = 0; s < game->strategies[player]; s++)
        payoff[s] = 0.0;

    for (size_t profile = 0; profile < profiles; profile++) {
        size_t strategy[SPIRAL_MOST_PLAYERS];
        double chance = 1.0;

        spiral_profile_strategies(game, profile, strategy);
        for (size_t i = 0; i < game->players; i++)
            chance *= i == player ? 1.0 : mix->share[i][strategy[i]];
        payoff[strategy[player]] += chance * game->payoff[profile * game->players + player];
    }
}

static void expect_payoffs(const struct spiral_normal_form *game, struct spiral_mix *mix)
{
    for (size_t i = 0; i < game->players; i++) {
        double payoff[SPIRAL_MOST_STRATEGIES];
        spiral_mix_payoffs(game, mix, i, payoff);
        mix->payoff[i] = 0.0;
        for (size_t s = 0; s < game->strategies[i]; s++)
            mix->payoff[i] += mix->share[i][s] * payoff[s];
    }
}

enum { MOST_UNKNOWNS = SPIRAL_MOST_PLAYERS * SPIRAL_MOST_STRATEGIES + 1 };

/* Solves a system of linear equations in place by elimination with pivots; false where it is
 * singular. */
static bool solve(double matrix[MOST_UNKNOWNS][MOST_UNKNOWNS], double right[MOST_UNKNOWNS],
                  size_t count)
{
    for (size_t column = 0; column < count; column++) {
        size_t pivot = column;
        for (size_t row = column + 1; row < count; row++)
            pivot = fabs(matrix[row][column]) > fabs(matrix[pivot][column]) ? row : pivot;

        if (fabs(matrix[pivot][column]) < 1e-12)
            return false;

        for (size_t c = 0; c < count && pivot != column; c++) {
            const double kept = matrix[column][c];
            matrix[column][c] = matrix[pivot][c];
            matrix[pivot][c] = kept;
        }

        const double kept = right[column];
        right[column] = right[pivot];
        right[pivot] = kept;

        for (size_t row = 0; row < count; row++) {
            const double factor = matrix[row][column] / matrix[column][column];
            if (row == column || factor == 0.0)
                continue;
            for (size_t c = column; c < count; c++)
                matrix[row][c] -= factor * matrix[column][c];
            right[row] -= factor * right[column];
        }
    }

    for (size_t row = 0; row < count; row++)
        right[row] /= matrix[row][row];

    return true;
}

/* The shares of one player on its support that make the other indifferent on the other's. */
static bool make_indifferent(const struct spiral_normal_form *game, size_t player, unsigned own,
                             unsigned others, double *share)
{
    const size_t other = 1 - player;
    double matrix[MOST_UNKNOWNS][MOST_UNKNOWNS];
    double right[MOST_UNKNOWNS] = {0.0};
    size_t unknowns = 0;
    size_t row = 0;

    memset(matrix, 0, sizeof matrix);
    memset(share, 0, SPIRAL_MOST_STRATEGIES * sizeof *share);
    for (size_t s = 0; s < game->strategies[player]; s++)
        unknowns += own >> s & 1u;

    /* Each of the other's strategies in its support has the same payoff, the last unknown. */
    for (size_t t = 0; t < game->strategies[other]; t++) {
        size_t column = 0;
        if ((others >> t & 1u) == 0)
            continue;
        for (size_t s = 0; s < game->strategies[player]; s++) {
            size_t strategy[2];
            strategy[player] = s;
            strategy[other] = t;
            if ((own >> s & 1u) != 0)
                matrix[row][column++] = game->payoff[spiral_profile_of(game, strategy) * 2 + other];
        }
        matrix[row++][unknowns] = -1.0;
    }

    for (size_t column = 0; column < unknowns; column++)
        matrix[row][column] = 1.0;
    right[row++] = 1.0;

    if (row != unknowns + 1 || !solve(matrix, right, row))
        return false;

    for (size_t s = 0, column = 0; s < game->strategies[player]; s++)
        if ((own >> s & 1u) != 0) {
            share[s] = right[column++];
            if (share[s] < 1e-9)
                return false;
        }

    return true;
}

/* Whether no strategy outside the support is better than those inside. */
static bool is_best_response(const struct spiral_normal_form *game, const struct spiral_mix *mix,
                             size_t player)
{
    double payoff[SPIRAL_MOST_STRATEGIES];

    spiral_mix_payoffs(game, mix, player, payoff);
    for (size_t s = 0; s < game->strategies[player]; s++)
        if (payoff[s] > mix->payoff[player] + 1e-9)
            return false;

    return true;
}

static size_t support_size(unsigned support)
{
    size_t size = 0;
    for (; support != 0; support >>= 1)
        size += support & 1u;
    return size;
}

size_t spiral_support_enumeration(const struct spiral_normal_form *game,
                                  struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA])
{
    const unsigned first = 1u << game->strategies[0];
    const unsigned second = 1u << game->strategies[1];
    size_t count = 0;

    for (unsigned one = 1; one < first; one++)
        for (unsigned other = 1; other < second && count < SPIRAL_MOST_EQUILIBRIA; other++) {
            struct spiral_mix mix = {.payoff = {0.0}};
            if (support_size(one) != support_size(other) ||
                !make_indifferent(game, 0, one, other, mix.share[0]) ||
                !make_indifferent(game, 1, other, one, mix.share[1]))
                continue;

            expect_payoffs(game, &mix);
            if (is_best_response(game, &mix, 0) && is_best_response(game, &mix, 1))
                found[count++] = mix;
        }

    return count;
}

/* --- logit equilibria ------------------------------------------------------------------------- */

/* How far shares are from the logit response to them: the excess of each. */
static void find_excess(const struct spiral_normal_form *game, const struct spiral_mix *mix,
                        double lambda, double *excess)
{
    size_t at = 0;

    for (size_t i = 0; i < game->players; i++) {
        double payoff[SPIRAL_MOST_STRATEGIES];
        double most = -INFINITY;
        double sum = 0.0;

        spiral_mix_payoffs(game, mix, i, payoff);
        for (size_t s = 0; s < game->strategies[i]; s++)
            most = fmax(most, payoff[s]);
        for (size_t s = 0; s < game->strategies[i]; s++)
            sum += exp(lambda * (payoff[s] - most));
        for (size_t s = 0; s < game->strategies[i]; s++)
            excess[at++] = mix->share[i][s] - exp(lambda * (payoff[s] - most)) / sum;
    }
}

/* The share of an unknown: of one player's strategy after another. */
static double *share_at(const struct spiral_normal_form *game, struct spiral_mix *mix, size_t at)
{
    size_t player = 0;
    while (at >= game->strategies[player])
        at -= game->strategies[player++];
    return &mix->share[player][at];
}

/* Newton's method with differences for derivatives. */
static bool correct(const struct spiral_normal_form *game, double lambda, struct spiral_mix *mix)
{
    enum { ITERATIONS = 30 };
    static const double step = 1e-7;
    size_t unknowns = 0;

    for (size_t i = 0; i < game->players; i++)
        unknowns += game->strategies[i];

    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        double matrix[MOST_UNKNOWNS][MOST_UNKNOWNS];
        double excess[MOST_UNKNOWNS];
        double moved[MOST_UNKNOWNS];
        double largest = 0.0;

        find_excess(game, mix, lambda, excess);
        for (size_t u = 0; u < unknowns; u++)
            largest = fmax(largest, fabs(excess[u]));
        if (largest < 1e-11)
            return true;

        for (size_t column = 0; column < unknowns; column++) {
            double *share = share_at(game, mix, column);
            const double kept = *share;
            *share = kept + step;
            find_excess(game, mix, lambda, moved);
            *share = kept;
            for (size_t row = 0; row < unknowns; row++)
                matrix[row][column] = (moved[row] - excess[row]) / step;
        }

        if (!solve(matrix, excess, unknowns))
            return false;

        for (size_t u = 0; u < unknowns; u++) {
            double *share = share_at(game, mix, u);
            *share -= excess[u];
            if (!(*share > -0.5 && *share < 1.5))
                return false;
        }
    }

    return false;
}

bool spiral_logit_equilibrium(const struct spiral_normal_form *game, double lambda,
                              struct spiral_mix *mix, double *reached)
{
    double at = 0.0;
    double step = 0.05;

    memset(mix, 0, sizeof *mix);
    for (size_t i = 0; i < game->players; i++)
        for (size_t s = 0; s < game->strategies[i]; s++)
            mix->share[i][s] = 1.0 / (double)game->strategies[i];

    /* A step that loses the branch is halved; steps grow again where the branch is smooth. */
    while (at < lambda && step > 1e-6) {
        const double next = at + step < lambda ? at + step : lambda;
        struct spiral_mix tried = *mix;

        if (correct(game, next, &tried)) {
            *mix = tried;
            at = next;
            step *= 1.5;
        } else {
            step *= 0.5;
        }
    }

    for (size_t i = 0; i < game->players; i++)
        for (size_t s = 0; s < game->strategies[i]; s++)
            mix->share[i][s] = fmax(mix->share[i][s], 0.0);

    expect_payoffs(game, mix);
    *reached = at;

    return at >= lambda;
}
