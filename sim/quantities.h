/* SPDX-License-Identifier: MIT
 *
 * Quantities: what is reported of a state, by charts, fans and observers, but never read by a step.
 * All are 0..1 unless said otherwise. `l` is a lane.
 */
#ifndef SPIRAL_QUANTITIES_H
#define SPIRAL_QUANTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/algebra.h"
#include "sim/batch.h"
#include "sim/model_form.h"

/* --- the headline quantities ------------------------------------------------------------------ */

/* What charts and fans show: SPIRAL_QUANTITY(name, low, high, en, zh, doc), see quantities.def. */
enum spiral_quantity {
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) SPIRAL_QUANTITY_##name,
#include "sim/quantities.def"
    SPIRAL_QUANTITIES
};

/* A set of quantities has the bit 1 << quantity of each. */
#define SPIRAL_QUANTITY_SET(quantity) ((uint32_t)1 << (quantity))
#define SPIRAL_ALL_QUANTITIES (SPIRAL_QUANTITY_SET(SPIRAL_QUANTITIES) - 1)

static inline bool spiral_quantity_in(uint32_t quantities, int quantity)
{
    return (quantities >> quantity & 1) != 0;
}

#ifdef __OPENCL_C_VERSION__
#define spiral_constraint SPIRAL_CONSTRAINT_OF
#else

/* Name, range and labels of each quantity; the default is its lowest value. */
extern const struct spiral_field spiral_quantity_fields[SPIRAL_QUANTITIES];

/* All headline quantities of a lane after the last step done, in the order of the table. */
void spiral_quantities(const struct spiral_batch *batch, int l, double quantity[SPIRAL_QUANTITIES]);

/* The same of all lanes, to the bit, for observers that look at every run after every step.
 * Quantities that are not in the set `wanted` may be left out: their numbers mean nothing. */
void spiral_quantities_of_lanes(const struct spiral_batch *batch, uint32_t wanted,
                                spiral_lane quantity[SPIRAL_QUANTITIES]);

/* Completes the quantities at the start: what only a step calculates (the guarantees and the
 * pressure) is there as of the first step. */
void spiral_quantities_complete_start(double start[SPIRAL_QUANTITIES],
                                      const double after_first_step[SPIRAL_QUANTITIES]);

/* Escalation index, 0..100: 50 (hostility - 1)/4 + 15 (both threats) + 10 (both arms), of the
 * rival pair where it is largest. */
double spiral_escalation_index(const struct spiral_batch *batch, int l);

/* Geographic constraint of the last step done, the largest over the neighbours; before the first
 * step, that of the first. */
double spiral_constraint(const struct spiral_batch *batch, int l);

#endif

/* --- dependence on offshore powers ------------------------------------------------------------ */

/* How strongly security rests on one offshore patron: .5 pledge + .2 presence + .3 aid. The
 * pledge is the commitment, or half of the declared aspiration where that is more. */
static inline double spiral_reliance(double commitment, double aspiration, double presence,
                                     double aid)
{
    const double pledge = spiral_max(commitment, SPIRAL_FORM(pledge_by_aim) * aspiration);
    return SPIRAL_FORM(reliance_by_pledge) * pledge + SPIRAL_FORM(reliance_by_presence) * presence +
           SPIRAL_FORM(reliance_by_aid) * aid;
}

#ifndef __OPENCL_C_VERSION__

/* Strategic dependence: the sum of reliance over the offshore patrons times its concentration. */
double spiral_dependence(const struct spiral_batch *batch, int l);

/* Concentration of reliance over the offshore patrons (Herfindahl index); 0 where there is no
 * reliance. */
double spiral_concentration(const struct spiral_batch *batch, int l);

#endif

/* --- quadrants -------------------------------------------------------------------------------- */

/* The paper's table 1: constraint and dependence, each low or high. */
#define SPIRAL_QUADRANT_TABLE(X) \
    X(diversified_balance, "diversified balance", "多元平衡", "low constraint, low dependence") \
    X(controllable_risk, "controllable risk", "风险可控", "low constraint, high dependence") \
    X(limited_balance, "limited balance", "有限平衡", "high constraint, low dependence") \
    X(trap, "security dilemma trap", "安全困境陷阱", "high constraint, high dependence")

enum spiral_quadrant {
#define SPIRAL_QUADRANT_ENTRY(name, en, zh, doc) SPIRAL_QUADRANT_##name,
    SPIRAL_QUADRANT_TABLE(SPIRAL_QUADRANT_ENTRY)
#undef SPIRAL_QUADRANT_ENTRY
        SPIRAL_QUADRANTS
};

/* The least values that count as high on the two axes of table 1. */
#define SPIRAL_HIGH_CONSTRAINT SPIRAL_FORM(high_constraint)
#define SPIRAL_HIGH_DEPENDENCE SPIRAL_FORM(high_dependence)

#ifndef __OPENCL_C_VERSION__

/* The quadrant of a constraint and a dependence. */
enum spiral_quadrant spiral_quadrant_of(double constraint, double dependence);

#endif

#endif
