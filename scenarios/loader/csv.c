/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/csv_scan.h"
#include "scenarios/loader/yaml/numbers.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/names.h"

/* --- the head --------------------------------------------------------------------------------- */

enum { NO_COLUMN = -1, MOST_FIELDS = 4096, MOST_BYTES = 256 << 20 };

/* What is being read. */
struct table {
    struct spiral_csv_scanner scanner;
    const struct spiral_csv_schema *schema;
    struct spiral_diagnostics *diagnostics;
    struct spiral_diagnostics *notes;
    int field_count;
    int column_of[MOST_FIELDS];      /* the column of each field, or NO_COLUMN */
    char *unknown[MOST_FIELDS];      /* names of columns that are not known, owned */
    int unknown_column[MOST_FIELDS]; /* where they were found */
    size_t unknown_count;
    char *rows; /* [count * row_size], owned */
    int *lines; /* [count], owned */
    size_t count;
};

static int find_column(const struct spiral_csv_schema *schema, const char *name)
{
    return spiral_names_find(spiral_names_of(schema->columns, schema->count, name), name);
}

static bool has_column(const struct table *table, int column)
{
    for (int f = 0; f < table->field_count; f++)
        if (table->column_of[f] == column)
            return true;
    return false;
}

/* Reports columns that are absent, with the unknown one that may be meant. */
static void check_absent(struct table *table)
{
    for (size_t c = 0; c < table->schema->count; c++) {
        const struct spiral_csv_column *column = &table->schema->columns[c];
        const char *nearest;
        int place = 1;

        if (has_column(table, (int)c))
            continue;
        nearest = spiral_names_nearest(spiral_names_in(table->unknown, table->unknown_count),
                                       column->name);
        for (size_t u = 0; u < table->unknown_count; u++)
            if (nearest == table->unknown[u])
                place = table->unknown_column[u];

        if (column->need != SPIRAL_CSV_OPTIONAL && nearest != NULL)
            spiral_csv_report(table->diagnostics, table->scanner.name, 1, place,
                              "unknown column '%.60s'; did you mean '%s', which is missing?",
                              nearest, column->name);
        else if (column->need != SPIRAL_CSV_OPTIONAL)
            spiral_csv_report(table->diagnostics, table->scanner.name, 1, 1,
                              "the column '%s' is missing", column->name);
        else if (nearest != NULL && table->notes != NULL)
            spiral_csv_report(table->notes, table->scanner.name, 1, place,
                              "column '%.60s' is not known and ignored; '%s' is missing", nearest,
                              column->name);
    }
}

/* Finds which column each field is. False where there is no memory. */
static bool read_head(struct table *table)
{
    struct spiral_csv_field field = {.last = false};

    while (!field.last) {
        field = spiral_csv_scan_field(&table->scanner);
        const char *name = spiral_csv_trim(field.text);
        const int column = find_column(table->schema, name);

        if (table->field_count == MOST_FIELDS) {
            spiral_csv_report(table->diagnostics, table->scanner.name, field.line, field.column,
                              "more than %d columns", MOST_FIELDS);
            return true;
        }
        if (column != NO_COLUMN && has_column(table, column))
            spiral_csv_report(table->diagnostics, table->scanner.name, field.line, field.column,
                              "duplicate column '%s'", name);
        table->column_of[table->field_count++] = column;

        if (column == NO_COLUMN) {
            table->unknown_column[table->unknown_count] = field.column;
            table->unknown[table->unknown_count] = strdup(name);
            if (table->unknown[table->unknown_count++] == NULL)
                return false;
        }
    }
    if (!table->scanner.broken)
        check_absent(table);
    return true;
}

/* --- rows ------------------------------------------------------------------------------------- */

static void set_missing(const struct spiral_csv_column *column, void *row)
{
    char *const to = (char *)row + column->offset;

    if (column->kind == SPIRAL_CSV_TEXT)
        to[0] = '\0';
    else
        memcpy(to, &(double){NAN}, sizeof(double));
}

