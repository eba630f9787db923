/* SPDX-License-Identifier: MIT
 *
 * Checked reading of values: numbers, dates, texts, series.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_VALUES_H
#define SPIRAL_SCENARIOS_LOADER_YAML_VALUES_H

#include "scenarios/loader/yaml/reader.h"
#include "sim/scenario.h"

/* Each reads a value of its kind. False, with a report, where the node is not one; false where the
 * node is NULL (absent). Texts, strings and series are owned by whoever gets them. */
bool spiral_read_number(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, double low, double high, double *value);
bool spiral_read_date(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, double *date, char text[12]);
bool spiral_read_text(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, struct spiral_text *text);
bool spiral_read_string(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, char **string);
bool spiral_read_series(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, double low, double high,
                        struct spiral_series *series);

/* A name of 1 to `longest` of the given letters, which `expected` describes. `name` has room for
 * longest + 1 bytes. */
bool spiral_read_identifier(struct spiral_reader *reader, const yaml_node_t *node,
                            const struct spiral_path *path, const char *letters,
                            const char *expected, size_t longest, char *name);
bool spiral_read_whole_number(struct spiral_reader *reader, const yaml_node_t *node,
                              const struct spiral_path *path, uint64_t low, uint64_t high,
                              uint64_t *value);
/* A step of years above 0 and at most 1: a number or a fraction of whole numbers. */
bool spiral_read_step(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, double *dt);
/* true or false, in the words that YAML has for them, or 1 and 0. */
bool spiral_read_boolean(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, bool *value);

#endif
