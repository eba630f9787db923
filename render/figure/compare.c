/* SPDX-License-Identifier: MIT */
#include "render/figure/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 5, RECORD = 7 /* pixels at scale 1 */ };

static const enum spiral_word heads[COLUMNS] = {SPIRAL_WORD_risk_of_war, SPIRAL_WORD_risk_of_force,
                                                SPIRAL_WORD_constraint, SPIRAL_WORD_dependence,
                                                SPIRAL_WORD_years_of_peace};

static double mean_over_run(const struct spiral_fan *fan, enum spiral_quantity quantity)
{
    double sum = 0.0;
    for (long step = 0; step < fan->steps; step++)
        sum += spiral_fan_mean(fan, step, quantity);
    return sum / (double)fan->steps;
}

static void write_cell(char text[32], int column, const struct spiral_compare_case *one)
{
    const struct spiral_tally *tally = one->tally;
    const double runs = (double)tally->runs;
    const double years = (double)tally->steps * tally->dt;
    char percent[24];

    switch (column) {
    case 0:
        spiral_figure_percent(percent, (double)spiral_tally_wars(tally, tally->steps) / runs);
        snprintf(text, 32, "%s", percent);
        break;
    case 1:
        spiral_figure_percent(percent, (double)spiral_tally_forces(tally, tally->steps) / runs);
        snprintf(text, 32, "%s", percent);
        break;
    case 2: snprintf(text, 32, "%.2f", mean_over_run(one->fan, SPIRAL_QUANTITY_constraint)); break;
    case 3: snprintf(text, 32, "%.2f", mean_over_run(one->fan, SPIRAL_QUANTITY_dependence)); break;
    default:
        snprintf(text, 32, "%.1f",
                 years * (1.0 - spiral_tally_mean(tally, SPIRAL_OUTCOME_time_at_4) -
                          spiral_tally_mean(tally, SPIRAL_OUTCOME_time_at_5)));
        break;
    }
}

/* The worst level observed after a step; 0: none known. */
static int worst_observed(const struct spiral_plan *plan, long step)
{
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];
    int worst = 0;

    for (int rival = 0; rival < rivals; rival++)
        worst = plan->observed[step * rivals + rival] > worst
                    ? plan->observed[step * rivals + rival]
                    : worst;
    return worst;
}

/* The record above a panel: the level of hostility that was observed, as a colour. */
static void draw_record(struct spiral_page *page, const struct spiral_compare_case *one,
                        struct spiral_panel panel, double height)
{
    panel.at.y -= height + 2.0 * page->scale;
    panel.at.height = height;
    panel.y = (struct spiral_scale){0.0, 1.0, false};

    for (long step = 0, end; step < one->plan->steps; step = end) {
        const int level = worst_observed(one->plan, step);

        for (end = step + 1; end < one->plan->steps && worst_observed(one->plan, end) == level;)
            end++;
        if (level > 0)
            spiral_marks_bar(page, &panel, spiral_plan_date(one->plan, step),
                             spiral_plan_date(one->plan, end), 0.5, height,
                             page->theme->level[level - 1], 1.0);
    }
}

enum { COURSE_ROWS = 3 };

/* A course of the small state: its name where it begins, in the lowest row that is free there and
 * does not lie on the title. */
static void draw_course(struct spiral_page *page, const struct spiral_panel *panel, double date,
                        const char *doctrine, const struct spiral_rectangle *title,
                        double free_from[COURSE_ROWS], enum spiral_language language)
{
    const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine);
    const char *name = preset == NULL               ? doctrine
                       : language == SPIRAL_CHINESE ? preset->label_zh
                                                    : preset->label_en;
    const struct spiral_color *color = &page->theme->series[SPIRAL_COLOR_SMALL];
    const double unit = page->scale;
    const double x = spiral_panel_x(panel, fmax(date, panel->x.low)) + 3.0 * unit;
    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_number, name, NULL);
    const double last = panel->at.x + panel->at.width - size.width;

    spiral_marks_vertical(page, panel, date, (struct spiral_stroke){*color, 0.7, 0.6, false});

    for (int row = 0; row < COURSE_ROWS; row++) {
        const double left = fmin(x, last);
        const double bottom = panel->at.y + panel->at.height - 3.0 * unit - row * size.height;
        const bool on_title =
            bottom - size.height < title->y + title->height && left < title->x + title->width;

        if (left < free_from[row] || on_title)
            continue;
        spiral_text_draw(page, SPIRAL_TEXT_number, name, left, bottom, 0.0, 1.0,
                         &(struct spiral_text_form){.color = color, .halo = true});
        free_from[row] = left + size.width + 6.0 * unit;
        return;
    }
}

/* The strategy: the small state's courses, each from its date. */
static void draw_strategy(struct spiral_page *page, const struct spiral_compare_case *one,
                          const struct spiral_panel *panel, const struct spiral_rectangle *title,
                          enum spiral_language language)
{
    const struct spiral_scenario *scenario = one->scenario;
    const int small = scenario->small;
    double free_from[COURSE_ROWS] = {0.0};

    draw_course(page, panel, one->plan->start, scenario->states[small].doctrine_name, title,
                free_from, language);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];

        if (entry->kind == SPIRAL_ENTRY_DOCTRINE && entry->actor == small &&
            entry->date < spiral_plan_date(one->plan, one->plan->steps))
            draw_course(page, panel, entry->date, entry->doctrine_name, title, free_from, language);
    }
}

