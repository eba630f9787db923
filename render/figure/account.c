/* SPDX-License-Identifier: MIT */
#include "render/figure/account.h"

#include <math.h>
#include <stdlib.h>

#include "sim/acts.h"

/* --- why -------------------------------------------------------------------------------------- */

/* Acts that get a number and a caption. */
enum { CAPTIONED = 10, CAPTION = 200 };

struct spiral_why_picture {
    struct spiral_why_figure figure;
    struct spiral_why_row rows[SPIRAL_MECHANISMS + 1];
    struct spiral_why_stem *stems; /* owned */
    char captions[CAPTIONED][CAPTION];
    char title[200];
    char subtitle[300];
    char note[400];
};

/* The interval over the sets of constants; 0..0 where there is none. */
static struct spiral_interval constants_of(const struct spiral_why_value *value)
{
    const struct spiral_interval none = {0.0, 0.0};
    return value->by_constants ? value->constants : none;
}

/* The rows of the mechanisms, and chance below them. */
static void fill_rows(struct spiral_why_picture *picture, const struct spiral_why *why,
                      const struct spiral_why_account *account, bool chinese)
{
    const bool shares = why->options.subset_runs > 0;
    const double none = NAN;

    for (int m = 0; m < SPIRAL_MECHANISMS; m++)
        picture->rows[m] =
            (struct spiral_why_row){.label = chinese ? spiral_mechanism_labels[m].zh
                                                     : spiral_mechanism_labels[m].en,
                                    .but_for = account->mechanisms[m].but_for.value,
                                    .but_for_interval = account->mechanisms[m].but_for.interval,
                                    .but_for_constants =
                                        constants_of(&account->mechanisms[m].but_for),
                                    .share = shares ? account->shares[m].value : none,
                                    .share_interval = account->shares[m].interval,
                                    .share_constants = constants_of(&account->shares[m])};
    picture->rows[SPIRAL_MECHANISMS] =
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

/* The acts as stems, the largest with captions. False where there is no memory. */
static bool make_stems(struct spiral_why_picture *picture, const struct spiral_why *why,
                       const struct spiral_why_account *account, enum spiral_language language)
{
    struct spiral_why_stem *stems = calloc(why->act_count + 1, sizeof *stems);

    if (stems == NULL)
        return false;

    for (size_t a = 0; a < why->act_count; a++)
        stems[a] = (struct spiral_why_stem){.date = why->given.scenario->entries[why->acts[a]].date,
                                            .change = account->acts[a].risk.value,
                                            .interval = account->acts[a].risk.interval,
                                            .constants = constants_of(&account->acts[a].risk)};

    for (size_t i = 0; i < CAPTIONED && i < why->act_count; i++) {
        const size_t a = account->order[i];
        write_caption(why, a, &account->acts[a].risk, language, picture->captions[i]);
        stems[a].caption = picture->captions[i];
    }

    picture->stems = stems;

    return true;
}

static void write_texts(struct spiral_why_picture *picture, const struct spiral_why *why,
                        enum spiral_why_outcome outcome, enum spiral_language language)
{
    const bool chinese = language == SPIRAL_CHINESE;
    const struct spiral_why_outcome_label *label = &spiral_why_outcome_labels[outcome];
    const struct spiral_why_account *account = &why->accounts[outcome];
    const char *name = chinese ? label->zh : label->en;
    char runs[SPIRAL_RUNS_TEXT];
    char percent[24];

    spiral_figure_runs(runs, why->options.runs, why->given.seed, language);
    spiral_figure_percent(percent, account->risk.value);
    snprintf(picture->title, sizeof picture->title, chinese ? "%s：%s的原因" : "%s: why %s",
             spiral_figure_title(why->given.scenario, language), name);
    snprintf(picture->subtitle, sizeof picture->subtitle,
             chinese ? "%s风险 %s；逐一关闭机制、去掉行动，随机数不变；%s"
                     : "risk of %s %s; mechanisms switched off and acts left out on the same "
                       "draws; %s",
             name, percent, runs);
    snprintf(picture->note, sizeof picture->note, "%s%s",
             chinese ? "“若无”的占比相互重叠；夏普利份额与偶然相加等于总风险。"
                     : "Shares but for a mechanism overlap. Shapley shares and chance add up to "
                       "the risk.",
             !account->risk.by_constants ? ""
             : chinese ? "细线：随机性，95 %；灰条：常数的不确定性，90 %。"
                       : " Thin lines: chance, 95 %. Grey bars: what the constants may be, 90 %.");
}

struct spiral_why_picture *spiral_why_picture_create(const struct spiral_why *why,
                                                     enum spiral_why_outcome outcome,
                                                     enum spiral_language language)
{
    const struct spiral_scenario *scenario = why->given.scenario;
    const double until = why->given.options->until;
    struct spiral_why_picture *picture = calloc(1, sizeof *picture);

    if (picture == NULL || !make_stems(picture, why, &why->accounts[outcome], language)) {
        free(picture);
        return NULL;
    }

    fill_rows(picture, why, &why->accounts[outcome], language == SPIRAL_CHINESE);
    write_texts(picture, why, outcome, language);
    picture->figure = (struct spiral_why_figure){.title = picture->title,
                                                 .subtitle = picture->subtitle,
                                                 .note = picture->note,
                                                 .language = language,
                                                 .row_count = SPIRAL_MECHANISMS + 1,
                                                 .rows = picture->rows,
                                                 .first = scenario->start,
                                                 .last = until > 0.0 ? until : scenario->end,
                                                 .act_count = why->act_count,
                                                 .acts = picture->stems};

    return picture;
}

void spiral_why_picture_destroy(struct spiral_why_picture *picture)
{
    if (picture != NULL)
        free(picture->stems);
    free(picture);
}

const struct spiral_why_figure *spiral_why_picture_figure(const struct spiral_why_picture *picture)
{
    return &picture->figure;
}

/* --- the gain --------------------------------------------------------------------------------- */

/* The columns of a figure: year, gain, band, and a column a route. */
enum { YEAR, GAIN, LOW, HIGH, ROUTES, COLUMNS = ROUTES + SPIRAL_ROUTES };

struct spiral_gain_picture {
    struct spiral_gain_figure figure;
    double *columns; /* [COLUMNS * count], owned */
    char title[200];
    char subtitle[300];
};

/* Fills the columns; false where there is no memory. */
static bool make_columns(struct spiral_gain_picture *picture, const struct spiral_gains *gains)
{
    double *columns = calloc(COLUMNS * gains->count + 1, sizeof *columns);
    double *column[COLUMNS];

    if (columns == NULL)
        return false;
    for (size_t c = 0; c < COLUMNS; c++)
        column[c] = columns + c * gains->count;

    for (size_t i = 0; i < gains->count; i++) {
        const struct spiral_gain *at = &gains->at[i];
        column[YEAR][i] = at->date;
        column[GAIN][i] = at->gain;
        column[LOW][i] = at->low;
        column[HIGH][i] = at->high;
        for (int r = 0; r < SPIRAL_ROUTES; r++)
            column[ROUTES + r][i] = at->gain - at->without[r];
    }

    picture->columns = columns;

    return true;
}

static void write_gain_texts(struct spiral_gain_picture *picture, const struct spiral_gains *gains,
                             const struct spiral_why_case *given, enum spiral_language language)
{
    const bool chinese = language == SPIRAL_CHINESE;
    char runs[SPIRAL_RUNS_TEXT];

    spiral_figure_runs(runs, gains->runs, given->seed, language);
    snprintf(picture->title, sizeof picture->title,
             chinese ? "%s：恐惧循环的增益" : "%s: gain of the loop of fear",
             spiral_figure_title(given->scenario, language));
    if (gains->sets > 1)
        snprintf(
            picture->subtitle, sizeof picture->subtitle,
            chinese ? "恐惧小幅上升后，一年后还剩多少；色带：%zu 组常数各自增益的 5 %% 至 95 %%；%s"
                    : "how much of a small rise of fear is there a year later; band: 5 %% to "
                      "95 %% of the gains of %zu sets of constants; %s",
            gains->sets, runs);
    else
        snprintf(picture->subtitle, sizeof picture->subtitle,
                 chinese ? "恐惧小幅上升后，一年后还剩多少；%s"
                         : "how much of a small rise of fear is there a year later; %s",
                 runs);
}

struct spiral_gain_picture *spiral_gain_picture_create(const struct spiral_gains *gains,
                                                       const struct spiral_why_case *given,
                                                       enum spiral_language language)
{
    const bool chinese = language == SPIRAL_CHINESE;
    const size_t count = gains->count;
    struct spiral_gain_picture *picture = calloc(1, sizeof *picture);

    if (picture == NULL || !make_columns(picture, gains)) {
        free(picture);
        return NULL;
    }

    write_gain_texts(picture, gains, given, language);
    picture->figure = (struct spiral_gain_figure){
        .title = picture->title,
        .subtitle = picture->subtitle,
        .note =
            chinese
                ? "细线：各途径使增益提高多少。各途径重叠，不必相加等于增益；其余为恐惧自身的延续。"
                : "Thin lines: how much each route adds to the gain. They need not add up "
                  "to it: the rest is fear that lasts by itself.",
        .language = language,
        .count = count,
        .year = picture->columns + YEAR * count,
        .gain = picture->columns + GAIN * count,
        .low = picture->columns + LOW * count,
        .high = picture->columns + HIGH * count,
        .route_count = SPIRAL_ROUTES};

    for (int r = 0; r < SPIRAL_ROUTES; r++)
        picture->figure.routes[r] =
            (struct spiral_gain_route){chinese ? spiral_route_labels[r].zh
                                               : spiral_route_labels[r].en,
                                       picture->columns + (size_t)(ROUTES + r) * count};

    return picture;
}

void spiral_gain_picture_destroy(struct spiral_gain_picture *picture)
{
    if (picture != NULL)
        free(picture->columns);
    free(picture);
}

const struct spiral_gain_figure *spiral_gain_picture_figure(
    const struct spiral_gain_picture *picture)
{
    return &picture->figure;
}
