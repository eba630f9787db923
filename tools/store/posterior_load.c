/* SPDX-License-Identifier: MIT
 *
 * From a store back to its calibration and its particles; and the keeper that adds more of these.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/store/connection.h"
#include "tools/store/posterior.h"
#include "tools/store/rows.h"

/* --- opening ---------------------------------------------------------------------------------- */

/* The texts of the scenarios, as the loader of experiments wants them. */
struct texts {
    char *text[SPIRAL_MAX_CASES];
    struct spiral_experiment_given stored;
};

static enum spiral_status read_texts(struct spiral_store *store, struct texts *texts,
                                     struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "SELECT text FROM posterior_scenario ORDER BY id", &statement,
                             error);

    texts->stored = (struct spiral_experiment_given){.is_all = true, .case_texts = texts->text};

    while (texts->stored.case_count < SPIRAL_MAX_CASES &&
           spiral_store_next(store, statement, &status, error)) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        char *copy = text == NULL ? NULL : strdup(text);
        if (copy == NULL)
            status = spiral_store_damaged(store, "a scenario's text cannot be read", error);
        else
            texts->text[texts->stored.case_count++] = copy;
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status read_experiment(struct spiral_store *store, const char *text,
                                          struct spiral_experiment *experiment,
                                          struct spiral_error *error)
{
    struct texts texts = {.stored = {0}};
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    enum spiral_status status = read_texts(store, &texts, error);

    if (diagnostics == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    if (status == SPIRAL_OK) {
        spiral_diagnostics_init(diagnostics);
        status = spiral_experiment_load_text(experiment, text, strlen(text), store->path,
                                             &texts.stored, diagnostics);
        if (status != SPIRAL_OK)
            *error = diagnostics->errors[0];
    }

    for (size_t c = 0; c < texts.stored.case_count; c++)
        free(texts.text[c]);

    free(diagnostics);

    return status;
}

static enum spiral_status read_numbers(struct spiral_store *store,
                                       struct spiral_calibration *calibration,
                                       struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t found = 0;
    enum spiral_status status =
        spiral_store_prepare(store, "SELECT name, value FROM posterior_setting", &statement, error);

    while (spiral_store_next(store, statement, &status, error))
        for (int i = 0; i < SPIRAL_FIT_SETTINGS; i++)
            if (sqlite3_column_type(statement, 0) == SQLITE_TEXT &&
                strcmp((const char *)sqlite3_column_text(statement, 0),
                       spiral_fit_settings[i].name) == 0) {
                calibration->settings[i] = sqlite3_column_double(statement, 1);
                found++;
            }

    sqlite3_finalize(statement);
    if (status == SPIRAL_OK && found != SPIRAL_FIT_SETTINGS)
        status = spiral_store_damaged(store, "settings are missing", error);

    if (status == SPIRAL_OK)
        status =
            spiral_store_prepare(store,
                                 "SELECT id, truth FROM posterior_axis WHERE truth IS NOT NULL",
                                 &statement, error);

    while (spiral_store_next(store, statement, &status, error)) {
        const sqlite3_int64 axis = sqlite3_column_int64(statement, 0);
        if (axis >= 0 && axis < SPIRAL_MAX_AXES)
            calibration->truth[axis] = sqlite3_column_double(statement, 1);
    }

    if (status == SPIRAL_OK)
        sqlite3_finalize(statement);

    return status;
}

/* What the head says. */
static enum spiral_status read_head(struct spiral_store *store,
                                    struct spiral_calibration *calibration, char hash[17],
                                    struct spiral_error *error)
{
    struct spiral_experiment experiment = spiral_experiment_defaults();
    sqlite3_stmt *statement = NULL;
    enum spiral_status status = spiral_store_prepare(
        store, "SELECT text, hash, version, method, score, leave_one_out FROM posterior",
        &statement, error);

    if (status != SPIRAL_OK)
        return status;

    const char *columns[5] = {NULL};
    const bool there = spiral_store_next(store, statement, &status, error);

    for (int i = 0; i < 5 && there; i++)
        columns[i] = (const char *)sqlite3_column_text(statement, i);
    if (status == SPIRAL_OK && (!there || columns[0] == NULL || columns[1] == NULL ||
                                columns[2] == NULL || columns[3] == NULL || columns[4] == NULL))
        status = spiral_store_damaged(store, "the calibration's row cannot be read", error);
    else if (status == SPIRAL_OK && strcmp(columns[2], SPIRAL_VERSION) != 0)
        status = spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s was made by spiral %s and can only be continued by that version; this is %s",
            store->path, columns[2], SPIRAL_VERSION);
    if (status == SPIRAL_OK)
        status = read_experiment(store, columns[0], &experiment, error);

