/* SPDX-License-Identifier: MIT */
/* Every file of tests/experiment/malformed is refused with exactly the text that stands beside
 * it, and leaves no experiment behind. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/experiment/experiment.h"

enum { LEAST_CASES = 40 };

/* A file whole, with a NUL after it. */
static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);

    if (file == NULL)
        fail_msg("%s is missing", path);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1, file) < (1 << 16) - 1);
    fclose(file);

    return text;
}

static void check_case(const char *name)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_experiment experiment;
    char path[400];
    char *found = NULL;
    size_t size = 0;

    snprintf(path, sizeof path, "malformed/%s.yaml", name);

    char *text = read_whole(path);

    snprintf(path, sizeof path, "malformed/%s.expected", name);

    char *expected = read_whole(path);

    snprintf(path, sizeof path, "%s.yaml", name);
    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_experiment_load_text(&experiment, text, strlen(text), path, NULL, &diagnostics);
    FILE *memory = open_memstream(&found, &size);

    spiral_diagnostics_print(&diagnostics, memory);
    fclose(memory);
    if (status != SPIRAL_BAD_INPUT || strcmp(found, expected) != 0)
        fail_msg("%s: %s\nexpected:\n%sfound:\n%s", name, spiral_status_text(status), expected,
                 found);
    assert_true(experiment.case_count == 0 && experiment.cases == NULL && experiment.axes == NULL &&
                experiment.settings == NULL);
    spiral_experiment_clear(&experiment);
    free(found);
    free(expected);
    free(text);
}

static void test_every_mistake_is_named(void **unused)
{
    (void)unused;
    int cases = 0;
    DIR *directory = opendir("malformed");

    assert_non_null(directory);

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *suffix = strstr(entry->d_name, ".yaml");
        char name[256];
        if (suffix == NULL)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(suffix - entry->d_name), entry->d_name);
        check_case(name);
        cases++;
    }

    closedir(directory);
    assert_true(cases >= LEAST_CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mistake_is_named),
    };

    if (chdir(SPIRAL_SOURCE_DIR "/tests/experiment") != 0 ||
        setenv("SPIRAL_SCENARIOS", "cases", 1) != 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
