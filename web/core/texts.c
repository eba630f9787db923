/* SPDX-License-Identifier: MIT */
#include "web/core/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/yaml/whole_input.h"

enum { MOST_TEXTS = 64, PATH_SIZE = 128 };

static struct kept_text {
    char path[PATH_SIZE];
    char *text;
} kept[MOST_TEXTS];

/* Writes a path without "folder/..", as a lesson names its cases. False where it is too long. */
static bool shorten_path(const char *path, char shorter[PATH_SIZE])
{
    size_t length = 0;

    for (const char *at = path; *at != '\0';) {
        const size_t part = strcspn(at, "/");

        if (part == 2 && strncmp(at, "..", 2) == 0) {
            while (length > 0 && shorter[--length] != '/')
                continue;
        } else {
            if (length + part + 2 > PATH_SIZE)
                return false;
            if (length > 0)
                shorter[length++] = '/';
            memcpy(shorter + length, at, part);
            length += part;
        }

        at += part;
        at += *at == '/';
    }

    shorter[length] = '\0';

    return true;
}

/* The place of a path: its own, else the first that is free; NULL where there is none. */
static struct kept_text *place_of(const char *path)
{
    struct kept_text *place = kept;

    while (place < kept + MOST_TEXTS && place->text != NULL && strcmp(place->path, path) != 0)
        place++;

    return place < kept + MOST_TEXTS ? place : NULL;
}

bool web_text_keep(const char *path, const char *text)
{
    char shorter[PATH_SIZE];
    char *copy = strdup(text);
    struct kept_text *place = shorten_path(path, shorter) ? place_of(shorter) : NULL;

    if (copy == NULL || place == NULL) {
        free(copy);
        return false;
    }

    free(place->text);
    memcpy(place->path, shorter, sizeof shorter);
    place->text = copy;

    return true;
}

/* The text of a path as it was kept, or NULL. */
static const char *find_text(const char *path)
{
    char shorter[PATH_SIZE];
    const struct kept_text *place = shorten_path(path, shorter) ? place_of(shorter) : NULL;

    return place == NULL ? NULL : place->text;
}

bool web_text_is_kept(const char *path) { return find_text(path) != NULL; }

/* --- in place of scenarios/loader/yaml/whole_input_file.c ------------------------------------- */

bool spiral_whole_input_exists(const char *path) { return web_text_is_kept(path); }

enum spiral_status spiral_whole_input_read(const char *path, char **text, size_t *length,
                                           struct spiral_error *error)
{
    return spiral_whole_input_read_most(path, SPIRAL_WHOLE_INPUT_MOST, text, length, error);
}

enum spiral_status spiral_whole_input_read_most(const char *path, size_t most, char **text,
                                                size_t *length, struct spiral_error *error)
{
    const char *found = find_text(path);

    *text = NULL;
    *length = 0;
    if (found == NULL)
        return spiral_error_set(error, SPIRAL_IO, "cannot be read: there is no such text");
    if (strlen(found) > most)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "is larger than %zu MiB", most >> 20);

    *text = strdup(found);
    if (*text == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    *length = strlen(*text);

    return SPIRAL_OK;
}

/* --- in place of scenarios/loader/case_file.c ------------------------------------------------- */

void spiral_case_file(const char *path_or_name, char *path, size_t size)
{
    snprintf(path, size, "scenarios/%s.yaml", path_or_name);
}

bool spiral_posterior_file(char *path, size_t size)
{
    snprintf(path, size, "scenarios/posterior.csv");

    return web_text_is_kept(path);
}

void spiral_case_advice(const char *path_or_name, char text[SPIRAL_CASE_ADVICE])
{
    (void)path_or_name;
    snprintf(text, SPIRAL_CASE_ADVICE, "open its file on this page first");
}
