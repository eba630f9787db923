/* SPDX-License-Identifier: MIT */
#include "render/debrief/debrief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "sim/labels.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

/* Rows of `curves`: dates; then what is drawn, as it is asked for. */
enum { MOST_ROWS = 1 + 3 * SPIRAL_PLAYED_CURVES + 8 };

/* --- life ------------------------------------------------------------------------------------- */

void spiral_debrief_clear(struct spiral_debrief *debrief)
{
    free(debrief->curves);
    free(debrief->gain.date);
    free(debrief->gain.gain);
    *debrief = (struct spiral_debrief){.count = 0};
}

enum spiral_status spiral_debrief_create(struct spiral_debrief *debrief,
                                         const struct spiral_game *game,
                                         spiral_debrief_measure *measure,
                                         struct spiral_error *error)
{
    const long end = spiral_game_step(game, game->setup.rounds);
    const long from = game->first - game->length; /* a little of what went before */

    *debrief = (struct spiral_debrief){.game = game, .from = from > 0 ? from : 0};
    debrief->count = (size_t)(end - debrief->from) + 1;
    for (int round = 0; round <= game->setup.rounds; round++)
        debrief->rounds[round] = spiral_game_date(game, round);

    debrief->curves = calloc(MOST_ROWS * debrief->count, sizeof *debrief->curves);
    if (debrief->curves == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a debrief");

    const enum spiral_status status =
        spiral_game_risks(game, SPIRAL_DEBRIEF_RUNS, &debrief->risks, error);

    return status == SPIRAL_OK && measure != NULL ? measure(game, &debrief->gain, error) : status;
}

/* --- sentences -------------------------------------------------------------------------------- */

static const char *word(enum spiral_play_word which, enum spiral_language language)
{
    return spiral_play_word(which, spiral_language_code(language));
}

static const char *name(const struct spiral_debrief *debrief, int state,
                        enum spiral_language language)
{
    return spiral_game_name(debrief->game, state, spiral_language_code(language));
}

/* Ends a stream that was opened on *text. */
static char *close_text(FILE *out, char **text)
{
    spiral_text_stream_close(out, text);
    return *text;
}

char *spiral_debrief_summary(const struct spiral_debrief *debrief, enum spiral_language language)
{
    const struct spiral_game *game = debrief->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    const long end = spiral_game_step(game, game->setup.rounds);
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);
    char from[12];
    char until[12];

    if (out == NULL)
        return NULL;
    spiral_date_format(debrief->rounds[0], from);
    spiral_date_format(debrief->rounds[game->setup.rounds], until);

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        int highest = 1;
        int observed = 0;
        char between[200];
        char record[64];

        for (long step = game->first + 1; step <= end; step++) {
            const int level = (int)game->session->snapshots[step].hostility[q];
            const int seen = spiral_session_observed(game->session, q, step);
            highest = level > highest ? level : highest;
            observed = seen > observed ? seen : observed;
        }

        snprintf(between, sizeof between, word(SPIRAL_PLAY_WORD_between, language),
                 name(debrief, layout->small, language),
                 name(debrief, layout->rivals[q].neighbour, language));
        snprintf(record, sizeof record, "%s", word(SPIRAL_PLAY_WORD_unknown, language));
        if (observed > 0)
            snprintf(record, sizeof record, word(SPIRAL_PLAY_WORD_level_item, language), observed,
                     spiral_label_in(&spiral_level_labels[observed - 1], language));
        fprintf(out, word(SPIRAL_PLAY_WORD_summary_level, language), from, until, between, highest,
                spiral_label_in(&spiral_level_labels[highest - 1], language), record);
        if (q + 1 < layout->count[SPIRAL_OF_RIVAL])
            fputc(' ', out);
    }

    return close_text(out, &text);
}

