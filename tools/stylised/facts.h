/* SPDX-License-Identifier: MIT
 *
 * The stylised facts S1 to S16: what the model must show under one set of constants. Each is
 * measured by running the model, on the cases (S2 to S5, S13) or on a stylised triad (the rest),
 * and is a figure with an interval and a verdict. See docs/model.md.
 */
#ifndef SPIRAL_STYLISED_FACTS_H
#define SPIRAL_STYLISED_FACTS_H

#include "sim/tables.h"

/* SPIRAL_FACT(id, short text) */
#define SPIRAL_FACT_TABLE(X) \
    X(S1, "risk in the trap is at least 5 times that of each other quadrant") \
    X(S2, "Ukraine: war by 2022-12 more likely than not, force in 2014-15 likely, before 2013 at " \
          "half the later rate or less") \
    X(S3, \
      "Finland: war below .05 with tension visible in 1958 and 1961; Singapore: war below .02") \
    X(S4, "Georgia: force by 2009 at least .6; the Baltic states: war below .05") \
    X(S5, "Ukraine: limited balance lowers risk, the earlier the more") \
    X(S6, "risk over commitment is hump-shaped") \
    X(S7, "deterrent moves raise risk under low greed, accommodation under high") \
    X(S8, "diversified dependence carries less risk than concentrated") \
    X(S9, "identity locks in: later reassurance works less, threat leaves othering behind") \
    X(S10, "the wider the credibility illusion, the more alignment and the more risk") \
    X(S11, "with alliances, identity and noise off, the linear arms race of Richardson") \
    X(S12, "base rates of a free-running pair: wars .05 to .6 %, force .5 to 4 % a year") \
    X(S13, "halving the step moves every risk by less than sampling error plus .01") \
    X(S14, \
      "four worlds: the order of risk over offence advantage and postures told apart is Jervis's") \
    X(S15, "two security seekers: calm and fear are both points of rest; reassurance and defence " \
           "keep the calm") \
    X(S16, "risk stays raised for years after a turn that is kept, more after a loss than a gain")
enum spiral_fact_id {
#define SPIRAL_FACT_ENTRY(id, text) SPIRAL_FACT_##id,
    SPIRAL_FACT_TABLE(SPIRAL_FACT_ENTRY)
#undef SPIRAL_FACT_ENTRY
        SPIRAL_FACTS
};

enum { SPIRAL_FACT_PARTS = 12 };

/* One figure that a fact rests on: it must lie in [low, high]. `error_low`, `error_high`: its 95
 * % interval (equal to the figure where it is exact). */
struct spiral_fact_part {
    char name[48];
    double figure;
    double error_low;
    double error_high;
    double low;
    double high;
};

struct spiral_fact {
    const char *id;
    const char *text;
    int parts;
    struct spiral_fact_part part[SPIRAL_FACT_PARTS];
    bool holds; /* every figure lies in its bounds */
};

/* The five cases, in this order, that facts and fits use. */
enum spiral_fact_case {
    SPIRAL_CASE_UKRAINE,
    SPIRAL_CASE_FINLAND,
    SPIRAL_CASE_SINGAPORE,
    SPIRAL_CASE_GEORGIA,
    SPIRAL_CASE_BALTICS,
    SPIRAL_CASES
};
extern const char *const spiral_case_names[SPIRAL_CASES];

/* What the measurements share. */
struct spiral_facts_setup {
    struct spiral_scenario cases[SPIRAL_CASES]; /* loaded by the caller */
    struct spiral_constants constants;
    uint64_t seed;
    uint64_t runs; /* of each ensemble of a case; stylised ones use a quarter */
    int threads;   /* at least 1 */
};

/* Measures one fact. SPIRAL_NO_MEMORY or SPIRAL_BAD_INPUT (a case that does not compile). */
enum spiral_status spiral_fact_measure(struct spiral_fact *fact, enum spiral_fact_id id,
                                       const struct spiral_facts_setup *setup,
                                       struct spiral_error *error);

/* The distance of a fact from holding: 0 where it holds with its margin, else a sum of squares
 * of how far each figure is out, risks on the logit scale. What a fit minimises. */
double spiral_fact_loss(const struct spiral_fact *fact);

#endif
