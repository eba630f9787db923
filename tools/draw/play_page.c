/* SPDX-License-Identifier: MIT */
#include "tools/draw/play_page.h"

#include <stdlib.h>
#include <string.h>

#include "render/figure/played.h"
#include "scenarios/loader/text_stream.h"
#include "sim/labels.h"
#include "tools/draw/html.h"
#include "tools/draw/play_gain.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

/* A page that is being written. */
struct writing {
    const struct spiral_play_table *table;
    struct spiral_debrief *debrief;
    FILE *out;
};

static const char *code(const struct writing *writing)
{
    return spiral_language_code(writing->table->language);
}

static const char *word(const struct writing *writing, enum spiral_play_word which)
{
    return spiral_play_word(which, code(writing));
}

static const char *name(const struct writing *writing, int state)
{
    return spiral_game_name(writing->table->game, state, code(writing));
}

static const char *move_label(const struct writing *writing, int move)
{
    return writing->table->language == SPIRAL_CHINESE ? spiral_moves[move].label_zh
                                                      : spiral_moves[move].label_en;
}

/* What stands between two things, and between a thing and what is said of it. */
static const char *separator(const struct writing *writing)
{
    return writing->table->language == SPIRAL_CHINESE ? "；" : "; ";
}

static const char *colon(const struct writing *writing)
{
    return writing->table->language == SPIRAL_CHINESE ? "：" : ": ";
}

/* A paragraph under a head; frees the text. */
static void write_paragraph(const struct writing *writing, const char *id,
                            enum spiral_play_word head, char *text)
{
    if (text != NULL) {
        spiral_html_heading(writing->out, id, word(writing, head));
        spiral_html_paragraph(writing->out, text);
    }

    free(text);
}

/* --- the curves ------------------------------------------------------------------------------- */

static bool write_figure(const struct writing *writing)
{
    static struct spiral_debrief_names names;
    static struct spiral_played_figure figure;
    struct spiral_page page;
    char *svg = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&svg, &size);
    const double width = 1000.0;
    const double height = 1100.0;

    if (out == NULL)
        return false;

    bool drawn =
        spiral_page_open(&page, out, "x.svg", width, height, 1.0, writing->table->theme) == NULL;

    if (drawn) {
        spiral_debrief_figure(writing->debrief, writing->table->theme, writing->table->language,
                              &names, &figure);
        spiral_played_draw(&page, &figure,
                           (struct spiral_rectangle){8.0, 4.0, width - 16.0, height - 12.0});
    }

    drawn = spiral_page_close(&page) == NULL && drawn;
    drawn = spiral_text_stream_close(out, &svg) && drawn &&
            spiral_html_figure(writing->out, svg, 1, word(writing, SPIRAL_PLAY_WORD_all_curves));
    free(svg);

    return drawn;
}

/* --- the rounds ------------------------------------------------------------------------------- */

/* What somebody does in a round, as text. The caller frees it. */
static char *acts_of(const struct writing *writing, const struct spiral_scenario *scenario,
                     int state, int round, bool courses)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out == NULL)
        return NULL;
    spiral_game_write_acts(writing->table->game, scenario, state, round, courses, code(writing),
                           out);

    spiral_text_stream_close(out, &text);

    return text;
}

/* The fears of a seat in a round, or the motives of those it fears, separated by commas. */
static void write_fears(const struct writing *writing, int state, int round, bool motives,
                        char text[600])
{
    const struct spiral_game *game = writing->table->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    const long begin = spiral_game_step(game, round);
    size_t length = 0;

    text[0] = '\0';

    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const int about = layout->perceptions[p].about;
        const char *between = length > 0 ? separator(writing) : "";
        if (layout->perceptions[p].of != state || length > 400)
            continue;
        if (motives)
            length += (size_t)snprintf(text + length, 600 - length, "%s%.100s%s%.2f", between,
                                       name(writing, about), colon(writing),
                                       spiral_game_motive(game, about, begin));
        else
            length += (size_t)snprintf(text + length, 600 - length, "%s%.100s%s%.2f → %.2f",
                                       between, name(writing, about), colon(writing),
                                       spiral_game_fear(game, state, about, begin),
                                       spiral_game_fear(game, state, about,
                                                        spiral_game_step(game, round + 1)));
    }
}

