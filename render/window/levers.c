/* SPDX-License-Identifier: MIT
 *
 * The column of choices: doctrines and their numbers, moves, constants, the log.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/window/view.h"

/* The column while it is drawn: where the next widget comes. */
struct column {
    struct spiral_view *view;
    struct spiral_page *page;
    struct spiral_rectangle at;
    double y;
};

static struct spiral_rectangle next(struct column *column, double height, double gap)
{
    const struct spiral_rectangle at = {column->at.x, column->y, column->at.width, height};
    column->y += height + gap;
    return at;
}

static double line_height(const struct column *column)
{
    return spiral_text_measure(column->page, SPIRAL_TEXT_tick, "0", NULL).height;
}

static void heading(struct column *column, const char *text)
{
    const double height = line_height(column) + 4.0 * column->page->scale;
    const struct spiral_rectangle at = next(column, height, 2.0 * column->page->scale);

    spiral_text_draw(column->page, SPIRAL_TEXT_note, text, at.x, at.y + height, 0.0, 1.0, NULL);
    column->y += 5.0 * column->page->scale;
}

/* --- menus ------------------------------------------------------------------------------------ */

static const char *state_name(const void *context, int i)
{
    const struct spiral_view *view = context;
    return spiral_figure_text(&view->session->scenario.states[i].name, view->language);
}

static const char *doctrine_name(const void *context, int i)
{
    const struct spiral_view *view = context;
    return view->language == SPIRAL_CHINESE ? spiral_doctrines[i].label_zh
                                            : spiral_doctrines[i].label_en;
}

static void choose_state(struct column *column, enum spiral_phrase label, int *state)
{
    spiral_ui_menu(&column->view->ui,
                   next(column, line_height(column) + 10.0 * column->page->scale,
                        6.0 * column->page->scale),
                   spiral_phrase(column->view, label), state_name, column->view,
                   (int)column->view->session->scenario.state_count, state);
}

/* --- sliders ---------------------------------------------------------------------------------- */

/* A number with its unit. */
static void write_number(char text[32], const struct spiral_field *field, double value,
                         enum spiral_language language)
{
    static const struct {
        const char *unit, *en, *zh;
    } units[] = {{"1", "", ""}, {"y", " y", " 年"}, {"1/sqrt(y)", " /√y", " /√年"}};
    const char *unit = field->unit;
    const char *space = " ";

    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (strcmp(field->unit, units[u].unit) == 0) {
            unit = language == SPIRAL_CHINESE ? units[u].zh : units[u].en;
            space = "";
        }

    snprintf(text, 32, "%.3g%s%s", value, space, unit);
}

/* A slider of a number, which is called `name` and stands at `value` now. */
static void number(struct column *column, const char *name, const struct spiral_field *field,
                   double value)
{
    struct spiral_view *view = column->view;
    const double height = 2.0 * line_height(column) + 2.0 * column->page->scale;
    char text[32];
    struct spiral_error error;

    write_number(text, field, value, view->language);
    if (spiral_ui_slider(&view->ui, next(column, height, 4.0 * column->page->scale),
                         view->language == SPIRAL_CHINESE ? field->label_zh : field->label_en,
                         &value, field->low, field->high, text))
        spiral_view_tell(view, spiral_session_set(view->session, name, value, &error), &error);
}

static const struct spiral_field *state_fact(const char *name)
{
    for (int f = 0; f < SPIRAL_STATE_FACTS; f++)
        if (strcmp(spiral_state_fact_fields[f].name, name) == 0)
            return &spiral_state_fact_fields[f];
    return NULL;
}

/* --- the tabs --------------------------------------------------------------------------------- */

static void doctrine_tab(struct column *column)
{
    struct spiral_view *view = column->view;
    struct spiral_error error;
    const struct spiral_doctrine *preset = NULL;
    char name[96];

    choose_state(column, SPIRAL_PHRASE_state, &view->state);

    double numbers[SPIRAL_DOCTRINE_NUMBERS]; /* a copy: a choice makes another scenario */

    spiral_session_doctrine(view->session, view->state, &preset);

    int chosen = preset != NULL ? (int)(preset - spiral_doctrines) : -1;

    if (spiral_ui_menu(&view->ui,
                       next(column, line_height(column) + 10.0 * column->page->scale,
                            4.0 * column->page->scale),
                       spiral_phrase(view, SPIRAL_PHRASE_doctrine), doctrine_name, view,
                       SPIRAL_DOCTRINES, &chosen))
        spiral_view_tell(view,
                         spiral_session_take_course(view->session, view->state,
                                                    spiral_doctrines[chosen].name, &error),
                         &error);
    heading(column, spiral_phrase(view, SPIRAL_PHRASE_from_now));

    const char *id = view->session->base.states[view->state].id;

    memcpy(numbers, spiral_session_doctrine(view->session, view->state, NULL), sizeof numbers);

    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
        snprintf(name, sizeof name, "doctrine.%s.%s", id, spiral_doctrine_fields[n].name);
        number(column, name, &spiral_doctrine_fields[n], numbers[n]);
    }

    const struct spiral_session *session = view->session;
    const double date = spiral_plan_date(session->plan, session->present + 1);
    const struct spiral_state_facts *state = &session->scenario.states[view->state];

    const struct {
        const char *name;
        enum spiral_entry_kind kind;
        double first;
    } facts[] = {{"greed", SPIRAL_ENTRY_GREED, state->greed},
                 {"resolve", SPIRAL_ENTRY_RESOLVE, state->resolve}};

    for (int f = 0; f < 2; f++) {
        const struct spiral_entry *change =
            spiral_course_change(&session->scenario, facts[f].kind, view->state, date);
        snprintf(name, sizeof name, "%s.%s", id, facts[f].name);
        number(column, name, state_fact(facts[f].name),
               change != NULL ? change->value : facts[f].first);
    }
}

