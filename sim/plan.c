/* SPDX-License-Identifier: MIT */
#include "sim/plan.h"

#include <stdlib.h>
#include <string.h>

#include "sim/algebra.h"
#include "sim/model_form.h"
#include "sim/validate.h"

struct spiral_plan_options spiral_plan_options_defaults(void)
{
    return (struct spiral_plan_options){.dt = 0.0};
}

double spiral_plan_date(const struct spiral_plan *plan, long step)
{
    return plan->start + plan->dt * (double)step;
}

void spiral_plan_destroy(struct spiral_plan *plan)
{
    if (plan == NULL)
        return;
    free(plan->power);
    free(plan->share);
    free(plan->patron_share);
    free(plan->trade);
    free(plan->constraint);
    free(plan->observed);
    free(plan->events);
    free(plan->sets);
    free(plan);
}

/* The pair of i and j; where the scenario does not list it, one without contact, threat or
 * enmity. */
static struct spiral_pair_facts pair_of(const struct spiral_scenario *scenario, int i, int j)
{
    const struct spiral_pair_facts *pair = spiral_scenario_find_pair(scenario, i, j);

    if (pair != NULL)
        return *pair;
    struct spiral_pair_facts none = spiral_pair_facts_defaults(i, j);

    for (int side = 0; side < 2; side++)
        none.initial_threat[side] = none.initial_othering[side] = none.initial_grievance[side] =
            0.0;

    return none;
}

static double reach_of(const struct spiral_pair_facts *pair)
{
    return pair->reach < 0.0 ? pair->proximity : pair->reach;
}

static void compile_states(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    for (int i = 0; i < plan->layout.count[SPIRAL_OF_STATE]; i++) {
        const struct spiral_state_facts *state = &scenario->states[i];
        memcpy(plan->doctrine[i], state->doctrine, sizeof plan->doctrine[i]);
        plan->greed[i] = state->greed;
        plan->resolve[i] = state->resolve;
        plan->nuclear[i] = state->nuclear;
        plan->democracy[i] = state->democracy;
        plan->initial_arms[i] = state->arms < 0.0 ? plan->constants.arms_base : state->arms;
    }

    const struct spiral_state_facts *small = &scenario->states[plan->layout.small];

    for (int m = 0; m < plan->layout.count[SPIRAL_OF_PUBLIC]; m++) {
        plan->weight[m] = small->publics[m].weight;
        plan->kin[m] = small->publics[m].kin;
        plan->initial_orientation[m] = small->publics[m].orientation;
    }
}

static void compile_ties(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    const struct spiral_layout *layout = &plan->layout;

    for (int t = 0; t < layout->count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &layout->ties[t];
        struct spiral_pair_facts pair = pair_of(scenario, tie->one, tie->two);
        int first = pair.first == tie->one ? 0 : 1;
        plan->near[t] = spiral_max(pair.proximity, SPIRAL_FORM(near_by_reach) * reach_of(&pair));
        plan->institution[t] = pair.institution;
        plan->offence[t] = pair.offence;
        plan->distinguish[t] = pair.distinguish;
        plan->initial_reassurance[t] = pair.initial_reassurance;
        plan->initial_interdependence[t] = spiral_series_at(&pair.interdependence, plan->start);
        plan->initial_threat[tie->one_about_two] = pair.initial_threat[first];
        plan->initial_threat[tie->two_about_one] = pair.initial_threat[1 - first];
        plan->initial_othering[tie->one_about_two] = pair.initial_othering[first];
        plan->initial_othering[tie->two_about_one] = pair.initial_othering[1 - first];
        plan->initial_grievance[tie->one_about_two] = pair.initial_grievance[first];
        plan->initial_grievance[tie->two_about_one] = pair.initial_grievance[1 - first];
    }

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        struct spiral_pair_facts pair =
            pair_of(scenario, layout->small, layout->rivals[q].neighbour);
        plan->border[q] =
            pair.proximity * (SPIRAL_FORM(border_base) + SPIRAL_FORM(border_by_ties) * pair.ties);
        plan->stake[q] = pair.proximity * (1.0 + plan->constants.bond * pair.ties);
        plan->initial_contested[q] = pair.contested;
        plan->initial_hostility[q] = pair.initial_hostility;

        const double *doctrine = scenario->states[layout->small].doctrine;
        plan->initial_accustomed[q] =
            doctrine[SPIRAL_DOCTRINE_align] * (1.0 - doctrine[SPIRAL_DOCTRINE_empathy]);
    }

    for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++) {
        struct spiral_pair_facts pair = pair_of(scenario, layout->small, layout->patrons[k]);
        plan->reach[k] = reach_of(&pair);
        plan->initial_commitment[k] = pair.initial_commitment;
        plan->initial_aspiration[k] = pair.initial_aspiration;
        plan->initial_presence[k] = pair.initial_presence;
        plan->initial_aid[k] = pair.initial_aid;
        plan->initial_credulity[k] = 1.0;
    }
}

/* A plan for each set of constants: a copy that shares the arrays by step, which do not depend on
 * constants. What may depend on them is compiled again. */
