/* SPDX-License-Identifier: MIT */
#include "tools/store/claims.h"

#include "tools/store/connection.h"
#include "tools/store/schema.h"

static const char *const contrasts[SPIRAL_CONTRASTS] = {
#define SPIRAL_CONTRAST_ENTRY(name, doc) #name,
    SPIRAL_CONTRAST_TABLE(SPIRAL_CONTRAST_ENTRY)
#undef SPIRAL_CONTRAST_ENTRY
};

/* --- before the first point ------------------------------------------------------------------- */

static enum spiral_status fill_trial(const struct spiral_store *store,
                                     const struct spiral_claims_request *request,
                                     struct spiral_error *error)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    char hash[20];
    sqlite3_stmt *row = NULL;

    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)spiral_constants_hash(&constants));

    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "claim_trial", &row, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, row, error, "ssiiids", SPIRAL_VERSION, hash,
                                     (int64_t)request->points, (int64_t)request->replicates,
                                     (int64_t)request->seed, request->dt, request->set->text);
    sqlite3_finalize(row);

    return status;
}

static enum spiral_status fill_claims(const struct spiral_store *store,
                                      const struct spiral_claims_request *request,
                                      struct spiral_error *error)
{
    sqlite3_stmt *row = NULL;
    sqlite3_stmt *arm = NULL;
    enum spiral_status status = spiral_store_prepare_row(store, "INSERT", "claim", &row, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "claim_arm", &arm, error);

    for (size_t c = 0; c < request->claim_count && status == SPIRAL_OK; c++) {
        const struct spiral_claim *claim = &request->claims[c];
        status = spiral_store_insert(store, row, error, "isssssss", (int64_t)c, claim->id,
                                     request->set->readings[claim->reading].name,
                                     spiral_scopes[claim->scope].name, contrasts[claim->contrast],
                                     claim->en, claim->zh, claim->source);
        for (int a = 0; a < claim->arm_count && status == SPIRAL_OK; a++)
            status = spiral_store_insert(store, arm, error, "sis", claim->id, (int64_t)a,
                                         request->set->arms[claim->arms[a]].name);
    }

    sqlite3_finalize(row);
    sqlite3_finalize(arm);

    return status;
}

static enum spiral_status fill_space(const struct spiral_store *store,
                                     const struct spiral_claim_trial *trial,
                                     struct spiral_error *error)
{
    const struct spiral_claim_space *space = &trial->space;
    sqlite3_stmt *axis = NULL;
    sqlite3_stmt *value = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "claim_axis", &axis, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "claim_value", &value, error);

    for (size_t a = 0; a < space->count && status == SPIRAL_OK; a++)
        status = spiral_store_insert(store, axis, error, "isddsss", (int64_t)a, space->axes[a].name,
                                     space->axes[a].low, space->axes[a].high,
                                     space->axes[a].log ? "log" : "linear", space->label_en[a],
                                     space->label_zh[a]);
    for (size_t i = 0; i < trial->request.points * space->count && status == SPIRAL_OK; i++)
        status = spiral_store_insert(store, value, error, "iid", (int64_t)(i / space->count),
                                     (int64_t)(i % space->count), trial->design->value[i]);

    sqlite3_finalize(axis);
    sqlite3_finalize(value);

    return status;
}

static enum spiral_status fill_store(const struct spiral_store *store, const void *context,
                                     struct spiral_error *error)
{
    const struct spiral_claim_trial *trial = context;
    enum spiral_status status = spiral_store_do(store, spiral_store_claims_tables, error);

    if (status == SPIRAL_OK)
        status = fill_trial(store, &trial->request, error);
    if (status == SPIRAL_OK)
        status = fill_claims(store, &trial->request, error);
    if (status != SPIRAL_OK)
        return status;

    return fill_space(store, trial, error);
}

enum spiral_status spiral_store_claims_create(const char *path,
                                              const struct spiral_claim_trial *trial,
                                              struct spiral_error *error)
{
    return spiral_store_make(path, "claims", fill_store, trial, error);
}

/* --- points and summaries --------------------------------------------------------------------- */

static enum spiral_status insert_point(const struct spiral_store *store,
                                       const struct spiral_claim_trial *trial, size_t point,
                                       struct spiral_error *error)
{
    const struct spiral_claims_request *request = &trial->request;
    sqlite3_stmt *shown = NULL;
    sqlite3_stmt *risk = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "claim_point", &shown, error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "claim_risk", &risk, error);

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        for (size_t c = 0; c < request->claim_count && status == SPIRAL_OK; c++) {
            const struct spiral_claim_effect *effect =
                &trial->effects[e][c * request->points + point];
            status = spiral_store_insert(store, shown, error, "ssiidddii", request->claims[c].id,
                                         spiral_claim_event_names[e], (int64_t)point,
                                         (int64_t)trial->in_scope[c * request->points + point],
                                         effect->effect, effect->low, effect->high,
                                         (int64_t)effect->verdict, (int64_t)effect->quiet);
        }

        for (size_t a = 0; a < request->set->arm_count && status == SPIRAL_OK; a++)
            if (trial->used[a])
                status =
                    spiral_store_insert(store, risk, error, "ssii", request->set->arms[a].name,
                                        spiral_claim_event_names[e], (int64_t)point,
                                        (int64_t)trial->events[e][a * request->points + point]);
    }

    sqlite3_finalize(shown);
    sqlite3_finalize(risk);

    return status;
}

static enum spiral_status insert_summaries(const struct spiral_store *store,
                                           const struct spiral_claim_trial *trial,
                                           const struct spiral_claim_summary *summaries,
                                           struct spiral_error *error)
{
    const size_t claims = trial->request.claim_count;
    sqlite3_stmt *row = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "REPLACE", "claim_summary", &row, error);

    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims && status == SPIRAL_OK; i++) {
        const struct spiral_claim_summary *summary = &summaries[i];
        status =
            spiral_store_insert(store, row, error, "ssiiiiidddd",
                                trial->request.claims[i % claims].id,
                                spiral_claim_event_names[i / claims], (int64_t)summary->points,
                                (int64_t)summary->holds.count, (int64_t)summary->reversed.count,
                                (int64_t)summary->undecided.count, (int64_t)summary->quiet.count,
                                summary->median.value, summary->median.interval.low,
                                summary->median.interval.high, summary->mean);
    }

    sqlite3_finalize(row);

    return status;
}

/* Ends the transaction: all of it is in the store, or nothing. */
static enum spiral_status end_transaction(const struct spiral_store *store,
                                          enum spiral_status status, struct spiral_error *error)
{
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    if (status != SPIRAL_OK)
        spiral_store_do(store, "ROLLBACK", NULL);
    return status;
}

enum spiral_status spiral_store_claims_keep(void *context, const struct spiral_claim_trial *trial,
                                            size_t point, struct spiral_error *error)
{
    const struct spiral_store *store = context;
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);

    if (status != SPIRAL_OK)
        return status;

    return end_transaction(store, insert_point(store, trial, point, error), error);
}

enum spiral_status spiral_store_claims_end(struct spiral_store *store,
                                           const struct spiral_claim_trial *trial,
                                           const struct spiral_claim_summary *summaries,
                                           struct spiral_error *error)
{
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);
    if (status != SPIRAL_OK)
        return status;

    return end_transaction(store, insert_summaries(store, trial, summaries, error), error);
}
