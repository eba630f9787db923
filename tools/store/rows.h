/* SPDX-License-Identifier: MIT
 *
 * The rows of a query, for readers that know a store's tables: columns as numbers and texts.
 */
#ifndef SPIRAL_STORE_ROWS_H
#define SPIRAL_STORE_ROWS_H

#include "tools/store/store.h"

struct spiral_store_rows;

/* Starts a query. SPIRAL_IO or SPIRAL_BAD_INPUT (a damaged store). The caller closes it; NULL is
 * legal there. */
enum spiral_status spiral_store_rows_open(struct spiral_store_rows **rows,
                                          struct spiral_store *store, const char *sql,
                                          struct spiral_error *error);
void spiral_store_rows_close(struct spiral_store_rows *rows);

/* Moves to the next row. False after the last, or where reading failed:
 * spiral_store_rows_status() tells which. */
bool spiral_store_rows_next(struct spiral_store_rows *rows);
enum spiral_status spiral_store_rows_status(const struct spiral_store_rows *rows,
                                            struct spiral_error *error);

/* Column i of the present row. A text is valid until the next row; "" for NULL. Of a missing value
 * (NULL) a number is 0 and a value is NAN. */
double spiral_store_rows_number(const struct spiral_store_rows *rows, int i);
double spiral_store_rows_value(const struct spiral_store_rows *rows, int i);
int64_t spiral_store_rows_whole(const struct spiral_store_rows *rows, int i);
const char *spiral_store_rows_text(const struct spiral_store_rows *rows, int i);

/* Column i as an index below `limit`, into *index: whether it is one. */
bool spiral_store_rows_index(const struct spiral_store_rows *rows, int i, size_t limit,
                             size_t *index);

/* Column i, which must be a finite number, into *number: whether it is one. */
bool spiral_store_rows_finite(const struct spiral_store_rows *rows, int i, double *number);

/* Reads all rows of a query. `read_row` returns false where a row does not fit the rest of the
 * store: SPIRAL_BAD_INPUT, "STORE is damaged: WHAT". Else SPIRAL_IO, SPIRAL_BAD_INPUT. */
typedef bool spiral_store_row_reader(void *context, const struct spiral_store_rows *rows);
enum spiral_status spiral_store_rows_read(struct spiral_store *store, const char *sql,
                                          const char *what, spiral_store_row_reader *read_row,
                                          void *context, struct spiral_error *error);

/* Sets the error of a damaged store: SPIRAL_BAD_INPUT. */
enum spiral_status spiral_store_damaged(const struct spiral_store *store, const char *what,
                                        struct spiral_error *error);

/* Checks that the rows of a sweep's store fit one another: indices are those of lists that it has,
 * numbers are finite. Readers that take rows as they come call it first. SPIRAL_BAD_INPUT (damaged,
 * or the store of something else), SPIRAL_IO. */
enum spiral_status spiral_store_check_rows(struct spiral_store *store, struct spiral_error *error);

/* The integer that a query with one row and one column gives. */
enum spiral_status spiral_store_count(struct spiral_store *store, const char *sql, int64_t *count,
                                      struct spiral_error *error);

#endif
