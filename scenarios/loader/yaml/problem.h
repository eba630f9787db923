/* SPDX-License-Identifier: MIT
 *
 * What libyaml finds wrong with a text, and what a text may not ask of libyaml.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_PROBLEM_H
#define SPIRAL_SCENARIOS_LOADER_YAML_PROBLEM_H

#include <yaml.h>

#include "sim/status.h"

/* What a parser that failed found wrong with its text of `length` bytes: line and column, libyaml's
 * finding, and advice. error->status is SPIRAL_NO_MEMORY where that was the cause, else
 * SPIRAL_BAD_INPUT. */
void spiral_yaml_problem(const yaml_parser_t *parser, const char *text, size_t length,
                         struct spiral_error *error);

/* Whether libyaml can load a text in a time that grows with its length, not with its square: it
 * is not nested too deeply, does not have too many anchors, and has no %TAG lines. Else
 * SPIRAL_BAD_INPUT with the place; or SPIRAL_NO_MEMORY. Broken YAML is SPIRAL_OK: loading finds
 * it. */
enum spiral_status spiral_yaml_limits(const char *text, size_t length, struct spiral_error *error);

#endif
