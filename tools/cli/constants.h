/* SPDX-License-Identifier: MIT
 *
 * Which constants runs have: the option --constants of the commands that run ensembles.
 */
#ifndef SPIRAL_CLI_CONSTANTS_H
#define SPIRAL_CLI_CONSTANTS_H

#include "scenarios/loader/constant_sets.h"
#include "tools/cli/options.h"

/* The help of the option, after its name and its argument. */
#define SPIRAL_CONSTANTS_DOC \
    "a table of sets of constants: spread the runs over them; a file with one set (name: value): " \
    "use it for all runs; point: use the default constants for all runs (default: the shipped " \
    "posterior; for a single run, point)"
#define SPIRAL_CONSTANTS_ARGUMENT "point|FILE"

/* Fills the posterior and the constants by a choice (spiral_constant_sets_choose()). Complains and
 * returns the exit status. The caller clears the posterior, also after an error. */
int spiral_constants_choose(struct spiral_constant_sets *posterior,
                            struct spiral_constants *constants, const char *choice);

/* Reads a choice that is not NULL for an experiment, which reads its table by itself: *table is the
 * text of a table of several sets, which the caller frees; NULL where one set is chosen, which
 * *constants has then. Complains and returns the exit status. */
int spiral_constants_choose_text(struct spiral_constants *constants, const char *choice,
                                 char **table);

/* Applies settings to a scenario (NULL: none), the constants and every set. Complains and returns
 * the exit status. */
int spiral_constants_apply(struct spiral_constant_sets *posterior,
                           struct spiral_constants *constants, struct spiral_scenario *scenario,
                           const struct spiral_option_list *settings);

/* Both, one after the other. */
int spiral_constants_prepare(struct spiral_constant_sets *posterior,
                             struct spiral_constants *constants, const char *choice,
                             struct spiral_scenario *scenario,
                             const struct spiral_option_list *settings);

#endif
