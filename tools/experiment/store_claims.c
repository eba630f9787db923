/* SPDX-License-Identifier: MIT */
#include "tools/experiment/store_claims.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/experiment/store_sqlite.h"

/* clang-format off */
static const char tables[] =
    "CREATE TABLE trial (version TEXT NOT NULL, constants_hash TEXT NOT NULL, points INTEGER NOT NULL, runs INTEGER NOT NULL, seed TEXT NOT NULL,"
    " dt REAL NOT NULL);"
    "CREATE TABLE claim (claim TEXT, event TEXT, reading TEXT NOT NULL, scope TEXT NOT NULL, contrast TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,"
    " source TEXT NOT NULL, points INTEGER NOT NULL, holds INTEGER NOT NULL, reversed INTEGER NOT NULL, undecided INTEGER NOT NULL, quiet INTEGER NOT NULL,"
    " median REAL, median_low REAL, median_high REAL, mean REAL, beyond INTEGER NOT NULL, beyond_holds INTEGER NOT NULL,"
    " beyond_reversed INTEGER NOT NULL, PRIMARY KEY (claim, event)) WITHOUT ROWID;"
    "CREATE TABLE claim_arm (claim TEXT, place INTEGER, arm TEXT NOT NULL, PRIMARY KEY (claim, place)) WITHOUT ROWID;"
    "CREATE TABLE claim_point (claim TEXT, event TEXT, point INTEGER, in_scope INTEGER NOT NULL, effect REAL NOT NULL, low REAL NOT NULL,"
    " high REAL NOT NULL, verdict INTEGER NOT NULL, quiet INTEGER NOT NULL, PRIMARY KEY (claim, event, point)) WITHOUT ROWID;"
    "CREATE TABLE claim_risk (arm TEXT, event TEXT, point INTEGER, runs INTEGER NOT NULL, PRIMARY KEY (arm, event, point)) WITHOUT ROWID;"
    "CREATE TABLE claim_value (point INTEGER, name TEXT, value REAL NOT NULL, PRIMARY KEY (point, name)) WITHOUT ROWID;";
/* clang-format on */

static enum spiral_status fill_trial(const struct spiral_store *store, const struct spiral_claim_trial *trial, struct spiral_error *error)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_claims_request *request = &trial->request;
    char hash[20], seed[24];
    sqlite3_stmt *statement = NULL;
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)spiral_constants_hash(&constants));
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)request->seed);
    enum spiral_status status = spiral_store_prepare(store, "INSERT INTO trial VALUES (?,?,?,?,?,?)", &statement, error);
    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "ssiisd", SPIRAL_VERSION, hash, (int64_t)request->points, (int64_t)request->runs, seed, request->dt);
    sqlite3_finalize(statement);
    return status;
}

