/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_SCENARIOS_LOADER_SCENARIO_LOAD_H
#define SPIRAL_SCENARIOS_LOADER_SCENARIO_LOAD_H

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/scenario.h"

/* Loads a scenario file. On any error *scenario is the defaults (nothing loads half) and
 * *diagnostics holds every error of the file, sorted by place. SPIRAL_BAD_INPUT: the content;
 * SPIRAL_IO: the file cannot be read; SPIRAL_NO_MEMORY. The caller clears the scenario. */
enum spiral_status spiral_scenario_load(struct spiral_scenario *scenario, const char *path,
                                        struct spiral_diagnostics *diagnostics);

/* The same from a text of `length` bytes; errors use `name` as the file's name. */
enum spiral_status spiral_scenario_load_text(struct spiral_scenario *scenario, const char *text,
                                             size_t length, const char *name,
                                             struct spiral_diagnostics *diagnostics);

/* Writes the description of the format, docs/scenario-format.md, made from the schema and the
 * tables. */
void spiral_scenario_describe(FILE *out);

#endif
