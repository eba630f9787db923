/* SPDX-License-Identifier: MIT
 *
 * How the reader reports: the place, the path, and a message that stays one readable line
 * whatever the file holds.
 */
#include <stdarg.h>
#include <string.h>
#include <yaml.h>

#include "scenarios/loader/document.h"

static void write_path(const struct spiral_path *path, char *text, size_t size)
{
    if (path == NULL)
        return;
    write_path(path->up, text, size);
    const size_t length = strlen(text);

    if (path->key != NULL)
        snprintf(text + length, size - length, "%s%s", length > 0 ? "." : "", path->key);
    else
        snprintf(text + length, size - length, "[%d]", path->index);
}

/* The bytes of the UTF-8 letter at `text`, or 0 where it is cut off. */
static size_t letter_size(const unsigned char *text)
{
    const size_t size = *text < 0x80   ? 1
                        : *text < 0xc0 ? 0
                        : *text < 0xe0 ? 2
                        : *text < 0xf0 ? 3
                                       : 4;

    for (size_t i = 1; i < size; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;

    return size;
}

/* Makes a text fit to print: control letters become spaces, and what was cut off within a letter
 * goes. */
static void tidy(char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    char *to = text;

    while (*from != '\0') {
        const size_t size = letter_size(from);
        const bool control =
            *from < 0x20 || *from == 0x7f || (*from == 0xc2 && size == 2 && from[1] < 0xa0);
        if (control)
            *to++ = ' ';
        else {
            memmove(to, from, size);
            to += size;
        }

        from += size > 0 ? size : 1;
    }

    *to = '\0';
}

void spiral_reader_error(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const char *format, ...)
{
    struct spiral_error error;

    if (reader->visits > SPIRAL_MAX_VISITS)
        return; /* the rest of the file is not looked at, and nothing can be said of it */
    memset(&error, 0, sizeof error);
    error.status = SPIRAL_BAD_INPUT;
    snprintf(error.file, sizeof error.file, "%s", reader->file);

    if (node != NULL) {
        error.line = (int)node->start_mark.line + 1;
        error.column = (int)node->start_mark.column + 1;
    }

    write_path(path, error.path, sizeof error.path);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    tidy(error.path);
    tidy(error.message);
    spiral_diagnostics_add(reader->diagnostics, &error);
}

const char *spiral_reader_unknown(struct spiral_reader *reader, const yaml_node_t *node,
                                  const struct spiral_path *path, const char *what,
                                  const char *name, size_t count,
                                  const char *(*name_at)(const void *, size_t), const void *context)
{
    const char *nearest = spiral_nearest_name(name, count, name_at, context);

    if (nearest != NULL) {
        spiral_reader_error(reader, node, path, "unknown %s '%.60s'; did you mean '%s'?", what,
                            name, nearest);
        return nearest;
    }

    char known[300] = "";

    for (size_t i = 0; i < count && strlen(known) < 220; i++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", i > 0 ? ", " : "",
                 name_at(context, i));

    spiral_reader_error(reader, node, path, "unknown %s '%.60s'; known are %s%s", what, name, known,
                        strlen(known) >= 220 ? ", ..." : "");

    return NULL;
}