/* Puts a field that is not missing into the row; reports what it is not. */
static void read_value(struct table *table, const struct spiral_csv_column *column,
                       const struct spiral_csv_field *field, const char *text, void *row)
{
    char *const to = (char *)row + column->offset;
    const char *const name = table->scanner.name;
    double number;

    if (column->kind == SPIRAL_CSV_TEXT) {
        if (strlen(text) >= column->size)
            spiral_csv_report(table->diagnostics, name, field->line, field->column,
                              "%s: '%.40s' is longer than %zu bytes", column->name, text,
                              column->size - 1);
        else
            strcpy(to, text);
        return;
    }

    if (!spiral_number_parse(text, &number))
        spiral_csv_report(table->diagnostics, name, field->line, field->column,
                          "%s: '%.40s' is not a number", column->name, text);
    else if (column->kind == SPIRAL_CSV_WHOLE && number != floor(number))
        spiral_csv_report(table->diagnostics, name, field->line, field->column,
                          "%s: '%.40s' is not a whole number", column->name, text);
    else if (!(number >= column->low && number <= column->high))
        spiral_csv_report(table->diagnostics, name, field->line, field->column,
                          "%s: %.40s is out of range; expected %.10g to %.10g", column->name, text,
                          column->low, column->high);
    else
        memcpy(to, &number, sizeof number);
}

/* One record into a row. */
static void read_row(struct table *table, void *row)
{
    const struct spiral_csv_schema *schema = table->schema;
    struct spiral_csv_field field = {.last = false};
    const int line = table->scanner.line;
    int count = 0;

    memset(row, 0, schema->row_size);
    for (size_t c = 0; c < schema->count; c++)
        set_missing(&schema->columns[c], row);

    for (; !field.last; count++) {
        field = spiral_csv_scan_field(&table->scanner);
        if (table->scanner.broken || count >= table->field_count ||
            table->column_of[count] == NO_COLUMN)
            continue;

        const struct spiral_csv_column *column = &schema->columns[table->column_of[count]];
        const char *text = field.quoted ? field.text : spiral_csv_trim(field.text);
        if (text[0] != '\0' && (field.quoted || strcmp(text, "NA") != 0))
            read_value(table, column, &field, text, row);
        else if (column->need == SPIRAL_CSV_FILLED)
            spiral_csv_report(table->diagnostics, table->scanner.name, field.line, field.column,
                              "%s: nothing here; every row needs one", column->name);
    }

    if (!table->scanner.broken && count != table->field_count)
        spiral_csv_report(table->diagnostics, table->scanner.name, line, 1,
                          "%d field%s; expected %d, as the first line has", count,
                          count == 1 ? "" : "s", table->field_count);
}

/* Makes room for twice as many rows. */
static bool grow(struct table *table, size_t *room)
{
    const size_t more = *room == 0 ? 256 : 2 * *room;
    char *rows = realloc(table->rows, more * table->schema->row_size);

    if (rows == NULL)
        return false;
    table->rows = rows;
    int *lines = realloc(table->lines, more * sizeof *lines);
    if (lines == NULL)
        return false;
    table->lines = lines;
    *room = more;
    return true;
}

/* All records after the head. False where there is no memory. */
static bool read_rows(struct table *table)
{
    size_t room = 0;

    while (spiral_csv_find_record(&table->scanner)) {
        if (table->count == room && !grow(table, &room))
            return false;
        table->lines[table->count] = table->scanner.line;
        read_row(table, table->rows + table->count * table->schema->row_size);
        table->count++;
    }
    return true;
}

/* Reads the head and the rows; the caller has set the table up. */
static enum spiral_status read_table(struct table *table)
{
    const char *const name = table->scanner.name;
    bool memory = true;

    if (!spiral_csv_find_record(&table->scanner))
        spiral_csv_report(table->diagnostics, name, 1, 1,
                          "the table is empty; expected a line of names");
    else
        memory = read_head(table);
    if (memory && table->diagnostics->count == 0)
        memory = read_rows(table);
    if (memory && table->diagnostics->count == 0 && table->count == 0)
        spiral_csv_report(table->diagnostics, name, 0, 0, "the table has no rows below its names");

