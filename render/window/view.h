/* SPDX-License-Identifier: MIT
 *
 * The live view: a session and its ensemble in a window, with the levers of a classroom.
 * spiral_view_frame() is one turn of its loop, so that a test can drive it by events of its own.
 *
 * The view is on top: it owns the session, its ensemble and the parts of the window, gives each
 * part what it needs, and carries out what keys and buttons ask for. No part knows the view.
 * docs/view.md says why it is built so.
 */
#ifndef SPIRAL_WINDOW_VIEW_H
#define SPIRAL_WINDOW_VIEW_H

#include "render/live/saved.h"
#include "render/window/help.h"
#include "render/window/lesson_panel.h"
#include "render/window/levers.h"
#include "render/window/save.h"
#include "render/window/screen.h"
#include "render/window/sheet.h"
#include "render/window/shelf.h"
#include "render/window/turn_sheet.h"
#include "render/window/why_sheet.h"

struct spiral_view_options {
    const struct spiral_scenario *scenario;
    const struct spiral_constants *constants;
    const struct spiral_plan_options *plan;
    uint64_t seed;
    int width;    /* of the window */
    int height;   /* of the window */
    double scale; /* of letters and lines */
    enum spiral_theme_name theme;
    enum spiral_language language;
    const struct spiral_lesson *lesson;       /* NULL: none; then `scenario` is its first case */
    const struct spiral_saved_session *saved; /* NULL: none; then `scenario` is its case */
    const char *folder; /* where files are saved; NULL: the working directory */
    bool story;         /* whether it opens on the first page of the case */
    const struct spiral_live_account_runs *account_runs; /* NULL: as many as `spiral why` makes */
};

enum { SPIRAL_VIEW_RUNS = 1000 /* of the ensemble */ };

struct spiral_view {
    struct spiral_session *session;
    struct spiral_live_fan *fan;
    struct spiral_live_account *account;
    /* the window */
    struct spiral_screen screen;
    struct spiral_ui ui;
    double scale;
    enum spiral_theme_name theme;
    enum spiral_language language;
    bool full_screen;
    bool quit;
    /* its parts */
    struct spiral_plot plot;
    struct spiral_levers levers;
    struct spiral_lesson_panel lesson;
    struct spiral_notice notice;
    struct spiral_save_folder folder;
    char answers[SPIRAL_NOTICE_SIZE + 16]; /* the file that answers are written to, "": none yet */
    /* the sheet over it */
    enum spiral_sheet sheet;
    struct spiral_help help;
    struct spiral_shelf shelf;
    struct spiral_turn_sheet turn;
    struct spiral_why_sheet why; /* also in place of the curves, where a lesson calls it */
    /* of another case that is opened in the window */
    struct spiral_constants constants;
    struct spiral_plan_options plan;
    struct spiral_lesson *own_lesson;          /* owned: taken from the menu; NULL: none */
    struct spiral_constant_sets own_posterior; /* that lessons of the menu are run over */
    /* called with every page that was drawn, which then has its texts recorded; NULL: none */
    void (*watch)(void *context, const struct spiral_page *page);
    void *watch_context;
};

/* Opens the window. Returns NULL, or a sentence saying what failed; the view is then closed. */
const char *spiral_view_open(struct spiral_view *view, const struct spiral_view_options *options);
void spiral_view_close(struct spiral_view *view);

/* Handles the events that there are. */
void spiral_view_handle_events(struct spiral_view *view);
/* Handles the events that there are, lets `seconds` pass, draws and shows a frame. */
void spiral_view_frame(struct spiral_view *view, double seconds);

/* What a frame took. */
struct spiral_frame_time {
    double seconds;   /* by the clock */
    double processor; /* of this thread on a processor, which other programs do not lengthen */
};
/* The loop at 60 frames a second, until the window is closed. `frames` > 0 ends it after so
 * many, of 1/60 second each whatever they took. `times` (NULL: none) gets what each of them
 * took, [frames]. */
void spiral_view_run(struct spiral_view *view, long frames, struct spiral_frame_time *times);

/* Moves a slider at the start of the run, and shows frames until the fan of that choice is on the
 * screen. Returns the seconds that took, < 0 where nothing can be chosen. */
double spiral_view_time_fan(struct spiral_view *view);

/* Begins another case, or a lesson, in the window. The lesson is then owned by the view; it is
 * freed where it cannot begin. */
void spiral_view_open_case(struct spiral_view *view, const struct spiral_scenario *scenario);
void spiral_view_open_lesson(struct spiral_view *view, struct spiral_lesson *lesson);

/* Goes to a step of the lesson and sets the levers as it says; step_count: the page at its end. */
void spiral_view_go_to_step(struct spiral_view *view, size_t step);
/* Whether a question of the lesson was put and waits for an answer: what the runs say is hidden
 * until then, wherever the user goes. */
bool spiral_view_is_asking(const struct spiral_view *view);

#endif
