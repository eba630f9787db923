/* SPDX-License-Identifier: MIT
 *
 * Stage 6: identity. Wendt 1992; publics after Deffuant et al. 2000 and Mueller 1970.
 */
#ifndef SPIRAL_STAGE_IDENTITY_H
#define SPIRAL_STAGE_IDENTITY_H

#include "sim/stages/stage.h"

STAGE void make_other(struct step *s, int p)
{
    const struct spiral_perception seen = LAYOUT->perceptions[p];
    const number policy = FACT(doctrine[seen.of][SPIRAL_DOCTRINE_identity]);
    const number z = s->numbers->now.othering[p];
    const number suffered = FORM(level_width) * (hostility_of(s, seen.rival) - 1.0);
    const number fed = K(identity) * policy * s->numbers->now.threat[p] + K(coercion) * suffered;
    const number up = fed * (1.0 - z) * (1.0 + K(lock_in) * z);
    const number down = K(heal) * (1.0 - policy) * z * (1.0 - z);

    s->numbers->next.othering[p] = number_unit(z + s->dt * (up - down));
}

STAGE void lead_public(struct step *s, int m)
{
    const int small = LAYOUT->small;
    const number x = s->numbers->now.orientation[m];
    const number stance = FACT(doctrine[small][SPIRAL_DOCTRINE_align]) -
                          FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]);
    const number apart = stance - x;

    /* near segments follow; beyond the bound of confidence they turn away, at a third of the pull
     * at most */
    const number pull =
        number_max(1.0 - apart * apart * K(inverse_reach), number_of(FORM(repulsion)));
    const number led =
        K(public_rate) * FACT(doctrine[small][SPIRAL_DOCTRINE_identity]) * apart * pull;
    const number rallied = K(rally) * FORM(level_width) * (s->numbers->survey.worst - 1.0) *
                           (1.0 - GIVEN(kin[m])) * (1.0 - x);

    s->numbers->next.orientation[m] =
        number_clamp(x + s->dt * (led + rallied), SPIRAL_LOWEST(orientation),
                     SPIRAL_HIGHEST(orientation));
}

STAGE void identity(struct step *s)
{
    EACH(p, PERCEPTION)
    make_other(s, p);
    EACH(m, PUBLIC)
    lead_public(s, m);
}

#endif
