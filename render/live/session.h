/* SPDX-License-Identifier: MIT
 *
 * A session: one live run of a scenario, with a clock, a past that can be gone back to, and
 * choices that can be made on the way. It knows no window and no thread; spiral_live_fan follows
 * it with an ensemble, and a window draws both.
 *
 * Time. The run advances in whole steps. The clock is `time`, in steps since the start, and the
 * present is the whole step at or after it: everything up to `present` has happened, and a
 * drawing may show the curves up to `time`, between two steps (spiral_session_value()).
 *
 * The past. After every step the headline quantities are kept (a row), and every `stride` steps
 * a snapshot, about 4 kB: at most SPIRAL_SESSION_SNAPSHOTS of them, so at most 9 MB however long
 * the run. In a run of up to so many steps every step has a snapshot, and going back costs
 * nothing; in a longer run the steps since the last snapshot are run again. Either way the state
 * is restored to the bit. Rows take 112 bytes a step, and each branch as much again. Runs of more
 * than SPIRAL_SESSION_STEPS steps are refused.
 *
 * Choices. A choice sets a number by name, gives a state a doctrine, or adds a move. What is run is
 * always `base`, the case as it was loaded, with the choices applied in the order of their dates,
 * so that a replay of the scenario with its entries gives the same bits.
 *
 *   Dated choices act from the present on: doctrines and their numbers, a state's greed and
 *   resolve, moves. Each becomes an entry of the timeline on the first day after the present: an
 *   entry acts in the step that leads over its date, so this one acts in the next step. A new
 *   doctrine removes the state's later changes of doctrine, as spiral_edit_doctrine() says. A
 *   number holds until the script's next change of the state's doctrine (of its greed, its
 *   resolve), and the text of the choice says until when.
 *   All other choices are of the whole run: constants, facts that have no date, the weights and
 *   dates of the case's own moves. The format has no date for them, and the model cannot let them
 *   differ before and after a date. So they hold from the start: the run is run again with the same
 *   seed up to the present, and the past changes with it. A window should say so at the slider
 *   (spiral_session_is_dated()).
 *
 * A choice that is made again in the same step (of the whole run: at any time) replaces the
 * earlier one, so a slider that is dragged leaves one choice. When the clock goes back beyond a
 * dated choice, the choice remains, and acts when its date comes.
 */
#ifndef SPIRAL_LIVE_SESSION_H
#define SPIRAL_LIVE_SESSION_H

#include <stdio.h>

#include "render/live/run_start.h"
#include "sim/branch.h"
#include "sim/quantities.h"

enum {
    SPIRAL_SESSION_SNAPSHOTS = 2048,
    SPIRAL_SESSION_STEPS = 100000,
    SPIRAL_SESSION_CHOICES = 500,
    SPIRAL_SESSION_BRANCHES = 4,
    SPIRAL_BRANCH_NAME = 64,
    SPIRAL_SESSION_UNDOS = 200, /* changes that can be taken back */
    SPIRAL_CHOICE_EXCEPTIONS = 64
};
#define SPIRAL_SLOWEST 0.25 /* years a second */
#define SPIRAL_FASTEST 64.0

/* The headline quantities after so many steps, in the order of quantities.def. Row 0 is the start;
 * what only a step calculates (the guarantees and the pressure) is that of the first step there. */
typedef double spiral_session_row[SPIRAL_QUANTITIES];

enum spiral_choice_kind { SPIRAL_CHOICE_NUMBER, SPIRAL_CHOICE_DOCTRINE, SPIRAL_CHOICE_MOVE };

/* One intervention: an entry of the log. */
struct spiral_choice {
    enum spiral_choice_kind kind;
    bool dated;         /* at a date; else of the whole run */
    long step;          /* the present in which it was made */
    char date_text[12]; /* of its entry, "" where it is of the whole run */
    char name[96];      /* of a number, as spiral_parameter_set() takes it */
    double value;       /* of a number; a move's weight */
    int actor;          /* a state */
    int target;         /* a state, or -1 */
    int move;           /* enum spiral_move */
    const struct spiral_doctrine *doctrine;
    char text_en[160]; /* what was done: "Ukraine: limited balance", "k.encircle = 2" */
    char text_zh[160];
    /* of a doctrine: later acts that are kept or dropped against the rule of spiral_edit_falls(),
     * by spiral_session_act_key() */
    size_t exception_count;
    uint64_t exceptions[SPIRAL_CHOICE_EXCEPTIONS];
};

