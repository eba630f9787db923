/* SPDX-License-Identifier: MIT
 *
 * Labels keep off one another and on the page, whatever is asked of them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "render/chart/label_space.h"
#include "render/chart/labels.h"
#include "sim/random.h"
#include "tests/support/build_scenario.h"

/* A page in memory. */
struct sheet {
    cairo_surface_t *surface;
    cairo_t *cr;
    struct spiral_page page;
};

static void open_sheet(struct sheet *sheet, double width, double height)
{
    sheet->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    sheet->cr = cairo_create(sheet->surface);
    assert_null(spiral_page_wrap(&sheet->page, sheet->cr, width, height,
                                 &spiral_themes[SPIRAL_THEME_light], NULL));
    sheet->page.record = true;
}

static void close_sheet(struct sheet *sheet)
{
    assert_null(spiral_page_close(&sheet->page));
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->surface);
}

static double uniform(struct spiral_random *random)
{
    return spiral_uniform(spiral_random_next(random));
}

/* Random wishes: the labels that fit end within the bounds, apart, in the order of their wishes;
 * those that need not move do not. */
static void spread_labels_do_not_overlap(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(3, 1);

    for (int trial = 0; trial < 2000; trial++) {
        double wish[12];
        double at[12];
        double size[12];
        double total = 0.0;
        const size_t count = 1 + spiral_random_next(&random) % 12;

        for (size_t i = 0; i < count; i++) {
            wish[i] = at[i] = 200.0 * uniform(&random);
            size[i] = 5.0 + 10.0 * uniform(&random);
            total += size[i];
        }

        spiral_labels_spread(at, size, count, 0.0, 200.0);
        for (size_t i = 0; i < count; i++) {
            assert_true(at[i] - 0.5 * size[i] > -1e-9 && at[i] + 0.5 * size[i] < 200.0 + 1e-9);
            for (size_t j = 0; j < count; j++) {
                if (i == j)
                    continue;
                assert_true(fabs(at[i] - at[j]) > 0.5 * (size[i] + size[j]) - 1e-9);
                assert_true(wish[i] >= wish[j] || at[i] < at[j]);
            }
        }

        assert_true(total <= 200.0);
    }

    double alone[2] = {50.0, 100.0};
    double sizes[2] = {10.0, 10.0};

    spiral_labels_spread(alone, sizes, 2, 0.0, 200.0);
    assert_within(alone[0], 50.0, 1e-12);
    assert_within(alone[1], 100.0, 1e-12);

    double same[2] = {100.0, 100.0}; /* pushed apart evenly: least squares */

    spiral_labels_spread(same, sizes, 2, 0.0, 200.0);
    assert_within(same[0], 95.0, 1e-12);
    assert_within(same[1], 105.0, 1e-12);
}

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    return a->x + a->width > b->x + 0.01 && b->x + b->width > a->x + 0.01 &&
           a->y + a->height > b->y + 0.01 && b->y + b->height > a->y + 0.01;
}

/* Many markers at random dates: no number on another, no caption on another, all on the page. */
static void markers_and_captions_do_not_overlap(void **state)
{
    (void)state;
    static const char *const captions[] = {
        "Treaty", "A longer caption of several words that may have to be broken", "协议",
        "Unilateral withdrawal of forces"};
    struct spiral_random random = spiral_random_seed(8, 2);

    for (int trial = 0; trial < 20; trial++) {
        struct sheet sheet;
        struct spiral_marker markers[48];
        double x = 1990.0;
        const size_t count = 1 + spiral_random_next(&random) % 48;

        for (size_t i = 0; i < count; i++) {
            x += uniform(&random) < 0.3 ? 0.0 : 0.6 * uniform(&random);
            markers[i] =
                (struct spiral_marker){.x = x,
                                       .caption = captions[spiral_random_next(&random) % 4]};
            if (trial % 2 == 0)
                snprintf(markers[i].date, sizeof markers[i].date, "%.0f-01", x);
        }

        open_sheet(&sheet, 700.0, 1400.0);
        const struct spiral_panel panel = {.at = {50.0, 20.0, 600.0, 100.0},
                                           .x = {1990.0, 2022.0, false},
                                           .y = {0.0, 1.0, false}};
        spiral_labels_markers(&sheet.page, &panel, markers, count, 130.0, 20.0);
        assert_in_range(spiral_labels_marker_rows(&sheet.page, &panel, markers, count), 1,
                        3); /* however they crowd */

        const double rows = spiral_labels_marker_rows(&sheet.page, &panel, markers, count) *
                            spiral_labels_marker_height(&sheet.page);
        const struct spiral_rectangle at = {10.0, 140.0 + rows, 680.0, 0.0};
        const double height =
            spiral_labels_captions_height(&sheet.page, markers, count, at.width, 160.0);
        spiral_labels_captions(&sheet.page, markers, count, at, 160.0);
        assert_int_equal(sheet.page.box_count,
                         3 * count); /* a number on the axis, a number and a text in the columns */

        for (size_t i = 0; i < sheet.page.box_count; i++) {
            const struct spiral_rectangle *box = &sheet.page.boxes[i].at;
            assert_true(box->x >= 0.0 && box->x + box->width <= 700.0 && box->y >= 0.0);
            if (i >= count)
                assert_true(box->y + box->height <= at.y + height + 1.0);

            for (size_t j = i + 1; j < sheet.page.box_count; j++)
                if (overlap(box, &sheet.page.boxes[j].at))
                    fail_msg("'%s' lies on '%s'", sheet.page.boxes[i].start,
                             sheet.page.boxes[j].start);
        }

        close_sheet(&sheet);
    }
}

