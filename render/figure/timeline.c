/* SPDX-License-Identifier: MIT */
#include "render/figure/timeline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_MARKERS = 40 };

/* What is calculated before anything is drawn. */
struct layout {
    struct spiral_rectangle inner;
    double left;   /* of the panels */
    double right;  /* of the panels */
    double column; /* least width of a caption's column */
    struct spiral_panel main;
    struct spiral_panel strip;
    struct spiral_panel record;
    struct spiral_panel risk;
    struct spiral_ticks years;
    double markers_y;
    double key_y;
    double captions_y;
    struct spiral_marker markers[MOST_MARKERS];
    size_t marker_count;
};

static double line_height(struct spiral_page *page)
{
    return spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
}

/* As many captions as leave most of the height to the panels. */
static double choose_markers(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                             struct layout *layout, double until)
{
    double height = 0.0;

    for (size_t most = MOST_MARKERS; most > 0; most = most * 4 / 5) {
        layout->marker_count = spiral_figure_markers(layout->markers, most, figure->scenario, until,
                                                     page->theme, figure->language);
        height = spiral_labels_captions_height(page, layout->markers, layout->marker_count,
                                               layout->inner.width, layout->column);
        if (height <= 0.16 * layout->inner.height || layout->marker_count == 0)
            break;
    }

    return height;
}

static double widest_level(struct spiral_page *page, enum spiral_language language)
{
    double width = spiral_text_measure(page, SPIRAL_TEXT_note,
                                       spiral_word(SPIRAL_WORD_observed, language), NULL)
                       .width;

    for (int level = 0; level < SPIRAL_LEVELS; level++)
        width =
            fmax(width,
                 spiral_text_measure(page, SPIRAL_TEXT_note,
                                     spiral_label_in(&spiral_level_labels[level], language), NULL)
                     .width);

    return width;
}

static void lay_out(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                    struct layout *layout, double largest_risk)
{
    const struct spiral_plan *plan = figure->plan;
    const double line = line_height(page);
    const double unit = page->scale;
    const double end = plan->start + (double)plan->steps * plan->dt;
    const struct spiral_field *field = &spiral_quantity_fields[figure->quantity];
    const struct spiral_scale x = {plan->start, end, false};

    layout->column = 15.0 * line;

    const double captions = choose_markers(page, figure, layout, end);

    layout->left = layout->inner.x +
                   spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width + 6.0 * unit;

    const double end_label =
        spiral_text_measure(page, SPIRAL_TEXT_direct, "force 100 %", NULL).width + 14.0 * unit;

    layout->right = layout->inner.x + layout->inner.width -
                    fmax(end_label, widest_level(page, figure->language) + 18.0 * unit);

    const double width = layout->right - layout->left;

    layout->main = (struct spiral_panel){.at = {layout->left, 0.0, width, 0.0},
                                         .x = x,
                                         .y = {field->low, field->high, false}};
    layout->years = spiral_ticks_years(plan->start, end, (int)(width / (4.2 * line)));

    const double marker_rows =
        spiral_labels_marker_rows(page, &layout->main, layout->markers, layout->marker_count) *
        spiral_labels_marker_height(page);

    /* the fixed heights; the panels share the rest */
    const double name = line + 5.0 * unit;
    const double record = 10.0 * unit;
    const double foot = line + 8.0 * unit;
    const double key = layout->marker_count > 0 ? line + 4.0 * unit : 0.0;
    const double fixed = 3.0 * name + marker_rows + 4.0 * unit + record + 2.0 * unit + foot + key +
                         captions + 22.0 * unit;
    const double room = fmax(layout->inner.height - fixed, 120.0 * unit);
    const double strip = fmax(0.22 * room, fmin(5.2 * line, 0.35 * room));
    const double risk = 0.27 * room;
    const double main = room - strip - risk;
    double y = layout->inner.y + name;

    layout->main.at.y = y;
    layout->main.at.height = main;
    layout->markers_y = y + main + 4.0 * unit;
    y = layout->markers_y + marker_rows + 6.0 * unit + name;
    layout->strip = (struct spiral_panel){.at = {layout->left, y, width, strip},
                                          .x = x,
                                          .y = {0.0, 1.0, false}};
    layout->record =
        (struct spiral_panel){.at = {layout->left, y + strip + 2.0 * unit, width, record},
                              .x = x,
                              .y = {0.0, 1.0, false}};
    y += strip + 2.0 * unit + record + 6.0 * unit + name;
    layout->risk = (struct spiral_panel){.at = {layout->left, y, width, risk},
                                         .x = x,
                                         .y = {0.0, spiral_risk_scale(largest_risk), false}};
    layout->key_y = y + risk + foot + 8.0 * unit;
    layout->captions_y = layout->key_y + key;
}

