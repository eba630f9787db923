/* SPDX-License-Identifier: MIT */
#include "render/window/view.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const char *spiral_phrase(const struct spiral_view *view, enum spiral_phrase phrase)
{
    static const char *const phrases[SPIRAL_PHRASES][2] = {
#define SPIRAL_PHRASE(name, en, zh) {en, zh},
#include "render/window/phrases.def"
    };
    return phrases[phrase][view->language];
}

void spiral_view_say(struct spiral_view *view, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(view->message, sizeof view->message, format, arguments);
    va_end(arguments);
    view->message_left = 4.0;
}

bool spiral_view_tell(struct spiral_view *view, enum spiral_status status,
                      const struct spiral_error *error)
{
    if (status != SPIRAL_OK)
        spiral_view_say(view, "%s", error->message);
    return status == SPIRAL_OK;
}

/* --- what keys and buttons do alike ----------------------------------------------------------- */

/* The small state is the actor, its first neighbour the target. */
static void choose_states(struct spiral_view *view)
{
    const struct spiral_scenario *scenario = &view->session->scenario;
    view->state = view->actor = scenario->small;
    for (int i = (int)scenario->state_count - 1; i >= 0; i--)
        view->target = scenario->states[i].role == SPIRAL_NEIGHBOUR ? i : view->target;
}

void spiral_view_go_to_step(struct spiral_view *view, size_t step)
{
    struct spiral_error error;
    struct spiral_session *before = view->session;

    view->step = step;
    view->predicted = -1;
    view->ui.focus = -1; /* of widgets that are no longer there */
    view->asked = view->revealed = false;
    view->scroll[SPIRAL_TAB_LESSON] = view->text_height = 0.0;
    spiral_view_tell(view, spiral_lesson_apply(view->options.lesson, step, &view->session, &error),
                     &error);

    if (view->session != before) { /* another case */
        spiral_live_fan_destroy(view->fan);
        view->fan = NULL;
        if (spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS, &error) != SPIRAL_OK)
            view->quit = true;
        choose_states(view);
    }

    spiral_view_show_all(view);
}

void spiral_view_restart(struct spiral_view *view, bool new_seed)
{
    spiral_session_restart(view->session, view->session->seed + (new_seed ? 1 : 0));
}

/* --- events ----------------------------------------------------------------------------------- */

static void take_events(struct spiral_view *view)
{
    SDL_Event event;
    bool fit = false;

    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_QUIT)
            view->quit = true;
        else if (event.type == SDL_WINDOWEVENT)
            fit = fit || event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
        else if (!spiral_ui_event(&view->ui, &event) && event.type == SDL_KEYDOWN)
            spiral_view_take_key(view, &event.key.keysym);
    }

    if (fit && spiral_screen_fit(&view->screen) != NULL)
        view->quit = true;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_help(struct spiral_view *view, struct spiral_page *page)
{
    char lines[2048];
    const char *text = spiral_phrase(view, SPIRAL_PHRASE_help_keys);
    const double line =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 4.0 * page->scale;
    const double left = 0.5 * page->width - 230.0 * page->scale;
    int count = 1;

    for (const char *at = text; *at != '\0'; at++)
        count += *at == '\n';

    double y = 0.5 * (page->height - count * line);

    cairo_rectangle(page->cr, left - 24.0, y - 20.0, 508.0 * page->scale, count * line + 40.0);
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);
    snprintf(lines, sizeof lines, "%s", text);

    char *rest = NULL;

    for (char *row = strtok_r(lines, "\n", &rest); row != NULL;
         row = strtok_r(NULL, "\n", &rest), y += line) {
        char *tab = strchr(row, '\t');
        if (tab != NULL)
            *tab = '\0';
        spiral_text_draw(page, SPIRAL_TEXT_direct, row, left, y, 0.0, 0.0, NULL);
        spiral_text_draw(page, SPIRAL_TEXT_tick, tab != NULL ? tab + 1 : "",
                         left + 130.0 * page->scale, y, 0.0, 0.0,
                         &(struct spiral_text_form){.color = &page->theme->ink});
    }
}

static void draw_message(struct spiral_view *view, struct spiral_page *page, double x, double y,
                         double width)
{
    const double pad = 8.0 * page->scale;
    const struct spiral_text_form form = {.width = width};
    const struct spiral_rectangle size =
        spiral_text_measure(page, SPIRAL_TEXT_heading, view->message, &form);

    cairo_rectangle(page->cr, x, y, size.width + 2.0 * pad, size.height + 2.0 * pad);
    spiral_page_color(page, page->theme->background, 0.95);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_heading, view->message, x + pad, y + pad, 0.0, 0.0, &form);
}

/* Where the parts of the window are. */
struct layout {
    struct spiral_rectangle stage, risk, levers, plane,
        bar; /* plane without height: there is no room for it */
};

static struct layout layout_of(const struct spiral_view *view, struct spiral_page *page)
{
    const double unit = page->scale;
    const double margin = 12.0 * unit;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double bar = 3.0 * line + 26.0 * unit;
    const double column = (view->options.lesson != NULL ? 330.0 : 262.0) * unit;
    const double risk = 5.2 * line;
    const double width = page->width - column - 3.0 * margin;
    const double right = page->width - column - margin;
    double plane = fmin(fmax(page->height - 536.0 * unit, 96.0 * unit), 200.0 * unit);

    if (view->tab == SPIRAL_TAB_LESSON) { /* it leaves its room to the text */
        const double left = page->height - risk - 3.0 * margin - 80.0 * unit - view->text_height;
        plane = left < 90.0 * unit ? 0.0 : fmin(plane, left);
    }

    const double below = plane > 0.0 ? plane + margin : 0.0;

