/* SPDX-License-Identifier: MIT
 *
 * A plan: a scenario and a set of constants compiled into dense, read-only numbers by step. A
 * run is a pure function of (plan, seed, run index). A plan is shared by all runs and threads;
 * it keeps no pointer into the scenario.
 */
#ifndef SPIRAL_PLAN_H
#define SPIRAL_PLAN_H

#include "sim/constant_sets.h"
#include "sim/layout.h"
#include "sim/scenario.h"
#include "sim/tables.h"

/* How a scenario is to be run. */
struct spiral_plan_options {
    double dt;    /* years; 0: the scenario's own */
    double until; /* years; 0: the scenario's end. Beyond it the facts hold their last values. */
    bool free_running; /* drop the timeline: the states keep the doctrines that they start with */
    /* war is settled like any dispute; else (a risk study) it ends the pair's peace for good */
    bool war_ends;
    bool assimilate; /* impose the observed hostility at each step from the first observation on */
    /* sets of constants over which runs are spread; NULL or empty: none. Not owned; not needed
     * once a plan is made. */
    const struct spiral_constant_sets *posterior;
};

/* The scenario's own dt, end and timeline; war ends the pair's peace, and nothing is imposed. */
struct spiral_plan_options spiral_plan_options_defaults(void);

/* What an entry of the timeline does, with the indices of what it acts on. */
struct spiral_event {
    long step; /* acts at the beginning of this step */
    enum spiral_entry_kind kind;
    int actor;
    int patron;                       /* the tie of small state and patron that it acts on, or -1 */
    int tie;                          /* the tie with a neighbour, or -1 */
    int by_actor;                     /* the perception of the target by the actor, or -1 */
    int by_target;                    /* the perception of the actor by the target, or -1 */
    struct spiral_move_effect effect; /* times weight */
    double doctrine[SPIRAL_DOCTRINE_NUMBERS];
    double value;
    int entry; /* index into the scenario's entries */
};

/* Read-only once created. */
struct spiral_plan {
    struct spiral_layout layout;
    struct spiral_constants constants;
    long steps;
    double start; /* years */
    double dt;    /* years */
    bool war_ends;
    bool assimilate;
    /* facts that hold for the whole run */
    double doctrine[SPIRAL_MAX_STATES][SPIRAL_DOCTRINE_NUMBERS];
    double greed[SPIRAL_MAX_STATES];
    double resolve[SPIRAL_MAX_STATES];
    double nuclear[SPIRAL_MAX_STATES];
    double democracy[SPIRAL_MAX_STATES];
    double near[SPIRAL_MAX_TIE];     /* max(proximity, reach / 4) */
    double border[SPIRAL_MAX_RIVAL]; /* proximity * (.4 + .6 ties): what makes encirclement felt */
    double stake[SPIRAL_MAX_RIVAL];  /* proximity * (1 + k.bond ties): how much is at stake */
    double reach[SPIRAL_MAX_PATRON]; /* from the patron to the small state */
    double institution[SPIRAL_MAX_TIE];
    double offence[SPIRAL_MAX_TIE];
    double distinguish[SPIRAL_MAX_TIE];
    double weight[SPIRAL_MAX_PUBLIC];
    double kin[SPIRAL_MAX_PUBLIC];
    /* facts by step: [step * count + index] */
    double *power;        /* states */
    double *share;        /* perceptions: P_about / (P_of + P_about) */
    double *patron_share; /* rivals x patrons: P_patron / (P_neighbour + P_patron) */
    double *trade;        /* ties: given interdependence */
    double *constraint;   /* geographic constraint G, 0..1, the largest over the neighbours */
    /* rivals: observed hostility 1..5 at the end of the step, 0 before the first observation */
    signed char *observed;
    /* initial values of the variables, [index] */
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) double initial_##name[SPIRAL_MAX_##of];
#include "sim/variables.def"
    /* the timeline, by (date, file order) */
    long event_count;
    struct spiral_event *events;
    /* Plans that differ from this one in constants, one for each set of the posterior; they share
     * its arrays. spiral_plan_of_run() tells which is a run's. */
    size_t set_count;
    struct spiral_plan *sets;
};

/* Compiles a scenario. *plan is NULL after an error: SPIRAL_BAD_INPUT (the scenario breaks a rule;
 * options->until or dt do not fit) or SPIRAL_NO_MEMORY. The caller destroys the plan. */
enum spiral_status spiral_plan_create(struct spiral_plan **plan,
                                      const struct spiral_scenario *scenario,
                                      const struct spiral_constants *constants,
                                      const struct spiral_plan_options *options,
                                      struct spiral_error *error);
/* The plan of a run of this index: the one of set `run` modulo their number where runs are spread
 * over a posterior, else the plan itself. Owned by the plan. */
static inline const struct spiral_plan *spiral_plan_of_run(const struct spiral_plan *plan,
                                                           uint64_t run)
{
    return plan->set_count == 0 ? plan : &plan->sets[run % plan->set_count];
}

/* Frees a plan with those of its sets; NULL is legal. */
void spiral_plan_destroy(struct spiral_plan *plan);

/* The date at the beginning of a step (step = steps: the end), in years. */
double spiral_plan_date(const struct spiral_plan *plan, long step);

#endif
