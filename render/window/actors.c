/* SPDX-License-Identifier: MIT */
#include "render/window/actors.h"

#include <math.h>
#include <stdio.h>

#include "render/window/ui/phrases.h"

struct point {
    double x;
    double y;
};

/* The drawing: where each state is. */
struct scene {
    struct spiral_page *page;
    struct spiral_session *session;
    const struct spiral_actors *actors;
    enum spiral_language language;
    struct spiral_rectangle at;
    struct point place[SPIRAL_MAX_STATES];
    double half_width[SPIRAL_MAX_STATES]; /* of a state's box */
    double half_height;
};

/* Neighbours in a column at the left, the small state in the middle, distant powers at the
 * right. */
static void place_states(struct scene *scene)
{
    static const double across[SPIRAL_ROLES] = {0.5, 0.14, 0.86};
    const struct spiral_scenario *scenario = &scene->session->scenario;
    int count[SPIRAL_ROLES] = {0};
    int placed[SPIRAL_ROLES] = {0};

    for (size_t i = 0; i < scenario->state_count; i++)
        count[scenario->states[i].role]++;

    for (size_t i = 0; i < scenario->state_count; i++) {
        const enum spiral_role role = scenario->states[i].role;
        char name[SPIRAL_ACTOR_NAME];

        scene->place[i] =
            (struct point){scene->at.x + across[role] * scene->at.width,
                           scene->at.y + scene->at.height * (placed[role]++ + 0.5) / count[role]};
        spiral_actor_name(scenario, (int)i, spiral_language_code(scene->language), name);
        scene->half_width[i] =
            0.5 * spiral_text_measure(scene->page, SPIRAL_TEXT_direct, name, NULL).width +
            9.0 * scene->page->scale;
    }

    scene->half_height =
        0.5 * spiral_text_measure(scene->page, SPIRAL_TEXT_direct, "0", NULL).height +
        6.0 * scene->page->scale;
}

/* Where the line from one state to another leaves its box, a little beyond it. */
static struct point edge_of(const struct scene *scene, int from, int to)
{
    const struct point a = scene->place[from];
    const struct point b = scene->place[to];
    const double gap = 4.0 * scene->page->scale;
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double x_share = (scene->half_width[from] + gap) / fmax(fabs(dx), 1e-9);
    const double y_share = (scene->half_height + gap) / fmax(fabs(dy), 1e-9);
    const double share = fmin(x_share, y_share);

    return (struct point){a.x + share * dx, a.y + share * dy};
}

/* A line between two states, moved sideways. */
static void line_between(const struct scene *scene, int from, int to, double aside,
                         struct point *start, struct point *end)
{
    *start = edge_of(scene, from, to);
    *end = edge_of(scene, to, from);

    const double dx = end->x - start->x;
    const double dy = end->y - start->y;
    const double length = fmax(hypot(dx, dy), 1e-9);

    start->x -= aside * dy / length;
    end->x -= aside * dy / length;
    start->y += aside * dx / length;
    end->y += aside * dx / length;
}

/* An arrow from who fears to whom it fears, as wide as the threat, with its number. */
static void draw_fear(const struct scene *scene, const struct spiral_fear *fear)
{
    struct spiral_page *page = scene->page;
    const struct spiral_color color =
        page->theme->series[spiral_state_color(&scene->session->scenario, fear->of)];
    const double unit = page->scale;
    const double width = (1.0 + 9.0 * fear->threat) * unit;
    const double head = width + 5.0 * unit;
    const struct spiral_text_form form = {.color = &color, .halo = true};
    struct point from;
    struct point to;
    char text[16];

    line_between(scene, fear->of, fear->about, 11.0 * unit, &from, &to);

    const double length = fmax(hypot(to.x - from.x, to.y - from.y), 1e-9);
    const double dx = (to.x - from.x) / length;
    const double dy = (to.y - from.y) / length;

    spiral_page_color(page, color, 1.0);
    cairo_set_line_width(page->cr, width);
    cairo_set_line_cap(page->cr, CAIRO_LINE_CAP_BUTT);
    cairo_move_to(page->cr, from.x, from.y);
    cairo_line_to(page->cr, to.x - head * dx, to.y - head * dy);
    cairo_stroke(page->cr);
    cairo_move_to(page->cr, to.x, to.y);
    cairo_line_to(page->cr, to.x - head * dx - 0.7 * head * dy, to.y - head * dy + 0.7 * head * dx);
    cairo_line_to(page->cr, to.x - head * dx + 0.7 * head * dy, to.y - head * dy - 0.7 * head * dx);
    cairo_close_path(page->cr);
    cairo_fill(page->cr);

    snprintf(text, sizeof text, "%.2f", fear->threat);
    spiral_text_draw(page, SPIRAL_TEXT_note, text,
                     0.5 * (from.x + to.x) - dy * (8.0 * unit + width),
                     0.5 * (from.y + to.y) + dx * (8.0 * unit + width), 0.5, 0.5, &form);
}

