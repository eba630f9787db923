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
    fact->holds = true;

    return facts[id].measure(fact, setup, error);
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
