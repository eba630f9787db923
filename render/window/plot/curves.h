/* SPDX-License-Identifier: MIT
 *
 * The curves of the plot. Inner header of the plot's files.
 */
#ifndef SPIRAL_WINDOW_PLOT_CURVES_H
#define SPIRAL_WINDOW_PLOT_CURVES_H

#include "render/window/plot/drawing.h"

/* The value of a curve at a time in steps: of a quantity up to the session's `computed`, of a share
 * up to the end. Not a number where it is not known. */
double spiral_plot_value(const struct spiral_plot_drawing *drawing, int what, double time);
/* The value as it is written: "12", "0.35", "35 %", "…" where there is none. */
void spiral_plot_write_value(int what, double value, char text[16]);

/* What has happened, up to the clock. */
void spiral_plot_draw_past(struct spiral_plot_drawing *drawing);
/* What may come in a panel, by the ensemble; draws nothing where there is none. */
void spiral_plot_draw_future(struct spiral_plot_drawing *drawing, enum spiral_plot_panel panel);
/* The branches in a panel. */
void spiral_plot_draw_branches(struct spiral_plot_drawing *drawing, enum spiral_plot_panel panel);

#endif
