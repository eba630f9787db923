/* SPDX-License-Identifier: MIT */
/* The fuzzer's function over every scenario file of the tree, whole and cut off, as plain tests:
 * in every build, without a fuzzer. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fuzz/fuzz_scenario.h"

/* Runs the first `length` bytes, in a block of their own so that a sanitizer sees every read
 * beyond them. */
static void run_text(const uint8_t *text, size_t length)
{
    uint8_t *exact = malloc(length > 0 ? length : 1);
    assert_non_null(exact);
    memcpy(exact, text, length);
    fuzz_scenario(exact, length);
    free(exact);
}

static void run_file(const char *path, int cuts)
{
    enum { LONGEST = 1 << 20 };
    static uint8_t text[LONGEST];
    FILE *file = fopen(path, "rb");

    assert_non_null(file);

    const size_t length = fread(text, 1, LONGEST, file);

    fclose(file);
    run_text(text, length);
    for (int cut = 1; cut <= cuts; cut++)
        run_text(text, length * (size_t)cut / ((size_t)cuts + 1));
}

static int run_folder(const char *folder, int cuts)
{
    int files = 0;
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", SPIRAL_SOURCE_DIR, folder);

    DIR *directory = opendir(path);

    assert_non_null(directory);

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *suffix = strstr(entry->d_name, ".yaml");
        if (suffix == NULL || suffix[5] != '\0')
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", SPIRAL_SOURCE_DIR, folder, entry->d_name);
        run_file(path, cuts);
        files++;
    }

    closedir(directory);

    return files;
}

static void test_malformed_files(void **unused)
{
    (void)unused;
    assert_true(run_folder("tests/scenarios/malformed", 3) >= 50);
}

static void test_valid_files(void **unused)
{
    (void)unused;
    assert_true(run_folder("tests/scenarios/valid", 40) >= 1);
}

static void test_cases(void **unused)
{
    (void)unused;
    assert_true(run_folder("scenarios", 10) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_malformed_files),
        cmocka_unit_test(test_valid_files),
        cmocka_unit_test(test_cases),
    };

    return cmocka_run_group_tests_name("fuzz/corpus", tests, NULL, NULL);
}
