/* SPDX-License-Identifier: MIT
 *
 * Watching runs for expressions: each series keeps a sum, an extreme or, for a quantile, all its
 * values of the period; at the end the nodes are calculated.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/algebra.h"
#include "sim/expression.h"
#include "sim/variables.h"

/* One series of one expression. */
struct watched {
    const struct spiral_expression_series *series;
    spiral_lane *seen; /* a sum or an extreme; of a quantile every value: [step of the period] */
};

struct spiral_expression_observer {
    const struct spiral_expression *expressions;
    size_t count;
    size_t watched_count;
    struct watched *watched; /* of one expression after another; owned */
    size_t *first;           /* [count]: where each expression's series begin; owned */
    spiral_lane *seen;       /* of all; owned */
    double *sorted;          /* as long as the longest quantile's period; owned */
    long begins;             /* the steps at which anything is watched */
    long ends;
    bool quantities; /* whether any series is a quantity */
};

/* Where each variable is in the state. */
static const size_t variable_places[SPIRAL_VARIABLES] = {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) offsetof(struct spiral_lanes_state, name),
#include "sim/variables.def"
};

static bool keeps_all(const struct spiral_expression_series *series)
{
    return series->function == SPIRAL_EXPRESSION_quantile;
}

static size_t period_steps(const struct spiral_expression_series *series)
{
    return (size_t)(series->last - series->first + 1);
}

/* --- making and freeing ----------------------------------------------------------------------- */

/* The memory of a series: one number a lane, or one a step. */
static size_t kept_steps(const struct spiral_expression_series *series)
{
    return keeps_all(series) ? period_steps(series) : 1;
}

/* Gives each series its part of the memory. */
static void place_series(struct spiral_expression_observer *observer)
{
    spiral_lane *seen = observer->seen;
    struct watched *watched = observer->watched;

    for (size_t e = 0; e < observer->count; e++) {
        const struct spiral_expression *expression = &observer->expressions[e];

        observer->first[e] = (size_t)(watched - observer->watched);
        for (int s = 0; s < expression->series_count; s++, watched++) {
            const struct spiral_expression_series *series = &expression->series[s];

            *watched = (struct watched){series, seen};
            seen += kept_steps(series);
            observer->quantities = observer->quantities || series->quantity >= 0;
            if (observer->begins == 0 || series->first < observer->begins)
                observer->begins = series->first;
            if (series->last > observer->ends)
                observer->ends = series->last;
        }
    }
}

struct spiral_expression_observer *spiral_expression_observer_create(
    const struct spiral_expression *expressions, size_t count)
{
    struct spiral_expression_observer *observer = calloc(1, sizeof *observer);
    size_t steps = 0;
    size_t longest = 1;

    if (observer == NULL)
        return NULL;
    observer->expressions = expressions;
    observer->count = count;

    for (size_t e = 0; e < count; e++)
        for (int s = 0; s < expressions[e].series_count; s++) {
            const size_t kept = kept_steps(&expressions[e].series[s]);
            steps += kept;
            longest = kept > longest ? kept : longest;
            observer->watched_count++;
        }

    observer->watched = calloc(observer->watched_count + 1, sizeof *observer->watched);
    observer->first = calloc(count + 1, sizeof *observer->first);
    observer->sorted = calloc(longest, sizeof *observer->sorted);
    observer->seen = aligned_alloc(64, ((steps + 1) * sizeof *observer->seen + 63) / 64 * 64);

    if (observer->watched == NULL || observer->first == NULL || observer->sorted == NULL ||
        observer->seen == NULL) {
        spiral_expression_observer_destroy(observer);
        return NULL;
    }

    place_series(observer);

    return observer;
}

void spiral_expression_observer_destroy(struct spiral_expression_observer *observer)
{
    if (observer == NULL)
        return;
    free(observer->watched);
    free(observer->first);
    free(observer->sorted);
    free(observer->seen);
    free(observer);
}

/* --- watching --------------------------------------------------------------------------------- */

void spiral_expression_begin(struct spiral_expression_observer *observer)
{
    for (size_t w = 0; w < observer->watched_count; w++)
        memset(observer->watched[w].seen, 0, sizeof *observer->watched[w].seen);
}

static bool is_met(enum spiral_expression_node_kind comparison, double value, double threshold)
{
    switch (comparison) {
    case SPIRAL_NODE_LESS: return value < threshold;
    case SPIRAL_NODE_AT_MOST: return value <= threshold;
    case SPIRAL_NODE_GREATER: return value > threshold;
    default: return value >= threshold;
    }
}

