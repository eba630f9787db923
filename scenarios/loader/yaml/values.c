/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "scenarios/loader/yaml/numbers.h"

enum { MAX_LANGUAGES = 64, MAX_YEARS = 1000 };

bool spiral_read_number(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, double low, double high, double *value)
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
        spiral_reader_error(reader, node, path, "found nothing; expected a number, %s", expected);
        return false;
    }

    if (!spiral_number_parse(text, &number)) {
        spiral_reader_error(reader, node, path, "'%.60s' is not a number; expected %s%s", text,
                            expected, strchr(text, ',') != NULL ? ", with a decimal point" : "");
        return false;
    }

    if (number < low || number > high) {
        spiral_reader_error(reader, node, path, "%.60s is out of range; expected %s", text,
                            expected);
        return false;
    }

    *value = number;

    return true;
}

/* Whether a text has the form of a date: then one that is none names a day or month that does
 * not exist. */
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

bool spiral_read_date(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, double *date, char text[12])
{
    const char *scalar = spiral_read_scalar(reader, node, path, "a date");

    if (scalar == NULL)
        return false;

    if (!spiral_date_parse(scalar, date)) {
        spiral_reader_error(
            reader, node, path,
            has_form_of_date(scalar)
                ? "'%.60s' is not in the calendar; expected a month from 01 to 12 and a day that "
                  "it has"
                : "'%.60s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD, as in 2004-02",
            scalar);
        return false;
    }

    if (text != NULL)
        snprintf(text, 12, "%s", scalar);

    return true;
}

bool spiral_read_identifier(struct spiral_reader *reader, const yaml_node_t *node,
                            const struct spiral_path *path, const char *letters,
                            const char *expected, size_t longest, char *name)
{
    const char *text = spiral_read_scalar(reader, node, path, "a name");

    if (text == NULL)
        return false;

    const size_t length = strlen(text);

    if (length == 0 || length > longest || strspn(text, letters) != length) {
        spiral_reader_error(reader, node, path,
                            "'%.60s' is not a valid name; expected 1 to %zu of %s", text, longest,
                            expected);
        return false;
    }

    memcpy(name, text, length + 1);

    return true;
}

bool spiral_read_whole_number(struct spiral_reader *reader, const yaml_node_t *node,
                              const struct spiral_path *path, uint64_t low, uint64_t high,
                              uint64_t *value)
{
    const char *text = spiral_read_scalar(reader, node, path, "a whole number");

    if (text == NULL)
        return false;

    const size_t length = strlen(text);

    errno = 0;

    const unsigned long long number = strtoull(text, NULL, 10);

    if (length == 0 || strspn(text, "0123456789") != length) {
        spiral_reader_error(reader, node, path,
                            "'%.60s' is not a whole number; expected %llu to %llu", text,
                            (unsigned long long)low, (unsigned long long)high);
        return false;
    }

    if (errno != 0 || number < low || number > high) {
        spiral_reader_error(reader, node, path, "%.60s is out of range; expected %llu to %llu",
                            text, (unsigned long long)low, (unsigned long long)high);
        return false;
    }

    *value = number;

    return true;
}

bool spiral_read_boolean(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, bool *value)
{
    static const char *const words[] = {"false", "true", "False", "True", "no", "yes", "0", "1"};
    const char *text = spiral_read_scalar(reader, node, path, "true or false");

    for (size_t w = 0; text != NULL && w < sizeof words / sizeof *words; w++)
        if (strcmp(text, words[w]) == 0) {
            *value = w % 2 == 1;
            return true;
        }
    if (text != NULL)
        spiral_reader_error(reader, node, path, "'%.60s' is neither true nor false", text);

    return false;
}

