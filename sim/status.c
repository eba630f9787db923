/* SPDX-License-Identifier: MIT */
#include "sim/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *spiral_status_text(enum spiral_status status)
{
    static const char *const texts[] = {
#define SPIRAL_STATUS_ENTRY(name, text) text,
        SPIRAL_STATUS_TABLE(SPIRAL_STATUS_ENTRY)
#undef SPIRAL_STATUS_ENTRY
    };

    return (unsigned)status < SPIRAL_STATUS_COUNT ? texts[status] : "unknown status";
}

const char *spiral_status_name(enum spiral_status status)
{
    static const char *const names[] = {
#define SPIRAL_STATUS_ENTRY(name, text) "SPIRAL_" #name,
        SPIRAL_STATUS_TABLE(SPIRAL_STATUS_ENTRY)
#undef SPIRAL_STATUS_ENTRY
    };

    return (unsigned)status < SPIRAL_STATUS_COUNT ? names[status] : "unknown status";
}

/* Whatever a message quotes, it stays one line, and a terminal obeys nothing in it. */
static void replace_controls(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
}

enum spiral_status spiral_error_set(struct spiral_error *error, enum spiral_status status,
                                    const char *format, ...)
{
    if (error == NULL)
        return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    replace_controls(error->message);

    return status;
}

size_t spiral_error_text(const struct spiral_error *error, char *text, size_t size)
{
    const char *message =
        error->message[0] != '\0' ? error->message : spiral_status_text(error->status);
    const char *path_end = error->path[0] != '\0' ? ": " : "";
    char place[sizeof error->file + 32] = "";

    if (error->line > 0)
        snprintf(place, sizeof place, "%s%s%d:%d: ", error->file, error->file[0] != '\0' ? ":" : "",
                 error->line, error->column);
    else if (error->file[0] != '\0')
        snprintf(place, sizeof place, "%s: ", error->file);

    return (size_t)snprintf(text, size, "%s%s%s%s", place, error->path, path_end, message);
}
