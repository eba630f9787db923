/* SPDX-License-Identifier: MIT */
#include "render/figure/choice.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double dot_radius = 4.2;
enum { MOST_MARKS = 64 };

struct spiral_color spiral_choice_color(const struct spiral_theme *theme, int class)
{
    switch (class % SPIRAL_CHOICE_CLASSES) {
    case 0: return theme->series[SPIRAL_COLOR_OTHER];
    case 1: return theme->branch[0];
    case 2: return theme->branch[1];
    case 3: return theme->branch[2];
    case 4: return theme->branch[3];
    case 5: return theme->series[SPIRAL_COLOR_INDEX];
    case 6: return theme->series[SPIRAL_COLOR_WAR];
    default: return theme->level[1];
    }
}

static struct spiral_color color_of(const struct spiral_page *page,
                                    const struct spiral_choice_dot *dot)
{
    return dot->class >= 0 ? spiral_choice_color(page->theme, dot->class)
                           : spiral_theme_ramp(page->theme, dot->value);
}

/* --- the table -------------------------------------------------------------------------------- */

/* Where the columns of the table end, from its left edge. */
struct columns {
    double name;
    double end[SPIRAL_CHOICE_COLUMNS];
    double width;
    double line;
};

static struct columns measure_columns(struct spiral_page *page,
                                      const struct spiral_choice_figure *figure, double most)
{
    const double gap = 14.0 * page->scale;
    struct columns columns = {
        .line = spiral_text_measure(page, SPIRAL_TEXT_caption, "0", NULL).height * 1.35};
    double cells = 0.0;
    double ends[SPIRAL_CHOICE_COLUMNS];

    for (size_t c = 0; c < figure->column_count; c++) {
        double width = spiral_text_measure(page, SPIRAL_TEXT_note, figure->heads[c], NULL).width;
        for (size_t row = 0; row < figure->row_count; row++)
            width = fmax(width, spiral_text_measure(page, SPIRAL_TEXT_caption,
                                                    figure->rows[row].cells[c], NULL)
                                    .width);

        cells += width + gap;
        ends[c] = cells;
    }

    for (size_t row = 0; row < figure->row_count; row++)
        columns.name = fmax(
            columns.name,
            spiral_text_measure(page, SPIRAL_TEXT_caption, figure->rows[row].name, NULL).width);

    columns.name = fmin(columns.name, most - cells - 22.0 * page->scale) + 22.0 * page->scale;
    for (size_t c = 0; c < figure->column_count; c++)
        columns.end[c] = columns.name + ends[c];
    columns.width = columns.name + cells;

    return columns;
}

/* Classes differ in shape as well as in colour. */
static enum spiral_shape shape_of(int class)
{
    return class < 0 ? SPIRAL_SHAPE_circle : (enum spiral_shape)(class % SPIRAL_SHAPES);
}

static void draw_class(struct spiral_page *page, double x, double y, int class)
{
    spiral_shape_path(page, shape_of(class), x, y, dot_radius * page->scale);
    spiral_page_color(page, spiral_choice_color(page->theme, class), 1.0);
    cairo_fill(page->cr);
}

static void draw_table(struct spiral_page *page, const struct spiral_choice_figure *figure,
                       const struct columns *columns, struct spiral_rectangle at)
{
    double y = at.y;

    if (figure->rows_title != NULL)
        y += spiral_text_draw(page, SPIRAL_TEXT_heading, figure->rows_title, at.x, y, 0.0, 0.0,
                              &(struct spiral_text_form){.width = at.width})
                 .height +
             6.0 * page->scale;

    for (size_t c = 0; c < figure->column_count; c++)
        spiral_text_draw(page, SPIRAL_TEXT_note, figure->heads[c], at.x + columns->end[c], y, 1.0,
                         0.0, NULL);
    y += columns->line;

    for (size_t row = 0; row < figure->row_count; row++) {
        const struct spiral_choice_row *one = &figure->rows[row];
        const struct spiral_text_form form = {.width = columns->name - 22.0 * page->scale};
        const double height =
            fmax(columns->line,
                 spiral_text_measure(page, SPIRAL_TEXT_caption, one->name, &form).height +
                     0.35 * columns->line);
        const double middle = y + 0.5 * height;

        if (y + height > at.y + at.height)
            break;
        if (one->mark[0] != '\0')
            spiral_text_draw(page, SPIRAL_TEXT_direct, one->mark, at.x + 8.0 * page->scale, middle,
                             0.5, 0.5, NULL);
        else if (one->class >= 0)
            draw_class(page, at.x + 8.0 * page->scale, middle, one->class);
        spiral_text_draw(page, SPIRAL_TEXT_caption, one->name, at.x + 22.0 * page->scale, middle,
                         0.0, 0.5, &form);
        for (size_t c = 0; c < figure->column_count; c++)
            spiral_text_draw(page, SPIRAL_TEXT_caption, one->cells[c], at.x + columns->end[c],
                             middle, 1.0, 0.5, NULL);
        y += height;
    }
}

/* --- the plane -------------------------------------------------------------------------------- */

