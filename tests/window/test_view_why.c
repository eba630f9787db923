/* SPDX-License-Identifier: MIT
 *
 * The account of causes in the window: the figures and the words of `spiral chart why`, never
 * before an answer is locked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "render/window/ui/phrases.h"
#include "tests/window/view_of.h"

/* --- the texts of the screen ------------------------------------------------------------------ */

enum { MOST_TEXTS = 4000 };
static struct spiral_box texts[MOST_TEXTS];
static size_t text_count;

static void watch_texts(void *unused, const struct spiral_page *page)
{
    (void)unused;
    text_count = 0;
    for (size_t i = 0; i < page->box_count && text_count < MOST_TEXTS; i++)
        texts[text_count++] = page->boxes[i];
}

/* A long text is recorded as its start, cut off within at most three bytes of a letter. */
static bool is_start(const struct spiral_box *box, const char *text)
{
    const size_t length = strlen(box->start);

    return length + 4 < sizeof box->start ? strcmp(box->start, text) == 0
                                          : strncmp(box->start, text, length) == 0;
}

static bool is_seen(const char *text)
{
    for (size_t i = 0; i < text_count; i++)
        if (is_start(&texts[i], text))
            return true;
    return false;
}

static bool overlap(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double slack = 1.0; /* the boxes hold the room above and below the letters */
    return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
           a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

/* From a title on, which is the first text of a figure, no text lies on another. */
static void assert_tidy_from(const char *title)
{
    size_t first = 0;

    while (first < text_count && !is_start(&texts[first], title))
        first++;
    assert_true(text_count - first > 10);

    for (size_t i = first; i < text_count; i++)
        for (size_t j = i + 1; j < text_count; j++)
            if (overlap(&texts[i].at, &texts[j].at))
                fail_msg("%s: '%s' lies on '%s'", title, texts[i].start, texts[j].start);
}

/* --- a view with few runs --------------------------------------------------------------------- */

static const struct spiral_live_account_runs few = {
    .whole = 64, .whole_subset = 4, .first = 8, .first_subset = 1, .gain = 32, .first_gain = 16};

static struct spiral_view *view_with_few(const struct spiral_lesson *lesson, int width, int height)
{
    static struct spiral_view view;
    static const struct spiral_plan_options plan = {.dt = 0.0};
    const struct spiral_view_options options = {.scenario = lesson != NULL ? &lesson->scenarios[0]
                                                                           : &scenario,
                                                .constants = &constants,
                                                .plan = &plan,
                                                .seed = 1,
                                                .width = width,
                                                .height = height,
                                                .scale = 1.0,
                                                .lesson = lesson,
                                                .folder = folder,
                                                .account_runs = &few};
    const char *problem = spiral_view_open(&view, &options);

    if (problem != NULL)
        fail_msg("%s", problem);
    view.watch = watch_texts;

    return &view;
}

static void complete(struct spiral_view *view)
{
    spiral_view_frame(view, 0.0);
    spiral_live_account_wait(view->account);
    spiral_view_frame(view, 0.0);
}

/* The words of the chart are on the screen: the figure's title, its rows and its captions. */
static void assert_figure_is_seen(const struct spiral_view *view, enum spiral_why_outcome outcome)
{
    const struct spiral_live_account_result *result =
        spiral_live_account_latest(view->account, view->session);

    assert_non_null(result);
    assert_true(result->complete);

    struct spiral_why_picture *picture =
        spiral_why_picture_create(&result->why, outcome, view->language);
    const struct spiral_why_figure *figure = spiral_why_picture_figure(picture);

    assert_true(is_seen(figure->title));
    assert_true(is_seen(figure->subtitle));
    assert_true(is_seen(figure->note));
    for (size_t row = 0; row < figure->row_count; row++)
        assert_true(is_seen(figure->rows[row].label));

    size_t captions = 0;

    for (size_t a = 0; a < figure->act_count; a++)
        captions += figure->acts[a].caption != NULL && is_seen(figure->acts[a].caption);
    assert_true(captions >= 3);
    spiral_why_picture_destroy(picture);
}

/* The key opens it and closes it; the pages are war, force and the gain, in both languages; and
 * nothing of the session is changed. */
static void the_key_opens_the_account(void **state)
{
    (void)state;
    struct spiral_view *view = view_with_few(NULL, 1280, 800);
    struct spiral_error error;

    spiral_session_seek(view->session, 100);
    assert_int_equal(spiral_session_set(view->session, "k.loss", 2.0, &error), SPIRAL_OK);

    const uint64_t hash = spiral_session_hash(view->session);
    const uint64_t revision = view->session->revision;
    const size_t undos = view->session->history.undo_count;

    frames(view, 1);
    assert_false(is_seen("war")); /* no page of it is there */
    press(view, SDLK_w, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_WHY);
    complete(view);
    assert_figure_is_seen(view, SPIRAL_WHY_war);

    for (int language = 0; language < 2; language++) {
        view->ui.focus = -1;
        view->why.page = SPIRAL_WHY_war;

        for (int page = 0; page < SPIRAL_WHY_PAGES; page++) {
            press(view, SDLK_TAB, 0);
            press(view, SDLK_RETURN, 0);
            frames(view, 1);
            assert_int_equal(view->why.page, page);
            if (page < SPIRAL_WHY_OUTCOMES)
                assert_figure_is_seen(view, (enum spiral_why_outcome)page);
            else
                assert_true(is_seen(spiral_word(SPIRAL_WORD_gain_of_one, view->language)));
        }

        press(view, SDLK_F2, 0);
    }

    press(view, SDLK_w, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    assert_true(spiral_session_hash(view->session) == hash);
    assert_true(view->session->revision == revision);
    assert_int_equal(view->session->history.undo_count, undos);
    assert_int_equal(view->session->present, 100);
    spiral_view_close(view);
}

/* What is shown is of the run as it is: after a choice, and after it was undone, the account is
 * made anew. Without war there is nothing to explain. */
static void it_follows_the_choices(void **state)
{
    (void)state;
    struct spiral_view *view = view_with_few(NULL, 1280, 800);
    struct spiral_error error;

    press(view, SDLK_w, 0);
    complete(view);
    assert_figure_is_seen(view, SPIRAL_WHY_war);
    press(view, SDLK_ESCAPE, 0);

    assert_int_equal(spiral_session_set(view->session, "k.press", 0.0, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_set(view->session, "k.incident", 0.0, &error), SPIRAL_OK);
    press(view, SDLK_w, 0);
    complete(view);
    assert_true(is_seen(spiral_phrase(SPIRAL_PHRASE_why_nothing, SPIRAL_ENGLISH)));

    press(view, SDLK_ESCAPE, 0);
    press(view, SDLK_z, KMOD_LCTRL);
    press(view, SDLK_z, KMOD_LCTRL);
    press(view, SDLK_w, 0);
    complete(view);
    assert_figure_is_seen(view, SPIRAL_WHY_war);
    spiral_view_close(view);
}

/* No text lies on another on any page, in a small window and in a large one, in both languages. */
static void texts_have_room(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}};

    for (size_t s = 0; s < (SANITIZED ? 1 : 2); s++) {
        struct spiral_view *view = view_with_few(NULL, sizes[s][0], sizes[s][1]);

        press(view, SDLK_w, 0);
        complete(view);

        for (int look = 0; look < 2 * SPIRAL_WHY_PAGES; look++) {
            view->why.page = look % SPIRAL_WHY_PAGES;
            view->language = look < SPIRAL_WHY_PAGES ? SPIRAL_ENGLISH : SPIRAL_CHINESE;
            frames(view, 1);
            assert_tidy_from(view->why.page == SPIRAL_WHY_PAGE_GAIN
                                 ? spiral_gain_picture_figure(view->why.gain)->title
                                 : spiral_why_picture_figure(view->why.why)->title);
        }

        spiral_view_close(view);
    }
}

/* --- in a lesson ------------------------------------------------------------------------------ */

static const char lesson_text[] = "lesson: 1\n"
                                  "title: {en: Test, zh: 测试}\n"
                                  "scenarios: [" SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml]\n"
                                  "steps:\n"
                                  "  - text: Look.\n"
                                  "  - text: Ask.\n"
                                  "    show: [why, risk]\n"
                                  "    highlight: [why]\n"
                                  "    question:\n"
                                  "      text: Is it so?\n"
                                  "      choices:\n"
                                  "        - {text: it is, measure: risk, from: 0.5}\n"
                                  "        - {text: it is not, otherwise: true}\n"
                                  "    reveal:\n"
                                  "      text: 'It is {risk}.'\n"
                                  "      measures: [{name: risk}]\n";

