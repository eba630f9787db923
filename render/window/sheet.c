/* SPDX-License-Identifier: MIT */
#include "render/window/sheet.h"

#include <math.h>
#include <string.h>

struct spiral_rectangle spiral_sheet_draw(struct spiral_ui *ui, const char *title, double width,
                                          double height, struct spiral_rectangle *foot)
{
    struct spiral_page *page = ui->page;
    const double unit = page->scale;
    const double pad = 20.0 * unit;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double button = line + 12.0 * unit;

    width = fmin(width, page->width - 24.0 * unit);
    height = fmin(height, page->height - 24.0 * unit);

    const double x = 0.5 * (page->width - width);
    const double y = 0.5 * (page->height - height);

    /* what lies under the sheet is still seen, but steps back */
    spiral_page_color(page, page->theme->background, 0.6);
    cairo_paint(page->cr);
    cairo_rectangle(page->cr, x, y, width, height);
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);

    const double heading =
        title[0] == '\0'
            ? 0.0
            : spiral_text_draw(page, SPIRAL_TEXT_title, title, x + pad, y + 0.8 * pad, 0.0, 0.0,
                               &(struct spiral_text_form){.width = width - 2.0 * pad})
                      .height +
                  0.7 * pad;

    *foot = (struct spiral_rectangle){x + pad, y + height - button - 0.7 * pad, width - 2.0 * pad,
                                      button};

    return (struct spiral_rectangle){x + pad, y + 0.8 * pad + heading, width - 2.0 * pad,
                                     height - 0.8 * pad - heading - button - 1.4 * pad};
}

bool spiral_sheet_button(struct spiral_ui *ui, const struct spiral_rectangle *foot,
                         double *from_right, const char *label)
{
    const double unit = ui->page->scale;
    const double width =
        fmax(spiral_text_measure(ui->page, SPIRAL_TEXT_tick, label, NULL).width + 26.0 * unit,
             90.0 * unit);
    const struct spiral_rectangle at = {foot->x + foot->width - *from_right - width, foot->y, width,
                                        foot->height};

    *from_right += width + 8.0 * unit;

    return spiral_ui_button(ui, at, label, false);
}

double spiral_sheet_rows(struct spiral_ui *ui, const char *text, double names,
                         struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const double unit = page->scale;
    double y = at.y;

    while (*text != '\0') {
        char row[512];
        const size_t length = strcspn(text, "\n");
        const size_t kept = length < sizeof row ? length : sizeof row - 1;

        memcpy(row, text, kept);
        row[kept] = '\0';
        text += length + (text[length] == '\n');

        char *tab = strchr(row, '\t');
        if (tab != NULL)
            *tab = '\0';

        const struct spiral_text_form name = {.width = names - 10.0 * unit};
        const struct spiral_text_form meaning = {.width = at.width - names,
                                                 .color = &page->theme->ink};
        const double left =
            spiral_text_draw(page, SPIRAL_TEXT_direct, row, at.x, y, 0.0, 0.0, &name).height;
        const double right = spiral_text_draw(page, SPIRAL_TEXT_tick, tab != NULL ? tab + 1 : "",
                                              at.x + names, y, 0.0, 0.0, &meaning)
                                 .height;

        y += fmax(left, right) + 5.0 * unit;
    }

    return y - at.y;
}
