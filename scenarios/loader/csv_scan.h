/* SPDX-License-Identifier: MIT
 *
 * Fields of a CSV text, one after the other: what csv.c reads tables with.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_CSV_SCAN_H
#define SPIRAL_SCENARIOS_LOADER_CSV_SCAN_H

#include <stdbool.h>

#include "scenarios/loader/yaml/diagnostics.h"

/* A field as it was found. */
struct spiral_csv_field {
    char *text; /* without quotes; in the scanner's buffer, until the next field is scanned */
    int line;
    int column;
    bool quoted;
    bool last; /* of its record */
};

/* Goes through a text field by field. */
struct spiral_csv_scanner {
    const char *at;
    const char *end;
    const char *line_start;
    int line;
    const char *name; /* stands for the file in errors */
    char *buffer;     /* holds the present field; as long as the whole text and one more */
    struct spiral_diagnostics *diagnostics;
    bool broken; /* quotes are wrong: what follows has no sure meaning */
};

/* A scanner at the beginning of a text, after its byte order mark. */
struct spiral_csv_scanner spiral_csv_scanner_at(const char *text, size_t length, const char *name,
                                                char *buffer,
                                                struct spiral_diagnostics *diagnostics);

/* Passes over empty lines. Whether a record follows. */
bool spiral_csv_find_record(struct spiral_csv_scanner *scanner);

/* The next field of a record. Quotes that are wrong are reported, and `broken` is set. */
struct spiral_csv_field spiral_csv_scan_field(struct spiral_csv_scanner *scanner);

/* Takes spaces and tabs off both ends of a text. */
char *spiral_csv_trim(char *text);

/* Reports bad input at a place; a fault of a whole line is at its column 1. */
void spiral_csv_report(struct spiral_diagnostics *diagnostics, const char *name, int line,
                       int column, const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
