/* SPDX-License-Identifier: MIT
 *
 * The screen of a turn: the briefing and the seat's own curves at the left, its choices at the
 * right. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/window/play_screens.h"
#include "render/window/play_text.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

enum { MOST_NAMES = 24 };

static const char *word(const struct spiral_play_window *window, enum spiral_play_word which)
{
    return spiral_play_word(which, spiral_language_code(window->language));
}

static const char *label(const struct spiral_play_window *window, const char *en, const char *zh)
{
    return window->language == SPIRAL_CHINESE ? zh : en;
}

static const char *name(const struct spiral_play_window *window, int state)
{
    return spiral_game_name(window->game, state, spiral_language_code(window->language));
}

static const char *move_name(const struct spiral_play_window *window, int move)
{
    return label(window, spiral_moves[move].label_en, spiral_moves[move].label_zh);
}

/* --- the seat's own curves -------------------------------------------------------------------- */

static struct spiral_color color_of(const struct spiral_play_window *window, int state)
{
    return spiral_themes[window->theme].series[spiral_state_color(&window->game->base, state)];
}

static void add_curve(struct spiral_played_panel *panel, const struct spiral_play_sight *sight,
                      const double *y, const char *curve_name, struct spiral_color color)
{
    panel->curves[panel->curve_count++] = (struct spiral_played_curve){.name = curve_name,
                                                                       .count = sight->count,
                                                                       .x = sight->date,
                                                                       .y = y,
                                                                       .color = color,
                                                                       .width = 1.4};
}

/* The threats that it perceives; its arms, and what was pledged and is believed. */
static void draw_curves(struct spiral_play_window *window, struct spiral_page *page,
                        struct spiral_rectangle at)
{
    const struct spiral_game *game = window->game;
    const int state = spiral_game_state(game);
    const struct spiral_theme *theme = &spiral_themes[window->theme];
    struct spiral_play_sight sight;
    double rounds[SPIRAL_PLAY_ROUNDS + 1];
    char names[MOST_NAMES][160];
    size_t named = 0;

    if (spiral_play_sight_of(game, state, &sight) != SPIRAL_OK)
        return;
    for (int round = 0; round <= game->round; round++)
        rounds[round] = spiral_game_date(game, round);

    const double now = sight.date[sight.count - 1];
    struct spiral_played_figure figure = {
        .title = "",
        .subtitle = "",
        .from = fmax(sight.date[0], fmin(rounds[0] - 4.0, now - 8.0)),
        .until = fmax(now, sight.date[0] + 1.0),
        .round_count = (size_t)game->round + 1,
        .rounds = rounds,
        .shown = -1,
        .panel_count = 2,
        .panels = {{.name = word(window, SPIRAL_PLAY_WORD_your_fear),
                    .high = 1.0,
                    .line = NAN,
                    .share = 1.0},
                   {.name = word(window, SPIRAL_PLAY_WORD_your_means),
                    .high = 1.0,
                    .line = NAN,
                    .share = 1.0}}};

    for (size_t i = 0; i < sight.about_count; i++)
        add_curve(&figure.panels[0], &sight, sight.threat[i], name(window, sight.about[i]),
                  color_of(window, sight.about[i]));
    add_curve(&figure.panels[1], &sight, sight.arms, word(window, SPIRAL_PLAY_WORD_arms_panel),
              color_of(window, state));

    for (size_t i = 0; i < sight.patron_count && named + 2 < MOST_NAMES && i < 3; i++) {
        snprintf(names[named], sizeof names[named], "%s: %s", name(window, sight.patron[i]),
                 word(window, SPIRAL_PLAY_WORD_pledged_curve));
        add_curve(&figure.panels[1], &sight, sight.pledged[i], names[named++],
                  theme->series[SPIRAL_COLOR_OTHER]);
        if (sight.believed[i] == NULL)
            continue;
        snprintf(names[named], sizeof names[named], "%s: %s", name(window, sight.patron[i]),
                 word(window, SPIRAL_PLAY_WORD_believed_curve));
        add_curve(&figure.panels[1], &sight, sight.believed[i], names[named++],
                  theme->series[SPIRAL_COLOR_OFFSHORE]);
    }

