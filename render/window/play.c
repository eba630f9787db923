/* SPDX-License-Identifier: MIT */
#include "render/window/play.h"

#include <math.h>

#include "render/window/play_screens.h"

/* --- events ----------------------------------------------------------------------------------- */

static void press_key(struct spiral_play_window *window, const SDL_Keysym *key)
{
    const bool at_end = window->game->phase == SPIRAL_PLAY_END;

    switch (key->sym) {
    case SDLK_F2:
        window->language = window->language == SPIRAL_ENGLISH ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
        break;
    case SDLK_F3:
        window->theme = (enum spiral_theme_name)((window->theme + 1) % SPIRAL_THEMES);
        break;
    case SDLK_F11:
        window->full = !window->full;
        SDL_SetWindowFullscreen(window->screen.window,
                                window->full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
        break;
    case SDLK_PLUS:
    case SDLK_KP_PLUS:
    case SDLK_EQUALS: window->scale = fmin(1.1 * window->scale, 3.0); break;
    case SDLK_MINUS:
    case SDLK_KP_MINUS: window->scale = fmax(window->scale / 1.1, 0.7); break;
    case SDLK_q: window->quit = window->quit || (key->mod & KMOD_CTRL) != 0; break;
    case SDLK_LEFT:
        if (at_end && window->shown >= 0)
            window->shown--;
        break;
    case SDLK_RIGHT:
        if (at_end && window->shown + 1 < window->game->setup.rounds)
            window->shown++;
        break;
    default: break;
    }
}

static void handle_events(struct spiral_play_window *window)
{
    SDL_Event event;
    bool resized = false;

    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_QUIT)
            window->quit = true;
        else if (event.type == SDL_WINDOWEVENT)
            resized = resized || event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
        else if (!spiral_play_field_event(&window->field, &event) &&
                 !spiral_ui_event(&window->ui, &event) && event.type == SDL_KEYDOWN)
            press_key(window, &event.key.keysym);
    }

    if (resized && spiral_screen_fit(&window->screen) != NULL)
        window->quit = true;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_frame(struct spiral_play_window *window)
{
    struct spiral_page page;
    const struct spiral_screen *screen = &window->screen;

    if (spiral_page_wrap(&page, screen->cr, screen->width, screen->height,
                         &spiral_themes[window->theme], screen->cache) != NULL)
        return;

    /* letters grow with the window, in steps: the font library keeps every size that was used */
    const double fit = fmin(screen->width / 1280.0, screen->height / 800.0);

    page.scale = window->scale * fmax(0.8, floor(20.0 * 1.15 * fit) / 20.0);
    spiral_page_color(&page, page.theme->background, 1.0);
    cairo_paint(page.cr);
    spiral_ui_begin(&window->ui, &page);

    switch (window->game->phase) {
    case SPIRAL_PLAY_HANDOVER: spiral_play_draw_handover(window, &page); break;
    case SPIRAL_PLAY_TURN: spiral_play_draw_turn(window, &page); break;
    case SPIRAL_PLAY_NEWS: spiral_play_draw_news(window, &page); break;
    case SPIRAL_PLAY_END: spiral_play_draw_end(window, &page); break;
    }

    spiral_notice_draw(&window->notice, &page, 0.62 * page.width, page.height - 120.0 * page.scale,
                       0.34 * page.width);
    spiral_ui_end(&window->ui);
    spiral_page_close(&page);
}

/* --- life ------------------------------------------------------------------------------------- */

const char *spiral_play_window_open(struct spiral_play_window *window,
                                    const struct spiral_play_window_options *options)
{
    *window = (struct spiral_play_window){.options = *options,
                                          .game = options->game,
                                          .scale = options->scale,
                                          .theme = options->theme,
                                          .language = options->language};
    spiral_ui_init(&window->ui);

    const char *problem =
        spiral_screen_open(&window->screen,
                           spiral_figure_title(&options->game->base, options->language),
                           options->width, options->height);

    if (problem == NULL) {
        SDL_StartTextInput();
        spiral_play_begin_phase(window);
    }

    return problem;
}

void spiral_play_window_close(struct spiral_play_window *window)
{
    spiral_debrief_clear(&window->debrief);
    if (window->screen.cache != NULL)
        spiral_screen_close(&window->screen);
}

void spiral_play_window_frame(struct spiral_play_window *window, double seconds)
{
    handle_events(window);
    window->notice.left -= seconds;
    draw_frame(window);
    spiral_screen_show(&window->screen);
}

void spiral_play_window_run(struct spiral_play_window *window, long frames)
{
    const double frame = 1.0 / 60.0;

    for (long i = 0; !window->quit && (frames == 0 || i < frames); i++) {
        const Uint32 begun = SDL_GetTicks();
        spiral_play_window_frame(window, frame);

        const Uint32 taken = SDL_GetTicks() - begun;

        if (taken < 16)
            SDL_Delay(16 - taken);
    }
}
