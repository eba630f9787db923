/* SPDX-License-Identifier: MIT
 *
 * Ensembles: the fan of the session's present, in parts that several cores may share, and the risks
 * of other recipes.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/intervals.h"
#include "web/core/parts.h"

static enum spiral_status no_memory(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the runs");
}

/* The batch of the page; NULL where there is no memory. */
static struct spiral_batch *batch_of(struct page *page)
{
    if (page->batch == NULL)
        page->batch = spiral_batch_create();
    return page->batch;
}

/* --- the fan ---------------------------------------------------------------------------------- */

enum spiral_status page_begin(struct page *page, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    (void)argument, (void)json;
    if (page->session == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "there is no run yet");

    spiral_live_job_destroy(page->job);
    spiral_collector_clear(&page->fan);
    spiral_live_result_destroy(page->result);
    page->result = NULL;
    page->job = spiral_live_job_create(page->session);

    if (page->job == NULL || batch_of(page) == NULL ||
        spiral_collector_init(&page->fan, page->session->plan, true, false) != SPIRAL_OK)
        return no_memory(error);

    return SPIRAL_OK;
}

static enum spiral_status no_fan(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "no fan was begun");
}

enum spiral_status page_run(struct page *page, const char *const *argument, struct json *json,
                            struct spiral_error *error)
{
    uint64_t first;
    uint64_t count;
    enum spiral_status status = page_whole(argument[0], PAGE_MOST_RUNS, &first, error);

    if (status == SPIRAL_OK)
        status = page_whole(argument[1], PAGE_MOST_RUNS, &count, error);
    if (status != SPIRAL_OK)
        return status;
    if (page->job == NULL || page->fan.tally == NULL)
        return no_fan(error);

    spiral_live_collect(&page->fan, page->batch, &page->job->now, page->job->seed, first, count);
    json_whole(json, "runs", (long)page->fan.tally->runs);

    return SPIRAL_OK;
}

/* Moves the counts of a collector to bytes, or from them: all that spiral_collector_merge() adds
 * up. Returns how many bytes they are; `bytes` NULL only counts. */
static size_t move_counts(struct spiral_collector *collector, char *bytes, bool to_bytes)
{
    struct spiral_tally *tally = collector->tally;
    struct spiral_fan *fan = collector->fan;
    const size_t steps = (size_t)tally->steps;
    const size_t places = steps * SPIRAL_QUANTITIES;
    const size_t by_set = tally->sets * (size_t)tally->years;
    const struct {
        void *at;
        size_t size;
    } parts[] = {{&collector->hash, sizeof collector->hash},
                 {&tally->runs, sizeof tally->runs},
                 {tally->sum, sizeof tally->sum},
                 {tally->square, sizeof tally->square},
                 {tally->set_runs, tally->sets * sizeof *tally->set_runs},
                 {tally->set_wars, by_set * sizeof *tally->set_wars},
                 {tally->set_forces, by_set * sizeof *tally->set_forces},
                 {tally->war_by_step, (steps + 1) * sizeof *tally->war_by_step},
                 {tally->force_by_step, (steps + 1) * sizeof *tally->force_by_step},
                 {&fan->runs, sizeof fan->runs},
                 {fan->sum, places * sizeof *fan->sum},
                 {fan->count, places * SPIRAL_FAN_BINS * sizeof *fan->count}};
    size_t size = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (bytes != NULL && to_bytes)
            memcpy(bytes + size, parts[i].at, parts[i].size);
        else if (bytes != NULL)
            memcpy(parts[i].at, bytes + size, parts[i].size);
        size += parts[i].size;
    }

    return size;
}

enum spiral_status page_counts(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    (void)argument, (void)json;
    if (page->fan.tally == NULL)
        return no_fan(error);

    const size_t size = move_counts(&page->fan, NULL, true);

    free(page->counts);
    page->counts = malloc(size);
    if (page->counts == NULL)
        return no_memory(error);

    spiral_fan_settle(page->fan.fan);
    move_counts(&page->fan, page->counts, true);
    page_return(page, "counts", page->counts, size, 1);

    return SPIRAL_OK;
}

enum spiral_status page_merge_counts(struct page *page, const void *counts, size_t size,
                                     struct spiral_error *error)
{
    struct spiral_collector other;
    char *copy;

    if (page->fan.tally == NULL || page->job == NULL)
        return no_fan(error);
    if (size != move_counts(&page->fan, NULL, false))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the counts are of another fan");

    copy = malloc(size);

    if (copy == NULL ||
        spiral_collector_init(&other, page->job->now.plan->plan, true, false) != SPIRAL_OK) {
        free(copy);
        return no_memory(error);
    }

    memcpy(copy, counts, size);
    move_counts(&other, copy, false);
    spiral_fan_settle(page->fan.fan);
    spiral_collector_merge(&page->fan, &other);
    spiral_collector_clear(&other);
    free(copy);

