/* SPDX-License-Identifier: MIT
 *
 * Everything in the window says what it is: the focus goes over every widget of every tab and
 * sheet, in both languages, and each shows a card. And the menu of cases, which opens others.
 */
#include <math.h>
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

/* --- the sheet of a change of doctrine -------------------------------------------------------- */

/* Opens the sheet by keys: the doctrine that follows the present one in the menu. */
static void open_turn(struct spiral_view *view)
{
    view->ui.focus = -1;
    press(view, SDLK_1, 0);
    for (int tab = 0; tab < 4 + 2; tab++) /* four tabs, the state, the doctrine */
        press(view, SDLK_TAB, 0);
    press(view, SDLK_RIGHT, 0);
    frames(view, 1);
    assert_int_equal(view->sheet, SPIRAL_SHEET_TURN);
    assert_true(view->turn.turn.count > 4);
    assert_int_equal(view->session->choice_count, 0);
}

/* Where the fate of the second act is written; its tick is to the left. */
static struct spiral_rectangle second_fate;

static void watch_fates(void *unused, const struct spiral_page *page)
{
    int found = 0;

    (void)unused;

    for (size_t b = 0; b < page->box_count; b++)
        if (strcmp(page->boxes[b].start, "stays") == 0 ||
            strcmp(page->boxes[b].start, "falls") == 0)
            if (++found == 2)
                second_fate = page->boxes[b].at;
}

/* The acts are ticked by keys and by the pointer, the course is taken as they are, and one undo
 * takes it back. */
static void acts_are_ticked_by_keys_and_pointer(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    spiral_session_seek(view->session, 156);
    const size_t entries = view->session->scenario.entry_count;

    open_turn(view);
    assert_true(look_at_all(view, "acts") >= (int)view->turn.turn.count + 2);

    /* the first by a key, the second by the pointer, where its box was drawn */
    const bool first = view->turn.turn.acts[0].falls;
    const bool second = view->turn.turn.acts[1].falls;

    view->ui.focus = -1;
    press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    assert_int_equal(view->turn.turn.acts[0].falls, !first);
    view->watch = watch_fates;
    frames(view, 1);
    click(view, (int)second_fate.x - 15, (int)(second_fate.y + 0.5 * second_fate.height));
    assert_int_equal(view->turn.turn.acts[1].falls, !second);

    size_t falling = 0;

    for (size_t a = 0; a < view->turn.turn.count; a++)
        falling += view->turn.turn.acts[a].falls;

    /* left: nothing is chosen */
    press(view, SDLK_ESCAPE, 0);
    press(view, SDLK_ESCAPE, 0);
    frames(view, 1);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    assert_int_equal(view->session->choice_count, 0);

    /* taken: what was ticked is in the choice */
    open_turn(view);
    const int button = view->ui.focus; /* of the sheet, which takes the course */

    view->ui.focus = -1;
    press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    view->ui.focus = button;
    press(view, SDLK_RETURN, 0);
    frames(view, 1);
    assert_int_equal(view->session->choice_count, 1);
    assert_int_equal(view->session->choices[0].exception_count, 2);
    assert_int_equal(view->session->scenario.entry_count, entries + 1 - falling);

    press(view, SDLK_z, KMOD_LCTRL);
    assert_int_equal(view->session->choice_count, 0);
    assert_int_equal(view->session->scenario.entry_count, entries);
    press(view, SDLK_y, KMOD_LCTRL);
    assert_int_equal(view->session->choices[0].exception_count, 2);
    spiral_view_close(view);
}

/* --- room ------------------------------------------------------------------------------------- */

static double widest;
static char widest_text[64];

static void watch_boxes(void *unused, const struct spiral_page *page)
{
    (void)unused;

    for (size_t b = 0; b < page->box_count; b++) {
        const struct spiral_box *box = &page->boxes[b];

        if (box->at.x + box->at.width - page->width <= widest)
            continue;
        widest = box->at.x + box->at.width - page->width;
        snprintf(widest_text, sizeof widest_text, "%s", box->start);
    }
}

/* No text is cut off at the right edge, whatever is compared, and at the end of the run. */
static void texts_stay_within_the_window(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1024, 640}, {1280, 800}};
    struct spiral_error error;

    for (int language = 0; language < 2; language++) {
        const int *size = sizes[language];
        struct spiral_view *view = opened(size[0], size[1], 1.0, (enum spiral_language)language);

        widest = -HUGE_VAL;
        view->watch = watch_boxes;
        spiral_session_seek(view->session, 156);
        assert_int_equal(spiral_session_set_doctrine(view->session, view->session->base.small,
                                                     "limited_balance", &error),
                         SPIRAL_OK);
        press(view, SDLK_b, 0);

        for (int end = 0; end < 2; end++) {
            frames(view, 1);
            spiral_live_fan_wait(view->fan);
            frames(view, 2);
            press(view, SDLK_4, 0);
            frames(view, 1);
            if (widest > 1.0)
                fail_msg("'%s' reaches %.0f pixels beyond the window", widest_text, widest);
            press(view, SDLK_END, 0);
        }

        spiral_view_close(view);
    }
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
        cmocka_unit_test(acts_are_ticked_by_keys_and_pointer),
        cmocka_unit_test(texts_stay_within_the_window),
        cmocka_unit_test(cases_and_lessons_begin_in_the_window),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
