/* SPDX-License-Identifier: MIT
 *
 * Claims: statements about what raises risk. Each is tested as a contrast of arms (treatments of
 * the stylised triad) over the plausible parameter space.
 *
 * A point of the space has a value of every constant and of the triad's facts. At a point all arms
 * run the same random streams, so they differ only in what they change; each point has its own
 * streams, so points are independent. A contrast gives each replicate an effect, an integer: the
 * events under the arm that the claim calls riskier, less those under the other. The interval of
 * the mean effect at a point decides whether the claim holds there, is reversed, or is undecided.
 * The results over the points in the claim's scope are the share of each verdict, the median
 * effect, and the parameters that decide.
 *
 * No result depends on threads: one thread works on a point, and all sums are integers.
 */
#ifndef SPIRAL_CLAIMS_CLAIMS_H
#define SPIRAL_CLAIMS_CLAIMS_H

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/tables.h"
#include "tools/analysis/analysis.h"
#include "tools/design/design.h"
#include "tools/experiment/policy.h"

/* --- what is claimed -------------------------------------------------------------------------- */

/* The most arms of a claim, and the most readings, facts, arms or claims of a set. */
enum { SPIRAL_CLAIM_ARMS = 4, SPIRAL_CLAIM_MOST = 128 };

/* A treatment of the triad (tools/stylised/triad.h). A member that is zero does nothing. */
struct spiral_arm {
    const char *name;
    const char *doctrine; /* of the small state at first: stylised/triad.def, sim/doctrines.def */
    const char *turn;     /* the doctrine that it turns to at turn_date; NULL: none */
    double turn_date;     /* years */
    int patrons;          /* 2: a second offshore power, P, is there; else O alone */
    double held[2];       /* commitment by O and by P, held by treaty from the start, 0..1 */
    /* moves, and settings of facts and constants in place of the point's own */
    struct spiral_policy acts;
};

/* SPIRAL_CONTRAST(name, the effect of a replicate: a, b, c, d are 1 where the first, second, ...
 * arm came to the event, else 0) */
#define SPIRAL_CONTRAST_TABLE(X) \
    X(raises, "a - b: holds where it is above 0") \
    X(worst, "a - b, a - c, ...: holds where each is above 0, is reversed where one is below; " \
             "the effect is the smallest") \
    X(interaction, "(a - b) - (c - d): holds where it is above 0")
enum spiral_contrast {
#define SPIRAL_CONTRAST_ENTRY(name, doc) SPIRAL_CONTRAST_##name,
    SPIRAL_CONTRAST_TABLE(SPIRAL_CONTRAST_ENTRY)
#undef SPIRAL_CONTRAST_ENTRY
        SPIRAL_CONTRASTS
};

/* SPIRAL_SCOPE(name, en, zh): the points that a claim is about. Constraint as in section 8 of
 * docs/model.md, from the point's own facts. */
#define SPIRAL_SCOPE_TABLE(X) \
    X(all, "all points", "全部点") \
    X(strong, "geographic constraint of .7 or more", "地缘约束不低于 .7") \
    X(greedy, "neighbour's greed of .5 or more", "强邻扩张动机不低于 .5") \
    X(secure, "neighbour's greed below .5: a security-seeker", "强邻扩张动机低于 .5：寻求安全")
enum spiral_scope {
#define SPIRAL_SCOPE_ENTRY(name, en, zh) SPIRAL_SCOPE_##name,
    SPIRAL_SCOPE_TABLE(SPIRAL_SCOPE_ENTRY)
#undef SPIRAL_SCOPE_ENTRY
        SPIRAL_SCOPES
};
struct spiral_words {
    const char *name;
    const char *en;
    const char *zh;
};
extern const struct spiral_words spiral_scopes[SPIRAL_SCOPES];

