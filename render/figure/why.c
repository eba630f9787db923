/* SPDX-License-Identifier: MIT */
#include "render/figure/why.h"

#include <math.h>

enum { CAPTIONS = 16 };

/* One of the two measures of the rows. */
struct measure {
    enum spiral_word name;
    enum spiral_series_color color;
    double (*value)(const struct spiral_why_row *row, struct spiral_interval *interval,
                    struct spiral_interval *constants);
};

static double but_for_of(const struct spiral_why_row *row, struct spiral_interval *interval,
                         struct spiral_interval *constants)
{
    *interval = row->but_for_interval;
    *constants = row->but_for_constants;
    return row->but_for;
}

static double share_of(const struct spiral_why_row *row, struct spiral_interval *interval,
                       struct spiral_interval *constants)
{
    *interval = row->share_interval;
    *constants = row->share_constants;
    return row->share;
}

static const struct measure measures[2] = {{SPIRAL_WORD_but_for, SPIRAL_COLOR_NEIGHBOUR,
                                            but_for_of},
                                           {SPIRAL_WORD_shapley, SPIRAL_COLOR_SMALL, share_of}};

/* The scale of a measure: 0 and all intervals are on it. */
static struct spiral_scale scale_of(const struct spiral_why_figure *figure,
                                    const struct measure *measure)
{
    struct spiral_scale scale = {0.0, 0.05, false};

    for (size_t row = 0; row < figure->row_count; row++) {
        struct spiral_interval interval;
        struct spiral_interval constants;
        if (!isfinite(measure->value(&figure->rows[row], &interval, &constants)))
            continue;
        scale.low = fmin(scale.low, fmin(interval.low, constants.low));
        scale.high = fmax(scale.high, fmax(interval.high, constants.high));
    }

    return scale;
}

static void draw_measure(struct spiral_page *page, const struct spiral_why_figure *figure,
                         const struct measure *measure, struct spiral_rectangle at)
{
    const struct spiral_panel panel = {.at = at,
                                       .x = scale_of(figure, measure),
                                       .y = {0.0, (double)figure->row_count, false}};
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width;
    const struct spiral_ticks x =
        spiral_ticks_percent(panel.x.low, panel.x.high, (int)fmax(2.0, at.width / (2.0 * line)));
    const struct spiral_color color = page->theme->series[measure->color];
    const double bar = fmin(0.6 * at.height / (double)figure->row_count, 20.0 * page->scale);

    spiral_panel_draw_axes(page, &panel,
                           &(struct spiral_panel_axes){.x = &x, .x_labels = true, .x_grid = true});
    spiral_text_draw(page, SPIRAL_TEXT_direct, spiral_word(measure->name, figure->language), at.x,
                     at.y - 4.0 * page->scale, 0.0, 1.0,
                     &(struct spiral_text_form){.color = &color});

    for (size_t row = 0; row < figure->row_count; row++) {
        const double y = (double)figure->row_count - (double)row - 0.5;
        struct spiral_interval interval;
        struct spiral_interval constants;
        const double value = measure->value(&figure->rows[row], &interval, &constants);
        if (!isfinite(value))
            continue;
        spiral_marks_bar(page, &panel, 0.0, value, y, bar, color, 0.75);
        if (constants.low < constants.high)
            spiral_marks_bar(page, &panel, constants.low, constants.high, y, 0.35 * bar,
                             page->theme->ink, 0.3);
        spiral_marks_interval(page, &panel, interval.low, interval.high, y,
                              (struct spiral_stroke){page->theme->ink, 1.0, 0.7,
                                                     SPIRAL_DASH_solid});
    }

    spiral_marks_vertical(page, &panel, 0.0,
                          (struct spiral_stroke){page->theme->ink, 0.8, 0.6, SPIRAL_DASH_solid});
}

static void draw_mechanisms(struct spiral_page *page, const struct spiral_why_figure *figure,
                            struct spiral_rectangle at)
{
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double gap = 44.0 * page->scale;
    double labels = 0.0;

