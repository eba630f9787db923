/* SPDX-License-Identifier: MIT
 *
 * Numbers as text, read and written without regard to the locale.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_NUMBERS_H
#define SPIRAL_SCENARIOS_LOADER_YAML_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

/* Each reads a number of at most 63 bytes with nothing around it. Where `text` is not one, returns
 * false; *value is then unchanged. */

/* A finite number in YAML's decimal form: sign, digits, point, exponent. */
bool spiral_number_parse(const char *text, double *value);
/* The same, or a fraction of two such numbers: 1/24. */
bool spiral_fraction_parse(const char *text, double *value);
/* Digits alone; at most 18446744073709551615. */
bool spiral_whole_parse(const char *text, uint64_t *value);

/* Writes a finite number in the fewest digits (1 to 17) that read back as the same number, with a
 * decimal point. */
void spiral_number_write(double number, char text[32]);

#endif
