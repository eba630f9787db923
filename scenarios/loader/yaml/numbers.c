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
    double number = strtod(local, &end);

    /* the locale may have a comma in the point's place */
    if (*end != '\0' && point != NULL) {
        *point = ',';
        number = strtod(local, &end);
    }

    if (*end != '\0' || !(number - number == 0.0))
        return false;
    *value = number;

    return true;
}

bool spiral_fraction_parse(const char *text, double *value)
{
    const char *slash = strchr(text, '/');
    char above[64];
    double numerator;
    double denominator;

    if (slash == NULL)
        return spiral_number_parse(text, value);
    if ((size_t)(slash - text) >= sizeof above)
        return false;

    memcpy(above, text, (size_t)(slash - text));
    above[slash - text] = '\0';

    if (!spiral_number_parse(above, &numerator) || !spiral_number_parse(slash + 1, &denominator))
        return false;

    const double quotient = numerator / denominator;

    if (!(quotient - quotient == 0.0))
        return false;
    *value = quotient;

    return true;
}

bool spiral_whole_parse(const char *text, uint64_t *value)
{
    uint64_t number = 0;

    if (*text == '\0')
        return false;

    for (; *text != '\0'; text++) {
        const unsigned digit = (unsigned)(*text - '0');
        if (digit > 9 || number > (UINT64_MAX - digit) / 10)
            return false;
        number = 10 * number + digit;
    }

    *value = number;

    return true;
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
