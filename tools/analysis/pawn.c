/* SPDX-License-Identifier: MIT
 *
 * PAWN: how far the outcome's distribution moves where a factor is held in a slice of its range.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/random.h"
#include "tools/analysis/statistics.h"

enum { MOST_SLICES = 10, LEAST_POINTS = 20 };

/* Points in ascending order of the outcome, the slice of each, and its weight in a resample. */
struct pawn {
    size_t points;
    size_t block; /* points that are resampled together */
    size_t slices;
    const struct spiral_ordered *by_outcome; /* [points] */
    unsigned char *slice;                    /* [point] */
    size_t *weight;                          /* [point]: how often it is in the resample */
};

/* The largest distance of each slice's distribution function from that of all points: taken
 * before and after each value at which the slice has points, between which the slice's own does
 * not change. */
static void distances_of(const struct pawn *pawn, double distance[MOST_SLICES],
                         size_t size[MOST_SLICES])
{
    size_t below[MOST_SLICES] = {0};
    size_t seen = 0;
    size_t all = 0;
    size_t next;

    memset(size, 0, MOST_SLICES * sizeof *size);

    for (size_t p = 0; p < pawn->points; p++) {
        size[pawn->slice[p]] += pawn->weight[p];
        all += pawn->weight[p];
    }

    for (size_t s = 0; s < pawn->slices; s++)
        distance[s] = 0.0;

    for (size_t i = 0; i < pawn->points; i = next) {
        const double before = (double)seen / (double)all;
        bool met[MOST_SLICES] = {false};

        for (next = i;
             next < pawn->points && pawn->by_outcome[next].value == pawn->by_outcome[i].value;
             next++) {
            const size_t p = pawn->by_outcome[next].point;
            const size_t s = pawn->slice[p];
            if (!met[s] && pawn->weight[p] > 0)
                distance[s] = fmax(distance[s], fabs(before - (double)below[s] / (double)size[s]));
            met[s] = met[s] || pawn->weight[p] > 0;
            below[s] += pawn->weight[p];
            seen += pawn->weight[p];
        }

        for (size_t s = 0; s < pawn->slices; s++)
            if (met[s])
                distance[s] = fmax(distance[s], fabs((double)seen / (double)all -
                                                     (double)below[s] / (double)size[s]));
    }
}

/* The median and the greatest distance over the slices that have points. */
static void indices_of(const struct pawn *pawn, double indices[2])
{
    double distance[MOST_SLICES];
    size_t size[MOST_SLICES];
    size_t count = 0;

    distances_of(pawn, distance, size);
    for (size_t s = 0; s < pawn->slices; s++)
        if (size[s] > 0)
            distance[count++] = distance[s];
    spiral_sort(distance, count);
    indices[0] = spiral_quantile(distance, count, 0.5);
    indices[1] = distance[count - 1];
}

static void indices_of_pick(const void *context, const size_t *pick, size_t count, double *values)
{
    const struct pawn *pawn = context;
    memset(pawn->weight, 0, pawn->points * sizeof *pawn->weight);
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < pawn->block; p++)
            pawn->weight[pick[i] * pawn->block + p]++;
    indices_of(pawn, values);
}

/* Cuts a factor's range: a slice for each value or, where these are too many, slices of about
 * equally many points. Returns how many there are. */
static size_t slice_factor(struct pawn *pawn, const struct spiral_ordered *by_factor)
{
    size_t end[MOST_SLICES];
    size_t parts = pawn->points / LEAST_POINTS;

    parts = parts < 2 ? 2 : parts > MOST_SLICES ? MOST_SLICES : parts;
    pawn->slices = spiral_cut(by_factor, pawn->points, 0, end, MOST_SLICES);
    if (pawn->slices > MOST_SLICES)
        pawn->slices = spiral_cut(by_factor, pawn->points, parts, end, MOST_SLICES);
    for (size_t s = 0, p = 0; s < pawn->slices; s++)
        for (; p < end[s]; p++)
            pawn->slice[by_factor[p].point] = (unsigned char)s;

    return pawn->slices;
}

/* What a dummy factor with slices of the same sizes exceeds in 5 % of cases: the slices are
 * assigned to the points at random. `room` has two numbers for each resample. The slices are no
 * longer the factor's. */