static void write_seat(const struct writing *writing, struct spiral_html_table *cells, int round,
                       size_t seat)
{
    const struct spiral_game *game = writing->table->game;
    const struct spiral_play_turn *turn = spiral_game_turn(game, round, seat);
    const int state = game->setup.seats[seat];
    char fears[600];
    char motives[600];
    char *acts = acts_of(writing, &game->scenario, state, round, false);

    write_fears(writing, state, round, false, fears);
    write_fears(writing, state, round, true, motives);
    spiral_html_cell(cells, "%s", name(writing, state));
    spiral_html_cell(cells, "%s", fears);
    spiral_html_cell(cells, "%s", motives);
    spiral_html_cell(cells, "%s", turn->intention[0] != '\0' ? turn->intention : "–");
    spiral_html_cell(cells, "%s%s%s",
                     spiral_game_course(game, &game->scenario, state, round, code(writing)),
                     separator(writing), acts != NULL ? acts : "");
    free(acts);
}

/* Proposals that were made in a round. */
static void write_offers(const struct writing *writing, int round)
{
    const struct spiral_game *game = writing->table->game;
    bool first = true;

    for (size_t o = 0; o < game->offer_count; o++) {
        const struct spiral_play_offer *offer = &game->offers[o];
        char text[400];
        if (offer->round != round)
            continue;
        snprintf(text, sizeof text, word(writing, SPIRAL_PLAY_WORD_offer_said),
                 name(writing, offer->actor), name(writing, offer->target),
                 move_label(writing, offer->move),
                 word(writing, offer->reply == SPIRAL_PLAY_ACCEPTED ? SPIRAL_PLAY_WORD_accepted
                               : offer->reply == SPIRAL_PLAY_REFUSED
                                   ? SPIRAL_PLAY_WORD_refused
                                   : SPIRAL_PLAY_WORD_unanswered));
        if (first)
            spiral_html_print(writing->out, "%s%s", word(writing, SPIRAL_PLAY_WORD_offers_made),
                              colon(writing));
        spiral_html_print(writing->out, "%s%s", first ? "" : separator(writing), text);
        first = false;
    }

    if (!first)
        fputs("<br>\n", writing->out);
}

/* What the states that nobody plays did in a round. */
static void write_empty_seats(const struct writing *writing, int round)
{
    const struct spiral_game *game = writing->table->game;
    const bool chinese = writing->table->language == SPIRAL_CHINESE;

    for (int state = 0; state < (int)game->base.state_count; state++) {
        const struct spiral_play_policy_label *policy =
            &spiral_play_policies[game->setup.policy[state]];
        char text[2000];
        char *acts = spiral_game_has_seat(game, state)
                         ? NULL
                         : acts_of(writing, &game->scenario, state, round, true);

        if (acts != NULL && strcmp(acts, word(writing, SPIRAL_PLAY_WORD_nothing)) != 0) {
            snprintf(text, sizeof text, word(writing, SPIRAL_PLAY_WORD_empty_did),
                     name(writing, state), chinese ? policy->zh : policy->en, acts);
            spiral_html_print(writing->out, "%s", text + 2); /* without the item's dash */
            fputs("<br>\n", writing->out);
        }

        free(acts);
    }
}

