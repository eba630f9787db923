/* SPDX-License-Identifier: MIT */
#include "render/figure/claims.h"

#include <math.h>
#include <stdio.h>

enum { COLUMNS = 3 };
static const enum spiral_word heads[COLUMNS] = {SPIRAL_WORD_holds, SPIRAL_WORD_reversed,
                                                SPIRAL_WORD_no_risk};

/* Positions and sizes, in pixels. */
struct layout {
    struct spiral_rectangle inner;
    double statements; /* width of their column */
    double column;     /* of the shares */
    double head;       /* height above the rows */
    double foot;       /* height below the rows */
    double line;       /* height of an axis' text */
    double heading;    /* height of a group's heading */
    struct spiral_panel panel;
};

static bool starts_group(const struct spiral_claims_figure *figure, size_t row)
{
    return row == 0 || figure->rows[row].group != figure->rows[row - 1].group;
}

static double statement_height(struct spiral_page *page, const struct spiral_claims_row *row,
                               double width)
{
    return spiral_text_measure(page, SPIRAL_TEXT_caption, row->statement,
                               &(struct spiral_text_form){.width = width})
        .height;
}

/* The least height of all rows and headings. */
static double rows_height(struct spiral_page *page, const struct spiral_claims_figure *figure,
                          const struct layout *layout)
{
    double height = 0.0;
    for (size_t row = 0; row < figure->count; row++)
        height += statement_height(page, &figure->rows[row], layout->statements) +
                  3.0 * page->scale + (starts_group(figure, row) ? layout->heading : 0.0);
    return height;
}

/* The range of effects, with 0 in it. */
static struct spiral_scale effects_scale(const struct spiral_claims_figure *figure)
{
    double low = 0.0;
    double high = 0.0;

    for (size_t row = 0; row < figure->count; row++) {
        const struct spiral_claims_row *one = &figure->rows[row];
        if (isfinite(one->median)) {
            low = fmin(low, fmin(one->spread.low, one->interval.low));
            high = fmax(high, fmax(one->spread.high, one->interval.high));
        }
    }

    const double span = high > low ? high - low : 1.0;

    return (struct spiral_scale){low - 0.04 * span, high + 0.04 * span, false};
}

/* Lays the figure out at the page's scale. Returns the height that is left over, below 0 where
 * there is too little. */
static double lay_out(struct spiral_page *page, const struct spiral_claims_figure *figure,
                      struct layout *layout)
{
    const double unit = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double shares =
        spiral_text_measure(page, SPIRAL_TEXT_number, "100 % [100, 100]", NULL).width + 14.0 * unit;

    layout->line = line;
    layout->heading =
        spiral_text_measure(page, SPIRAL_TEXT_heading, "0", NULL).height + 10.0 * unit;
    layout->column = 5.0 * line;
    layout->head = 2.0 * line + 10.0 * unit;
    layout->foot = 2.0 * line + 16.0 * unit;

    const double room = layout->inner.width - shares - (COLUMNS - 1) * layout->column;

    layout->statements = 0.0;

    for (size_t row = 0; row < figure->count; row++)
        layout->statements =
            fmax(layout->statements,
                 spiral_text_measure(page, SPIRAL_TEXT_caption, figure->rows[row].statement, NULL)
                     .width);

    layout->statements = fmin(layout->statements, 0.52 * room);

    const double left = layout->inner.x + layout->statements + 14.0 * unit;
    const double height = layout->inner.height - layout->head - layout->foot;

    layout->panel = (struct spiral_panel){.at = {left, layout->inner.y + layout->head,
                                                 room - layout->statements - 14.0 * unit, height},
                                          .x = effects_scale(figure),
                                          .y = {height, 0.0, false}};

    return height - rows_height(page, figure, layout);
}

/* Whose interval is above 0, below it, or on it. */
static struct spiral_color color_of(const struct spiral_page *page,
                                    const struct spiral_claims_row *row)
{
    return row->interval.low > 0.0    ? page->theme->series[SPIRAL_COLOR_SMALL]
           : row->interval.high < 0.0 ? page->theme->series[SPIRAL_COLOR_NEIGHBOUR]
                                      : page->theme->muted;
}

static void draw_shares(struct spiral_page *page, const struct spiral_claims_row *row,
                        const struct layout *layout, double y)
{
    const double right = layout->inner.x + layout->inner.width;
    const double others[COLUMNS - 1] = {row->quiet, row->reversed};
    char text[48];

    for (int c = 0; c < COLUMNS - 1; c++) { /* from the right */
        snprintf(text, sizeof text, "%.0f %%", 100.0 * others[c]);
        spiral_text_draw(page, SPIRAL_TEXT_number, text, right - c * layout->column, y, 1.0, 0.5,
                         NULL);
    }

    snprintf(text, sizeof text, "%.0f %% [%.0f, %.0f]", 100.0 * row->holds, 100.0 * row->share.low,
             100.0 * row->share.high);
    spiral_text_draw(page, SPIRAL_TEXT_number, text, right - (COLUMNS - 1) * layout->column, y, 1.0,
                     0.5, NULL);
}