    spiral_played_draw(page, &figure, at);
    spiral_play_sight_clear(&sight);
}

/* --- the column of choices -------------------------------------------------------------------- */

/* The column while it is drawn: where the next widget comes. */
struct column {
    struct spiral_play_window *window;
    struct spiral_ui *ui;
    struct spiral_page *page;
    double x;
    double y;
    double width;
    double line; /* height of a widget */
};

static void draw_head(struct column *column, const char *text)
{
    column->y += 6.0 * column->page->scale;
    column->y += spiral_text_draw(column->page, SPIRAL_TEXT_heading, text, column->x, column->y,
                                  0.0, 0.0, &(struct spiral_text_form){.width = column->width})
                     .height +
                 4.0 * column->page->scale;
}

static void draw_note(struct column *column, const char *text)
{
    column->y += spiral_text_draw(column->page, SPIRAL_TEXT_caption, text, column->x, column->y,
                                  0.0, 0.0, &(struct spiral_text_form){.width = column->width})
                     .height +
                 5.0 * column->page->scale;
}

static struct spiral_rectangle next_row(struct column *column)
{
    const struct spiral_rectangle row = {column->x, column->y, column->width, column->line};
    column->y += column->line + 6.0 * column->page->scale;
    return row;
}

static void draw_intention(struct column *column)
{
    struct spiral_play_window *window = column->window;

    draw_head(column, word(window, SPIRAL_PLAY_WORD_intention));

    const struct spiral_rectangle at = {column->x, column->y, column->width, 3.2 * column->line};

    spiral_play_field_draw(&window->field, column->ui, at);
    column->y += at.height + 6.0 * column->page->scale;
}

/* Whether a proposal is accepted in the turn that is being made; and the change of that. */
static size_t find_answer(const struct spiral_play_turn *turn,
                          const struct spiral_play_offer *offer)
{
    size_t a = 0;

    while (a < turn->accept_count &&
           (turn->accepts[a].from != offer->actor || turn->accepts[a].move != offer->move))
        a++;

    return a;
}

static void draw_proposals(struct column *column)
{
    struct spiral_play_window *window = column->window;
    struct spiral_play_turn *turn = &window->turn;
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count =
        spiral_game_proposals(window->game, spiral_game_state(window->game), index);
    const double half = 0.5 * (column->width - 6.0 * column->page->scale);

    if (count > 0)
        draw_head(column, word(window, SPIRAL_PLAY_WORD_table));

    for (size_t i = 0; i < count; i++) {
        const struct spiral_play_offer *offer = &window->game->offers[index[i]];
        const size_t answer = find_answer(turn, offer);
        const bool accepted = answer < turn->accept_count;
        char text[300];
        snprintf(text, sizeof text, "%s: %s", name(window, offer->actor),
                 move_name(window, offer->move));
        draw_note(column, text);

        struct spiral_rectangle at = next_row(column);
        at.width = half;
        if (spiral_ui_button(column->ui, at, word(window, SPIRAL_PLAY_WORD_accept), accepted) &&
            !accepted)
            turn->accepts[turn->accept_count++] =
                (struct spiral_play_answer){offer->actor, offer->move};
        at.x += half + 6.0 * column->page->scale;
        if (spiral_ui_button(column->ui, at, word(window, SPIRAL_PLAY_WORD_refuse), !accepted) &&
            accepted)
            turn->accepts[answer] = turn->accepts[--turn->accept_count];
    }
}

/* The courses of the seat's role, after "keep". */
struct courses {
    const struct spiral_play_window *window;
    int count;
    int preset[SPIRAL_DOCTRINES + 1]; /* -1: kept */
};

static const char *course_item(const void *context, int i)
{
    const struct courses *courses = context;
    const int preset = courses->preset[i];

    return preset < 0 ? word(courses->window, SPIRAL_PLAY_WORD_keep_course)
                      : label(courses->window, spiral_doctrines[preset].label_en,
                              spiral_doctrines[preset].label_zh);
}