/* A run that is kept, to be compared with the present one. */
struct spiral_session_branch {
    char name[SPIRAL_BRANCH_NAME];
    size_t colour; /* < SPIRAL_SESSION_BRANCHES, its own for as long as it is kept */
    uint64_t seed;
    long present; /* when it was frozen */
    long steps;
    size_t choice_count;
    struct spiral_choice *choices; /* [choice_count], what was chosen in it: held */
    spiral_session_row *rows;      /* [steps + 1], to the end of the run: held */
    double *war; /* [steps + 1], of runs from `present` on the share that had war by the step: held;
                    NULL: unknown */
    uint64_t runs;   /* of that share */
    size_t *holders; /* of the arrays: this session, and what can be undone */
};

/* What can be undone: the choices, the seed and the branches as they were. Inner. */
struct spiral_session_moment;
struct spiral_session_history {
    size_t undo_count;
    size_t redo_count;
    struct spiral_session_moment *undo; /* owned, oldest first */
    struct spiral_session_moment *redo; /* owned, the one to come first last */
};

struct spiral_session {
    /* what is run; read only */
    struct spiral_scenario base;     /* owned: as it was loaded */
    struct spiral_scenario scenario; /* owned: with the choices */
    struct spiral_constants base_constants;
    struct spiral_constants constants;
    struct spiral_plan_options options;
    const struct spiral_plan *plan;    /* of `scenario`: that of `shared` */
    struct spiral_shared_plan *shared; /* held */
    uint64_t seed;
    uint64_t revision; /* a serial number, new whenever the plan or the seed changes */
    /* the clock; `playing` and `speed` may be set */
    bool playing;
    double speed; /* years a second */
    double time;  /* steps, 0 .. plan->steps */
    long present; /* steps done: the whole step at or after `time` */
    /* the past; read only */
    long computed;            /* rows [0 .. computed] hold, present <= computed */
    spiral_session_row *rows; /* [plan->steps + 1] */
    long stride;
    struct spiral_snapshot *snapshots; /* [steps / stride + 1] */
    struct spiral_batch *batch;        /* a run in lane 0, where it was last needed */
    bool batch_stale;                  /* its plan is gone */
    /* the log; read only */
    size_t choice_count;
    struct spiral_choice choices[SPIRAL_SESSION_CHOICES]; /* in the order in which they were made */
    /* the present in which the log was last changed, under the choices before and after the change;
     * no start (plan NULL) where it was never changed */
    struct spiral_run_start before;
    struct spiral_run_start after;
    uint64_t before_serial;   /* new whenever `before` changes */
    uint64_t branches_serial; /* new whenever the branches change */
    size_t branch_count;
    struct spiral_session_branch branches[SPIRAL_SESSION_BRANCHES];
    struct spiral_session_history history;
};

/* --- life ------------------------------------------------------------------------------------- */

/* Begins a run at the start of the scenario, paused, at 1 year a second. The scenario is copied.
 * `options` (NULL: the defaults) may choose war_ends and assimilate, and nothing else: a saved
 * scenario says the rest. SPIRAL_BAD_INPUT or SPIRAL_NO_MEMORY leave *session NULL. */
enum spiral_status spiral_session_create(struct spiral_session **session,
                                         const struct spiral_scenario *scenario,
                                         const struct spiral_constants *constants,
                                         const struct spiral_plan_options *options, uint64_t seed,
                                         struct spiral_error *error);
void spiral_session_destroy(struct spiral_session *session); /* NULL is legal */

/* Goes back to the start under this seed; choices and branches stay. Another seed can be undone. */
void spiral_session_restart(struct spiral_session *session, uint64_t seed);

/* --- time ------------------------------------------------------------------------------------- */

/* Lets `seconds` of the viewer's time pass where the session is playing (a frame's time; more than
 * a tenth of a second counts as a tenth). At the end of the run it pauses. */
void spiral_session_advance(struct spiral_session *session, double seconds);
/* Pauses and goes to a step, forward or back, within 0 .. plan->steps. */
void spiral_session_seek(struct spiral_session *session, long step);
/* The step at or next after a date, within 0 .. plan->steps. */
long spiral_session_step_at(const struct spiral_session *session, double date);
/* Sets the speed, within SPIRAL_SLOWEST .. SPIRAL_FASTEST. */
void spiral_session_set_speed(struct spiral_session *session, double years_a_second);

