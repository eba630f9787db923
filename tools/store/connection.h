/* SPDX-License-Identifier: MIT
 *
 * What the files of the store share: the connection, statements, errors in words. Inner header
 * of the store.
 */
#ifndef SPIRAL_STORE_CONNECTION_H
#define SPIRAL_STORE_CONNECTION_H

#include <sqlite3.h>

#include "tools/store/store.h"

/* What is said often. */
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
    sqlite3_stmt *statements[SPIRAL_STORE_STATEMENTS]; /* prepared when first wanted */
};

/* The status and the words for what SQLite says last. */
enum spiral_status spiral_store_failed(const struct spiral_store *store,
                                       struct spiral_error *error);

/* Runs SQL without results. */
enum spiral_status spiral_store_do(const struct spiral_store *store, const char *sql,
                                   struct spiral_error *error);

/* Prepares a statement; sqlite3_finalize() it. */
enum spiral_status spiral_store_prepare(const struct spiral_store *store, const char *sql,
                                        sqlite3_stmt **statement, struct spiral_error *error);

/* Steps a statement that gives no row, and resets it. */
enum spiral_status spiral_store_step(const struct spiral_store *store, sqlite3_stmt *statement,
                                     struct spiral_error *error);

/* One whole number that a query gives. */
enum spiral_status spiral_store_number(const struct spiral_store *store, const char *sql,
                                       int64_t *number, struct spiral_error *error);

/* Prepares the statements of enum spiral_store_statement (commit.c). */
enum spiral_status spiral_store_prepare_all(struct spiral_store *store, struct spiral_error *error);

/* Binds a cell's scenario and point as ?1 and ?2. */
void spiral_store_bind_cell(sqlite3_stmt *statement, const struct spiral_sweep *sweep, size_t cell);

/* The sums that the store has of a kept outcome of a cell, zeros where there is no row; and its
 * mean and second moment (NULL: not wanted). */
enum spiral_status spiral_store_sums(struct spiral_store *store, const struct spiral_sweep *sweep,
                                     size_t cell, int outcome, struct spiral_sums *sums,
                                     double figures[2], struct spiral_error *error);

/* A 128-bit number as 32 hexadecimal digits and back. */
void spiral_wide_write(spiral_wide value, char text[33]);
bool spiral_wide_read(const char *text, spiral_wide *value);

/* A sketch as bytes, little-endian, and back. */
void spiral_sketch_write(const uint32_t sketch[SPIRAL_SKETCH_BINS],
                         unsigned char bytes[4 * SPIRAL_SKETCH_BINS]);
void spiral_sketch_read(uint32_t sketch[SPIRAL_SKETCH_BINS],
                        const unsigned char bytes[4 * SPIRAL_SKETCH_BINS]);

/* Makes a new file with what `fill` puts into it, whole or not at all. SPIRAL_BAD_INPUT where it
 * is there already; `command` goes on with it then. SPIRAL_IO. */
typedef enum spiral_status spiral_store_filler(const struct spiral_store *store,
                                               const void *context, struct spiral_error *error);
enum spiral_status spiral_store_make(const char *path, const char *command,
                                     spiral_store_filler *fill, const void *context,
                                     struct spiral_error *error);

/* Makes the tables and the rows that an experiment has before its first run (create.c). The
 * context is its struct spiral_sweep. */
spiral_store_filler spiral_store_fill;

/* Makes the view `head` (its name and first columns) with a column for each axis, by its name:
 * what `value` (a table and its condition) has for it; then `tail`. For readers who write SQL. */
enum spiral_status spiral_store_make_view(const struct spiral_store *store,
                                          const struct spiral_experiment *experiment,
                                          const char *head, const char *value, const char *tail,
                                          struct spiral_error *error);

/* Binds and steps an insertion; `types` has a letter a value: i int64_t, d double, s const char
 * *. */
enum spiral_status spiral_store_insert(const struct spiral_store *store, sqlite3_stmt *statement,
                                       struct spiral_error *error, const char *types, ...);

#endif
