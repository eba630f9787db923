/* SPDX-License-Identifier: MIT
 *
 * From a file or a text to a document that is read once, within limits.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_DOCUMENT_H
#define SPIRAL_SCENARIOS_LOADER_YAML_DOCUMENT_H

#include "scenarios/loader/yaml/reader.h"

/* Parses a text of `length` bytes, named `name` in errors, and lets `read` read its root. What
 * is broken, too large or too deep, and a second document, is reported. `what` is expected of an
 * empty file ("a scenario"). The reader's document, file, schema and diagnostics are set up
 * here. */
void spiral_document_load(struct spiral_reader *reader, const struct spiral_schema *schema,
                          const char *text, size_t length, const char *name, const char *what,
                          struct spiral_diagnostics *diagnostics,
                          void (*read)(void *context, struct spiral_reader *reader,
                                       const yaml_node_t *root),
                          void *context);

/* How loading ended: SPIRAL_OK; or SPIRAL_BAD_INPUT, with the diagnostics in order; or
 * SPIRAL_NO_MEMORY, with that alone, because what was found so far may be wrong. */
enum spiral_status spiral_document_status(const struct spiral_reader *reader);

/* Reports an error that no node carries. */
void spiral_document_report(struct spiral_diagnostics *diagnostics, enum spiral_status status,
                            const char *file, size_t line, size_t column, const char *message);

/* Reads a file, or standard input for "-", by spiral_whole_input_read(). NULL, reported, where it
 * cannot: *status says why. The caller frees it. */
char *spiral_document_read_file(const char *path, size_t *length,
                                struct spiral_diagnostics *diagnostics, enum spiral_status *status);

#endif
