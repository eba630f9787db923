/* SPDX-License-Identifier: MIT */
#include "render/figure/posterior.h"

#include <math.h>
#include <stdlib.h>

#include "render/chart/labels.h"

enum { POINTS = 101, GRID = 41 };

/* --- densities -------------------------------------------------------------------------------- */

static double coordinate_of(const struct spiral_scale *range, double value)
{
    return range->log ? log(value / range->low) / log(range->high / range->low)
                      : (value - range->low) / (range->high - range->low);
}

static double value_at(const struct spiral_scale *range, double u)
{
    return range->log ? range->low * pow(range->high / range->low, u)
                      : range->low + u * (range->high - range->low);
}

static double particle_at(const struct spiral_posterior_figure *figure, size_t axis,
                          size_t particle)
{
    return coordinate_of(&figure->axes[axis].range,
                         figure->axes[axis].value[particle * figure->stride]);
}

static double sum_of_weights(const struct spiral_posterior_figure *figure)
{
    double sum = 0.0;
    for (size_t p = 0; p < figure->count; p++)
        sum += figure->weight[p];
    return sum;
}

double spiral_posterior_spread(const struct spiral_posterior_figure *figure, size_t axis)
{
    const double all = sum_of_weights(figure);
    double mean = 0.0;
    double square = 0.0;

    for (size_t p = 0; p < figure->count; p++)
        mean += figure->weight[p] / all * particle_at(figure, axis, p);
    for (size_t p = 0; p < figure->count; p++)
        square += figure->weight[p] / all * pow(particle_at(figure, axis, p) - mean, 2.0);

    return sqrt(square);
}

/* Scott's width for a sample in so many dimensions, of as many particles as its weights are
 * worth. */
static double width_of(const struct spiral_posterior_figure *figure, size_t axis, int dimensions)
{
    double sum = 0.0;
    double squares = 0.0;

    for (size_t p = 0; p < figure->count; p++) {
        sum += figure->weight[p];
        squares += figure->weight[p] * figure->weight[p];
    }

    return fmax(spiral_posterior_spread(figure, axis) *
                    pow(sum * sum / squares, -1.0 / (4.0 + dimensions)),
                0.01);
}

/* A kernel about a particle with its images beyond the ends of the range. */
static double kernel_density(double u, double at, double width)
{
    static const double root = 2.5066282746310002; /* of 2 pi */
    double sum = 0.0;
    const double images[3] = {at, -at, 2.0 - at};

    for (int i = 0; i < 3; i++)
        sum += exp(-0.5 * pow((u - images[i]) / width, 2.0));
    return sum / (root * width);
}

void spiral_posterior_density(const struct spiral_posterior_figure *figure, size_t axis,
                              double *density, size_t count)
{
    const double all = sum_of_weights(figure);
    const double width = width_of(figure, axis, 1);

    for (size_t i = 0; i < count; i++) {
        density[i] = 0.0;
        for (size_t p = 0; p < figure->count; p++)
            density[i] += figure->weight[p] / all *
                          kernel_density((double)i / (double)(count - 1),
                                         particle_at(figure, axis, p), width);
    }
}

/* --- pairs ------------------------------------------------------------------------------------ */

/* The density of a pair at the nodes of a grid. */
static void pair_density(const struct spiral_posterior_figure *figure, size_t x, size_t y,
                         double density[GRID * GRID])
{
    const double all = sum_of_weights(figure);
    const double wide = width_of(figure, x, 2);
    const double high = width_of(figure, y, 2);

    for (int i = 0; i < GRID * GRID; i++)
        density[i] = 0.0;

    for (size_t p = 0; p < figure->count; p++) {
        double along[GRID];
        double up[GRID];

        for (int i = 0; i < GRID; i++) {
            along[i] = figure->weight[p] / all *
                       kernel_density(i / (GRID - 1.0), particle_at(figure, x, p), wide);
            up[i] = kernel_density(i / (GRID - 1.0), particle_at(figure, y, p), high);
        }

        for (int i = 0; i < GRID * GRID; i++)
            density[i] += along[i % GRID] * up[i / GRID];
    }
}

