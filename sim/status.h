/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_STATUS_H
#define SPIRAL_STATUS_H

#include <stddef.h>

/* What a function that can fail returns. The text of each code is one line of this table;
 * spiral_status_text() reads it. */
#define SPIRAL_STATUS_TABLE(X) \
    X(OK, "success") \
    X(BAD_INPUT, "bad input") \
    X(NO_MEMORY, "out of memory") \
    X(IO, "input or output failed") \
    X(STOPPED, "stopped on request")

enum spiral_status {
#define SPIRAL_STATUS_ENTRY(name, text) SPIRAL_##name,
    SPIRAL_STATUS_TABLE(SPIRAL_STATUS_ENTRY)
#undef SPIRAL_STATUS_ENTRY
        SPIRAL_STATUS_COUNT
};

/* The text of a status; never NULL, static storage. */
const char *spiral_status_text(enum spiral_status status);

/* What went wrong and where. `file`, `line` and `column` (both from 1) are set where a file is
 * to blame, else "", 0, 0; `path` is the field's path ("pairs[0].ties"), or "". `message` says
 * what was expected and the nearest valid name. */
struct spiral_error {
    enum spiral_status status;
    char file[256];
    int line;
    int column;
    char path[128];
    char message[512];
};

/* Fills *error (which may be NULL) with a status and a printf-style message, clears the place,
 * returns the status. */
enum spiral_status spiral_error_set(struct spiral_error *error, enum spiral_status status,
                                    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
