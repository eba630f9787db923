/* SPDX-License-Identifier: MIT */
#include "sim/dates.h"

#include <stdio.h>
#include <string.h>

/* Reads exactly `digits` decimal digits. */
static bool read_digits(const char **text, int digits, int *number)
{
    *number = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *number = *number * 10 + (**text - '0');
    }

    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool spiral_date_parse(const char *text, double *year)
{
    int y;
    int month = 1;
    int day = 1;

    if (!read_digits(&text, 4, &y))
        return false;

    if (*text == '-') {
        text++;
        if (!read_digits(&text, 2, &month) || month < 1 || month > 12)
            return false;

        if (*text == '-') {
            text++;
            if (!read_digits(&text, 2, &day) || day < 1 || day > days_in_month(y, month))
                return false;
        }
    }

    if (*text != '\0')
        return false;
    const double in_month = (double)(day - 1) / days_in_month(y, month);

    *year = (double)y + ((double)(month - 1) + in_month) / 12.0;

    return true;
}

void spiral_date_format(double year, char text[12])
{
    const long months = (long)(year * 12.0 + 12e-6);
    snprintf(text, 12, "%04ld-%02ld", months / 12 % 10000, months % 12 + 1);
}

bool spiral_date_write(double year, char text[12])
{
    /* Months looked at besides those of the year: the nearest day may lie over the boundary. */
    enum { EARLIER = 1, LATER = 2 };
    const long month_of_year = (long)(year * 12.0);
    char candidate[32];
    double date;
    double best = 1.0;

    for (long month = month_of_year - EARLIER; month < month_of_year + LATER; month++)
        for (int day = 0; day <= 31; day++) { /* 0: without a day */
            const int length = snprintf(candidate, sizeof candidate, "%04ld-%02ld",
                                        month / 12 % 10000, month % 12 + 1);
            if (day > 0)
                snprintf(candidate + length, sizeof candidate - (size_t)length, "-%02d", day);
            else if (month % 12 == 0)
                candidate[4] = '\0';
            if (!spiral_date_parse(candidate, &date))
                continue;

            const double off = date < year ? year - date : date - year;

            if (off < best) {
                best = off;
                memcpy(text, candidate, 12);
            }
        }

    return best == 0.0;
}

long spiral_step_count(double start, double end, double dt)
{
    const double steps = (end - start) / dt;

    if (!(steps >= 0.5) || steps > 1e9)
        return -1;
    const long whole = (long)(steps + 0.5);
    const double off = steps - (double)whole;

    return off < 1e-6 && off > -1e-6 ? whole : -1;
}
