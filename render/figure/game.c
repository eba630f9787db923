/* SPDX-License-Identifier: MIT */
#include "render/figure/game.h"

#include <math.h>

#include "render/chart/labels.h"
#include "render/figure/choice.h"

/* Of a pure equilibrium that is found in all resamples. */
static const double dot_radius = 5.0;

/* A pale colour for the area, so that dots and letters stand out. */
static struct spiral_color pale(const struct spiral_page *page, size_t strategy)
{
    return spiral_color_mix(spiral_choice_color(page->theme, (int)strategy + 1),
                            page->theme->background, 0.35);
}

static void draw_player(struct spiral_page *page, const struct spiral_game_figure *figure,
                        size_t player, struct spiral_rectangle at, double labels)
{
    const size_t count = figure->count;
    const struct spiral_panel panel = {.at = {at.x, at.y, at.width - labels, at.height},
                                       .x = {figure->x[0], figure->x[count - 1], false},
                                       .y = {0.0, 1.0, false}};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 5);
    const struct spiral_ticks y = spiral_ticks_percent(0.0, 1.0, 5);
    struct spiral_end_label ends[SPIRAL_GAME_STRATEGIES];
    double low[64] = {0.0};
    double high[64];

    for (size_t s = 0; s < figure->strategies[player]; s++) {
        const double *share = &figure->share[player][s * count];

        for (size_t i = 0; i < count; i++)
            high[i] = low[i] + share[i];
        spiral_marks_band(page, &panel, figure->x, low, high, count, pale(page, s), 1.0);
        spiral_marks_line(page, &panel, figure->x, low, count,
                          (struct spiral_stroke){page->theme->background, 1.0, 0.9,
                                                 SPIRAL_DASH_solid}); /* for greys that are near */
        ends[s] = (struct spiral_end_label){figure->strategy[player][s],
                                            0.5 * (low[count - 1] + high[count - 1]),
                                            spiral_choice_color(page->theme, (int)s + 1),
                                            SPIRAL_DASH_solid};
        for (size_t i = 0; i < count; i++)
            low[i] = high[i];
    }

    spiral_panel_draw_axes(page, &panel,
                           &(struct spiral_panel_axes){.x = &x,
                                                       .y = &y,
                                                       .x_name = figure->x_name,
                                                       .y_name = figure->player[player],
                                                       .x_labels = true,
                                                       .y_labels = player == 0});

    for (size_t i = 0; i < count; i++) {
        double base = 0.0;
        for (size_t s = 0; s < figure->strategies[player]; s++) {
            const double share = figure->share[player][s * count + i];
            const double sure = figure->pure[player][s * count + i];
            if (sure > 0.05)
                spiral_marks_dot(page, &panel, figure->x[i], base + 0.5 * share,
                                 dot_radius * sqrt(sure) * page->scale, page->theme->ink, false);
            base += share;
        }
    }

    spiral_labels_ends(page, &panel, ends, figure->strategies[player]);
}

void spiral_game_draw(struct spiral_page *page, const struct spiral_game_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double left =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width + 8.0 * page->scale;
    const double gap = 22.0 * page->scale;
    double labels[SPIRAL_GAME_PLAYERS] = {0.0};
    double used = left;

    for (size_t p = 0; p < figure->players; p++) {
        for (size_t s = 0; s < figure->strategies[p]; s++)
            labels[p] = fmax(
                labels[p],
                spiral_text_measure(page, SPIRAL_TEXT_direct, figure->strategy[p][s], NULL).width +
                    14.0 * page->scale);
        used += labels[p] + (p > 0 ? gap : 0.0);
    }

    const double width = (inner.width - used) / (double)figure->players;
    double at = inner.x + left;

    for (size_t p = 0; p < figure->players; p++) {
        draw_player(page, figure, p,
                    (struct spiral_rectangle){at, inner.y + 1.6 * line, width + labels[p],
                                              inner.height - 5.2 * line},
                    labels[p]);
        at += width + labels[p] + gap;
    }
}
