/* SPDX-License-Identifier: MIT
 *
 * Tables of results: CSV that a reader opens with its defaults, and what a reader cannot see in it
 * in a file beside it.
 *
 * The CSV has one line of names and then one line per row, after RFC 4180. What is missing is
 * empty. The file beside it, NAME-metadata.json, says of each column its unit, its meaning and its
 * range, and of the table where it comes from (version, seed, hashes), as CSVW does ("Metadata
 * Vocabulary for Tabular Data", W3C 2015).
 */
#ifndef SPIRAL_TABLES_TABLE_H
#define SPIRAL_TABLES_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { SPIRAL_COLUMN_NAME = 128, SPIRAL_COLUMN_TEXT = 240 };

/* What the cells of a column are. */
enum spiral_column_type {
    SPIRAL_COLUMN_WORDS,  /* a text */
    SPIRAL_COLUMN_WHOLE,  /* a whole number */
    SPIRAL_COLUMN_NUMBER, /* a number, with all its digits */
    SPIRAL_COLUMN_MONTH   /* a year and a month: 2008-04 */
};

struct spiral_column {
    char name[SPIRAL_COLUMN_NAME];
    char unit[32]; /* "1" of a share or a count, "" of a text */
    char meaning[SPIRAL_COLUMN_TEXT];
    enum spiral_column_type type;
    double low; /* bounds, inclusive; NAN: none */
    double high;
};

/* What a table is, beside its rows. */
struct spiral_table {
    char title[SPIRAL_COLUMN_TEXT];
    struct spiral_column *columns; /* owned */
    size_t column_count;
    struct {
        char name[32];
        char *text; /* owned */
        bool bare;  /* a number in JSON, not a text */
    } facts[16];    /* where it comes from */
    size_t fact_count;
    bool no_memory;

    /* own: the row that is being written */
    FILE *out;
    size_t at;
};

/* An empty table, which says what made it: this version of the program. The caller clears it. */
void spiral_table_init(struct spiral_table *table, const char *title);
void spiral_table_clear(struct spiral_table *table);

/* Adds a fact about the table, as ("scenario", "ukraine"); a whole number; a hash. */
void spiral_table_say(struct spiral_table *table, const char *name, const char *text);
void spiral_table_say_whole(struct spiral_table *table, const char *name, uint64_t value);
void spiral_table_say_hash(struct spiral_table *table, const char *name, uint64_t hash);

/* Adds a column. `unit` and `meaning` are copied. Without memory the table notes it. */
void spiral_table_column(struct spiral_table *table, enum spiral_column_type type, const char *name,
                         const char *unit, const char *meaning, double low, double high);

/* Begins the CSV: the line of the columns' names, after the facts and the units in lines that begin
 * with # where `comments` asks for them. */
void spiral_table_begin(struct spiral_table *table, FILE *out, bool comments);

/* The next cell of the present row; after the last column the row ends. A number that is not finite
 * is missing, as is an empty text. */
void spiral_table_text(struct spiral_table *table, const char *text);
void spiral_table_whole(struct spiral_table *table, int64_t value);
void spiral_table_number(struct spiral_table *table, double value);
void spiral_table_digits(struct spiral_table *table, double value, int digits);
void spiral_table_missing(struct spiral_table *table);

/* Writes the metadata of the CSV file `path` (its last part is what they name). */
void spiral_table_metadata(const struct spiral_table *table, const char *path, FILE *out);

/* The path of the metadata of a CSV file. The caller frees it; NULL: no memory. */
char *spiral_table_metadata_path(const char *path);

#endif
