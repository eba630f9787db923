/* SPDX-License-Identifier: MIT */
#include "tools/store/posterior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "scenarios/loader/text_stream.h"
#include "sim/hash.h"
#include "tools/store/connection.h"
#include "tools/store/schema.h"

/* --- creation --------------------------------------------------------------------------------- */

/* The canonical text of the experiment; the caller frees it. */
static char *write_experiment(const struct spiral_calibration *calibration)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory == NULL)
        return NULL;
    spiral_experiment_write(&calibration->experiment, memory);
    spiral_text_stream_close(memory, &text);

    return text;
}

enum spiral_status spiral_posterior_hash(const struct spiral_calibration *calibration,
                                         char hash[17], struct spiral_error *error)
{
    char *text = write_experiment(calibration);

    if (text == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the experiment's text");

    const struct spiral_experiment *experiment = &calibration->experiment;
    const struct spiral_constants constants = spiral_sweep_constants(experiment);
    const uint64_t constants_hash = spiral_constants_hash(&constants);
    const unsigned char words[3] = {(unsigned char)calibration->method,
                                    (unsigned char)calibration->score, calibration->leave_one_out};
    uint64_t number = spiral_hash_bytes(SPIRAL_HASH_START, text, strlen(text) + 1);

    for (size_t c = 0; c < experiment->case_count; c++)
        number =
            spiral_hash_bytes(number, experiment->cases[c].text, experiment->cases[c].length + 1);

    number = spiral_hash_bits(number, constants_hash);
    number = spiral_hash_bytes(number, SPIRAL_VERSION, sizeof SPIRAL_VERSION);
    number = spiral_hash_bytes(number, words, sizeof words);
    number = spiral_hash_bytes(number, calibration->settings, sizeof calibration->settings);
    if (calibration->settings[SPIRAL_FIT_recover] > 0.0)
        number = spiral_hash_bytes(number, calibration->truth,
                                   experiment->axis_count * sizeof *calibration->truth);
    snprintf(hash, 17, "%016llx", (unsigned long long)number);
    free(text);

    return SPIRAL_OK;
}

static enum spiral_status fill_head(const struct spiral_store *store,
                                    const struct spiral_calibration *calibration,
                                    struct spiral_error *error)
{
    char hash[17];
    char host[256] = "";
    char started[32];
    char *text = write_experiment(calibration);
    sqlite3_stmt *statement = NULL;
    const time_t now = time(NULL);
    struct tm utc;

    if (text == NULL || spiral_posterior_hash(calibration, hash, error) != SPIRAL_OK) {
        free(text);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the experiment's text");
    }

    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    gethostname(host, sizeof host - 1);

    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "posterior", &statement, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "sssssiss", text, hash,
                                     SPIRAL_VERSION, spiral_fit_method_names[calibration->method],
                                     spiral_fit_score_names[calibration->score],
                                     (int64_t)calibration->leave_one_out, host, started);
    sqlite3_finalize(statement);
    free(text);

    return status;
}

static enum spiral_status fill_lists(const struct spiral_store *store,
                                     const struct spiral_calibration *calibration,
                                     struct spiral_error *error)
{
    sqlite3_stmt *setting = NULL;
    sqlite3_stmt *scenario = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "posterior_setting", &setting, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "posterior_scenario", &scenario, error);
    for (int i = 0; i < SPIRAL_FIT_SETTINGS && status == SPIRAL_OK; i++)
        status = spiral_store_insert(store, setting, error, "sd", spiral_fit_settings[i].name,
                                     calibration->settings[i]);

    for (size_t c = 0; c < calibration->experiment.case_count && status == SPIRAL_OK; c++) {
        const struct spiral_experiment_case *one = &calibration->experiment.cases[c];
        status = spiral_store_insert(store, scenario, error, "iss", (int64_t)c, one->scenario.name,
                                     one->text);
    }

    sqlite3_finalize(setting);
    sqlite3_finalize(scenario);

    return status;
}

static enum spiral_status fill_axes(const struct spiral_store *store,
                                    const struct spiral_calibration *calibration,
                                    struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    const bool invented = calibration->settings[SPIRAL_FIT_recover] > 0.0;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "posterior_axis", &statement, error);

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++) {
        const struct spiral_axis *axis = &experiment->axes[a];
        struct spiral_axis_title title;
        status = spiral_experiment_title(experiment, axis, &title, error);
        if (status != SPIRAL_OK)
            break;
        status = spiral_store_insert(store, statement, error, "issddsddss", (int64_t)a, axis->name,
                                     title.unit, axis->low, axis->high,
                                     axis->log ? "log" : "linear", calibration->present[a],
                                     invented ? calibration->truth[a] : NAN, title.en, title.zh);
    }

    sqlite3_finalize(statement);

    return status;
}

/* The view for plain SQL: the particles of every fold's last generation. */
static enum spiral_status make_sample_view(const struct spiral_store *store,
                                           const struct spiral_experiment *experiment,
                                           struct spiral_error *error)
{
    return spiral_store_make_view(
        store, experiment,
        "posterior_sample AS SELECT p.fold AS fold, p.particle AS particle, p.weight AS weight, "
        "p.distance AS distance",
        "posterior_value AS v WHERE v.fold = p.fold AND v.generation = p.generation AND v.particle "
        "= p.particle",
        " FROM posterior_particle AS p WHERE p.generation = (SELECT max(generation) FROM "
        "posterior_generation AS g WHERE g.fold = p.fold)",
        error);
}

static enum spiral_status fill_store(const struct spiral_store *store, const void *context,
                                     struct spiral_error *error)
{
    const struct spiral_calibration *calibration = context;
    enum spiral_status status = spiral_store_do(store, spiral_store_posterior_tables, error);

    if (status == SPIRAL_OK)
        status = fill_head(store, calibration, error);
    if (status == SPIRAL_OK)
        status = fill_lists(store, calibration, error);
    if (status == SPIRAL_OK)
        status = fill_axes(store, calibration, error);
    if (status != SPIRAL_OK)
        return status;

    return make_sample_view(store, &calibration->experiment, error);
}

enum spiral_status spiral_posterior_create(const char *path,
                                           const struct spiral_calibration *calibration,
                                           struct spiral_error *error)
{
    return spiral_store_make(path, "calibrate", fill_store, calibration, error);
}
