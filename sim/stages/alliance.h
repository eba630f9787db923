/* SPDX-License-Identifier: MIT
 *
 * Stage 4: alliance. Walt 1987, Snyder 1984 (abandonment and entrapment), Mearsheimer 2001,
 * Schelling 1966 (tripwire).
 */
#ifndef SPIRAL_STAGE_ALLIANCE_H
#define SPIRAL_STAGE_ALLIANCE_H

#include "sim/stages/stage.h"

/* What each patron would really do, and what the small state believes. */
STAGE void guarantees(struct step *s)
{
    EACH(k, PATRON)
    {
        const int patron = LAYOUT->patrons[k];
        const number c = s->numbers->now.commitment[k];
        const number real = FACT(resolve[patron]) * credibility(s, k);
        const number hoped = K(belief_base) + (1.0 - K(belief_base)) * c;

        s->numbers->derived.guarantee[k] = real;
        s->numbers->derived.believed[k] =
            real + s->numbers->now.credulity[k] * number_positive(hoped - real);
    }
}

/* Commitment that patron k and the small state both want; a neighbour is no patron beyond its
 * treaties. */
STAGE number consent(const struct step *s, int patron)
{
    const int small = LAYOUT->small;
    const int state = LAYOUT->patrons[patron];

    if (LAYOUT->role[state] == SPIRAL_NEIGHBOUR)
        return number_of(0.0);

    const number fear = largest_fear(s, state);
    const number wish = K(demand_base) + K(demand_threat) * s->numbers->survey.felt *
                                             s->numbers->derived.believed[patron];
    const number demand =
        FACT(doctrine[small][SPIRAL_DOCTRINE_align]) * wish -
        K(empathy) * FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]) * s->numbers->survey.caused;
    const number entrapment =
        FORM(entrapment_part) * FORM(level_width) * (s->numbers->survey.worst - 1.0) +
        FORM(entrapment_part) * s->numbers->survey.disputed;
    const number supply =
        FACT(doctrine[state][SPIRAL_DOCTRINE_extend]) * (K(supply_base) + K(supply_threat) * fear) -
        K(entrapment) * FACT(doctrine[state][SPIRAL_DOCTRINE_caution]) * entrapment;

    return number_unit(number_min(demand, supply));
}

STAGE void alliance(struct step *s)
{
    const int small = LAYOUT->small;

    EACH(patron, PATRON)
    {
        const number both = consent(s, patron);
        const number c = s->numbers->now.commitment[patron];
        const number gap = number_max(both, FACT(floor[patron])) - c;
        const number disowned = K(disown) * FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]) *
                                (1.0 - FACT(doctrine[small][SPIRAL_DOCTRINE_align]));
        const number rise = K(commit_rise_share);
        const number fall = number_at_most_one(K(commit_fall_share) * (1.0 + disowned));

        s->numbers->next.commitment[patron] = c + number_choose(gap > 0.0, rise, fall) * gap;
        s->numbers->next.aspiration[patron] =
            s->numbers->now.aspiration[patron] *
            (1.0 - number_at_most_one(K(aspiration_share) * (1.0 + disowned)));
        s->numbers->next.presence[patron] = s->numbers->now.presence[patron];

        const number doubt = 1.0 - s->numbers->derived.guarantee[patron];
        const number unanswered =
            number_choose(s->numbers->survey.worst >= FORM(level_force), doubt, number_of(0.0));

        s->numbers->next.credulity[patron] =
            s->numbers->now.credulity[patron] * (1.0 - K(belief_share) * unanswered);
    }
}

#endif
