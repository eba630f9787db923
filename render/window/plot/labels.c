/* SPDX-License-Identifier: MIT
 *
 * The labels to the right of the panels.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/chart/labels.h"
#include "render/live/explain.h"
#include "render/window/plot/curves.h"
#include "render/window/plot/overlay.h"
#include "render/window/ui/phrases.h"

enum { MOST_LABELS = SPIRAL_PLOT_CURVES + SPIRAL_SESSION_BRANCHES };

struct label {
    int what; /* a curve, or -1: a branch */
    double value;
    struct spiral_color color;
    const char *name;
    char number[16];
    char cut[SPIRAL_BRANCH_NAME + 4]; /* room for a name that is cut off */
};

/* Cuts the name of a branch off where it would reach beyond the labels' room. */
static void cut_name(const struct spiral_plot_drawing *drawing, struct label *label)
{
    struct spiral_page *page = drawing->page;
    const double number =
        spiral_text_measure(page, SPIRAL_TEXT_note, label->number, NULL).width + 5.0 * page->scale;
    size_t length = strlen(label->name);

    if (spiral_text_measure(page, SPIRAL_TEXT_note, label->name, NULL).width + number <=
        drawing->label_room)
        return;

    do {
        length--;
        while (length > 0 && ((unsigned char)label->name[length] & 0xc0) == 0x80)
            length--; /* within a letter */
        snprintf(label->cut, sizeof label->cut, "%.*s…", (int)length, label->name);
    } while (length > 1 &&
             spiral_text_measure(page, SPIRAL_TEXT_note, label->cut, NULL).width + number >
                 drawing->label_room);

    label->name = label->cut;
}

static size_t collect_labels(const struct spiral_plot_drawing *drawing,
                             enum spiral_plot_panel panel, struct label labels[MOST_LABELS])
{
    const struct spiral_session *session = drawing->subject.session;
    size_t count = 0;

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        const struct spiral_plot_curve *curve = &spiral_plot_curves[c];
        struct label *label = &labels[count];
        if (curve->panel != panel)
            continue;

        /* a share is that by the end, of runs from now on: the number of the headline */
        const double time =
            spiral_plot_is_share(curve->what) ? (double)session->plan->steps : session->time;

        const bool hidden = spiral_plot_is_hidden(drawing, curve->what);
        *label = (struct label){curve->what,
                                spiral_plot_value(drawing, curve->what, time),
                                hidden ? drawing->page->theme->muted
                                       : drawing->page->theme->series[curve->color],
                                drawing->name[c],
                                "(–)",
                                ""};
        if (!hidden)
            spiral_plot_write_value(curve->what, label->value, label->number);
        /* at the end nothing is left to chance */
        if (spiral_plot_is_share(curve->what) && session->present >= session->plan->steps)
            snprintf(label->number, sizeof label->number, "(–)");
        count++;
    }

    for (size_t g = 0; panel == SPIRAL_PANEL_index && g < session->branch_count; g++) {
        const struct spiral_session_branch *branch = &session->branches[g];
        const double date = fmin(drawing->until, spiral_plot_date(drawing, (double)branch->steps));
        const long step = (long)((date - session->plan->start) / session->plan->dt + 1e-6);
        labels[count] = (struct label){
            -1,
            branch->rows[step < branch->steps ? step : branch->steps][SPIRAL_QUANTITY_escalation],
            drawing->page->theme->branch[branch->colour],
            branch->name,
            "",
            ""};
        spiral_plot_write_value(SPIRAL_QUANTITY_escalation, labels[count].value,
                                labels[count].number);
        cut_name(drawing, &labels[count]);
        count++;
    }

    return count;
}

