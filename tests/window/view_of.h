/* SPDX-License-Identifier: MIT
 *
 * Views for the suites of the window, on SDL's dummy screen. Include it after cmocka.h.
 */
#ifndef SPIRAL_TEST_VIEW_OF_H
#define SPIRAL_TEST_VIEW_OF_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/window/record.h"
#include "scenarios/loader/scenario_load.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SPIRAL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SPIRAL_SANITIZED 1
#endif
#endif
#ifdef SPIRAL_SANITIZED
enum { SANITIZED = 1 }; /* everything takes ten times as long: fewer events, no large windows */
#else
enum { SANITIZED = 0 };
#endif

static struct spiral_scenario scenario;
static struct spiral_constants constants;
static char folder[] = "/tmp/spiral-view-XXXXXX";

static inline int load(void **state)
{
    static struct spiral_diagnostics diagnostics;

    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    constants = spiral_constants_defaults();
    spiral_diagnostics_init(&diagnostics);

    return spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                                &diagnostics) != SPIRAL_OK ||
           mkdtemp(folder) == NULL;
}

static inline int unload(void **state)
{
    char command[64];
    (void)state;
    spiral_scenario_clear(&scenario);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* A view of Ukraine, or of a lesson where one is given. */
static inline struct spiral_view *view_of(const struct spiral_lesson *lesson, int width, int height,
                                          double scale, enum spiral_language language)
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
                                                .scale = scale,
                                                .language = language,
                                                .lesson = lesson,
                                                .folder = folder};
    const char *problem = spiral_view_open(&view, &options);

    if (problem != NULL)
        fail_msg("%s", problem);

    return &view;
}

static inline struct spiral_view *opened(int width, int height, double scale,
                                         enum spiral_language language)
{
    return view_of(NULL, width, height, scale, language);
}

static inline void load_lesson(struct spiral_lesson *lesson, const char *name)
{
    static struct spiral_diagnostics diagnostics;
    char path[512];

    snprintf(path, sizeof path, "%s/scenarios/lessons/%s.yaml", SPIRAL_SOURCE_DIR, name);
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_lesson_load(lesson, path, &diagnostics), SPIRAL_OK);
}

static inline void press(struct spiral_view *view, SDL_Keycode key, Uint16 modifier)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key, .mod = modifier}}};
    SDL_PushEvent(&event);

    spiral_view_frame(view, 0.0);
}

static inline void frames(struct spiral_view *view, int count)
{
    for (int i = 0; i < count; i++)
        spiral_view_frame(view, 1.0 / 60.0);
}

/* The left button goes down and up at a place. */
static inline void click(struct spiral_view *view, int x, int y)
{
    SDL_Event event = {
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = x, .y = y}};
    SDL_PushEvent(&event);

    spiral_view_frame(view, 0.0);
    event.button.type = SDL_MOUSEBUTTONUP;
    SDL_PushEvent(&event);

    spiral_view_frame(view, 0.0);
}

#endif