static void draw_course(struct column *column)
{
    struct spiral_play_window *window = column->window;
    const int state = spiral_game_state(window->game);
    static struct courses courses; /* an open menu reads it after this function */

    courses = (struct courses){.window = window, .count = 1, .preset = {-1}};
    for (int d = 0; d < SPIRAL_DOCTRINES; d++)
        if (spiral_doctrines[d].role == window->game->base.states[state].role)
            courses.preset[courses.count++] = d;
    spiral_ui_menu(column->ui, next_row(column), word(window, SPIRAL_PLAY_WORD_course), course_item,
                   &courses, courses.count, &window->course);
    window->turn.course = courses.preset[window->course];
    if (window->turn.course >= 0 && window->language == SPIRAL_ENGLISH)
        draw_note(column, spiral_doctrines[window->turn.course].doc);
}

/* The targets of a seat: the states that it has a move towards, and nobody; and the moves
 * towards one. */
struct choices {
    const struct spiral_play_window *window;
    int target_count;
    int target[SPIRAL_MAX_STATES + 1];
    int move_count;
    int move[SPIRAL_MOVES];
};

static const char *target_item(const void *context, int i)
{
    const struct choices *choices = context;

    return choices->target[i] < 0 ? "—" : name(choices->window, choices->target[i]);
}

static const char *move_item(const void *context, int i)
{
    const struct choices *choices = context;

    return move_name(choices->window, choices->move[i]);
}

static void list_choices(const struct spiral_play_window *window, struct choices *choices)
{
    const struct spiral_game *game = window->game;
    const int state = spiral_game_state(game);

    *choices = (struct choices){.window = window};

    for (int i = 0; i <= (int)game->base.state_count; i++) {
        const int target = i < (int)game->base.state_count ? i : -1;
        bool any = false;
        for (int move = 0; move < SPIRAL_MOVES && !any; move++)
            any = spiral_game_objection(game, state, move, target) == SPIRAL_PLAY_WORD_ok;
        if (any)
            choices->target[choices->target_count++] = target;
    }
}

static void list_moves(const struct spiral_play_window *window, int target, struct choices *choices)
{
    const int state = spiral_game_state(window->game);

    choices->move_count = 0;
    for (int move = 0; move < SPIRAL_MOVES; move++)
        if (spiral_game_objection(window->game, state, move, target) == SPIRAL_PLAY_WORD_ok)
            choices->move[choices->move_count++] = move;
}

/* What a move means, for the one that is looked at. */
static void draw_move_note(struct column *column, int move, int target)
{
    const struct spiral_play_window *window = column->window;
    char text[400];

    if (window->language == SPIRAL_ENGLISH)
        draw_note(column, spiral_moves[move].doc);

    if (spiral_moves[move].consent && target >= 0) {
        snprintf(text, sizeof text, word(window, SPIRAL_PLAY_WORD_is_proposal),
                 name(window, target));
        draw_note(column, text);
    }
}

static bool is_chosen(const struct spiral_play_turn *turn, int move, int target)
{
    for (size_t m = 0; m < turn->move_count; m++)
        if (turn->moves[m].move == move && turn->moves[m].target == target)
            return true;
    return false;
}

static void draw_chosen(struct column *column)
{
    struct spiral_play_window *window = column->window;
    struct spiral_play_turn *turn = &window->turn;
    char text[400];

    column->y += 4.0 * column->page->scale;
    if (turn->move_count == 0)
        draw_note(column, word(window, SPIRAL_PLAY_WORD_no_moves));

    for (size_t m = 0; m < turn->move_count; m++) {
        const struct spiral_play_act *act = &turn->moves[m];
        struct spiral_rectangle at = next_row(column);
        snprintf(text, sizeof text, "%s%s%s", move_name(window, act->move),
                 act->target < 0 ? "" : " → ", act->target < 0 ? "" : name(window, act->target));
        spiral_text_draw(column->page, SPIRAL_TEXT_tick, text, at.x, at.y + 0.5 * at.height, 0.0,
                         0.5, &(struct spiral_text_form){.color = &column->page->theme->ink});
        at.x += 0.76 * at.width;
        at.width *= 0.24;

        if (spiral_ui_button(column->ui, at, word(window, SPIRAL_PLAY_WORD_remove), false)) {
            memmove(&turn->moves[m], &turn->moves[m + 1],
                    (--turn->move_count - m) * sizeof *turn->moves);
            break;
        }
    }
}