static int compare_descending(const void *one, const void *other)
{
    const double a = *(const double *)one;
    const double b = *(const double *)other;

    return a > b ? -1 : a < b;
}

/* The density above which a share of the whole lies. */
static double level_of(const double density[GRID * GRID], double share)
{
    static double sorted[GRID * GRID];
    double sum = 0.0;
    double part = 0.0;

    for (int i = 0; i < GRID * GRID; i++) {
        sorted[i] = density[i];
        sum += density[i];
    }

    qsort(sorted, GRID * GRID, sizeof *sorted, compare_descending);
    int i = 0;

    while (i < GRID * GRID - 1 && (part += sorted[i]) < share * sum)
        i++;

    return sorted[i];
}

static void draw_pair(struct spiral_page *page, const struct spiral_posterior_figure *figure,
                      const struct spiral_panel *panel, size_t x, size_t y)
{
    double density[GRID * GRID];
    double most = 0.0;
    const struct spiral_value_grid values = {density, GRID, GRID};
    const struct spiral_posterior_number *across = &figure->axes[x];
    const struct spiral_posterior_number *up = &figure->axes[y];
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_SMALL];

    pair_density(figure, x, y, density);
    for (size_t p = 0; p < figure->count; p++)
        most = fmax(most, figure->weight[p]);

    for (size_t p = 0; p < figure->count; p++)
        spiral_marks_dot(page, panel, across->value[p * figure->stride],
                         up->value[p * figure->stride], 0.4 + 1.4 * sqrt(figure->weight[p] / most),
                         color, false);

    spiral_marks_contour(page, panel, &values, level_of(density, 0.95),
                         (struct spiral_stroke){page->theme->ink, 0.6, 0.5, SPIRAL_DASH_dashed});
    spiral_marks_contour(page, panel, &values, level_of(density, 0.5),
                         (struct spiral_stroke){page->theme->ink, 0.9, 0.7, SPIRAL_DASH_solid});
    if (isfinite(across->present) && isfinite(up->present))
        spiral_marks_dot(page, panel, across->present, up->present, 4.0,
                         page->theme->series[SPIRAL_COLOR_NEIGHBOUR], true);
    if (isfinite(across->truth) && isfinite(up->truth))
        spiral_marks_dot(page, panel, across->truth, up->truth, 3.0,
                         page->theme->series[SPIRAL_COLOR_WAR], false);
}

static void draw_one(struct spiral_page *page, const struct spiral_posterior_figure *figure,
                     struct spiral_panel *panel, size_t axis)
{
    double density[POINTS];
    double value[POINTS];
    double zero[POINTS] = {0.0};
    double most = 1.0;
    const struct spiral_posterior_number *number = &figure->axes[axis];
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_SMALL];

    spiral_posterior_density(figure, axis, density, POINTS);

    for (int i = 0; i < POINTS; i++) {
        value[i] = value_at(&number->range, i / (POINTS - 1.0));
        most = fmax(most, density[i]);
    }

    panel->y = (struct spiral_scale){0.0, 1.12 * most, false};
    spiral_marks_band(page, panel, value, zero, density, POINTS, color, 0.25);
    spiral_marks_line(page, panel, value, density, POINTS,
                      (struct spiral_stroke){color, 1.0, 1.0, SPIRAL_DASH_solid});
    spiral_marks_horizontal(page, panel, 1.0,
                            (struct spiral_stroke){page->theme->muted, 0.9, 0.6,
                                                   SPIRAL_DASH_dashed});

    if (isfinite(number->present))
        spiral_marks_vertical(page, panel, number->present,
                              (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_NEIGHBOUR],
                                                     1.0, 0.9, SPIRAL_DASH_solid});

    if (isfinite(number->truth))
        spiral_marks_vertical(page, panel, number->truth,
                              (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_WAR], 1.0,
                                                     0.9, SPIRAL_DASH_dashed});
}

