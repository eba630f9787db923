/* SPDX-License-Identifier: MIT
 *
 * The one reader of texts: scenarios, lessons, experiments, lists and sessions are read through it.
 *
 * An input is opened and read once, whole, and within a bound. So a pipe, a FIFO, /dev/stdin and a
 * process substitution work as files do, and an endless device is refused. Who wants to know what
 * kind of text it is looks at the text, and does not open the file a second time.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_WHOLE_INPUT_H
#define SPIRAL_SCENARIOS_LOADER_YAML_WHOLE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"

enum { SPIRAL_WHOLE_INPUT_MOST = 16 << 20 }; /* bytes: 16 MiB */

/* Reads a file, or standard input for "-". *text is ended by a NUL that *length does not count; the
 * caller frees it. SPIRAL_IO where it cannot be read, SPIRAL_BAD_INPUT where it is larger than 16
 * MiB, SPIRAL_NO_MEMORY: *text is NULL then. The message does not name the file. */
enum spiral_status spiral_whole_input_read(const char *path, char **text, size_t *length,
                                           struct spiral_error *error);

/* The same within another bound, a whole number of MiB: for tables of data. */
enum spiral_status spiral_whole_input_read_most(const char *path, size_t most, char **text,
                                                size_t *length, struct spiral_error *error);

/* Whether there is such a file. */
bool spiral_whole_input_exists(const char *path);

/* What messages call an input: its path, or "standard input" for "-". */
const char *spiral_whole_input_name(const char *path);

/* Whether a line of a text begins with the key, as `lesson:`: by this a text is known for what it
 * is meant as. */
bool spiral_whole_input_has_key(const char *text, const char *key);

#endif
