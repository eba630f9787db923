/* SPDX-License-Identifier: MIT */
#include "library/arguments.h"

enum spiral_status spiral_check_index(const char *what, size_t index, size_t count,
                                      struct spiral_error *error)
{
    if (index < count)
        return SPIRAL_OK;
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown %s %zu; there are %zu, from 0", what,
                            index, count);
}

enum spiral_status spiral_check_length(const char *what, size_t length, size_t needed,
                                       struct spiral_error *error)
{
    if (length == needed)
        return SPIRAL_OK;
    return spiral_error_set(error, SPIRAL_BAD_INPUT,
                            "the array of %s has %zu elements; expected %zu", what, length, needed);
}