/* --- the page --------------------------------------------------------------------------------- */

static struct spiral_ticks ticks_of(const struct spiral_scale *range)
{
    return range->log ? spiral_ticks_log(range->low, range->high, 5)
                      : spiral_ticks_linear(range->low, range->high, 4);
}

/* Leaves out labels that would reach into the panel beside. */
static struct spiral_ticks keep_inside(struct spiral_page *page, const struct spiral_panel *panel,
                                       struct spiral_ticks ticks)
{
    for (int i = 0; i < ticks.count; i++) {
        const double half =
            0.5 * spiral_text_measure(page, SPIRAL_TEXT_tick, ticks.label[i], NULL).width;
        const double x = spiral_panel_x(panel, ticks.at[i]);

        if (x - half < panel->at.x - 3.0 * page->scale ||
            x + half > panel->at.x + panel->at.width + 3.0 * page->scale)
            ticks.label[i][0] = '\0';
    }

    return ticks;
}

/* The mark that a name of the key is of, from x on. */
static void draw_key_mark(struct spiral_page *page, enum spiral_word word,
                          struct spiral_color color, double x, double y)
{
    const struct spiral_panel point = {.at = {x + 11.0 * page->scale, y, 1.0, 0.0},
                                       .x = {0.0, 1.0, false},
                                       .y = {0.0, 1.0, false}};

    if (word == SPIRAL_WORD_sample)
        spiral_marks_dot(page, &point, 0.0, 0.0, 2.0, color, false);
    else if (word == SPIRAL_WORD_present)
        spiral_marks_dot(page, &point, 0.0, 0.0, 4.0, color, true);
    else if (word == SPIRAL_WORD_truth)
        spiral_marks_dot(page, &point, 0.0, 0.0, 3.0, color, false);
    else
        spiral_labels_sample(page, color,
                             word == SPIRAL_WORD_prior ? SPIRAL_DASH_dashed : SPIRAL_DASH_solid, x,
                             y);
}

/* What the marks are, in the empty corner. */
static void draw_key(struct spiral_page *page, const struct spiral_posterior_figure *figure,
                     struct spiral_rectangle corner)
{
    const struct spiral_color colors[] = {page->theme->series[SPIRAL_COLOR_SMALL], page->theme->ink,
                                          page->theme->muted,
                                          page->theme->series[SPIRAL_COLOR_NEIGHBOUR],
                                          page->theme->series[SPIRAL_COLOR_WAR]};
    static const enum spiral_word words[] = {SPIRAL_WORD_sample, SPIRAL_WORD_regions,
                                             SPIRAL_WORD_prior, SPIRAL_WORD_present,
                                             SPIRAL_WORD_truth};
    const double sample = spiral_labels_sample_width(page);
    double y = corner.y;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i] == SPIRAL_WORD_truth && !isfinite(figure->axes[0].truth))
            continue;

        const struct spiral_rectangle at =
            spiral_text_draw(page, SPIRAL_TEXT_direct, spiral_word(words[i], figure->language),
                             corner.x + corner.width - sample - 6.0 * page->scale, y, 1.0, 0.0,
                             &(struct spiral_text_form){.color = &colors[i],
                                                        .width = corner.width - sample,
                                                        .end = true});

        draw_key_mark(page, words[i], colors[i], corner.x + corner.width - sample,
                      at.y + 0.5 * at.height);
        y += at.height + 4.0 * page->scale;
    }
}

/* The names of the axes: below the lowest panels, and beside those at the left. Where a name is
 * longer than its panel, the panel on the diagonal alone has it. */