    return SPIRAL_OK;
}

/* A share of runs with its 95 % interval. */
static void write_share(struct json *json, const char *key, uint64_t events, uint64_t runs)
{
    const struct spiral_interval interval = spiral_wilson(events, runs);

    json_open(json, key, '{');
    json_number(json, "share", runs > 0 ? (double)events / (double)runs : 0.0);
    json_number(json, "low", interval.low);
    json_number(json, "high", interval.high);
    json_close(json, '}');
}

/* What the constants may be does to a share; nothing where the runs cannot tell. */
static void write_by_constants(struct json *json, const char *key, bool known,
                               struct spiral_interval interval)
{
    if (!known)
        return;
    json_open(json, key, '{');
    page_write_rounded(json, "low", interval.low);
    page_write_rounded(json, "high", interval.high);
    json_close(json, '}');
}

/* The risks by the end, and the hash of all runs. */
static void write_risks(struct json *json, const struct spiral_collector *collector)
{
    const struct spiral_tally *tally = collector->tally;
    struct spiral_interval war = {0.0, 0.0};
    struct spiral_interval force = {0.0, 0.0};
    const bool war_known = spiral_tally_war_by_constants(tally, tally->years - 1, &war);
    const bool force_known = spiral_tally_force_by_constants(tally, tally->years - 1, &force);

    json_whole(json, "runs", (long)tally->runs);
    write_share(json, "war", spiral_tally_wars(tally, tally->steps), tally->runs);
    write_share(json, "force", spiral_tally_forces(tally, tally->steps), tally->runs);
    write_by_constants(json, "war_by_constants", war_known, war);
    write_by_constants(json, "force_by_constants", force_known, force);
    json_bits(json, "hash", collector->hash);
}

enum spiral_status page_fan(struct page *page, const char *const *argument, struct json *json,
                            struct spiral_error *error)
{
    if (page->fan.tally == NULL || page->fan.tally->runs == 0)
        return no_fan(error);

    spiral_fan_settle(page->fan.fan);
    spiral_live_result_destroy(page->result);
    page->result =
        spiral_live_result_create(page->job, &page->fan, strcmp(argument[0], "true") == 0);
    if (page->result == NULL)
        return no_memory(error);

    const struct spiral_live_result *result = page->result;
    const size_t count = (size_t)(result->steps - result->from) + 1;

    json_whole(json, "from", result->from);
    json_flag(json, "complete", result->complete);
    write_risks(json, &page->fan);
    page_return(page, "bands", result->band[result->from], count * sizeof *result->band,
                sizeof(double));
    page_return(page, "war", &result->war[result->from], count * sizeof(double), sizeof(double));
    page_return(page, "force", &result->force[result->from], count * sizeof(double),
                sizeof(double));

    return SPIRAL_OK;
}

/* --- measures --------------------------------------------------------------------------------- */

/* Makes room for the marks of so many runs. */
static bool make_marks(struct page_marks *marks, uint64_t runs)
{
    unsigned char *moved = realloc(marks->of_run, runs + 1);

    if (moved == NULL)
        return false;
    marks->of_run = moved;
    marks->runs = runs;
    memset(moved, 0, runs + 1);

    return true;
}

/* Marks a run; streams are counted from 1. */
static void mark_run(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct page_marks *marks = context;
    marks->of_run[stream - 1] =
        (unsigned char)((outcome->war > 0.0 ? 1 : 0) | (outcome->force > 0.0 ? 2 : 0));
}

/* Curves by step: mean escalation, and the shares of runs with war and with force by then. */
static bool make_curves(struct page *page, const struct spiral_collector *collector)
{
    const struct spiral_tally *tally = collector->tally;
    const size_t count = (size_t)tally->steps + 1;

    for (int i = 0; i < 3; i++) {
        double *moved = realloc(page->curves[i], count * sizeof *moved);
        if (moved == NULL)
            return false;
        page->curves[i] = moved;
        memset(moved, 0, count * sizeof *moved);
    }

    for (long step = 0; step <= tally->steps; step++) {
        if (step > 0)
            page->curves[0][step] =
                spiral_fan_mean(collector->fan, step - 1, SPIRAL_QUANTITY_escalation);
        page->curves[1][step] = (double)spiral_tally_wars(tally, step) / (double)tally->runs;
        page->curves[2][step] = (double)spiral_tally_forces(tally, step) / (double)tally->runs;
    }

    return true;
}

/* Runs a recipe's session from its start or its present. */
static enum spiral_status run_measure(struct page *page, bool from_present, uint64_t runs,
                                      struct spiral_collector *collector,
                                      struct spiral_error *error)
{
    struct spiral_session *session = page->other;
    struct spiral_run_start start = {.plan = NULL};
    enum spiral_status status = SPIRAL_OK;

    if (spiral_collector_init(collector, session->plan, true, false) != SPIRAL_OK)
        return no_memory(error);
    collector->each_run = mark_run;
    collector->context = &page->marks[PAGE_SLOTS - 1];

