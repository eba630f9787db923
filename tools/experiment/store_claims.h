/* SPDX-License-Identifier: MIT
 *
 * A trial of claims as an SQLite file, for whoever wants to look further: tables `claim` (a row a claim and event, with its summary), `claim_arm`
 * (which arms it contrasts), `claim_point` (a row a claim, event and point), `claim_risk` (runs that came to the event, by arm and point) and
 * `claim_value` (the point's value of each parameter).
 */
#ifndef SPIRAL_STORE_CLAIMS_H
#define SPIRAL_STORE_CLAIMS_H

#include "tools/experiment/claims.h"

/* Writes a new file, whole or not at all. summaries: [event * claims + claim]. SPIRAL_BAD_INPUT where there is a file of that name; SPIRAL_IO. */
enum spiral_status spiral_store_claims(const char *path, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries,
                                       struct spiral_error *error);

/* Whether a file of that name can be begun: SPIRAL_BAD_INPUT where there is one already. */
enum spiral_status spiral_store_claims_check(const char *path, struct spiral_error *error);

#endif
