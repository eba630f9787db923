/* SPDX-License-Identifier: MIT
 *
 * Stage 5: reassurance and trade. Kydd 2005.
 */
#ifndef SPIRAL_STAGE_REASSURANCE_H
#define SPIRAL_STAGE_REASSURANCE_H

#include "sim/stages/stage.h"

/* Share of its offers that a leadership with a wholly hostile median public cannot make. */
static const double public_veto = 0.5;

/* What state i offers its counterpart in perception p: restraint and dialogue, damped by othering and threat. */
STAGE double offer(const struct step *s, int i, int p, int l)
{
    const double damped = (1.0 - s->now->othering[p][l]) * (1.0 - 0.5 * s->now->threat[p][l]);
    const double allowed = i == s->layout->small ? 1.0 - public_veto * spiral_max(s->median[l], 0.0) : 1.0;
    return s->facts->doctrine[i][SPIRAL_DOCTRINE_reassure][l] * damped * allowed;
}

STAGE void reassurance(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    for (int t = 0; t < s->layout->count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &s->layout->ties[t];
        const int rival = s->layout->perceptions[tie->one_about_two].rival;
        SPIRAL_EACH_LANE(l) {
            const double base = s->facts->institution[t][l];
            const double both = spiral_min(offer(s, tie->one, tie->one_about_two, l), offer(s, tie->two, tie->two_about_one, l));
            const double target = base + (1.0 - base) * both;
            s->next->reassurance[t][l] = now->reassurance[t][l] + k->reassure_share[l] * (target - now->reassurance[t][l]);
            const double open = rival < 0 ? 1.0 : 1.25 - 0.25 * now->hostility[rival][l]; /* 1 at peace, 0 at war */
            const double trade = now->interdependence[t][l];
            s->next->interdependence[t][l] = trade + k->trade_share[l] * (s->facts->trade[t][l] * open - trade);
        }
    }
}

#endif
