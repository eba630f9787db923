/* SPDX-License-Identifier: MIT
 *
 * Ticks, scales, contours and colours against what defines them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "render/chart/panel.h"
#include "sim/random.h"
#include "tests/support/build_scenario.h"

static void assert_labels(const struct spiral_ticks *ticks, int count, const char *const *labels)
{
    assert_int_equal(ticks->count, count);
    for (int i = 0; i < count; i++)
        assert_string_equal(ticks->label[i], labels[i]);
}

static void ticks_are_round_numbers(void **state)
{
    (void)state;
    const struct spiral_ticks index = spiral_ticks_linear(0.0, 100.0, 6);
    const struct spiral_ticks share = spiral_ticks_percent(0.0, 0.1, 4);
    const struct spiral_ticks small = spiral_ticks_linear(-0.25, 0.3, 5);

    assert_labels(&index, 6, (const char *const[]){"0", "20", "40", "60", "80", "100"});
    assert_labels(&share, 3, (const char *const[]){"0 %", "5 %", "10 %"});
    assert_labels(&small, 3, (const char *const[]){"\u22120.2", "0", "0.2"});

    const struct spiral_ticks log_ticks = spiral_ticks_log(1.0, 1000.0, 12);
    const struct spiral_ticks coarse = spiral_ticks_log(0.001, 1000.0, 8);

    assert_labels(&log_ticks, 10,
                  (const char *const[]){"1", "2", "5", "10", "20", "50", "100", "200", "500",
                                        "1000"});
    assert_int_equal(coarse.count, 7);
}

/* Calendar years are whole, at steps of 1, 2, 5, 10, 20, 50, 100, and never more than asked for. */
static void years_are_sane(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(1, 1);

    for (int trial = 0; trial < 2000; trial++) {
        const double low = 1900.0 + 100.0 * spiral_uniform(spiral_random_next(&random));
        const double span = 2.0 + 200.0 * spiral_uniform(spiral_random_next(&random));
        const int most = 2 + (int)(spiral_random_next(&random) % 20);
        const struct spiral_ticks ticks = spiral_ticks_years(low, low + span, most);
        assert_true(ticks.count <= most);

        for (int i = 0; i < ticks.count; i++) {
            assert_true(ticks.at[i] == floor(ticks.at[i]) && ticks.at[i] >= low - 1e-6 &&
                        ticks.at[i] <= low + span + 1e-6);
            const int step = i > 0 ? (int)(ticks.at[i] - ticks.at[i - 1]) : 1;
            assert_true(step == 1 || step == 2 || step == 5 || step == 10 || step == 20 ||
                        step == 50 || step == 100);
            assert_true(i == 0 || fmod(ticks.at[i], step) == 0.0);
        }
    }

    const struct spiral_ticks ukraine = spiral_ticks_years(1991.92, 2022.92, 8);

    assert_labels(&ukraine, 6,
                  (const char *const[]){"1995", "2000", "2005", "2010", "2015", "2020"});
}

static void scales_map_ends_to_edges(void **state)
{
    (void)state;
    const struct spiral_panel panel = {.at = {10.0, 20.0, 100.0, 50.0},
                                       .x = {1.0, 100.0, true},
                                       .y = {-1.0, 1.0, false}};

    assert_within(spiral_panel_x(&panel, 1.0), 10.0, 1e-9);
    assert_within(spiral_panel_x(&panel, 10.0), 60.0, 1e-9);
    assert_within(spiral_panel_x(&panel, 100.0), 110.0, 1e-9);
    assert_within(spiral_panel_y(&panel, -1.0), 70.0, 1e-9);
    assert_within(spiral_panel_y(&panel, 1.0), 20.0, 1e-9);
}

/* The contour of the distance from a point is a circle: every segment's ends lie on it, and the
 * lengths add up to its length. */
static void contours_of_a_cone_are_circles(void **state)
{
    (void)state;
    enum { N = 41 };
    double value[N * N], (*segment)[4] = malloc(4 * N * N * sizeof *segment), length = 0.0;

    for (int row = 0; row < N; row++)
        for (int column = 0; column < N; column++)
            value[row * N + column] = hypot(column - 20.0, row - 20.0);

    const struct spiral_value_grid grid = {value, N, N};
    const size_t count = spiral_contour_segments(&grid, 12.5, segment, 4 * N * N);

    assert_true(count > 0 && count <= 4 * N * N);

    for (size_t i = 0; i < count; i++) {
        assert_within(hypot(segment[i][0] - 20.0, segment[i][1] - 20.0), 12.5, 0.02);
        assert_within(hypot(segment[i][2] - 20.0, segment[i][3] - 20.0), 12.5, 0.02);
        length += hypot(segment[i][2] - segment[i][0], segment[i][3] - segment[i][1]);
    }

    assert_within(length, 2.0 * 3.14159265358979 * 12.5, 0.2);
    free(segment);
}

