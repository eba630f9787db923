/* SPDX-License-Identifier: MIT
 *
 * The readers of the parts of a scenario file. Inner header of the loader. Each fills what it can and reports the rest.
 */
#ifndef SPIRAL_LOADER_READERS_H
#define SPIRAL_LOADER_READERS_H

#include "scenarios/loader/document.h"

/* yaml_problem.c: what the parser stumbled over in a text, with its place and advice; SPIRAL_NO_MEMORY where that was it */
void spiral_yaml_problem(const yaml_parser_t *parser, const char *text, size_t length, struct spiral_error *error);
/* Whether a text nests no deeper and has no more anchors than libyaml can load in a time that grows with the text alone, not with its
 * square. Else SPIRAL_BAD_INPUT with the place; SPIRAL_NO_MEMORY. Broken YAML is no breach: loading finds it. */
enum spiral_status spiral_yaml_limits(const char *text, size_t length, struct spiral_error *error);

/* read_states.c */
void spiral_read_states(struct spiral_reader *reader, const yaml_node_t *node, struct spiral_scenario *scenario);
/* Reads a doctrine: a preset's name, eight numbers, or a preset and changes. */
bool spiral_read_doctrine(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double doctrine[SPIRAL_DOCTRINE_NUMBERS],
                          char name[32]);
/* The index of the state that a scalar names, or -1 (reported). */
int spiral_read_state_name(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const struct spiral_scenario *scenario);
/* Whether a text is 1 to `longest` letters of `letters`; reported where not. */
bool spiral_read_identifier(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *letters,
                            const char *expected, size_t longest, char *name);

/* read_pairs.c: after the states */
void spiral_read_pairs(struct spiral_reader *reader, const yaml_node_t *node, struct spiral_scenario *scenario);
/* Reads `between: [A, B]`; false where it names no two states. */
bool spiral_read_between(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const struct spiral_scenario *scenario,
                         int *first, int *second);

/* read_timeline.c: after the states and pairs */
void spiral_read_timeline(struct spiral_reader *reader, const yaml_node_t *node, struct spiral_scenario *scenario);
void spiral_read_observed(struct spiral_reader *reader, const yaml_node_t *node, struct spiral_scenario *scenario);

#endif
