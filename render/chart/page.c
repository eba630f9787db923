/* SPDX-License-Identifier: MIT */
#include "render/chart/page.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "render/chart/svg.h"

enum format { FORMAT_NONE, FORMAT_SVG, FORMAT_PDF, FORMAT_PNG };

static enum format format_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (dot == NULL)
        return FORMAT_NONE;
    return strcasecmp(dot, ".svg") == 0   ? FORMAT_SVG
           : strcasecmp(dot, ".pdf") == 0 ? FORMAT_PDF
           : strcasecmp(dot, ".png") == 0 ? FORMAT_PNG
                                          : FORMAT_NONE;
}

bool spiral_page_format_known(const char *name) { return format_of(name) != FORMAT_NONE; }

static cairo_status_t write_bytes(void *out, const unsigned char *bytes, unsigned length)
{
    return fwrite(bytes, 1, length, out) == length ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_WRITE_ERROR;
}

static const char *open_surface(struct spiral_page *page, const char *name, double density)
{
    const double points = 72.0 / 96.0;

    switch (format_of(name)) {
    case FORMAT_SVG:
        page->svg = spiral_svg_create();
        if (page->svg == NULL)
            return "out of memory";
        page->surface = cairo_svg_surface_create_for_stream(spiral_svg_write, page->svg,
                                                            page->width, page->height);
        cairo_svg_surface_set_document_unit(page->surface, CAIRO_SVG_UNIT_PX);
        density = 1.0;
        break;
    case FORMAT_PDF:
        page->surface =
            cairo_pdf_surface_create_for_stream(write_bytes, page->out, page->width * points,
                                                page->height * points);

        /* no wall-clock time in a file that should be the same each time */
        cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       "2000-01-01T00:00:00Z");
        cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_CREATOR, "spiral");
        density = points;
        break;
    case FORMAT_PNG:
        page->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(page->width * density),
                                                   (int)(page->height * density));
        page->png = true;
        break;
    default: return "a figure is a file whose name ends in .svg, .pdf or .png";
    }

    if (cairo_surface_status(page->surface) != CAIRO_STATUS_SUCCESS)
        return cairo_status_to_string(cairo_surface_status(page->surface));
    page->cr = cairo_create(page->surface);
    cairo_scale(page->cr, density, density);

    return NULL;
}

static void fill_background(struct spiral_page *page)
{
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_paint(page->cr);
}

const char *spiral_page_wrap(struct spiral_page *page, cairo_t *cr, double width, double height,
                             const struct spiral_theme *theme, struct spiral_text_cache *cache)
{
    *page = (struct spiral_page){
        .cr = cr, .width = width, .height = height, .theme = theme, .scale = 1.0, .cache = cache};
    if (cache == NULL) {
        page->cache = spiral_text_cache_create();
        page->owns_cache = true;
    }

    return page->cache == NULL ? "out of memory" : NULL;
}

const char *spiral_page_open(struct spiral_page *page, FILE *out, const char *name, double width,
                             double height, double density, const struct spiral_theme *theme)
{
    const char *problem = spiral_page_wrap(page, NULL, width, height, theme, NULL);

    if (problem == NULL) {
        page->out = out;
        problem = open_surface(page, name, density);
    }

    if (problem == NULL)
        fill_background(page);

    return problem;
}

const char *spiral_page_close(struct spiral_page *page)
{
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    if (page->surface != NULL) {
        if (page->cr != NULL) {
            status = cairo_status(page->cr);
            cairo_show_page(page->cr);
            cairo_destroy(page->cr);
        }

        if (page->png && status == CAIRO_STATUS_SUCCESS)
            status = cairo_surface_write_to_png_stream(page->surface, write_bytes, page->out);
        cairo_surface_finish(page->surface);
        if (status == CAIRO_STATUS_SUCCESS)
            status = cairo_surface_status(page->surface);
        if (page->svg != NULL && status == CAIRO_STATUS_SUCCESS &&
            !spiral_svg_finish(page->svg, page->out))
            status = CAIRO_STATUS_WRITE_ERROR;
        cairo_surface_destroy(page->surface);
    }

    if (page->owns_cache)
        spiral_text_cache_destroy(page->cache);
    spiral_svg_destroy(page->svg);
    free(page->boxes);
    *page = (struct spiral_page){.cr = NULL};

    return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
}

struct spiral_rectangle spiral_page_frame_within(struct spiral_page *page, const char *title,
                                                 const char *subtitle, const char *note,
                                                 struct spiral_rectangle at)
{
    const struct spiral_text_form wrapped = {.width = at.width};
    double top = at.y;
    double bottom = at.y + at.height;

    if (title[0] != '\0')
        top +=
            spiral_text_draw(page, SPIRAL_TEXT_title, title, at.x, top, 0.0, 0.0, &wrapped).height +
            2.0 * page->scale;

    if (subtitle[0] != '\0')
        top += spiral_text_draw(page, SPIRAL_TEXT_subtitle, subtitle, at.x, top, 0.0, 0.0, &wrapped)
                   .height;
    if (title[0] != '\0' || subtitle[0] != '\0')
        top += 10.0 * page->scale;

    if (note[0] != '\0')
        bottom -= spiral_text_draw(page, SPIRAL_TEXT_note, note, at.x, bottom, 0.0, 1.0, &wrapped)
                      .height +
                  8.0 * page->scale;

    return (struct spiral_rectangle){at.x, top, at.width, bottom - top};
}

struct spiral_rectangle spiral_page_frame(struct spiral_page *page, const char *title,
                                          const char *subtitle, const char *note)
{
    const double margin = 16.0 * page->scale;
    const struct spiral_rectangle at = {margin, margin, page->width - 2.0 * margin,
                                        page->height - 2.0 * margin};

    if (page->svg != NULL)
        spiral_svg_describe(page->svg, title, subtitle, note);

    return spiral_page_frame_within(page, title, subtitle, note, at);
}
