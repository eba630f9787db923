/* SPDX-License-Identifier: MIT
 *
 * The list of the stylised facts, and how far each is from holding.
 */
#include "tools/stylised/facts.h"

#include <math.h>
#include <string.h>

#include "tools/stylised/parts.h"

enum spiral_status spiral_stylised_fact_measure(struct spiral_stylised_fact *fact,
                                                enum spiral_stylised_fact_id id,
                                                const struct spiral_stylised_setup *setup,
                                                struct spiral_error *error)
{
    static const struct {
        const char *id;
        const char *text;
        spiral_stylised_measurement *measure;
    } facts[SPIRAL_STYLISED_FACTS] = {
#define SPIRAL_STYLISED_FACT_ENTRY(id, measurement, text) \
    [SPIRAL_STYLISED_##id] = {#id, text, spiral_stylised_measure_##measurement},
        SPIRAL_STYLISED_FACT_TABLE(SPIRAL_STYLISED_FACT_ENTRY)
#undef SPIRAL_STYLISED_FACT_ENTRY
    };

    memset(fact, 0, sizeof *fact);
    fact->id = facts[id].id;
    fact->text = facts[id].text;
    fact->measured = true;
    fact->holds = true;

    return facts[id].measure(fact, setup, error);
}

/* A bound that the value could pass. */
static bool is_bound(double bound)
{
    return bound != 0.0 && fabs(bound) != 1.0 && bound != 2.0 && bound < 1e9;
}

double spiral_stylised_margin(const struct spiral_stylised_criterion *criterion)
{
    const double z = 1.959963984540054; /* the normal's 97.5 % point */
    const double value = criterion->value;
    const double error_down = (value - criterion->error_low) / z;
    const double error_up = (criterion->error_high - value) / z;
    double margin = NAN;

    if (is_bound(criterion->low) && error_down > 0.0)
        margin = fmin(margin, (value - criterion->low) / error_down);
    if (is_bound(criterion->high) && error_up > 0.0)
        margin = fmin(margin, (criterion->high - value) / error_up);

    return margin;
}

static double logit(double p)
{
    const double inside = p < 0.0005 ? 0.0005 : p > 0.9995 ? 0.9995 : p;
    return log(inside / (1.0 - inside));
}

double spiral_stylised_fact_loss(const struct spiral_stylised_fact *fact)
{
    double loss = 0.0;

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const double value = criterion->value;
        const double bound = value < criterion->low ? criterion->low : criterion->high;
        const bool outside = value < criterion->low || value > criterion->high;
        const bool is_share = criterion->low >= 0.0 && criterion->high <= 1.0;

        if (!outside)
            continue;
        const double out = is_share ? logit(value) - logit(bound) : value - bound;
        loss += out * out;
    }

    return loss;
}
