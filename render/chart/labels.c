/* SPDX-License-Identifier: MIT */
#include "render/chart/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 64, MOST_MARKERS = 128, MARKER_ROWS = 3 };

/* Pool adjacent violators: in the coordinate at - (sizes before), positions must not fall; a pool
 * is placed at the mean of its members' wishes. */
void spiral_labels_spread(double *at, const double *size, size_t count, double low, double high)
{
    size_t order[MOST];
    size_t start[MOST + 1];
    size_t pools = 0;
    double wish[MOST];
    double offset[MOST];
    double sum[MOST];
    double total = 0.0;

    if (count == 0 || count > MOST)
        return;

    for (size_t i = 0; i < count; i++) {
        size_t j = i;
        for (; j > 0 && at[order[j - 1]] > at[i]; j--)
            order[j] = order[j - 1];

        order[j] = i;
        total += size[i];
    }

    /* below 0 where they do not fit */
    const double gap =
        total > high - low && count > 1 ? (high - low - total) / (double)(count - 1) : 0.0;
    double before = 0.0;

    for (size_t i = 0; i < count; i++) {
        offset[i] = before + 0.5 * size[order[i]];
        wish[i] = at[order[i]] - offset[i];
        before += size[order[i]] + gap;
    }

    for (size_t i = 0; i < count; i++) {
        start[pools] = i;
        sum[pools++] = wish[i];

        while (pools > 1) {
            const double n = (double)(i + 1 - start[pools - 1]);
            const double n_before = (double)(start[pools - 1] - start[pools - 2]);
            if (sum[pools - 2] / n_before <= sum[pools - 1] / n)
                break;
            sum[pools - 2] += sum[pools - 1];
            pools--;
        }
    }

    start[pools] = count;
    const double most = fmax(low, high - fmin(total, high - low));

    for (size_t pool = 0; pool < pools; pool++) {
        const double position = sum[pool] / (double)(start[pool + 1] - start[pool]);
        for (size_t i = start[pool]; i < start[pool + 1]; i++)
            at[order[i]] = offset[i] + fmin(fmax(position, low), most);
    }
}

double spiral_labels_sample_width(const struct spiral_page *page) { return 27.0 * page->scale; }

void spiral_labels_sample(struct spiral_page *page, struct spiral_color color,
                          enum spiral_dash dash, double x, double y)
{
    const double width = spiral_labels_sample_width(page) - 5.0 * page->scale;
    const struct spiral_panel line = {.at = {x, y, width, 0.0},
                                      .x = {0.0, 1.0, false},
                                      .y = {0.0, 1.0, false}};

    spiral_marks_horizontal(page, &line, 0.0, (struct spiral_stroke){color, 1.0, 1.2, dash});
}

void spiral_labels_ends(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_end_label *labels, size_t count)
{
    double at[MOST] = {0};
    double size[MOST] = {0};
    const double x = panel->at.x + panel->at.width;

    double before = 10.0 * page->scale;

    count = count < MOST ? count : MOST;

    for (size_t i = 0; i < count; i++) {
        if (labels[i].dash != SPIRAL_DASH_solid)
            before = 10.0 * page->scale + spiral_labels_sample_width(page);
        at[i] = spiral_panel_y(panel, labels[i].y);
        size[i] = spiral_text_measure(page, SPIRAL_TEXT_direct, labels[i].text, NULL).height +
                  (strchr(labels[i].text, '\n') != NULL ? 5.0 * page->scale : 0.0);
    }

    spiral_labels_spread(at, size, count, panel->at.y - 6.0 * page->scale,
                         panel->at.y + panel->at.height + 6.0 * page->scale);
    for (size_t i = 0; i < count; i++) {
        const struct spiral_text_form form = {.color = &labels[i].color};
        const double y = spiral_panel_y(panel, labels[i].y);

        if (fabs(at[i] - y) > 3.0 * page->scale) {
            spiral_page_color(page, labels[i].color, 0.6);
            cairo_set_line_width(page->cr, 0.8 * page->scale);
            cairo_move_to(page->cr, x + 1.0, y);
            cairo_line_to(page->cr, x + 8.0 * page->scale, at[i]);
            cairo_stroke(page->cr);
        }

        if (before > 10.0 * page->scale)
            spiral_labels_sample(page, labels[i].color, labels[i].dash, x + 10.0 * page->scale,
                                 at[i]);
        spiral_text_draw(page, SPIRAL_TEXT_direct, labels[i].text, x + before, at[i], 0.0, 0.5,
                         &form);
    }
}

