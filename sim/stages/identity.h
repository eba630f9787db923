/* SPDX-License-Identifier: MIT
 *
 * Stage 6: identity. Wendt 1992; publics after Deffuant et al. 2000 and Mueller 1970.
 */
#ifndef SPIRAL_STAGE_IDENTITY_H
#define SPIRAL_STAGE_IDENTITY_H

#include "sim/stages/stage.h"

STAGE void identity(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const double dt = s->batch->dt;
    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const double *policy = s->facts->doctrine[seen->of][SPIRAL_DOCTRINE_identity];
        const double *hostility = hostility_of(s, seen->rival);
        SPIRAL_EACH_LANE(l) {
            const double z = now->othering[p][l];
            const double suffered = 0.25 * (hostility[l] - 1.0);
            const double fed = k->identity[l] * policy[l] * now->threat[p][l] + k->coercion[l] * suffered;
            const double up = fed * (1.0 - z) * (1.0 + k->lock_in[l] * z);
            const double down = k->heal[l] * (1.0 - policy[l]) * z * (1.0 - z);
            s->next->othering[p][l] = spiral_unit(z + dt * (up - down));
        }
    }
    const spiral_lane *small = s->facts->doctrine[s->layout->small];
    for (int m = 0; m < s->layout->count[SPIRAL_OF_PUBLIC]; m++)
        SPIRAL_EACH_LANE(l) {
            const double x = now->orientation[m][l];
            const double stance = small[SPIRAL_DOCTRINE_align][l] - small[SPIRAL_DOCTRINE_empathy][l];
            const double apart = stance - x;
            /* near segments follow; beyond the bound of confidence they turn away, at a third of the pull at most */
            const double pull = spiral_max(1.0 - apart * apart * k->inverse_reach[l], -1.0 / 3.0);
            const double led = k->public_rate[l] * small[SPIRAL_DOCTRINE_identity][l] * apart * pull;
            const double rallied = k->rally[l] * 0.25 * (s->worst[l] - 1.0) * (1.0 - s->facts->kin[m][l]) * (1.0 - x);
            s->next->orientation[m][l] = spiral_clamp(x + dt * (led + rallied), -1.0, 1.0);
        }
}

#endif
