/* SPDX-License-Identifier: MIT
 *
 * The screens between turns: the hand-over, the news, and the end.
 */
#include "render/window/play_screens.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/window/play_text.h"
#include "scenarios/loader/text_stream.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

static const char *word(const struct spiral_play_window *window, enum spiral_play_word which)
{
    return spiral_play_word(which, spiral_language_code(window->language));
}

/* A button at the foot, in the middle. */
static bool draw_button(struct spiral_play_window *window, struct spiral_page *page,
                        const char *text)
{
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double width = 360.0 * page->scale;
    const double height = line + 20.0 * page->scale;
    const struct spiral_rectangle at = {0.5 * (page->width - width),
                                        page->height - height - 56.0 * page->scale, width, height};

    return spiral_ui_button(&window->ui, at, text, true);
}

static void draw_keys(const struct spiral_play_window *window, struct spiral_page *page)
{
    spiral_text_draw(page, SPIRAL_TEXT_note, word(window, SPIRAL_PLAY_WORD_keys), 0.5 * page->width,
                     page->height - 14.0 * page->scale, 0.5, 1.0, NULL);
}

/* --- the hand-over ---------------------------------------------------------------------------- */

void spiral_play_draw_handover(struct spiral_play_window *window, struct spiral_page *page)
{
    const int state = spiral_game_state(window->game);
    const char *code = spiral_language_code(window->language);
    char *text = spiral_play_tell(window->game, code);
    char button[300];
    const char *name = spiral_game_name(window->game, state, code);

    spiral_text_draw(page, SPIRAL_TEXT_headline, name, 0.5 * page->width, 0.3 * page->height, 0.5,
                     0.5, NULL);

    /* the lines after the title, in the middle */
    double y = 0.42 * page->height;

    for (char *line = text != NULL ? strchr(text, '\n') : NULL; line != NULL && line[1] != '\0';) {
        char *end = strchr(line + 1, '\n');
        if (end != NULL)
            *end = '\0';
        y += spiral_text_draw(page, SPIRAL_TEXT_heading, line + 1, 0.5 * page->width, y, 0.5, 0.0,
                              NULL)
                 .height +
             8.0 * page->scale;
        line = end;
    }

    free(text);
    draw_keys(window, page);

    snprintf(button, sizeof button, word(window, SPIRAL_PLAY_WORD_i_am), name);
    if (draw_button(window, page, button))
        spiral_play_go_on(window);
}

/* --- the news --------------------------------------------------------------------------------- */

void spiral_play_draw_news(struct spiral_play_window *window, struct spiral_page *page)
{
    char *text = spiral_play_tell(window->game, spiral_language_code(window->language));
    const double margin = 0.16 * page->width;

    if (draw_button(window, page, word(window, SPIRAL_PLAY_WORD_go_on)))
        spiral_play_go_on(window);
    else
        spiral_play_draw_scrolled(&window->ui, text,
                                  (struct spiral_rectangle){margin, 0.06 * page->height,
                                                            page->width - 2.0 * margin,
                                                            0.76 * page->height},
                                  &window->text_scroll);
    free(text);
}

/* --- the end ---------------------------------------------------------------------------------- */

/* The part of the end's text about one round, from its heading to the next. The caller frees it. */
static char *text_of_round(const char *text, int round)
{
    const char *at = text;

    for (int r = 0; r <= round && at != NULL; r++) {
        at = strstr(at, "\n## ");
        at = at != NULL ? at + 1 : NULL;
    }

    if (at == NULL)
        return NULL;

    const char *end = strstr(at, "\n## ");

    return end == NULL ? strdup(at) : strndup(at, (size_t)(end - at));
}

