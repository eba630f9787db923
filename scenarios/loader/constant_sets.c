/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/constant_sets.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/constants_file.h"
#include "scenarios/loader/yaml/numbers.h"
#include "scenarios/loader/yaml/whole_input.h"

/* The longest line: every constant by its full name, or a number of 24 letters each. */
enum { LINE = 1 + SPIRAL_CONSTANTS * 64 };

/* A table that is being read. */
struct table {
    const char *next; /* the line after the present one */
    const char *end;
    const char *name;
    struct spiral_error *error;
    struct spiral_constant_sets *posterior;
    int line;
    char text[LINE + 2];
    int columns; /* 0: the header has not been read */
    enum spiral_constant column[SPIRAL_CONSTANTS];
};

/* Fills the error with the place of a cell of the present line. */
static enum spiral_status fail_at(const struct table *table, const char *cell,
                                  enum spiral_status status)
{
    if (table->error != NULL) {
        snprintf(table->error->file, sizeof table->error->file, "%s", table->name);
        table->error->line = table->line;
        table->error->column = (int)(cell - table->text) + 1;
    }

    return status;
}

/* The end of a line that begins here: its newline, or the end of the text. */
static const char *find_line_end(const char *line, const char *end)
{
    const char *newline = memchr(line, '\n', (size_t)(end - line));

    return newline != NULL ? newline : end;
}

/* Copies the next line without its end; of a long comment, its beginning. False at the end of the
 * text. */
static bool read_line(struct table *table, enum spiral_status *status)
{
    if (table->next == table->end)
        return false;

    const char *line = table->next;
    const char *line_end = find_line_end(line, table->end);
    size_t length = (size_t)(line_end - line);

    table->next = line_end < table->end ? line_end + 1 : line_end;
    table->line++;

    if (line[0] == '#') { /* a comment may be as long as it likes */
        length = length < LINE ? length : LINE;
    } else if (length > LINE || memchr(line, '\0', length) != NULL) {
        spiral_error_set(table->error, SPIRAL_BAD_INPUT,
                         "the line is longer than %d bytes, or has a byte of value 0", LINE);
        *status = fail_at(table, table->text, SPIRAL_BAD_INPUT);
        return false;
    }

    if (length > 0 && line[length - 1] == '\r')
        length--;
    memcpy(table->text, line, length);
    table->text[length] = '\0';

    return true;
}

/* Cuts the cell off that begins here, and returns the next one; NULL after the last. */
static char *cut_cell(char *cell)
{
    char *comma = strchr(cell, ',');

    if (comma == NULL)
        return NULL;
    *comma = '\0';

    return comma + 1;
}

/* The constant of this name, or SPIRAL_CONSTANTS. */
static enum spiral_constant find_constant(const char *name)
{
    int constant = 0;
    while (constant < SPIRAL_CONSTANTS && strcmp(spiral_constant_fields[constant].name, name) != 0)
        constant++;
    return (enum spiral_constant)constant;
}

static enum spiral_status read_column(struct table *table, const char *cell)
{
    const char *name = strncmp(cell, "k.", 2) == 0 ? cell + 2 : cell;
    const enum spiral_constant constant = find_constant(name);

    if (constant == SPIRAL_CONSTANTS) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(spiral_constant_fields, SPIRAL_CONSTANTS, name),
                                 name);
        spiral_error_set(table->error, SPIRAL_BAD_INPUT, "unknown constant '%.60s'%s%s%s", cell,
                         nearest != NULL ? "; did you mean '" : "; `spiral params` lists them",
                         nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
        return fail_at(table, cell, SPIRAL_BAD_INPUT);
    }

    for (int c = 0; c < table->columns; c++)
        if (table->column[c] == constant) {
            spiral_error_set(table->error, SPIRAL_BAD_INPUT, "duplicate column '%s'", cell);
            return fail_at(table, cell, SPIRAL_BAD_INPUT);
        }

    table->column[table->columns++] = constant;

    return SPIRAL_OK;
}

static enum spiral_status read_header(struct table *table)
{
    enum spiral_status status = SPIRAL_OK;

