/* SPDX-License-Identifier: MIT
 *
 * Events by chance, and windows closed while the ensemble works. Every view of the first test
 * comes from one number that is told: SPIRAL_VIEW_SEED takes it again, and
 * SPIRAL_VIEW_SECONDS=600 lets the test go on for ten minutes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>
#include <cmocka.h>

#include "render/live/ensemble_work.h"
#include "sim/random.h"
#include "tests/window/view_of.h"

static double seconds_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) + 1e-9 * (double)(now.tv_nsec - begun->tv_nsec);
}

static SDL_Event key_event(uint32_t draw)
{
    static const SDL_Keycode keys[] = {
        SDLK_SPACE,    SDLK_LEFT, SDLK_RIGHT,  SDLK_UP,     SDLK_DOWN,   SDLK_HOME,   SDLK_END,
        SDLK_TAB,      SDLK_TAB,  SDLK_TAB,    SDLK_RETURN, SDLK_RETURN, SDLK_ESCAPE, SDLK_r,
        SDLK_b,        SDLK_u,    SDLK_z,      SDLK_x,      SDLK_n,      SDLK_p,      SDLK_1,
        SDLK_2,        SDLK_3,    SDLK_4,      SDLK_5,      SDLK_F1,     SDLK_F2,     SDLK_F3,
        SDLK_m,        SDLK_i,    SDLK_DELETE, SDLK_DELETE, SDLK_PLUS,   SDLK_MINUS,  SDLK_PAGEUP,
        SDLK_PAGEDOWN, SDLK_y,
    };
    const bool writes = draw % 200 == 0; /* files, seldom */

    return (SDL_Event){.key = {.type = SDL_KEYDOWN,
                               .keysym = {.sym = writes ? (draw / 200 % 2 == 0 ? SDLK_s : SDLK_e)
                                                        : keys[draw % (sizeof keys / sizeof *keys)],
                                          .mod = draw / 4096 % 4 == 0 ? KMOD_LSHIFT : 0}}};
}

static SDL_Event any_event(struct spiral_random *random, const struct spiral_view *view)
{
    const uint32_t kind = spiral_random_next(random) % 16;
    const uint32_t draw = spiral_random_next(random);

    if (kind < 5)
        return key_event(draw);

    if (kind < 10)
        return (SDL_Event){
            .motion = {.type = SDL_MOUSEMOTION,
                       .x = (int)(draw % (uint32_t)(view->screen.width + 40)) - 20,
                       .y = (int)(draw / 65536 % (uint32_t)(view->screen.height + 40)) - 20}};

    if (kind < 14)
        return (SDL_Event){
            .button = {.type = draw % 2 == 0 ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                       .button = draw % 32 == 0 ? SDL_BUTTON_RIGHT : SDL_BUTTON_LEFT,
                       .x = (int)view->ui.x,
                       .y = (int)view->ui.y}};
    if (kind < 15)
        return (SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = (int)(draw % 7) - 3}};
    if (draw % 8 == 0)
        SDL_SetWindowSize(view->screen.window, 1024 + (int)(draw / 8 % 400),
                          640 + (int)(draw / 4096 % 300));
    return (SDL_Event){.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_SIZE_CHANGED}};
}

static void check(const struct spiral_view *view)
{
    const struct spiral_session *session = view->session;
    const double start = session->plan->start;
    const double end = spiral_plan_date(session->plan, session->plan->steps);

    assert_true(session->present >= 0 && session->present <= session->plan->steps &&
                session->computed >= session->present);
    assert_true(view->plot.from >= start - 1e-6 && view->plot.until <= end + 1e-6 &&
                view->plot.until > view->plot.from);
    assert_true(view->levers.tab < SPIRAL_TABS &&
                (view->levers.tab != SPIRAL_TAB_LESSON || view->lesson.lesson != NULL));
    assert_true(cairo_status(view->screen.cr) == CAIRO_STATUS_SUCCESS);
}

/* A view of a size, scale, language and lesson by chance lives through so many events. */
static void live_through(struct spiral_random *random, const struct spiral_lesson *lesson,
                         long events)
{
    const uint32_t draw = spiral_random_next(random);
    struct spiral_view *view = view_of(draw % 2 == 0 ? lesson : NULL, 1024 + (int)(draw / 16 % 300),
                                       640 + (int)(draw / 65536 % 200), 0.7 + draw / 2 % 8 * 0.2,
                                       (enum spiral_language)(draw / 8 % 2));

    for (long i = 0; i < events; i++) {
        SDL_Event event = any_event(random, view);
        SDL_PushEvent(&event);
        spiral_view_frame(view, (double)(spiral_random_next(random) % 128) / 1000.0);
        check(view);
    }

    spiral_view_close(view); /* whatever the ensemble is doing */
}

/* Whatever comes, the view goes on. */
static void random_events_do_no_harm(void **state)
{
    (void)state;
    static const char *const names[] = {"spiral", "commitment", "three"};
    const char *seed = getenv("SPIRAL_VIEW_SEED");
    const char *seconds = getenv("SPIRAL_VIEW_SECONDS");
    const uint64_t first = seed != NULL      ? strtoull(seed, NULL, 10)
                           : seconds != NULL ? (uint64_t)time(NULL)
                                             : 20;
    const double wanted = seconds != NULL ? atof(seconds) : 0.0;
    struct timespec begun;
    long views = 0;

    clock_gettime(CLOCK_MONOTONIC, &begun);

    do {
        struct spiral_lesson lesson;
        struct spiral_random random = spiral_random_seed(first + (uint64_t)views, 4);
        print_message("SPIRAL_VIEW_SEED=%llu\n",
                      (unsigned long long)first + (unsigned long long)views);
        load_lesson(&lesson, names[views % 3]);
        live_through(&random, &lesson, wanted > 0.0 ? 1500 : SANITIZED ? 60 : 150);
        spiral_lesson_clear(&lesson);
        views++;
    } while (seconds_since(&begun) < wanted);
    print_message("%ld views in %.0f s\n", views, seconds_since(&begun));
}

/* The thread of the ensemble ends within a batch of runs, wherever it stands: before its first
 * result, in the middle, while a slider is dragged, when idle. */
static void a_window_closes_while_the_ensemble_works(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(21, 5);
    struct spiral_error error;

    for (int i = 0; i < (SANITIZED ? 24 : 40); i++) {
        struct spiral_view *view = opened(1024, 640, 1.0, SPIRAL_ENGLISH);
        const uint32_t draw = spiral_random_next(&random);
        spiral_session_seek(view->session, (long)(draw % 300));
        view->session->playing = draw % 3 == 0;

        for (uint32_t frame = 0; frame < draw / 16 % 5; frame++) {
            if (draw % 3 == 1)
                assert_int_equal(spiral_session_set(view->session, "doctrine.UKR.align",
                                                    0.1 * frame, &error),
                                 SPIRAL_OK);
            spiral_view_frame(view, 0.05);

            SDL_Delay(draw / 256 % 16);
        }

        const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);
        if (result != NULL)
            assert_true(result->runs >= SPIRAL_COARSE_RUNS && result->runs <= SPIRAL_VIEW_RUNS);
        spiral_view_close(view);
        assert_null(view->fan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_events_do_no_harm),
                                       cmocka_unit_test(a_window_closes_while_the_ensemble_works)};
    return cmocka_run_group_tests(tests, load, unload);
}
