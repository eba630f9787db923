/* SPDX-License-Identifier: MIT
 *
 * The rows of a store, for readers that know its tables: a query's columns as numbers and texts.
 */
#ifndef SPIRAL_STORE_ROWS_H
#define SPIRAL_STORE_ROWS_H

#include "tools/store/store.h"

struct spiral_store_rows;

/* Asks a question. SPIRAL_IO or SPIRAL_BAD_INPUT (a damaged store). Closed by the caller; NULL
 * is legal there. */
enum spiral_status spiral_store_rows_open(struct spiral_store_rows **rows,
                                          struct spiral_store *store, const char *sql,
                                          struct spiral_error *error);
void spiral_store_rows_close(struct spiral_store_rows *rows);

/* The next row: whether there is one. After the last, or where reading failed, false:
 * spiral_store_rows_status() tells which. */
bool spiral_store_rows_next(struct spiral_store_rows *rows);
enum spiral_status spiral_store_rows_status(const struct spiral_store_rows *rows,
                                            struct spiral_error *error);

/* Column i of the present row. A text is valid until the next row. */
double spiral_store_rows_number(const struct spiral_store_rows *rows, int i);
int64_t spiral_store_rows_whole(const struct spiral_store_rows *rows, int i);
const char *spiral_store_rows_text(const struct spiral_store_rows *rows, int i);

/* The whole number that a question with one row and column has for an answer. */
enum spiral_status spiral_store_count(struct spiral_store *store, const char *sql, int64_t *count,
                                      struct spiral_error *error);

#endif
