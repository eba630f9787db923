/* SPDX-License-Identifier: MIT
 *
 * The schema of lesson files, and what their readers share. Inner header of the loader of lessons.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_LESSON_KEYS_H
#define SPIRAL_SCENARIOS_LOADER_LESSON_KEYS_H

#include "scenarios/loader/lesson.h"
#include "scenarios/loader/yaml/values.h"

enum {
    MAPPING_FILE,
    MAPPING_STEP,
    MAPPING_LEVERS,
    MAPPING_MOVE,
    MAPPING_QUESTION,
    MAPPING_CHOICE,
    MAPPING_REVEAL,
    MAPPING_MEASURE,
    MAPPING_NOTE,
    MAPPINGS
};

enum {
#define SPIRAL_KEY(mapping, key, kind, required, doc) KEY_##mapping##_##key,
#include "scenarios/loader/lesson_fields.def"
    KEYS
};
_Static_assert((int)KEYS <= (int)SPIRAL_MAX_KEYS, "the keys of a schema");

/* What is being read. */
struct lesson_reading {
    struct spiral_lesson *lesson;
    const char *file;
    bool cases_known; /* else no name can be checked */
    int present;      /* the case that the view shows by now */
};

/* lesson_setup.c: the case that is named, else `usual`; whether one was named. */
bool spiral_lesson_read_case(struct lesson_reading *reading, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *up, int *scenario,
                             int usual);
/* The date, the settings, the doctrines and the moves of a setup, whose case is known; each may
 * be NULL. */
struct lesson_setup_nodes {
    const yaml_node_t *date;
    const yaml_node_t *set;
    const yaml_node_t *doctrines;
    const yaml_node_t *moves;
};
void spiral_lesson_read_setup(struct lesson_reading *reading, struct spiral_reader *reader,
                              const struct lesson_setup_nodes *nodes, const struct spiral_path *up,
                              struct spiral_lesson_setup *setup);

/* lesson_steps.c: a step; after the cases. */
void spiral_lesson_read_step(struct lesson_reading *reading, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *path,
                             struct spiral_lesson_step *step);

#endif
