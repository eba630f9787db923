/* SPDX-License-Identifier: MIT
 *
 * Why the session's runs come to war and to force: the account of `spiral why`, with one set of
 * constants, of what was chosen.
 */
#include "why/why.h"

#include <math.h>

#include "web/core/parts.h"
#include "why/gain.h"

/* One part after the other. */
static enum spiral_status run_in_turn(const struct spiral_workers *workers,
                                      const struct spiral_part *part, uint64_t count, uint64_t runs,
                                      struct spiral_error *error)
{
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = batch != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;

    (void)workers, (void)runs;
    for (uint64_t i = 0; i < count && status == SPIRAL_OK; i++)
        status = part->run(part->context, batch, i);
    spiral_batch_destroy(batch);

    return status == SPIRAL_OK ? SPIRAL_OK
                               : spiral_error_set(error, status, "no memory for the runs");
}

const struct spiral_workers page_workers = {.run = run_in_turn, .threads = 1};

/* The case as it is chosen, with one set of constants. */
static enum spiral_status explain_session(const struct page *page, struct spiral_why_case *given,
                                          struct spiral_plan_options *options,
                                          struct spiral_error *error)
{
    const struct spiral_session *session = page->session;

    if (session == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "there is no run yet");
    *options = session->options;
    options->posterior = NULL;
    *given = (struct spiral_why_case){.scenario = &session->scenario,
                                      .constants = &session->constants,
                                      .options = options,
                                      .seed = session->seed};

    return SPIRAL_OK;
}

/* Nothing where there is no value. */
static void write_value(struct json *json, const char *key, struct spiral_why_value value)
{
    if (isnan(value.value))
        return;
    json_open(json, key, '{');
    json_number(json, "value", value.value);
    json_number(json, "low", value.interval.low);
    json_number(json, "high", value.interval.high);
    json_close(json, '}');
}

static void write_effect(struct json *json, const struct spiral_why_effect *effect)
{
    json_whole(json, "gone", (long)effect->gone);
    json_whole(json, "added", (long)effect->added);
    write_value(json, "but_for", effect->but_for);
    write_value(json, "change", effect->risk);
}

static void write_account(struct json *json, const struct spiral_why *why, int outcome)
{
    const struct spiral_why_account *account = &why->accounts[outcome];

    json_open(json, NULL, '{');
    json_text(json, "outcome", spiral_why_outcome_labels[outcome].name);
    json_whole(json, "events", (long)account->events);
    write_value(json, "risk", account->risk);
    write_value(json, "all", account->all);
    write_value(json, "chance", account->chance);
    json_open(json, "mechanisms", '[');

    for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
        json_open(json, NULL, '{');
        write_effect(json, &account->mechanisms[m]);
        write_value(json, "share", account->shares[m]);
        json_close(json, '}');
    }

    json_close(json, ']');
    json_open(json, "acts", '[');

    for (size_t a = 0; a < why->act_count; a++) {
        const size_t act = account->order[a];
        json_open(json, NULL, '{');
        page_write_entry(json, &why->given.scenario->entries[why->acts[act]]);
        write_effect(json, &account->acts[act]);
        json_close(json, '}');
    }

    json_close(json, ']');
    json_close(json, '}');
}

enum spiral_status page_why(struct page *page, const char *const *argument, struct json *json,
                            struct spiral_error *error)
{
    struct spiral_plan_options plan_options;
    struct spiral_why_options options = {.workers = page_workers};
    struct spiral_why_case given;
    struct spiral_why why;
    enum spiral_status status = page_whole(argument[0], PAGE_MOST_RUNS, &options.runs, error);

    if (status == SPIRAL_OK)
        status = page_whole(argument[1], PAGE_MOST_RUNS, &options.subset_runs, error);
    if (status == SPIRAL_OK && (options.runs == 0 || options.subset_runs == 0))
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "expected at least one run");
    if (status == SPIRAL_OK)
        status = explain_session(page, &given, &plan_options, error);
    if (status != SPIRAL_OK)
        return status;

    status = spiral_why_run(&why, &given, &options, error);

    if (status == SPIRAL_OK) {
        json_whole(json, "runs", (long)options.runs);
        json_open(json, "accounts", '[');
        for (int outcome = 0; outcome < SPIRAL_WHY_OUTCOMES; outcome++)
            write_account(json, &why, outcome);
        json_close(json, ']');
    }

    spiral_why_clear(&why);

    return status;
}

enum spiral_status page_gain(struct page *page, const char *const *argument, struct json *json,
                             struct spiral_error *error)
{
    struct spiral_plan_options options;
    struct spiral_why_case given;
    struct spiral_gains gains;
    uint64_t runs;
    enum spiral_status status = page_whole(argument[0], PAGE_MOST_RUNS, &runs, error);

    if (status == SPIRAL_OK && runs == 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "expected at least one run");
    if (status == SPIRAL_OK)
        status = explain_session(page, &given, &options, error);
    if (status != SPIRAL_OK)
        return status;

    status = spiral_gains_measure(&gains, &given, runs, &page_workers, error);
    json_open(json, "gains", '[');

    for (size_t i = 0; i < gains.count && status == SPIRAL_OK; i++) {
        const struct spiral_gain *at = &gains.at[i];
        json_open(json, NULL, '{');
        json_number(json, "date", at->date);
        page_write_rounded(json, "gain", at->gain);
        page_write_rounded(json, "around", at->around);
        json_open(json, "without", '[');
        for (int route = 0; route < SPIRAL_ROUTES; route++)
            page_write_rounded(json, NULL, at->without[route]);
        json_close(json, ']');
        json_close(json, '}');
    }

    json_close(json, ']');
    spiral_gains_clear(&gains);

    return status;
}
