/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/whole_input.h"

#include <string.h>

const char *spiral_whole_input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

bool spiral_whole_input_has_key(const char *text, const char *key)
{
    const size_t length = strlen(key);

    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += line != text;
        if (strncmp(line, key, length) == 0 && line[length] == ':')
            return true;
    }

    return false;
}
