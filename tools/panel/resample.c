/* SPDX-License-Identifier: MIT */
#include "tools/panel/resample.h"

#include <math.h>
#include <stdlib.h>

#include "sim/random.h"
#include "tools/analysis/statistics.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"

/* What the threads share. */
struct job {
    spiral_panel_statistic *statistic;
    const void *context;
    const struct spiral_panel_resampling *resampling;
    size_t *unit;
    size_t units;  /* [rows]: the row's dyad, 0 .. units - 1 */
    double *drawn; /* [resample * values + value] */
    size_t values;
    size_t next;
    enum spiral_status status;
};

/* A dyad and a row of it, for numbering dyads without gaps. */
struct member {
    size_t dyad;
    size_t row;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *one = a;
    const struct member *other = b;

    return one->dyad != other->dyad ? (one->dyad < other->dyad ? -1 : 1)
                                    : (one->row > other->row) - (one->row < other->row);
}

static bool number_units(struct job *job)
{
    const size_t rows = job->resampling->rows;
    struct member *members = malloc((rows + 1) * sizeof *members);

    job->unit = malloc((rows + 1) * sizeof *job->unit);
    if (members == NULL || job->unit == NULL) {
        free(members);
        return false;
    }
    for (size_t r = 0; r < rows; r++)
        members[r] = (struct member){job->resampling->dyad[r], r};
    qsort(members, rows, sizeof *members, compare_members);
    for (size_t i = 0; i < rows; i++) {
        job->units += i == 0 || members[i].dyad != members[i - 1].dyad ? 1 : 0;
        job->unit[members[i].row] = job->units - 1;
    }
    free(members);
    return true;
}

/* The weights of a resample, whose draws are a stream of their own. */
static void draw_weights(const struct job *job, size_t resample, double *times, double *weights)
{
    struct spiral_random random = spiral_random_seed(job->resampling->seed, resample);

    for (size_t u = 0; u < job->units; u++)
        times[u] = 0.0;
    for (size_t u = 0; u < job->units; u++)
        times[(size_t)((uint64_t)spiral_random_next(&random) * job->units >> 32)] += 1.0;
    for (size_t r = 0; r < job->resampling->rows; r++)
        weights[r] = times[job->unit[r]];
}

/* One thread's share: resamples as they come. */
static void work(struct job *job)
{
    double *times = malloc((job->units + 1) * sizeof *times);
    double *weights = malloc((job->resampling->rows + 1) * sizeof *weights);

    if (times == NULL || weights == NULL) {
#pragma omp critical(panel_resample)
        job->status = SPIRAL_NO_MEMORY;
    }
    while (times != NULL && weights != NULL && !spiral_interrupted()) {
        size_t resample;
#pragma omp atomic capture
        resample = job->next++;
        if (resample >= job->resampling->resamples)
            break;
        draw_weights(job, resample, times, weights);
        job->statistic(job->context, weights, &job->drawn[resample * job->values]);
    }
    free(times);
    free(weights);
}

/* The percentile interval of one value; `column` has room for every resample. */
static struct spiral_interval interval_of(const struct job *job, size_t value, double *column)
{
    const size_t resamples = job->resampling->resamples;
    size_t count = 0;

    for (size_t r = 0; r < resamples; r++)
        if (isfinite(job->drawn[r * job->values + value]))
            column[count++] = job->drawn[r * job->values + value];
    if (count == 0 || 20 * count < 19 * resamples)
        return (struct spiral_interval){NAN, NAN};
    spiral_sort(column, count);
    return (struct spiral_interval){spiral_quantile(column, count, 0.025),
                                    spiral_quantile(column, count, 0.975)};
}

enum spiral_status spiral_panel_resample(struct spiral_estimate *estimates, size_t values,
                                         spiral_panel_statistic *statistic, const void *context,
                                         const struct spiral_panel_resampling *resampling,
                                         struct spiral_error *error)
{
    const int threads = spiral_farm_threads(resampling->threads);
    struct job job = {.statistic = statistic,
                      .context = context,
                      .resampling = resampling,
                      .values = values};
    double *once = calloc(values + 1, sizeof *once);
    double *column = calloc(resampling->resamples + 1, sizeof *column);

    job.drawn = calloc(resampling->resamples * values + 1, sizeof *job.drawn);
    if (once == NULL || column == NULL || job.drawn == NULL || !number_units(&job))
        job.status = SPIRAL_NO_MEMORY;

    if (job.status == SPIRAL_OK)
        statistic(context, NULL, once);
    if (job.status == SPIRAL_OK && threads == 1)
        work(&job);
    else if (job.status == SPIRAL_OK) {
#pragma omp parallel num_threads(threads)
        work(&job);
    }
    if (job.status == SPIRAL_OK && spiral_interrupted())
        job.status = SPIRAL_STOPPED;

    for (size_t v = 0; v < values && job.status == SPIRAL_OK; v++)
        estimates[v] = (struct spiral_estimate){once[v], interval_of(&job, v, column)};
    free(once);
    free(column);
    free(job.drawn);
    free(job.unit);
    return job.status == SPIRAL_OK ? SPIRAL_OK
           : job.status == SPIRAL_STOPPED
               ? spiral_error_set(error, job.status, "stopped on request")
               : spiral_error_set(error, job.status, "no memory for %zu resamples",
                                  resampling->resamples);
}
