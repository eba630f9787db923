/* SPDX-License-Identifier: MIT */
#include "render/window/shelf.h"

#include <math.h>
#include <stdlib.h>

#include "render/window/sheet.h"
#include "render/window/ui/phrases.h"
#include "scenarios/loader/case_file.h"
#include "scenarios/loader/scenario_load.h"

/* --- what there is ---------------------------------------------------------------------------- */

static bool read_case(const char *name, struct spiral_shelf_item *item)
{
    static struct spiral_diagnostics diagnostics;
    char path[4096];

    item->scenario = malloc(sizeof *item->scenario);
    if (item->scenario == NULL)
        return false;
    spiral_case_file(name, path, sizeof path);
    spiral_diagnostics_init(&diagnostics);
    if (spiral_scenario_load(item->scenario, path, &diagnostics) == SPIRAL_OK)
        return true;
    free(item->scenario);

    return false;
}

static bool read_lesson(const char *name, struct spiral_shelf_item *item)
{
    static struct spiral_diagnostics diagnostics;
    char path[4096];

    item->lesson = malloc(sizeof *item->lesson);
    if (item->lesson == NULL)
        return false;
    spiral_lesson_file(name, path, sizeof path);
    spiral_diagnostics_init(&diagnostics);
    if (spiral_lesson_load(item->lesson, path, &diagnostics) == SPIRAL_OK)
        return true;
    free(item->lesson);

    return false;
}

void spiral_shelf_open(struct spiral_shelf *shelf)
{
    static char names[SPIRAL_SHELF_MOST][64];

    spiral_shelf_close(shelf);

    for (int lessons = 0; lessons < 2; lessons++) {
        const size_t count = lessons == 1 ? spiral_lesson_list(names, SPIRAL_SHELF_MOST)
                                          : spiral_case_list(names, SPIRAL_SHELF_MOST);

        for (size_t i = 0; i < count && i < SPIRAL_SHELF_MOST && shelf->count < SPIRAL_SHELF_MOST;
             i++) {
            struct spiral_shelf_item item = {.lesson = NULL};
            if (lessons == 1 ? read_lesson(names[i], &item) : read_case(names[i], &item))
                shelf->items[shelf->count++] = item;
        }
    }
}

void spiral_shelf_close(struct spiral_shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        struct spiral_shelf_item *item = &shelf->items[i];
        if (item->scenario != NULL)
            spiral_scenario_clear(item->scenario);
        if (item->lesson != NULL)
            spiral_lesson_clear(item->lesson);
        free(item->scenario);
        free(item->lesson);
    }

    *shelf = (struct spiral_shelf){.count = 0};
}

/* --- drawing ---------------------------------------------------------------------------------- */

static const char *title_of(const struct spiral_shelf_item *item, enum spiral_language language)
{
    return item->scenario != NULL ? spiral_figure_title(item->scenario, language)
                                  : spiral_figure_text(&item->lesson->title, language);
}

static const char *summary_of(const struct spiral_shelf_item *item, enum spiral_language language)
{
    return spiral_figure_text(item->scenario != NULL ? &item->scenario->summary
                                                     : &item->lesson->summary,
                              language);
}

/* A column of cases, or of lessons: a button each, and below it the summary. Returns the item that
 * was pressed, else -1; *bottom is where the column ends. */
static int draw_items(const struct spiral_shelf *shelf, struct spiral_ui *ui,
                      enum spiral_language language, bool lessons, struct spiral_rectangle at,
                      double *bottom)
{
    struct spiral_page *page = ui->page;
    const double unit = page->scale;
    const double height =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;
    double y = at.y;
    int pressed = -1;

    y += spiral_text_draw(page, SPIRAL_TEXT_heading,
                          spiral_phrase(lessons ? SPIRAL_PHRASE_lessons : SPIRAL_PHRASE_cases,
                                        language),
                          at.x, y, 0.0, 0.0, NULL)
             .height +
         6.0 * unit;

    for (size_t i = 0; i < shelf->count; i++) {
        const struct spiral_shelf_item *item = &shelf->items[i];
        const struct spiral_text_form form = {.width = at.width};

        if ((item->lesson != NULL) != lessons)
            continue;
        if (spiral_ui_button(ui, (struct spiral_rectangle){at.x, y, at.width, height},
                             title_of(item, language), false))
            pressed = (int)i;
        spiral_ui_say(ui, title_of(item, language),
                      lessons ? SPIRAL_SENTENCE_lesson_item : SPIRAL_SENTENCE_case_item, language);
        y += height + 3.0 * unit;
        y += spiral_text_draw(page, SPIRAL_TEXT_note, summary_of(item, language), at.x, y, 0.0, 0.0,
                              &form)
                 .height +
             9.0 * unit;
    }

    *bottom = fmax(*bottom, y);

    return pressed;
}

int spiral_shelf_draw(struct spiral_shelf *shelf, struct spiral_ui *ui,
                      enum spiral_language language, bool *closed)
{
    const double unit = ui->page->scale;
    const double gap = 22.0 * unit;
    const char *close = spiral_phrase(SPIRAL_PHRASE_close, language);
    struct spiral_rectangle foot;
    const struct spiral_rectangle at =
        spiral_sheet_draw(ui, spiral_phrase(SPIRAL_PHRASE_cases_heading, language), 860.0 * unit,
                          720.0 * unit, &foot);
    const double width = 0.5 * (at.width - gap);
    const double top = at.y - shelf->scroll;
    double bottom = top;
    double from_right = 0.0;

    spiral_ui_scroll_begin(ui, at);
    if (shelf->count == 0)
        spiral_text_draw(ui->page, SPIRAL_TEXT_tick,
                         spiral_phrase(SPIRAL_PHRASE_no_cases, language), at.x, at.y, 0.0, 0.0,
                         &(struct spiral_text_form){.width = at.width});

    const int scenario = draw_items(shelf, ui, language, false,
                                    (struct spiral_rectangle){at.x, top, width, 0.0}, &bottom);
    const int lesson =
        draw_items(shelf, ui, language, true,
                   (struct spiral_rectangle){at.x + width + gap, top, width, 0.0}, &bottom);

    spiral_ui_scroll_end(ui, bottom - top, &shelf->scroll);
    *closed = spiral_sheet_button(ui, &foot, &from_right, close);
    spiral_ui_say(ui, close, SPIRAL_SENTENCE_close, language);

    return scenario >= 0 ? scenario : lesson;
}
