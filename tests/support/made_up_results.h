/* SPDX-License-Identifier: MIT
 *
 * Results of a triad that no model gave: what a drawing of results is tested with, so that no
 * change of the model moves it.
 */
#ifndef SPIRAL_TEST_MADE_UP_RESULTS_H
#define SPIRAL_TEST_MADE_UP_RESULTS_H

#include "sim/fan.h"
#include "sim/intervals.h"
#include "sim/tally.h"

enum { SPIRAL_MADE_UP_COURSES = 3 };

/* The triad with names and captions in two languages, and what a hundred runs came to on three
 * courses of it: hostility rises around 2008, the less the later the course. Everything is
 * owned. */
struct spiral_made_up {
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_tally *tally[SPIRAL_MADE_UP_COURSES];
    struct spiral_fan *fan[SPIRAL_MADE_UP_COURSES];
    struct spiral_interval
        *difference[SPIRAL_MADE_UP_COURSES -
                    1]; /* of the risk of war from the first course's, [0 .. steps] */
    double *singles;    /* escalation in two runs of the first course, [run * steps + step] */
};

/* Ends the program where there is no memory. */
void spiral_made_up_results(struct spiral_made_up *scene);
void spiral_made_up_clear(struct spiral_made_up *scene);

#endif
