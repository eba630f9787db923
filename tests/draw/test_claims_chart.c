/* SPDX-License-Identifier: MIT
 *
 * The chart of claims: nothing leaves the page, no text lies on another, in both languages and
 * several sizes; what is drawn is what the store says.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "render/figure/claims.h"
#include "tools/draw/chart.h"

static char folder[] = "/tmp/spiral-claims-chart-XXXXXX";
static char store[100];

static int shell(const char *program, const char *arguments, char *said, size_t size)
{
    char command[600];

    snprintf(command, sizeof command, "cd '%s' && '%s' %s 2>&1", folder, program, arguments);
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    said[fread(said, 1, size - 1, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static int make_store(void **state)
{
    char said[1024];

    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(store, sizeof store, "%s/claims.db", folder);

    return shell(SPIRAL_BINARY,
                 "claims --points 24 --replicates 32 --dt 0.5 --quiet --store claims.db --csv "
                 "--out claims.csv",
                 said, sizeof said);
}

static int drop_store(void **state)
{
    char command[200];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

/* --- what the page shows -------------------------------------------------------------------- */

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0; /* the boxes hold the room above and below the letters */
    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
           a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static void assert_tidy(const struct spiral_page *page)
{
    assert_true(page->box_count > 5);
    for (size_t i = 0; i < page->box_count; i++) {
        const struct spiral_rectangle *box = &page->boxes[i].at;
        if (box->x < -0.5 || box->y < -0.5 || box->x + box->width > page->width + 0.5 ||
            box->y + box->height > page->height + 0.5)
            fail_msg("%.0f x %.0f: '%s' leaves the page", page->width, page->height,
                     page->boxes[i].start);

        for (size_t j = i + 1; j < page->box_count; j++)
            if (overlap(box, &page->boxes[j].at))
                fail_msg("%.0f x %.0f: '%s' lies on '%s'", page->width, page->height,
                         page->boxes[i].start, page->boxes[j].start);
    }
}

static size_t texts_that_start(const struct spiral_page *page, enum spiral_text_role role,
                               const char *start)
{
    size_t count = 0;
    for (size_t i = 0; i < page->box_count; i++)
        count +=
            page->boxes[i].role == role && strncmp(page->boxes[i].start, start, strlen(start)) == 0;
    return count;
}

/* A page in memory whose texts are recorded; closed by the second. */
static cairo_surface_t *open_page(struct spiral_page *page, double width, double height, int theme)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cr = cairo_create(surface);

    assert_null(spiral_page_wrap(page, cr, width, height, &spiral_themes[theme], NULL));
    page->record = true;
    return surface;
}

static void close_page(struct spiral_page *page, cairo_surface_t *surface)
{
    cairo_t *cr = page->cr;
    assert_null(spiral_page_close(page));
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

/* --- tests ------------------------------------------------------------------------------------ */

static void test_tidy(void **state)
{
    (void)state;
    static const double sizes[][2] = {{1200.0, 1150.0}, {900.0, 800.0}, {1600.0, 1000.0}};
    static const char *const outcomes[] = {"war", "force"};
    const char *const operands[] = {store};

    for (int language = 0; language < 2; language++)
        for (int size = 0; size < 3; size++) {
            struct spiral_page page;
            cairo_surface_t *surface = open_page(&page, sizes[size][0], sizes[size][1], size);
            const struct spiral_chart_request request = {.width = sizes[size][0],
                                                         .height = sizes[size][1],
                                                         .density = 1.0,
                                                         .theme = &spiral_themes[size],
                                                         .language = (enum spiral_language)language,
                                                         .seed = 1,
                                                         .threads = 1,
                                                         .outcome = outcomes[language],
                                                         .operands = operands,
                                                         .operand_count = 1,
                                                         .opened = &page};
            assert_int_equal(spiral_chart_draw("claims", &request), 0);
            assert_tidy(&page);
            assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_heading,
                                              language == 0 ? "The paper" : "论文"),
                             1);
            assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_caption,
                                              language == 0 ? "A half pledge" : "半心半意"),
                             1);
            close_page(&page, surface);
        }
}