static void draw_moves(struct column *column)
{
    struct spiral_play_window *window = column->window;
    struct spiral_play_turn *turn = &window->turn;
    static struct choices choices; /* an open menu reads it after this function */
    char text[200];

    list_choices(window, &choices);
    window->target = window->target < choices.target_count ? window->target : 0;
    snprintf(text, sizeof text, word(window, SPIRAL_PLAY_WORD_your_moves), SPIRAL_PLAY_MOVES);
    draw_head(column, text);
    if (spiral_ui_menu(column->ui, next_row(column), word(window, SPIRAL_PLAY_WORD_target),
                       target_item, &choices, choices.target_count, &window->target))
        window->move = 0;

    const int target = choices.target[window->target];

    list_moves(window, target, &choices);
    window->move = window->move < choices.move_count ? window->move : 0;

    struct spiral_rectangle at = next_row(column);
    struct spiral_rectangle add = at;

    at.width *= 0.76;
    add.x += 0.78 * add.width;
    add.width *= 0.22;
    spiral_ui_menu(column->ui, at, word(window, SPIRAL_PLAY_WORD_move), move_item, &choices,
                   choices.move_count, &window->move);

    const int move = choices.move[window->move];

    column->ui->disabled = turn->move_count == SPIRAL_PLAY_MOVES || is_chosen(turn, move, target);
    if (spiral_ui_button(column->ui, add, word(window, SPIRAL_PLAY_WORD_add_move), false))
        turn->moves[turn->move_count++] = (struct spiral_play_act){move, target};
    column->ui->disabled = false;
    draw_move_note(column, move, target);
    draw_chosen(column);
}

/* --- the screen ------------------------------------------------------------------------------- */

static void end_turn(struct spiral_play_window *window)
{
    struct spiral_error error;
    struct spiral_play_turn turn = window->turn;
    char said[SPIRAL_NOTICE_SIZE] = "";

    spiral_play_clean(window->field.text, turn.intention);
    turn.round = window->game->round + 1;
    turn.seat = spiral_game_state(window->game);

    if (!spiral_notice_check(&window->notice, spiral_game_decide(window->game, &turn, &error),
                             &error))
        return;
    spiral_play_begin_phase(window);
    if (window->options.keep != NULL)
        spiral_notice_check(&window->notice,
                            window->options.keep(window->options.context, false, window->language,
                                                 said, &error),
                            &error);
}

void spiral_play_draw_turn(struct spiral_play_window *window, struct spiral_page *page)
{
    const double unit = page->scale;
    const double margin = 16.0 * unit;
    const double width = 0.58 * page->width;
    const double curves = fmax(0.36 * page->height, 180.0 * unit);
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    char *text = spiral_play_tell(window->game, spiral_language_code(window->language));
    struct column column = {.window = window,
                            .ui = &window->ui,
                            .page = page,
                            .x = width + 2.0 * margin,
                            .width = page->width - width - 3.5 * margin,
                            .line = line + 12.0 * unit};
    const struct spiral_rectangle room = {column.x, margin, column.width,
                                          page->height - 3.0 * margin - column.line};

    /* the choices come first, so that Tab begins there */
    spiral_ui_scroll_begin(&window->ui, room);
    column.y = room.y - window->column_scroll;
    draw_intention(&column);
    draw_proposals(&column);
    draw_course(&column);
    draw_moves(&column);
    spiral_ui_scroll_end(&window->ui, column.y + window->column_scroll - room.y,
                         &window->column_scroll);

    spiral_play_draw_scrolled(&window->ui, text,
                              (struct spiral_rectangle){margin, margin, width - margin,
                                                        page->height - curves - 2.0 * margin},
                              &window->text_scroll);
    free(text);
    draw_curves(window, page,
                (struct spiral_rectangle){margin, page->height - curves - 0.5 * margin,
                                          width - margin, curves});

    const struct spiral_rectangle done = {column.x, page->height - margin - column.line,
                                          column.width, column.line};

    if (spiral_ui_button(&window->ui, done, word(window, SPIRAL_PLAY_WORD_done), true))
        end_turn(window);
}

#pragma GCC diagnostic pop
