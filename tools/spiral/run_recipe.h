/* SPDX-License-Identifier: MIT
 *
 * `spiral run --recipe`: the run that a page or a link describes, with the same bits.
 */
#ifndef SPIRAL_SPIRAL_RUN_RECIPE_H
#define SPIRAL_SPIRAL_RUN_RECIPE_H

#include <stdbool.h>
#include <stdint.h>

/* What is asked of a recipe. */
struct spiral_recipe_request {
    const char *recipe;
    const char *scenario;      /* the file of its case; NULL: the case of that name */
    uint64_t runs;             /* from its present; 0: its run alone, as a CSV trajectory */
    bool json;                 /* one JSON object; of 1000 runs where `runs` is 0 */
    const char *out;           /* NULL: stdout */
    const char *const *inputs; /* ended by NULL: what the output may not replace */
};

/* Does it and returns the exit status. */
int spiral_recipe_run(const struct spiral_recipe_request *request);

#endif
