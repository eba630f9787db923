/* SPDX-License-Identifier: MIT
 *
 * A trial of claims in a store of its own (tables `claim*` of schema.sql). A point is committed in
 * one transaction, so that a process that is killed loses only the points that it was trying.
 * Nothing in it depends on threads, interruptions, host or time.
 */
#ifndef SPIRAL_STORE_CLAIMS_H
#define SPIRAL_STORE_CLAIMS_H

#include "tools/claims/claims.h"
#include "tools/store/store.h"

/* Makes a new store with the trial's claims and points, none of them done, complete or not at all.
 * SPIRAL_BAD_INPUT where the file exists; SPIRAL_IO. */
enum spiral_status spiral_store_claims_create(const char *path,
                                              const struct spiral_claim_trial *trial,
                                              struct spiral_error *error);

/* Makes the trial that an open store holds, as far as it is done. SPIRAL_BAD_INPUT where it holds
 * no claims, is damaged, or this program would not give the same results, because its version, its
 * constants or its space differ. The trial is to be cleared in any case. */
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
