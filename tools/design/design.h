/* SPDX-License-Identifier: MIT
 *
 * Designs: which points of a parameter space an experiment runs. A design is a pure function of its
 * axes and its request. The same request gives the same points to the bit with the same libm; the
 * store keeps them, so that they need not be drawn again.
 *
 * A design point has a coordinate 0..1 for each factor, from which the axes' values follow, uniform
 * on the axis' scale. Axes of a group whose correlation is not 1 keep independent coordinates;
 * their values are joined by a Gaussian copula: coordinates become normal numbers, Cholesky's
 * triangle mixes them, and the distribution function makes them uniform again. So the first axis of
 * the group depends only on its own coordinate, a later one on its own and those before it: a
 * sensitivity index of its factor is about what it adds to them. `correlation` is that of the
 * normal numbers, r; Spearman's rank correlation of the values is 6 / pi asin(r / 2).
 */
#ifndef SPIRAL_DESIGN_DESIGN_H
#define SPIRAL_DESIGN_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/status.h"

/* SPIRAL_DESIGN(name, what it is, what `points` means) */
#define SPIRAL_DESIGN_TABLE(X) \
    X(grid, "every combination of the axes' values", "levels of an axis that gives a range") \
    X(zip, "the axes' lists side by side: first values, second values", \
      "levels of an axis that gives a range") \
    X(list, "the points of a CSV file", "not used") \
    X(random, "independent uniform points", "points") \
    X(latin, "Latin hypercube: each axis cut into equal shares, one point in each", "points") \
    X(sobol, "Sobol' low-discrepancy points, scrambled", "points; best a power of two") \
    X(saltelli, "blocks of points for Sobol' indices", \
      "base points; the design has d + 2 points for each, or 2 d + 2 with --second-order") \
    X(morris, "trajectories that change one factor at a time, for elementary effects", \
      "trajectories of d + 1 points") \
    X(oat, "one axis at a time from the middle", "levels of an axis that gives a range")
enum spiral_design_kind {
#define SPIRAL_DESIGN_ENTRY(name, doc, points) SPIRAL_DESIGN_##name,
    SPIRAL_DESIGN_TABLE(SPIRAL_DESIGN_ENTRY)
#undef SPIRAL_DESIGN_ENTRY
        SPIRAL_DESIGNS
};
extern const char *const spiral_design_names[SPIRAL_DESIGNS];
/* Whether the points of a kind of design are the beginning of those of a longer one. */
bool spiral_design_is_sequence(enum spiral_design_kind kind);

enum { SPIRAL_NAME_SIZE = 96, SPIRAL_MAX_AXES = 256 };

/* How likely the values of a range are: within it, on its scale. SPIRAL_DISTRIBUTION(name, what it
 * is, its numbers) */
#define SPIRAL_DISTRIBUTION_TABLE(X) \
    X(uniform, "each value is as likely as the others", 0) \
    X(normal, "mean and standard deviation, cut off at the ends of the range", 2) \
    X(triangular, "the most likely value", 1) \
    X(beta, "alpha and beta, both above 0, stretched over the range", 2)
enum spiral_distribution {
#define SPIRAL_DISTRIBUTION_ENTRY(name, doc, numbers) SPIRAL_DISTRIBUTION_##name,
    SPIRAL_DISTRIBUTION_TABLE(SPIRAL_DISTRIBUTION_ENTRY)
#undef SPIRAL_DISTRIBUTION_ENTRY
        SPIRAL_DISTRIBUTIONS
};
extern const char *const spiral_distribution_names[SPIRAL_DISTRIBUTIONS];
extern const int spiral_distribution_numbers[SPIRAL_DISTRIBUTIONS]; /* how many it takes */

/* A parameter that varies: over a range, or over a list of values. */
struct spiral_axis {
    char name[SPIRAL_NAME_SIZE]; /* as spiral_parameter_set() takes it */
    double low;                  /* of a range, inclusive; of a list the least value */
    double high;                 /* above low, but in a list of one value */
    bool log;                    /* uniform in the logarithm; low > 0 */
    bool integer;                /* whole numbers low .. high, each equally likely; not with log */
    size_t count;                /* values in the list, 0 for a range */
    double *values;              /* the list, in its own order; owned by whoever made the axis */
    double *weights; /* [count], above 0: how likely each is; NULL: equally; owned alike */
    bool nominal;    /* the values are codes of names, without an order */
    enum spiral_distribution distribution; /* of a range on the linear scale */
    double shape[2];                       /* its numbers */
    int group;          /* axes of one group (1, 2, ...) move together; 0: alone */
    double correlation; /* of its group, -1..1, below 0 only in a group of two; 1: one factor */
};

/* The label of an axis in tables and charts: a field's label and its owner, as "greed (RUS)" for
 * RUS.greed; in Chinese with the roles' Chinese names. */
enum { SPIRAL_AXIS_LABEL_SIZE = 200 };
void spiral_axis_label(char text[SPIRAL_AXIS_LABEL_SIZE], const char *label, const char *name,
                       bool chinese);

struct spiral_design_request {
    enum spiral_design_kind kind;
    size_t points;      /* see SPIRAL_DESIGN_TABLE */
    int levels;         /* p of Morris' grid: even; 0: 4. Lists and short ranges have their own */
    bool second_order;  /* of saltelli: pairs of factors too */
    uint64_t seed;      /* of what is drawn */
    const double *list; /* of kind list: [list_points * axes], not owned */
    size_t list_points;
};

/* The design points, and what analysis needs to know of them. */
struct spiral_design {
    size_t points;
    size_t axes;
    double *value; /* [point * axes + axis]: what spiral_parameter_set() gets */

    /* A factor is what varies by itself: an axis, or a group whose correlation is 1. In a group of
     * another correlation each axis is a factor. */
    size_t factors;
    int *factor_of;     /* [axis] */
    double *coordinate; /* [point * factors + factor], 0..1; of the i-th of n values (i + .5) / n */
};

/* Makes a design. Analysis relies on the order of the points:
 *   grid      the last axis varies fastest
 *   saltelli  for each base point i: A_i; A_i with factor f from B_i, f = 0..d-1; of second order
 *             B_i with factor f from A_i, f = 0..d-1; B_i
 *   morris    trajectory by trajectory, d + 1 points each, of which neighbours differ in one
 *             factor: by p / (2 (p - 1)) in a range of p levels, in a list by half of its indices.
 *             An effect is relative to the change of the coordinate
 *   oat       the middle first, then each axis' levels
 * A range with fewer whole numbers than the grid's levels has each of them once. Groups with a
 * correlation other than 1 only go with random, latin, sobol and saltelli, whose coordinates are
 * never 0 or 1; a list of points goes with no groups. SPIRAL_BAD_INPUT says which axis or number is
 * wrong; SPIRAL_NO_MEMORY. *design is NULL then. The caller destroys it. */
enum spiral_status spiral_design_create(struct spiral_design **design,
                                        const struct spiral_axis *axes, size_t axis_count,
                                        const struct spiral_design_request *request,
                                        struct spiral_error *error);
void spiral_design_destroy(struct spiral_design *design); /* NULL is legal */

#endif
