/* SPDX-License-Identifier: MIT
 *
 * The layers of the background are drawn anew where they no longer hold.
 *
 * What may come changes with every ensemble. While the run plays, one panel is redrawn in each
 * frame, the one whose picture is oldest, so that no frame is late because of it; while it is
 * paused, somebody waits for what a choice does, and all panels are redrawn in the same frame.
 */
#include "render/window/plot/layers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/window/plot/curves.h"
#include "render/window/ui/phrases.h"
#include "sim/hash.h"

/* All that decides what a layer looks like, except for the ensemble. */
static struct spiral_plot_layer_key key_of(const struct spiral_plot_drawing *drawing,
                                           struct spiral_rectangle at, int which)
{
    const struct spiral_page *page = drawing->page;
    cairo_surface_t *screen = cairo_get_target(page->cr);
    struct spiral_plot_layer_key key;

    memset(&key, 0, sizeof key); /* keys are compared byte by byte */
    key.at = at;
    key.scale = page->scale;
    key.density = drawing->density;
    key.from = drawing->from;
    key.until = drawing->until;
    key.pixels = cairo_image_surface_get_width(screen);
    key.rows = cairo_image_surface_get_height(screen);
    key.theme = (uint32_t)(page->theme - spiral_themes);
    key.language = (uint32_t)drawing->subject.language;
    key.panels = (uint64_t)drawing->closed << 32 | drawing->framed;
    key.base = spiral_hash_bytes(SPIRAL_HASH_START, drawing->subject.session->base.name,
                                 strlen(drawing->subject.session->base.name));

    if (which == SPIRAL_LAYER_future) {
        key.hidden = drawing->hidden;
        key.branches = drawing->subject.session->branches_serial;
    }

    return key;
}

/* Covers the page with a picture of its size. */
static void cover_with(struct spiral_page *page, cairo_surface_t *picture)
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

/* Where a panel's share of the layer ends, in whole pixels: shares meet and do not overlap. */
static double bottom_edge(const struct spiral_plot_drawing *drawing, int panel)
{
    if (panel < 0)
        return 0.0;

    const struct spiral_rectangle *at = &drawing->panel[panel].at;

    return floor((at->y + at->height + 2.0) * drawing->density) / drawing->density;
}

/* How many runs the ensemble has, beside the name of the first panel. */
static void draw_run_count(struct spiral_plot_drawing *drawing)
{
    struct spiral_page *page = drawing->page;
    const enum spiral_language language = drawing->subject.language;
    const struct spiral_rectangle *at = &drawing->panel[SPIRAL_PANEL_index].at;
    const double width = spiral_plot_title_place(drawing, SPIRAL_PANEL_index).width;
    char text[64];

    snprintf(text, sizeof text, "%llu %s", (unsigned long long)drawing->subject.result->runs,
             spiral_phrase(SPIRAL_PHRASE_runs_from_now, language));
    spiral_text_draw(page, SPIRAL_TEXT_note, text, at->x + width + 12.0 * page->scale,
                     at->y - 4.0 * page->scale, 0.0, 1.0, NULL);
}

void spiral_plot_draw_variable(struct spiral_plot_drawing *drawing, enum spiral_plot_panel panel)
{
    if (drawing->subject.result != NULL && panel == SPIRAL_PANEL_index &&
        spiral_plot_shows(drawing, (int)panel))
        draw_run_count(drawing);
    spiral_plot_draw_future(drawing, panel);
    spiral_plot_draw_branches(drawing, panel);
}

/* A panel's share of the second layer, over the first. */
static void draw_share(struct spiral_plot_drawing *drawing, cairo_surface_t *under,
                       enum spiral_plot_panel panel)
{
    const double above = bottom_edge(drawing, (int)panel - 1);

    cairo_save(drawing->page->cr);
    cairo_rectangle(drawing->page->cr, 0.0, above, drawing->page->width,
                    bottom_edge(drawing, (int)panel) - above);
    cairo_clip(drawing->page->cr);
    cover_with(drawing->page, under);
    spiral_plot_draw_variable(drawing, panel);
    cairo_restore(drawing->page->cr);
}

/* Makes a layer's picture the size of the screen's. */
static void fit_layer(struct spiral_plot_layer *layer, const struct spiral_plot_layer_key *key)
{
    if (layer->surface != NULL && key->pixels == layer->key.pixels &&
        key->rows == layer->key.rows && key->density == layer->key.density)
        return;
    spiral_plot_layer_drop(layer);
    layer->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, key->pixels, key->rows);
    cairo_surface_set_device_scale(layer->surface, key->density, key->density);
}