/* A finer grid has the nodes of the first one, and between them nothing beyond the nodes
 * around; a slope stays that slope. */
static void finer_fields_keep_their_nodes(void **state)
{
    (void)state;
    enum { COLUMNS = 7, ROWS = 5, FINER = 6 };
    double value[COLUMNS * ROWS];
    double slope[COLUMNS * ROWS];
    struct spiral_random random = spiral_random_seed(5, 1);

    for (int i = 0; i < COLUMNS * ROWS; i++) {
        value[i] = spiral_uniform(spiral_random_next(&random));
        slope[i] = i % COLUMNS + 2.0 * (double)(i / COLUMNS);
    }

    const struct spiral_value_grid grid = {value, COLUMNS, ROWS};
    const struct spiral_value_grid plane = {slope, COLUMNS, ROWS};
    const struct spiral_value_grid fine = spiral_value_grid_refine(&grid, FINER);
    const struct spiral_value_grid fine_plane = spiral_value_grid_refine(&plane, FINER);

    assert_int_equal(fine.columns, (COLUMNS - 1) * FINER + 1);
    assert_int_equal(fine.rows, (ROWS - 1) * FINER + 1);

    for (int row = 0; row < fine.rows; row++)
        for (int column = 0; column < fine.columns; column++) {
            const double at = fine.value[row * fine.columns + column];
            double low = INFINITY;
            double high = -INFINITY;

            for (int corner = 0; corner < 4; corner++) {
                const int x = (column + (corner & 1 ? FINER - 1 : 0)) / FINER;
                const int y = (row + (corner & 2 ? FINER - 1 : 0)) / FINER;
                low = fmin(low, value[y * COLUMNS + x]);
                high = fmax(high, value[y * COLUMNS + x]);
            }

            assert_true(at >= low - 1e-12 && at <= high + 1e-12);
            if (column >= FINER && column < fine.columns - FINER && row >= FINER &&
                row < fine.rows - FINER)
                assert_within(fine_plane.value[row * fine.columns + column],
                              (double)column / FINER + 2.0 * row / FINER, 1e-12);
        }

    free((void *)(uintptr_t)fine.value);
    free((void *)(uintptr_t)fine_plane.value);
}

/* At a saddle the middle decides which corners are cut off: with a high middle the low ones
 * (lower right, upper left), else the high ones. */
static void a_saddle_is_cut_by_its_middle(void **state)
{
    (void)state;
    static const double high_middle[4] = {1.0, 0.2, 0.2, 1.0};
    static const double low_middle[4] = {0.8, 0.0, 0.0, 0.8};
    double segment[4][4];

    for (int which = 0; which < 2; which++) {
        const struct spiral_value_grid grid = {which == 0 ? high_middle : low_middle, 2, 2};
        assert_int_equal(spiral_contour_segments(&grid, 0.5, segment, 4), 2);

        for (int i = 0; i < 2; i++) {
            const double x = 0.5 * (segment[i][0] + segment[i][2]);
            const double y = 0.5 * (segment[i][1] + segment[i][3]);
            assert_within(fabs(x - y), which == 0 ? 0.625 : 0.0, 1e-9);
        }
    }
}

/* Ordered colours run one way in lightness, so that they read in grey. */
static void ordered_colours_run_one_way(void **state)
{
    (void)state;
    for (int t = 0; t < SPIRAL_THEMES; t++) {
        const struct spiral_theme *theme = &spiral_themes[t];
        const double level_way =
            spiral_color_lightness(theme->level[4]) - spiral_color_lightness(theme->level[0]);

        for (int level = 1; level < 5; level++)
            assert_true((spiral_color_lightness(theme->level[level]) -
                         spiral_color_lightness(theme->level[level - 1])) *
                            level_way >
                        0.0);

        const double way = theme->ramp_dark_is_high ? -1.0 : 1.0;

        for (int i = 1; i <= 32; i++)
            assert_true((spiral_color_lightness(spiral_theme_ramp(theme, i / 32.0)) -
                         spiral_color_lightness(spiral_theme_ramp(theme, (i - 1) / 32.0))) *
                            way >
                        0.0);

        assert_ptr_equal(spiral_theme_find(theme->name), theme);

        /* text on its ground: at least 4.5 : 1 (WCAG 2.1), told by lightness */
        assert_true(fabs(spiral_color_lightness(theme->muted) -
                         spiral_color_lightness(theme->background)) > 50.0);
    }

    assert_null(spiral_theme_find("sepia"));
}

/* What a reader sees of a colour, as CIE L*a*b*: full sight, protanopia, deuteranopia (Machado,
 * Oliveira and Fernandes 2009, severity 1). */