/* What happened in a round, and what history did in its years. */
static void write_outcome(const struct writing *writing, int round)
{
    const struct spiral_game *game = writing->table->game;
    const int highest = spiral_game_highest(game, round);
    const int observed = spiral_game_observed(game, round);
    const enum spiral_language language = writing->table->language;
    char record[64];
    char text[300];

    snprintf(record, sizeof record, "%s", word(writing, SPIRAL_PLAY_WORD_unknown));
    if (observed > 0)
        snprintf(record, sizeof record, word(writing, SPIRAL_PLAY_WORD_level_item), observed,
                 spiral_label_in(&spiral_level_labels[observed - 1], language));
    snprintf(text, sizeof text, word(writing, SPIRAL_PLAY_WORD_level_reached), highest,
             spiral_label_in(&spiral_level_labels[highest - 1], language), record);

    fputs("<p>", writing->out);
    write_empty_seats(writing, round);
    write_offers(writing, round);
    spiral_html_print(writing->out, "%s", text + 2); /* without the item's dash */
    fprintf(writing->out, "<br>\n<span class=\"muted\">");
    spiral_html_print(writing->out, "%s%s", word(writing, SPIRAL_PLAY_WORD_history),
                      colon(writing));

    bool first = true;

    for (int state = 0; state < (int)game->base.state_count; state++) {
        char *acts = acts_of(writing, &game->base, state, round, true);
        if (acts != NULL && strcmp(acts, word(writing, SPIRAL_PLAY_WORD_nothing)) != 0) {
            spiral_html_print(writing->out, "%s%s%s%s",
                              first                                        ? ""
                              : writing->table->language == SPIRAL_CHINESE ? "。"
                                                                           : ". ",
                              name(writing, state), colon(writing), acts);
            first = false;
        }
        free(acts);
    }

    if (first)
        spiral_html_print(writing->out, "%s", word(writing, SPIRAL_PLAY_WORD_nothing));
    fputs("</span></p>\n", writing->out);
}

static void write_events(const struct writing *writing, int round)
{
    const struct spiral_game *game = writing->table->game;
    const double from = writing->debrief->rounds[round];
    const double until = writing->debrief->rounds[round + 1];

    for (size_t e = 0; e < game->setup.events.count; e++) {
        const struct spiral_play_event *event = &game->setup.events.items[e];
        if (event->date < from - 1e-9 || event->date >= until - 1e-9)
            continue;
        fputs("<p>", writing->out);
        spiral_html_print(writing->out, "%s %s", event->date_text,
                          spiral_text_get(&event->text, code(writing)));
        fputs("</p>\n", writing->out);
    }
}

/* Whether all of them were written: each needs memory. */
static bool write_rounds(const struct writing *writing)
{
    const struct spiral_game *game = writing->table->game;
    const char *const heads[] = {word(writing, SPIRAL_PLAY_WORD_who),
                                 word(writing, SPIRAL_PLAY_WORD_feared),
                                 word(writing, SPIRAL_PLAY_WORD_other_motive),
                                 word(writing, SPIRAL_PLAY_WORD_thought_head),
                                 word(writing, SPIRAL_PLAY_WORD_did)};

    spiral_html_heading(writing->out, "rounds", word(writing, SPIRAL_PLAY_WORD_rounds));

    for (int round = 0; round < game->setup.rounds; round++) {
        struct spiral_html_table cells;
        char *title = NULL;
        size_t size = 0;
        FILE *out = spiral_text_stream_open(&title, &size);

        if (out != NULL)
            spiral_game_write_title(game, round, code(writing), out);
        if (!spiral_text_stream_close(out, &title))
            return false;

        fputs("<section class=\"round\">\n<h3>", writing->out);
        spiral_html_text(writing->out, title);
        fputs("</h3>\n", writing->out);
        write_events(writing, round);
        spiral_html_table_begin(&cells, writing->out,
                                word(writing, SPIRAL_PLAY_WORD_rounds_caption), heads,
                                sizeof heads / sizeof *heads);
        for (size_t s = 0; s < game->setup.seat_count; s++)
            write_seat(writing, &cells, round, s);
        spiral_html_table_end(&cells);
        write_outcome(writing, round);
        fputs("</section>\n", writing->out);
        free(title);
    }

    return true;
}

/* --- the page --------------------------------------------------------------------------------- */

/* Items of a text that has one a line, each after a dash. */
static void write_list(FILE *out, const char *text)
{
    fputs("<ul>\n", out);

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        fputs("<li>", out);
        spiral_html_print(out, "%.*s", (int)length - 2, text + 2);
        fputs("</li>\n", out);
        text += length + (text[length] == '\n');
    }

    fputs("</ul>\n", out);
}

