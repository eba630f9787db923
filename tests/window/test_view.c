/* SPDX-License-Identifier: MIT
 *
 * The live view, driven by events on SDL's dummy screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "tests/window/view_of.h"

/* Space plays at a year a second; a frame is a sixtieth; going back shows the same state. */
static void the_keyboard_drives_the_clock(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    press(view, SDLK_SPACE, 0);
    frames(view, 120);
    assert_int_equal(view->session->present, 24); /* two years of months */
    press(view, SDLK_SPACE, 0);
    frames(view, 30);
    assert_int_equal(view->session->present, 24);

    const uint64_t hash = spiral_session_hash(view->session);

    press(view, SDLK_RIGHT, KMOD_LSHIFT);
    assert_int_equal(view->session->present, 36);
    press(view, SDLK_HOME, 0);
    assert_int_equal(view->session->present, 0);
    for (int i = 0; i < 24; i++)
        press(view, SDLK_RIGHT, 0);

    assert_true(spiral_session_hash(view->session) == hash);
    press(view, SDLK_UP, 0);
    press(view, SDLK_UP, 0);
    assert_true(view->session->speed == 4.0);
    press(view, SDLK_F2, 0);
    assert_int_equal(view->language, SPIRAL_CHINESE);
    press(view, SDLK_F3, 0);
    assert_int_equal(view->theme, SPIRAL_THEME_dark);
    press(view, SDLK_F1, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_HELP);
    press(view, SDLK_ESCAPE, 0);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);
    press(view, SDLK_q, KMOD_LCTRL);
    assert_true(view->quit);
    spiral_view_close(view);
}

/* Limited balance at 2004-12, taken through the menu by keys: the ensemble says that it lowers
 * the risk, and the log has it. */
static void a_doctrine_is_taken_by_the_menu(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    spiral_session_seek(view->session, spiral_session_step_at(view->session, 2004.0 + 11.0 / 12.0));
    frames(view, 1);
    spiral_live_fan_wait(view->fan);
    for (int i = 0; i < 6; i++) /* four tabs, the state, the doctrine */
        press(view, SDLK_TAB, 0);

    press(view, SDLK_RETURN, 0);
    assert_true(view->ui.open >= 0);
    frames(view, 1);
    while (strcmp(spiral_doctrines[view->ui.menu.chosen].name, "limited_balance") != 0)
        press(view, SDLK_DOWN, 0);

    press(view, SDLK_RETURN, 0);
    frames(view, 2);

    /* the later acts that fall are shown first, with the button that takes the course in focus */
    assert_int_equal(view->sheet, SPIRAL_SHEET_TURN);
    assert_true(view->turn.turn.count > 3);
    assert_int_equal(view->session->choice_count, 0);
    press(view, SDLK_RETURN, 0);
    frames(view, 1);
    assert_int_equal(view->sheet, SPIRAL_SHEET_NONE);

    const struct spiral_doctrine *preset = NULL;

    spiral_session_doctrine(view->session, view->levers.state, &preset);
    assert_non_null(preset);
    assert_string_equal(preset->name, "limited_balance");
    assert_int_equal(view->session->choice_count, 1);
    spiral_live_fan_wait(view->fan);

    const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);

    assert_true(result->complete && result->compared);
    assert_true(result->war_after + 0.3 < result->war_before); /* S5 of docs/model.md */
    press(view, SDLK_ESCAPE, 0);
    press(view, SDLK_b, 0);
    assert_int_equal(view->session->branch_count, 1);
    assert_string_equal(view->session->branches[0].name, "limited balance from 2004-12");
    press(view, SDLK_u, 0);
    assert_int_equal(view->session->branch_count, 0);
    press(view, SDLK_z, KMOD_LCTRL);
    assert_int_equal(view->session->choice_count, 0);
    press(view, SDLK_y, KMOD_LCTRL);
    press(view, SDLK_y, KMOD_LCTRL);
    assert_int_equal(view->session->choice_count, 1);
    assert_int_equal(view->session->branch_count, 1);
    spiral_view_close(view);
}

/* A click at the middle of a slider's track sets it there; the wheel over the curves zooms about
 * the pointer and never leaves the run. */
