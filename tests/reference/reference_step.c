/* SPDX-License-Identifier: MIT
 *
 * The order of the sums and products is that of docs/model.md, section 7; the names are its names.
 */
#include <math.h>

#include "sim/tables.h"
#include "tests/reference/reference_parts.h"

enum { CAPABILITY, ENCIRCLEMENT, CONDUCT, OTHERING, NOISE };

/* --- 7.2 threat ------------------------------------------------------------------------------- */

static double encirclement(const struct reference_run *run, int i, int j)
{
    const struct reference_state *now = &run->now;
    double sum = 0.0;

    if (!is(run, i, SPIRAL_NEIGHBOUR))
        return 0.0;

    for (int k = 0; k < run->states; k++) {
        if (k == run->small || k == i || (j != run->small && j != k))
            continue;
        const double prospect = run->course * run->doctrine[k][SPIRAL_DOCTRINE_extend];
        const double pledge = now->commitment[k] + 0.8 * now->presence[k] +
                              constants(run)->declared * now->aspiration[k] +
                              constants(run)->foresight * prospect;
        const double weight = run->power[k] / (run->power[i] + run->power[k]);
        const double tie =
            constants(run)->encircle * run->plan->border[rival_of(run, i)] * pledge * weight;
        const double benign = constants(run)->benign;
        sum += j == run->small ? tie * (benign + (1.0 - benign) * now->threat[i][k]) : benign * tie;
    }

    return sum;
}

static void attribute(struct reference_run *run, int i, int j, const double term[REFERENCE_CAUSES],
                      double inflow)
{
    double *rise = i == run->small ? run->rise[j][1] : run->rise[i][0];
    for (int cause = CAPABILITY; cause < NOISE; cause++)
        rise[cause] += inflow * term[cause];
    rise[NOISE] += term[NOISE];
}

static double next_threat(struct reference_run *run, int i, int j)
{
    const struct spiral_constants *k = constants(run);
    const double level = run->now.threat[i][j];
    const double calm = run->now.reassurance[i][j];
    const double part = run->power[j] / (run->power[i] + run->power[j]);
    const double noise = k->noise * 4.0 * sqrt(run->plan->dt);
    const double meaning = k->benign + (1.0 - k->benign) * level;
    const int tie = tie_of(run, i, j);
    const double told =
        run->plan->distinguish[tie] * (1.0 - run->doctrine[j][SPIRAL_DOCTRINE_coerce]);
    const double posture = (0.5 + run->plan->offence[tie]) * (1.0 - told);
    const double term[REFERENCE_CAUSES] = {
        [CAPABILITY] = k->capability * run->plan->near[tie] * 2.0 * part * run->now.arms[j] *
                       meaning * posture,
        [ENCIRCLEMENT] = encirclement(run, i, j),
        [CONDUCT] = k->conduct * run->now.grievance[i][j],
        [OTHERING] = k->othering * run->now.othering[i][j],
        [NOISE] = noise * (1.0 - calm) * level * (1.0 - level) *
                  spiral_noise(spiral_random_next(&run->random)),
    };
    const double damped = 1.0 - k->reassure * calm;
    const double cause =
        (term[CAPABILITY] + term[ENCIRCLEMENT] + term[CONDUCT] + term[OTHERING]) * damped;
    const double inverse = 1.0 / (1.0 + cause);
    const double gap = cause * inverse - level;
    const double way = share(run, gap > 0.0 ? k->threat_rise : k->threat_fall);

    if (rivals(run, i, j))
        attribute(run, i, j, term, gap > 0.0 ? way * inverse * damped : 0.0);

    return unit(level + way * gap + term[NOISE]);
}

/* --- 7.3 arms --------------------------------------------------------------------------------- */

/* The largest threat that i perceives. */
static double fear_of(const struct reference_run *run, int i)
{
    double fear = 0.0;
    for (int j = 0; j < run->states; j++)
        if (related(run, i, j))
            fear = most(fear, run->now.threat[i][j]);
    return fear;
}

static double next_arms(struct reference_run *run, int i)
{
    const struct spiral_constants *k = constants(run);
    const double level = run->now.arms[i];
    const double way = share(run, k->arms_time);
    const double reaction = k->arms_react * run->doctrine[i][SPIRAL_DOCTRINE_arm] * fear_of(run, i);
    double supplied = 0.0;

    for (int patron = 0; patron < run->states && i == run->small; patron++)
        if (patron != run->small)
            supplied += k->aid_arms * run->now.aid[patron];

    const double target = unit(k->arms_base + reaction + supplied);

    if (target > level) {
        run->arms_from_threat[i] += way * reaction;
        run->arms_from_aid += way * supplied;
    }

    return level + way * (target - level);
}