enum { SIGHTS = 3 };
static void seen(struct spiral_color color, int sight, double lab[3])
{
    static const double matrix[SIGHTS][3][3] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868},
         {0.114503, 0.786281, 0.099216},
         {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968},
         {0.280085, 0.672501, 0.047413},
         {-0.011820, 0.042940, 0.968881}},
    };
    static const double xyz[3][3] = {{0.4124, 0.3576, 0.1805},
                                     {0.2126, 0.7152, 0.0722},
                                     {0.0193, 0.1192, 0.9505}};
    static const double white[3] = {0.9505, 1.0, 1.089};
    const double srgb[3] = {color.red, color.green, color.blue};
    double linear[3];
    double light[3];
    double f[3];

    for (int i = 0; i < 3; i++)
        linear[i] = srgb[i] <= 0.04045 ? srgb[i] / 12.92 : pow((srgb[i] + 0.055) / 1.055, 2.4);

    for (int i = 0; i < 3; i++)
        light[i] = fmin(fmax(matrix[sight][i][0] * linear[0] + matrix[sight][i][1] * linear[1] +
                                 matrix[sight][i][2] * linear[2],
                             0.0),
                        1.0);

    for (int i = 0; i < 3; i++) {
        const double share =
            (xyz[i][0] * light[0] + xyz[i][1] * light[1] + xyz[i][2] * light[2]) / white[i];
        f[i] = share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116.0;
    }

    lab[0] = 116.0 * f[1] - 16.0;
    lab[1] = 500.0 * (f[0] - f[1]);
    lab[2] = 200.0 * (f[1] - f[2]);
}

/* Colours that stand beside one another in a figure differ by 20 and more (2.3 is just
 * noticeable), for every reader. */
static void assert_apart(const struct spiral_theme *theme, const char *what,
                         const struct spiral_color *colors, int count)
{
    for (int sight = 0; sight < SIGHTS; sight++)
        for (int i = 0; i < count; i++)
            for (int j = i + 1; j < count; j++) {
                double a[3];
                double b[3];
                seen(colors[i], sight, a);
                seen(colors[j], sight, b);

                const double difference =
                    sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                         (a[2] - b[2]) * (a[2] - b[2]));

                if (difference < 20.0)
                    fail_msg("%s, %s: colours %d and %d differ by %.1f for sight %d", theme->name,
                             what, i, j, difference, sight);
            }
}

static void classes_are_told_apart_by_every_reader(void **state)
{
    (void)state;
    for (int t = 0; t < SPIRAL_THEMES; t++) {
        const struct spiral_theme *theme = &spiral_themes[t];
        const struct spiral_color *of = theme->series;
        const struct spiral_color *branch = theme->branch;
        assert_apart(theme, "states",
                     (const struct spiral_color[]){of[SPIRAL_COLOR_NEIGHBOUR],
                                                   of[SPIRAL_COLOR_SMALL],
                                                   of[SPIRAL_COLOR_OFFSHORE]},
                     3);
        assert_apart(theme, "risks",
                     (const struct spiral_color[]){of[SPIRAL_COLOR_WAR], of[SPIRAL_COLOR_FORCE]},
                     2);
        /* where there is no hue, courses differ in their dashes */
        if (!theme->grey)
            assert_apart(theme, "courses",
                         (const struct spiral_color[]){theme->ink, branch[0], branch[1], branch[2],
                                                       branch[3]},
                         5);
        assert_apart(theme, "levels", theme->level, 5);
    }
}

static void assert_no_hue(struct spiral_color color)
{
    assert_true(color.red == color.green && color.green == color.blue);
}

/* What is printed in black and white is drawn without hue: curves, marks, levels and the ramp. */
static void print_has_no_hue(void **state)
{
    (void)state;
    const struct spiral_theme *print = &spiral_themes[SPIRAL_THEME_print];

    assert_true(print->grey);
    for (int i = 0; i < SPIRAL_SERIES_COLORS; i++)
        assert_no_hue(print->series[i]);
    for (int i = 0; i < SPIRAL_BRANCH_COLORS; i++)
        assert_no_hue(print->branch[i]);
    for (int i = 0; i < 5; i++)
        assert_no_hue(print->level[i]);
    for (int i = 0; i <= 32; i++)
        assert_no_hue(spiral_theme_ramp(print, i / 32.0));

    /* the baseline and each branch have a dash of their own */
    for (size_t one = 0; one <= SPIRAL_BRANCH_COLORS; one++)
        for (size_t other = 0; other < one; other++)
            assert_int_not_equal(spiral_dash_of(one), spiral_dash_of(other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_numbers),
        cmocka_unit_test(years_are_sane),
        cmocka_unit_test(scales_map_ends_to_edges),
        cmocka_unit_test(contours_of_a_cone_are_circles),
        cmocka_unit_test(finer_fields_keep_their_nodes),
        cmocka_unit_test(a_saddle_is_cut_by_its_middle),
        cmocka_unit_test(ordered_colours_run_one_way),
        cmocka_unit_test(classes_are_told_apart_by_every_reader),
        cmocka_unit_test(print_has_no_hue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
