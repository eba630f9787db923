/* SPDX-License-Identifier: MIT
 *
 * The units of work that a sweep's store notes as done.
 */
#include "tools/store/connection.h"

enum spiral_status spiral_store_note_work(struct spiral_store *store,
                                          const struct spiral_sweep *sweep,
                                          struct spiral_error *error)
{
    struct spiral_schedule schedule;
    uint64_t round = 0;
    bool more = true;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare_row(store, "INSERT", "work", &statement, error);

    while (status == SPIRAL_OK && more) {
        status = spiral_schedule_create(&schedule, sweep, round);
        more = status == SPIRAL_OK && schedule.unit_count > 0;

        for (uint64_t unit = 0;
             unit < schedule.unit_count * schedule.round_count && status == SPIRAL_OK; unit++) {
            sqlite3_bind_int64(statement, 1, (sqlite3_int64)(round + unit / schedule.unit_count));
            sqlite3_bind_int64(statement, 2, (sqlite3_int64)(unit % schedule.unit_count));
            status = spiral_store_step(store, statement, error);
        }

        round += schedule.round_count;
        spiral_schedule_clear(&schedule);
    }

    sqlite3_finalize(statement);

    return status;
}

enum spiral_status spiral_store_forget_growth(struct spiral_store *store,
                                              struct spiral_sweep *sweep,
                                              struct spiral_error *error)
{
    bool grew = false;

    for (size_t cell = 0; cell < sweep->cell_count; cell++) {
        grew = grew || sweep->cells[cell].base > 0;
        sweep->cells[cell].base = 0;
    }

    if (!grew)
        return SPIRAL_OK;

    enum spiral_status status =
        spiral_store_do(store, "BEGIN IMMEDIATE; UPDATE cell SET base = 0; DELETE FROM work",
                        error);

    if (status == SPIRAL_OK)
        status = spiral_store_seal(store, "cell", error);
    if (status == SPIRAL_OK)
        status = spiral_store_note_work(store, sweep, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    if (status != SPIRAL_OK && sqlite3_get_autocommit(store->database) == 0)
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);

    return status;
}