/* --- what has happened ------------------------------------------------------------------------ */

/* A quantity at a time in steps, 0 .. computed: between two steps linear, but hostility, which
 * holds until it changes. */
double spiral_session_value(const struct spiral_session *session, enum spiral_quantity quantity,
                            double time);
/* The observed hostility with a neighbour (index of the plan's rivals) after a step, 1 .. 5, or
 * 0 before the first observation and at step 0. */
int spiral_session_observed(const struct spiral_session *session, int rival, long step);
/* Whether hostility has reached `level` by the present. */
bool spiral_session_reached(const struct spiral_session *session, double level);
/* The present as a start of runs; spiral_run_start_release() releases it. */
struct spiral_run_start spiral_session_start(struct spiral_session *session);
/* The run at the present, in lane 0: all its variables. Owned by the session, to be read before the
 * session is changed. */
const struct spiral_batch *spiral_session_batch(struct spiral_session *session);
/* spiral_batch_hash() of the present: equal runs have equal hashes. */
uint64_t spiral_session_hash(struct spiral_session *session);

/* --- choices ---------------------------------------------------------------------------------- */

/* Sets a number by its name in `base` (spiral_parameter_list() of base lists them).
 * SPIRAL_BAD_INPUT (unknown name, out of range, at the end of the run, log full) and
 * SPIRAL_NO_MEMORY change nothing; so for all choices. */
enum spiral_status spiral_session_set(struct spiral_session *session, const char *name,
                                      double value, struct spiral_error *error);
/* Gives a state the doctrine of the preset of this name. */
enum spiral_status spiral_session_set_doctrine(struct spiral_session *session, int state,
                                               const char *doctrine, struct spiral_error *error);
/* The same, but for `count` acts of the script, named by spiral_session_act_key(): of these, those
 * that would fall with the old course stay, and those that would stay fall. */
enum spiral_status spiral_session_set_doctrine_but(struct spiral_session *session, int state,
                                                   const char *doctrine, const uint64_t *acts,
                                                   size_t count, struct spiral_error *error);
/* Adds a move; target -1 for none (arm, disarm). Actor and target must be a pair of the
 * scenario. */
enum spiral_status spiral_session_move(struct spiral_session *session, int actor, int target,
                                       int move, double weight, struct spiral_error *error);
/* Releases a number: the choice of it that is in force at the present is taken out of the log.
 * Does nothing where there is none. */
enum spiral_status spiral_session_release(struct spiral_session *session, const char *name,
                                          struct spiral_error *error);
/* The choice of a number that is in force at the present, or NULL: a slider shows that it pins. */
const struct spiral_choice *spiral_session_pin(const struct spiral_session *session,
                                               const char *name);
/* Takes back the last change of choices, of the seed or of branches (a slider that was dragged is
 * one change); brings back what was undone last. The clock stays. Nothing to take back is
 * SPIRAL_OK. */
enum spiral_status spiral_session_undo(struct spiral_session *session, struct spiral_error *error);
enum spiral_status spiral_session_redo(struct spiral_session *session, struct spiral_error *error);
/* What was done so far can no longer be undone. */
void spiral_session_clear_history(struct spiral_session *session);
/* Takes back all choices. */
enum spiral_status spiral_session_forget(struct spiral_session *session,
                                         struct spiral_error *error);
/* Makes a start that was taken earlier the one before the last choice, so that several choices
 * count as one. The session owns it then. */
void spiral_session_compare_from(struct spiral_session *session, struct spiral_run_start *before);
/* Whether a number of this name acts from the present on; else it acts on the whole run. */
bool spiral_session_is_dated(const char *name);
/* The present value of a number by name, as a slider shows it: of a dated one the value in force
 * in the next step. False where the name is unknown. */
bool spiral_session_get(const struct spiral_session *session, const char *name, double *value);
/* Greed and resolve of a state, 0 .. 1, in force in the next step: spiral_session_get() of both
 * without a search among all names. */
double spiral_session_greed(const struct spiral_session *session, int state);
double spiral_session_resolve(const struct spiral_session *session, int state);
/* The eight numbers in force of a state in the next step, and the preset that they are, or NULL. */
const double *spiral_session_doctrine(const struct spiral_session *session, int state,
                                      const struct spiral_doctrine **preset);

