/* SPDX-License-Identifier: MIT
 *
 * Whether the rows of a sweep's store fit one another: what readers rely on that take them row by
 * row.
 */
#include "tools/store/connection.h"
#include "tools/store/rows.h"

/* What is no finite number, or not in a column of a list's indices. */
#define NOT_FINITE(column) \
    "typeof(" column ") <> 'real' OR NOT abs(" column ") <= 1.7976931348623157e308"
#define NOT_AN_INDEX(column, count) \
    "typeof(" column ") <> 'integer' OR " column " < 0 OR " column " >= " count
#define SCENARIOS "(SELECT count(*) FROM scenario)"
#define AXES "(SELECT count(*) FROM axis)"
#define OUTCOMES "(SELECT count(*) FROM outcome)"
/* Without an axis there is one point, which has no rows. */
#define POINTS \
    "(SELECT CASE WHEN EXISTS (SELECT 1 FROM axis) THEN (SELECT count(DISTINCT point) FROM " \
    "point) " \
    "ELSE 1 END)"
#define NOT_A_CELL NOT_AN_INDEX("scenario", SCENARIOS) " OR " NOT_AN_INDEX("point", POINTS)
#define MOST "2147483648"

/* Queries that find a row that does not fit, and what is then said to be damaged. */
static const struct {
    const char *sql;
    const char *what;
} checks[] = {
    {"SELECT 1 FROM scenario WHERE " NOT_AN_INDEX("id", SCENARIOS), "its scenarios"},
    {"SELECT 1 FROM axis WHERE " NOT_AN_INDEX("id", AXES), "its axes"},
    {"SELECT 1 FROM outcome WHERE " NOT_AN_INDEX("id", OUTCOMES), "its outcomes"},
    {"SELECT 1 WHERE (SELECT count(*) FROM point) <> " AXES " * " POINTS, "points are missing"},
    {"SELECT 1 FROM point WHERE " NOT_AN_INDEX("point", POINTS) " OR " NOT_AN_INDEX(
         "axis", AXES) " OR " NOT_FINITE("value") " OR " NOT_FINITE("coordinate"),
     "its points"},
    {"SELECT 1 FROM cell WHERE " NOT_A_CELL
     " OR " NOT_AN_INDEX("runs", MOST) " OR " NOT_AN_INDEX("base", MOST),
     "its cells"},
    {"SELECT 1 FROM result WHERE " NOT_A_CELL
     " OR " NOT_AN_INDEX("outcome", OUTCOMES) " OR " NOT_AN_INDEX("\"count\"",
                                                                  MOST) " OR " NOT_FINITE("mean") //
     " OR " NOT_FINITE("m2") " OR m2 < 0",
     "its results"},
    {"SELECT 1 FROM run WHERE " NOT_A_CELL " OR " NOT_AN_INDEX("replicate", MOST) " OR " //
     NOT_AN_INDEX("outcome", OUTCOMES) " OR value IS NOT NULL AND (" NOT_FINITE("value") ")",
     "its runs"},
    {"SELECT 1 FROM trajectory WHERE " NOT_A_CELL " OR " NOT_AN_INDEX("replicate", MOST) //
     " OR typeof(step) <> 'integer' OR step < 0 OR " NOT_FINITE("date")
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) " OR " NOT_FINITE("\"" #name "\"")
#include "sim/quantities.def"
         ,
     "its trajectories"},

    /* Steps are numbered without gaps, so that none is beyond the rows that there are. */
    {"SELECT 1 WHERE (SELECT max(step) FROM trajectory) >= (SELECT count(*) FROM trajectory)",
     "its trajectories"},
};

enum spiral_status spiral_store_check_rows(struct spiral_store *store, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < sizeof checks / sizeof *checks && status == SPIRAL_OK; i++) {
        sqlite3_stmt *statement = NULL;

        status = spiral_store_prepare(store, checks[i].sql, &statement, error);
        if (spiral_store_next(store, statement, &status, error))
            status = spiral_store_damaged(store, checks[i].what, error);
        sqlite3_finalize(statement);
    }

    return status;
}
