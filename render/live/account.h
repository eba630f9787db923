/* SPDX-License-Identifier: MIT
 *
 * The live account: why the runs of what is chosen in a session come to war and to force, and the
 * gain of the loop of fear by date, calculated in the background. The account is that of
 * `spiral why` with the session's scenario, constants, seed and end: of the run from its start,
 * wherever the clock is.
 *
 * A first account of a few runs, with its gain, is shown soon; the whole one replaces it. One
 * thread works, and up to three more where there are processors for them; all of them step back
 * behind the drawing. They ask between two variants of the case whether the session has moved on.
 *
 * All functions are called from one thread, the window's.
 */
#ifndef SPIRAL_LIVE_ACCOUNT_H
#define SPIRAL_LIVE_ACCOUNT_H

#include "render/live/session.h"
#include "why/gain.h"
#include "why/why.h"

struct spiral_live_account;

/* How many runs are made. */
struct spiral_live_account_runs {
    uint64_t whole;        /* of the case, without each mechanism, without each act */
    uint64_t whole_subset; /* with each set of mechanisms */
    uint64_t first;        /* of the account that is shown soon: fewer than of the whole one */
    uint64_t first_subset;
    uint64_t gain; /* of the gain with the whole account */
    uint64_t first_gain;
};
/* As many as `spiral why` makes, and an eighth of them first. */
struct spiral_live_account_runs spiral_live_account_runs(void);

/* Read only. */
struct spiral_live_account_result {
    uint64_t number;   /* a serial number */
    uint64_t revision; /* of the session that it is of */
    bool complete;     /* as many runs as were asked for */
    bool failed;       /* nothing holds but `error` */
    struct spiral_error error;
    struct spiral_why why;
    struct spiral_gains gains;
};

/* Starts the thread, which waits. SPIRAL_NO_MEMORY where there is no memory, or no thread. */
enum spiral_status spiral_live_account_create(struct spiral_live_account **account,
                                              const struct spiral_live_account_runs *runs,
                                              struct spiral_error *error);
/* Ends the thread within a variant of the case, and frees all results. NULL is legal. */
void spiral_live_account_destroy(struct spiral_live_account *account);

/* Asks for the account of the session as it is, unless it was the last one asked for. Call it once
 * a frame while the account is shown. A change of choices or of the seed ends the work on the
 * previous one; the clock does not. Without memory nothing is asked for. */
void spiral_live_account_follow(struct spiral_live_account *account,
                                const struct spiral_session *session);
/* Nobody looks any longer: what is under way is given up. */
void spiral_live_account_rest(struct spiral_live_account *account);

/* The latest result of the session as it is now, or NULL before the first. It stays valid until the
 * next call. */
const struct spiral_live_account_result *spiral_live_account_latest(
    struct spiral_live_account *account, const struct spiral_session *session);
/* How much of what was asked for last is done, 0 .. 1. */
double spiral_live_account_progress(struct spiral_live_account *account);

/* Waits until what was asked for is complete. */
void spiral_live_account_wait(struct spiral_live_account *account);

#endif
