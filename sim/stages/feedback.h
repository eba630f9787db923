/* SPDX-License-Identifier: MIT
 *
 * Stage 8: feedback of hostility: grievance, aid, contested territory. This closes the spiral.
 */
#ifndef SPIRAL_STAGE_FEEDBACK_H
#define SPIRAL_STAGE_FEEDBACK_H

#include "sim/stages/stage.h"

STAGE void feedback(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    const double dt = s->batch->dt;

    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const int of_small =
            s->layout->rival_of
                [seen->about]; /* a patron resents what this neighbour does to the small state */
        const bool patron =
            seen->rival < 0 && s->layout->role[seen->of] == SPIRAL_OFFSHORE && of_small >= 0;
        const double *hostility = hostility_of(s, seen->rival >= 0 ? seen->rival
                                                  : patron         ? of_small
                                                                   : -1);
        const bool rivals = seen->rival >= 0;

        SPIRAL_EACH_LANE(l) {
            const double done = 0.25 * (hostility[l] - 1.0);
            const double part = rivals ? 1.0 : K(indignation);
            const double h = now->grievance[p][l];
            s->next->grievance[p][l] =
                spiral_min(h - K(grievance_share) * h + dt * K(grievance) * part * done, 5.0);
        }
    }

    for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++) {
        const int state = s->layout->patrons[patron];
        const double helps = s->layout->role[state] == SPIRAL_OFFSHORE ? 1.0 : 0.0;

        SPIRAL_EACH_LANE(l) {
            const double sent = helps * K(aid_rise) *
                                FACT(doctrine[state][SPIRAL_DOCTRINE_extend]) * 0.25 *
                                (s->survey->worst[l] - 1.0);
            const double aid = now->aid[patron][l];
            s->next->aid[patron][l] =
                spiral_unit(aid - K(aid_share) * aid + dt * sent * now->commitment[patron][l]);
        }
    }

    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++) {
        const double *contested = now->contested[q];
        const double *hostility = now->hostility[q];
        double *next = s->next->contested[q];

        SPIRAL_EACH_LANE(l) {
            const double c = contested[l];
            const double force = dt * K(contest) * (1.0 - c);
            const double taken = hostility[l] >= 4.0 ? force : 0.0;
            next[l] = spiral_unit(c - K(contest_share) * c + taken);
        }
    }
}

#endif
