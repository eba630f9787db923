/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/problem.h"

#include <stdbool.h>
#include <string.h>

enum { MAX_DEPTH = 100, MAX_ANCHORS = 1000 };

/* What each of libyaml's commonest findings means for a scenario. */
static const struct {
    const char *problem;
    const char *advice;
} advices[] = {
    {"mapping values are not allowed",
     "put a text that has a colon in quotes, and indent the keys of one map alike"},
    {"did not find expected key",
     "indent the keys of one map alike, and put a text that has quotes in it in quotes as a whole"},
    {"did not find expected '-' indicator",
     "indent the entries of one list alike, each with its '-'"},
    {"did not find expected ','",
     "close every [ with ] and every { with }, and put commas between"},
    {"could not find expected ':'", "a key needs a colon and a space after it"},
    {"cannot start any token", "put a text that begins with %, @ or ` in quotes"},
    {"found unexpected end of stream", "a quote stays open"},
    {"found undefined alias",
     "an alias *name needs its &name above; put a text that begins with * in quotes"},
    {"unknown directive", "no line begins with %; put such a text in quotes"},
    {"UTF-8", "save the file as UTF-8"},
    {"unexpected low surrogate area", "save the file as UTF-8"},
    {"incomplete UTF-16", "save the file as UTF-8"},
    {"control characters are not allowed", "save the file as plain text"},
};

/* The byte at a line and column (both from 0), or 0 beyond the text. */
static char byte_at(const char *text, size_t length, const yaml_mark_t *mark)
{
    const char *end = text + length;

    for (size_t line = 0; line < mark->line && text < end; text++)
        line += *text == '\n';
    for (size_t column = 0; column < mark->column && text < end; text++)
        column += text + 1 == end || ((unsigned char)text[1] & 0xc0) != 0x80;
    return text < end ? *text : '\0';
}

/* The line and column of a byte, for a text that could not be decoded that far. */
static yaml_mark_t mark_of(const char *text, size_t offset)
{
    yaml_mark_t mark = {0};

    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else
            mark.column += ((unsigned char)text[i] & 0xc0) != 0x80;

    return mark;
}

void spiral_yaml_problem(const yaml_parser_t *parser, const char *text, size_t length,
                         struct spiral_error *error)
{
    const char *problem = parser->problem;
    const char *advice = NULL;
    const bool undecoded = parser->error == YAML_READER_ERROR;
    const yaml_mark_t mark =
        undecoded ? mark_of(text, parser->problem_offset < length ? parser->problem_offset : length)
                  : parser->problem_mark;
    char begun[120] = "";

    if (parser->error == YAML_MEMORY_ERROR ||
        problem == NULL) { /* out of memory, libyaml does not always say so */
        spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
        return;
    }

    for (size_t i = 0; i < sizeof advices / sizeof *advices && advice == NULL; i++)
        if (strstr(problem, advices[i].problem) != NULL)
            advice = advices[i].advice;

    if (!undecoded && byte_at(text, length, &mark) == '\t') {
        problem = "there is a tab here";
        advice = "YAML indents with spaces";
    } else if (!undecoded && parser->context != NULL && parser->context_mark.line != mark.line)
        snprintf(begun, sizeof begun, " %.60s that begins in line %zu", parser->context,
                 parser->context_mark.line + 1);
    spiral_error_set(error, SPIRAL_BAD_INPUT, "the YAML cannot be read: %s%s%s%s", problem, begun,
                     advice != NULL ? "; " : "", advice != NULL ? advice : "");
    error->line = (int)mark.line + 1;
    error->column = (int)mark.column + 1;
}

/* How many levels an event opens, less those it closes; counts an anchor. */
static int levels_opened(const yaml_event_t *event, int *anchors)
{
    switch (event->type) {
    case YAML_SEQUENCE_START_EVENT: *anchors += event->data.sequence_start.anchor != NULL; return 1;
    case YAML_MAPPING_START_EVENT: *anchors += event->data.mapping_start.anchor != NULL; return 1;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return -1;
    case YAML_SCALAR_EVENT: *anchors += event->data.scalar.anchor != NULL; return 0;
    default: return 0;
    }
}

/* Whether a line begins with %TAG: libyaml compares each such line with all before it, within
 * one event. */
static bool has_tag_line(const char *text, size_t length, struct spiral_error *error)
{
    int line = 1;

    for (size_t at = 0; at + 4 <= length; at++) {
        if ((at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') &&
            memcmp(text + at, "%TAG", 4) == 0) {
            spiral_error_set(error, SPIRAL_BAD_INPUT,
                             "no line begins with %%TAG; put such a text in quotes");
            error->line = line;
            error->column = 1;
            return true;
        }

        line += text[at] == '\n';
    }

    return false;
}

enum spiral_status spiral_yaml_limits(const char *text, size_t length, struct spiral_error *error)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int depth = 0;
    int anchors = 0;
    bool more = true;
    enum spiral_status status = SPIRAL_OK;

    if (has_tag_line(text, length, error))
        return SPIRAL_BAD_INPUT;
    if (!yaml_parser_initialize(&parser))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);

    while (more && status == SPIRAL_OK && yaml_parser_parse(&parser, &event)) {
        depth += levels_opened(&event, &anchors);
        if (depth > MAX_DEPTH)
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "more than %d lists and maps within each other; close every "
                                      "[ with ] and every { with }",
                                      MAX_DEPTH);
        else if (anchors > MAX_ANCHORS)
            status = spiral_error_set(error, SPIRAL_BAD_INPUT, "more than %d anchors (&name)",
                                      MAX_ANCHORS);

        if (status != SPIRAL_OK) {
            error->line = (int)event.start_mark.line + 1;
            error->column = (int)event.start_mark.column + 1;
        }

        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }

    if (more && status == SPIRAL_OK &&
        (parser.error == YAML_MEMORY_ERROR || parser.problem == NULL))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    yaml_parser_delete(&parser);

    return status;
}