/* --- 7.4 alliance ----------------------------------------------------------------------------- */

/* The guarantee over the patron's resolve. */
static double credible(const struct reference_run *run, int k)
{
    const double c = run->now.commitment[k];
    return unit(fourth(c) + constants(run)->tripwire * run->now.presence[k] * c);
}

static double consent(const struct reference_run *run, int patron)
{
    const struct spiral_constants *k = constants(run);
    const double *own = run->doctrine[run->small];
    const double *far = run->doctrine[patron];

    if (is(run, patron, SPIRAL_NEIGHBOUR))
        return 0.0;

    const double wish = k->demand_base + k->demand_threat * run->felt * run->believed[patron];
    const double demand =
        own[SPIRAL_DOCTRINE_align] * wish - k->empathy * own[SPIRAL_DOCTRINE_empathy] * run->caused;
    const double entrapment = 0.125 * (run->worst - 1.0) + 0.5 * run->disputed;
    const double supply =
        far[SPIRAL_DOCTRINE_extend] * (k->supply_base + k->supply_threat * fear_of(run, patron)) -
        k->entrapment * far[SPIRAL_DOCTRINE_caution] * entrapment;

    return unit(least(demand, supply));
}

static void next_patronage(struct reference_run *run, struct reference_state *next, int patron)
{
    const struct spiral_constants *k = constants(run);
    const struct reference_state *now = &run->now;
    const double *own = run->doctrine[run->small];
    const double c = now->commitment[patron];
    const double real = run->resolve[patron] * credible(run, patron);
    const double hoped = k->belief_base + (1.0 - k->belief_base) * c;

    run->guarantee[patron] = real;
    run->believed[patron] = real + now->credulity[patron] * most(hoped - real, 0.0);

    const double unanswered = run->worst >= 4.0 ? 1.0 - real : 0.0;

    next->credulity[patron] =
        now->credulity[patron] * (1.0 - share(run, k->belief_time) * unanswered);

    const double gap = most(consent(run, patron), run->floor[patron]) - c;
    const double disowned =
        k->disown * own[SPIRAL_DOCTRINE_empathy] * (1.0 - own[SPIRAL_DOCTRINE_align]);
    const double fall = least(share(run, k->commit_fall) * (1.0 + disowned), 1.0);

    next->commitment[patron] = c + (gap > 0.0 ? share(run, k->commit_rise) : fall) * gap;
    next->aspiration[patron] =
        now->aspiration[patron] *
        (1.0 - least(share(run, k->aspiration_time) * (1.0 + disowned), 1.0));
}

/* --- 7.5 reassurance -------------------------------------------------------------------------- */

static double offer(const struct reference_run *run, int i, int j)
{
    const double damped = (1.0 - run->now.othering[i][j]) * (1.0 - 0.5 * run->now.threat[i][j]);
    const double allowed = i == run->small ? 1.0 - 0.5 * most(run->median, 0.0) : 1.0;

    return run->doctrine[i][SPIRAL_DOCTRINE_reassure] * damped * allowed;
}

static void next_tie(const struct reference_run *run, struct reference_state *next, int i, int j)
{
    const struct spiral_plan *plan = run->plan;
    const struct spiral_constants *k = constants(run);
    const int tie = tie_of(run, i, j);
    const double level = run->now.reassurance[i][j];
    const double base = plan->institution[tie];
    const double trade = run->now.interdependence[i][j];
    const double target = base + (1.0 - base) * least(offer(run, i, j), offer(run, j, i));
    const double hostility = run->now.hostility[i == run->small ? j : i];
    const double open = rivals(run, i, j) ? 1.25 - 0.25 * hostility : 1.0;
    const double given = plan->trade[run->step * plan->layout.count[SPIRAL_OF_TIE] + tie];

    next->reassurance[i][j] = level + share(run, k->reassure_time) * (target - level);
    next->interdependence[i][j] = trade + share(run, k->trade_time) * (given * open - trade);
}

/* --- 7.6 identity ----------------------------------------------------------------------------- */

