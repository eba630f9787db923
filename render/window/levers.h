/* SPDX-License-Identifier: MIT
 *
 * The column of choices: doctrines and their numbers, moves, constants, the log.
 */
#ifndef SPIRAL_WINDOW_LEVERS_H
#define SPIRAL_WINDOW_LEVERS_H

#include "render/figure/figure.h"
#include "render/live/ensemble_result.h"
#include "render/window/notice.h"
#include "render/window/ui/ui.h"

enum spiral_tab {
    SPIRAL_TAB_DOCTRINE,
    SPIRAL_TAB_MOVES,
    SPIRAL_TAB_MODEL,
    SPIRAL_TAB_LOG,
    SPIRAL_TAB_LESSON, /* drawn by lesson_panel.h */
    SPIRAL_TABS
};

struct spiral_levers {
    enum spiral_tab tab;
    int state; /* whose doctrine is shown */
    int actor; /* of a move */
    int target;
    double weight;              /* of a move */
    double scroll[SPIRAL_TABS]; /* pixels that a tab is moved up */
    /* a doctrine that was chosen: the view opens its sheet and takes it from here */
    const struct spiral_doctrine *wanted;
    /* what is drawn in this frame: an open menu reads it again at the frame's end */
    struct spiral_levers_subject {
        const struct spiral_session *session;
        const struct spiral_live_result *result; /* NULL: none yet, or it is hidden */
        enum spiral_language language;
        int doctrines[SPIRAL_DOCTRINES]; /* those of the menu: of the state's role, and its own */
        int doctrine_count;
    } subject;
};

/* Chooses states of another case: the small state acts, its first neighbour is the target. */
void spiral_levers_choose_states(struct spiral_levers *levers,
                                 const struct spiral_scenario *scenario);

/* Draws the buttons of the tabs (`lesson`: that of the lesson too) and returns the rectangle below
 * them, which is left to the tab. */
struct spiral_rectangle spiral_levers_draw_tabs(struct spiral_levers *levers, struct spiral_ui *ui,
                                                enum spiral_language language, bool lesson,
                                                struct spiral_rectangle at);
/* Draws the tab, unless it is the lesson's, and makes the session's choices. `result`: the ensemble
 * that branches are compared with, NULL where there is none or it is hidden. Errors are shown as a
 * notice. */
void spiral_levers_draw(struct spiral_levers *levers, struct spiral_ui *ui,
                        struct spiral_session *session, const struct spiral_live_result *result,
                        enum spiral_language language, struct spiral_notice *notice,
                        struct spiral_rectangle at);

#endif
