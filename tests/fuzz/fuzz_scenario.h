/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_SCENARIO_H
#define FUZZ_SCENARIO_H

#include <stddef.h>
#include <stdint.h>

/* Loads a text of `size` bytes, and runs a little of what loads; aborts where the loader breaks a promise. libFuzzer gives the name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
