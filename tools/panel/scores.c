/* SPDX-License-Identifier: MIT */
#include "tools/panel/scores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct spiral_forecast_score_text spiral_forecast_score_texts[SPIRAL_FORECAST_SCORES] = {
#define SPIRAL_FORECAST_SCORE(name, en, zh, doc) {#name, en, zh, doc},
#include "tools/panel/scores.def"
};

/* --- preparation ------------------------------------------------------------------------------ */

/* A row and its chance, for sorting. */
struct ranked {
    double chance;
    size_t row;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *one = a;
    const struct ranked *other = b;

    if (one->chance != other->chance)
        return one->chance < other->chance ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

static bool sort_rows(struct spiral_forecasts *forecasts)
{
    struct ranked *ranked = malloc((forecasts->count + 1) * sizeof *ranked);

    if (ranked == NULL)
        return false;
    for (size_t r = 0; r < forecasts->count; r++)
        ranked[r] = (struct ranked){forecasts->chance[r], r};
    qsort(ranked, forecasts->count, sizeof *ranked, compare_ranked);
    for (size_t r = 0; r < forecasts->count; r++)
        forecasts->order[r] = ranked[r].row;
    free(ranked);
    return true;
}

enum spiral_status spiral_forecasts_create(struct spiral_forecasts *forecasts, const double *chance,
                                           const double *outcome, size_t count, double floor,
                                           struct spiral_error *error)
{
    const size_t room = count + 1; /* no allocation of 0 bytes */

