/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_STATUS_H
#define SPIRAL_STATUS_H

#include "include/spiral/spiral.h" /* enum spiral_status, struct spiral_error */

/* The text of a status; never NULL, static storage. */
const char *spiral_status_text(enum spiral_status status);

/* Fills *error (which may be NULL) with a status and a printf-style message, clears the place,
 * returns the status. Control characters that the message quotes become spaces. */
enum spiral_status spiral_error_set(struct spiral_error *error, enum spiral_status status,
                                    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
