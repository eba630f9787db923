/* SPDX-License-Identifier: MIT
 *
 * The help: how to read the window, the keys, a glossary.
 */
#ifndef SPIRAL_WINDOW_HELP_H
#define SPIRAL_WINDOW_HELP_H

#include "render/figure/figure.h"
#include "render/window/ui/ui.h"

enum spiral_help_page {
    SPIRAL_HELP_READING,
    SPIRAL_HELP_KEYS,
    SPIRAL_HELP_GLOSSARY,
    SPIRAL_HELP_PAGES
};

struct spiral_help {
    enum spiral_help_page page;
    double scroll;
};

/* Draws the sheet of help. Returns false where it was closed. */
bool spiral_help_draw(struct spiral_help *help, struct spiral_ui *ui,
                      enum spiral_language language);

#endif
