/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "tools/design/coordinates.h"
#include "tools/fit/fit.h"

const struct spiral_fit_setting spiral_fit_settings[SPIRAL_FIT_SETTINGS] = {
#define SPIRAL_FIT_SETTING(name, argument, whole, value, low, high, doc) \
    {#name, argument, doc, value, low, high, whole},
#include "tools/fit/settings.def"
};

#define SPIRAL_SCALE_true ":log"
#define SPIRAL_SCALE_false ""
#define SPIRAL_FITTED(name, low, high, log) "k." #name "=" #low ":" #high SPIRAL_SCALE_##log,
const char *const spiral_fit_axes[] = {
#include "tools/fit/settings.def"
    NULL,
};

void spiral_fit_values(const struct spiral_fit_space *space, const double *coordinate,
                       double *value)
{
    for (size_t a = 0; a < space->count; a++)
        value[a] = spiral_axis_value(&space->axes[a], coordinate[a]);
}

/* The coordinate below which the prior has a share v: of a normal that is cut to 0..1. */
static double prior_quantile(const struct spiral_fit_space *space, size_t axis, double v)
{
    if (space->width <= 0.0)
        return v;
    const double centre = space->centre[axis];
    const double below = spiral_normal_below(-centre / space->width);
    const double within = spiral_normal_below((1.0 - centre) / space->width) - below;
    const double u = centre + space->width * spiral_normal_quantile(below + v * within);

    return u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
}

void spiral_fit_values_of_latent(const struct spiral_fit_space *space, const double *latent,
                                 double *value)
{
    for (size_t a = 0; a < space->count; a++)
        value[a] = spiral_axis_value(&space->axes[a],
                                     prior_quantile(space, a, spiral_normal_below(latent[a])));
}

double spiral_fit_latent(double uniform) { return spiral_normal_quantile(uniform); }

double spiral_fit_penalty(const struct spiral_fit_space *space, const double *coordinate)
{
    double sum = 0.0;
    for (size_t a = 0; a < space->count && space->width > 0.0; a++)
        sum += 0.5 * pow((coordinate[a] - space->centre[a]) / space->width, 2.0);
    return sum;
}
