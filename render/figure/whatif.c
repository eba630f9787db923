/* SPDX-License-Identifier: MIT */
#include "render/figure/whatif.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct layout {
    struct spiral_panel quantity;
    struct spiral_panel risk;
    struct spiral_panel difference;
    struct spiral_ticks years;
};

static struct spiral_color color_of(const struct spiral_page *page, size_t which)
{
    return which == 0 ? page->theme->ink : page->theme->branch[which - 1];
}

static const char *name_of(const struct spiral_whatif_figure *figure, size_t which)
{
    return which == 0 ? spiral_word(SPIRAL_WORD_baseline, figure->language)
                      : figure->names[which - 1];
}

static void lay_out(struct spiral_page *page, const struct spiral_whatif_figure *figure,
                    struct layout *layout, struct spiral_rectangle inner)
{
    const double unit = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double end = spiral_plan_date(figure->plan, figure->plan->steps);
    double names = spiral_text_measure(page, SPIRAL_TEXT_direct, "100 %", NULL).width;
    double largest = 0.0;
    double lowest = 0.0;
    double highest = 0.0;

    for (size_t which = 0; which <= figure->branch_count; which++) {
        const struct spiral_tally *tally = figure->tallies[which];
        names =
            fmax(names,
                 spiral_text_measure(page, SPIRAL_TEXT_direct, name_of(figure, which), NULL).width);
        largest =
            fmax(largest, spiral_wilson(spiral_tally_wars(tally, tally->steps), tally->runs).high);

        struct spiral_interval constants;

        if (spiral_tally_war_by_constants(tally, tally->years - 1, &constants))
            largest = fmax(largest, constants.high);
    }

    /* The axis of differences holds every interval. */
    for (size_t b = 0; b < figure->branch_count; b++)
        for (long step = 0; step <= figure->plan->steps; step++) {
            lowest = fmin(lowest, figure->difference[b][step].low);
            highest = fmax(highest, figure->difference[b][step].high);
            if (figure->by_constants[b] != NULL) {
                lowest = fmin(lowest, figure->by_constants[b][step].low);
                highest = fmax(highest, figure->by_constants[b][step].high);
            }
        }

    const struct spiral_field *field = &spiral_quantity_fields[figure->quantity];
    const double left =
        inner.x + spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width + 6.0 * unit;
    const double width =
        inner.x + inner.width - names - 14.0 * unit - spiral_labels_sample_width(page) - left;
    const double name = line + 6.0 * unit;
    const double foot = line + 8.0 * unit;
    const double room = inner.height - 3.0 * name - foot - 24.0 * unit;
    const struct spiral_scale x = {figure->plan->start, end, false};
    double y = inner.y + name;

    /* Nearly half of the height for the quantity, and a quarter each for risk and difference. */
    layout->quantity = (struct spiral_panel){.at = {left, y, width, 0.46 * room},
                                             .x = x,
                                             .y = {field->low, field->high, false}};
    y += 0.46 * room + 12.0 * unit + name;
    layout->risk = (struct spiral_panel){.at = {left, y, width, 0.27 * room},
                                         .x = x,
                                         .y = {0.0, spiral_risk_scale(largest), false}};
    y += 0.27 * room + 12.0 * unit + name;
    layout->difference = (struct spiral_panel){.at = {left, y, width, 0.27 * room},
                                               .x = x,
                                               .y = {-100.0 * spiral_risk_scale(-lowest),
                                                     100.0 * spiral_risk_scale(highest), false}};
    layout->years = spiral_ticks_years(figure->plan->start, end, (int)(width / (4.2 * line)));
}

static void mark_branches(struct spiral_page *page, const struct spiral_whatif_figure *figure,
                          const struct spiral_panel *panel)
{
    for (size_t b = 0; b < figure->branch_count; b++)
        spiral_marks_vertical(page, panel, figure->dates[b],
                              (struct spiral_stroke){color_of(page, b + 1), 0.8, 0.6,
                                                     SPIRAL_DASH_dashed});
}

