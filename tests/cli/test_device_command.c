/* SPDX-License-Identifier: MIT */
/* --device: the bytes that the processor's runs give, from a device, without one, and
 * with kept programs that are damaged. The device is any of OpenCL; without one, the first test
 * tells nothing that the second does not. */
#include "tests/support/command.h"

#include <dirent.h>

#define ENSEMBLE "run north --runs 150 --json --what-if SML:limited_balance@2002 "

/* The text of a file in the suite's folder; the caller frees it. */
static char *text_of(const char *name)
{
    FILE *file = fopen(at(name), "rb");
    char *text = calloc(1, 1 << 22);

    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 22) - 1, file) > 0);
    fclose(file);

    return text;
}

static void check_same(const char *one, const char *other)
{
    char *first = text_of(one);
    char *second = text_of(other);

    assert_string_equal(first, second);
    free(first);
    free(second);
}

static int begin(void **state)
{
    return make_folder(state) == 0 && setenv("XDG_CACHE_HOME", at("cache"), 1) == 0
               ? spiral(ENSEMBLE "--out cpu.json")
               : -1;
}

static void test_device(void **unused)
{
    (void)unused;
    assert_int_equal(spiral(ENSEMBLE "--device gpu --out gpu.json"), 0);
    check_same("cpu.json", "gpu.json");
}

/* Other commands whose ensembles may be a device's print the same with --device and without. */
static void test_other_commands(void **unused)
{
    (void)unused;
    static const char *const commands[] = {
        "compare north --runs 40 --json",
        "why north --runs 40 --subsets 0 --json",
        "panel table.csv --runs 40 --json --quiet",
    };

    assert_int_equal(spiral("panel --synthetic 1 --out table.csv"), 0);

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char with_device[200];

        assert_int_equal(spiral(commands[i]), 0);

        char *alone = strdup(printed);

        /* Without OpenCL a line on stderr comes first. */
        assert_non_null(alone);
        snprintf(with_device, sizeof with_device, "%s --device gpu", commands[i]);
        expect(with_device, 0, alone);
        free(alone);
    }
}

/* OpenCL finds its devices by the files of a folder: of an empty one, none. */
static void test_without_device(void **unused)
{
    (void)unused;
    setenv("OCL_ICD_VENDORS", folder, 1);

    assert_int_equal(spiral(ENSEMBLE "--device gpu --out none.json"), 0);
    assert_non_null(strstr(printed, "there is no OpenCL"));
    assert_non_null(strstr(printed, "; running on the processor\n"));
    check_same("cpu.json", "none.json");

    assert_int_equal(spiral(ENSEMBLE "--device auto --out none.json"), 0);
    assert_non_null(strstr(printed, "; running on the processor\n"));
    check_same("cpu.json", "none.json");

    unsetenv("OCL_ICD_VENDORS");
}

/* Writes over all kept programs; how many there were. */
static int damage_kept(void)
{
    char path[800];
    DIR *kept = opendir(at("cache/spiral"));
    int count = 0;

    for (struct dirent *entry; kept != NULL && (entry = readdir(kept)) != NULL;) {
        if (strstr(entry->d_name, ".kernel") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", at("cache/spiral"), entry->d_name);

        FILE *file = fopen(path, "r+b");

        assert_non_null(file);
        assert_true(fputs("not a program", file) >= 0);
        fclose(file);
        count++;
    }

    if (kept != NULL)
        closedir(kept);

    return count;
}

static void test_damaged_program(void **unused)
{
    (void)unused;
    if (damage_kept() == 0)
        skip(); /* nothing was kept: there is no device */

    assert_int_equal(spiral(ENSEMBLE "--device gpu --out again.json"), 0);
    check_same("cpu.json", "again.json");
    assert_null(strstr(printed, "running on the processor"));
}

static void test_bad_word(void **unused)
{
    (void)unused;
    assert_int_equal(spiral("run north --device gpx"), 2);
    assert_non_null(strstr(printed, "gpu"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_device),         cmocka_unit_test(test_other_commands),
        cmocka_unit_test(test_without_device), cmocka_unit_test(test_damaged_program),
        cmocka_unit_test(test_bad_word),
    };

    return cmocka_run_group_tests(tests, begin, drop_folder);
}
