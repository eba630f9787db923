/* SPDX-License-Identifier: MIT
 *
 * Everything in the window says what it is: the focus goes over every widget of every tab and
 * sheet, in both languages, and each shows a card. And the menu of cases, which opens others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/window/view_of.h"

static bool has_chinese(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0xe3)
            return true;
    return false;
}

/* The focus goes round; returns how many widgets there were. */
static int look_at_all(struct spiral_view *view, const char *where)
{
    int count;

    view->ui.focus = -1;
    frames(view, 1);
    count = view->ui.count;

    for (int i = 0; i < count; i++) {
        press(view, SDLK_TAB, 0);
        assert_int_equal(view->ui.focus, i);
        if (!view->ui.card.given || strlen(view->ui.card.heading) == 0 ||
            strlen(view->ui.card.sentence) == 0)
            fail_msg("%s: widget %d of %d says nothing", where, i, count);
        if (view->language == SPIRAL_CHINESE && !has_chinese(view->ui.card.sentence))
            fail_msg("%s: widget %d of %d: %s", where, i, count, view->ui.card.sentence);
    }

    return count;
}

static void every_widget_says_what_it_is(void **state)
{
    (void)state;
    struct spiral_lesson lesson;
    struct spiral_error error;

    load_lesson(&lesson, "three");

    for (int language = 0; language < (SANITIZED ? 1 : 2); language++) {
        struct spiral_view *view = view_of(&lesson, 1280, 800, 1.0, (enum spiral_language)language);
        char where[32];

        spiral_view_go_to_step(view, 2); /* a question */
        spiral_session_seek(view->session, 100);
        assert_int_equal(spiral_session_set(view->session, "doctrine.UKR.align", 0.1, &error),
                         SPIRAL_OK);
        assert_int_equal(spiral_session_set(view->session, "k.loss", 2.0, &error), SPIRAL_OK);
        press(view, SDLK_b, 0);

        for (int tab = 0; tab < SPIRAL_TABS; tab++) {
            press(view, (SDL_Keycode)(SDLK_1 + tab), 0);
            snprintf(where, sizeof where, "tab %d", tab + 1);
            /* tabs, the bar, and the curves' names and panels' titles of the plot */
            assert_true(look_at_all(view, where) > 5 + 14 + 4 + 2);
        }

        press(view, SDLK_F1, 0);
        assert_true(look_at_all(view, "help") == 4);
        press(view, SDLK_ESCAPE, 0);
        press(view, SDLK_ESCAPE, 0);
        press(view, SDLK_i, 0);
        assert_int_equal(look_at_all(view, "story"), 1);
        spiral_view_close(view);
    }

    spiral_lesson_clear(&lesson);
}

/* The menu lists the cases and lessons of the source; one of each is begun in the window. */
static void cases_and_lessons_begin_in_the_window(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1);
    press(view, SDLK_m, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_CASES);
    assert_int_equal(view->shelf.count, 8 + 3);
    assert_int_equal(look_at_all(view, "menu"), 8 + 3 + 1);
    press(view, SDLK_SPACE, 0); /* the run is under the sheet */
    assert_false(view->session->playing);
    view->ui.focus = -1;
    for (int tab = 0; tab < 3; tab++) /* baltics, cuba, finland */
        press(view, SDLK_TAB, 0);

    press(view, SDLK_RETURN, 0);
    assert_string_equal(view->session->base.name, "finland");
    assert_int_equal(view->sheet, SPIRAL_SHEET_STORY);
    press(view, SDLK_SPACE, 0); /* the one button */
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    frames(view, 2);

    press(view, SDLK_m, 0);
    for (int tab = 0; tab < 8 + 1; tab++)
        press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    assert_non_null(view->lesson.lesson);
    assert_string_equal(view->session->base.name, "ukraine");
    press(view, SDLK_RETURN, 0);
    frames(view, 2);
    assert_int_equal(view->levers.tab, SPIRAL_TAB_LESSON);
    press(view, SDLK_m, 0);
    press(view, SDLK_TAB, KMOD_LSHIFT); /* the button that closes it */
    press(view, SDLK_RETURN, 0);
    frames(view, 1);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    spiral_view_close(view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_widget_says_what_it_is),
        cmocka_unit_test(cases_and_lessons_begin_in_the_window),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
