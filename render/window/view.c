/* SPDX-License-Identifier: MIT */
#include "render/window/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/window/actors.h"
#include "render/window/bar.h"
#include "render/window/headline.h"
#include "render/window/keys.h"
#include "render/window/layout.h"
#include "render/window/plane.h"
#include "render/window/story.h"
#include "render/window/ui/phrases.h"
#include "scenarios/loader/constant_sets.h"

/* --- the lesson ------------------------------------------------------------------------------- */

bool spiral_view_is_asking(const struct spiral_view *view)
{
    return spiral_lesson_panel_is_asking(&view->lesson);
}

static void open_sheet(struct spiral_view *view, enum spiral_sheet sheet)
{
    view->sheet = sheet;
    view->ui.focus = -1; /* its widgets are others */
    view->ui.open = -1;
}

/* The view shows another session: its ensemble begins anew. */
static void renew_parts(struct spiral_view *view)
{
    struct spiral_error error;

    spiral_live_fan_destroy(view->fan);
    view->fan = NULL;
    if (spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS, &error) != SPIRAL_OK)
        view->quit = true;
    spiral_levers_choose_states(&view->levers, &view->session->scenario);
}

void spiral_view_go_to_step(struct spiral_view *view, size_t step)
{
    struct spiral_error error;
    struct spiral_session *before = view->session;

    spiral_lesson_panel_open(&view->lesson, step);
    view->ui.focus = -1; /* its widget may be gone */
    if (view->lesson.ended)
        return;
    spiral_notice_check(&view->notice,
                        spiral_lesson_apply(view->lesson.lesson, step, &view->session, &error),
                        &error);
    if (view->session != before)
        renew_parts(view);
    spiral_plot_show_all(&view->plot, view->session->plan);
}

/* Goes a step on (1) or back (-1), where there is one; on only where no answer is waited for. */
static void turn_lesson(struct spiral_view *view, int by)
{
    const struct spiral_lesson_panel *panel = &view->lesson;

    if (panel->lesson == NULL || by == 0)
        return;
    if (by > 0 && spiral_view_is_asking(view))
        spiral_notice_show(&view->notice, "%s",
                           spiral_phrase(SPIRAL_PHRASE_answer_first, view->language));
    else if (by > 0 && !panel->ended)
        spiral_view_go_to_step(view, panel->step + 1);
    else if (by < 0 && panel->ended)
        spiral_view_go_to_step(view, panel->step);
    else if (by < 0 && panel->step > 0)
        spiral_view_go_to_step(view, panel->step - 1);
}

/* Writes down the answers so far, in a file of their own. */
static void write_answers(struct spiral_view *view)
{
    struct spiral_error error;

    if (view->answers[0] == '\0')
        spiral_save_choose_answers(&view->folder, view->session->base.name, view->answers);

    const enum spiral_status status =
        spiral_predictions_export(&view->lesson.predictions, view->lesson.lesson,
                                  spiral_language_code(view->language), view->answers, &error);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (spiral_notice_check(&view->notice, status, &error))
        spiral_notice_show(&view->notice, spiral_phrase(SPIRAL_PHRASE_answers_in, view->language),
                           view->answers);
#pragma GCC diagnostic pop
}

/* --- another case ----------------------------------------------------------------------------- */

/* A new session in place of the old one; false, with a notice, where it cannot be. */
static bool replace_session(struct spiral_view *view, const struct spiral_scenario *scenario,
                            const struct spiral_constants *constants,
                            const struct spiral_plan_options *plan)
{
    struct spiral_session *session;
    struct spiral_error error;

    if (!spiral_notice_check(&view->notice,
                             spiral_session_create(&session, scenario, constants, plan,
                                                   view->session->seed, &error),
                             &error))
        return false;
    spiral_session_destroy(view->session);
    view->session = session;
    renew_parts(view);
    spiral_plot_show_all(&view->plot, session->plan);
    SDL_SetWindowTitle(view->screen.window, spiral_figure_title(&session->base, view->language));

    return true;
}

/* Another lesson, owned by the view, or none. */
static void replace_lesson(struct spiral_view *view, struct spiral_lesson *lesson)
{
    struct spiral_error error;

    spiral_notice_check(&view->notice, spiral_lesson_panel_begin(&view->lesson, lesson, &error),
                        &error);
    view->answers[0] = '\0';
    if (view->own_lesson != NULL)
        spiral_lesson_clear(view->own_lesson);
    free(view->own_lesson);
    view->own_lesson = lesson;
}

