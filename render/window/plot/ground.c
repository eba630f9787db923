/* SPDX-License-Identifier: MIT
 *
 * The ground of the stage: pictures of the axes, and of what may come over them, drawn anew
 * where they no longer hold.
 *
 * What may come changes with every ensemble. While the run plays, one panel a frame is drawn
 * anew, the one whose picture is oldest, so that no frame is late for it; where somebody waits
 * for what a choice does, all are at once.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/window/plot/plot.h"

/* All that decides what a ground looks like, but for the ensemble. */
static struct spiral_ground_key key_of(const struct spiral_stage *stage, struct spiral_rectangle at,
                                       int which)
{
    const struct spiral_view *view = stage->view;
    struct spiral_ground_key key;

    memset(&key, 0, sizeof key); /* keys are compared byte by byte */
    key.at = at;
    key.scale = stage->page->scale;
    key.density = view->screen.density;
    key.from = view->from;
    key.until = view->until;
    key.pixels = cairo_image_surface_get_width(view->screen.surface);
    key.rows = cairo_image_surface_get_height(view->screen.surface);
    key.theme = (uint32_t)view->theme;
    key.language = (uint32_t)view->language;
    if (which == SPIRAL_GROUND_axes)
        return key;
    key.hidden = view->hidden;
    key.ghosts = view->session->ghost_number;

    return key;
}

/* Covers the page with a picture of its size. */
static void cover(struct spiral_page *page, cairo_surface_t *picture)
{
    cairo_save(page->cr);
    cairo_set_source_surface(page->cr, picture, 0.0, 0.0);
    cairo_set_operator(page->cr, CAIRO_OPERATOR_SOURCE);
    cairo_pattern_set_filter(cairo_get_source(page->cr), CAIRO_FILTER_NEAREST);
    cairo_paint(page->cr);
    cairo_restore(page->cr);
}

static void cover_plain(struct spiral_page *page)
{
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_paint(page->cr);
}

/* Where a panel's share of the ground ends, in whole pixels: shares meet and do not overlap. */
static double edge(const struct spiral_stage *stage, int panel)
{
    const double density = stage->view->screen.density;
    if (panel < 0)
        return 0.0;
    const struct spiral_rectangle *at = &stage->panel[panel].at;

    return floor((at->y + at->height + 2.0) * density) / density;
}

void spiral_stage_draw_ground(struct spiral_stage *stage, enum spiral_stage_panel panel)
{
    const struct spiral_rectangle *at = &stage->panel[panel].at;
    char text[64];

    if (stage->result != NULL && panel == SPIRAL_PANEL_index) {
        const double name =
            spiral_text_measure(stage->page, SPIRAL_TEXT_axis,
                                spiral_stage_label(stage->view, SPIRAL_QUANTITY_escalation), NULL)
                .width;
        snprintf(text, sizeof text, "%llu %s", (unsigned long long)stage->result->runs,
                 spiral_phrase(stage->view, SPIRAL_PHRASE_runs_from_now));
        spiral_text_draw(stage->page, SPIRAL_TEXT_note, text,
                         at->x + name + 12.0 * stage->page->scale, at->y - 4.0 * stage->page->scale,
                         0.0, 1.0, NULL);
    }

    spiral_stage_draw_future(stage, panel);
    spiral_stage_draw_ghosts(stage, panel);
}

/* A panel's share of the second picture, over the first. */
static void draw_share(struct spiral_stage *stage, cairo_surface_t *under,
                       enum spiral_stage_panel panel)
{
    const double above = edge(stage, (int)panel - 1);

    cairo_save(stage->page->cr);
    cairo_rectangle(stage->page->cr, 0.0, above, stage->page->width,
                    edge(stage, (int)panel) - above);
    cairo_clip(stage->page->cr);
    cover(stage->page, under);
    spiral_stage_draw_ground(stage, panel);
    cairo_restore(stage->page->cr);
}