    for (size_t u = 0; u < table->unknown_count; u++)
        free(table->unknown[u]);
    return !memory                         ? SPIRAL_NO_MEMORY
           : table->diagnostics->count > 0 ? SPIRAL_BAD_INPUT
                                           : SPIRAL_OK;
}

/* Reports a failure that has no place in the file. */
static enum spiral_status fail(struct spiral_diagnostics *diagnostics, enum spiral_status status,
                               const char *name, const char *message)
{
    struct spiral_error error;

    spiral_error_set(&error, status, "%s", message);
    snprintf(error.file, sizeof error.file, "%s", name);
    spiral_diagnostics_add(diagnostics, &error);
    return status;
}

enum spiral_status spiral_csv_parse(void **rows, int **lines, size_t *count,
                                    const struct spiral_csv_schema *schema, const char *text,
                                    size_t length, const char *name,
                                    struct spiral_diagnostics *diagnostics,
                                    struct spiral_diagnostics *notes)
{
    struct table *table = calloc(1, sizeof *table);
    char *buffer = malloc(length + 1);
    enum spiral_status status = SPIRAL_NO_MEMORY;

    *rows = NULL;
    *count = 0;
    if (lines != NULL)
        *lines = NULL;

    if (table != NULL && buffer != NULL) {
        table->scanner = spiral_csv_scanner_at(text, length, name, buffer, diagnostics);
        table->schema = schema;
        table->diagnostics = diagnostics;
        table->notes = notes;
        status = length > 0 && memchr(text, '\0', length) != NULL
                     ? fail(diagnostics, SPIRAL_BAD_INPUT, name,
                            "a NUL byte; expected a table of text (UTF-8)")
                     : read_table(table);
    }
    if (status == SPIRAL_NO_MEMORY)
        fail(diagnostics, status, name, "no memory for the table");

    if (status == SPIRAL_OK) {
        *rows = table->rows;
        *count = table->count;
        table->rows = NULL;
        if (lines != NULL) {
            *lines = table->lines;
            table->lines = NULL;
        }
    }
    if (table != NULL) {
        free(table->rows);
        free(table->lines);
    }
    free(table);
    free(buffer);
    return status;
}

enum spiral_status spiral_csv_read_bytes(char **text, size_t *length, const char *path,
                                         struct spiral_diagnostics *diagnostics)
{
    struct spiral_error error;
    const enum spiral_status status =
        spiral_whole_input_read_most(path, MOST_BYTES, text, length, &error);

    return status == SPIRAL_OK
               ? status
               : fail(diagnostics, status, spiral_whole_input_name(path), error.message);
}

enum spiral_status spiral_csv_read(void **rows, int **lines, size_t *count,
                                   const struct spiral_csv_schema *schema, const char *path,
                                   struct spiral_diagnostics *diagnostics,
                                   struct spiral_diagnostics *notes)
{
    char *text;
    size_t length;
    enum spiral_status status = spiral_csv_read_bytes(&text, &length, path, diagnostics);

    *rows = NULL;
    *count = 0;
    if (lines != NULL)
        *lines = NULL;
    if (status == SPIRAL_OK)
        status =
            spiral_csv_parse(rows, lines, count, schema, text, length, path, diagnostics, notes);
    free(text);
    return status;
}

/* --- writing ---------------------------------------------------------------------------------- */

void spiral_csv_write_text(const char *text, FILE *out)
{
    if (strpbrk(text, ",\"\r\n") == NULL && strcmp(text, "NA") != 0 && text[0] != ' ') {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void spiral_csv_write_number(double number, FILE *out)
{
    char text[32];

    if (isnan(number))
        return;

    /* A year reads as 1950, not as the equally short 1.95e+03. */
    if (number == floor(number) && fabs(number) < 1e15)
        snprintf(text, sizeof text, "%.0f", number);
    else
        spiral_number_write(number, text);
    fputs(text, out);
}
