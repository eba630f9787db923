/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenarios/loader/document.h"
#include "scenarios/loader/scenario_write.h"

void spiral_number_write(double number, char text[32])
{
    double back = 0.0;
    char written[32];

    for (int digits = 1; digits <= 17; digits++) {
        snprintf(written, sizeof written, "%.*g", digits, number);
        char *comma = strchr(written, ',');
        if (comma != NULL)
            *comma = '.';
        if (spiral_number_parse(written, &back) && back == number)
            break;
    }

    memcpy(text, written, sizeof written);
}

bool spiral_date_write(double year, char text[12])
{
    enum {
        EARLIER = 1,
        LATER = 2
    }; /* months looked at besides that of the year itself: a day may be nearest that lies over the boundary */
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
