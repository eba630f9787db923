/* SPDX-License-Identifier: MIT */
#include "tools/store/robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/constant_sets.h"
#include "scenarios/loader/text_stream.h"
#include "tools/json/json_text.h"
#include "tools/store/connection.h"
#include "tools/store/rows.h"
#include "tools/store/schema.h"

enum { GENES_TEXT = 8 * SPIRAL_MOST_GENES };

/* The genes of a course as a key: whole numbers with spaces between. */
static void write_genes(const struct spiral_robust *robust, const int *gene, char text[GENES_TEXT])
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t g = 0; g < robust->space.genes; g++)
        used += (size_t)snprintf(text + used, GENES_TEXT - used, "%s%d", g > 0 ? " " : "", gene[g]);
}

static void hash_constants(const struct spiral_constant_sets *sets, char hash[20])
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const uint64_t own =
        sets->count > 0 ? spiral_constant_sets_hash(sets) : spiral_constants_hash(&constants);

    snprintf(hash, 20, "%016llx", (unsigned long long)own);
}

/* --- what is asked ---------------------------------------------------------------------------- */

static json_t *numbers_json(const double *numbers, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, isnan(numbers[i]) ? json_null() : json_real(numbers[i]));

    return array;
}

static char *write_request(const struct spiral_robust_request *request)
{
    json_t *object =
        json_pack("{s:i, s:I, s:o, s:I, s:I, s:o, s:o}", "form", (int)request->form, "periods",
                  (json_int_t)request->periods, "dates",
                  numbers_json(request->dates, request->date_count), "evaluations",
                  (json_int_t)request->evaluations, "population", (json_int_t)request->population,
                  "epsilon", numbers_json(request->epsilon, SPIRAL_OBJECTIVES), "limits",
                  numbers_json(request->limits, SPIRAL_OBJECTIVES));

    return spiral_json_text(object, JSON_COMPACT | JSON_REAL_PRECISION(17));
}

/* Reads an array of numbers; null is NAN. False where it is not one of at most `most`. */
static bool read_numbers(const json_t *array, double *numbers, size_t most, size_t *count)
{
    *count = json_array_size(array);
    if (!json_is_array(array) || *count > most)
        return false;

    for (size_t i = 0; i < *count; i++) {
        const json_t *number = json_array_get(array, i);
        if (!json_is_null(number) && !json_is_number(number))
            return false;
        numbers[i] = json_is_null(number) ? NAN : json_number_value(number);
    }

    return true;
}

static bool read_request(const char *text, struct spiral_robust_request *request)
{
    json_t *object = json_loads(text, 0, NULL);
    json_int_t periods = 0;
    json_int_t evaluations = 0;
    json_int_t population = 0;
    json_t *dates = NULL;
    json_t *epsilon = NULL;
    json_t *limits = NULL;
    int form = 0;
    size_t counts[2];

    const bool good =
        object != NULL &&
        json_unpack(object, "{s:i, s:I, s:o, s:I, s:I, s:o, s:o}", "form", &form, "periods",
                    &periods, "dates", &dates, "evaluations", &evaluations, "population",
                    &population, "epsilon", &epsilon, "limits", &limits) == 0 &&
        form >= 0 && form < SPIRAL_COURSE_FORMS && periods > 0 && evaluations > 0 &&
        population > 0 &&
        read_numbers(dates, request->dates, SPIRAL_MOST_PERIODS - 1, &request->date_count) &&
        read_numbers(epsilon, request->epsilon, SPIRAL_OBJECTIVES, &counts[0]) &&
        read_numbers(limits, request->limits, SPIRAL_OBJECTIVES, &counts[1]) &&
        counts[0] == SPIRAL_OBJECTIVES && counts[1] == SPIRAL_OBJECTIVES;

    request->form = (enum spiral_course_form)form;
    request->periods = (size_t)periods;
    request->evaluations = (size_t)evaluations;
    request->population = (size_t)population;
    json_decref(object);

    return good;
}

/* --- a new store ------------------------------------------------------------------------------ */

/* What a new store is filled from. */
struct filling {
    const struct spiral_robust *robust;
    const char *constants;
};

static enum spiral_status fill_request(const struct spiral_store *store,
                                       const struct filling *filling, struct spiral_error *error)
{
    const struct spiral_robust *robust = filling->robust;
    char *text = NULL;
    char *request = write_request(&robust->request);
    size_t length = 0;
    char hash[20];
    sqlite3_stmt *row = NULL;
    FILE *memory = spiral_text_stream_open(&text, &length);

    hash_constants(&robust->sets, hash);
    if (memory != NULL)
        spiral_experiment_write(&robust->experiment, memory);

    if (!spiral_text_stream_close(memory, &text) || request == NULL) {
        free(text);
        free(request);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for what is asked");
    }

    enum spiral_status status = spiral_store_prepare_row(store, "INSERT", "robust", &row, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, row, error, "ssssss", text, request, SPIRAL_VERSION,
                                     filling->constants != NULL ? filling->constants : "", hash,
                                     robust->experiment.cases[0].text);
    sqlite3_finalize(row);
    free(text);
    free(request);

    return status;
}