void spiral_view_open_case(struct spiral_view *view, const struct spiral_scenario *scenario)
{
    if (!replace_session(view, scenario, &view->constants, &view->plan))
        return;
    replace_lesson(view, NULL);
    view->levers.tab = SPIRAL_TAB_DOCTRINE;
    open_sheet(view, SPIRAL_SHEET_STORY);
}

void spiral_view_open_lesson(struct spiral_view *view, struct spiral_lesson *lesson)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options plan = spiral_plan_options_defaults();
    struct spiral_error error;

    if (view->own_posterior.count == 0)
        spiral_notice_check(&view->notice,
                            spiral_constant_sets_load_shipped(&view->own_posterior, &error),
                            &error);
    lesson->posterior = &view->own_posterior;
    plan.posterior = &view->own_posterior;

    if (!replace_session(view, &lesson->scenarios[0], &constants, &plan)) {
        spiral_lesson_clear(lesson);
        free(lesson);
        return;
    }

    replace_lesson(view, lesson);
    view->levers.tab = SPIRAL_TAB_LESSON;
    spiral_view_go_to_step(view, 0);
    open_sheet(view, SPIRAL_SHEET_STORY);
}

/* What was pressed in the menu of cases: it is taken off the shelf. */
static void take_item(struct spiral_view *view, size_t i)
{
    struct spiral_lesson *lesson = view->shelf.items[i].lesson;

    view->shelf.items[i].lesson = NULL;
    if (lesson != NULL)
        spiral_view_open_lesson(view, lesson);
    else
        spiral_view_open_case(view, view->shelf.items[i].scenario);
    spiral_shelf_close(&view->shelf);
}

static void toggle_sheet(struct spiral_view *view, enum spiral_sheet sheet)
{
    const bool is_opened = view->sheet != sheet;

    if (is_opened && (sheet == SPIRAL_SHEET_CASES || sheet == SPIRAL_SHEET_WHY) &&
        spiral_view_is_asking(view)) {
        spiral_notice_show(&view->notice, "%s",
                           spiral_phrase(SPIRAL_PHRASE_answer_first, view->language));
        return;
    }

    spiral_shelf_close(&view->shelf);
    if (is_opened && sheet == SPIRAL_SHEET_CASES)
        spiral_shelf_open(&view->shelf);
    open_sheet(view, is_opened ? sheet : SPIRAL_SHEET_NONE);
}

/* A doctrine was chosen: where later acts may fall with it, they are shown first. */
static void begin_turn(struct spiral_view *view)
{
    const struct spiral_doctrine *wanted = view->levers.wanted;
    struct spiral_session_turn *turn = &view->turn.turn;
    struct spiral_error error;

    view->levers.wanted = NULL;
    spiral_session_turn_clear(turn);
    view->turn.scroll = 0.0;
    if (!spiral_notice_check(&view->notice,
                             spiral_session_turn_begin(turn, view->session, view->levers.state,
                                                       wanted->name, &error),
                             &error))
        return;

    if (turn->count == 0) {
        spiral_notice_check(&view->notice, spiral_session_turn_take(turn, view->session, &error),
                            &error);
        return;
    }

    open_sheet(view, SPIRAL_SHEET_TURN);
    view->ui.focus = (int)turn->count; /* the button that takes the course, after the ticks */
}

static void open_tab(struct spiral_view *view, enum spiral_tab tab)
{
    if (tab == SPIRAL_TAB_LESSON && view->lesson.lesson == NULL)
        return;
    view->levers.tab = tab;
    view->ui.focus = -1; /* their widgets are gone */
    view->ui.open = -1;
}

/* --- actions ---------------------------------------------------------------------------------- */

static void move_by_steps(struct spiral_session *session, long steps)
{
    spiral_session_seek(session, session->present + steps);
}

static void restart_run(struct spiral_session *session, bool new_seed)
{
    spiral_session_restart(session, session->seed + (new_seed ? 1 : 0));
}

static void zoom_about_present(struct spiral_view *view, double factor)
{
    const struct spiral_plan *plan = view->session->plan;
    spiral_plot_zoom(&view->plot, plan, factor, plan->start + view->session->time * plan->dt);
}

