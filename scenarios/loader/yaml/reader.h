/* SPDX-License-Identifier: MIT
 *
 * A YAML document read under a schema: its nodes, and errors at their places.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_READER_H
#define SPIRAL_SCENARIOS_LOADER_YAML_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/tables.h"

/* libyaml's types, by name alone: who reads a document needs no libyaml. */
typedef struct yaml_node_s yaml_node_t;
struct yaml_document_s;

/* A schema: the keys that may stand in each of its mappings. Several documents are read by it:
 * scenarios (scenarios/loader/readers.h), experiments. */
struct spiral_schema_key {
    int mapping; /* index into the schema's mappings */
    const char *name;
    const char *kind;
    const char *doc;
    bool required;
};
struct spiral_schema {
    const char *const *mappings; /* what each is called in messages */
    const struct spiral_schema_key *keys;
    int count; /* at most SPIRAL_MAX_KEYS */
};
enum { SPIRAL_MAX_KEYS = 128 };

/* What is being read, and where its errors go. */
struct spiral_reader {
    struct yaml_document_s *document;
    const struct spiral_schema *schema;
    const char *file;
    struct spiral_diagnostics *diagnostics;
    bool out_of_memory;
    size_t bytes; /* of texts copied: bounded likewise, by SPIRAL_MAX_TEXT */
    long visits;  /* nodes looked at: bounded, so that aliases cannot blow a small file up */
    char start[12], end[12]; /* of a scenario: the run's dates as written */
    bool states_known,
        pairs_known; /* of a scenario: whether all could be read; else a name that is not found says nothing */
};
enum { SPIRAL_MAX_VISITS = 500000, SPIRAL_MAX_TEXT = 4 << 20 };

/* Where a node stands in the tree: a chain of keys and indices. */
struct spiral_path {
    const struct spiral_path *up;
    const char *key; /* NULL: an index */
    int index;
};

/* Reports an error at a node. */
void spiral_reader_error(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

yaml_node_t *spiral_reader_node(struct spiral_reader *reader, int index);

/* The values of a mapping by key, NULL where absent. Reports what is no mapping, unknown, double
 * and missing keys; a misspelled key stands for the absent one that was meant. False where the
 * node is no mapping. `values` holds as many as the schema has keys. */
bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, int mapping, const yaml_node_t **values);

/* The length of a mapping whose keys are free, or -1 (reported) where the node is none; and its
 * i-th key and value. `what` is expected. */
int spiral_read_free_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, const char *what);
void spiral_free_mapping_at(struct spiral_reader *reader, const yaml_node_t *node, int i,
                            const yaml_node_t **key, const yaml_node_t **value);

/* What a node (not NULL) is, for messages: "a map", "a list", "a single value", "nothing"; and
 * whether it is a single value. */
const char *spiral_node_kind(const yaml_node_t *node);
bool spiral_node_is_scalar(const yaml_node_t *node);
bool spiral_node_is_mapping(const yaml_node_t *node);

/* A sequence's length, or -1 (reported) where the node is none. `what` is expected, for the
 * message. */
int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *what);
const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i);

/* The string of a scalar without NUL bytes, or NULL (reported). Owned by the document. `what` is
 * expected, for the message. */
const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node,
                               const struct spiral_path *path, const char *what);
/* Reports a name that is not among the known ones. Returns the nearest of them, or
 * NULL where none is near. */
const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node,
                                  const struct spiral_path *path, const char *what,
                                  const char *name, struct spiral_names known);

#endif
