/* SPDX-License-Identifier: MIT
 *
 * Stage 7: pressure, incidents and war. Jervis 1978, Fearon 1995, Glaser 2010, Vasquez 1993,
 * Russett and Oneal 2001, Maoz and Russett 1993, Jervis 1989, Bremer 1992.
 */
#ifndef SPIRAL_STAGE_PRESSURE_H
#define SPIRAL_STAGE_PRESSURE_H

#include "sim/stages/stage.h"

/* How far the small state has turned from the course that the neighbour of rival q is used to;
 * and the neighbour gets used to it. */
STAGE void turn(struct step *s, int q)
{
    const number accustomed = s->numbers->now.accustomed[q];
    const number turned = s->numbers->survey.course - accustomed;
    const number used = number_choose(turned > 0.0, K(resent_share), K(accustom_share));

    s->numbers->derived.loss[q] = number_positive(turned);
    s->numbers->next.accustomed[q] = accustomed + used * turned;
}

/* What stands behind the small state against a neighbour. */
struct backing {
    number shield;  /* patrons' power times guarantee, arms and reach */
    number nuclear; /* the strongest nuclear guarantee */
    number limbo;   /* the largest commitment that provokes before it protects */
};

STAGE struct backing backing_against(const struct step *s, int q)
{
    struct backing backing = {number_of(0.0), number_of(0.0), number_of(0.0)};

    EACH(k, PATRON)
    {
        const int patron = LAYOUT->patrons[k];
        if (k == LAYOUT->rivals[q].patron)
            continue;

        const number c = s->numbers->now.commitment[k];
        const number real = s->numbers->derived.guarantee[k];

        backing.shield +=
            real * FACT(power[patron]) * s->numbers->now.arms[patron] * GIVEN(reach[k]);
        backing.nuclear = number_max(backing.nuclear, real * GIVEN(nuclear[patron]));
        backing.limbo = number_max(backing.limbo, c * (1.0 - credibility(s, k)));
    }

    return backing;
}

/* Pressure of state i, which perceives this threat, for each unit of restraint: stake * motive *
 * pretext * coercion. */
STAGE number will(const struct step *s, int q, int i, number threat, number urgency, number excuse)
{
    const number greed = FACT(greed[i]);
    const number motive = ((1.0 - greed) * threat + greed * K(prize)) * (1.0 + urgency);
    const number force = K(coerce_base) + FACT(doctrine[i][SPIRAL_DOCTRINE_coerce]);

    return GIVEN(stake[q]) * motive * force * (1.0 + K(pretext) * excuse);
}

/* What becomes of a level of hostility in a step, by one draw. Incidents come at a rate, and a
 * part of them is a use of force or a display at once: they raise hostility to their own level. A
 * use of force becomes war at a rate of its own, and a dispute is settled as a whole. A rate r has
 * the chance r dt/(1 + r dt); both sides are multiplied by the denominator, so that nothing is
 * divided. */
STAGE number happen(const struct step *s, number level, number incidents, number wars, number draw)
{
    const number one = number_of(1.0);
    const number risen = draw * (1.0 + incidents);
    const number forced = incidents * K(force);
    const number shown = incidents * (K(force) + K(display));
    const number below_display =
        number_choose(risen < incidents, number_of(FORM(level_threat)), one);
    const number below_force =
        number_choose(risen < shown, number_of(FORM(level_display)), below_display);
    const number incident =
        number_choose(risen < forced, number_of(FORM(level_force)), below_force);
    const number war = number_choose(draw * (1.0 + wars) < wars, number_of(FORM(level_war)), one);
    const number next = number_max(level, number_choose(level >= FORM(level_force), war, incident));
    const number settled =
        K(settle_chance) * number_choose(level < FORM(level_war), one, K(war_share));
    const number calm = number_choose((1.0 - draw) * (1.0 + settled) <= settled, one, next);

    return number_choose(next > level, next, calm);
}

STAGE void press(struct step *s, int q)
{
    const int small = LAYOUT->small;
    const struct spiral_rival rival = LAYOUT->rivals[q];
    const int other = rival.neighbour;
    const struct backing backing = backing_against(s, q);
    const number contested = s->numbers->now.contested[q];
    const number our_fear = s->numbers->now.threat[rival.small_about_neighbour];
    const number their_fear = s->numbers->now.threat[rival.neighbour_about_small];

    const number both = GIVEN(democracy[small]) * GIVEN(democracy[other]);
    const number peace = 1.0 + K(trade) * s->numbers->now.interdependence[rival.tie] +
                         K(talk) * s->numbers->now.reassurance[rival.tie] + K(democracy) * both;
    const number part = FACT(share[rival.small_about_neighbour]);
    const number even = 1.0 - K(preponderance) * (1.0 - FORM(parabola) * part * (1.0 - part));
    const number defence = K(defence) * FORM(even) * (1.0 - GIVEN(offence[rival.tie]));
    const number ours = FACT(power[small]) * s->numbers->now.arms[small];
    const number theirs = FACT(power[other]) * s->numbers->now.arms[other];
    const number excuse = contested + FORM(pretext_by_kin) * s->numbers->derived.polarisation *
                                          s->numbers->survey.kinship;
    const number urgency = K(window) * backing.limbo + K(loss) * s->numbers->derived.loss[q];
    const number their_will = will(s, q, other, their_fear, urgency, excuse);
    const number our_will = will(s, q, small, our_fear, number_of(0.0), contested);
    const number their_cost = peace + K(nuclear) *
                                          number_max(backing.nuclear, GIVEN(nuclear[small])) *
                                          GIVEN(nuclear[other]);
    const number our_cost = peace + K(nuclear) * GIVEN(nuclear[small]) * GIVEN(nuclear[other]);
    const number against_them =
        number_max(theirs + defence * ours + backing.shield, number_of(FORM(no_arms)));
    const number against_us = number_max(ours + defence * theirs, number_of(FORM(no_arms)));
    const number their_push = their_will * theirs / (against_them * their_cost);
    const number our_push = our_will * ours / (against_us * our_cost);
    const number push = their_push + our_push;
    const number incidents =
        even * (K(incident_chance) * GIVEN(stake[q]) / peace + K(press_chance) * push);
    const number wars = K(slip_chance) + K(war_chance) * push * push;

    s->numbers->derived.limbo[q] = backing.limbo;
    s->numbers->derived.pressure[q] = push;
    s->numbers->derived.pressed[q] = even * K(press_chance) * push;
    s->numbers->derived.incidents[q] = incidents;
    s->numbers->next.hostility[q] =
        happen(s, s->numbers->now.hostility[q], incidents, wars, uniform_draw(s));
}

STAGE void pressure(struct step *s)
{
    EACH(q, RIVAL)
    {
        turn(s, q);
        press(s, q);
    }
}

#endif
