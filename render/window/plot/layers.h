/* SPDX-License-Identifier: MIT
 *
 * The background of the plot in kept pictures. Inner header of the plot's files.
 */
#ifndef SPIRAL_WINDOW_PLOT_LAYERS_H
#define SPIRAL_WINDOW_PLOT_LAYERS_H

#include "render/window/plot/drawing.h"

/* What of a panel changes with the ensemble and the branches. */
void spiral_plot_draw_variable(struct spiral_plot_drawing *drawing, enum spiral_plot_panel panel);

/* Covers the page with the background, from the layers where they hold; without the plot where
 * there is no memory for it (`drawing` may be NULL). `at`: the plot's rectangle. */
void spiral_plot_cover(struct spiral_plot_drawing *drawing,
                       struct spiral_plot_layer layers[SPIRAL_PLOT_LAYERS],
                       struct spiral_page *page, struct spiral_rectangle at);

#endif
