/* SPDX-License-Identifier: MIT
 *
 * Stage 5: reassurance and trade. Kydd 2005.
 */
#ifndef SPIRAL_STAGE_REASSURANCE_H
#define SPIRAL_STAGE_REASSURANCE_H

#include "sim/stages/stage.h"

/* What a state offers its counterpart, restraint and dialogue: damped by its othering and
 * threat, and by its public. */
STAGE double offer(double readiness, double othering, double threat, double allowed)
{
    return readiness * ((1.0 - othering) * (1.0 - 0.5 * threat)) * allowed;
}

STAGE void reassurance(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;

    for (int t = 0; t < s->layout->count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &s->layout->ties[t];
        const double *hostility = hostility_of(s, s->layout->perceptions[tie->one_about_two].rival);
        const double *other_one = now->othering[tie->one_about_two];
        const double *other_two = now->othering[tie->two_about_one];
        const double *fear_one = now->threat[tie->one_about_two];
        const double *fear_two = now->threat[tie->two_about_one];
        const double *allowed_one =
            tie->one == s->layout->small ? s->survey->allowed : s->survey->one;
        const double *allowed_two =
            tie->two == s->layout->small ? s->survey->allowed : s->survey->one;

        SPIRAL_EACH_LANE(l) {
            const double base = FACT(institution[t]);
            const double first = offer(FACT(doctrine[tie->one][SPIRAL_DOCTRINE_reassure]),
                                       other_one[l], fear_one[l], allowed_one[l]);
            const double both =
                spiral_min(first, offer(FACT(doctrine[tie->two][SPIRAL_DOCTRINE_reassure]),
                                        other_two[l], fear_two[l], allowed_two[l]));
            const double target = base + (1.0 - base) * both;
            s->next->reassurance[t][l] =
                now->reassurance[t][l] + K(reassure_share) * (target - now->reassurance[t][l]);

            const double open = 1.25 - 0.25 * hostility[l]; /* 1 at peace, 0 at war */
            const double trade = now->interdependence[t][l];
            s->next->interdependence[t][l] =
                trade + K(trade_share) * (FACT(trade[t]) * open - trade);
        }
    }
}

#endif