static void resize_letters(struct spiral_view *view, double factor)
{
    view->scale = fmin(fmax(view->scale * factor, 0.7), 3.0);
}

static void undo_change(struct spiral_view *view)
{
    struct spiral_error error;
    spiral_notice_check(&view->notice, spiral_session_undo(view->session, &error), &error);
}

static void redo_change(struct spiral_view *view)
{
    struct spiral_error error;
    spiral_notice_check(&view->notice, spiral_session_redo(view->session, &error), &error);
}

static void toggle_full_screen(struct spiral_view *view)
{
    view->full_screen = !view->full_screen;
    SDL_SetWindowFullscreen(view->screen.window,
                            view->full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

/* What keys do while a sheet lies over the window: those of the window itself, and that close
 * it. */
static bool is_allowed(const struct spiral_view *view, enum spiral_action action)
{
    return view->sheet == SPIRAL_SHEET_NONE || action >= SPIRAL_ACTION_HELP;
}

static void perform_action(struct spiral_view *view, enum spiral_action action)
{
    struct spiral_session *session = view->session;
    const struct spiral_plan *plan = session->plan;
    const long year = lround(1.0 / plan->dt);

    switch (action) {
    case SPIRAL_ACTION_NONE: break;
    case SPIRAL_ACTION_PLAY: session->playing = !session->playing; break;
    case SPIRAL_ACTION_STEP_ON: move_by_steps(session, 1); break;
    case SPIRAL_ACTION_STEP_BACK: move_by_steps(session, -1); break;
    case SPIRAL_ACTION_YEAR_ON: move_by_steps(session, year); break;
    case SPIRAL_ACTION_YEAR_BACK: move_by_steps(session, -year); break;
    case SPIRAL_ACTION_TO_START: spiral_session_seek(session, 0); break;
    case SPIRAL_ACTION_TO_END: spiral_session_seek(session, plan->steps); break;
    case SPIRAL_ACTION_FASTER: spiral_session_set_speed(session, 2.0 * session->speed); break;
    case SPIRAL_ACTION_SLOWER: spiral_session_set_speed(session, 0.5 * session->speed); break;
    case SPIRAL_ACTION_RESTART: restart_run(session, false); break;
    case SPIRAL_ACTION_NEW_SEED: restart_run(session, true); break;

    case SPIRAL_ACTION_BRANCH:
        spiral_save_branch(session, view->fan, !spiral_view_is_asking(view), view->language,
                           &view->notice);
        break;
    case SPIRAL_ACTION_UNDO: undo_change(view); break;
    case SPIRAL_ACTION_REDO: redo_change(view); break;
    case SPIRAL_ACTION_SAVE:
        spiral_save_session(session, &view->folder, view->language, &view->notice);
        break;
    case SPIRAL_ACTION_EXPORT:
        spiral_save_export(session, view->fan, &view->plot, &spiral_themes[view->theme],
                           !spiral_view_is_asking(view), &view->folder, view->language,
                           &view->notice);
        break;

    case SPIRAL_ACTION_ZOOM_IN: zoom_about_present(view, 0.8); break;
    case SPIRAL_ACTION_ZOOM_OUT: zoom_about_present(view, 1.25); break;
    case SPIRAL_ACTION_SHOW_ALL: spiral_plot_show_all(&view->plot, plan); break;

    case SPIRAL_ACTION_TAB_DOCTRINE:
    case SPIRAL_ACTION_TAB_MOVES:
    case SPIRAL_ACTION_TAB_MODEL:
    case SPIRAL_ACTION_TAB_LOG:
    case SPIRAL_ACTION_TAB_LESSON:
        open_tab(view, (enum spiral_tab)(action - SPIRAL_ACTION_TAB_DOCTRINE));
        break;
    case SPIRAL_ACTION_NEXT_STEP: turn_lesson(view, 1); break;
    case SPIRAL_ACTION_PREVIOUS_STEP: turn_lesson(view, -1); break;

    case SPIRAL_ACTION_HELP: toggle_sheet(view, SPIRAL_SHEET_HELP); break;
    case SPIRAL_ACTION_WHY: toggle_sheet(view, SPIRAL_SHEET_WHY); break;
    case SPIRAL_ACTION_STORY: toggle_sheet(view, SPIRAL_SHEET_STORY); break;
    case SPIRAL_ACTION_CASES: toggle_sheet(view, SPIRAL_SHEET_CASES); break;
    case SPIRAL_ACTION_CLOSE: open_sheet(view, SPIRAL_SHEET_NONE); break;
    case SPIRAL_ACTION_FULL_SCREEN: toggle_full_screen(view); break;
    case SPIRAL_ACTION_LANGUAGE:
        view->language = view->language == SPIRAL_ENGLISH ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
        break;
    case SPIRAL_ACTION_THEME:
        view->theme = (enum spiral_theme_name)((view->theme + 1) % SPIRAL_THEMES);
        break;
    case SPIRAL_ACTION_LARGER: resize_letters(view, 1.1); break;
    case SPIRAL_ACTION_SMALLER: resize_letters(view, 1.0 / 1.1); break;
    case SPIRAL_ACTION_QUIT: view->quit = true; break;
    }
}

/* --- events ----------------------------------------------------------------------------------- */

static void handle_key(struct spiral_view *view, const SDL_Keysym *keysym)
{
    const enum spiral_action action = spiral_key_action(keysym);
    const bool presses =
        action == SPIRAL_ACTION_PLAY || keysym->sym == SDLK_RETURN || keysym->sym == SDLK_KP_ENTER;

    /* the first page has one button, which Space and Enter press */
    if (view->sheet == SPIRAL_SHEET_STORY && presses)
        open_sheet(view, SPIRAL_SHEET_NONE);
    else if (is_allowed(view, action))
        perform_action(view, action);
}

void spiral_view_handle_events(struct spiral_view *view)
{
    SDL_Event event;
    bool resized = false;

    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_QUIT)
            view->quit = true;
        else if (event.type == SDL_WINDOWEVENT)
            resized = resized || event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
        else if (!spiral_ui_event(&view->ui, &event) && event.type == SDL_KEYDOWN)
            handle_key(view, &event.key.keysym);
    }

    if (resized && spiral_screen_fit(&view->screen) != NULL)
        view->quit = true;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* What the runs say, where that is not to be predicted first. */
static const struct spiral_live_result *result_of(struct spiral_view *view)
{
    return spiral_view_is_asking(view) ? NULL : spiral_live_fan_latest(view->fan);
}

/* What the plot shows now. A part that is drawn before may change the session, and its result. */
static struct spiral_plot_subject subject_of(struct spiral_view *view)
{
    return (struct spiral_plot_subject){.session = view->session,
                                        .result = result_of(view),
                                        .language = view->language};
}

/* The panels that the lesson calls: in its own tab; elsewhere all are there. */
static unsigned shown_panels(const struct spiral_view *view)
{
    const bool is_told = view->lesson.lesson != NULL && view->levers.tab == SPIRAL_TAB_LESSON;

    return is_told ? spiral_lesson_shown(view->lesson.lesson, view->lesson.step)
                   : ~(1u << SPIRAL_SHOW_actors | 1u << SPIRAL_SHOW_why);
}

static unsigned framed_panels(const struct spiral_view *view)
{
    const bool is_told =
        view->lesson.lesson != NULL && view->levers.tab == SPIRAL_TAB_LESSON && !view->lesson.ended;

    return is_told ? view->lesson.lesson->steps[view->lesson.step].highlighted : 0;
}

/* A lesson's panels as those of the plot. */
static uint32_t plot_panels(unsigned panels)
{
    static const enum spiral_plot_panel of[] = {[SPIRAL_SHOW_index] = SPIRAL_PANEL_index,
                                                [SPIRAL_SHOW_risk] = SPIRAL_PANEL_risk,
                                                [SPIRAL_SHOW_fear] = SPIRAL_PANEL_perceptions,
                                                [SPIRAL_SHOW_alliance] = SPIRAL_PANEL_alliance,
                                                [SPIRAL_SHOW_ladder] = SPIRAL_PANEL_ladder};
    uint32_t found = 0;

    for (size_t p = 0; p < sizeof of / sizeof *of; p++)
        if ((panels >> p & 1) != 0)
            found |= 1u << of[p];

    return found;
}

/* The column at the right between the headline and the plane. */
static void draw_column(struct spiral_view *view, struct spiral_rectangle at)
{
    const struct spiral_rectangle below =
        spiral_levers_draw_tabs(&view->levers, &view->ui, view->language,
                                view->lesson.lesson != NULL, at);

    if (view->levers.tab == SPIRAL_TAB_LESSON)
        turn_lesson(view, spiral_lesson_panel_draw(&view->lesson, &view->ui, view->language,
                                                   &view->notice, below));
    else
        spiral_levers_draw(&view->levers, &view->ui, view->session, result_of(view), view->language,
                           &view->notice, below);

    if (view->lesson.locked)
        write_answers(view);
    view->lesson.locked = false;
    if (view->levers.wanted != NULL)
        begin_turn(view);
}

/* Whether the account of causes lies in place of the curves: the lesson calls it, and nothing is to
 * be predicted first. */
static bool is_account_told(const struct spiral_view *view)
{
    return (shown_panels(view) >> SPIRAL_SHOW_why & 1) != 0 && !spiral_view_is_asking(view);
}

/* The account is calculated while it is looked at. */
static void follow_account(struct spiral_view *view)
{
    const bool is_seen = view->sheet == SPIRAL_SHEET_WHY || is_account_told(view);

    if (is_seen && !spiral_view_is_asking(view))
        spiral_live_account_follow(view->account, view->session);
    else
        spiral_live_account_rest(view->account);
}

/* The account in place of the curves. */
static void draw_account(struct spiral_view *view, struct spiral_page *page,
                         struct spiral_rectangle at)
{
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_rectangle(page->cr, 0.0, 0.0, at.x + at.width + 4.0 * page->scale, at.y + at.height);
    cairo_fill(page->cr);
    spiral_why_panel_draw(&view->why, &view->ui,
                          spiral_live_account_latest(view->account, view->session),
                          spiral_live_account_progress(view->account), view->language, at);
}

/* The sheet that lies over the window. */
static void draw_sheet(struct spiral_view *view)
{
    struct spiral_error error;
    bool closed = false;
    int taken = -1;

    switch (view->sheet) {
    case SPIRAL_SHEET_NONE: return;
    case SPIRAL_SHEET_STORY:
        closed = !spiral_story_draw(&view->ui, view->session, view->lesson.lesson, view->language);
        break;
    case SPIRAL_SHEET_HELP:
        closed = !spiral_help_draw(&view->help, &view->ui, view->language);
        break;
    case SPIRAL_SHEET_CASES:
        taken = spiral_shelf_draw(&view->shelf, &view->ui, view->language, &closed);
        break;
    case SPIRAL_SHEET_WHY:
        closed =
            spiral_view_is_asking(view) ||
            !spiral_why_sheet_draw(&view->why, &view->ui,
                                   spiral_live_account_latest(view->account, view->session),
                                   spiral_live_account_progress(view->account), view->language);
        break;
    case SPIRAL_SHEET_TURN: {
        const enum spiral_turn_answer answer =
            spiral_turn_sheet_draw(&view->turn, &view->ui, view->language);

        if (answer == SPIRAL_TURN_TAKEN)
            spiral_notice_check(&view->notice,
                                spiral_session_turn_take(&view->turn.turn, view->session, &error),
                                &error);
        closed = answer != SPIRAL_TURN_OPEN;
        break;
    }
    }

    if (closed)
        open_sheet(view, SPIRAL_SHEET_NONE);
    if (taken >= 0)
        take_item(view, (size_t)taken);
}

/* A ring that makes the pointer seen from the last row. */
static void draw_ring(const struct spiral_view *view, struct spiral_page *page)
{
    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 0.8);
    cairo_set_line_width(page->cr, 3.0 * page->scale);
    cairo_new_sub_path(page->cr);
    cairo_arc(page->cr, view->ui.x, view->ui.y, 15.0 * page->scale, 0.0, 6.283185307179586);
    cairo_stroke(page->cr);
}