static enum spiral_status fill_worlds(const struct spiral_store *store,
                                      const struct spiral_robust *robust,
                                      struct spiral_error *error)
{
    const struct spiral_design *worlds = robust->worlds;
    sqlite3_stmt *row = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "robust_world", &row, error);

    for (size_t i = 0; i < worlds->points * worlds->axes && status == SPIRAL_OK; i++)
        status =
            spiral_store_insert(store, row, error, "isd", (int64_t)(i / worlds->axes),
                                robust->experiment.axes[i % worlds->axes].name, worlds->value[i]);
    sqlite3_finalize(row);

    return status;
}

static enum spiral_status fill_store(const struct spiral_store *store, const void *context,
                                     struct spiral_error *error)
{
    const struct filling *filling = context;
    enum spiral_status status = spiral_store_do(store, spiral_store_robust_tables, error);

    if (status == SPIRAL_OK)
        status = fill_request(store, filling, error);

    return status == SPIRAL_OK ? fill_worlds(store, filling->robust, error) : status;
}

enum spiral_status spiral_store_robust_create(const char *path, const struct spiral_robust *robust,
                                              const char *constants, struct spiral_error *error)
{
    const struct filling filling = {robust, constants};
    return spiral_store_make(path, "robust", fill_store, &filling, error);
}

/* --- loading ---------------------------------------------------------------------------------- */

static enum spiral_status load_experiment(struct spiral_store *store,
                                          struct spiral_experiment *experiment, const char *text,
                                          char *scenario, struct spiral_error *error)
{
    const struct spiral_experiment_given stored = {.is_all = true,
                                                   .case_count = 1,
                                                   .case_texts = &scenario};
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL || scenario == NULL) {
        free(diagnostics);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    }

    spiral_diagnostics_init(diagnostics);

    const enum spiral_status status =
        spiral_experiment_load_text(experiment, text, strlen(text), store->path, &stored,
                                    diagnostics);

    if (status != SPIRAL_OK)
        *error = diagnostics->errors[0];
    free(diagnostics);

    return status;
}

/* What a store says was asked. */
struct asked {
    struct spiral_experiment experiment;
    struct spiral_robust_request request;
    char *constants; /* the choice, "" for the default; owned */
    char hash[20];   /* of the constants */
};

static enum spiral_status read_asked(struct spiral_store *store, struct asked *asked,
                                     struct spiral_error *error)
{
    struct spiral_store_rows *rows = NULL;
    enum spiral_status status = spiral_store_rows_open(
        &rows, store,
        "SELECT text, request, version, constants, constants_hash, scenario FROM robust", error);

    if (status != SPIRAL_OK)
        return status;

    if (!spiral_store_rows_next(rows)) {
        status = spiral_store_rows_status(rows, error);
        if (status == SPIRAL_OK)
            status = spiral_store_damaged(store, "it does not say what was asked", error);
    } else if (strcmp(spiral_store_rows_text(rows, 2), SPIRAL_VERSION) != 0) {
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s was made by spiral %s, and this is %s: results might differ",
                                  store->path, spiral_store_rows_text(rows, 2), SPIRAL_VERSION);
    } else if (!read_request(spiral_store_rows_text(rows, 1), &asked->request)) {
        status = spiral_store_damaged(store, "what was asked cannot be read", error);
    } else {
        char *scenario = strdup(spiral_store_rows_text(rows, 5));
        asked->constants = strdup(spiral_store_rows_text(rows, 3));
        snprintf(asked->hash, sizeof asked->hash, "%s", spiral_store_rows_text(rows, 4));
        status = asked->constants == NULL
                     ? spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory")
                     : load_experiment(store, &asked->experiment, spiral_store_rows_text(rows, 0),
                                       scenario, error);
        free(scenario);
    }

    spiral_store_rows_close(rows);

    return status;
}

/* A world of the store that is compared with one that was drawn. */
struct comparison {
    const struct spiral_robust *robust;
    size_t rows;
};

static bool compare_world(void *context, const struct spiral_store_rows *rows)
{
    struct comparison *comparison = context;
    const struct spiral_robust *robust = comparison->robust;
    const struct spiral_design *worlds = robust->worlds;
    size_t world;
    size_t axis = 0;

    while (axis < worlds->axes &&
           strcmp(robust->experiment.axes[axis].name, spiral_store_rows_text(rows, 1)) != 0)
        axis++;
    comparison->rows++;

    return axis < worlds->axes && spiral_store_rows_index(rows, 0, worlds->points, &world) &&
           worlds->value[world * worlds->axes + axis] == spiral_store_rows_number(rows, 2);
}

static enum spiral_status check_worlds(struct spiral_store *store,
                                       const struct spiral_robust *robust,
                                       struct spiral_error *error)
{
    struct comparison comparison = {.robust = robust};
    const enum spiral_status status =
        spiral_store_rows_read(store, "SELECT world, axis, value FROM robust_world",
                               "its worlds are not those of its design", compare_world, &comparison,
                               error);

