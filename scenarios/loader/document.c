/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/document.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LANGUAGES = 64, MAX_YEARS = 1000 };

const char *const spiral_mapping_names[SPIRAL_MAPPINGS] = {
    "the file", "a state", "a public", "a pair", "initial", "a timeline entry", "an observation", "a doctrine",
};

const struct spiral_schema_key spiral_schema[SPIRAL_KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) {SPIRAL_MAPPING_##mapping, #key, kind, doc, required},
#include "scenarios/loader/fields.def"
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) {SPIRAL_MAPPING_STATE, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) {SPIRAL_MAPPING_PAIR, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) {SPIRAL_MAPPING_INITIAL, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) \
    {SPIRAL_MAPPING_INITIAL, #name, "[" #low " to " #high ", " #low " to " #high "]", doc ": first about second, second about first", 0},
#include "sim/facts.def"
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) {SPIRAL_MAPPING_DOCTRINE, #name, "0 to 1", doc, 0},
#include "sim/doctrines.def"
};

/* --- nodes --------------------------------------------------------------------------------------------------------- */

yaml_node_t *spiral_reader_node(struct spiral_reader *reader, int index)
{
    reader->visits++;
    return reader->visits > SPIRAL_MAX_VISITS ? NULL : yaml_document_get_node(reader->document, index);
}

static const char *kind_of(const yaml_node_t *node)
{
    if (node->type == YAML_SCALAR_NODE && node->data.scalar.length == 0 && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        return "nothing";
    return node->type == YAML_MAPPING_NODE ? "a map" : node->type == YAML_SEQUENCE_NODE ? "a list" : "a single value";
}

static const char *key_at(const void *context, size_t i)
{
    const enum spiral_mapping *mapping = context;
    for (size_t key = 0; key < SPIRAL_KEYS; key++)
        if (spiral_schema[key].mapping == *mapping && i-- == 0)
            return spiral_schema[key].name;
    return "";
}

static size_t key_count(enum spiral_mapping mapping)
{
    size_t count = 0;
    for (size_t key = 0; key < SPIRAL_KEYS; key++)
        count += spiral_schema[key].mapping == mapping;
    return count;
}

static int find_key(enum spiral_mapping mapping, const char *name)
{
    for (int key = 0; key < SPIRAL_KEYS; key++)
        if (spiral_schema[key].mapping == mapping && strcmp(spiral_schema[key].name, name) == 0)
            return key;
    return -1;
}

bool spiral_read_mapping(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, enum spiral_mapping mapping,
                         const yaml_node_t *values[SPIRAL_KEYS])
{
    const yaml_node_t *meant[SPIRAL_KEYS] = {NULL}; /* of misspelled keys */
    memset(values, 0, SPIRAL_KEYS * sizeof *values);
    if (node == NULL)
        return false;
    if (node->type != YAML_MAPPING_NODE) {
        spiral_reader_error(reader, node, path, "expected a map of %s's keys, found %s", spiral_mapping_names[mapping], kind_of(node));
        return false;
    }
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top && reader->visits <= SPIRAL_MAX_VISITS; pair++) {
        const yaml_node_t *key_node = spiral_reader_node(reader, pair->key);
        const char *name = spiral_read_scalar(reader, key_node, path, "a key");
        if (name == NULL)
            continue;
        const int key = find_key(mapping, name);
        if (key < 0) {
            const char *nearest = spiral_reader_unknown(reader, key_node, path, "key", name, key_count(mapping), key_at, &mapping);
            if (nearest != NULL)
                meant[find_key(mapping, nearest)] = spiral_reader_node(reader, pair->value);
        } else if (values[key] != NULL)
            spiral_reader_error(reader, key_node, path, "the key '%s' stands twice", name);
        else
            values[key] = spiral_reader_node(reader, pair->value);
    }
    for (int key = 0; key < SPIRAL_KEYS; key++) {
        values[key] = values[key] == NULL ? meant[key] : values[key];
        if (spiral_schema[key].mapping == mapping && spiral_schema[key].required && values[key] == NULL)
            spiral_reader_error(reader, node, path, "the key '%s' is missing: %s", spiral_schema[key].name, spiral_schema[key].doc);
    }
    return true;
}

