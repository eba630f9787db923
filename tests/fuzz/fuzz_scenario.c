/* SPDX-License-Identifier: MIT */
/* A libFuzzer entry for scenario files: loads a text; what loads is compiled and runs three
 * steps. From the root of the tree:
 *
 *   clang -std=gnu17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
 *   -fopenmp-simd -ffp-contract=off -I. \
 *       tests/fuzz/fuzz_scenario.c $(find scenarios/loader sim -name "*.c") -lyaml -o
 *       /tmp/fuzz_scenario
 *   mkdir -p /tmp/corpus && cp $(find scenarios tests/scenarios -name "*.yaml") /tmp/corpus
 *   /tmp/fuzz_scenario -max_total_time=90 -timeout=10 -max_len=20000 /tmp/corpus
 *
 * tests/fuzz/test_corpus.c runs the same function over the files of the tree. */
#include "tests/fuzz/fuzz_scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_scenario(data, size);
    return 0;
}
