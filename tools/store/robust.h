/* SPDX-License-Identifier: MIT
 *
 * Robust choice in a store of its own (tables `robust*` of schema.sql): what was asked, the worlds,
 * and what each course was measured to be. The search itself is not kept: it goes the same way
 * again, and looks up what was measured before.
 */
#ifndef SPIRAL_STORE_ROBUST_H
#define SPIRAL_STORE_ROBUST_H

#include "tools/choice/robust.h"
#include "tools/store/store.h"

/* Makes a new store, complete or not at all. `constants` is the choice of constants in the user's
 * words (NULL: the default). SPIRAL_BAD_INPUT where the file exists; SPIRAL_IO. */
enum spiral_status spiral_store_robust_create(const char *path, const struct spiral_robust *robust,
                                              const char *constants, struct spiral_error *error);

/* Makes what an open store asks for, ready to run: *robust is to be cleared in any case.
 * SPIRAL_BAD_INPUT where it holds something else, is damaged, or this program would not give the
 * same results, because its version or its constants differ. */
enum spiral_status spiral_store_robust_load(struct spiral_store *store,
                                            struct spiral_robust *robust,
                                            struct spiral_error *error);

/* Lets a search use the store: `store` must stay open as long as it runs. */
void spiral_store_robust_attach(struct spiral_store *store, struct spiral_robust *robust);

#endif
