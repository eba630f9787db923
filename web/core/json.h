/* SPDX-License-Identifier: MIT
 *
 * JSON as the page's core writes it: one value after the other, into a stream. A key is NULL inside
 * an array.
 */
#ifndef SPIRAL_WEB_JSON_H
#define SPIRAL_WEB_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* A text that is being written. */
struct json {
    FILE *out;
    bool follows; /* whether the next value follows another one */
};

/* Begins and ends an object or an array: `bracket` is '{' or '[', '}' or ']'. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);

/* One value. A number that is not finite, and a text that is NULL, are null. */
void json_text(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, double number);
void json_whole(struct json *json, const char *key, long number);
void json_flag(struct json *json, const char *key, bool flag);
/* 64 bits as a text of 16 digits, which no reader rounds. */
void json_bits(struct json *json, const char *key, uint64_t bits);

#endif