    if (status == SPIRAL_OK) {
        spiral_calibration_init(calibration, &experiment);
        snprintf(hash, 17, "%s", columns[1]);
        calibration->method = strcmp(columns[3], spiral_fit_method_names[SPIRAL_FIT_ABC]) == 0
                                  ? SPIRAL_FIT_ABC
                                  : SPIRAL_FIT_LOCAL;
        calibration->score = strcmp(columns[4], spiral_fit_score_names[SPIRAL_FIT_BRIER]) == 0
                                 ? SPIRAL_FIT_BRIER
                                 : SPIRAL_FIT_LOG;
        calibration->leave_one_out = sqlite3_column_int(statement, 5) != 0;
    }

    sqlite3_finalize(statement);

    return status;
}

enum spiral_status spiral_posterior_open(struct spiral_store *store,
                                         struct spiral_calibration *calibration, int threads,
                                         bool quiet, struct spiral_error *error)
{
    char stored[17] = "";
    char hash[17];
    int64_t there = 0;

    memset(calibration, 0, sizeof *calibration);

    enum spiral_status status =
        spiral_store_number(store, "SELECT count(*) FROM sqlite_master WHERE name = 'posterior'",
                            &there, error);

    if (status == SPIRAL_OK && there == 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "%s holds no calibration", store->path);
    if (status == SPIRAL_OK)
        status = read_head(store, calibration, stored, error);
    if (status == SPIRAL_OK)
        status = read_numbers(store, calibration, error);
    if (status == SPIRAL_OK)
        status = spiral_posterior_hash(calibration, hash, error);

    if (status == SPIRAL_OK && strcmp(hash, stored) != 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s does not hold what its hash says: it was made with other "
                                  "constants or a changed program, or was edited",
                                  store->path);

    if (status != SPIRAL_OK)
        return status;

    return spiral_calibration_prepare(calibration, threads, quiet, error);
}

/* --- particles -------------------------------------------------------------------------------- */

/* Reads `count` rows of the particles of a generation, or of their values. */
static enum spiral_status read_rows(struct spiral_store *store, const char *sql, size_t fold,
                                    size_t generation, size_t count, double *first, double *second,
                                    struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t found = 0;
    enum spiral_status status = spiral_store_prepare(store, sql, &statement, error);

    if (status != SPIRAL_OK)
        return status;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)fold);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)generation);

    for (; spiral_store_next(store, statement, &status, error); found++) {
        if (found >= count)
            continue;
        first[found] = sqlite3_column_double(statement, 0);
        second[found] = sqlite3_column_double(statement, 1);
        if (!isfinite(first[found]) || !isfinite(second[found]))
            status = spiral_store_damaged(store, "a particle is not a finite number", error);
    }

    sqlite3_finalize(statement);

    return status != SPIRAL_OK || found == count
               ? status
               : spiral_store_damaged(store, "particles are missing", error);
}

/* The keeper's `load`: the last generation of a fold. */
static enum spiral_status load_generation(void *context, size_t fold,
                                          struct spiral_smc_population *population,
                                          const struct spiral_smc_settings *settings,
                                          struct spiral_error *error)
{
    struct spiral_store *store = context;
    static const char particles[] = "SELECT weight, distance FROM posterior_particle WHERE fold = "
                                    "?1 AND generation = ?2 ORDER BY particle";
    static const char values[] = "SELECT value, latent FROM posterior_value WHERE fold = ?1 AND "
                                 "generation = ?2 ORDER BY particle, axis";
    sqlite3_stmt *statement = NULL;
    enum spiral_status status = spiral_store_prepare(
        store,
        "SELECT generation, tolerance, acceptance, evaluations, particles FROM "
        "posterior_generation WHERE fold = ?1 ORDER BY generation DESC LIMIT 1",
        &statement, error);

    if (status != SPIRAL_OK)
        return status;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)fold);

    const bool there = spiral_store_next(store, statement, &status, error);

    if (there) {
        population->generation = (size_t)sqlite3_column_int64(statement, 0);
        population->tolerance = sqlite3_column_double(statement, 1);
        population->acceptance = sqlite3_column_double(statement, 2);
        population->evaluations = (size_t)sqlite3_column_int64(statement, 3);
        population->count = (size_t)sqlite3_column_int64(statement, 4);
    }

    sqlite3_finalize(statement);
    if (!there)
        return status;

    const size_t count = population->count;

    if (count == 0 || count > settings->particles)
        return spiral_store_damaged(store, "particles are missing", error);
    status = read_rows(store, particles, fold, population->generation, count, population->weight,
                       population->distance, error);

    if (status != SPIRAL_OK)
        return status;

    return read_rows(store, values, fold, population->generation, count * population->axes,
                     population->value, population->latent, error);
}