/* Texts beside random points: none on another, on the curve that was there before or over the
 * edge; where one is refused, all its sides are taken. */
static void texts_go_where_nothing_is(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(9, 4);
    struct spiral_label_space *space = calloc(1, sizeof *space);
    struct sheet sheet;
    size_t drawn = 0;

    assert_non_null(space);
    open_sheet(&sheet, 400.0, 300.0);

    const struct spiral_panel panel = {.at = {20.0, 20.0, 360.0, 260.0},
                                       .x = {0.0, 1.0, false},
                                       .y = {0.0, 1.0, false}};
    const double x[2] = {0.0, 1.0};
    const double y[2] = {0.0, 1.0};

    space->within = panel.at;
    spiral_label_space_take_line(&sheet.page, space, &panel, x, y, 2);

    const size_t of_line = space->count;

    for (int trial = 0; trial < 300; trial++) {
        const size_t before = space->count;
        const bool found =
            spiral_label_space_draw_text(&sheet.page, space, SPIRAL_TEXT_tick, "1995",
                                         panel.at.x + panel.at.width * uniform(&random),
                                         panel.at.y + panel.at.height * uniform(&random), 6.0,
                                         NULL);
        assert_int_equal(space->count, before + found);
        drawn += found;
    }

    assert_true(drawn > 40 && drawn < 300); /* a few dozen fill the page */
    assert_int_equal(sheet.page.box_count, drawn);

    for (size_t i = 0; i < drawn; i++) {
        const struct spiral_rectangle *box = &sheet.page.boxes[i].at;
        assert_true(box->x >= 20.0 && box->y >= 20.0 && box->x + box->width <= 380.0 &&
                    box->y + box->height <= 280.0);
        for (size_t j = 0; j < drawn; j++)
            assert_true(i == j || !overlap(box, &sheet.page.boxes[j].at));
        for (size_t j = 0; j < of_line; j++)
            assert_false(overlap(box, &space->taken[j]));
    }

    close_sheet(&sheet);
    free(space);
}

static void measured_and_drawn_texts_agree(void **state)
{
    (void)state;
    struct sheet sheet;

    open_sheet(&sheet, 300.0, 300.0);

    const struct spiral_rectangle measured =
        spiral_text_measure(&sheet.page, SPIRAL_TEXT_tick, "1995", NULL);
    const struct spiral_rectangle drawn =
        spiral_text_draw(&sheet.page, SPIRAL_TEXT_tick, "1995", 100.0, 100.0, 0.5, 1.0, NULL);

    assert_within(drawn.width, measured.width, 1e-9);
    assert_within(drawn.x + 0.5 * drawn.width, 100.0, 1e-9);
    assert_within(drawn.y + drawn.height, 100.0, 1e-9);

    const struct spiral_rectangle turned =
        spiral_text_draw(&sheet.page, SPIRAL_TEXT_tick, "1995", 100.0, 100.0, 0.5, 0.5,
                         &(struct spiral_text_form){.angle = 1.5707963267948966});

    assert_within(turned.height, measured.width, 1e-6);

    const struct spiral_text_form narrow = {.width = 60.0};

    assert_true(
        spiral_text_measure(&sheet.page, SPIRAL_TEXT_tick, "many words in one line", &narrow)
            .height > 1.5 * measured.height);
    close_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_labels_do_not_overlap),
        cmocka_unit_test(markers_and_captions_do_not_overlap),
        cmocka_unit_test(texts_go_where_nothing_is),
        cmocka_unit_test(measured_and_drawn_texts_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
