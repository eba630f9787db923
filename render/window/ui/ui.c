/* SPDX-License-Identifier: MIT */
#include "render/window/ui/ui.h"

#include <math.h>
#include <stdio.h>

enum { NOT_REACHED = -2 }; /* the number of a widget under a sheet: of no other */

void spiral_ui_init(struct spiral_ui *ui)
{
    *ui = (struct spiral_ui){.active = -1, .focus = -1, .open = -1, .x = -1.0, .y = -1.0};
    ui->menu.picked = -1;
}

static bool handle_key(struct spiral_ui *ui, const SDL_KeyboardEvent *event)
{
    const SDL_Keycode key = event->keysym.sym;

    if (key == SDLK_TAB && ui->count > 0) {
        const int step = (event->keysym.mod & KMOD_SHIFT) != 0 ? -1 : 1;
        ui->focus = ui->focus < 0 ? (step > 0 ? 0 : ui->count - 1)
                                  : (ui->focus + step + ui->count) % ui->count;
        ui->open = -1;
        ui->moved = true;
        return true;
    }

    if (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN) {
        ui->turn = key == SDLK_PAGEDOWN ? 1 : -1;
        return true;
    }

    if (key == SDLK_ESCAPE && (ui->open >= 0 || ui->focus >= 0)) {
        ui->open = -1;
        ui->focus = -1;
        return true;
    }

    const bool deletes = key == SDLK_DELETE || key == SDLK_BACKSPACE;
    const bool moves =
        deletes || key == SDLK_LEFT || key == SDLK_RIGHT || key == SDLK_UP || key == SDLK_DOWN;

    if (ui->focus >= 0 && (key == SDLK_RETURN || key == SDLK_KP_ENTER || moves)) {
        ui->key = key;
        ui->fine = (event->keysym.mod & KMOD_SHIFT) != 0;
        return true;
    }

    return false;
}

bool spiral_ui_event(struct spiral_ui *ui, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_MOUSEMOTION:
        ui->x = event->motion.x;
        ui->y = event->motion.y;
        return false;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (event->button.button != SDL_BUTTON_LEFT)
            return false;
        ui->x = event->button.x;
        ui->y = event->button.y;
        ui->down = event->type == SDL_MOUSEBUTTONDOWN;
        ui->pressed = ui->pressed || ui->down;
        ui->released = ui->released || !ui->down;
        return false;
    case SDL_MOUSEWHEEL: ui->wheel += event->wheel.y; return false;
    case SDL_KEYDOWN: return handle_key(ui, &event->key);
    default: return false;
    }
}

void spiral_ui_begin(struct spiral_ui *ui, struct spiral_page *page)
{
    ui->page = page;
    ui->next = 0;
    ui->disabled = false;
    ui->covered = false;
    ui->pointed = false;
    ui->card.given = false;
}

void spiral_ui_cover_begin(struct spiral_ui *ui) { ui->covered = true; }

void spiral_ui_cover_end(struct spiral_ui *ui) { ui->covered = false; }

bool spiral_ui_inside(const struct spiral_ui *ui, const struct spiral_rectangle *at)
{
    return ui->x >= at->x && ui->x < at->x + at->width && ui->y >= at->y &&
           ui->y < at->y + at->height;
}

static void trace_box(struct spiral_page *page, const struct spiral_rectangle *at, double corner)
{
    const double r = fmin(corner * page->scale, 0.5 * fmin(at->width, at->height));
    const double half = 1.57079632679489662;

    cairo_new_sub_path(page->cr);
    cairo_arc(page->cr, at->x + at->width - r, at->y + r, r, -half, 0.0);
    cairo_arc(page->cr, at->x + at->width - r, at->y + at->height - r, r, 0.0, half);
    cairo_arc(page->cr, at->x + r, at->y + at->height - r, r, half, 2.0 * half);
    cairo_arc(page->cr, at->x + r, at->y + r, r, 2.0 * half, 3.0 * half);
    cairo_close_path(page->cr);
}