static enum spiral_status add_sets(struct spiral_plan *plan, const struct spiral_scenario *scenario,
                                   const struct spiral_constant_sets *posterior)
{
    if (posterior == NULL || posterior->count == 0)
        return SPIRAL_OK;

    struct spiral_plan *sets = malloc(posterior->count * sizeof *sets);

    if (sets == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t s = 0; s < posterior->count; s++) {
        sets[s] = *plan;
        sets[s].constants = posterior->sets[s];
        compile_states(&sets[s], scenario);
        compile_ties(&sets[s], scenario);
    }

    plan->sets = sets;
    plan->set_count = posterior->count;

    return SPIRAL_OK;
}

/* Facts that move in time, at the beginning of each step. */
static void compile_series(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    const struct spiral_layout *layout = &plan->layout;
    const int states = layout->count[SPIRAL_OF_STATE];
    const int perceptions = layout->count[SPIRAL_OF_PERCEPTION];
    const int ties = layout->count[SPIRAL_OF_TIE];
    const int rivals = layout->count[SPIRAL_OF_RIVAL];
    const int patrons = layout->count[SPIRAL_OF_PATRON];

    for (long step = 0; step < plan->steps; step++) {
        double date = spiral_plan_date(plan, step);
        double *power = plan->power + step * states;
        for (int i = 0; i < states; i++)
            power[i] = spiral_series_at(&scenario->states[i].power, date);

        for (int p = 0; p < perceptions; p++) {
            const struct spiral_perception *perception = &layout->perceptions[p];
            plan->share[step * perceptions + p] =
                power[perception->about] / (power[perception->of] + power[perception->about]);
        }

        for (int t = 0; t < ties; t++) {
            const struct spiral_pair_facts *pair =
                spiral_scenario_find_pair(scenario, layout->ties[t].one, layout->ties[t].two);
            plan->trade[step * ties + t] =
                pair == NULL ? 0.0 : spiral_series_at(&pair->interdependence, date);
        }

        double constraint = 0.0;
        for (int q = 0; q < rivals; q++) {
            const struct spiral_rival *rival = &layout->rivals[q];
            double *share = plan->patron_share + (step * rivals + q) * patrons;
            for (int k = 0; k < patrons; k++)
                share[k] = power[layout->patrons[k]] /
                           (power[rival->neighbour] + power[layout->patrons[k]]);

            struct spiral_pair_facts pair = pair_of(scenario, layout->small, rival->neighbour);
            constraint =
                spiral_max(constraint,
                           SPIRAL_FORM(constraint_by_border) * pair.proximity +
                               SPIRAL_FORM(constraint_by_ties) * pair.ties +
                               SPIRAL_FORM(constraint_by_power) *
                                   plan->share[step * perceptions + rival->small_about_neighbour]);
        }

        plan->constraint[step] = constraint;
    }
}

/* The step in which an entry of this date acts: the step (t, t + dt] that holds it; the first
 * takes the start too. */
static long step_of(const struct spiral_plan *plan, double date)
{
    double steps = (date - plan->start) / plan->dt - 1e-6;
    long step = (long)
        steps; /* truncation: entries just after a boundary act in the step that begins there */

    return step < 0 ? 0 : step;
}

static void compile_event(struct spiral_plan *plan, const struct spiral_entry *entry,
                          struct spiral_event *event)
{
    const struct spiral_layout *layout = &plan->layout;

    *event = (struct spiral_event){.step = step_of(plan, entry->date),
                                   .kind = entry->kind,
                                   .actor = entry->actor,
                                   .value = entry->value};
    memcpy(event->doctrine, entry->doctrine, sizeof event->doctrine);

    int target = entry->target;

    event->patron = event->tie = event->by_actor = event->by_target = -1;
    if (entry->kind != SPIRAL_ENTRY_MOVE)
        return;

    if (target >= 0) {
        event->tie = spiral_layout_tie(layout, entry->actor, target);
        event->by_actor = spiral_layout_perception(layout, entry->actor, target);
        event->by_target = spiral_layout_perception(layout, target, entry->actor);
        if (entry->actor == layout->small || target == layout->small)
            event->patron =
                spiral_layout_patron(layout, entry->actor == layout->small ? target : entry->actor);
    }

    struct spiral_move_effect effect = spiral_moves[entry->move];

    effect.commitment *= entry->weight;
    effect.aspiration *= entry->weight;
    effect.floor *= effect.floor < 0.0 ? 1.0 : entry->weight;
    effect.presence *= event->tie >= 0 && effect.grievance > 0.0
                           ? 0.0
                           : entry->weight; /* manoeuvres against a rival station no one */
    effect.aid *= entry->weight;
    effect.arms *= entry->weight;
    effect.reassurance *= entry->weight;
    effect.interdependence *= entry->weight;
    effect.othering *= entry->weight;
    effect.grievance *= entry->weight;
    event->effect = effect;
}

/* Events in order of (date, file order): a stable insertion sort, for timelines are short and
 * nearly sorted. */