int spiral_read_sequence(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *what)
{
    if (node == NULL)
        return -1;
    if (node->type != YAML_SEQUENCE_NODE) {
        spiral_reader_error(reader, node, path, "expected a list of %s, found %s", what, kind_of(node));
        return -1;
    }
    return (int)(node->data.sequence.items.top - node->data.sequence.items.start);
}

const yaml_node_t *spiral_sequence_at(struct spiral_reader *reader, const yaml_node_t *node, int i)
{
    return spiral_reader_node(reader, node->data.sequence.items.start[i]);
}

/* --- values -------------------------------------------------------------------------------------------------------- */

const char *spiral_read_scalar(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, const char *what)
{
    if (node == NULL)
        return NULL;
    if (node->type != YAML_SCALAR_NODE) {
        spiral_reader_error(reader, node, path, "expected %s, found %s", what, kind_of(node));
        return NULL;
    }
    const char *text = (const char *)node->data.scalar.value;
    if (strlen(text) != node->data.scalar.length) {
        spiral_reader_error(reader, node, path, "a NUL byte stands in a text");
        return NULL;
    }
    return text;
}

bool spiral_read_number(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double low, double high, double *value)
{
    const char *text = spiral_read_scalar(reader, node, path, "a number");
    char expected[64];
    double number;
    if (text == NULL)
        return false;
    if (low > 0.0 && low < 1e-6)
        snprintf(expected, sizeof expected, "above 0, at most %.10g", high);
    else
        snprintf(expected, sizeof expected, "%.10g to %.10g", low, high);
    if (*text == '\0') {
        spiral_reader_error(reader, node, path, "nothing stands here; expected a number, %s", expected);
        return false;
    }
    if (!spiral_number_parse(text, &number)) {
        spiral_reader_error(reader, node, path, "'%.60s' is not a number; expected %s%s", text, expected,
                            strchr(text, ',') != NULL ? ", with a decimal point" : "");
        return false;
    }
    if (number < low || number > high) {
        spiral_reader_error(reader, node, path, "%.60s is out of range; expected %s", text, expected);
        return false;
    }
    *value = number;
    return true;
}

