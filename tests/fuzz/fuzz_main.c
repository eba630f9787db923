/* SPDX-License-Identifier: MIT */
/* A fuzzer (libFuzzer) of one target of targets.def, which FUZZ_TARGET names: `tools/fuzz` builds
 * and runs it. */
#include "tests/fuzz/targets.h"

#define FUZZ_STRING_OF(name) #name
#define FUZZ_STRING(name) FUZZ_STRING_OF(name)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fuzz_target *target;

    for (size_t i = 0; target == NULL && i < FUZZ_TARGETS; i++)
        if (strcmp(fuzz_targets[i].name, FUZZ_STRING(FUZZ_TARGET)) == 0)
            target = &fuzz_targets[i];

    fuzz_require(target != NULL);
    target->run(data, size);

    return 0;
}
