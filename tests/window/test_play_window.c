/* SPDX-License-Identifier: MIT */
/* A game in a window: played by keys and pointer, and the curtain as pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "render/window/play.h"
#include "tests/live/game_of.h"

static struct spiral_play_window window;
static int kept;

static enum spiral_status keep(void *context, bool over, enum spiral_language language,
                               char said[SPIRAL_NOTICE_SIZE], struct spiral_error *unused)
{
    (void)context;
    (void)language;
    (void)unused;
    (void)said;
    kept += over ? 100 : 1;
    return SPIRAL_OK;
}

static void open_window(struct spiral_game *game, int width, int height,
                        enum spiral_language language)
{
    const struct spiral_play_window_options options = {.game = game,
                                                       .width = width,
                                                       .height = height,
                                                       .scale = 1.0,
                                                       .language = language,
                                                       .keep = keep};

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    kept = 0;

    const char *problem = spiral_play_window_open(&window, &options);

    if (problem != NULL)
        fail_msg("%s", problem);
    spiral_play_window_frame(&window, 0.0);
}

static void press(SDL_Keycode key, Uint16 modifier)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key, .mod = modifier}}};
    SDL_PushEvent(&event);

    spiral_play_window_frame(&window, 0.0);
}

static void type(const char *text)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};

    strcpy(event.text.text, text);
    SDL_PushEvent(&event);
    spiral_play_window_frame(&window, 0.0);
}

static void click(int x, int y)
{
    SDL_Event event = {
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = x, .y = y}};
    SDL_PushEvent(&event);

    spiral_play_window_frame(&window, 0.0);
    event.button.type = SDL_MOUSEBUTTONUP;
    SDL_PushEvent(&event);

    spiral_play_window_frame(&window, 0.0);
}

/* Leaves the field and presses the last widget: the turn is done. */
static void press_done(void)
{
    press(SDLK_ESCAPE, 0);
    press(SDLK_TAB, KMOD_LSHIFT);
    press(SDLK_RETURN, 0);
}

/* A copy of what the window shows. */
struct picture {
    size_t size;
    unsigned char *pixels;
};

static struct picture take_picture(void)
{
    struct picture picture;

    spiral_play_window_frame(&window, 0.0);
    cairo_surface_flush(window.screen.surface);
    picture.size = (size_t)cairo_image_surface_get_stride(window.screen.surface) *
                   (size_t)cairo_image_surface_get_height(window.screen.surface);
    picture.pixels = malloc(picture.size);
    memcpy(picture.pixels, cairo_image_surface_get_data(window.screen.surface), picture.size);

    return picture;
}

static void assert_same_pictures(struct picture a, struct picture b, bool same)
{
    assert_int_equal(a.size, b.size);
    assert_int_equal(memcmp(a.pixels, b.pixels, a.size) == 0, same);
    free(a.pixels);
    free(b.pixels);
}

/* --- playing ---------------------------------------------------------------------------------- */

static void test_a_game_is_played_by_keys_to_its_end(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(2);

    open_window(game, 1280, 800, SPIRAL_ENGLISH);

    for (int round = 0; round < 2; round++) {
        for (int seat = 0; seat < 3; seat++) {
            assert_int_equal(game->phase, SPIRAL_PLAY_HANDOVER);
            press(SDLK_RETURN, 0);
            assert_int_equal(game->phase, SPIRAL_PLAY_TURN);
            assert_true(window.field.active);
            type("we wait ");
            type("和平");
            type("x");
            press(SDLK_q, 0); /* a letter, not a command */
            press(SDLK_BACKSPACE, 0);
            assert_string_equal(window.field.text, "we wait 和平");
            press_done();
        }

        assert_int_equal(game->phase, SPIRAL_PLAY_NEWS);
        press(SDLK_RETURN, 0);
    }

    assert_int_equal(game->phase, SPIRAL_PLAY_END);
    assert_string_equal(game->turns[3].intention, "we wait 和平");
    spiral_play_window_frame(&window, 0.0);
    assert_int_equal(kept, 106);
    press(SDLK_RIGHT, 0);
    press(SDLK_RIGHT, 0);
    assert_int_equal(window.shown, 1);
    press(SDLK_RIGHT, 0);
    assert_int_equal(window.shown, 1);
    press(SDLK_LEFT, 0);
    press(SDLK_LEFT, 0);
    press(SDLK_LEFT, 0);
    assert_int_equal(window.shown, -1);
    press(SDLK_q, KMOD_LCTRL);
    assert_true(window.quit);
    spiral_play_window_close(&window);
    spiral_game_destroy(game);
}

/* Tab goes through the column: the course is moved by arrows, a move is added and taken out
 * again. */