/* The number of the ensemble that is to be shown, 0: none. */
static uint64_t number_of(const struct spiral_plot_drawing *drawing)
{
    return drawing->subject.result != NULL ? drawing->subject.result->number : 0;
}

/* The panel with the oldest ensemble that is not the one to be shown; -1: no panel is outdated. */
static int outdated_panel(const struct spiral_plot_drawing *drawing,
                          const struct spiral_plot_layer *layer)
{
    int oldest = -1;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        if (layer->result[p] != number_of(drawing) &&
            (oldest < 0 || layer->result[p] < layer->result[oldest]))
            oldest = p;
    return oldest;
}

/* Draws a whole layer: the axes, or over them (`under`) all that may come. */
static void draw_whole(struct spiral_plot_drawing *drawing, struct spiral_plot_layer *layer,
                       cairo_surface_t *under)
{
    if (under == NULL) {
        cover_plain(drawing->page);
        spiral_plot_draw_axes(drawing);
        return;
    }

    cover_with(drawing->page, under);
    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++) {
        spiral_plot_draw_variable(drawing, (enum spiral_plot_panel)p);
        layer->result[p] = number_of(drawing);
    }
}

/* Redraws what shows another ensemble: one panel while the run plays, else all. */
static void draw_changed(struct spiral_plot_drawing *drawing, struct spiral_plot_layer *layer,
                         cairo_surface_t *under)
{
    int p = outdated_panel(drawing, layer);

    do {
        draw_share(drawing, under, (enum spiral_plot_panel)p);
        layer->result[p] = number_of(drawing);
        p = outdated_panel(drawing, layer);
    } while (p >= 0 && !drawing->subject.session->playing);
}

/* A layer's picture, drawn anew where it does not hold. NULL where there is no memory for it. */
static cairo_surface_t *picture_of(struct spiral_plot_drawing *drawing,
                                   struct spiral_plot_layer layers[SPIRAL_PLOT_LAYERS],
                                   struct spiral_rectangle at, int which)
{
    struct spiral_plot_layer *layer = &layers[which];
    struct spiral_page *page = drawing->page;
    const struct spiral_plot_layer_key key = key_of(drawing, at, which);
    const bool holds = layer->surface != NULL && memcmp(&key, &layer->key, sizeof key) == 0;
    cairo_surface_t *under = NULL;

    if (which == SPIRAL_LAYER_future) {
        under = picture_of(drawing, layers, at, SPIRAL_LAYER_axes);
        if (under == NULL)
            return NULL;
    }

    if (holds && (under == NULL || outdated_panel(drawing, layer) < 0))
        return layer->surface;

    /* the page is turned to the layer while it is drawn */
    cairo_t *cr = page->cr;

    fit_layer(layer, &key);
    page->cr = cairo_create(layer->surface);
    cairo_set_antialias(page->cr, CAIRO_ANTIALIAS_FAST);
    if (holds)
        draw_changed(drawing, layer, under);
    else
        draw_whole(drawing, layer, under);

    const bool drawn = cairo_status(page->cr) == CAIRO_STATUS_SUCCESS;

    cairo_destroy(page->cr);
    page->cr = cr;
    layer->key = key;
    if (!drawn)
        spiral_plot_layer_drop(layer);

    return layer->surface;
}

void spiral_plot_cover(struct spiral_plot_drawing *drawing,
                       struct spiral_plot_layer layers[SPIRAL_PLOT_LAYERS],
                       struct spiral_page *page, struct spiral_rectangle at)
{
    cairo_surface_t *picture =
        drawing != NULL ? picture_of(drawing, layers, at, SPIRAL_LAYER_future) : NULL;

    if (picture != NULL)
        cover_with(page, picture);
    else
        cover_plain(page);

    /* while the run plays the ensemble is a few steps old: what it says of the time before the
     * clock is no longer open */
    if (picture != NULL && spiral_plot_shows(drawing, SPIRAL_PANEL_risk)) {
        const struct spiral_panel *risk = &drawing->panel[SPIRAL_PANEL_risk];
        const double now =
            spiral_panel_x(risk, spiral_plot_date(drawing, drawing->subject.session->time));

        cairo_save(page->cr);
        cairo_rectangle(page->cr, risk->at.x, risk->at.y,
                        floor(fmin(fmax(now - risk->at.x, 0.0), risk->at.width)), risk->at.height);
        cairo_clip(page->cr);
        cover_with(page, layers[SPIRAL_LAYER_axes].surface);
        cairo_restore(page->cr);
    }
}

void spiral_plot_layer_drop(struct spiral_plot_layer *layer)
{
    cairo_surface_destroy(layer->surface); /* NULL is legal */
    *layer = (struct spiral_plot_layer){.surface = NULL};
}
