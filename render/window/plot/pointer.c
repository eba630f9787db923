/* SPDX-License-Identifier: MIT *
 * The pointer over the plot.
 */
#include <math.h>
#include <stdio.h>

#include "render/window/plot/curves.h"
#include "render/window/plot/overlay.h"
#include "render/window/ui/phrases.h"

/* The date, and the values there. */
static void write_values(const struct spiral_plot_drawing *drawing, double step, char text[1024])
{
    const enum spiral_language language = drawing->subject.language;
    const struct spiral_session *session = drawing->subject.session;
    char date[12];
    char value[16];

    spiral_date_format(spiral_plot_date(drawing, step), date);

    int length = snprintf(text, 1024, "%s", date);
    const bool happened = step <= session->time;

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        const int what = spiral_plot_curves[c].what;

        /* before the clock there are values of this run, after it shares of runs */
        if (spiral_plot_is_hidden(drawing, what) ||
            !spiral_plot_shows(drawing, (int)spiral_plot_curves[c].panel) ||
            happened == spiral_plot_is_share(what))
            continue;
        spiral_plot_write_value(what, spiral_plot_value(drawing, what, step), value);

        const char *label =
            what == SPIRAL_CURVE_war     ? spiral_phrase(SPIRAL_PHRASE_war_by_then, language)
            : what == SPIRAL_CURVE_force ? spiral_phrase(SPIRAL_PHRASE_force_by_then, language)
                                         : drawing->name[c];
        length += snprintf(text + length, 1024 - (size_t)length, "\n%s %s", label, value);
    }

    if (!happened && drawing->subject.result != NULL &&
        step >= (double)drawing->subject.result->from) {
        const double *band = drawing->subject.result->band[(long)step][SPIRAL_QUANTITY_escalation];
        length += snprintf(text + length, 1024 - (size_t)length, "\n%s %.0f–%.0f",
                           spiral_plot_name_of(drawing, SPIRAL_QUANTITY_escalation),
                           band[SPIRAL_BAND_05], band[SPIRAL_BAND_95]);
    }

    if (!happened)
        return;

    const long whole_step = (long)step;
    const int level = (int)session->rows[whole_step][SPIRAL_QUANTITY_hostility];
    const int observed = spiral_plot_observed(session, whole_step);

    length += snprintf(text + length, 1024 - (size_t)length, "\n%s %d %s",
                       spiral_plot_name_of(drawing, SPIRAL_QUANTITY_hostility), level,
                       spiral_label_in(&spiral_level_labels[level - 1], language));

    if (observed > 0)
        snprintf(text + length, 1024 - (size_t)length, "\n%s %d %s",
                 spiral_word(SPIRAL_WORD_observed, language), observed,
                 spiral_label_in(&spiral_level_labels[observed - 1], language));
}

void spiral_plot_draw_pointer(struct spiral_plot_drawing *drawing)
{
    const struct spiral_ui *ui = drawing->ui;
    const struct spiral_session *session = drawing->subject.session;
    const struct spiral_rectangle at = spiral_plot_all_panels(drawing);

    if (ui == NULL || ui->open >= 0 || ui->covered || !spiral_ui_inside(ui, &at))
        return;

    char text[1024];
    struct spiral_page *page = drawing->page;
    const double year =
        drawing->from + (ui->x - at.x) / at.width * (drawing->until - drawing->from);
    const double pad = 6.0 * page->scale;

    write_values(drawing,
                 fmin(fmax((year - session->plan->start) / session->plan->dt, 0.0),
                      (double)session->plan->steps),
                 text);
    spiral_page_color(page, page->theme->muted, 0.7);
    cairo_set_line_width(page->cr, 1.0);
    cairo_move_to(page->cr, ui->x, at.y);
    cairo_line_to(page->cr, ui->x, at.y + at.height);
    cairo_stroke(page->cr);

    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL);
    const bool left = ui->x + size.width + 4.0 * pad > at.x + at.width;
    const double x = left ? ui->x - size.width - 2.4 * pad : ui->x + 2.4 * pad;
    double y = fmin(ui->y, at.y + at.height - size.height - pad);

    /* the caption of a moment stays to be read */
    if (drawing->caption.width > 0.0 && x - pad < drawing->caption.x + drawing->caption.width &&
        x + size.width + pad > drawing->caption.x &&
        y - pad < drawing->caption.y + drawing->caption.height &&
        y + size.height + pad > drawing->caption.y)
        y = drawing->caption.y + drawing->caption.height + 1.5 * pad;

    cairo_rectangle(page->cr, x - pad, y - 0.7 * pad, size.width + 2.0 * pad,
                    size.height + 1.4 * pad);
    spiral_page_color(page, page->theme->background, 0.97);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->grid, 1.0);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_note, text, x, y, 0.0, 0.0,
                     &(struct spiral_text_form){.color = &page->theme->ink});
}
