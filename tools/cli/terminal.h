/* SPDX-License-Identifier: MIT
 *
 * Text for people: messages, help, tables and prose on a terminal. What comes from files is
 * printed so that a terminal does not obey it, and lines are wrapped at words.
 */
#ifndef SPIRAL_CLI_TERMINAL_H
#define SPIRAL_CLI_TERMINAL_H

#include <stdio.h>

#include "sim/status.h"

/* Exit statuses. */
enum { SPIRAL_EXIT_OK = 0, SPIRAL_EXIT_FAILED = 1, SPIRAL_EXIT_BAD_INPUT = 2 };

enum { SPIRAL_COLUMNS = 80 }; /* of text that does not go to a terminal */

/* The width of stdout in columns: the terminal's, else that of $COLUMNS, else SPIRAL_COLUMNS; at
 * least 40. */
int spiral_terminal_columns(void);

/* Prints a text. Lines that are longer than `columns` are wrapped at words, and between wide
 * characters; their continuations are indented by four columns more than the line. A line that
 * begins with an option ("--set ...") or with "spiral " is a command to be copied and stays
 * whole. */
void spiral_text_print(const char *text, int columns, FILE *out);

/* Prints one paragraph, whose first line begins at column `at`; the others are indented to
 * `indent`. Ends it with a line feed. */
void spiral_text_wrap(const char *text, int at, int indent, int columns, FILE *out);

/* A line of a list in a command's help: "  name  what it is", the second part wrapped beside the
 * first. */
void spiral_text_entry(const char *name, const char *text, FILE *out);

/* Prints text on stdout, wrapped. */
void spiral_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints a message on stderr as `spiral: ...`. */
void spiral_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same of an error, with its place. Returns the exit status that belongs to it. */
int spiral_complain_error(const struct spiral_error *error);

/* The exit status of a status. */
int spiral_exit_status(enum spiral_status status);

/* Ends stdout: what was printed is written, or a message says that it was not. A reader that
 * closed the pipe early is not an error. Returns the exit status: `exit_status`, or
 * SPIRAL_EXIT_FAILED. */
int spiral_stdout_close(int exit_status);

#endif
