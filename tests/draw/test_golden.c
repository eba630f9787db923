/* SPDX-License-Identifier: MIT
 *
 * Pictures against the ones in tests/draw/golden, by blocks (picture.h). They are of results
 * made up here, not of runs, so that no change of the model or of a case moves them.
 * `tools/figures --golden` draws them anew; look at each before it is committed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "render/figure/bars.h"
#include "render/figure/claims.h"
#include "render/figure/compare.h"
#include "render/figure/curves.h"
#include "render/figure/map.h"
#include "render/figure/timeline.h"
#include "render/figure/whatif.h"
#include "tests/draw/picture.h"
#include "tests/support/made_up_results.h"

/* A page of 800 x 640 at a density of .6. */
static const double page_width = 800.0;
static const double page_height = 640.0;
static const double density = 0.6;

/* Of need_fonts()'s sample texts, as `tools/figures --golden` tells them. */
#define LATIN_WIDTH 233.0
#define CHINESE_WIDTH 68.0

static struct spiral_made_up scene;

static int make_scene(void **state)
{
    (void)state;
    spiral_made_up_results(&scene);
    return 0;
}

static int clear_scene(void **state)
{
    (void)state;
    spiral_made_up_clear(&scene);
    return 0;
}

/* --- the pictures ----------------------------------------------------------------------------- */

/* What is done to a picture to see whether the comparison finds it; all 0 for none. */
struct harm {
    double curve_down; /* pixels of the picture */
    bool nameless;
    bool recoloured;
    double shift; /* all of it, pixels of the picture */
};

static void draw_timeline(struct spiral_page *page, enum spiral_language language,
                          const struct harm *harm)
{
    (void)harm;
    const struct spiral_timeline_figure figure = {.scenario = &scene.scenario,
                                                  .plan = scene.plan,
                                                  .tally = scene.tally[0],
                                                  .fan = scene.fan[0],
                                                  .quantity = SPIRAL_QUANTITY_escalation,
                                                  .singles = scene.singles,
                                                  .single_count = 2,
                                                  .seed = 1,
                                                  .language = language};

    assert_int_equal(spiral_timeline_draw(page, &figure), SPIRAL_OK);
}

static void draw_whatif(struct spiral_page *page, enum spiral_language language,
                        const struct harm *harm)
{
    (void)harm;
    const struct spiral_whatif_figure figure = {
        .scenario = &scene.scenario,
        .plan = scene.plan,
        .tallies = {scene.tally[0], scene.tally[1], scene.tally[2]},
        .fans = {scene.fan[0], scene.fan[1], scene.fan[2]},
        .branch_count = 2,
        .names = {"Small, 2004-01:\nneutrality", "Neighbour, 2000-01:\ndetente"},
        .dates = {2004.0, 2000.0},
        .difference = {scene.difference[0], scene.difference[1]},
        .quantity = SPIRAL_QUANTITY_escalation,
        .seed = 1,
        .language = language};

    assert_int_equal(spiral_whatif_draw(page, &figure), SPIRAL_OK);
}

static void draw_compare(struct spiral_page *page, enum spiral_language language,
                         const struct harm *harm)
{
    (void)harm;
    struct spiral_compare_figure figure = {.count = SPIRAL_MADE_UP_COURSES,
                                           .quantity = SPIRAL_QUANTITY_escalation,
                                           .seed = 1,
                                           .language = language};

    for (int course = 0; course < SPIRAL_MADE_UP_COURSES; course++)
        figure.cases[course] = (struct spiral_compare_case){&scene.scenario, scene.plan,
                                                            scene.tally[course], scene.fan[course]};
    assert_int_equal(spiral_compare_draw(page, &figure), SPIRAL_OK);
}

