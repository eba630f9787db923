/* SPDX-License-Identifier: MIT
 *
 * What is kept of a run: branches, saved sessions, exported figures and data.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "render/window/view.h"

/* The complete ensemble of the present, waited for: what is kept or written is not of a moment
 * before. NULL where there is no memory. */
static const struct spiral_live_result *present_result(struct spiral_view *view)
{
    spiral_live_fan_follow(view->fan, view->session);
    spiral_live_fan_wait(view->fan);
    const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);

    return result != NULL && result->revision == view->session->revision && result->complete
               ? result
               : NULL;
}

void spiral_view_branch(struct spiral_view *view)
{
    char name[SPIRAL_GHOST_NAME];
    struct spiral_error error;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(name, sizeof name, spiral_phrase(view, SPIRAL_PHRASE_as_chosen),
             view->session->ghost_count + 1);
#pragma GCC diagnostic pop
    const struct spiral_live_result *result = present_result(view);

    if (spiral_view_tell(view,
                         spiral_session_branch(view->session, name,
                                               result != NULL ? result->whole_war : NULL, &error),
                         &error))
        spiral_view_say(view, "%s", spiral_phrase(view, SPIRAL_PHRASE_branched));
}

/* A name that no file has yet: the case's, with a number where needed, and this ending. */
static void file_name(struct spiral_view *view, const char *ending, char path[SPIRAL_VIEW_MESSAGE])
{
    const char *folder = view->options.folder != NULL ? view->options.folder : ".";
    do
        snprintf(path, SPIRAL_VIEW_MESSAGE, "%.160s/%.48s-session%zu%s", folder,
                 view->session->scenario.name, ++view->files, ending);
    while (access(path, F_OK) == 0);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void spiral_view_save(struct spiral_view *view)
{
    char path[SPIRAL_VIEW_MESSAGE];
    struct spiral_error error;

    file_name(view, ".yaml", path);
    if (spiral_view_tell(view, spiral_session_save(view->session, path, &error), &error))
        spiral_view_say(view, spiral_phrase(view, SPIRAL_PHRASE_saved), path);
}

/* The ensemble beside the run; nothing where there is none. */
static bool export_runs(struct spiral_view *view, const struct spiral_live_result *result,
                        const char *path)
{
    char file[SPIRAL_VIEW_MESSAGE + 16];
    struct spiral_error error;

    snprintf(file, sizeof file, "%s-ensemble.csv", path);
    return result == NULL ||
           spiral_view_tell(view, spiral_live_result_export(result, view->session, file, &error),
                            &error);
}

void spiral_view_export(struct spiral_view *view)
{
    static const char *const formats[] = {".svg", ".pdf", ".png"};
    char path[SPIRAL_VIEW_MESSAGE];
    char file[SPIRAL_VIEW_MESSAGE + 8];
    struct spiral_error error;
    const char *problem = NULL;
    const struct spiral_live_result *result = present_result(view);

    file_name(view, ".svg", path);
    *strrchr(path, '.') = '\0';

    for (int i = 0; i < 3 && problem == NULL; i++) {
        struct spiral_page page;
        snprintf(file, sizeof file, "%s%s", path, formats[i]);
        problem = spiral_page_open(&page, file, 1200.0, 800.0, 2.0, &spiral_themes[view->theme]);

        if (problem == NULL)
            spiral_view_draw_stage(view, &page,
                                   spiral_page_frame(&page,
                                                     spiral_figure_title(&view->session->scenario,
                                                                         view->language),
                                                     "", ""),
                                   false);

        const char *closing = spiral_page_close(&page);
        problem = problem != NULL ? problem : closing;
    }

    snprintf(file, sizeof file, "%s.csv", path);
    if (problem != NULL)
        spiral_view_say(view, "%s: %s", path, problem);
    else if (export_runs(view, result, path) &&
             spiral_view_tell(view, spiral_session_export(view->session, file, &error), &error))
        spiral_view_say(view, spiral_phrase(view, SPIRAL_PHRASE_exported), path);
}
#pragma GCC diagnostic pop