static void test_choices_are_made_by_keys(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(1);

    open_window(game, 1280, 800, SPIRAL_CHINESE);
    press(SDLK_RETURN, 0);
    press(SDLK_TAB, 0); /* leaves the field for the first widget, the field itself */
    press(SDLK_TAB, 0);
    press(SDLK_RIGHT, 0); /* the course */
    assert_true(window.turn.course >= 0);
    assert_int_equal(spiral_doctrines[window.turn.course].role, SPIRAL_SMALL);
    press(SDLK_TAB, 0); /* the target */
    press(SDLK_TAB, 0); /* the move */
    press(SDLK_TAB, 0); /* add */
    press(SDLK_RETURN, 0);
    assert_int_equal(window.turn.move_count, 1);
    press(SDLK_RETURN, 0); /* grey now: not again */
    assert_int_equal(window.turn.move_count, 1);

    const struct spiral_play_act act = window.turn.moves[0];

    assert_int_equal(spiral_game_objection(game, SMALL, act.move, act.target), SPIRAL_PLAY_WORD_ok);
    press_done();
    assert_int_equal(game->turns[0].move_count, 1);
    assert_true(game->turns[0].course >= 0);
    spiral_play_window_close(&window);
    spiral_game_destroy(game);
}

static void test_the_pointer_hands_over(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(1);

    open_window(game, 1280, 800, SPIRAL_ENGLISH);
    click(100, 100);
    assert_int_equal(game->phase, SPIRAL_PLAY_HANDOVER);
    click(640, 800 - 56 - 18);
    assert_int_equal(game->phase, SPIRAL_PLAY_TURN);
    spiral_play_window_close(&window);
    spiral_game_destroy(game);
}

static void test_languages_themes_and_sizes(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(1);

    open_window(game, 1024, 640, SPIRAL_ENGLISH);
    press(SDLK_RETURN, 0);

    struct picture english = take_picture();

    press(SDLK_F2, 0);
    assert_int_equal(window.language, SPIRAL_CHINESE);
    assert_same_pictures(english, take_picture(), false);
    for (int i = 0; i < SPIRAL_THEMES; i++)
        press(SDLK_F3, 0);
    press(SDLK_ESCAPE, 0);
    press(SDLK_PLUS, 0);
    assert_true(window.scale > 1.0);
    SDL_SetWindowSize(window.screen.window, 1600, 1000);
    spiral_play_window_frame(&window, 0.0);
    spiral_play_window_frame(&window, 0.0);
    spiral_play_window_close(&window);
    spiral_game_destroy(game);
}

/* --- the curtain ------------------------------------------------------------------------------ */

static void test_the_screen_of_a_turn_shows_nothing_that_its_seat_may_not_know(void **unused)
{
    (void)unused;

    for (size_t seat = 0; seat < 3; seat++) {
        struct spiral_game *game = game_of(3);
        play_all(game, 2);
        pass_until(game, 2, seat);
        spiral_game_go_on(game);
        open_window(game, 1280, 800, SPIRAL_ENGLISH);

        const struct picture before = take_picture();

        scramble(game, spiral_game_state(game));
        assert_same_pictures(before, take_picture(), true);

        /* and it does show what the seat may know */
        const struct picture known = take_picture();

        game->session->snapshots[game->session->present].arms[spiral_game_state(game)] *= 0.5;
        assert_same_pictures(known, take_picture(), false);
        spiral_play_window_close(&window);
        spiral_game_destroy(game);
    }
}

static void test_nothing_of_a_turn_is_left_on_the_next_screen(void **unused)
{
    (void)unused;
    struct picture pictures[2];

    for (int i = 0; i < 2; i++) {
        struct spiral_game *game = game_of(1);
        open_window(game, 1280, 800, SPIRAL_ENGLISH);
        press(SDLK_RETURN, 0);
        type(i == 0 ? "attack" : "make peace");

        if (i == 0) {
            press(SDLK_TAB, 0);
            press(SDLK_TAB, 0);
            press(SDLK_RIGHT, 0);
        }

        press_done();
        assert_int_equal(game->seat, 1);
        pictures[i] = take_picture();
        spiral_play_window_close(&window);
        spiral_game_destroy(game);
    }

    assert_same_pictures(pictures[0], pictures[1], true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_game_is_played_by_keys_to_its_end),
        cmocka_unit_test(test_choices_are_made_by_keys),
        cmocka_unit_test(test_the_pointer_hands_over),
        cmocka_unit_test(test_languages_themes_and_sizes),
        cmocka_unit_test(test_the_screen_of_a_turn_shows_nothing_that_its_seat_may_not_know),
        cmocka_unit_test(test_nothing_of_a_turn_is_left_on_the_next_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
