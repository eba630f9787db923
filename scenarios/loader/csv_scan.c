/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/csv_scan.h"

#include <stdarg.h>
#include <string.h>

void spiral_csv_report(struct spiral_diagnostics *diagnostics, const char *name, int line,
                       int column, const char *format, ...)
{
    struct spiral_error error;
    char message[sizeof error.message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    spiral_error_set(&error, SPIRAL_BAD_INPUT, "%s", message);
    snprintf(error.file, sizeof error.file, "%s", name);
    error.line = line;
    error.column = column;
    spiral_diagnostics_add(diagnostics, &error);
}

static void begin_line(struct spiral_csv_scanner *scanner)
{
    scanner->line++;
    scanner->line_start = scanner->at;
}

/* Whether a line ends here; its end is passed over. */
static bool pass_line_end(struct spiral_csv_scanner *scanner)
{
    if (scanner->at < scanner->end && *scanner->at == '\r' && scanner->at + 1 < scanner->end &&
        scanner->at[1] == '\n')
        scanner->at++;
    if (scanner->at < scanner->end && *scanner->at == '\n') {
        scanner->at++;
        begin_line(scanner);
        return true;
    }
    return scanner->at == scanner->end;
}

/* The inside of quotes, up to the one that closes them. */
static char *scan_quoted(struct spiral_csv_scanner *scanner, const struct spiral_csv_field *field,
                         char *to)
{
    scanner->at++;
    while (scanner->at < scanner->end) {
        const char letter = *scanner->at++;
        if (letter == '"') {
            if (scanner->at == scanner->end || *scanner->at != '"')
                return to;
            scanner->at++;
        }
        *to++ = letter;
        if (letter == '\n')
            begin_line(scanner);
    }

    spiral_csv_report(scanner->diagnostics, scanner->name, field->line, field->column,
                      "these quotes are not closed");
    scanner->broken = true;
    return to;
}

/* The next field. */
struct spiral_csv_field spiral_csv_scan_field(struct spiral_csv_scanner *scanner)
{
    struct spiral_csv_field field = {.text = scanner->buffer, .line = scanner->line};
    char *to = scanner->buffer;

    field.column = (int)(scanner->at - scanner->line_start) + 1;
    field.quoted = scanner->at < scanner->end && *scanner->at == '"';
    if (field.quoted)
        to = scan_quoted(scanner, &field, to);

    while (!scanner->broken && scanner->at < scanner->end && *scanner->at != ',' &&
           *scanner->at != '\n') {
        if (*scanner->at == '\r' && scanner->at + 1 < scanner->end && scanner->at[1] == '\n')
            break;
        if (field.quoted || *scanner->at == '"') {
            spiral_csv_report(scanner->diagnostics, scanner->name, scanner->line,
                              (int)(scanner->at - scanner->line_start) + 1,
                              field.quoted
                                  ? "text after the closing quotes; expected a comma or a new line"
                                  : "quotes within a field; expected them around all of it");
            scanner->broken = true;
            break;
        }
        *to++ = *scanner->at++;
    }

    *to = '\0';
    if (!scanner->broken && scanner->at < scanner->end && *scanner->at == ',')
        scanner->at++;
    else
        field.last = scanner->broken || pass_line_end(scanner);
    return field;
}

/* Passes over empty lines. Whether a record follows. */
bool spiral_csv_find_record(struct spiral_csv_scanner *scanner)
{
    while (scanner->at < scanner->end && !scanner->broken) {
        const char first = *scanner->at;
        if (first != '\n' &&
            !(first == '\r' && scanner->at + 1 < scanner->end && scanner->at[1] == '\n'))
            return true;
        pass_line_end(scanner);
    }
    return false;
}

/* Takes spaces off both ends. */
char *spiral_csv_trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t length = strlen(text); length > 0 && strchr(" \t", text[length - 1]) != NULL;)
        text[--length] = '\0';
    return text;
}

struct spiral_csv_scanner spiral_csv_scanner_at(const char *text, size_t length, const char *name,
                                                char *buffer,
                                                struct spiral_diagnostics *diagnostics)
{
    const size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    return (struct spiral_csv_scanner){.at = text + mark,
                                       .end = text + length,
                                       .line_start = text + mark,
                                       .line = 1,
                                       .name = name,
                                       .buffer = buffer,
                                       .diagnostics = diagnostics};
}
