/* SPDX-License-Identifier: MIT
 *
 * JSON as the programs write it: all of it or nothing.
 *
 * Where memory fails, jansson's functions return NULL, and what takes that NULL leaves a key out
 * without a word. So all memory of jansson is asked for here, and a failure is remembered until the
 * text is made.
 */
#ifndef SPIRAL_JSON_JSON_TEXT_H
#define SPIRAL_JSON_JSON_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "sim/status.h"

/* From now on failures of memory are noticed. To be called once, before the first JSON value. */
void spiral_json_watch_memory(void);

/* The text of a value (NULL: one that could not be made), by flags of json_dumps(), and releases
 * the value. NULL where any part of it had no memory. The caller frees the text. */
char *spiral_json_text(json_t *value, size_t flags);

/* Writes a value, indented, with an end of line, and releases it. SPIRAL_NO_MEMORY where any part
 * of it had none: nothing is written then. Whether `out` could be written is asked at its end. */
enum spiral_status spiral_json_write(json_t *value, FILE *out, struct spiral_error *error);

#endif
