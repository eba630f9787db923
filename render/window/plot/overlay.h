/* SPDX-License-Identifier: MIT
 *
 * What is drawn over the curves, and beside them. Inner header of the plot's files.
 */
#ifndef SPIRAL_WINDOW_PLOT_OVERLAY_H
#define SPIRAL_WINDOW_PLOT_OVERLAY_H

#include "render/window/plot/drawing.h"

/* --- ladder.c --------------------------------------------------------------------------------- */

/* The worst level observed after a step, 0: none known. */
int spiral_plot_observed(const struct spiral_session *session, long step);
/* The levels of this run, and below them those observed, up to the present. */
void spiral_plot_draw_ladder(struct spiral_plot_drawing *drawing);

/* --- labels.c --------------------------------------------------------------------------------- */

/* The names and values to the right of the panels, of curves and branches. Returns the curves whose
 * names were pressed, a bit each: they are to be hidden, or shown again. */
uint32_t spiral_plot_draw_labels(struct spiral_plot_drawing *drawing);

/* --- events.c --------------------------------------------------------------------------------- */

/* The dates of choices, the moves up to the clock, and the caption of the moment under the pointer,
 * or of the latest. */
void spiral_plot_draw_events(struct spiral_plot_drawing *drawing);

/* --- pointer.c -------------------------------------------------------------------------------- */

/* The pointer's date, and the values of the curves there. */
void spiral_plot_draw_pointer(struct spiral_plot_drawing *drawing);

#endif
