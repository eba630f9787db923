/* SPDX-License-Identifier: MIT
 *
 * `spiral view`: the live view.
 */
#include "tools/draw/commands.h"

#ifdef SPIRAL_WITH_VIEW

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/window/record.h"
#include "scenarios/loader/case_file.h"
#include "scenarios/loader/yaml/numbers.h"
#include "tools/cli/constants.h"

struct request {
    struct spiral_view_options view;
    struct spiral_plan_options plan;
    struct spiral_option_list settings;
    const char *constants; /* NULL: those that are shipped */
    uint64_t frames;       /* 0: until the window is closed */
    const char *lesson;
    const char *record;
};

static const char *const languages[] = {"en", "zh", NULL};

static bool parse_theme(const struct spiral_option *option, const char *argument, void *place)
{
    const int theme = spiral_option_choose(option, "theme", argument,
                                           spiral_names_of(spiral_themes, SPIRAL_THEMES, name));

    if (theme >= 0)
        *(enum spiral_theme_name *)place = (enum spiral_theme_name)theme;

    return theme >= 0;
}

/* WIDTHxHEIGHT, into the options of the view. */
static bool parse_size(const struct spiral_option *option, const char *argument, void *place)
{
    struct spiral_view_options *view = place;
    const char *times = strchr(argument, 'x');
    char text[16] = "";
    uint64_t width = 0;
    uint64_t height = 0;

    if (times != NULL && (size_t)(times - argument) < sizeof text)
        memcpy(text, argument, (size_t)(times - argument));

    if (times == NULL || !spiral_whole_parse(text, &width) ||
        !spiral_whole_parse(times + 1, &height) || width < SPIRAL_SCREEN_WIDTH ||
        height < SPIRAL_SCREEN_HEIGHT || width > SPIRAL_PAGE_MOST || height > SPIRAL_PAGE_MOST) {
        spiral_complain("--%s: '%s' is not a size; expected WIDTHxHEIGHT, at least %dx%d",
                        option->name, argument, SPIRAL_SCREEN_WIDTH, SPIRAL_SCREEN_HEIGHT);
        return false;
    }

    view->width = (int)width;
    view->height = (int)height;

    return true;
}

/* A folder that nothing can be saved to is refused now, not after an hour of work. */
static bool parse_folder(const struct spiral_option *option, const char *argument, void *place)
{
    struct stat status;

    *(const char **)place = argument;
    if (stat(argument, &status) == 0 && S_ISDIR(status.st_mode) &&
        access(argument, W_OK | X_OK) == 0)
        return true;
    spiral_complain("--%s: '%s' is not a folder that can be written to", option->name, argument);

    return false;
}

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"size", "WxH", "size of the window (default 1280x800, at least 1024x640)",
     SPIRAL_OPTION_PARSED, PLACE(struct spiral_view_options, view), .parse = parse_size},
    {"scale", "F", "size of letters and lines (default 1)", SPIRAL_OPTION_REAL,
     PLACE(double, view.scale), .low = 0.7, .high = 3.0},
    {"theme", "NAME", "light (default), dark or print", SPIRAL_OPTION_PARSED,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct request, view.theme), .parse = parse_theme},
    {"lang", "en|zh", "language at the start (F2 changes it)", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct request, view.language), .words = languages},
    {"seed", "S", "seed of the run (default 1)", SPIRAL_OPTION_WHOLE, PLACE(uint64_t, view.seed),
     .most = UINT64_MAX},
    {"set", "NAME=VALUE", "set one of the values that `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"war-ends", NULL, "let hostility fall again after war", SPIRAL_OPTION_FLAG,
     PLACE(bool, plan.war_ends)},
    {"assimilate", NULL, "impose the observed hostility", SPIRAL_OPTION_FLAG,
     PLACE(bool, plan.assimilate)},
    {"folder", "FOLDER", "where sessions and exports are saved (default: the current folder)",
     SPIRAL_OPTION_PARSED, PLACE(const char *, view.folder), .parse = parse_folder},
    {"frames", "N", "play N frames, print how long they took, and end", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, frames), .least = 1, .most = 100000000},
    {"lesson", "FILE.yaml",
     "a lesson: spiral, commitment, three, or a file; it brings its own cases", SPIRAL_OPTION_TEXT,
     PLACE(const char *, lesson)},
    {"record", "FILE.mp4|FOLDER",
     "play the run and keep its frames: a film (made by ffmpeg) or PNG files", SPIRAL_OPTION_TEXT,
     PLACE(const char *, record)},
    {.name = NULL},
};
#undef PLACE

static int compare_numbers(const void *a, const void *b)
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
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    printf("%s: median %.2f ms, 99th percentile %.2f ms\n", what, 1e3 * sorted[count / 2],
           1e3 * sorted[count * 99 / 100]);
}