/* Whether the lesson points at what is at the lower right: the plane, or the actors. */
static bool is_plane_framed(const struct spiral_view *view)
{
    return (framed_panels(view) & (1u << SPIRAL_SHOW_plane | 1u << SPIRAL_SHOW_actors)) != 0;
}

static void draw_frame_round(struct spiral_page *page, struct spiral_rectangle at)
{
    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 1.0);
    cairo_set_line_width(page->cr, 2.5 * page->scale);
    cairo_rectangle(page->cr, at.x - 4.0, at.y - 4.0, at.width + 8.0, at.height + 8.0);
    cairo_stroke(page->cr);
}

static void draw_parts(struct spiral_view *view, struct spiral_page *page)
{
    const bool lesson_shown = view->levers.tab == SPIRAL_TAB_LESSON;
    const unsigned shown = shown_panels(view);
    const bool has_headline = (shown >> SPIRAL_SHOW_risk & 1) != 0;
    const bool has_actors = (shown >> SPIRAL_SHOW_actors & 1) != 0;
    const bool has_plane = has_actors || (shown >> SPIRAL_SHOW_plane & 1) != 0;
    const struct spiral_window_layout layout =
        spiral_window_layout_of(page, view->lesson.lesson != NULL,
                                lesson_shown ? view->lesson.text_height : 0.0, has_headline,
                                has_plane);
    struct spiral_plot_subject subject = subject_of(view);

    if (view->sheet != SPIRAL_SHEET_NONE)
        spiral_ui_cover_begin(&view->ui);
    view->plot.closed = ~plot_panels(shown);
    view->plot.framed = plot_panels(framed_panels(view));
    spiral_plot_draw_background(&view->plot, &subject, page, layout.plot);
    draw_column(view, layout.levers);
    subject = subject_of(view);
    if (has_headline)
        spiral_headline_draw(&view->ui, view->session, subject.result, spiral_view_is_asking(view),
                             view->language, layout.headline);
    if (layout.plane.height > 0.0 && has_actors)
        spiral_actors_draw(page, view->session, view->language, layout.plane);
    else if (layout.plane.height > 0.0)
        spiral_plane_draw(&view->ui, view->session, view->language, layout.plane);
    if (layout.plane.height > 0.0 && is_plane_framed(view))
        draw_frame_round(page, layout.plane);
    perform_action(view, spiral_bar_draw(&view->ui, view->session, view->language, &view->plot.axis,
                                         layout.bar));

    subject = subject_of(view);
    if (is_account_told(view))
        draw_account(view, page, layout.plot);
    else
        spiral_plot_draw(&view->plot, &subject, &view->ui, layout.plot);
    if ((framed_panels(view) >> SPIRAL_SHOW_why & 1) != 0 && is_account_told(view))
        draw_frame_round(page, layout.plot);
    spiral_ui_cover_end(&view->ui);
    draw_sheet(view);
    spiral_notice_draw(&view->notice, page, layout.plot.x + 60.0 * page->scale,
                       layout.plot.y + 52.0 * page->scale, layout.plot.width - 120.0 * page->scale);
    if (view->full_screen)
        draw_ring(view, page);
}

