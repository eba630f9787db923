/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "tools/sweep/sweep.h"

/* A unit is at most so many batches. Under a stop rule, where the next round waits for the
 * present one, a round is so many units where it can be. */
enum { MOST_BATCHES = 32, WANTED_UNITS = 16 };

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* How many cells a unit has at most: of all cells' work its share, in whole batches where cells
 * can fill them. */
static size_t cells_a_unit(const struct spiral_sweep *sweep)
{
    const size_t replicates =
        smaller(spiral_experiment_most_replicates(&sweep->experiment), SPIRAL_ROUND);
    const size_t wanted = sweep->experiment.stop.outcome >= 0 ? WANTED_UNITS : 1;
    size_t batches = sweep->cell_count * replicates / SPIRAL_LANES / wanted;

    batches = batches < 1 ? 1 : smaller(batches, MOST_BATCHES);

    size_t whole = SPIRAL_LANES; /* the fewest cells whose replicates fill batches */

    while (whole % 2 == 0 && whole / 2 * replicates % SPIRAL_LANES == 0)
        whole /= 2;

    const size_t cells = batches * SPIRAL_LANES / replicates;

    return (cells + whole - 1) / whole * whole;
}

/* Cells that ran in a round or still want to: done ones that had more runs than came before it
 * were in it. */
static bool was_live(const struct spiral_cell *cell, uint64_t before)
{
    return !cell->done || cell->runs > before;
}

static void cut(struct spiral_round *round, const struct spiral_sweep *sweep)
{
    const size_t most = cells_a_unit(sweep);

    for (size_t i = 0; i < round->live_count; i++) {
        const size_t begun = round->units == 0 ? 0 : round->first[round->units - 1];
        const bool other_case = i > 0 && spiral_cell_case(sweep, round->live[i]) !=
                                             spiral_cell_case(sweep, round->live[i - 1]);
        if (i == 0 || other_case || i - begun == most)
            round->first[round->units++] = i;
    }

    round->first[round->units] = round->live_count;
}

enum spiral_status spiral_round_create(struct spiral_round *round, const struct spiral_sweep *sweep,
                                       uint64_t number)
{
    const uint64_t most = spiral_experiment_most_replicates(&sweep->experiment);
    const uint64_t all = (most + SPIRAL_ROUND - 1) / SPIRAL_ROUND;

    *round =
        (struct spiral_round){.number = number,
                              .rounds = sweep->experiment.stop.outcome >= 0 ? 1 : all - number};

    if (number >= all) {
        round->rounds = 0;
        return SPIRAL_OK;
    }

    round->live = calloc(sweep->cell_count, sizeof *round->live);
    round->first = calloc(sweep->cell_count + 1, sizeof *round->first);

    if (round->live == NULL || round->first == NULL) {
        spiral_round_clear(round);
        return SPIRAL_NO_MEMORY;
    }

    for (size_t cell = 0; cell < sweep->cell_count; cell++)
        if (was_live(&sweep->cells[cell], number * SPIRAL_ROUND))
            round->live[round->live_count++] = cell;

    cut(round, sweep);

    return SPIRAL_OK;
}

void spiral_round_clear(struct spiral_round *round)
{
    free(round->live);
    free(round->first);
    *round = (struct spiral_round){.rounds = 0};
}

struct spiral_unit spiral_round_unit(const struct spiral_sweep *sweep,
                                     const struct spiral_round *round, uint64_t index)
{
    const uint64_t number = index % round->units;
    const uint64_t which = round->number + index / round->units;
    const uint64_t first = which * SPIRAL_ROUND;
    const uint64_t most = spiral_experiment_most_replicates(&sweep->experiment);

    return (struct spiral_unit){
        .round = which,
        .number = number,
        .cells = round->live + round->first[number],
        .cell_count = round->first[number + 1] - round->first[number],
        .first = first,
        .count = most - first < SPIRAL_ROUND ? most - first : SPIRAL_ROUND,
    };
}
