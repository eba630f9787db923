/* SPDX-License-Identifier: MIT
 *
 * The screen: an SDL window and, in it, a Cairo surface that is sent to it as a streaming
 * texture. Lengths are those of the window; on a screen of high density the surface has more
 * pixels.
 */
#ifndef SPIRAL_WINDOW_SCREEN_H
#define SPIRAL_WINDOW_SCREEN_H

#include <SDL.h>

#include "render/chart/page.h"

struct spiral_screen {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    cairo_surface_t *surface;
    cairo_t *cr;
    int width;      /* of the window */
    int height;     /* of the window */
    double density; /* pixels for one of the window */
    struct spiral_text_cache *cache;
};

/* The smallest window. */
enum { SPIRAL_SCREEN_WIDTH = 1024, SPIRAL_SCREEN_HEIGHT = 640 };

/* Opens a window. Returns NULL, or a sentence saying what failed; then the screen is closed. */
const char *spiral_screen_open(struct spiral_screen *screen, const char *title, int width,
                               int height);
/* Fits the surface to the window. Returns NULL or what failed. */
const char *spiral_screen_fit(struct spiral_screen *screen);
/* Shows what was drawn. */
void spiral_screen_show(struct spiral_screen *screen);
void spiral_screen_close(struct spiral_screen *screen);

#endif
