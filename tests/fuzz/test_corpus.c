/* SPDX-License-Identifier: MIT */
/* Every target of the fuzzers over its files of the tree, whole and cut off, in every build and
 * without a fuzzer; and every cell of a store changed to what it should not be. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/fuzz/targets.h"

/* Runs the first `length` bytes, in a block of their own so that a sanitizer sees every read
 * beyond them. */
static void run_input(const struct fuzz_target *target, const uint8_t *bytes, size_t length)
{
    uint8_t *exact = malloc(length > 0 ? length : 1);

    assert_non_null(exact);
    memcpy(exact, bytes, length);
    target->run(exact, length);
    free(exact);
}

static void run_file(const struct fuzz_target *target, const char *path)
{
    enum { LONGEST = 1 << 20 };
    static uint8_t bytes[LONGEST];
    FILE *file = fopen(path, "rb");

    assert_non_null(file);

    const size_t length = fread(bytes, 1, LONGEST, file);

    fclose(file);
    run_input(target, bytes, length);
    for (int cut = 1; cut <= target->cuts; cut++)
        run_input(target, bytes, length * (size_t)cut / ((size_t)target->cuts + 1));
}

/* Runs the files of a row of the table; returns how many there are. */
static int run_folder(const struct fuzz_target *target)
{
    int files = 0;
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", SPIRAL_SOURCE_DIR, target->folder);

    DIR *directory = opendir(path);

    if (directory == NULL)
        fail_msg("%s is missing", path);

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const size_t length = strlen(entry->d_name);
        const size_t ending = strlen(target->suffix);

        if (entry->d_name[0] == '.' || length < ending ||
            strcmp(entry->d_name + length - ending, target->suffix) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", SPIRAL_SOURCE_DIR, target->folder, entry->d_name);
        run_file(target, path);
        files++;
    }

    closedir(directory);

    return files;
}

/* A broken promise aborts the suite: the line that was written last says which folder. */
static void test_folders(void **unused)
{
    (void)unused;

    for (size_t i = 0; i < FUZZ_TARGETS; i++) {
        fprintf(stderr, "%s: %s\n", fuzz_targets[i].name, fuzz_targets[i].folder);

        const struct fuzz_quiet quiet = fuzz_quiet_begin();
        const int files = run_folder(&fuzz_targets[i]);

        fuzz_quiet_end(quiet);
        assert_true(files > 0);
    }
}

#ifdef SPIRAL_WITH_TOOLS
/* Kinds of values (fuzz_bind_value()) that each cell gets: whole numbers that are too large and
 * below 0, a number beyond all ranges, a text, nothing. */
static void test_cells(void **unused)
{
    static const uint8_t values[][2] = {{0, 6}, {0, 2}, {1, 2}, {2, 3}, {3, 0}};
    (void)unused;

    for (size_t base = 0; base < FUZZ_BASES; base++) {
        const size_t columns = fuzz_store_base(base)->column_count;

        assert_in_range(columns, 30, FUZZ_MOST_COLUMNS - 1);

        for (size_t column = 0; column < columns; column++) {
            for (size_t value = 0; value < sizeof values / sizeof *values; value++) {
                const uint8_t input[1 + FUZZ_CHANGE] = {(uint8_t)base,
                                                        FUZZ_SET_CELL,
                                                        (uint8_t)(column / 256),
                                                        (uint8_t)(column % 256),
                                                        1,
                                                        values[value][0],
                                                        values[value][1]};
                fuzz_store(input, sizeof input);
            }

            const uint8_t row_away[1 + FUZZ_CHANGE] = {(uint8_t)base, FUZZ_DELETE_ROW,
                                                       (uint8_t)(column / 256),
                                                       (uint8_t)(column % 256), 0};
            fuzz_store(row_away, sizeof row_away);
        }
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders),
#ifdef SPIRAL_WITH_TOOLS
        cmocka_unit_test(test_cells),
#endif
    };

    return cmocka_run_group_tests_name("fuzz/corpus", tests, NULL, NULL);
}
