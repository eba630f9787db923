/* SPDX-License-Identifier: MIT
 *
 * What the files of a session share with each other. Inner header.
 */
#ifndef SPIRAL_LIVE_SESSION_PARTS_H
#define SPIRAL_LIVE_SESSION_PARTS_H

#include "render/live/serial.h"
#include "render/live/session.h"

/* --- past.c ----------------------------------------------------------------------------------- */

/* Makes room for the rows and snapshots of the session's plan. SPIRAL_BAD_INPUT where it has too
 * many steps, or SPIRAL_NO_MEMORY; spiral_session_destroy() frees what there is. */
enum spiral_status spiral_session_allocate(struct spiral_session *session,
                                           struct spiral_error *error);
/* Runs on until a step is computed. */
void spiral_session_compute(struct spiral_session *session, long step);
/* What was computed after this step no longer holds; -1: nothing holds. */
void spiral_session_truncate(struct spiral_session *session, long step);

/* --- choices.c -------------------------------------------------------------------------------- */

/* Replaces the log, and the scenario and plan made of it. The change acts from this step on (-1: on
 * the whole run). `keep_before`: it is compared with what the last one is compared with. */
enum spiral_status spiral_session_change_log(struct spiral_session *session,
                                             const struct spiral_choice *choices, size_t count,
                                             long from, bool keep_before,
                                             struct spiral_error *error);
/* The choices that stay where this one is made: writes them (room for choice_count) and returns
 * how many. */
size_t spiral_session_kept_choices(const struct spiral_session *session,
                                   const struct spiral_choice *choice, struct spiral_choice *kept);
/* A choice of a doctrine at the present; SPIRAL_BAD_INPUT says what is wrong. */
enum spiral_status spiral_session_doctrine_choice(const struct spiral_session *session, int state,
                                                  const char *doctrine,
                                                  struct spiral_choice *choice,
                                                  struct spiral_error *error);
/* Adds a choice to the log. */
enum spiral_status spiral_session_add_choice(struct spiral_session *session,
                                             const struct spiral_choice *choice,
                                             struct spiral_error *error);

/* --- branches.c ------------------------------------------------------------------------------- */

/* Lets go of a branch's arrays; those that nobody holds are freed. */
void spiral_session_branch_release(struct spiral_session_branch *branch);

/* --- history.c -------------------------------------------------------------------------------- */

/* Remembers the session before a change; what was undone can no longer be brought back. Without
 * memory the change cannot be undone. */
void spiral_session_remember(struct spiral_session *session);
void spiral_session_history_clear(struct spiral_session_history *history);

/* --- compile.c -------------------------------------------------------------------------------- */

/* Makes a scenario, its constants and a plan of `base` and choices. The caller releases the plan
 * and clears the scenario; both are empty after an error. */
enum spiral_status spiral_session_compile(const struct spiral_session *session,
                                          const struct spiral_choice *choices, size_t count,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants,
                                          struct spiral_shared_plan **plan,
                                          struct spiral_error *error);

/* Copies the session's sets of constants, if any, and gives each of them the constants that were
 * chosen. The caller clears the copy. SPIRAL_NO_MEMORY leaves it empty. */
enum spiral_status spiral_session_constant_sets(struct spiral_constant_sets *sets,
                                                const struct spiral_session *session,
                                                const struct spiral_choice *choices, size_t count,
                                                const struct spiral_constants *constants);

/* --- options.c -------------------------------------------------------------------------------- */

/* The lines of the comment at the head of a saved session, in this order: options for `spiral run`;
 * options that the session began with; of each branch its colour and recipe, the number of runs and
 * the share of them that had war by each step (where it is known), its name; the recipe of the
 * session; the number of lines of the case that it began with, and those lines. */
#define SPIRAL_OPTIONS_MARK "# options:"
#define SPIRAL_SESSION_MARK "# session: v1"
#define SPIRAL_SESSION_BRANCH "# branch: "
#define SPIRAL_SESSION_WAR "# war: "
#define SPIRAL_SESSION_NAME "# name: "
#define SPIRAL_SESSION_LOG "# log: "
#define SPIRAL_SESSION_CASE "# case: "
#define SPIRAL_SESSION_LINE "#|"

/* Writes options, and an end of line: with them a run has these constants and this seed. */
void spiral_session_write_options(const struct spiral_session *session,
                                  const struct spiral_constants *constants, uint64_t seed,
                                  FILE *out);
/* The rest of the line that begins with a mark, in the first comment of a text, and the number of
 * that line; NULL where there is none. */
const char *spiral_session_find_line(const char *text, const char *mark, int *number);
/* spiral_session_read_options() of the line with this mark. An error has its number. */
enum spiral_status spiral_session_read_marked(const char *text, const char *mark,
                                              struct spiral_constants *constants,
                                              struct spiral_plan_options *options, uint64_t *seed,
                                              struct spiral_error *error);

/* --- log_write.c ------------------------------------------------------------------------------ */

/* Writes the comment at the head of a saved session. */
enum spiral_status spiral_session_write_log(const struct spiral_session *session, FILE *out,
                                            struct spiral_error *error);

/* --- choices.c -------------------------------------------------------------------------------- */

/* Writes the first day that lies after a date by more than the rounding of a step: the earliest
 * date that acts in the step that follows. */
void spiral_session_first_day_after(double date, double dt, char text[12]);

#endif
