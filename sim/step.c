/* SPDX-License-Identifier: MIT
 *
 * The model. One step of every run of a batch, in eight stages:
 *
 *   1 facts         what is given at this date; the timeline's entries act
 *   2 threat        capability, encirclement, conduct, othering, less reassurance; misperception
 *   3 arms          Richardson's reaction with fatigue
 *   4 alliance      demand of the small state, supply of the patron; what is believed of it
 *   5 reassurance   what both offer; trade
 *   6 identity      othering, publics
 *   7 pressure      what force would bring against what it would cost; the ladder of hostility
 *   8 feedback      grievance, aid, contested territory
 *
 * Every stage reads `now` and writes `next`, so the order of agents is nothing. Equations, sources and the meaning of each
 * constant stand in docs/model.md under the stage's name. Algebra only (sim/algebra.h): no libm, no branch on a run's state.
 */
#include "sim/step.h"

#include "sim/algebra.h"
#include "sim/random.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif
#define STAGE static inline __attribute__((always_inline))

/* How the parts of a commitment weigh in encirclement: foreign forces count for less than the pledge that they seal. */
static const double presence_weight = 0.8;
/* How much of encirclement is felt where its author is not feared at all. */
static const double unfeared = 0.25;
/* Share of its offers that a leadership with a wholly hostile median public cannot make. */
static const double public_veto = 0.5;

/* What the stages share within a step. */
struct step {
    struct spiral_batch *batch;
    const struct spiral_layout *layout;
    const struct spiral_lanes_constants *k;
    const struct spiral_lanes_facts *facts;
    const struct spiral_lanes_state *now;
    struct spiral_lanes_state *next;
    struct spiral_lanes_derived *derived;
    spiral_lane felt;          /* threat that the small state feels: the largest over its neighbours */
    spiral_lane caused;        /* threat that it causes: the largest over its neighbours */
    spiral_lane worst;         /* hostility, the largest over its neighbours */
    spiral_lane disputed;      /* contested territory, the largest */
    spiral_lane median;        /* orientation of the median public, 0 without publics */
    spiral_lane kinship;       /* publics' weighted kinship with the neighbour */
};

/* --- stage 1: facts ------------------------------------------------------------------------------------------------ */

/* Copies one fact of this step to all lanes: `member` is an array of the plan, `at` the place in it. */
#define GIVE(to, member, at) \
    do { \
        const long place = (at); \
        if (batch->same_plan) { \
            const double value = batch->plan[0]->member[place]; \
            SPIRAL_EACH_LANE(l) (to)[l] = value; \
        } else \
            for (int l = 0; l < SPIRAL_LANES; l++) \
                (to)[l] = batch->plan[l]->member[place]; \
    } while (0)

STAGE void facts(struct step *s)
{
    struct spiral_batch *batch = s->batch;
    struct spiral_lanes_facts *given = &batch->facts;
    const int *count = s->layout->count;
    const int rivals = count[SPIRAL_OF_RIVAL], patrons = count[SPIRAL_OF_PATRON];
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++)
        GIVE(given->power[i], power, batch->step * count[SPIRAL_OF_STATE] + i);
    for (int p = 0; p < count[SPIRAL_OF_PERCEPTION]; p++)
        GIVE(given->share[p], share, batch->step * count[SPIRAL_OF_PERCEPTION] + p);
    for (int t = 0; t < count[SPIRAL_OF_TIE]; t++)
        GIVE(given->trade[t], trade, batch->step * count[SPIRAL_OF_TIE] + t);
    for (int q = 0; q < rivals; q++)
        for (int k = 0; k < patrons; k++)
            GIVE(given->patron_share[q][k], patron_share, (batch->step * rivals + q) * patrons + k);
    if (batch->step >= batch->next_event_step)
        spiral_timeline_act(batch);
}

