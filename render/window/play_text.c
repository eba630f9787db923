/* SPDX-License-Identifier: MIT */
#include "render/window/play_text.h"

#include <stdlib.h>
#include <string.h>

/* Draws one line of a text by its mark; returns the height that it takes. */
static double draw_line(struct spiral_page *page, const char *line, double x, double y,
                        double width)
{
    const double unit = page->scale;
    const struct spiral_color *ink = &page->theme->ink;
    struct spiral_text_form form = {.width = width, .color = ink};

    if (line[0] == '\0')
        return 5.0 * unit;
    if (strncmp(line, "# ", 2) == 0)
        return spiral_text_draw(page, SPIRAL_TEXT_title, line + 2, x, y, 0.0, 0.0, &form).height +
               8.0 * unit;
    if (strncmp(line, "## ", 3) == 0)
        return spiral_text_draw(page, SPIRAL_TEXT_heading, line + 3, x, y + 4.0 * unit, 0.0, 0.0,
                                &form)
                   .height +
               8.0 * unit;
    if (strncmp(line, "- ", 2) != 0)
        return spiral_text_draw(page, SPIRAL_TEXT_tick, line, x, y, 0.0, 0.0, &form).height +
               4.0 * unit;

    const double indent = 14.0 * unit;

    form.width = width - indent;
    spiral_text_draw(page, SPIRAL_TEXT_tick, "•", x + 2.0 * unit, y, 0.0, 0.0,
                     &(struct spiral_text_form){.color = ink});

    return spiral_text_draw(page, SPIRAL_TEXT_tick, line + 2, x + indent, y, 0.0, 0.0, &form)
               .height +
           3.0 * unit;
}

double spiral_play_draw_text(struct spiral_page *page, const char *text, double x, double y,
                             double width)
{
    const double begin = y;
    char *copy = text != NULL ? strdup(text) : NULL;
    char *line = copy;

    while (line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        y += draw_line(page, line, x, y, width);
        line = end != NULL ? end + 1 : NULL;
    }

    free(copy);

    return y - begin;
}

void spiral_play_draw_scrolled(struct spiral_ui *ui, const char *text, struct spiral_rectangle at,
                               double *scroll)
{
    spiral_ui_scroll_begin(ui, at);

    const double height = spiral_play_draw_text(ui->page, text, at.x, at.y - *scroll, at.width);

    spiral_ui_scroll_end(ui, height, scroll);
}
