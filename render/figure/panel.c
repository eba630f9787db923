/* SPDX-License-Identifier: MIT */
#include "render/figure/panel.h"

#include <math.h>
#include <stdio.h>

static const char *word(const struct spiral_panel_figure *figure, enum spiral_word which)
{
    return spiral_word(which, figure->language);
}

/* A panel with axes of shares in a cell of the page. */
static struct spiral_panel open_panel(struct spiral_page *page, struct spiral_rectangle cell,
                                      double x_high, double y_high, const char *x_name,
                                      const char *y_name)
{
    struct spiral_panel panel = {.x = {0.0, x_high, false}, .y = {0.0, y_high, false}};
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width;
    const int most = (int)fmin(fmax(cell.width / (1.8 * line), 2.0), 6.0);
    const struct spiral_ticks x = spiral_ticks_percent(0.0, x_high, most);
    const struct spiral_ticks y =
        spiral_ticks_percent(0.0, y_high, spiral_ticks_room(page, 0.7 * cell.height));
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .x_name = x_name,
                                           .y_name = y_name,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .x_grid = true,
                                           .y_grid = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);

    panel.at = (struct spiral_rectangle){cell.x + margins.left, cell.y + margins.top,
                                         cell.width - margins.left - 0.5 * line,
                                         cell.height - margins.top - margins.bottom};
    spiral_panel_draw_axes(page, &panel, &axes);
    return panel;
}

static void draw_diagonal(struct spiral_page *page, const struct spiral_panel *panel)
{
    const double end = fmin(panel->x.high, panel->y.high);
    const double ends[2] = {0.0, end};

    spiral_marks_line(page, panel, ends, ends, 2,
                      (struct spiral_stroke){page->theme->muted, 0.9, 0.7, SPIRAL_DASH_dashed});
}

/* --- reliability ------------------------------------------------------------------------------ */

static void draw_bins(struct spiral_page *page, const struct spiral_panel *panel,
                      const struct spiral_panel_curve *curve)
{
    spiral_marks_line(page, panel, curve->mean, curve->observed, curve->bins,
                      (struct spiral_stroke){curve->color, 0.6, 0.8, SPIRAL_DASH_solid});
    for (size_t b = 0; b < curve->bins; b++) {
        const double x[2] = {curve->mean[b], curve->mean[b]};
        const double y[2] = {curve->low[b], curve->high[b]};

        if (isfinite(y[0]))
            spiral_marks_line(page, panel, x, y, 2,
                              (struct spiral_stroke){curve->color, 1.0, 1.0, SPIRAL_DASH_solid});
        spiral_marks_dot(page, panel, curve->mean[b], curve->observed[b], 3.2, curve->color, false);
    }
}

static void draw_reliability(struct spiral_page *page, const struct spiral_panel_figure *figure,
                             struct spiral_rectangle cell)
{
    double x_high = 0.0;
    double y_high = 0.0;

    for (size_t c = 0; c < figure->curve_count; c++)
        for (size_t b = 0; b < figure->curves[c].bins; b++) {
            const struct spiral_panel_curve *curve = &figure->curves[c];
            x_high = fmax(x_high, curve->mean[b]);
            y_high = fmax(y_high, isfinite(curve->high[b]) ? curve->high[b] : curve->observed[b]);
        }

    const struct spiral_panel panel =
        open_panel(page, cell, spiral_risk_scale(x_high), spiral_risk_scale(y_high),
                   word(figure, SPIRAL_WORD_forecast_chance),
                   word(figure, SPIRAL_WORD_observed_share));
    draw_diagonal(page, &panel);
    for (size_t c = figure->curve_count; c-- > 0;) /* the first on top */
        draw_bins(page, &panel, &figure->curves[c]);
}

/* --- ROC -------------------------------------------------------------------------------------- */

/* Names and areas, from the lower right corner upwards, where no curve better than chance goes. */
static void draw_areas(struct spiral_page *page, const struct spiral_panel_figure *figure,
                       const struct spiral_panel *panel)
{
    const double right = panel->at.x + panel->at.width - 5.0 * page->scale;
    double bottom = panel->at.y + panel->at.height - 3.0 * page->scale;

    for (size_t c = figure->curve_count; c-- > 0;) {
        const struct spiral_panel_curve *curve = &figure->curves[c];
        const struct spiral_text_form form = {.color = &curve->color, .halo = true};
        char text[96];

        snprintf(text, sizeof text, "%s  %.3f", curve->name, curve->area);
        const struct spiral_rectangle at =
            spiral_text_draw(page, SPIRAL_TEXT_caption, text, right, bottom, 1.0, 1.0, &form);

        spiral_labels_sample(page, curve->color, curve->dash,
                             at.x - spiral_labels_sample_width(page), at.y + 0.5 * at.height);
        bottom -= at.height;
    }
}

static void draw_roc(struct spiral_page *page, const struct spiral_panel_figure *figure,
                     struct spiral_rectangle cell)
{
    const struct spiral_panel panel =
        open_panel(page, cell, 1.0, 1.0, word(figure, SPIRAL_WORD_false_alarms),
                   word(figure, SPIRAL_WORD_hits));