static double next_othering(const struct reference_run *run, int i, int j)
{
    const struct spiral_constants *k = constants(run);
    const double z = run->now.othering[i][j];
    const double policy = run->doctrine[i][SPIRAL_DOCTRINE_identity];
    const double suffered =
        rivals(run, i, j) ? 0.25 * (run->now.hostility[i == run->small ? j : i] - 1.0) : 0.0;
    const double fed = k->identity * policy * run->now.threat[i][j] + k->coercion * suffered;
    const double up = fed * (1.0 - z) * (1.0 + k->lock_in * z);
    const double down = k->heal * (1.0 - policy) * z * (1.0 - z);

    return unit(z + run->plan->dt * (up - down));
}

static double next_orientation(const struct reference_run *run, int m)
{
    const struct spiral_constants *k = constants(run);
    const double *own = run->doctrine[run->small];
    const double x = run->now.orientation[m];
    const double apart = own[SPIRAL_DOCTRINE_align] - own[SPIRAL_DOCTRINE_empathy] - x;
    const double pull =
        most(1.0 - apart * apart * (1.0 / (k->public_reach * k->public_reach)), -1.0 / 3.0);
    const double led = k->public_rate * own[SPIRAL_DOCTRINE_identity] * apart * pull;
    const double rallied =
        k->rally * 0.25 * (run->worst - 1.0) * (1.0 - run->plan->kin[m]) * (1.0 - x);

    return clamp(x + run->plan->dt * (led + rallied), -1.0, 1.0);
}

/* --- 7.7 pressure ----------------------------------------------------------------------------- */

static double will(const struct reference_run *run, int i, int other, double stake, double urgency,
                   double excuse)
{
    const struct spiral_constants *k = constants(run);
    const double motive =
        ((1.0 - run->greed[i]) * run->now.threat[i][other] + run->greed[i] * k->prize) *
        (1.0 + urgency);

    return stake * motive * (k->coerce_base + run->doctrine[i][SPIRAL_DOCTRINE_coerce]) *
           (1.0 + k->pretext * excuse);
}

/* What one draw v makes of a level, where incidents and wars come at these rates. */
static double happen(const struct reference_run *run, double level, double incidents, double wars,
                     double v)
{
    const struct spiral_constants *k = constants(run);
    const double settled = level == 5.0 && !run->plan->war_ends ? 0.0 : k->settle * run->plan->dt;

    if (level == 4.0 && v * (1.0 + wars) < wars)
        return 5.0;

    if (level < 4.0) {
        double incident = 1.0;

        if (v * (1.0 + incidents) < incidents * k->force)
            incident = 4.0;
        else if (v * (1.0 + incidents) < incidents * (k->force + k->display))
            incident = 3.0;
        else if (v * (1.0 + incidents) < incidents)
            incident = 2.0;

        if (incident > level)
            return incident;
    }

    return settled > 0.0 && (1.0 - v) * (1.0 + settled) <= settled ? 1.0 : level;
}

static double next_hostility(struct reference_run *run, int j)
{
    const struct spiral_constants *k = constants(run);
    const struct spiral_plan *plan = run->plan;
    const struct reference_state *now = &run->now;
    const int s = run->small;
    const double stake = plan->stake[rival_of(run, j)];
    double shield = 0.0;
    double nuclear = 0.0;
    double limbo = 0.0;

    for (int patron = 0; patron < run->states; patron++) {
        if (patron == s || patron == j)
            continue;
        shield += run->guarantee[patron] * run->power[patron] * now->arms[patron] *
                  plan->reach[patron_of(run, patron)];
        nuclear = most(nuclear, run->guarantee[patron] * plan->nuclear[patron]);
        limbo = most(limbo, now->commitment[patron] * (1.0 - credible(run, patron)));
    }

    const double loss = most(run->course - now->accustomed[j], 0.0);
    const double urgency = k->window * limbo + k->loss * loss;
    const double peace = 1.0 + k->trade * now->interdependence[s][j] +
                         k->talk * now->reassurance[s][j] +
                         k->democracy * (plan->democracy[s] * plan->democracy[j]);
    const double part = run->power[j] / (run->power[s] + run->power[j]);
    const double even = 1.0 - k->preponderance * (1.0 - 4.0 * part * (1.0 - part));
    const double defence = k->defence * 2.0 * (1.0 - plan->offence[tie_of(run, s, j)]);
    const double ours = run->power[s] * now->arms[s];
    const double theirs = run->power[j] * now->arms[j];
    const double will_j =
        will(run, j, s, stake, urgency, now->contested[j] + 0.5 * run->polarisation * run->kinship);
    const double will_s = will(run, s, j, stake, 0.0, now->contested[j]);
    const double cost_j = peace + k->nuclear * most(nuclear, plan->nuclear[s]) * plan->nuclear[j];
    const double cost_s = peace + k->nuclear * plan->nuclear[s] * plan->nuclear[j];
    const double push_j =
        will_j * theirs / (most(theirs + defence * ours + shield, 1e-300) * cost_j);
    const double push_s = will_s * ours / (most(ours + defence * theirs, 1e-300) * cost_s);
    const double push = push_j + push_s;
    const double wars = k->slip * plan->dt + k->war * plan->dt * push * push;

    run->limbo[j] = limbo;
    run->loss[j] = loss;
    run->push[j] = push;
    run->pressed[j] = even * (k->press * plan->dt) * push;
    run->incidents[j] =
        even * (k->incident * plan->dt * stake / peace + k->press * plan->dt * push);

    return happen(run, now->hostility[j], run->incidents[j], wars,
                  spiral_uniform(spiral_random_next(&run->random)));
}