/* Makes a ground's picture the size of the screen's. */
static void fit(struct spiral_ground *ground, const struct spiral_ground_key *key)
{
    if (ground->surface != NULL && key->pixels == ground->key.pixels &&
        key->rows == ground->key.rows && key->density == ground->key.density)
        return;
    spiral_ground_drop(ground);
    ground->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, key->pixels, key->rows);
    cairo_surface_set_device_scale(ground->surface, key->density, key->density);
}

/* The number of the ensemble that is to be shown, 0: none. */
static uint64_t number_of(const struct spiral_stage *stage)
{
    return stage->result != NULL ? stage->result->number : 0;
}

/* The panel that shows the oldest of the ensembles that are no longer to be shown, or -1: all
 * show what they are to show. */
static int outdated(const struct spiral_stage *stage, const struct spiral_ground *ground)
{
    int oldest = -1;

    for (int p = 0; p < SPIRAL_STAGE_PANELS; p++)
        if (ground->result[p] != number_of(stage) &&
            (oldest < 0 || ground->result[p] < ground->result[oldest]))
            oldest = p;
    return oldest;
}

/* Draws the axes, or over them all that may come. */
static void draw_whole(struct spiral_stage *stage, struct spiral_ground *ground,
                       cairo_surface_t *under)
{
    if (under == NULL) {
        cover_plain(stage->page);
        spiral_stage_draw_axes(stage);
        return;
    }

    cover(stage->page, under);
    for (int p = 0; p < SPIRAL_STAGE_PANELS; p++) {
        spiral_stage_draw_ground(stage, (enum spiral_stage_panel)p);
        ground->result[p] = number_of(stage);
    }
}

/* Draws what is of another ensemble: a panel while the run plays, else all. */
static void draw_changed(struct spiral_stage *stage, struct spiral_ground *ground,
                         cairo_surface_t *under)
{
    int p = outdated(stage, ground);

    do {
        draw_share(stage, under, (enum spiral_stage_panel)p);
        ground->result[p] = number_of(stage);
        p = outdated(stage, ground);
    } while (p >= 0 && !stage->view->session->playing);
}

/* A ground that holds. NULL where there is no memory for it. */
static cairo_surface_t *ground_of(struct spiral_stage *stage, struct spiral_rectangle at, int which)
{
    struct spiral_ground *ground = &stage->view->grounds[which];
    struct spiral_page *page = stage->page;
    cairo_t *cr = page->cr;
    const struct spiral_ground_key key = key_of(stage, at, which);
    cairo_surface_t *under =
        which == SPIRAL_GROUND_future ? ground_of(stage, at, SPIRAL_GROUND_axes) : NULL;
    const bool holds = ground->surface != NULL && memcmp(&key, &ground->key, sizeof key) == 0;

    if (which == SPIRAL_GROUND_future && under == NULL)
        return NULL;
    if (holds && (under == NULL || outdated(stage, ground) < 0))
        return ground->surface;
    fit(ground, &key);
    page->cr = cairo_create(ground->surface);
    cairo_set_antialias(page->cr, CAIRO_ANTIALIAS_FAST);
    if (holds)
        draw_changed(stage, ground, under);
    else
        draw_whole(stage, ground, under);

    const bool drawn = cairo_status(page->cr) == CAIRO_STATUS_SUCCESS;

    cairo_destroy(page->cr);
    page->cr = cr;
    ground->key = key;
    if (!drawn)
        spiral_ground_drop(ground);

    return ground->surface;
}

void spiral_ground_drop(struct spiral_ground *ground)
{
    cairo_surface_destroy(ground->surface); /* none is legal */
    *ground = (struct spiral_ground){.surface = NULL};
}

void spiral_stage_lay_ground(struct spiral_stage *stage, struct spiral_page *page,
                             struct spiral_rectangle at)
{
    cairo_surface_t *picture = stage != NULL ? ground_of(stage, at, SPIRAL_GROUND_future) : NULL;
    if (picture != NULL)
        cover(page, picture);
    else
        cover_plain(page);
}
