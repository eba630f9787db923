/* SPDX-License-Identifier: MIT
 *
 * The page's core on this machine, for tests/web/check_bits: reads calls from standard input, a
 * line each, and writes what they return. In a line the arguments are parted by the byte 1f, and
 * the byte 1e is a line feed. After each call comes a line with the size and the hash of each
 * array.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"
#include "web/core/page.h"

/* Turns a line into a block of texts. */
static void unfold_line(char *line)
{
    for (char *at = line; *at != '\0'; at++)
        if (*at == '\x1e')
            *at = '\n';
    for (char *at = line; (at = strchr(at, '\x1f')) != NULL; at++)
        *at = '\0';
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    while ((length = getline(&line, &size, stdin)) > 0) {
        line[length - 1] = '\0';
        unfold_line(line);

        const char *json = page_call(line, (size_t)length);

        if (json == NULL)
            return 1;
        puts(json);

        for (size_t i = 0; i < page_array_count(); i++) {
            const struct page_array *array = page_array_at(i);
            printf("%s %zu %016llx;", array->name, array->size,
                   (unsigned long long)spiral_hash_bytes(SPIRAL_HASH_START, array->bytes,
                                                         array->size));
        }

        putchar('\n');
    }

    free(line);

    return 0;
}
