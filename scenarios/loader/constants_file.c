/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/constants_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/csv.h"
#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/values.h"
#include "sim/parameter.h"

enum { NAME_SIZE = 96 };

/* What is being read, and which constants were named. */
struct reading {
    struct spiral_constants *constants;
    bool named[SPIRAL_CONSTANTS];
};

/* The index of the constant that a full name is of, or SPIRAL_CONSTANTS. */
static size_t index_of(const char *name)
{
    size_t i = 0;

    while (i < SPIRAL_CONSTANTS &&
           (strncmp(name, "k.", 2) != 0 || strcmp(spiral_constant_fields[i].name, name + 2) != 0))
        i++;
    return i;
}

/* Sets one constant; says in `problem` why not. */
static bool set(struct reading *reading, const char *name, double value,
                struct spiral_error *problem)
{
    const size_t index = index_of(name);

    if (index < SPIRAL_CONSTANTS && reading->named[index]) {
        spiral_error_set(problem, SPIRAL_BAD_INPUT, "duplicate constant '%s'", name);
        return false;
    }
    if (strncmp(name, "k.", 2) != 0) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(spiral_constant_fields, SPIRAL_CONSTANTS, name),
                                 name);

        spiral_error_set(problem, SPIRAL_BAD_INPUT, "'%.60s' is not a constant of the model%s%s%s",
                         name, nearest != NULL ? "; did you mean 'k." : "",
                         nearest != NULL ? nearest : "",
                         nearest != NULL ? "'?"
                                         : "; constants begin with k., and --set takes the numbers "
                                           "of a case");
        return false;
    }
    if (spiral_parameter_set(NULL, reading->constants, name, value, problem) != SPIRAL_OK)
        return false;
    if (index < SPIRAL_CONSTANTS)
        reading->named[index] = true;
    return true;
}

/* --- CSV -------------------------------------------------------------------------------------- */

struct row {
    char name[NAME_SIZE];
    double value;
};

static const struct spiral_csv_column columns[] = {
    {"name", SPIRAL_CSV_TEXT, SPIRAL_CSV_FILLED, 0.0, 0.0, offsetof(struct row, name), NAME_SIZE},
    {"value", SPIRAL_CSV_NUMBER, SPIRAL_CSV_FILLED, -1e300, 1e300, offsetof(struct row, value),
     sizeof(double)},
};

static enum spiral_status load_list(struct reading *reading, const char *text, size_t length,
                                    const char *name, struct spiral_diagnostics *diagnostics)
{
    const struct spiral_csv_schema schema = {columns, sizeof columns / sizeof *columns,
                                             sizeof(struct row)};
    void *rows;
    int *lines;
    size_t count;
    enum spiral_status status =
        spiral_csv_parse(&rows, &lines, &count, &schema, text, length, name, diagnostics, NULL);

    for (size_t r = 0; r < count; r++) {
        const struct row *row = &((const struct row *)rows)[r];
        struct spiral_error problem;
        if (set(reading, row->name, row->value, &problem))
            continue;
        snprintf(problem.file, sizeof problem.file, "%s", name);
        problem.line = lines[r];
        problem.column = 1;
        spiral_diagnostics_add(diagnostics, &problem);
        status = SPIRAL_BAD_INPUT;
    }
    free(rows);
    free(lines);
    return status;
}

/* --- YAML ------------------------------------------------------------------------------------- */

static void read_map(struct reading *reading, struct spiral_reader *reader, const yaml_node_t *node,
                     const struct spiral_path *path, bool outermost)
{
    const int count =
        spiral_read_free_mapping(reader, node, path, "names of constants and numbers");

    for (int i = 0; i < count; i++) {
        const yaml_node_t *key, *value;
        struct spiral_error problem;
        double number;

        spiral_free_mapping_at(reader, node, i, &key, &value);
        const char *name = spiral_read_scalar(reader, key, path, "the name of a constant");
        const struct spiral_path here = {.up = path, .key = name};
        if (name == NULL)
            continue;
        if (outermost && strcmp(name, "set") == 0)
            read_map(reading, reader, value, &here, false);
        else if (spiral_read_number(reader, value, &here, -1e300, 1e300, &number) &&
                 !set(reading, name, number, &problem))
            spiral_reader_error(reader, key, path, "%s", problem.message);
    }
}

static void read_root(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    read_map(context, reader, root, NULL, true);
}

static enum spiral_status load_map(struct reading *reading, const char *text, size_t length,
                                   const char *name, struct spiral_diagnostics *diagnostics)
{
    static const char *const mappings[] = {"constants"};
    static const struct spiral_schema schema = {.mappings = mappings, .keys = NULL, .count = 0};
    struct spiral_reader reader = {.document = NULL};

    spiral_document_load(&reader, &schema, text, length, name, "a map of constants", diagnostics,
                         read_root, reading);

    return reader.out_of_memory     ? SPIRAL_NO_MEMORY
           : diagnostics->count > 0 ? SPIRAL_BAD_INPUT
                                    : SPIRAL_OK;
}

/* --- either ----------------------------------------------------------------------------------- */

static bool ends_with(const char *text, const char *ending)
{
    const size_t length = strlen(text);
    const size_t tail = strlen(ending);

    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

/* Whether a line of CSV, which ends here or at its newline, has a field of this name. */
static bool has_field(const char *line, const char *name)
{
    static const char around[] = " \t\"";
    const size_t length = strlen(name);

    for (;;) {
        line += strspn(line, around);
        const size_t field = strcspn(line, ",\r\n");
        if (strncmp(line, name, length) == 0 && length + strspn(line + length, around) == field)
            return true;
        if (line[field] != ',')
            return false;
        line += field + 1;
    }
}

enum spiral_constants_form spiral_constants_form(const char *text, const char *name)
{
    const char *line = text;

    if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
        return SPIRAL_CONSTANTS_MAP;

    while (*line == '#' || *line == '\r' || *line == '\n') {
        line += strcspn(line, "\n");
        line += *line == '\n';
    }

    const size_t length = strcspn(line, "\n");

    if (memchr(line, ':', length) != NULL || *line == '{' || strncmp(line, "---", 3) == 0)
        return SPIRAL_CONSTANTS_MAP;

    return has_field(line, "value") ? SPIRAL_CONSTANTS_LIST : SPIRAL_CONSTANTS_TABLE;
}

enum spiral_status spiral_constants_load_text(struct spiral_constants *constants, const char *text,
                                              size_t length, const char *name,
                                              struct spiral_diagnostics *diagnostics)
{
    struct reading reading = {.constants = constants};
    const enum spiral_status status = spiral_constants_form(text, name) == SPIRAL_CONSTANTS_MAP
                                          ? load_map(&reading, text, length, name, diagnostics)
                                          : load_list(&reading, text, length, name, diagnostics);

    spiral_diagnostics_sort(diagnostics);

    return status;
}
