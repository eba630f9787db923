/* SPDX-License-Identifier: MIT
 *
 * `spiral view`: the live view.
 */
#include "tools/draw/commands.h"

#ifdef SPIRAL_WITH_VIEW

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/window/record.h"
#include "scenarios/loader/case_file.h"

enum {
    OPTION_SIZE,
    OPTION_SCALE,
    OPTION_THEME,
    OPTION_LANG,
    OPTION_SEED,
    OPTION_SET,
    OPTION_WAR_ENDS,
    OPTION_ASSIMILATE,
    OPTION_FOLDER,
    OPTION_FRAMES,
    OPTION_LESSON,
    OPTION_RECORD
};
static const struct spiral_option options[] = {
    [OPTION_SIZE] = {"size", "WxH", "size of the window (default 1280x800, at least 1024x640)"},
    [OPTION_SCALE] = {"scale", "F", "size of letters and lines, 0.7 to 3 (default 1)"},
    [OPTION_THEME] = {"theme", "NAME", "light (default), dark or print"},
    [OPTION_LANG] = {"lang", "en|zh", "language at the start (F2 changes it)"},
    [OPTION_SEED] = {"seed", "S", "seed of the run (default 1)"},
    [OPTION_SET] = {"set", "NAME=VALUE",
                    "another value of a name that spiral params lists; may be repeated"},
    [OPTION_WAR_ENDS] = {"war-ends", NULL, "let war go down the ladder again"},
    [OPTION_ASSIMILATE] = {"assimilate", NULL, "impose the observed hostility"},
    [OPTION_FOLDER] = {"folder", "FOLDER", "where sessions and exports are saved (default: here)"},
    [OPTION_FRAMES] = {"frames", "N", "play N frames, print what they took, and end"},
    [OPTION_LESSON] = {"lesson", "FILE.yaml",
                       "a lesson: spiral, commitment, three, or a file; it has its own cases"},
    [OPTION_RECORD] = {"record", "FILE.mp4|FOLDER",
                       "play the run and keep its frames: a film (by ffmpeg) or PNG files"},
    {NULL, NULL, NULL},
};

enum { MAX_SETTINGS = 256 };

struct request {
    struct spiral_view_options view;
    struct spiral_plan_options plan;
    const char *settings[MAX_SETTINGS];
    size_t setting_count;
    uint64_t frames;
    const char *lesson;
    const char *record;
};

static bool read_size(struct spiral_view_options *view, const char *argument)
{
    char *end;
    const long width = strtol(argument, &end, 10);
    const long height = *end == 'x' ? strtol(end + 1, &end, 10) : 0;

    if (*end != '\0' || width < SPIRAL_SCREEN_WIDTH || height < SPIRAL_SCREEN_HEIGHT ||
        width > SPIRAL_PAGE_MOST || height > SPIRAL_PAGE_MOST) {
        spiral_report("--size: '%s' is not a size; expected WIDTHxHEIGHT, at least %dx%d", argument,
                      SPIRAL_SCREEN_WIDTH, SPIRAL_SCREEN_HEIGHT);
        return false;
    }

    view->width = (int)width;
    view->height = (int)height;

    return true;
}

static bool read_look(struct spiral_view_options *view, int option, const char *argument)
{
    if (option == OPTION_THEME) {
        const struct spiral_theme *theme = spiral_theme_find(argument);
        if (theme != NULL)
            view->theme = (enum spiral_theme_name)(theme - spiral_themes);
        else
            spiral_report("--theme: unknown theme '%s'; expected light, dark or print", argument);
        return theme != NULL;
    }

    if (option == OPTION_LANG) {
        view->language = strcmp(argument, "zh") == 0 ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
        if (strcmp(argument, "zh") == 0 || strcmp(argument, "en") == 0)
            return true;
        spiral_report("--lang: '%s' is neither en nor zh", argument);
        return false;
    }

    if (!spiral_read_real("scale", argument, &view->scale))
        return false;
    if (view->scale >= 0.7 && view->scale <= 3.0)
        return true;
    spiral_report("--scale: %s is not between 0.7 and 3", argument);

    return false;
}

/* A folder that cannot be written to is reported now, not after an hour of work. */
static bool read_folder(struct spiral_view_options *view, const char *argument)
{
    struct stat status;

    view->folder = argument;
    if (stat(argument, &status) == 0 && S_ISDIR(status.st_mode) &&
        access(argument, W_OK | X_OK) == 0)
        return true;
    spiral_report("--folder: '%s' is not a folder that can be written to", argument);
    return false;
}

static bool read_option(void *context, int option, const char *argument)
{
    struct request *request = context;
    unsigned long long number;

    switch (option) {
    case OPTION_SIZE: return read_size(&request->view, argument);
    case OPTION_SEED: return spiral_read_seed(argument, &request->view.seed);
    case OPTION_SET:
        if (request->setting_count < MAX_SETTINGS)
            request->settings[request->setting_count++] = argument;
        return true;
    case OPTION_WAR_ENDS: request->plan.war_ends = true; return true;
    case OPTION_ASSIMILATE: request->plan.assimilate = true; return true;
    case OPTION_FOLDER: return read_folder(&request->view, argument);
    case OPTION_LESSON: request->lesson = argument; return true;
    case OPTION_RECORD: request->record = argument; return true;
    case OPTION_FRAMES:
        if (!spiral_read_whole("frames", argument, 1, 100000000ULL, &number))
            return false;
        request->frames = number;
        return true;
    default: return read_look(&request->view, option, argument);
    }
}

