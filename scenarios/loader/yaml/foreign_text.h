/* SPDX-License-Identifier: MIT
 *
 * Text that comes from a file, a store or the command line, made safe for a terminal. A title may
 * contain escape sequences that move the cursor, change the window's title or hide what was
 * printed; such characters are shown, not obeyed.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_YAML_FOREIGN_TEXT_H
#define SPIRAL_SCENARIOS_LOADER_YAML_FOREIGN_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* A character as it may be printed. */
struct spiral_foreign_letter {
    char text[16];      /* UTF-8: the character itself, or "\x1b" or "\u202e" in its place */
    int columns;        /* that it takes on a terminal: 0 for a combining mark, 2 for a wide one */
    size_t length;      /* bytes of the text that it was read from; 0 at the end of the text */
    unsigned long code; /* its code point; 0xfffd for a byte that is not UTF-8 */
};

/* The character at the beginning of a text. Line feeds and tabs stay as they are. */
struct spiral_foreign_letter spiral_foreign_letter(const char *text);

/* How many of the first `most` bytes of a text are whole letters: where it may be cut off. */
size_t spiral_foreign_text_fit(const char *text, size_t most);

/* Prints a whole text that way. */
void spiral_foreign_text_print(const char *text, FILE *out);

#endif