/* --- 7.8 feedback ----------------------------------------------------------------------------- */

static double next_grievance(const struct reference_run *run, int i, int j)
{
    const struct spiral_constants *k = constants(run);
    const double h = run->now.grievance[i][j];
    double part = 0.0;
    double level = 1.0;

    if (rivals(run, i, j)) {
        part = 1.0;
        level = run->now.hostility[i == run->small ? j : i];
    } else if (is(run, i, SPIRAL_OFFSHORE)) {
        part = k->indignation;
        level = run->now.hostility[j];
    }

    return least(h - share(run, k->grievance_time) * h +
                     run->plan->dt * k->grievance * part * (0.25 * (level - 1.0)),
                 5.0);
}

static double next_aid(const struct reference_run *run, int patron)
{
    const struct spiral_constants *k = constants(run);
    const double aid = run->now.aid[patron];
    const double sent =
        k->aid_rise * run->doctrine[patron][SPIRAL_DOCTRINE_extend] * 0.25 * (run->worst - 1.0);
    const double added =
        is(run, patron, SPIRAL_OFFSHORE) ? run->plan->dt * sent * run->now.commitment[patron] : 0.0;

    return unit(aid - share(run, k->aid_time) * aid + added);
}

static double next_contested(const struct reference_run *run, int j)
{
    const struct spiral_constants *k = constants(run);
    const double q = run->now.contested[j];
    const double taken =
        run->now.hostility[j] >= 4.0 ? run->plan->dt * k->contest * (1.0 - q) : 0.0;

    return unit(q - share(run, k->contest_time) * q + taken);
}

/* --- the step --------------------------------------------------------------------------------- */

static void next_relations(struct reference_run *run, struct reference_state *next)
{
    for (int i = 0; i < run->states; i++)
        for (int j = 0; j < run->states; j++) {
            if (!related(run, i, j))
                continue;
            next->threat[i][j] = next_threat(run, i, j);
            next->othering[i][j] = next_othering(run, i, j);
            next->grievance[i][j] = next_grievance(run, i, j);
            next_tie(run, next, i, j);
        }
}

void reference_step(struct reference_run *run)
{
    reference_facts(run);
    struct reference_state next = run->now;

    next_relations(run, &next); /* draws one number a perception */

    for (int i = 0; i < run->states; i++) {
        next.arms[i] = next_arms(run, i);
        if (i == run->small)
            continue;
        next_patronage(run, &next, i);
        next.aid[i] = next_aid(run, i);
    }

    for (int m = 0; m < run->publics; m++)
        next.orientation[m] = next_orientation(run, m);

    for (int j = 0; j < run->states; j++) {
        if (!is(run, j, SPIRAL_NEIGHBOUR))
            continue;
        next.hostility[j] = next_hostility(run, j); /* draws one number a rival pair */
        next.contested[j] = next_contested(run, j);
        const double turned = run->course - run->now.accustomed[j];
        const double time = turned > 0.0 ? constants(run)->resent : constants(run)->accustom;
        next.accustomed[j] = run->now.accustomed[j] + share(run, time) * turned;

        const int observed =
            run->plan
                ->observed[run->step * run->plan->layout.count[SPIRAL_OF_RIVAL] + rival_of(run, j)];
        if (run->plan->assimilate && observed > 0)
            next.hostility[j] = observed;
    }

    run->now = next;
    run->step++;
}
