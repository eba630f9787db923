/* SPDX-License-Identifier: MIT */
#include "tools/inference/prior.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/names.h"
#include "tools/design/coordinates.h"

const double spiral_prior_centre = 0.5;
const double spiral_prior_deviation = 0.25;

enum scale { scale_linear, scale_log };

static const struct spiral_prior_axis table[] = {
#define SPIRAL_PRIOR(name, scale, low, high) \
    {SPIRAL_K_##name, scale_##scale == scale_log, low, high},
#include "sim/priors.def"
};
enum { TABLE_ROWS = sizeof table / sizeof *table };

void spiral_prior_of_table(struct spiral_prior *prior)
{
    *prior = (struct spiral_prior){.count = TABLE_ROWS};
    memcpy(prior->axes, table, sizeof table);
}

/* --- free constants by name ------------------------------------------------------------------- */

enum { NAME_SIZE = 96 };

static enum spiral_status find_constant(enum spiral_constant *constant, const char *name,
                                        struct spiral_error *error)
{
    const struct spiral_names names =
        spiral_names_of(spiral_constant_fields, SPIRAL_CONSTANTS, name);
    const char *bare = strncmp(name, "k.", 2) == 0 ? name + 2 : name;
    const int found = spiral_names_find(names, bare);
    const char *nearest = found < 0 ? spiral_names_nearest(names, bare) : NULL;

    if (found >= 0) {
        *constant = (enum spiral_constant)found;
        return SPIRAL_OK;
    }
    return nearest != NULL
               ? spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "unknown constant '%.60s'; did you mean 'k.%s'?", name, nearest)
               : spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown constant '%.60s'", name);
}

/* Reads LOW:HIGH or LOW:HIGH:log. */
static enum spiral_status read_range(struct spiral_prior_axis *axis, const char *text,
                                     struct spiral_error *error)
{
    const struct spiral_field *field = &spiral_constant_fields[axis->constant];
    char *end = NULL;

    axis->low = strtod(text, &end);
    const bool first = end != text && *end == ':';
    const char *rest = first ? end + 1 : text;
    axis->high = strtod(rest, &end);
    axis->log = strcmp(end, ":log") == 0;
    if (!first || end == rest || (*end != '\0' && !axis->log) || !isfinite(axis->low) ||
        !isfinite(axis->high))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "k.%s: '%.60s' is not a range; expected LOW:HIGH or LOW:HIGH:log",
                                field->name, text);
    if (axis->low >= axis->high || axis->low < field->low || axis->high > field->high)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "k.%s: %g:%g is not a range within its bounds, %g to %g",
                                field->name, axis->low, axis->high, field->low, field->high);
    if (axis->log && axis->low <= 0.0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "k.%s: a range on the logarithm begins above 0", field->name);
    return SPIRAL_OK;
}

enum spiral_status spiral_prior_add(struct spiral_prior *prior, const char *text,
                                    struct spiral_error *error)
{
    const char *equals = strchr(text, '=');
    const size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text);
    struct spiral_prior_axis axis = {.log = false};
    char name[NAME_SIZE];
    size_t row = 0;

    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1),
             text);
    enum spiral_status status = find_constant(&axis.constant, name, error);
    if (status != SPIRAL_OK)
        return status;

    for (size_t a = 0; a < prior->count; a++)
        if (prior->axes[a].constant == axis.constant)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "duplicate constant '%s'", name);
    while (row < TABLE_ROWS && table[row].constant != axis.constant)
        row++;
    if (equals != NULL)
        status = read_range(&axis, equals + 1, error);
    else if (row < TABLE_ROWS)
        axis = table[row];
    else
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s has no range of its own; expected %s=LOW:HIGH", name, name);
    if (status == SPIRAL_OK)
        prior->axes[prior->count++] = axis;
    return status;
}

/* --- coordinates ------------------------------------------------------------------------------ */

double spiral_prior_value(const struct spiral_prior_axis *axis, double coordinate)
{
    const double u = fmin(fmax(coordinate, 0.0), 1.0);
    const double value = axis->log ? axis->low * pow(axis->high / axis->low, u)
                                   : axis->low + (axis->high - axis->low) * u;
    char text[40];

    /* What is run is what a table of six digits says. */
    snprintf(text, sizeof text, "%.6g", value);
    return fmin(fmax(strtod(text, NULL), axis->low), axis->high);
}

double spiral_prior_coordinate(const struct spiral_prior_axis *axis, double value)
{
    const double inside = fmin(fmax(value, axis->low), axis->high);

    return axis->log ? log(inside / axis->low) / log(axis->high / axis->low)
                     : (inside - axis->low) / (axis->high - axis->low);
}

void spiral_prior_put(const struct spiral_prior *prior, const double *u,
                      struct spiral_constants *constants)
{
    for (size_t a = 0; a < prior->count; a++)
        *spiral_constant_at(constants, prior->axes[a].constant) =
            spiral_prior_value(&prior->axes[a], u[a]);
}

double spiral_prior_log_density(const struct spiral_prior *prior, const double *u)
{
    double sum = 0.0;

    for (size_t a = 0; a < prior->count; a++) {
        const double z = (u[a] - spiral_prior_centre) / spiral_prior_deviation;
        sum -= 0.5 * z * z;
    }
    return sum;
}

double spiral_prior_normal(struct spiral_random *random)
{
    const double radius = sqrt(-2.0 * log(1.0 - spiral_design_uniform(random)));

    return radius * cos(6.283185307179586 * spiral_design_uniform(random));
}

void spiral_prior_draw(const struct spiral_prior *prior, double *u, struct spiral_random *random)
{
    for (size_t a = 0; a < prior->count; a++)
        do
            u[a] = spiral_prior_centre + spiral_prior_deviation * spiral_prior_normal(random);
        while (u[a] < 0.0 || u[a] > 1.0);
}