/* A widget's background and border, by its present state. */
static void draw_widget_box(struct spiral_ui *ui, const struct spiral_rectangle *at, bool hot,
                            bool on, bool focus)
{
    struct spiral_page *page = ui->page;
    const struct spiral_theme *theme = page->theme;
    const struct spiral_color accent = theme->series[SPIRAL_COLOR_INDEX];

    trace_box(page, at, 4.0);
    spiral_page_color(page,
                      on ? accent
                         : spiral_color_mix(theme->background, theme->ink, hot ? 0.16 : 0.07),
                      1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, focus ? theme->ink : theme->grid, 1.0);
    cairo_set_line_width(page->cr, focus ? 2.0 * page->scale : 1.0);
    cairo_stroke(page->cr);
}

/* The state of a widget: its number, and whether it is under the pointer, in focus, and pressed by
 * either. */
struct state {
    int number;
    bool hot;
    bool focus;
    bool pressed;
};

static struct state begin_widget(struct spiral_ui *ui, const struct spiral_rectangle *at)
{
    struct state state = {.number = ui->covered ? NOT_REACHED : ui->next++};

    ui->last = *at;
    ui->pointed = false;
    ui->focused = false;
    if (ui->covered)
        return state;

    const bool under = spiral_ui_inside(ui, at) && ui->open < 0 &&
                       (!ui->scrolling || spiral_ui_inside(ui, &ui->window));

    /* what is grey says what it is too, and why it is */
    state.focus = ui->focus == state.number;
    ui->focused = state.focus;
    ui->pointed = under || (state.focus && ui->open < 0);
    if (ui->disabled)
        return (struct state){.number = state.number, .focus = state.focus};
    state.hot = under;
    if (state.focus && ui->scrolling)
        ui->beyond = fmin(0.0, at->y - ui->window.y) +
                     fmax(0.0, at->y + at->height - ui->window.y - ui->window.height);
    if (state.hot && ui->pressed)
        ui->active = state.number;

    const bool entered =
        state.focus && (ui->key == SDLK_RETURN || ui->key == SDLK_KP_ENTER) && ui->open < 0;

    state.pressed = entered || (ui->active == state.number && ui->released && state.hot);

    return state;
}

bool spiral_ui_button(struct spiral_ui *ui, struct spiral_rectangle at, const char *label, bool on)
{
    const struct state state = begin_widget(ui, &at);
    const struct spiral_theme *theme = ui->page->theme;

    draw_widget_box(ui, &at, state.hot, on, state.focus);

    const struct spiral_color color = ui->disabled
                                          ? spiral_color_mix(theme->muted, theme->background, 0.4)
                                      : on ? theme->background
                                           : theme->ink;
    const bool narrow = spiral_text_measure(ui->page, SPIRAL_TEXT_tick, label, NULL).width >
                        at.width - 8.0 * ui->page->scale;

    spiral_text_draw(ui->page, narrow ? SPIRAL_TEXT_number : SPIRAL_TEXT_tick, label,
                     at.x + 0.5 * at.width, at.y + 0.5 * at.height, 0.5, 0.5,
                     &(struct spiral_text_form){.color = &color});

    return state.pressed;
}

bool spiral_ui_label(struct spiral_ui *ui, double x, double y, const char *text,
                     struct spiral_color color)
{
    struct spiral_page *page = ui->page;
    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL);
    const struct spiral_rectangle at = {x, y - 0.5 * size.height, size.width, size.height};
    const struct state state = begin_widget(ui, &at);

    spiral_text_draw(page, SPIRAL_TEXT_note, text, x, y, 0.0, 0.5,
                     &(struct spiral_text_form){.color = &color});

    if (state.hot || state.focus) {
        spiral_page_color(page, state.focus ? page->theme->ink : color, 1.0);
        cairo_set_line_width(page->cr, (state.focus ? 2.0 : 1.0) * page->scale);
        cairo_move_to(page->cr, at.x, at.y + at.height);
        cairo_line_to(page->cr, at.x + at.width, at.y + at.height);
        cairo_stroke(page->cr);
    }

    return state.pressed;
}

