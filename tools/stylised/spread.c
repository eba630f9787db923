/* SPDX-License-Identifier: MIT */
#include "tools/stylised/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"

/* The values of all facts at one set. */
typedef double facts_row[SPIRAL_STYLISED_FACTS][SPIRAL_STYLISED_CRITERIA];

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;
    return (one > other) - (one < other);
}

/* The point of sorted numbers below which a share of them lies, linear between neighbours. */
static double point_of(const double *sorted, size_t count, double share)
{
    const double place = share * (double)(count - 1);
    const size_t below = (size_t)floor(place);
    const size_t above = below + 1 < count ? below + 1 : below;

    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

/* The ranges of a fact's values; `sorted` has room for a number a set. */
static void summarise(struct spiral_stylised_spread *spread, int id, facts_row *rows,
                      double *sorted)
{
    spread->holds = spread->fact.measured;

    for (int c = 0; c < spread->fact.criterion_count; c++) {
        const struct spiral_stylised_criterion *criterion = &spread->fact.criteria[c];
        struct spiral_stylised_range *range = &spread->ranges[c];

        for (size_t set = 0; set < spread->sets; set++) {
            sorted[set] = rows[set][id][c];
            range->inside += sorted[set] >= criterion->low && sorted[set] <= criterion->high;
        }
        qsort(sorted, spread->sets, sizeof *sorted, compare_numbers);
        range->low = point_of(sorted, spread->sets, 0.05);
        range->median = point_of(sorted, spread->sets, 0.5);
        range->high = point_of(sorted, spread->sets, 0.95);
        spread->holds =
            spread->holds && range->low >= criterion->low && range->high <= criterion->high;
    }
}

/* Measures the facts at one set. */
static enum spiral_status measure_set(struct spiral_stylised_spread *spread, unsigned which,
                                      facts_row *row, const struct spiral_stylised_setup *setup,
                                      struct spiral_progress *progress, struct spiral_error *error)
{
    for (int id = 0; id < SPIRAL_STYLISED_FACTS; id++) {
        struct spiral_stylised_fact *fact = &spread[id].fact;

        if (which != 0 && (which >> id & 1u) == 0)
            continue;

        const enum spiral_status status =
            spiral_interrupted()
                ? spiral_error_set(error, SPIRAL_STOPPED, "stopped on request")
                : spiral_stylised_fact_measure(fact, (enum spiral_stylised_fact_id)id, setup,
                                               error);

        if (status != SPIRAL_OK)
            return status;

        /* By its values: what a fact asks of intervals besides, few runs of one set cannot show. */
        bool inside = true;

        for (int c = 0; c < fact->criterion_count; c++) {
            const struct spiral_stylised_criterion *criterion = &fact->criteria[c];
            (*row)[id][c] = criterion->value;
            inside =
                inside && criterion->value >= criterion->low && criterion->value <= criterion->high;
        }

        spread[id].sets++;
        spread[id].held += inside;
        progress->runs += setup->runs; /* a fact counts as one ensemble */
        spiral_progress_show(progress);
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_spread_measure(
    struct spiral_stylised_spread spread[SPIRAL_STYLISED_FACTS],
    const struct spiral_constant_sets *posterior, size_t count, unsigned which,
    const struct spiral_stylised_setup *setup, const char *label, struct spiral_error *error)
{
    const size_t sets = count > 0 && count < posterior->count ? count : posterior->count;
    struct spiral_stylised_setup at = *setup;
    struct spiral_progress progress;
    facts_row *rows = calloc(sets + 1, sizeof *rows);
    double *sorted = calloc(sets + 1, sizeof *sorted);
    enum spiral_status status = SPIRAL_OK;

    memset(spread, 0, SPIRAL_STYLISED_FACTS * sizeof *spread);
    spiral_progress_start(&progress, label);
    progress.items = "sets of constants";
    progress.item_count = sets;
    for (int id = 0; id < SPIRAL_STYLISED_FACTS; id++)
        progress.most_runs += which == 0 || (which >> id & 1u) != 0 ? sets * setup->runs : 0;
    if (rows == NULL || sorted == NULL)
        status =
            spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu sets of constants", sets);

    for (size_t i = 0; i < sets && status == SPIRAL_OK; i++) {
        at.constants = posterior->sets[i * posterior->count / sets];
        status = measure_set(spread, which, &rows[i], &at, &progress, error);
        progress.items_done = i + 1;
    }

    for (int id = 0; id < SPIRAL_STYLISED_FACTS && status == SPIRAL_OK; id++)
        if (spread[id].sets > 0)
            summarise(&spread[id], id, rows, sorted);

    spiral_progress_wipe(&progress);
    free(rows);
    free(sorted);

    return status;
}