    for (size_t row = 0; row < figure->row_count; row++)
        labels =
            fmax(labels,
                 spiral_text_measure(page, SPIRAL_TEXT_axis, figure->rows[row].label, NULL).width);

    const double left = at.x + labels + 10.0 * page->scale;
    const double width = 0.5 * (at.x + at.width - left - gap - 14.0 * page->scale);
    const double top = at.y + line + 8.0 * page->scale;
    const double height = at.height - 2.0 * line - 18.0 * page->scale;

    for (size_t row = 0; row < figure->row_count; row++)
        spiral_text_draw(page, SPIRAL_TEXT_axis, figure->rows[row].label, left - 8.0 * page->scale,
                         top + height * ((double)row + 0.5) / (double)figure->row_count, 1.0, 0.5,
                         &(struct spiral_text_form){.color = &page->theme->ink});
    for (int m = 0; m < 2; m++)
        draw_measure(page, figure, &measures[m],
                     (struct spiral_rectangle){left + m * (width + gap), top, width, height});
}

/* --- acts ------------------------------------------------------------------------------------- */

/* Percentage points: a change of a risk is no share. */
static struct spiral_scale change_scale(const struct spiral_why_figure *figure)
{
    double low = -2.0;
    double high = 2.0;

    for (size_t a = 0; a < figure->act_count; a++) {
        low = fmin(low, 100.0 * fmin(figure->acts[a].interval.low, figure->acts[a].constants.low));
        high =
            fmax(high, 100.0 * fmax(figure->acts[a].interval.high, figure->acts[a].constants.high));
    }

    const double room = 0.05 * (high - low);

    return (struct spiral_scale){low - room, high + room, false};
}

static void draw_stem(struct spiral_page *page, const struct spiral_panel *panel,
                      const struct spiral_why_stem *act)
{
    const struct spiral_color color =
        page->theme->series[act->change > 0.0 ? SPIRAL_COLOR_WAR : SPIRAL_COLOR_SMALL];
    const double x[2] = {act->date, act->date};
    const double stem[2] = {0.0, 100.0 * act->change};
    const double interval[2] = {100.0 * act->interval.low, 100.0 * act->interval.high};
    const double constants[2] = {100.0 * act->constants.low, 100.0 * act->constants.high};

    if (act->constants.low < act->constants.high)
        spiral_marks_line(page, panel, x, constants, 2,
                          (struct spiral_stroke){page->theme->ink, 3.0, 0.22, SPIRAL_DASH_solid});
    spiral_marks_line(page, panel, x, stem, 2,
                      (struct spiral_stroke){color, 0.8, 1.0, SPIRAL_DASH_solid});
    spiral_marks_line(page, panel, x, interval, 2,
                      (struct spiral_stroke){page->theme->ink, 0.6, 0.5, SPIRAL_DASH_solid});
    spiral_marks_dot(page, panel, act->date, stem[1],
                     (act->caption != NULL ? 4.0 : 2.0) * page->scale, color, false);
}

/* The acts with captions whose change is among the `most` largest, by date. */
static size_t list_markers(const struct spiral_page *page, const struct spiral_why_figure *figure,
                           size_t most, struct spiral_marker markers[CAPTIONS])
{
    size_t count = 0;

    for (size_t a = 0; a < figure->act_count && count < CAPTIONS; a++) {
        const double size = fabs(figure->acts[a].change);
        size_t larger = 0;

        if (figure->acts[a].caption == NULL)
            continue;
        for (size_t other = 0; other < figure->act_count; other++) {
            const double rival = fabs(figure->acts[other].change);
            larger += figure->acts[other].caption != NULL &&
                      (rival > size || (rival == size && other < a));
        }

        if (larger < most)
            markers[count++] = (struct spiral_marker){.x = figure->acts[a].date,
                                                      .caption = figure->acts[a].caption,
                                                      .color = page->theme->ink};
    }

    return count;
}

/* Where the parts of the acts' half lie. */
struct acts_layout {
    struct spiral_panel panel;
    struct spiral_panel_margins margins;
    double numbers;  /* height */
    double captions; /* height */
    double column;   /* width */
};

