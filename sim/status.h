/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_STATUS_H
#define SPIRAL_STATUS_H

#include "include/spiral/spiral.h" /* enum spiral_status, struct spiral_error */

/* The text of a status; never NULL, static storage. */
const char *spiral_status_text(enum spiral_status status);

/* Fills *error (which may be NULL) with a status and a printf-style message, clears the place,
 * returns the status. */
enum spiral_status spiral_error_set(struct spiral_error *error, enum spiral_status status,
                                    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The name among `count` names that is nearest to `word` by edit distance (Damerau-Levenshtein),
 * or NULL where none is near enough to be meant (distance over a third of the longer word's
 * length, at least 1). `name_at(context, i)` gives the i-th name. */
const char *spiral_nearest_name(const char *word, size_t count,
                                const char *(*name_at)(const void *context, size_t i),
                                const void *context);

#endif
