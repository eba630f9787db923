/* SPDX-License-Identifier: MIT
 *
 * Joining shards: a store of the whole experiment is made as for a new sweep, gets the rows of all
 * shards, and then the units of work that one process would have noted.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/store/connection.h"

/* The shards, opened to be read; and the whole. */
struct merging {
    const char *const *paths;
    size_t count;
    char hash[17];
    bool *seen; /* [shard - 1] */
    struct spiral_sweep whole;
    struct spiral_store *store; /* of the whole */
    struct spiral_error *error;
};

/* Checks that a shard belongs to the others and is finished. The experiment of the first becomes
 * that of the whole. */
static enum spiral_status check_shard(struct merging *merging, size_t i, struct spiral_sweep *shard)
{
    const char *path = merging->paths[i];
    uint64_t runs;
    uint64_t most;
    size_t done;

    spiral_sweep_count(shard, &runs, &most, &done);

    if (shard->shards == 1)
        return spiral_error_set(merging->error, SPIRAL_BAD_INPUT,
                                "%s is a whole experiment, not a shard of one; only the stores of "
                                "`spiral sweep --shard I/N` are joined",
                                path);

    if ((size_t)shard->shards != merging->count)
        return spiral_error_set(merging->error, SPIRAL_BAD_INPUT,
                                "%s is shard %d of %d, but stores are given: %zu", path,
                                shard->shard, shard->shards, merging->count);
    if (i > 0 && strcmp(shard->hash, merging->hash) != 0)
        return spiral_error_set(merging->error, SPIRAL_BAD_INPUT,
                                "%s is of another experiment than %s", path, merging->paths[0]);

    if (merging->seen[shard->shard - 1])
        return spiral_error_set(
            merging->error, SPIRAL_BAD_INPUT,
            "duplicate shard: %s is shard %d of %d, which another store has too", path,
            shard->shard, shard->shards);

    if (done < shard->cell_count)
        return spiral_error_set(merging->error, SPIRAL_BAD_INPUT,
                                "%s is not finished: %zu of %zu cells are done; `spiral sweep "
                                "--resume %s` continues it",
                                path, done, shard->cell_count, path);
    merging->seen[shard->shard - 1] = true;
    strcpy(merging->hash, shard->hash);
    if (i > 0)
        return SPIRAL_OK;

    struct spiral_design *design = shard->design;

    shard->design = NULL;

    return spiral_sweep_create(&merging->whole, &shard->experiment, design, 1, 1, merging->error);
}

static enum spiral_status read_shard(struct merging *merging, size_t i)
{
    struct spiral_store *store;
    struct spiral_sweep shard = {.experiment = spiral_experiment_defaults()};
    enum spiral_status status = spiral_store_open(&store, merging->paths[i], false, merging->error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_load(store, &shard, merging->error);
    if (status == SPIRAL_OK)
        status = check_shard(merging, i, &shard);
    spiral_sweep_clear(&shard);
    spiral_store_close(store);

    return status;
}

/* Copies the rows of a shard. */
static enum spiral_status copy_rows(struct merging *merging, const char *path)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(merging->store, "ATTACH ?1 AS shard", &statement, merging->error);

    if (status != SPIRAL_OK)
        return status;

    char *name = spiral_store_file_name(path);

    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    status = name != NULL ? spiral_store_step(merging->store, statement, merging->error)
                          : spiral_error_set(merging->error, SPIRAL_NO_MEMORY, "out of memory");
    sqlite3_free(name);
    sqlite3_finalize(statement);
    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_do(
        merging->store,
        "BEGIN IMMEDIATE;"
        "REPLACE INTO main.cell SELECT * FROM shard.cell;"
        "INSERT INTO main.result SELECT * FROM shard.result;"
        "INSERT INTO main.run SELECT * FROM shard.run;"
        "INSERT INTO main.trajectory SELECT * FROM shard.trajectory;"
        "UPDATE main.experiment SET started = min(started, (SELECT started FROM shard.experiment)),"
        " ended = max(ifnull(ended, ''), (SELECT ifnull(ended, '') FROM shard.experiment))",
        merging->error);
    if (status == SPIRAL_OK)
        status = spiral_store_seal(merging->store, "experiment", merging->error);

    return status == SPIRAL_OK
               ? spiral_store_do(merging->store, "COMMIT; DETACH shard", merging->error)
               : status;
}

/* Makes the store of the whole in an empty file. */
static enum spiral_status join_shards(struct merging *merging, const char *path)
{
    enum spiral_status status =
        spiral_store_fill(path, path, spiral_store_fill_sweep, &merging->whole, merging->error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_open(&merging->store, path, true, merging->error);
    for (size_t i = 0; i < merging->count && status == SPIRAL_OK; i++)
        status = copy_rows(merging, merging->paths[i]);

    /* The units of a round follow from the cells as they are after the work: load them again. */
    if (status == SPIRAL_OK) {
        spiral_sweep_clear(&merging->whole);
        status = spiral_store_load(merging->store, &merging->whole, merging->error);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_do(merging->store, "BEGIN IMMEDIATE", merging->error);
    if (status == SPIRAL_OK)
        status = spiral_store_note_work(merging->store, &merging->whole, merging->error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(merging->store, "COMMIT", merging->error);
    spiral_store_close(merging->store);

    return status;
}

/* Removes a store that was not completed, and what SQLite may have left beside it. */
static void remove_unfinished(const char *path)
{
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *name = sqlite3_mprintf("%s%s", path, suffixes[i]);
        if (name != NULL)
            unlink(name);
        sqlite3_free(name);
    }
}

enum spiral_status spiral_store_merge(const char *path, const char *const *shards, size_t count,
                                      struct spiral_error *error)
{
    struct merging merging = {.paths = shards,
                              .count = count,
                              .seen = calloc(count + 1, sizeof(bool)),
                              .error = error};

    merging.whole = (struct spiral_sweep){.experiment = spiral_experiment_defaults()};

    static const char hint[] = "merging makes a new store";
    struct stat file;
    char *beside = NULL;
    enum spiral_status status = SPIRAL_OK;

    if (merging.seen == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    else if (lstat(path, &file) == 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "%s exists already; %s", path, hint);
    for (size_t i = 0; i < count && status == SPIRAL_OK; i++)
        status = read_shard(&merging, i);
    if (status == SPIRAL_OK)
        status = spiral_store_beside(path, &beside, error);

    if (status == SPIRAL_OK) {
        status = join_shards(&merging, beside);
        if (status == SPIRAL_OK)
            status = spiral_store_publish(beside, path, hint, error);
        if (status != SPIRAL_OK)
            remove_unfinished(beside);
    }

    spiral_sweep_clear(&merging.whole);
    free(merging.seen);
    free(beside);

    return status;
}
