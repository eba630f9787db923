/* SPDX-License-Identifier: MIT
 *
 * A posterior from a panel in a store of its own (tables `inference*` of schema.sql): the request,
 * and the model's outputs at every set of constants, each committed as soon as it was run. The
 * store has the hash of the panel, not the panel itself. Everything except host and times is a
 * function of the request.
 */
#ifndef SPIRAL_STORE_INFERENCE_H
#define SPIRAL_STORE_INFERENCE_H

#include "tools/inference/inference.h"
#include "tools/store/store.h"

/* Opens the store of a request (its text: spiral_inference_describe()), or makes a new one where
 * there is no file. SPIRAL_BAD_INPUT where the file is no such store, or one of another request:
 * the message has the first line that differs; SPIRAL_IO. The caller closes the store in any case.
 */
enum spiral_status spiral_inference_store_open(struct spiral_store **store, const char *path,
                                               const char *text, struct spiral_error *error);

/* Keeps the evaluations of an inference in a store, which must stay open. */
struct spiral_inference_keeper spiral_inference_store_keeper(struct spiral_store *store);

/* Notes the time at which the posterior was finished. */
enum spiral_status spiral_inference_store_end(struct spiral_store *store,
                                              struct spiral_error *error);

#endif
