/* SPDX-License-Identifier: MIT
 *
 * Stage 1: facts at this date; the timeline's entries act; what several stages ask of the
 * present state.
 */
#ifndef SPIRAL_STAGE_FACTS_H
#define SPIRAL_STAGE_FACTS_H

#include "sim/stages/stage.h"

/* Brings one fact of this step to where the step will read it: `member` is an array of the plan,
 * `at` the place in it. */
#define GIVE(fact, member, at) \
    do { \
        const long place = (at); \
        if (s->shared) \
            batch->shared_facts.fact = batch->plan[0]->member[place]; \
        else \
            for (int l = 0; l < SPIRAL_LANES; l++) \
                batch->facts.fact[l] = batch->plan[l]->member[place]; \
    } while (0)

STAGE void facts(struct step *s)
{
    struct spiral_batch *batch = s->batch;
    const int *count = s->layout->count;
    const int rivals = count[SPIRAL_OF_RIVAL];
    const int patrons = count[SPIRAL_OF_PATRON];

    if (batch->step >= batch->next_event_step)
        spiral_timeline_act(batch);
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++)
        GIVE(power[i], power, batch->step * count[SPIRAL_OF_STATE] + i);
    for (int p = 0; p < count[SPIRAL_OF_PERCEPTION]; p++)
        GIVE(share[p], share, batch->step * count[SPIRAL_OF_PERCEPTION] + p);
    for (int t = 0; t < count[SPIRAL_OF_TIE]; t++)
        GIVE(trade[t], trade, batch->step * count[SPIRAL_OF_TIE] + t);
    for (int q = 0; q < rivals; q++)
        for (int k = 0; k < patrons; k++)
            GIVE(patron_share[q][k], patron_share, (batch->step * rivals + q) * patrons + k);
}

/* Share of its offers that a leadership with a wholly hostile median public cannot make. */
static const double public_veto = 0.5;

/* What several stages ask of the present state: the worst of the small state's relations, and
 * its publics. */
STAGE void survey(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;

    SPIRAL_EACH_LANE(l)
        s->survey->felt[l] = s->survey->caused[l] = s->survey->disputed[l] = s->survey->median[l] =
            s->survey->kinship[l] = s->derived->polarisation[l] = 0.0;

    const int small = s->layout->small;

    SPIRAL_EACH_LANE(l) {
        s->survey->worst[l] = s->survey->one[l] = s->survey->allowed[l] = 1.0;
        s->survey->course[l] = FACT(doctrine[small][SPIRAL_DOCTRINE_align]) *
                               (1.0 - FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]));
    }

    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &s->layout->rivals[q];
        const double *felt = now->threat[rival->small_about_neighbour];
        const double *caused = now->threat[rival->neighbour_about_small];
        const double *hostility = now->hostility[q];
        const double *contested = now->contested[q];

        SPIRAL_EACH_LANE(l) {
            s->survey->felt[l] = spiral_max(s->survey->felt[l], felt[l]);
            s->survey->caused[l] = spiral_max(s->survey->caused[l], caused[l]);
            s->survey->worst[l] = spiral_max(s->survey->worst[l], hostility[l]);
            s->survey->disputed[l] = spiral_max(s->survey->disputed[l], contested[l]);
        }
    }

    const int publics = s->layout->count[SPIRAL_OF_PUBLIC];

    if (publics == 0)
        return;

    spiral_lane mean;

    SPIRAL_EACH_LANE(l) {
        s->survey->median[l] = 1.0;
        mean[l] = 0.0;
    }

    for (int m = 0; m < publics; m++) {
        spiral_lane
            below; /* weight of the segments that are no further from the neighbour than this one */
        SPIRAL_EACH_LANE(l)
            below[l] = 0.0;

        for (int other = 0; other < publics; other++)
            SPIRAL_EACH_LANE(l) {
                const double counts =
                    now->orientation[other][l] <= now->orientation[m][l] ? 1.0 : 0.0;
                below[l] += counts * FACT(weight[other]);
            }

        SPIRAL_EACH_LANE(l) {
            const double orientation = now->orientation[m][l];
            const double candidate = below[l] >= 0.5 ? orientation : 1.0;
            s->survey->median[l] = spiral_min(s->survey->median[l], candidate);
            mean[l] += FACT(weight[m]) * now->orientation[m][l];
            s->survey->kinship[l] += FACT(weight[m]) * FACT(kin[m]);
        }
    }

    for (int m = 0; m < publics; m++)
        SPIRAL_EACH_LANE(l) {
            double apart = now->orientation[m][l] - mean[l];
            s->derived->polarisation[l] += FACT(weight[m]) * apart * apart;
        }
    SPIRAL_EACH_LANE(l)
        s->survey->allowed[l] = 1.0 - public_veto * spiral_positive(s->survey->median[l]);
}

#endif
