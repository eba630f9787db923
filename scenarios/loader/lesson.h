/* SPDX-License-Identifier: MIT
 *
 * Lessons: steps that tell something, set the levers of the live view, ask for a prediction, and
 * then let runs answer. Files are YAML and are checked like scenarios: every error at once, with
 * its place and the nearest valid name. lesson_fields.def lists the keys of each map. No number
 * of a result is written in a lesson: a reveal names ensembles that are run when it is shown, and
 * its text has {name} where each is to be written.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_LESSON_H
#define SPIRAL_SCENARIOS_LOADER_LESSON_H

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/constant_sets.h"
#include "sim/outcome.h"

enum {
    SPIRAL_LESSON_CASES = 8,
    SPIRAL_LESSON_STEPS = 60,
    SPIRAL_LESSON_SETTINGS = 16,
    SPIRAL_LESSON_MOVES = 8,
    SPIRAL_LESSON_CHOICES = 6,
    SPIRAL_LESSON_MEASURES = 12,
    SPIRAL_LESSON_NOTES = 8,
    SPIRAL_LESSON_NAME = 32
};

/* The panels that a lesson can show and point at. */
#define SPIRAL_LESSON_PANEL_TABLE(X) \
    X(index)    /* the escalation index */ \
    X(risk)     /* the risk of war and of force */ \
    X(fear)     /* perceived threats and arms */ \
    X(alliance) /* commitment and the guarantees */ \
    X(ladder)   /* the levels of hostility */ \
    X(plane)    /* constraint and dependence */ \
    X(actors)   /* who fears whom; in place of the plane */ \
    X(why)      /* the account of causes; in place of the curves */
enum spiral_lesson_panel_name {
#define SPIRAL_LESSON_PANEL(name) SPIRAL_SHOW_##name,
    SPIRAL_LESSON_PANEL_TABLE(SPIRAL_LESSON_PANEL)
#undef SPIRAL_LESSON_PANEL
        SPIRAL_LESSON_PANELS
};

/* What is chosen in a case, and when. */
struct spiral_lesson_setup {
    int scenario; /* index into the lesson's */
    bool dated;
    double date; /* years; without a date: the present of the view, the start of a measure */
    size_t setting_count;
    struct spiral_lesson_setting {
        char name[96]; /* as spiral_parameter_set() takes it */
        double value;
    } settings[SPIRAL_LESSON_SETTINGS];
    const struct spiral_doctrine *doctrine[SPIRAL_MAX_STATES]; /* by state, NULL: as it is */
    size_t move_count;
    struct spiral_lesson_move {
        int actor, target, move; /* states; target -1: none; enum spiral_move */
        double weight;
    } moves[SPIRAL_LESSON_MOVES];
};

struct spiral_lesson_levers {
    bool given;
    bool anew;     /* another case, or the start with all choices taken back */
    bool reseeded; /* the start under `seed` */
    uint64_t seed;
    struct spiral_lesson_setup setup;
    double speed; /* years a second, 0: as it is */
    bool play;
};

/* A number that an ensemble answers: the mean of an outcome over its runs, or, where `of` >= 0,
 * the value of another measure; less that of another where `less` >= 0. Both are earlier ones. */
struct spiral_lesson_measure {
    char name[SPIRAL_LESSON_NAME];
    enum spiral_outcome_name outcome;
    struct spiral_lesson_setup setup;
    int of;
    int less;
    bool percent;
};

/* An answer that can be chosen. It holds where the measure lies in [from, to); with `otherwise`
 * where none of the others holds; else measure -1: it is a matter of judgement. */
struct spiral_lesson_choice {
    struct spiral_text text;
    bool otherwise;
    int measure;
    double from;
    double to;
};

/* A sentence of a reveal, told where the measure lies in [from, to). */
struct spiral_lesson_note {
    struct spiral_text text;
    int measure;
    double from;
    double to;
};

struct spiral_lesson_step {
    struct spiral_text text;     /* absent: count 0 */
    struct spiral_text question; /* absent: count 0 */
    struct spiral_text reveal;   /* absent: count 0 */
    struct spiral_lesson_levers levers;
    size_t choice_count;
    struct spiral_lesson_choice choices[SPIRAL_LESSON_CHOICES];
    size_t measure_count;
    struct spiral_lesson_measure measures[SPIRAL_LESSON_MEASURES];
    size_t note_count;
    struct spiral_lesson_note notes[SPIRAL_LESSON_NOTES];
    /* panels, a bit each: 1 << enum spiral_lesson_panel_name */
    bool shows; /* whether the step says which are shown */
    unsigned shown;
    unsigned highlighted;
};

struct spiral_lesson {
    struct spiral_text title;
    struct spiral_text summary;
    size_t scenario_count;
    struct spiral_scenario scenarios[SPIRAL_LESSON_CASES];
    size_t step_count;
    struct spiral_lesson_step *steps; /* owned */
    /* what the runs of its steps and reveals are spread over; set by whoever loads it, not owned.
     * NULL: one set, the defaults */
    const struct spiral_constant_sets *posterior;
};

/* Loads a lesson with its cases. On any error *lesson is empty and *diagnostics holds every
 * error, sorted by place. Statuses are as of spiral_scenario_load(). The caller clears the
 * lesson. */
enum spiral_status spiral_lesson_load(struct spiral_lesson *lesson, const char *path,
                                      struct spiral_diagnostics *diagnostics);
/* The same from a text of `length` bytes, ended by a NUL; its cases are found from the folder of
 * `path`, which also names the text in errors. */
enum spiral_status spiral_lesson_load_text(struct spiral_lesson *lesson, const char *text,
                                           size_t length, const char *path,
                                           struct spiral_diagnostics *diagnostics);
/* Frees what it owns and makes it empty. Legal on an empty lesson ({0}). */
void spiral_lesson_clear(struct spiral_lesson *lesson);

/* The panels that are shown in a step, a bit each: those of the last step up to it that says so,
 * else all but the actors and the account of causes, which take the place of others. */
unsigned spiral_lesson_shown(const struct spiral_lesson *lesson, size_t step);

/* Whether a text is meant as a lesson: a line of it begins with the key `lesson:`. */
bool spiral_lesson_is(const char *text);

/* The name between the braces that a text has at *at or next after it: writes it, moves *at behind
 * the closing brace and returns the position of the opening one; NULL where there is none. */
const char *spiral_lesson_placeholder(const char **at, char name[SPIRAL_LESSON_NAME]);

#endif
