/* SPDX-License-Identifier: MIT
 *
 * Rounds divided into units of work.
 */
#include <stdlib.h>

#include "tools/sweep/sweep.h"

/* A unit has at most so many batches. Under a stop rule, where the next round waits for the present
 * one, a round has so many units if it can, for as many threads to share. */
enum { MOST_BATCHES = 32, WANTED_UNITS = 16 };

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* How many cells a unit has at most: its share of the whole work, in whole batches where cells can
 * fill them. */
static size_t most_cells_in_unit(const struct spiral_sweep *sweep)
{
    const size_t replicates =
        smaller(spiral_experiment_most_replicates(&sweep->experiment), SPIRAL_ROUND_REPLICATES);
    const size_t wanted = sweep->experiment.stop.outcome >= 0 ? WANTED_UNITS : 1;
    size_t batches = sweep->cell_count * replicates / SPIRAL_LANES / wanted;

    batches = batches < 1 ? 1 : smaller(batches, MOST_BATCHES);

    /* The fewest cells whose replicates fill batches. */
    size_t whole = SPIRAL_LANES;

    while (whole % 2 == 0 && whole / 2 * replicates % SPIRAL_LANES == 0)
        whole /= 2;

    const size_t cells = batches * SPIRAL_LANES / replicates;

    return (cells + whole - 1) / whole * whole;
}

/* The first replicate that a cell runs in the round that begins after `before` replicates. */
static uint64_t first_replicate(const struct spiral_cell *cell, uint64_t before)
{
    return cell->base > before ? cell->base : before;
}

/* Whether a cell is in that round, which ends before the replicate `past`. A cell that is done by
 * now was in it if it has runs of it: a schedule is the same before and after its work. */
static bool is_scheduled(const struct spiral_cell *cell, uint64_t before, uint64_t past)
{
    const uint64_t first = first_replicate(cell, before);

    return first < past && (!cell->done || cell->runs > first);
}

/* Divides the schedule's cells: a unit ends with its scenario, where cells begin elsewhere, or when
 * it is full. */
static void divide_cells(struct spiral_schedule *schedule, const struct spiral_sweep *sweep)
{
    const size_t most = most_cells_in_unit(sweep);
    const uint64_t before = schedule->first_round * SPIRAL_ROUND_REPLICATES;
    size_t begun = 0; /* where the present unit begins */

    for (size_t i = 0; i < schedule->cell_count; i++) {
        const bool other_case = i > 0 && spiral_cell_case(sweep, schedule->cells[i]) !=
                                             spiral_cell_case(sweep, schedule->cells[i - 1]);

        const bool other_start =
            i > 0 && first_replicate(&sweep->cells[schedule->cells[i]], before) !=
                         first_replicate(&sweep->cells[schedule->cells[i - 1]], before);

        if (i == 0 || other_case || other_start || i - begun == most) {
            begun = i;
            schedule->first[schedule->unit_count++] = i;
        }
    }

    schedule->first[schedule->unit_count] = schedule->cell_count;
}

enum spiral_status spiral_schedule_create(struct spiral_schedule *schedule,
                                          const struct spiral_sweep *sweep, uint64_t round)
{
    const uint64_t most = spiral_experiment_most_replicates(&sweep->experiment);
    const uint64_t all = (most + SPIRAL_ROUND_REPLICATES - 1) / SPIRAL_ROUND_REPLICATES;

    *schedule = (struct spiral_schedule){.first_round = round};
    if (round >= all)
        return SPIRAL_OK;

    bool grows = false;

    for (size_t cell = 0; cell < sweep->cell_count; cell++)
        grows = grows || sweep->cells[cell].base > 0;

    /* Rounds have the same cells only where none begins in the middle. */
    schedule->round_count = sweep->experiment.stop.outcome >= 0 || grows ? 1 : all - round;
    schedule->cells = calloc(sweep->cell_count, sizeof *schedule->cells);
    schedule->first = calloc(sweep->cell_count + 1, sizeof *schedule->first);

    if (schedule->cells == NULL || schedule->first == NULL) {
        spiral_schedule_clear(schedule);
        return SPIRAL_NO_MEMORY;
    }

    const uint64_t before = round * SPIRAL_ROUND_REPLICATES;
    const uint64_t past =
        most - before < SPIRAL_ROUND_REPLICATES ? most : before + SPIRAL_ROUND_REPLICATES;

    for (size_t cell = 0; cell < sweep->cell_count; cell++)
        if (is_scheduled(&sweep->cells[cell], before, past))
            schedule->cells[schedule->cell_count++] = cell;

    divide_cells(schedule, sweep);

    return SPIRAL_OK;
}

void spiral_schedule_clear(struct spiral_schedule *schedule)
{
    free(schedule->cells);
    free(schedule->first);
    *schedule = (struct spiral_schedule){.round_count = 0};
}

struct spiral_work_unit spiral_schedule_unit(const struct spiral_sweep *sweep,
                                             const struct spiral_schedule *schedule, uint64_t index)
{
    const uint64_t number = index % schedule->unit_count;
    const uint64_t round = schedule->first_round + index / schedule->unit_count;
    const uint64_t before = round * SPIRAL_ROUND_REPLICATES;
    const uint64_t most = spiral_experiment_most_replicates(&sweep->experiment);
    const uint64_t past =
        most - before < SPIRAL_ROUND_REPLICATES ? most : before + SPIRAL_ROUND_REPLICATES;
    const size_t *cells = schedule->cells + schedule->first[number];
    const uint64_t first = first_replicate(&sweep->cells[cells[0]], before);

    return (struct spiral_work_unit){
        .round = round,
        .number = number,
        .cells = cells,
        .cell_count = schedule->first[number + 1] - schedule->first[number],
        .first = first,
        .count = past - first,
    };
}