static void draw_frame(struct spiral_view *view)
{
    struct spiral_page page;
    const struct spiral_screen *screen = &view->screen;

    if (spiral_page_wrap(&page, screen->cr, screen->width, screen->height,
                         &spiral_themes[view->theme], screen->cache) != NULL)
        return;

    /* letters grow with the window; those that would leave the levers no room are made smaller. In
     * steps: the font library keeps every size of letters that was ever used */
    const double fits = fmin(screen->width / 1280.0, screen->height / 800.0);

    page.scale = fmin(view->scale * fmax(floor(20.0 * fits) / 20.0, 1.0),
                      floor(20.0 * screen->height / 600.0) / 20.0);
    cairo_set_antialias(screen->cr, CAIRO_ANTIALIAS_FAST);

    page.record = view->watch != NULL;
    spiral_ui_begin(&view->ui, &page);
    draw_parts(view, &page);
    spiral_ui_end(&view->ui);
    if (view->watch != NULL)
        view->watch(view->watch_context, &page);
    spiral_page_close(&page);
}

/* --- life ------------------------------------------------------------------------------------- */

const char *spiral_view_open(struct spiral_view *view, const struct spiral_view_options *options)
{
    static struct spiral_error error;
    const struct spiral_live_account_runs account_runs =
        options->account_runs != NULL ? *options->account_runs : spiral_live_account_runs();

    *view = (struct spiral_view){.scale = options->scale,
                                 .theme = options->theme,
                                 .language = options->language,
                                 .folder = {.path = options->folder},
                                 .constants = *options->constants,
                                 .plan = *options->plan,
                                 .sheet = options->story ? SPIRAL_SHEET_STORY : SPIRAL_SHEET_NONE};
    spiral_ui_init(&view->ui);

    if (spiral_lesson_panel_begin(&view->lesson, options->lesson, &error) != SPIRAL_OK ||
        spiral_session_create(&view->session, options->scenario, options->constants, options->plan,
                              options->seed, &error) != SPIRAL_OK ||
        (options->saved != NULL &&
         spiral_saved_session_apply(options->saved, view->session, &error) != SPIRAL_OK) ||
        spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS, &error) != SPIRAL_OK ||
        spiral_live_account_create(&view->account, &account_runs, &error) != SPIRAL_OK) {
        spiral_view_close(view);
        return error.message;
    }

    const char *problem =
        spiral_screen_open(&view->screen, spiral_figure_title(options->scenario, options->language),
                           options->width, options->height);

    if (problem != NULL) {
        spiral_view_close(view);
        return problem;
    }

    spiral_levers_choose_states(&view->levers, &view->session->scenario);
    spiral_plot_show_all(&view->plot, view->session->plan);

    if (options->lesson != NULL) {
        view->levers.tab = SPIRAL_TAB_LESSON;
        spiral_view_go_to_step(view, 0);
    }

    return NULL;
}

