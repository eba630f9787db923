/* SPDX-License-Identifier: MIT
 *
 * What can be undone: before every change of the log, the seed or the branches the session's state
 * is remembered, and undo and redo go from one to the next.
 */
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"

struct spiral_session_moment {
    uint64_t seed;
    size_t choice_count;
    struct spiral_choice *choices; /* owned */
    size_t branch_count;
    struct spiral_session_branch branches[SPIRAL_SESSION_BRANCHES]; /* held */
};

static void clear_moment(struct spiral_session_moment *moment)
{
    free(moment->choices);
    for (size_t b = 0; b < moment->branch_count; b++)
        spiral_session_branch_release(&moment->branches[b]);
    *moment = (struct spiral_session_moment){.choices = NULL};
}

/* The session as it is; false where there is no memory. */
static bool take_moment(const struct spiral_session *session, struct spiral_session_moment *moment)
{
    const size_t size = session->choice_count * sizeof *moment->choices;

    *moment = (struct spiral_session_moment){.seed = session->seed,
                                             .choice_count = session->choice_count,
                                             .choices = malloc(size + 1),
                                             .branch_count = session->branch_count};
    if (moment->choices == NULL)
        return false;
    memcpy(moment->choices, session->choices, size);

    for (size_t b = 0; b < session->branch_count; b++) {
        moment->branches[b] = session->branches[b];
        ++*moment->branches[b].holders;
    }

    return true;
}

/* Adds the session as it is to a list of moments; the oldest of a full list is forgotten. */
static bool push_moment(const struct spiral_session *session, struct spiral_session_moment **list,
                        size_t *count)
{
    struct spiral_session_moment moment;

    if (*list == NULL)
        *list = calloc(SPIRAL_SESSION_UNDOS, sizeof **list);
    if (*list == NULL || !take_moment(session, &moment))
        return false;

    if (*count == SPIRAL_SESSION_UNDOS) {
        clear_moment(&(*list)[0]);
        memmove(*list, *list + 1, --*count * sizeof **list);
    }
    (*list)[(*count)++] = moment;

    return true;
}

static void clear_list(struct spiral_session_moment *list, size_t *count)
{
    while (*count > 0)
        clear_moment(&list[--*count]);
}

void spiral_session_remember(struct spiral_session *session)
{
    struct spiral_session_history *history = &session->history;

    clear_list(history->redo, &history->redo_count);
    push_moment(session, &history->undo, &history->undo_count);
}

void spiral_session_history_clear(struct spiral_session_history *history)
{
    clear_list(history->undo, &history->undo_count);
    clear_list(history->redo, &history->redo_count);
    free(history->undo);
    free(history->redo);
    *history = (struct spiral_session_history){.undo = NULL};
}

void spiral_session_clear_history(struct spiral_session *session)
{
    spiral_session_history_clear(&session->history);
}

/* --- undo and redo ---------------------------------------------------------------------------- */

/* The log of the moment replaces the session's; then its seed and branches do. */
static enum spiral_status restore(struct spiral_session *session,
                                  const struct spiral_session_moment *moment,
                                  struct spiral_error *error)
{
    const uint64_t seed = session->seed;

    spiral_session_batch(session); /* what it was is compared under the seed that it had */
    session->seed = moment->seed;

    const enum spiral_status status =
        spiral_session_change_log(session, moment->choices, moment->choice_count, -1, false, error);

    if (status != SPIRAL_OK) {
        session->seed = seed;
        return status;
    }

    for (size_t b = 0; b < session->branch_count; b++)
        spiral_session_branch_release(&session->branches[b]);
    for (size_t b = 0; b < moment->branch_count; b++) {
        session->branches[b] = moment->branches[b];
        ++*session->branches[b].holders;
    }
    session->branch_count = moment->branch_count;
    session->branches_serial = spiral_live_serial();

    return SPIRAL_OK;
}

/* Goes to the last moment of one list, and adds the present to the other. */
static enum spiral_status go_to_last(struct spiral_session *session,
                                     struct spiral_session_moment *from, size_t *from_count,
                                     struct spiral_session_moment **to, size_t *to_count,
                                     struct spiral_error *error)
{
    if (*from_count == 0)
        return SPIRAL_OK;
    if (!push_moment(session, to, to_count))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to undo");

    const enum spiral_status status = restore(session, &from[*from_count - 1], error);

    if (status == SPIRAL_OK)
        clear_moment(&from[--*from_count]);
    else
        clear_moment(&(*to)[--*to_count]);

    return status;
}

enum spiral_status spiral_session_undo(struct spiral_session *session, struct spiral_error *error)
{
    struct spiral_session_history *history = &session->history;

    return go_to_last(session, history->undo, &history->undo_count, &history->redo,
                      &history->redo_count, error);
}

enum spiral_status spiral_session_redo(struct spiral_session *session, struct spiral_error *error)
{
    struct spiral_session_history *history = &session->history;

    return go_to_last(session, history->redo, &history->redo_count, &history->undo,
                      &history->undo_count, error);
}
