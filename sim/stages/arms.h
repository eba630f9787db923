/* SPDX-License-Identifier: MIT
 *
 * Stage 3: arms. Richardson 1960: reaction to threat, fatigue.
 */
#ifndef SPIRAL_STAGE_ARMS_H
#define SPIRAL_STAGE_ARMS_H

#include "sim/stages/stage.h"

/* Arms that patrons' aid adds to a state's: to the small state's alone. */
STAGE number supplied_arms(const struct step *s, int state)
{
    number supplied = number_of(0.0);

    if (state == LAYOUT->small)
        EACH(patron, PATRON)
    supplied += K(aid_arms) * s->numbers->now.aid[patron];

    return supplied;
}

STAGE void arms(struct step *s)
{
    EACH(i, STATE)
    {
        const number fear = largest_fear(s, i);
        const number supplied = supplied_arms(s, i);
        const number level = s->numbers->now.arms[i];
        const number reaction = K(arms_react) * FACT(doctrine[i][SPIRAL_DOCTRINE_arm]) * fear;
        const number target = number_unit(K(arms_base) + reaction + supplied);
        const number share = K(arms_share);

        s->numbers->next.arms[i] = level + share * (target - level);

        const number rising = number_choose(target > level, share, number_of(0.0));

        s->numbers->derived.arms_from_threat[i] += rising * reaction;
        s->numbers->derived.arms_from_aid += rising * supplied;
    }
}

#endif
