/* SPDX-License-Identifier: MIT
 *
 * A panel: pair-windows read from a table (columns.def), and the pairs that they are of. A dyad is
 * the unit of every fold and every resample.
 */
#ifndef SPIRAL_PANEL_PANEL_H
#define SPIRAL_PANEL_PANEL_H

#include <stdbool.h>
#include <stdint.h>

#include "scenarios/loader/csv.h"
#include "tools/panel/window.h"

struct spiral_pair_panel {
    size_t count;
    struct spiral_panel_window *windows; /* [count], owned, in the file's order */
    size_t dyad_count;
    size_t *dyad;  /* [count], owned: 0 .. dyad_count - 1, in order of appearance */
    uint64_t hash; /* of the bytes of the table; 0 for one that was not read */
};

/* What is forecast. */
enum spiral_panel_event { SPIRAL_PANEL_FORCE, SPIRAL_PANEL_WAR, SPIRAL_PANEL_EVENTS };
extern const char *const spiral_panel_event_names[SPIRAL_PANEL_EVENTS];
extern const double spiral_panel_event_levels[SPIRAL_PANEL_EVENTS]; /* hostility from which it is */

/* How many columns columns.def has. */
enum {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) SPIRAL_PANEL_COLUMN_##name,
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) SPIRAL_PANEL_COLUMN_##name,
#include "tools/panel/columns.def"
    SPIRAL_PANEL_COLUMNS
};

/* What a column is, beside its place: a row of columns.def, texts before numbers. */
struct spiral_panel_column {
    const char *name;
    const char *need;
    const char *unit;
    const char *doc; /* unit: of texts "text" */
};
extern const struct spiral_panel_column spiral_panel_columns[SPIRAL_PANEL_COLUMNS];

/* The columns as the reader takes them, in the same order; columns[] outlives what is returned.
 * Units decide the kind and range of numbers: 0/1, and no negative years or distances. */
struct spiral_csv_schema spiral_panel_schema(
    struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS]);

/* Reads a panel. Beside the rules of the columns: a window ends after it starts and is as long as
 * it says, shares of capability are above 0, `contiguity` is 0 to 5, `hosts` has a digit a year,
 * and no window is listed more than once. All errors are collected. The caller clears *panel in
 * any case. */
enum spiral_status spiral_panel_load(struct spiral_pair_panel *panel, const char *path,
                                     struct spiral_diagnostics *diagnostics,
                                     struct spiral_diagnostics *notes);

/* Makes a panel of windows that were made by hand; it takes them over, also after an error. */
enum spiral_status spiral_panel_of(struct spiral_pair_panel *panel,
                                   struct spiral_panel_window *windows, size_t count,
                                   struct spiral_error *error);
void spiral_panel_clear(struct spiral_pair_panel *panel);

/* 1 or 0; NAN where it is not known. */
double spiral_panel_outcome(const struct spiral_panel_window *window,
                            enum spiral_panel_event event);

/* How many windows have a known outcome. */
size_t spiral_panel_known(const struct spiral_pair_panel *panel, enum spiral_panel_event event);

/* Whether nothing above the lowest level happened in the year before the start or runs on into it.
 */
bool spiral_panel_is_quiet(const struct spiral_panel_window *window);

/* The highest level of hostility, 1 to 5, in a year of the window (0 is the first); 0 where it is
 * not known. */
int spiral_panel_level(const struct spiral_panel_window *window, int year);

/* A 64-bit hash (FNV-1a) of a text: which fold a dyad is in, and which numbers a window draws. */
uint64_t spiral_panel_hash(const char *text);

/* Writes a panel as CSV, every column, with a line of names. */
void spiral_panel_write(const struct spiral_panel_window *windows, size_t count, FILE *out);

#endif
