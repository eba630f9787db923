/* SPDX-License-Identifier: MIT */
#include "render/figure/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 5, RECORD = 7, STRATEGY = 12 /* pixels at scale 1 */ };

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

/* --- the strategy ----------------------------------------------------------------------------- */

enum { MOST_COURSES = 32 };

/* What the small states of all cases pursue, in the order in which it is first met. */
struct courses {
    size_t count;
    const char *name[MOST_COURSES];
};

static const char *course_name(const char *doctrine, enum spiral_language language)
{
    const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine);

    return preset == NULL               ? doctrine
           : language == SPIRAL_CHINESE ? preset->label_zh
                                        : preset->label_en;
}

/* The number of a course, from 1; a new one is added. 0: there are too many. */
static size_t course_number(struct courses *courses, const char *name)
{
    for (size_t i = 0; i < courses->count; i++)
        if (strcmp(courses->name[i], name) == 0)
            return i + 1;
    if (courses->count == MOST_COURSES)
        return 0;
    courses->name[courses->count++] = name;

    return courses->count;
}

/* The course that holds from `*entry` on, and when it ends; *entry is moved to the one after it. */
static double course_end(const struct spiral_compare_case *one, size_t *entry)
{
    const struct spiral_scenario *scenario = one->scenario;
    const double end = spiral_plan_date(one->plan, one->plan->steps);

    for (; *entry < scenario->entry_count; ++*entry) {
        const struct spiral_entry *next = &scenario->entries[*entry];
        if (next->kind == SPIRAL_ENTRY_DOCTRINE && next->actor == scenario->small)
            return fmin(next->date, end);
    }

    return end;
}

/* A course from one date to another: its number with its name, or alone where there is no room. */
static void draw_course(struct spiral_page *page, const struct spiral_panel *panel, double from,
                        double until, size_t number, const char *name, bool last)
{
    const double unit = page->scale;
    const double left = spiral_panel_x(panel, from);
    const double room = spiral_panel_x(panel, until) - left - 4.0 * unit;
    const double middle = panel->at.y + 0.5 * panel->at.height;
    char text[120];

    spiral_marks_bar(page, panel, from, until, 0.5, panel->at.height,
                     page->theme->series[SPIRAL_COLOR_SMALL], 0.14);
    spiral_marks_vertical(page, panel, from,
                          (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_SMALL], 1.0, 0.8,
                                                 SPIRAL_DASH_solid});

    snprintf(text, sizeof text, "%zu %s", number, name);
    if (spiral_text_measure(page, SPIRAL_TEXT_number, text, NULL).width > room)
        snprintf(text, sizeof text, "%zu", number);

    const double width = spiral_text_measure(page, SPIRAL_TEXT_number, text, NULL).width;

    /* after the last course the strip is empty */
    if (width <= room + 2.0 * unit)
        spiral_text_draw(page, SPIRAL_TEXT_number, text, left + 3.0 * unit, middle, 0.0, 0.5, NULL);
    else if (last)
        spiral_text_draw(page, SPIRAL_TEXT_number, text, spiral_panel_x(panel, until) + 2.0 * unit,
                         middle, 0.0, 0.5, NULL);
}

/* The strip of the small state's courses, above the record. */
static void draw_strategy(struct spiral_page *page, const struct spiral_compare_case *one,
                          struct spiral_panel panel, struct courses *courses,
                          enum spiral_language language)
{
    const struct spiral_scenario *scenario = one->scenario;
    const char *doctrine = scenario->states[scenario->small].doctrine_name;
    double from = one->plan->start;
    size_t entry = 0;
    bool last = false;

    panel.at.y -= (RECORD + STRATEGY + 4.0) * page->scale;
    panel.at.height = STRATEGY * page->scale;
    panel.y = (struct spiral_scale){0.0, 1.0, false};

