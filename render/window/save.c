/* SPDX-License-Identifier: MIT */
#include "render/window/save.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "render/live/actors.h"
#include "render/window/ui/phrases.h"
#include "scenarios/loader/whole_file.h"

/* The complete ensemble of the present, waited for: what is kept or written is not of a moment
 * earlier. NULL where there is no memory. */
static const struct spiral_live_result *wait_for_result(struct spiral_live_fan *fan,
                                                        struct spiral_session *session)
{
    spiral_live_fan_follow(fan, session);
    spiral_live_fan_wait(fan);

    const struct spiral_live_result *result = spiral_live_fan_latest(fan);
    const bool present =
        result != NULL && result->revision == session->revision && result->complete;

    return present ? result : NULL;
}

/* A path, without ending, at which no file with this ending exists yet: the case's name with a
 * number. */
static void choose_path(struct spiral_save_folder *folder, const char *name, const char *what,
                        const char *ending, char path[SPIRAL_NOTICE_SIZE])
{
    char file[SPIRAL_NOTICE_SIZE + 8];

    do {
        snprintf(path, SPIRAL_NOTICE_SIZE, "%.160s/%.48s-%s%zu",
                 folder->path != NULL ? folder->path : ".", name, what, ++folder->files);
        snprintf(file, sizeof file, "%s%s", path, ending);
    } while (access(file, F_OK) == 0);
}

void spiral_save_choose_answers(struct spiral_save_folder *folder, const char *name,
                                char file[SPIRAL_NOTICE_SIZE + 16])
{
    char path[SPIRAL_NOTICE_SIZE];

    choose_path(folder, name, "answers", ".csv", path);
    snprintf(file, SPIRAL_NOTICE_SIZE + 16, "%s.csv", path);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* phrases are formats */

void spiral_save_branch(struct spiral_session *session, struct spiral_live_fan *fan,
                        bool show_ensemble, enum spiral_language language,
                        struct spiral_notice *notice)
{
    const struct spiral_live_result *result = show_ensemble ? wait_for_result(fan, session) : NULL;
    char name[SPIRAL_BRANCH_NAME];
    struct spiral_error error;

    spiral_session_branch_name(session, spiral_language_code(language), name);
    if (spiral_notice_check(notice,
                            spiral_session_add_branch(session, name,
                                                      result != NULL ? result->war : NULL,
                                                      result != NULL ? result->runs : 0, &error),
                            &error))
        spiral_notice_show(notice, "%s", spiral_phrase(SPIRAL_PHRASE_branched, language));
}

void spiral_save_session(const struct spiral_session *session, struct spiral_save_folder *folder,
                         enum spiral_language language, struct spiral_notice *notice)
{
    char path[SPIRAL_NOTICE_SIZE];
    char file[SPIRAL_NOTICE_SIZE + 8];
    struct spiral_error error;

    choose_path(folder, session->scenario.name, "session", ".yaml", path);
    snprintf(file, sizeof file, "%s.yaml", path);
    if (spiral_notice_check(notice, spiral_session_save(session, file, &error), &error))
        spiral_notice_show(notice, spiral_phrase(SPIRAL_PHRASE_saved, language), file);
}

/* Draws the plot to a file, whole or not at all. */
static enum spiral_status export_plot(const struct spiral_plot *plot,
                                      const struct spiral_plot_subject *subject,
                                      const struct spiral_theme *theme, const char *file,
                                      struct spiral_error *error)
{
    struct spiral_whole_file output;
    struct spiral_page page;
    enum spiral_status status = spiral_whole_file_open(&output, file, NULL, error);

    if (status != SPIRAL_OK)
        return status;

    const char *problem = spiral_page_open(&page, output.file, file, 1200.0, 800.0, 2.0, theme);

    if (problem == NULL) {
        char title[SPIRAL_SESSION_TITLE];

        spiral_session_title(subject->session, spiral_language_code(subject->language), title);

        const struct spiral_rectangle at = spiral_page_frame(&page, title, "", "");

        spiral_plot_draw_still(plot, subject, &page, at);
    }

    const char *closing = spiral_page_close(&page);

    problem = problem != NULL ? problem : closing;
    if (problem != NULL)
        status = spiral_error_set(error, SPIRAL_IO, "%.300s: %s", file, problem);

    return spiral_whole_file_close(&output, status, error);
}

void spiral_save_export(struct spiral_session *session, struct spiral_live_fan *fan,
                        const struct spiral_plot *plot, const struct spiral_theme *theme,
                        bool show_ensemble, struct spiral_save_folder *folder,
                        enum spiral_language language, struct spiral_notice *notice)
{
    static const char *const endings[] = {".svg", ".pdf", ".png"};
    const struct spiral_live_result *result = wait_for_result(fan, session);
    const struct spiral_plot_subject subject = {.session = session,
                                                .result = show_ensemble ? result : NULL,
                                                .language = language};
    char path[SPIRAL_NOTICE_SIZE];
    char file[SPIRAL_NOTICE_SIZE + 16];
    struct spiral_error error;

    choose_path(folder, session->scenario.name, "session", ".svg", path);

    for (int i = 0; i < 3; i++) {
        snprintf(file, sizeof file, "%s%s", path, endings[i]);

        if (!spiral_notice_check(notice, export_plot(plot, &subject, theme, file, &error), &error))
            return;
    }

    snprintf(file, sizeof file, "%s-ensemble.csv", path);
    if (result != NULL && show_ensemble &&
        !spiral_notice_check(notice, spiral_live_result_export(result, session, file, &error),
                             &error))
        return;

    snprintf(file, sizeof file, "%s.csv", path);
    if (spiral_notice_check(notice, spiral_session_export(session, file, &error), &error))
        spiral_notice_show(notice,
                           spiral_phrase(show_ensemble ? SPIRAL_PHRASE_exported
                                                       : SPIRAL_PHRASE_exported_run,
                                         language),
                           path);
}

#pragma GCC diagnostic pop
