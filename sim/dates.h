/* SPDX-License-Identifier: MIT
 *
 * Dates as years: a month is exactly 1/12 of a year, and a day its share of its month. 2004-02 is
 * 2004 + 1/12.
 */
#ifndef SPIRAL_DATES_H
#define SPIRAL_DATES_H

#include <stdbool.h>

/* Reads YYYY, YYYY-MM or YYYY-MM-DD, the first instant of that year, month or day. False where
 * `text` is not a date of the calendar; *year may then have changed. */
bool spiral_date_parse(const char *text, double *year);

/* Writes the month that a date (0 <= year < 10000) lies in, as YYYY-MM. A date less than a
 * millionth of a year before a month belongs to it. */
void spiral_date_format(double year, char text[12]);

/* Writes the date of the calendar that is nearest to a year (0 <= year < 10000), as short as it
 * can be: YYYY, YYYY-MM or YYYY-MM-DD. Whether that date is the year to the bit. */
bool spiral_date_write(double year, char text[12]);

/* The longest run. */
enum { SPIRAL_MAX_YEARS = 2000, SPIRAL_MAX_STEPS = 1000000 };

/* The number of steps of `dt` years between start and end, or -1 where it is not whole within
 * 1e-6, is less than 1, or is more than 1e9. */
long spiral_step_count(double start, double end, double dt);

#endif
