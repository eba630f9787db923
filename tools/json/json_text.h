/* SPDX-License-Identifier: MIT
 *
 * JSON as the programs write it: all of it or nothing.
 *
 * If memory fails, jansson's functions return NULL, and the functions that receive the NULL
 * silently drop a key. All memory of jansson is therefore allocated here, and a failure is
 * remembered until the text is complete.
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