    for (char *cell = table->text; cell != NULL && status == SPIRAL_OK;) {
        char *next = cut_cell(cell);
        status = read_column(table, cell);
        cell = next;
    }

    return status;
}

static enum spiral_status read_number(struct table *table, const char *cell, int column,
                                      struct spiral_constants *set)
{
    const struct spiral_field *field = &spiral_constant_fields[table->column[column]];
    double value;

    if (!spiral_number_parse(cell, &value)) {
        spiral_error_set(table->error, SPIRAL_BAD_INPUT, "%s: '%.60s' is not a number", field->name,
                         cell);
        return fail_at(table, cell, SPIRAL_BAD_INPUT);
    }

    if (value < field->low || value > field->high) {
        spiral_error_set(table->error, SPIRAL_BAD_INPUT, "%s is %.10g; expected %.10g to %.10g",
                         field->name, value, field->low, field->high);
        return fail_at(table, cell, SPIRAL_BAD_INPUT);
    }

    *spiral_constant_at(set, table->column[column]) = value;

    return SPIRAL_OK;
}

/* Room for one more set. */
static enum spiral_status add_set(struct table *table)
{
    struct spiral_constant_sets *posterior = table->posterior;

    if (posterior->count == SPIRAL_MOST_SETS) {
        spiral_error_set(table->error, SPIRAL_BAD_INPUT, "more than %d sets of constants",
                         SPIRAL_MOST_SETS);
        return fail_at(table, table->text, SPIRAL_BAD_INPUT);
    }

    struct spiral_constants *sets =
        realloc(posterior->sets, (posterior->count + 1) * sizeof *posterior->sets);

    if (sets == NULL)
        return spiral_error_set(table->error, SPIRAL_NO_MEMORY, "no memory for %zu sets",
                                posterior->count + 1);
    sets[posterior->count++] = spiral_constants_defaults();
    posterior->sets = sets;

    return SPIRAL_OK;
}

static enum spiral_status read_row(struct table *table)
{
    enum spiral_status status = add_set(table);
    int cells = 0;

    for (char *cell = table->text; cell != NULL && status == SPIRAL_OK; cells++) {
        char *next = cut_cell(cell);

        if (cells == table->columns) {
            spiral_error_set(table->error, SPIRAL_BAD_INPUT,
                             "more cells than the header, which has %d", table->columns);
            return fail_at(table, cell, SPIRAL_BAD_INPUT);
        }

        status =
            read_number(table, cell, cells, &table->posterior->sets[table->posterior->count - 1]);
        if (status == SPIRAL_OK && next == NULL && cells + 1 < table->columns) {
            spiral_error_set(table->error, SPIRAL_BAD_INPUT, "%d cells; the header has %d",
                             cells + 1, table->columns);
            return fail_at(table, cell, SPIRAL_BAD_INPUT);
        }
        cell = next;
    }

    return status;
}

static enum spiral_status read_table(struct table *table)
{
    enum spiral_status status = SPIRAL_OK;

    while (status == SPIRAL_OK && read_line(table, &status)) {
        const bool is_comment = table->columns == 0 && table->text[0] == '#';
        if (!is_comment)
            status = table->columns == 0 ? read_header(table) : read_row(table);
    }

    if (status == SPIRAL_OK && table->posterior->count == 0) {
        spiral_error_set(table->error, SPIRAL_BAD_INPUT,
                         "no set of constants; expected a header of names and a row for each set");
        table->line = table->line > 0 ? table->line : 1;
        return fail_at(table, table->text, SPIRAL_BAD_INPUT);
    }

    return status;
}

enum spiral_status spiral_constant_sets_load_text(struct spiral_constant_sets *posterior,
                                                  const char *text, size_t length, const char *name,
                                                  struct spiral_error *error)
{
    struct table *table = calloc(1, sizeof *table);

    *posterior = (struct spiral_constant_sets){.count = 0};
    if (table == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read %.200s", name);

    table->next = text;
    table->end = text + length;
    table->name = name;
    table->error = error;
    table->posterior = posterior;

    const enum spiral_status status = read_table(table);

    if (status != SPIRAL_OK)
        spiral_constant_sets_clear(posterior);
    free(table);

    return status;
}

/* The text of a file, or of standard input; the error names it. */
static enum spiral_status read_text(const char *path, char **text, size_t *length,
                                    struct spiral_error *error)
{
    struct spiral_error problem;
    const enum spiral_status status = spiral_whole_input_read(path, text, length, &problem);

