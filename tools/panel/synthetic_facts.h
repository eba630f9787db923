/* SPDX-License-Identifier: MIT
 *
 * The facts of synthetic pairs: what synthetic.c draws its panels with.
 */
#ifndef SPIRAL_PANEL_SYNTHETIC_FACTS_H
#define SPIRAL_PANEL_SYNTHETIC_FACTS_H

#include <stddef.h>

#include "sim/random.h"
#include "tools/panel/window.h"

/* A draw that is uniform over 0..1, nearly normal with this mean and deviation, or true with a
 * chance. */
double spiral_draw_uniform(struct spiral_random *random);
double spiral_draw_normal(struct spiral_random *random, double mean, double deviation);
double spiral_draw_flag(struct spiral_random *random, double chance);

/* A number rounded to six significant digits: what stands in the table is what was drawn. */
double spiral_round_six(double number);

/* All numbers missing, all texts empty. */
void spiral_window_blank(struct spiral_panel_window *window);

/* Draws the facts of pair number `pair` as they are at its first window, with a record of the ten
 * years before. */
void spiral_draw_pair(struct spiral_panel_window *window, size_t pair,
                      struct spiral_random *random);

/* Moves a window on by ten years: what happened in it becomes the record of the next, slow facts
 * drift, and its outcomes are missing. */
void spiral_draw_next(struct spiral_panel_window *window, struct spiral_random *random);

#endif
