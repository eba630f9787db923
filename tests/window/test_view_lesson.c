/* SPDX-License-Identifier: MIT
 *
 * Lessons from start to end: until an answer is locked nothing tells what the runs say, neither the
 * picture nor a text nor a key nor a file; afterwards the answer is fixed and written down.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/window/view_of.h"

/* --- texts on the screen ---------------------------------------------------------------------- */

enum { MOST_TEXTS = 20000 };
static char (*texts)[32]; /* all that were drawn since the list was emptied */
static size_t text_count;

static void watch_texts(void *unused, const struct spiral_page *page)
{
    (void)unused;
    for (size_t i = 0; i < page->box_count && text_count < MOST_TEXTS; i++)
        memcpy(texts[text_count++], page->boxes[i].start, sizeof *texts);
}

static bool is_seen(const char *text)
{
    for (size_t i = 0; i < text_count; i++)
        if (strstr(texts[i], text) != NULL)
            return true;
    return false;
}

/* --- pictures --------------------------------------------------------------------------------- */

static uint64_t hash_of_picture(const struct spiral_view *view)
{
    cairo_surface_t *surface = view->screen.surface;
    uint64_t hash = 14695981039346656037u;

    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    const size_t size = (size_t)cairo_image_surface_get_stride(surface) *
                        (size_t)cairo_image_surface_get_height(surface);

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ pixels[i]) * 1099511628211u;

    return hash;
}

/* The picture without an ensemble and with one is the same, in every tab. */
static void assert_pictures_do_not_tell(struct spiral_view *view)
{
    for (int tab = 0; tab < SPIRAL_TABS; tab++) {
        press(view, (SDL_Keycode)(SDLK_1 + (tab + 4) % SPIRAL_TABS), 0);
        spiral_live_fan_destroy(view->fan);
        assert_int_equal(spiral_live_fan_create(&view->fan, SPIRAL_VIEW_RUNS,
                                                &(struct spiral_error){.line = 0}),
                         SPIRAL_OK);
        spiral_view_frame(view, 0.0);
        const uint64_t without = hash_of_picture(view);

        spiral_live_fan_follow(view->fan, view->session);
        spiral_live_fan_wait(view->fan);
        spiral_view_frame(view, 0.0);
        assert_true(hash_of_picture(view) == without);
    }

    press(view, SDLK_5, 0);
}

/* --- files ------------------------------------------------------------------------------------ */

/* Whether a file whose name has `ending` holds the text; with "" whether there is such a file. That
 * of the answers is looked at only where it is named. */
static bool is_in_files(const char *ending, const char *text)
{
    DIR *directory = opendir(folder);
    bool found = false;

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[512];
        char *line = NULL;
        size_t size = 0;

        if (strstr(entry->d_name, ending) == NULL || entry->d_name[0] == '.' ||
            (strcmp(ending, "-answers") != 0 && strstr(entry->d_name, "-answers") != NULL))
            continue;
        found = found || text[0] == '\0';
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "r");
        while (getline(&line, &size, file) >= 0)
            found = found || (text[0] != '\0' && strstr(line, text) != NULL);
        free(line);
        fclose(file);
    }

    closedir(directory);

    return found;
}

static void remove_files(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -f %s/*", folder);
    assert_int_equal(system(command), 0);
}

/* --- a question ------------------------------------------------------------------------------- */

/* What earlier reveals of the lesson have told: it may be seen again. */
static char told[256][40];
static size_t told_count;

static bool is_told(const char *value)
{
    for (size_t i = 0; i < told_count; i++)
        if (strcmp(told[i], value) == 0)
            return true;
    return false;
}

static void remember_told(const struct spiral_lesson_step *step,
                          const struct spiral_lesson_answer *answer)
{
    for (size_t m = 0; m < step->measure_count && told_count < 256; m++)
        spiral_lesson_write_value(&step->measures[m], answer->value[m], told[told_count++]);
}

/* What was measured is in no text of the screen and in no file of before. */
static void assert_was_not_told(const struct spiral_lesson_step *step,
                                const struct spiral_lesson_answer *answer)
{
    static const char *const ticks[] = {"0 %", "50 %", "100 %", "0"};

    for (size_t m = 0; m < step->measure_count; m++) {
        char value[40];
        bool is_tick = false;

        spiral_lesson_write_value(&step->measures[m], answer->value[m], value);
        for (size_t t = 0; t < sizeof ticks / sizeof *ticks; t++)
            is_tick = is_tick || strcmp(value, ticks[t]) == 0;
        if (is_tick || is_told(value) || !step->measures[m].percent)
            continue;
        if (is_seen(value))
            fail_msg("%s = %s was on the screen before the answer", step->measures[m].name, value);
        if (is_in_files(".csv", value) || is_in_files(".svg", value))
            fail_msg("%s = %s was in a file before the answer", step->measures[m].name, value);
    }
}

/* All that a student may try before the lock. */
static void try_to_find_out(struct spiral_view *view)
{
    static const SDL_Keycode keys[] = {SDLK_n, SDLK_m, SDLK_w, SDLK_b,
                                       SDLK_s, SDLK_e, SDLK_p, SDLK_n};
    const size_t step = view->lesson.step;

    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        press(view, keys[k], 0);
        assert_true(spiral_view_is_asking(view));
        assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
        spiral_view_frame(view, 0.0);
    }

    /* back at the step, whatever the keys did, with a branch that would tell */
    while (view->lesson.step < step)
        spiral_view_go_to_step(view, view->lesson.step + 1);
    if (view->session->branch_count > 0)
        spiral_session_drop_branch(view->session, 0);
    assert_false(is_in_files("-ensemble.csv", ""));
    assert_true(is_in_files(".yaml", "# branch: "));
    assert_false(is_in_files(".yaml", "war by the end"));
}

