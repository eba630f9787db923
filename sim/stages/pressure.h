/* SPDX-License-Identifier: MIT
 *
 * Stage 7: pressure, incidents and war. Jervis 1978, Fearon 1995, Glaser 2010, Vasquez 1993,
 * Russett and Oneal 2001, Maoz and Russett 1993, Jervis 1989, Bremer 1992.
 */
#ifndef SPIRAL_STAGE_PRESSURE_H
#define SPIRAL_STAGE_PRESSURE_H

#include "sim/stages/stage.h"

/* Stands for no arms at all, so that where neither side has any the pressure is 0 and not 0 / 0. */
static const double no_arms = 1e-300;

/* How far the small state has turned from the course that the neighbour of rival q is used to;
 * and the neighbour gets used to it. */
STAGE void turn(const struct step *s, int q, spiral_lane loss)
{
    const double *accustomed = s->now->accustomed[q];

    SPIRAL_EACH_LANE(l) {
        const double turned = s->survey->course[l] - accustomed[l];
        const double used = turned > 0.0 ? K(resent_share) : K(accustom_share);
        loss[l] = spiral_positive(turned);
        s->next->accustomed[q][l] = accustomed[l] + used * turned;
    }
}

/* What stands behind the small state against the neighbour of rival q: patrons' power times
 * guarantee, arms and reach; the strongest nuclear guarantee; and limbo, the largest commitment
 * that provokes before it protects. */
STAGE void backing(const struct step *s, int q, spiral_lane shield, spiral_lane nuclear,
                   spiral_lane limbo)
{
    SPIRAL_EACH_LANE(l)
        shield[l] = nuclear[l] = limbo[l] = 0.0;

    for (int k = 0; k < s->layout->count[SPIRAL_OF_PATRON]; k++) {
        const int patron = s->layout->patrons[k];
        if (k == s->layout->rivals[q].patron)
            continue;

        SPIRAL_EACH_LANE(l) {
            const double c = s->now->commitment[k][l];
            const double real = s->derived->guarantee[k][l];
            shield[l] += real * FACT(power[patron]) * s->now->arms[patron][l] * FACT(reach[k]);
            nuclear[l] = spiral_max(nuclear[l], real * FACT(nuclear[patron]));
            limbo[l] = spiral_max(limbo[l], c * (1.0 - credibility(s, k, l)));
        }
    }
}

/* Pressure of state i, which perceives this threat, for each unit of restraint: stake * motive *
 * pretext * coercion. */
STAGE double will(const struct step *s, int q, int i, int l, double threat, double urgency,
                  double excuse)
{
    const double greed = FACT(greed[i]);
    const double motive = ((1.0 - greed) * threat + greed * K(prize)) * (1.0 + urgency);
    const double force = K(coerce_base) + FACT(doctrine[i][SPIRAL_DOCTRINE_coerce]);

    return FACT(stake[q]) * motive * force * (1.0 + K(pretext) * excuse);
}

/* What becomes of a level of hostility in a step, by one draw. Incidents come at a rate, and a
 * part of them is a use of force or a display at once: they raise hostility to their own level. A
 * use of force becomes war at a rate of its own, and a dispute is settled as a whole. A rate r has
 * the chance r dt/(1 + r dt); both sides are multiplied by the denominator, so that nothing is
 * divided. */
STAGE double happen(const struct step *s, int l, double level, double incidents, double wars,
                    double draw)
{
    const double risen = draw * (1.0 + incidents);
    const double forced = incidents * K(force);
    const double shown = incidents * (K(force) + K(display));
    const double below_display = risen < incidents ? 2.0 : 1.0;
    const double below_force = risen < shown ? 3.0 : below_display;
    const double incident = risen < forced ? 4.0 : below_force;
    const double war = draw * (1.0 + wars) < wars ? 5.0 : 1.0;
    const double next = spiral_max(level, level >= 4.0 ? war : incident);
    const double settled = K(settle_chance) * (level < 5.0 ? 1.0 : K(war_share));
    const double calm = (1.0 - draw) * (1.0 + settled) <= settled ? 1.0 : next;

    return next > level ? next : calm;
}

STAGE void pressure(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    const int small = s->layout->small;

    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &s->layout->rivals[q];
        const int other = rival->neighbour;
        spiral_lane shield;
        spiral_lane nuclear;
        double *limbo = s->derived->limbo[q];
        double *loss = s->derived->loss[q];
        double *pushed = s->derived->pressure[q];
        const double *trade = now->interdependence[rival->tie];
        const double *talk = now->reassurance[rival->tie];
        const double *our_arms = now->arms[small];
        const double *their_arms = now->arms[other];
        const double *our_fear = now->threat[rival->small_about_neighbour];
        const double *their_fear = now->threat[rival->neighbour_about_small];
        const double *contested = now->contested[q];
        const double *hostility = now->hostility[q];
        double *next = s->next->hostility[q];
        backing(s, q, shield, nuclear, limbo);
        turn(s, q, loss);

        SPIRAL_EACH_LANE(l) {
            const double both = FACT(democracy[small]) * FACT(democracy[other]);
            const double peace =
                1.0 + K(trade) * trade[l] + K(talk) * talk[l] + K(democracy) * both;
            const double part = FACT(share[rival->small_about_neighbour]);
            const double even = 1.0 - K(preponderance) * (1.0 - 4.0 * part * (1.0 - part));
            const double defence = K(defence) * 2.0 * (1.0 - FACT(offence[rival->tie]));
            const double ours = FACT(power[small]) * our_arms[l];
            const double theirs = FACT(power[other]) * their_arms[l];
            const double excuse =
                contested[l] + 0.5 * s->derived->polarisation[l] * s->survey->kinship[l];
            const double urgency = K(window) * limbo[l] + K(loss) * loss[l];
            const double their_will = will(s, q, other, l, their_fear[l], urgency, excuse);
            const double our_will = will(s, q, small, l, our_fear[l], 0.0, contested[l]);
            const double their_cost = peace + K(nuclear) *
                                                  spiral_max(nuclear[l], FACT(nuclear[small])) *
                                                  FACT(nuclear[other]);
            const double our_cost =
                peace + K(nuclear) * FACT(nuclear[small]) * FACT(nuclear[other]);
            const double against_them = spiral_max(theirs + defence * ours + shield[l], no_arms);
            const double against_us = spiral_max(ours + defence * theirs, no_arms);
            const double their_push = their_will * theirs / (against_them * their_cost);
            const double our_push = our_will * ours / (against_us * our_cost);
            const double push = their_push + our_push;
            const double incidents =
                even * (K(incident_chance) * FACT(stake[q]) / peace + K(press_chance) * push);
            const uint64_t state = s->batch->random_state[l];
            const double draw = spiral_uniform(spiral_random_output(state));
            s->batch->random_state[l] = spiral_random_step(state, s->batch->random_increment[l]);
            pushed[l] = push;
            s->derived->pressed[q][l] = even * K(press_chance) * push;
            s->derived->incidents[q][l] = incidents;
            const double wars = K(slip_chance) + K(war_chance) * push * push;
            next[l] = happen(s, l, hostility[l], incidents, wars, draw);
        }
    }
}

#endif
