/* SPDX-License-Identifier: MIT
 *
 * Search for the front of several objectives: epsilon-NSGA-II (Kollat and Reed 2006), which is
 * NSGA-II (Deb et al. 2002) with an archive of epsilon-nondominated points (Laumanns et al. 2002)
 * and restarts whose population follows the archive's size.
 *
 * Genes are whole numbers, 0 .. levels - 1 each: small differences of the C library's mathematics
 * do not reach them. The search draws from its own stream alone: the same request gives the same
 * solutions, whatever the threads. A search that is begun again with what it evaluated before at
 * hand goes the same way.
 */
#ifndef SPIRAL_CHOICE_SEARCH_H
#define SPIRAL_CHOICE_SEARCH_H

#include <stdint.h>

#include "tools/choice/front.h"

enum { SPIRAL_MOST_GENES = 64 };

struct spiral_search_problem {
    size_t genes;
    int levels[SPIRAL_MOST_GENES]; /* of each gene, at least 1 */
    size_t objectives;
    double epsilon[SPIRAL_MOST_OBJECTIVES];

    /* Finds the objectives of `count` solutions, gene[solution * genes + gene], which are new. */
    enum spiral_status (*evaluate)(void *context, const int *gene, size_t count, double *value,
                                   struct spiral_error *error);
    void *context;
};

struct spiral_search_options {
    size_t evaluations; /* at most, of different solutions */
    size_t population;  /* of the first run; an even number of 4 or more */
    uint64_t seed;
};

/* All solutions that were evaluated, in order, and the archive of them by index. */
struct spiral_search {
    size_t genes;
    size_t objectives;
    size_t count;
    size_t room;
    int *gene;     /* [count * genes] */
    double *value; /* [count * objectives] */
    struct spiral_archive archive;
    size_t generations;
    size_t restarts;
};

/* Searches. `first` ([first_count * genes]) are solutions that the first population has. What
 * was found until an error or an interrupt (of `evaluate`) is there. The caller clears *search in
 * any case. */
enum spiral_status spiral_search_run(struct spiral_search *search,
                                     const struct spiral_search_problem *problem,
                                     const struct spiral_search_options *options, const int *first,
                                     size_t first_count, struct spiral_error *error);
void spiral_search_clear(struct spiral_search *search);

#endif
