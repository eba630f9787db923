/* SPDX-License-Identifier: MIT
 *
 * What `spiral claims` writes: a table to read, CSV, JSON.
 */
#ifndef SPIRAL_SPIRAL_CLAIMS_PRINT_H
#define SPIRAL_SPIRAL_CLAIMS_PRINT_H

#include <stdbool.h>
#include <stdio.h>

#include "tools/claims/claims.h"

/* summaries: [event * claims + claim]. */
void spiral_claims_table(FILE *out, const struct spiral_claim_trial *trial,
                         const struct spiral_claim_summary *summaries, bool chinese);
void spiral_claims_csv(FILE *out, const struct spiral_claim_trial *trial,
                       const struct spiral_claim_summary *summaries);
/* False where there is no memory. */
bool spiral_claims_json(FILE *out, const struct spiral_claim_trial *trial,
                        const struct spiral_claim_summary *summaries);

#endif
