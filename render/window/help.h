/* SPDX-License-Identifier: MIT
 *
 * The help: what the keys do, in the middle of the window.
 */
#ifndef SPIRAL_WINDOW_HELP_H
#define SPIRAL_WINDOW_HELP_H

#include "render/figure/figure.h"

void spiral_help_draw(struct spiral_page *page, enum spiral_language language);

#endif
