/* SPDX-License-Identifier: MIT
 *
 * What keys do that no widget takes.
 */
#include <math.h>

#include "render/window/view.h"

void spiral_view_show_all(struct spiral_view *view)
{
    view->from = view->session->plan->start;
    view->until = spiral_plan_date(view->session->plan, view->session->plan->steps);
}

void spiral_view_zoom(struct spiral_view *view, double factor, double about)
{
    const struct spiral_plan *plan = view->session->plan;
    const double start = plan->start;
    const double end = spiral_plan_date(plan, plan->steps);
    const double share = (about - view->from) / (view->until - view->from);
    const double span =
        fmin(fmax((view->until - view->from) * factor, fmin(2.0, end - start)), end - start);

    view->from = fmin(fmax(about - fmin(fmax(share, 0.0), 1.0) * span, start), end - span);
    view->until = view->from + span;
}

static void go(struct spiral_view *view, long steps, bool year)
{
    struct spiral_session *session = view->session;
    spiral_session_seek(session,
                        session->present + steps * (year ? lround(1.0 / session->plan->dt) : 1));
}

static void larger(struct spiral_view *view, double factor)
{
    view->scale = fmin(fmax(view->scale * factor, 0.7), 3.0);
}

static void zoom_about_now(struct spiral_view *view, double factor)
{
    spiral_view_zoom(view, factor,
                     view->session->plan->start + view->session->time * view->session->plan->dt);
}

static void turn_step(struct spiral_view *view, int by)
{
    if (view->options.lesson != NULL &&
        (by > 0 ? view->step + 1 < view->options.lesson->step_count : view->step > 0))
        spiral_view_go_to_step(view, by > 0 ? view->step + 1 : view->step - 1);
}

static void turn_to(struct spiral_view *view, enum spiral_tab tab)
{
    if (tab == SPIRAL_TAB_LESSON && view->options.lesson == NULL)
        return;
    view->tab = tab;
    view->ui.focus = view->ui.open = -1; /* of widgets that are no longer there */
}

static void take_letter(struct spiral_view *view, SDL_Keycode key, bool shift)
{
    struct spiral_error error;

    switch (key) {
    case SDLK_r: spiral_view_restart(view, shift); break;
    case SDLK_b: spiral_view_branch(view); break;
    case SDLK_u: spiral_view_tell(view, spiral_session_undo(view->session, &error), &error); break;
    case SDLK_s: spiral_view_save(view); break;
    case SDLK_e: spiral_view_export(view); break;
    case SDLK_x: zoom_about_now(view, shift ? 1.25 : 0.8); break;
    case SDLK_z: spiral_view_show_all(view); break;
    case SDLK_n: turn_step(view, 1); break;
    case SDLK_p: turn_step(view, -1); break;
    case SDLK_1:
    case SDLK_2:
    case SDLK_3:
    case SDLK_4:
    case SDLK_5: turn_to(view, (enum spiral_tab)(key - SDLK_1)); break;
    default: break;
    }
}

void spiral_view_take_key(struct spiral_view *view, const SDL_Keysym *keysym)
{
    const bool shift = (keysym->mod & KMOD_SHIFT) != 0;

    switch (keysym->sym) {
    case SDLK_SPACE: view->session->playing = !view->session->playing; break;
    case SDLK_LEFT: go(view, -1, shift); break;
    case SDLK_RIGHT: go(view, 1, shift); break;
    case SDLK_UP: spiral_session_set_speed(view->session, 2.0 * view->session->speed); break;
    case SDLK_DOWN: spiral_session_set_speed(view->session, 0.5 * view->session->speed); break;
    case SDLK_HOME: spiral_session_seek(view->session, 0); break;
    case SDLK_END: spiral_session_seek(view->session, view->session->plan->steps); break;
    case SDLK_F1:
    case SDLK_QUESTION: view->help = !view->help; break;
    case SDLK_SLASH: view->help = shift ? !view->help : view->help; break;
    case SDLK_F2:
        view->language = view->language == SPIRAL_ENGLISH ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
        break;
    case SDLK_F3: view->theme = (enum spiral_theme_name)((view->theme + 1) % SPIRAL_THEMES); break;
    case SDLK_PLUS:
    case SDLK_KP_PLUS:
    case SDLK_EQUALS: larger(view, 1.1); break;
    case SDLK_MINUS:
    case SDLK_KP_MINUS: larger(view, 1.0 / 1.1); break;
    case SDLK_ESCAPE: view->help = false; break;
    case SDLK_q:
        if ((keysym->mod & KMOD_CTRL) != 0)
            view->quit = true;
        break;
    default: take_letter(view, keysym->sym, shift); break;
    }
}
