/* SPDX-License-Identifier: MIT
 *
 * Why runs come to war and to force, and the gain of the loop of fear: the figures of
 * `spiral chart why` and `spiral chart gain`, of the account that is calculated in the background.
 * It has a sheet of its own, and a lesson can have it in place of the curves.
 */
#ifndef SPIRAL_WINDOW_WHY_SHEET_H
#define SPIRAL_WINDOW_WHY_SHEET_H

#include "render/figure/account.h"
#include "render/live/account.h"
#include "render/window/ui/ui.h"

/* The pages: one for each outcome, and the gain. */
enum { SPIRAL_WHY_PAGE_GAIN = SPIRAL_WHY_OUTCOMES, SPIRAL_WHY_PAGES };

/* Zeroed at first. */
struct spiral_why_sheet {
    int page;
    /* the figure that was drawn last, owned, and what it is of */
    struct spiral_why_picture *why;
    struct spiral_gain_picture *gain;
    uint64_t pictured; /* number of the result, 0: none */
    int pictured_page;
    enum spiral_language pictured_language;
};

/* Draws the figure of the page, with the buttons of the pages above it. `result` NULL: none yet;
 * `progress`, 0 .. 1: how much of the whole account is done. */
void spiral_why_panel_draw(struct spiral_why_sheet *sheet, struct spiral_ui *ui,
                           const struct spiral_live_account_result *result, double progress,
                           enum spiral_language language, struct spiral_rectangle at);
/* The same as a sheet. Returns false where it was closed. */
bool spiral_why_sheet_draw(struct spiral_why_sheet *sheet, struct spiral_ui *ui,
                           const struct spiral_live_account_result *result, double progress,
                           enum spiral_language language);
/* Frees the figures. */
void spiral_why_sheet_clear(struct spiral_why_sheet *sheet);

#endif