char *spiral_debrief_luck(const struct spiral_debrief *debrief, enum spiral_language language)
{
    const struct spiral_play_risks *risks = &debrief->risks;
    const double runs = (double)risks->runs;
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);
    char date[12];
    char share[4][24];

    if (out == NULL)
        return NULL;
    spiral_date_format(debrief->rounds[debrief->game->setup.rounds], date);
    spiral_figure_percent(share[0], (double)risks->force[0] / runs);
    spiral_figure_percent(share[1], (double)risks->war[0] / runs);
    spiral_figure_percent(share[2], (double)risks->force[1] / runs);
    spiral_figure_percent(share[3], (double)risks->war[1] / runs);
    fprintf(out, word(SPIRAL_PLAY_WORD_luck_text, language), (int)risks->runs, share[0], share[1],
            date, share[2], share[3]);

    return close_text(out, &text);
}

/* Whether a year of the gain lies in the game. */
static bool is_in_game(const struct spiral_debrief *debrief, size_t i)
{
    const double date = debrief->gain.date[i];
    return date >= debrief->rounds[0] - 1e-6 &&
           date < debrief->rounds[debrief->game->setup.rounds] - 1e-6;
}

char *spiral_debrief_gain_text(const struct spiral_debrief *debrief, enum spiral_language language)
{
    const struct spiral_debrief_gain *gain = &debrief->gain;
    char *text = NULL;
    char *years = NULL;
    size_t size = 0;
    size_t years_size = 0;
    char date[12];
    size_t largest = 0;
    int above = 0;

    if (gain->count == 0)
        return NULL;

    FILE *list = spiral_text_stream_open(&years, &years_size);
    FILE *out = spiral_text_stream_open(&text, &size);

    if (list == NULL || out == NULL) {
        spiral_text_stream_close(list, &years);
        spiral_text_stream_close(out, &text);
        free(years);
        free(text);
        return NULL;
    }

    for (size_t i = 0; i < gain->count; i++) {
        if (!is_in_game(debrief, i))
            continue;
        if (!is_in_game(debrief, largest) || gain->gain[i] > gain->gain[largest])
            largest = i;
        if (gain->gain[i] <= 1.0)
            continue;
        spiral_date_format(gain->date[i], date);
        fprintf(list, "%s%s", above++ > 0 ? (language == SPIRAL_CHINESE ? "、" : ", ") : "", date);
    }

    if (!spiral_text_stream_close(list, &years)) {
        spiral_text_stream_close(out, &text);
        free(text);
        return NULL;
    }

    spiral_date_format(gain->date[largest], date);
    if (above > 0)
        fprintf(out, word(SPIRAL_PLAY_WORD_gain_above, language), years, (int)gain->runs);
    else
        fprintf(out, word(SPIRAL_PLAY_WORD_gain_below, language), gain->gain[largest], date,
                (int)gain->runs);
    free(years);

    return close_text(out, &text);
}

/* --- the figure ------------------------------------------------------------------------------- */

/* A figure that is being made. */
struct making {
    struct spiral_debrief *debrief;
    const struct spiral_theme *theme;
    enum spiral_language language;
    struct spiral_debrief_names *names;
    struct spiral_played_figure *figure;
    size_t rows; /* of curves, used so far */
};

static const char *keep_name(struct making *making, const char *format, const char *one,
                             const char *two)
{
    char *text = making->names->text[making->names->count++];

    snprintf(text, sizeof making->names->text[0], format, one, two);
    return text;
}

static const char *state_name(const struct making *making, int state)
{
    return name(making->debrief, state, making->language);
}

static struct spiral_color color_of(const struct making *making, int state)
{
    return making->theme->series[spiral_state_color(&making->debrief->game->base, state)];
}

static struct spiral_played_panel *add_panel(struct making *making, const char *panel_name,
                                             double low, double high, double share)
{
    struct spiral_played_panel *panel = &making->figure->panels[making->figure->panel_count++];

    *panel = (struct spiral_played_panel){
        .name = panel_name, .low = low, .high = high, .line = NAN, .share = share};
    return panel;
}

