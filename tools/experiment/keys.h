/* SPDX-License-Identifier: MIT
 *
 * The schema of experiment files, and what their readers share. Inner header of the loader of
 * experiments.
 */
#ifndef SPIRAL_EXPERIMENT_KEYS_H
#define SPIRAL_EXPERIMENT_KEYS_H

#include "scenarios/loader/yaml/values.h"
#include "tools/experiment/experiment.h"

enum {
    MAPPING_FILE,
    MAPPING_AXIS,
    MAPPING_GROUP,
    MAPPING_POLICY,
    MAPPING_DESIGN,
    MAPPING_RUN,
    MAPPING_OUTCOME,
    MAPPING_STOP,
    MAPPING_CONVERGE,
    MAPPING_KEEP,
    MAPPINGS
};

enum {
#define SPIRAL_KEY(mapping, key, kind, required, doc) KEY_##mapping##_##key,
#include "tools/experiment/fields.def"
    KEYS
};
_Static_assert((int)KEYS <= (int)SPIRAL_MAX_KEYS, "the keys of a schema");

/* What is being read. */
struct spiral_experiment_reading {
    struct spiral_experiment *experiment;
    const struct spiral_experiment_given *given; /* NULL: scenarios, lists come from files */
    struct spiral_constants constants;           /* names are looked up in them */
    size_t scenario_count;                       /* in the file */
    bool cases_known;                            /* else no name can be checked */
    const void **found; /* [name * case_count + case]: the numbers that settings, then axes mean */
    size_t found_count; /* names looked up */
};

/* Reads `policies` and makes a case of each scenario under each of them (policies.c). */
void spiral_experiment_read_policies(struct spiral_experiment_reading *reading,
                                     struct spiral_reader *reader, const yaml_node_t *node);

/* Reads `set`, then `vary` with `groups` (axes.c). */
void spiral_experiment_read_settings(struct spiral_experiment_reading *reading,
                                     struct spiral_reader *reader, const yaml_node_t *node);
void spiral_experiment_read_axes(struct spiral_experiment_reading *reading,
                                 struct spiral_reader *reader, const yaml_node_t *axes,
                                 const yaml_node_t *groups);

/* Reads `outcomes`, once it is known how the scenarios are run (own.c). */
void spiral_experiment_read_own(struct spiral_experiment_reading *reading,
                                struct spiral_reader *reader, const yaml_node_t *node);

#endif
