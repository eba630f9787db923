/* SPDX-License-Identifier: MIT
 *
 * The plot while it is drawn: its panels, its curves and what they are called. Inner header of the
 * plot's files.
 */
#ifndef SPIRAL_WINDOW_PLOT_DRAWING_H
#define SPIRAL_WINDOW_PLOT_DRAWING_H

#include "render/live/actors.h"
#include "render/window/plot/plot.h"

/* Points of a curve: a longer run is drawn at every second step, or third. */
enum { SPIRAL_PLOT_POINTS = 2400 };

/* What a curve shows: a quantity of the run (enum spiral_quantity), or a share of the runs of the
 * ensemble. */
enum { SPIRAL_CURVE_war = SPIRAL_QUANTITIES, SPIRAL_CURVE_force };

struct spiral_plot_curve {
    int what;
    enum spiral_plot_panel panel;
    enum spiral_series_color color;
    bool dashed;
    enum spiral_band band[2]; /* what may come is shown between these; the mean: nothing is shown */
};
enum { SPIRAL_PLOT_CURVES = 10 };
extern const struct spiral_plot_curve spiral_plot_curves[SPIRAL_PLOT_CURVES];

struct spiral_plot_drawing {
    struct spiral_plot_subject subject;
    struct spiral_page *page;
    struct spiral_ui *ui; /* NULL: a still, without pointer and widgets */
    double density;       /* pixels of the page's surface for one of the page */
    double from;          /* the years shown */
    double until;
    double label_room; /* the width of the labels to the right */
    uint32_t hidden;   /* curves, as in struct spiral_plot */
    uint32_t closed;   /* panels, likewise */
    uint32_t framed;
    char name[SPIRAL_PLOT_CURVES][SPIRAL_CURVE_NAME];
    struct spiral_rectangle caption; /* of a moment; of width 0: none is drawn */
    struct spiral_ticks years;
    struct spiral_panel panel[SPIRAL_PLOT_PANELS];
    /* room for curves */
    double date[SPIRAL_PLOT_POINTS];
    double one[SPIRAL_PLOT_POINTS];
    double two[SPIRAL_PLOT_POINTS];
};

/* Begins a drawing and lays out its panels. NULL where there is no memory; the caller frees it. */
struct spiral_plot_drawing *spiral_plot_drawing_create(const struct spiral_plot *plot,
                                                       const struct spiral_plot_subject *subject,
                                                       struct spiral_page *page,
                                                       struct spiral_ui *ui,
                                                       struct spiral_rectangle at);

/* The rectangle of all panels. */
struct spiral_rectangle spiral_plot_all_panels(const struct spiral_plot_drawing *drawing);
/* The date after so many steps. */
double spiral_plot_date(const struct spiral_plot_drawing *drawing, double step);
bool spiral_plot_is_hidden(const struct spiral_plot_drawing *drawing, int what);
/* Whether a curve shows a share of runs. */
bool spiral_plot_is_share(int what);
/* Whether a panel is shown. */
bool spiral_plot_shows(const struct spiral_plot_drawing *drawing, int panel);
/* What a curve is called: by its states. Owned by the drawing. */
const char *spiral_plot_name_of(const struct spiral_plot_drawing *drawing, int what);
/* What stands above a panel, and what it is in a sentence. */
const char *spiral_plot_title_of(const struct spiral_plot_drawing *drawing, int panel);
/* Where that stands. */
struct spiral_rectangle spiral_plot_title_place(const struct spiral_plot_drawing *drawing,
                                                int panel);
void spiral_plot_draw_axes(struct spiral_plot_drawing *drawing);

#endif
