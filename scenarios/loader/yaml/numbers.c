/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/numbers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *text, int *count)
{
    for (*count = 0; *text >= '0' && *text <= '9'; text++)
        ++*count;
    return text;
}

/* Whether a text is a decimal number in full: nothing of hexadecimal, infinities or names. */
static bool is_decimal(const char *text)
{
    int whole;
    int fraction = 0;
    int exponent;

    if (*text == '+' || *text == '-')
        text++;
    text = skip_digits(text, &whole);
    if (*text == '.')
        text = skip_digits(text + 1, &fraction);
    if (whole + fraction == 0)
        return false;

    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '+' || *text == '-')
            text++;
        text = skip_digits(text, &exponent);
        if (exponent == 0)
            return false;
    }

    return *text == '\0';
}

bool spiral_number_parse(const char *text, double *value)
{
    char local[64];

    if (strlen(text) >= sizeof local || !is_decimal(text))
        return false;
    strcpy(local, text);

    char *point = strchr(local, '.');
    char *end;

    *value = strtod(local, &end);

    if (*end != '\0' && point != NULL) { /* a locale with another decimal sign: try it */
        *point = ',';
        *value = strtod(local, &end);
    }

    return *end == '\0' && *value - *value == 0.0;
}

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