bool spiral_ui_slider(struct spiral_ui *ui, struct spiral_rectangle at, const char *label,
                      double *value, double low, double high, const char *text)
{
    const struct state state = begin_widget(ui, &at);
    struct spiral_page *page = ui->page;
    const struct spiral_theme *theme = page->theme;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    const double track = at.y + line + 6.0 * page->scale;
    const double before = *value;

    /* in a slow frame the button may go down and up again */
    if (ui->active == state.number && (ui->down || ui->pressed || ui->released))
        *value = low + (high - low) * fmin(fmax((ui->x - at.x) / at.width, 0.0), 1.0);
    if (state.focus && (ui->key == SDLK_LEFT || ui->key == SDLK_RIGHT))
        *value += (ui->key == SDLK_LEFT ? -1.0 : 1.0) * (high - low) * (ui->fine ? 0.01 : 0.05);
    *value = fmin(fmax(*value, low), high);

    const double at_x = at.x + at.width * (*value - low) / (high - low);

    spiral_text_draw(page, SPIRAL_TEXT_note, label, at.x, at.y, 0.0, 0.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_note, text, at.x + at.width, at.y, 1.0, 0.0,
                     &(struct spiral_text_form){.color = &theme->ink});
    cairo_set_line_width(page->cr, 3.0 * page->scale);
    cairo_set_line_cap(page->cr, CAIRO_LINE_CAP_ROUND);
    spiral_page_color(page, theme->grid, 1.0);
    cairo_move_to(page->cr, at.x, track);
    cairo_line_to(page->cr, at.x + at.width, track);
    cairo_stroke(page->cr);
    spiral_page_color(page, theme->series[SPIRAL_COLOR_INDEX], 1.0);
    cairo_move_to(page->cr, at.x, track);
    cairo_line_to(page->cr, at_x, track);
    cairo_stroke(page->cr);
    cairo_new_sub_path(page->cr);
    cairo_arc(page->cr, at_x, track,
              (state.hot || ui->active == state.number ? 6.5 : 5.0) * page->scale, 0.0,
              6.283185307179586);
    spiral_page_color(page, theme->series[SPIRAL_COLOR_INDEX], 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, state.focus ? theme->ink : theme->background, 1.0);
    cairo_set_line_width(page->cr, 1.5 * page->scale);
    cairo_stroke(page->cr);

    return *value != before;
}

bool spiral_ui_menu(struct spiral_ui *ui, struct spiral_rectangle at, const char *label,
                    const char *(*item)(const void *context, int i), const void *context, int count,
                    int *chosen)
{
    const struct state state = begin_widget(ui, &at);
    const double pad = 8.0 * ui->page->scale;

    draw_widget_box(ui, &at, state.hot || ui->open == state.number, false, state.focus);

    const struct spiral_rectangle name =
        spiral_text_draw(ui->page, SPIRAL_TEXT_note, label, at.x + pad, at.y + 0.5 * at.height, 0.0,
                         0.5, NULL);

    spiral_text_draw(ui->page, SPIRAL_TEXT_tick,
                     *chosen >= 0 && *chosen < count ? item(context, *chosen) : "—",
                     at.x + pad + (name.width > 0.0 ? name.width + pad : 0.0),
                     at.y + 0.5 * at.height, 0.0, 0.5,
                     &(struct spiral_text_form){.color = &ui->page->theme->ink});
    spiral_text_draw(ui->page, SPIRAL_TEXT_note, "▾", at.x + at.width - pad, at.y + 0.5 * at.height,
                     1.0, 0.5, NULL);

    if (ui->open == state.number) {
        ui->menu.at = at;
        ui->menu.item = item;
        ui->menu.context = context;
        ui->menu.count = count;

        if (ui->menu.picked >= 0) {
            const bool other = ui->menu.picked != *chosen;
            *chosen = ui->menu.picked;
            ui->menu.picked = -1;
            ui->open = -1;
            return other;
        }
    } else if (state.pressed) {
        ui->open = state.number;
        ui->menu.chosen = *chosen >= 0 ? *chosen : 0;
        ui->menu.picked = -1;
        ui->menu.at = at;
        ui->menu.item = item;
        ui->menu.context = context;
        ui->menu.count = count;
        ui->released = ui->pressed = false;
        ui->key = 0;
    } else if (state.focus && (ui->key == SDLK_LEFT || ui->key == SDLK_RIGHT) && count > 0) {
        *chosen = (*chosen + (ui->key == SDLK_LEFT ? count - 1 : 1)) % count;
        return true;
    }

    /* what is chosen from says what the item under the pointer is */
    ui->pointed = ui->pointed || ui->open == state.number;

    return false;
}