/* Takes one step's value of every lane into what was seen. */
static void note_values(const struct watched *watched, long step, const double *value)
{
    const struct spiral_expression_series *series = watched->series;
    const bool begins = step == series->first;
    double *seen = watched->seen[0];

    switch (series->function) {
    case SPIRAL_EXPRESSION_min:
        for (int l = 0; l < SPIRAL_LANES; l++)
            seen[l] = begins || value[l] < seen[l] ? value[l] : seen[l];
        break;
    case SPIRAL_EXPRESSION_max:
        for (int l = 0; l < SPIRAL_LANES; l++)
            seen[l] = begins || value[l] > seen[l] ? value[l] : seen[l];
        break;
    case SPIRAL_EXPRESSION_first:
        if (begins)
            memcpy(seen, value, sizeof(spiral_lane));
        break;
    case SPIRAL_EXPRESSION_last: memcpy(seen, value, sizeof(spiral_lane)); break;
    case SPIRAL_EXPRESSION_quantile:
        memcpy(watched->seen[step - series->first], value, sizeof(spiral_lane));
        break;
    case SPIRAL_EXPRESSION_share:
    case SPIRAL_EXPRESSION_years:
        for (int l = 0; l < SPIRAL_LANES; l++)
            seen[l] += is_met(series->comparison, value[l], series->threshold) ? 1.0 : 0.0;
        break;
    default:
        for (int l = 0; l < SPIRAL_LANES; l++)
            seen[l] += value[l];
    }
}

void spiral_expression_watch(struct spiral_expression_observer *observer,
                             const struct spiral_batch *batch)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    spiral_lane quantities[SPIRAL_QUANTITIES];

    if (batch->step < observer->begins || batch->step > observer->ends)
        return;
    if (observer->quantities)
        spiral_quantities_of_lanes(batch, SPIRAL_ALL_QUANTITIES, quantities);

    for (size_t w = 0; w < observer->watched_count; w++) {
        const struct spiral_expression_series *series = observer->watched[w].series;

        if (batch->step < series->first || batch->step > series->last)
            continue;
        if (series->quantity >= 0) {
            note_values(&observer->watched[w], batch->step, quantities[series->quantity]);
            continue;
        }

        const void *place = (const char *)state + variable_places[series->variable];

        note_values(&observer->watched[w], batch->step,
                    ((const spiral_lane *)place)[series->index]);
    }
}

/* --- values ----------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;

    return (one > other) - (one < other);
}

/* Between the two values whose ranks are nearest, linearly (R's type 7). */
static double quantile_of(struct spiral_expression_observer *observer,
                          const struct watched *watched, int l)
{
    const size_t count = period_steps(watched->series);
    double *sorted = observer->sorted;

    for (size_t i = 0; i < count; i++)
        sorted[i] = watched->seen[i][l];
    qsort(sorted, count, sizeof *sorted, compare_numbers);

    const double rank = watched->series->share * (double)(count - 1);
    const size_t below = (size_t)rank;
    const double rest = rank - (double)below;

    return below + 1 < count ? sorted[below] + rest * (sorted[below + 1] - sorted[below])
                             : sorted[count - 1];
}

static double series_value(struct spiral_expression_observer *observer,
                           const struct spiral_expression *expression,
                           const struct watched *watched, int l)
{
    const double seen = watched->seen[0][l];

    switch (watched->series->function) {
    case SPIRAL_EXPRESSION_mean:
    case SPIRAL_EXPRESSION_share: return seen / (double)period_steps(watched->series);
    case SPIRAL_EXPRESSION_years: return seen * expression->dt;
    case SPIRAL_EXPRESSION_quantile: return quantile_of(observer, watched, l);
    default: return seen;
    }
}

/* What an operator makes of two values. */
static double combine(enum spiral_expression_node_kind kind, double a, double b)
{
    switch (kind) {
    case SPIRAL_NODE_ADD: return a + b;
    case SPIRAL_NODE_SUBTRACT: return a - b;
    case SPIRAL_NODE_MULTIPLY: return a * b;
    case SPIRAL_NODE_DIVIDE: return a / b;
    case SPIRAL_NODE_AND: return spiral_min(a, b);
    case SPIRAL_NODE_OR: return spiral_max(a, b);
    default: return is_met(kind, a, b) ? 1.0 : 0.0;
    }
}

double spiral_expression_value(struct spiral_expression_observer *observer, size_t which,
                               const union spiral_outcome *outcome, int l)
{
    const struct spiral_expression *expression = &observer->expressions[which];
    const struct watched *watched = &observer->watched[observer->first[which]];
    double values[SPIRAL_EXPRESSION_NODES]; /* a stack */
    int count = 0;

    for (int n = 0; n < expression->node_count; n++) {
        const struct spiral_expression_node *node = &expression->nodes[n];

        switch (node->kind) {
        case SPIRAL_NODE_NUMBER: values[count++] = node->number; break;
        case SPIRAL_NODE_OUTCOME: values[count++] = outcome->value[node->index]; break;
        case SPIRAL_NODE_SERIES:
            values[count++] = series_value(observer, expression, &watched[node->index], l);
            break;
        case SPIRAL_NODE_NEGATE: values[count - 1] = -values[count - 1]; break;
        case SPIRAL_NODE_NOT: values[count - 1] = 1.0 - values[count - 1]; break;
        default: count--; values[count - 1] = combine(node->kind, values[count - 1], values[count]);
        }
    }

    return values[0] + 0.0; /* never -0, of which a store keeps no sign */
}
