/* SPDX-License-Identifier: MIT */
#include "tools/spiral/sweep_converge.h"

#include <math.h>

#include "tools/cli/command.h"
#include "tools/farm/clock.h"
#include "tools/findings/findings.h"

/* How certain the store's indices are by now. */
static enum spiral_status measure_width(struct spiral_widest *widest, char scenario[100],
                                        const char *path, const char *outcome,
                                        struct spiral_error *error)
{
    struct spiral_store_figures figures;
    enum spiral_status status = spiral_store_read(&figures, path, error);

    if (status == SPIRAL_OK)
        status = spiral_widest_interval(widest, &figures, outcome, error);
    if (status == SPIRAL_OK) /* the name is the figures' */
        snprintf(scenario, 100, "%s", widest->scenario != NULL ? widest->scenario : "");
    spiral_store_figures_clear(&figures);

    return status;
}

/* Tells how far it is. */
static void tell(const struct spiral_converge_rule *rule, const struct spiral_widest *widest,
                 const char *scenario, const struct spiral_design_request *design, const char *path)
{
    const size_t points = design->points;
    const char *what = design->kind == SPIRAL_DESIGN_saltelli ? "base points"
                       : design->kind == SPIRAL_DESIGN_morris ? "trajectories"
                                                              : "points";
    char width[100] = "";

    if (isfinite(widest->half_width))
        snprintf(width, sizeof width, "the widest interval is +-%.3g", widest->half_width);
    else
        snprintf(width, sizeof width, "an index cannot be estimated yet");

    if (widest->half_width <= rule->half_width)
        spiral_complain("converged at %zu %s: of %s, %s (%s of %s, %s)", points, what,
                        rule->outcome, width, widest->index, widest->factor, scenario);
    else if (points >= rule->points)
        spiral_complain("warning: not converged at %zu %s, the most that were allowed: of %s, "
                        "%s; `spiral sweep --resume %s --points %zu` adds more",
                        points, what, rule->outcome, width, path, 2 * points);
    else
        spiral_complain("%zu %s: of %s, %s; asked for is +-%.3g", points, what, rule->outcome,
                        width, rule->half_width);
}

/* The next power of two of points, within the rule. */
static size_t next_points(size_t points, size_t most)
{
    size_t power = 1;

    while (power <= points)
        power *= 2;

    return power < most ? power : most;
}

enum spiral_status spiral_sweep_converge(struct spiral_sweep *sweep, struct spiral_store *store,
                                         const char *path,
                                         const struct spiral_sweep_options *options,
                                         struct spiral_error *error)
{
    const struct spiral_converge_rule rule = sweep->experiment.converge;
    const double started = spiral_clock();
    struct spiral_sweep_options how = *options;

    for (;;) {
        enum spiral_status status = spiral_sweep_run(sweep, store, &how, error);
        const size_t points = sweep->experiment.design.points;
        struct spiral_widest widest;
        char scenario[100];

        if (status != SPIRAL_OK || rule.outcome[0] == '\0')
            return status;

        status = measure_width(&widest, scenario, path, rule.outcome, error);
        if (status == SPIRAL_OK && !options->quiet)
            tell(&rule, &widest, scenario, &sweep->experiment.design, path);
        if (status != SPIRAL_OK || widest.half_width <= rule.half_width || points >= rule.points)
            return status;

        /* Limits are of all rounds together. */
        if (options->seconds > 0.0)
            how.seconds = options->seconds - (spiral_clock() - started);
        if (options->limit > 0 || how.seconds < 0.0 ||
            (options->seconds > 0.0 && how.seconds == 0.0))
            return spiral_error_set(error, SPIRAL_STOPPED, "stopped at the %s before more points",
                                    options->limit > 0 ? "limit" : "time limit");

        const struct spiral_growth growth = {.points = next_points(points, rule.points)};

        status = spiral_store_grow(store, sweep, &growth, error);
        if (status != SPIRAL_OK)
            return status;
        how.label = sweep->experiment.name;
    }
}