void spiral_view_close(struct spiral_view *view)
{
    spiral_plot_close(&view->plot);
    spiral_shelf_close(&view->shelf);
    spiral_session_turn_clear(&view->turn.turn);
    spiral_predictions_clear(&view->lesson.predictions);
    if (view->own_lesson != NULL)
        spiral_lesson_clear(view->own_lesson);
    free(view->own_lesson);
    view->own_lesson = NULL;
    spiral_why_sheet_clear(&view->why);
    spiral_live_account_destroy(view->account);
    spiral_live_fan_destroy(view->fan);
    spiral_session_destroy(view->session);
    spiral_constant_sets_clear(&view->own_posterior);
    view->account = NULL;
    view->fan = NULL;
    view->session = NULL;
    if (view->screen.cache != NULL)
        spiral_screen_close(&view->screen);
}

/* --- the loop --------------------------------------------------------------------------------- */

void spiral_view_frame(struct spiral_view *view, double seconds)
{
    spiral_view_handle_events(view);
    spiral_session_advance(view->session, seconds);
    spiral_plot_follow(&view->plot, view->session);
    spiral_live_fan_follow(view->fan, view->session);
    follow_account(view);
    view->notice.left -= seconds;
    draw_frame(view);
    spiral_screen_show(&view->screen);
}