/* What a move would do now. */
enum spiral_move_use {
    SPIRAL_MOVE_USEFUL,
    SPIRAL_MOVE_NO_PAIR,   /* the case has no relation between the two */
    SPIRAL_MOVE_NO_TARGET, /* it needs one */
    SPIRAL_MOVE_NO_TIE,    /* what it acts on does not exist between these two */
    SPIRAL_MOVE_NOTHING,   /* what it would raise or lower is at its limit already */
    SPIRAL_MOVE_AT_END     /* the run is at its end */
};
enum spiral_move_use spiral_session_move_use(struct spiral_session *session, int actor, int target,
                                             int move);

/* --- a doctrine, act by act ------------------------------------------------------------------- */

/* A change of doctrine before it is made: the later acts that may fall with the old course. */
struct spiral_session_turn {
    int state;
    const struct spiral_doctrine *doctrine;
    struct spiral_scenario scenario; /* owned: without the choice */
    size_t count;
    struct spiral_branch_act *acts; /* [count], owned, in order of date; `falls` may be changed */
};

/* Lists the acts. The caller clears the turn, also after an error. */
enum spiral_status spiral_session_turn_begin(struct spiral_session_turn *turn,
                                             const struct spiral_session *session, int state,
                                             const char *doctrine, struct spiral_error *error);
/* Makes the choice, with the acts as they are marked. */
enum spiral_status spiral_session_turn_take(const struct spiral_session_turn *turn,
                                            struct spiral_session *session,
                                            struct spiral_error *error);
void spiral_session_turn_clear(struct spiral_session_turn *turn);
/* Names an entry of a timeline by what it is: equal acts of one date have one key, which is the
 * same on every machine. */
uint64_t spiral_session_act_key(const struct spiral_entry *entry);

/* --- branches --------------------------------------------------------------------------------- */

/* Keeps the run as it is now chosen, to its end, as a branch of this name (UTF-8, cut off at
 * SPIRAL_BRANCH_NAME), with the share of `runs` runs from the present that had war by each step
 * where it is given ([steps + 1], read from the present on, or NULL: copied). SPIRAL_BAD_INPUT
 * where there are four. */
enum spiral_status spiral_session_add_branch(struct spiral_session *session, const char *name,
                                             const double *war, uint64_t runs,
                                             struct spiral_error *error);
/* What a branch of the run as it is chosen is called: "limited balance from 2004-12", "as it
 * was". */
void spiral_session_branch_name(const struct spiral_session *session, const char *language,
                                char name[SPIRAL_BRANCH_NAME]);
void spiral_session_drop_branch(struct spiral_session *session, size_t branch);

/* --- files ------------------------------------------------------------------------------------ */

/* Writes the scenario with what was chosen, under a title that says so, so that a run of it with
 * the options of its first lines has the same bits. What a scenario cannot hold is in a comment
 * that begins `# options:`, as the command line takes it: --seed, --set of constants, --war-ends,
 * --assimilate. The case that the session began with, its log and its branches are comments too,
 * from which saved.h makes the same session. Statuses are those of spiral_scenario_write(). */
enum spiral_status spiral_session_write(const struct spiral_session *session, FILE *out,
                                        struct spiral_error *error);
/* The same into a file, whole or not at all. */
enum spiral_status spiral_session_save(const struct spiral_session *session, const char *path,
                                       struct spiral_error *error);
/* The options in the first comment of a text: those that a session began with where it carries its
 * log (saved.h), else those of `# options:`. Where there is neither, nothing is changed. An error
 * has the number of its line. */
enum spiral_status spiral_session_read_options(const char *text, struct spiral_constants *constants,
                                               struct spiral_plan_options *options, uint64_t *seed,
                                               struct spiral_error *error);
/* Writes the rows up to the present as CSV: date, quantities, observed hostility per rival, what
 * was chosen; and the branches' rows likewise, named in the column `run`. SPIRAL_NO_MEMORY. */
enum spiral_status spiral_session_write_curves(const struct spiral_session *session, FILE *out,
                                               struct spiral_error *error);
/* The same into a file, whole or not at all; its metadata beside it. */
enum spiral_status spiral_session_export(const struct spiral_session *session, const char *path,
                                         struct spiral_error *error);

#endif
