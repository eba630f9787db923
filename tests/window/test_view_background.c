/* SPDX-License-Identifier: MIT
 *
 * The picture under the live view's curves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/window/view_of.h"

/* The window's picture; the caller frees it. */
static unsigned char *picture_of(struct spiral_view *view, size_t *size)
{
    cairo_surface_t *surface = view->screen.surface;

    cairo_surface_flush(surface);
    *size = (size_t)cairo_image_surface_get_stride(surface) *
            (size_t)cairo_image_surface_get_height(surface);
    unsigned char *picture = malloc(*size);

    assert_non_null(picture);
    memcpy(picture, cairo_image_surface_get_data(surface), *size);

    return picture;
}

/* Frames in which no time goes by while the run plays: a panel of a new ensemble is drawn in
 * each, and after as many as there are panels the picture is the one that is drawn at once. */
static void panels_drawn_one_by_one_make_the_whole_picture(void **state)
{
    (void)state;
    struct spiral_error error;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);
    size_t size;

    spiral_session_seek(view->session, 160);
    frames(view, 1);
    press(view, SDLK_b, 0);
    spiral_live_fan_wait(view->fan);
    spiral_view_frame(view, 0.0);
    assert_int_equal(spiral_session_set(view->session, "doctrine.UKR.align", 0.1, &error),
                     SPIRAL_OK);
    spiral_live_fan_follow(view->fan, view->session);
    spiral_live_fan_wait(view->fan);
    view->session->playing = true;
    for (int p = 0; p + 1 < SPIRAL_PLOT_PANELS; p++)
        spiral_view_frame(view, 0.0);

    unsigned char *before = picture_of(view, &size);

    spiral_view_frame(view, 0.0);

    unsigned char *stepwise = picture_of(view, &size);

    spiral_plot_layer_drop(&view->plot.layers[SPIRAL_LAYER_future]);
    spiral_view_frame(view, 0.0);

    unsigned char *whole = picture_of(view, &size);

    assert_memory_equal(stepwise, whole, size);
    assert_memory_equal(before, whole,
                        size); /* the last panel, the ladder, shows nothing of the ensemble */
    free(before);
    free(stepwise);
    free(whole);
    spiral_view_close(view);
}

/* A question that comes up while the run plays hides what the ensemble says, panel by panel, and
 * not the first alone: what is left is the picture that is drawn at once. */
static void a_question_hides_the_ensemble_in_every_panel(void **state)
{
    (void)state;
    struct spiral_lesson lesson;
    size_t size;
    size_t step = 0;

    load_lesson(&lesson, "spiral");
    while (lesson.steps[step].choice_count == 0)
        step++;

    struct spiral_view *view = view_of(&lesson, 1280, 800, 1.0, SPIRAL_ENGLISH);

    spiral_view_go_to_step(view, step);
    view->lesson.predictions.items[step].locked = true;
    spiral_live_fan_follow(view->fan, view->session);
    spiral_live_fan_wait(view->fan);
    spiral_view_frame(view, 0.0);
    view->lesson.predictions.items[step].locked = false;
    view->session->playing = true;
    assert_true(spiral_view_is_asking(view));
    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        spiral_view_frame(view, 0.0);

    unsigned char *stepwise = picture_of(view, &size);

    spiral_plot_layer_drop(&view->plot.layers[SPIRAL_LAYER_future]);
    spiral_view_frame(view, 0.0);

    unsigned char *whole = picture_of(view, &size);

    assert_memory_equal(stepwise, whole, size);
    free(stepwise);
    free(whole);
    spiral_view_close(view);
    spiral_lesson_clear(&lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_drawn_one_by_one_make_the_whole_picture),
        cmocka_unit_test(a_question_hides_the_ensemble_in_every_panel),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