/* Says what a curve is, where its name is pointed at. */
static void explain_curve(const struct spiral_plot_drawing *drawing, const struct label *label)
{
    const enum spiral_language language = drawing->subject.language;
    const char *press = spiral_sentence(SPIRAL_SENTENCE_hide_curve, language);

    if (!spiral_ui_is_pointed(drawing->ui))
        return;

    if (spiral_plot_is_share(label->what)) {
        spiral_ui_explain(drawing->ui, label->name,
                          spiral_sentence(label->what == SPIRAL_CURVE_war
                                              ? SPIRAL_SENTENCE_curve_war
                                              : SPIRAL_SENTENCE_curve_force,
                                          language),
                          press, "");
        return;
    }

    const struct spiral_explanation explanation =
        spiral_explain(SPIRAL_SUBJECT_QUANTITY, (size_t)label->what,
                       spiral_language_code(language));
    char facts[SPIRAL_EXPLANATION_FACTS + 128];

    snprintf(facts, sizeof facts, "%s\n%s", explanation.facts, press);
    spiral_ui_explain(drawing->ui, label->name, explanation.sentence, facts, explanation.source);
}

/* What stands above the panels says what they are. */
static void explain_panels(const struct spiral_plot_drawing *drawing)
{
    static const enum spiral_sentence sentences[SPIRAL_PLOT_PANELS] = {
        [SPIRAL_PANEL_index] = SPIRAL_SENTENCE_panel_index,
        [SPIRAL_PANEL_risk] = SPIRAL_SENTENCE_panel_risk,
        [SPIRAL_PANEL_perceptions] = SPIRAL_SENTENCE_panel_fear,
        [SPIRAL_PANEL_alliance] = SPIRAL_SENTENCE_panel_alliance,
        [SPIRAL_PANEL_ladder] = SPIRAL_SENTENCE_panel_ladder};

    for (int p = 0; p < SPIRAL_PLOT_PANELS && drawing->ui != NULL; p++) {
        if (!spiral_plot_shows(drawing, p))
            continue;
        spiral_ui_place(drawing->ui, spiral_plot_title_place(drawing, p));
        spiral_ui_say(drawing->ui, spiral_plot_title_of(drawing, p), sentences[p],
                      drawing->subject.language);
    }
}

/* The name, then the value, as two texts: a text that was drawn before costs little, and names do
 * not change. Returns whether the name was pressed. */
static bool draw_label(struct spiral_plot_drawing *drawing, const struct label *label, double x,
                       double y)
{
    struct spiral_page *page = drawing->page;
    const struct spiral_text_form form = {.color = &label->color};
    const double width =
        spiral_text_measure(page, SPIRAL_TEXT_note, label->name, NULL).width + 5.0 * page->scale;
    bool pressed = false;

    if (drawing->ui == NULL || label->what < 0)
        spiral_text_draw(page, SPIRAL_TEXT_note, label->name, x, y, 0.0, 0.5, &form);
    else {
        pressed = spiral_ui_label(drawing->ui, x, y, label->name, label->color);
        explain_curve(drawing, label);
    }
    spiral_text_draw(page, SPIRAL_TEXT_note, label->number, x + width, y, 0.0, 0.5, &form);

    return pressed;
}

uint32_t spiral_plot_draw_labels(struct spiral_plot_drawing *drawing)
{
    struct spiral_page *page = drawing->page;
    struct label labels[MOST_LABELS];
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height + 1.0;
    uint32_t pressed = 0;

    for (int p = 0; p < SPIRAL_PANEL_ladder; p++) {
        const struct spiral_panel *panel = &drawing->panel[p];
        const double x = panel->at.x + panel->at.width + 8.0 * page->scale;
        double at[MOST_LABELS];
        double size[MOST_LABELS];
        const size_t count = spiral_plot_shows(drawing, p)
                                 ? collect_labels(drawing, (enum spiral_plot_panel)p, labels)
                                 : 0;

        for (size_t i = 0; i < count; i++) {
            const double value = isfinite(labels[i].value) ? labels[i].value : panel->y.low;
            at[i] = spiral_panel_y(panel, value);
            size[i] = line;
        }

        spiral_labels_spread(at, size, count, panel->at.y, panel->at.y + panel->at.height);
        for (size_t i = 0; i < count; i++)
            if (draw_label(drawing, &labels[i], x, at[i]))
                pressed |= UINT32_C(1) << labels[i].what;
    }

    explain_panels(drawing);

    return pressed;
}
