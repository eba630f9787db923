/* SPDX-License-Identifier: MIT
 *
 * A sweep: an experiment whose design points are run, and how its runs are divided into units of
 * work.
 *
 * Cell. A scenario at a design point, with the replicates that are run of it; the store keeps
 * results by cell. Cells are ordered by (scenario, point).
 *
 * Round. Replicates come in rounds of 32: round r runs replicates 32 r to 32 r + 31 of every cell
 * that is not done. Without a stop rule a cell is done when it has the experiment's replicates;
 * under one, when the interval of its risk is narrow enough, and so each round waits for the one
 * before.
 *
 * Unit of work. Some cells of one scenario, in one round: what a thread or an MPI process runs at
 * a time and a store commits at a time. A unit fills the lanes of its batches across its cells.
 *
 * Growing. A finished sweep can be asked for more replicates, or for the next points of its
 * sequence. Its cells then begin at the runs that they had (their base): a round runs what it has
 * beyond that. When all is done the bases are forgotten, and the sweep is as if it had been asked
 * for so much at once.
 *
 * Which units there are depends on the experiment, the shard and, under a stop rule, on how many
 * runs the cells have when the round begins; never on threads, time or order.
 * spiral_work_unit_run() runs a unit into a flat buffer, which one process can send to another,
 * and spiral_store_commit() adds that to the store. All sums are integers, so the store is the
 * same whatever the order of commits.
 */
#ifndef SPIRAL_SWEEP_SWEEP_H
#define SPIRAL_SWEEP_SWEEP_H

#include "sim/tally.h"
#include "tools/experiment/experiment.h"

/* Bins of an outcome's histogram, and the replicates of a round: whole batches, as lanes divide
 * them. */
enum { SPIRAL_SKETCH_BINS = 64, SPIRAL_ROUND_REPLICATES = 32 };
enum { SPIRAL_MOST_KEPT = SPIRAL_OUTCOMES + SPIRAL_MAX_OWN_OUTCOMES };

/* What the store has of a cell. */
struct spiral_cell {
    uint32_t runs;
    uint32_t base; /* runs that it had when its finished sweep was asked for more; else 0 */
    bool done;     /* it gets no more runs */
};

/* The time that the runs of a scenario cover. */
struct spiral_run_span {
    double start; /* years */
    double end;   /* years */
    double dt;    /* years */
    long steps;
};

struct spiral_sweep {
    struct spiral_experiment experiment; /* owned */
    struct spiral_design *design;        /* owned */
    char hash[17]; /* hexadecimal, of everything that determines the results, but the shard */
    int shard;     /* 1 .. shards: has the design points p with p % shards == shard - 1 */
    int shards;
    size_t points;                 /* of this shard */
    size_t cell_count;             /* scenarios times points */
    struct spiral_cell *cells;     /* owned */
    struct spiral_run_span *spans; /* [scenario]; owned */
    /* what is kept: outcomes of the table in its order, then the experiment's own */
    int outcome_count;
    int outcomes[SPIRAL_MOST_KEPT]; /* of the table; own: SPIRAL_OUTCOMES + index */
    struct spiral_measure measures[SPIRAL_MOST_KEPT];
    struct spiral_expression *expressions; /* [scenario * own_count + own]; owned */
};

/* Makes the sweep of an experiment, which it takes over (*experiment becomes the defaults). Draws
 * the design points where `design` is NULL; else takes that over. SPIRAL_BAD_INPUT,
 * SPIRAL_NO_MEMORY. The caller clears the sweep in any case. */
enum spiral_status spiral_sweep_create(struct spiral_sweep *sweep,
                                       struct spiral_experiment *experiment,
                                       struct spiral_design *design, int shard, int shards,
                                       struct spiral_error *error);
void spiral_sweep_clear(struct spiral_sweep *sweep);

/* The index of a cell's scenario, and of its design point in the whole design. */
size_t spiral_cell_case(const struct spiral_sweep *sweep, size_t cell);
size_t spiral_cell_point(const struct spiral_sweep *sweep, size_t cell);

/* The random stream of a replicate at a point: its number (common random numbers) or, where points
 * are independent, point * 2^32 + replicate. */
uint64_t spiral_replicate_stream(const struct spiral_sweep *sweep, size_t point,
                                 uint64_t replicate);

/* The model's constants with those that the experiment sets. */
struct spiral_constants spiral_sweep_constants(const struct spiral_experiment *experiment);

/* Adds up all cells: runs so far, runs when all are done (under a stop rule: at most), and how many
 * cells are done. */
void spiral_sweep_count(const struct spiral_sweep *sweep, uint64_t *runs, uint64_t *most,
                        size_t *cells_done);

/* --- sums (sums.c) ---------------------------------------------------------------------------- */

/* An outcome over the runs of a cell. A date is counted from the run's start, over the runs that
 * have one. */
