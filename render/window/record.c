/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* pipe2 */
#include "render/window/record.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenarios/loader/whole_file.h"

enum {
    FRAMES_A_SECOND = 30,
    PATIENCE = 30000, /* ms without a sign of life from ffmpeg, after which it is given up */
    PAUSE = 50        /* ms between two looks at it, and at whether the window was closed */
};

/* Where frames go: into ffmpeg's standard input, or into a folder. */
struct recorder {
    struct spiral_view *view;
    const char *path;
    bool film;
    struct spiral_whole_file output; /* of a film: what ffmpeg writes to until it is complete */
    int pipe;
    pid_t child;
    long frame;
    struct spiral_error error;
};

/* Becomes ffmpeg, which writes to this file. */
static void become_encoder(const char *file, int input, const char *size)
{
    char rate[16];
    char url[SPIRAL_WHOLE_FILE_PATH + 8];

    snprintf(rate, sizeof rate, "%d", FRAMES_A_SECOND);

    /* a name that begins with a dash or a protocol is still a file's */
    snprintf(url, sizeof url, "file:%s", file);
    signal(SIGPIPE, SIG_DFL);
    dup2(input, STDIN_FILENO);

    /* H.264 needs even sides */
    execlp("ffmpeg", "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format",
           "bgr0", "-video_size", size, "-framerate", rate, "-i", "-", "-vf",
           "crop=trunc(iw/2)*2:trunc(ih/2)*2", "-pix_fmt", "yuv420p", "-f", "mp4", url,
           (char *)NULL);
    _exit(127);
}

static const char *begin_film(struct recorder *recorder, int width, int height)
{
    int ends[2];
    char size[32];

    if (spiral_whole_file_open(&recorder->output, recorder->path, NULL, &recorder->error) !=
        SPIRAL_OK)
        return recorder->error.message;
    if (recorder->output.temporary[0] == '\0')
        return "a film needs a regular file";

    snprintf(size, sizeof size, "%dx%d", width, height);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return strerror(errno);
    recorder->child = fork();
    if (recorder->child == 0)
        become_encoder(recorder->output.temporary, ends[0], size);

    close(ends[0]);
    recorder->pipe = ends[1];
    if (recorder->child < 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0)
        return strerror(errno);

    return NULL;
}

/* Writes a part of a frame once ffmpeg has room for it. Returns the bytes that were written, or
 * less than 0 with the problem. */
static ssize_t write_when_ready(struct recorder *recorder, const unsigned char *bytes, size_t count,
                                const char **problem)
{
    struct pollfd ready = {.fd = recorder->pipe, .events = POLLOUT};

    for (int waited = 0; waited < PATIENCE; waited += PAUSE) {
        spiral_view_handle_events(recorder->view);
        if (recorder->view->quit) {
            *problem = "stopped on request";
            return -1;
        }

        if (poll(&ready, 1, PAUSE) <= 0)
            continue;

        const ssize_t written = write(recorder->pipe, bytes, count);

        if (written > 0 || (written < 0 && errno != EAGAIN && errno != EINTR)) {
            *problem = "ffmpeg accepts no more frames; is it installed, and can the file be "
                       "written? With a folder in place of FILE.mp4, the frames are PNG files";
            return written;
        }
    }

    *problem = "ffmpeg hangs: it took no frame for 30 seconds";

    return -1;
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
        const char *problem = NULL;
        const ssize_t written = write_when_ready(recorder, at, left, &problem);

        if (written <= 0)
            return problem;
        at += written;
        left -= (size_t)written;
    }

    return NULL;
}

/* Waits until ffmpeg has ended, and ends it where it does not or where the film is not wanted. */
static const char *end_encoder(struct recorder *recorder, const char *problem)
{
    int status = 0;
    pid_t ended = 0;

    for (int waited = 0; problem == NULL && ended == 0; waited += PAUSE) {
        ended = waitpid(recorder->child, &status, WNOHANG);
        if (ended != 0)
            break;

        spiral_view_handle_events(recorder->view);
        problem = recorder->view->quit   ? "stopped on request"
                  : waited >= PATIENCE ? "ffmpeg hangs: it did not end within 30 seconds"
                                       : NULL;
        poll(NULL, 0, PAUSE);
    }

    if (ended == 0) {
        kill(recorder->child, SIGKILL);
        ended = waitpid(recorder->child, &status, 0);
    }

    if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return "ffmpeg is not installed; with a folder in place of FILE.mp4, the frames are PNG "
               "files";

    return problem != NULL ? problem : ended > 0 && status == 0 ? NULL : "ffmpeg failed";
}

/* Ends the film: it takes its name where it is complete. */
static const char *end_film(struct recorder *recorder, const char *problem)
{
    if (recorder->pipe >= 0)
        close(recorder->pipe);
    if (recorder->child > 0)
        problem = end_encoder(recorder, problem);
    if (recorder->output.file == NULL)
        return problem;

    const enum spiral_status status =
        spiral_whole_file_close(&recorder->output, problem == NULL ? SPIRAL_OK : SPIRAL_STOPPED,
                                &recorder->error);

    return problem != NULL       ? problem
           : status == SPIRAL_OK ? NULL
                                 : recorder->error.message;
}

const char *spiral_view_record(struct spiral_view *view, const char *path, long frames)
{
    static struct recorder recorder;
    const char *dot = strrchr(path, '.');
    const char *problem = NULL;

    recorder = (struct recorder){.view = view,
                                 .path = path,
                                 .film = dot != NULL && strcmp(dot, ".mp4") == 0,
                                 .pipe = -1};
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

    if (problem == NULL && view->quit)
        problem = "stopped on request";

    return recorder.film ? end_film(&recorder, problem) : problem;
}
