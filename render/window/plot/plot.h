/* SPDX-License-Identifier: MIT
 *
 * The plot: five panels above one another over one axis of time, with the curves of a session and
 * of its ensemble. It is drawn in two parts. The background (axes, what may come, branches) changes
 * only with the ensemble, the choices and the window, and is kept in pictures; the rest, what has
 * happened up to the clock, the labels and the pointer, is drawn anew in every frame.
 */
#ifndef SPIRAL_WINDOW_PLOT_PLOT_H
#define SPIRAL_WINDOW_PLOT_PLOT_H

#include "render/figure/figure.h"
#include "render/live/ensemble_result.h"
#include "render/window/ui/ui.h"

enum spiral_plot_panel {
    SPIRAL_PANEL_index,
    SPIRAL_PANEL_risk,
    SPIRAL_PANEL_perceptions,
    SPIRAL_PANEL_alliance,
    SPIRAL_PANEL_ladder,
    SPIRAL_PLOT_PANELS
};

/* A picture that is kept from frame to frame, and what it was drawn for. */
struct spiral_plot_layer {
    cairo_surface_t *surface; /* owned; NULL: none yet */
    struct spiral_plot_layer_key {
        struct spiral_rectangle at;
        double scale;
        double density;
        double from;
        double until;
        uint64_t branches;
        uint64_t hidden;
        uint64_t panels; /* which are shown, and framed */
        uint64_t base;   /* of the case, whose states name the curves */
        int pixels;
        int rows;
        uint32_t theme;
        uint32_t language;
    } key;
    uint64_t result[SPIRAL_PLOT_PANELS]; /* number of the result that a panel shows, 0: none */
};
void spiral_plot_layer_drop(struct spiral_plot_layer *layer);

/* The axes; and over them what may come. */
enum { SPIRAL_LAYER_axes, SPIRAL_LAYER_future, SPIRAL_PLOT_LAYERS };

/* What lasts from frame to frame. Zeroed at first. */
struct spiral_plot {
    double from; /* the years shown */
    double until;
    uint32_t hidden; /* curves, a bit each: of a quantity 1 << enum spiral_quantity */
    uint32_t closed; /* panels that are not shown, a bit each: 1 << enum spiral_plot_panel */
    uint32_t framed; /* panels that a lesson points at, likewise */
    struct spiral_plot_layer layers[SPIRAL_PLOT_LAYERS];
    struct spiral_panel axis; /* the first panel as it was last drawn: the axis of time */
};

/* What is drawn. */
struct spiral_plot_subject {
    const struct spiral_session *session;
    const struct spiral_live_result *result; /* NULL: none yet, or it is hidden */
    enum spiral_language language;
};

/* Shows the whole run. */
void spiral_plot_show_all(struct spiral_plot *plot, const struct spiral_plan *plan);
/* Shows `factor` times the years that are shown, about a date; within the run, and at least two
 * years. */
void spiral_plot_zoom(struct spiral_plot *plot, const struct spiral_plan *plan, double factor,
                      double about);
/* Moves the years along with a clock that plays on beyond them. */
void spiral_plot_follow(struct spiral_plot *plot, const struct spiral_session *session);

/* Covers the whole page with the background, the plot's in this rectangle. */
void spiral_plot_draw_background(struct spiral_plot *plot,
                                 const struct spiral_plot_subject *subject,
                                 struct spiral_page *page, struct spiral_rectangle at);
/* Draws the rest over it. The wheel zooms, labels hide and show their curves, and the pointer shows
 * values. */
void spiral_plot_draw(struct spiral_plot *plot, const struct spiral_plot_subject *subject,
                      struct spiral_ui *ui, struct spiral_rectangle at);
/* Draws all of it on a page of a file, without pointer and widgets. */
void spiral_plot_draw_still(const struct spiral_plot *plot,
                            const struct spiral_plot_subject *subject, struct spiral_page *page,
                            struct spiral_rectangle at);
/* Frees the pictures. */
void spiral_plot_close(struct spiral_plot *plot);

#endif