static void draw_fan(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                     const struct layout *layout, double *work)
{
    static const double shares[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    const size_t steps = (size_t)figure->plan->steps;
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_INDEX];
    double *date = work;

    for (size_t step = 0; step < steps; step++) {
        date[step] = spiral_plan_date(figure->plan, (long)step + 1);
        for (size_t q = 0; q < 5; q++)
            work[(1 + q) * steps + step] =
                spiral_fan_quantile(figure->fan, (long)step, figure->quantity, shares[q]);
    }

    const double *quantile[5] = {work + steps, work + 2 * steps, work + 3 * steps, work + 4 * steps,
                                 work + 5 * steps};

    spiral_marks_band(page, &layout->main, date, quantile[0], quantile[4], steps, color, 0.16);
    spiral_marks_band(page, &layout->main, date, quantile[1], quantile[3], steps, color, 0.22);
    for (size_t run = 0; run < figure->single_count; run++)
        spiral_marks_line(page, &layout->main, date, &figure->singles[run * steps], steps,
                          (struct spiral_stroke){page->theme->muted, 0.35, 0.45,
                                                 SPIRAL_DASH_solid});

    spiral_marks_line(page, &layout->main, date, quantile[2], steps,
                      (struct spiral_stroke){color, 1.0, 1.3, SPIRAL_DASH_solid});

    const struct spiral_end_label ends[] = {
        {"95 %", quantile[4][steps - 1], page->theme->muted, SPIRAL_DASH_solid},
        {spiral_word(SPIRAL_WORD_median, figure->language), quantile[2][steps - 1], color,
         SPIRAL_DASH_solid},
        {"5 %", quantile[0][steps - 1], page->theme->muted, SPIRAL_DASH_solid},
    };

    spiral_labels_ends(page, &layout->main, ends, 3);
}

static void draw_main(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                      const struct layout *layout, double *work)
{
    spiral_figure_quantity_axes(page, &layout->main, &layout->years, figure->quantity,
                                SPIRAL_WORD_median_bands, figure->language);
    draw_fan(page, figure, layout, work);
    spiral_labels_markers(page, &layout->main, layout->markers, layout->marker_count,
                          layout->markers_y, layout->main.at.y);
}

/* The names of the levels with their colours, from the bottom up, beside the strip. */
static void draw_level_names(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                             const struct layout *layout)
{
    const struct spiral_rectangle *at = &layout->strip.at;

    for (int level = 0; level < SPIRAL_LEVELS; level++) {
        const double y = at->y + at->height * (1.0 - (level + 0.5) / SPIRAL_LEVELS);
        const double x = at->x + at->width + 8.0 * page->scale;
        const double side = 7.0 * page->scale;
        cairo_rectangle(page->cr, x, y - 0.5 * side, side, side);
        spiral_page_color(page, page->theme->level[level], 1.0);
        cairo_fill_preserve(page->cr);
        spiral_page_color(page, page->theme->muted, 0.5);
        cairo_set_line_width(page->cr, 0.5 * page->scale);
        cairo_stroke(page->cr);
        spiral_text_draw(page, SPIRAL_TEXT_note,
                         spiral_label_in(&spiral_level_labels[level], figure->language),
                         x + side + 3.0 * page->scale, y, 0.0, 0.5, NULL);
    }
}

static int worst_observed(const struct spiral_plan *plan, long step)
{
    int worst = 0;

    for (int rival = 0; rival < plan->layout.count[SPIRAL_OF_RIVAL]; rival++) {
        const int level = plan->observed[step * plan->layout.count[SPIRAL_OF_RIVAL] + rival];
        worst = level > worst ? level : worst;
    }

    return worst;
}

