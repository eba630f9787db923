/* SPDX-License-Identifier: MIT
 *
 * Stage 2: threat. Walt 1987 (power, proximity, offensive capability, intent), Jervis 1976 and
 * 1978, Wendt 1992, Boulding 1962, Fearon 1995, Kydd 2005.
 */
#ifndef SPIRAL_STAGE_THREAT_H
#define SPIRAL_STAGE_THREAT_H

#include "sim/stages/stage.h"

/* How the parts of a commitment weigh in encirclement: foreign forces count for less than the
 * pledge that they seal. */
static const double presence_weight = 0.8;

/* The weight of a patron's tie to the small state in the eyes of the neighbour of rival q: what
 * there is, what was declared, what is to be expected of both courses. */
STAGE double tie_weight(const struct step *s, int q, int k, int l)
{
    const struct spiral_lanes_state *now = s->now;
    const double prospect =
        s->survey->course[l] * FACT(doctrine[s->layout->patrons[k]][SPIRAL_DOCTRINE_extend]);
    const double tie = now->commitment[k][l] + presence_weight * now->presence[k][l] +
                       K(declared) * now->aspiration[k][l] + K(foresight) * prospect;

    return K(encircle) * FACT(border[q]) * tie * FACT(patron_share[q][k]);
}

/* Encirclement in the perception p: what the small state's ties to others mean to a neighbour,
 * and the patron's nearness by them. */
STAGE void encirclement(const struct step *s, int p, spiral_lane sum)
{
    const struct spiral_layout *layout = s->layout;
    const struct spiral_perception *seen = &layout->perceptions[p];

    SPIRAL_EACH_LANE(l)
        sum[l] = 0.0;
    if (layout->role[seen->of] != SPIRAL_NEIGHBOUR)
        return;

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        if (layout->rivals[q].neighbour != seen->of)
            continue;

        for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++) {
            const int patron = layout->patrons[k];
            if (patron == seen->of || (seen->about != layout->small && seen->about != patron))
                continue;

            if (seen->about == patron) {
                SPIRAL_EACH_LANE(l)
                    sum[l] += K(benign) * tie_weight(s, q, k, l);
            } else {
                const double *fear = s->now->threat[layout->rivals[q].about_patron[k]];
                SPIRAL_EACH_LANE(l)
                    sum[l] += tie_weight(s, q, k, l) * (K(benign) + (1.0 - K(benign)) * fear[l]);
            }
        }
    }
}

/* Misperception: near-normal noise, largest where the threat is neither sure nor absurd, less
 * where there is reassurance. */
STAGE void misperception(const struct step *s, const double level[], const double calm[],
                         double error[])
{
    uint64_t *state = s->batch->random_state;
    const uint64_t *increment = s->batch->random_increment;

    SPIRAL_EACH_LANE(l) {
        error[l] = K(noise_scale) * (1.0 - calm[l]) * level[l] * (1.0 - level[l]) *
                   spiral_noise(spiral_random_output(state[l]));
        state[l] = spiral_random_step(state[l], increment[l]);
    }
}

/* Adds what flowed into a rising threat to the sums by cause. */
STAGE void attribute(const struct step *s, const struct spiral_perception *seen,
                     spiral_lane term[SPIRAL_CAUSES], const double inflow[])
{
    spiral_lane *rise = s->derived->rise[seen->rival][seen->of == s->layout->small];

    for (int cause = 0; cause < SPIRAL_CAUSE_noise; cause++)
        SPIRAL_EACH_LANE(l)
            rise[cause][l] += inflow[l] * term[cause][l];
    SPIRAL_EACH_LANE(l)
        rise[SPIRAL_CAUSE_noise][l] +=
            term[SPIRAL_CAUSE_noise][l]; /* net: what error gives one month it takes the next */
}

STAGE void threat(struct step *s)
{
    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const double *calm = s->now->reassurance[seen->tie];
        const double *level = s->now->threat[p];
        const double *rival_arms = s->now->arms[seen->about];
        const double *grievance = s->now->grievance[p];
        const double *othering = s->now->othering[p];
        double *next = s->next->threat[p];
        spiral_lane term[SPIRAL_CAUSES];
        spiral_lane inflow;
        encirclement(s, p, term[SPIRAL_CAUSE_encirclement]);
        misperception(s, level, calm, term[SPIRAL_CAUSE_noise]);

        SPIRAL_EACH_LANE(l) {
            const double meaning = K(benign) + (1.0 - K(benign)) * level[l];
            const double posture =
                (0.5 + FACT(offence[seen->tie])) *
                (1.0 - FACT(distinguish[seen->tie]) *
                           (1.0 - FACT(doctrine[seen->about][SPIRAL_DOCTRINE_coerce])));
            const double capable = K(capability) * FACT(near[seen->tie]) * 2.0 * FACT(share[p]) *
                                   rival_arms[l] * meaning * posture;
            const double conduct = K(conduct) * grievance[l];
            const double other = K(othering) * othering[l];
            const double damped = 1.0 - K(reassure) * calm[l];
            const double cause =
                (capable + term[SPIRAL_CAUSE_encirclement][l] + conduct + other) * damped;
            const double inverse = 1.0 / (1.0 + cause);
            const double gap = cause * inverse - level[l];
            const double rising = K(rise_share);
            const double falling = K(fall_share);
            const double rise = gap > 0.0 ? rising : 0.0;
            const double share = gap > 0.0 ? rising : falling;
            next[l] = spiral_unit(level[l] + share * gap + term[SPIRAL_CAUSE_noise][l]);
            term[SPIRAL_CAUSE_capability][l] = capable;
            term[SPIRAL_CAUSE_conduct][l] = conduct;
            term[SPIRAL_CAUSE_othering][l] = other;
            inflow[l] = rise * inverse * damped;
        }

        if (seen->rival >= 0)
            attribute(s, seen, term, inflow);
    }
}

#endif