static int compare_ascending(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double two = *(const double *)b;

    return (one > two) - (one < two);
}

/* Median and 99th percentile of one of the times of the frames, in milliseconds. */
static void print_times(const char *what, const struct spiral_frame_time *times, double *sorted,
                        size_t count, bool processor)
{
    for (size_t i = 0; i < count; i++)
        sorted[i] = processor ? times[i].processor : times[i].seconds;
    qsort(sorted, count, sizeof *sorted, compare_ascending);
    printf("%s: median %.2f ms, 99th percentile %.2f ms\n", what, 1e3 * sorted[count / 2],
           1e3 * sorted[count * 99 / 100]);
}

/* Plays so many frames and prints what they took, and how soon the fan follows a slider. */
static int time_frames(struct spiral_view *view, size_t frames)
{
    struct spiral_frame_time *times = calloc(frames, sizeof *times);
    double *sorted = calloc(frames, sizeof *sorted);
    const bool room = times != NULL && sorted != NULL;

    if (room) {
        view->session->playing = true;
        spiral_view_run(view, (long)frames, times);
    }

    if (room && !view->quit) {
        printf("%zu frames of %dx%d\n", frames, view->screen.width, view->screen.height);
        print_times("a frame", times, sorted, frames, false);
        print_times("of it on a processor", times, sorted, frames, true);
        printf("a new fan of %d runs is shown %.0f ms after a slider moves\n", SPIRAL_VIEW_RUNS,
               1e3 * spiral_view_time_fan(view));
    }

    free(times);
    free(sorted);
    if (!room)
        spiral_report("no memory for the times of %zu frames", frames);

    return room ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

static int show_view(struct request *request)
{
    static struct spiral_view view;
    int exit_status = SPIRAL_EXIT_OK;
    const char *problem = spiral_view_open(&view, &request->view);

    if (problem != NULL) {
        spiral_report(
            "no window can be opened: %s; `spiral chart timeline` draws a figure without one",
            problem);
        return SPIRAL_EXIT_FAILED;
    }

    if (request->record != NULL)
        problem = spiral_view_record(&view, request->record, (long)request->frames);
    else if (request->frames > 0)
        exit_status = time_frames(&view, request->frames);
    else
        spiral_view_run(&view, 0, NULL);
    spiral_view_close(&view);

    if (problem != NULL) {
        spiral_report("%s: %s", request->record, problem);
        return SPIRAL_EXIT_FAILED;
    }

    return exit_status;
}

/* A lesson by its path, or by the name of one beside the cases. */
static int load_lesson(struct spiral_lesson *lesson, const char *name)
{
    static struct spiral_diagnostics diagnostics;
    char path[4096];

    spiral_lesson_file(name, path, sizeof path);
    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status = spiral_lesson_load(lesson, path, &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);

    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

/* Shows a lesson, whose first case is the scenario. */
static int show_lesson(struct request *request)
{
    struct spiral_lesson lesson = {.step_count = 0};
    struct spiral_constants constants = spiral_constants_defaults();
    int exit_status = load_lesson(&lesson, request->lesson);

    request->view.scenario = &lesson.scenarios[0];
    request->view.constants = &constants;
    request->view.plan = &request->plan;
    request->view.lesson = &lesson;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = show_view(request);
    spiral_lesson_clear(&lesson);

    return exit_status;
}

static int run_view(int argc, char **argv)
{
    struct request request = {.view = {.seed = 1, .width = 1280, .height = 800, .scale = 1.0},
                              .plan = spiral_plan_options_defaults()};
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_view, argc, argv, read_option, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first > 1) {
        spiral_report("view: one scenario at a time; usage: spiral view [SCENARIO]");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.lesson != NULL && (first < argc || request.setting_count > 0)) {
        spiral_report("view: a lesson has its own cases and settings; give --lesson no scenario "
                      "and no --set");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.lesson != NULL)
        return show_lesson(&request);

    const char *name = first < argc ? argv[first] : "ukraine";
    int exit_status = spiral_load(&scenario, name);

    /* the file of a saved session has its constants and its seed */
    if (exit_status == SPIRAL_EXIT_OK && strstr(name, ".yaml") != NULL &&
        spiral_session_read_options(name, &constants, &request.plan, &request.view.seed, &error) !=
            SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    for (size_t i = 0; i < request.setting_count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_setting_apply(&scenario, &constants, request.settings[i]);

    request.view.scenario = &scenario;
    request.view.constants = &constants;
    request.view.plan = &request.plan;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = show_view(&request);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

#else

static const struct spiral_option options[] = {{NULL, NULL, NULL}};

static int run_view(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    spiral_report("view: this program was built without SDL2; `spiral chart timeline` draws a "
                  "figure without a window");
    return SPIRAL_EXIT_FAILED;
}

#endif

const struct spiral_command spiral_command_view = {
    "view",  "[SCENARIO]", "a window in which history is replayed live, with levers",
    options, run_view,     NULL};
