/* SPDX-License-Identifier: MIT
 *
 * The sample of a calibration, for charts and reports, whatever version made it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/store/posterior.h"
#include "tools/store/rows.h"

static enum spiral_status read_axes(struct spiral_posterior_sample *sample,
                                    struct spiral_store *store, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status = spiral_store_rows_open(
        &rows, store,
        "SELECT name, label_en, label_zh, low, high, scale, coalesce(present, 9e999), "
        "coalesce(truth, 9e999) FROM posterior_axis ORDER BY id",
        error);

    if (status != SPIRAL_OK)
        return status;

    while (status == SPIRAL_OK && spiral_store_rows_next(rows) &&
           sample->axis_count < SPIRAL_MAX_AXES) {
        struct spiral_posterior_axis *axis = &sample->axes[sample->axis_count++];
        const double present = spiral_store_rows_number(rows, 6);
        const double truth = spiral_store_rows_number(rows, 7);
        snprintf(axis->name, sizeof axis->name, "%s", spiral_store_rows_text(rows, 0));
        snprintf(axis->label_en, sizeof axis->label_en, "%s", spiral_store_rows_text(rows, 1));
        snprintf(axis->label_zh, sizeof axis->label_zh, "%s", spiral_store_rows_text(rows, 2));
        axis->log = strcmp(spiral_store_rows_text(rows, 5), "log") == 0;
        axis->present = isfinite(present) ? present : NAN;
        axis->truth = isfinite(truth) ? truth : NAN;
        if (!spiral_store_rows_finite(rows, 3, &axis->low) ||
            !spiral_store_rows_finite(rows, 4, &axis->high) || !(axis->low < axis->high) ||
            (axis->log && axis->low <= 0.0))
            status = spiral_store_damaged(store, "an axis has no range", error);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status == SPIRAL_OK && sample->axis_count == 0
               ? spiral_store_damaged(store, "it has no axes", error)
               : status;
}

/* The numbers of a query with one or two columns, [row]. */
static enum spiral_status read_numbers(struct spiral_store *store, const char *sql, double *first,
                                       double *second, size_t count, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    size_t found = 0;
    enum spiral_status status = spiral_store_rows_open(&rows, store, sql, error);

    if (status != SPIRAL_OK)
        return status;

    for (; status == SPIRAL_OK && spiral_store_rows_next(rows); found++)
        if (found < count &&
            (!spiral_store_rows_finite(rows, 0, &first[found]) ||
             (second != NULL && !spiral_store_rows_finite(rows, 1, &second[found]))))
            status = spiral_store_damaged(store, "a particle is not a finite number", error);

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status == SPIRAL_OK && found != count
               ? spiral_store_damaged(store, "particles are missing", error)
               : status;
}

/* Weights are positive, distances ascend, and values lie on their axes, to rounding. */
static enum spiral_status check_particles(const struct spiral_posterior_sample *sample,
                                          const struct spiral_store *store,
                                          struct spiral_error *error)
{
    bool fits = true;

    for (size_t p = 0; p < sample->count; p++)
        fits = fits && sample->weight[p] >= 0.0 &&
               (p == 0 || sample->distance[p] >= sample->distance[p - 1]);

    for (size_t i = 0; i < sample->count * sample->axis_count; i++) {
        const struct spiral_posterior_axis *axis = &sample->axes[i % sample->axis_count];
        const double slack = 1e-9 * (axis->high - axis->low);
        fits =
            fits && sample->value[i] >= axis->low - slack && sample->value[i] <= axis->high + slack;
    }

    return fits ? SPIRAL_OK
                : spiral_store_damaged(store, "a particle does not lie within its axes", error);
}

/* The last generation of the fit to all cases. */
static enum spiral_status read_particles(struct spiral_posterior_sample *sample,
                                         struct spiral_store *store, const char *path,
                                         struct spiral_error *error)
{
    static const char last[] = " WHERE fold = 0 AND generation = (SELECT max(generation) FROM "
                               "posterior_generation WHERE fold = 0) ORDER BY particle";
    char sql[400];
    int64_t generation = 0;
    int64_t particles = 0;
    int64_t stored = 0;
    double tolerance[1];
    enum spiral_status status = spiral_store_count(
        store, "SELECT ifnull(max(generation), 0) FROM posterior_generation WHERE fold = 0",
        &generation, error);

