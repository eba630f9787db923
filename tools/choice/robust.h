/* SPDX-License-Identifier: MIT
 *
 * Robust choice (MORDM; Kasprzyk et al. 2013): courses of the small state of a case, searched for
 * the front of three objectives over many states of the world, and judged by their regret and by
 * how many worlds they satisfy.
 */
#ifndef SPIRAL_CHOICE_ROBUST_H
#define SPIRAL_CHOICE_ROBUST_H

#include <jansson.h>

#include "sim/constant_sets.h"
#include "tables/table.h"
#include "tools/choice/autonomy.h"
#include "tools/choice/course.h"
#include "tools/experiment/experiment.h"
#include "tools/farm/progress.h"

/* What is asked. */
struct spiral_robust_request {
    enum spiral_course_form form;
    size_t periods;
    size_t date_count;                 /* 0: dates are searched for; else periods - 1 */
    double dates[SPIRAL_MOST_PERIODS]; /* [date_count], years */
    size_t evaluations;
    size_t population;
    double epsilon[SPIRAL_OBJECTIVES];
    double limits[SPIRAL_OBJECTIVES]; /* that satisfy; NAN: what history has */
};
struct spiral_robust_request spiral_robust_defaults(void);

/* A course as the worlds judge it. */
struct spiral_robust_course {
    size_t solution; /* index into the search's; of history: the count */
    double mean[SPIRAL_OBJECTIVES];
    double regret[SPIRAL_OBJECTIVES]; /* above the best course in the same world, at the 90th
                                       * percentile of the worlds */
    double worst;                     /* the largest of them: what minimax regret compares */
    double satisficing; /* share of the worlds in which no objective is above its limit */
};

struct spiral_robust {
    struct spiral_experiment experiment; /* owned: one case, the axes of the worlds, runs of each as
                                          * replicates, settings */
    struct spiral_design *worlds;        /* owned */
    struct spiral_constant_sets sets;    /* owned; world w has set w modulo their number */
    struct spiral_robust_request request;
    struct spiral_course_space space;
    int threads; /* 0: one a processor */

    /* of all solutions: [(solution * worlds + world) * SPIRAL_OBJECTIVES + objective], means over
     * the runs of a world; owned */
    double *value;
    size_t value_room; /* solutions */
    double *history;   /* [world * SPIRAL_OBJECTIVES + objective]; owned */
    long path_count;   /* years */
    double *path;      /* [year * SPIRAL_OBJECTIVES + objective]: of history, by the end of each
                        * year of the run, the last of which may be shorter; owned */
    double *path_date; /* [year]; owned */

    struct spiral_search search;

    /* after the search */
    size_t course_count;
    struct spiral_robust_course *courses; /* the front, by the first objective; owned */
    struct spiral_robust_course as_it_was;
    size_t minimax;  /* index of the course with the least `worst` */
    size_t broadest; /* index of the course with the most satisficing */
    double limits[SPIRAL_OBJECTIVES];
    double volume; /* that the front dominates below (1, 1, 1) */

    /* Looks up what a store has of a course (NULL: nothing), and keeps what was found. */
    bool (*recall)(void *context, const struct spiral_robust *robust, const int *gene,
                   double *value);
    enum spiral_status (*keep)(void *context, const struct spiral_robust *robust, const int *gene,
                               size_t count, const double *value, struct spiral_error *error);
    void *context;
    uint64_t recalled; /* courses */
    bool complete;     /* what is recalled is all that is wanted: stop where something is missing */
    size_t limit;      /* measure at most so many courses, then stop as an interrupt does; 0: all */
    size_t measured;   /* courses */
    const char *label; /* shows progress on stderr under this name; NULL: none */
    struct spiral_progress progress;
};

/* Takes over the experiment and the sets (*experiment and *sets become empty), and draws the
 * worlds. SPIRAL_BAD_INPUT where the experiment has not one case, or the request does not fit it.
 * The caller clears it in any case. */
enum spiral_status spiral_robust_init(struct spiral_robust *robust,
                                      struct spiral_experiment *experiment,
                                      struct spiral_constant_sets *sets,
                                      const struct spiral_robust_request *request,
                                      struct spiral_error *error);
void spiral_robust_clear(struct spiral_robust *robust);

/* Runs history and the search, and judges the front. SPIRAL_STOPPED after an interrupt. */
enum spiral_status spiral_robust_run(struct spiral_robust *robust, struct spiral_error *error);

/* Measures courses, gene[course * genes]: value[(course * worlds + world) * SPIRAL_OBJECTIVES]. */
enum spiral_status spiral_robust_measure(struct spiral_robust *robust, const int *gene,
                                         size_t count, double *value, struct spiral_error *error);

/* A course of the front, and the letters that name it: A, B, ... Z, AA, ... */
struct spiral_course spiral_robust_course(const struct spiral_robust *robust, size_t course);
void spiral_robust_letters(size_t course, char text[4]);

/* The front as text and as one JSON object. As a table: its columns and its origin (the caller
 * clears it), then a row per course. */
void spiral_robust_print(const struct spiral_robust *robust, bool chinese, FILE *out);
void spiral_robust_describe(struct spiral_table *table, const struct spiral_robust *robust);
void spiral_robust_csv(const struct spiral_robust *robust, struct spiral_table *table);
json_t *spiral_robust_json(const struct spiral_robust *robust);

#endif
