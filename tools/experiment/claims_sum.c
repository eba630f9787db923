/* SPDX-License-Identifier: MIT
 *
 * Summing up what claims showed over points: shares, medians, and the corners of the space that decide.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/experiment/analysis_parts.h"
#include "tools/experiment/claims.h"

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* --- medians ----------------------------------------------------------------------------------------------------------------------- */

enum { RESAMPLES = 1000 };

/* Sorted numbers, and room to count how often each was drawn. */
struct drawing {
    const double *sorted;
    uint32_t *drawn;
    size_t count;
};

/* The median of the numbers that were picked. */
static void picked_median(const void *context, const size_t *pick, size_t picked, double *median)
{
    const struct drawing *drawing = context;
    const size_t low = (picked - 1) / 2, high = picked / 2; /* places of the two in the middle */
    size_t i = 0, passed;
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

enum spiral_status spiral_claim_median(struct spiral_estimate *median, double *effects, size_t count, uint64_t seed, struct spiral_error *error)
{
    const struct spiral_resampling resampling = {RESAMPLES, seed};
    *median = (struct spiral_estimate){NAN, {NAN, NAN}};
    if (count == 0)
        return SPIRAL_OK;
    qsort(effects, count, sizeof *effects, ascending);
    const struct drawing drawing = {effects, malloc(count * sizeof *drawing.drawn), count};
    if (drawing.drawn == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu effects", count);
    const enum spiral_status status = spiral_bootstrap(median, 1, picked_median, &drawing, count, &resampling, error);
    free(drawing.drawn);
    return status;
}

/* --- corners ----------------------------------------------------------------------------------------------------------------------- */

enum { CANDIDATES = 8, BINS = 10, LEAST_POINTS = 10 };

/* A parameter that may decide: the tenth of the points that each point lies in, and the values between tenths. */
struct candidate {
    size_t axis;
    double smirnov;
    double cuts[BINS]; /* cuts[b]: between tenth b - 1 and b; [0] unused */
    unsigned char *bins;
};

static enum spiral_status cut(struct candidate *candidate, const double *x, size_t points, size_t axes)
{
    double *sorted = malloc(points * sizeof *sorted);
    candidate->bins = malloc(points);
    if (sorted == NULL || candidate->bins == NULL) {
        free(sorted);
        return SPIRAL_NO_MEMORY;
    }
    for (size_t p = 0; p < points; p++)
        sorted[p] = x[p * axes + candidate->axis];
    qsort(sorted, points, sizeof *sorted, ascending);
    for (size_t b = 1; b < BINS; b++)
        candidate->cuts[b] = 0.5 * (sorted[b * points / BINS - 1] + sorted[b * points / BINS]);
    for (size_t p = 0; p < points; p++) {
        unsigned char bin = 0;
        while (bin + 1 < BINS && x[p * axes + candidate->axis] > candidate->cuts[bin + 1])
            bin++;
        candidate->bins[p] = bin;
    }
    free(sorted);
    return SPIRAL_OK;
}

/* Points by the tenths of two parameters (of one: the second's are 0): all, and those with the behaviour, summed from the lower corner. */
struct cells {
    int64_t all[BINS + 1][BINS + 1], with[BINS + 1][BINS + 1]; /* [b][c]: of tenths below b and below c */
};

static void count_cells(struct cells *cells, const struct candidate *one, const struct candidate *two, const bool *behaviour, size_t points)
{
    memset(cells, 0, sizeof *cells);
    for (size_t p = 0; p < points; p++) {
        const int b = one->bins[p] + 1, c = (two != NULL ? two->bins[p] : 0) + 1;
        cells->all[b][c]++;
        cells->with[b][c] += behaviour[p];
    }
    for (int b = 1; b <= BINS; b++)
        for (int c = 1; c <= BINS; c++) {
            cells->all[b][c] += cells->all[b - 1][c] + cells->all[b][c - 1] - cells->all[b - 1][c - 1];
            cells->with[b][c] += cells->with[b - 1][c] + cells->with[b][c - 1] - cells->with[b - 1][c - 1];
        }
}

/* What lies above or below tenth b and above or below tenth c. */
static int64_t inside(int64_t sums[BINS + 1][BINS + 1], int b, int c, bool above_b, bool above_c)
{
    const int b0 = above_b ? b : 0, b1 = above_b ? BINS : b, c0 = above_c ? c : 0, c1 = above_c ? BINS : c;
    return sums[b1][c1] - sums[b0][c1] - sums[b1][c0] + sums[b0][c0];
}

/* Looks for a better corner of one or two parameters. */
static void search(struct spiral_claim_corner *best, double *accuracy, const struct candidate *one, const struct candidate *two, const bool *behaviour, size_t points)
{
    struct cells cells;
    count_cells(&cells, one, two, behaviour, points);
    const double share = (double)cells.with[BINS][BINS] / (double)points;
    const int last = two != NULL ? BINS - 1 : 1;
    for (int corner = 0; corner < (two != NULL ? 4 : 2); corner++)
        for (int b = 1; b < BINS; b++)
            for (int c = 1; c <= last; c++) {
                const bool above_b = corner & 1, above_c = corner & 2;
                const int edge = two != NULL ? c : BINS; /* of one parameter: all of the other */
                const int64_t all = inside(cells.all, b, edge, above_b, above_c), with = inside(cells.with, b, edge, above_b, above_c);
                const double gain = ((double)with - share * (double)all) / (double)points;
                if (gain <= *accuracy)
                    continue;
                *accuracy = gain;
                *best = (struct spiral_claim_corner){.axes = two != NULL ? 2 : 1, .axis = {(int)one->axis, two != NULL ? (int)two->axis : -1},
                    .threshold = {one->cuts[b], two != NULL ? two->cuts[c] : 0.0}, .above = {above_b, above_c},
                    .smirnov = {one->smirnov, two != NULL ? two->smirnov : 0.0}, .inside = (uint64_t)all, .with = (uint64_t)with};
            }
}

/* The parameters whose distance is significant, farthest first. Returns how many. */
static int choose(struct candidate candidates[CANDIDATES], const struct spiral_smirnov *distances, size_t axes)
{
    int count = 0;
    for (size_t a = 0; a < axes; a++) {
        if (distances[a].p * (double)axes >= 0.05)
            continue;
        int place = count < CANDIDATES ? count++ : CANDIDATES;
        for (; place > 0 && candidates[place - 1].smirnov < distances[a].distance; place--)
            if (place < CANDIDATES)
                candidates[place] = candidates[place - 1];
        if (place < CANDIDATES)
            candidates[place] = (struct candidate){.axis = a, .smirnov = distances[a].distance};
    }
    return count;
}

enum spiral_status spiral_claim_corner_find(struct spiral_claim_corner *corner, const double *x, const bool *behaviour, size_t points, size_t axes,
                                            struct spiral_error *error)
{
    struct candidate candidates[CANDIDATES];
    size_t with = 0;
    double accuracy = 0.0;
    *corner = (struct spiral_claim_corner){.axis = {-1, -1}};
    for (size_t p = 0; p < points; p++)
        with += behaviour[p];
    if (with < LEAST_POINTS || points - with < LEAST_POINTS)
        return SPIRAL_OK;
    struct spiral_smirnov *distances = malloc(axes * sizeof *distances);
    if (distances == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu parameters", axes);
    enum spiral_status status = spiral_analysis_smirnov(distances, x, behaviour, points, axes, error);
    const int count = status == SPIRAL_OK ? choose(candidates, distances, axes) : 0;
    for (int i = 0; i < count && status == SPIRAL_OK; i++)
        status = cut(&candidates[i], x, points, axes);
    for (int i = 0; i < count && status == SPIRAL_OK; i++) {
        if (count == 1)
            search(corner, &accuracy, &candidates[0], NULL, behaviour, points);
        for (int j = i + 1; j < count; j++)
            search(corner, &accuracy, &candidates[i], &candidates[j], behaviour, points);
    }
    for (int i = 0; i < count; i++)
        free(candidates[i].bins);
    free(distances);
    return status == SPIRAL_NO_MEMORY ? spiral_error_set(error, status, "no memory for %zu points", points) : status;
}

/* --- summary ----------------------------------------------------------------------------------------------------------------------- */

static struct spiral_claim_share share_of(uint64_t count, uint64_t points)
{
    return (struct spiral_claim_share){count, points > 0 ? (double)count / (double)points : 0.0, spiral_wilson(count, points)};
}

/* The points in scope, gathered. */
struct gathered {
    size_t points, live; /* all of them; those that are not quiet, of whom x and verdicts speak */
    double *x, *effects;
    enum spiral_verdict *verdicts;
    bool *behaviour;
};

static enum spiral_status gathered_init(struct gathered *gathered, size_t points, size_t axes)
{
    *gathered = (struct gathered){.x = malloc(points * axes * sizeof *gathered->x), .effects = malloc(points * sizeof *gathered->effects),
                                  .verdicts = malloc(points * sizeof *gathered->verdicts), .behaviour = malloc(points * sizeof *gathered->behaviour)};
    return gathered->x != NULL && gathered->effects != NULL && gathered->verdicts != NULL && gathered->behaviour != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

static void gathered_clear(struct gathered *gathered)
{
    free(gathered->x);
    free(gathered->effects);
    free(gathered->verdicts);
    free(gathered->behaviour);
}

/* Counts verdicts in the summary and gathers the points in scope. */
static void gather(struct gathered *gathered, struct spiral_claim_summary *summary, const struct spiral_claim_trial *trial, size_t claim,
                   enum spiral_claim_event event)
{
    const size_t all = trial->request.points, axes = trial->design->axes;
    uint64_t holds = 0, reversed = 0, undecided = 0, quiet = 0;
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
        gathered->effects[gathered->points++] = effect->effect;
        sum += effect->effect;
        if (effect->verdict == SPIRAL_UNDECIDED && effect->quiet)
            continue;
        memcpy(&gathered->x[gathered->live * axes], &trial->design->value[p * axes], axes * sizeof *gathered->x);
        gathered->verdicts[gathered->live++] = effect->verdict;
    }
    const uint64_t points = summary->points = gathered->points;
    summary->holds = share_of(holds, points);
    summary->reversed = share_of(reversed, points);
    summary->undecided = share_of(undecided, points);
    summary->quiet = share_of(quiet, points);
    summary->agreement = share_of(holds, holds + reversed);
    summary->mean = points > 0 ? sum / (double)points : NAN;
}

/* The corner of the points whose verdict is (or, `not`, is not) this one, and how many these are. */
static enum spiral_status find_corner(struct spiral_claim_corner *corner, uint64_t *count, struct gathered *gathered, size_t axes, enum spiral_verdict verdict, bool not,
                                      struct spiral_error *error)
{
    for (size_t p = 0; p < gathered->live; p++) {
        gathered->behaviour[p] = (gathered->verdicts[p] == verdict) != not;
        *count += gathered->behaviour[p];
    }
    return spiral_claim_corner_find(corner, gathered->x, gathered->behaviour, gathered->live, axes, error);
}

/* Between which the middle four fifths of sorted effects lie; NaN without effects. */
static struct spiral_interval middle_of(const double *sorted, size_t count)
{
    const size_t tail = count / 10;
    return count > 0 ? (struct spiral_interval){sorted[tail], sorted[count - 1 - tail]} : (struct spiral_interval){NAN, NAN};
}

enum spiral_status spiral_claim_sum_up(struct spiral_claim_summary *summary, const struct spiral_claim_trial *trial, size_t claim,
                                       enum spiral_claim_event event, struct spiral_error *error)
{
    const size_t axes = trial->design->axes;
    struct gathered gathered;
    enum spiral_status status = gathered_init(&gathered, trial->request.points, axes);
    *summary = (struct spiral_claim_summary){.points = 0};
    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for %zu points", trial->request.points);
    else {
        gather(&gathered, summary, trial, claim, event);
        status = find_corner(&summary->fails, &summary->fails_of, &gathered, axes, SPIRAL_HOLDS, true, error);
    }
    if (status == SPIRAL_OK)
        status = find_corner(&summary->turns, &summary->turns_of, &gathered, axes, SPIRAL_REVERSED, false, error);
    if (status == SPIRAL_OK)
        status = spiral_claim_median(&summary->median, gathered.effects, gathered.points, trial->request.seed, error);
    if (status == SPIRAL_OK)
        summary->spread = middle_of(gathered.effects, gathered.points);
    gathered_clear(&gathered);
    return status;
}