/* Whether a move between two states can be made: towards one that the case has a pair of; to arm
 * and to disarm are acts without a target too. */
static bool is_open(const struct spiral_view *view, int move, bool pair)
{
    return pair ||
           ((move == SPIRAL_MOVE_arm || move == SPIRAL_MOVE_disarm) && view->actor == view->target);
}

static void moves_tab(struct column *column)
{
    struct spiral_view *view = column->view;
    struct spiral_error error;
    const double unit = column->page->scale;
    const double height = line_height(column) + 8.0 * unit;
    const double half = 0.5 * (column->at.width - 6.0 * unit);

    choose_state(column, SPIRAL_PHRASE_actor, &view->actor);
    choose_state(column, SPIRAL_PHRASE_target, &view->target);

    const bool pair =
        view->actor != view->target &&
        spiral_scenario_find_pair(&view->session->base, view->actor, view->target) != NULL;

    heading(column, spiral_phrase(view, pair ? SPIRAL_PHRASE_from_now : SPIRAL_PHRASE_no_pair));

    for (int move = 0; move < SPIRAL_MOVES; move++) {
        const struct spiral_rectangle at = {column->at.x + (move % 2) * (half + 6.0 * unit),
                                            column->y, half, height};
        if (move % 2 == 1 || move + 1 == SPIRAL_MOVES)
            column->y += height + 5.0 * unit;
        view->ui.disabled = !is_open(view, move, pair);

        if (spiral_ui_button(&view->ui, at,
                             view->language == SPIRAL_CHINESE ? spiral_moves[move].label_zh
                                                              : spiral_moves[move].label_en,
                             false))
            spiral_view_tell(view,
                             spiral_session_move(view->session, view->actor,
                                                 pair ? view->target : -1, move, 1.0, &error),
                             &error);
        view->ui.disabled = false;
    }
}

static void model_tab(struct column *column)
{
    /* the constants that a lesson is about, in the order of the model's stages */
    static const enum spiral_constant shown[] = {
        SPIRAL_K_capability,  SPIRAL_K_encircle, SPIRAL_K_conduct,    SPIRAL_K_othering,
        SPIRAL_K_reassure,    SPIRAL_K_noise,    SPIRAL_K_arms_react, SPIRAL_K_commit_rise,
        SPIRAL_K_belief_base, SPIRAL_K_tripwire, SPIRAL_K_window,     SPIRAL_K_loss,
        SPIRAL_K_prize,       SPIRAL_K_trade,
    };
    char name[96];
    struct spiral_constants constants = column->view->session->constants;

    heading(column, spiral_phrase(column->view, SPIRAL_PHRASE_whole_run));

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        snprintf(name, sizeof name, "k.%s", spiral_constant_fields[shown[i]].name);
        number(column, name, &spiral_constant_fields[shown[i]],
               *spiral_constant_at(&constants, shown[i]));
    }
}

/* A small button, and a text beside it over as many lines as it needs. */
static bool entry(struct column *column, const char *label, const char *text)
{
    const double unit = column->page->scale;
    const double button =
        spiral_text_measure(column->page, SPIRAL_TEXT_tick, "0000-00", NULL).width + 12.0 * unit;
    const struct spiral_text_form form = {.width = column->at.width - button - 8.0 * unit};
    const double least = line_height(column) + 4.0 * unit;
    const double height =
        spiral_text_measure(column->page, SPIRAL_TEXT_caption, text, &form).height;
    const struct spiral_rectangle at = next(column, fmax(least, height), 5.0 * unit);

    spiral_text_draw(column->page, SPIRAL_TEXT_caption, text, at.x + button + 8.0 * unit,
                     at.y + 0.5 * at.height, 0.0, 0.5, &form);

    return spiral_ui_button(&column->view->ui,
                            (struct spiral_rectangle){at.x, at.y + 0.5 * (at.height - least),
                                                      button, least},
                            label, false);
}

