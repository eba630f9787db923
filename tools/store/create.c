/* SPDX-License-Identifier: MIT
 *
 * A new store: its tables, the experiment, its points and its cells, before the first run.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "scenarios/loader/text_stream.h"
#include "tools/experiment/measure.h"
#include "tools/json/json_text.h"
#include "tools/store/connection.h"
#include "tools/store/schema.h"

/* --- rows ------------------------------------------------------------------------------------- */

/* The constants as a JSON object; the caller frees it. */
static char *write_constants(const struct spiral_constants *constants)
{
    struct spiral_constants copy = *constants;
    json_t *object = json_object();

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        json_object_set_new(object, spiral_constant_fields[i].name,
                            json_real(*spiral_constant_at(&copy, i)));
    return spiral_json_text(object, JSON_COMPACT | JSON_REAL_PRECISION(17));
}

static enum spiral_status fill_experiment(const struct spiral_store *store,
                                          const struct spiral_sweep *sweep,
                                          struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    const struct spiral_constants constants = spiral_sweep_constants(experiment);
    char constants_hash[17];
    char host[256] = "";
    char *text = NULL;
    char *constants_json = write_constants(&constants);
    char started[32];
    size_t length = 0;
    sqlite3_stmt *statement = NULL;
    FILE *memory = spiral_text_stream_open(&text, &length);
    const time_t now = time(NULL);
    struct tm utc;

    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    gethostname(host, sizeof host - 1);
    snprintf(constants_hash, sizeof constants_hash, "%016llx",
             (unsigned long long)spiral_constants_hash(&constants));
    if (memory != NULL)
        spiral_experiment_write(experiment, memory);

    if (!spiral_text_stream_close(memory, &text) || constants_json == NULL) {
        free(text);
        free(constants_json);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the experiment's text");
    }

    const size_t base = experiment->design.kind == SPIRAL_DESIGN_saltelli ||
                                experiment->design.kind == SPIRAL_DESIGN_morris
                            ? experiment->design.points
                            : sweep->design->points;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "experiment", &statement, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "sssssssiiiiss", experiment->name,
                                     text, sweep->hash, SPIRAL_VERSION, constants_json,
                                     constants_hash, spiral_design_names[experiment->design.kind],
                                     (int64_t)base, (int64_t)experiment->design.second_order,
                                     (int64_t)sweep->shard, (int64_t)sweep->shards, host, started);
    sqlite3_finalize(statement);
    free(text);
    free(constants_json);

    return status;
}

static enum spiral_status fill_scenarios(const struct spiral_store *store,
                                         const struct spiral_sweep *sweep,
                                         struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "scenario", &statement, error);

    for (size_t c = 0; c < sweep->experiment.case_count && status == SPIRAL_OK; c++) {
        const struct spiral_experiment_case *one = &sweep->experiment.cases[c];
        status = spiral_store_insert(store, statement, error, "issdd", (int64_t)c, one->name,
                                     one->text, sweep->spans[c].start, sweep->spans[c].end);
    }

    sqlite3_finalize(statement);

    return status;
}

/* The table of the sets of constants, where runs are spread over any. */
static enum spiral_status fill_constant_sets(const struct spiral_store *store,
                                             const struct spiral_sweep *sweep,
                                             struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    sqlite3_stmt *statement = NULL;

    if (experiment->sets_text == NULL)
        return SPIRAL_OK;

    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "constant_sets", &statement, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "ss", experiment->constants,
                                     experiment->sets_text);
    sqlite3_finalize(statement);

    return status;
}

/* The names of the presets, by index, with commas between them. */
static const char *doctrine_names(char text[600])
{
    text[0] = '\0';
    for (int i = 0; i < SPIRAL_DOCTRINES; i++)
        snprintf(text + strlen(text), 600 - strlen(text), "%s%s", i > 0 ? "," : "",
                 spiral_doctrines[i].name);

    return text;
}

