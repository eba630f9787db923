/* SPDX-License-Identifier: MIT */
#include "render/window/view.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "render/window/bar.h"
#include "render/window/headline.h"
#include "render/window/help.h"
#include "render/window/keys.h"
#include "render/window/layout.h"
#include "render/window/plane.h"

/* --- the lesson ------------------------------------------------------------------------------- */

bool spiral_view_is_asking(const struct spiral_view *view)
{
    return view->levers.tab == SPIRAL_TAB_LESSON && spiral_lesson_panel_is_asking(&view->lesson);
}

void spiral_view_go_to_step(struct spiral_view *view, size_t step)
{
    struct spiral_error error;
    struct spiral_session *before = view->session;

    spiral_lesson_panel_open(&view->lesson, step);
    view->ui.focus = -1; /* its widget may be gone */
    spiral_notice_check(&view->notice,
                        spiral_lesson_apply(view->lesson.lesson, step, &view->session, &error),
                        &error);

    /* another case has another session: its ensemble begins anew */
    if (view->session != before) {
        spiral_live_fan_destroy(view->fan);
        view->fan = NULL;
        if (spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS, &error) != SPIRAL_OK)
            view->quit = true;
        spiral_levers_choose_states(&view->levers, &view->session->scenario);
    }

    spiral_plot_show_all(&view->plot, view->session->plan);
}

/* Goes a step on (1) or back (-1), where there is one. */
static void turn_lesson(struct spiral_view *view, int by)
{
    const struct spiral_lesson_panel *panel = &view->lesson;

    if (panel->lesson == NULL)
        return;
    if (by > 0 && panel->step + 1 < panel->lesson->step_count)
        spiral_view_go_to_step(view, panel->step + 1);
    else if (by < 0 && panel->step > 0)
        spiral_view_go_to_step(view, panel->step - 1);
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

static void undo_choice(struct spiral_view *view)
{
    struct spiral_error error;
    spiral_notice_check(&view->notice, spiral_session_undo(view->session, &error), &error);
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
        spiral_save_branch(session, view->fan, view->language, &view->notice);
        break;
    case SPIRAL_ACTION_UNDO: undo_choice(view); break;
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

    case SPIRAL_ACTION_HELP: view->help = !view->help; break;
    case SPIRAL_ACTION_CLOSE_HELP: view->help = false; break;
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
            perform_action(view, spiral_key_action(&event.key.keysym));
    }

    if (resized && spiral_screen_fit(&view->screen) != NULL)
        view->quit = true;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* What the plot shows now. A part that is drawn before may change the session, and its result. */
static struct spiral_plot_subject subject_of(struct spiral_view *view)
{
    return (struct spiral_plot_subject){.session = view->session,
                                        .result = spiral_view_is_asking(view)
                                                      ? NULL
                                                      : spiral_live_fan_latest(view->fan),
                                        .language = view->language};
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
        spiral_levers_draw(&view->levers, &view->ui, view->session, view->language, &view->notice,
                           below);
}

static void draw_parts(struct spiral_view *view, struct spiral_page *page)
{
    const bool lesson_shown = view->levers.tab == SPIRAL_TAB_LESSON;
    const struct spiral_window_layout layout =
        spiral_window_layout_of(page, view->lesson.lesson != NULL,
                                lesson_shown ? view->lesson.text_height : 0.0);
    struct spiral_plot_subject subject = subject_of(view);

    spiral_plot_draw_background(&view->plot, &subject, page, layout.plot);
    spiral_headline_draw(page, view->session, subject.result, spiral_view_is_asking(view),
                         view->language, layout.headline);
    draw_column(view, layout.levers);
    if (layout.plane.height > 0.0)
        spiral_plane_draw(page, view->session, view->language, layout.plane);
    perform_action(view, spiral_bar_draw(&view->ui, view->session, view->help, view->language,
                                         layout.bar));

    subject = subject_of(view);
    spiral_plot_draw(&view->plot, &subject, &view->ui, layout.plot);
    spiral_notice_draw(&view->notice, page, layout.plot.x + 60.0 * page->scale,
                       layout.plot.y + 52.0 * page->scale, layout.plot.width - 120.0 * page->scale);
    if (view->help)
        spiral_help_draw(page, view->language);
}

static void draw_frame(struct spiral_view *view)
{
    struct spiral_page page;
    const struct spiral_screen *screen = &view->screen;

    if (spiral_page_wrap(&page, screen->cr, screen->width, screen->height,
                         &spiral_themes[view->theme], screen->cache) != NULL)
        return;

    /* letters that would leave the levers no room are made smaller, in steps: the font library
     * keeps every size of letters that was ever used */
    page.scale = fmin(view->scale, floor(20.0 * screen->height / 600.0) / 20.0);
    cairo_set_antialias(screen->cr, CAIRO_ANTIALIAS_FAST);

    spiral_ui_begin(&view->ui, &page);
    draw_parts(view, &page);
    spiral_ui_end(&view->ui);
    spiral_page_close(&page);
}

/* --- life ------------------------------------------------------------------------------------- */

const char *spiral_view_open(struct spiral_view *view, const struct spiral_view_options *options)
{
    static struct spiral_error error;

    *view = (struct spiral_view){.scale = options->scale,
                                 .theme = options->theme,
                                 .language = options->language,
                                 .lesson = {.lesson = options->lesson, .predicted = -1},
                                 .folder = {.path = options->folder}};
    spiral_ui_init(&view->ui);

    if (spiral_session_create(&view->session, options->scenario, options->constants, options->plan,
                              options->seed, &error) != SPIRAL_OK ||
        spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS, &error) != SPIRAL_OK) {
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
    spiral_live_fan_destroy(view->fan);
    spiral_session_destroy(view->session);
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