static void draw_record(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                        const struct layout *layout)
{
    const struct spiral_plan *plan = figure->plan;

    for (long step = 0; step < plan->steps;) {
        const int level = worst_observed(plan, step);
        long end = step + 1;
        while (end < plan->steps && worst_observed(plan, end) == level)
            end++;

        if (level > 0)
            spiral_marks_bar(page, &layout->record, spiral_plan_date(plan, step),
                             spiral_plan_date(plan, end), 0.5, layout->record.at.height,
                             page->theme->level[level - 1], 1.0);
        step = end;
    }

    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_observed, figure->language),
                     layout->right + 8.0 * page->scale,
                     layout->record.at.y + 0.5 * layout->record.at.height, 0.0, 0.5, NULL);
}

static void draw_ladder(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                        const struct layout *layout, double *work)
{
    const size_t steps = (size_t)figure->plan->steps;
    const struct spiral_ticks y = spiral_ticks_percent(0.0, 1.0, 3);
    double *date = work;
    double *share = work + steps;

    for (size_t step = 0; step < steps; step++) {
        date[step] = spiral_plan_date(figure->plan, (long)step + 1);
        for (size_t level = 0; level < SPIRAL_LEVELS; level++)
            share[level * steps + step] =
                (double)figure->tally->ladder[(step + 1) * SPIRAL_LEVELS + level] /
                (double)figure->tally->runs;
    }

    spiral_marks_stack(page, &layout->strip, date, share, steps, SPIRAL_LEVELS, page->theme->level);
    spiral_panel_draw_axes(page, &layout->strip,
                           &(struct spiral_panel_axes){.x = &layout->years,
                                                       .y = &y,
                                                       .y_labels = true,
                                                       .y_name =
                                                           spiral_word(SPIRAL_WORD_hostility_share,
                                                                       figure->language)});
    draw_level_names(page, figure, layout);
    draw_record(page, figure, layout);
}

static void draw_risks(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                       const struct layout *layout, const struct spiral_risk_curve curves[2])
{
    static const enum spiral_series_color colors[2] = {SPIRAL_COLOR_FORCE, SPIRAL_COLOR_WAR};
    static const enum spiral_word words[2] = {SPIRAL_WORD_force, SPIRAL_WORD_war};
    const struct spiral_ticks y =
        spiral_ticks_percent(0.0, layout->risk.y.high,
                             spiral_ticks_room(page, layout->risk.at.height));
    struct spiral_end_label ends[2];
    char text[2][64];
    char share[24];

    spiral_panel_draw_axes(page, &layout->risk,
                           &(struct spiral_panel_axes){.x = &layout->years,
                                                       .y = &y,
                                                       .x_labels = true,
                                                       .y_labels = true,
                                                       .x_grid = true,
                                                       .y_grid = true,
                                                       .y_name =
                                                           spiral_word(curves[0].by_constants
                                                                           ? SPIRAL_WORD_risks_by
                                                                           : SPIRAL_WORD_risk_by,
                                                                       figure->language)});

    for (int i = 0; i < 2; i++) {
        const struct spiral_color color = page->theme->series[colors[i]];
        const size_t count = (size_t)curves[i].steps + 1;
        const double last = curves[i].risk[count - 1];
        if (curves[i].by_constants)
            spiral_figure_constants_band(page, &layout->risk, curves[i].date,
                                         curves[i].constants_low, curves[i].constants_high, count,
                                         color);
        spiral_marks_band(page, &layout->risk, curves[i].date, curves[i].low, curves[i].high, count,
                          color, 0.25);
        spiral_marks_line(page, &layout->risk, curves[i].date, curves[i].risk, count,
                          (struct spiral_stroke){color, 1.0, 1.2, SPIRAL_DASH_solid});
        spiral_figure_percent(share, last);
        snprintf(text[i], sizeof text[i], "%s %s", spiral_word(words[i], figure->language), share);
        ends[i] = (struct spiral_end_label){text[i], last, color, SPIRAL_DASH_solid};
    }

    spiral_labels_ends(page, &layout->risk, ends, 2);
}

/* What the captions are; where some entries have none, how many there are. */
static void name_key(char *text, size_t size, const struct spiral_timeline_figure *figure,
                     size_t shown)
{
    const bool chinese = figure->language == SPIRAL_CHINESE;
    const double end = spiral_plan_date(figure->plan, figure->plan->steps);
    size_t entries = 0;

    for (size_t e = 0; e < figure->scenario->entry_count; e++)
        entries += figure->scenario->entries[e].date < end;

    const char *word = spiral_word(SPIRAL_WORD_moves, figure->language);

    if (shown == entries)
        snprintf(text, size, "%s", word);
    else if (chinese)
        snprintf(text, size, "%s（共 %zu 项，列出最重要的 %zu 项）", word, entries, shown);
    else
        snprintf(text, size, "%s (the %zu weightiest of %zu)", word, shown, entries);
}

