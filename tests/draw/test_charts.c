/* SPDX-License-Identifier: MIT
 *
 * Every kind of chart, for every case, in both languages: nothing leaves the page, no caption
 * lies on another, files are whole and always the same.
 */
#define _GNU_SOURCE /* memmem */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tools/draw/chart.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SIZES = 1, RUNS = 8, CASES_DRAWN = 2 }; /* everything takes ten times as long */
#else
enum { SIZES = 3, RUNS = 16, CASES_DRAWN = 8 };
#endif
enum { LANGUAGES = 2 };

static const char *const cases[] = {
    SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",   SPIRAL_SOURCE_DIR "/scenarios/finland.yaml",
    SPIRAL_SOURCE_DIR "/scenarios/singapore.yaml", SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml",
    SPIRAL_SOURCE_DIR "/scenarios/baltics.yaml",   SPIRAL_SOURCE_DIR "/scenarios/cuba.yaml",
    SPIRAL_SOURCE_DIR "/scenarios/poland.yaml",    SPIRAL_SOURCE_DIR "/scenarios/sweden.yaml",
};
enum { CASES = sizeof cases / sizeof *cases };

/* The kinds' own size, a slide with large letters, and a small picture. */
static const struct {
    double width, height, scale;
} sizes[] = {{0.0, 0.0, 1.0}, {1600.0, 900.0, 1.6}, {800.0, 600.0, 1.0}};

static const struct spiral_chart_kind *const kinds[] = {
#define SPIRAL_CHART_KIND_ENTRY(name) &spiral_chart_##name,
    SPIRAL_CHART_KIND_TABLE(SPIRAL_CHART_KIND_ENTRY)
#undef SPIRAL_CHART_KIND_ENTRY
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct spiral_chart_kind *kind_named(const char *name)
{
    for (int k = 0; k < KINDS; k++)
        if (strcmp(kinds[k]->name, name) == 0)
            return kinds[k];
    fail_msg("unknown kind '%s'", name);
    return NULL;
}

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0; /* the boxes hold the room above and below the letters */
    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
           a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

/* What is asked of every picture: each in another theme than the last. */
static struct spiral_chart_request request_for(int language)
{
    static int pictures;

    return (struct spiral_chart_request){.density = 1.0,
                                         .theme = &spiral_themes[pictures++ % SPIRAL_THEMES],
                                         .language = (enum spiral_language)language,
                                         .runs = RUNS,
                                         .seed = 1,
                                         .threads = 1,
                                         .quantity = SPIRAL_QUANTITY_escalation};
}

/* Draws in memory and looks at every text's box. */
static void assert_tidy_at(const struct spiral_chart_kind *kind,
                           struct spiral_chart_request request, double scale)
{
    struct spiral_page page;
    const char *operand = request.operand_count > 0 ? request.operands[0] : "";
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)request.width, (int)request.height);
    cairo_t *cr = cairo_create(surface);

    assert_null(spiral_page_wrap(&page, cr, request.width, request.height, request.theme, NULL));
    page.record = true;
    page.scale = scale;
    request.opened = &page;
    assert_int_equal(spiral_chart_draw(kind->name, &request), 0);
    assert_true(page.box_count > 5);

    for (size_t i = 0; i < page.box_count; i++) {
        const struct spiral_rectangle *box = &page.boxes[i].at;
        if (box->x < -0.5 || box->y < -0.5 || box->x + box->width > request.width + 0.5 ||
            box->y + box->height > request.height + 0.5)
            fail_msg("%s %s, %.0f x %.0f: '%s' leaves the page: %.0f, %.0f, %.0f x %.0f",
                     kind->name, operand, request.width, request.height, page.boxes[i].start,
                     box->x, box->y, box->width, box->height);

        for (size_t j = i + 1; j < page.box_count; j++)
            if (overlap(box, &page.boxes[j].at))
                fail_msg("%s %s (%d), %.0f x %.0f: '%s' lies on '%s'", kind->name, operand,
                         (int)request.language, request.width, request.height, page.boxes[i].start,
                         page.boxes[j].start);
    }

    assert_null(spiral_page_close(&page));
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static void assert_tidy(const struct spiral_chart_kind *kind, struct spiral_chart_request request,
                        int size)
{
    request.width = sizes[size].width > 0.0 ? sizes[size].width : kind->width;
    request.height = sizes[size].height > 0.0 ? sizes[size].height : kind->height;
    assert_tidy_at(kind, request, sizes[size].scale);
}

static bool is_of_one_case(const struct spiral_chart_kind *kind)
{
    return kind->most == 1 && strncmp(kind->operands, "SCENARIO", 8) == 0 &&
           strcmp(kind->name, "game") != 0; /* hundreds of ensembles */
}