bool spiral_read_step(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, double *dt)
{
    const char *text = spiral_read_scalar(reader, node, path, "a number of years");
    const char *slash = text == NULL ? NULL : strchr(text, '/');
    char above[32] = "";
    double numerator = 0.0;
    double denominator = 1.0;

    if (text == NULL)
        return false;
    snprintf(above, sizeof above, "%.*s", slash == NULL ? (int)strlen(text) : (int)(slash - text),
             text);

    const bool fits = (slash == NULL ? strlen(text) : (size_t)(slash - text)) < sizeof above;
    const bool good = fits && spiral_number_parse(above, &numerator) &&
                      (slash == NULL || spiral_number_parse(slash + 1, &denominator));
    const double step = good && denominator > 0.0 ? numerator / denominator : 0.0;

    if (!(step > 0.0 && step <= 1.0)) {
        spiral_reader_error(
            reader, node, path,
            "'%.60s' is not a step; expected years above 0 and at most 1, as in 1/12", text);
        return false;
    }

    *dt = step;

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

bool spiral_read_string(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, char **string)
{
    const char *scalar = spiral_read_scalar(reader, node, path, "a text");
    if (scalar == NULL)
        return false;
    *string = copy_string(reader, scalar);
    return *string != NULL;
}

static void add_translation(struct spiral_reader *reader, struct spiral_text *text,
                            const char *language, const char *string)
{
    snprintf(text->items[text->count].language, sizeof text->items->language, "%s", language);
    text->items[text->count].text = copy_string(reader, string);
    if (text->items[text->count].text != NULL)
        text->count++;
}

static bool is_language(const char *code)
{
    const size_t length = strlen(code);
    const size_t letters = strspn(code, "abcdefghijklmnopqrstuvwxyz");

    if (letters < 2 || letters > 3 || length > 7)
        return false;

    const char *region = code + letters;

    return *region == '\0' ||
           (*region == '-' && region[1] != '\0' &&
            strspn(region + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                length - letters - 1);
}

bool spiral_read_text(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, struct spiral_text *text)
{
    if (node == NULL)
        return false;
    const bool map = node->type == YAML_MAPPING_NODE;

    if (!map && spiral_read_scalar(reader, node, path, "a text or a map of languages") == NULL)
        return false;

    const size_t count =
        map ? (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start) : 1;

    if (count == 0 || count > MAX_LANGUAGES) {
        spiral_reader_error(reader, node, path, "%zu languages; expected 1 to %d, as in {en: text}",
                            count, MAX_LANGUAGES);
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
        const yaml_node_t *value =
            spiral_reader_node(reader, node->data.mapping.pairs.start[i].value);
        const char *code = spiral_read_scalar(reader, key, path, "a language");
        const struct spiral_path here = {.up = path, .key = code};
        const char *string =
            code == NULL ? NULL : spiral_read_scalar(reader, value, &here, "a text");
        if (string == NULL)
            continue;

        bool twice = false;
        for (size_t other = 0; other < text->count; other++)
            twice = twice || strcmp(text->items[other].language, code) == 0;
        if (!is_language(code))
            spiral_reader_error(reader, key, path,
                                "'%.60s' is not a language code; expected one like en or zh", code);
        else if (twice)
            spiral_reader_error(reader, key, path, "duplicate language '%s'", code);
        else
            add_translation(reader, text, code, string);
    }

    return true;
}

/* Inserts a knot among ascending years; false where the year is already there. */
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

bool spiral_read_series(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, double low, double high,
                        struct spiral_series *series)
{
    if (node == NULL)
        return false;
    const bool map = node->type == YAML_MAPPING_NODE;
    const size_t count =
        map ? (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start) : 1;

    if (count == 0 || count > MAX_YEARS) {
        spiral_reader_error(reader, node, path, "%zu years; expected 1 to %d, as in {2000: 0.5}",
                            count, MAX_YEARS);
        return false;
    }

    series->year = calloc(count + 1, sizeof *series->year);
    series->value = calloc(count + 1, sizeof *series->value);

    if (series->year == NULL || series->value == NULL) {
        reader->out_of_memory = true;
        return false;
    }

    double value;
    double year;

    if (!map) {
        if (!spiral_read_number(reader, node, path, low, high, &value))
            return false;
        return insert_knot(series, 0.0, value);
    }

    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *key = spiral_reader_node(reader, node->data.mapping.pairs.start[i].key);
        const yaml_node_t *number =
            spiral_reader_node(reader, node->data.mapping.pairs.start[i].value);
        char text[12] = "";
        if (!spiral_read_date(reader, key, path, &year, text))
            continue;

        const struct spiral_path here = {.up = path, .key = text};
        if (spiral_read_number(reader, number, &here, low, high, &value) &&
            !insert_knot(series, year, value))
            spiral_reader_error(reader, key, path, "duplicate year %s", text);
    }

    return true;
}
