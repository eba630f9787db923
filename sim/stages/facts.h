/* SPDX-License-Identifier: MIT
 *
 * Stage 1: what several stages ask of the present state. The facts at this date, and what the
 * timeline's entries do to them, are in sim/timeline.c.
 */
#ifndef SPIRAL_STAGE_FACTS_H
#define SPIRAL_STAGE_FACTS_H

#include "sim/stages/stage.h"

/* The median of the publics' orientations, their weighted spread and kinship. */
STAGE void survey_publics(struct step *s)
{
    number mean = number_of(0.0);

    s->numbers->survey.median = number_of(1.0);

    EACH(m, PUBLIC)
    {
        const number orientation = s->numbers->now.orientation[m];
        /* weight of the segments that are no further from the neighbour than this one */
        number below = number_of(0.0);

        EACH(other, PUBLIC)
        {
            const number counts = number_choose(s->numbers->now.orientation[other] <= orientation,
                                                number_of(1.0), number_of(0.0));
            below += counts * GIVEN(weight[other]);
        }

        const number candidate =
            number_choose(below >= FORM(median_weight), orientation, number_of(1.0));

        s->numbers->survey.median = number_min(s->numbers->survey.median, candidate);
        mean += GIVEN(weight[m]) * orientation;
        s->numbers->survey.kinship += GIVEN(weight[m]) * GIVEN(kin[m]);
    }

    EACH(m, PUBLIC)
    {
        const number apart = s->numbers->now.orientation[m] - mean;
        s->numbers->derived.polarisation += GIVEN(weight[m]) * apart * apart;
    }

    s->numbers->survey.allowed =
        1.0 - FORM(public_veto) * number_positive(s->numbers->survey.median);
}

/* What several stages ask of the present state: the worst of the small state's relations, and
 * its publics. */
STAGE void survey(struct step *s)
{
    const int small = LAYOUT->small;
    struct survey *survey = &s->numbers->survey;

    survey->felt = survey->caused = survey->disputed = number_of(0.0);
    survey->median = survey->kinship = s->numbers->derived.polarisation = number_of(0.0);
    survey->worst = survey->allowed = number_of(1.0);
    survey->course = FACT(doctrine[small][SPIRAL_DOCTRINE_align]) *
                     (1.0 - FACT(doctrine[small][SPIRAL_DOCTRINE_empathy]));

    EACH(q, RIVAL)
    {
        const int felt = LAYOUT->rivals[q].small_about_neighbour;
        const int caused = LAYOUT->rivals[q].neighbour_about_small;

        survey->felt = number_max(survey->felt, s->numbers->now.threat[felt]);
        survey->caused = number_max(survey->caused, s->numbers->now.threat[caused]);
        survey->worst = number_max(survey->worst, s->numbers->now.hostility[q]);
        survey->disputed = number_max(survey->disputed, s->numbers->now.contested[q]);
    }

    if (LAYOUT->count[SPIRAL_OF_PUBLIC] > 0)
        survey_publics(s);
}

#endif