/* --- numbered markers ------------------------------------------------------------------------- */

static double marker_radius(const struct spiral_page *page)
{
    return 0.72 * page->theme->font_size * page->scale;
}

double spiral_labels_marker_height(const struct spiral_page *page)
{
    return 2.0 * marker_radius(page) + 2.0 * page->scale;
}

/* Each marker in the first row where it does not touch the last one; where all rows are taken,
 * in the one where it moves least. Then each row's markers are moved apart as little as possible.
 * Writes their rows and positions, returns the number of rows. */
static int position_markers(struct spiral_page *page, const struct spiral_panel *panel,
                            const struct spiral_marker *markers, size_t count, int *row, double *at)
{
    const double apart = 2.0 * marker_radius(page) + 1.5 * page->scale;
    double last[MARKER_ROWS];
    double size[MOST_MARKERS];
    int rows = 0;

    for (size_t i = 0; i < count; i++) {
        int chosen = 0;
        at[i] = spiral_panel_x(panel, markers[i].x);
        while (chosen < rows && at[i] - last[chosen] < apart)
            chosen++;
        if (chosen == MARKER_ROWS)
            for (int other = chosen = 0; other < MARKER_ROWS; other++)
                chosen = last[other] < last[chosen] ? other : chosen;

        const bool first = chosen == rows;
        rows += first;
        last[chosen] = first ? at[i] : fmax(at[i], last[chosen] + apart);
        row[i] = chosen;
        size[i] = apart;
    }

    for (int of_row = 0; of_row < rows; of_row++) {
        double own[MOST_MARKERS];
        size_t member[MOST_MARKERS];
        size_t members = 0;

        for (size_t i = 0; i < count; i++)
            if (row[i] == of_row) {
                member[members] = i;
                own[members++] = at[i];
            }

        spiral_labels_spread(own, size, members, panel->at.x - marker_radius(page),
                             panel->at.x + panel->at.width + 2.0 * marker_radius(page));
        for (size_t i = 0; i < members; i++)
            at[member[i]] = own[i];
    }

    return rows;
}

int spiral_labels_marker_rows(struct spiral_page *page, const struct spiral_panel *panel,
                              const struct spiral_marker *markers, size_t count)
{
    int row[MOST_MARKERS];
    double at[MOST_MARKERS];

    return position_markers(page, panel, markers, count < MOST_MARKERS ? count : MOST_MARKERS, row,
                            at);
}

void spiral_labels_markers(struct spiral_page *page, const struct spiral_panel *panel,
                           const struct spiral_marker *markers, size_t count, double y, double from)
{
    int row[MOST_MARKERS];
    double at[MOST_MARKERS];

    count = count < MOST_MARKERS ? count : MOST_MARKERS;
    position_markers(page, panel, markers, count, row, at);

    for (size_t i = 0; i < count; i++) {
        const double x = spiral_panel_x(panel, markers[i].x);
        spiral_page_color(page, markers[i].color, 0.22);
        cairo_set_line_width(page->cr, 0.7 * page->scale);
        cairo_move_to(page->cr, x, from);
        cairo_line_to(page->cr, x, y - 2.0 * page->scale);
        cairo_stroke(page->cr);
        spiral_page_color(page, markers[i].color, 0.6);
        cairo_move_to(page->cr, x, y - 2.0 * page->scale);
        cairo_line_to(page->cr, at[i], y + (row[i] + 0.5) * spiral_labels_marker_height(page));
        cairo_stroke(page->cr);
    }

    for (size_t i = 0; i < count; i++) {
        char number[24];
        const double middle = y + (row[i] + 0.5) * spiral_labels_marker_height(page);
        spiral_shape_path(page, markers[i].shape, at[i], middle, marker_radius(page));
        spiral_page_color(page, page->theme->background, 1.0);
        cairo_fill_preserve(page->cr);
        spiral_page_color(page, markers[i].color, 1.0);
        cairo_set_line_width(page->cr, 1.0 * page->scale);
        cairo_stroke(page->cr);
        snprintf(number, sizeof number, "%zu", i + 1);
        spiral_text_draw(page, SPIRAL_TEXT_number, number, at[i], middle, 0.5, 0.5, NULL);
    }
}

/* --- captions in columns ---------------------------------------------------------------------- */

