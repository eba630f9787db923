/* SPDX-License-Identifier: MIT
 *
 * Programs that earlier processes have built: files in $XDG_CACHE_HOME/spiral, or in
 * ~/.cache/spiral, named by a hash. Inner header of device/.
 */
#ifndef SPIRAL_DEVICE_KEPT_H
#define SPIRAL_DEVICE_KEPT_H

#include <stddef.h>
#include <stdint.h>

/* The bytes that were kept under a name, whole as they were written, or NULL. The caller frees
 * them. */
unsigned char *spiral_kept_read(uint64_t name, size_t *length);

/* Keeps bytes under a name. A failure leaves nothing behind, and is not told: what is kept saves
 * time and nothing else. */
void spiral_kept_write(uint64_t name, const unsigned char *bytes, size_t length);

#endif
