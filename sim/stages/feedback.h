/* SPDX-License-Identifier: MIT
 *
 * Stage 8: feedback of hostility: grievance, aid, contested territory. This closes the spiral.
 */
#ifndef SPIRAL_STAGE_FEEDBACK_H
#define SPIRAL_STAGE_FEEDBACK_H

#include "sim/stages/stage.h"

/* What state `of` resents of another: what a neighbour does to it, or, of an offshore patron, what
 * it does to the small state. */
STAGE void remember_conduct(struct step *s, int p)
{
    const struct spiral_perception seen = LAYOUT->perceptions[p];
    const int of_small = LAYOUT->rival_of[seen.about];
    const bool patron = seen.rival < 0 && LAYOUT->role[seen.of] == SPIRAL_OFFSHORE && of_small >= 0;
    const number hostility = hostility_of(s, seen.rival >= 0 ? seen.rival : patron ? of_small : -1);
    const number done = FORM(level_width) * (hostility - 1.0);
    const number part = seen.rival >= 0 ? number_of(1.0) : K(indignation);
    const number h = s->numbers->now.grievance[p];

    s->numbers->next.grievance[p] =
        number_min(h - K(grievance_share) * h + s->dt * K(grievance) * part * done,
                   number_of(SPIRAL_HIGHEST(grievance)));
}

STAGE void send_aid(struct step *s, int patron)
{
    const int state = LAYOUT->patrons[patron];
    const double helps = LAYOUT->role[state] == SPIRAL_OFFSHORE ? 1.0 : 0.0;
    const number sent = helps * K(aid_rise) * FACT(doctrine[state][SPIRAL_DOCTRINE_extend]) *
                        FORM(level_width) * (s->numbers->survey.worst - 1.0);
    const number aid = s->numbers->now.aid[patron];

    s->numbers->next.aid[patron] =
        number_unit(aid - K(aid_share) * aid + s->dt * sent * s->numbers->now.commitment[patron]);
}

STAGE void contest(struct step *s, int q)
{
    const number c = s->numbers->now.contested[q];
    const number force = s->dt * K(contest) * (1.0 - c);
    const number taken =
        number_choose(s->numbers->now.hostility[q] >= FORM(level_force), force, number_of(0.0));

    s->numbers->next.contested[q] = number_unit(c - K(contest_share) * c + taken);
}

STAGE void feedback(struct step *s)
{
    EACH(p, PERCEPTION)
    remember_conduct(s, p);
    EACH(patron, PATRON)
    send_aid(s, patron);
    EACH(q, RIVAL)
    contest(s, q);
}

#endif