/* The shape before a number says whose it is where colours are not seen. */
static double shape_width(const struct spiral_page *page) { return 8.0 * page->scale; }

static double number_width(struct spiral_page *page, size_t count)
{
    return shape_width(page) +
           spiral_text_measure(page, SPIRAL_TEXT_caption,
                               count > 99  ? "000"
                               : count > 9 ? "00"
                                           : "0",
                               NULL)
               .width +
           5.0 * page->scale;
}

enum { MOST_CAPTION = 512 };

/* The caption with its date. */
static const char *dated_caption(const struct spiral_marker *marker, char text[MOST_CAPTION])
{
    const char *caption = marker->caption != NULL ? marker->caption : "";

    if (marker->date[0] == '\0' || caption[0] == '\0')
        return caption;
    snprintf(text, MOST_CAPTION, "%s %s", marker->date, caption);

    return text;
}

struct columns {
    int count;
    double width; /* of a column */
    double text;  /* of the text in it */
};

static struct columns columns_for(struct spiral_page *page, size_t count, double width,
                                  double least)
{
    const double between = 14.0 * page->scale;
    const int columns = (int)fmax(1.0, floor((width + between) / (least + between)));
    const double each = (width - (columns - 1) * between) / columns;

    return (struct columns){columns, each, each - number_width(page, count)};
}

static double caption_height(struct spiral_page *page, const struct spiral_marker *marker,
                             double width)
{
    char text[MOST_CAPTION];

    return spiral_text_measure(page, SPIRAL_TEXT_caption, dated_caption(marker, text),
                               &(struct spiral_text_form){.width = width})
               .height +
           1.5 * page->scale;
}

/* Whether the captions fit in the columns at this height. */
static bool captions_fit(struct spiral_page *page, const struct spiral_marker *markers,
                         size_t count, struct columns columns, double height)
{
    int column = 1;
    double used = 0.0;

    for (size_t i = 0; i < count; i++) {
        const double own = caption_height(page, &markers[i], columns.text);
        if (used + own > height) {
            column++;
            used = 0.0;
        }

        used += own;
        if (column > columns.count || own > height)
            return false;
    }

    return true;
}

double spiral_labels_captions_height(struct spiral_page *page, const struct spiral_marker *markers,
                                     size_t count, double width, double column)
{
    const struct columns columns = columns_for(page, count, width, column);
    double total = 0.0;

    for (size_t i = 0; i < count; i++)
        total += caption_height(page, &markers[i], columns.text);

    double height = total / columns.count;

    while (count > 0 && !captions_fit(page, markers, count, columns, height))
        height += 2.0 * page->scale;

    return height;
}

void spiral_labels_captions(struct spiral_page *page, const struct spiral_marker *markers,
                            size_t count, struct spiral_rectangle at, double column)
{
    const struct columns columns = columns_for(page, count, at.width, column);
    const double height = spiral_labels_captions_height(page, markers, count, at.width, column);
    const double indent = number_width(page, count);
    double x = at.x;
    double used = 0.0;

    for (size_t i = 0; i < count; i++) {
        char number[24];
        const double own = caption_height(page, &markers[i], columns.text);

        if (used + own > height) {
            x += columns.width + 14.0 * page->scale;
            used = 0.0;
        }

        const struct spiral_text_form form = {.width = columns.text};
        char text[MOST_CAPTION];
        const char *caption = dated_caption(&markers[i], text);
        snprintf(number, sizeof number, "%zu", i + 1);

        const double baseline = spiral_text_baseline(page, SPIRAL_TEXT_caption, caption, &form);
        const double lower =
            baseline - spiral_text_baseline(page, SPIRAL_TEXT_caption, number, NULL);
        spiral_shape_path(page, markers[i].shape, x + 3.0 * page->scale,
                          at.y + used + baseline - 3.5 * page->scale, 2.6 * page->scale);
        spiral_page_color(page, markers[i].color, 1.0);
        cairo_fill(page->cr);
        spiral_text_draw(page, SPIRAL_TEXT_caption, number, x + indent - 5.0 * page->scale,
                         at.y + used + lower, 1.0, 0.0,
                         &(struct spiral_text_form){.color = &markers[i].color});
        if (caption[0] != '\0')
            spiral_text_draw(page, SPIRAL_TEXT_caption, caption, x + indent, at.y + used, 0.0, 0.0,
                             &form);
        used += own;
    }
}
