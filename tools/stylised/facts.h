/* SPDX-License-Identifier: MIT
 *
 * The stylised facts S1 to S18: what the model must show under one set of constants. Each is
 * measured by running the model on the cases (S2 to S5, S13), on a table of pairs of neighbours
 * (S18) or on a stylised triad (the rest). It holds where every value that it rests on lies within
 * bounds. See docs/model.md, section 11.
 */
#ifndef SPIRAL_STYLISED_FACTS_H
#define SPIRAL_STYLISED_FACTS_H

#include "sim/tables.h"

struct spiral_pair_panel;

/* X(id, the measurement: spiral_stylised_measure_... of parts.h, short text) */
#define SPIRAL_STYLISED_FACT_TABLE(X) \
    X(S1, quadrants, "risk in the trap is at least 5 times that of each other quadrant") \
    X(S2, ukraine, \
      "Ukraine: war by 2022-12 more likely than not, force in 2014-15 likely, before 2013 " \
      "at half the later rate or less") \
    X(S3, quiet_cases, \
      "Finland: war below .05 with tension visible in 1958 and 1961; Singapore: war below .02") \
    X(S4, georgia_baltics, "Georgia: force by 2009 at least .6; the Baltic states: war below .05") \
    X(S5, counterfactual, "Ukraine: limited balance lowers risk, the earlier the more") \
    X(S6, limbo, "risk over commitment is hump-shaped") \
    X(S7, rival, "deterrent moves raise risk under low greed, accommodation under high") \
    X(S8, diversified, "diversified dependence carries less risk than concentrated") \
    X(S9, identity, \
      "identity locks in: later reassurance works less, threat leaves othering behind") \
    X(S10, illusion, "the wider the credibility illusion, the more alignment and the more risk") \
    X(S11, richardson, \
      "with alliances, identity and noise off, the linear arms race of Richardson") \
    X(S12, base_rates, \
      "base rates of a free-running pair: wars .05 to .6 %, force .5 to 4 % a year") \
    X(S13, convergence, "halving the step moves every risk by less than sampling error plus .01") \
    X(S14, worlds, \
      "four worlds: the order of risk over offence advantage and postures told apart is Jervis's") \
    X(S15, seekers, \
      "two security seekers: calm and fear are both points of rest; reassurance and defence keep " \
      "the calm") \
    X(S16, reference, \
      "risk stays raised for years after a turn that is kept, more after a loss than a gain") \
    X(S17, races, "pairs in an arms race come to force more often") \
    X(S18, panel, \
      "the panel: calibrated (slope .8 to 1.25), and telling better than the best logit")
enum spiral_stylised_fact_id {
#define SPIRAL_STYLISED_FACT_ENTRY(id, measurement, text) SPIRAL_STYLISED_##id,
    SPIRAL_STYLISED_FACT_TABLE(SPIRAL_STYLISED_FACT_ENTRY)
#undef SPIRAL_STYLISED_FACT_ENTRY
        SPIRAL_STYLISED_FACTS
};

enum { SPIRAL_STYLISED_CRITERIA = 12 };

/* A value that a fact rests on: it must lie in [low, high]. `error_low`, `error_high`: its 95 %
 * interval (equal to the value where it is exact). */
struct spiral_stylised_criterion {
    char name[48];
    double value;
    double error_low;
    double error_high;
    double low;
    double high;
};

/* How far a value lies inside its bounds, in its own standard errors: negative outside, not a
 * number where the value is exact or nothing bounds it. A bound that no such value can pass (0, 1
 * or -1 of shares and their differences, 2 of differences of differences, 1e9) does not count. */
double spiral_stylised_margin(const struct spiral_stylised_criterion *criterion);

struct spiral_stylised_fact {
    const char *id;
    const char *text;
    int criterion_count;
    struct spiral_stylised_criterion criteria[SPIRAL_STYLISED_CRITERIA];
    bool measured; /* false where the setup lacks what the fact is measured on: no criteria then */
    bool holds;    /* measured, and every value lies within its bounds */
};

/* The five cases that stylised facts are measured on, in this order. */
enum spiral_stylised_case {
    SPIRAL_STYLISED_UKRAINE,
    SPIRAL_STYLISED_FINLAND,
    SPIRAL_STYLISED_SINGAPORE,
    SPIRAL_STYLISED_GEORGIA,
    SPIRAL_STYLISED_BALTICS,
    SPIRAL_STYLISED_CASES
};
extern const char *const spiral_stylised_case_names[SPIRAL_STYLISED_CASES];

/* What the measurements share. */
struct spiral_stylised_setup {
    struct spiral_scenario cases[SPIRAL_STYLISED_CASES]; /* loaded by the caller */
    struct spiral_constants constants;
    uint64_t seed;
    uint64_t runs; /* of each ensemble of a case; of the triad a share of it: a quarter to a half */
    int threads;   /* at least 1 */
    /* years of a step of ensembles, or two thirds or one third of it, the first that divides the
     * scenario's time; 0, or where none does: the scenario's own */
    double dt;
    /* pair-windows that S18 is measured on; NULL: it is not */
    const struct spiral_pair_panel *panel;
    /* [window]: chances of force of the panel's windows that were made elsewhere, as out of fold,
     * and what they are kept within; NULL: the constants forecast the windows themselves */
    const double *chances;
    double floor;
    uint64_t panel_runs; /* of each window, where the constants forecast it; 0: `runs` / 2 */
    size_t resamples;    /* of dyads, for the intervals of S18; 0: none */
};

/* Measures one fact. SPIRAL_NO_MEMORY or SPIRAL_BAD_INPUT (a case that does not compile). */
enum spiral_status spiral_stylised_fact_measure(struct spiral_stylised_fact *fact,
                                                enum spiral_stylised_fact_id id,
                                                const struct spiral_stylised_setup *setup,
                                                struct spiral_error *error);

/* The distance of a fact from holding: 0 where every value lies within its bounds, else a sum of
 * squares of how far each value is out of its bounds, shares on the logit scale. A fit that is held
 * to the facts minimises it. */
double spiral_stylised_fact_loss(const struct spiral_stylised_fact *fact);

#endif
