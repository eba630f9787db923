/* SPDX-License-Identifier: MIT */
#include "render/window/why_sheet.h"

#include <stdio.h>

#include "render/window/sheet.h"
#include "render/window/ui/phrases.h"

void spiral_why_sheet_clear(struct spiral_why_sheet *sheet)
{
    spiral_why_picture_destroy(sheet->why);
    spiral_gain_picture_destroy(sheet->gain);
    sheet->why = NULL;
    sheet->gain = NULL;
    sheet->pictured = 0;
}

/* --- the pages -------------------------------------------------------------------------------- */

static const char *page_name(int page, enum spiral_language language)
{
    if (page == SPIRAL_WHY_PAGE_GAIN)
        return spiral_word(SPIRAL_WORD_loop_gain, language);
    return language == SPIRAL_CHINESE ? spiral_why_outcome_labels[page].zh
                                      : spiral_why_outcome_labels[page].en;
}

/* The buttons of the pages in a row, and beside them what is still to come. Returns the height. */
static double draw_pages(struct spiral_why_sheet *sheet, struct spiral_ui *ui, const char *status,
                         enum spiral_language language, struct spiral_rectangle at)
{
    const double unit = ui->page->scale;
    const double height =
        spiral_text_measure(ui->page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;
    double x = at.x;

    for (int page = 0; page < SPIRAL_WHY_PAGES; page++) {
        const char *name = page_name(page, language);
        const double width =
            spiral_text_measure(ui->page, SPIRAL_TEXT_tick, name, NULL).width + 26.0 * unit;
        const struct spiral_rectangle button = {x, at.y, width, height};

        if (spiral_ui_button(ui, button, name, sheet->page == page))
            sheet->page = page;
        spiral_ui_say(ui, name,
                      page == SPIRAL_WHY_PAGE_GAIN ? SPIRAL_SENTENCE_why_gain
                                                   : SPIRAL_SENTENCE_why_outcome,
                      language);
        x += width + 6.0 * unit;
    }

    spiral_text_draw(ui->page, SPIRAL_TEXT_tick, status, x + 8.0 * unit, at.y + 0.5 * height, 0.0,
                     0.5, NULL);

    return height + 10.0 * unit;
}

/* --- the figure ------------------------------------------------------------------------------- */

/* Makes the figure of the page, unless it is there. */
static void make_picture(struct spiral_why_sheet *sheet,
                         const struct spiral_live_account_result *result,
                         enum spiral_language language)
{
    if (sheet->pictured == result->number && sheet->pictured_page == sheet->page &&
        sheet->pictured_language == language)
        return;

    spiral_why_sheet_clear(sheet);
    if (sheet->page == SPIRAL_WHY_PAGE_GAIN)
        sheet->gain = spiral_gain_picture_create(&result->gains, &result->why.given, language);
    else
        sheet->why =
            spiral_why_picture_create(&result->why, (enum spiral_why_outcome)sheet->page, language);
    sheet->pictured = result->number;
    sheet->pictured_page = sheet->page;
    sheet->pictured_language = language;
}

/* What is said in place of the figure, or NULL where there is one. */
static const char *reason_for_none(const struct spiral_why_sheet *sheet,
                                   const struct spiral_live_account_result *result,
                                   enum spiral_language language)
{
    const bool is_gain = sheet->page == SPIRAL_WHY_PAGE_GAIN;

    if (result == NULL)
        return "";
    if (result->failed)
        return result->error.message;
    if (is_gain && result->gains.count < 2)
        return spiral_phrase(SPIRAL_PHRASE_why_short, language);
    if (!is_gain && result->why.accounts[sheet->page].events == 0)
        return spiral_phrase(SPIRAL_PHRASE_why_nothing, language);
    return NULL;
}

static void draw_picture(struct spiral_why_sheet *sheet, struct spiral_page *page,
                         const struct spiral_live_account_result *result,
                         enum spiral_language language, struct spiral_rectangle at)
{
    make_picture(sheet, result, language);
    if (sheet->why != NULL)
        spiral_why_draw_within(page, spiral_why_picture_figure(sheet->why), at);
    if (sheet->gain != NULL)
        spiral_gain_draw_within(page, spiral_gain_picture_figure(sheet->gain), at);
}

void spiral_why_panel_draw(struct spiral_why_sheet *sheet, struct spiral_ui *ui,
                           const struct spiral_live_account_result *result, double progress,
                           enum spiral_language language, struct spiral_rectangle at)
{
    const bool is_complete = result != NULL && result->complete;
    char status[96] = "";

    if (!is_complete)
        snprintf(status, sizeof status, "%s: %.0f %%",
                 spiral_phrase(SPIRAL_PHRASE_calculating, language), 100.0 * progress);

    const double above = draw_pages(sheet, ui, status, language, at);
    const struct spiral_rectangle below = {at.x, at.y + above, at.width, at.height - above};
    const char *reason = reason_for_none(sheet, result, language);

    if (reason != NULL)
        spiral_text_draw(ui->page, SPIRAL_TEXT_tick, reason, below.x, below.y, 0.0, 0.0,
                         &(struct spiral_text_form){.width = below.width});
    else
        draw_picture(sheet, ui->page, result, language, below);
}

bool spiral_why_sheet_draw(struct spiral_why_sheet *sheet, struct spiral_ui *ui,
                           const struct spiral_live_account_result *result, double progress,
                           enum spiral_language language)
{
    const double unit = ui->page->scale;
    const char *close = spiral_phrase(SPIRAL_PHRASE_close, language);
    struct spiral_rectangle foot;
    const struct spiral_rectangle at =
        spiral_sheet_draw(ui, "", 1180.0 * unit, 940.0 * unit, &foot);
    double from_right = 0.0;

    spiral_why_panel_draw(sheet, ui, result, progress, language, at);

    const bool closed = spiral_sheet_button(ui, &foot, &from_right, close);

    spiral_ui_say(ui, close, SPIRAL_SENTENCE_close, language);

    return !closed;
}
