/* SPDX-License-Identifier: MIT */
#include "render/window/turn_sheet.h"

#include <math.h>
#include <stdio.h>

#include "render/window/sheet.h"
#include "render/window/ui/phrases.h"

/* "2008-04 United States and NATO · aligns: Bucharest" */
static void write_act(const struct spiral_scenario *scenario, const struct spiral_entry *entry,
                      enum spiral_language language, char text[512])
{
    const bool zh = language == SPIRAL_CHINESE;
    const char *kind = "";
    char doctrine[80] = "";

    if (entry->kind == SPIRAL_ENTRY_MOVE) {
        kind = zh ? spiral_moves[entry->move].label_zh : spiral_moves[entry->move].label_en;
    } else if (entry->kind == SPIRAL_ENTRY_DOCTRINE) {
        const struct spiral_doctrine *preset = spiral_doctrine_find(entry->doctrine_name);

        snprintf(doctrine, sizeof doctrine, "%s %s",
                 spiral_phrase(SPIRAL_PHRASE_doctrine, language),
                 preset == NULL ? entry->doctrine_name
                 : zh           ? preset->label_zh
                                : preset->label_en);
        kind = doctrine;
    } else {
        const int fact =
            entry->kind == SPIRAL_ENTRY_GREED ? SPIRAL_STATE_FACT_greed : SPIRAL_STATE_FACT_resolve;
        kind =
            zh ? spiral_state_fact_fields[fact].label_zh : spiral_state_fact_fields[fact].label_en;
    }

    snprintf(text, 512, "%.7s  %s · %s%s%.300s", entry->date_text,
             spiral_figure_text(&scenario->states[entry->actor].name, language), kind,
             entry->caption.count > 0 ? zh ? "：" : ": " : "",
             spiral_figure_text(&entry->caption, language));
}

/* A tick and an act. Returns the height. */
static double draw_act(struct spiral_turn_sheet *sheet, struct spiral_ui *ui,
                       enum spiral_language language, size_t a, struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    struct spiral_branch_act *act = &sheet->turn.acts[a];
    const double unit = page->scale;
    const double box = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 2.0 * unit;
    const double column = box + 74.0 * unit;
    const struct spiral_text_form form = {.width = at.width - column,
                                          .color =
                                              act->falls ? &page->theme->muted : &page->theme->ink};
    const char *fate =
        spiral_phrase(act->falls ? SPIRAL_PHRASE_falls : SPIRAL_PHRASE_stays, language);
    char text[512];

    write_act(&sheet->turn.scenario, &sheet->turn.scenario.entries[act->entry], language, text);

    const double height = spiral_text_measure(page, SPIRAL_TEXT_tick, text, &form).height;

    if (spiral_ui_button(ui, (struct spiral_rectangle){at.x, at.y, box, box}, act->falls ? "" : "✓",
                         false))
        act->falls = !act->falls;
    spiral_ui_say(ui, fate, SPIRAL_SENTENCE_tick, language);
    spiral_text_draw(page, SPIRAL_TEXT_note, fate, at.x + box + 8.0 * unit, at.y + 1.0 * unit, 0.0,
                     0.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_tick, text, at.x + column, at.y, 0.0, 0.0, &form);

    return fmax(box, height) + 5.0 * unit;
}

enum spiral_turn_answer spiral_turn_sheet_draw(struct spiral_turn_sheet *sheet,
                                               struct spiral_ui *ui, enum spiral_language language)
{
    const struct spiral_session_turn *turn = &sheet->turn;
    const double unit = ui->page->scale;
    const char *take = spiral_phrase(SPIRAL_PHRASE_take, language);
    const char *leave = spiral_phrase(SPIRAL_PHRASE_leave, language);
    const struct spiral_text_form form = {.width = 640.0 * unit};
    char title[256];
    struct spiral_rectangle foot;

    snprintf(title, sizeof title, language == SPIRAL_CHINESE ? "%s：%s" : "%s: %s",
             spiral_figure_text(&turn->scenario.states[turn->state].name, language),
             language == SPIRAL_CHINESE ? turn->doctrine->label_zh : turn->doctrine->label_en);

    struct spiral_rectangle at = spiral_sheet_draw(ui, title, 700.0 * unit, 620.0 * unit, &foot);
    const double note = spiral_text_draw(ui->page, SPIRAL_TEXT_note,
                                         spiral_phrase(turn->count > 0 ? SPIRAL_PHRASE_turn_note
                                                                       : SPIRAL_PHRASE_turn_alone,
                                                       language),
                                         at.x, at.y, 0.0, 0.0, &form)
                            .height +
                        10.0 * unit;

    at.y += note;
    at.height -= note;

    const double top = at.y - sheet->scroll;
    double y = top;

    spiral_ui_scroll_begin(ui, at);
    for (size_t a = 0; a < turn->count; a++)
        y += draw_act(sheet, ui, language, a, (struct spiral_rectangle){at.x, y, at.width, 0.0});
    spiral_ui_scroll_end(ui, y - top, &sheet->scroll);

    double from_right = 0.0;
    const bool taken = spiral_sheet_button(ui, &foot, &from_right, take);

    spiral_ui_say(ui, take, SPIRAL_SENTENCE_take, language);

    const bool left = spiral_sheet_button(ui, &foot, &from_right, leave);

    spiral_ui_say(ui, leave, SPIRAL_SENTENCE_leave, language);

    return taken ? SPIRAL_TURN_TAKEN : left ? SPIRAL_TURN_LEFT : SPIRAL_TURN_OPEN;
}