static void compile_events(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    double end = spiral_plan_date(plan, plan->steps);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->date > end + 1e-9)
            continue;

        struct spiral_event event;
        compile_event(plan, entry, &event);
        event.entry = (int)e;
        if (event.step >= plan->steps)
            continue;

        long at = plan->event_count++;
        for (; at > 0 && scenario->entries[plan->events[at - 1].entry].date > entry->date; at--)
            plan->events[at] = plan->events[at - 1];

        plan->events[at] = event;
    }
}

/* The observed level at the end of each step: each entry holds from its date until a later one
 * of the same pair, and not beyond the end of the scenario: a longer run has no record there. */
static void compile_observed(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];
    const double recorded_years = scenario->end - scenario->start;
    const long recorded = (long)(recorded_years / plan->dt + 0.5);

    for (int q = 0; q < rivals; q++) {
        const int neighbour = plan->layout.rivals[q].neighbour;
        for (long step = 0; step < plan->steps; step++) {
            const struct spiral_observation *latest = NULL;
            for (size_t o = 0; o < scenario->observation_count; o++) {
                const struct spiral_observation *seen = &scenario->observations[o];
                bool ours = (seen->first == plan->layout.small && seen->second == neighbour) ||
                            (seen->second == plan->layout.small && seen->first == neighbour);
                if (ours && step_of(plan, seen->date) <= step &&
                    (latest == NULL || seen->date >= latest->date))
                    latest = seen;
            }

            plan->observed[step * rivals + q] =
                (signed char)(latest == NULL || step >= recorded ? 0 : latest->hostility);
        }
    }
}

static enum spiral_status allocate(struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    const int *count = plan->layout.count;
    size_t steps = (size_t)plan->steps;
    size_t rivals = (size_t)count[SPIRAL_OF_RIVAL];

    plan->power = calloc(steps * (size_t)count[SPIRAL_OF_STATE], sizeof(double));
    plan->share = calloc(steps * (size_t)count[SPIRAL_OF_PERCEPTION], sizeof(double));
    plan->patron_share = calloc(steps * rivals * (size_t)count[SPIRAL_OF_PATRON], sizeof(double));
    plan->trade = calloc(steps * (size_t)count[SPIRAL_OF_TIE], sizeof(double));
    plan->constraint = calloc(steps, sizeof(double));
    plan->observed = calloc(steps * rivals, sizeof(signed char));
    plan->events = calloc(scenario->entry_count + 1, sizeof *plan->events);

    bool complete = plan->power != NULL && plan->share != NULL && plan->patron_share != NULL &&
                    plan->trade != NULL && plan->constraint != NULL && plan->observed != NULL &&
                    plan->events != NULL;

    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

/* Start, step length and number of steps, from the scenario and the options. */
static enum spiral_status choose_steps(struct spiral_plan *plan,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_plan_options *options,
                                       struct spiral_error *error)
{
    plan->start = scenario->start;
    plan->dt = options->dt > 0.0 ? options->dt : scenario->dt;

    double end = options->until > 0.0 ? options->until : scenario->end;

    if (options->dt < 0.0 || plan->dt > 1.0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the step must be above 0 and at most 1 year");
    if (end <= plan->start)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the end must be after the start of the scenario");
    if (end - plan->start > SPIRAL_MAX_YEARS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the run is longer than %d years",
                                SPIRAL_MAX_YEARS);
    plan->steps = spiral_step_count(plan->start, end, plan->dt);

    if (plan->steps < 1)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "the run's length of %.6g years is not a whole number of steps of %.6g years",
            end - plan->start, plan->dt);
    if (plan->steps > SPIRAL_MAX_STEPS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%ld steps; expected at most %d",
                                plan->steps, SPIRAL_MAX_STEPS);

    return SPIRAL_OK;
}

enum spiral_status spiral_plan_create(struct spiral_plan **plan_out,
                                      const struct spiral_scenario *scenario,
                                      const struct spiral_constants *constants,
                                      const struct spiral_plan_options *options,
                                      struct spiral_error *error)
{
    *plan_out = NULL;
    enum spiral_status status = spiral_scenario_validate(scenario, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_plan *plan = calloc(1, sizeof *plan);

    if (plan == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the plan of %s",
                                scenario->name);
    plan->layout = spiral_layout_of(scenario);
    plan->constants = *constants;
    plan->war_ends = options->war_ends;
    plan->assimilate = options->assimilate;
    status = choose_steps(plan, scenario, options, error);
    if (status != SPIRAL_OK)
        goto fail;
    status = allocate(plan, scenario);

    if (status != SPIRAL_OK) {
        spiral_error_set(error, status, "no memory for %ld steps of %s", plan->steps,
                         scenario->name);
        goto fail;
    }

    compile_states(plan, scenario);
    compile_ties(plan, scenario);
    compile_series(plan, scenario);
    if (!options->free_running)
        compile_events(plan, scenario);
    compile_observed(plan, scenario);
    status = add_sets(plan, scenario, options->posterior);

    if (status != SPIRAL_OK) {
        spiral_error_set(error, status, "no memory for %zu sets of constants",
                         options->posterior->count);
        goto fail;
    }

    *plan_out = plan;

    return SPIRAL_OK;
fail:
    spiral_plan_destroy(plan);

    return status;
}