/* Plays this many frames and prints how long they took, and how soon the fan follows a slider. */
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
        print_times("frame", times, sorted, frames, false);
        print_times("processor time of a frame", times, sorted, frames, true);
        printf("a new fan of %d runs is shown %.0f ms after a slider moves\n", SPIRAL_VIEW_RUNS,
               1e3 * spiral_view_time_fan(view));
    }

    free(times);
    free(sorted);
    if (!room)
        spiral_complain("no memory for the times of %zu frames", frames);

    return room ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

static int show_window(struct request *request)
{
    static struct spiral_view view;
    int exit_status = SPIRAL_EXIT_OK;

    /* SDL makes a wish to close the window of an interrupt, unless it is caught already */
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);

    /* what is timed or recorded plays at once */
    request->view.story = request->frames == 0 && request->record == NULL;

    const char *problem = spiral_page_has_font()
                              ? spiral_view_open(&view, &request->view)
                              : "no font is installed (Debian: fonts-dejavu-core)";

    if (problem != NULL) {
        spiral_complain(
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
        spiral_complain("%s: %s", request->record, problem);
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

    return spiral_complain_diagnostics(&diagnostics, status);
}

/* Shows a lesson, whose first case is the scenario. */
static int show_lesson(struct request *request)
{
    struct spiral_lesson lesson = {.step_count = 0};
    struct spiral_constants constants;
    struct spiral_constant_sets posterior;
    int exit_status = spiral_constants_choose(&posterior, &constants, NULL);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = load_lesson(&lesson, request->lesson);

    lesson.posterior = &posterior;
    request->plan.posterior = &posterior;
    request->view.scenario = &lesson.scenarios[0];
    request->view.constants = &constants;
    request->view.plan = &request->plan;
    request->view.lesson = &lesson;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = show_window(request);
    spiral_lesson_clear(&lesson);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

/* Reads the options of a saved session into the constants and the request. A constant that it sets
 * has that value in every set. */
static int read_options(const char *text, const char *name, struct spiral_constant_sets *posterior,
                        struct spiral_constants *constants, struct request *request)
{
    struct spiral_constants before = *constants;
    struct spiral_error error;

    if (spiral_session_read_options(text, constants, &request->plan, &request->view.seed, &error) !=
        SPIRAL_OK) {
        snprintf(error.file, sizeof error.file, "%s", name);
        return spiral_complain_error(&error);
    }

    for (int i = 0; i < SPIRAL_CONSTANTS; i++) {
        const double value = *spiral_constant_at(constants, (size_t)i);
        if (value != *spiral_constant_at(&before, (size_t)i))
            spiral_constant_sets_put(posterior, (enum spiral_constant)i, value);
    }

    return SPIRAL_EXIT_OK;
}

/* Reads the session that the text of a scenario carries; its case takes the scenario's place. */
static int read_session(struct spiral_saved_session *saved, const char *text, const char *name,
                        struct spiral_scenario *scenario)
{
    struct spiral_error error;

    if (spiral_saved_session_read(saved, text, name, scenario, &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    if (saved->found) {
        spiral_scenario_clear(scenario);
        *scenario = saved->base;
        saved->base = spiral_scenario_defaults();
    }

    return SPIRAL_EXIT_OK;
}

/* Shows a case, or a saved session as it was left. */
static int show_case(struct request *request, const char *name)
{
    struct spiral_scenario scenario;
    struct spiral_saved_session saved;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    char *text;
    int exit_status = spiral_load_with_text(&scenario, name, &text);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const char *wanted = request->constants;

    exit_status = read_session(&saved, text, name, &scenario);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_choose(&posterior, &constants,
                                              wanted == NULL && saved.point ? "point" : wanted);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = read_options(text, name, &posterior, &constants, request);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_apply(&posterior, &constants, &scenario, &request->settings);

    request->view.scenario = &scenario;
    request->view.saved = saved.found ? &saved : NULL;
    request->view.constants = &constants;
    request->view.plan = &request->plan;
    request->plan.posterior = &posterior;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = show_window(request);
    spiral_constant_sets_clear(&posterior);
    spiral_saved_session_clear(&saved);
    spiral_scenario_clear(&scenario);
    free(text);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.view = {.seed = 1, .width = 1280, .height = 800, .scale = 1.0},
                              .plan = spiral_plan_options_defaults()};
    const int first = spiral_options_read(&spiral_command_view, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first > 1) {
        spiral_complain("view: one scenario at a time; usage: spiral view [SCENARIO]");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.lesson != NULL &&
        (first < argc || request.settings.count > 0 || request.constants != NULL)) {
        spiral_complain("view: a lesson brings its own cases and settings; --lesson goes with "
                        "neither a scenario nor --set nor --constants");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.lesson != NULL)
        return show_lesson(&request);

    return show_case(&request, first < argc ? argv[first] : "ukraine");
}

#else

static const struct spiral_option options[] = {{.name = NULL}};

static int run_command(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    spiral_complain("view: this program was built without SDL2; `spiral chart timeline` draws a "
                    "figure without a window");
    return SPIRAL_EXIT_FAILED;
}

#endif

const struct spiral_command spiral_command_view = {
    "view",  "[SCENARIO]", "open a window in which history is replayed live, with levers",
    options, run_command,  NULL};