static void the_pointer_moves_sliders_and_zooms(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    frames(view, 1);

    const double before = view->session->time;
    SDL_Event down = {
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = 510, .y = 746}};
    SDL_Event up = down;

    up.type = SDL_MOUSEBUTTONUP;

    SDL_PushEvent(&down);

    frames(view, 1);

    SDL_PushEvent(&up);

    frames(view, 1);
    assert_true(view->session->time > before + 100.0);
    down.button.x = up.button.x = 100; /* both within one frame, as slow frames have it */

    SDL_PushEvent(&down);
    SDL_PushEvent(&up);

    frames(view, 1);
    assert_true(view->session->present > 12 && view->session->present < 100);

    const long there = view->session->present;

    press(view, SDLK_RIGHT, 0); /* the pointer left no focus behind: arrows are the clock's */
    assert_int_equal(view->session->present, there + 1);

    SDL_Event move = {.motion = {.type = SDL_MOUSEMOTION, .x = 400, .y = 150}};
    SDL_Event wheel = {.wheel = {.type = SDL_MOUSEWHEEL, .y = 3}};
    SDL_PushEvent(&move);
    SDL_PushEvent(&wheel);

    frames(view, 1);

    const double span = view->plot.until - view->plot.from;

    assert_true(span < 20.0 && span > 10.0 && view->plot.from >= view->session->plan->start);
    wheel.wheel.y = -50;

    SDL_PushEvent(&wheel);

    frames(view, 1);
    assert_true(view->plot.until - view->plot.from > 30.9);
    spiral_view_close(view);
}

/* Labels are widgets, and after them the titles of the panels, the last of the frame: the keyboard
 * hides the last curve, and shows it again. */
static void a_label_hides_its_curve(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    frames(view, 2);
    assert_true(view->plot.hidden == 0);
    for (int back = 0; back < SPIRAL_PLOT_PANELS + 1; back++) /* back from nothing: from the last */
        press(view, SDLK_TAB, KMOD_LSHIFT);

    press(view, SDLK_RETURN, 0);
    assert_true(view->plot.hidden == UINT32_C(1) << SPIRAL_QUANTITY_guarantee);
    press(view, SDLK_RETURN, 0);
    assert_true(view->plot.hidden == 0);
    spiral_view_close(view);
}

/* X and Z by keys; a clock that plays on takes the years along. */
static void keys_zoom_and_the_years_follow(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);
    const double start = view->session->plan->start;
    const double end = spiral_plan_date(view->session->plan, view->session->plan->steps);

    spiral_session_seek(view->session, 12);
    for (int i = 0; i < 40; i++)
        press(view, SDLK_x, 0);

    assert_true(view->plot.until - view->plot.from > 1.99 &&
                view->plot.until - view->plot.from < 2.01); /* no closer */
    assert_true(view->plot.from <= start + 1.0 && view->plot.until >= start + 1.0);
    spiral_session_set_speed(view->session, 8.0);
    press(view, SDLK_SPACE, 0);

    for (int i = 0; i < 120 && view->session->playing; i++) {
        frames(view, 1);
        const double now = start + view->session->time * view->session->plan->dt;
        assert_true(now >= view->plot.from && now <= view->plot.until);
    }

    assert_true(view->plot.from > start + 8.0);
    press(view, SDLK_z, 0);
    assert_true(view->plot.from == start && view->plot.until == end);
    spiral_view_close(view);
}

/* In the smallest window the constants have more height than room: keys, the wheel and the focus
 * bring the last of them up. */