/* Lays out the panel above so many markers; false where it has too little height. */
static bool lay_out_acts(struct spiral_page *page, const struct spiral_panel_axes *axes,
                         struct spiral_rectangle at, const struct spiral_marker *markers,
                         size_t count, struct acts_layout *layout)
{
    layout->column = 0.45 * at.width;
    layout->captions =
        spiral_labels_captions_height(page, markers, count, at.width, layout->column);
    layout->margins = spiral_panel_margins(page, axes);
    layout->panel.at = at;
    layout->panel.at.x += layout->margins.left;
    layout->panel.at.width -= layout->margins.left + 14.0 * page->scale;
    layout->panel.at.y += layout->margins.top;
    layout->numbers = (double)spiral_labels_marker_rows(page, &layout->panel, markers, count) *
                      spiral_labels_marker_height(page);
    layout->panel.at.height -= layout->margins.top + layout->margins.bottom + layout->numbers +
                               layout->captions + 22.0 * page->scale;

    return layout->panel.at.height > 0.3 * at.height;
}

static void draw_acts(struct spiral_page *page, const struct spiral_why_figure *figure,
                      struct spiral_rectangle at)
{
    struct spiral_marker markers[CAPTIONS];
    struct acts_layout layout = {
        .panel = {.x = {figure->first, figure->last, false}, .y = change_scale(figure)}};
    const struct spiral_panel *panel = &layout.panel;
    const struct spiral_ticks x =
        spiral_ticks_years(panel->x.low, panel->x.high, at.width > 900.0 * page->scale ? 12 : 6);
    const struct spiral_ticks y =
        spiral_ticks_linear(panel->y.low, panel->y.high, spiral_ticks_room(page, 0.4 * at.height));
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .y_name = spiral_word(SPIRAL_WORD_act_change,
                                                                 figure->language),
                                           .x_labels = true,
                                           .y_labels = true,
                                           .y_grid = true};

    /* On a small page fewer acts have a caption. */
    size_t count = 0;
    for (size_t most = CAPTIONS; most > 0; most--) {
        count = list_markers(page, figure, most, markers);
        if (lay_out_acts(page, &axes, at, markers, count, &layout))
            break;
    }

    spiral_panel_draw_axes(page, panel, &axes);
    spiral_marks_horizontal(page, panel, 0.0,
                            (struct spiral_stroke){page->theme->ink, 0.8, 0.6, SPIRAL_DASH_solid});
    for (size_t a = 0; a < figure->act_count; a++)
        draw_stem(page, panel, &figure->acts[a]);

    const double below = panel->at.y + panel->at.height + layout.margins.bottom + 6.0 * page->scale;

    spiral_labels_markers(page, panel, markers, count, below, below - 2.0 * page->scale);
    spiral_labels_captions(page, markers, count,
                           (struct spiral_rectangle){at.x,
                                                     below + layout.numbers + 8.0 * page->scale,
                                                     at.width, layout.captions},
                           layout.column);
}

static void draw_halves(struct spiral_page *page, const struct spiral_why_figure *figure,
                        struct spiral_rectangle inner)
{
    const double gap = 18.0 * page->scale;
    const double upper = figure->act_count > 0 ? 0.42 * (inner.height - gap) : inner.height;

    draw_mechanisms(page, figure, (struct spiral_rectangle){inner.x, inner.y, inner.width, upper});
    if (figure->act_count > 0)
        draw_acts(page, figure,
                  (struct spiral_rectangle){inner.x, inner.y + upper + gap, inner.width,
                                            inner.height - upper - gap});
}

void spiral_why_draw(struct spiral_page *page, const struct spiral_why_figure *figure)
{
    draw_halves(page, figure,
                spiral_page_frame(page, figure->title, figure->subtitle, figure->note));
}

void spiral_why_draw_within(struct spiral_page *page, const struct spiral_why_figure *figure,
                            struct spiral_rectangle at)
{
    draw_halves(page, figure,
                spiral_page_frame_within(page, figure->title, figure->subtitle, figure->note, at));
}
