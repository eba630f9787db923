/* SPDX-License-Identifier: MIT */
#include "tests/reference/reference_parts.h"

#include <string.h>

#include "sim/tables.h"

/* The small state's course: alignment without empathy. */
static double course_of(const struct reference_run *run)
{
    const double *own = run->doctrine[run->small];
    return own[SPIRAL_DOCTRINE_align] * (1.0 - own[SPIRAL_DOCTRINE_empathy]);
}

void reference_start(struct reference_run *run, const struct spiral_plan *plan, uint64_t seed,
                     uint64_t stream)
{
    memset(run, 0, sizeof *run);
    run->plan = plan;
    run->states = plan->layout.count[SPIRAL_OF_STATE];
    run->small = plan->layout.small;
    run->publics = plan->layout.count[SPIRAL_OF_PUBLIC];
    run->random = spiral_random_seed(seed, stream);
    memcpy(run->doctrine, plan->doctrine, sizeof run->doctrine);

    struct reference_state *now = &run->now;

    for (int i = 0; i < run->states; i++) {
        run->greed[i] = plan->greed[i];
        run->resolve[i] = plan->resolve[i];
        now->arms[i] = plan->initial_arms[i];

        if (i != run->small) {
            now->commitment[i] = plan->initial_commitment[patron_of(run, i)];
            now->aspiration[i] = plan->initial_aspiration[patron_of(run, i)];
            now->presence[i] = plan->initial_presence[patron_of(run, i)];
            now->aid[i] = plan->initial_aid[patron_of(run, i)];
            now->credulity[i] = 1.0;
        }

        if (is(run, i, SPIRAL_NEIGHBOUR)) {
            now->contested[i] = plan->initial_contested[rival_of(run, i)];
            now->hostility[i] = plan->initial_hostility[rival_of(run, i)];
            now->accustomed[i] = course_of(run);
        }

        for (int j = 0; j < run->states; j++) {
            if (!related(run, i, j))
                continue;
            const int seen = spiral_layout_perception(&plan->layout, i, j);
            now->threat[i][j] = plan->initial_threat[seen];
            now->grievance[i][j] = plan->initial_grievance[seen];
            now->othering[i][j] = plan->initial_othering[seen];
            now->reassurance[i][j] = plan->initial_reassurance[tie_of(run, i, j)];
            now->interdependence[i][j] = plan->initial_interdependence[tie_of(run, i, j)];
        }
    }

    for (int m = 0; m < run->publics; m++)
        now->orientation[m] = plan->initial_orientation[m];
}

/* --- 7.1 facts -------------------------------------------------------------------------------- */

static void move(struct reference_run *run, const struct spiral_event *event)
{
    const struct spiral_layout *layout = &run->plan->layout;
    const struct spiral_move_effect *change = &event->effect;
    struct reference_state *now = &run->now;
    const int s = event->actor;

    now->arms[s] = unit(now->arms[s] + change->arms);

    if (event->patron >= 0) {
        const int k = layout->patrons[event->patron];
        run->floor[k] = change->floor < 0.0 ? 0.0 : unit(most(run->floor[k], change->floor));
        now->commitment[k] = most(unit(now->commitment[k] + change->commitment), run->floor[k]);
        now->aspiration[k] = unit(now->aspiration[k] + change->aspiration);
        now->presence[k] = unit(now->presence[k] + change->presence);
        now->aid[k] = unit(now->aid[k] + change->aid);
    }

    if (event->tie >= 0) {
        const int g = layout->perceptions[event->by_actor].about;
        now->reassurance[s][g] = now->reassurance[g][s] =
            unit(now->reassurance[s][g] + change->reassurance);
        now->interdependence[s][g] = now->interdependence[g][s] =
            unit(now->interdependence[s][g] + change->interdependence);
        now->othering[s][g] = unit(now->othering[s][g] + change->othering);
        now->grievance[g][s] = clamp(now->grievance[g][s] + change->grievance, 0.0, 5.0);
    }
}

static void read_facts(struct reference_run *run)
{
    const struct spiral_plan *plan = run->plan;

    for (int i = 0; i < run->states; i++)
        run->power[i] = plan->power[run->step * run->states + i];

    for (; run->next_event < plan->event_count && plan->events[run->next_event].step <= run->step;
         run->next_event++) {
        const struct spiral_event *event = &plan->events[run->next_event];
        if (event->kind == SPIRAL_ENTRY_MOVE)
            move(run, event);
        else if (event->kind == SPIRAL_ENTRY_DOCTRINE)
            memcpy(run->doctrine[event->actor], event->doctrine, sizeof event->doctrine);
        else if (event->kind == SPIRAL_ENTRY_GREED)
            run->greed[event->actor] = event->value;
        else
            run->resolve[event->actor] = event->value;
    }
}

static void survey_publics(struct reference_run *run)
{
    const double *x = run->now.orientation;
    const double *weight = run->plan->weight;
    double mean = 0.0;

    run->median = run->publics > 0 ? 1.0 : 0.0;
    run->kinship = run->polarisation = 0.0;

    for (int m = 0; m < run->publics; m++) {
        double half = 0.0;
        for (int n = 0; n < run->publics; n++)
            if (x[n] <= x[m])
                half += weight[n];
        if (half >= 0.5 && x[m] < run->median)
            run->median = x[m];
        mean += weight[m] * x[m];
        run->kinship += weight[m] * run->plan->kin[m];
    }

    for (int m = 0; m < run->publics; m++)
        run->polarisation += weight[m] * (x[m] - mean) * (x[m] - mean);
}

static void survey(struct reference_run *run)
{
    run->felt = run->caused = run->disputed = 0.0;
    run->worst = 1.0;
    run->course = course_of(run);

    for (int j = 0; j < run->states; j++) {
        if (!is(run, j, SPIRAL_NEIGHBOUR))
            continue;
        run->felt = most(run->felt, run->now.threat[run->small][j]);
        run->caused = most(run->caused, run->now.threat[j][run->small]);
        run->worst = most(run->worst, run->now.hostility[j]);
        run->disputed = most(run->disputed, run->now.contested[j]);
    }

    survey_publics(run);
}

void reference_facts(struct reference_run *run)
{
    read_facts(run);
    survey(run);
}
