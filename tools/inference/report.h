/* SPDX-License-Identifier: MIT
 *
 * A posterior from a panel as text, JSON, and a table of sets.
 */
#ifndef SPIRAL_INFERENCE_REPORT_H
#define SPIRAL_INFERENCE_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "tools/inference/inference.h"

/* Writes everything that decides a posterior of so many sampled sets, a line for each thing: what a
 * store is of. */
void spiral_inference_describe(const struct spiral_inference *inference, size_t samples, FILE *out);

/* The training, and a line for each constant: prior, quantiles, and how much narrower it became. */
void spiral_inference_print(const struct spiral_inference *inference,
                            const struct spiral_inference_sample *sample, FILE *out);

/* The same. The caller drops the reference; NULL where there is no memory. */
json_t *spiral_inference_json(const struct spiral_inference *inference,
                              const struct spiral_inference_sample *sample);

/* Writes `sets` sets, evenly spaced through the sample, as CSV that `--constants` takes: lines that
 * begin with # say where they come from, then the names, then a line for each set. The
 * first N of them are spread evenly over the sample, for any N. */
void spiral_inference_write_sets(const struct spiral_inference *inference,
                                 const struct spiral_inference_sample *sample, size_t sets,
                                 FILE *out);

#endif
