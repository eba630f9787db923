/* SPDX-License-Identifier: MIT */
#include "tables/model_columns.h"

#include <math.h>

#include "sim/dates.h"

void spiral_table_dates(struct spiral_table *table, double start, double end, long steps)
{
    spiral_table_column(table, SPIRAL_COLUMN_MONTH, "date", "",
                        "year and month of the state: the start, then the end of each step", NAN,
                        NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "step", "1", "steps done, 0 at the start", 0.0,
                        (double)steps);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "year", "y",
                        "the same date in years of twelve equal months", start, end);
}

void spiral_table_date(struct spiral_table *table, double date, long step)
{
    char text[12];

    spiral_date_format(date, text);
    spiral_table_text(table, text);
    spiral_table_whole(table, step);
    spiral_table_number(table, date);
}

void spiral_table_quantities(struct spiral_table *table)
{
    for (int i = 0; i < SPIRAL_QUANTITIES; i++) {
        const struct spiral_field *field = &spiral_quantity_fields[i];
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, field->name, "1", field->doc, field->low,
                            field->high);
    }
}

void spiral_table_quantity_cells(struct spiral_table *table,
                                 const double quantity[SPIRAL_QUANTITIES])
{
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        spiral_table_number(table, quantity[i]);
}