/* What several stages ask of the present state: the worst of the small state's relations, and its publics. */
STAGE void survey(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    SPIRAL_EACH_LANE(l) s->felt[l] = s->caused[l] = s->disputed[l] = s->median[l] = s->kinship[l] = s->derived->polarisation[l] = 0.0;
    SPIRAL_EACH_LANE(l) s->worst[l] = 1.0;
    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &s->layout->rivals[q];
        SPIRAL_EACH_LANE(l) {
            s->felt[l] = spiral_max(s->felt[l], now->threat[rival->small_about_neighbour][l]);
            s->caused[l] = spiral_max(s->caused[l], now->threat[rival->neighbour_about_small][l]);
            s->worst[l] = spiral_max(s->worst[l], now->hostility[q][l]);
            s->disputed[l] = spiral_max(s->disputed[l], now->contested[q][l]);
        }
    }
    const int publics = s->layout->count[SPIRAL_OF_PUBLIC];
    if (publics == 0)
        return;
    spiral_lane mean;
    SPIRAL_EACH_LANE(l) { s->median[l] = 1.0; mean[l] = 0.0; }
    for (int m = 0; m < publics; m++) {
        spiral_lane below; /* weight of the segments that are no further from the neighbour than this one */
        SPIRAL_EACH_LANE(l) below[l] = 0.0;
        for (int other = 0; other < publics; other++)
            SPIRAL_EACH_LANE(l) below[l] += now->orientation[other][l] <= now->orientation[m][l] ? s->facts->weight[other][l] : 0.0;
        SPIRAL_EACH_LANE(l) {
            double candidate = below[l] >= 0.5 ? now->orientation[m][l] : 1.0;
            s->median[l] = spiral_min(s->median[l], candidate);
            mean[l] += s->facts->weight[m][l] * now->orientation[m][l];
            s->kinship[l] += s->facts->weight[m][l] * s->facts->kin[m][l];
        }
    }
    for (int m = 0; m < publics; m++)
        SPIRAL_EACH_LANE(l) {
            double apart = now->orientation[m][l] - mean[l];
            s->derived->polarisation[l] += s->facts->weight[m][l] * apart * apart;
        }
}

/* --- stage 2: threat ----------------------------------------------------------------------------------------------- */

/* The weight of a patron's tie to the small state in the eyes of the neighbour of rival q: what there is, what was declared, what is to be
 * expected of both courses. */
STAGE double tie_weight(const struct step *s, int q, int k, int l)
{
    const struct spiral_lanes_state *now = s->now;
    const spiral_lane *small = s->facts->doctrine[s->layout->small], *far = s->facts->doctrine[s->layout->patrons[k]];
    const double course = small[SPIRAL_DOCTRINE_align][l] * (1.0 - small[SPIRAL_DOCTRINE_empathy][l]) * far[SPIRAL_DOCTRINE_extend][l];
    const double tie = now->commitment[k][l] + presence_weight * now->presence[k][l] + now->aspiration[k][l] + s->k->foresight[l] * course;
    return s->k->encircle[l] * s->facts->border[q][l] * tie * s->facts->patron_share[q][k][l];
}

/* Encirclement in the perception p: what the small state's ties to others mean to a neighbour, and the patron's nearness by them. */
STAGE void encirclement(const struct step *s, int p, spiral_lane sum)
{
    const struct spiral_layout *layout = s->layout;
    const struct spiral_perception *seen = &layout->perceptions[p];
    SPIRAL_EACH_LANE(l) sum[l] = 0.0;
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
                SPIRAL_EACH_LANE(l) sum[l] += unfeared * tie_weight(s, q, k, l);
            } else {
                const double *fear = s->now->threat[layout->rivals[q].about_patron[k]];
                SPIRAL_EACH_LANE(l) sum[l] += tie_weight(s, q, k, l) * (unfeared + (1.0 - unfeared) * fear[l]);
            }
        }
    }
}

/* Misperception: near-normal noise, largest where the threat is neither sure nor absurd, less where there is reassurance. */
STAGE void misperception(const struct step *s, const double level[], const double calm[], double error[])
{
    uint64_t *state = s->batch->random_state;
    const uint64_t *increment = s->batch->random_increment;
    const double *scale = s->k->noise_scale;
    SPIRAL_EACH_LANE(l) {
        error[l] = scale[l] * (1.0 - calm[l]) * level[l] * (1.0 - level[l]) * spiral_noise(spiral_random_output(state[l]));
        state[l] = spiral_random_step(state[l], increment[l]);
    }
}

/* Adds what flowed into a rising threat to the sums by cause. */
STAGE void attribute(const struct step *s, const struct spiral_perception *seen, spiral_lane term[SPIRAL_CAUSES], const double inflow[])
{
    spiral_lane *rise = s->derived->rise[seen->rival][seen->of == s->layout->small];
    for (int cause = 0; cause < SPIRAL_CAUSE_noise; cause++)
        SPIRAL_EACH_LANE(l) rise[cause][l] += inflow[l] * term[cause][l];
    SPIRAL_EACH_LANE(l) rise[SPIRAL_CAUSE_noise][l] += spiral_max(term[SPIRAL_CAUSE_noise][l], 0.0);
}

