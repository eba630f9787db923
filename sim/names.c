/* SPDX-License-Identifier: MIT */
#include "sim/names.h"

#include <string.h>

const char *spiral_names_at(struct spiral_names names, size_t i)
{
    const char *name = (const char *)names.first + i * names.stride + names.offset;
    return names.pointer ? *(const char *const *)(const void *)name : name;
}

int spiral_names_find(struct spiral_names names, const char *word)
{
    for (size_t i = 0; i < names.count; i++)
        if (strcmp(spiral_names_at(names, i), word) == 0)
            return (int)i;

    return -1;
}

/* --- the nearest name ------------------------------------------------------------------------- */

enum { LONGEST_WORD = 63 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Damerau-Levenshtein distance (adjacent transpositions count one) of two words of at most
 * LONGEST_WORD letters. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST_WORD + 2];

    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;

    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        size_t *above = rows[(i + 2) % 3];
        size_t *before = rows[(i + 1) % 3];
        row[0] = i;

        for (size_t j = 1; j <= b_length; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
    }

    return rows[a_length % 3][b_length];
}

const char *spiral_names_nearest(struct spiral_names names, const char *word)
{
    const size_t length = strlen(word);
    const char *nearest = NULL;
    size_t least = 0;

    if (length > LONGEST_WORD)
        return NULL;

    for (size_t i = 0; i < names.count; i++) {
        const char *name = spiral_names_at(names, i);
        const size_t name_length = strlen(name);
        if (name_length > LONGEST_WORD)
            continue;

        const size_t longer = length > name_length ? length : name_length;
        const size_t allowed = longer < 3 ? 1 : longer / 3;
        const size_t distance = edit_distance(word, length, name, name_length);

        if (distance <= allowed && (nearest == NULL || distance < least)) {
            nearest = name;
            least = distance;
        }
    }

    return nearest;
}