static void what_is_longer_than_its_room_scrolls(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1024, 640, 1.0, SPIRAL_ENGLISH);
    const double *scroll = &view->levers.scroll[SPIRAL_TAB_MODEL];

    press(view, SDLK_3, 0);
    press(view, SDLK_PAGEDOWN, 0);
    frames(view, 1);

    const double most = *scroll;

    assert_true(most > 0.0);
    press(view, SDLK_PAGEUP, 0);
    assert_true(*scroll == 0.0);

    SDL_Event move = {.motion = {.type = SDL_MOUSEMOTION, .x = 900, .y = 300}};
    SDL_Event wheel = {.wheel = {.type = SDL_MOUSEWHEEL, .y = -20}};
    SDL_PushEvent(&move);
    SDL_PushEvent(&wheel);

    frames(view, 1);
    assert_true(*scroll == most);
    press(view, SDLK_PAGEUP, 0);
    for (int tab = 0; tab < 4 + 14; tab++) /* tabs, constants */
        press(view, SDLK_TAB, 0);

    frames(view, 1);
    assert_true(*scroll > 0.0);

    const double before = view->session->constants.trade;

    press(view, SDLK_RIGHT, 0);
    assert_true(view->session->constants.trade > before);
    spiral_view_close(view);
}

/* A treaty with Russia is signed by its button; among the buttons of a state with itself only
 * those of arming are open; the log lists what was done. */
static void moves_are_buttons(void **state)
{
    (void)state;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    spiral_session_seek(view->session, 24);
    press(view, SDLK_2, 0);
    for (int tab = 0; tab < 4 + 2 + 1 + 1 + SPIRAL_MOVE_treaty;
         tab++) /* tabs, actor and target, weight, moves */
        press(view, SDLK_TAB, 0);

    press(view, SDLK_RETURN, 0);
    assert_int_equal(view->session->choice_count, 1);
    assert_int_equal(view->session->choices[0].move, SPIRAL_MOVE_treaty);
    assert_string_equal(view->session->choices[0].text_en, "Ukraine to Russia: treaty");
    press(view, SDLK_RETURN, 0);
    assert_int_equal(view->session->choice_count, 2); /* an act each time */
    view->levers.target = view->levers.actor;
    press(view, SDLK_RETURN, 0);
    assert_int_equal(view->session->choice_count, 2);
    for (int back = SPIRAL_MOVE_arm; back < SPIRAL_MOVE_treaty; back++)
        press(view, SDLK_TAB, KMOD_LSHIFT);

    press(view, SDLK_RETURN, 0);
    assert_int_equal(view->session->choice_count, 3);
    assert_int_equal(view->session->choices[2].move, SPIRAL_MOVE_arm);
    assert_int_equal(view->session->choices[2].target, -1);
    spiral_session_seek(view->session, 100);
    press(view, SDLK_4, 0);
    for (int tab = 0; tab < 5; tab++)
        press(view, SDLK_TAB, 0);

    press(view, SDLK_RETURN, 0); /* the latest choice: its date goes there */
    assert_int_equal(view->session->present, 24);
    spiral_view_close(view);
}

/* Four branches, each with the risk of war of its whole run; a fifth when one is dropped in the
 * log. */
static void branches_have_their_risk_and_can_be_dropped(void **state)
{
    (void)state;
    struct spiral_error error;
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    press(view, SDLK_b, 0);
    spiral_session_seek(view->session, spiral_session_step_at(view->session, 2004.0 + 11.0 / 12.0));
    assert_int_equal(spiral_session_set_doctrine(view->session, view->levers.state,
                                                 "limited_balance", &error),
                     SPIRAL_OK);
    for (int i = 0; i < 4; i++)
        press(view, SDLK_b, 0);

    const struct spiral_session *session = view->session;
    const long steps = session->plan->steps;

    assert_int_equal(session->branch_count, 4);
    assert_true(session->branches[0].war[steps] >
                session->branches[1].war[steps] + 0.3); /* S5 of docs/model.md */
    press(view, SDLK_4, 0);
    for (int tab = 0; tab < 5; tab++)
        press(view, SDLK_TAB, 0);

    press(view, SDLK_RETURN, 0);
    assert_int_equal(session->branch_count, 3);
    assert_string_equal(session->branches[0].name, "limited balance from 2004-12");
    spiral_view_close(view);
}

/* The fan that is timed is that of the slider's new place. */
static void the_fan_follows_a_slider(void **state)
{
    (void)state;
    struct spiral_frame_time times[3] = {{0.0, 0.0}};
    struct spiral_view *view = opened(1024, 640, 1.0, SPIRAL_ENGLISH);

    spiral_view_run(view, 3, times);
    for (int i = 0; i < 3; i++)
        assert_true(times[i].processor > 0.0 && times[i].seconds >= 0.9 * times[i].processor);

    assert_true(spiral_view_time_fan(view) > 0.0);

    const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);

    assert_true(result->complete && result->runs == SPIRAL_VIEW_RUNS &&
                result->revision == view->session->revision);
    assert_int_equal(view->session->choice_count, 1);
    spiral_view_close(view);
}