STAGE void threat(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const double *calm = s->now->reassurance[seen->tie], *level = s->now->threat[p], *rival_arms = s->now->arms[seen->about];
        const double *grievance = s->now->grievance[p], *othering = s->now->othering[p];
        const double *near = s->facts->near[seen->tie], *power = s->facts->share[p];
        double *next = s->next->threat[p];
        spiral_lane term[SPIRAL_CAUSES], inflow;
        encirclement(s, p, term[SPIRAL_CAUSE_encirclement]);
        misperception(s, level, calm, term[SPIRAL_CAUSE_noise]);
        SPIRAL_EACH_LANE(l) {
            const double capable = k->capability[l] * near[l] * 2.0 * power[l] * rival_arms[l];
            const double conduct = k->conduct[l] * grievance[l];
            const double other = k->othering[l] * othering[l];
            const double damped = 1.0 - k->reassure[l] * calm[l];
            const double cause = (capable + term[SPIRAL_CAUSE_encirclement][l] + conduct + other) * damped;
            const double inverse = 1.0 / (1.0 + cause);
            const double gap = cause * inverse - level[l];
            const double rise = gap > 0.0 ? k->rise_share[l] : 0.0;
            const double share = gap > 0.0 ? k->rise_share[l] : k->fall_share[l];
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

/* --- stage 3: arms ------------------------------------------------------------------------------------------------- */

STAGE void arms(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    for (int i = 0; i < s->layout->count[SPIRAL_OF_STATE]; i++) {
        spiral_lane fear, supplied;
        SPIRAL_EACH_LANE(l) fear[l] = supplied[l] = 0.0;
        for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++)
            if (s->layout->perceptions[p].of == i)
                SPIRAL_EACH_LANE(l) fear[l] = spiral_max(fear[l], s->now->threat[p][l]);
        if (i == s->layout->small)
            for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++)
                SPIRAL_EACH_LANE(l) supplied[l] += k->aid_arms[l] * s->now->aid[patron][l];
        SPIRAL_EACH_LANE(l) {
            const double level = s->now->arms[i][l];
            const double reaction = k->arms_react[l] * s->facts->doctrine[i][SPIRAL_DOCTRINE_arm][l] * fear[l];
            const double target = spiral_unit(k->arms_base[l] + reaction + supplied[l]);
            const double share = k->arms_share[l];
            s->next->arms[i][l] = level + share * (target - level);
            const double rising = target > level ? share : 0.0;
            s->derived->arms_from_threat[i][l] += rising * reaction;
            if (i == s->layout->small)
                s->derived->arms_from_aid[l] += rising * supplied[l];
        }
    }
}

/* --- stage 4: alliance --------------------------------------------------------------------------------------------- */

/* What each patron would really do, and what the small state believes. Convex: only membership or tripwire forces make it credible. */
STAGE void guarantees(struct step *s)
{
    const struct spiral_lanes_state *now = s->now;
    for (int k = 0; k < s->layout->count[SPIRAL_OF_PATRON]; k++) {
        const double *resolve = s->facts->resolve[s->layout->patrons[k]];
        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[k][l];
            const double real = resolve[l] * spiral_unit(c * c * (c * c) + s->k->tripwire[l] * now->presence[k][l] * c);
            const double hoped = s->k->belief_base[l] + (1.0 - s->k->belief_base[l]) * c;
            s->derived->guarantee[k][l] = real;
            s->derived->believed[k][l] = real + now->credulity[k][l] * spiral_max(hoped - real, 0.0);
        }
    }
}

/* Commitment that patron k and the small state both want; a neighbour is no patron beyond its treaties. */
STAGE void consent(const struct step *s, int patron, spiral_lane both)
{
    const struct spiral_layout *layout = s->layout;
    const struct spiral_lanes_constants *k = s->k;
    const int state = layout->patrons[patron];
    SPIRAL_EACH_LANE(l) both[l] = 0.0;
    if (layout->role[state] == SPIRAL_NEIGHBOUR)
        return;
    spiral_lane fear;
    SPIRAL_EACH_LANE(l) fear[l] = 0.0;
    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++)
        if (layout->perceptions[p].of == state)
            SPIRAL_EACH_LANE(l) fear[l] = spiral_max(fear[l], s->now->threat[p][l]);
    const spiral_lane *small = s->facts->doctrine[layout->small], *far = s->facts->doctrine[state];
    SPIRAL_EACH_LANE(l) {
        const double wish = k->demand_base[l] + k->demand_threat[l] * s->felt[l] * s->derived->believed[patron][l];
        const double demand = small[SPIRAL_DOCTRINE_align][l] * wish - k->empathy[l] * small[SPIRAL_DOCTRINE_empathy][l] * s->caused[l];
        const double entrapment = 0.125 * (s->worst[l] - 1.0) + 0.5 * s->disputed[l];
        const double supply = far[SPIRAL_DOCTRINE_extend][l] * (k->supply_base[l] + k->supply_threat[l] * fear[l]) -
                              k->entrapment[l] * far[SPIRAL_DOCTRINE_caution][l] * entrapment;
        both[l] = spiral_unit(spiral_min(demand, supply));
    }
}

