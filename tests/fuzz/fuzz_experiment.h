/* SPDX-License-Identifier: MIT
 *
 * The target of experiment files: what loads is written as canonical text, which loads again and
 * is written the same.
 */
#ifndef SPIRAL_TEST_FUZZ_EXPERIMENT_H
#define SPIRAL_TEST_FUZZ_EXPERIMENT_H

#include "tests/fuzz/fuzz.h"
#include "tools/experiment/experiment.h"

static inline char *fuzz_canonical_text(const struct spiral_experiment *experiment, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    fuzz_require(out != NULL);
    spiral_experiment_write(experiment, out);
    fuzz_require(fclose(out) == 0);

    return text;
}

static inline void fuzz_experiment(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_experiment experiment;

    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 0);
    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_experiment_load_text(&experiment, (const char *)data, size, "input", NULL,
                                    &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);

    if (status == SPIRAL_OK) {
        struct spiral_experiment again;
        size_t length = 0;
        size_t length_again = 0;
        char *text = fuzz_canonical_text(&experiment, &length);

        spiral_diagnostics_init(&diagnostics);
        fuzz_require(spiral_experiment_load_text(&again, text, length, "canonical", NULL,
                                                 &diagnostics) == SPIRAL_OK);

        char *text_again = fuzz_canonical_text(&again, &length_again);

        fuzz_require(length == length_again && memcmp(text, text_again, length) == 0);
        free(text);
        free(text_again);
        spiral_experiment_clear(&again);
    }

    spiral_experiment_clear(&experiment);
}

#endif
