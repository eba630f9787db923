/* SPDX-License-Identifier: MIT
 *
 * What a command prints as JSON.
 */
#ifndef SPIRAL_TEST_COMMAND_JSON_H
#define SPIRAL_TEST_COMMAND_JSON_H

#include <jansson.h>

#include "tests/support/command.h"

/* Runs the program, which must succeed, and reads what it prints. The caller drops the
 * reference. */
static inline json_t *json_of(const char *arguments)
{
    json_error_t error;

    if (spiral(arguments) != 0)
        fail_msg("spiral %s said: %s", arguments, printed);

    json_t *object = json_loads(printed, 0, &error);

    assert_non_null(object);

    return object;
}

#endif
