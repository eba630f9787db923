/* SPDX-License-Identifier: MIT */
#include "render/window/record.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FRAMES_A_SECOND = 30 };

/* Where frames go: into ffmpeg's standard input, or into a folder. */
struct recorder {
    const char *path;
    bool film;
    int pipe;
    pid_t child;
    long frame;
};

static const char *begin_film(struct recorder *recorder, int width, int height)
{
    int ends[2];
    char size[32];
    char rate[16];

    snprintf(size, sizeof size, "%dx%d", width, height);
    snprintf(rate, sizeof rate, "%d", FRAMES_A_SECOND);
    if (pipe(ends) != 0)
        return strerror(errno);
    recorder->child = fork();

    if (recorder->child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);

        /* H.264 needs even sides */
        execlp("ffmpeg", "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format",
               "bgr0", "-video_size", size, "-framerate", rate, "-i", "-", "-vf",
               "crop=trunc(iw/2)*2:trunc(ih/2)*2", "-pix_fmt", "yuv420p", recorder->path,
               (char *)NULL);
        _exit(127);
    }

    close(ends[0]);
    recorder->pipe = ends[1];

    return recorder->child < 0 ? strerror(errno) : NULL;
}

static const char *keep_frame(struct recorder *recorder, cairo_surface_t *surface)
{
    cairo_surface_flush(surface);
    recorder->frame++;

    if (!recorder->film) {
        char path[4096];
        snprintf(path, sizeof path, "%s/frame-%05ld.png", recorder->path, recorder->frame);

        const cairo_status_t status = cairo_surface_write_to_png(surface, path);
        return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
    }

    const unsigned char *at = cairo_image_surface_get_data(surface);
    size_t left = (size_t)cairo_image_surface_get_stride(surface) *
                  (size_t)cairo_image_surface_get_height(surface);

    while (left > 0) {
        const ssize_t written = write(recorder->pipe, at, left);
        if (written <= 0)
            return "ffmpeg accepts no more frames; is it installed, and can the file be written? "
                   "With a folder in place of FILE.mp4, the frames are PNG files";
        at += written;
        left -= (size_t)written;
    }

    return NULL;
}

const char *spiral_view_record(struct spiral_view *view, const char *path, long frames)
{
    const char *dot = strrchr(path, '.');
    struct recorder recorder = {.path = path,
                                .film = dot != NULL && strcmp(dot, ".mp4") == 0,
                                .pipe = -1};
    const char *problem = NULL;
    int status = 0;

    signal(SIGPIPE, SIG_IGN);
    if (recorder.film)
        problem = begin_film(&recorder, cairo_image_surface_get_width(view->screen.surface),
                             cairo_image_surface_get_height(view->screen.surface));
    else if (mkdir(path, 0777) != 0 && errno != EEXIST)
        problem = strerror(errno);
    view->session->playing = true;

    for (long i = 0;
         problem == NULL && !view->quit && (frames == 0 ? view->session->playing : i < frames);
         i++) {
        spiral_view_frame(view, 1.0 / FRAMES_A_SECOND);
        problem = keep_frame(&recorder, view->screen.surface);
    }

    if (recorder.pipe >= 0)
        close(recorder.pipe);

    if (recorder.child > 0 && waitpid(recorder.child, &status, 0) > 0 && status != 0 &&
        problem == NULL)
        problem =
            WIFEXITED(status) && WEXITSTATUS(status) == 127
                ? "ffmpeg is not installed; with a folder in place of FILE.mp4, the frames are PNG "
                  "files"
                : "ffmpeg failed";

    return problem;
}
