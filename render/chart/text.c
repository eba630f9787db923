/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/chart/page.h"
#include "render/chart/svg.h"
#include "sim/hash.h"

static const struct role {
    double size;
    bool bold;
    bool muted;
} roles[SPIRAL_TEXT_ROLES] = {
#define SPIRAL_TEXT_ENTRY(name, size, bold, muted) {size, bold, muted},
    SPIRAL_TEXT_TABLE(SPIRAL_TEXT_ENTRY)
#undef SPIRAL_TEXT_ENTRY
};

/* Shaping a text costs many times what drawing it does, and a live view draws the same texts in
 * every frame. The cache is emptied when it is full. */
enum { CACHE_SIZE = 2048 };
struct spiral_text_cache {
    PangoContext *context;
    size_t used;
    struct shaped {
        char *text;
        double size;
        double width;
        bool bold;
        bool end;
        PangoLayout *layout;
    } entries[CACHE_SIZE];
};

struct spiral_text_cache *spiral_text_cache_create(void)
{
    struct spiral_text_cache *cache = calloc(1, sizeof *cache);

    if (cache == NULL)
        return NULL;

    PangoFontMap *map = pango_cairo_font_map_get_default();

    cache->context = pango_font_map_create_context(map);
    pango_cairo_context_set_resolution(cache->context, 96.0);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(cache->context, options);
    cairo_font_options_destroy(options);
    /* the simplified forms where a font has several */
    pango_context_set_language(cache->context, pango_language_from_string("zh-Hans"));

    return cache;
}

static void empty_cache(struct spiral_text_cache *cache)
{
    for (size_t i = 0; i < CACHE_SIZE; i++) {
        if (cache->entries[i].layout == NULL)
            continue;
        g_object_unref(cache->entries[i].layout);
        free(cache->entries[i].text);
        cache->entries[i] = (struct shaped){.text = NULL};
    }

    cache->used = 0;
}

void spiral_text_cache_destroy(struct spiral_text_cache *cache)
{
    if (cache == NULL)
        return;
    empty_cache(cache);
    g_object_unref(cache->context);
    free(cache);
}

static bool has_glyphs(const char *text)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    PangoLayout *layout = pango_layout_new(context);

    pango_layout_set_text(layout, text, -1);
    const bool known = pango_layout_get_unknown_glyphs_count(layout) == 0;

    g_object_unref(layout);
    g_object_unref(context);
    return known;
}

bool spiral_page_has_chinese_font(void) { return has_glyphs("威胁"); }

bool spiral_page_has_font(void) { return has_glyphs("War 1"); }