    return (
        struct layout){.stage = {margin, 0.7 * margin, width, page->height - bar - 1.7 * margin},
                       .risk = {right, margin, column, risk},
                       .levers = {right, margin + risk, column,
                                  page->height - risk - below - 2.0 * margin},
                       .plane = {right, page->height - plane - margin, column, plane},
                       .bar = {margin, page->height - bar - 0.5 * margin, width, bar}};
}

static void draw(struct spiral_view *view)
{
    struct spiral_page page;
    struct spiral_screen *screen = &view->screen;

    if (spiral_page_wrap(&page, screen->cr, screen->width, screen->height,
                         &spiral_themes[view->theme], screen->cache) != NULL)
        return;

    /* letters that would leave the levers no room are made smaller, by steps: every size of
     * letters that there was is kept by the fonts' library */
    page.scale = fmin(view->scale, floor(20.0 * screen->height / 600.0) / 20.0);
    cairo_set_antialias(screen->cr, CAIRO_ANTIALIAS_FAST);
    spiral_ui_begin(&view->ui, &page);

    const struct layout layout = layout_of(view, &page);

    spiral_view_draw_ground(view, &page, layout.stage);
    spiral_view_draw_risk(view, &page, layout.risk);
    spiral_view_draw_levers(view, layout.levers);
    if (layout.plane.height > 0.0)
        spiral_view_draw_plane(view, &page, layout.plane);
    spiral_view_draw_bar(view, layout.bar);
    spiral_view_draw_stage(view, &page, layout.stage, true);
    if (view->message_left > 0.0)
        draw_message(view, &page, layout.stage.x + 60.0 * page.scale,
                     layout.stage.y + 52.0 * page.scale, layout.stage.width - 120.0 * page.scale);
    if (view->help)
        draw_help(view, &page);
    spiral_ui_end(&view->ui);
    spiral_page_close(&page);
}

/* --- life ------------------------------------------------------------------------------------- */

const char *spiral_view_open(struct spiral_view *view, const struct spiral_view_options *options)
{
    static struct spiral_error error;

    *view = (struct spiral_view){.options = *options,
                                 .scale = options->scale,
                                 .theme = options->theme,
                                 .language = options->language};
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

    choose_states(view);
    spiral_view_show_all(view);

    if (options->lesson != NULL) {
        view->tab = SPIRAL_TAB_LESSON;
        spiral_view_go_to_step(view, 0);
    }

    return NULL;
}

/* A clock that plays out of the years that are shown takes them along. */
static void follow_clock(struct spiral_view *view)
{
    const double now = view->session->plan->start + view->session->time * view->session->plan->dt;
    const double span = view->until - view->from;
    const double end = spiral_plan_date(view->session->plan, view->session->plan->steps);

    if (!view->session->playing || (now >= view->from && now <= view->until))
        return;
    view->until = fmin(now + 0.8 * span, end);
    view->from = fmax(view->until - span, view->session->plan->start);
}

void spiral_view_frame(struct spiral_view *view, double seconds)
{
    take_events(view);
    spiral_session_advance(view->session, seconds);
    follow_clock(view);
    spiral_live_fan_follow(view->fan, view->session);
    view->message_left -= seconds;
    draw(view);
    spiral_screen_show(&view->screen);
}

static double now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* A frame, and what is left of its sixtieth of a second. */
static struct spiral_frame_time run_frame(struct spiral_view *view, double seconds)
{
    const double frame = 1.0 / 60.0;
    const double begun = now(CLOCK_MONOTONIC);
    const double processor = now(CLOCK_THREAD_CPUTIME_ID);

    spiral_view_frame(view, seconds);

    const struct spiral_frame_time taken = {now(CLOCK_MONOTONIC) - begun,
                                            now(CLOCK_THREAD_CPUTIME_ID) - processor};

    if (taken.seconds < frame)
        SDL_Delay((Uint32)(1000.0 * (frame - taken.seconds)));
    return taken;
}

void spiral_view_run(struct spiral_view *view, long frames, struct spiral_frame_time *times)
{
    double last = now(CLOCK_MONOTONIC);

    for (long i = 0; !view->quit && (frames == 0 || i < frames); i++) {
        const double begun = now(CLOCK_MONOTONIC);
        const struct spiral_frame_time taken =
            run_frame(view, frames > 0 ? 1.0 / 60.0 : begun - last);
        last = begun;
        if (times != NULL)
            times[i] = taken;
    }
}

double spiral_view_time_fan(struct spiral_view *view)
{
    struct spiral_error error;
    char name[64];
    const struct spiral_live_result *result = NULL;

    spiral_session_seek(view->session, 0);
    run_frame(view, 0.0);
    spiral_live_fan_wait(view->fan);
    snprintf(name, sizeof name, "doctrine.%s.align", view->session->base.states[view->state].id);

    const double begun = now(CLOCK_MONOTONIC);

    if (spiral_session_set(view->session, name, 0.3, &error) != SPIRAL_OK)
        return -1.0;

    while (result == NULL || result->revision != view->session->revision || !result->complete) {
        run_frame(view, 0.0);
        result = spiral_live_fan_latest(view->fan); /* what the next frame shows */
    }

    spiral_view_frame(view, 0.0);

    return now(CLOCK_MONOTONIC) - begun;
}

void spiral_view_close(struct spiral_view *view)
{
    for (int g = 0; g < SPIRAL_GROUNDS; g++)
        spiral_ground_drop(&view->grounds[g]);
    spiral_live_fan_destroy(view->fan);
    spiral_session_destroy(view->session);
    view->fan = NULL;
    view->session = NULL;
    if (view->screen.cache != NULL)
        spiral_screen_close(&view->screen);
}
