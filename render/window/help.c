/* SPDX-License-Identifier: MIT */
#include "render/window/help.h"

#include "render/window/sheet.h"
#include "render/window/ui/phrases.h"

/* The buttons of the pages, in a row. */
static void draw_pages(struct spiral_help *help, struct spiral_ui *ui,
                       enum spiral_language language, struct spiral_rectangle *at)
{
    static const enum spiral_phrase names[SPIRAL_HELP_PAGES] = {SPIRAL_PHRASE_help_read,
                                                                SPIRAL_PHRASE_help_key_page,
                                                                SPIRAL_PHRASE_help_terms};
    const double unit = ui->page->scale;
    const double gap = 6.0 * unit;
    const double width = (at->width - (SPIRAL_HELP_PAGES - 1) * gap) / SPIRAL_HELP_PAGES;
    const double height =
        spiral_text_measure(ui->page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;

    for (int page = 0; page < SPIRAL_HELP_PAGES; page++) {
        const struct spiral_rectangle button = {at->x + page * (width + gap), at->y, width, height};
        const char *name = spiral_phrase(names[page], language);

        if (spiral_ui_button(ui, button, name, help->page == (enum spiral_help_page)page)) {
            help->page = (enum spiral_help_page)page;
            help->scroll = 0.0;
        }
        spiral_ui_say(ui, name, SPIRAL_SENTENCE_help_page, language);
    }

    at->y += height + 2.0 * gap;
    at->height -= height + 2.0 * gap;
}

bool spiral_help_draw(struct spiral_help *help, struct spiral_ui *ui, enum spiral_language language)
{
    static const enum spiral_phrase texts[SPIRAL_HELP_PAGES] = {SPIRAL_PHRASE_help_reading,
                                                                SPIRAL_PHRASE_help_keys,
                                                                SPIRAL_PHRASE_help_glossary};
    const double unit = ui->page->scale;
    const char *close = spiral_phrase(SPIRAL_PHRASE_close, language);
    struct spiral_rectangle foot;
    struct spiral_rectangle at = spiral_sheet_draw(ui, "", 680.0 * unit, 700.0 * unit, &foot);
    double from_right = 0.0;

    draw_pages(help, ui, language, &at);

    spiral_ui_scroll_begin(ui, at);
    const double height =
        spiral_sheet_rows(ui, spiral_phrase(texts[help->page], language), 150.0 * unit,
                          (struct spiral_rectangle){at.x, at.y - help->scroll, at.width, 0.0});
    spiral_ui_scroll_end(ui, height, &help->scroll);

    const bool closed = spiral_sheet_button(ui, &foot, &from_right, close);

    spiral_ui_say(ui, close, SPIRAL_SENTENCE_close, language);

    return !closed;
}