struct spiral_claim {
    const char *id;
    int reading; /* index into the readings of its set */
    enum spiral_scope scope;
    enum spiral_contrast contrast;
    int arm_count;               /* 2, worst: 2 to 4, interaction: 4 */
    int arms[SPIRAL_CLAIM_ARMS]; /* indices; the claim says that the first is the riskiest */
    const char *en;
    const char *zh;
    const char *source;
};

/* A fact of the triad that varies. */
struct spiral_claim_fact {
    const char *name; /* as spiral_parameter_set() takes it */
    double low;
    double high;
    bool log;
};

/* Claims with all that they name, from a YAML file (claim_set.c; keys.def has its keys). */
struct spiral_claim_set {
    char name[64];
    char *text; /* of the file; owned, as all that follows */
    size_t reading_count;
    size_t fact_count;
    size_t arm_count;
    size_t claim_count;
    struct spiral_words *readings;
    struct spiral_claim_fact *facts;
    struct spiral_arm *arms;
    struct spiral_claim *claims;
    size_t text_count;
    char **texts; /* that the others point to */
};

/* Loads a set from a file, or from a text that errors call `name`. On any error the set is empty
 * and *diagnostics holds all that was found. SPIRAL_BAD_INPUT, SPIRAL_IO, SPIRAL_NO_MEMORY. The
 * caller clears it. */
enum spiral_status spiral_claim_set_load(struct spiral_claim_set *set, const char *path,
                                         struct spiral_diagnostics *diagnostics);
enum spiral_status spiral_claim_set_load_text(struct spiral_claim_set *set, const char *text,
                                              size_t length, const char *name,
                                              struct spiral_diagnostics *diagnostics);
/* The same of a text that was in order once; the first error is in *error. */
enum spiral_status spiral_claim_set_load_stored(struct spiral_claim_set *set, const char *text,
                                                const char *name, struct spiral_error *error);
/* The set that is shipped within the program: tools/claims/shipped.yaml. */
enum spiral_status spiral_claim_set_load_shipped(struct spiral_claim_set *set,
                                                 struct spiral_error *error);
void spiral_claim_set_clear(struct spiral_claim_set *set); /* a zeroed one is legal */

/* The claim of this id, or NULL; the index of an arm, or -1. */
const struct spiral_claim *spiral_claim_find(const struct spiral_claim_set *set, const char *id);
int spiral_arm_find(const struct spiral_claim_set *set, const char *name);

/* --- the space -------------------------------------------------------------------------------- */

/* The axes of the design, and their labels. */
struct spiral_claim_space {
    size_t count;
    struct spiral_axis axes[SPIRAL_MAX_AXES];
    char label_en[SPIRAL_MAX_AXES][SPIRAL_AXIS_LABEL_SIZE];
    char label_zh[SPIRAL_MAX_AXES][SPIRAL_AXIS_LABEL_SIZE];
};
/* The space of a set: all constants, then its facts. */
enum spiral_status spiral_claim_space_fill(struct spiral_claim_space *space,
                                           const struct spiral_claim_set *set,
                                           struct spiral_error *error);

/* A point of the space: the triad and the tetrad with its values, before any arm. */
struct spiral_claim_point {
    struct spiral_scenario scenarios[2]; /* [0] triad, [1] tetrad */
    struct spiral_constants constants;
    double constraint;                  /* of S by N, at the start */
    double greed;                       /* of N */
    struct spiral_claim_places *places; /* inner: the parameters that the axes set */
};
/* Makes a point at the defaults, which must not be moved in memory. SPIRAL_BAD_INPUT where an axis
 * has an unknown name. The caller clears it in any case. */
enum spiral_status spiral_claim_point_init(struct spiral_claim_point *point,
                                           const struct spiral_claim_space *space,
                                           struct spiral_error *error);
void spiral_claim_point_clear(struct spiral_claim_point *point);
/* Sets its values, [space.count]. Only SPIRAL_NO_MEMORY where these lie in the space. */
enum spiral_status spiral_claim_point_put(struct spiral_claim_point *point, const double *values,
                                          struct spiral_error *error);