/* Who played what, and when. */
static void write_seats(const struct writing *writing)
{
    const struct spiral_game *game = writing->table->game;
    const bool chinese = writing->table->language == SPIRAL_CHINESE;
    char seats[800] = "";
    char from[12];
    char until[12];
    char text[1000];
    size_t length = 0;

    for (int state = 0; state < (int)game->base.state_count && length < 600; state++) {
        const struct spiral_play_policy_label *policy =
            &spiral_play_policies[game->setup.policy[state]];
        const bool seat = spiral_game_has_seat(game, state);
        length += (size_t)snprintf(seats + length, sizeof seats - length,
                                   chinese ? "%s%.100s（%s）" : "%s%.100s (%s)",
                                   length == 0 ? ""
                                   : chinese   ? "、"
                                               : ", ",
                                   name(writing, state),
                                   seat      ? word(writing, SPIRAL_PLAY_WORD_a_seat)
                                   : chinese ? policy->zh
                                             : policy->en);
    }

    spiral_date_format(writing->debrief->rounds[0], from);
    spiral_date_format(writing->debrief->rounds[game->setup.rounds], until);
    snprintf(text, sizeof text, word(writing, SPIRAL_PLAY_WORD_played_by), from, until,
             game->setup.rounds, game->setup.years, seats);
    spiral_html_paragraph(writing->out, text);
}

static bool write_body(const struct writing *writing)
{
    const struct spiral_game *game = writing->table->game;
    const enum spiral_language language = writing->table->language;
    char title[300];
    char state[24];
    char made[600];

    snprintf(title, sizeof title, "%s%s%.200s", word(writing, SPIRAL_PLAY_WORD_debrief),
             colon(writing), spiral_figure_title(&game->base, language));
    spiral_html_begin(writing->out, code(writing), title, writing->table->theme);
    write_seats(writing);
    write_paragraph(writing, "happened", SPIRAL_PLAY_WORD_what_happened,
                    spiral_debrief_summary(writing->debrief, language));
    write_paragraph(writing, "luck", SPIRAL_PLAY_WORD_luck,
                    spiral_debrief_luck(writing->debrief, language));
    write_paragraph(writing, "gain", SPIRAL_PLAY_WORD_gain,
                    spiral_debrief_gain_text(writing->debrief, language));
    spiral_html_heading(writing->out, "discuss", word(writing, SPIRAL_PLAY_WORD_discuss));
    write_list(writing->out, word(writing, SPIRAL_PLAY_WORD_questions));
    fputs("<div class=\"tall\">\n", writing->out);
    if (!write_figure(writing))
        return false;
    fputs("</div>\n", writing->out);
    if (!write_rounds(writing))
        return false;

    snprintf(state, sizeof state, "%016llx", (unsigned long long)spiral_game_hash(game));
    snprintf(made, sizeof made, word(writing, SPIRAL_PLAY_WORD_made_with), SPIRAL_VERSION,
             game->base.name, (unsigned long long)game->setup.seed, state);
    fputs("<p class=\"muted\">", writing->out);
    spiral_html_text(writing->out, made);
    fputs("</p>\n", writing->out);
    spiral_html_end(writing->out);

    return true;
}

int spiral_play_write_page(const struct spiral_play_table *table)
{
    struct spiral_debrief debrief;
    struct spiral_error error;
    struct spiral_output output;
    const char *const inputs[] = {table->save, NULL};

    if (table->page == NULL)
        return SPIRAL_EXIT_OK;

    int exit_status = spiral_output_open(&output, SPIRAL_OUTPUT_DATA, table->page, inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const enum spiral_status status =
        spiral_debrief_create(&debrief, table->game, spiral_play_measure_gain, &error);
    const struct writing writing = {table, &debrief, output.file};

    if (status != SPIRAL_OK) {
        exit_status = spiral_complain_error(&error);
    } else if (!write_body(&writing)) {
        spiral_complain("play: no memory for the debrief, or its curves cannot be drawn");
        exit_status = SPIRAL_EXIT_FAILED;
    }

    spiral_debrief_clear(&debrief);

    return spiral_output_close(&output, exit_status);
}

#pragma GCC diagnostic pop
