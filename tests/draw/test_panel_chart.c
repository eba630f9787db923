/* SPDX-License-Identifier: MIT
 *
 * The chart of a panel, on a synthetic one: nothing leaves the page, no text lies on another, in
 * any size and language; and what it says of tables that it cannot draw.
 */
#include "tests/support/command.h"

#include "tools/draw/chart.h"

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0; /* the boxes hold the room above and below the letters */

    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
           a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static void assert_tidy(struct spiral_chart_request request, double scale)
{
    struct spiral_page page;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)request.width, (int)request.height);
    cairo_t *cr = cairo_create(surface);

    assert_null(spiral_page_wrap(&page, cr, request.width, request.height, request.theme, NULL));
    page.record = true;
    page.scale = scale;
    request.opened = &page;
    assert_int_equal(spiral_chart_draw("panel", &request), 0);
    assert_true(page.box_count > 25);
    for (size_t i = 0; i < page.box_count; i++) {
        const struct spiral_rectangle *box = &page.boxes[i].at;
        if (box->x < -0.5 || box->y < -0.5 || box->x + box->width > request.width + 0.5 ||
            box->y + box->height > request.height + 0.5)
            fail_msg("%.0f x %.0f: '%s' leaves the page", request.width, request.height,
                     page.boxes[i].start);
        for (size_t j = i + 1; j < page.box_count; j++)
            if (overlap(box, &page.boxes[j].at))
                fail_msg("%.0f x %.0f, language %d: '%s' lies on '%s'", request.width,
                         request.height, (int)request.language, page.boxes[i].start,
                         page.boxes[j].start);
    }
    assert_null(spiral_page_close(&page));
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

/* The kind's own size, a slide with large letters, and a small picture; one file of forecasts and
 * four. */
static void test_tidy(void **state)
{
    (void)state;
    static const struct {
        double width;
        double height;
        double scale;
    } sizes[] = {{1100.0, 860.0, 1.0}, {1600.0, 900.0, 1.6}, {800.0, 600.0, 1.0}};
    char table[200];
    char first[200];
    char second[200];

    expect("panel --synthetic 80 --outcomes logit --out t.csv", 0, "");
    expect("panel t.csv --runs 32 --resamples 0 --predictions first.csv --quiet", 0, "");
    expect("panel t.csv --runs 32 --resamples 0 --set k.rung=0.2 --predictions second.csv", 0, "");
    strcpy(table, at("t.csv"));
    strcpy(first, at("first.csv"));
    strcpy(second, at("second.csv"));
    const char *const operands[] = {table, first, second, first, second};

    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (int language = 0; language < 2; language++) {
            struct spiral_chart_request request = {.width = sizes[size].width,
                                                   .height = sizes[size].height,
                                                   .theme = &spiral_themes[size],
                                                   .language = (enum spiral_language)language,
                                                   .seed = 1,
                                                   .threads = 1,
                                                   .operands = operands,
                                                   .operand_count = size == 0 ? 5 : 2};
            assert_tidy(request, sizes[size].scale);
        }
}

static void test_command(void **state)
{
    (void)state;
    FILE *short_file = fopen(at("short.csv"), "w");

    fputs("window,force,war\n1001-1002-1950,.5,.1\n", short_file);
    fclose(short_file);
    expect("chart panel t.csv --runs 8 --out t.svg", 0, "");
    expect("chart panel t.csv first.csv --out t.png --lang zh --theme dark", 0, "");
    expect("chart panel t.csv first.csv --outcome peace --out t.svg", 2, "neither force nor war");
    expect("chart panel t.csv short.csv --out t.svg", 2,
           "no forecast of the window '1001-1002-1960'");
    expect("chart panel missing.csv --out t.svg", 2, "missing.csv: cannot be read: No such file");
    expect("chart panel --out t.svg", 2, "an operand is missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tidy), cmocka_unit_test(test_command)};
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
