/* SPDX-License-Identifier: MIT
 *
 * Stage 3: arms. Richardson 1960: reaction to threat, fatigue.
 */
#ifndef SPIRAL_STAGE_ARMS_H
#define SPIRAL_STAGE_ARMS_H

#include "sim/stages/stage.h"

STAGE void arms(struct step *s)
{
    for (int i = 0; i < s->layout->count[SPIRAL_OF_STATE]; i++) {
        spiral_lane fear;
        spiral_lane supplied;
        largest_fear(s, i, fear);
        SPIRAL_EACH_LANE(l)
            supplied[l] = 0.0;

        if (i == s->layout->small)
            for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++)
                SPIRAL_EACH_LANE(l)
                    supplied[l] += K(aid_arms) * s->now->aid[patron][l];

        SPIRAL_EACH_LANE(l) {
            const double level = s->now->arms[i][l];
            const double reaction =
                K(arms_react) * FACT(doctrine[i][SPIRAL_DOCTRINE_arm]) * fear[l];
            const double target = spiral_unit(K(arms_base) + reaction + supplied[l]);
            const double share = K(arms_share);
            s->next->arms[i][l] = level + share * (target - level);

            const double rising = target > level ? share : 0.0;
            s->derived->arms_from_threat[i][l] += rising * reaction;
            s->derived->arms_from_aid[l] +=
                rising * supplied[l]; /* none but the small state is supplied */
        }
    }
}

#endif