    draw_diagonal(page, &panel);
    for (size_t c = figure->curve_count; c-- > 0;) {
        const struct spiral_panel_curve *curve = &figure->curves[c];
        spiral_marks_line(page, &panel, curve->false_alarms, curve->hits, curve->roc_count,
                          (struct spiral_stroke){curve->color, 1.0, curve->bins > 0 ? 1.3 : 0.9,
                                                 curve->dash});
    }
    draw_areas(page, figure, &panel);
}

/* --- separation ------------------------------------------------------------------------------- */

/* A stripe a window with the event, the forecasts as a line, and a mark where events would begin if
 * the forecasts told all: as many windows from the right as the forecasts add up to. */
static void draw_separation(struct spiral_page *page, const struct spiral_panel_figure *figure,
                            struct spiral_rectangle cell)
{
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double high = spiral_risk_scale(figure->chance[figure->windows - 1]);
    const struct spiral_ticks y =
        spiral_ticks_percent(0.0, high, spiral_ticks_room(page, 0.6 * cell.height));
    const struct spiral_panel_axes axes = {.y = &y,
                                           .y_name = word(figure, SPIRAL_WORD_by_forecast),
                                           .y_labels = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);
    const double top = margins.top;
    struct spiral_panel panel = {.x = {0.0, (double)figure->windows, false},
                                 .y = {0.0, high, false}};
    double expected = 0.0;

    panel.at =
        (struct spiral_rectangle){cell.x + margins.left, cell.y + top,
                                  cell.width - margins.left - line, cell.height - top - line};
    const double stripe = fmax(panel.at.width / (double)figure->windows, 0.6 * page->scale);
    const double thickness = stripe / (page->theme->line_width * page->scale);

    for (size_t w = 0; w < figure->windows; w++) {
        expected += figure->chance[w];
        if (figure->event[w])
            spiral_marks_vertical(page, &panel, (double)w + 0.5,
                                  (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_FORCE],
                                                         0.55, thickness, SPIRAL_DASH_solid});
    }
    spiral_panel_draw_axes(page, &panel, &axes);
    for (size_t w = 0; w + 1 < figure->windows; w++) {
        const double x[2] = {(double)w + 0.5, (double)w + 1.5};
        spiral_marks_line(page, &panel, x, &figure->chance[w], 2,
                          (struct spiral_stroke){page->theme->ink, 1.0, 0.9, SPIRAL_DASH_solid});
    }
    spiral_marks_vertical(page, &panel, (double)figure->windows - expected,
                          (struct spiral_stroke){page->theme->ink, 0.9, 0.9, SPIRAL_DASH_dashed});
}

/* --- missed windows --------------------------------------------------------------------------- */

static double heading_height(struct spiral_page *page, const char *heading, double width)
{
    return spiral_text_measure(page, SPIRAL_TEXT_axis, heading,
                               &(struct spiral_text_form){.width = width})
        .height;
}

/* A list below its heading, for which `head` pixels are kept. */
static void draw_misses(struct spiral_page *page, const char *heading, double head,
                        const struct spiral_panel_miss *misses, size_t count,
                        struct spiral_rectangle cell)
{
    const double gap = 3.0 * page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_caption, "0", NULL).height + gap;
    double y = cell.y + head + 2.0 * gap;

    spiral_text_draw(page, SPIRAL_TEXT_axis, heading, cell.x, cell.y, 0.0, 0.0,
                     &(struct spiral_text_form){.width = cell.width});
    for (size_t i = 0; i < count && y + line <= cell.y + cell.height; i++, y += line) {
        char chance[24];

        spiral_figure_percent(chance, misses[i].chance);
        spiral_text_draw(page, SPIRAL_TEXT_caption, misses[i].name, cell.x, y, 0.0, 0.0, NULL);
        spiral_text_draw(page, SPIRAL_TEXT_caption, chance, cell.x + cell.width, y, 1.0, 0.0, NULL);
    }
}

void spiral_panel_figure_draw(struct spiral_page *page, const struct spiral_panel_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    const double gap = 22.0 * page->scale;
    const double width = 0.5 * (inner.width - gap);
    const double upper = 0.56 * (inner.height - gap);
    const double lower = inner.height - gap - upper;
    const double left = inner.x;
    const double right = inner.x + width + gap;
    const double below = inner.y + upper + gap;
    const double half = 0.5 * (width - gap);

    draw_reliability(page, figure, (struct spiral_rectangle){left, inner.y, width, upper});
    draw_roc(page, figure, (struct spiral_rectangle){right, inner.y, width, upper});
    draw_separation(page, figure, (struct spiral_rectangle){left, below, width, lower});

    const char *const headings[2] = {word(figure, SPIRAL_WORD_missed_events),
                                     word(figure, SPIRAL_WORD_missed_calm)};
    const double head =
        fmax(heading_height(page, headings[0], half), heading_height(page, headings[1], half));
    draw_misses(page, headings[0], head, figure->events, figure->missed_events,
                (struct spiral_rectangle){right, below, half, lower});
    draw_misses(page, headings[1], head, figure->calm, figure->missed_calm,
                (struct spiral_rectangle){right + half + gap, below, half, lower});
}
