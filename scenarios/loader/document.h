/* SPDX-License-Identifier: MIT
 *
 * A YAML document under one schema: nodes with their places, checked reading of values.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_DOCUMENT_H
#define SPIRAL_SCENARIOS_LOADER_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/loader/diagnostics.h"
#include "sim/tables.h"

/* libyaml's types, by name alone: who reads a document needs no libyaml. */
typedef struct yaml_node_s yaml_node_t;
struct yaml_document_s;

/* A schema: the keys that may stand in each of its mappings. Several documents are read by it:
 * scenarios (readers.h), experiments. */
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

/* Reports an error at a node (report.c). */
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

/* A sequence's length, or -1 (reported) where the node is none. `what` is expected, for the
 * message. */
int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *what);
const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i);

/* The string of a scalar without NUL bytes, or NULL (reported). Owned by the document. `what` is
 * expected, for the message. */
const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node,
                               const struct spiral_path *path, const char *what);
/* Each reads a value of its kind and returns false, having reported, where it is none. NULL
 * nodes are absent: false without a report. */
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

/* Reports a name that is not among `count` known ones (report.c). Returns the nearest, or NULL
 * where none is near. */
const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node,
                                  const struct spiral_path *path, const char *what,
                                  const char *name, size_t count,
                                  const char *(*name_at)(const void *, size_t),
                                  const void *context);

/* Whether a text is 1 to `longest` letters of `letters`; reported where not. */
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

/* A number written in YAML's decimal form (sign, digits, point, exponent), read without regard
 * to the locale. */
bool spiral_number_parse(const char *text, double *value);

/* --- whole documents (document_load.c) -------------------------------------------------------- */

/* Parses a text of `length` bytes, named `name` in errors, and lets `read` read its root. What
 * is broken, too large or too deep, and a second document, is reported. `what` is expected of an
 * empty file ("a scenario"). The reader's document, file, schema and diagnostics are set up
 * here. */
void spiral_document_load(struct spiral_reader *reader, const struct spiral_schema *schema,
                          const char *text, size_t length, const char *name, const char *what,
                          struct spiral_diagnostics *diagnostics,
                          void (*read)(void *context, struct spiral_reader *reader,
                                       const yaml_node_t *root),
                          void *context);

/* Reports an error that no node carries. */
void spiral_document_report(struct spiral_diagnostics *diagnostics, enum spiral_status status,
                            const char *file, size_t line, size_t column, const char *message);

/* Reads a file whole, up to one byte more than is allowed (4 MiB), with a NUL after it. NULL,
 * reported, where it cannot: *status says why. The caller frees it. */
char *spiral_document_read_file(const char *path, size_t *length,
                                struct spiral_diagnostics *diagnostics, enum spiral_status *status);

/* Whether a line of a file begins with the key, as `lesson:`: by this a file is known for what
 * it is meant as. False where it cannot be read. */
bool spiral_document_has_key(const char *path, const char *key);

#endif
