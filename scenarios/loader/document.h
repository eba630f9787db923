/* SPDX-License-Identifier: MIT
 *
 * A YAML document under one schema: nodes with their places, checked reading of values. Inner header of the loader.
 */
#ifndef SPIRAL_LOADER_DOCUMENT_H
#define SPIRAL_LOADER_DOCUMENT_H

#include <stdbool.h>
#include <yaml.h>

#include "scenarios/loader/diagnostics.h"
#include "sim/tables.h"

/* The mappings of the schema. */
enum spiral_mapping {
    SPIRAL_MAPPING_FILE, SPIRAL_MAPPING_STATE, SPIRAL_MAPPING_PUBLIC, SPIRAL_MAPPING_PAIR, SPIRAL_MAPPING_INITIAL,
    SPIRAL_MAPPING_ENTRY, SPIRAL_MAPPING_OBSERVED, SPIRAL_MAPPING_DOCTRINE, SPIRAL_MAPPINGS
};

/* Every key of the schema: those of fields.def, then the facts of sim/facts.def, each under its mapping. */
enum spiral_key {
#define SPIRAL_KEY(mapping, key, kind, required, doc) SPIRAL_KEY_##mapping##_##key,
#include "scenarios/loader/fields.def"
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) SPIRAL_KEY_STATE_##name,
#include "sim/facts.def"
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) SPIRAL_KEY_PAIR_##name,
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) SPIRAL_KEY_INITIAL_##name,
#include "sim/facts.def"
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) SPIRAL_KEY_INITIAL_##name,
#include "sim/facts.def"
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) SPIRAL_KEY_DOCTRINE_##name,
#include "sim/doctrines.def"
    SPIRAL_KEYS
};

struct spiral_schema_key {
    enum spiral_mapping mapping;
    const char *name, *kind, *doc;
    bool required;
};
extern const struct spiral_schema_key spiral_schema[SPIRAL_KEYS];
extern const char *const spiral_mapping_names[SPIRAL_MAPPINGS];

/* What is being read, and where its errors go. */
struct spiral_reader {
    yaml_document_t *document;
    const char *file;
    struct spiral_diagnostics *diagnostics;
    bool out_of_memory;
    size_t bytes;          /* of texts copied: bounded likewise, by SPIRAL_MAX_TEXT */
    long visits;           /* nodes looked at: bounded, so that aliases cannot blow a small file up */
    char start[12], end[12]; /* the run's dates as written */
    bool states_known, pairs_known; /* whether all could be read: else a name that is not found says nothing */
};
enum { SPIRAL_MAX_VISITS = 500000, SPIRAL_MAX_TEXT = 4 << 20 };

/* Where a node stands in the tree: a chain of keys and indices. */
struct spiral_path {
    const struct spiral_path *up;
    const char *key; /* NULL: an index */
    int index;
};

/* Reports an error at a node (report.c). */
void spiral_reader_error(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

yaml_node_t *spiral_reader_node(struct spiral_reader *reader, int index);

/* The values of a mapping by key, NULL where absent. Reports what is no mapping, unknown, double and missing keys; a misspelled key
 * stands for the absent one that was meant. False where the node is no mapping. `values` holds SPIRAL_KEYS pointers. */
bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, enum spiral_mapping mapping,
                         const yaml_node_t *values[SPIRAL_KEYS]);

/* A sequence's length, or -1 (reported) where the node is none. `what` is expected, for the message. */
int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *what);
const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i);

/* The string of a scalar without NUL bytes, or NULL (reported). Owned by the document. `what` is expected, for the message. */
const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *what);
/* Each reads a value of its kind and returns false, having reported, where it is none. NULL nodes are absent: false without a report. */
bool spiral_read_number(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double low, double high, double *value);
bool spiral_read_date(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double *date, char text[12]);
bool spiral_read_text(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, struct spiral_text *text);
bool spiral_read_string(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, char **string);
bool spiral_read_series(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double low, double high,
                        struct spiral_series *series);

/* Reports a name that is not among `count` known ones (report.c). Returns the nearest, or NULL where none is near. */
const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *what,
                                  const char *name, size_t count, const char *(*name_at)(const void *, size_t), const void *context);

/* A number written in YAML's decimal form (sign, digits, point, exponent), read without regard to the locale. */
bool spiral_number_parse(const char *text, double *value);

#endif