static void every_size_language_and_theme_is_drawn(void **state)
{
    (void)state;
    static const struct {
        int width, height;
        double scale;
    } sizes[] = {{1024, 640, 1.0},
                 {1920, 1080, 1.0},
                 {1920, 1080, 2.0},
                 {1024, 640, 3.0},
                 {3840, 2160, 2.0}};

    for (size_t i = 0; i < (SANITIZED ? 1 : sizeof sizes / sizeof *sizes); i++) {
        struct spiral_view *view =
            opened(sizes[i].width, sizes[i].height, sizes[i].scale, (enum spiral_language)(i % 2));
        for (int tab = 0; tab < SPIRAL_TABS; tab++) {
            press(view, (SDL_Keycode)(SDLK_1 + tab), 0);
            press(view, SDLK_F3, 0);
        }

        assert_true(cairo_status(view->screen.cr) == CAIRO_STATUS_SUCCESS);
        spiral_view_close(view);
    }
}

/* Saved, loaded again, the run has the same bits at the end. */
static void a_session_is_saved_and_exported(void **state)
{
    (void)state;
    static struct spiral_diagnostics diagnostics;
    struct spiral_error error;
    char path[256];
    struct spiral_view *view = opened(1280, 800, 1.0, SPIRAL_ENGLISH);

    spiral_session_seek(view->session, 150);
    assert_int_equal(spiral_session_set_doctrine(view->session, view->levers.state,
                                                 "limited_balance", &error),
                     SPIRAL_OK);
    press(view, SDLK_s, 0);
    press(view, SDLK_e, 0);

    static const char *const files[] = {"1.yaml", "2.svg", "2.pdf",
                                        "2.png",  "2.csv", "2-ensemble.csv"};

    for (int i = 5; i >= 0; i--) {
        snprintf(path, sizeof path, "%s/ukraine-session%s", folder, files[i]);
        assert_int_equal(access(path, F_OK), 0);
    }

    press(view, SDLK_END, 0);
    const uint64_t hash = spiral_session_hash(view->session);

    spiral_view_close(view);

    struct spiral_scenario saved;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&saved, path, &diagnostics), SPIRAL_OK);

    struct spiral_session *again;

    assert_int_equal(spiral_session_create(&again, &saved, &constants, NULL, 1, &error), SPIRAL_OK);
    spiral_session_seek(again, again->plan->steps);
    assert_true(spiral_session_hash(again) == hash);
    spiral_session_destroy(again);
    spiral_scenario_clear(&saved);
}

/* Frames are kept as pictures of the window's size. */
static void a_run_is_recorded(void **state)
{
    (void)state;
    char path[128];
    char file[160];
    struct spiral_view *view = opened(1024, 640, 1.0, SPIRAL_ENGLISH);

    snprintf(path, sizeof path, "%s/frames", folder);
    assert_null(spiral_view_record(view, path, 3));
    spiral_view_close(view);
    snprintf(file, sizeof file, "%s/frame-00003.png", path);

    cairo_surface_t *picture = cairo_image_surface_create_from_png(file);

    assert_int_equal(cairo_image_surface_get_width(picture), 1024);
    assert_int_equal(cairo_image_surface_get_height(picture), 640);
    cairo_surface_destroy(picture);
}

/* Records two frames into the file of this name in a folder where `ffmpeg` is this script, and is
 * the only program that is found. Returns what the recording says. */
static const char *record_by(const char *script, const char *name, bool is_quit)
{
    char file[160];
    struct spiral_view *view = opened(1024, 640, 1.0, SPIRAL_ENGLISH);

    snprintf(file, sizeof file, "%s/films/ffmpeg", folder);
    unlink(file);

    if (script != NULL) {
        FILE *program = fopen(file, "w");
        assert_non_null(program);
        assert_true(fprintf(program, "#!/bin/sh\nPATH=/usr/bin:/bin\n%s\n", script) > 0);
        assert_int_equal(fclose(program), 0);
        assert_int_equal(chmod(file, 0700), 0);
    }

    if (is_quit)
        SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});

    const char *problem = spiral_view_record(view, name, 2);

    spiral_view_close(view);

    return problem;
}

