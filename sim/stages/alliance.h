/* SPDX-License-Identifier: MIT
 *
 * Stage 4: alliance. Walt 1987, Snyder 1984 (abandonment and entrapment), Mearsheimer 2001, Schelling 1966 (tripwire).
 */
#ifndef SPIRAL_STAGE_ALLIANCE_H
#define SPIRAL_STAGE_ALLIANCE_H

#include "sim/stages/stage.h"

/* What each patron would really do, and what the small state believes. */
STAGE void guarantees(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    for (int k = 0; k < s->layout->count[SPIRAL_OF_PATRON]; k++) {
        const double *resolve = s->facts->resolve[s->layout->patrons[k]];
        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[k][l];
            const double real = resolve[l] * credibility(s, k, l);
            const double hoped = s->k->belief_base[l] + (1.0 - s->k->belief_base[l]) * c;
            s->derived->guarantee[k][l] = real;
            s->derived->believed[k][l] = real + now->credulity[k][l] * spiral_max(hoped - real, 0.0);
        }
    }
}

/* Commitment that patron k and the small state both want; a neighbour is no patron beyond its treaties. */
STAGE void consent(const struct step *s, int patron, spiral_lane both)
{
    const struct spiral_layout *layout = s->layout;
    const struct spiral_lanes_constants *k = s->k;
    const int state = layout->patrons[patron];
    SPIRAL_EACH_LANE(l) both[l] = 0.0;
    if (layout->role[state] == SPIRAL_NEIGHBOUR)
        return;
    spiral_lane fear;
    largest_fear(s, state, fear);
    const spiral_lane *small = s->facts->doctrine[layout->small], *far = s->facts->doctrine[state];
    SPIRAL_EACH_LANE(l) {
        const double wish = k->demand_base[l] + k->demand_threat[l] * s->felt[l] * s->derived->believed[patron][l];
        const double demand = small[SPIRAL_DOCTRINE_align][l] * wish - k->empathy[l] * small[SPIRAL_DOCTRINE_empathy][l] * s->caused[l];
        const double entrapment = 0.125 * (s->worst[l] - 1.0) + 0.5 * s->disputed[l];
        const double supply = far[SPIRAL_DOCTRINE_extend][l] * (k->supply_base[l] + k->supply_threat[l] * fear[l]) -
                              k->entrapment[l] * far[SPIRAL_DOCTRINE_caution][l] * entrapment;
        both[l] = spiral_unit(spiral_min(demand, supply));
    }
}

STAGE void alliance(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const spiral_lane *small = s->facts->doctrine[s->layout->small];
    for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++) {
        spiral_lane both;
        consent(s, patron, both);
        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[patron][l], floor = s->facts->floor[patron][l];
            const double gap = spiral_max(both[l], floor) - c;
            const double disowned = k->disown[l] * small[SPIRAL_DOCTRINE_empathy][l] * (1.0 - small[SPIRAL_DOCTRINE_align][l]);
            const double fall = spiral_min(k->commit_fall_share[l] * (1.0 + disowned), 1.0);
            s->next->commitment[patron][l] = c + (gap > 0.0 ? k->commit_rise_share[l] : fall) * gap;
            s->next->aspiration[patron][l] = now->aspiration[patron][l] * (1.0 - spiral_min(k->aspiration_share[l] * (1.0 + disowned), 1.0));
            s->next->presence[patron][l] = now->presence[patron][l];
            const double unanswered = s->worst[l] >= 4.0 ? 1.0 - s->derived->guarantee[patron][l] : 0.0;
            s->next->credulity[patron][l] = now->credulity[patron][l] * (1.0 - k->belief_share[l] * unanswered);
        }
    }
}

#endif