    return status == SPIRAL_OK && comparison.rows != robust->worlds->points * robust->worlds->axes
               ? spiral_store_damaged(store, "worlds are missing", error)
               : status;
}

/* Makes the robust choice of what was asked, with constants whose hash must be that of the
 * store. */
static enum spiral_status make_robust(const struct spiral_store *store, struct asked *asked,
                                      struct spiral_robust *robust, struct spiral_error *error)
{
    struct spiral_constant_sets sets = {.count = 0};
    struct spiral_constants point;
    char hash[20];
    enum spiral_status status =
        spiral_constant_sets_choose(&sets, &point,
                                    asked->constants[0] != '\0' ? asked->constants : NULL, error);

    if (status == SPIRAL_OK)
        status = spiral_robust_init(robust, &asked->experiment, &sets, &asked->request, error);
    spiral_constant_sets_clear(&sets);
    if (status != SPIRAL_OK)
        return status;

    hash_constants(&robust->sets, hash);

    return strcmp(hash, asked->hash) == 0
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s was made with other constants (%s; these are %s)",
                                  store->path, asked->hash, hash);
}

enum spiral_status spiral_store_robust_load(struct spiral_store *store,
                                            struct spiral_robust *robust,
                                            struct spiral_error *error)
{
    struct asked asked = {.experiment = spiral_experiment_defaults()};
    int64_t tables = 0;

    *robust = (struct spiral_robust){.experiment = spiral_experiment_defaults()};

    enum spiral_status status =
        spiral_store_count(store, "SELECT count(*) FROM sqlite_master WHERE name = 'robust'",
                           &tables, error);

    if (status == SPIRAL_OK && tables == 0)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s holds no robust choice; `spiral robust --store FILE` makes a store that does",
            store->path);
    if (status == SPIRAL_OK)
        status = read_asked(store, &asked, error);
    if (status == SPIRAL_OK)
        status = make_robust(store, &asked, robust, error);
    if (status == SPIRAL_OK)
        status = check_worlds(store, robust, error);
    spiral_experiment_clear(&asked.experiment);
    free(asked.constants);

    return status;
}

/* --- courses ---------------------------------------------------------------------------------- */

static bool recall_course(void *context, const struct spiral_robust *robust, const int *gene,
                          double *value)
{
    struct spiral_store *store = context;
    const size_t worlds = robust->worlds->points;
    char genes[GENES_TEXT];
    sqlite3_stmt *statement = NULL;
    size_t found = 0;

    write_genes(robust, gene, genes);

    enum spiral_status status = spiral_store_prepare(
        store,
        "SELECT world, war, force, autonomy FROM robust_value WHERE genes = ?1 "
        "ORDER BY world",
        &statement, NULL);

    if (status == SPIRAL_OK)
        sqlite3_bind_text(statement, 1, genes, -1, SQLITE_TRANSIENT);

    for (; found < worlds && spiral_store_next(store, statement, &status, NULL); found++)
        for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
            value[found * SPIRAL_OBJECTIVES + (size_t)o] = sqlite3_column_double(statement, 1 + o);

    sqlite3_finalize(statement);

    return status == SPIRAL_OK && found == worlds;
}

static enum spiral_status insert_courses(struct spiral_store *store,
                                         const struct spiral_robust *robust, const int *gene,
                                         size_t count, const double *value,
                                         struct spiral_error *error)
{
    const size_t worlds = robust->worlds->points;
    sqlite3_stmt *course = NULL;
    sqlite3_stmt *world = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "REPLACE", "robust_course", &course, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "REPLACE", "robust_value", &world, error);

    for (size_t c = 0; c < count && status == SPIRAL_OK; c++) {
        double mean[SPIRAL_OBJECTIVES] = {0.0};
        char genes[GENES_TEXT];

        write_genes(robust, &gene[c * robust->space.genes], genes);

        for (size_t w = 0; w < worlds && status == SPIRAL_OK; w++) {
            const double *own = &value[(c * worlds + w) * SPIRAL_OBJECTIVES];
            for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
                mean[o] += own[o] / (double)worlds;
            status = spiral_store_insert(store, world, error, "siddd", genes, (int64_t)w, own[0],
                                         own[1], own[2]);
        }

        if (status == SPIRAL_OK)
            status =
                spiral_store_insert(store, course, error, "sddd", genes, mean[0], mean[1], mean[2]);
    }

    sqlite3_finalize(course);
    sqlite3_finalize(world);

    return status;
}

static enum spiral_status keep_courses(void *context, const struct spiral_robust *robust,
                                       const int *gene, size_t count, const double *value,
                                       struct spiral_error *error)
{
    struct spiral_store *store = context;
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);

    if (status != SPIRAL_OK)
        return status;
    status = insert_courses(store, robust, gene, count, value, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    if (status != SPIRAL_OK)
        spiral_store_do(store, "ROLLBACK", NULL);

    return status;
}

void spiral_store_robust_attach(struct spiral_store *store, struct spiral_robust *robust)
{
    robust->recall = recall_course;
    robust->keep = keep_courses;
    robust->context = store;
}
