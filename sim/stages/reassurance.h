/* SPDX-License-Identifier: MIT
 *
 * Stage 5: reassurance and trade. Kydd 2005.
 */
#ifndef SPIRAL_STAGE_REASSURANCE_H
#define SPIRAL_STAGE_REASSURANCE_H

#include "sim/stages/stage.h"

/* What a state offers its counterpart, restraint and dialogue: damped by its othering and
 * threat, and by its public. `seen` is its perception of the other. */
STAGE number offer(const struct step *s, int state, int seen)
{
    const number readiness = FACT(doctrine[state][SPIRAL_DOCTRINE_reassure]);
    const number allowed = state == LAYOUT->small ? s->numbers->survey.allowed : number_of(1.0);

    return readiness *
           ((1.0 - s->numbers->now.othering[seen]) *
            (1.0 - FORM(offer_damping) * s->numbers->now.threat[seen])) *
           allowed;
}

STAGE void reassurance(struct step *s)
{
    EACH(t, TIE)
    {
        const struct spiral_tie tie = LAYOUT->ties[t];
        const number hostility = hostility_of(s, LAYOUT->perceptions[tie.one_about_two].rival);
        const number base = GIVEN(institution[t]);
        const number first = offer(s, tie.one, tie.one_about_two);
        const number both = number_min(first, offer(s, tie.two, tie.two_about_one));
        const number target = base + (1.0 - base) * both;

        s->numbers->next.reassurance[t] =
            s->numbers->now.reassurance[t] +
            K(reassure_share) * (target - s->numbers->now.reassurance[t]);

        /* 1 at peace, 0 at war */
        const number open = 1.0 + FORM(level_width) - FORM(level_width) * hostility;
        const number trade = s->numbers->now.interdependence[t];

        s->numbers->next.interdependence[t] =
            trade + K(trade_share) * (FACT(trade[t]) * open - trade);
    }
}

#endif
