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

/* A schema: the keys that each of its mappings may have. Scenarios, lessons and experiments are
 * read under one each. */
struct spiral_schema_key {
    int mapping; /* index into the schema's mappings */
    const char *name;
    const char *kind; /* of value, for the docs */
    const char *doc;
    bool required;
};

struct spiral_schema {
    const char *const *mappings; /* what each is called in messages */
    const struct spiral_schema_key *keys;
    int count; /* of keys, at most SPIRAL_MAX_KEYS */
};
enum { SPIRAL_MAX_KEYS = 128 };

/* What is being read, and where its errors go. */
struct spiral_reader {
    struct yaml_document_s *document;
    const struct spiral_schema *schema;
    const char *file; /* as errors name it */
    struct spiral_diagnostics *diagnostics;
    bool out_of_memory;
    long visits;  /* nodes looked at: bounded, so that aliases cannot blow a small file up */
    size_t bytes; /* of texts copied: bounded for the same reason */
    /* of a scenario: the run's dates as written, and whether all states and pairs could be read;
     * else a name that is not found says nothing */
    char start[12];
    char end[12];
    bool states_known;
    bool pairs_known;
};
enum { SPIRAL_MAX_VISITS = 500000, SPIRAL_MAX_TEXT = 16 << 20 };

/* The path of a node in the tree: a chain of keys and indices. */
struct spiral_path {
    const struct spiral_path *up;
    const char *key; /* NULL: an index */
    int index;
};

/* Reports an error at a node (NULL: without a place) and its path. */
void spiral_reader_error(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same at a place within a single value, `within` letters behind its first. Where the value is
 * folded or escaped the place is that of the node. */
void spiral_reader_error_within(struct spiral_reader *reader, const yaml_node_t *node, int within,
                                const struct spiral_path *path, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The node of this index in the document, or NULL where too many were looked at. */
yaml_node_t *spiral_reader_node(struct spiral_reader *reader, int index);

/* The values of a mapping by key, NULL where absent. Reports unknown, duplicate and missing keys;
 * the value of a misspelled key is taken for the key that was meant. False, with a report, where
 * the node is not a mapping; false where it is NULL. `values` has as many elements as the schema
 * has keys. */
bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, int mapping, const yaml_node_t **values);

/* The length of a mapping whose keys are free, or -1 where the node is NULL or (reported) not a
 * mapping; and its i-th key and value. `what` tells the message what was expected. */
int spiral_read_free_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, const char *what);
void spiral_free_mapping_at(struct spiral_reader *reader, const yaml_node_t *node, int i,
                            const yaml_node_t **key, const yaml_node_t **value);

/* What a node (not NULL) is, for messages: "a map", "a list", "a single value", "nothing"; and
 * whether it is a single value, or a map. */
const char *spiral_node_kind(const yaml_node_t *node);
bool spiral_node_is_scalar(const yaml_node_t *node);
bool spiral_node_is_mapping(const yaml_node_t *node);
/* Whether a node (NULL: none) is this text. */
bool spiral_node_is_word(const yaml_node_t *node, const char *word);

/* The length of a sequence, or -1 where the node is NULL or (reported) not a sequence; and its
 * i-th element. */
int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *what);
const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i);

/* The string of a single value, without NUL bytes; owned by the document. NULL where the node is
 * NULL or (reported) something else. */
const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node,
                               const struct spiral_path *path, const char *what);

/* Reports a name that is not among the known ones. Returns the nearest of them, or
 * NULL where none is near. */
const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node,
                                  const struct spiral_path *path, const char *what,
                                  const char *name, struct spiral_names known);

#endif
