/* SPDX-License-Identifier: MIT */
#include "render/window/screen.h"

#include <string.h>

static void drop_surface(struct spiral_screen *screen)
{
    if (screen->cr != NULL)
        cairo_destroy(screen->cr);
    if (screen->surface != NULL)
        cairo_surface_destroy(screen->surface);
    if (screen->texture != NULL)
        SDL_DestroyTexture(screen->texture);
    screen->cr = NULL;
    screen->surface = NULL;
    screen->texture = NULL;
}

const char *spiral_screen_fit(struct spiral_screen *screen)
{
    int pixels = 0;
    int rows = 0;

    drop_surface(screen);

    SDL_GetWindowSize(screen->window, &screen->width, &screen->height);

    if (SDL_GetRendererOutputSize(screen->renderer, &pixels, &rows) != 0)
        return SDL_GetError();
    screen->density = screen->width > 0 ? (double)pixels / screen->width : 1.0;
    screen->texture = SDL_CreateTexture(screen->renderer, SDL_PIXELFORMAT_RGB888,
                                        SDL_TEXTUREACCESS_STREAMING, pixels, rows);
    screen->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels, rows);
    screen->cr = cairo_create(screen->surface);
    if (screen->texture == NULL)
        return SDL_GetError();
    if (cairo_status(screen->cr) != CAIRO_STATUS_SUCCESS)
        return cairo_status_to_string(cairo_status(screen->cr));
    cairo_scale(screen->cr, screen->density, screen->density);

    return NULL;
}

const char *spiral_screen_open(struct spiral_screen *screen, const char *title, int width,
                               int height)
{
    *screen = (struct spiral_screen){.density = 1.0};
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return SDL_GetError();

    /* where there is no display, SDL may choose a driver that shows nothing to anybody */
    const char *driver = SDL_GetCurrentVideoDriver();

    if (SDL_getenv("SDL_VIDEODRIVER") == NULL && driver != NULL &&
        (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0)) {
        SDL_Quit();
        return "there is no display";
    }

    const char *problem = NULL;

    screen->cache = spiral_text_cache_create();
    screen->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                      height, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (screen->window != NULL)
        screen->renderer = SDL_CreateRenderer(screen->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (screen->window != NULL && screen->renderer == NULL)
        screen->renderer = SDL_CreateRenderer(screen->window, -1, SDL_RENDERER_SOFTWARE);
    if (screen->cache == NULL)
        problem = "out of memory";
    else if (screen->renderer == NULL)
        problem = SDL_GetError();
    else {
        SDL_SetWindowMinimumSize(screen->window, SPIRAL_SCREEN_WIDTH, SPIRAL_SCREEN_HEIGHT);
        problem = spiral_screen_fit(screen);
    }

    if (problem != NULL)
        spiral_screen_close(screen);

    return problem;
}

void spiral_screen_show(struct spiral_screen *screen)
{
    cairo_surface_flush(screen->surface);
    SDL_UpdateTexture(screen->texture, NULL, cairo_image_surface_get_data(screen->surface),
                      cairo_image_surface_get_stride(screen->surface));
    SDL_RenderCopy(screen->renderer, screen->texture, NULL, NULL);
    SDL_RenderPresent(screen->renderer);
}

void spiral_screen_close(struct spiral_screen *screen)
{
    drop_surface(screen);
    if (screen->renderer != NULL)
        SDL_DestroyRenderer(screen->renderer);
    if (screen->window != NULL)
        SDL_DestroyWindow(screen->window);
    spiral_text_cache_destroy(screen->cache);
    screen->renderer = NULL;
    screen->window = NULL;
    screen->cache = NULL;

    SDL_Quit();
}