    return status == SPIRAL_OK ? status
                               : spiral_error_set(error, status, "%.200s: %s",
                                                  spiral_whole_input_name(path), problem.message);
}

enum spiral_status spiral_constant_sets_load(struct spiral_constant_sets *posterior,
                                             const char *path, struct spiral_error *error)
{
    char *text = NULL;
    size_t length = 0;
    enum spiral_status status = read_text(path, &text, &length, error);

    *posterior = (struct spiral_constant_sets){.count = 0};
    if (status == SPIRAL_OK)
        status = spiral_constant_sets_load_text(posterior, text, length,
                                                spiral_whole_input_name(path), error);
    free(text);

    return status;
}

enum spiral_status spiral_constant_sets_load_shipped(struct spiral_constant_sets *posterior,
                                                     struct spiral_error *error)
{
    char path[4096];

    *posterior = (struct spiral_constant_sets){.count = 0};
    if (!spiral_posterior_file(path, sizeof path))
        return SPIRAL_OK;

    return spiral_constant_sets_load(posterior, path, error);
}

/* Reads one set from a text that lists it; the first of its errors is told. */
static enum spiral_status load_one_set(struct spiral_constants *constants, const char *text,
                                       size_t length, const char *name, struct spiral_error *error)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read %.200s", name);

    spiral_diagnostics_init(diagnostics);
    const enum spiral_status status =
        spiral_constants_load_text(constants, text, length, name, diagnostics);

    if (status != SPIRAL_OK && diagnostics->count > 0 && error != NULL)
        *error = diagnostics->errors[0];
    else if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory to read %.200s", name);
    free(diagnostics);

    return status;
}

/* A table of one row is one set. */
static void settle_one_set(struct spiral_constant_sets *posterior,
                           struct spiral_constants *constants)
{
    if (posterior->count == 1) {
        *constants = posterior->sets[0];
        spiral_constant_sets_clear(posterior);
    }
}

enum spiral_status spiral_constant_sets_choose_text(struct spiral_constant_sets *posterior,
                                                    struct spiral_constants *constants,
                                                    const char *text, size_t length,
                                                    const char *name, struct spiral_error *error)
{
    *posterior = (struct spiral_constant_sets){.count = 0};
    *constants = spiral_constants_defaults();

    const enum spiral_status status =
        spiral_constants_form(text, name) == SPIRAL_CONSTANTS_TABLE
            ? spiral_constant_sets_load_text(posterior, text, length, name, error)
            : load_one_set(constants, text, length, name, error);

    settle_one_set(posterior, constants);

    return status;
}

enum spiral_status spiral_constant_sets_choose(struct spiral_constant_sets *posterior,
                                               struct spiral_constants *constants,
                                               const char *choice, struct spiral_error *error)
{
    char *text = NULL;
    size_t length = 0;

    *posterior = (struct spiral_constant_sets){.count = 0};
    *constants = spiral_constants_defaults();

    if (choice != NULL && strcmp(choice, "point") == 0)
        return SPIRAL_OK;

    enum spiral_status status = choice == NULL ? spiral_constant_sets_load_shipped(posterior, error)
                                               : read_text(choice, &text, &length, error);

    if (choice != NULL && status == SPIRAL_OK)
        status = spiral_constant_sets_choose_text(posterior, constants, text, length,
                                                  spiral_whole_input_name(choice), error);
    free(text);
    settle_one_set(posterior, constants);

    return status;
}

void spiral_constant_sets_follow(struct spiral_constant_sets *posterior,
                                 const struct spiral_constants *constants, const char *parameter)
{
    if (strncmp(parameter, "k.", 2) != 0)
        return;

    const enum spiral_constant constant = find_constant(parameter + 2);
    struct spiral_constants copy = *constants;

    if (constant != SPIRAL_CONSTANTS)
        spiral_constant_sets_put(posterior, constant, *spiral_constant_at(&copy, constant));
}
