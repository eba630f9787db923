/* SPDX-License-Identifier: MIT
 *
 * Base64 (RFC 4648) of texts.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/play_load.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *spiral_play_seal(const char *text)
{
    const size_t length = strlen(text);
    char *sealed = malloc(4 * ((length + 2) / 3) + 1);
    size_t at = 0;

    if (sealed == NULL)
        return NULL;

    for (size_t i = 0; i < length; i += 3) {
        const size_t left = length - i;
        unsigned long bits = 0;
        for (size_t b = 0; b < 3; b++)
            bits = bits << 8 | (b < left ? (unsigned char)text[i + b] : 0);
        for (int d = 0; d < 4; d++)
            sealed[at++] = d > (int)left ? '=' : digits[bits >> (18 - 6 * d) & 63];
    }

    sealed[at] = '\0';

    return sealed;
}

char *spiral_play_unseal(const char *sealed)
{
    const size_t length = strlen(sealed);
    const size_t plain = strspn(sealed, digits);
    const size_t padding = length - plain;
    char *text = length % 4 != 0 ? NULL : malloc(length / 4 * 3 + 1);
    size_t at = 0;

    if (text == NULL || padding > 2 || strspn(sealed + plain, "=") != padding) {
        free(text);
        return NULL;
    }

    for (size_t i = 0; i < length; i += 4) {
        unsigned long bits = 0;
        for (size_t d = 0; d < 4; d++)
            bits = bits << 6 |
                   (i + d < plain ? (unsigned long)(strchr(digits, sealed[i + d]) - digits) : 0);
        for (int b = 0; b < 3; b++)
            text[at++] = (char)(bits >> (16 - 8 * b) & 255);
    }

    text[at - (length > 0 ? padding : 0)] = '\0';

    return strlen(text) == at - padding ? text : (free(text), NULL);
}