static PangoLayout *shape_text(struct spiral_text_cache *cache, const struct shaped *wanted)
{
    PangoLayout *layout = pango_layout_new(cache->context);
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family(font, SPIRAL_CHART_FONTS);
    pango_font_description_set_absolute_size(font, wanted->size * PANGO_SCALE);
    pango_font_description_set_weight(font, wanted->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, wanted->text, -1);

    if (wanted->width > 0.0) {
        pango_layout_set_width(layout, (int)(wanted->width * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }

    if (wanted->end)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);

    return layout;
}

/* The shaped text, from the cache or added to it. It stays valid until the next call. */
static PangoLayout *layout_of(struct spiral_page *page, enum spiral_text_role role,
                              const char *text, const struct spiral_text_form *form)
{
    struct spiral_text_cache *cache = page->cache;
    const struct shaped wanted = {.text = (char *)(uintptr_t)text,
                                  .size = roles[role].size * page->theme->font_size * page->scale,
                                  .width = form != NULL ? form->width : 0.0,
                                  .bold = roles[role].bold,
                                  .end = form != NULL && form->end};
    uint64_t hash = SPIRAL_HASH_START + (uint64_t)(wanted.size * 1000.0) * 31 +
                    (uint64_t)(wanted.width * 8.0) * 131 + wanted.bold + 2u * wanted.end;

    hash = spiral_hash_bytes(hash, text, strlen(text));
    if (cache->used > CACHE_SIZE * 3 / 4)
        empty_cache(cache);

    for (size_t i = (size_t)(hash >> 32) % CACHE_SIZE;; i = (i + 1) % CACHE_SIZE) {
        struct shaped *entry = &cache->entries[i];
        if (entry->layout == NULL) {
            *entry = wanted;
            entry->text = strdup(text);
            entry->layout = shape_text(cache, &wanted);
            cache->used++;
            return entry->layout;
        }

        if (entry->size == wanted.size && entry->width == wanted.width &&
            entry->bold == wanted.bold && entry->end == wanted.end && entry->text != NULL &&
            strcmp(entry->text, text) == 0)
            return entry->layout;
    }
}

static struct spiral_rectangle extent_of(PangoLayout *layout)
{
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    return (struct spiral_rectangle){(double)logical.x / PANGO_SCALE,
                                     (double)logical.y / PANGO_SCALE,
                                     (double)logical.width / PANGO_SCALE,
                                     (double)logical.height / PANGO_SCALE};
}

struct spiral_rectangle spiral_text_measure(struct spiral_page *page, enum spiral_text_role role,
                                            const char *text, const struct spiral_text_form *form)
{
    return extent_of(layout_of(page, role, text, form));
}

double spiral_text_baseline(struct spiral_page *page, enum spiral_text_role role, const char *text,
                            const struct spiral_text_form *form)
{
    return (double)pango_layout_get_baseline(layout_of(page, role, text, form)) / PANGO_SCALE;
}

/* The upright box around a box that is rotated about a point. */
static struct spiral_rectangle turned_box(struct spiral_rectangle box, double x, double y,
                                          double angle)
{
    double left = 1e9;
    double right = -1e9;
    double top = 1e9;
    double bottom = -1e9;

    for (int corner = 0; corner < 4; corner++) {
        const double dx = box.x + (corner & 1 ? box.width : 0.0);
        const double dy = box.y + (corner & 2 ? box.height : 0.0);
        const double at_x = x + dx * cos(angle) - dy * sin(angle);
        const double at_y = y + dx * sin(angle) + dy * cos(angle);
        left = fmin(left, at_x);
        right = fmax(right, at_x);
        top = fmin(top, at_y);
        bottom = fmax(bottom, at_y);
    }

    return (struct spiral_rectangle){left, top, right - left, bottom - top};
}

static void record_box(struct spiral_page *page, struct spiral_rectangle at,
                       enum spiral_text_role role, const char *text)
{
    if (page->box_count == page->box_room) {
        const size_t room = page->box_room > 0 ? 2 * page->box_room : 64;
        struct spiral_box *more = realloc(page->boxes, room * sizeof *more);
        if (more == NULL)
            return;
        page->boxes = more;
        page->box_room = room;
    }

    struct spiral_box *box = &page->boxes[page->box_count++];

    *box = (struct spiral_box){.at = at, .role = role};
    strncpy(box->start, text, sizeof box->start - 1);
}

struct spiral_rectangle spiral_text_draw(struct spiral_page *page, enum spiral_text_role role,
                                         const char *text, double x, double y, double right,
                                         double down, const struct spiral_text_form *form)
{
    PangoLayout *layout = layout_of(page, role, text, form);
    const struct spiral_rectangle size = extent_of(layout);
    const double angle = form != NULL ? form->angle : 0.0;
    const struct spiral_color color = form != NULL && form->color != NULL ? *form->color
                                      : roles[role].muted                 ? page->theme->muted
                                                                          : page->theme->ink;
    const struct spiral_rectangle relative = {-right * size.width, -down * size.height, size.width,
                                              size.height};

    cairo_save(page->cr);
    cairo_translate(page->cr, x, y);
    if (angle != 0.0)
        cairo_rotate(page->cr, angle);
    cairo_move_to(page->cr, relative.x - size.x, relative.y - size.y);

    if (form != NULL && form->halo) {
        pango_cairo_layout_path(page->cr, layout);
        spiral_page_color(page, page->theme->background, 0.85);
        cairo_set_line_width(page->cr, 3.0 * page->scale);
        cairo_set_line_join(page->cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(page->cr);
        cairo_move_to(page->cr, relative.x - size.x, relative.y - size.y);
    }

    if (page->svg != NULL) {
        spiral_svg_add_text(page->svg, page->cr, layout, color);
    } else {
        spiral_page_color(page, color, 1.0);
        pango_cairo_show_layout(page->cr, layout);
    }

    cairo_restore(page->cr);

    const struct spiral_rectangle box = turned_box(relative, x, y, angle);

    if (page->record)
        record_box(page, box, role, text);

    return box;
}
