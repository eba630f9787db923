/* SPDX-License-Identifier: MIT
 *
 * What is kept of a run: branches, saved sessions, exported charts and data.
 */
#ifndef SPIRAL_WINDOW_SAVE_H
#define SPIRAL_WINDOW_SAVE_H

#include "render/live/ensemble.h"
#include "render/window/notice.h"
#include "render/window/plot/plot.h"

/* Where files are written. */
struct spiral_save_folder {
    const char *path; /* NULL: the working directory */
    size_t files;     /* saved and exported so far */
};

/* Each says in the notice what was done, or what failed. */

/* Keeps the run as a branch, with the risk of war of the ensemble where that may be shown. */
void spiral_save_branch(struct spiral_session *session, struct spiral_live_fan *fan,
                        bool show_ensemble, enum spiral_language language,
                        struct spiral_notice *notice);
/* Saves the session as a scenario. */
void spiral_save_session(const struct spiral_session *session, struct spiral_save_folder *folder,
                         enum spiral_language language, struct spiral_notice *notice);
/* The file that the answers of a lesson go to: one that does not exist yet. */
void spiral_save_choose_answers(struct spiral_save_folder *folder, const char *name,
                                char file[SPIRAL_NOTICE_SIZE + 16]);
/* Exports the plot as a chart, the run and the ensemble as data. `show_ensemble`: whether the chart
 * shows the ensemble and the ensemble is written: not while a question about it is open. */
void spiral_save_export(struct spiral_session *session, struct spiral_live_fan *fan,
                        const struct spiral_plot *plot, const struct spiral_theme *theme,
                        bool show_ensemble, struct spiral_save_folder *folder,
                        enum spiral_language language, struct spiral_notice *notice);

#endif