STAGE void alliance(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const spiral_lane *small = s->facts->doctrine[s->layout->small];
    for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++) {
        spiral_lane both;
        consent(s, patron, both);
        SPIRAL_EACH_LANE(l) {
            const double c = now->commitment[patron][l], floor = s->facts->floor[patron][l];
            const double gap = spiral_max(both[l], floor) - c;
            const double share = gap > 0.0 ? k->commit_rise_share[l] : k->commit_fall_share[l];
            s->next->commitment[patron][l] = c + share * gap;
            const double disowned = k->disown[l] * small[SPIRAL_DOCTRINE_empathy][l] * (1.0 - small[SPIRAL_DOCTRINE_align][l]);
            s->next->aspiration[patron][l] = now->aspiration[patron][l] * (1.0 - spiral_min(k->aspiration_share[l] * (1.0 + disowned), 1.0));
            s->next->presence[patron][l] = now->presence[patron][l];
            const double unanswered = s->worst[l] >= 4.0 ? 1.0 - s->derived->guarantee[patron][l] : 0.0;
            s->next->credulity[patron][l] = now->credulity[patron][l] * (1.0 - k->belief_share[l] * unanswered);
        }
    }
}

/* --- stage 5: reassurance ------------------------------------------------------------------------------------------ */

/* What state i offers its counterpart in perception p: restraint and dialogue, damped by othering and threat. */
STAGE double offer(const struct step *s, int i, int p, int l)
{
    const double damped = (1.0 - s->now->othering[p][l]) * (1.0 - 0.5 * s->now->threat[p][l]);
    const double allowed = i == s->layout->small ? 1.0 - public_veto * spiral_max(s->median[l], 0.0) : 1.0;
    return s->facts->doctrine[i][SPIRAL_DOCTRINE_reassure][l] * damped * allowed;
}

STAGE void reassurance(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    for (int t = 0; t < s->layout->count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &s->layout->ties[t];
        const int rival = s->layout->perceptions[tie->one_about_two].rival;
        SPIRAL_EACH_LANE(l) {
            const double base = s->facts->institution[t][l];
            const double both = spiral_min(offer(s, tie->one, tie->one_about_two, l), offer(s, tie->two, tie->two_about_one, l));
            const double target = base + (1.0 - base) * both;
            s->next->reassurance[t][l] = now->reassurance[t][l] + k->reassure_share[l] * (target - now->reassurance[t][l]);
            const double open = rival < 0 ? 1.0 : 1.25 - 0.25 * now->hostility[rival][l]; /* 1 at peace, 0 at war */
            const double trade = now->interdependence[t][l];
            s->next->interdependence[t][l] = trade + k->trade_share[l] * (s->facts->trade[t][l] * open - trade);
        }
    }
}

/* --- stage 6: identity --------------------------------------------------------------------------------------------- */

STAGE void identity(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const double dt = s->batch->dt;
    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const double *policy = s->facts->doctrine[seen->of][SPIRAL_DOCTRINE_identity];
        SPIRAL_EACH_LANE(l) {
            const double z = now->othering[p][l];
            const double suffered = seen->rival >= 0 ? 0.25 * (now->hostility[seen->rival][l] - 1.0) : 0.0;
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
            const double apart = stance - x, bound = k->public_reach[l];
            /* near segments follow; beyond the bound of confidence they turn away, at a third of the pull at most */
            const double pull = spiral_max(1.0 - apart * apart / (bound * bound), -1.0 / 3.0);
            const double led = k->public_rate[l] * small[SPIRAL_DOCTRINE_identity][l] * apart * pull;
            const double rallied = k->rally[l] * 0.25 * (s->worst[l] - 1.0) * (1.0 - s->facts->kin[m][l]) * (1.0 - x);
            s->next->orientation[m][l] = spiral_clamp(x + dt * (led + rallied), -1.0, 1.0);
        }
}