/* The next curve of a panel, over all steps that are shown: its values are for the caller to fill
 * in. */
static double *add_curve(struct making *making, struct spiral_played_panel *panel,
                         const char *curve_name, struct spiral_color color)
{
    double *row = making->debrief->curves + making->rows++ * making->debrief->count;

    panel->curves[panel->curve_count++] =
        (struct spiral_played_curve){.name = curve_name,
                                     .count = making->debrief->count,
                                     .x = making->debrief->curves,
                                     .y = row,
                                     .color = color,
                                     .width = 1.3};
    return row;
}

/* A seat's fear of each other, and the other's motive. */
static void add_fears(struct making *making, int of)
{
    const struct spiral_game *game = making->debrief->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    char head[160];

    snprintf(head, sizeof head, "%s: %s", state_name(making, of),
             word(SPIRAL_PLAY_WORD_fear_motive, making->language));

    struct spiral_played_panel *panel =
        add_panel(making, keep_name(making, "%s%s", head, ""), 0.0, 1.0, 1.0);

    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const int about = layout->perceptions[p].about;
        if (layout->perceptions[p].of != of || panel->curve_count + 2 > 8)
            continue;
        double *fear =
            add_curve(making, panel,
                      keep_name(making, word(SPIRAL_PLAY_WORD_fear_curve, making->language),
                                state_name(making, of), state_name(making, about)),
                      color_of(making, about));
        double *motive =
            add_curve(making, panel,
                      keep_name(making, word(SPIRAL_PLAY_WORD_motive_curve, making->language),
                                state_name(making, about), ""),
                      color_of(making, about));

        panel->curves[panel->curve_count - 1].dashed = true;
        for (size_t i = 0; i < making->debrief->count; i++) {
            fear[i] = spiral_game_fear(game, of, about, making->debrief->from + (long)i);
            motive[i] = spiral_game_motive(game, about, making->debrief->from + (long)i);
        }
    }
}

static void add_arms(struct making *making)
{
    const struct spiral_game *game = making->debrief->game;
    struct spiral_played_panel *panel =
        add_panel(making, word(SPIRAL_PLAY_WORD_arms_panel, making->language), 0.0, 1.0, 0.8);

    for (size_t s = 0; s < game->base.state_count && s < 4; s++) {
        double *arms =
            add_curve(making, panel, state_name(making, (int)s), color_of(making, (int)s));
        for (size_t i = 0; i < making->debrief->count; i++)
            arms[i] = spiral_game_arms(game, (int)s, making->debrief->from + (long)i);
    }
}

/* What one patron pledged, what was believed of it, and what it would have done. */
static void add_help(struct making *making)
{
    const struct spiral_session *session = making->debrief->game->session;
    static const struct {
        enum spiral_quantity quantity;
        enum spiral_play_word name;
        enum spiral_series_color color;
    } parts[] = {{SPIRAL_QUANTITY_commitment, SPIRAL_PLAY_WORD_pledged_curve, SPIRAL_COLOR_OTHER},
                 {SPIRAL_QUANTITY_believed, SPIRAL_PLAY_WORD_believed_curve, SPIRAL_COLOR_SMALL},
                 {SPIRAL_QUANTITY_guarantee, SPIRAL_PLAY_WORD_real_curve, SPIRAL_COLOR_OFFSHORE}};
    int patron = -1;

    for (size_t i = 0; i < session->base.state_count; i++)
        if (session->base.states[i].role == SPIRAL_OFFSHORE && patron < 0)
            patron = (int)i;
    if (patron < 0)
        return;

    struct spiral_played_panel *panel =
        add_panel(making,
                  keep_name(making, word(SPIRAL_PLAY_WORD_help_panel, making->language),
                            state_name(making, patron), ""),
                  0.0, 1.0, 0.8);

    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
        double *row = add_curve(making, panel, word(parts[part].name, making->language),
                                making->theme->series[parts[part].color]);
        for (size_t i = 0; i < making->debrief->count; i++)
            row[i] = session->rows[making->debrief->from + (long)i][parts[part].quantity];
    }
}

