/* SPDX-License-Identifier: MIT
 *
 * A sweep: an experiment with its points, cut into cells, rounds and units of work.
 *
 * A cell is a scenario at a point; cells are ordered by (scenario, point). Round r runs
 * replicates 32 r .. 32 r + 31 of every cell that still wants some. The cells of a round are
 * cut, scenario by scenario, into units of about the same work; a unit's lanes are filled across
 * its cells. What a unit is depends on the experiment, the shard and, under a stop rule, on the
 * cells' own counts at the round's beginning: never on threads, time or order. spiral_unit_run()
 * works a unit out into a flat buffer, which can be sent from one process to another, and
 * spiral_store_commit() adds it to the store. All sums are integers, so that the store is the
 * same whatever the order of commits.
 */
#ifndef SPIRAL_SWEEP_SWEEP_H
#define SPIRAL_SWEEP_SWEEP_H

#include "sim/tally.h"
#include "tools/experiment/experiment.h"

enum {
    SPIRAL_SKETCH_BINS = 64,
    SPIRAL_ROUND = 32
}; /* replicates of a round: whole batches where lanes are a divisor of it */

/* What the store knows of a cell: runs in it, and whether it wants no more. */
struct spiral_cell {
    uint32_t runs;
    bool done;
};

/* The instants between which the runs of a scenario lie. */
struct spiral_run_span {
    double start; /* years */
    double end;   /* years */
    double dt;    /* years */
    long steps;
};

struct spiral_sweep {
    struct spiral_experiment experiment; /* owned */
    struct spiral_design *design;        /* owned */
    char hash[17];     /* of everything that its results follow from, but the shard; hexadecimal */
    int shard, shards; /* 1 .. shards: the points p with p % shards == shard - 1 */
    size_t points;     /* of this shard */
    size_t cell_count; /* scenarios times points */
    struct spiral_cell *cells;     /* owned */
    struct spiral_run_span *spans; /* [scenario]; owned */
    int outcome_count;
    int outcomes[SPIRAL_OUTCOMES]; /* those kept, in the table's order */
};

/* Makes the sweep of an experiment, which it takes over (*experiment is the defaults then):
 * draws the points, unless `design` has them, which it then owns too. SPIRAL_BAD_INPUT,
 * SPIRAL_NO_MEMORY; the sweep is to be cleared in any case. */
enum spiral_status spiral_sweep_create(struct spiral_sweep *sweep,
                                       struct spiral_experiment *experiment,
                                       struct spiral_design *design, int shard, int shards,
                                       struct spiral_error *error);
void spiral_sweep_clear(struct spiral_sweep *sweep);

/* The scenario and the point of a cell. */
size_t spiral_cell_case(const struct spiral_sweep *sweep, size_t cell);
size_t spiral_cell_point(const struct spiral_sweep *sweep, size_t cell);

/* The stream of a replicate at a point: its number, or where points are independent point * 2^32
 * + replicate. */
uint64_t spiral_replicate_stream(const struct spiral_sweep *sweep, size_t point,
                                 uint64_t replicate);

/* The constants of the experiment: this program's, with what the experiment sets. */
struct spiral_constants spiral_sweep_constants(const struct spiral_experiment *experiment);

/* Runs and wanted runs of all cells; under a stop rule the latter is the most there can be. */
void spiral_sweep_count(const struct spiral_sweep *sweep, uint64_t *runs, uint64_t *most,
                        size_t *cells_done);

/* --- sums (sums.c) ---------------------------------------------------------------------------- */

/* An outcome over the runs of a cell. A date counts from the run's start, over the runs that
 * have one. */
struct spiral_sums {
    spiral_wide sum, square; /* units of 2^-32 and 2^-64 */
    uint64_t count;
    uint32_t sketch[SPIRAL_SKETCH_BINS]; /* over the outcome's bounds, of a date over the run */
    uint32_t unused[2];                  /* makes the size whole */
};