    while (!last) {
        const double until = course_end(one, &entry);
        const char *name = course_name(doctrine, language);

        last = entry == scenario->entry_count ||
               until >= spiral_plan_date(one->plan, one->plan->steps);
        if (until > from || last)
            draw_course(page, &panel, fmax(from, panel.x.low), until, course_number(courses, name),
                        name, last);
        if (!last)
            doctrine = scenario->entries[entry++].doctrine_name;
        from = until;
    }
}

/* The note with the names of the courses behind their numbers. */
static void write_note(char *note, size_t size, const struct spiral_compare_figure *figure)
{
    struct courses courses = {.count = 0};
    size_t used =
        (size_t)snprintf(note, size, "%s", spiral_word(SPIRAL_WORD_table_note, figure->language));

    for (size_t i = 0; i < figure->count; i++) {
        const struct spiral_compare_case *one = &figure->cases[i];
        const struct spiral_scenario *scenario = one->scenario;

        course_number(&courses, course_name(scenario->states[scenario->small].doctrine_name,
                                            figure->language));
        for (size_t entry = 0;
             course_end(one, &entry) < spiral_plan_date(one->plan, one->plan->steps); entry++)
            course_number(&courses,
                          course_name(scenario->entries[entry].doctrine_name, figure->language));
    }

    for (size_t i = 0; i < courses.count && used < size; i++)
        used += (size_t)snprintf(note + used, size - used, "%s%zu %s",
                                 i > 0                                ? "; "
                                 : figure->language == SPIRAL_CHINESE ? "战略："
                                                                      : " Strategies: ",
                                 i + 1, courses.name[i]);
    if (used < size)
        snprintf(note + used, size - used, figure->language == SPIRAL_CHINESE ? "。" : ".");
}

static enum spiral_status draw_row(struct spiral_page *page,
                                   const struct spiral_compare_figure *figure, size_t row,
                                   const struct spiral_panel *panel,
                                   const struct spiral_ticks *years, struct courses *courses,
                                   bool last)
{
    static const double shares[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    const struct spiral_compare_case *one = &figure->cases[row];
    const size_t steps = (size_t)one->plan->steps;
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_INDEX];
    const int room = spiral_ticks_room(page, panel->at.height);
    const struct spiral_ticks y =
        spiral_ticks_linear(panel->y.low, panel->y.high, room < 3 ? room : 3);
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
                      (struct spiral_stroke){color, 1.0, 1.2, SPIRAL_DASH_solid});

    const char *name = spiral_figure_title(one->scenario, figure->language);

    spiral_text_draw(page, SPIRAL_TEXT_direct, name, panel->at.x + 5.0 * page->scale,
                     panel->at.y + 3.0 * page->scale, 0.0, 0.0,
                     &(struct spiral_text_form){.halo = true});
    free(work);
    draw_record(page, one, *panel, RECORD * page->scale);
    draw_strategy(page, one, *panel, courses, figure->language);

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
    char note[2000];
    struct courses courses = {.count = 0};
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

    write_note(note, sizeof note, figure);

    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->language == SPIRAL_CHINESE ? "案例比较" : "Cases compared",
                          subtitle, note);
    const double column = fmin(fmax(0.085 * inner.width, 6.2 * line), 7.2 * line);
    const double left =
        inner.x + spiral_text_measure(page, SPIRAL_TEXT_tick, "100", NULL).width + 6.0 * unit;
    const double width = inner.x + inner.width - COLUMNS * column - left;
    const double head = fmax(2.4 * line, (STRATEGY + 4.0) * unit) + RECORD * unit;
    const double foot = line + 8.0 * unit;
    const double gap = 0.6 * line + (RECORD + STRATEGY + 6.0) * unit;
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
        status = draw_row(page, figure, i, &panel, &years, &courses, i + 1 == figure->count);

        for (int c = 0; c < COLUMNS; c++) {
            char text[32];
            write_cell(text, c, &figure->cases[i]);
            spiral_text_draw(page, SPIRAL_TEXT_direct, text, left + width + (c + 1) * column,
                             panel.at.y + 0.5 * row, 1.0, 0.5, NULL);
        }
    }

    return status;
}
