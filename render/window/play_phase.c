/* SPDX-License-Identifier: MIT */
#include "render/window/play_phase.h"

#include <stdlib.h>
#include <string.h>

/* The window's title is that of the screen, for the list of windows and for whoever drives it. */
static void set_title(struct spiral_play_window *window)
{
    char *text = spiral_play_tell(window->game, spiral_language_code(window->language));
    char *end = text != NULL ? strchr(text, '\n') : NULL;

    if (end != NULL && strncmp(text, "# ", 2) == 0) {
        *end = '\0';
        SDL_SetWindowTitle(window->screen.window, text + 2);
    }

    free(text);
}

void spiral_play_begin_phase(struct spiral_play_window *window)
{
    const struct spiral_game *game = window->game;

    window->field = (struct spiral_play_field){.active = game->phase == SPIRAL_PLAY_TURN};
    window->turn = (struct spiral_play_turn){.course = -1};
    window->target = 0;
    window->move = 0;
    window->course = 0;
    window->text_scroll = 0.0;
    window->column_scroll = 0.0;
    window->notice.left = 0.0;
    window->shown = -1;
    /* Enter presses the one button of a screen between turns */
    window->ui.focus =
        game->phase == SPIRAL_PLAY_HANDOVER || game->phase == SPIRAL_PLAY_NEWS ? 0 : -1;
    window->ui.open = -1;
    set_title(window);
}

void spiral_play_go_on(struct spiral_play_window *window)
{
    spiral_game_go_on(window->game);
    spiral_play_begin_phase(window);
}
