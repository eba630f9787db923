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
    const struct spiral_lanes_state *now = s->now;

    for (int k = 0; k < s->layout->count[SPIRAL_OF_PATRON]; k++) {
        const int patron = s->layout->patrons[k];
        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[k][l];
            const double real = FACT(resolve[patron]) * credibility(s, k, l);
            const double hoped = K(belief_base) + (1.0 - K(belief_base)) * c;
            s->derived->guarantee[k][l] = real;
            s->derived->believed[k][l] =
                real + now->credulity[k][l] * spiral_positive(hoped - real);
        }
    }
}

/* Commitment that patron k and the small state both want; a neighbour is no patron beyond its
 * treaties. */
STAGE void consent(const struct step *s, int patron, spiral_lane both)
{
    const struct spiral_layout *layout = s->layout;
    const int small = layout->small;
    const int state = layout->patrons[patron];

    SPIRAL_EACH_LANE(l)
        both[l] = 0.0;
    if (layout->role[state] == SPIRAL_NEIGHBOUR)
        return;

    spiral_lane fear;

    largest_fear(s, state, fear);

    SPIRAL_EACH_LANE(l) {
        const double wish = K(demand_base) +
                            K(demand_threat) * s->survey->felt[l] * s->derived->believed[patron][l];
        const double demand =
            FACT(doctrine[small][SPIRAL_DOCTRINE_align]) * wish -
            K(empathy) * FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]) * s->survey->caused[l];
        const double entrapment =
            0.125 * (s->survey->worst[l] - 1.0) + 0.5 * s->survey->disputed[l];
        const double supply =
            FACT(doctrine[state][SPIRAL_DOCTRINE_extend]) *
                (K(supply_base) + K(supply_threat) * fear[l]) -
            K(entrapment) * FACT(doctrine[state][SPIRAL_DOCTRINE_caution]) * entrapment;
        both[l] = spiral_unit(spiral_min(demand, supply));
    }
}

STAGE void alliance(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    const int small = s->layout->small;

    for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++) {
        spiral_lane both;
        consent(s, patron, both);

        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[patron][l];
            const double floor = FACT(floor[patron]);
            const double gap = spiral_max(both[l], floor) - c;
            const double disowned = K(disown) * FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]) *
                                    (1.0 - FACT(doctrine[small][SPIRAL_DOCTRINE_align]));
            const double rise = K(commit_rise_share);
            const double fall = spiral_at_most_one(K(commit_fall_share) * (1.0 + disowned));
            s->next->commitment[patron][l] = c + (gap > 0.0 ? rise : fall) * gap;
            s->next->aspiration[patron][l] =
                now->aspiration[patron][l] *
                (1.0 - spiral_at_most_one(K(aspiration_share) * (1.0 + disowned)));
            s->next->presence[patron][l] = now->presence[patron][l];

            const double doubt = 1.0 - s->derived->guarantee[patron][l];
            const double unanswered = s->survey->worst[l] >= 4.0 ? doubt : 0.0;
            s->next->credulity[patron][l] =
                now->credulity[patron][l] * (1.0 - K(belief_share) * unanswered);
        }
    }
}

#endif
