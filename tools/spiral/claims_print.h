/* SPDX-License-Identifier: MIT
 *
 * What `spiral claims` writes: a table to read, CSV, JSON.
 */
#ifndef SPIRAL_SPIRAL_CLAIMS_PRINT_H
#define SPIRAL_SPIRAL_CLAIMS_PRINT_H

#include <stdbool.h>
#include <stdio.h>

#include "tables/table.h"
#include "tools/claims/claims.h"

/* summaries: [event * claims + claim]. */
void spiral_claims_table(FILE *out, const struct spiral_claim_trial *trial,
                         const struct spiral_claim_summary *summaries, bool chinese);
/* The CSV: its origin and columns, which the caller clears; its rows, one for each event and
 * claim. */
void spiral_claims_describe(struct spiral_table *table, const struct spiral_claim_trial *trial);
void spiral_claims_csv(struct spiral_table *table, const struct spiral_claim_trial *trial,
                       const struct spiral_claim_summary *summaries);
/* SPIRAL_NO_MEMORY: nothing is written then. */
enum spiral_status spiral_claims_json(FILE *out, const struct spiral_claim_trial *trial,
                                      const struct spiral_claim_summary *summaries,
                                      struct spiral_error *error);

#endif
