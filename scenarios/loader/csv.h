/* SPDX-License-Identifier: MIT
 *
 * Strict reading of CSV tables (RFC 4180) into an array of structs, by a table of columns.
 *
 * The first line names the columns, in any order; columns that the table does not know are ignored.
 * A byte order mark, CRLF, quoted fields and line breaks within quotes are understood. Numbers are
 * read without regard to the locale. A field that is empty, or NA without quotes, is missing.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_CSV_H
#define SPIRAL_SCENARIOS_LOADER_CSV_H

#include <stdio.h>

#include <stdint.h>

#include "scenarios/loader/yaml/diagnostics.h"

enum spiral_csv_kind {
    SPIRAL_CSV_NUMBER, /* a double; NAN where missing */
    SPIRAL_CSV_WHOLE,  /* a double without a fraction; NAN where missing */
    SPIRAL_CSV_TEXT    /* an array of char; "" where missing */
};

enum spiral_csv_need {
    SPIRAL_CSV_OPTIONAL, /* the column may be absent: all its fields are then missing */
    SPIRAL_CSV_COLUMN,   /* the column must be there, its fields may be missing */
    SPIRAL_CSV_FILLED    /* the column must be there, and no field may be missing */
};

struct spiral_csv_column {
    const char *name;
    enum spiral_csv_kind kind;
    enum spiral_csv_need need;
    double low;
    double high; /* of numbers, inclusive */
    size_t offset;
    size_t size; /* where in the struct of a row; `size` of a text counts its NUL */
};

/* A table of columns and the size of the struct that holds a row. */
struct spiral_csv_schema {
    const struct spiral_csv_column *columns;
    size_t count;
    size_t row_size;
};

/* Reads a table from a file. *rows is an array of *count structs, in the file's order, and *lines
 * (`lines` may be NULL) of the lines on which they begin; the caller frees both, which are NULL
 * after an error. All errors are collected in `diagnostics`, with line and column (of bytes, from
 * 1) of the field. `notes` (may be NULL) collects columns that are ignored although their name is
 * near that of an optional column that is absent. SPIRAL_BAD_INPUT, SPIRAL_IO, SPIRAL_NO_MEMORY. */
enum spiral_status spiral_csv_read(void **rows, int **lines, size_t *count,
                                   const struct spiral_csv_schema *schema, const char *path,
                                   struct spiral_diagnostics *diagnostics,
                                   struct spiral_diagnostics *notes);

/* Reads all bytes of a file; the caller frees *text. SPIRAL_IO, SPIRAL_NO_MEMORY, reported. */
enum spiral_status spiral_csv_read_bytes(char **text, size_t *length, const char *path,
                                         struct spiral_diagnostics *diagnostics);

/* The same from `length` bytes of text, which `name` stands for in errors. */
enum spiral_status spiral_csv_parse(void **rows, int **lines, size_t *count,
                                    const struct spiral_csv_schema *schema, const char *text,
                                    size_t length, const char *name,
                                    struct spiral_diagnostics *diagnostics,
                                    struct spiral_diagnostics *notes);

/* Writes a text as a field, in quotes where it needs them. */
void spiral_csv_write_text(const char *text, FILE *out);

/* Writes a number as a field in the fewest digits that read back as the same, whole numbers below
 * 1e15 without an exponent; nothing for NAN. */
void spiral_csv_write_number(double number, FILE *out);

#endif
