/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* fopencookie() */
#include "scenarios/loader/text_stream.h"

#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__

struct growing_text {
    char **text;
    size_t *length;
    char *bytes;
    size_t used;
    size_t room;
};

/* What it returns that is less than `count` sets the stream's error indicator. */
static ssize_t write_bytes(void *cookie, const char *bytes, size_t count)
{
    struct growing_text *growing = cookie;

    if (growing->used + count >= growing->room) {
        const size_t room = 2 * (growing->used + count) + 256;
        char *larger = realloc(growing->bytes, room);
        if (larger == NULL)
            return 0;
        growing->bytes = larger;
        growing->room = room;
    }

    memcpy(growing->bytes + growing->used, bytes, count);
    growing->used += count;
    growing->bytes[growing->used] = '\0';

    return (ssize_t)count;
}

static int hand_over(void *cookie)
{
    struct growing_text *growing = cookie;

    *growing->text = growing->bytes;
    *growing->length = growing->used;
    free(growing);

    return 0;
}

FILE *spiral_text_stream_open(char **text, size_t *length)
{
    struct growing_text *growing = calloc(1, sizeof *growing);
    FILE *stream = NULL;

    *text = NULL;
    *length = 0;
    if (growing == NULL)
        return NULL;

    *growing = (struct growing_text){.text = text, .length = length, .bytes = calloc(1, 1)};
    growing->room = 1;

    if (growing->bytes != NULL)
        stream = fopencookie(growing, "w",
                             (cookie_io_functions_t){.write = write_bytes, .close = hand_over});

    if (stream == NULL) {
        free(growing->bytes);
        free(growing);
    }

    return stream;
}

#else

FILE *spiral_text_stream_open(char **text, size_t *length)
{
    *text = NULL;
    *length = 0;

    return open_memstream(text, length);
}

#endif

bool spiral_text_stream_close(FILE *stream, char **text)
{
    bool is_whole = stream != NULL && fflush(stream) == 0 && !ferror(stream);

    if (stream != NULL)
        is_whole = fclose(stream) == 0 && is_whole && *text != NULL;

    if (!is_whole) {
        free(*text);
        *text = NULL;
    }

    return is_whole;
}
