/* SPDX-License-Identifier: MIT */
/* A fuzzer (libFuzzer) of one target of targets.def: CMake names its header, FUZZ_HEADER, and its
 * function, FUZZ_RUN. `tools/fuzz` builds and runs it. */
#include FUZZ_HEADER

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FUZZ_RUN(data, size);

    return 0;
}
