/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "render/figure/claims.h"
#include "tools/draw/chart.h"
#include "tools/store/claims.h"

static int find_event(const char *wanted, enum spiral_claim_event *event)
{
    *event = strcmp(wanted, spiral_claim_event_names[SPIRAL_CLAIM_WAR]) == 0 ? SPIRAL_CLAIM_WAR
                                                                             : SPIRAL_CLAIM_FORCE;
    if (strcmp(wanted, spiral_claim_event_names[*event]) == 0)
        return SPIRAL_EXIT_OK;
    spiral_complain("chart claims: --outcome: claims are of war or of force, not of '%s'", wanted);
    return SPIRAL_EXIT_BAD_INPUT;
}

/* From a share to percentage points. */
static struct spiral_interval percentage_points(struct spiral_interval interval)
{
    return (struct spiral_interval){100.0 * interval.low, 100.0 * interval.high};
}

static void fill_rows(struct spiral_claims_row *rows, const struct spiral_claim_trial *trial,
                      const struct spiral_claim_summary *summaries, bool chinese)
{
    for (size_t c = 0; c < trial->request.claim_count; c++) {
        const struct spiral_claim *claim = &trial->request.claims[c];
        const struct spiral_claim_summary *summary = &summaries[c];
        rows[c] =
            (struct spiral_claims_row){.group =
                                           chinese
                                               ? trial->request.set->readings[claim->reading].zh
                                               : trial->request.set->readings[claim->reading].en,
                                       .statement = chinese ? claim->zh : claim->en,
                                       .median = 100.0 * summary->median.value,
                                       .interval = percentage_points(summary->median.interval),
                                       .spread = percentage_points(summary->spread),
                                       .holds = summary->holds.share,
                                       .reversed = summary->reversed.share,
                                       .quiet = summary->quiet.share,
                                       .share = summary->holds.interval};
    }
}

static int draw_trial(const struct spiral_chart_request *request,
                      const struct spiral_claim_trial *trial,
                      const struct spiral_claim_summary *summaries, enum spiral_claim_event event)
{
    const struct spiral_claims_request *asked = &trial->request;
    const bool chinese = request->language == SPIRAL_CHINESE;
    const bool war = event == SPIRAL_CLAIM_WAR;
    struct spiral_claims_row *rows = calloc(asked->claim_count, sizeof *rows);
    struct spiral_chart_output output;
    char subtitle[300];

    if (rows == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    fill_rows(rows, trial, summaries + (size_t)event * asked->claim_count, chinese);
    snprintf(subtitle, sizeof subtitle,
             chinese ? "%zu 个点，取自 %zu 个参数的空间；每点每情景 %llu 次模拟，种子 %llu"
                     : "%zu points over %zu parameters, %llu runs of each course of events at "
                       "each, seed %llu",
             asked->points, trial->space.count, (unsigned long long)asked->replicates,
             (unsigned long long)asked->seed);

    const struct spiral_claims_figure figure = {
        .title = chinese ? "各论断与模型" : "The statements and the model",
        .subtitle = subtitle,
        .note = chinese ? "圆点：有风险的点上效应的中位数及其 95 % "
                          "区间；浅色：其中间五分之四。右侧：论断所及各点中，成立（95 % "
                          "区间）、相反、无风险（各情景均不足 5 %）的比例；余者未定。"
                        : "Dot: median effect over the points with risk, with its 95 % interval; "
                          "pale: their middle four fifths. Right: of "
                          "the points that a statement speaks of, "
                          "the share where it holds (95 % interval), where the reverse does, and "
                          "where no course of events has a risk of 5 "
                          "%; the rest is undecided.",
        .axis = chinese ? (war ? "战争风险之差（百分点）" : "动武风险之差（百分点）")
                : war ? "difference in the risk of war, percentage points"
                      : "difference in the risk of force, percentage points",
        .language = request->language,
        .count = asked->claim_count,
        .rows = rows,
    };
    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_chart_open(&output, request)) {
        spiral_claims_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    free(rows);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    const char *path = request->operands[0];
    struct spiral_claim_trial trial = {.points_done = 0};
    struct spiral_claim_summary *summaries = NULL;
    struct spiral_store *store = NULL;
    struct spiral_error error;
    enum spiral_claim_event event;
    int exit_status = find_event(request->outcome != NULL ? request->outcome : "war", &event);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    enum spiral_status status = spiral_store_open(&store, path, false, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_claims_load(store, &trial, &error);
    spiral_store_close(store);

    if (status == SPIRAL_OK && trial.points_done < trial.request.points)
        status = spiral_error_set(
            &error, SPIRAL_BAD_INPUT,
            "%s: %zu of %zu points are done; `spiral claims --resume %s` runs the rest", path,
            trial.points_done, trial.request.points, path);
    if (status == SPIRAL_OK)
        status = spiral_claims_sum_up(&summaries, &trial, &error);

    exit_status = status == SPIRAL_OK ? draw_trial(request, &trial, summaries, event)
                                      : spiral_complain_error(&error);
    free(summaries);
    spiral_claim_trial_clear(&trial);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_claims = {
    "claims",
    "STORE",
    "the paper's statements and its rivals': effects and where they hold, from spiral claims",
    1,
    1,
    1200.0,
    1150.0,
    0,
    draw_chart};
