/* SPDX-License-Identifier: MIT */
/* The figure of a sample: its densities are those of known distributions, its texts do not lie
 * on one another, and stores without a sample are refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/figure/posterior.h"

enum { PARTICLES = 400, AXES = SPIRAL_POSTERIOR_AXES, PLACES = 201 };

static double values[PARTICLES * AXES];
static double weights[PARTICLES];

/* Six numbers over their ranges, the second a logarithmic one; the places of the first two are
 * quantiles, so that these samples are even. */
static struct spiral_posterior_figure figure_of(size_t axes)
{
    static const char *const labels[AXES] = {
        "encirclement weight",      "threat fall time", "alliance demand from threat",
        "incidents under pressure", "settlement",       "loss aversion"};
    struct spiral_posterior_figure figure = {.title = "Parameter values that agree with the record",
                                             .subtitle = "ukraine, finland; generation 3",
                                             .note = "A note.",
                                             .axis_count = axes,
                                             .count = PARTICLES,
                                             .stride = AXES,
                                             .weight = weights};

    for (size_t p = 0; p < PARTICLES; p++) {
        weights[p] = 2.0;
        for (size_t a = 0; a < AXES; a++) {
            const double u = ((double)((p * (2 * a + 1) * 7) % PARTICLES) + 0.5) / PARTICLES;
            values[p * AXES + a] = a == 1 ? 0.05 * pow(1000.0, u) : u; /* .05 to 50 */
        }
    }

    for (size_t a = 0; a < axes; a++)
        figure.axes[a] = (struct spiral_posterior_number){.label = labels[a],
                                                          .range = {a == 1 ? 0.05 : 0.0,
                                                                    a == 1 ? 50.0 : 1.0, a == 1},
                                                          .present = a == 1 ? 3.0 : 0.4,
                                                          .truth = a == 0 ? 0.6 : NAN,
                                                          .value = values + a};

    return figure;
}

static double integral(const double *density)
{
    double sum = 0.0;
    for (int i = 0; i + 1 < PLACES; i++)
        sum += 0.5 * (density[i] + density[i + 1]) / (PLACES - 1);
    return sum;
}

/* A uniform sample has density 1 up to the ends, also on a logarithmic range, and deviation 1 /
 * sqrt(12). */
static void test_uniform(void **state)
{
    (void)state;
    const struct spiral_posterior_figure figure = figure_of(2);

    for (size_t axis = 0; axis < 2; axis++) {
        double density[PLACES];
        spiral_posterior_density(&figure, axis, density, PLACES);
        for (int i = 0; i < PLACES; i++)
            assert_true(fabs(density[i] - 1.0) < 0.02);
        assert_true(fabs(spiral_posterior_spread(&figure, axis) - 1.0 / sqrt(12.0)) < 1e-3);
    }
}

/* Weights 1 - u make a falling line of a uniform sample: density 2 (1 - u), mean 1/3, variance
 * 1/18. The kernel rounds its ends off alone. */
static void test_weighted(void **state)
{
    (void)state;
    const struct spiral_posterior_figure figure = figure_of(1);
    double density[PLACES];

    for (size_t p = 0; p < PARTICLES; p++)
        weights[p] = 1.0 - values[p * AXES];
    spiral_posterior_density(&figure, 0, density, PLACES);
    assert_true(fabs(integral(density) - 1.0) < 0.01);
    for (int i = PLACES / 4; i < 3 * PLACES / 4; i++)
        assert_true(fabs(density[i] - 2.0 * (1.0 - (double)i / (PLACES - 1))) < 0.03);
    assert_true(fabs(spiral_posterior_spread(&figure, 0) - sqrt(1.0 / 18.0)) < 1e-3);
}

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0;
    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
           a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static void test_tidy(void **state)
{
    (void)state;
    static const double sizes[][2] = {{900.0, 900.0}, {1200.0, 800.0}};

    for (size_t axes = 1; axes <= AXES; axes += axes == 1 ? 1 : 4) /* 1, 2, 6 */
        for (int run = 0; run < 4; run++) {
            struct spiral_posterior_figure figure = figure_of(axes);
            const double width = sizes[run / 2][0];
            const double height = sizes[run / 2][1];
            struct spiral_page page;
            cairo_surface_t *surface =
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
            cairo_t *cr = cairo_create(surface);
            figure.language = run % 2 == 0 ? SPIRAL_ENGLISH : SPIRAL_CHINESE;
            assert_null(spiral_page_wrap(&page, cr, width, height,
                                         &spiral_themes[SPIRAL_THEME_light], NULL));
            page.record = true;
            spiral_posterior_draw(&page, &figure);
            assert_true(page.box_count > axes + 2);

            for (size_t i = 0; i < page.box_count; i++) {
                const struct spiral_rectangle *box = &page.boxes[i].at;
                if (box->x < -0.5 || box->y < -0.5 || box->x + box->width > width + 0.5 ||
                    box->y + box->height > height + 0.5)
                    fail_msg("%zu axes, run %d: '%s' leaves the page", axes, run,
                             page.boxes[i].start);

                for (size_t j = i + 1; j < page.box_count; j++)
                    if (overlap(box, &page.boxes[j].at))
                        fail_msg("%zu axes, run %d: '%s' lies on '%s'", axes, run,
                                 page.boxes[i].start, page.boxes[j].start);
            }

            assert_null(spiral_page_close(&page));
            cairo_destroy(cr);
            cairo_surface_destroy(surface);
        }
}

static void test_command(void **state)
{
    (void)state;
    static const struct {
        const char *command;
        int status;
        const char *says;
    } steps[] = {
        {"calibrate north --vary k.press=0.2:1:log --vary k.settle=0.4:8:log --method abc --points "
         "24 --runs 16 --generations 2 "
         "--predictions 16 --quiet --store p.db",
         0, "generation"},
        {"chart posterior p.db --out p.svg", 0, ""},
        {"chart posterior p.db --out p.png --lang zh --theme dark", 0, ""},
        {"sweep north --vary k.press=0.2:1 --points 2 --replicates 1 --quiet --store s.db", 0, ""},
        {"chart posterior s.db --out s.svg", 2, "s.db holds no calibration"},
        {"chart posterior missing.db --out s.svg", 2, "cannot be read"},
        {"chart posteror p.db --out s.svg", 2, "did you mean 'posterior'?"},
    };

    char folder[] = "/tmp/spiral-posterior-XXXXXX";
    char command[1000];

    assert_non_null(mkdtemp(folder));
    assert_int_equal(setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 1), 0);

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char said[8192];
        snprintf(command, sizeof command, "cd '%s' && '%s' %s 2>&1", folder, SPIRAL_BINARY,
                 steps[i].command);

        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        said[fread(said, 1, sizeof said - 1, pipe)] = '\0';

        const int status = WEXITSTATUS(pclose(pipe));
        if (status != steps[i].status || strstr(said, steps[i].says) == NULL)
            fail_msg("spiral %s: status %d, said: %s", steps[i].command, status, said);
    }

    snprintf(command, sizeof command,
             "cd '%s' && test -s p.svg && test -s p.png && test ! -e s.svg && rm -r '%s'", folder,
             folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uniform),
        cmocka_unit_test(test_weighted),
        cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_command),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