    *forecasts = (struct spiral_forecasts){.count = count, .floor = floor};
    forecasts->chance = calloc(5 * room, sizeof *forecasts->chance);
    forecasts->order = calloc(room, sizeof *forecasts->order);
    if (forecasts->chance == NULL || forecasts->order == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu forecasts", count);
    forecasts->outcome = forecasts->chance + room;
    forecasts->brier = forecasts->chance + 2 * room;
    forecasts->log = forecasts->chance + 3 * room;
    forecasts->logit = forecasts->chance + 4 * room;

    for (size_t r = 0; r < count; r++) {
        const double p = fmin(fmax(chance[r], floor), 1.0 - floor), y = outcome[r];

        if (!(chance[r] >= 0.0 && chance[r] <= 1.0))
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "forecast %zu is not within 0 to 1",
                                    r);
        if (y != 0.0 && y != 1.0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "outcome %zu is neither 0 nor 1", r);
        forecasts->chance[r] = chance[r];
        forecasts->outcome[r] = y;
        forecasts->brier[r] = (chance[r] - y) * (chance[r] - y);
        forecasts->log[r] = y == 1.0 ? -log(p) : -log1p(-p);
        forecasts->logit[r] = log(p) - log1p(-p);
    }
    return sort_rows(forecasts)
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu forecasts", count);
}

void spiral_forecasts_clear(struct spiral_forecasts *forecasts)
{
    free(forecasts->chance);
    free(forecasts->order);
    *forecasts = (struct spiral_forecasts){.count = 0};
}

/* --- scores ----------------------------------------------------------------------------------- */

static double weight_of(const double *weights, size_t row)
{
    return weights == NULL ? 1.0 : weights[row];
}

/* The area under the ROC curve: over groups of equal chances, each of whose pairs counts a half. */
static double area(const struct spiral_forecasts *forecasts, const double *weights)
{
    double below = 0.0;
    double events = 0.0;
    double pairs = 0.0;

    for (size_t at = 0; at < forecasts->count;) {
        const double chance = forecasts->chance[forecasts->order[at]];
        double with = 0.0;
        double without = 0.0;

        for (; at < forecasts->count && forecasts->chance[forecasts->order[at]] == chance; at++) {
            const size_t row = forecasts->order[at];
            const double weight = weight_of(weights, row);
            with += weight * forecasts->outcome[row];
            without += weight * (1.0 - forecasts->outcome[row]);
        }
        pairs += with * (below + 0.5 * without);
        below += without;
        events += with;
    }
    return events > 0.0 && below > 0.0 ? pairs / (events * below) : NAN;
}

/* Likelihood, gradient and information of the calibration line at intercept a and slope b. */
struct slopes {
    double likelihood;
    double a;
    double b;
    double aa;
    double ab;
    double bb;
};

static struct slopes slopes_at(const struct spiral_forecasts *forecasts, const double *weights,
                               double a, double b)
{
    struct slopes sum = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

    for (size_t r = 0; r < forecasts->count; r++) {
        const double weight = weight_of(weights, r);
        const double x = forecasts->logit[r];
        const double y = forecasts->outcome[r];
        if (weight == 0.0)
            continue;

        const double eta = a + b * x, tail = exp(-fabs(eta)); /* no overflow on either side */
        const double p = eta >= 0.0 ? 1.0 / (1.0 + tail) : tail / (1.0 + tail);
        const double residual = weight * (y - p);
        const double information = weight * p * (1.0 - p);
        sum.likelihood += weight * (y * eta - fmax(eta, 0.0) - log1p(tail));
        sum.a += residual;
        sum.b += residual * x;
        sum.aa += information;
        sum.ab += information * x;
        sum.bb += information * x * x;
    }
    return sum;
}

/* Newton's steps to the line of the largest likelihood, each halved until it is one up. A line that
 * is steeper than `steepest` stands for one without end. */
static void find_line(const struct spiral_forecasts *forecasts, const double *weights, double *a,
                      double *b)
{
    enum { MOST_STEPS = 100, MOST_HALVINGS = 40 };
    static const double steepest = 1e3;
    struct slopes at = slopes_at(forecasts, weights, *a, *b);

    for (int i = 0; i < MOST_STEPS; i++) {
        const double determinant = at.aa * at.bb - at.ab * at.ab;
        if (!(determinant > 1e-12 * at.aa * at.bb) || fabs(*b) > steepest)
            break;

        const double by_a = (at.bb * at.a - at.ab * at.b) / determinant;
        const double by_b = (at.aa * at.b - at.ab * at.a) / determinant;
        struct slopes next = at;
        double share = 1.0;
        for (int halving = 0; halving < MOST_HALVINGS; halving++, share *= 0.5) {
            next = slopes_at(forecasts, weights, *a + share * by_a, *b + share * by_b);
            if (next.likelihood >= at.likelihood - 1e-12 * fabs(at.likelihood))
                break;
        }
        *a += share * by_a;
        *b += share * by_b;
        at = next;
        if (fabs(by_a) < 1e-9 && fabs(by_b) < 1e-9)
            return;
    }
    *a = *b = NAN;
}

void spiral_forecasts_score(double scores[SPIRAL_FORECAST_SCORES],
                            const struct spiral_forecasts *forecasts, const double *weights,
                            const double *guess)
{
    double all = 0.0;
    double mean = 0.0;
    double events = 0.0;
    double brier = 0.0;
    double logarithm = 0.0;

    for (size_t r = 0; r < forecasts->count; r++) {
        const double weight = weight_of(weights, r);
        all += weight;
        mean += weight * forecasts->chance[r];
        events += weight * forecasts->outcome[r];
        brier += weight * forecasts->brier[r];
        logarithm += weight * forecasts->log[r];
    }

    double a = guess != NULL ? guess[SPIRAL_FORECAST_SCORE_intercept] : 0.0;
    double b = guess != NULL ? guess[SPIRAL_FORECAST_SCORE_slope] : 1.0;
    if (!isfinite(a) || !isfinite(b)) {
        a = 0.0;
        b = 1.0;
    }
    if (events > 0.0 && events < all)
        find_line(forecasts, weights, &a, &b);
    else
        a = b = NAN;

    scores[SPIRAL_FORECAST_SCORE_mean] = mean / all;
    scores[SPIRAL_FORECAST_SCORE_observed] = events / all;
    scores[SPIRAL_FORECAST_SCORE_auc] = area(forecasts, weights);
    scores[SPIRAL_FORECAST_SCORE_brier] = brier / all;
    scores[SPIRAL_FORECAST_SCORE_log] = logarithm / all;
    scores[SPIRAL_FORECAST_SCORE_intercept] = a;
    scores[SPIRAL_FORECAST_SCORE_slope] = b;
}

/* --- reliability ------------------------------------------------------------------------------ */

struct spiral_reliability spiral_reliability_cut(const struct spiral_forecasts *forecasts)
{
    struct spiral_reliability reliability = {.bins = 0};
    const size_t count = forecasts->count;

    for (size_t bin = 0, end = 0; bin < SPIRAL_RELIABILITY_BINS && end < count; bin++) {
        const size_t wanted = count * (bin + 1) / SPIRAL_RELIABILITY_BINS;
        if (wanted < end + count / (2 * SPIRAL_RELIABILITY_BINS) || wanted <= end)
            continue; /* too few rows are left of this tenth: they go with the next */
        end = wanted;
        while (end < count && forecasts->chance[forecasts->order[end]] ==
                                  forecasts->chance[forecasts->order[end - 1]])
            end++;
        reliability.end[reliability.bins++] = end;
    }
    if (reliability.bins > 0)
        reliability.end[reliability.bins - 1] = count;
    return reliability;
}

struct spiral_reliability_bin spiral_reliability_bin_of(
    const struct spiral_reliability *reliability, size_t bin,
    const struct spiral_forecasts *forecasts, const double *weights)
{
    struct spiral_reliability_bin sum = {0.0, 0.0, 0.0};

    for (size_t at = bin == 0 ? 0 : reliability->end[bin - 1]; at < reliability->end[bin]; at++) {
        const size_t row = forecasts->order[at];
        const double weight = weight_of(weights, row);
        sum.weight += weight;
        sum.mean += weight * forecasts->chance[row];
        sum.observed += weight * forecasts->outcome[row];
    }
    sum.mean /= sum.weight;
    sum.observed /= sum.weight;
    return sum;
}
