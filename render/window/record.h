/* SPDX-License-Identifier: MIT
 *
 * Recording: frames of a fixed length, as a film or as pictures.
 */
#ifndef SPIRAL_WINDOW_RECORD_H
#define SPIRAL_WINDOW_RECORD_H

#include "render/window/view.h"

/* Plays to the end of the run, or `frames` frames (0: no bound), each of 1/30 second, and keeps
 * them: in a film (FILE.mp4, by ffmpeg) or as PNG files in a folder. Returns NULL, or a sentence
 * saying what failed. */
const char *spiral_view_record(struct spiral_view *view, const char *path, long frames);

#endif
