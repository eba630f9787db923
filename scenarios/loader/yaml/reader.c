/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* --- errors ----------------------------------------------------------------------------------- */

static void write_path(const struct spiral_path *path, char *text, size_t size)
{
    if (path == NULL)
        return;
    write_path(path->up, text, size);
    const size_t length = strlen(text);

    if (path->key != NULL)
        snprintf(text + length, size - length, "%s%s", length > 0 ? "." : "", path->key);
    else
        snprintf(text + length, size - length, "[%d]", path->index);
}

/* The bytes of the UTF-8 letter at `text`, or 0 where it is cut off. */
static size_t letter_size(const unsigned char *text)
{
    const size_t size = *text < 0x80   ? 1
                        : *text < 0xc0 ? 0
                        : *text < 0xe0 ? 2
                        : *text < 0xf0 ? 3
                                       : 4;

    for (size_t i = 1; i < size; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;

    return size;
}

/* Makes a text fit to print: control letters become spaces, and what was cut off within a letter
 * goes. */
static void tidy_text(char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    char *to = text;

    while (*from != '\0') {
        const size_t size = letter_size(from);
        const bool control =
            *from < 0x20 || *from == 0x7f || (*from == 0xc2 && size == 2 && from[1] < 0xa0);
        if (control)
            *to++ = ' ';
        else {
            memmove(to, from, size);
            to += size;
        }

        from += size > 0 ? size : 1;
    }

    *to = '\0';
}

/* How far behind the node's mark its text begins, where it is written letter by letter on one line;
 * -1 where it is not. */
static int text_offset(const yaml_node_t *node)
{
    const size_t columns = node->end_mark.column - node->start_mark.column;
    const bool plain =
        node->type == YAML_SCALAR_NODE && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const int quote = plain ? 0 : 1;

    return node->type == YAML_SCALAR_NODE && node->end_mark.line == node->start_mark.line &&
                   columns == node->data.scalar.length + 2 * (size_t)quote
               ? quote
               : -1;
}

static void add_error(struct spiral_reader *reader, const yaml_node_t *node, int within,
                      const struct spiral_path *path, const char *format, va_list arguments)
{
    struct spiral_error error;

    if (reader->visits > SPIRAL_MAX_VISITS)
        return; /* the rest of the file is not looked at, and nothing can be said of it */
    memset(&error, 0, sizeof error);
    error.status = SPIRAL_BAD_INPUT;
    snprintf(error.file, sizeof error.file, "%s", reader->file);

    if (node != NULL) {
        error.line = (int)node->start_mark.line + 1;
        error.column = (int)node->start_mark.column + 1;
        if (within > 0 && text_offset(node) >= 0)
            error.column += text_offset(node) + within;
    }

    write_path(path, error.path, sizeof error.path);
    vsnprintf(error.message, sizeof error.message, format, arguments);
    tidy_text(error.path);
    tidy_text(error.message);
    spiral_diagnostics_add(reader->diagnostics, &error);
}

void spiral_reader_error(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_error(reader, node, 0, path, format, arguments);
    va_end(arguments);
}

void spiral_reader_error_within(struct spiral_reader *reader, const yaml_node_t *node, int within,
                                const struct spiral_path *path, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_error(reader, node, within, path, format, arguments);
    va_end(arguments);
}

const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node,
                                  const struct spiral_path *path, const char *what,
                                  const char *name, struct spiral_names known)
{
    const char *nearest = spiral_names_nearest(known, name);

    if (nearest != NULL) {
        spiral_reader_error(reader, node, path, "unknown %s '%.60s'; did you mean '%s'?", what,
                            name, nearest);
        return nearest;
    }

    char list[300] = "";

    for (size_t i = 0; i < known.count && strlen(list) < 220; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i > 0 ? ", " : "",
                 spiral_names_at(known, i));

    spiral_reader_error(reader, node, path, "unknown %s '%.60s'; known are %s%s", what, name, list,
                        strlen(list) >= 220 ? ", ..." : "");

    return NULL;
}

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

bool spiral_node_is_scalar(const yaml_node_t *node) { return node->type == YAML_SCALAR_NODE; }

bool spiral_node_is_word(const yaml_node_t *node, const char *word)
{
    return node != NULL && node->type == YAML_SCALAR_NODE &&
           strcmp((const char *)node->data.scalar.value, word) == 0;
}

bool spiral_node_is_mapping(const yaml_node_t *node) { return node->type == YAML_MAPPING_NODE; }

const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node,
                               const struct spiral_path *path, const char *what)
{
    if (node == NULL)
        return NULL;

    if (node->type != YAML_SCALAR_NODE) {
        spiral_reader_error(reader, node, path, "expected %s, found %s", what,
                            spiral_node_kind(node));
        return NULL;
    }

    const char *text = (const char *)node->data.scalar.value;

    if (strlen(text) != node->data.scalar.length) {
        spiral_reader_error(reader, node, path, "a text contains a NUL byte");
        return NULL;
    }

    return text;
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

/* --- mappings under the schema ---------------------------------------------------------------- */

/* The names of the keys of one mapping of a schema; returns how many. */
static size_t list_keys(const struct spiral_schema *schema, int mapping,
                        const char *names[SPIRAL_MAX_KEYS])
{
    size_t count = 0;

    for (int key = 0; key < schema->count; key++)
        if (schema->keys[key].mapping == mapping)
            names[count++] = schema->keys[key].name;

    return count;
}

static int find_key(const struct spiral_schema *schema, int mapping, const char *name)
{
    for (int key = 0; key < schema->count; key++)
        if (schema->keys[key].mapping == mapping && strcmp(schema->keys[key].name, name) == 0)
            return key;
    return -1;
}

bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, int mapping, const yaml_node_t **values)
{
    const struct spiral_schema *schema = reader->schema;
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

        const int key = find_key(schema, mapping, name);

        if (key < 0 && strcmp(name, "<<") == 0)
            spiral_reader_error(reader, key_node, path,
                                "merge keys (<<) are not supported; repeat the keys, or use an "
                                "alias (*name) for a whole value");
        else if (key < 0) {
            const char *known[SPIRAL_MAX_KEYS];
            const size_t count = list_keys(schema, mapping, known);
            const char *nearest = spiral_reader_unknown(reader, key_node, path, "key", name,
                                                        spiral_names_in(known, count));
            if (nearest != NULL)
                meant[find_key(schema, mapping, nearest)] = spiral_reader_node(reader, pair->value);
        } else if (values[key] != NULL)
            spiral_reader_error(reader, key_node, path, "duplicate key '%s'", name);
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