static enum spiral_status fill_axes(const struct spiral_store *store,
                                    const struct spiral_sweep *sweep, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "axis", &statement, error);

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++) {
        const struct spiral_axis *axis = &experiment->axes[a];
        struct spiral_axis_title title;
        char words[600];
        status = spiral_experiment_title(experiment, axis, &title, error);
        if (status != SPIRAL_OK)
            break;
        status =
            spiral_store_insert(store, statement, error, "issddsisss", (int64_t)a, axis->name,
                                title.unit, axis->low, axis->high, axis->log ? "log" : "linear",
                                (int64_t)sweep->design->factor_of[a],
                                axis->nominal ? doctrine_names(words) : "", title.en, title.zh);
    }

    sqlite3_finalize(statement);

    return status;
}

enum spiral_status spiral_store_fill_points(const struct spiral_store *store,
                                            const struct spiral_design *design, size_t first,
                                            struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "point", &statement, error);

    for (size_t i = first * design->axes; i < design->points * design->axes && status == SPIRAL_OK;
         i++) {
        const size_t point = i / design->axes;
        const size_t axis = i % design->axes;
        status = spiral_store_insert(
            store, statement, error, "iidd", (int64_t)point, (int64_t)axis, design->value[i],
            design->coordinate[point * design->factors + (size_t)design->factor_of[axis]]);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_outcomes(const struct spiral_store *store,
                                        const struct spiral_sweep *sweep,
                                        struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "outcome", &statement, error);

    for (int o = 0; o < sweep->outcome_count && status == SPIRAL_OK; o++) {
        const struct spiral_measure *measure = &sweep->measures[o];
        status =
            spiral_store_insert(store, statement, error, "isssddss", (int64_t)o, measure->name,
                                measure->unit, spiral_measure_kinds[measure->kind], measure->low,
                                measure->high, measure->label_en, measure->label_zh);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_cells(const struct spiral_store *store,
                                     const struct spiral_sweep *sweep, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "cell", &statement, error);

    for (size_t cell = 0; cell < sweep->cell_count && status == SPIRAL_OK; cell++)
        status = spiral_store_insert(store, statement, error, "iiiii",
                                     (int64_t)spiral_cell_case(sweep, cell),
                                     (int64_t)spiral_cell_point(sweep, cell), (int64_t)0,
                                     (int64_t)0, (int64_t)0);
    sqlite3_finalize(statement);

    return status;
}

/* The view `risk`, for readers who write SQL: a row for each scenario, point and outcome. */
static enum spiral_status make_risk_view(const struct spiral_store *store,
                                         const struct spiral_experiment *experiment,
                                         struct spiral_error *error)
{
    return spiral_store_make_view(store, experiment,
                                  "risk AS SELECT scenario.name AS scenario, result.point AS point",
                                  "point WHERE point.point = result.point",
                                  ", outcome.name AS outcome, count, mean FROM result JOIN "
                                  "scenario ON scenario.id = result.scenario JOIN outcome ON "
                                  "outcome.id = result.outcome",
                                  error);
}

enum spiral_status spiral_store_fill_sweep(const struct spiral_store *store, const void *context,
                                           struct spiral_error *error)
{
    const struct spiral_sweep *sweep = context;
    enum spiral_status status = spiral_store_do(store, spiral_store_sweep_tables, error);

    if (status == SPIRAL_OK)
        status = fill_experiment(store, sweep, error);
    if (status == SPIRAL_OK)
        status = fill_scenarios(store, sweep, error);
    if (status == SPIRAL_OK)
        status = fill_constant_sets(store, sweep, error);
    if (status == SPIRAL_OK)
        status = fill_axes(store, sweep, error);
    if (status == SPIRAL_OK)
        status = spiral_store_fill_points(store, sweep->design, 0, error);
    if (status == SPIRAL_OK)
        status = fill_outcomes(store, sweep, error);
    if (status == SPIRAL_OK)
        status = fill_cells(store, sweep, error);
    if (status == SPIRAL_OK)
        status = make_risk_view(store, &sweep->experiment, error);

    return status;
}

enum spiral_status spiral_store_create(const char *path, const struct spiral_sweep *sweep,
                                       struct spiral_error *error)
{
    return spiral_store_make(path, "sweep", spiral_store_fill_sweep, sweep, error);
}
