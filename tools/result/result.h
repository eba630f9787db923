/* SPDX-License-Identifier: MIT
 *
 * The result of an ensemble, and how it is written: as text, as a plot in the terminal, in
 * sentences, as JSON.
 */
#ifndef SPIRAL_RESULT_RESULT_H
#define SPIRAL_RESULT_RESULT_H

#include <jansson.h>
#include <stdio.h>

#include "tables/table.h"
#include "tools/result/branch.h"
#include "tools/result/score.h"

enum { SPIRAL_MAX_BRANCHES = 8 };

struct spiral_result {
    const struct spiral_scenario *scenario;
    const struct spiral_plan *plan;
    const struct spiral_constant_sets
        *posterior; /* that runs are spread over; NULL or empty: none */
    uint64_t seed;
    const struct spiral_tally *tally;
    const struct spiral_fan *fan;
    uint64_t hash; /* the sum of the hashes of the runs at their ends */
    struct spiral_score score;
    size_t branch_count;
    struct {
        const char *name; /* as asked for */
        struct spiral_branch_effect effect;
    } branches[SPIRAL_MAX_BRANCHES];
};

/* Risk with its Wilson interval (chance: what so many runs leave open) and, where runs are spread
 * over a posterior, the 90 % interval of the sets' own risks (what the constants may be); and the
 * median date among the runs that have the event ("" where none has). */
struct spiral_risk_line {
    double p;
    struct spiral_interval interval;
    bool by_constants;
    struct spiral_interval constants;
    char median[12];
};
struct spiral_risk_line spiral_result_war(const struct spiral_tally *tally);
struct spiral_risk_line spiral_result_force(const struct spiral_tally *tally);

/* What the texts below read of a fan: means of some quantities, and bands of one of them. The JSON
 * object reads all. */
#define SPIRAL_RESULT_MEANS \
    (SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_escalation) | \
     SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_threat_neighbour) | \
     SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_commitment) | \
     SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_guarantee) | \
     SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_believed))
#define SPIRAL_RESULT_BANDS SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_escalation)

/* The risk table, levels, score, attribution and branches as text. */
void spiral_result_print(const struct spiral_result *result, FILE *out);
/* The escalation index with its band over time and the dated moves below, `width` columns wide. */
void spiral_result_plot(const struct spiral_result *result, int width, FILE *out);
/* A few plain sentences made from the numbers alone, in English ("en") or Chinese ("zh"). */
void spiral_result_tell(const struct spiral_result *result, const char *language, FILE *out);
/* A JSON object; the caller drops the reference. NULL where memory is lacking. */
json_t *spiral_result_json(const struct spiral_result *result);

/* The table of a single run: its origin and its columns, which the caller clears; and its rows, the
 * start and one per step, after spiral_table_begin(). `run` is the index of the run in an ensemble
 * of that seed. SPIRAL_NO_MEMORY. */
void spiral_trajectory_describe(struct spiral_table *table, const struct spiral_scenario *scenario,
                                const struct spiral_plan *plan, uint64_t seed, uint64_t run);
enum spiral_status spiral_trajectory_write(struct spiral_table *table,
                                           const struct spiral_plan *plan, uint64_t seed,
                                           uint64_t run, struct spiral_error *error);

#endif
