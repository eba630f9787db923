/* SPDX-License-Identifier: MIT
 *
 * The store of a sweep: an SQLite file (docs/experiments.md lists its tables). Everything in it
 * but host and times is a function of the experiment. A unit of work is committed in one
 * transaction, so that a process that is killed loses what it had in hand and nothing else.
 */
#ifndef SPIRAL_STORE_STORE_H
#define SPIRAL_STORE_STORE_H

#include "tools/sweep/sweep.h"

struct spiral_store;

/* "SPIR", and the version of the tables: PRAGMA application_id, user_version. */
enum { SPIRAL_STORE_APPLICATION = 0x53504952, SPIRAL_STORE_VERSION = 1 };

/* Makes a new store with the experiment, its points and no runs, whole or not at all.
 * SPIRAL_BAD_INPUT where the file is there already; SPIRAL_IO. It is opened with
 * spiral_store_open() then. */
enum spiral_status spiral_store_create(const char *path, const struct spiral_sweep *sweep,
                                       struct spiral_error *error);

/* Whether a path is that of an SQLite file. */
bool spiral_store_is(const char *path);

/* Opens a store: for one writer, or to read. SPIRAL_BAD_INPUT: no store, one of a newer program,
 * a damaged file, another sweep is writing to it; SPIRAL_IO. */
enum spiral_status spiral_store_open(struct spiral_store **store, const char *path, bool write,
                                     struct spiral_error *error);
void spiral_store_close(struct spiral_store *store); /* NULL is legal */

/* The sweep that a store holds, with its cells as they stand. SPIRAL_BAD_INPUT where this
 * program would not give the same results: another version or other constants. The sweep is to
 * be cleared in any case. */
enum spiral_status spiral_store_load(struct spiral_store *store, struct spiral_sweep *sweep,
                                     struct spiral_error *error);

/* Marks the units of a round (and those after it) that are in the store: [round * units + unit]. */
enum spiral_status spiral_store_units(struct spiral_store *store, const struct spiral_round *round,
                                      bool *committed, struct spiral_error *error);

/* Adds a unit's result to the store and to the sweep's cells, both or neither. SPIRAL_IO where
 * it cannot be written. */
enum spiral_status spiral_store_commit(struct spiral_store *store, struct spiral_sweep *sweep,
                                       struct spiral_unit_result *result,
                                       struct spiral_error *error);

/* Notes the time at which the last unit was committed. */
enum spiral_status spiral_store_end(struct spiral_store *store, struct spiral_error *error);

/* Compares what a unit's result says of its cells with what the store holds; the result must be
 * of all their runs. SPIRAL_BAD_INPUT names the first figure that differs. */
enum spiral_status spiral_store_compare(struct spiral_store *store,
                                        const struct spiral_sweep *sweep,
                                        struct spiral_unit_result *result,
                                        struct spiral_error *error);

/* Joins the finished shards of one experiment into a new store, equal row for row to that of one
 * process. SPIRAL_BAD_INPUT where a shard is missing, stands twice, is not finished, or is of
 * another experiment. */
enum spiral_status spiral_store_merge(const char *path, const char *const *shards, size_t count,
                                      struct spiral_error *error);

#endif