/* The kinds of one case, of several, of none: those that read a store have their own below. */
static void pictures_of_cases_are_tidy(void **state)
{
    (void)state;
    static const char *const branches[CASES][2] = {
        {"UKR:limited_balance@2004-12", "RUS:detente@2014-03"},
        {"FIN:confront_near@1970-01", "FIN:neutrality@1990-01"},
        {"SGP:bandwagon@1990-01", "SGP:straddling@2000"},
        {"GEO:limited_balance@2004-01", "RUS:detente@2008-01"},
        {"BAL:limited_balance@2000-01", "BAL:neutrality@1994"},
        {"CUB:limited_balance@1961-01", "CUB:neutrality@1970"},
        {"POL:limited_balance@1994-01", "POL:neutrality@1992"},
        {"SWE:confront_near@1950-01", "SWE:neutrality@1995-01"},
    };

    for (int k = 0; k < KINDS; k++)
        for (int c = 0; c < CASES_DRAWN && is_of_one_case(kinds[k]); c++)
            for (int language = 0; language < LANGUAGES; language++) {
                struct spiral_chart_request request = request_for(language);
                request.operands = &cases[c];
                request.operand_count = 1;
                request.branches.items[0] = branches[c][0];
                request.branches.items[1] = branches[c][1];
                request.branches.count = strcmp(kinds[k]->name, "whatif") == 0 ? 2 : 0;
                for (int size = 0; size < SIZES; size++)
                    assert_tidy(kinds[k], request, size);
            }
}

/* A kind that runs hundreds of ensembles is drawn in a size a language; the smallest is for
 * Chinese, whose lines are higher. */
static void pictures_of_many_cases_are_tidy(void **state)
{
    (void)state;
    for (int k = 0; k < KINDS; k++) {
        if (is_of_one_case(kinds[k]) || strstr(kinds[k]->operands, "STORE") != NULL ||
            strstr(kinds[k]->operands, "TABLE") != NULL)
            continue;

        for (int language = 0; language < LANGUAGES; language++) {
            struct spiral_chart_request request = request_for(language);
            request.runs =
                strcmp(kinds[k]->name, "compare") == 0 ? RUNS : 8; /* at each of many points */
            request.operands = cases;
            request.operand_count = kinds[k]->most < CASES ? kinds[k]->most : CASES;
            assert_tidy(kinds[k], request, language == SPIRAL_CHINESE ? SIZES - 1 : 0);
        }
    }
}

/* A store of a small sweep of each design that `sensitivity` knows; its trajectories over the
 * phase plane. */
