/* SPDX-License-Identifier: MIT
 *
 * The names in a table: a view of one string in each of its records, whatever the records are.
 * Programs look a name up in it, and tell whoever misspelled one which was meant.
 *
 *     const struct spiral_names moves = spiral_names_of(spiral_moves, SPIRAL_MOVES, name);
 *     const int move = spiral_names_find(moves, "align");
 */
#ifndef SPIRAL_NAMES_H
#define SPIRAL_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* A view of `count` names. It owns nothing and holds as long as the table does. */
struct spiral_names {
    const void *first; /* the table; may be NULL where `count` is 0 */
    size_t count;
    size_t stride; /* bytes from one record to the next */
    size_t offset; /* bytes from the beginning of a record to its name */
    bool pointer;  /* the record holds the name's address; else its letters */
};

/* Whether what `place` points to is a string's address, and not an array of letters. */
#define SPIRAL_NAMES_BY_POINTER(place) \
    _Generic((place), \
        const char *const *: true, \
        const char **: true, \
        char *const *: true, \
        char **: true, \
        default: false)

/* The member `member` (a string or an array of letters) of each of `length` records. */
#define spiral_names_of(records, length, member) \
    ((struct spiral_names){.first = (records), \
                           .count = (size_t)(length), \
                           .stride = sizeof *(records), \
                           .offset = offsetof(__typeof__(*(records)), member), \
                           .pointer = SPIRAL_NAMES_BY_POINTER(&(records)->member)})

/* An array of `length` strings, or of arrays of letters. */
#define spiral_names_in(strings, length) \
    ((struct spiral_names){.first = (strings), \
                           .count = (size_t)(length), \
                           .stride = sizeof *(strings), \
                           .pointer = SPIRAL_NAMES_BY_POINTER(&*(strings))})

/* The i-th name, 0 <= i < count; owned by the table. */
const char *spiral_names_at(struct spiral_names names, size_t i);

/* The index of the first name that equals `word`, or -1. */
int spiral_names_find(struct spiral_names names, const char *word);

/* The name that is nearest to `word` by edit distance (Damerau-Levenshtein, adjacent
 * transpositions count one), the first of several; owned by the table. NULL where none is near
 * enough to be meant: a distance over a third of the longer word's length (but 1 is always near),
 * or a word of more than 63 bytes. */
const char *spiral_names_nearest(struct spiral_names names, const char *word);

#endif
