/* SPDX-License-Identifier: MIT
 *
 * `spiral chart KIND ...`: the kinds, each in a file of its name, and what they share: what was
 * asked for, and the page.
 */
#ifndef SPIRAL_DRAW_CHART_H
#define SPIRAL_DRAW_CHART_H

#include "render/figure/figure.h"
#include "tools/cli/command.h"

enum { SPIRAL_CHART_OPERANDS = 32, SPIRAL_CHART_SETTINGS = 256, SPIRAL_CHART_BRANCHES = 4 };

struct spiral_chart_request {
    const char *out;
    double width;   /* 0: the kind's own */
    double height;  /* 0: the kind's own */
    double density; /* of PNGs */
    double scale;   /* of letters and lines; 0: 1 */
    const struct spiral_theme *theme;
    enum spiral_language language;
    uint64_t runs; /* runs 0: the kind's own */
    uint64_t seed; /* runs 0: the kind's own */
    int threads;
    double until, at; /* dates; 0: the end, the kind's own */
    int quantity;     /* enum spiral_quantity */
    const char *settings[SPIRAL_CHART_SETTINGS];
    size_t setting_count;
    const char *branches[SPIRAL_CHART_BRANCHES];
    size_t branch_count;
    const char *outcome, *scenario; /* of a store; NULL: war, the first */
    const char *const *operands;
    size_t operand_count;
    struct spiral_page
        *opened; /* where not NULL: draw there instead of to a file (reports, tests) */
};

/* A kind of chart. */
struct spiral_chart_kind {
    const char *name;
    const char *operands;
    const char *doc;
    size_t least;  /* operands */
    size_t most;   /* operands */
    double width;  /* of a page by default */
    double height; /* of a page by default */
    uint64_t runs; /* of an ensemble by default; 0: runs nothing */
    int (*draw)(const struct spiral_chart_request *request); /* returns the exit status */
};

/* SPIRAL_CHART_KIND_TABLE: every kind, each `spiral_chart_NAME` in chart_NAME.c. */
#define SPIRAL_CHART_KIND_TABLE(X) \
    X(timeline) \
    X(whatif) \
    X(map) X(compare) X(hump) X(rival) X(phase) X(sensitivity) X(claims) X(posterior) X(panel)
#define SPIRAL_CHART_KIND_ENTRY(name) extern const struct spiral_chart_kind spiral_chart_##name;
SPIRAL_CHART_KIND_TABLE(SPIRAL_CHART_KIND_ENTRY)
#undef SPIRAL_CHART_KIND_ENTRY

/* Options that reports have too: --theme, --lang. Each reports a name that is none. */
bool spiral_chart_take_theme(struct spiral_chart_request *request, const char *argument);
bool spiral_chart_take_language(struct spiral_chart_request *request, const char *argument);

/* The page of a request: opened by the first, written whole or not at all by the second. Both
 * report. */
struct spiral_chart_output {
    struct spiral_page own;
    struct spiral_page *page;
    char *temporary;
};
bool spiral_chart_open(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request);
int spiral_chart_close(struct spiral_chart_output *output,
                       const struct spiral_chart_request *request, enum spiral_status drawn);

/* A case ready to run: loaded, its settings applied, its plan made. Reports and returns the exit
 * status; cleared by the second, also after an error. */
struct spiral_chart_case {
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_plan *plan;
};
int spiral_chart_case_load(struct spiral_chart_case *loaded,
                           const struct spiral_chart_request *request, const char *name);
void spiral_chart_case_clear(struct spiral_chart_case *loaded);

/* Runs an ensemble of a plan with its fan and ladder. The caller clears the collector, also
 * after an error, which is reported. */
int spiral_chart_ensemble(struct spiral_collector *collector,
                          const struct spiral_chart_request *request,
                          const struct spiral_plan *plan);

/* Draws a kind of chart, checked, on request->opened or into its file: what reports and tests
 * call. */
int spiral_chart_draw(const char *kind, const struct spiral_chart_request *request);

#endif