bool spiral_claim_in_scope(const struct spiral_claim_point *point, enum spiral_scope scope);

/* The scenario and the constants of an arm at a point. The caller clears the scenario, also
 * after a failure. */
enum spiral_status spiral_arm_build(struct spiral_scenario *scenario,
                                    struct spiral_constants *constants,
                                    const struct spiral_arm *arm,
                                    const struct spiral_claim_point *point,
                                    struct spiral_error *error);

/* --- trials ----------------------------------------------------------------------------------- */

#define SPIRAL_QUIET 0.05
enum spiral_verdict { SPIRAL_REVERSED = -1, SPIRAL_UNDECIDED, SPIRAL_HOLDS };

/* What a contrast shows at a point. */
struct spiral_claim_effect {
    double effect; /* mean over replicates */
    double low;    /* its 95 % interval */
    double high;
    enum spiral_verdict verdict;
    bool quiet; /* under every arm less than SPIRAL_QUIET of the runs came to the event: no risk */
};

/* The mean of whole numbers, their count, sum and sum of squares given, and its interval:
 * Agresti and Min's (2005), half an event more on either side. For effects of -1, 0 and 1 it is
 * spiral_paired_difference(). Bounds of -1 and 1 (limit: the largest effect) where there are
 * none. */
struct spiral_claim_effect spiral_claim_effect_of(uint64_t count, int64_t sum, uint64_t squares,
                                                  double limit);
/* The contrast of a claim at a point: events[arm of the claim][replicate] are 1 or 0. */
struct spiral_claim_effect spiral_claim_contrast(
    const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS],
    uint64_t replicates);

/* The two events whose risk is measured. */
enum spiral_claim_event { SPIRAL_CLAIM_WAR, SPIRAL_CLAIM_FORCE, SPIRAL_CLAIM_EVENTS };
extern const char *const spiral_claim_event_names[SPIRAL_CLAIM_EVENTS];

/* The most points, and replicates at each. */
enum { SPIRAL_CLAIM_POINTS = 1000000, SPIRAL_CLAIM_REPLICATES = 1000000 };

/* What to try. */
struct spiral_claims_request {
    const struct spiral_claim_set *set; /* outlives the trial */
    const struct spiral_claim *claims;  /* of the set, or others of its arms; copied */
    size_t claim_count;
    size_t points;       /* at least 1 */
    uint64_t replicates; /* of each arm at each point, at least 1; best multiples of SPIRAL_LANES */
    uint64_t seed;
    double dt; /* years */
};

/* A trial, as far as it is done. */
struct spiral_claim_trial {
    struct spiral_claims_request request; /* its claims are the trial's own */
    struct spiral_claim_set *own_set;     /* owned; NULL where the set is another's */
    struct spiral_claim_space space;
    struct spiral_design *design;
    bool *used; /* [arm] by one of the claims */
    bool *done; /* [point] */
    size_t points_done;
    bool *in_scope;                        /* [claim * points + point] */
    uint32_t *events[SPIRAL_CLAIM_EVENTS]; /* [arm * points + point]: runs that came to it */
    struct spiral_claim_effect *effects[SPIRAL_CLAIM_EVENTS]; /* [claim * points + point] */
};
/* Makes a trial with no point done. SPIRAL_BAD_INPUT, SPIRAL_NO_MEMORY. The caller clears
 * it in any case. */
enum spiral_status spiral_claim_trial_init(struct spiral_claim_trial *trial,
                                           const struct spiral_claims_request *request,
                                           struct spiral_error *error);
void spiral_claim_trial_clear(struct spiral_claim_trial *trial);

struct spiral_claims_options {
    int threads;       /* 0: one a processor */
    size_t limit;      /* stop after so many points, as an interrupt does; 0: none */
    const char *label; /* shows progress on stderr under this name; NULL: none */