/* The colour of a pixel. */
static uint32_t pixel(cairo_surface_t *surface, double x, double y)
{
    cairo_surface_flush(surface);
    const unsigned char *row = cairo_image_surface_get_data(surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(surface);

    return ((const uint32_t *)(const void *)row)[(int)x] & 0xffffff;
}

/* Rows of known figures: the shares are written as they are, groups have one heading, what has
 * no risk says so, and an effect whose interval is above 0 has another colour than one below. */
static void test_known_rows(void **state)
{
    (void)state;
    static const char *const first = "one";
    static const char *const second = "two";
    const struct spiral_claims_row rows[] = {
        {first, "up", 20.0, {10.0, 30.0}, {5.0, 45.0}, 0.62, 0.05, 0.25, {0.58, 0.66}},
        {first, "down", -20.0, {-30.0, -10.0}, {-45.0, -5.0}, 0.04, 0.71, 0.21, {0.03, 0.05}},
        {second, "silent", NAN, {NAN, NAN}, {NAN, NAN}, 0.0, 0.0, 1.0, {0.0, 0.01}},
    };
    const struct spiral_claims_figure figure = {
        .title = "title", .subtitle = "", .note = "note", .axis = "axis", .count = 3, .rows = rows};
    struct spiral_page page;
    cairo_surface_t *surface = open_page(&page, 900.0, 400.0, 0);

    spiral_claims_draw(&page, &figure);
    assert_tidy(&page);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_heading, "one"), 1);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_heading, "two"), 1);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_number, "62 % [58, 66]"), 1);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_number, "71 %"), 1);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_number, "100 %"), 1);
    assert_int_equal(texts_that_start(&page, SPIRAL_TEXT_note, "no risk"), 1);

    /* the dots lie symmetrically about 0, level with their statements; 0 is where the two
     * words above meet */
    double zero = 0.0;
    double apart = 0.0;
    double level[2] = {0.0, 0.0};

    for (size_t i = 0; i < page.box_count; i++) {
        const struct spiral_box *box = &page.boxes[i];
        if (strncmp(box->start, "supports", 8) == 0)
            zero = box->at.x - 6.0;
        if (strcmp(box->start, "20") == 0)
            apart = box->at.x + 0.5 * box->at.width;
        if (box->role == SPIRAL_TEXT_caption &&
            (strcmp(box->start, "up") == 0 || strcmp(box->start, "down") == 0))
            level[strcmp(box->start, "down") == 0] = box->at.y + 0.5 * box->at.height;
    }

    apart -= zero;
    assert_true(apart > 20.0);

    const uint32_t up = pixel(surface, zero + apart, level[0]);
    const uint32_t down = pixel(surface, zero - apart, level[1]);
    const uint32_t ground = pixel(surface, 2.0, 2.0);

    assert_true(up != ground && down != ground && up != down);
    assert_true(pixel(surface, zero - apart + 4.0, level[0]) == ground);
    close_page(&page, surface);
}

static void test_bad_requests(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says;
    } bad[] = {
        {"claims --out x.svg", "an operand is missing"},
        {"claims claims.db --out x.svg --outcome highest",
         "claims are of war or of force, not of 'highest'"},
        {"claims no.db --out x.svg", "no.db cannot be read"},
        {"claims part.db --out x.svg", "2 of 4 points are done"},
        {"sensitivity claims.db --out x.svg", "is another kind of store"},
    };

    char said[4096];
    char command[400];
    char missing[100];

    shell(SPIRAL_BINARY,
          "claims --claims trade --points 4 --replicates 1 --limit 2 --quiet --store part.db", said,
          sizeof said);

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(command, sizeof command, "chart %s", bad[i].arguments);
        const int status = shell(SPIRAL_BINARY, command, said, sizeof said);
        if (status != 2 || strstr(said, bad[i].says) == NULL)
            fail_msg("%s: exit status %d, said '%s'", bad[i].arguments, status, said);
    }

    snprintf(missing, sizeof missing, "%s/x.svg", folder);
    assert_int_equal(access(missing, F_OK), -1);
    assert_int_equal(shell(SPIRAL_BINARY, "chart claims claims.db --out x.svg && cp x.svg y.svg",
                           said, sizeof said),
                     0);
    assert_int_equal(shell(SPIRAL_BINARY, "chart claims claims.db --out x.svg && cmp x.svg y.svg",
                           said, sizeof said),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tidy),
                                       cmocka_unit_test(test_known_rows),
                                       cmocka_unit_test(test_bad_requests)};
    return cmocka_run_group_tests(tests, make_store, drop_store);
}