static void draw_map(struct spiral_page *page, enum spiral_language language,
                     const struct harm *harm)
{
    enum { COLUMNS = 9, ROWS = 8, YEARS = 25 };
    double risk[COLUMNS * ROWS];
    double constraint[2][YEARS];
    double dependence[2][YEARS];

    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            const double x = column / (COLUMNS - 1.0) - 0.9;
            const double y = row / (ROWS - 1.0) - 0.5;
            risk[row * COLUMNS + column] = 0.9 / (1.0 + 14.0 * (x * x + y * y));
        }

    for (int year = 0; year < YEARS; year++) {
        const double t = year / (YEARS - 1.0);
        constraint[0][year] = 0.9 + 0.02 * t;
        dependence[0][year] = 0.02 + 0.5 * t * t;
        constraint[1][year] = 0.5 + 0.1 * t * t;
        dependence[1][year] = 0.4 - 0.3 * t;
    }

    const struct spiral_map_figure figure = {
        .title = language == SPIRAL_CHINESE ? "地缘约束与战略依赖" : "Constraint and dependence",
        .subtitle = "",
        .risk = {risk, COLUMNS, ROWS},
        .constraint = {0.25, 0.95, false},
        .dependence = {0.0, 0.7, false},
        .path_count = 2,
        .language = language,
        .paths = {{harm->nameless ? "" : "Northland", YEARS, 1996, constraint[0], dependence[0]},
                  {"Isle", YEARS, 1960, constraint[1], dependence[1]}}};

    spiral_map_draw(page, &figure);
}

enum { POINTS = 21 };

static void draw_curves_of(struct spiral_page *page, enum spiral_language language,
                           const struct harm *harm, int count, double rise)
{
    static const char *const names[] = {"first", "second", "third"};
    double x[POINTS];
    double y[3][POINTS];
    double low[3][POINTS];
    double high[3][POINTS];
    struct spiral_curves_figure figure = {.title = "Risk over commitment",
                                          .subtitle = "made up",
                                          .x_name = spiral_word(SPIRAL_WORD_commitment, language),
                                          .y_name = spiral_word(SPIRAL_WORD_risk_of_war, language),
                                          .count = POINTS,
                                          .x = x,
                                          .curve_count = (size_t)count,
                                          .mark = rise > 0.0 ? 0.6 : NAN,
                                          .mark_name = "crossing 0.60"};

    for (int c = 0; c < count; c++) {
        for (int i = 0; i < POINTS; i++) {
            x[i] = i / (POINTS - 1.0);

            /* a panel of about 500 page's pixels represents one half */
            y[c][i] = 1.6 * (1.0 - 0.3 * c) * x[i] * x[i] * (1.0 - x[i]) + 0.01 + rise * c * x[i] -
                      (c == 0 ? harm->curve_down / density / 1000.0 : 0.0);
            low[c][i] = 0.8 * y[c][i];
            high[c][i] = 1.2 * y[c][i];
        }

        figure.curves[c] = (struct spiral_curve){harm->nameless && c == 1 ? "" : names[c], y[c],
                                                 low[c], high[c], page->theme->series[c]};
    }

    spiral_curves_draw(page, &figure);
}

static void draw_curves(struct spiral_page *page, enum spiral_language language,
                        const struct harm *harm)
{
    draw_curves_of(page, language, harm, 3, 0.0);
}
static void draw_crossing(struct spiral_page *page, enum spiral_language language,
                          const struct harm *harm)
{
    draw_curves_of(page, language, harm, 2, 0.15);
}

static void draw_bars(struct spiral_page *page, enum spiral_language language,
                      const struct harm *harm)
{
    const struct spiral_bars_row rows[] = {
        {harm->nameless ? "" : "encirclement", {0.6, 0.4}, {0.5, 0.2}, {0.8, 0.5}},
        {"window", {0.3, 0.25}, {0.2, 0.1}, {0.4, 0.35}},
        {"trade", {0.1, -0.02}, {0.05, -0.1}, {0.2, 0.1}}};
    const struct spiral_bars_figure figure = {
        .title = "What decides",
        .subtitle = "made up",
        .note = "a note",
        .x_name = spiral_word(SPIRAL_WORD_variance_share, language),
        .measure_count = 2,
        .measures = {spiral_word(SPIRAL_WORD_total_effect, language),
                     spiral_word(SPIRAL_WORD_first_effect, language)},
        .low = 0.0,
        .high = 1.0,
        .count = 3,
        .rows = rows};

    spiral_bars_draw(page, &figure);
}