static void pictures_of_stores_are_tidy(void **state)
{
    (void)state;
    static const char *const designs[] = {"saltelli", "morris", "sobol"};
    char folder[] = "/tmp/spiral-chart-XXXXXX";
    char path[64];
    char command[512];
    const char *operand = path;

    assert_non_null(mkdtemp(folder));

    for (int d = 0; d < 3; d++) {
        snprintf(path, sizeof path, "%s/%s.db", folder, designs[d]);
        snprintf(command, sizeof command,
                 "%s sweep %s --vary k.encircle=0.5:4 --vary k.window=0:4 --vary k.trade=0:4 "
                 "--vary neighbour.greed=0:0.8 --until 2014 "
                 "--design %s --points %d --replicates %d --trajectories 1 --threads 1 --quiet "
                 "--store %s",
                 SPIRAL_BINARY, cases[0], designs[d], d == 2 ? 32 : 16, RUNS / 4, path);
        assert_int_equal(system(command), 0);

        for (int language = 0; language < LANGUAGES; language++) {
            struct spiral_chart_request request = request_for(language);
            request.operands = &operand;
            request.operand_count = 1;
            for (int size = 0; size < SIZES; size++)
                assert_tidy(kind_named("sensitivity"), request, size);
            for (int size = 0; size < SIZES; size++)
                assert_tidy(kind_named("convergence"), request, size);
            if (d != 1)
                assert_tidy(kind_named("prim"), request,
                            language == SPIRAL_CHINESE ? SIZES - 1 : 0);
            if (d == 2)
                assert_tidy(kind_named("phase"), request, 0);
        }
    }

    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
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

static size_t times(const char *bytes, size_t size, const char *text)
{
    size_t count = 0;
    for (const char *at = bytes;
         (at = memmem(at, size - (size_t)(at - bytes), text, strlen(text))) != NULL; at++)
        count++;
    return count;
}

/* Curves, every word as text of a known length and not as an outline, what the picture is of, no
 * NaN, every element closed. */
static void assert_whole_svg(const char *bytes, size_t size)
{
    const size_t lines = times(bytes, size, "<text ");

    assert_true(holds(bytes, size, "<svg") && holds(bytes, size, "</svg>"));
    assert_true(times(bytes, size, "<path") > 20 && lines > 20);
    assert_false(holds(bytes, size, "glyph"));
    assert_int_equal(times(bytes, size, " textLength="), lines);
    assert_int_equal(times(bytes, size, "</text>"), lines);
    assert_int_equal(times(bytes, size, "<title>"), 1);
    assert_int_equal(times(bytes, size, "<desc>"), 1);
    assert_true(holds(bytes, size, ">0</text>")); /* a tick of every picture, as it is read */
    assert_false(holds(bytes, size, "nan") || holds(bytes, size, "inf"));
    assert_int_equal(times(bytes, size, "<g>") + times(bytes, size, "<g "),
                     times(bytes, size, "</g>"));
}

/* A text with all that XML minds is escaped, a turned one turned, and a broken one two lines. */
static void letters_of_svg_are_text(void **state)
{
    (void)state;
    struct spiral_page page;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    assert_non_null(out);
    assert_null(spiral_page_open(&page, out, "x.svg", 300.0, 200.0, 1.0,
                                 &spiral_themes[SPIRAL_THEME_light]));
    spiral_page_frame(&page, "A & B", "less < more", "a note");
    spiral_text_draw(&page, SPIRAL_TEXT_direct, "up", 20.0, 150.0, 0.0, 0.0,
                     &(struct spiral_text_form){.angle = -1.5707963267948966});
    spiral_text_draw(&page, SPIRAL_TEXT_axis, "first\nsecond", 100.0, 100.0, 0.0, 0.0, NULL);
    assert_null(spiral_page_close(&page));
    assert_int_equal(fclose(out), 0);

    assert_true(holds(bytes, size, "<title>A &amp; B</title>"));
    assert_true(holds(bytes, size, "<desc>less &lt; more. a note</desc>"));
    assert_true(holds(bytes, size, ">less &lt; more</text>"));
    assert_true(holds(bytes, size, "transform=\"rotate(-90.00 "));
    assert_true(holds(bytes, size, ">first</text>") && holds(bytes, size, ">second</text>"));
    assert_int_equal(times(bytes, size, "<text "), 6);
    free(bytes);
}

/* By processes of their own, of one case with one thread and with two: within one, cairo numbers
 * its surfaces on. */
static void files_are_whole_and_always_the_same(void **state)
{
    (void)state;
    static const char *const formats[] = {"svg", "pdf", "png"};
    static const char *const starts[] = {"<?xml", "%PDF-", "\x89PNG"};
    static const char *const pictures[] = {"timeline", "timeline --lang zh --theme print",
                                           "compare", "map"};
    char folder[] = "/tmp/spiral-chart-XXXXXX";
    char path[64];

    assert_non_null(mkdtemp(folder));

    for (int picture = 0; picture < 4; picture++)
        for (int f = 0; f < (picture < 2 ? 3 : 1); f++) {
            char *first = NULL;
            size_t first_size = 0;
            snprintf(path, sizeof path, "%s/a.%s", folder, formats[f]);

            for (int time = 0; time < 2; time++) {
                char arguments[256];
                char errors[1024];
                size_t size;
                snprintf(arguments, sizeof arguments, "%s %s --runs 8 --threads %d --out %s",
                         pictures[picture], cases[0], picture == 0 ? 1 + time : 1, path);
                assert_int_equal(run(arguments, errors, sizeof errors), 0);

                char *bytes = contents(path, &size);
                assert_true(size > 2000 && memcmp(bytes, starts[f], strlen(starts[f])) == 0);
                if (f == 0)
                    assert_whole_svg(bytes, size);
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
    static const struct {
        const char *arguments, *says;
    } bad[] = {
        {"timelin ukraine --out x.svg", "did you mean 'timeline'?"},
        {"timeline --out x.svg", "an operand is missing"},
        {"timeline ukraine", "expected a file that ends in .svg, .pdf or .png"},
        {"timeline ukraine --out x.gif", "expected a file that ends in .svg, .pdf or .png"},
        {"timeline ukraine --out x.svg --theme drak", "did you mean 'dark'?"},
        {"timeline ukraine --out x.svg --lang fr", "neither en nor zh"},
        {"timeline ukraine --out x.svg --size 12x9000", "is not a size"},
        {"timeline ukraine --out x.svg --scale 9", "is not between 0.25 and 8"},
        {"timeline ukraine --out x.svg --quantity escalatio", "did you mean 'escalation'?"},
        {"timeline ukrane --out x.svg", "ukrane"},
        {"whatif " SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml --out x.svg", "which branch?"},
        {"timeline " SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml --out x.svg --set k.encirle=2",
         "did you mean 'k.encircle'?"},
    };

    char errors[4096];

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const int status = run(bad[i].arguments, errors, sizeof errors);
        if (status != 2 || strstr(errors, bad[i].says) == NULL)
            fail_msg("chart %s: exit status %d, '%s' does not say '%s'", bad[i].arguments, status,
                     errors, bad[i].says);
        assert_int_equal(access("x.svg", F_OK), -1);
    }

    assert_int_equal(run("timeline " SPIRAL_SOURCE_DIR
                         "/scenarios/georgia.yaml --runs 16 --out /nowhere/x.svg",
                         errors, sizeof errors),
                     1);
    assert_non_null(strstr(errors, "cannot be written"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_of_cases_are_tidy),
        cmocka_unit_test(pictures_of_many_cases_are_tidy),
        cmocka_unit_test(pictures_of_stores_are_tidy),
        cmocka_unit_test(letters_of_svg_are_text),
        cmocka_unit_test(files_are_whole_and_always_the_same),
        cmocka_unit_test(bad_requests_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
