/* SPDX-License-Identifier: MIT
 *
 * The key `set` of lessons and games: numbers by name, {name: value}. Inner header of the loader.
 */
#ifndef SPIRAL_LESSON_SETTINGS_H
#define SPIRAL_LESSON_SETTINGS_H

#include "scenarios/loader/lesson.h"
#include "scenarios/loader/yaml/values.h"

/* Appends the numbers of a mapping to `settings`, of which there are *count and may be `most`.
 * `node` may be NULL: no numbers. Each is tried on a copy of the scenario; where that is NULL, no
 * name can be checked. Errors go to the reader. */
void spiral_lesson_read_settings(struct spiral_reader *reader, const yaml_node_t *node,
                                 const struct spiral_path *up,
                                 const struct spiral_scenario *scenario,
                                 struct spiral_lesson_setting *settings, size_t most,
                                 size_t *count);

#endif