/* A step that shows it has it in place of the curves, but only after its question is answered; no
 * key opens it before. */
static void a_lesson_shows_it_after_the_answer(void **state)
{
    (void)state;
    static struct spiral_diagnostics diagnostics;
    struct spiral_lesson lesson;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_lesson_load_text(&lesson, lesson_text, strlen(lesson_text), "test.yaml",
                                             &diagnostics),
                     SPIRAL_OK);

    struct spiral_view *view = view_with_few(&lesson, 1280, 800);
    const char *chance = "chance: without any";

    complete(view);
    assert_false(is_seen(chance)); /* no step has called it yet */
    press(view, SDLK_n, 0);
    assert_true(spiral_view_is_asking(view));
    press(view, SDLK_w, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    complete(view);
    assert_null(spiral_live_account_latest(view->account, view->session));
    assert_false(is_seen(chance));

    /* five tabs, the first answer, and after the second the button that locks it */
    view->ui.focus = -1;
    for (int tab = 0; tab < 6; tab++)
        press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    for (int tab = 0; tab < 2; tab++)
        press(view, SDLK_TAB, 0);
    press(view, SDLK_RETURN, 0);
    assert_false(spiral_view_is_asking(view));
    complete(view);
    assert_true(is_seen(chance));
    assert_figure_is_seen(view, SPIRAL_WHY_war);

    press(view, SDLK_1, 0); /* elsewhere the curves are back */
    frames(view, 1);
    assert_false(is_seen(chance));
    spiral_view_close(view);
    spiral_lesson_clear(&lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_opens_the_account),
        cmocka_unit_test(it_follows_the_choices),
        cmocka_unit_test(texts_have_room),
        cmocka_unit_test(a_lesson_shows_it_after_the_answer),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
