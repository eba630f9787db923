/* SPDX-License-Identifier: MIT */
#include "render/chart/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A text in memory that grows. */
struct stream {
    FILE *file;
    char *bytes;
    size_t length;
};

struct spiral_svg {
    struct stream shapes;  /* what Cairo wrote */
    struct stream words;   /* title and description */
    struct stream letters; /* the <text> elements */
    bool described;
};

static bool open_stream(struct stream *stream)
{
    stream->file = open_memstream(&stream->bytes, &stream->length);
    return stream->file != NULL;
}

static bool close_stream(struct stream *stream)
{
    const bool whole = stream->file != NULL && fclose(stream->file) == 0;

    stream->file = NULL;
    return whole;
}

struct spiral_svg *spiral_svg_create(void)
{
    struct spiral_svg *svg = calloc(1, sizeof *svg);

    if (svg != NULL &&
        (!open_stream(&svg->shapes) || !open_stream(&svg->words) || !open_stream(&svg->letters))) {
        spiral_svg_destroy(svg);
        return NULL;
    }

    return svg;
}

void spiral_svg_destroy(struct spiral_svg *svg)
{
    if (svg == NULL)
        return;
    close_stream(&svg->shapes);
    close_stream(&svg->words);
    close_stream(&svg->letters);
    free(svg->shapes.bytes);
    free(svg->words.bytes);
    free(svg->letters.bytes);
    free(svg);
}

cairo_status_t spiral_svg_write(void *svg, const unsigned char *bytes, unsigned length)
{
    FILE *file = ((struct spiral_svg *)svg)->shapes.file;

    return fwrite(bytes, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
                                                    : CAIRO_STATUS_WRITE_ERROR;
}

static void write_escaped(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        switch (text[i]) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        default:
            /* XML has no other control characters */
            if ((unsigned char)text[i] >= ' ' || text[i] == '\t')
                fputc(text[i], out);
        }
}

static int channel_of(double share) { return (int)lround(255.0 * share); }

/* A line's first letter and its baseline, by the current point. */
static void add_line(FILE *out, cairo_t *cr, PangoLayoutIter *iterator, struct spiral_color color)
{
    PangoLayout *layout = pango_layout_iter_get_layout(iterator);
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iterator);
    const PangoFontDescription *font = pango_layout_get_font_description(layout);
    const char *text = pango_layout_get_text(layout) + line->start_index;
    size_t length = (size_t)line->length;
    PangoRectangle logical;
    cairo_matrix_t matrix;
    double x;
    double y;
    int width;

    /* a line that was broken ends in the space that it was broken at */
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length == 0)
        return;

    pango_layout_iter_get_line_extents(iterator, NULL, &logical);
    pango_layout_line_index_to_x(line, line->start_index + (int)length, FALSE, &width);
    cairo_get_current_point(cr, &x, &y);
    x += (double)logical.x / PANGO_SCALE;
    y += (double)pango_layout_iter_get_baseline(iterator) / PANGO_SCALE;
    cairo_user_to_device(cr, &x, &y);
    cairo_get_matrix(cr, &matrix);

    const double scale = hypot(matrix.xx, matrix.yx) / PANGO_SCALE;
    const double angle = atan2(matrix.yx, matrix.xx) * 57.29577951308232;

    fprintf(out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\"", x, y,
            pango_font_description_get_size(font) * scale);
    if (pango_font_description_get_weight(font) >= PANGO_WEIGHT_BOLD)
        fputs(" font-weight=\"bold\"", out);
    if (fabs(angle) > 0.01)
        fprintf(out, " transform=\"rotate(%.2f %.2f %.2f)\"", angle, x, y);
    fprintf(out, " fill=\"#%02x%02x%02x\" textLength=\"%.2f\" lengthAdjust=\"spacingAndGlyphs\">",
            channel_of(color.red), channel_of(color.green), channel_of(color.blue), width * scale);
    write_escaped(out, text, length);
    fputs("</text>\n", out);
}

void spiral_svg_add_text(struct spiral_svg *svg, cairo_t *cr, PangoLayout *layout,
                         struct spiral_color color)
{
    PangoLayoutIter *iterator = pango_layout_get_iter(layout);

    do
        add_line(svg->letters.file, cr, iterator, color);
    while (pango_layout_iter_next_line(iterator));

    pango_layout_iter_free(iterator);
}

static void write_element(FILE *out, const char *name, const char *first, const char *second)
{
    if (first[0] == '\0' && second[0] == '\0')
        return;
    fprintf(out, "<%s>", name);
    write_escaped(out, first, strlen(first));
    if (first[0] != '\0' && second[0] != '\0')
        fputs(". ", out);
    write_escaped(out, second, strlen(second));
    fprintf(out, "</%s>\n", name);
}

void spiral_svg_describe(struct spiral_svg *svg, const char *title, const char *subtitle,
                         const char *note)
{
    if (svg->described)
        return;
    svg->described = true;
    write_element(svg->words.file, "title", title, "");
    write_element(svg->words.file, "desc", subtitle, note);
}

bool spiral_svg_finish(struct spiral_svg *svg, FILE *out)
{
    if (!close_stream(&svg->shapes) || !close_stream(&svg->words) || !close_stream(&svg->letters))
        return false;

    const char *root = strstr(svg->shapes.bytes, "<svg");
    const char *first = root != NULL ? strchr(root, '>') : NULL;
    const char *end = first;

    for (const char *next = first; next != NULL; next = strstr(next + 1, "</svg>"))
        end = next;
    if (end == first)
        return false;

    /* title and description first, as readers aloud expect them, then shapes, then letters */
    fwrite(svg->shapes.bytes, 1, (size_t)(first + 1 - svg->shapes.bytes), out);
    fputc('\n', out);
    fwrite(svg->words.bytes, 1, svg->words.length, out);
    fwrite(first + 1, 1, (size_t)(end - first - 1), out);
    fputs("<g font-family=\"" SPIRAL_CHART_FONTS "\" xml:space=\"preserve\">\n", out);
    fwrite(svg->letters.bytes, 1, svg->letters.length, out);
    fputs("</g>\n</svg>\n", out);

    return !ferror(out);
}
