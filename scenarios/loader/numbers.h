/* SPDX-License-Identifier: MIT
 *
 * Numbers as files and command lines write them, read strictly and without regard to the locale.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_NUMBERS_H
#define SPIRAL_SCENARIOS_LOADER_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

/* Each returns false where the text is anything else than such a number in full; `value` is then
 * unchanged. */

/* Decimal form: sign, digits, point, exponent. No hexadecimal, infinity, NaN or blank. */
bool spiral_number_parse(const char *text, double *value);
/* The same, or a fraction of two such numbers: 1/24. */
bool spiral_fraction_parse(const char *text, double *value);
/* Digits alone; at most 18446744073709551615. */
bool spiral_whole_parse(const char *text, uint64_t *value);

#endif
