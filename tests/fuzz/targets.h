/* SPDX-License-Identifier: MIT
 *
 * The targets that this build has, as a table: one entry a row of targets.def.
 */
#ifndef SPIRAL_TEST_FUZZ_TARGETS_H
#define SPIRAL_TEST_FUZZ_TARGETS_H

#include "tests/fuzz/fuzz_branch.h"
#include "tests/fuzz/fuzz_lesson.h"
#include "tests/fuzz/fuzz_scenario.h"
#ifdef SPIRAL_WITH_TOOLS
#include "tests/fuzz/fuzz_command.h"
#include "tests/fuzz/fuzz_experiment.h"
#include "tests/fuzz/fuzz_list.h"
#include "tests/fuzz/fuzz_panel.h"
#include "tests/fuzz/fuzz_store.h"
#endif
#ifdef SPIRAL_WITH_RENDER
#include "tests/fuzz/fuzz_play.h"
#include "tests/fuzz/fuzz_session.h"
#endif

/* FUZZ_IF_part(what): `what` where the build has the part. */
#define FUZZ_IF_SCENARIOS(...) __VA_ARGS__
#ifdef SPIRAL_WITH_TOOLS
#define FUZZ_IF_TOOLS(...) __VA_ARGS__
#else
#define FUZZ_IF_TOOLS(...)
#endif
#ifdef SPIRAL_WITH_RENDER
#define FUZZ_IF_RENDER(...) __VA_ARGS__
#else
#define FUZZ_IF_RENDER(...)
#endif

struct fuzz_target {
    const char *name;
    void (*run)(const uint8_t *data, size_t size);
    size_t longest;
    const char *folder; /* of its files, as seen from the root of the tree */
    const char *suffix; /* of their names */
    int cuts;
};

static const struct fuzz_target fuzz_targets[] = {
#define SPIRAL_FUZZ_TARGET(name, needs, longest, words, folder, suffix, cuts) \
    FUZZ_IF_##needs({#name, fuzz_##name, longest, folder, suffix, cuts}, )
#include "tests/fuzz/targets.def"
};

enum { FUZZ_TARGETS = sizeof fuzz_targets / sizeof *fuzz_targets };

#endif