static void draw_claims(struct spiral_page *page, enum spiral_language language,
                        const struct harm *harm)
{
    static const char *const groups[] = {"One reading", "Another"};
    const struct spiral_claims_row rows[] = {
        {groups[0],
         harm->nameless ? ""
                        : "Distance lowers risk, be it ever so small, and a neighbour who is left "
                          "alone stays as he is for a long time",
         20.0,
         {12.0, 28.0},
         {1.0, 45.0},
         0.62,
         0.04,
         0.21,
         {0.58, 0.66}},
        {groups[0],
         "Haste makes waste",
         -8.0,
         {-12.0, -4.0},
         {-30.0, 5.0},
         0.07,
         0.41,
         0.3,
         {0.05, 0.09}},
        {groups[1],
         "A bird in the hand",
         1.0,
         {-2.0, 4.0},
         {-6.0, 9.0},
         0.12,
         0.1,
         0.5,
         {0.1, 0.15}},
        {groups[1], "All is quiet", NAN, {NAN, NAN}, {NAN, NAN}, 0.0, 0.0, 1.0, {0.0, 0.01}},
    };
    const struct spiral_claims_figure figure = {.title = "Statements",
                                                .subtitle = "made up",
                                                .note = "a note",
                                                .axis = "percentage points",
                                                .language = language,
                                                .count = sizeof rows / sizeof *rows,
                                                .rows = rows};

    spiral_claims_draw(page, &figure);
}

static const struct picture {
    const char *name;
    void (*draw)(struct spiral_page *page, enum spiral_language language, const struct harm *harm);
    enum spiral_theme_name theme;
    enum spiral_language language;
} pictures[] = {
    {"timeline-light-en", draw_timeline, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"timeline-dark-zh", draw_timeline, SPIRAL_THEME_dark, SPIRAL_CHINESE},
    {"timeline-print-en", draw_timeline, SPIRAL_THEME_print, SPIRAL_ENGLISH},
    {"whatif-light-en", draw_whatif, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"whatif-print-zh", draw_whatif, SPIRAL_THEME_print, SPIRAL_CHINESE},
    {"compare-light-zh", draw_compare, SPIRAL_THEME_light, SPIRAL_CHINESE},
    {"compare-dark-en", draw_compare, SPIRAL_THEME_dark, SPIRAL_ENGLISH},
    {"map-light-en", draw_map, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"map-dark-zh", draw_map, SPIRAL_THEME_dark, SPIRAL_CHINESE},
    {"curves-light-en", draw_curves, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"crossing-dark-en", draw_crossing, SPIRAL_THEME_dark, SPIRAL_ENGLISH},
    {"bars-light-en", draw_bars, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"bars-print-zh", draw_bars, SPIRAL_THEME_print, SPIRAL_CHINESE},
    {"claims-light-en", draw_claims, SPIRAL_THEME_light, SPIRAL_ENGLISH},
    {"claims-dark-zh", draw_claims, SPIRAL_THEME_dark, SPIRAL_CHINESE},
};
enum { PICTURES = sizeof pictures / sizeof *pictures };

static cairo_surface_t *draw(const struct picture *picture, const struct harm *harm)
{
    struct spiral_page page;
    struct spiral_theme theme = spiral_themes[picture->theme];

    if (harm->recoloured) {
        theme.series[SPIRAL_COLOR_WAR] = theme.series[SPIRAL_COLOR_OFFSHORE];
        theme.series[SPIRAL_COLOR_NEIGHBOUR] = theme.series[SPIRAL_COLOR_SMALL];
    }

    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(page_width * density),
                                   (int)(page_height * density));
    cairo_t *cr = cairo_create(surface);

    assert_null(spiral_page_wrap(&page, cr, page_width, page_height, &theme, NULL));
    spiral_page_color(&page, theme.background, 1.0);
    cairo_paint(cr);
    cairo_translate(cr, harm->shift, harm->shift);
    cairo_scale(cr, density, density);
    picture->draw(&page, picture->language, harm);
    assert_null(spiral_page_close(&page));
    cairo_destroy(cr);
    cairo_surface_flush(surface);

    return surface;
}

static void path_of(char path[512], const struct picture *picture)
{
    snprintf(path, 512, SPIRAL_SOURCE_DIR "/tests/draw/golden/%s.png", picture->name);
}

/* The golden pictures are set in DejaVu Sans and Noto Sans CJK: with other letters every caption
 * is another. */
