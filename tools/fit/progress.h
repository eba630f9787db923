/* SPDX-License-Identifier: MIT
 *
 * How far a calibration is, on stderr: a line that is written over on a terminal, else a line a
 * minute.
 */
#ifndef SPIRAL_FIT_PROGRESS_H
#define SPIRAL_FIT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct spiral_fit_progress {
    bool quiet;
    bool terminal;
    double started;      /* of the phase; seconds */
    double shown;        /* of the phase; seconds */
    char phase[120];     /* what is being done: "all cases, generation 3" */
    uint64_t runs, most; /* of the phase: done, and at most (0: not known) */
    double best;         /* distance so far; NaN: none */
};

void spiral_fit_progress_begin(struct spiral_fit_progress *progress, bool quiet);
/* Another phase, of so many runs at most. */
void spiral_fit_progress_phase(struct spiral_fit_progress *progress, uint64_t most,
                               const char *format, ...) __attribute__((format(printf, 3, 4)));
/* So many more runs are done. */
void spiral_fit_progress_add(struct spiral_fit_progress *progress, uint64_t runs);
/* Clears the line. */
void spiral_fit_progress_end(struct spiral_fit_progress *progress);

#endif