/* Whose moves have which colour, above the captions. */
static void draw_key(struct spiral_page *page, const struct spiral_timeline_figure *figure,
                     const struct layout *layout)
{
    static const enum spiral_series_color colors[] = {SPIRAL_COLOR_SMALL, SPIRAL_COLOR_NEIGHBOUR,
                                                      SPIRAL_COLOR_OFFSHORE};
    const double right = layout->inner.x + layout->inner.width;
    double x = layout->inner.x;
    char text[160];

    if (layout->marker_count == 0)
        return;
    name_key(text, sizeof text, figure, layout->marker_count);
    x += spiral_text_draw(page, SPIRAL_TEXT_note, text, x, layout->key_y, 0.0, 0.0, NULL).width +
         12.0 * page->scale;

    for (size_t c = 0; c < sizeof colors / sizeof *colors; c++)
        for (size_t i = 0; i < figure->scenario->state_count; i++) {
            const char *name =
                spiral_figure_text(&figure->scenario->states[i].name, figure->language);
            const struct spiral_text_form form = {.color = &page->theme->series[colors[c]]};

            if (spiral_state_color(figure->scenario, (int)i) != colors[c] ||
                x + 9.0 * page->scale +
                        spiral_text_measure(page, SPIRAL_TEXT_note, name, &form).width >=
                    right)
                continue;

            const double baseline = spiral_text_baseline(page, SPIRAL_TEXT_note, name, &form);

            spiral_shape_path(page, spiral_state_shape(colors[c]), x + 3.0 * page->scale,
                              layout->key_y + baseline - 3.5 * page->scale, 2.6 * page->scale);
            spiral_page_color(page, page->theme->series[colors[c]], 1.0);
            cairo_fill(page->cr);
            x += 9.0 * page->scale;
            x += spiral_text_draw(page, SPIRAL_TEXT_note, name, x, layout->key_y, 0.0, 0.0, &form)
                     .width +
                 10.0 * page->scale;
        }
}

enum spiral_status spiral_timeline_draw(struct spiral_page *page,
                                        const struct spiral_timeline_figure *figure)
{
    struct layout layout;
    struct spiral_risk_curve curves[2] = {{.steps = 0}, {.steps = 0}};
    char subtitle[SPIRAL_RUNS_TEXT];
    double *work = malloc(7 * (size_t)figure->plan->steps * sizeof *work);
    enum spiral_status status = work == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;
    char note[300] = "";

    for (int i = 0; i < 2 && status == SPIRAL_OK; i++)
        status = spiral_risk_curve_create(&curves[i], figure->tally, i == 1);

    if (status == SPIRAL_OK) {
        spiral_figure_runs(subtitle, figure->tally->runs, figure->seed, figure->language);
        if (figure->quantity == SPIRAL_QUANTITY_escalation)
            snprintf(note, sizeof note, "%s = %s",
                     figure->language == SPIRAL_CHINESE
                         ? spiral_quantity_fields[figure->quantity].label_zh
                         : spiral_quantity_fields[figure->quantity].label_en,
                     spiral_word(SPIRAL_WORD_index_formula, figure->language));
        layout.inner =
            spiral_page_frame(page, spiral_figure_title(figure->scenario, figure->language),
                              subtitle, note);
        lay_out(page, figure, &layout,
                fmax(curves[0].high[curves[0].steps],
                     curves[0].by_constants ? curves[0].constants_high[curves[0].steps] : 0.0));
        draw_main(page, figure, &layout, work);
        draw_ladder(page, figure, &layout, work);
        draw_risks(page, figure, &layout, curves);
        draw_key(page, figure, &layout);
        spiral_labels_captions(page, layout.markers, layout.marker_count,
                               (struct spiral_rectangle){layout.inner.x, layout.captions_y,
                                                         layout.inner.width, 0.0},
                               layout.column);
    }

    for (int i = 0; i < 2; i++)
        spiral_risk_curve_clear(&curves[i]);

    free(work);

    return status;
}
