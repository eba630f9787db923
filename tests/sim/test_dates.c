/* SPDX-License-Identifier: MIT */
/* Dates: what is one, what is none, months as exact twelfths, the way back to text, and counting
 * steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"

static double parsed(const char *text)
{
    double year = -1.0;
    if (!spiral_date_parse(text, &year))
        fail_msg("'%s' is a date", text);
    return year;
}

/* Bit for bit: the loader, sweeps and the plan must find the same instant. */
static void assert_same(double a, double b) { assert_memory_equal(&a, &b, sizeof a); }

static void test_years(void **unused)
{
    (void)unused;
    assert_same(parsed("1990"), 1990.0);
    assert_same(parsed("0001"), 1.0);
    assert_same(parsed("9999"), 9999.0);
    assert_same(parsed("1990-01"), 1990.0);
    assert_same(parsed("1990-01-01"), 1990.0);
}

static void test_a_month_is_exactly_a_twelfth(void **unused)
{
    (void)unused;
    char text[40];

    for (int month = 1; month <= 12; month++) {
        snprintf(text, sizeof text, "2004-%02d", month);
        assert_same(parsed(text), 2004.0 + (double)(month - 1) / 12.0);
        snprintf(text, sizeof text, "2004-%02d-01", month);
        assert_same(parsed(text), 2004.0 + (double)(month - 1) / 12.0);
    }
}

static void test_a_day_is_its_share_of_its_month(void **unused)
{
    (void)unused;
    assert_near(parsed("2004-02-15"), 2004.0 + (1.0 + 14.0 / 29.0) / 12.0);
    assert_near(parsed("2003-02-15"), 2003.0 + (1.0 + 14.0 / 28.0) / 12.0);
    assert_near(parsed("2014-03-18"), 2014.0 + (2.0 + 17.0 / 31.0) / 12.0);
    assert_near(parsed("2022-11-30"), 2022.0 + (10.0 + 29.0 / 30.0) / 12.0);
    assert_near(parsed("1999-12-31"), 2000.0 - 1.0 / 31.0 / 12.0);
}

/* The calendar of the C library's books, leap years by the Gregorian rule: each day is later
 * than the last, and there is none more. */
static void test_every_day_of_a_calendar(void **unused)
{
    (void)unused;
    static const struct {
        int year, february;
    } years[] = {{1900, 28}, {1999, 28}, {2000, 29}, {2003, 28}, {2004, 29}, {2100, 28}};

    static const int days[] = {31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    for (size_t y = 0; y < sizeof years / sizeof *years; y++) {
        double last = (double)years[y].year - 1e-9;
        double now;
        char text[40];

        for (int month = 1; month <= 12; month++)
            for (int day = 0; day <= 32; day++) {
                const int length = month == 2 ? years[y].february : days[month - 1];
                snprintf(text, sizeof text, "%04d-%02d-%02d", years[y].year, month, day);
                if (spiral_date_parse(text, &now) != (day >= 1 && day <= length))
                    fail_msg("%s", text);
                if (day < 1 || day > length)
                    continue;
                assert_true(now > last && now < (double)years[y].year + 1.0);
                last = now;
            }
    }
}

static void test_what_is_no_date(void **unused)
{
    (void)unused;
    static const char *const none[] = {
        "",           "2",           "204",         "20041",
        "abcd",       "2004-",       "2004-2",      "2004-13",
        "2004-00",    "2004-1x",     "2004-x1",     "2004-111",
        "2004-02-",   "2004-02-1",   "2004-02-30",  "2003-02-29",
        "1900-02-29", "2004-04-31",  "2004-06-31",  "2004-09-31",
        "2004-11-31", "2004-01-00",  "2004-01-32",  "2004-01-011",
        "2004-1-1",   "2004/01",     "2004.5",      " 2004",
        "2004 ",      "2004-01 ",    "2004-01-01 ", "+204",
        "-2004",      "-204",        "2004-+1",     "2004--1",
        "0x7d",       "2004-01-01T", "2004-01-01-", "2004-01-01Z",
        "1e03",       "2004\n",      "2004-01\t",   "２００４",
        "200４",
    };

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        double year;
        if (spiral_date_parse(none[i], &year))
            fail_msg("'%s' is not a date", none[i]);
    }
}