/* --- stage 7: pressure --------------------------------------------------------------------------------------------- */

/* What stands behind the small state against the neighbour of rival q: patrons' power times guarantee, arms and reach; the strongest
 * nuclear guarantee; and limbo, the largest commitment that provokes before it protects. */
STAGE void backing(const struct step *s, int q, spiral_lane shield, spiral_lane nuclear, spiral_lane limbo)
{
    SPIRAL_EACH_LANE(l) shield[l] = nuclear[l] = limbo[l] = 0.0;
    for (int k = 0; k < s->layout->count[SPIRAL_OF_PATRON]; k++) {
        const int patron = s->layout->patrons[k];
        if (k == s->layout->rivals[q].patron)
            continue;
        SPIRAL_EACH_LANE(l) {
            const double c = s->now->commitment[k][l], real = s->derived->guarantee[k][l];
            const double credible = spiral_unit(c * c * (c * c) + s->k->tripwire[l] * s->now->presence[k][l] * c);
            shield[l] += real * s->facts->power[patron][l] * s->now->arms[patron][l] * s->facts->reach[k][l];
            nuclear[l] = spiral_max(nuclear[l], real * s->facts->nuclear[patron][l]);
            limbo[l] = spiral_max(limbo[l], c * (1.0 - credible));
        }
    }
}

/* Pressure of state i, through perception p, for each unit of restraint: stake * motive * pretext * coercion. */
STAGE double will(const struct step *s, int q, int i, int p, int l, double window, double excuse)
{
    const struct spiral_lanes_constants *k = s->k;
    const double greed = s->facts->greed[i][l];
    const double motive = (1.0 - greed) * s->now->threat[p][l] * (1.0 + k->window[l] * window) + greed * k->prize[l];
    const double force = k->coerce_base[l] + s->facts->doctrine[i][SPIRAL_DOCTRINE_coerce][l];
    return s->facts->stake[q][l] * motive * force * (1.0 + k->pretext[l] * excuse);
}

/* A step up or down the ladder, by one draw: `pressure` to the fourth power against the ladder's, hill(x) = x^4/(1+x^4), and incidents. A rate r
 * has the chance r dt/(1 + r dt); both sides are multiplied by hill's denominator, so that nothing is divided. */
STAGE double climb(const struct step *s, int l, double level, double pressure, double stake, double draw)
{
    const struct spiral_lanes_constants *k = s->k;
    const double square = pressure * pressure, fourth = square * square;
    const double first = k->ladder[0][l], second = k->ladder[1][l], third = k->ladder[2][l], last = k->ladder[3][l];
    const double above = level < 2.0 ? first : level < 3.0 ? second : level < 4.0 ? third : last;
    const double below = level < 3.0 ? first : level < 4.0 ? second : level < 5.0 ? third : last;
    const double up = k->up_chance[l] * fourth + k->incident_chance[l] * stake * (fourth + above);
    const double down = k->down_chance[l] * below * (level < 5.0 ? 1.0 : k->war_share[l]);
    const double rise = draw * (fourth + above + up) < up ? 1.0 : 0.0;
    const double fall = (1.0 - draw) * (fourth + below + down) <= down ? 1.0 : 0.0;
    const double risen = spiral_min(level + rise, 5.0);
    const double fallen = spiral_max(level - fall, 1.0);
    return rise > 0.0 ? risen : (down > 0.0 ? fallen : level);
}

STAGE void pressure(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const struct spiral_lanes_facts *f = s->facts;
    const int small = s->layout->small;
    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &s->layout->rivals[q];
        const int other = rival->neighbour;
        spiral_lane shield, nuclear;
        backing(s, q, shield, nuclear, s->derived->limbo[q]);
        SPIRAL_EACH_LANE(l) {
            const double peace = 1.0 + k->trade[l] * now->interdependence[rival->tie][l] + k->talk[l] * now->reassurance[rival->tie][l];
            const double ours = f->power[small][l] * now->arms[small][l], theirs = f->power[other][l] * now->arms[other][l];
            const double excuse = now->contested[q][l] + 0.5 * s->derived->polarisation[l] * s->kinship[l];
            const double their_will = will(s, q, other, rival->neighbour_about_small, l, s->derived->limbo[q][l], excuse);
            const double our_will = will(s, q, small, rival->small_about_neighbour, l, 0.0, now->contested[q][l]);
            const double their_cost = peace + k->nuclear[l] * spiral_max(nuclear[l], f->nuclear[small][l]) * f->nuclear[other][l];
            const double our_cost = peace + k->nuclear[l] * f->nuclear[small][l] * f->nuclear[other][l];
            const double their_push = their_will * theirs / ((theirs + k->defence[l] * ours + shield[l]) * their_cost);
            const double our_push = our_will * ours / ((ours + k->defence[l] * theirs) * our_cost);
            const double push = spiral_max(their_push, our_push);
            const uint64_t state = s->batch->random_state[l];
            const double draw = spiral_uniform(spiral_random_output(state));
            s->batch->random_state[l] = spiral_random_step(state, s->batch->random_increment[l]);
            s->derived->pressure[q][l] = push;
            s->next->hostility[q][l] = climb(s, l, now->hostility[q][l], push, f->stake[q][l], draw);
        }
    }
}

