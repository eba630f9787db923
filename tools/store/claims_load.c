/* SPDX-License-Identifier: MIT
 *
 * From a store back to the trial of claims that it holds.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/store/claims.h"
#include "tools/store/connection.h"
#include "tools/store/rows.h"

/* A trial that is being read. */
struct reading {
    struct spiral_store *store;
    struct spiral_claim_trial *trial;
    size_t *rows; /* [point]: rows of claim_point and claim_risk that it has */
    struct spiral_error *error;
};

static enum spiral_status report_damage(const struct reading *reading, const char *what)
{
    return spiral_store_damaged(reading->store, what, reading->error);
}

/* --- the request ------------------------------------------------------------------------------ */

/* What the trial tries, with room for its claims. */
struct asked {
    struct spiral_claims_request request;
    struct spiral_claim claims[SPIRAL_CLAIM_MOST];
    struct spiral_claim_set *set; /* owned, until the trial has it */
};

/* Whether the program and its constants are those that made the store. */
static enum spiral_status check_maker(const struct reading *reading,
                                      const struct spiral_store_rows *rows)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const char *version = spiral_store_rows_text(rows, 0);
    const char *hash = spiral_store_rows_text(rows, 1);
    char own[20];

    snprintf(own, sizeof own, "%016llx", (unsigned long long)spiral_constants_hash(&constants));

    if (strcmp(version, SPIRAL_VERSION) != 0)
        return spiral_error_set(reading->error, SPIRAL_BAD_INPUT,
                                "%s was made by spiral %s, and this is %s: results might differ",
                                reading->store->path, version, SPIRAL_VERSION);

    if (strcmp(hash, own) != 0)
        return spiral_error_set(reading->error, SPIRAL_BAD_INPUT,
                                "%s was made with other constants (%s; these are %s)",
                                reading->store->path, hash, own);

    return SPIRAL_OK;
}

/* Makes the set that the store was made with. */
static enum spiral_status read_set(const struct reading *reading, struct asked *asked,
                                   const char *text)
{
    asked->set = calloc(1, sizeof *asked->set);
    asked->request.set = asked->set;
    if (asked->set == NULL)
        return spiral_error_set(reading->error, SPIRAL_NO_MEMORY, "no memory for a set of claims");

    return spiral_claim_set_load_stored(asked->set, text, reading->store->path, reading->error);
}

static enum spiral_status read_trial(const struct reading *reading, struct asked *asked)
{
    struct spiral_claims_request *request = &asked->request;
    struct spiral_store_rows *rows;
    enum spiral_status status = spiral_store_rows_open(
        &rows, reading->store,
        "SELECT version, constants_hash, points, replicates, seed, dt, text FROM claim_trial",
        reading->error);

    if (status != SPIRAL_OK)
        return status;

    if (spiral_store_rows_next(rows)) {
        status = check_maker(reading, rows);
        request->points = (size_t)spiral_store_rows_whole(rows, 2);
        request->replicates = (uint64_t)spiral_store_rows_whole(rows, 3);
        request->seed = (uint64_t)spiral_store_rows_whole(rows, 4);
        request->dt = spiral_store_rows_number(rows, 5);
        if (status == SPIRAL_OK)
            status = read_set(reading, asked, spiral_store_rows_text(rows, 6));
    } else
        status = spiral_store_rows_status(rows, reading->error);
    spiral_store_rows_close(rows);
    if (status == SPIRAL_OK &&
        (request->points < 1 || request->points > SPIRAL_CLAIM_POINTS || request->replicates < 1 ||
         request->replicates > SPIRAL_CLAIM_REPLICATES || !(request->dt > 0.0)))
        status = report_damage(reading, "its trial's row cannot be read");

    return status;
}

static enum spiral_status read_claims(const struct reading *reading, struct asked *asked)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, reading->store, "SELECT claim FROM claim ORDER BY id",
                               reading->error);

    if (status != SPIRAL_OK)
        return status;

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const struct spiral_claim *claim =
            spiral_claim_find(asked->set, spiral_store_rows_text(rows, 0));
        if (claim == NULL || asked->request.claim_count == SPIRAL_CLAIM_MOST)
            status = spiral_error_set(reading->error, SPIRAL_BAD_INPUT,
                                      "%s has a claim that is not in its set: '%s'",
                                      reading->store->path, spiral_store_rows_text(rows, 0));
        else
            asked->claims[asked->request.claim_count++] = *claim;
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, reading->error);
    spiral_store_rows_close(rows);

    return status == SPIRAL_OK && asked->request.claim_count == 0
               ? report_damage(reading, "it has no claims")
               : status;
}

/* --- points ----------------------------------------------------------------------------------- */

static bool read_event(const struct spiral_store_rows *rows, int column, size_t *event)
{
    *event = strcmp(spiral_store_rows_text(rows, column),
                    spiral_claim_event_names[SPIRAL_CLAIM_WAR]) == 0
                 ? SPIRAL_CLAIM_WAR
                 : SPIRAL_CLAIM_FORCE;
    return strcmp(spiral_store_rows_text(rows, column), spiral_claim_event_names[*event]) == 0;
}

static bool read_value(void *context, const struct spiral_store_rows *rows)
{
    struct reading *reading = context;
    const struct spiral_design *design = reading->trial->design;
    size_t point;
    size_t axis;

    return spiral_store_rows_index(rows, 0, design->points, &point) &&
           spiral_store_rows_index(rows, 1, design->axes, &axis) &&
           design->value[point * design->axes + axis] == spiral_store_rows_number(rows, 2);
}