    if (status == SPIRAL_OK && generation <= 0)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s has no particles yet; `spiral calibrate --resume %s` continues it", path, path);

    if (status == SPIRAL_OK)
        status = spiral_store_count(store,
                                    "SELECT particles FROM posterior_generation WHERE fold = 0 "
                                    "ORDER BY generation DESC LIMIT 1",
                                    &particles, error);
    if (status == SPIRAL_OK)
        status = spiral_store_count(store,
                                    "SELECT count(*) FROM posterior_particle WHERE fold = 0 AND "
                                    "generation = (SELECT max(generation) FROM "
                                    "posterior_generation WHERE fold = 0)",
                                    &stored, error);
    if (status == SPIRAL_OK && (particles <= 0 || particles > stored))
        status = spiral_store_damaged(store, "particles are missing", error);
    if (status != SPIRAL_OK)
        return status;
    sample->generation = (size_t)generation;
    sample->count = (size_t)particles;
    sample->weight = calloc(sample->count, sizeof *sample->weight);
    sample->distance = calloc(sample->count, sizeof *sample->distance);
    sample->value = calloc(sample->count * sample->axis_count, sizeof *sample->value);
    if (sample->weight == NULL || sample->distance == NULL || sample->value == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the particles of %s", path);
    snprintf(sql, sizeof sql, "SELECT weight, distance FROM posterior_particle%s", last);
    status = read_numbers(store, sql, sample->weight, sample->distance, sample->count, error);
    snprintf(sql, sizeof sql, "SELECT value FROM posterior_value%s, axis", last);
    if (status == SPIRAL_OK)
        status = read_numbers(store, sql, sample->value, NULL, sample->count * sample->axis_count,
                              error);
    if (status == SPIRAL_OK)
        status = read_numbers(store,
                              "SELECT tolerance FROM posterior_generation WHERE "
                              "fold = 0 ORDER BY generation DESC LIMIT 1",
                              tolerance, NULL, 1, error);
    if (status != SPIRAL_OK)
        return status;
    sample->tolerance = tolerance[0];

    return check_particles(sample, store, error);
}

static enum spiral_status read_names(struct spiral_posterior_sample *sample,
                                     struct spiral_store *store, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, store, "SELECT name FROM posterior_scenario ORDER BY id",
                               error);
    size_t length = 0;

    if (status != SPIRAL_OK)
        return status;
    while (spiral_store_rows_next(rows) && length < sizeof sample->scenarios - 1)
        length += (size_t)snprintf(sample->scenarios + length, sizeof sample->scenarios - length,
                                   "%s%s", length > 0 ? ", " : "", spiral_store_rows_text(rows, 0));

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

enum spiral_status spiral_posterior_read(struct spiral_posterior_sample *sample, const char *path,
                                         struct spiral_error *error)
{
    struct spiral_store *store;
    int64_t there = 0;

    *sample = (struct spiral_posterior_sample){.count = 0};

    enum spiral_status status = spiral_store_open(&store, path, false, error);

    if (status != SPIRAL_OK)
        return status;
    status =
        spiral_store_count(store, "SELECT count(*) FROM sqlite_master WHERE name = 'posterior'",
                           &there, error);

    if (status == SPIRAL_OK && there == 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s holds no calibration; `spiral calibrate --method abc --store "
                                  "FILE` makes one that does",
                                  path);
    if (status == SPIRAL_OK)
        status = read_axes(sample, store, error);
    if (status == SPIRAL_OK)
        status = read_names(sample, store, error);
    if (status == SPIRAL_OK)
        status = read_particles(sample, store, path, error);
    spiral_store_close(store);

    return status;
}

void spiral_posterior_sample_clear(struct spiral_posterior_sample *sample)
{
    free(sample->weight);
    free(sample->distance);
    free(sample->value);
    *sample = (struct spiral_posterior_sample){.count = 0};
}