/* A film gets its name when it is whole. If ffmpeg is missing, fails or hangs, or if the window is
 * closed meanwhile, there is no file, and nothing beside it. */
static void a_film_is_whole_or_not_there(void **state)
{
    (void)state;
    static const char copies[] =
        "for last; do :; done; echo \"$last\" >told; cat >\"${last#file:}\"";
    char here[4096];
    char place[160];
    char *path = strdup(getenv("PATH"));

    assert_non_null(path);
    assert_non_null(getcwd(here, sizeof here));
    snprintf(place, sizeof place, "%s/films", folder);
    assert_int_equal(mkdir(place, 0700), 0);
    assert_int_equal(chdir(place), 0);
    assert_int_equal(setenv("PATH", place, 1), 0);

    /* a name that looks like an option */
    const char *problem = record_by(copies, "-x.mp4", false);
    struct stat film;

    if (problem != NULL)
        fail_msg("%s", problem);
    assert_int_equal(stat("-x.mp4", &film), 0);
    assert_int_equal(film.st_size, 2 * 1024 * 640 * 4);
    assert_int_equal(system("/bin/grep -q '^file:' told && /bin/rm told ./-x.mp4"), 0);

    problem = record_by("/usr/bin/head -c 1000 >/dev/null; exit 1", "fails.mp4", false);
    assert_non_null(problem);
    problem = record_by("cat >/dev/null; exit 1", "fails.mp4", false);
    assert_string_equal(problem, "ffmpeg failed");
    problem = record_by("exec sleep 600", "hangs.mp4", true);
    assert_string_equal(problem, "stopped on request");
    problem = record_by(NULL, "missing.mp4", false);
    assert_non_null(strstr(problem, "ffmpeg is not installed"));

    assert_int_equal(setenv("PATH", path, 1), 0);
    assert_int_equal(system("test -z \"$(ls -A)\""), 0);
    assert_int_equal(chdir(here), 0);
    free(path);
}

static void what_keeps_the_window_shut_is_said_clearly(void **state)
{
    (void)state;
    static const struct {
        const char *options;
        int status;
        const char *says;
    } cases[] = {{"", 1, "no window can be opened"},
                 {"", 1, "spiral chart timeline"},
                 {"--folder /nowhere", 2,
                  "--folder: '/nowhere' is not a folder that can be written to"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[1024];
        char errors[1024];
        snprintf(command, sizeof command,
                 "env -u DISPLAY -u WAYLAND_DISPLAY SDL_VIDEODRIVER=x11 '%s' view %s '%s' 2>&1",
                 SPIRAL_BINARY, cases[i].options, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml");

        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        errors[fread(errors, 1, sizeof errors - 1, pipe)] = '\0';
        assert_int_equal(WEXITSTATUS(pclose(pipe)), cases[i].status);
        assert_non_null(strstr(errors, cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keyboard_drives_the_clock),
        cmocka_unit_test(a_doctrine_is_taken_by_the_menu),
        cmocka_unit_test(the_pointer_moves_sliders_and_zooms),
        cmocka_unit_test(a_label_hides_its_curve),
        cmocka_unit_test(keys_zoom_and_the_years_follow),
        cmocka_unit_test(what_is_longer_than_its_room_scrolls),
        cmocka_unit_test(moves_are_buttons),
        cmocka_unit_test(branches_have_their_risk_and_can_be_dropped),
        cmocka_unit_test(the_fan_follows_a_slider),
        cmocka_unit_test(every_size_language_and_theme_is_drawn),
        cmocka_unit_test(a_session_is_saved_and_exported),
        cmocka_unit_test(a_run_is_recorded),
        cmocka_unit_test(a_film_is_whole_or_not_there),
        cmocka_unit_test(what_keeps_the_window_shut_is_said_clearly),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