static enum spiral_status add_rows(struct spiral_store *store, size_t fold,
                                   const struct spiral_smc_population *population,
                                   struct spiral_error *error)
{
    const int64_t generation = (int64_t)population->generation;
    sqlite3_stmt *head = NULL;
    sqlite3_stmt *particle = NULL;
    sqlite3_stmt *value = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "posterior_generation", &head, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "posterior_particle", &particle, error);
    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "posterior_value", &value, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, head, error, "iiddiid", (int64_t)fold, generation,
                                     population->tolerance, population->acceptance,
                                     (int64_t)population->count, (int64_t)population->evaluations,
                                     spiral_smc_effective(population));

    for (size_t p = 0; p < population->count && status == SPIRAL_OK; p++) {
        status = spiral_store_insert(store, particle, error, "iiidd", (int64_t)fold, generation,
                                     (int64_t)p, population->weight[p], population->distance[p]);
        for (size_t a = 0; a < population->axes && status == SPIRAL_OK; a++)
            status = spiral_store_insert(store, value, error, "iiiidd", (int64_t)fold, generation,
                                         (int64_t)p, (int64_t)a,
                                         population->value[p * population->axes + a],
                                         population->latent[p * population->axes + a]);
    }

    sqlite3_finalize(head);
    sqlite3_finalize(particle);
    sqlite3_finalize(value);

    return status;
}

static enum spiral_status drop_distances(struct spiral_store *store, size_t fold, size_t generation,
                                         struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store,
                             "DELETE FROM posterior_particle WHERE fold = ?1 AND generation = ?2",
                             &statement, error);

    if (status == SPIRAL_OK)
        status =
            spiral_store_insert(store, statement, error, "ii", (int64_t)fold, (int64_t)generation);
    sqlite3_finalize(statement);

    return status;
}

/* The keeper's `commit`: a population as a generation of its fold, in one transaction. */
static enum spiral_status commit_generation(void *context, size_t fold,
                                            const struct spiral_smc_population *population,
                                            struct spiral_error *error)
{
    struct spiral_store *store = context;
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);

    if (status != SPIRAL_OK)
        return status;

    /* The distances that were kept while it was evaluated. */
    status = drop_distances(store, fold, population->generation, error);
    if (status == SPIRAL_OK)
        status = add_rows(store, fold, population, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    if (status != SPIRAL_OK)
        spiral_store_do(store, "ROLLBACK", NULL);

    return status;
}

/* The keeper's `recall`: the distances of the generation that was being evaluated. Its rows are
 * those of particles that no generation has yet, and whose weights are 0. */
static enum spiral_status recall_distances(void *context, size_t fold, size_t generation,
                                           size_t count, double *distance, size_t *known,
                                           struct spiral_error *error)
{
    struct spiral_store *store = context;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status = spiral_store_prepare(
        store,
        "SELECT particle, distance FROM posterior_particle WHERE fold = ?1 AND generation = ?2 "
        "ORDER BY particle",
        &statement, error);

    *known = 0;

    if (status == SPIRAL_OK) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)fold);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)generation + 1);
    }

    while (spiral_store_next(store, statement, &status, error)) {
        if (*known >= count || sqlite3_column_int64(statement, 0) != (sqlite3_int64)*known)
            status = spiral_store_damaged(store, "distances are missing", error);
        else
            distance[(*known)++] = sqlite3_column_double(statement, 1);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status add_distances(struct spiral_store *store, size_t fold, size_t generation,
                                        size_t first, size_t count, const double *distance,
                                        struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "posterior_particle", &statement, error);

    for (size_t p = 0; p < count && status == SPIRAL_OK; p++)
        status =
            spiral_store_insert(store, statement, error, "iiidd", (int64_t)fold,
                                (int64_t)generation + 1, (int64_t)(first + p), 0.0, distance[p]);

    sqlite3_finalize(statement);

    return status;
}

/* The keeper's `keep`: more distances of that generation, in one transaction. */
static enum spiral_status keep_distances(void *context, size_t fold, size_t generation,
                                         size_t first, size_t count, const double *distance,
                                         struct spiral_error *error)
{
    struct spiral_store *store = context;
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);

    if (status != SPIRAL_OK)
        return status;
    status = add_distances(store, fold, generation, first, count, distance, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    if (status != SPIRAL_OK)
        spiral_store_do(store, "ROLLBACK", NULL);

    return status;
}

struct spiral_fit_keeper spiral_posterior_keeper(struct spiral_store *store)
{
    return (struct spiral_fit_keeper){.context = store,
                                      .load = load_generation,
                                      .commit = commit_generation,
                                      .recall = recall_distances,
                                      .keep = keep_distances};
}

enum spiral_status spiral_posterior_end(struct spiral_store *store, struct spiral_error *error)
{
    return spiral_store_update(
        store,
        "UPDATE posterior SET ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE ended IS NULL",
        "posterior", error);
}