/* --- stage 8: feedback --------------------------------------------------------------------------------------------- */

STAGE void feedback(struct step *s)
{
    const struct spiral_lanes_constants *k = s->k;
    const struct spiral_lanes_state *now = s->now;
    const double dt = s->batch->dt;
    for (int p = 0; p < s->layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &s->layout->perceptions[p];
        const int of_small = s->layout->rival_of[seen->about]; /* a patron resents what this neighbour does to the small state */
        const bool patron = seen->rival < 0 && s->layout->role[seen->of] == SPIRAL_OFFSHORE && of_small >= 0;
        const int rival = seen->rival >= 0 ? seen->rival : of_small;
        SPIRAL_EACH_LANE(l) {
            const double part = seen->rival >= 0 ? 1.0 : patron ? k->indignation[l] : 0.0;
            const double done = rival >= 0 ? 0.25 * (now->hostility[rival][l] - 1.0) : 0.0;
            const double h = now->grievance[p][l];
            s->next->grievance[p][l] = spiral_min(h - k->grievance_share[l] * h + dt * k->grievance[l] * part * done, 5.0);
        }
    }
    for (int patron = 0; patron < s->layout->count[SPIRAL_OF_PATRON]; patron++) {
        const int state = s->layout->patrons[patron];
        const double helps = s->layout->role[state] == SPIRAL_OFFSHORE ? 1.0 : 0.0;
        SPIRAL_EACH_LANE(l) {
            const double sent = helps * k->aid_rise[l] * s->facts->doctrine[state][SPIRAL_DOCTRINE_extend][l] * 0.25 * (s->worst[l] - 1.0);
            const double aid = now->aid[patron][l];
            s->next->aid[patron][l] = spiral_unit(aid - k->aid_share[l] * aid + dt * sent * now->commitment[patron][l]);
        }
    }
    for (int q = 0; q < s->layout->count[SPIRAL_OF_RIVAL]; q++)
        SPIRAL_EACH_LANE(l) {
            const double c = now->contested[q][l];
            const double taken = now->hostility[q][l] >= 4.0 ? dt * k->contest[l] * (1.0 - c) : 0.0;
            s->next->contested[q][l] = spiral_unit(c - k->contest_share[l] * c + taken);
        }
}

/* --- the step ------------------------------------------------------------------------------------------------------ */

/* In a replay that assimilates, the observed level takes the place of the predicted one. */
static void assimilate(struct spiral_batch *batch, struct spiral_lanes_state *next)
{
    const int rivals = batch->layout.count[SPIRAL_OF_RIVAL];
    for (int q = 0; q < rivals; q++)
        for (int l = 0; l < SPIRAL_LANES; l++) {
            const signed char observed = batch->plan[l]->observed[batch->step * rivals + q];
            if (observed > 0)
                next->hostility[q][l] = observed;
        }
}

SPIRAL_TARGET_CLONES void spiral_step(struct spiral_batch *batch)
{
    struct step s = {
        .batch = batch,
        .layout = &batch->layout,
        .k = &batch->constants,
        .facts = &batch->facts,
        .now = &batch->states[batch->now],
        .next = &batch->states[1 - batch->now],
        .derived = &batch->derived,
    };
    facts(&s);
    survey(&s);
    threat(&s);
    arms(&s);
    guarantees(&s);
    alliance(&s);
    reassurance(&s);
    identity(&s);
    pressure(&s);
    feedback(&s);
    if (batch->assimilate)
        assimilate(batch, s.next);
    batch->now = 1 - batch->now;
    batch->step++;
}
