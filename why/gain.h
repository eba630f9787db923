/* SPDX-License-Identifier: MIT
 *
 * The gain of the loop of fear, by date: how much of a small rise of fear between rivals is there a
 * year later. Above 1 it has grown by itself. Over a posterior each set of constants has a gain of
 * its own.
 */
#ifndef SPIRAL_WHY_GAIN_H
#define SPIRAL_WHY_GAIN_H

#include "why/marks.h"

/* The routes of gain.def. */
enum spiral_route {
#define SPIRAL_ROUTE(name, en, zh, doc) SPIRAL_ROUTE_##name,
#include "why/gain.def"
    SPIRAL_ROUTES
};

/* Static strings. */
struct spiral_route_label {
    const char *name;
    const char *en;
    const char *zh;
    const char *doc;
};
extern const struct spiral_route_label spiral_route_labels[SPIRAL_ROUTES];

/* The gain at a date. */
struct spiral_gain {
    double date; /* years */
    double gain; /* spectral radius of the mean response of the rivals' fears to each other, >= 0 */
    /* the geometric mean of the response of each side's fear to the other's, of the pair where it
     * is largest: what goes around, without what stays where it was */
    double around;
    double without[SPIRAL_ROUTES]; /* the gain with the route closed */
    /* the sets' own gains: 5 % point, median, 95 % point; the gain itself where there is one set */
    double low;
    double median;
    double high;
    double around_low; /* the same of what goes around */
    double around_high;
    double above; /* share of the sets whose gain is above 1 */
};

struct spiral_gains {
    size_t count;           /* dates */
    size_t sets;            /* of constants; 1: no posterior */
    uint64_t runs;          /* in all */
    struct spiral_gain *at; /* [count], owned */
};

/* Measures the gain once a year, from the start on, over `runs` runs: each perception between
 * rivals is raised by a small step (lowered where it is high), the run goes on for a year on the
 * same draws, and all these perceptions are compared with those of the run left alone. A closed
 * route's carriers have the values of the run left alone. Over a posterior, each of as many sets as
 * `runs` has batches of SPIRAL_LANES, evenly spaced, gets a batch, at most all sets; the gain is
 * then that of the mean response. Statuses are as of spiral_why_mark(). The caller clears the
 * gains, also after an error. */
enum spiral_status spiral_gains_measure(struct spiral_gains *gains,
                                        const struct spiral_why_case *given, uint64_t runs,
                                        const struct spiral_workers *workers,
                                        struct spiral_error *error);
void spiral_gains_clear(struct spiral_gains *gains);

/* The largest absolute value of the eigenvalues of a matrix of `size` rows, row by row. */
double spiral_spectral_radius(const double *matrix, int size);

#endif