static bool read_effect(void *context, const struct spiral_store_rows *rows)
{
    struct reading *reading = context;
    struct spiral_claim_trial *trial = reading->trial;
    size_t event;
    size_t point;
    size_t claim = 0;

    while (claim < trial->request.claim_count &&
           strcmp(trial->request.claims[claim].id, spiral_store_rows_text(rows, 0)) != 0)
        claim++;

    const int64_t verdict = spiral_store_rows_whole(rows, 7);

    if (claim == trial->request.claim_count || !read_event(rows, 1, &event) ||
        !spiral_store_rows_index(rows, 2, trial->request.points, &point) ||
        verdict < SPIRAL_REVERSED || verdict > SPIRAL_HOLDS)
        return false;

    const size_t at = claim * trial->request.points + point;
    struct spiral_claim_effect *effect = &trial->effects[event][at];

    trial->in_scope[at] = spiral_store_rows_whole(rows, 3) != 0;
    effect->verdict = (enum spiral_verdict)verdict;
    effect->quiet = spiral_store_rows_whole(rows, 8) != 0;
    reading->rows[point]++;

    return spiral_store_rows_finite(rows, 4, &effect->effect) &&
           spiral_store_rows_finite(rows, 5, &effect->low) &&
           spiral_store_rows_finite(rows, 6, &effect->high);
}

static bool read_risk(void *context, const struct spiral_store_rows *rows)
{
    struct reading *reading = context;
    struct spiral_claim_trial *trial = reading->trial;
    size_t event;
    size_t point;
    size_t runs;
    size_t arm = 0;

    while (arm < trial->request.set->arm_count &&
           strcmp(trial->request.set->arms[arm].name, spiral_store_rows_text(rows, 0)) != 0)
        arm++;
    if (arm == trial->request.set->arm_count || !trial->used[arm] || !read_event(rows, 1, &event) ||
        !spiral_store_rows_index(rows, 2, trial->request.points, &point) ||
        !spiral_store_rows_index(rows, 3, (size_t)trial->request.replicates + 1, &runs))
        return false;
    trial->events[event][arm * trial->request.points + point] = (uint32_t)runs;
    reading->rows[point]++;

    return true;
}

/* A point has all of its rows, and is done, or none. */
static enum spiral_status mark_done(const struct reading *reading)
{
    struct spiral_claim_trial *trial = reading->trial;
    size_t whole = trial->request.claim_count;

    for (size_t a = 0; a < trial->request.set->arm_count; a++)
        whole += trial->used[a];

    whole *= SPIRAL_CLAIM_EVENTS;

    for (size_t p = 0; p < trial->request.points; p++) {
        if (reading->rows[p] != 0 && reading->rows[p] != whole)
            return report_damage(reading, "a point is incomplete");
        trial->done[p] = reading->rows[p] == whole;
        trial->points_done += trial->done[p];
    }

    return SPIRAL_OK;
}

static enum spiral_status read_points(struct reading *reading)
{
    static const char other_points[] = "its points are not those of its design, or are of another "
                                       "space than this program's";
    int64_t values = 0;
    enum spiral_status status =
        spiral_store_count(reading->store, "SELECT count(*) FROM claim_value", &values,
                           reading->error);

    if (status == SPIRAL_OK &&
        (uint64_t)values != reading->trial->design->points * reading->trial->design->axes)
        status = report_damage(reading, other_points);

    if (status == SPIRAL_OK)
        status =
            spiral_store_rows_read(reading->store, "SELECT point, axis, value FROM claim_value",
                                   other_points, read_value, reading, reading->error);
    if (status == SPIRAL_OK)
        status = spiral_store_rows_read(reading->store,
                                        "SELECT claim, event, point, in_scope, effect, low, high, "
                                        "verdict, quiet FROM claim_point",
                                        "its effects", read_effect, reading, reading->error);
    if (status == SPIRAL_OK)
        status =
            spiral_store_rows_read(reading->store, "SELECT arm, event, point, runs FROM claim_risk",
                                   "its risks", read_risk, reading, reading->error);
    if (status == SPIRAL_OK)
        status = mark_done(reading);

    return status;
}

enum spiral_status spiral_store_claims_load(struct spiral_store *store,
                                            struct spiral_claim_trial *trial,
                                            struct spiral_error *error)
{
    struct reading reading = {.store = store, .trial = trial, .error = error};
    struct asked asked = {.set = NULL};
    int64_t tables = 0;

    memset(trial, 0, sizeof *trial);

    enum spiral_status status =
        spiral_store_count(store, "SELECT count(*) FROM sqlite_master WHERE name = 'claim_trial'",
                           &tables, error);

    if (status == SPIRAL_OK && tables == 0)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s holds no claims; `spiral claims --store FILE` makes a store that does",
            store->path);

    asked.request.claims = asked.claims;
    if (status == SPIRAL_OK)
        status = read_trial(&reading, &asked);
    if (status == SPIRAL_OK)
        status = read_claims(&reading, &asked);
    if (status == SPIRAL_OK)
        status = spiral_claim_trial_init(trial, &asked.request, error);
    trial->own_set = asked.set;
    if (status != SPIRAL_OK)
        return status;

    reading.rows = calloc(trial->request.points, sizeof *reading.rows);
    status = reading.rows != NULL
                 ? read_points(&reading)
                 : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points",
                                    trial->request.points);
    free(reading.rows);

    return status;
}