/* What happened in all, luck and choice, the gain, what to discuss. The caller frees it. */
static char *text_of_all(const struct spiral_play_window *window)
{
    char *parts[] = {spiral_debrief_summary(&window->debrief, window->language),
                     spiral_debrief_luck(&window->debrief, window->language),
                     spiral_debrief_gain_text(&window->debrief, window->language)};
    static const enum spiral_play_word heads[] = {SPIRAL_PLAY_WORD_what_happened,
                                                  SPIRAL_PLAY_WORD_luck, SPIRAL_PLAY_WORD_gain};
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out != NULL)
        fprintf(out, "# %s\n", word(window, SPIRAL_PLAY_WORD_curtain));

    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        if (parts[p] != NULL && out != NULL)
            fprintf(out, "\n## %s\n%s\n", word(window, heads[p]), parts[p]);
        free(parts[p]);
    }

    if (out == NULL)
        return NULL;
    fprintf(out, "\n## %s\n%s\n", word(window, SPIRAL_PLAY_WORD_discuss),
            word(window, SPIRAL_PLAY_WORD_questions));
    spiral_text_stream_close(out, &text);

    return text;
}

/* The debrief is made once, on the first frame of the end. */
static void make_debrief(struct spiral_play_window *window)
{
    struct spiral_error error;
    char said[SPIRAL_NOTICE_SIZE] = "";

    window->debriefed = true;
    spiral_notice_check(&window->notice,
                        spiral_debrief_create(&window->debrief, window->game,
                                              window->options.measure, &error),
                        &error);
    if (window->options.keep == NULL)
        return;

    if (spiral_notice_check(&window->notice,
                            window->options.keep(window->options.context, true, window->language,
                                                 said, &error),
                            &error) &&
        said[0] != '\0')
        spiral_notice_show(&window->notice, "%s", said);
}

static void draw_curves(struct spiral_play_window *window, struct spiral_page *page,
                        struct spiral_rectangle at)
{
    static struct spiral_debrief_names names;
    static struct spiral_played_figure figure;

    if (window->debrief.count == 0)
        return;
    spiral_debrief_figure(&window->debrief, &spiral_themes[window->theme], window->language, &names,
                          &figure);
    figure.shown = window->shown;
    spiral_played_draw(page, &figure, at);
}

/* Back and on through the rounds. */
static void draw_steps(struct spiral_play_window *window, struct spiral_page *page,
                       struct spiral_rectangle at)
{
    const double gap = 6.0 * page->scale;
    const double half = 0.5 * (at.width - gap);

    at.width = half;
    window->ui.disabled = window->shown < 0;
    if (spiral_ui_button(&window->ui, at, word(window, SPIRAL_PLAY_WORD_round_back), false))
        window->shown--;
    at.x += half + gap;
    window->ui.disabled = window->shown + 1 >= window->game->setup.rounds;
    if (spiral_ui_button(&window->ui, at, word(window, SPIRAL_PLAY_WORD_round_on), false))
        window->shown++;
    window->ui.disabled = false;
}

void spiral_play_draw_end(struct spiral_play_window *window, struct spiral_page *page)
{
    const double unit = page->scale;
    const double margin = 14.0 * unit;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 12.0 * unit;
    const double width = 0.6 * page->width;
    const double column = page->width - width - 3.5 * margin;
    const int before = window->shown;

    if (!window->debriefed)
        make_debrief(window);

    draw_steps(window, page, (struct spiral_rectangle){width + 2.0 * margin, margin, column, line});
    if (window->shown != before)
        window->text_scroll = 0.0;

    char *all = window->shown < 0
                    ? NULL
                    : spiral_play_tell(window->game, spiral_language_code(window->language));
    char *text = window->shown < 0 ? text_of_all(window)
                 : all != NULL     ? text_of_round(all, window->shown)
                                   : NULL;

    spiral_play_draw_scrolled(&window->ui, text,
                              (struct spiral_rectangle){width + 2.0 * margin, 2.0 * margin + line,
                                                        column, page->height - 3.0 * margin - line},
                              &window->text_scroll);
    free(all);
    free(text);
    draw_curves(window, page,
                (struct spiral_rectangle){margin, 0.5 * margin, width - margin,
                                          page->height - 1.5 * margin});
}

#pragma GCC diagnostic pop