    /* Called after each point, by one thread at a time; may be NULL. A failure ends the trial. */
    enum spiral_status (*keep)(void *context, const struct spiral_claim_trial *trial, size_t point,
                               struct spiral_error *error);
    void *context;
};
/* Tries the points that are not done. SPIRAL_NO_MEMORY, what `keep` returns, or SPIRAL_STOPPED
 * after an interrupt, when points in flight are finished first. */
enum spiral_status spiral_claims_try(struct spiral_claim_trial *trial,
                                     const struct spiral_claims_options *options,
                                     struct spiral_error *error);

/* --- summaries -------------------------------------------------------------------------------- */

struct spiral_claim_share {
    uint64_t count;
    double share;
    struct spiral_interval interval; /* Wilson's: wide, as Sobol' points lie evenly */
};

/* Where a behaviour is over-represented: the two parameters that differ most between points with
 * and without it, and the corner beyond thresholds of those of the two that differ by more than
 * chance. */
struct spiral_claim_decider {
    size_t axis;
    double distance;  /* Smirnov's, 0..1 */
    double p;         /* of it, times the number of parameters, at most 1 */
    double threshold; /* in the parameter's units, where p < .05 */
    bool above;       /* the behaviour lies above, else below */
};
struct spiral_claim_corner {
    int deciders; /* 0: fewer than ten points have, or lack, the behaviour; else 2 */
    struct spiral_claim_decider decider[2]; /* the first differs most */
    int cuts;        /* how many have p < .05 and a threshold: the first ones */
    uint64_t inside; /* points in the corner; where there are cuts */
    uint64_t with;   /* those of them with the behaviour */
};

struct spiral_claim_summary {
    uint64_t points;                 /* in scope */
    struct spiral_claim_share holds; /* these four add up to 1 */
    struct spiral_claim_share reversed;
    struct spiral_claim_share undecided; /* though there is risk */
    struct spiral_claim_share quiet;     /* undecided for want of risk */
    struct spiral_claim_share agreement; /* holds, of the points where it holds or is reversed */
    uint64_t beyond;                     /* points out of scope */
    uint64_t beyond_holds;               /* of these */
    uint64_t beyond_reversed;            /* of these */
    double mean;                         /* effect, over the points in scope */
    struct spiral_estimate median;    /* effect, where not quiet; interval by bootstrap of points */
    struct spiral_interval spread;    /* of the effect at the middle four fifths of these */
    struct spiral_claim_corner fails; /* where it does not hold, of the points not quiet */
};
/* Only SPIRAL_NO_MEMORY. */
enum spiral_status spiral_claim_sum_up(struct spiral_claim_summary *summary,
                                       const struct spiral_claim_trial *trial, size_t claim,
                                       enum spiral_claim_event event, struct spiral_error *error);

/* All claims' summaries, [event * claims + claim]. Only SPIRAL_NO_MEMORY. The caller frees
 * them, also after a failure. */
enum spiral_status spiral_claims_sum_up(struct spiral_claim_summary **summaries,
                                        const struct spiral_claim_trial *trial,
                                        struct spiral_error *error);

/* The median of some effects with its interval by bootstrap (1000 resamples); NaN without
 * effects. Sorts them. Only SPIRAL_NO_MEMORY. */
enum spiral_status spiral_claim_median(struct spiral_estimate *median, double *effects,
                                       size_t count, uint64_t seed, struct spiral_error *error);

/* Finds the corner of a behaviour: x is [point * axes + axis], at least two axes. Thresholds are
 * cut at tenths of the points, for the greatest weighted relative accuracy: the share of points
 * inside, times what the density inside is above that of all (Lavrac et al. 1999).
 * Only SPIRAL_NO_MEMORY. */
enum spiral_status spiral_claim_corner_find(struct spiral_claim_corner *corner, const double *x,
                                            const bool *behaviour, size_t points, size_t axes,
                                            struct spiral_error *error);

#endif
