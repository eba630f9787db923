/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/document.h"

#include <string.h>
#include <yaml.h>

/* --- nodes ------------------------------------------------------------------------------------ */

yaml_node_t *spiral_reader_node(struct spiral_reader *reader, int index)
{
    reader->visits++;
    return reader->visits > SPIRAL_MAX_VISITS ? NULL
                                              : yaml_document_get_node(reader->document, index);
}

const char *spiral_node_kind(const yaml_node_t *node)
{
    if (node->type == YAML_SCALAR_NODE && node->data.scalar.length == 0 &&
        node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        return "nothing";
    return node->type == YAML_MAPPING_NODE    ? "a map"
           : node->type == YAML_SEQUENCE_NODE ? "a list"
                                              : "a single value";
}

/* The keys of one mapping of a schema. */
struct mapping_keys {
    const struct spiral_schema *schema;
    int mapping;
};

static const char *key_at(const void *context, size_t i)
{
    const struct mapping_keys *of = context;
    for (int key = 0; key < of->schema->count; key++)
        if (of->schema->keys[key].mapping == of->mapping && i-- == 0)
            return of->schema->keys[key].name;
    return "";
}

static size_t key_count(const struct mapping_keys *of)
{
    size_t count = 0;
    for (int key = 0; key < of->schema->count; key++)
        count += of->schema->keys[key].mapping == of->mapping;
    return count;
}

static int find_key(const struct mapping_keys *of, const char *name)
{
    for (int key = 0; key < of->schema->count; key++)
        if (of->schema->keys[key].mapping == of->mapping &&
            strcmp(of->schema->keys[key].name, name) == 0)
            return key;
    return -1;
}

bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, int mapping, const yaml_node_t **values)
{
    const struct spiral_schema *schema = reader->schema;
    const struct mapping_keys of = {schema, mapping};
    const yaml_node_t *meant[SPIRAL_MAX_KEYS] = {NULL}; /* of misspelled keys */

    memset(values, 0, (size_t)schema->count * sizeof *values);
    if (node == NULL)
        return false;

    if (node->type != YAML_MAPPING_NODE) {
        spiral_reader_error(reader, node, path, "expected a map of %s's keys, found %s",
                            schema->mappings[mapping], spiral_node_kind(node));
        return false;
    }

    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top && reader->visits <= SPIRAL_MAX_VISITS; pair++) {
        const yaml_node_t *key_node = spiral_reader_node(reader, pair->key);
        const char *name = spiral_read_scalar(reader, key_node, path, "a key");
        if (name == NULL)
            continue;

        const int key = find_key(&of, name);

        if (key < 0) {
            const char *nearest = spiral_reader_unknown(reader, key_node, path, "key", name,
                                                        key_count(&of), key_at, &of);
            if (nearest != NULL)
                meant[find_key(&of, nearest)] = spiral_reader_node(reader, pair->value);
        } else if (values[key] != NULL)
            spiral_reader_error(reader, key_node, path, "the key '%s' stands twice", name);
        else
            values[key] = spiral_reader_node(reader, pair->value);
    }

    for (int key = 0; key < schema->count; key++) {
        values[key] = values[key] == NULL ? meant[key] : values[key];
        if (schema->keys[key].mapping == mapping && schema->keys[key].required &&
            values[key] == NULL)
            spiral_reader_error(reader, node, path, "the key '%s' is missing: %s",
                                schema->keys[key].name, schema->keys[key].doc);
    }

    return true;
}

int spiral_read_free_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, const char *what)
{
    if (node == NULL)
        return -1;

    if (node->type != YAML_MAPPING_NODE) {
        spiral_reader_error(reader, node, path, "expected a map of %s, found %s", what,
                            spiral_node_kind(node));
        return -1;
    }

    return (int)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
}

void spiral_free_mapping_at(struct spiral_reader *reader, const yaml_node_t *node, int i,
                            const yaml_node_t **key, const yaml_node_t **value)
{
    *key = spiral_reader_node(reader, node->data.mapping.pairs.start[i].key);
    *value = spiral_reader_node(reader, node->data.mapping.pairs.start[i].value);
}

bool spiral_node_is_scalar(const yaml_node_t *node) { return node->type == YAML_SCALAR_NODE; }

int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *what)
{
    if (node == NULL)
        return -1;

    if (node->type != YAML_SEQUENCE_NODE) {
        spiral_reader_error(reader, node, path, "expected a list of %s, found %s", what,
                            spiral_node_kind(node));
        return -1;
    }

    return (int)(node->data.sequence.items.top - node->data.sequence.items.start);
}

const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i)
{
    return spiral_reader_node(reader, node->data.sequence.items.start[i]);
}
