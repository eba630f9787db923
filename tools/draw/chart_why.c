/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/why.h"
#include "tools/draw/chart.h"
#include "tools/result/acts.h"
#include "tools/why/why.h"

/* Acts that get a number and a caption. */
enum { CAPTIONED = 10, CAPTION = 200 };

/* Runs of each set of mechanisms: a part of those of the rest. */
enum { SET_SHARE = 4 };

/* The outcome that was asked for, or -1 after a complaint. */
static int find_outcome(const char *wanted)
{
    const struct spiral_names names =
        spiral_names_of(spiral_why_outcome_labels, SPIRAL_WHY_OUTCOMES, name);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++)
        if (wanted == NULL || strcmp(spiral_why_outcome_labels[o].name, wanted) == 0)
            return o;

    const char *nearest = spiral_names_nearest(names, wanted);
    spiral_complain(nearest != NULL ? "chart why: unknown outcome '%s'; did you mean '%s'?"
                                    : "chart why: unknown outcome '%s'; expected war or force",
                    wanted, nearest);

    return -1;
}

/* The interval over the sets of constants; 0..0 where there is none. */
static struct spiral_interval constants_of(const struct spiral_why_value *value)
{
    const struct spiral_interval none = {0.0, 0.0};
    return value->by_constants ? value->constants : none;
}

/* The rows of the mechanisms, and chance below them. */
static void fill_rows(const struct spiral_why *why, int outcome, bool chinese,
                      struct spiral_why_row rows[SPIRAL_MECHANISMS + 1])
{
    const struct spiral_why_account *account = &why->accounts[outcome];
    const bool shares = why->options.subset_runs > 0;
    const double none = NAN;

    for (int m = 0; m < SPIRAL_MECHANISMS; m++)
        rows[m] =
            (struct spiral_why_row){.label = chinese ? spiral_mechanism_labels[m].zh
                                                     : spiral_mechanism_labels[m].en,
                                    .but_for = account->mechanisms[m].but_for.value,
                                    .but_for_interval = account->mechanisms[m].but_for.interval,
                                    .but_for_constants =
                                        constants_of(&account->mechanisms[m].but_for),
                                    .share = shares ? account->shares[m].value : none,
                                    .share_interval = account->shares[m].interval,
                                    .share_constants = constants_of(&account->shares[m])};
    rows[SPIRAL_MECHANISMS] =
        (struct spiral_why_row){.label = chinese ? "偶然（无任何机制）" : "chance: without any",
                                .but_for = none,
                                .share = shares ? account->chance.value : none,
                                .share_interval = account->chance.interval,
                                .share_constants = constants_of(&account->chance)};
}

/* A caption: the act's own, else what it is; with its date and the change that it made. */
static void write_caption(const struct spiral_why *why, size_t a,
                          const struct spiral_why_value *change, enum spiral_language language,
                          char text[CAPTION])
{
    const struct spiral_scenario *scenario = why->given.scenario;
    const struct spiral_entry *act = &scenario->entries[why->acts[a]];
    const char *own = spiral_figure_text(&act->caption, language);
    char points[24];
    char plain[SPIRAL_ACT_TEXT];

    spiral_figure_points(points, change->value);
    spiral_act_text(scenario, why->acts[a], plain);
    snprintf(text, CAPTION, language == SPIRAL_CHINESE ? "%.7s，%s：%s" : "%.7s, %s: %s",
             act->date_text, own[0] != '\0' ? own : plain, points);
}

/* The acts as stems, the largest with captions (free(3) the stems; captions are static). */
static struct spiral_why_stem *make_stems(const struct spiral_why *why, int outcome,
                                          enum spiral_language language,
                                          char captions[CAPTIONED][CAPTION])
{
    const struct spiral_why_account *account = &why->accounts[outcome];
    struct spiral_why_stem *stems = calloc(why->act_count + 1, sizeof *stems);

    if (stems == NULL)
        return NULL;

    for (size_t a = 0; a < why->act_count; a++)
        stems[a] = (struct spiral_why_stem){.date = why->given.scenario->entries[why->acts[a]].date,
                                            .change = account->acts[a].risk.value,
                                            .interval = account->acts[a].risk.interval,
                                            .constants = constants_of(&account->acts[a].risk)};

    for (size_t i = 0; i < CAPTIONED && i < why->act_count; i++) {
        const size_t a = account->order[i];
        write_caption(why, a, &account->acts[a].risk, language, captions[i]);
        stems[a].caption = captions[i];
    }

    return stems;
}

