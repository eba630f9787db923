/* SPDX-License-Identifier: MIT
 *
 * A course of the small state: the doctrine that it follows in each of some periods, as whole
 * numbers that a search can vary.
 */
#ifndef SPIRAL_CHOICE_COURSE_H
#define SPIRAL_CHOICE_COURSE_H

#include <stdio.h>

#include "sim/edit.h"
#include "tools/choice/search.h"

enum { SPIRAL_MOST_PERIODS = 4 };

/* What a period's doctrine is chosen from. SPIRAL_COURSE_FORM(name, what it is) */
#define SPIRAL_COURSE_FORM_TABLE(X) \
    X(numbers, "the numbers of a doctrine, in hundredths") \
    X(presets, "the presets of the small state")
enum spiral_course_form {
#define SPIRAL_COURSE_FORM_ENTRY(name, doc) SPIRAL_COURSE_##name,
    SPIRAL_COURSE_FORM_TABLE(SPIRAL_COURSE_FORM_ENTRY)
#undef SPIRAL_COURSE_FORM_ENTRY
        SPIRAL_COURSE_FORMS
};
extern const char *const spiral_course_form_names[SPIRAL_COURSE_FORMS + 1]; /* ended by NULL */

/* All courses of a scenario. The first period begins at the start; the other begin at months that
 * genes choose, or are given. */
struct spiral_course_space {
    enum spiral_course_form form;
    size_t periods;
    double start;                      /* years */
    int months;                        /* 1 .. months - 1 after the start may begin a period */
    bool fixed;                        /* dates are given */
    double dates[SPIRAL_MOST_PERIODS]; /* where they are: [1 .. periods - 1], years */
    size_t genes;                      /* of a course */
    int levels[SPIRAL_MOST_GENES];     /* of each */
};

/* Makes the space of a scenario. `dates` are given, periods - 1 of them in ascending order, or
 * NULL. SPIRAL_BAD_INPUT: too many periods, a date outside the run. */
enum spiral_status spiral_course_space_init(struct spiral_course_space *space,
                                            const struct spiral_scenario *scenario,
                                            enum spiral_course_form form, size_t periods,
                                            const double *dates, struct spiral_error *error);

/* A course: periods in order of date. Periods that begin in one month are the last of them. */
struct spiral_course {
    size_t count;
    struct spiral_course_period {
        double date; /* years */
        struct spiral_doctrine doctrine;
    } periods[SPIRAL_MOST_PERIODS];
};
struct spiral_course spiral_course_of(const struct spiral_course_space *space, const int *gene);

/* The genes of the course that keeps one preset (an index among those of the small state). */
void spiral_course_preset_genes(const struct spiral_course_space *space, size_t preset, int *gene);
/* The presets of the small state: how many, and the i-th. */
size_t spiral_course_preset_count(void);
const struct spiral_doctrine *spiral_course_preset(size_t i);

/* Puts a scenario on a course: the state starts with the first doctrine, its later changes of
 * doctrine fall, and so do the acts that run against the doctrine in force at their date
 * (spiral_edit_falls()). SPIRAL_NO_MEMORY. */
enum spiral_status spiral_course_apply(struct spiral_scenario *scenario,
                                       const struct spiral_course *course);

/* The preset of the small state whose numbers are nearest (the sum of absolute differences), and
 * how far it is. */
const struct spiral_doctrine *spiral_course_nearest(const double *numbers, double *distance);

/* "limited balance; 2004-03 neutrality" and the like: each period by its preset, or the nearest
 * with a sign before it. */
void spiral_course_describe(const struct spiral_course *course, bool chinese, char *text,
                            size_t size);

#endif
