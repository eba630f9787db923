/* SPDX-License-Identifier: MIT
 *
 * The target of lesson files.
 */
#ifndef SPIRAL_TEST_FUZZ_LESSON_H
#define SPIRAL_TEST_FUZZ_LESSON_H

#include <glob.h>
#include <sys/stat.h>

#include "scenarios/loader/lesson.h"
#include "tests/fuzz/fuzz.h"

/* Lessons name their cases as seen from their own folder, as ../ukraine.yaml: links to the cases of
 * the tree are above that of the input. */
static inline void fuzz_link_cases(void)
{
    static bool linked;
    glob_t cases;

    if (linked)
        return;

    fuzz_require(mkdir(fuzz_path("lessons"), 0700) == 0);
    fuzz_require(glob(SPIRAL_SOURCE_DIR "/scenarios/*.yaml", 0, NULL, &cases) == 0);
    for (size_t i = 0; i < cases.gl_pathc; i++)
        fuzz_require(symlink(cases.gl_pathv[i], fuzz_path(strrchr(cases.gl_pathv[i], '/') + 1)) ==
                     0);
    globfree(&cases);
    linked = true;
}

static inline void fuzz_lesson(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_lesson lesson;

    fuzz_link_cases();

    const char *path = fuzz_file("lessons/input", data, size);

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status = spiral_lesson_load(&lesson, path, &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);

    /* Every text of a lesson is scanned for the names of measures. */
    for (size_t i = 0; i < lesson.step_count; i++) {
        const struct spiral_text *reveal = &lesson.steps[i].reveal;
        char name[SPIRAL_LESSON_NAME];

        for (size_t language = 0; language < reveal->count; language++)
            for (const char *at = reveal->items[language].text;
                 spiral_lesson_placeholder(&at, name) != NULL;)
                fuzz_require(strlen(name) < sizeof name);
    }

    spiral_lesson_clear(&lesson);
}

#endif
