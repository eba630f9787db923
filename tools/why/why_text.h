/* SPDX-License-Identifier: MIT
 *
 * Accounts of why and gains as text and JSON. What they are is in why.h and gain.h, which know
 * neither.
 */
#ifndef SPIRAL_WHY_WHY_TEXT_H
#define SPIRAL_WHY_WHY_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "why/gain.h"
#include "why/why.h"

/* The account as text of at most 80 columns, with the `most` acts that changed the risk most. */
void spiral_why_print(const struct spiral_why *why, size_t most, FILE *out);

/* The account as a JSON object, with all acts by date. The caller drops the reference. NULL where
 * memory is lacking. */
json_t *spiral_why_json(const struct spiral_why *why);

/* The gains as a table of at most 80 columns, and as a JSON array (NULL where memory is lacking;
 * the caller drops the reference). */
void spiral_gains_print(const struct spiral_gains *gains, FILE *out);
json_t *spiral_gains_json(const struct spiral_gains *gains);

#endif
