/* SPDX-License-Identifier: MIT
 *
 * Designs: which points of a parameter space an experiment runs. A design is a pure function of
 * its axes and its request; the same request gives the same points to the bit on one machine's
 * libm, and the store keeps them, so that nothing is ever drawn twice.
 *
 * A point is first made of coordinates 0..1, one a factor; from these come the axes' values,
 * uniform on the axis' own scale. Axes of a group whose correlation is not 1 keep independent
 * coordinates, in `unit`; their values are joined by a Gaussian copula: coordinates become
 * normal numbers, Cholesky's triangle mixes them, and the distribution function makes uniform
 * numbers of them again. The first axis of the group goes by its own coordinate alone, a later
 * one by its own and those before it: an index of its factor is of what it adds to them.
 * `correlation` is that of the normal numbers, r; Spearman's rank correlation of the values is 6
 * / pi asin(r / 2).
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
    X(list, "the points of a CSV file", "nothing") \
    X(random, "independent uniform points", "points") \
    X(latin, "Latin hypercube: each axis cut into equal shares, one point in each", "points") \
    X(sobol, "Sobol' low-discrepancy points, scrambled", "points; best a power of two") \
    X(saltelli, "blocks of points for Sobol' indices", \
      "base points; d + 2 or, of second order, 2 d + 2 times as many run") \
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

enum { SPIRAL_NAME_SIZE = 96, SPIRAL_MAX_AXES = 256 };

/* One thing that varies: a range, or a list of values. */
struct spiral_axis {
    char name[SPIRAL_NAME_SIZE]; /* as spiral_parameter_set() takes it */
    double low,
        high;       /* of a range, inclusive; low < high. Of a list: its least and greatest value */
    bool log;       /* uniform in the logarithm; low > 0 */
    bool integer;   /* whole numbers low .. high, each equally likely; not with log */
    size_t count;   /* values in the list, 0 for a range */
    double *values; /* the list, in its own order; owned by whoever made the axis */
    int group;      /* axes of one group (1, 2, ...) move together; 0: alone */
    double
        correlation; /* of its group, the same in all its axes, -1..1 (below 0 only in a group of two); 1: one factor */
};

/* What an axis is called in tables and charts: a field's label, and whose it is: "greed (RUS)"
 * of RUS.greed; in Chinese with the roles' Chinese names. */
enum { SPIRAL_AXIS_LABEL_SIZE = 200 };
void spiral_axis_label(char text[SPIRAL_AXIS_LABEL_SIZE], const char *label, const char *name,
                       bool chinese);

struct spiral_design_request {
    enum spiral_design_kind kind;
    size_t points; /* see SPIRAL_DESIGN_TABLE */
    int levels; /* p of Morris' grid: even, 4 by default (0). A list, or a range of fewer whole numbers, has its own levels */
    bool second_order;  /* of saltelli: pairs of factors too */
    uint64_t seed;      /* of what is drawn */
    const double *list; /* of kind list: [list_points * axes], not owned */
    size_t list_points;
};

/* The points, and what analysis needs to know of them. */
struct spiral_design {
    size_t points;
    size_t axes;
    double *value; /* [point * axes + axis]: what spiral_parameter_set() gets */
    /* Factors are what moves alone: an axis, or a group whose correlation is 1. Axes of a group
     * of another correlation are a factor each. */
    size_t factors;
    int *factor_of; /* [axis] */
    double *
        unit; /* [point * factors + factor]: its coordinate, 0..1; of value i of the n of a list or of whole numbers (i + .5) / n */
};

/* Makes a design. The order of points, which analysis relies on:
 *   grid      the last axis runs fastest
 *   saltelli  for each base point i: A_i; A_i with factor f from B_i, f = 0..d-1; B_i (second
 *   order: before it B_i with factor f
 *             from A_i, f = 0..d-1)
 *   morris    trajectory by trajectory, d + 1 points each, that differ in one factor from one to
 *   the next: by p / (2 (p - 1)) in a
 *             range, in a list by half of its places. An effect is per what `unit` changed by
 *   oat       the middle first, then axis by axis its levels
 * A range of fewer whole numbers than a grid has levels gives each once. Groups of a correlation
 * other than 1 go with random, latin, sobol and saltelli alone, which have no coordinates at 0
 * and 1; the points of a list go with no group. SPIRAL_BAD_INPUT says which axis or number does
 * not fit; SPIRAL_NO_MEMORY. *design is NULL then. The caller destroys it. */
enum spiral_status spiral_design_create(struct spiral_design **design,
                                        const struct spiral_axis *axes, size_t axis_count,
                                        const struct spiral_design_request *request,
                                        struct spiral_error *error);
void spiral_design_destroy(struct spiral_design *design); /* NULL is legal */

#endif
