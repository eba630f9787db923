/* SPDX-License-Identifier: MIT */
#include "render/window/notice.h"

#include <stdarg.h>
#include <stdio.h>

void spiral_notice_show(struct spiral_notice *notice, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(notice->text, sizeof notice->text, format, arguments);
    va_end(arguments);
    notice->left = 4.0;
}

bool spiral_notice_check(struct spiral_notice *notice, enum spiral_status status,
                         const struct spiral_error *error)
{
    if (status != SPIRAL_OK)
        spiral_notice_show(notice, "%s", error->message);
    return status == SPIRAL_OK;
}

void spiral_notice_draw(const struct spiral_notice *notice, struct spiral_page *page, double x,
                        double y, double width)
{
    if (notice->left <= 0.0)
        return;

    const double pad = 8.0 * page->scale;
    const struct spiral_text_form form = {.width = width};
    const struct spiral_rectangle size =
        spiral_text_measure(page, SPIRAL_TEXT_heading, notice->text, &form);

    cairo_rectangle(page->cr, x, y, size.width + 2.0 * pad, size.height + 2.0 * pad);
    spiral_page_color(page, page->theme->background, 0.95);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_heading, notice->text, x + pad, y + pad, 0.0, 0.0, &form);
}