int spiral_ui_menu_item(const struct spiral_ui *ui)
{
    return ui->open >= 0 && ui->open == ui->next - 1 ? ui->menu.chosen : -1;
}

/* --- what things are -------------------------------------------------------------------------- */

bool spiral_ui_place(struct spiral_ui *ui, struct spiral_rectangle at)
{
    const struct state state = begin_widget(ui, &at);

    if (state.focus) {
        spiral_page_color(ui->page, ui->page->theme->ink, 1.0);
        cairo_set_line_width(ui->page->cr, 2.0 * ui->page->scale);
        cairo_move_to(ui->page->cr, at.x, at.y + at.height);
        cairo_line_to(ui->page->cr, at.x + at.width, at.y + at.height);
        cairo_stroke(ui->page->cr);
    }

    return ui->pointed;
}

bool spiral_ui_is_pointed(const struct spiral_ui *ui) { return ui->pointed; }

bool spiral_ui_is_deleted(const struct spiral_ui *ui)
{
    return ui->focused && (ui->key == SDLK_DELETE || ui->key == SDLK_BACKSPACE);
}

void spiral_ui_explain(struct spiral_ui *ui, const char *heading, const char *sentence,
                       const char *facts, const char *source)
{
    struct spiral_ui_card *card = &ui->card;

    if (!ui->pointed)
        return;
    card->given = true;
    card->at = ui->last;
    snprintf(card->heading, sizeof card->heading, "%s", heading);
    snprintf(card->sentence, sizeof card->sentence, "%s", sentence);
    snprintf(card->facts, sizeof card->facts, "%s", facts);
    snprintf(card->source, sizeof card->source, "%s", source);
}

/* The card's texts one below the other; with `draw` false only their height is returned. */
static double draw_card_texts(struct spiral_ui *ui, double x, double y, double width, bool draw)
{
    struct spiral_page *page = ui->page;
    const struct spiral_ui_card *card = &ui->card;
    const struct {
        const char *text;
        enum spiral_text_role role;
        bool ink;
    } texts[] = {{card->heading, SPIRAL_TEXT_direct, true},
                 {card->sentence, SPIRAL_TEXT_tick, true},
                 {card->facts, SPIRAL_TEXT_note, false},
                 {card->source, SPIRAL_TEXT_note, false}};
    const double top = y;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct spiral_text_form form = {.width = width,
                                              .color = texts[i].ink ? &page->theme->ink
                                                                    : &page->theme->muted};
        if (texts[i].text[0] == '\0')
            continue;
        y += (draw ? spiral_text_draw(page, texts[i].role, texts[i].text, x, y, 0.0, 0.0, &form)
                   : spiral_text_measure(page, texts[i].role, texts[i].text, &form))
                 .height +
             4.0 * page->scale;
    }

    return y - top;
}

/* The card, beside what it is about: to the left of what is in the right half of the window, else
 * above it or below. */
static void draw_card(struct spiral_ui *ui)
{
    struct spiral_page *page = ui->page;
    const struct spiral_rectangle *about = &ui->card.at;
    const double pad = 9.0 * page->scale;
    const double width = fmin(330.0 * page->scale, page->width - 4.0 * pad);
    const double height = draw_card_texts(ui, 0.0, 0.0, width, false) - 4.0 * page->scale;
    const double gap = 6.0 * page->scale;
    double x = about->x - width - 2.0 * pad - gap;
    double y = about->y + 0.5 * about->height - 0.5 * height - pad;

    if (x < 0.4 * page->width && about->x + 0.5 * about->width < 0.6 * page->width) {
        x = about->x;
        y = about->y - height - 2.0 * pad - gap;
        if (y < 0.0)
            y = about->y + about->height + gap;
    }

    x = fmax(fmin(x, page->width - width - 2.5 * pad), 0.5 * pad);
    y = fmax(fmin(y, page->height - height - 2.5 * pad), 0.5 * pad);

    const struct spiral_rectangle box = {x, y, width + 2.0 * pad, height + 2.0 * pad};

    trace_box(page, &box, 5.0);
    spiral_page_color(page, page->theme->background, 0.97);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);
    draw_card_texts(ui, x + pad, y + pad, width, true);
}

/* --- what scrolls ----------------------------------------------------------------------------- */

