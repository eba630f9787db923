/* SPDX-License-Identifier: MIT
 *
 * Every kind of chart, for every case, in both languages: nothing leaves the page, no caption lies on another, files are whole and always the same.
 */
#define _GNU_SOURCE /* memmem */
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tools/draw/chart.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { LANGUAGES = 1, SIZES = 1 }; /* everything takes ten times as long */
#else
enum { LANGUAGES = 2, SIZES = 3 };
#endif

static const char *const cases[] = {
    SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml", SPIRAL_SOURCE_DIR "/scenarios/finland.yaml", SPIRAL_SOURCE_DIR "/scenarios/singapore.yaml",
    SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml", SPIRAL_SOURCE_DIR "/scenarios/baltics.yaml", SPIRAL_SOURCE_DIR "/scenarios/cuba.yaml",
};
enum { CASES = sizeof cases / sizeof *cases };

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0; /* the boxes hold the room above and below the letters */
    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack && a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

/* Draws in memory and looks at every text's box. */
static void assert_tidy(const char *kind, struct spiral_chart_request request)
{
    struct spiral_page page;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)request.width, (int)request.height);
    cairo_t *cr = cairo_create(surface);
    assert_null(spiral_page_wrap(&page, cr, request.width, request.height, request.theme, NULL));
    page.record = true;
    request.opened = &page;
    assert_int_equal(spiral_chart_draw(kind, &request), 0);
    assert_true(page.box_count > 5);
    for (size_t i = 0; i < page.box_count; i++) {
        const struct spiral_rectangle *box = &page.boxes[i].at;
        if (box->x < -0.5 || box->y < -0.5 || box->x + box->width > request.width + 0.5 || box->y + box->height > request.height + 0.5)
            fail_msg("%s %s: '%s' leaves the page: %.0f, %.0f, %.0f x %.0f", kind, request.operand_count ? request.operands[0] : "", page.boxes[i].start, box->x,
                     box->y, box->width, box->height);
        for (size_t j = i + 1; j < page.box_count; j++)
            if (overlap(box, &page.boxes[j].at))
                fail_msg("%s %s (%d): '%s' lies on '%s'", kind, request.operand_count ? request.operands[0] : "", (int)request.language, page.boxes[i].start,
                         page.boxes[j].start);
    }
    assert_null(spiral_page_close(&page));
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static struct spiral_chart_request request_for(enum spiral_language language, double width, double height)
{
    return (struct spiral_chart_request){.width = width, .height = height, .density = 1.0, .theme = &spiral_themes[language == SPIRAL_CHINESE ? SPIRAL_THEME_dark : 0],
                                         .language = language, .runs = 48, .seed = 1, .threads = 1, .quantity = SPIRAL_QUANTITY_escalation};
}

static void timelines_are_tidy(void **state)
{
    (void)state;
    static const double sizes[][2] = {{1200.0, 1000.0}, {900.0, 800.0}, {1600.0, 1000.0}};
    for (int c = 0; c < CASES; c++)
        for (int language = 0; language < LANGUAGES; language++)
            for (size_t size = 0; size < SIZES; size++) {
                struct spiral_chart_request request = request_for((enum spiral_language)language, sizes[size][0], sizes[size][1]);
                request.operands = &cases[c];
                request.operand_count = 1;
                assert_tidy("timeline", request);
            }
}

static void branches_are_tidy(void **state)
{
    (void)state;
    static const char *const branches[CASES] = {"UKR:limited_balance@2004-12", "FIN:confront_near@1970-01", "SGP:single_dependence@1990-01", "GEO:limited_balance@2004-01",
                                                "BLT:limited_balance@2000-01", "CUB:limited_balance@1961-01"};
    for (int c = 0; c < 2; c++)
        for (int language = 0; language < LANGUAGES; language++) {
            struct spiral_chart_request request = request_for((enum spiral_language)language, 1100.0, 850.0);
            request.operands = &cases[c];
            request.operand_count = 1;
            request.branches[0] = branches[c];
            request.branch_count = 1;
            assert_tidy("whatif", request);
        }
}

