/* SPDX-License-Identifier: MIT
 *
 * Summaries of claims over points: shares, medians, and the corners of the space that decide.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/statistics.h"
#include "tools/claims/claims.h"

/* --- medians ---------------------------------------------------------------------------------- */

enum { RESAMPLES = 1000 };

/* Sorted numbers, with room to count how often a resample draws each. */
struct drawing {
    const double *sorted;
    uint32_t *drawn;
    size_t count;
};

/* The median of a resample. */
static void picked_median(const void *context, const size_t *pick, size_t picked, double *median)
{
    const struct drawing *drawing = context;
    const size_t low = (picked - 1) / 2; /* ranks of the two in the middle */
    const size_t high = picked / 2;
    size_t i = 0;
    size_t passed;

    memset(drawing->drawn, 0, drawing->count * sizeof *drawing->drawn);
    for (size_t p = 0; p < picked; p++)
        drawing->drawn[pick[p]]++;
    for (passed = drawing->drawn[0]; passed <= low; passed += drawing->drawn[i])
        i++;

    const double first = drawing->sorted[i];

    for (; passed <= high; passed += drawing->drawn[i])
        i++;

    *median = 0.5 * (first + drawing->sorted[i]);
}

enum spiral_status spiral_claim_median(struct spiral_estimate *median, double *effects,
                                       size_t count, uint64_t seed, struct spiral_error *error)
{
    const struct spiral_resampling resampling = {RESAMPLES, seed};

    *median = (struct spiral_estimate){NAN, {NAN, NAN}};
    if (count == 0)
        return SPIRAL_OK;
    spiral_sort(effects, count);

    const struct drawing drawing = {effects, malloc(count * sizeof *drawing.drawn), count};

    if (drawing.drawn == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu effects", count);

    const enum spiral_status status =
        spiral_bootstrap(median, 1, picked_median, &drawing, count, &resampling, error);

    free(drawing.drawn);

    return status;
}

/* --- corners ---------------------------------------------------------------------------------- */

enum { BINS = 10, LEAST_POINTS = 10 };

/* The tenths of the points by a parameter that decides. */
struct cuts {
    double at[BINS];     /* [b]: the value between tenths b - 1 and b; [0] is unused */
    unsigned char *bins; /* [point]: its tenth; owned */
};

static enum spiral_status cut_tenths(struct cuts *cuts, const double *x, size_t points, size_t axes,
                                     size_t axis)
{
    double *sorted = malloc(points * sizeof *sorted);

    cuts->bins = malloc(points);

    if (sorted == NULL || cuts->bins == NULL) {
        free(sorted);
        return SPIRAL_NO_MEMORY;
    }

    for (size_t p = 0; p < points; p++)
        sorted[p] = x[p * axes + axis];

    spiral_sort(sorted, points);
    for (size_t b = 1; b < BINS; b++)
        cuts->at[b] = 0.5 * (sorted[b * points / BINS - 1] + sorted[b * points / BINS]);

    for (size_t p = 0; p < points; p++) {
        unsigned char bin = 0;
        while (bin + 1 < BINS && x[p * axes + axis] > cuts->at[bin + 1])
            bin++;

        cuts->bins[p] = bin;
    }

    free(sorted);

    return SPIRAL_OK;
}

/* Points, and those with the behaviour, by the tenths of two parameters. Of one parameter, the
 * second index is 0. */
struct cells {
    uint64_t all[BINS][BINS];
    uint64_t with[BINS][BINS];
};

/* Counts the cells of a corner: beyond cut b of the first parameter, and beyond cut c of the
 * second. */
static void count_inside(const struct cells *cells, const bool above[2], int b, int c,
                         uint64_t *all, uint64_t *with)
{
    *all = *with = 0;
    for (int i = above[0] ? b : 0; i < (above[0] ? BINS : b); i++)
        for (int j = above[1] ? c : 0; j < (above[1] ? BINS : c); j++) {
            *all += cells->all[i][j];
            *with += cells->with[i][j];
        }
}

/* Looks for the best thresholds of the corner's first `cuts` deciders. */
static void search_thresholds(struct spiral_claim_corner *corner, const struct cells *cells,
                              const struct cuts cuts[2], double share, size_t points)
{
    double accuracy = 0.0;
    const bool two = corner->cuts == 2;

    for (int side = 0; side < (two ? 4 : 2); side++)
        for (int b = 1; b < BINS; b++)
            for (int c = two ? 1 : 0; c < (two ? BINS : 1); c++) {
                const bool above[2] = {side & 1, !two || side & 2};
                uint64_t all;
                uint64_t with;
                count_inside(cells, above, b, c, &all, &with);

                const double gain = ((double)with - share * (double)all) / (double)points;
                if (gain <= accuracy)
                    continue;
                accuracy = gain;
                corner->inside = all;
                corner->with = with;

                for (int i = 0; i < corner->cuts; i++) {
                    corner->decider[i].threshold = cuts[i].at[i == 0 ? b : c];
                    corner->decider[i].above = above[i];
                }
            }
}

static enum spiral_status cut_corner(struct spiral_claim_corner *corner, const double *x,
                                     const bool *behaviour, size_t points, size_t axes)
{
    struct cuts cuts[2] = {{.bins = NULL}, {.bins = NULL}};
    struct cells *cells = calloc(1, sizeof *cells);
    enum spiral_status status = cells != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;
    size_t with = 0;

    for (int i = 0; i < corner->cuts && status == SPIRAL_OK; i++)
        status = cut_tenths(&cuts[i], x, points, axes, corner->decider[i].axis);

    for (size_t p = 0; p < points && status == SPIRAL_OK; p++) {
        const int b = cuts[0].bins[p];
        const int c = corner->cuts == 2 ? cuts[1].bins[p] : 0;
        cells->all[b][c]++;
        cells->with[b][c] += behaviour[p];
        with += behaviour[p];
    }

    if (status == SPIRAL_OK)
        search_thresholds(corner, cells, cuts, (double)with / (double)points, points);
    if (corner->inside == 0)
        corner->cuts = 0; /* no cut at a tenth separates the two */

    free(cuts[0].bins);
    free(cuts[1].bins);
    free(cells);

    return status;
}

/* The two parameters farthest apart, and on which side of the points without the behaviour, by
 * their means, those with it lie. */
static void choose_deciders(struct spiral_claim_corner *corner,
                            const struct spiral_smirnov *distances, const double *x,
                            const bool *behaviour, size_t points, size_t axes)
{
    corner->deciders = 2;
    for (int i = 0; i < 2; i++) {
        size_t best = i == 1 && corner->decider[0].axis == 0 ? 1 : 0;
        for (size_t a = 0; a < axes; a++)
            if (distances[a].distance > distances[best].distance &&
                !(i == 1 && a == corner->decider[0].axis))
                best = a;

        double sums[2] = {0.0, 0.0};
        double counts[2] = {0.0, 0.0};

        for (size_t p = 0; p < points; p++) {
            sums[behaviour[p]] += x[p * axes + best];
            counts[behaviour[p]] += 1.0;
        }

        corner->decider[i] =
            (struct spiral_claim_decider){.axis = best,
                                          .distance = distances[best].distance,
                                          .p = fmin(1.0, distances[best].p * (double)axes),
                                          .above = sums[1] / counts[1] > sums[0] / counts[0]};
        corner->cuts += corner->cuts == i && corner->decider[i].p < 0.05;
    }
}

enum spiral_status spiral_claim_corner_find(struct spiral_claim_corner *corner, const double *x,
                                            const bool *behaviour, size_t points, size_t axes,
                                            struct spiral_error *error)
{
    size_t with = 0;

    *corner = (struct spiral_claim_corner){.deciders = 0};
    for (size_t p = 0; p < points; p++)
        with += behaviour[p];
    if (with < LEAST_POINTS || points - with < LEAST_POINTS)
        return SPIRAL_OK;

    struct spiral_smirnov *distances = malloc(axes * sizeof *distances);

    if (distances == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu parameters", axes);

    enum spiral_status status =
        spiral_analysis_smirnov(distances, x, behaviour, points, axes, error);

    if (status == SPIRAL_OK)
        choose_deciders(corner, distances, x, behaviour, points, axes);
    free(distances);
    if (status == SPIRAL_OK && corner->cuts > 0 &&
        cut_corner(corner, x, behaviour, points, axes) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", points);

    return status;
}

/* --- summary ---------------------------------------------------------------------------------- */

static struct spiral_claim_share share_of(uint64_t count, uint64_t points)
{
    return (struct spiral_claim_share){count, points > 0 ? (double)count / (double)points : 0.0,
                                       spiral_wilson(count, points)};
}

/* The points in scope that are not quiet, gathered. */
struct gathered {
    size_t live;
    double *x;
    double *effects;
    bool *fails;
};

static enum spiral_status gathered_init(struct gathered *gathered, size_t points, size_t axes)
{
    *gathered = (struct gathered){.x = malloc(points * axes * sizeof *gathered->x),
                                  .effects = malloc(points * sizeof *gathered->effects),
                                  .fails = malloc(points * sizeof *gathered->fails)};
    return gathered->x != NULL && gathered->effects != NULL && gathered->fails != NULL
               ? SPIRAL_OK
               : SPIRAL_NO_MEMORY;
}

static void gathered_clear(struct gathered *gathered)
{
    free(gathered->x);
    free(gathered->effects);
    free(gathered->fails);
}

/* Counts verdicts in the summary and gathers the points in scope. */
static void gather_points(struct gathered *gathered, struct spiral_claim_summary *summary,
                          const struct spiral_claim_trial *trial, size_t claim,
                          enum spiral_claim_event event)
{
    const size_t all = trial->request.points;
    const size_t axes = trial->design->axes;
    uint64_t points = 0;
    uint64_t holds = 0;
    uint64_t reversed = 0;
    uint64_t undecided = 0;
    uint64_t quiet = 0;
    double sum = 0.0;

    for (size_t p = 0; p < all; p++) {
        const struct spiral_claim_effect *effect = &trial->effects[event][claim * all + p];
        if (!trial->in_scope[claim * all + p]) {
            summary->beyond++;
            summary->beyond_holds += effect->verdict == SPIRAL_HOLDS;
            summary->beyond_reversed += effect->verdict == SPIRAL_REVERSED;
            continue;
        }

        holds += effect->verdict == SPIRAL_HOLDS;
        reversed += effect->verdict == SPIRAL_REVERSED;
        undecided += effect->verdict == SPIRAL_UNDECIDED && !effect->quiet;
        quiet += effect->verdict == SPIRAL_UNDECIDED && effect->quiet;
        points++;
        sum += effect->effect;
        if (effect->verdict == SPIRAL_UNDECIDED && effect->quiet)
            continue;
        memcpy(&gathered->x[gathered->live * axes], &trial->design->value[p * axes],
               axes * sizeof *gathered->x);
        gathered->effects[gathered->live] = effect->effect;
        gathered->fails[gathered->live++] = effect->verdict != SPIRAL_HOLDS;
    }

    summary->points = points;
    summary->holds = share_of(holds, points);
    summary->reversed = share_of(reversed, points);
    summary->undecided = share_of(undecided, points);
    summary->quiet = share_of(quiet, points);
    summary->agreement = share_of(holds, holds + reversed);
    summary->mean = points > 0 ? sum / (double)points : NAN;
}

/* The interval of the middle four fifths of sorted effects; NaN without effects. */
static struct spiral_interval middle_of(const double *sorted, size_t count)
{
    const size_t tail = count / 10;
    return count > 0 ? (struct spiral_interval){sorted[tail], sorted[count - 1 - tail]}
                     : (struct spiral_interval){NAN, NAN};
}

enum spiral_status spiral_claim_sum_up(struct spiral_claim_summary *summary,
                                       const struct spiral_claim_trial *trial, size_t claim,
                                       enum spiral_claim_event event, struct spiral_error *error)
{
    const size_t axes = trial->design->axes;
    struct gathered gathered;
    enum spiral_status status = gathered_init(&gathered, trial->request.points, axes);

    *summary = (struct spiral_claim_summary){.points = 0};
    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for %zu points", trial->request.points);
    else {
        gather_points(&gathered, summary, trial, claim, event);
        status = spiral_claim_corner_find(&summary->fails, gathered.x, gathered.fails,
                                          gathered.live, axes, error);
    }

    if (status == SPIRAL_OK)
        status = spiral_claim_median(&summary->median, gathered.effects, gathered.live,
                                     trial->request.seed, error);
    if (status == SPIRAL_OK)
        summary->spread = middle_of(gathered.effects, gathered.live);
    gathered_clear(&gathered);

    return status;
}

enum spiral_status spiral_claims_sum_up(struct spiral_claim_summary **summaries,
                                        const struct spiral_claim_trial *trial,
                                        struct spiral_error *error)
{
    const size_t claims = trial->request.claim_count;

    *summaries = calloc(SPIRAL_CLAIM_EVENTS * claims, sizeof **summaries);

    enum spiral_status status =
        *summaries != NULL
            ? SPIRAL_OK
            : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu summaries", claims);

    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims && status == SPIRAL_OK; i++)
        status = spiral_claim_sum_up(&(*summaries)[i], trial, i % claims,
                                     (enum spiral_claim_event)(i / claims), error);

    return status;
}
