/* SPDX-License-Identifier: MIT
 *
 * What the files of the stage share. Inner header.
 *
 * The stage has five panels above one another over one axis of time. It is drawn in two parts.
 * The ground (axes, what may come, branches) changes only with the ensemble, the choices and the
 * window, and is kept in a picture; the rest, what has happened up to the clock, the labels and
 * the pointer, is drawn anew in every frame.
 */
#ifndef SPIRAL_WINDOW_PLOT_PLOT_H
#define SPIRAL_WINDOW_PLOT_PLOT_H

#include "render/window/view.h"

enum {
    SPIRAL_STAGE_POINTS = 2400
}; /* of a curve: a longer run is drawn at every second step, or third */

/* What a curve shows: a quantity of the run, or a share of the runs of the ensemble. */
enum { SPIRAL_CURVE_war = SPIRAL_QUANTITIES, SPIRAL_CURVE_force };

struct spiral_stage_curve {
    int what;
    enum spiral_stage_panel panel;
    enum spiral_series_color color;
    bool dashed;
    enum spiral_band band[2]; /* what may come is shown between these; the mean: nothing is shown */
};
enum { SPIRAL_STAGE_CURVES = 10 };
extern const struct spiral_stage_curve spiral_stage_curves[SPIRAL_STAGE_CURVES];

struct spiral_stage {
    struct spiral_view *view;
    struct spiral_page *page;
    bool live; /* with the pointer and widgets */
    const struct spiral_live_result
        *result; /* NULL: none yet, or a question of a lesson waits for an answer */
    struct spiral_ticks years;
    struct spiral_panel panel[SPIRAL_STAGE_PANELS];
    double date[SPIRAL_STAGE_POINTS];
    double one[SPIRAL_STAGE_POINTS];
    double two[SPIRAL_STAGE_POINTS];
};

double spiral_stage_date(const struct spiral_stage *stage, double step);
bool spiral_stage_hidden(const struct spiral_stage *stage, int what);
void spiral_stage_draw_axes(struct spiral_stage *stage);

/* ground.c */
/* What of a panel changes with the ensemble and the branches. */
void spiral_stage_draw_ground(struct spiral_stage *stage, enum spiral_stage_panel panel);
/* Covers the page with the ground; plainly where there is no memory for it (`stage` may be
 * NULL). */
void spiral_stage_lay_ground(struct spiral_stage *stage, struct spiral_page *page,
                             struct spiral_rectangle at);

/* curves.c */
const char *spiral_stage_label(const struct spiral_view *view, int what);
/* The value of a curve at a time in steps up to the session's `computed`, of a risk up to the
 * end; no number where it is not known. */
double spiral_stage_value(const struct spiral_stage *stage, int what, double time);
/* The value as it is written: "12", "0.35", "35 %", "…" where there is none. */
void spiral_stage_write(int what, double value, char text[16]);
void spiral_stage_draw_future(struct spiral_stage *stage, enum spiral_stage_panel panel);
void spiral_stage_draw_ghosts(struct spiral_stage *stage, enum spiral_stage_panel panel);
void spiral_stage_draw_past(struct spiral_stage *stage);
/* The names to the right of the panels: of curves, each a widget that hides its curve or shows
 * it again, and of branches. */
void spiral_stage_draw_labels(struct spiral_stage *stage);

/* events.c */
/* The wheel zooms in time about the pointer; before anything is drawn. */
void spiral_stage_zoom(struct spiral_stage *stage);
/* What was chosen, the moves that have passed, and the caption of the latest, or of the one
 * under the pointer. */
void spiral_stage_draw_events(struct spiral_stage *stage);
/* The pointer's date, and the values there of the curves that are shown. */
void spiral_stage_draw_pointer(struct spiral_stage *stage);
/* The worst level observed after a step, 0: none known. */
int spiral_stage_observed(const struct spiral_session *session, long step);

#endif