static void draw_row(struct spiral_page *page, const struct spiral_claims_figure *figure,
                     const struct spiral_claims_row *row, const struct layout *layout,
                     double middle)
{
    const struct spiral_panel *panel = &layout->panel;
    const double y = panel->at.y + middle;

    spiral_text_draw(page, SPIRAL_TEXT_caption, row->statement, layout->inner.x, y, 0.0, 0.5,
                     &(struct spiral_text_form){.width = layout->statements});
    draw_shares(page, row, layout, y);

    if (!isfinite(row->median)) {
        spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_no_risk, figure->language),
                         spiral_panel_x(panel, 0.0) + 6.0 * page->scale, y, 0.0, 0.5, NULL);
        return;
    }

    const struct spiral_color color = color_of(page, row);

    spiral_marks_bar(page, panel, row->spread.low, row->spread.high, middle, 5.0 * page->scale,
                     color, 0.3);
    spiral_marks_interval(page, panel, row->interval.low, row->interval.high, middle,
                          (struct spiral_stroke){color, 1.0, 0.9, SPIRAL_DASH_solid});
    /* a ring where the interval does not tell the sign */
    spiral_marks_dot(page, panel, row->median, middle, 2.8 * page->scale, color,
                     row->interval.low <= 0.0 && row->interval.high >= 0.0);
}

static void draw_frame(struct spiral_page *page, const struct spiral_claims_figure *figure,
                       const struct layout *layout)
{
    const struct spiral_panel *panel = &layout->panel;
    const struct spiral_ticks ticks =
        spiral_ticks_linear(panel->x.low, panel->x.high,
                            (int)(panel->at.width / (4.0 * layout->line)));
    const double zero = spiral_panel_x(panel, 0.0);
    const double above = panel->at.y - 4.0 * page->scale;
    const double right = layout->inner.x + layout->inner.width;

    spiral_panel_draw_axes(page, panel,
                           &(struct spiral_panel_axes){.x = &ticks,
                                                       .x_name = figure->axis,
                                                       .x_labels = true,
                                                       .x_grid = true});
    spiral_marks_vertical(page, panel, 0.0,
                          (struct spiral_stroke){page->theme->ink, 0.8, 0.6, SPIRAL_DASH_solid});
    spiral_text_draw(page, SPIRAL_TEXT_axis, spiral_word(SPIRAL_WORD_bears_out, figure->language),
                     zero + 6.0 * page->scale, above, 0.0, 1.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_axis, spiral_word(SPIRAL_WORD_contradicts, figure->language),
                     zero - 6.0 * page->scale, above, 1.0, 1.0, NULL);

    for (int c = 0; c < COLUMNS; c++)
        spiral_text_draw(page, SPIRAL_TEXT_axis, spiral_word(heads[c], figure->language),
                         right - (COLUMNS - 1 - c) * layout->column, above, 1.0, 1.0,
                         &(struct spiral_text_form){.width = layout->column - 8.0 * page->scale,
                                                    .end = true});
}

void spiral_claims_draw(struct spiral_page *page, const struct spiral_claims_figure *figure)
{
    const double scale = page->scale;
    struct layout layout = {
        .inner = spiral_page_frame(page, figure->title, figure->subtitle, figure->note)};
    double over = lay_out(page, figure, &layout);

    /* Where the rows are too high for the page, all texts shrink together until they fit. */
    while (over < 0.0 && page->scale > 0.4 * scale) {
        page->scale *= 0.96;
        over = lay_out(page, figure, &layout);
    }

    draw_frame(page, figure, &layout);

    /* Height that is left over is shared out among the rows. */
    const double pad = 3.0 * page->scale + fmax(0.0, over) / (double)figure->count;
    double top = 0.0;

    for (size_t row = 0; row < figure->count; row++) {
        if (starts_group(figure, row)) {
            spiral_text_draw(page, SPIRAL_TEXT_heading, figure->rows[row].group, layout.inner.x,
                             layout.panel.at.y + top + layout.heading - 2.0 * page->scale, 0.0, 1.0,
                             NULL);
            top += layout.heading;
        }

        const double height = statement_height(page, &figure->rows[row], layout.statements) + pad;
        draw_row(page, figure, &figure->rows[row], &layout, top + 0.5 * height);
        top += height;
    }

    page->scale = scale;
}
