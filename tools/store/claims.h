/* SPDX-License-Identifier: MIT
 *
 * A trial of claims in a store of its own (tables `claim*`; docs/experiments.md lists them). A
 * point is committed in one transaction, so that a process that is killed loses the points in
 * hand and nothing else. Nothing in it depends on threads, interruptions, host or time.
 */
#ifndef SPIRAL_STORE_CLAIMS_H
#define SPIRAL_STORE_CLAIMS_H

#include "tools/claims/claims.h"
#include "tools/store/store.h"

/* Makes a new store with the trial's claims and points, nothing done, whole or not at all.
 * SPIRAL_BAD_INPUT where the file is there already; SPIRAL_IO. */
enum spiral_status spiral_store_claims_create(const char *path,
                                              const struct spiral_claim_trial *trial,
                                              struct spiral_error *error);

/* Makes the trial that an open store holds, as far as it is done. SPIRAL_BAD_INPUT: no claims
 * are in it, it is damaged, or this program would not give the same results: another version,
 * other constants, another space. The trial is to be cleared in any case. */
enum spiral_status spiral_store_claims_load(struct spiral_store *store,
                                            struct spiral_claim_trial *trial,
                                            struct spiral_error *error);

/* Adds a point; `store` is a struct spiral_store, opened for writing: what spiral_claims_try()
 * calls. SPIRAL_IO. */
enum spiral_status spiral_store_claims_keep(void *store, const struct spiral_claim_trial *trial,
                                            size_t point, struct spiral_error *error);

/* Writes the summaries, [event * claims + claim], over those that are there. SPIRAL_IO. */
enum spiral_status spiral_store_claims_end(struct spiral_store *store,
                                           const struct spiral_claim_trial *trial,
                                           const struct spiral_claim_summary *summaries,
                                           struct spiral_error *error);

#endif
