/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* strnlen */
#include "scenarios/loader/yaml/foreign_text.h"

#include <stdbool.h>
#include <string.h>

struct range {
    unsigned long first;
    unsigned long last;
};

static bool is_in_ranges(unsigned long code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

#define IS_IN(code, ranges) is_in_ranges(code, ranges, sizeof(ranges) / sizeof *(ranges))

/* What a terminal obeys instead of showing: controls of ASCII and of Latin-1, and the marks that
 * reverse the direction of what follows. */
static bool is_control(unsigned long code)
{
    static const struct range controls[] = {{0x00, 0x08},     {0x0b, 0x1f},     {0x7f, 0x9f},
                                            {0x061c, 0x061c}, {0x200e, 0x200f}, {0x2028, 0x202e},
                                            {0x2066, 0x2069}};
    return IS_IN(code, controls);
}

/* The columns of a character, by Unicode's East Asian Width: wcwidth() would know only what the
 * present locale knows. */
static int columns_of(unsigned long code)
{
    static const struct range combining[] = {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd},
                                             {0x0610, 0x061a}, {0x064b, 0x065f}, {0x200b, 0x200d},
                                             {0x20d0, 0x20f0}, {0x2060, 0x2060}, {0xfe00, 0xfe0f},
                                             {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}};
    static const struct range wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                                        {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                                        {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
                                        {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
    return IS_IN(code, combining) ? 0 : IS_IN(code, wide) ? 2 : 1;
}

/* Decodes a UTF-8 sequence; its length, or 0 where the bytes are not one. */
static size_t decode_character(const unsigned char *text, unsigned long *code)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t length = text[0] < 0x80             ? 1
                          : (text[0] & 0xe0) == 0xc0 ? 2
                          : (text[0] & 0xf0) == 0xe0 ? 3
                          : (text[0] & 0xf8) == 0xf0 ? 4
                                                     : 0;

    if (length == 0)
        return 0;
    *code = length == 1 ? text[0] : text[0] & (0xffU >> (length + 1));

    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (text[i] & 0x3f);
    }

    const bool is_surrogate = *code >= 0xd800 && *code <= 0xdfff;
    return *code < least[length] || *code > 0x10ffff || is_surrogate ? 0 : length;
}

struct spiral_foreign_letter spiral_foreign_letter(const char *text)
{
    struct spiral_foreign_letter letter = {.length = 0};

    if (text[0] == '\0')
        return letter;
    letter.length = decode_character((const unsigned char *)text, &letter.code);

    if (letter.length == 0) {
        letter.length = 1;
        letter.code = 0xfffd;
        letter.columns =
            snprintf(letter.text, sizeof letter.text, "\\x%02x", (unsigned)(unsigned char)text[0]);
    } else if (is_control(letter.code)) {
        letter.columns = snprintf(letter.text, sizeof letter.text,
                                  letter.code < 0x100 ? "\\x%02lx" : "\\u%04lx", letter.code);
    } else {
        memcpy(letter.text, text, letter.length);
        letter.columns = columns_of(letter.code);
    }

    return letter;
}

size_t spiral_foreign_text_fit(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);

    if (length <= most)
        return length;
    for (length = most; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
        length--;

    return length;
}

void spiral_foreign_text_print(const char *text, FILE *out)
{
    for (;;) {
        const struct spiral_foreign_letter letter = spiral_foreign_letter(text);
        if (letter.length == 0)
            return;
        fputs(letter.text, out);
        text += letter.length;
    }
}
