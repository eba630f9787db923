/* SPDX-License-Identifier: MIT *
 * The events of the plot: dates of choices, moves, and the caption of one of them.
 */
#include <stdio.h>

#include "render/window/plot/overlay.h"
#include "render/window/ui/phrases.h"
#include "sim/moments.h"

/* A line through the index at each date at which something was chosen. */
static void draw_choices(struct spiral_plot_drawing *drawing)
{
    const struct spiral_session *session = drawing->subject.session;

    for (size_t i = 0; i < session->choice_count; i++)
        if (session->choices[i].dated)
            spiral_marks_vertical(
                drawing->page, &drawing->panel[SPIRAL_PANEL_index],
                spiral_plot_date(drawing, (double)session->choices[i].step),
                (struct spiral_stroke){drawing->page->theme->series[SPIRAL_COLOR_INDEX], 0.9, 0.8,
                                       SPIRAL_DASH_dashed});
}

/* A triangle at the top. */
static void draw_move_mark(struct spiral_plot_drawing *drawing, const struct spiral_panel *panel,
                           double x, int actor)
{
    const double unit = drawing->page->scale;
    cairo_t *cr = drawing->page->cr;

    cairo_move_to(cr, x - 3.5 * unit, panel->at.y);
    cairo_line_to(cr, x + 3.5 * unit, panel->at.y);
    cairo_line_to(cr, x, panel->at.y + 6.5 * unit);
    cairo_close_path(cr);
    spiral_page_color(drawing->page,
                      drawing->page->theme
                          ->series[spiral_state_color(&drawing->subject.session->scenario, actor)],
                      0.9);
    cairo_fill(cr);
}

/* "2008-04  NATO · aligns: Bucharest summit": who, what kind of act, and its caption. */
static void write_caption(const struct spiral_plot_drawing *drawing,
                          const struct spiral_entry *entry, char text[400])
{
    const bool zh = drawing->subject.language == SPIRAL_CHINESE;
    const struct spiral_scenario *scenario = &drawing->subject.session->scenario;
    const struct spiral_doctrine *preset = spiral_doctrine_find(entry->doctrine_name);
    char actor[SPIRAL_ACTOR_NAME];
    const char *kind = "";

    spiral_actor_name(scenario, entry->actor, spiral_language_code(drawing->subject.language),
                      actor);
    if (entry->kind == SPIRAL_ENTRY_MOVE)
        kind = zh ? spiral_moves[entry->move].label_zh : spiral_moves[entry->move].label_en;
    else if (entry->kind == SPIRAL_ENTRY_DOCTRINE && preset != NULL)
        kind = zh ? preset->label_zh : preset->label_en;
    else
        kind = spiral_phrase(entry->kind == SPIRAL_ENTRY_DOCTRINE ? SPIRAL_PHRASE_doctrine
                                                                  : SPIRAL_PHRASE_motive,
                             drawing->subject.language);

    snprintf(text, 400, zh ? "%.7s  %s · %s：%.240s" : "%.7s  %s · %s: %.240s", entry->date_text,
             actor, kind, spiral_figure_text(&entry->caption, drawing->subject.language));
}

static void draw_caption(struct spiral_plot_drawing *drawing, const struct spiral_panel *panel,
                         const struct spiral_entry *entry)
{
    char text[400];
    const double unit = drawing->page->scale;
    const double x = spiral_panel_x(panel, entry->date);
    const bool right = x > panel->at.x + 0.5 * panel->at.width;
    const double room = right ? x - panel->at.x : panel->at.x + panel->at.width - x;
    const struct spiral_text_form form = {.width = room - 14.0 * unit};

    write_caption(drawing, entry, text);
    spiral_marks_vertical(drawing->page, panel, entry->date,
                          (struct spiral_stroke){drawing->page->theme->muted, 0.6, 0.5,
                                                 SPIRAL_DASH_solid});

    const struct spiral_rectangle size =
        spiral_text_measure(drawing->page, SPIRAL_TEXT_caption, text, &form);
    const double left = right ? x - 6.0 * unit - size.width : x + 6.0 * unit;
    const double top = panel->at.y + 8.0 * unit;

    drawing->caption =
        (struct spiral_rectangle){left - 2.0 * unit, top, size.width + 4.0 * unit, size.height};
    cairo_rectangle(drawing->page->cr, drawing->caption.x, drawing->caption.y,
                    drawing->caption.width, drawing->caption.height);
    spiral_page_color(drawing->page, drawing->page->theme->background, 0.85);
    cairo_fill(drawing->page->cr);
    spiral_text_draw(drawing->page, SPIRAL_TEXT_caption, text, left, top, 0.0, 0.0, &form);
}

/* The moment that gets the caption: the one under the pointer, else the latest of the last two
 * years. */
static const struct spiral_entry *captioned_moment(const struct spiral_plot_drawing *drawing,
                                                   double now)
{
    const struct spiral_panel *panel = &drawing->panel[SPIRAL_PANEL_index];
    const struct spiral_scenario *scenario = &drawing->subject.session->scenario;
    const char *language = spiral_language_code(drawing->subject.language);
    const double from = panel->x.low;
    const double until = now < panel->x.high ? now : panel->x.high;
    const double unit = drawing->page->scale;
    const double years_per_pixel = (panel->x.high - panel->x.low) / panel->at.width;
    const struct spiral_rectangle top = {panel->at.x, panel->at.y - 10.0 * unit, panel->at.width,
                                         24.0 * unit};
    const struct spiral_entry *moment = NULL;

    if (drawing->ui != NULL && !drawing->ui->covered && spiral_ui_inside(drawing->ui, &top)) {
        const double date = from + (drawing->ui->x - panel->at.x) * years_per_pixel;
        moment =
            spiral_moment_near(scenario, from, until, date, 6.0 * unit * years_per_pixel, language);
    }

    return moment != NULL ? moment : spiral_moment_near(scenario, from, until, now, 2.0, language);
}

void spiral_plot_draw_events(struct spiral_plot_drawing *drawing)
{
    const struct spiral_session *session = drawing->subject.session;
    const struct spiral_scenario *scenario = &session->scenario;
    const struct spiral_panel *panel = &drawing->panel[SPIRAL_PANEL_index];
    const double now = spiral_plot_date(drawing, session->time);

    if (!spiral_plot_shows(drawing, SPIRAL_PANEL_index))
        return;
    draw_choices(drawing);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];

        if (entry->date <= now && entry->date >= panel->x.low && entry->date <= panel->x.high)
            draw_move_mark(drawing, panel, spiral_panel_x(panel, entry->date), entry->actor);
    }

    const struct spiral_entry *moment = captioned_moment(drawing, now);

    if (moment != NULL)
        draw_caption(drawing, panel, moment);
}
