/* SPDX-License-Identifier: MIT */
#include "render/window/play_field.h"

#include <string.h>

/* Takes the last letter away, with all of its bytes. */
static void erase_letter(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    text[length > 0 ? length - 1 : 0] = '\0';
}

bool spiral_play_field_event(struct spiral_play_field *field, const SDL_Event *event)
{
    if (!field->active)
        return false;

    if (event->type == SDL_TEXTINPUT) {
        /* what does not fit is left out whole */
        if (strlen(field->text) + strlen(event->text.text) < sizeof field->text)
            strcat(field->text, event->text.text);
        return true;
    }

    if (event->type != SDL_KEYDOWN)
        return false;

    switch (event->key.keysym.sym) {
    case SDLK_BACKSPACE: erase_letter(field->text); return true;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_ESCAPE: field->active = false; return true;
    case SDLK_TAB: field->active = false; return false;
    default:
        /* keys of functions and shortcuts are the window's; letters come as text */
        return (event->key.keysym.mod & KMOD_CTRL) == 0 &&
               !(event->key.keysym.sym >= SDLK_F1 && event->key.keysym.sym <= SDLK_F12) &&
               event->key.keysym.sym != SDLK_PAGEUP && event->key.keysym.sym != SDLK_PAGEDOWN;
    }
}

void spiral_play_field_draw(struct spiral_play_field *field, struct spiral_ui *ui,
                            struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const double pad = 8.0 * page->scale;
    char shown[SPIRAL_PLAY_INTENTION + 8];

    if (spiral_ui_button(ui, at, "", false))
        field->active = true;
    else if (ui->pressed && !spiral_ui_inside(ui, &at))
        field->active = false;

    strcpy(shown, field->text);
    if (field->active)
        strcat(shown, "|");

    const struct spiral_text_form form = {.width = at.width - 2.0 * pad,
                                          .color = &page->theme->ink};

    cairo_save(page->cr);
    cairo_rectangle(page->cr, at.x, at.y, at.width, at.height);
    cairo_clip(page->cr);

    /* where the text is higher than the field, its end is shown */
    const double height = spiral_text_measure(page, SPIRAL_TEXT_tick, shown, &form).height;
    const double over = height - (at.height - 2.0 * pad);

    spiral_text_draw(page, SPIRAL_TEXT_tick, shown, at.x + pad,
                     at.y + pad - (over > 0.0 ? over : 0.0), 0.0, 0.0, &form);
    cairo_restore(page->cr);

    if (field->active) {
        const SDL_Rect place = {(int)at.x, (int)at.y, (int)at.width, (int)at.height};
        SDL_SetTextInputRect(&place); /* where an input method shows its candidates */
        cairo_rectangle(page->cr, at.x, at.y, at.width, at.height);
        spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 1.0);
        cairo_set_line_width(page->cr, 2.0 * page->scale);
        cairo_stroke(page->cr);
    }
}