    if (from_present) {
        start = spiral_session_start(session);
        spiral_live_collect(collector, page->batch, &start, session->seed, 1, runs);
        spiral_run_start_release(&start);
    } else {
        spiral_ensemble_run(page->batch, session->plan, session->seed, 1, runs, collector);
    }

    return status;
}

static void write_outcomes(struct json *json, const struct spiral_tally *tally)
{
    json_open(json, "outcomes", '[');
    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        json_number(json, NULL, spiral_tally_mean(tally, (enum spiral_outcome_name)i));
    json_close(json, ']');
}

static void return_measure(struct page *page, struct json *json, struct spiral_collector *collector)
{
    static const char *const names[3] = {"mean", "war", "force"};

    write_risks(json, collector);
    write_outcomes(json, collector->tally);
    for (int i = 0; i < 3; i++)
        page_return(page, names[i], page->curves[i],
                    ((size_t)collector->tally->steps + 1) * sizeof(double), sizeof(double));
}

enum spiral_status page_measure(struct page *page, const char *const *argument, struct json *json,
                                struct spiral_error *error)
{
    const bool from_present = strcmp(argument[2], "present") == 0;
    struct spiral_collector collector = {.tally = NULL};
    struct page_marks *scratch = &page->marks[PAGE_SLOTS - 1];
    uint64_t slot;
    uint64_t runs;
    enum spiral_status status = page_whole(argument[0], PAGE_SLOTS - 2, &slot, error);

    if (status == SPIRAL_OK)
        status = page_whole(argument[3], PAGE_MOST_RUNS, &runs, error);
    if (status == SPIRAL_OK)
        status = page_apply(page, argument[1], &page->other, error);
    if (status == SPIRAL_OK && (runs == 0 || batch_of(page) == NULL || !make_marks(scratch, runs)))
        status = no_memory(error);
    if (status == SPIRAL_OK)
        status = run_measure(page, from_present, runs, &collector, error);

    if (status == SPIRAL_OK) {
        const struct page_marks kept = page->marks[slot];
        scratch->sets = collector.tally->sets;
        page->marks[slot] = *scratch;
        *scratch = kept;
        spiral_fan_settle(collector.fan);
        if (make_curves(page, &collector))
            return_measure(page, json, &collector);
        else
            status = no_memory(error);
    }

    spiral_collector_clear(&collector);

    return status;
}

/* Counts the runs of a set of constants in which one of two measures alone has an outcome. */
struct discordant_runs {
    uint64_t runs;
    uint64_t only_first;
    uint64_t only_second;
};
static struct discordant_runs compare_runs(const struct page_marks *first,
                                           const struct page_marks *second, int bit, uint64_t from,
                                           uint64_t step)
{
    struct discordant_runs found = {.runs = 0};

    for (uint64_t run = from; run < first->runs; run += step) {
        found.runs++;
        found.only_first += (first->of_run[run] & ~second->of_run[run]) >> bit & 1;
        found.only_second += (second->of_run[run] & ~first->of_run[run]) >> bit & 1;
    }

    return found;
}

/* The change of one outcome from the first runs to the second. */
static void write_difference(struct json *json, const char *key, const struct page_marks *first,
                             const struct page_marks *second, int bit)
{
    const struct discordant_runs all = compare_runs(first, second, bit, 0, 1);
    const struct spiral_interval interval =
        spiral_paired_difference(all.only_second, all.only_first, all.runs);
    const double change = ((double)all.only_second - (double)all.only_first) / (double)all.runs;
    struct spiral_set_variance variance = {.lowest = -1.0};
    struct spiral_interval constants = {0.0, 0.0};
    const uint64_t sets = first->sets == second->sets ? first->sets : 0;

    for (uint64_t set = 0; set < sets; set++) {
        const struct discordant_runs of_set = compare_runs(first, second, bit, set, sets);
        spiral_set_variance_add(&variance, of_set.runs, of_set.only_second, of_set.only_first);
    }

    json_open(json, key, '{');
    json_number(json, "change", change);
    json_number(json, "low", interval.low);
    json_number(json, "high", interval.high);
    write_by_constants(json, "by_constants", spiral_constants_interval(&variance, &constants),
                       constants);
    json_close(json, '}');
}

enum spiral_status page_differ(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    uint64_t slots[2];

    for (int i = 0; i < 2; i++) {
        const enum spiral_status status = page_whole(argument[i], PAGE_SLOTS - 2, &slots[i], error);
        if (status != SPIRAL_OK)
            return status;
    }

    const struct page_marks *first = &page->marks[slots[0]];
    const struct page_marks *second = &page->marks[slots[1]];

    if (first->runs == 0 || first->runs != second->runs)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "expected two measures of as many runs");

    write_difference(json, "war", first, second, 0);
    write_difference(json, "force", first, second, 1);

    return SPIRAL_OK;
}
