/* SPDX-License-Identifier: MIT */
/* A page that is too small for a figure is refused with the least size that is not. */
#include "tests/support/command.h"

/* The size that a refusal names is drawn; the one before it was not, and left no file. */
static void check_kind(const char *figure, const char *page)
{
    char arguments[300];
    double width;
    double height;

    snprintf(arguments, sizeof arguments, "chart %s %s --runs 16 --out x.png", figure, page);
    expect(arguments, 2, "has no room for the figure");
    assert_int_not_equal(access(at("x.png"), F_OK), 0);

    const char *least = strstr(printed, "--size");

    assert_non_null(least);
    assert_int_equal(sscanf(least, "--size %lfx%lf", &width, &height), 2);
    assert_true(width > 200.0 && height > 200.0);

    const char *scale = strstr(page, "--scale");

    snprintf(arguments, sizeof arguments, "chart %s --size %gx%g %s --runs 16 --out x.png", figure,
             width, height, scale != NULL ? scale : "");
    expect(arguments, 0, "");
    assert_int_equal(access(at("x.png"), F_OK), 0);
    assert_int_equal(unlink(at("x.png")), 0);
}

static void test_small_pages(void **state)
{
    (void)state;
    check_kind("timeline north", "--size 200x200");
    check_kind("timeline north", "--size 900x200 --scale 1.5");
}

static void test_large_letters(void **state)
{
    (void)state;
    check_kind("timeline north", "--scale 8");
    expect("chart timeline north --size 16000x400 --scale 8 --runs 16 --out y.png", 2,
           "no page of the shape of 16000x400 has room");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_pages),
        cmocka_unit_test(test_large_letters),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
