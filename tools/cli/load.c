/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/lesson.h"
#include "scenarios/loader/play_load.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/parameter.h"
#include "tools/cli/command.h"
#include "tools/experiment/experiment.h"
#include "tools/store/store.h"

/* Whether a text is something else that a user may mistake for a scenario; complains. */
static bool is_mistaken_text(const char *path, const char *text)
{
    const char *name = spiral_whole_input_name(path);

    if (spiral_experiment_is(text))
        spiral_complain(
            "%s is an experiment; expected a scenario. `spiral sweep %s --store FILE` runs it",
            name, path);
    else if (spiral_play_is_game(text))
        spiral_complain("%s is a game; expected a scenario. `spiral play %s` resumes it", name,
                        path);
    else if (spiral_play_is_events(text))
        spiral_complain("%s has events for a game; expected a scenario. `spiral play CASE "
                        "--injects %s` tells them",
                        name, path);
    else if (spiral_lesson_is(text))
        spiral_complain("%s is a lesson; expected a scenario. `spiral view --lesson %s` opens it",
                        name, path);
    else
        return false;

    return true;
}

/* What came from pipes, which can be read only once: a report loads its case for each figure. */
enum { MOST_KEPT = 8 };
static struct kept_text {
    char *path;
    char *text;
    size_t length;
} kept_texts[MOST_KEPT];

static bool is_regular(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* A copy of a text with its NUL; NULL where there is no memory. */
static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);

    if (copy != NULL)
        memcpy(copy, text, length + 1);

    return copy;
}

/* Keeps a copy of what came from a pipe, where there is a place left. */
static enum spiral_status keep_text(const char *path, const char *text, size_t length,
                                    struct spiral_error *error)
{
    size_t i = 0;

    while (i < MOST_KEPT && kept_texts[i].path != NULL)
        i++;
    if (i == MOST_KEPT || is_regular(path))
        return SPIRAL_OK;

    const struct kept_text kept = {strdup(path), copy_text(text, length), length};

    if (kept.path != NULL && kept.text != NULL) {
        kept_texts[i] = kept;
        return SPIRAL_OK;
    }

    free(kept.path);
    free(kept.text);

    return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
}

/* Reads an input, or takes what was read from the same pipe before. */
static enum spiral_status read_or_recall(const char *path, char **text, size_t *length,
                                         struct spiral_error *error)
{
    for (size_t i = 0; i < MOST_KEPT && kept_texts[i].path != NULL; i++)
        if (strcmp(kept_texts[i].path, path) == 0) {
            *length = kept_texts[i].length;
            *text = copy_text(kept_texts[i].text, *length);
            return *text != NULL ? SPIRAL_OK
                                 : spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
        }

    enum spiral_status status = spiral_whole_input_read(path, text, length, error);

    if (status == SPIRAL_OK)
        status = keep_text(path, *text, *length, error);
    if (status != SPIRAL_OK) {
        free(*text);
        *text = NULL;
    }

    return status;
}

int spiral_text_load(const char *path_or_name, char *path, size_t size, char **text, size_t *length)
{
    struct spiral_error error;
    char advice[SPIRAL_CASE_ADVICE];

    *text = NULL;
    spiral_case_file(path_or_name, path, size);
    if (spiral_store_is(path)) {
        spiral_complain("%s is a store of an experiment; expected a scenario. `spiral analyse`, "
                        "`export`, `report` and `chart sensitivity` read stores",
                        path);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    const enum spiral_status status = read_or_recall(path, text, length, &error);

    if (status == SPIRAL_OK)
        return SPIRAL_EXIT_OK;
    spiral_complain("%s: %s", spiral_whole_input_name(path), error.message);

    if (status == SPIRAL_IO) {
        spiral_case_advice(path_or_name, advice);
        spiral_complain("%s", advice);
    }

    return status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED : SPIRAL_EXIT_BAD_INPUT;
}

int spiral_complain_diagnostics(const struct spiral_diagnostics *diagnostics,
                                enum spiral_status status)
{
    spiral_diagnostics_print(diagnostics, stderr);

    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

int spiral_load(struct spiral_scenario *scenario, const char *path_or_name)
{
    char *text;
    const int exit_status = spiral_load_with_text(scenario, path_or_name, &text);

    free(text);

    return exit_status;
}

int spiral_load_with_text(struct spiral_scenario *scenario, const char *path_or_name, char **text)
{
    static struct spiral_diagnostics diagnostics;
    char path[4096];
    size_t length;

    *scenario = spiral_scenario_defaults();

    const int exit_status = spiral_text_load(path_or_name, path, sizeof path, text, &length);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    if (is_mistaken_text(path, *text))
        return SPIRAL_EXIT_BAD_INPUT;

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_scenario_load_text(scenario, *text, length, spiral_whole_input_name(path),
                                  &diagnostics);

    return spiral_complain_diagnostics(&diagnostics, status);
}

int spiral_setting_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                         const char *argument)
{
    struct spiral_error error;
    char name[SPIRAL_SETTING_NAME];
    double value;

    if (!spiral_option_setting("set", argument, name, &value))
        return SPIRAL_EXIT_BAD_INPUT;

    return spiral_parameter_set(scenario, constants, name, value, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

int spiral_settings_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                          const struct spiral_option_list *settings)
{
    int exit_status = SPIRAL_EXIT_OK;
    for (size_t i = 0; i < settings->count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_setting_apply(scenario, constants, settings->items[i]);
    return exit_status;
}