static int draw_account(const struct spiral_chart_request *request, const struct spiral_why *why,
                        int outcome)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    const struct spiral_scenario *scenario = why->given.scenario;
    const struct spiral_why_outcome_label *label = &spiral_why_outcome_labels[outcome];
    const struct spiral_why_account *account = &why->accounts[outcome];
    struct spiral_why_row rows[SPIRAL_MECHANISMS + 1];
    char captions[CAPTIONED][CAPTION];
    char title[200];
    char subtitle[300];
    char runs[SPIRAL_RUNS_TEXT];
    char percent[24];
    char note[400];
    struct spiral_chart_output output;
    int exit_status = SPIRAL_EXIT_FAILED;

    fill_rows(why, outcome, chinese, rows);
    struct spiral_why_stem *stems = make_stems(why, outcome, request->language, captions);

    if (stems == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_figure_runs(runs, why->options.runs, why->given.seed, request->language);
    spiral_figure_percent(percent, account->risk.value);
    snprintf(title, sizeof title, chinese ? "%s：%s的原因" : "%s: why %s",
             spiral_figure_title(scenario, request->language), chinese ? label->zh : label->en);
    snprintf(subtitle, sizeof subtitle,
             chinese ? "%s风险 %s；逐一关闭机制、去掉行动，随机数不变；%s"
                     : "risk of %s %s; mechanisms switched off and acts left out on the same "
                       "draws; %s",
             chinese ? label->zh : label->en, percent, runs);

    snprintf(note, sizeof note, "%s%s",
             chinese ? "“若无”的占比相互重叠；夏普利份额与偶然相加等于总风险。"
                     : "Shares but for a mechanism overlap. Shapley shares and chance add up to "
                       "the risk.",
             !account->risk.by_constants ? ""
             : chinese ? "细线：随机性，95 %；灰条：常数的不确定性，90 %。"
                       : " Thin lines: chance, 95 %. Grey bars: what the constants may be, 90 %.");

    const struct spiral_why_figure figure = {.title = title,
                                             .subtitle = subtitle,
                                             .note = note,
                                             .language = request->language,
                                             .row_count = SPIRAL_MECHANISMS + 1,
                                             .rows = rows,
                                             .first = scenario->start,
                                             .last = request->until > 0.0 ? request->until
                                                                          : scenario->end,
                                             .act_count = why->act_count,
                                             .acts = stems};

    if (spiral_chart_open(&output, request)) {
        spiral_why_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    free(stems);

    return exit_status;
}

static int run_and_draw(const struct spiral_chart_request *request, int outcome)
{
    struct spiral_chart_case loaded;
    struct spiral_error error;
    struct spiral_why why;
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_why_case given = {&loaded.scenario, &loaded.constants, &loaded.options,
                                              request->seed};
        const struct spiral_why_options options = {.runs = request->runs,
                                                   .subset_runs = request->runs / SET_SHARE + 1,
                                                   .threads = request->threads};
        exit_status = spiral_why_run(&why, &given, &options, &error) == SPIRAL_OK
                          ? draw_account(request, &why, outcome)
                          : spiral_complain_error(&error);
        spiral_why_clear(&why);
    }

    spiral_chart_case_clear(&loaded);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    const int outcome = find_outcome(request->outcome);

    if (outcome < 0)
        return SPIRAL_EXIT_BAD_INPUT;

    return request->why != NULL ? draw_account(request, request->why, outcome)
                                : run_and_draw(request, outcome);
}

const struct spiral_chart_kind spiral_chart_why = {
    "why",
    "SCENARIO",
    "why runs come to war (--outcome force): mechanisms switched off, dated acts left out",
    1,
    1,
    1100.0,
    950.0,
    2048,
    draw_chart};