static void chance_of(struct pawn *pawn, const struct spiral_resampling *resampling, double *room,
                      double chance[2])
{
    struct spiral_random random = spiral_random_seed(resampling->seed, 5);
    const size_t resamples = (size_t)resampling->resamples;
    double indices[2];

    for (size_t p = 0; p < pawn->points; p++)
        pawn->weight[p] = 1;

    for (size_t r = 0; r < resamples; r++) {
        for (size_t p = pawn->points; p > 1; p--) {
            const size_t other = (size_t)((uint64_t)spiral_random_next(&random) * p >> 32);
            const unsigned char kept = pawn->slice[p - 1];
            pawn->slice[p - 1] = pawn->slice[other];
            pawn->slice[other] = kept;
        }

        indices_of(pawn, indices);
        room[r] = indices[0];
        room[resamples + r] = indices[1];
    }

    for (size_t i = 0; i < 2; i++) {
        spiral_sort(room + i * resamples, resamples);
        chance[i] = resamples > 0 ? spiral_quantile(room + i * resamples, resamples, 0.95) : NAN;
    }
}

/* The basic interval of a distance, from the percentiles of its resamples. A resample's distance is
 * too large by about as much as the sample's, so this takes off twice that. */
static struct spiral_interval basic_interval(const struct spiral_estimate *estimate)
{
    const double low = 2.0 * estimate->value - estimate->interval.high;
    const double high = 2.0 * estimate->value - estimate->interval.low;

    return isnan(low)
               ? estimate->interval
               : (struct spiral_interval){fmax(0.0, fmin(1.0, low)), fmax(0.0, fmin(1.0, high))};
}

enum spiral_status spiral_analysis_pawn(struct spiral_pawn *indices, const double *x,
                                        const double *y, size_t points, size_t factors,
                                        const struct spiral_resampling *resampling,
                                        struct spiral_error *error)
{
    return spiral_analysis_pawn_of_blocks(indices, x, y, points, factors, 1, resampling, error);
}

enum spiral_status spiral_analysis_pawn_of_blocks(struct spiral_pawn *indices, const double *x,
                                                  const double *y, size_t points, size_t factors,
                                                  size_t block,
                                                  const struct spiral_resampling *resampling,
                                                  struct spiral_error *error)
{
    enum spiral_status status = spiral_outcomes_check(y, points, true, error);

    if (status == SPIRAL_OK && points < 2 * LEAST_POINTS)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "distributions in slices need at least %d points, not %zu",
                                  2 * LEAST_POINTS, points);
    if (status != SPIRAL_OK)
        return status;

    struct spiral_ordered *by_outcome = malloc(points * sizeof *by_outcome);
    struct spiral_ordered *by_factor = malloc(points * sizeof *by_factor);
    struct pawn pawn = {.points = points,
                        .block = block,
                        .by_outcome = by_outcome,
                        .slice = malloc(points),
                        .weight = malloc(points * sizeof *pawn.weight)};
    double *room = malloc((2 * resampling->resamples + 1) * sizeof *room);

    if (by_outcome == NULL || by_factor == NULL || pawn.slice == NULL || pawn.weight == NULL ||
        room == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to order %zu points", points);
    else
        spiral_order(by_outcome, y, 0, points, 1);

    for (size_t f = 0; f < factors && status == SPIRAL_OK; f++) {
        struct spiral_estimate estimates[2];
        double chance[2];
        spiral_order(by_factor, x, f, points, factors);

        const size_t slices = slice_factor(&pawn, by_factor);
        status = spiral_bootstrap(estimates, 2, indices_of_pick, &pawn, points / block, resampling,
                                  error);
        if (status != SPIRAL_OK)
            break;
        for (int i = 0; i < 2; i++)
            estimates[i].interval = basic_interval(&estimates[i]);
        chance_of(&pawn, resampling, room, chance);
        indices[f] = (struct spiral_pawn){estimates[0], estimates[1], chance[0], chance[1], slices};
    }

    free(by_outcome);
    free(by_factor);
    free(pawn.slice);
    free(pawn.weight);
    free(room);

    return status;
}