/* Whether a text has the form of a date: then one that is none names a day or month that does not exist. */
static bool has_form_of_date(const char *text)
{
    const char *form = "0000-00-00";
    const size_t length = strlen(text);
    if (length != 7 && length != 10)
        return false;
    for (size_t i = 0; i < length; i++)
        if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

bool spiral_read_date(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double *date, char text[12])
{
    const char *scalar = spiral_read_scalar(reader, node, path, "a date");
    if (scalar == NULL)
        return false;
    if (!spiral_date_parse(scalar, date)) {
        spiral_reader_error(reader, node, path,
                            has_form_of_date(scalar) ? "'%.60s' is not in the calendar; expected a month from 01 to 12 and a day that it has"
                                                     : "'%.60s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD, as in 2004-02",
                            scalar);
        return false;
    }
    if (text != NULL)
        snprintf(text, 12, "%s", scalar);
    return true;
}

static char *copy_string(struct spiral_reader *reader, const char *string)
{
    reader->bytes += strlen(string);
    if (reader->bytes > SPIRAL_MAX_TEXT) { /* only aliases can: a file is no longer than that */
        reader->visits = SPIRAL_MAX_VISITS + 1;
        return NULL;
    }
    char *copy = strdup(string);
    reader->out_of_memory = reader->out_of_memory || copy == NULL;
    return copy;
}

bool spiral_read_string(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, char **string)
{
    const char *scalar = spiral_read_scalar(reader, node, path, "a text");
    if (scalar == NULL)
        return false;
    *string = copy_string(reader, scalar);
    return *string != NULL;
}

static void add_translation(struct spiral_reader *reader, struct spiral_text *text, const char *language, const char *string)
{
    snprintf(text->items[text->count].language, sizeof text->items->language, "%s", language);
    text->items[text->count].text = copy_string(reader, string);
    if (text->items[text->count].text != NULL)
        text->count++;
}

static bool is_language(const char *code)
{
    const size_t length = strlen(code), letters = strspn(code, "abcdefghijklmnopqrstuvwxyz");
    if (letters < 2 || letters > 3 || length > 7)
        return false;
    const char *region = code + letters;
    return *region == '\0' || (*region == '-' && region[1] != '\0' &&
                               strspn(region + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == length - letters - 1);
}

bool spiral_read_text(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, struct spiral_text *text)
{
    if (node == NULL)
        return false;
    const bool map = node->type == YAML_MAPPING_NODE;
    if (!map && spiral_read_scalar(reader, node, path, "a text or a map of languages") == NULL)
        return false;
    const size_t count = map ? (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start) : 1;
    if (count == 0 || count > MAX_LANGUAGES) {
        spiral_reader_error(reader, node, path, "%zu languages; expected 1 to %d, as in {en: text}", count, MAX_LANGUAGES);
        return false;
    }
    text->items = calloc(count + 1, sizeof *text->items);
    if (text->items == NULL) {
        reader->out_of_memory = true;
        return false;
    }
    if (!map)
        add_translation(reader, text, "", (const char *)node->data.scalar.value);
    for (size_t i = 0; map && i < count; i++) {
        const yaml_node_t *key = spiral_reader_node(reader, node->data.mapping.pairs.start[i].key);
        const yaml_node_t *value = spiral_reader_node(reader, node->data.mapping.pairs.start[i].value);
        const char *code = spiral_read_scalar(reader, key, path, "a language");
        const struct spiral_path here = {.up = path, .key = code};
        const char *string = code == NULL ? NULL : spiral_read_scalar(reader, value, &here, "a text");
        if (string == NULL)
            continue;
        bool twice = false;
        for (size_t other = 0; other < text->count; other++)
            twice = twice || strcmp(text->items[other].language, code) == 0;
        if (!is_language(code))
            spiral_reader_error(reader, key, path, "'%.60s' is not a language code; expected one like en or zh", code);
        else if (twice)
            spiral_reader_error(reader, key, path, "the language '%s' stands twice", code);
        else
            add_translation(reader, text, code, string);
    }
    return true;
}

/* Puts a knot in its place among ascending years; false where the year stands already. */
static bool insert_knot(struct spiral_series *series, double year, double value)
{
    size_t at = series->count;
    for (; at > 0 && series->year[at - 1] >= year; at--)
        if (series->year[at - 1] == year)
            return false;
    memmove(series->year + at + 1, series->year + at, (series->count - at) * sizeof(double));
    memmove(series->value + at + 1, series->value + at, (series->count - at) * sizeof(double));
    series->year[at] = year;
    series->value[at] = value;
    series->count++;
    return true;
}

bool spiral_read_series(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_path *path, double low, double high,
                        struct spiral_series *series)
{
    if (node == NULL)
        return false;
    const bool map = node->type == YAML_MAPPING_NODE;
    const size_t count = map ? (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start) : 1;
    if (count == 0 || count > MAX_YEARS) {
        spiral_reader_error(reader, node, path, "%zu years; expected 1 to %d, as in {2000: 0.5}", count, MAX_YEARS);
        return false;
    }
    series->year = calloc(count + 1, sizeof *series->year);
    series->value = calloc(count + 1, sizeof *series->value);
    if (series->year == NULL || series->value == NULL) {
        reader->out_of_memory = true;
        return false;
    }
    double value, year;
    if (!map) {
        if (!spiral_read_number(reader, node, path, low, high, &value))
            return false;
        return insert_knot(series, 0.0, value);
    }
    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *key = spiral_reader_node(reader, node->data.mapping.pairs.start[i].key);
        const yaml_node_t *number = spiral_reader_node(reader, node->data.mapping.pairs.start[i].value);
        char text[12] = "";
        if (!spiral_read_date(reader, key, path, &year, text))
            continue;
        const struct spiral_path here = {.up = path, .key = text};
        if (spiral_read_number(reader, number, &here, low, high, &value) && !insert_knot(series, year, value))
            spiral_reader_error(reader, key, path, "the year %s stands twice", text);
    }
    return true;
}