static enum spiral_status fill_claims(const struct spiral_store *store, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries,
                                      struct spiral_error *error)
{
    static const char *const contrasts[SPIRAL_CONTRASTS] = {
#define SPIRAL_CONTRAST_ENTRY(name, doc) #name,
        SPIRAL_CONTRAST_TABLE(SPIRAL_CONTRAST_ENTRY)
#undef SPIRAL_CONTRAST_ENTRY
    };
    const size_t claims = trial->request.claim_count;
    sqlite3_stmt *row = NULL, *arm = NULL;
    enum spiral_status status = spiral_store_prepare(store, "INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &row, error);
    if (status == SPIRAL_OK)
        status = spiral_store_prepare(store, "INSERT INTO claim_arm VALUES (?,?,?)", &arm, error);
    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims && status == SPIRAL_OK; i++) {
        const struct spiral_claim *claim = &trial->request.claims[i % claims];
        const struct spiral_claim_summary *summary = &summaries[i];
        status = spiral_store_insert(store, row, error, "ssssssssiiiiiddddiii", claim->id, spiral_claim_event_names[i / claims], spiral_readings[claim->reading].name,
                                     spiral_scopes[claim->scope].name, contrasts[claim->contrast], claim->en, claim->zh, claim->source, (int64_t)summary->points,
                                     (int64_t)summary->holds.count, (int64_t)summary->reversed.count, (int64_t)summary->undecided.count, (int64_t)summary->quiet.count, summary->median.value,
                                     summary->median.interval.low, summary->median.interval.high, summary->mean, (int64_t)summary->beyond,
                                     (int64_t)summary->beyond_holds, (int64_t)summary->beyond_reversed);
        for (int a = 0; a < claim->arm_count && i < claims && status == SPIRAL_OK; a++)
            status = spiral_store_insert(store, arm, error, "sis", claim->id, (int64_t)a, trial->request.arms[claim->arms[a]].name);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(arm);
    return status;
}

static enum spiral_status fill_points(const struct spiral_store *store, const struct spiral_claim_trial *trial, struct spiral_error *error)
{
    const struct spiral_claims_request *request = &trial->request;
    const size_t points = request->points, axes = trial->design->axes;
    sqlite3_stmt *effect_row = NULL, *risk = NULL, *value = NULL;
    enum spiral_status status = spiral_store_prepare(store, "INSERT INTO claim_point VALUES (?,?,?,?,?,?,?,?,?)", &effect_row, error);
    status = status != SPIRAL_OK ? status : spiral_store_prepare(store, "INSERT INTO claim_risk VALUES (?,?,?,?)", &risk, error);
    status = status != SPIRAL_OK ? status : spiral_store_prepare(store, "INSERT INTO claim_value VALUES (?,?,?)", &value, error);
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        for (size_t i = 0; i < request->claim_count * points && status == SPIRAL_OK; i++) {
            const struct spiral_claim_effect *effect = &trial->effects[e][i];
            status = spiral_store_insert(store, effect_row, error, "ssiidddii", request->claims[i / points].id, spiral_claim_event_names[e], (int64_t)(i % points),
                                         (int64_t)trial->in_scope[i], effect->effect, effect->low, effect->high, (int64_t)effect->verdict, (int64_t)effect->quiet);
        }
        for (size_t i = 0; i < request->arm_count * points && status == SPIRAL_OK; i++)
            if (trial->used[i / points])
                status = spiral_store_insert(store, risk, error, "ssii", request->arms[i / points].name, spiral_claim_event_names[e], (int64_t)(i % points),
                                             (int64_t)trial->events[e][i]);
    }
    for (size_t i = 0; i < points * axes && status == SPIRAL_OK; i++)
        status = spiral_store_insert(store, value, error, "isd", (int64_t)(i / axes), trial->space.axes[i % axes].name, trial->design->value[i]);
    sqlite3_finalize(effect_row);
    sqlite3_finalize(risk);
    sqlite3_finalize(value);
    return status;
}

static enum spiral_status fill(const struct spiral_store *store, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries,
                               struct spiral_error *error)
{
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);
    status = status != SPIRAL_OK ? status : spiral_store_do(store, tables, error);
    status = status != SPIRAL_OK ? status : fill_trial(store, trial, error);
    status = status != SPIRAL_OK ? status : fill_claims(store, trial, summaries, error);
    status = status != SPIRAL_OK ? status : fill_points(store, trial, error);
    return status != SPIRAL_OK ? status : spiral_store_do(store, "COMMIT", error);
}

enum spiral_status spiral_store_claims_check(const char *path, struct spiral_error *error)
{
    struct stat file;
    return stat(path, &file) == 0 ? spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is there already", path) : SPIRAL_OK;
}

enum spiral_status spiral_store_claims(const char *path, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries,
                                       struct spiral_error *error)
{
    struct spiral_store store = {.lock = -1};
    enum spiral_status status = spiral_store_claims_check(path, error);
    if (status != SPIRAL_OK)
        return status;
    store.path = malloc(strlen(path) + 8);
    if (store.path == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    strcat(strcpy(store.path, path), ".new");
    unlink(store.path);
    if (sqlite3_open_v2(store.path, &store.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        status = spiral_store_failed(&store, error);
    if (status == SPIRAL_OK)
        status = fill(&store, trial, summaries, error);
    const int closed = sqlite3_close(store.database);
    if (status == SPIRAL_OK && (closed != SQLITE_OK || rename(store.path, path) != 0))
        status = spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", path, strerror(errno));
    if (status != SPIRAL_OK)
        unlink(store.path);
    free(store.path);
    return status;
}