void spiral_sums_add(struct spiral_sums *sums, int outcome, double value,
                     const struct spiral_run_span *span);
void spiral_sums_merge(struct spiral_sums *into, const struct spiral_sums *from);
/* The mean (a date: in years of the calendar) and the sum of squared deviations from it, 0 where
 * nothing counts. */
double spiral_sums_mean(const struct spiral_sums *sums, int outcome,
                        const struct spiral_run_span *span);
double spiral_sums_deviations(const struct spiral_sums *sums);
/* Whether a cell with these runs is done; `sums` are of the stop rule's outcome (NULL without
 * one). */
bool spiral_cell_is_done(const struct spiral_experiment *experiment, uint64_t runs,
                         const struct spiral_sums *sums);

/* --- rounds (rounds.c) ------------------------------------------------------------------------ */

/* A round, or several that have the same cells: then unit u of the how-manieth round stands
 * after all of those before. */
struct spiral_round {
    uint64_t number; /* of the first */
    uint64_t rounds; /* 1 under a stop rule, else all that are left */
    size_t live_count;
    size_t *live;  /* cells, ascending; owned */
    size_t units;  /* of a round */
    size_t *first; /* [units + 1]: where each unit begins in `live`; owned */
};

/* The round `number` and, without a stop rule, all after it. *round has no units where no cell
 * wants more. */
enum spiral_status spiral_round_create(struct spiral_round *round, const struct spiral_sweep *sweep,
                                       uint64_t number);
void spiral_round_clear(struct spiral_round *round);

/* A unit of a round: some cells of one scenario, and which of their replicates. */
struct spiral_unit {
    uint64_t round;
    uint64_t number;
    const size_t *cells; /* in the round */
    size_t cell_count;
    uint64_t first; /* replicates */
    uint64_t count; /* replicates */
};
struct spiral_unit spiral_round_unit(const struct spiral_sweep *sweep,
                                     const struct spiral_round *round, uint64_t index);

/* --- units (units.c) -------------------------------------------------------------------------- */

/* What comes of a unit: one block of `size` bytes, parts found by the functions below. */
struct spiral_unit_result {
    uint64_t size; /* bytes in all */
    uint64_t round;
    uint64_t unit;
    uint64_t cells, replicates,
        first; /* how many cells; how many replicates of each, from which on */
    uint64_t outcomes;
    uint64_t runs_kept;    /* 1 where each run's outcomes follow */
    uint64_t trajectories; /* of so many replicates of each cell, from the first */
    uint64_t steps;        /* of a run */
    uint64_t unused[2];
};
uint64_t *spiral_unit_cells(struct spiral_unit_result *result); /* [cells] */
struct spiral_sums *spiral_unit_sums(
    struct spiral_unit_result *result); /* [cell * outcomes + outcome] */
double *spiral_unit_runs(
    struct spiral_unit_result *result); /* [(cell * replicates + replicate) * outcomes + outcome] */
double *spiral_unit_trajectories(
    struct spiral_unit_result
        *result); /* [((cell * trajectories + t) * steps + step) * SPIRAL_QUANTITIES + quantity] */

/* What a thread needs to run units: scenarios to set numbers in, plans, a batch. */
struct spiral_workspace;
enum spiral_status spiral_workspace_create(struct spiral_workspace **workspace,
                                           const struct spiral_sweep *sweep,
                                           struct spiral_error *error);
void spiral_workspace_destroy(struct spiral_workspace *workspace); /* NULL is legal */

/* Runs a unit. The caller frees *result. SPIRAL_BAD_INPUT names a cell whose numbers break a
 * rule of its scenario; SPIRAL_NO_MEMORY. */
enum spiral_status spiral_unit_run(struct spiral_workspace *workspace,
                                   const struct spiral_unit *unit,
                                   struct spiral_unit_result **result, struct spiral_error *error);

#endif
