/* SPDX-License-Identifier: MIT */
#include "render/figure/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/moments.h"

/* Fills the interval over the sets of constants: measured at the ends of years, linear between. */
static void fill_constants(struct spiral_risk_curve *curve, const struct spiral_tally *tally,
                           bool war)
{
    struct spiral_interval before = {0.0, 0.0};
    long done = 0;

    curve->constants_low[0] = curve->constants_high[0] = 0.0;

    for (int year = 0; year < tally->years; year++) {
        const long end = spiral_tally_steps_at_year_end(tally, year);
        struct spiral_interval here;

        curve->by_constants = war ? spiral_tally_war_by_constants(tally, year, &here)
                                  : spiral_tally_force_by_constants(tally, year, &here);
        if (!curve->by_constants)
            return;

        for (long step = done + 1; step <= end; step++) {
            const double part = (double)(step - done) / (double)(end - done);
            curve->constants_low[step] = before.low + part * (here.low - before.low);
            curve->constants_high[step] = before.high + part * (here.high - before.high);
        }

        before = here;
        done = end;
    }
}

enum spiral_status spiral_risk_curve_create(struct spiral_risk_curve *curve,
                                            const struct spiral_tally *tally, bool war)
{
    const size_t count = (size_t)tally->steps + 1;
    double *numbers = malloc(6 * count * sizeof *numbers);

    *curve = (struct spiral_risk_curve){.steps = tally->steps, .date = numbers};
    if (numbers == NULL)
        return SPIRAL_NO_MEMORY;
    curve->risk = numbers + count;
    curve->low = numbers + 2 * count;
    curve->high = numbers + 3 * count;
    curve->constants_low = numbers + 4 * count;
    curve->constants_high = numbers + 5 * count;

    uint64_t events = 0;

    for (size_t step = 0; step < count; step++) {
        events += war ? tally->war_by_step[step] : tally->force_by_step[step];
        const struct spiral_interval interval = spiral_wilson(events, tally->runs);
        curve->date[step] = tally->start + (double)step * tally->dt;
        curve->risk[step] = tally->runs > 0 ? (double)events / (double)tally->runs : 0.0;
        curve->low[step] = interval.low;
        curve->high[step] = interval.high;
    }

    if (tally->sets > 0)
        fill_constants(curve, tally, war);

    return SPIRAL_OK;
}

void spiral_risk_curve_clear(struct spiral_risk_curve *curve)
{
    free(curve->date);
    *curve = (struct spiral_risk_curve){.steps = 0};
}

void spiral_figure_constants_band(struct spiral_page *page, const struct spiral_panel *panel,
                                  const double *date, const double *low, const double *high,
                                  size_t count, struct spiral_color color)
{
    const struct spiral_stroke edge = {color, 0.7, 0.7, SPIRAL_DASH_dashed};

    spiral_marks_band(page, panel, date, low, high, count, color, 0.08);
    spiral_marks_line(page, panel, date, low, count, edge);
    spiral_marks_line(page, panel, date, high, count, edge);
}

void spiral_figure_quantity_axes(struct spiral_page *page, const struct spiral_panel *panel,
                                 const struct spiral_ticks *years, enum spiral_quantity quantity,
                                 enum spiral_word word, enum spiral_language language)
{
    const struct spiral_field *field = &spiral_quantity_fields[quantity];
    const bool chinese = language == SPIRAL_CHINESE;
    const struct spiral_ticks y =
        spiral_ticks_linear(field->low, field->high, spiral_ticks_room(page, panel->at.height));
    char name[160];

    snprintf(name, sizeof name, chinese ? "%s：%s" : "%s: %s",
             chinese ? field->label_zh : field->label_en, spiral_word(word, language));
    spiral_panel_draw_axes(page, panel,
                           &(struct spiral_panel_axes){.x = years,
                                                       .y = &y,
                                                       .y_name = name,
                                                       .y_labels = true,
                                                       .x_grid = true,
                                                       .y_grid = true});
}

double spiral_risk_scale(double largest)
{
    static const double ends[] = {0.05, 0.1, 0.2, 0.3, 0.5};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (largest <= 0.95 * ends[i])
            return ends[i];
    return 1.0;
}

void spiral_figure_runs(char text[SPIRAL_RUNS_TEXT], uint64_t runs, uint64_t seed,
                        enum spiral_language language)
{
    char plain[24];
    char grouped[40];
    size_t used = 0;
    const int digits = snprintf(plain, sizeof plain, "%llu", (unsigned long long)runs);

    for (int i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % 3 == 0)
            grouped[used++] = ',';
        grouped[used++] = plain[i];
    }

    grouped[used] = '\0';
    snprintf(text, SPIRAL_RUNS_TEXT,
             language == SPIRAL_CHINESE ? "%s %s，%s %llu" : "%s %s, %s %llu", grouped,
             spiral_word(SPIRAL_WORD_runs, language), spiral_word(SPIRAL_WORD_seed, language),
             (unsigned long long)seed);
}

enum spiral_shape spiral_state_shape(enum spiral_series_color color)
{
    return color == SPIRAL_COLOR_SMALL       ? SPIRAL_SHAPE_circle
           : color == SPIRAL_COLOR_NEIGHBOUR ? SPIRAL_SHAPE_square
                                             : SPIRAL_SHAPE_diamond;
}

size_t spiral_figure_markers(struct spiral_marker *markers, size_t most,
                             const struct spiral_scenario *scenario, double until,
                             const struct spiral_theme *theme, enum spiral_language language)
{
    size_t *chosen = malloc((most + 1) * sizeof *chosen);

    if (chosen == NULL)
        return 0;

    const size_t count =
        spiral_moments_choose(scenario, until, spiral_language_code(language), most, chosen);

    for (size_t i = 0; i < count; i++) {
        const struct spiral_entry *entry = &scenario->entries[chosen[i]];
        const enum spiral_series_color color = spiral_state_color(scenario, entry->actor);

        markers[i] =
            (struct spiral_marker){.x = entry->date,
                                   .caption = spiral_figure_text(&entry->caption, language),
                                   .color = theme->series[color],
                                   .shape = spiral_state_shape(color)};
        snprintf(markers[i].date, sizeof markers[i].date, "%.7s", entry->date_text);
    }

    free(chosen);

    return count;
}
