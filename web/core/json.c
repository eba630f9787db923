/* SPDX-License-Identifier: MIT */
#include "web/core/json.h"

#include "scenarios/loader/yaml/numbers.h"

static void write_string(const char *text, FILE *out)
{
    fputc('"', out);

    for (; *text != '\0'; text++) {
        const unsigned char letter = (unsigned char)*text;
        if (letter == '"' || letter == '\\')
            fprintf(out, "\\%c", letter);
        else if (letter < 0x20)
            fprintf(out, "\\u%04x", letter);
        else
            fputc(letter, out);
    }

    fputc('"', out);
}

/* What is before a value: a comma, and its key. */
static void begin_value(struct json *json, const char *key)
{
    if (json->follows)
        fputc(',', json->out);
    if (key != NULL) {
        write_string(key, json->out);
        fputc(':', json->out);
    }

    json->follows = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    fputc(bracket, json->out);
    json->follows = false;
}

void json_close(struct json *json, char bracket)
{
    fputc(bracket, json->out);
    json->follows = true;
}

void json_text(struct json *json, const char *key, const char *text)
{
    begin_value(json, key);
    if (text == NULL)
        fputs("null", json->out);
    else
        write_string(text, json->out);
}

void json_number(struct json *json, const char *key, double number)
{
    char text[32] = "null";

    begin_value(json, key);
    if (number - number == 0.0)
        spiral_number_write(number, text);
    fputs(text, json->out);
}

void json_whole(struct json *json, const char *key, long number)
{
    begin_value(json, key);
    fprintf(json->out, "%ld", number);
}

void json_flag(struct json *json, const char *key, bool flag)
{
    begin_value(json, key);
    fputs(flag ? "true" : "false", json->out);
}

void json_bits(struct json *json, const char *key, uint64_t bits)
{
    begin_value(json, key);
    fprintf(json->out, "\"%016llx\"", (unsigned long long)bits);
}
