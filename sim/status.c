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

    return status;
}
