/* SPDX-License-Identifier: MIT
 *
 * Immediate widgets: each is a call in every frame, which draws it and returns whether it was used.
 * They are drawn on the chart's page, with its fonts, languages and themes. That
 * is why we have our own: the packaged libraries that fit SDL2 and C draw with their own bitmap or
 * stb fonts, without Chinese, and would need a second text engine beside Pango.
 *
 * The pointer: a widget is hot under the pointer, active while it is pressed. The keyboard: Tab
 * and Shift-Tab move the focus over all widgets of the frame in their order, Enter presses the
 * one in focus, Left and Right move a slider. What is higher than its room is drawn between
 * spiral_ui_scroll_begin() and _end(): the wheel, Page Up and Page Down move it, and it follows
 * the focus.
 *
 * What a widget is: after a widget, spiral_ui_is_pointed() tells whether the pointer or the focus
 * is on it, and the caller then fills `card`: a heading, a sentence, and what else is to be known.
 * The card is drawn beside the widget at the end of the frame. Places that are not widgets have one
 * by spiral_ui_place().
 *
 * A sheet lies over the window (help, a menu of cases): between spiral_ui_cover_begin() and _end()
 * widgets are drawn but cannot be reached, so that only the sheet's own, drawn after that, can.
 */
#ifndef SPIRAL_WINDOW_UI_H
#define SPIRAL_WINDOW_UI_H

#include <SDL.h>

#include "render/chart/page.h"

/* What the thing under the pointer, or in focus, is. Texts are copied. */
struct spiral_ui_card {
    bool given; /* in this frame */
    struct spiral_rectangle at;
    char heading[128];
    char sentence[512];
    char facts[640]; /* unit, range; "": nothing */
    char source[192];
};

struct spiral_ui {
    struct spiral_page *page;
    double x;        /* the pointer */
    double y;        /* the pointer */
    bool down;       /* its left button is held */
    bool pressed;    /* since the last frame */
    bool released;   /* since the last frame */
    double wheel;    /* turned since the last frame, away from the user positive */
    SDL_Keycode key; /* for the widget in focus, 0: none */
    int turn;        /* Page Down 1, Page Up -1 */
    bool moved;      /* whether the focus was moved by a key since the last frame */
    bool fine;       /* Shift is held */
    bool disabled;   /* widgets drawn now are grey and do nothing */
    int next;        /* number of the next widget of the frame */
    int count;       /* widgets of the last frame */
    int active;      /* number of the widget that is pressed, -1: none */
    int focus;       /* number of the one in focus, -1: none */
    int open;        /* number of the open menu, -1: none */
    bool scrolling;  /* within a window that scrolls: */
    struct spiral_rectangle window;
    double beyond; /* how far the widget in focus lies outside it, downwards positive */
    bool covered;  /* by a sheet: widgets drawn now cannot be reached */
    bool focused;  /* whether the focus is on the last widget */
    bool pointed;  /* whether the pointer or the focus is on the last widget */
    struct spiral_rectangle last; /* where that is */
    struct spiral_ui_card card;
    /* the open menu: drawn at the end, over everything */
    struct {
        struct spiral_rectangle at;
        const char *(*item)(const void *context, int i);
        const void *context;
        int count;
        int chosen;
        int picked; /* -1: none yet */
    } menu;
};

void spiral_ui_init(struct spiral_ui *ui);
/* Handles an event of the pointer, or of a key for widgets (Tab, Enter, Left, Right, Escape).
 * Returns whether it was for widgets alone. */
bool spiral_ui_event(struct spiral_ui *ui, const SDL_Event *event);
void spiral_ui_begin(struct spiral_ui *ui, struct spiral_page *page);
/* Draws the open menu, forgets the frame's events. */
void spiral_ui_end(struct spiral_ui *ui);

bool spiral_ui_inside(const struct spiral_ui *ui, const struct spiral_rectangle *at);

/* Widgets drawn from now on lie under a sheet; and no longer. */
void spiral_ui_cover_begin(struct spiral_ui *ui);
void spiral_ui_cover_end(struct spiral_ui *ui);

/* A place that does nothing but say what it is: it takes the focus, with a line under it. True
 * where the pointer or the focus is on it. */
bool spiral_ui_place(struct spiral_ui *ui, struct spiral_rectangle at);
/* Whether the pointer or the focus is on the widget that was drawn last, grey or not. */
bool spiral_ui_is_pointed(const struct spiral_ui *ui);
/* Whether Delete was pressed on the widget drawn last. */
bool spiral_ui_is_deleted(const struct spiral_ui *ui);
/* Says what the widget drawn last is, where it is pointed at. Texts may be "". */
void spiral_ui_explain(struct spiral_ui *ui, const char *heading, const char *sentence,
                       const char *facts, const char *source);

/* True in the frame in which it was pressed. `on`: drawn as chosen. */
bool spiral_ui_button(struct spiral_ui *ui, struct spiral_rectangle at, const char *label, bool on);
/* True where the value was changed. `text`: the value as it is to be read. */
bool spiral_ui_slider(struct spiral_ui *ui, struct spiral_rectangle at, const char *label,
                      double *value, double low, double high, const char *text);
/* True where another item was chosen. */
bool spiral_ui_menu(struct spiral_ui *ui, struct spiral_rectangle at, const char *label,
                    const char *(*item)(const void *context, int i), const void *context, int count,
                    int *chosen);
/* The item that is marked in the list of the menu drawn last, where that is open; else -1. */
int spiral_ui_menu_item(const struct spiral_ui *ui);

/* A text that can be pressed, with its left end's middle at x, y. */
bool spiral_ui_label(struct spiral_ui *ui, double x, double y, const char *text,
                     struct spiral_color color);

/* What is drawn from now on shows only within `window`. The caller draws it *scroll pixels
 * higher. */
void spiral_ui_scroll_begin(struct spiral_ui *ui, struct spiral_rectangle window);
/* Ends that, after this height in all. Moves *scroll, within that height. */
void spiral_ui_scroll_end(struct spiral_ui *ui, double height, double *scroll);

#endif
