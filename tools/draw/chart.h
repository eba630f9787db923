/* SPDX-License-Identifier: MIT
 *
 * `spiral chart KIND ...`: the kinds, each in a file of its name, and what they share: what was
 * asked for, and the page.
 */
#ifndef SPIRAL_DRAW_CHART_H
#define SPIRAL_DRAW_CHART_H

#include "render/figure/figure.h"
#include "tools/cli/command.h"

enum { SPIRAL_CHART_BRANCHES = 4 };

struct spiral_why;

struct spiral_chart_request {
    const char *out;
    double width;   /* 0: the kind's own */
    double height;  /* 0: the kind's own */
    double density; /* of PNGs */
    double scale;   /* of letters and lines; 0: 1 */
    const struct spiral_theme *theme;
    enum spiral_language language;
    uint64_t runs; /* 0: the kind's own */
    uint64_t seed;
    int threads;
    double until; /* a date; 0: the scenario's end */
    double at;    /* a date; 0: the kind's own */
    int quantity; /* enum spiral_quantity */
    struct spiral_option_list settings;
    const char *constants;              /* --constants; NULL: those that are shipped */
    bool settled;                       /* --settled, of phase */
    struct spiral_option_list branches; /* at most SPIRAL_CHART_BRANCHES */
    const char *outcome;                /* of a store; NULL: war */
    const char *scenario;               /* of a store; NULL: the first */
    const char *const *operands;
    size_t operand_count;
    const struct spiral_why *why; /* where not NULL: an account that was made already (reports) */
    struct spiral_page *opened; /* where not NULL: draw on this page instead of to a file (tests) */
    FILE *svg;                  /* where not NULL: write an SVG picture there (reports) */
};

/* A kind of chart. */
struct spiral_chart_kind {
    const char *name;
    const char *operands;
    const char *doc;
    size_t least;  /* number of operands */
    size_t most;   /* number of operands */
    double width;  /* default, of the page */
    double height; /* default, of the page */
    uint64_t runs; /* default, of an ensemble; 0: the kind runs none */
    int (*draw)(const struct spiral_chart_request *request); /* returns the exit status */
};

/* SPIRAL_CHART_KIND_TABLE: every kind, each `spiral_chart_NAME` in chart_NAME.c. */
/* clang-format off */
#define SPIRAL_CHART_KIND_TABLE(X) \
    X(timeline) X(whatif) X(map) X(compare) X(hump) X(rival) X(phase) X(sensitivity) X(claims) \
    X(convergence) X(prim) X(posterior) X(panel) X(why) X(gain) X(policies) X(robust) X(game)
/* clang-format on */
#define SPIRAL_CHART_KIND_ENTRY(name) extern const struct spiral_chart_kind spiral_chart_##name;
SPIRAL_CHART_KIND_TABLE(SPIRAL_CHART_KIND_ENTRY)
#undef SPIRAL_CHART_KIND_ENTRY

/* The argument of --theme, which reports have too; the place is a const struct spiral_theme *. */
bool spiral_chart_parse_theme(const struct spiral_option *option, const char *argument,
                              void *place);
/* The words of --lang, in the order of enum spiral_language. */
extern const char *const spiral_chart_languages[];

/* The page of a request: opened by the first, written whole or not at all by the second. Both
 * complain. */
struct spiral_chart_output {
    struct spiral_page own;
    struct spiral_page *page;
    struct spiral_output file; /* where the request has neither page nor stream */
};
bool spiral_chart_open(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request);
int spiral_chart_close(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request, enum spiral_status drawn);

/* A case ready to run: loaded, its settings applied, its plan made. Complains and returns the exit
 * status; cleared by the second, also after an error. */
struct spiral_chart_case {
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior;
    struct spiral_plan_options options; /* of the plan, and for plans of branches; it points at the
                                           posterior, so that a case must not be moved */
    struct spiral_plan *plan;
};
/* What a case that a store names is called on a figure: the title of its file, or the name itself
 * where there is no such file any more. */
enum { SPIRAL_CHART_TITLE = 240 };
void spiral_chart_case_title(char title[SPIRAL_CHART_TITLE], const char *name,
                             enum spiral_language language);

int spiral_chart_case_load(struct spiral_chart_case *loaded,
                           const struct spiral_chart_request *request, const char *name);
void spiral_chart_case_clear(struct spiral_chart_case *loaded);

/* Runs an ensemble of a plan with its fan and ladder. The caller clears the collector, also
 * after an error, of which it complains. */
int spiral_chart_ensemble(struct spiral_collector *collector,
                          const struct spiral_chart_request *request,
                          const struct spiral_plan *plan);

/* Draws a kind of chart, checked, on request->opened or into its file: what reports and tests
 * call. */
int spiral_chart_draw(const char *kind, const struct spiral_chart_request *request);

#endif
