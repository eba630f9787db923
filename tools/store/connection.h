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
    bool write; /* opened to write: errors say so */
    int lock;   /* a descriptor that keeps other writers out; -1 */
    sqlite3_stmt *statements[SPIRAL_STORE_STATEMENTS]; /* prepared when first needed */
};

/* Why the disk failed in reading where SQLite calls the file damaged; 0: it did not. */
int spiral_store_disk_reason(const struct spiral_store *store);

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

/* Moves a statement to its next row. False after the last; and where *status is not SPIRAL_OK, or
 * becomes what reading failed with. */
bool spiral_store_next(const struct spiral_store *store, sqlite3_stmt *statement,
                       enum spiral_status *status, struct spiral_error *error);

/* The integer that a query with one row and one column gives. */
enum spiral_status spiral_store_number(const struct spiral_store *store, const char *sql,
                                       int64_t *number, struct spiral_error *error);

/* Prepares the statements of enum spiral_store_statement (commit.c). */
enum spiral_status spiral_store_prepare_all(struct spiral_store *store, struct spiral_error *error);

/* Writes a cell's row. */
enum spiral_status spiral_store_put_cell(struct spiral_store *store,
                                         const struct spiral_sweep *sweep, size_t cell,
                                         const struct spiral_cell *now, struct spiral_error *error);

/* Adds the rows of a design's points from `first` on. */
enum spiral_status spiral_store_fill_points(const struct spiral_store *store,
                                            const struct spiral_design *design, size_t first,
                                            struct spiral_error *error);

/* Notes every unit of every round, as a sweep in one process ends with; within a transaction. */
enum spiral_status spiral_store_note_work(struct spiral_store *store,
                                          const struct spiral_sweep *sweep,
                                          struct spiral_error *error);

/* Makes a finished sweep that has grown what it would be if it had been asked for so much at
 * once. */
enum spiral_status spiral_store_forget_growth(struct spiral_store *store,
                                              struct spiral_sweep *sweep,
                                              struct spiral_error *error);

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

/* A store that is not connected to a file yet (NULL: no memory); spiral_store_close() frees it. */
struct spiral_store *spiral_store_allocate(const char *path);

/* A path as SQLite takes it for the name of a file, whatever it looks like. sqlite3_free() frees
 * it; NULL: no memory. */
char *spiral_store_file_name(const char *path);

/* Connects a store to the file `path` (flags of sqlite3_open_v2()) and sets the connection up. The
 * store is to be closed in any case. SPIRAL_IO, SPIRAL_NO_MEMORY, SPIRAL_BAD_INPUT. */
enum spiral_status spiral_store_connect(struct spiral_store *store, const char *path, int flags,
                                        struct spiral_error *error);

/* Makes an empty file beside `path`, with a name that nothing else has: *beside, which the caller
 * frees. SPIRAL_IO, SPIRAL_NO_MEMORY. */
enum spiral_status spiral_store_beside(const char *path, char **beside, struct spiral_error *error);

/* Gives a complete file its name. SPIRAL_BAD_INPUT where something has that name: it is left as it
 * is, and the message ends with `hint`. SPIRAL_IO. */
enum spiral_status spiral_store_publish(const char *beside, const char *path, const char *hint,
                                        struct spiral_error *error);

/* --- checksums of rows (checksum.c) --- */

/* Makes the function known to a connection, which statements with checksums need. */
enum spiral_status spiral_store_checksum_register(const struct spiral_store *store,
                                                  struct spiral_error *error);

/* Prepares a statement that adds a row to a table: ?1, ?2 ... are its columns but the last, which
 * becomes their checksum. `verb`: INSERT or REPLACE. The caller finalizes it. */
enum spiral_status spiral_store_prepare_row(const struct spiral_store *store, const char *verb,
                                            const char *table, sqlite3_stmt **statement,
                                            struct spiral_error *error);

/* Renews the checksums of a table whose rows were changed; a table without them stays as it is. */
enum spiral_status spiral_store_seal(const struct spiral_store *store, const char *table,
                                     struct spiral_error *error);

/* Changes rows of a table and renews its checksums, in one transaction. */
enum spiral_status spiral_store_update(const struct spiral_store *store, const char *update,
                                       const char *table, struct spiral_error *error);

/* Compares all checksums with their rows. SPIRAL_BAD_INPUT names the table whose row differs. */
enum spiral_status spiral_store_checksums_check(const struct spiral_store *store,
                                                struct spiral_error *error);

/* What puts the first rows of a store into its file. */
typedef enum spiral_status spiral_store_filler(const struct spiral_store *store,
                                               const void *context, struct spiral_error *error);

/* Fills the empty file `beside` in one transaction. Errors speak of `path`. SPIRAL_IO,
 * SPIRAL_NO_MEMORY. */
enum spiral_status spiral_store_fill(const char *path, const char *beside,
                                     spiral_store_filler *fill, const void *context,
                                     struct spiral_error *error);

/* The tables and the rows that a sweep (struct spiral_sweep) has before its first run: a filler. */
enum spiral_status spiral_store_fill_sweep(const struct spiral_store *store, const void *context,
                                           struct spiral_error *error);

/* Makes a new file with what `fill` puts into it, complete or not at all. SPIRAL_BAD_INPUT where it
 * exists, or another process has made it meanwhile; the message says that `command` continues it.
 * SPIRAL_IO. */
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
