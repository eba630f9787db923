/* SPDX-License-Identifier: MIT
 *
 * A saved session as it was left: the case that it began with, its log, and its branches, with
 * their names, their colours and what their runs said.
 *
 * The file is a scenario that `spiral run` takes; the session is in the comment at its head. A file
 * whose scenario is not the one that the log makes of the case was changed by hand, and is refused.
 */
#ifndef SPIRAL_LIVE_SAVED_H
#define SPIRAL_LIVE_SAVED_H

#include "render/live/session.h"

struct spiral_saved_session {
    bool found;                  /* whether the text carries a session */
    bool point;                  /* whether its runs had one set of constants */
    struct spiral_scenario base; /* owned: the case that it began with; where found */
    const char *text;            /* of the file; not owned */
    const char *file;            /* what messages call it; not owned */
};

/* Reads what the text of a file carries, and checks it against `scenario`, which was loaded from
 * the same text. A text without a session is SPIRAL_OK. SPIRAL_BAD_INPUT, with the line, and
 * SPIRAL_NO_MEMORY leave *saved empty. Text and name must live as long as it does; the caller
 * clears it. */
enum spiral_status spiral_saved_session_read(struct spiral_saved_session *saved, const char *text,
                                             const char *file,
                                             const struct spiral_scenario *scenario,
                                             struct spiral_error *error);
void spiral_saved_session_clear(struct spiral_saved_session *saved);

/* Brings a new session of `saved->base` to what was saved: branches, log, present; nothing of it
 * can be undone. After an error the session can be used, with some of it. */
enum spiral_status spiral_saved_session_apply(const struct spiral_saved_session *saved,
                                              struct spiral_session *session,
                                              struct spiral_error *error);

#endif