/* `first`: pictures are compared too, which takes a while. */
static void answer_question(struct spiral_view *view, bool first)
{
    const size_t s = view->lesson.step;
    const struct spiral_lesson_step *step = &view->lesson.lesson->steps[s];
    const struct spiral_prediction *prediction = &view->lesson.predictions.items[s];

    text_count = 0;
    remove_files();
    spiral_view_frame(view, 0.0);
    if (first)
        assert_pictures_do_not_tell(view);
    try_to_find_out(view);

    /* five tabs, then the answers: the second, and then the first after all */
    view->ui.focus = -1;
    for (int tab = 0; tab < 7; tab++)
        press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    assert_int_equal(prediction->chosen, 1);
    press(view, SDLK_TAB, KMOD_LSHIFT);
    press(view, SDLK_RETURN, 0);
    assert_int_equal(prediction->chosen, 0);
    assert_false(prediction->locked);
    spiral_live_fan_wait(view->fan);
    spiral_view_frame(view, 0.0);

    for (size_t tab = 0; tab < step->choice_count; tab++)
        press(view, SDLK_TAB, 0);

    const size_t before = text_count;

    press(view, SDLK_RETURN, 0); /* the button that locks it */
    assert_true(prediction->locked);
    frames(view, 2);
    assert_true(prediction->revealed);
    text_count = before;
    assert_was_not_told(step, &prediction->answer);
    remember_told(step, &prediction->answer);

    /* it is fixed, and written down */
    for (size_t tab = 0; tab + 1 < step->choice_count; tab++)
        press(view, SDLK_TAB, KMOD_LSHIFT);
    press(view, SDLK_RETURN, 0);
    assert_int_equal(prediction->chosen, 0);
    assert_true(is_in_files("-answers", "measured"));
    press(view, SDLK_e, 0);
    assert_true(is_in_files("-ensemble.csv", ""));
}

static void lessons_do_not_tell_before_they_are_answered(void **state)
{
    (void)state;
    static const char *const names[] = {"spiral", "commitment", "three"};

    texts = malloc(MOST_TEXTS * sizeof *texts);

    for (size_t l = 0; l < (SANITIZED ? 1 : sizeof names / sizeof *names); l++) {
        struct spiral_lesson lesson;
        size_t questions = 0;

        told_count = 0;
        load_lesson(&lesson, names[l]);
        struct spiral_view *view = view_of(&lesson, 1024, 640, 1.0, (enum spiral_language)(l % 2));

        view->watch = watch_texts;

        while (!view->lesson.ended) {
            const struct spiral_lesson_step *step = &lesson.steps[view->lesson.step];

            view->session->playing = false; /* pictures of one moment are compared */
            if (step->choice_count > 0) {
                answer_question(view, questions == 0);
                questions++;
            }
            press(view, SDLK_n, 0);
        }

        assert_true(questions >= 3);
        text_count = 0;
        frames(view, 2);
        assert_true(is_seen(l % 2 == 0 ? "You thought" : "你的预测"));
        press(view, SDLK_p, 0);
        assert_false(view->lesson.ended);
        spiral_view_close(view);
        spiral_lesson_clear(&lesson);
    }

    free(texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_do_not_tell_before_they_are_answered),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
