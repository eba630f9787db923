/* SPDX-License-Identifier: MIT
 *
 * Stage 6: identity. Wendt 1992; publics after Deffuant et al. 2000 and Mueller 1970.
 */
#ifndef SPIRAL_STAGE_IDENTITY_H
#define SPIRAL_STAGE_IDENTITY_H

#include "sim/stages/stage.h"

STAGE void identity(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    const double dt = s->batch->dt;

    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const double *hostility = hostility_of(s, seen->rival);

        SPIRAL_EACH_LANE(l) {
            const double policy = FACT(doctrine[seen->of][SPIRAL_DOCTRINE_identity]);
            const double z = now->othering[p][l];
            const double suffered = 0.25 * (hostility[l] - 1.0);
            const double fed = K(identity) * policy * now->threat[p][l] + K(coercion) * suffered;
            const double up = fed * (1.0 - z) * (1.0 + K(lock_in) * z);
            const double down = K(heal) * (1.0 - policy) * z * (1.0 - z);
            s->next->othering[p][l] = spiral_unit(z + dt * (up - down));
        }
    }

    const int small = s->layout->small;

    for (int m = 0; m < s->layout->count[SPIRAL_OF_PUBLIC]; m++)
        SPIRAL_EACH_LANE(l) {
            const double x = now->orientation[m][l];
            const double stance = FACT(doctrine[small][SPIRAL_DOCTRINE_align]) -
                                  FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]);
            const double apart = stance - x;

            /* near segments follow; beyond the bound of confidence they turn away, at a third of
             * the pull at most */
            const double pull = spiral_max(1.0 - apart * apart * K(inverse_reach), -1.0 / 3.0);
            const double led =
                K(public_rate) * FACT(doctrine[small][SPIRAL_DOCTRINE_identity]) * apart * pull;
            const double rallied =
                K(rally) * 0.25 * (s->survey->worst[l] - 1.0) * (1.0 - FACT(kin[m])) * (1.0 - x);
            s->next->orientation[m][l] = spiral_clamp(x + dt * (led + rallied), -1.0, 1.0);
        }
}

#endif
