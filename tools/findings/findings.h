/* SPDX-License-Identifier: MIT
 *
 * What `spiral analyse` finds, as tables of one form for all methods, and how they are written: for
 * the terminal, as CSV, as JSON.
 */
#ifndef SPIRAL_FINDINGS_FINDINGS_H
#define SPIRAL_FINDINGS_FINDINGS_H

#include <stdio.h>

#include "tables/table.h"
#include "tools/analysis/analysis.h"
#include "tools/store/read.h"

enum { SPIRAL_MOST_MEASURES = 6 };

struct spiral_finding {
    char factor[300];
    char with[300]; /* the other factor of a pair, or a level; "": neither */
    struct spiral_estimate measures[SPIRAL_MOST_MEASURES]; /* NAN where there is none */
    double size;                                           /* rows are in its descending order */
    size_t index; /* and, where it is equal, in this order */
};

struct spiral_finding_table {
    const char *scenario; /* these four say what the table is about; not owned */
    const char *outcome;
    const char *method;
    const char *part;
    char note[700];    /* sentences to be read with it, or "" */
    char note_zh[700]; /* the same in Chinese */
    const char *measures[SPIRAL_MOST_MEASURES];
    size_t measure_count;
    bool detail; /* too long for a terminal */
    size_t count;
    size_t room;
    struct spiral_finding *rows;
};

struct spiral_findings {
    size_t count;
    size_t room;
    struct spiral_finding_table *tables;
    bool no_memory; /* something could not be added */
};

/* Adds a table without rows and measures; the pointer is valid until the next call. Never NULL:
 * after no_memory it is a table that is not written. */
struct spiral_finding_table *spiral_findings_table(struct spiral_findings *findings,
                                                   const struct spiral_finding_table *heading);
/* Adds a row; every measure is NAN. */
struct spiral_finding *spiral_findings_row(struct spiral_findings *findings,
                                           struct spiral_finding_table *table);
/* Adds to the note in English; in Chinese. What is said in one is said in the other. */
void spiral_findings_note(struct spiral_finding_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void spiral_findings_note_zh(struct spiral_finding_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void spiral_findings_sort(struct spiral_findings *findings);
void spiral_findings_clear(struct spiral_findings *findings);

/* Aligned tables with bars; a line a measure with its interval; an array of tables. */
void spiral_findings_text(const struct spiral_findings *findings, int columns, FILE *out);
/* Adds the columns of the CSV to a table; writes its rows, one for each measure. */
void spiral_findings_columns(struct spiral_table *table);
void spiral_findings_csv(const struct spiral_findings *findings, struct spiral_table *out);
enum spiral_status spiral_findings_json(const struct spiral_findings *findings, FILE *out,
                                        struct spiral_error *error);

/* The methods. SPIRAL_ANALYSE_METHOD(name, what it is) */
#define SPIRAL_ANALYSE_TABLE(X) \
    X(sobol, "shares of variance: Sobol' indices, of a saltelli design") \
    X(morris, "elementary effects, of a morris design") \
    X(prcc, "partial rank correlations") \
    X(smirnov, "regional sensitivity: where cases lie apart from the rest") \
    X(prim, "boxes in which cases are dense") \
    X(means, "means, over all points and by level of each factor") \
    X(policies, "what policies bring: effects, regrets, and where each is best") \
    X(pawn, "how far the outcome's distribution moves with a factor, against a dummy's")
enum spiral_analyse_method {
#define SPIRAL_ANALYSE_ENTRY(name, doc) SPIRAL_ANALYSE_##name,
    SPIRAL_ANALYSE_TABLE(SPIRAL_ANALYSE_ENTRY)
#undef SPIRAL_ANALYSE_ENTRY
        SPIRAL_ANALYSE_METHODS
};
extern const char *const spiral_analyse_names[SPIRAL_ANALYSE_METHODS];

/* What to analyse, and how. */
struct spiral_analyse_request {
    size_t scenario;
    size_t outcome;
    enum spiral_analyse_method method;
    struct spiral_resampling resampling;
    double threshold; /* at or above it points are cases; NAN: at most the upper quarter are */
    struct spiral_prim_options prim;
};

/* --- policies (policies.c) -------------------------------------------------------------------- */

/* The number of policies that each scenario of a store was run under; 0: the store has none. The
 * rows of scenarios of a store with policies are named SCENARIO/POLICY, policies of a scenario
 * after one another. */
size_t spiral_policy_count(const struct spiral_store_figures *figures);
/* The policy of a row: a part of its name; "" where there is none. */
const char *spiral_policy_of(const struct spiral_store_scenario *row);

/* Adds outcomes to the figures of a store with policies, after those that it has: of an outcome
 * `war`, war.effect (the mean at a point less that under the policy `baseline`; NULL: the first)
 * and, where less of it is better, war.regret (the mean less the least of all policies at the
 * point) and war.best (1 where the policy has the least, shared where several have). Dates have
 * none. Does nothing to a store without policies. SPIRAL_BAD_INPUT: unknown baseline. */
enum spiral_status spiral_policies_derive(struct spiral_store_figures *figures,
                                          const char *baseline, struct spiral_error *error);

/* The table of policies: one for all of a scenario, where its first is asked for. */
enum spiral_status spiral_policies_analyse(struct spiral_findings *findings,
                                           const struct spiral_store_figures *figures,
                                           const struct spiral_analyse_request *request,
                                           struct spiral_error *error);

/* Adds what a method finds. Where it finds nothing about this outcome, a table without rows says
 * why. SPIRAL_BAD_INPUT where it cannot be used on this design at all;
 * SPIRAL_NO_MEMORY. */
enum spiral_status spiral_analyse(struct spiral_findings *findings,
                                  const struct spiral_store_figures *figures,
                                  const struct spiral_analyse_request *request,
                                  struct spiral_error *error);

/* The boxes of spiral_analysis_prim() for an outcome, in the units of the axes: factor by factor.
 * *threshold: where cases begin. SPIRAL_BAD_INPUT where the outcome is the same at every point. The
 * caller clears *prim in any case. */
enum spiral_status spiral_analyse_boxes(struct spiral_prim *prim, double *threshold,
                                        const struct spiral_store_figures *figures,
                                        const struct spiral_analyse_request *request,
                                        struct spiral_error *error);

/* --- convergence (convergence.c) -------------------------------------------------------------- */

/* The method that a kind of design is made for; prcc where it is made for none. How many of the
 * method's first measures are indices: their intervals say how certain it is. */
enum spiral_analyse_method spiral_analyse_usual(enum spiral_design_kind design);
size_t spiral_analyse_indices(enum spiral_analyse_method method);

/* The same as spiral_analyse() of the store's first `base` base points (points, trajectories), as
 * if it had no more. 1 <= base <= figures->base. */
enum spiral_status spiral_analyse_first(struct spiral_findings *findings,
                                        const struct spiral_store_figures *figures,
                                        const struct spiral_analyse_request *request, size_t base,
                                        struct spiral_error *error);

/* The widest interval of the indices of an outcome over factors and scenarios. */
struct spiral_widest {
    double half_width;    /* infinite where an index cannot be estimated yet */
    char factor[300];     /* "": none */
    const char *index;    /* its name; not owned */
    const char *scenario; /* not owned */
};
enum spiral_status spiral_widest_interval(struct spiral_widest *widest,
                                          const struct spiral_store_figures *figures,
                                          const char *outcome, struct spiral_error *error);

#endif