static void comparisons_are_tidy(void **state)
{
    (void)state;
    for (int language = 0; language < LANGUAGES; language++) {
        struct spiral_chart_request request = request_for((enum spiral_language)language, 1200.0, 800.0);
        request.operands = cases;
        request.operand_count = CASES;
        assert_tidy("compare", request);
        request.runs = 16;
        assert_tidy("map", request);
        request.operand_count = 0;
        assert_tidy("hump", request);
        assert_tidy("rival", request);
    }
}

static char *contents(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(1 << 24);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 1 << 24, file);
    fclose(file);
    return bytes;
}

/* Whether bytes hold a text. */
static bool holds(const char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

static int run(const char *arguments, char *errors, size_t size)
{
    char command[512];
    snprintf(command, sizeof command, "%s chart %s 2>&1 >/dev/null", SPIRAL_BINARY, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    errors[fread(errors, 1, size - 1, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

/* By processes of their own: within one, cairo numbers its surfaces on. */
static void files_are_whole_and_always_the_same(void **state)
{
    (void)state;
    static const char *const formats[] = {"svg", "pdf", "png"}, *const starts[] = {"<?xml", "%PDF-", "\x89PNG"};
    char folder[] = "/tmp/spiral-chart-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    for (int f = 0; f < 3; f++) {
        char *first = NULL;
        size_t first_size = 0;
        snprintf(path, sizeof path, "%s/a.%s", folder, formats[f]);
        for (int time = 0; time < 2; time++) {
            char arguments[256], errors[1024];
            size_t size;
            snprintf(arguments, sizeof arguments, "timeline %s --runs 48 --threads %d --out %s", cases[0], 1 + time, path);
            assert_int_equal(run(arguments, errors, sizeof errors), 0);
            char *bytes = contents(path, &size);
            assert_true(size > 2000 && memcmp(bytes, starts[f], strlen(starts[f])) == 0);
            if (f == 0)
                assert_true(holds(bytes, size, "</svg>") && holds(bytes, size, "<path") && holds(bytes, size, "glyph"));
            if (f == 1)
                assert_true(holds(bytes, size, "/FontFile") && holds(bytes, size, "%%EOF"));
            if (time == 1)
                assert_true(size == first_size && memcmp(bytes, first, size) == 0);
            free(time == 1 ? first : NULL);
            first = bytes;
            first_size = size;
        }
        free(first);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0); /* nothing half-written is left beside */
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    static const struct { const char *arguments, *says; } bad[] = {
        {"timelin ukraine --out x.svg", "did you mean 'timeline'?"},
        {"timeline --out x.svg", "something is missing"},
        {"timeline ukraine", "expected a file that ends in .svg, .pdf or .png"},
        {"timeline ukraine --out x.gif", "expected a file that ends in .svg, .pdf or .png"},
        {"timeline ukraine --out x.svg --theme drak", "did you mean 'dark'?"},
        {"timeline ukraine --out x.svg --lang fr", "neither en nor zh"},
        {"timeline ukraine --out x.svg --size 12x9000", "is no size"},
        {"timeline ukraine --out x.svg --quantity escalatio", "did you mean 'escalation'?"},
        {"timeline ukrane --out x.svg", "ukrane"},
        {"whatif " SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml --out x.svg", "which branch?"},
        {"timeline " SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml --out x.svg --set k.encirle=2", "did you mean 'k.encircle'?"},
    };
    char errors[4096];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const int status = run(bad[i].arguments, errors, sizeof errors);
        if (status != 2 || strstr(errors, bad[i].says) == NULL)
            fail_msg("chart %s: exit status %d, '%s' does not say '%s'", bad[i].arguments, status, errors, bad[i].says);
        assert_int_equal(access("x.svg", F_OK), -1);
    }
    assert_int_equal(run("timeline " SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml --runs 16 --out /nowhere/x.svg", errors, sizeof errors), 1);
    assert_non_null(strstr(errors, "cannot be written"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timelines_are_tidy), cmocka_unit_test(branches_are_tidy), cmocka_unit_test(comparisons_are_tidy),
        cmocka_unit_test(files_are_whole_and_always_the_same), cmocka_unit_test(bad_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
