/* SPDX-License-Identifier: MIT */
#include "render/window/plot/plot.h"

#include <math.h>
#include <stdlib.h>

#include "render/window/plot/curves.h"
#include "render/window/plot/layers.h"
#include "render/window/plot/overlay.h"

/* --- the years shown -------------------------------------------------------------------------- */

void spiral_plot_show_all(struct spiral_plot *plot, const struct spiral_plan *plan)
{
    plot->from = plan->start;
    plot->until = spiral_plan_date(plan, plan->steps);
}

void spiral_plot_zoom(struct spiral_plot *plot, const struct spiral_plan *plan, double factor,
                      double about)
{
    const double start = plan->start;
    const double end = spiral_plan_date(plan, plan->steps);
    const double share = (about - plot->from) / (plot->until - plot->from);
    const double span =
        fmin(fmax((plot->until - plot->from) * factor, fmin(2.0, end - start)), end - start);

    plot->from = fmin(fmax(about - fmin(fmax(share, 0.0), 1.0) * span, start), end - span);
    plot->until = plot->from + span;
}

void spiral_plot_follow(struct spiral_plot *plot, const struct spiral_session *session)
{
    const struct spiral_plan *plan = session->plan;
    const double now = plan->start + session->time * plan->dt;
    const double span = plot->until - plot->from;

    if (!session->playing || (now >= plot->from && now <= plot->until))
        return;
    plot->until = fmin(now + 0.8 * span, spiral_plan_date(plan, plan->steps));
    plot->from = fmax(plot->until - span, plan->start);
}

/* The wheel zooms about the pointer. */
static void zoom_by_wheel(struct spiral_plot *plot, const struct spiral_plan *plan,
                          const struct spiral_ui *ui, struct spiral_rectangle panels)
{
    if (ui->wheel == 0.0 || ui->covered || !spiral_ui_inside(ui, &panels))
        return;

    const double share = (ui->x - panels.x) / panels.width;

    spiral_plot_zoom(plot, plan, pow(0.8, ui->wheel),
                     plot->from + share * (plot->until - plot->from));
}

/* --- drawing ---------------------------------------------------------------------------------- */

void spiral_plot_draw_background(struct spiral_plot *plot,
                                 const struct spiral_plot_subject *subject,
                                 struct spiral_page *page, struct spiral_rectangle at)
{
    struct spiral_plot_drawing *drawing = spiral_plot_drawing_create(plot, subject, page, NULL, at);

    spiral_plot_cover(drawing, plot->layers, page, at);
    if (drawing != NULL)
        plot->axis = drawing->panel[0];
    free(drawing);
}

/* What has happened, and what is drawn over it. Returns the curves whose names were pressed. */
static uint32_t draw_run(struct spiral_plot_drawing *drawing)
{
    const double now = spiral_plot_date(drawing, drawing->subject.session->time);
    const struct spiral_stroke stroke = {drawing->page->theme->ink, 0.7, 0.6, SPIRAL_DASH_solid};

    spiral_plot_draw_ladder(drawing);
    spiral_plot_draw_past(drawing);
    spiral_plot_draw_events(drawing);
    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        if (spiral_plot_shows(drawing, p))
            spiral_marks_vertical(drawing->page, &drawing->panel[p], now, stroke);

    const uint32_t pressed = spiral_plot_draw_labels(drawing);

    spiral_plot_draw_pointer(drawing);

    return pressed;
}

void spiral_plot_draw(struct spiral_plot *plot, const struct spiral_plot_subject *subject,
                      struct spiral_ui *ui, struct spiral_rectangle at)
{
    struct spiral_plot_drawing *drawing =
        spiral_plot_drawing_create(plot, subject, ui->page, ui, at);

    if (drawing == NULL)
        return;
    zoom_by_wheel(plot, subject->session->plan, ui, spiral_plot_all_panels(drawing));
    plot->hidden ^= draw_run(drawing);
    free(drawing);
}

void spiral_plot_draw_still(const struct spiral_plot *plot,
                            const struct spiral_plot_subject *subject, struct spiral_page *page,
                            struct spiral_rectangle at)
{
    struct spiral_plot_drawing *drawing = spiral_plot_drawing_create(plot, subject, page, NULL, at);

    if (drawing == NULL)
        return;
    spiral_plot_draw_axes(drawing);
    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        spiral_plot_draw_variable(drawing, (enum spiral_plot_panel)p);
    draw_run(drawing);
    free(drawing);
}

void spiral_plot_close(struct spiral_plot *plot)
{
    for (int l = 0; l < SPIRAL_PLOT_LAYERS; l++)
        spiral_plot_layer_drop(&plot->layers[l]);
}