static void name_axes(struct spiral_page *page, const struct spiral_posterior_figure *figure,
                      const struct spiral_panel *panel, size_t row, size_t column)
{
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double left =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "0.005", NULL).width + 14.0 * page->scale;

    const double below =
        spiral_text_measure(page, SPIRAL_TEXT_note, figure->axes[column].label, NULL).width;
    const double beside =
        spiral_text_measure(page, SPIRAL_TEXT_note, figure->axes[row].label, NULL).width;

    if (row + 1 == figure->axis_count && below <= panel->at.width)
        spiral_text_draw(page, SPIRAL_TEXT_note, figure->axes[column].label,
                         panel->at.x + 0.5 * panel->at.width,
                         panel->at.y + panel->at.height + line + 10.0 * page->scale, 0.5, 0.0,
                         NULL);
    if (column == 0 && row > 0 && beside <= panel->at.height)
        spiral_text_draw(page, SPIRAL_TEXT_note, figure->axes[row].label, panel->at.x - left,
                         panel->at.y + 0.5 * panel->at.height, 0.5, 0.5,
                         &(struct spiral_text_form){.angle = -1.5707963267948966});
}

void spiral_posterior_draw(struct spiral_page *page, const struct spiral_posterior_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    const size_t n = figure->axis_count;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double gap = 12.0 * page->scale;
    const double left = spiral_text_measure(page, SPIRAL_TEXT_tick, "0.005", NULL).width + line +
                        18.0 * page->scale;
    const double bottom = 2.0 * line + 14.0 * page->scale;
    const double width = (inner.width - left) / (double)n - gap;
    double names = line;

    for (size_t a = 0; a < n; a++)
        names = fmax(names, spiral_text_measure(page, SPIRAL_TEXT_direct, figure->axes[a].label,
                                                &(struct spiral_text_form){.width = width + gap})
                                .height);

    const double pitch = (inner.height - bottom - names - 4.0 * page->scale) / (double)n;
    const double height = pitch - gap;

    for (size_t row = 0; row < n; row++)
        for (size_t column = 0; column <= row; column++) {
            struct spiral_panel panel = {.at = {inner.x + left + (double)column * (width + gap),
                                                inner.y + names + 4.0 * page->scale +
                                                    (double)row * pitch,
                                                width, height},
                                         .x = figure->axes[column].range,
                                         .y = figure->axes[row].range};
            const struct spiral_ticks x =
                keep_inside(page, &panel, ticks_of(&figure->axes[column].range));
            const struct spiral_ticks y = ticks_of(&figure->axes[row].range);
            const bool diagonal = row == column;

            if (diagonal)
                draw_one(page, figure, &panel, row);
            else
                draw_pair(page, figure, &panel, column, row);
            spiral_panel_draw_axes(page, &panel,
                                   &(struct spiral_panel_axes){.x = &x,
                                                               .y = diagonal ? NULL : &y,
                                                               .x_labels = row == n - 1,
                                                               .y_labels = column == 0});

            name_axes(page, figure, &panel, row, column);
            if (diagonal && row == 0)
                spiral_text_draw(page, SPIRAL_TEXT_note,
                                 spiral_word(SPIRAL_WORD_density, figure->language),
                                 panel.at.x - 8.0 * page->scale, panel.at.y + 0.5 * panel.at.height,
                                 0.5, 1.0,
                                 &(struct spiral_text_form){.angle = -1.5707963267948966});
            if (diagonal)
                spiral_text_draw(page, SPIRAL_TEXT_direct, figure->axes[row].label, panel.at.x,
                                 panel.at.y - 3.0 * page->scale, 0.0, 1.0,
                                 &(struct spiral_text_form){.color = &page->theme->ink,
                                                            .width = width + gap});
        }

    const double empty = 0.5 * (double)n * (width + gap); /* of the first row */

    if (n > 1)
        draw_key(page, figure,
                 (struct spiral_rectangle){inner.x + inner.width - empty, inner.y, empty, 0.0});
}
