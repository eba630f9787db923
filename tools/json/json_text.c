/* SPDX-License-Identifier: MIT */
#include "tools/json/json_text.h"

#include <stdbool.h>
#include <stdlib.h>

static bool memory_failed;

static void *allocate_or_note(size_t size)
{
    void *block = malloc(size);

    memory_failed = memory_failed || block == NULL;

    return block;
}

void spiral_json_watch_memory(void) { json_set_alloc_funcs(allocate_or_note, free); }

char *spiral_json_text(json_t *value, size_t flags)
{
    char *text = json_dumps(value, flags);

    json_decref(value);
    if (!memory_failed)
        return text;

    free(text);
    memory_failed = false;

    return NULL;
}

enum spiral_status spiral_json_write(json_t *value, FILE *out, struct spiral_error *error)
{
    char *text = spiral_json_text(value, JSON_INDENT(1));

    if (text == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    fputs(text, out);
    fputc('\n', out);
    free(text);

    return SPIRAL_OK;
}
