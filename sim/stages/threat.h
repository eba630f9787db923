/* SPDX-License-Identifier: MIT
 *
 * Stage 2: threat. Walt 1987 (power, proximity, offensive capability, intent), Jervis 1976 and
 * 1978, Wendt 1992, Boulding 1962, Fearon 1995, Kydd 2005.
 */
#ifndef SPIRAL_STAGE_THREAT_H
#define SPIRAL_STAGE_THREAT_H

#include "sim/stages/stage.h"

/* The weight of a patron's tie to the small state in the eyes of the neighbour of rival q: what
 * there is, what was declared, what is to be expected of both courses. */
STAGE number tie_weight(const struct step *s, int q, int k)
{
    const int patron = LAYOUT->patrons[k];
    const number prospect =
        s->numbers->survey.course * FACT(doctrine[patron][SPIRAL_DOCTRINE_extend]);
    const number tie = s->numbers->now.commitment[k] +
                       FORM(presence_weight) * s->numbers->now.presence[k] +
                       K(declared) * s->numbers->now.aspiration[k] + K(foresight) * prospect;

    return K(encircle) * GIVEN(border[q]) * tie * FACT(patron_share[q][k]);
}

/* Encirclement in the perception p: what the small state's ties to others mean to a neighbour,
 * and the patron's nearness by them. */
STAGE number encirclement(const struct step *s, int p)
{
    const SPIRAL_LAYOUT_SPACE struct spiral_layout *layout = LAYOUT;
    const struct spiral_perception seen = layout->perceptions[p];
    number sum = number_of(0.0);

    if (layout->role[seen.of] != SPIRAL_NEIGHBOUR)
        return sum;

    EACH(q, RIVAL)
    {
        if (layout->rivals[q].neighbour != seen.of)
            continue;

        EACH(k, PATRON)
        {
            const int patron = layout->patrons[k];
            if (patron == seen.of || (seen.about != layout->small && seen.about != patron))
                continue;

            if (seen.about == patron) {
                sum += K(benign) * tie_weight(s, q, k);
            } else {
                const number fear = s->numbers->now.threat[layout->rivals[q].about_patron[k]];
                sum += tie_weight(s, q, k) * (K(benign) + (1.0 - K(benign)) * fear);
            }
        }
    }

    return sum;
}

/* Adds what flowed into a rising threat to the sums by cause. Misperception is net: what error
 * gives one month it takes the next. */
STAGE void attribute(struct step *s, const struct spiral_perception seen,
                     const number term[SPIRAL_CAUSES], number inflow)
{
    number *rise = s->numbers->derived.rise[seen.rival][seen.of == LAYOUT->small];

    for (int cause = 0; cause < SPIRAL_CAUSE_noise; cause++)
        rise[cause] += inflow * term[cause];
    rise[SPIRAL_CAUSE_noise] += term[SPIRAL_CAUSE_noise];
}

STAGE void perceive(struct step *s, int p)
{
    const struct spiral_perception seen = LAYOUT->perceptions[p];
    const number level = s->numbers->now.threat[p];
    const number calm = s->numbers->now.reassurance[seen.tie];
    const number meaning = K(benign) + (1.0 - K(benign)) * level;
    const number posture = (FORM(posture_base) + GIVEN(offence[seen.tie])) *
                           (1.0 - GIVEN(distinguish[seen.tie]) *
                                      (1.0 - FACT(doctrine[seen.about][SPIRAL_DOCTRINE_coerce])));

    /* Misperception is near-normal noise, largest where the threat is neither sure nor absurd,
     * less where there is reassurance. */
    const number term[SPIRAL_CAUSES] = {
        [SPIRAL_CAUSE_capability] = K(capability) * GIVEN(near[seen.tie]) * FORM(even) *
                                    FACT(share[p]) * s->numbers->now.arms[seen.about] * meaning *
                                    posture,
        [SPIRAL_CAUSE_encirclement] = encirclement(s, p),
        [SPIRAL_CAUSE_conduct] = K(conduct) * s->numbers->now.grievance[p],
        [SPIRAL_CAUSE_othering] = K(othering) * s->numbers->now.othering[p],
        [SPIRAL_CAUSE_noise] =
            K(noise_scale) * (1.0 - calm) * level * (1.0 - level) * noise_draw(s),
    };
    const number damped = 1.0 - K(reassure) * calm;
    const number cause = (term[SPIRAL_CAUSE_capability] + term[SPIRAL_CAUSE_encirclement] +
                          term[SPIRAL_CAUSE_conduct] + term[SPIRAL_CAUSE_othering]) *
                         damped;
    const number inverse = 1.0 / (1.0 + cause);
    const number gap = cause * inverse - level;
    const number rise = number_choose(gap > 0.0, K(rise_share), number_of(0.0));
    const number share = number_choose(gap > 0.0, K(rise_share), K(fall_share));

    s->numbers->next.threat[p] = number_unit(level + share * gap + term[SPIRAL_CAUSE_noise]);
    if (seen.rival >= 0)
        attribute(s, seen, term, rise * inverse * damped);
}

STAGE void threat(struct step *s)
{
    EACH(p, PERCEPTION)
    perceive(s, p);
}

#endif
