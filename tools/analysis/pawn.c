/* SPDX-License-Identifier: MIT
 *
 * PAWN: how far the outcome's distribution moves where a factor is held in a slice of its range.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/random.h"
#include "tools/analysis/balance.h"
#include "tools/analysis/statistics.h"

enum { MOST_SLICES = 10, LEAST_POINTS = 20 };

/* How many standard errors a value may be below the greatest and count as equal to it, among the
 * outcomes at which a slice's distance is taken, and among slices; and beyond how many more it
 * cannot be the greatest of a resample. */
static const double near_outcome = 1.0;
static const double near_slice = 2.0;
static const double far_below = 4.0;

static const double normal_quantile = 1.959963984540054; /* 97.5 % */

/* An outcome at which a slice's distance may be the greatest, of a sample like this one. */
struct rival {
    size_t place; /* in the order of outcomes: the last point of that outcome */
    size_t slice;
    double sign;    /* of the slice's distribution function less that of all */
    double penalty; /* how far below the greatest, beyond what counts as equal */
};

struct pawn {
    size_t points;
    size_t slices;
    const struct spiral_ordered *by_outcome; /* [place] */
    unsigned char *slice;                    /* [point] */
    size_t size[MOST_SLICES];                /* points of a slice */
    double distance[MOST_SLICES];
    size_t place[MOST_SLICES]; /* where the distance is */
    double error[MOST_SLICES]; /* standard errors of the distances */
    struct rival *rivals;      /* by place */
    size_t rival_count;
    double *influence; /* [point] */
};

/* Where outcomes equal to that at `place` end: one past the last. */
static size_t end_of_outcome(const struct pawn *pawn, size_t place)
{
    size_t end = place + 1;
    while (end < pawn->points && pawn->by_outcome[end].value == pawn->by_outcome[place].value)
        end++;
    return end;
}

/* The largest distance of each slice's distribution function from that of all points. */
static void find_distances(struct pawn *pawn)
{
    size_t below[MOST_SLICES] = {0};

    memset(pawn->size, 0, sizeof pawn->size);
    memset(pawn->distance, 0, sizeof pawn->distance);
    memset(pawn->place, 0, sizeof pawn->place);
    for (size_t p = 0; p < pawn->points; p++)
        pawn->size[pawn->slice[p]]++;

    for (size_t i = 0, end; i < pawn->points; i = end) {
        end = end_of_outcome(pawn, i);
        for (size_t k = i; k < end; k++)
            below[pawn->slice[pawn->by_outcome[k].point]]++;

        for (size_t s = 0; s < pawn->slices; s++) {
            const double apart =
                fabs((double)below[s] / (double)pawn->size[s] - (double)end / (double)pawn->points);
            if (apart > pawn->distance[s]) {
                pawn->distance[s] = apart;
                pawn->place[s] = end - 1;
            }
        }
    }
}

/* The median and the greatest of the slices' numbers. */
static void indices_of(const double *of_slices, size_t slices, double indices[2])
{
    double sorted[MOST_SLICES];

    memcpy(sorted, of_slices, slices * sizeof *sorted);
    spiral_sort(sorted, slices);
    indices[0] = spiral_quantile(sorted, slices, 0.5);
    indices[1] = sorted[slices - 1];
}

/* Cuts a factor's range: a slice for each value or, where these are too many, slices of about
 * equally many points. */
static void slice_factor(struct pawn *pawn, const struct spiral_ordered *by_factor)
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
}

/* --- how far chance moves the distances ------------------------------------------------------- */

/* Standard errors of the slices' distances, each at the outcome where it is found. Slices keep
 * their sizes, so that the distribution over all points is the mean of those of the slices. */
static void find_errors(struct pawn *pawn, const struct spiral_balance *balance)
{
    const double points = (double)pawn->points;

    for (size_t s = 0; s < pawn->slices; s++) {
        double share[MOST_SLICES] = {0};

        for (size_t i = 0; i <= pawn->place[s]; i++) {
            const size_t of = pawn->slice[pawn->by_outcome[i].point];
            share[of] += 1.0 / (double)pawn->size[of];
        }

        for (size_t i = 0; i < pawn->points; i++) {
            const size_t p = pawn->by_outcome[i].point;
            const size_t of = pawn->slice[p];
            const double apart = (i <= pawn->place[s] ? 1.0 : 0.0) - share[of];
            pawn->influence[p] = (of == s ? apart * points / (double)pawn->size[s] : 0.0) - apart;
        }

        spiral_balance_take_out(balance, pawn->influence);
        pawn->error[s] = sqrt(spiral_balance_variance(balance, pawn->influence, 0.0));
    }
}