static void need_fonts(void)
{
    struct spiral_page page;

    assert_null(spiral_page_wrap(&page, NULL, page_width, page_height, &spiral_themes[0], NULL));

    const double latin =
        spiral_text_measure(&page, SPIRAL_TEXT_title, "hostility, 0123456789 %", NULL).width;
    const double chinese = spiral_text_measure(&page, SPIRAL_TEXT_title, "安全困境", NULL).width;

    assert_null(spiral_page_close(&page));
    if (getenv("SPIRAL_GOLDEN") != NULL)
        print_message("widths of the sample texts: %.2f, %.2f\n", latin, chinese);
    else if (fabs(latin - LATIN_WIDTH) > 0.01 * LATIN_WIDTH ||
             fabs(chinese - CHINESE_WIDTH) > 0.01 * CHINESE_WIDTH) {
        print_message("fonts differ from those of the golden pictures: Debian's fonts-dejavu-core "
                      "and fonts-noto-cjk\n");
        skip();
    }
}

static void pictures_are_as_they_were(void **state)
{
    (void)state;
    static const struct harm none = {.shift = 0.0};
    const bool write = getenv("SPIRAL_GOLDEN") != NULL;

    need_fonts();

    for (int p = 0; p < PICTURES; p++) {
        char path[512];
        char drawn_path[128];
        double worst = 0.0;
        path_of(path, &pictures[p]);

        cairo_surface_t *drawn = draw(&pictures[p], &none);
        if (write)
            assert_int_equal(cairo_surface_write_to_png(drawn, path), CAIRO_STATUS_SUCCESS);

        cairo_surface_t *golden = cairo_image_surface_create_from_png(path);
        assert_int_equal(cairo_surface_status(golden), CAIRO_STATUS_SUCCESS);

        const int differences = spiral_picture_differences(golden, drawn, &worst);

        if (!spiral_picture_same(golden, drawn)) {
            snprintf(drawn_path, sizeof drawn_path, "/tmp/spiral-golden-%s.png", pictures[p].name);
            cairo_surface_write_to_png(drawn, drawn_path);
            fail_msg("%s: %d blocks differ, by up to %.0f of 255; what was drawn is in %s",
                     pictures[p].name, differences, worst, drawn_path);
        }

        cairo_surface_destroy(golden);
        cairo_surface_destroy(drawn);
    }
}

/* The blocks that differ from the picture unharmed. */
static int found(const char *name, struct harm harm)
{
    static const struct harm none = {.shift = 0.0};

    for (int p = 0; p < PICTURES; p++) {
        if (strcmp(pictures[p].name, name) != 0)
            continue;
        cairo_surface_t *whole = draw(&pictures[p], &none);
        cairo_surface_t *harmed = draw(&pictures[p], &harm);
        const int differences = spiral_picture_differences(whole, harmed, NULL);
        cairo_surface_destroy(whole);
        cairo_surface_destroy(harmed);

        if (getenv("SPIRAL_GOLDEN") != NULL)
            print_message("%s: curve %.1f, nameless %d, recoloured %d, shift %.2f: %d blocks\n",
                          name, harm.curve_down, harm.nameless, harm.recoloured, harm.shift,
                          differences);
        return differences;
    }

    fail_msg("no picture '%s'", name);

    return 0;
}

/* The comparison itself: what a reader would call another picture is found, what a reader would
 * not see is not. */
static void harm_is_found(void **state)
{
    (void)state;
    need_fonts();

    static const char *const named[] = {"map-light-en",     "map-dark-zh",   "curves-light-en",
                                        "crossing-dark-en", "bars-light-en", "bars-print-zh",
                                        "claims-light-en"};

    assert_true(found("curves-light-en", (struct harm){.curve_down = 3.0}) >
                2 * SPIRAL_PICTURE_STRAY);
    assert_true(found("crossing-dark-en", (struct harm){.curve_down = 3.0}) >
                2 * SPIRAL_PICTURE_STRAY);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        assert_true(found(named[i], (struct harm){.nameless = true}) > 2 * SPIRAL_PICTURE_STRAY);

    assert_true(found("timeline-light-en", (struct harm){.recoloured = true}) >
                2 * SPIRAL_PICTURE_STRAY);
    assert_true(found("bars-light-en", (struct harm){.recoloured = true}) >
                2 * SPIRAL_PICTURE_STRAY);
    for (int p = 0; p < PICTURES; p++)
        assert_true(found(pictures[p].name, (struct harm){.shift = 0.25}) <= SPIRAL_PICTURE_STRAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pictures_are_as_they_were),
                                       cmocka_unit_test(harm_is_found)};
    return cmocka_run_group_tests(tests, make_scene, clear_scene);
}
