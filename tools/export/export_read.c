/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "tools/export/export.h"

static enum spiral_status read_columns(struct spiral_store *store, const char *table,
                                       struct spiral_export_column **columns, size_t *count,
                                       struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    char sql[200];
    int64_t wanted = 0;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);

    enum spiral_status status = spiral_store_count(store, sql, &wanted, error);

    if (status != SPIRAL_OK)
        return status;
    *columns = calloc((size_t)wanted + 1, sizeof **columns);
    if (*columns == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read the store");
    snprintf(sql, sizeof sql, "SELECT name, unit, label_en, low, high, %s FROM %s ORDER BY id",
             strcmp(table, "outcome") == 0 ? "kind, ''" : "'', words", table);
    status = spiral_store_rows_open(&rows, store, sql, error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows) && *count < (size_t)wanted) {
        struct spiral_export_column *column = &(*columns)[(*count)++];
        snprintf(column->name, sizeof column->name, "%s", spiral_store_rows_text(rows, 0));
        snprintf(column->unit, sizeof column->unit, "%s", spiral_store_rows_text(rows, 1));
        snprintf(column->label, sizeof column->label, "%s", spiral_store_rows_text(rows, 2));
        column->low = spiral_store_rows_number(rows, 3);
        column->high = spiral_store_rows_number(rows, 4);
        snprintf(column->words, sizeof column->words, "%s", spiral_store_rows_text(rows, 6));
        column->kind = SPIRAL_MEASURE_number;
        for (int kind = 0; kind < SPIRAL_MEASURE_KINDS; kind++)
            if (strcmp(spiral_measure_kinds[kind], spiral_store_rows_text(rows, 5)) == 0)
                column->kind = (enum spiral_measure_kind)kind;
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

static enum spiral_status read_scenarios(struct spiral_export *export, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    bool lost = false;
    int64_t wanted = 0;
    enum spiral_status status =
        spiral_store_count(export->store, "SELECT count(*) FROM scenario", &wanted, error);

    if (status == SPIRAL_OK)
        status =
            spiral_store_rows_open(&rows, export->store,
                                   "SELECT name, text, start, \"end\" FROM scenario ORDER BY id",
                                   error);
    if (status != SPIRAL_OK)
        return status;
    export->scenarios = calloc((size_t)wanted + 1, sizeof *export->scenarios);
    while (export->scenarios != NULL && spiral_store_rows_next(rows) &&
           export->scenario_count < (size_t)wanted) {
        struct spiral_export_scenario *scenario = &export->scenarios[export->scenario_count++];
        snprintf(scenario->name, sizeof scenario->name, "%s", spiral_store_rows_text(rows, 0));
        scenario->text = strdup(spiral_store_rows_text(rows, 1));
        scenario->start = spiral_store_rows_number(rows, 2);
        scenario->end = spiral_store_rows_number(rows, 3);
        lost = lost || scenario->text == NULL;
    }

    status = export->scenarios == NULL || lost
                 ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read the store")
                 : spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

bool spiral_export_word(const struct spiral_export_column *axis, double value, char word[64])
{
    const char *at = axis->words;

    for (int skip = (int)value; skip > 0 && at != NULL; skip--) {
        at = strchr(at, ',');
        at = at != NULL ? at + 1 : NULL;
    }

    snprintf(word, 64, "%.*s", at != NULL ? (int)strcspn(at, ",") : 0, at != NULL ? at : "");

    return axis->words[0] != '\0';
}

static enum spiral_status read_points(struct spiral_export *export, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    int64_t wanted = 0;
    enum spiral_status status =
        spiral_store_count(export->store, "SELECT count(DISTINCT point) FROM point", &wanted,
                           error);

    if (status == SPIRAL_OK)
        status = spiral_store_rows_open(&rows, export->store,
                                        "SELECT point, axis, value FROM point", error);
    if (status != SPIRAL_OK)
        return status;
    export->point_count = export->axis_count > 0 ? (size_t)wanted : 1;
    export->value = calloc((size_t)wanted * export->axis_count + 1, sizeof *export->value);

    while (export->value != NULL && spiral_store_rows_next(rows)) {
        const size_t point = (size_t)spiral_store_rows_whole(rows, 0);
        const size_t axis = (size_t)spiral_store_rows_whole(rows, 1);
        if (point < export->point_count && axis < export->axis_count)
            export->value[point * export->axis_count + axis] = spiral_store_rows_number(rows, 2);
    }

    status = export->value == NULL
                 ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read the store")
                 : spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

/* The number of a key of the canonical text, which has each on a line of its own. */
static uint64_t read_whole_key(const char *text, const char *key)
{
    const char *line = text != NULL ? strstr(text, key) : NULL;
    return line != NULL ? strtoull(line + strlen(key), NULL, 10) : 0;
}

static enum spiral_status read_experiment(struct spiral_export *export, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status = spiral_store_rows_open(
        &rows, export->store,
        "SELECT text, hash, name, version, design, constants_hash, constants "
        "FROM experiment",
        error);

    if (status != SPIRAL_OK)
        return status;

    if (spiral_store_rows_next(rows)) {
        export->text = strdup(spiral_store_rows_text(rows, 0));
        export->constants = strdup(spiral_store_rows_text(rows, 6));
        snprintf(export->hash, sizeof export->hash, "%s", spiral_store_rows_text(rows, 1));
        snprintf(export->name, sizeof export->name, "%s", spiral_store_rows_text(rows, 2));
        snprintf(export->version, sizeof export->version, "%s", spiral_store_rows_text(rows, 3));
        snprintf(export->design, sizeof export->design, "%s", spiral_store_rows_text(rows, 4));
        snprintf(export->constants_hash, sizeof export->constants_hash, "%s",
                 spiral_store_rows_text(rows, 5));
        export->seed = read_whole_key(export->text, "\nseed: ");
    }

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);
    if (status == SPIRAL_OK && (export->text == NULL || export->constants == NULL))
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "the store has no experiment in it");

    return status;
}

/* What the store keeps beside its points, where that is wanted. */
static enum spiral_status read_extent(struct spiral_export *export, struct spiral_error *error)
{
    static const char *const tables[] = {NULL, "run", "trajectory"};
    static const char *const option[] = {NULL, "--runs", "--trajectories N"};
    const char *table = tables[export->what];
    char sql[100];
    int64_t largest = 0;

    if (table == NULL)
        return SPIRAL_OK;
    snprintf(sql, sizeof sql, "SELECT coalesce(max(replicate) + 1, 0) FROM %s", table);

    enum spiral_status status = spiral_store_count(export->store, sql, &largest, error);

    export->replicates = (uint64_t)largest;

    if (status == SPIRAL_OK && largest == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the store keeps no %s; `spiral sweep ... %s` does",
                                table == tables[1] ? "runs" : "trajectories", option[export->what]);
    if (status == SPIRAL_OK && export->what == SPIRAL_EXPORT_TRAJECTORIES)
        status =
            spiral_store_count(export->store, "SELECT coalesce(max(step) + 1, 0) FROM trajectory",
                               &largest, error);
    export->steps = (uint64_t)largest;

    return status;
}

enum spiral_status spiral_export_read(struct spiral_export *export, struct spiral_store *store,
                                      enum spiral_export_what what, struct spiral_error *error)
{
    *export = (struct spiral_export){.store = store, .what = what};
    enum spiral_status status = spiral_store_check_rows(store, error);

    status = status != SPIRAL_OK ? status : read_experiment(export, error);
    status = status != SPIRAL_OK
                 ? status
                 : read_columns(store, "axis", &export->axes, &export->axis_count, error);
    status = status != SPIRAL_OK
                 ? status
                 : read_columns(store, "outcome", &export->outcomes, &export->outcome_count, error);
    status = status != SPIRAL_OK ? status : read_scenarios(export, error);
    status = status != SPIRAL_OK ? status : read_points(export, error);

    return status != SPIRAL_OK ? status : read_extent(export, error);
}

void spiral_export_clear(struct spiral_export *export)
{
    for (size_t s = 0; s < export->scenario_count && export->scenarios != NULL; s++)
        free(export->scenarios[s].text);
    free(export->constants);
    free(export->axes);
    free(export->outcomes);
    free(export->scenarios);
    free(export->value);
    free(export->text);
    *export = (struct spiral_export){.store = NULL};
}
