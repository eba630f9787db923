/* SPDX-License-Identifier: MIT
 *
 * Recording: frames of a fixed length, as a film or as pictures.
 */
#ifndef SPIRAL_WINDOW_RECORD_H
#define SPIRAL_WINDOW_RECORD_H

#include "render/window/view.h"

/* Plays to the end of the run, or `frames` frames (0: no bound), each of 1/30 second, and keeps
 * them: in a film (FILE.mp4, by ffmpeg) or as PNG files in a folder. A film is whole or not there:
 * it is given up where ffmpeg hangs or where an interrupt or the user closes the window. Returns
 * NULL, or a sentence saying what failed, which holds until the next recording. */
const char *spiral_view_record(struct spiral_view *view, const char *path, long frames);

#endif