struct spiral_sums {
    spiral_wide sum;    /* units of 2^-32 */
    spiral_wide square; /* sum of squares; units of 2^-64 */
    uint64_t count;
    uint32_t sketch[SPIRAL_SKETCH_BINS]; /* histogram over the outcome's bounds; dates: the run */
    uint32_t unused[2];                  /* pads to a multiple of 16 bytes */
};

void spiral_sums_add(struct spiral_sums *sums, const struct spiral_measure *outcome, double value,
                     const struct spiral_run_span *span);
void spiral_sums_merge(struct spiral_sums *into, const struct spiral_sums *from);
/* The mean (of a date: a calendar year) and the sum of squared deviations from it; 0 where no run
 * counts. */
double spiral_sums_mean(const struct spiral_sums *sums, const struct spiral_measure *outcome,
                        const struct spiral_run_span *span);
double spiral_sums_deviations(const struct spiral_sums *sums);
/* Whether a cell with so many runs is done; `sums` are those of the stop rule's outcome (NULL
 * without a rule). */
bool spiral_cell_is_done(const struct spiral_experiment *experiment, uint64_t runs,
                         const struct spiral_sums *sums);

/* --- schedules (schedule.c) ------------------------------------------------------------------- */

/* The units of one round or, without a stop rule, of all rounds from one on: every cell is then in
 * all of them. Units are numbered through: unit u of the i-th of these rounds has the index
 * i * unit_count + u. */
struct spiral_schedule {
    uint64_t first_round;
    uint64_t round_count; /* 1 under a stop rule and in a sweep that grows; 0: no rounds are left */
    size_t cell_count;
    size_t *cells;     /* that the rounds run, ascending; owned */
    size_t unit_count; /* of each round */
    size_t *first;     /* [unit_count + 1]: where each unit's cells begin in `cells`; owned */
};

/* Plans the round `round` and, without a stop rule, all after it. There are no units where all
 * cells were done before, and no rounds (`round_count`) beyond the last that a cell may have.
 * SPIRAL_NO_MEMORY. */
enum spiral_status spiral_schedule_create(struct spiral_schedule *schedule,
                                          const struct spiral_sweep *sweep, uint64_t round);
void spiral_schedule_clear(struct spiral_schedule *schedule); /* a cleared one is legal */

/* A unit of work: cells of one scenario, and which of their replicates to run. */
struct spiral_work_unit {
    uint64_t round;
    uint64_t number;     /* in its round */
    const size_t *cells; /* borrowed from the schedule */
    size_t cell_count;
    uint64_t first; /* replicate of each cell */
    uint64_t count; /* replicates of each cell */
};
/* The unit of an index, 0 .. round_count * unit_count - 1. */
struct spiral_work_unit spiral_schedule_unit(const struct spiral_sweep *sweep,
                                             const struct spiral_schedule *schedule,
                                             uint64_t index);

/* --- units of work (work_unit.c) -------------------------------------------------------------- */

/* The result of a unit: a block of `size` bytes that begins with this and can be copied as it is.
 * The functions below find its parts. */
struct spiral_work_result {
    uint64_t size; /* bytes in all */
    uint64_t round;
    uint64_t unit;
    uint64_t cells;      /* how many */
    uint64_t replicates; /* of each cell */
    uint64_t first;      /* the first of them */
    uint64_t outcomes;
    uint64_t runs_kept;    /* 1 where each run's outcomes are kept */
    uint64_t trajectories; /* kept of each cell: those of its first replicates */
    uint64_t dates;        /* of a trajectory: the start, and the end of each step */
    uint64_t unused[2];    /* pads to a multiple of 16 bytes */
};
/* [cells]: indices of cells. */
uint64_t *spiral_work_cells(struct spiral_work_result *result);
/* [cell * outcomes + outcome] */
struct spiral_sums *spiral_work_sums(struct spiral_work_result *result);
/* [(cell * replicates + replicate) * outcomes + outcome], where runs are kept */
double *spiral_work_runs(struct spiral_work_result *result);
/* [((cell * trajectories + trajectory) * dates + step) * SPIRAL_QUANTITIES + quantity] */
double *spiral_work_trajectories(struct spiral_work_result *result);

/* What a thread needs to run units: scenarios to set parameters in, plans, a batch. The sweep must
 * outlive it. */
struct spiral_workspace;
enum spiral_status spiral_workspace_create(struct spiral_workspace **workspace,
                                           const struct spiral_sweep *sweep,
                                           struct spiral_error *error);
void spiral_workspace_destroy(struct spiral_workspace *workspace); /* NULL is legal */

/* Runs a unit. The caller frees *result. SPIRAL_BAD_INPUT names a cell whose values break a rule
 * of its scenario; SPIRAL_NO_MEMORY. */
enum spiral_status spiral_work_unit_run(struct spiral_workspace *workspace,
                                        const struct spiral_work_unit *unit,
                                        struct spiral_work_result **result,
                                        struct spiral_error *error);

#endif
