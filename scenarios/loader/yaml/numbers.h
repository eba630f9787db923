/* SPDX-License-Identifier: MIT
 *
 * Numbers as text, read and written without regard to the locale.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_NUMBERS_H
#define SPIRAL_SCENARIOS_LOADER_YAML_NUMBERS_H

#include <stdbool.h>

/* Reads a finite number in YAML's decimal form (sign, digits, point, exponent), at most 63 bytes
 * long and with nothing else around it. Where `text` is not one, returns false; *value is then
 * undefined. */
bool spiral_number_parse(const char *text, double *value);

/* Writes a finite number in the fewest digits (1 to 17) that read back as the same number, with a
 * decimal point. */
void spiral_number_write(double number, char text[32]);

#endif
