/* SPDX-License-Identifier: MIT */
#include "render/window/help.h"

#include <stdio.h>
#include <string.h>

#include "render/window/ui/phrases.h"

void spiral_help_draw(struct spiral_page *page, enum spiral_language language)
{
    char lines[2048];
    const char *text = spiral_phrase(SPIRAL_PHRASE_help_keys, language);
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
