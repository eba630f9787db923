/* SPDX-License-Identifier: MIT
 *
 * Histories that the model makes: to be recovered by a fit, and to measure how far the years of a
 * history depend on each other.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/fit/target.h"

/* Histories that dependence is measured on; the first streams of invented and of measured ones. */
enum { MEASURED = 1024 };
static const uint64_t invented_first = UINT64_C(1) << 40, measured_first = UINT64_C(1) << 41;

/* Runs of all cases, each a history: count[history * at[cases] + ...], one run each. */
static enum spiral_status run_histories(struct spiral_target *target, const double *values,
                                        size_t histories, uint64_t first, uint64_t **count,
                                        struct spiral_error *error)
{
    bool all[SPIRAL_MAX_CASES];
    memset(all, 1, sizeof all);
    return spiral_count(count, &target->counter,
                        &(struct spiral_count_request){values, histories, all, first, 1, true},
                        error);
}

/* The level of a rival-year, 1..5, of one run's counts. */
static size_t find_level(const uint64_t *count)
{
    size_t level = 1;
    while (level < 5 && count[level - 1] == 0)
        level++;
    return level;
}

/* Sets the levels of a case's histories from their counts, which have one run each. */
static void set_histories(struct spiral_target *target, size_t c, const uint64_t *count)
{
    struct spiral_fit_record *record = &target->records[c];
    const struct spiral_counter *counter = &target->counter;
    const size_t stride = counter->at[counter->experiment->case_count];

    for (size_t h = 0; h < record->histories; h++)
        for (size_t i = 0; i < record->rival_years; i++)
            record->level[h * record->rival_years + i] =
                (unsigned char)find_level(&count[h * stride + counter->at[c] + i * 5]);
    record->observed = record->histories * record->rival_years;
}

enum spiral_status spiral_target_invent(struct spiral_target *target, const double *values,
                                        size_t histories, struct spiral_error *error)
{
    const size_t axes = target->counter.experiment->axis_count;
    const size_t cases = target->counter.experiment->case_count;
    uint64_t *count = NULL;
    double *points = malloc(histories * axes * sizeof *points);

    if (points == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu histories", histories);
    for (size_t i = 0; i < histories * axes; i++)
        points[i] = values[i % axes];

    enum spiral_status status =
        run_histories(target, points, histories, invented_first, &count, error);

    for (size_t c = 0; c < cases && status == SPIRAL_OK; c++) {
        struct spiral_fit_record *record = &target->records[c];
        unsigned char *level = calloc(histories, record->rival_years);

        if (level == NULL) {
            status =
                spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu histories", histories);
            break;
        }

        free(record->level);
        record->level = level;
        record->histories = histories;
        set_histories(target, c, count);
    }

    free(count);
    free(points);

    return status;
}

/* --- dependence ------------------------------------------------------------------------------- */

/* Variances of a case's scores over histories: of the sum over years that are observed in the
 * record, and the sum of theirs. */
static void add_variances(const struct spiral_target *target, size_t c, const uint64_t *count,
                          double *of_sum, double *sum_of)
{
    const struct spiral_fit_record *record = &target->records[c];
    const struct spiral_counter *counter = &target->counter;
    const size_t stride = counter->at[counter->experiment->case_count];
    double total[MEASURED] = {0.0};
    double mean = 0.0;

    for (size_t i = 0; i < record->rival_years; i++) {
        double share[5] = {0.0};
        double expected = 0.0;
        if (record->level[i] == 0)
            continue;
        for (size_t h = 0; h < MEASURED; h++)
            share[find_level(&count[h * stride + counter->at[c] + i * 5]) - 1] += 1.0 / MEASURED;
        for (int level = 0; level < 5; level++)
            expected -= share[level] > 0.0 ? share[level] * log(share[level]) : 0.0;

        for (size_t h = 0; h < MEASURED; h++) {
            const double score =
                -log(share[find_level(&count[h * stride + counter->at[c] + i * 5]) - 1]) - expected;
            total[h] += score;
            *sum_of += score * score / MEASURED;
        }
    }

    for (size_t h = 0; h < MEASURED; h++)
        mean += total[h] / MEASURED;
    for (size_t h = 0; h < MEASURED; h++)
        *of_sum += (total[h] - mean) * (total[h] - mean) / MEASURED;
}

enum spiral_status spiral_target_measure_dependence(struct spiral_target *target,
                                                    struct spiral_error *error)
{
    uint64_t *count;
    double of_sum = 0.0;
    double sum_of = 0.0;
    const enum spiral_status status =
        run_histories(target, NULL, MEASURED, measured_first, &count, error);

    if (status != SPIRAL_OK)
        return status;
    for (size_t c = 0; c < target->counter.experiment->case_count; c++)
        add_variances(target, c, count, &of_sum, &sum_of);

    free(count);
    target->dependence = sum_of > 0.0 && of_sum > sum_of ? of_sum / sum_of : 1.0;

    return SPIRAL_OK;
}