/* Lists the outcomes at which slices' distances may be the greatest. */
static void find_rivals(struct pawn *pawn)
{
    size_t below[MOST_SLICES] = {0};

    pawn->rival_count = 0;

    for (size_t i = 0, end; i < pawn->points; i = end) {
        end = end_of_outcome(pawn, i);
        for (size_t k = i; k < end; k++)
            below[pawn->slice[pawn->by_outcome[k].point]]++;

        for (size_t s = 0; s < pawn->slices; s++)
            for (int side = 0; side < 2; side++) {
                const double sign = side == 0 ? 1.0 : -1.0;
                const double apart = sign * ((double)below[s] / (double)pawn->size[s] -
                                             (double)end / (double)pawn->points);
                const double gap = pawn->distance[s] - apart;
                const double penalty = fmax(0.0, gap - near_outcome * pawn->error[s]);
                if (gap <= 0.0 || penalty < far_below * pawn->error[s])
                    pawn->rivals[pawn->rival_count++] = (struct rival){end - 1, s, sign, penalty};
            }
    }
}

/* What a resample, by multipliers of the points, adds to the distance of each slice. */
static void resample_distances(const struct pawn *pawn, const double *multiplier,
                               double added[MOST_SLICES])
{
    size_t below[MOST_SLICES] = {0};
    double weight[MOST_SLICES] = {0};
    double all[MOST_SLICES] = {0};
    size_t next = 0;

    for (size_t p = 0; p < pawn->points; p++)
        all[pawn->slice[p]] += multiplier[p];
    for (size_t s = 0; s < pawn->slices; s++)
        added[s] = -INFINITY;

    for (size_t i = 0; i < pawn->rival_count; i++) {
        const struct rival *rival = &pawn->rivals[i];
        const size_t s = rival->slice;
        double moved[MOST_SLICES]; /* of the distribution functions of slices, times their sizes */
        double sum = 0.0;

        for (; next <= rival->place; next++) {
            const size_t p = pawn->by_outcome[next].point;
            below[pawn->slice[p]]++;
            weight[pawn->slice[p]] += multiplier[p];
        }

        for (size_t r = 0; r < pawn->slices; r++) {
            moved[r] = weight[r] - (double)below[r] / (double)pawn->size[r] * all[r];
            sum += moved[r];
        }

        const double change = moved[s] / (double)pawn->size[s] - sum / (double)pawn->points;
        added[s] = fmax(added[s], rival->sign * change - rival->penalty);
    }
}

/* The slices' distances with those that are about as large as `index` put level with it. */
static void level_slices(const struct pawn *pawn, double index, double levelled[MOST_SLICES])
{
    for (size_t s = 0; s < pawn->slices; s++) {
        const double gap = pawn->distance[s] - index;
        const double beyond = fmax(0.0, fabs(gap) - near_slice * pawn->error[s]);
        levelled[s] = index + copysign(beyond, gap);
    }
}

/* The changes of both indices in a resample. */
static void resample_indices(const struct pawn *pawn, const double *multiplier,
                             const double indices[2], double changes[2])
{
    double added[MOST_SLICES];

    resample_distances(pawn, multiplier, added);

    for (int i = 0; i < 2; i++) {
        double levelled[MOST_SLICES];
        double before[2];
        double after[2];

        level_slices(pawn, indices[i], levelled);
        indices_of(levelled, pawn->slices, before);
        for (size_t s = 0; s < pawn->slices; s++)
            levelled[s] += added[s];
        indices_of(levelled, pawn->slices, after);
        changes[i] = after[i] - before[i];
    }
}

/* Multipliers of mean 0 and variance 1, one for each block, less what the design balances. */
static void draw_multipliers(double *multiplier, const struct spiral_balance *balance,
                             struct spiral_random *random)
{
    const double blocks = (double)(balance->points / balance->block);
    const double scale = sqrt(blocks / fmax(1.0, blocks - balance->lost));

    for (size_t p = 0; p < balance->points; p += balance->block) {
        const double sign = spiral_random_next(random) >> 31 ? 1.0 : -1.0;
        for (size_t k = 0; k < balance->block; k++)
            multiplier[p + k] = scale * sign;
    }

    spiral_balance_take_out(balance, multiplier);
}