static double seconds_of(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* A frame, and a pause for what is left of its sixtieth of a second. */
static struct spiral_frame_time run_frame(struct spiral_view *view, double seconds)
{
    const double frame = 1.0 / 60.0;
    const double begun = seconds_of(CLOCK_MONOTONIC);
    const double processor = seconds_of(CLOCK_THREAD_CPUTIME_ID);

    spiral_view_frame(view, seconds);

    const struct spiral_frame_time taken = {seconds_of(CLOCK_MONOTONIC) - begun,
                                            seconds_of(CLOCK_THREAD_CPUTIME_ID) - processor};

    if (taken.seconds < frame)
        SDL_Delay((Uint32)(1000.0 * (frame - taken.seconds)));

    return taken;
}

void spiral_view_run(struct spiral_view *view, long frames, struct spiral_frame_time *times)
{
    double last = seconds_of(CLOCK_MONOTONIC);

    for (long i = 0; !view->quit && (frames == 0 || i < frames); i++) {
        const double begun = seconds_of(CLOCK_MONOTONIC);
        const struct spiral_frame_time taken =
            run_frame(view, frames > 0 ? 1.0 / 60.0 : begun - last);

        last = begun;
        if (times != NULL)
            times[i] = taken;
    }
}

double spiral_view_time_fan(struct spiral_view *view)
{
    struct spiral_session *session = view->session;
    struct spiral_error error;
    char name[64];
    const struct spiral_live_result *result = NULL;

    spiral_session_seek(session, 0);
    run_frame(view, 0.0);
    spiral_live_fan_wait(view->fan);
    snprintf(name, sizeof name, "doctrine.%s.align", session->base.states[view->levers.state].id);

    const double begun = seconds_of(CLOCK_MONOTONIC);

    if (spiral_session_set(session, name, 0.3, &error) != SPIRAL_OK)
        return -1.0;

    while (result == NULL || result->revision != session->revision || !result->complete) {
        run_frame(view, 0.0);
        result = spiral_live_fan_latest(view->fan); /* what the next frame shows */
    }

    spiral_view_frame(view, 0.0);

    return seconds_of(CLOCK_MONOTONIC) - begun;
}
