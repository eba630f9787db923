/* SPDX-License-Identifier: MIT
 *
 * A text that is made by the functions of stdio, whole or not at all.
 *
 * open_memstream() is not enough for that: where memory fails while its text grows, glibc 2.36 drops
 * bytes and says nothing, and where it fails at the end the text is NULL after a successful
 * fclose().
 */
#ifndef SPIRAL_SCENARIOS_TEXT_STREAM_H
#define SPIRAL_SCENARIOS_TEXT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A stream whose text is put into *text, with its length without the final NUL in *length, when
 * spiral_text_stream_close() ends it. Both must live until then. NULL: no memory. */
FILE *spiral_text_stream_open(char **text, size_t *length);

/* Ends the stream; NULL is taken too. Returns whether the whole text is there, which the caller
 * frees; otherwise memory failed, and *text is NULL. */
bool spiral_text_stream_close(FILE *stream, char **text);

#endif