/* A branch is drawn from where it leaves the baseline: before, it is the baseline, run by run. */
static size_t first_step(const struct spiral_whatif_figure *figure, size_t which)
{
    const double steps =
        which == 0 ? 0.0 : (figure->dates[which - 1] - figure->plan->start) / figure->plan->dt;
    return (size_t)fmin(fmax(steps - 1.0, 0.0), (double)figure->plan->steps - 1.0);
}

static void draw_quantity(struct spiral_page *page, const struct spiral_whatif_figure *figure,
                          const struct layout *layout, double *work)
{
    const size_t steps = (size_t)figure->plan->steps;
    struct spiral_end_label ends[1 + SPIRAL_WHATIF_BRANCHES];

    spiral_figure_quantity_axes(page, &layout->quantity, &layout->years, figure->quantity,
                                SPIRAL_WORD_half_band, figure->language);
    mark_branches(page, figure, &layout->quantity);

    for (size_t which = 0; which <= figure->branch_count; which++) {
        static const double shares[3] = {0.25, 0.5, 0.75};
        const struct spiral_color color = color_of(page, which);
        const size_t from = first_step(figure, which);
        const size_t count = steps - from;

        for (size_t step = from; step < steps; step++) {
            work[step] = spiral_plan_date(figure->plan, (long)step + 1);
            for (size_t q = 0; q < 3; q++)
                work[(1 + q) * steps + step] = spiral_fan_quantile(figure->fans[which], (long)step,
                                                                   figure->quantity, shares[q]);
        }

        spiral_marks_band(page, &layout->quantity, work + from, work + steps + from,
                          work + 3 * steps + from, count, color, 0.18);
        spiral_marks_line(page, &layout->quantity, work + from, work + 2 * steps + from, count,
                          (struct spiral_stroke){color, 1.0, 1.3, spiral_dash_of(which)});
        ends[which] = (struct spiral_end_label){name_of(figure, which), work[3 * steps - 1], color,
                                                spiral_dash_of(which)};
    }

    spiral_labels_ends(page, &layout->quantity, ends, figure->branch_count + 1);
}

static enum spiral_status draw_risk(struct spiral_page *page,
                                    const struct spiral_whatif_figure *figure,
                                    const struct layout *layout)
{
    const struct spiral_ticks y =
        spiral_ticks_percent(0.0, layout->risk.y.high,
                             spiral_ticks_room(page, layout->risk.at.height));
    struct spiral_end_label ends[1 + SPIRAL_WHATIF_BRANCHES];
    char text[1 + SPIRAL_WHATIF_BRANCHES][24];

    spiral_panel_draw_axes(
        page, &layout->risk,
        &(struct spiral_panel_axes){.x = &layout->years,
                                    .y = &y,
                                    .y_labels = true,
                                    .x_grid = true,
                                    .y_grid = true,
                                    .y_name = spiral_word(figure->tallies[0]->sets > 0
                                                              ? SPIRAL_WORD_risks_of_war_by
                                                              : SPIRAL_WORD_risk_of_war_by,
                                                          figure->language)});
    mark_branches(page, figure, &layout->risk);

    for (size_t which = 0; which <= figure->branch_count; which++) {
        struct spiral_risk_curve curve;
        const struct spiral_color color = color_of(page, which);
        if (spiral_risk_curve_create(&curve, figure->tallies[which], true) != SPIRAL_OK)
            return SPIRAL_NO_MEMORY;

        const size_t from = first_step(figure, which);
        const size_t count = (size_t)curve.steps + 1 - from;
        if (curve.by_constants)
            spiral_figure_constants_band(page, &layout->risk, curve.date + from,
                                         curve.constants_low + from, curve.constants_high + from,
                                         count, color);
        spiral_marks_band(page, &layout->risk, curve.date + from, curve.low + from,
                          curve.high + from, count, color, 0.22);
        spiral_marks_line(page, &layout->risk, curve.date + from, curve.risk + from, count,
                          (struct spiral_stroke){color, 1.0, 1.2, spiral_dash_of(which)});
        spiral_figure_percent(text[which], curve.risk[curve.steps]);
        ends[which] = (struct spiral_end_label){text[which], curve.risk[curve.steps], color,
                                                spiral_dash_of(which)};
        spiral_risk_curve_clear(&curve);
    }

    spiral_labels_ends(page, &layout->risk, ends, figure->branch_count + 1);

    return SPIRAL_OK;
}

