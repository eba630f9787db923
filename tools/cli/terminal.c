/* SPDX-License-Identifier: MIT */
#include "tools/cli/terminal.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/loader/yaml/diagnostics.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "scenarios/loader/yaml/numbers.h"

/* --- width ------------------------------------------------------------------------------------ */

enum { LEAST_COLUMNS = 40, MOST_COLUMNS = 1000 };

int spiral_terminal_columns(void)
{
    const char *said = getenv("COLUMNS");
    struct winsize size;
    uint64_t columns = SPIRAL_COLUMNS;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    else if (said == NULL || !spiral_whole_parse(said, &columns))
        columns = SPIRAL_COLUMNS;

    return columns < LEAST_COLUMNS  ? LEAST_COLUMNS
           : columns > MOST_COLUMNS ? MOST_COLUMNS
                                    : (int)columns;
}

/* --- wrapping --------------------------------------------------------------------------------- */

/* Chinese text has no spaces: a line may break before any wide character but a closing mark. */
static bool may_break_before(const struct spiral_foreign_letter *letter)
{
    static const unsigned long closing[] = {0x3001, 0x3002, 0x300b, 0x300d, 0x300f, 0x3011, 0xff01,
                                            0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f};
    if (letter->columns != 2)
        return false;

    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (letter->code == closing[i])
            return false;

    return true;
}

/* A run of letters that no line break divides. */
struct piece {
    size_t spaces; /* bytes of space before it */
    size_t length; /* bytes of the rest */
    int columns;   /* of the rest */
};

static struct piece read_piece(const char *text, size_t length)
{
    struct piece piece = {.spaces = 0};

    while (piece.spaces < length && text[piece.spaces] == ' ')
        piece.spaces++;

    while (piece.spaces + piece.length < length) {
        const struct spiral_foreign_letter letter =
            spiral_foreign_letter(text + piece.spaces + piece.length);
        if (letter.code == ' ' || (piece.length > 0 && may_break_before(&letter)))
            break;
        piece.length += letter.length;
        piece.columns += letter.columns;
    }

    return piece;
}

static void print_bytes(const char *text, size_t length, FILE *out)
{
    for (size_t at = 0; at < length;) {
        const struct spiral_foreign_letter letter = spiral_foreign_letter(text + at);
        fputs(letter.text, out);
        at += letter.length;
    }
}

static void wrap_line(const char *text, size_t length, int at, int indent, int columns, FILE *out)
{
    bool is_first = true;

    while (length > 0) {
        const struct piece piece = read_piece(text, length);
        const int spaces = (int)piece.spaces;

        if (piece.length == 0)
            break; /* spaces at the end of the line */

        /* a word that is wider than the line is printed all the same */
        if (!is_first && at > indent && at + spaces + piece.columns > columns) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        } else {
            fprintf(out, "%*s", spaces, "");
            at += spaces;
        }

        print_bytes(text + piece.spaces, piece.length, out);
        at += piece.columns;
        text += piece.spaces + piece.length;
        length -= piece.spaces + piece.length;
        is_first = false;
    }

    fputc('\n', out);
}

void spiral_text_wrap(const char *text, int at, int indent, int columns, FILE *out)
{
    wrap_line(text, strlen(text), at, indent, columns, out);
}

static bool is_command(const char *line)
{
    return strncmp(line, "--", 2) == 0 || strncmp(line, "spiral ", 7) == 0;
}

void spiral_text_print(const char *text, int columns, FILE *out)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        const int indent = (int)strspn(text, " ");

        if (is_command(text + indent)) {
            print_bytes(text, length, out);
            fputc('\n', out);
        } else
            wrap_line(text, length, 0, indent + 4, columns, out);

        text += length;
        text += *text == '\n';
    }
}

void spiral_text_entry(const char *name, const char *text, FILE *out)
{
    enum { TEXT_COLUMN = 24 };
    const int columns = spiral_terminal_columns();
    int at = 2;

    fputs("  ", out);
    for (const char *rest = name; *rest != '\0';) {
        const struct spiral_foreign_letter letter = spiral_foreign_letter(rest);
        fputs(letter.text, out);
        at += letter.columns;
        rest += letter.length;
    }

    if (at + 2 > TEXT_COLUMN)
        fprintf(out, "\n%*s", TEXT_COLUMN, "");
    else
        fprintf(out, "%*s", TEXT_COLUMN - at, "");
    spiral_text_wrap(text, TEXT_COLUMN, TEXT_COLUMN, columns, out);
}

/* --- messages --------------------------------------------------------------------------------- */

/* Whether a text for stdout was lost, so that what is there is not all of it. */
static bool text_was_lost;

/* Formats a message; the caller frees it. NULL where there is no memory. */
static char *format_message(const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);

    va_end(again);

    char *text = length < 0 ? NULL : malloc((size_t)length + 1);

    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, arguments);

    return text;
}

void spiral_say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = format_message(format, arguments);

    va_end(arguments);

    if (text == NULL) {
        spiral_complain("out of memory");
        text_was_lost = true;
    } else
        spiral_text_print(text, spiral_terminal_columns(), stdout);
    free(text);
}

void spiral_complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = format_message(format, arguments);

    va_end(arguments);

    fputs("spiral: ", stderr);
    spiral_foreign_text_print(text != NULL ? text : "out of memory", stderr);
    fputc('\n', stderr);
    free(text);
}

int spiral_complain_error(const struct spiral_error *error)
{
    fputs("spiral: ", stderr);
    spiral_error_print(error, stderr);
    return spiral_exit_status(error->status);
}

int spiral_exit_status(enum spiral_status status)
{
    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_BAD_INPUT ? SPIRAL_EXIT_BAD_INPUT
                                        : SPIRAL_EXIT_FAILED;
}

/* --- the end of stdout ------------------------------------------------------------------------ */

/* Whether stdout is a pipe whose reader has gone, as `spiral params | head` leaves it. */
static bool reader_has_gone(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    struct stat status;

    return fstat(STDOUT_FILENO, &status) == 0 &&
           (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) && poll(&output, 1, 0) == 1 &&
           (output.revents & (POLLERR | POLLHUP)) != 0;
}

int spiral_stdout_close(int exit_status)
{
    errno = 0;

    /* an earlier failure has left its mark on the stream, but not its reason */
    const bool failed_before = ferror(stdout) != 0;
    const bool flushed = fflush(stdout) == 0;
    const int problem = flushed ? 0 : errno;
    const bool gone = (failed_before || !flushed) && (problem == EPIPE || reader_has_gone());
    const bool closed = fclose(stdout) == 0;

    if ((!failed_before && flushed && closed) || gone)
        return exit_status == SPIRAL_EXIT_OK && text_was_lost ? SPIRAL_EXIT_FAILED : exit_status;

    spiral_complain("stdout: cannot be written: %s", problem != 0 ? strerror(problem)
                                                     : closed     ? "not all of it was written"
                                                                  : strerror(errno));

    return SPIRAL_EXIT_FAILED;
}