static void add_ladder(struct making *making)
{
    const struct spiral_session *session = making->debrief->game->session;
    const int rivals = session->plan->layout.count[SPIRAL_OF_RIVAL];
    struct spiral_played_panel *panel =
        add_panel(making, word(SPIRAL_PLAY_WORD_ladder_panel, making->language), 0.8, 5.2, 1.0);
    double *observed = add_curve(making, panel, word(SPIRAL_PLAY_WORD_record, making->language),
                                 making->theme->muted);

    panel->whole = true;
    panel->curves[0].dashed = true;
    panel->curves[0].steps = true;

    double *level = add_curve(making, panel, word(SPIRAL_PLAY_WORD_this_game, making->language),
                              making->theme->series[SPIRAL_COLOR_WAR]);

    panel->curves[1].steps = true;
    panel->curves[1].width = 1.8;

    for (size_t i = 0; i < making->debrief->count; i++) {
        const long step = making->debrief->from + (long)i;
        int highest = 0;
        for (int q = 0; q < rivals; q++) {
            const int seen = spiral_session_observed(session, q, step);
            highest = seen > highest ? seen : highest;
        }
        observed[i] = highest > 0 ? (double)highest : (double)NAN;
        level[i] = session->rows[step][SPIRAL_QUANTITY_hostility];
    }
}

static void add_gain(struct making *making)
{
    const struct spiral_debrief_gain *gain = &making->debrief->gain;
    double highest = 1.2;
    size_t first = 0;
    size_t last = 0;

    if (gain->count == 0)
        return;

    for (size_t i = 0; i < gain->count; i++) {
        first += gain->date[i] < making->figure->from - 1e-6;
        last += gain->date[i] < making->figure->until - 1e-6;
        highest = fmax(highest, 1.1 * gain->gain[i]);
    }

    struct spiral_played_panel *panel =
        add_panel(making, word(SPIRAL_PLAY_WORD_gain_panel, making->language), 0.0, highest, 0.8);

    panel->line = 1.0;
    panel->curves[panel->curve_count++] =
        (struct spiral_played_curve){.count = last - first,
                                     .x = gain->date + first,
                                     .y = gain->gain + first,
                                     .color = making->theme->series[SPIRAL_COLOR_INDEX],
                                     .width = 1.6};
}

/* The neighbour whose fear is shown: the first that has a seat, else the first. */
static int shown_neighbour(const struct spiral_game *game)
{
    for (size_t s = 0; s < game->setup.seat_count; s++)
        if (game->base.states[game->setup.seats[s]].role == SPIRAL_NEIGHBOUR)
            return game->setup.seats[s];
    return game->session->plan->layout.rivals[0].neighbour;
}

void spiral_debrief_figure(struct spiral_debrief *debrief, const struct spiral_theme *theme,
                           enum spiral_language language, struct spiral_debrief_names *names,
                           struct spiral_played_figure *figure)
{
    const struct spiral_game *game = debrief->game;
    struct making making = {debrief, theme, language, names, figure, 1};

    names->count = 0;
    *figure =
        (struct spiral_played_figure){.title = "",
                                      .subtitle = "",
                                      .from = spiral_plan_date(game->session->plan, debrief->from),
                                      .until = debrief->rounds[game->setup.rounds],
                                      .round_count = (size_t)game->setup.rounds + 1,
                                      .rounds = debrief->rounds,
                                      .shown = -1};
    for (size_t i = 0; i < debrief->count; i++)
        debrief->curves[i] = spiral_plan_date(game->session->plan, debrief->from + (long)i);

    add_fears(&making, game->base.small);
    add_fears(&making, shown_neighbour(game));
    add_arms(&making);
    add_help(&making);
    add_ladder(&making);
    add_gain(&making);
}

#pragma GCC diagnostic pop
