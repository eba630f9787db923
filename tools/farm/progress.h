/* SPDX-License-Identifier: MIT
 *
 * The progress of a long command, on stderr: on a terminal a line that is rewritten five times a
 * second, elsewhere a line a minute. All commands show the same line:
 *
 *     LABEL: PHASE: 12 of 24 cells done, 288 of 576 runs, 4100 a second, 40 s left, NOTE
 */
#ifndef SPIRAL_FARM_PROGRESS_H
#define SPIRAL_FARM_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The caller writes the counts, one thread at a time, and then calls spiral_progress_show(). */
struct spiral_progress {
    const char *label;    /* what the command works on; NULL: shows nothing */
    char phase[120];      /* its present part, as "all cases, generation 3"; "": it has no parts */
    const char *items;    /* what is counted beside runs, as "cells"; NULL: nothing */
    size_t items_done;    /* items */
    size_t item_count;    /* items */
    uint64_t runs;        /* done, in all */
    uint64_t runs_before; /* of them, done before the clock started */
    uint64_t most_runs;   /* when all is done; 0: not known */
    bool bounded;         /* `most_runs` is an upper bound: the work may end earlier */
    char note[48];        /* the last thing on the line; "": none */
    bool terminal;        /* stderr is one */
    double started;       /* spiral_clock() */
    double shown;         /* spiral_clock() */
};

/* Starts the clock, with all counts 0. `label` stays the caller's; NULL shows nothing. */
void spiral_progress_start(struct spiral_progress *progress, const char *label);

/* Begins another part, of at most `most_runs` runs (0: not known), and restarts the clock. */
void spiral_progress_begin_phase(struct spiral_progress *progress, uint64_t most_runs,
                                 const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Whether a line is due, so that costly counts are only made for one. */
bool spiral_progress_is_due(const struct spiral_progress *progress);

/* Shows the line where one is due. */
void spiral_progress_show(struct spiral_progress *progress);

/* Ends: wipes the line from the terminal, or leaves a last one that says what was done. */
void spiral_progress_wipe(struct spiral_progress *progress);
void spiral_progress_leave(struct spiral_progress *progress);

/* How long the rest takes at the rate so far: ", 40 s left" or ", 2.5 h left"; "" where nothing is
 * done yet and the rate is unknown. `rest` and `done` are in one unit. */
enum { SPIRAL_TIME_LEFT_SIZE = 40 };
void spiral_progress_time_left(char text[SPIRAL_TIME_LEFT_SIZE], double rest, double done,
                               double seconds);

#endif