static double deviation_of(const double *numbers, size_t count)
{
    double mean = 0.0;
    double squares = 0.0;

    for (size_t i = 0; i < count; i++)
        mean += numbers[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (numbers[i] - mean) * (numbers[i] - mean) / (double)count;

    return sqrt(squares);
}

/* The interval of an index from what resamples add to it, which are put in order. How much of an
 * index is excess depends on what counts as equal, which is a choice: the lower end takes the
 * excess off, the upper end does not rely on it. No end is nearer than half a point of a slice. */
static struct spiral_interval interval_of(const struct pawn *pawn, double index, double *changes,
                                          size_t resamples)
{
    const double step = 0.5 * (double)pawn->slices / (double)pawn->points;

    if (resamples == 0)
        return (struct spiral_interval){NAN, NAN};
    spiral_sort(changes, resamples);

    const double below = spiral_quantile(changes, resamples, 0.975);
    const double above = fmax(normal_quantile * deviation_of(changes, resamples),
                              -spiral_quantile(changes, resamples, 0.025));
    return (struct spiral_interval){fmax(0.0, index - fmax(step, below)),
                                    fmin(1.0, index + fmax(step, above))};
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

    for (size_t r = 0; r < resamples; r++) {
        for (size_t p = pawn->points; p > 1; p--) {
            const size_t other = (size_t)((uint64_t)spiral_random_next(&random) * p >> 32);
            const unsigned char kept = pawn->slice[p - 1];
            pawn->slice[p - 1] = pawn->slice[other];
            pawn->slice[other] = kept;
        }

        find_distances(pawn);
        indices_of(pawn->distance, pawn->slices, indices);
        room[r] = indices[0];
        room[resamples + r] = indices[1];
    }

    for (size_t i = 0; i < 2; i++) {
        spiral_sort(room + i * resamples, resamples);
        chance[i] = resamples > 0 ? spiral_quantile(room + i * resamples, resamples, 0.95) : NAN;
    }
}

/* --- the analysis ----------------------------------------------------------------------------- */

/* The indices of the factor by which the points are sliced. `room` has two numbers for each
 * resample, `multiplier` one for each point. */
static struct spiral_pawn analyse_slices(struct pawn *pawn, const struct spiral_balance *balance,
                                         const struct spiral_resampling *resampling, double *room,
                                         double *multiplier)
{
    struct spiral_random random = spiral_random_seed(resampling->seed, 4);
    const size_t resamples = (size_t)resampling->resamples;
    struct spiral_pawn found = {.slices = pawn->slices};
    double indices[2];

    find_distances(pawn);
    indices_of(pawn->distance, pawn->slices, indices);

    if (resamples > 0) {
        find_errors(pawn, balance);
        find_rivals(pawn);
    }

    for (size_t r = 0; r < resamples; r++) {
        double changes[2];
        draw_multipliers(multiplier, balance, &random);
        resample_indices(pawn, multiplier, indices, changes);
        room[r] = changes[0];
        room[resamples + r] = changes[1];
    }

    found.median =
        (struct spiral_estimate){indices[0], interval_of(pawn, indices[0], room, resamples)};
    found.greatest = (struct spiral_estimate){indices[1], interval_of(pawn, indices[1],
                                                                      room + resamples, resamples)};

    double chance[2];

    chance_of(pawn, resampling, room, chance);
    found.median_chance = chance[0];
    found.greatest_chance = chance[1];

    return found;
}

enum spiral_status spiral_analysis_pawn(struct spiral_pawn *indices, const double *x,
                                        const double *y, size_t points, size_t factors,
                                        const struct spiral_sampling *sampling,
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
                        .by_outcome = by_outcome,
                        .slice = malloc(points),
                        .rivals = malloc(2 * MOST_SLICES * points * sizeof *pawn.rivals),
                        .influence = malloc(2 * points * sizeof *pawn.influence)};
    double *room = malloc((2 * resampling->resamples + 1) * sizeof *room);
    struct spiral_balance balance = {0};

    if (by_outcome == NULL || by_factor == NULL || pawn.slice == NULL || pawn.rivals == NULL ||
        pawn.influence == NULL || room == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to order %zu points", points);
    else
        status = spiral_balance_create(&balance, x, points, factors, sampling, error);

    if (status == SPIRAL_OK)
        spiral_order(by_outcome, y, 0, points, 1);

    for (size_t f = 0; f < factors && status == SPIRAL_OK; f++) {
        spiral_order(by_factor, x, f, points, factors);
        slice_factor(&pawn, by_factor);
        indices[f] = analyse_slices(&pawn, &balance, resampling, room, pawn.influence + points);
    }

    spiral_balance_clear(&balance);
    free(by_outcome);
    free(by_factor);
    free(pawn.slice);
    free(pawn.rivals);
    free(pawn.influence);
    free(room);

    return status;
}