/* --- the way back ----------------------------------------------------------------------------- */

static void test_every_month_comes_back(void **unused)
{
    (void)unused;
    char text[40];
    char back[12];

    for (int year = 0; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            snprintf(text, sizeof text, "%04d-%02d", year, month);
            spiral_date_format(parsed(text), back);
            if (strcmp(text, back) != 0)
                fail_msg("%s comes back as %s", text, back);
        }
}

static void test_a_day_is_written_as_its_month(void **unused)
{
    (void)unused;
    static const char *const days[] = {"2004-02-29", "2014-03-18", "1999-12-31", "2000-01-01",
                                       "1991-08-24"};
    char back[12];

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        spiral_date_format(parsed(days[i]), back);
        assert_int_equal(strlen(back), 7);
        assert_memory_equal(back, days[i], 7);
    }
}

static void test_tolerance_of_writing(void **unused)
{
    (void)unused;
    char text[40];

    spiral_date_format(2008.25 - 0.5e-6, text);
    assert_string_equal(text, "2008-04"); /* within a millionth of a year */
    spiral_date_format(2008.25 - 2e-6, text);
    assert_string_equal(text, "2008-03");
    spiral_date_format(2008.0 - 0.5e-6, text);
    assert_string_equal(text, "2008-01"); /* into the next year */

    double date = 1990.0;

    for (int month = 0; month < 1200;
         month++) /* months added up one by one, with all their rounding */
        date += 1.0 / 12.0;

    spiral_date_format(date, text);
    assert_string_equal(text, "2090-01");
}

/* --- steps ------------------------------------------------------------------------------------ */

static void test_whole_steps(void **unused)
{
    (void)unused;
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 1.0 / 12.0), 360);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 1.0), 30);
    assert_int_equal(spiral_step_count(1990.0, 1991.0, 1.0 / 365.0), 365);
    assert_int_equal(spiral_step_count(1990.0, 1990.0 + 1.0 / 12.0, 1.0 / 12.0), 1);
    assert_int_equal(spiral_step_count(parsed("1991-12"), parsed("2022-12"), 1.0 / 12.0), 372);
    assert_int_equal(spiral_step_count(parsed("1948-04"), parsed("2022-11"), 1.0 / 12.0), 895);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 0.25 + 1e-10),
                     120); /* off by 5e-8 of a step */
}

static void test_steps_that_are_not_whole(void **unused)
{
    (void)unused;
    const double nan = __builtin_nan("");
    const double infinity = __builtin_inf();

    assert_int_equal(spiral_step_count(1990.0, 1990.5, 1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 0.7), -1);
    assert_int_equal(spiral_step_count(1990.0, 1991.0 + 3e-6, 1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, parsed("1990-01-16"), 1.0 / 12.0), -1);
    assert_int_equal(spiral_step_count(2020.0, 1990.0, 1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, -1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 0.0), -1);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, 1e-300), -1);
    assert_int_equal(spiral_step_count(nan, 2020.0, 1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, infinity, 1.0), -1);
    assert_int_equal(spiral_step_count(1990.0, 2020.0, nan), -1);
}

/* The shortest text that means a date, and whether it means it exactly. */
static void test_writing(void **unused)
{
    (void)unused;
    static const char *const exact[] = {"1990", "2004-12", "2000-02-29", "1999-12-31",
                                        "2014-03-18"};
    char text[12];

    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        assert_true(spiral_date_write(parsed(exact[i]), text));
        assert_string_equal(text, exact[i]);
    }

    assert_false(spiral_date_write(parsed("2004-12") + 1e-4, text));
    assert_string_equal(text, "2004-12");
    assert_false(spiral_date_write(parsed("2005") - 1e-4, text));
    assert_string_equal(text, "2005");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_a_month_is_exactly_a_twelfth),
        cmocka_unit_test(test_a_day_is_its_share_of_its_month),
        cmocka_unit_test(test_every_day_of_a_calendar),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_every_month_comes_back),
        cmocka_unit_test(test_a_day_is_written_as_its_month),
        cmocka_unit_test(test_tolerance_of_writing),
        cmocka_unit_test(test_whole_steps),
        cmocka_unit_test(test_steps_that_are_not_whole),
    };

    return cmocka_run_group_tests_name("sim/dates", tests, NULL, NULL);
}
