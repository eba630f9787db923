/* SPDX-License-Identifier: MIT
 *
 * The page's core: what a browser calls. One page of state, one thread. Every function can be
 * compiled for the machine as well, and then gives the same bytes: tests/web asks both.
 */
#ifndef SPIRAL_WEB_PAGE_H
#define SPIRAL_WEB_PAGE_H

#include <stddef.h>

/* An array that a call returns beside its JSON. It holds until the next call. */
struct page_array {
    const char *name;
    const void *bytes;
    size_t size;  /* bytes in all */
    long element; /* bytes of an element: 8 (double) or 1 */
};

/* Does a call of calls.def. `block` is its name and its arguments, each ended by a NUL, `length`
 * bytes in all. Returns JSON, which holds until the next call: the object that the call tells of,
 * or {"error": "..."}. Without memory: NULL. */
const char *page_call(const char *block, size_t length);

/* Adds the counts of another core's fan, of the same present, to this one's: the bytes of its
 * array "counts". Returns JSON likewise. */
const char *page_merge(const void *counts, size_t size);

/* The arrays of the last call. */
size_t page_array_count(void);
const struct page_array *page_array_at(size_t i);

#endif