static void draw_differences(struct spiral_page *page, const struct spiral_whatif_figure *figure,
                             const struct layout *layout, double *work)
{
    const size_t count = (size_t)figure->plan->steps + 1;
    const struct spiral_ticks y =
        spiral_ticks_linear(layout->difference.y.low, layout->difference.y.high,
                            spiral_ticks_room(page, layout->difference.at.height));
    struct spiral_end_label ends[SPIRAL_WHATIF_BRANCHES];
    char text[SPIRAL_WHATIF_BRANCHES][24];

    spiral_panel_draw_axes(page, &layout->difference,
                           &(struct spiral_panel_axes){.x = &layout->years,
                                                       .y = &y,
                                                       .x_labels = true,
                                                       .y_labels = true,
                                                       .x_grid = true,
                                                       .y_grid = true,
                                                       .y_name = spiral_word(SPIRAL_WORD_difference,
                                                                             figure->language)});
    spiral_marks_horizontal(page, &layout->difference, 0.0,
                            (struct spiral_stroke){page->theme->ink, 0.8, 0.6, SPIRAL_DASH_solid});

    for (size_t b = 0; b < figure->branch_count; b++) {
        const struct spiral_color color = color_of(page, b + 1);
        double *date = work;
        double *low = work + count;
        double *high = work + 2 * count;
        double *middle = work + 3 * count;
        const size_t from = first_step(figure, b + 1);

        for (size_t step = from; step < count; step++) {
            date[step] = spiral_plan_date(figure->plan, (long)step);
            low[step] = 100.0 * figure->difference[b][step].low;
            high[step] = 100.0 * figure->difference[b][step].high;
            middle[step] = 100.0 *
                           ((double)spiral_tally_wars(figure->tallies[b + 1], (long)step) -
                            (double)spiral_tally_wars(figure->tallies[0], (long)step)) /
                           (double)figure->tallies[0]->runs;
        }

        spiral_marks_band(page, &layout->difference, date + from, low + from, high + from,
                          count - from, color, 0.25);

        for (size_t step = from; step < count && figure->by_constants[b] != NULL; step++) {
            low[step] = 100.0 * figure->by_constants[b][step].low;
            high[step] = 100.0 * figure->by_constants[b][step].high;
        }

        if (figure->by_constants[b] != NULL)
            spiral_figure_constants_band(page, &layout->difference, date + from, low + from,
                                         high + from, count - from, color);
        spiral_marks_line(page, &layout->difference, date + from, middle + from, count - from,
                          (struct spiral_stroke){color, 1.0, 1.2, spiral_dash_of(b + 1)});
        spiral_figure_points(text[b], middle[count - 1] / 100.0);
        ends[b] =
            (struct spiral_end_label){text[b], middle[count - 1], color, spiral_dash_of(b + 1)};
    }

    spiral_labels_ends(page, &layout->difference, ends, figure->branch_count);
}

enum spiral_status spiral_whatif_draw(struct spiral_page *page,
                                      const struct spiral_whatif_figure *figure)
{
    struct layout layout;
    char title[240];
    char subtitle[SPIRAL_RUNS_TEXT];
    double *work = malloc(4 * ((size_t)figure->plan->steps + 1) * sizeof *work);

    if (work == NULL)
        return SPIRAL_NO_MEMORY;
    snprintf(title, sizeof title, figure->language == SPIRAL_CHINESE ? "%s：%s" : "%s: %s",
             spiral_figure_title(figure->scenario, figure->language),
             spiral_word(SPIRAL_WORD_what_if, figure->language));
    spiral_figure_runs(subtitle, figure->tallies[0]->runs, figure->seed, figure->language);
    lay_out(page, figure, &layout, spiral_page_frame(page, title, subtitle, ""));
    draw_quantity(page, figure, &layout, work);

    const enum spiral_status status = draw_risk(page, figure, &layout);

    draw_differences(page, figure, &layout, work);
    free(work);

    return status;
}