/* A double line to a distant power, as wide as its commitment. */
static void draw_tie(const struct scene *scene, const struct spiral_patronage *tie)
{
    struct spiral_page *page = scene->page;
    const double unit = page->scale;
    const double apart = (1.5 + 7.0 * tie->commitment) * unit;
    struct point from;
    struct point to;
    char text[64];

    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_OFFSHORE],
                      tie->commitment > 0.0 ? 1.0 : 0.4);
    cairo_set_line_width(page->cr, 1.6 * unit);
    for (int side = -1; side <= 1; side += 2) {
        line_between(scene, scene->actors->small, tie->patron, side * apart, &from, &to);
        cairo_move_to(page->cr, from.x, from.y);
        cairo_line_to(page->cr, to.x, to.y);
        cairo_stroke(page->cr);
    }

    line_between(scene, scene->actors->small, tie->patron, 0.0, &from, &to);
    snprintf(text, sizeof text, "%s %.2f",
             spiral_phrase(SPIRAL_PHRASE_committed_by, scene->language), tie->commitment);
    spiral_text_draw(page, SPIRAL_TEXT_note, text, 0.5 * (from.x + to.x),
                     0.5 * (from.y + to.y) - apart - 3.0 * unit, 0.5, 1.0, NULL);
}

/* The level between the small state and a neighbour: a mark on the line between them. */
static void draw_rivalry(const struct scene *scene, const struct spiral_rivalry *rivalry)
{
    struct spiral_page *page = scene->page;
    const double unit = page->scale;
    const int level = rivalry->level < 1 ? 1 : rivalry->level > 5 ? 5 : rivalry->level;
    const struct spiral_color color = page->theme->level[level - 1];
    const struct spiral_color ink = spiral_color_lightness(color) > 55.0
                                        ? (struct spiral_color){0.0, 0.0, 0.0}
                                        : (struct spiral_color){1.0, 1.0, 1.0};
    const char *label = spiral_label_in(&spiral_level_labels[level - 1], scene->language);
    struct point from;
    struct point to;
    char text[64];

    line_between(scene, scene->actors->small, rivalry->neighbour, 0.0, &from, &to);
    snprintf(text, sizeof text, "%d %s", level, label);

    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL);
    const double x = 0.5 * (from.x + to.x);
    const double y = 0.5 * (from.y + to.y);

    cairo_rectangle(page->cr, x - 0.5 * size.width - 5.0 * unit, y - 0.5 * size.height - 1.0 * unit,
                    size.width + 10.0 * unit, size.height + 2.0 * unit);
    spiral_page_color(page, color, 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 1.0);
    cairo_set_line_width(page->cr, 0.8 * unit);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_note, text, x, y, 0.5, 0.5,
                     &(struct spiral_text_form){.color = &ink});
}

static void draw_state(const struct scene *scene, int state)
{
    struct spiral_page *page = scene->page;
    const struct spiral_scenario *scenario = &scene->session->scenario;
    const struct spiral_color color = page->theme->series[spiral_state_color(scenario, state)];
    const struct point place = scene->place[state];
    char name[SPIRAL_ACTOR_NAME];

    spiral_actor_name(scenario, state, spiral_language_code(scene->language), name);
    cairo_rectangle(page->cr, place.x - scene->half_width[state], place.y - scene->half_height,
                    2.0 * scene->half_width[state], 2.0 * scene->half_height);
    spiral_page_color(page, page->theme->background, 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, color, 1.0);
    cairo_set_line_width(page->cr, 2.0 * page->scale);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_direct, name, place.x, place.y, 0.5, 0.5,
                     &(struct spiral_text_form){.color = &page->theme->ink});
}

void spiral_actors_draw(struct spiral_page *page, struct spiral_session *session,
                        enum spiral_language language, struct spiral_rectangle at)
{
    const struct spiral_actors actors = spiral_actors_now(session);
    struct scene scene = {
        .page = page, .session = session, .actors = &actors, .language = language, .at = at};

    place_states(&scene);
    for (size_t t = 0; t < actors.tie_count; t++)
        draw_tie(&scene, &actors.ties[t]);
    for (size_t f = 0; f < actors.fear_count; f++)
        draw_fear(&scene, &actors.fears[f]);
    for (size_t r = 0; r < actors.rivalry_count; r++)
        draw_rivalry(&scene, &actors.rivalries[r]);
    for (size_t i = 0; i < session->scenario.state_count; i++)
        draw_state(&scene, (int)i);
}
