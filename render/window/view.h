/* SPDX-License-Identifier: MIT
 *
 * The live view: a session and its ensemble in a window, with the levers of a classroom.
 * spiral_view_frame() is one turn of its loop, so that a test can drive it by events of its own.
 *
 * Drawing is split: stage.c draws the curves, levers.c the column of choices, bar.c the clock,
 * figures.c the risk and the plane, keys.c takes the keys, view.c the rest. None of them keeps
 * anything: all that lasts between frames stands in struct spiral_view. docs/view.md says why it
 * is built so.
 */
#ifndef SPIRAL_WINDOW_VIEW_H
#define SPIRAL_WINDOW_VIEW_H

#include "render/figure/figure.h"
#include "render/live/ensemble.h"
#include "render/live/lesson.h"
#include "render/window/screen.h"
#include "render/window/ui.h"

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
    const struct spiral_lesson *lesson; /* NULL: none; then `scenario` is its first case */
    const char *folder;                 /* where files are saved; NULL: the working directory */
};

enum spiral_tab {
    SPIRAL_TAB_DOCTRINE,
    SPIRAL_TAB_MOVES,
    SPIRAL_TAB_MODEL,
    SPIRAL_TAB_LOG,
    SPIRAL_TAB_LESSON,
    SPIRAL_TABS
};

enum { SPIRAL_VIEW_MESSAGE = 256, SPIRAL_VIEW_RUNS = 1000 /* of the ensemble */ };

enum spiral_stage_panel {
    SPIRAL_PANEL_index,
    SPIRAL_PANEL_risk,
    SPIRAL_PANEL_perceptions,
    SPIRAL_PANEL_alliance,
    SPIRAL_PANEL_ladder,
    SPIRAL_STAGE_PANELS
};

/* Pictures of what changes seldom, each with what it was drawn for: the axes; and, over them,
 * what may come. */
enum { SPIRAL_GROUND_axes, SPIRAL_GROUND_future, SPIRAL_GROUNDS };
struct spiral_ground {
    cairo_surface_t *surface; /* owned; NULL: none yet */
    struct spiral_ground_key {
        struct spiral_rectangle at;
        double scale;
        double density;
        double from;
        double until;
        uint64_t ghosts;
        uint64_t hidden;
        int pixels;
        int rows;
        uint32_t theme;
        uint32_t language;
    } key;
    uint64_t
        result[SPIRAL_STAGE_PANELS]; /* the number of the ensemble that a panel shows, 0: none */
};
void spiral_ground_drop(struct spiral_ground *ground);

struct spiral_view {
    struct spiral_view_options options;
    struct spiral_session *session;
    struct spiral_live_fan *fan;
    struct spiral_screen screen;
    struct spiral_ui ui;
    double scale;
    enum spiral_theme_name theme;
    enum spiral_language language;
    enum spiral_tab tab;
    int state;  /* chosen in the levers */
    int actor;  /* chosen in the levers */
    int target; /* chosen in the levers */
    bool help;
    bool quit;
    struct spiral_ground grounds[SPIRAL_GROUNDS];
    uint32_t hidden;            /* curves, a bit each: plot/plot.h */
    double from;                /* the years shown */
    double until;               /* the years shown */
    double scroll[SPIRAL_TABS]; /* pixels that a tab is moved up */
    char message[SPIRAL_VIEW_MESSAGE];
    double message_left; /* seconds */
    /* the lesson */
    size_t step;
    int predicted;        /* the answer that was chosen, -1: none yet */
    bool asked, revealed; /* for the reveal; and it is there */
    struct spiral_lesson_answer answer;
    double text_height; /* of the step, as it was last drawn */
    size_t files;       /* saved and exported so far */
};

/* Opens the window. Returns NULL, or a sentence saying what failed; the view is then closed. */
const char *spiral_view_open(struct spiral_view *view, const struct spiral_view_options *options);
/* Takes what events there are, lets `seconds` pass, draws and shows a frame. */
void spiral_view_frame(struct spiral_view *view, double seconds);
/* The loop at 60 frames a second, until the window is closed. `frames` > 0 ends it after so
 * many, of 1/60 second each whatever they took. `times` (NULL: none) gets what each of them
 * took, [frames]. */
struct spiral_frame_time {
    double seconds,
        processor; /* by the clock; and of this thread on a processor, which other programs do not lengthen */
};
void spiral_view_run(struct spiral_view *view, long frames, struct spiral_frame_time *times);
/* Moves a slider at the start of the run, and shows frames until the fan of what was chosen is
 * on the screen. Returns the seconds that took, < 0 where nothing can be chosen. */
double spiral_view_time_fan(struct spiral_view *view);
/* Plays to the end of the run, or `frames` frames (0: no bound), each of 1/30 second, and keeps
 * them: in a film (FILE.mp4, by ffmpeg) or as PNG files in a folder. Returns NULL, or a sentence
 * saying what failed. */
const char *spiral_view_record(struct spiral_view *view, const char *path, long frames);
void spiral_view_close(struct spiral_view *view);

/* --- for the files of the view ---------------------------------------------------------------- */

enum spiral_phrase {
#define SPIRAL_PHRASE(name, en, zh) SPIRAL_PHRASE_##name,
#include "render/window/phrases.def"
    SPIRAL_PHRASES
};
const char *spiral_phrase(const struct spiral_view *view, enum spiral_phrase phrase);

/* Says something for a few seconds. */
void spiral_view_say(struct spiral_view *view, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Tells an error where there is one; true where there is none. */
bool spiral_view_tell(struct spiral_view *view, enum spiral_status status,
                      const struct spiral_error *error);

/* Whether a question of the lesson stands beside the curves and waits for an answer: what the
 * runs say is not told before. */
bool spiral_view_is_asking(const struct spiral_view *view);

/* The parts of the window, each in its rectangle. The ground is under them all: the background,
 * and what of the stage changes seldom. */
void spiral_view_draw_ground(struct spiral_view *view, struct spiral_page *page,
                             struct spiral_rectangle at);
void spiral_view_draw_stage(struct spiral_view *view, struct spiral_page *page,
                            struct spiral_rectangle at, bool live);
void spiral_view_draw_levers(struct spiral_view *view, struct spiral_rectangle at);
void spiral_view_draw_lesson(struct spiral_view *view, struct spiral_rectangle at);
void spiral_view_draw_bar(struct spiral_view *view, struct spiral_rectangle at);
void spiral_view_draw_risk(struct spiral_view *view, struct spiral_page *page,
                           struct spiral_rectangle at);
void spiral_view_draw_plane(struct spiral_view *view, struct spiral_page *page,
                            struct spiral_rectangle at);

/* What keys and buttons do alike. */
void spiral_view_take_key(struct spiral_view *view, const SDL_Keysym *keysym);
/* Shows `factor` times the years that are shown, about a date; within the run, and two years at
 * least. */
void spiral_view_zoom(struct spiral_view *view, double factor, double about);
void spiral_view_show_all(struct spiral_view *view);
void spiral_view_branch(struct spiral_view *view);
void spiral_view_save(struct spiral_view *view);
void spiral_view_export(struct spiral_view *view);
/* Goes to a step of the lesson and sets the levers as it says. */
void spiral_view_go_to_step(struct spiral_view *view, size_t step);
void spiral_view_restart(struct spiral_view *view, bool new_seed);

#endif
