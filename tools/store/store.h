/* SPDX-License-Identifier: MIT
 *
 * The store of a sweep: an SQLite file (schema.sql has its tables, docs/experiments.md explains
 * them). Everything in it but host and times is a function of the experiment. A unit of work is
 * committed in one transaction, so that a process that is killed loses only the units that it was
 * running.
 */
#ifndef SPIRAL_STORE_STORE_H
#define SPIRAL_STORE_STORE_H

#include "tools/sweep/sweep.h"

struct spiral_store;

/* "SPIR", and the version of the tables: PRAGMA application_id, user_version. */
enum { SPIRAL_STORE_APPLICATION = 0x53504952, SPIRAL_STORE_VERSION = 3 };

/* Scenarios, or outcomes, that a store has at most. */
enum { SPIRAL_STORE_MOST_ROWS = 4096 };

/* Makes a new store with the experiment, its points and no runs, complete or not at all.
 * SPIRAL_BAD_INPUT where the file exists; SPIRAL_IO. Does not open it. */
enum spiral_status spiral_store_create(const char *path, const struct spiral_sweep *sweep,
                                       struct spiral_error *error);

/* Whether a path is that of an SQLite file. */
bool spiral_store_is(const char *path);

/* Opens a store to write, which only one process can at a time, or to read. SPIRAL_BAD_INPUT: the
 * file is missing, not a store, of a newer program or damaged, or another sweep is writing to it;
 * SPIRAL_IO. */
enum spiral_status spiral_store_open(struct spiral_store **store, const char *path, bool write,
                                     struct spiral_error *error);
void spiral_store_close(struct spiral_store *store); /* NULL is legal */

/* The sweep that a store holds, with what is done of its cells. SPIRAL_BAD_INPUT where this program
 * would not give the same results, because its version or its constants differ. The caller clears
 * the sweep in any case. */
enum spiral_status spiral_store_load(struct spiral_store *store, struct spiral_sweep *sweep,
                                     struct spiral_error *error);

/* Marks which units of a schedule are in the store: committed[index of the unit]. SPIRAL_BAD_INPUT
 * (a damaged store), SPIRAL_IO. */
enum spiral_status spiral_store_committed_units(struct spiral_store *store,
                                                const struct spiral_schedule *schedule,
                                                bool *committed, struct spiral_error *error);

/* Adds a unit's result to the store and to the sweep's cells, both or neither. SPIRAL_IO where
 * it cannot be written. */
enum spiral_status spiral_store_commit(struct spiral_store *store, struct spiral_sweep *sweep,
                                       struct spiral_work_result *result,
                                       struct spiral_error *error);

/* Ends a sweep that is done: notes the time at which the last unit was committed, and forgets that
 * it has grown. */
enum spiral_status spiral_store_end(struct spiral_store *store, struct spiral_sweep *sweep,
                                    struct spiral_error *error);

/* What a finished sweep is asked for: so many replicates and points in all; 0: as many as it has.
 * Under a stop rule, replicates at most. */
struct spiral_growth {
    uint64_t replicates;
    size_t points;
};

/* Asks a finished sweep for more, in its store and in *sweep. SPIRAL_BAD_INPUT where it is not
 * finished, has as much, or its design has no next points; SPIRAL_IO. After an error the store is
 * as it was, and the caller clears the sweep. */
enum spiral_status spiral_store_grow(struct spiral_store *store, struct spiral_sweep *sweep,
                                     const struct spiral_growth *growth,
                                     struct spiral_error *error);

/* Compares a result with what the store holds of its cells; the result must have all their runs.
 * SPIRAL_BAD_INPUT names the first number that differs. */
enum spiral_status spiral_store_compare(struct spiral_store *store,
                                        const struct spiral_sweep *sweep,
                                        struct spiral_work_result *result,
                                        struct spiral_error *error);

/* Joins the finished shards of one experiment into a new store, equal row for row to that of one
 * process. SPIRAL_BAD_INPUT where a shard is missing, given twice, not finished, or of another
 * experiment. */
enum spiral_status spiral_store_merge(const char *path, const char *const *shards, size_t count,
                                      struct spiral_error *error);

#endif
