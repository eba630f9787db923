/* SPDX-License-Identifier: MIT
 *
 * The texts of a program without files: cases and lessons by their paths. The loader reads them
 * through scenarios/loader/yaml/whole_input.h, whose readers are here in place of those of files.
 */
#ifndef SPIRAL_WEB_TEXTS_H
#define SPIRAL_WEB_TEXTS_H

#include <stdbool.h>

/* Keeps a copy of a text under a path; a text that was kept there before goes. False where there is
 * no memory or no place. */
bool web_text_keep(const char *path, const char *text);
bool web_text_is_kept(const char *path);

#endif
