/* SPDX-License-Identifier: MIT
 *
 * How far a sweep is, on stderr: a line that is written over on a terminal, else a line a minute.
 */
#ifndef SPIRAL_RUNNER_PROGRESS_H
#define SPIRAL_RUNNER_PROGRESS_H

#include "tools/runner/runner.h"

struct spiral_progress {
    const char *label;
    bool quiet;
    bool terminal;
    double started;
    double shown;
    uint64_t runs_before; /* in the store when the sweep began to run */
    uint64_t runs, most;  /* now, and when it is done */
    size_t cells_done;
    uint64_t events, counted; /* of the risk that is told, in the runs of this process */
    int risk;                 /* index among the outcomes kept; -1: none is kept */
};

void spiral_progress_begin(struct spiral_progress *progress, const struct spiral_sweep *sweep,
                           const struct spiral_sweep_options *options);
/* After a unit's commit. */
void spiral_progress_show(struct spiral_progress *progress, const struct spiral_sweep *sweep,
                          struct spiral_unit_result *result);
void spiral_progress_end(struct spiral_progress *progress, const struct spiral_sweep *sweep);

#endif