/* The branches, each with its risk and a button that drops it. */
static void list_branches(struct column *column)
{
    struct spiral_view *view = column->view;
    const struct spiral_session *session = view->session;
    size_t dropped = SPIRAL_SESSION_GHOSTS;

    if (session->ghost_count > 0)
        heading(column, spiral_phrase(view, SPIRAL_PHRASE_branches));

    for (size_t g = 0; g < session->ghost_count; g++) {
        const struct spiral_ghost *ghost = &session->ghosts[g];
        char text[160];
        char date[12];
        spiral_date_format(spiral_plan_date(session->plan, ghost->present), date);

        int length = snprintf(text, sizeof text, "%s (%s, %s %llu)", ghost->name, date,
                              spiral_word(SPIRAL_WORD_seed, view->language),
                              (unsigned long long)ghost->seed);

        if (ghost->war != NULL)
            snprintf(text + length, sizeof text - (size_t)length, ": %s %.0f %%",
                     spiral_word(SPIRAL_WORD_risk_of_war, view->language),
                     100.0 * ghost->war[ghost->steps]);
        if (entry(column, spiral_phrase(view, SPIRAL_PHRASE_drop), text))
            dropped = g;
    }

    if (dropped < session->ghost_count)
        spiral_session_drop_ghost(view->session, dropped);
}

static void log_tab(struct column *column)
{
    struct spiral_view *view = column->view;
    struct spiral_session *session = view->session;

    list_branches(column);
    heading(column, spiral_phrase(view, session->choice_count == 0 ? SPIRAL_PHRASE_no_choice
                                                                   : SPIRAL_PHRASE_choices));

    for (size_t i = session->choice_count; i-- > 0;) { /* the latest first */
        const struct spiral_choice *choice = &session->choices[i];
        char date[12];
        snprintf(date, sizeof date, "%.7s", choice->dated ? choice->date_text : "—");
        view->ui.disabled = !choice->dated;
        if (entry(column, date,
                  view->language == SPIRAL_CHINESE ? choice->text_zh : choice->text_en))
            spiral_session_seek(session, choice->step);
        view->ui.disabled = false;
    }
}

/* A tab's content, in a window that scrolls. */
static void draw_tab(struct column *column, void (*content)(struct column *column))
{
    struct spiral_view *view = column->view;
    double *scroll = &view->scroll[view->tab];
    const struct spiral_rectangle window = {column->at.x, column->y, column->at.width,
                                            column->at.y + column->at.height - column->y};
    const double top = column->y -= *scroll;

    spiral_ui_scroll_begin(&view->ui, window);
    content(column);
    spiral_ui_scroll_end(&view->ui, column->y - top, scroll);
}

void spiral_view_draw_levers(struct spiral_view *view, struct spiral_rectangle at)
{
    static const enum spiral_phrase names[SPIRAL_TABS] = {SPIRAL_PHRASE_tab_doctrine,
                                                          SPIRAL_PHRASE_tab_moves,
                                                          SPIRAL_PHRASE_tab_model,
                                                          SPIRAL_PHRASE_tab_log,
                                                          SPIRAL_PHRASE_tab_lesson};
    struct column column = {.view = view, .page = view->ui.page, .at = at, .y = at.y};
    const int tabs = view->options.lesson != NULL ? SPIRAL_TABS : SPIRAL_TABS - 1;
    const double gap = 4.0 * column.page->scale;
    const double width = (at.width - (tabs - 1) * gap) / tabs;
    const double height = line_height(&column) + 10.0 * column.page->scale;

    for (int tab = 0; tab < tabs; tab++)
        if (spiral_ui_button(&view->ui,
                             (struct spiral_rectangle){at.x + tab * (width + gap), at.y, width,
                                                       height},
                             spiral_phrase(view, names[tab]), view->tab == (enum spiral_tab)tab))
            view->tab = (enum spiral_tab)tab;

    column.y += height + 8.0 * column.page->scale;
    switch (view->tab) {
    case SPIRAL_TAB_DOCTRINE: draw_tab(&column, doctrine_tab); break;
    case SPIRAL_TAB_MOVES: draw_tab(&column, moves_tab); break;
    case SPIRAL_TAB_MODEL: draw_tab(&column, model_tab); break;
    case SPIRAL_TAB_LESSON:
        spiral_view_draw_lesson(view, (struct spiral_rectangle){at.x, column.y, at.width,
                                                                at.y + at.height - column.y});
        break;
    default: draw_tab(&column, log_tab); break;
    }
}
