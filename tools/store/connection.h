/* SPDX-License-Identifier: MIT
 *
 * What the files of the store share: the connection to SQLite, its statements and its errors. Inner
 * header of the store.
 */
#ifndef SPIRAL_STORE_CONNECTION_H
#define SPIRAL_STORE_CONNECTION_H

#include <sqlite3.h>

#include "tools/store/store.h"

/* Statements that are executed often. */
enum spiral_store_statement {
    SPIRAL_STORE_GET,
    SPIRAL_STORE_PUT,
    SPIRAL_STORE_CELL,
    SPIRAL_STORE_RUN,
    SPIRAL_STORE_TRAJECTORY,
    SPIRAL_STORE_WORK,
    SPIRAL_STORE_STATEMENTS
};

struct spiral_store {
    sqlite3 *database;
    char *path;
    int lock; /* a descriptor that keeps other writers out; -1 */
    sqlite3_stmt *statements[SPIRAL_STORE_STATEMENTS]; /* prepared when first needed */
};

/* The status and the message for the last error of SQLite. */
enum spiral_status spiral_store_failed(const struct spiral_store *store,
                                       struct spiral_error *error);

/* Runs SQL without results. */
enum spiral_status spiral_store_do(const struct spiral_store *store, const char *sql,
                                   struct spiral_error *error);

/* Prepares a statement. The caller finalizes it. */
enum spiral_status spiral_store_prepare(const struct spiral_store *store, const char *sql,
                                        sqlite3_stmt **statement, struct spiral_error *error);

/* Steps a statement that gives no row, and resets it. */
enum spiral_status spiral_store_step(const struct spiral_store *store, sqlite3_stmt *statement,
                                     struct spiral_error *error);

/* The integer that a query with one row and one column gives. */
enum spiral_status spiral_store_number(const struct spiral_store *store, const char *sql,
                                       int64_t *number, struct spiral_error *error);

/* Prepares the statements of enum spiral_store_statement (commit.c). */
enum spiral_status spiral_store_prepare_all(struct spiral_store *store, struct spiral_error *error);

/* Binds a cell's scenario and point as ?1 and ?2. */
void spiral_store_bind_cell(sqlite3_stmt *statement, const struct spiral_sweep *sweep, size_t cell);

/* The sums that the store has of a kept outcome of a cell, zeros where there is no row. `moments`
 * (NULL: not wanted) are the stored mean and sum of squared deviations. */
enum spiral_status spiral_store_sums(struct spiral_store *store, const struct spiral_sweep *sweep,
                                     size_t cell, int outcome, struct spiral_sums *sums,
                                     double moments[2], struct spiral_error *error);

/* A 128-bit number as 32 hexadecimal digits and back. */
void spiral_wide_write(spiral_wide value, char text[33]);
bool spiral_wide_read(const char *text, spiral_wide *value);

/* A sketch as bytes, little-endian, and back. */
void spiral_sketch_write(const uint32_t sketch[SPIRAL_SKETCH_BINS],
                         unsigned char bytes[4 * SPIRAL_SKETCH_BINS]);
void spiral_sketch_read(uint32_t sketch[SPIRAL_SKETCH_BINS],
                        const unsigned char bytes[4 * SPIRAL_SKETCH_BINS]);

/* Makes a new file with what `fill` puts into it, complete or not at all. SPIRAL_BAD_INPUT where it
 * exists; the message says that `command` continues it. SPIRAL_IO. */
typedef enum spiral_status spiral_store_filler(const struct spiral_store *store,
                                               const void *context, struct spiral_error *error);
enum spiral_status spiral_store_make(const char *path, const char *command,
                                     spiral_store_filler *fill, const void *context,
                                     struct spiral_error *error);

/* Makes a view for readers who write SQL: `head` (its name and first columns), then a column for
 * each axis, from `value` (a table and its condition), then `tail`. */
enum spiral_status spiral_store_make_view(const struct spiral_store *store,
                                          const struct spiral_experiment *experiment,
                                          const char *head, const char *value, const char *tail,
                                          struct spiral_error *error);

/* Binds values and steps an insertion. `types` has a letter for each value: i int64_t, d double, s
 * const char *. */
enum spiral_status spiral_store_insert(const struct spiral_store *store, sqlite3_stmt *statement,
                                       struct spiral_error *error, const char *types, ...);

#endif