static enum spiral_status draw_row(struct spiral_page *page,
                                   const struct spiral_compare_figure *figure, size_t row,
                                   const struct spiral_panel *panel,
                                   const struct spiral_ticks *years, bool last)
{
    static const double shares[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    const struct spiral_compare_case *one = &figure->cases[row];
    const size_t steps = (size_t)one->plan->steps;
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_INDEX];
    const struct spiral_ticks y = spiral_ticks_linear(panel->y.low, panel->y.high, 3);
    double *work = malloc(6 * steps * sizeof *work);

    if (work == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t step = 0; step < steps; step++) {
        work[step] = spiral_plan_date(one->plan, (long)step + 1);
        for (size_t q = 0; q < 5; q++)
            work[(q + 1) * steps + step] =
                spiral_fan_quantile(one->fan, (long)step, figure->quantity, shares[q]);
    }

    spiral_panel_draw_axes(page, panel,
                           &(struct spiral_panel_axes){.x = years,
                                                       .y = &y,
                                                       .x_labels = last,
                                                       .y_labels = true,
                                                       .x_grid = true,
                                                       .y_grid = true});
    spiral_marks_band(page, panel, work, work + steps, work + 5 * steps, steps, color, 0.16);
    spiral_marks_band(page, panel, work, work + 2 * steps, work + 4 * steps, steps, color, 0.22);
    spiral_marks_line(page, panel, work, work + 3 * steps, steps,
                      (struct spiral_stroke){color, 1.0, 1.2, false});

    const char *name = spiral_figure_title(one->scenario, figure->language);
    struct spiral_rectangle title = spiral_text_measure(page, SPIRAL_TEXT_direct, name, NULL);

    title.x = panel->at.x + 5.0 * page->scale;
    title.y = panel->at.y + 3.0 * page->scale;
    spiral_text_draw(page, SPIRAL_TEXT_direct, name, title.x, title.y, 0.0, 0.0,
                     &(struct spiral_text_form){.halo = true});
    free(work);
    draw_record(page, one, *panel, RECORD * page->scale);
    draw_strategy(page, one, panel, &title, figure->language);

    return SPIRAL_OK;
}

enum spiral_status spiral_compare_draw(struct spiral_page *page,
                                       const struct spiral_compare_figure *figure)
{
    const struct spiral_field *field = &spiral_quantity_fields[figure->quantity];
    const double unit = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    double first = INFINITY;
    double end = -INFINITY;
    char subtitle[240];
    char runs[SPIRAL_RUNS_TEXT];
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < figure->count; i++) {
        first = fmin(first, figure->cases[i].plan->start);
        end = fmax(end, spiral_plan_date(figure->cases[i].plan, figure->cases[i].plan->steps));
    }

    spiral_figure_runs(runs, figure->cases[0].tally->runs, figure->seed, figure->language);
    snprintf(subtitle, sizeof subtitle,
             figure->language == SPIRAL_CHINESE ? "%s：中位数、50 %% 与 90 %% 区间；%s"
                                                : "%s: median, 50 %% and 90 %% bands; %s",
             figure->language == SPIRAL_CHINESE ? field->label_zh : field->label_en, runs);

    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->language == SPIRAL_CHINESE ? "案例比较" : "Cases compared",
                          subtitle, spiral_word(SPIRAL_WORD_table_note, figure->language));
    const double column = fmin(fmax(0.085 * inner.width, 6.2 * line), 7.2 * line);
    const double left =
        inner.x + spiral_text_measure(page, SPIRAL_TEXT_tick, "100", NULL).width + 6.0 * unit;
    const double width = inner.x + inner.width - COLUMNS * column - left;
    const double head = 2.4 * line + RECORD * unit;
    const double foot = line + 8.0 * unit;
    const double gap = line + (RECORD + 6.0) * unit;
    const double row =
        (inner.height - head - foot - (double)(figure->count - 1) * gap) / (double)figure->count;
    const struct spiral_ticks years = spiral_ticks_years(first, end, (int)(width / (4.2 * line)));

    for (int c = 0; c < COLUMNS; c++)
        spiral_text_draw(page, SPIRAL_TEXT_axis, spiral_word(heads[c], figure->language),
                         left + width + (c + 1) * column, inner.y + head - (RECORD + 4.0) * unit,
                         1.0, 1.0,
                         &(struct spiral_text_form){.width = column - 10.0 * unit, .end = true});

    for (size_t i = 0; i < figure->count && status == SPIRAL_OK; i++) {
        const struct spiral_panel panel = {.at = {left, inner.y + head + (double)i * (row + gap),
                                                  width, row},
                                           .x = {first, end, false},
                                           .y = {field->low, field->high, false}};
        status = draw_row(page, figure, i, &panel, &years, i + 1 == figure->count);

        for (int c = 0; c < COLUMNS; c++) {
            char text[32];
            write_cell(text, c, &figure->cases[i]);
            spiral_text_draw(page, SPIRAL_TEXT_direct, text, left + width + (c + 1) * column,
                             panel.at.y + 0.5 * row, 1.0, 0.5, NULL);
        }
    }

    return status;
}