static void draw_path(struct spiral_page *page, const struct spiral_panel *panel,
                      const struct spiral_choice_figure *figure)
{
    const size_t last = figure->path_count - 1;

    if (figure->path_count == 0)
        return;
    spiral_marks_line(page, panel, figure->path_x, figure->path_y, figure->path_count,
                      (struct spiral_stroke){page->theme->ink, 0.85, 1.0, SPIRAL_DASH_solid});
    spiral_marks_dot(page, panel, figure->path_x[0], figure->path_y[0], dot_radius * page->scale,
                     page->theme->ink, true);
    spiral_marks_dot(page, panel, figure->path_x[last], figure->path_y[last],
                     1.3 * dot_radius * page->scale, page->theme->ink, false);

    const double x = spiral_panel_x(panel, figure->path_x[last]);
    const double right = x < panel->at.x + 0.85 * panel->at.width ? 0.5 : 1.0;

    spiral_text_draw(page, SPIRAL_TEXT_direct, figure->path_name, x,
                     spiral_panel_y(panel, figure->path_y[last]) - 9.0 * page->scale, right, 1.0,
                     &(struct spiral_text_form){.halo = true});
}

static void draw_dots(struct spiral_page *page, const struct spiral_panel *panel,
                      const struct spiral_choice_figure *figure)
{
    for (size_t i = 0; i < figure->dot_count; i++) {
        const struct spiral_choice_dot *dot = &figure->dots[i];
        const double radius = dot_radius * dot->size * page->scale;

        /* The pale end of the ramp is nearly the page's own colour: a rim shows where it ends. */
        if (dot->class < 0)
            spiral_marks_dot(page, panel, dot->x, dot->y, radius + page->scale, page->theme->muted,
                             false);
        spiral_marks_shape(page, panel, dot->x, dot->y, radius, color_of(page, dot), dot->hollow,
                           shape_of(dot->class));
    }

    /* Letters come last, so that no dot covers one; one that would lie on another is left out. */
    struct spiral_rectangle placed[MOST_MARKS];
    size_t count = 0;

    for (size_t i = 0; i < figure->dot_count && count < MOST_MARKS; i++) {
        const char *mark = figure->dots[i].mark;
        const struct spiral_text_form form = {.halo = true};
        struct spiral_rectangle at = spiral_text_measure(page, SPIRAL_TEXT_direct, mark, &form);
        bool free_place = mark[0] != '\0';

        at.x = spiral_panel_x(panel, figure->dots[i].x) + 7.0 * page->scale;
        at.y = spiral_panel_y(panel, figure->dots[i].y) - 5.0 * page->scale - at.height;
        for (size_t j = 0; j < count; j++)
            free_place = free_place &&
                         (at.x > placed[j].x + placed[j].width || at.x + at.width < placed[j].x ||
                          at.y > placed[j].y + placed[j].height || at.y + at.height < placed[j].y);
        if (!free_place)
            continue;
        spiral_text_draw(page, SPIRAL_TEXT_direct, mark, at.x, at.y, 0.0, 0.0, &form);
        placed[count++] = at;
    }
}

static struct spiral_ticks ticks_of(const struct spiral_scale *scale, bool percent, int most)
{
    return percent      ? spiral_ticks_percent(scale->low, scale->high, most)
           : scale->log ? spiral_ticks_log(scale->low, scale->high, most)
                        : spiral_ticks_linear(scale->low, scale->high, most);
}

void spiral_choice_draw(struct spiral_page *page, const struct spiral_choice_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    const double gap = 34.0 * page->scale;
    const struct columns columns = measure_columns(page, figure, 0.5 * inner.width);
    const double ramp = figure->ramp_name != NULL ? 74.0 * page->scale : 0.0;
    const double table = figure->row_count > 0 ? columns.width + gap : 0.0;
    struct spiral_panel panel = {.at = inner, .x = figure->x, .y = figure->y};
    const int room = (int)(inner.width / (150.0 * page->scale)) + 2;
    const struct spiral_ticks x = ticks_of(&figure->x, figure->x_percent, room);
    const struct spiral_ticks y =
        ticks_of(&figure->y, figure->y_percent, spiral_ticks_room(page, inner.height));
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .x_name = figure->x_name,
                                           .y_name = figure->y_name,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .x_grid = true,
                                           .y_grid = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);

    panel.at.x += margins.left;
    panel.at.y += margins.top;
    panel.at.width -= margins.left + ramp + table + 8.0 * page->scale;
    panel.at.height -= margins.top + margins.bottom;

    spiral_panel_draw_axes(page, &panel, &axes);
    draw_path(page, &panel, figure);
    draw_dots(page, &panel, figure);

    if (figure->ramp_name != NULL) {
        const struct spiral_ticks ticks =
            spiral_ticks_percent(figure->ramp_low, figure->ramp_high, 5);
        spiral_marks_ramp(page,
                          (struct spiral_rectangle){panel.at.x + panel.at.width +
                                                        14.0 * page->scale,
                                                    panel.at.y, 10.0 * page->scale,
                                                    panel.at.height},
                          &ticks, figure->ramp_low, figure->ramp_high, figure->ramp_name);
    }

    if (figure->row_count > 0)
        draw_table(page, figure, &columns,
                   (struct spiral_rectangle){inner.x + inner.width - columns.width, inner.y,
                                             columns.width, inner.height});
}
