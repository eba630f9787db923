/* SPDX-License-Identifier: MIT
 *
 * Columns that several tables of trajectories have: dates and the headline quantities.
 */
#ifndef SPIRAL_TABLES_MODEL_COLUMNS_H
#define SPIRAL_TABLES_MODEL_COLUMNS_H

#include "sim/quantities.h"
#include "tables/table.h"

/* Adds the columns `date` (a month), `step` (done so far, from 0) and `year` (with its fraction) of
 * a run from `start` to `end` of so many steps. */
void spiral_table_dates(struct spiral_table *table, double start, double end, long steps);

/* Their cells. A label does not depend on the length of a step: `year` tells steps of one month
 * apart. */
void spiral_table_date(struct spiral_table *table, double date, long step);

/* Adds a column for each headline quantity, and writes their cells. */
void spiral_table_quantities(struct spiral_table *table);
void spiral_table_quantity_cells(struct spiral_table *table,
                                 const double quantity[SPIRAL_QUANTITIES]);

#endif
