/* SPDX-License-Identifier: MIT */
#include "tools/draw/play_window.h"

#ifdef SPIRAL_WITH_VIEW

#include <signal.h>
#include <stdio.h>

#include "render/window/play.h"
#include "tools/draw/play_gain.h"
#include "tools/draw/play_page.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

/* What a window cannot show goes to stderr; it says that something went wrong. */
static enum spiral_status keep_game(void *context, bool over, enum spiral_language language,
                                    char said[SPIRAL_NOTICE_SIZE], struct spiral_error *error)
{
    struct spiral_play_table *table = context;

    table->language = language; /* the debrief has that of the end */

    const int exit_status = over ? spiral_play_write_page(table) : spiral_play_save(table);

    if (exit_status != SPIRAL_EXIT_OK)
        return spiral_error_set(error, SPIRAL_IO, "the game cannot be written to %s",
                                over ? table->page : table->save);
    if (over && table->page != NULL)
        snprintf(said, SPIRAL_NOTICE_SIZE,
                 spiral_play_word(SPIRAL_PLAY_WORD_debriefed,
                                  spiral_language_code(table->language)),
                 table->page);

    return SPIRAL_OK;
}

int spiral_play_in_window(struct spiral_play_table *table, const struct spiral_play_look *look)
{
    static struct spiral_play_window window;
    const struct spiral_play_window_options options = {.game = table->game,
                                                       .width = look->width,
                                                       .height = look->height,
                                                       .scale = look->scale,
                                                       .theme = look->theme,
                                                       .language = table->language,
                                                       .keep = keep_game,
                                                       .context = table,
                                                       .measure = spiral_play_measure_gain};

    /* SDL makes a wish to close the window of an interrupt, unless it is caught already */
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);

    const char *problem = spiral_page_has_font()
                              ? spiral_play_window_open(&window, &options)
                              : "no font is installed (Debian: fonts-dejavu-core)";

    if (problem != NULL) {
        spiral_complain("no window can be opened: %s; `--terminal` plays without one", problem);
        return SPIRAL_EXIT_FAILED;
    }

    spiral_play_window_run(&window, (long)look->frames);
    spiral_play_window_close(&window);
    if (table->game->phase == SPIRAL_PLAY_END)
        return SPIRAL_EXIT_OK;

    const int exit_status = spiral_play_save(table);

    if (exit_status == SPIRAL_EXIT_OK)
        spiral_say(spiral_play_word(SPIRAL_PLAY_WORD_not_over,
                                    spiral_language_code(table->language)),
                   table->save);

    return exit_status;
}

#pragma GCC diagnostic pop

#else

int spiral_play_in_window(struct spiral_play_table *table, const struct spiral_play_look *look)
{
    (void)table;
    (void)look;
    spiral_complain("play: this program was built without SDL2; `--terminal` plays without a "
                    "window");
    return SPIRAL_EXIT_FAILED;
}

#endif
