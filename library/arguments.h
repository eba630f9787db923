/* SPDX-License-Identifier: MIT
 *
 * Checks of what a caller of the public functions passes.
 */
#ifndef SPIRAL_LIBRARY_ARGUMENTS_H
#define SPIRAL_LIBRARY_ARGUMENTS_H

#include "sim/status.h"

/* SPIRAL_BAD_INPUT unless index < count; `what` is what is counted, as "outcome". */
enum spiral_status spiral_check_index(const char *what, size_t index, size_t count,
                                      struct spiral_error *error);

/* SPIRAL_BAD_INPUT unless an array has the length that is needed; `what` tells its shape. */
enum spiral_status spiral_check_length(const char *what, size_t length, size_t needed,
                                       struct spiral_error *error);

#endif