void spiral_ui_scroll_begin(struct spiral_ui *ui, struct spiral_rectangle window)
{
    ui->scrolling = true;
    ui->window = window;
    ui->beyond = 0.0;
    cairo_save(ui->page->cr);

    /* a knob at the edge and a border in focus reach a little beyond the window */
    cairo_rectangle(ui->page->cr, window.x - 8.0 * ui->page->scale, window.y,
                    window.width + 16.0 * ui->page->scale, window.height);
    cairo_clip(ui->page->cr);
}

void spiral_ui_scroll_end(struct spiral_ui *ui, double height, double *scroll)
{
    struct spiral_page *page = ui->page;
    const struct spiral_rectangle *window = &ui->window;
    const double most = fmax(0.0, height - window->height);
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;

    cairo_restore(page->cr);
    ui->scrolling = false;
    if (ui->open < 0 && !ui->covered && spiral_ui_inside(ui, window))
        *scroll -= ui->wheel * 3.0 * line;
    if (!ui->covered)
        *scroll += ui->turn * 0.8 * window->height;
    if (ui->moved && ui->beyond != 0.0)
        *scroll += ui->beyond + (ui->beyond > 0.0 ? line : -line);
    *scroll = fmin(fmax(*scroll, 0.0), most);
    if (most <= 0.0)
        return;
    spiral_page_color(page, page->theme->muted, 0.5);
    cairo_rectangle(page->cr, window->x + window->width + 4.0 * page->scale,
                    window->y + window->height * *scroll / height, 4.0 * page->scale,
                    window->height * window->height / height);
    cairo_fill(page->cr);
}

/* --- menus ------------------------------------------------------------------------------------ */

/* The open menu's list, below its widget, or above it where there is more room. */
static void draw_menu(struct spiral_ui *ui)
{
    struct spiral_page *page = ui->page;
    const double row =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 8.0 * page->scale;
    const double height = row * ui->menu.count;
    struct spiral_rectangle list = {ui->menu.at.x, ui->menu.at.y + ui->menu.at.height,
                                    ui->menu.at.width, height};

    if (list.y + height > page->height)
        list.y = fmax(0.0, fmin(ui->menu.at.y - height, page->height - height));
    if (ui->key == SDLK_UP || ui->key == SDLK_DOWN)
        ui->menu.chosen =
            (ui->menu.chosen + (ui->key == SDLK_UP ? ui->menu.count - 1 : 1)) % ui->menu.count;
    if (ui->key == SDLK_RETURN || ui->key == SDLK_KP_ENTER)
        ui->menu.picked = ui->menu.chosen;
    trace_box(page, &list, 4.0);
    spiral_page_color(page, spiral_color_mix(page->theme->background, page->theme->ink, 0.08), 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 1.0);
    cairo_stroke(page->cr);

    for (int i = 0; i < ui->menu.count; i++) {
        const struct spiral_rectangle at = {list.x, list.y + i * row, list.width, row};
        if (spiral_ui_inside(ui, &at))
            ui->menu.chosen = i;

        if (i == ui->menu.chosen) {
            cairo_rectangle(page->cr, at.x + 1.0, at.y, at.width - 2.0, row);
            spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 0.35);
            cairo_fill(page->cr);
        }

        spiral_text_draw(page, SPIRAL_TEXT_tick, ui->menu.item(ui->menu.context, i),
                         at.x + 8.0 * page->scale, at.y + 0.5 * row, 0.0, 0.5,
                         &(struct spiral_text_form){.color = &page->theme->ink});
        if (ui->released && spiral_ui_inside(ui, &at))
            ui->menu.picked = i;
    }

    if (ui->pressed && !spiral_ui_inside(ui, &list))
        ui->open = -1;
}

void spiral_ui_end(struct spiral_ui *ui)
{
    if (ui->open >= ui->next)
        ui->open = -1;
    if (ui->open >= 0)
        draw_menu(ui);
    if (ui->card.given)
        draw_card(ui);
    if (ui->pressed)
        ui->focus = -1; /* the pointer takes over: arrows are the clock's again */
    if (!ui->down)
        ui->active = -1;
    ui->count = ui->next;
    ui->focus = ui->focus >= ui->count ? -1 : ui->focus;
    ui->pressed = ui->released = false;
    ui->wheel = 0.0;
    ui->key = 0;
    ui->turn = 0;
    ui->moved = false;
}
