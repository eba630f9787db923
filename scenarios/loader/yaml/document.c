/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/document.h"

#include <stdio.h>
#include <yaml.h>

#include "scenarios/loader/yaml/problem.h"
#include "scenarios/loader/yaml/whole_input.h"

void spiral_document_report(struct spiral_diagnostics *diagnostics, enum spiral_status status,
                            const char *file, size_t line, size_t column, const char *message)
{
    struct spiral_error error;

    spiral_error_set(&error, status, "%s", message);
    snprintf(error.file, sizeof error.file, "%s", file);
    error.line = (int)line;
    error.column = (int)column;
    spiral_diagnostics_add(diagnostics, &error);
}

/* A text and its parser. */
struct source {
    yaml_parser_t parser;
    const char *text;
    size_t length;
};

/* Parses the next document of a text; false with a report where the YAML itself is broken. */
static bool parse_document(struct source *source, yaml_document_t *document,
                           struct spiral_reader *reader)
{
    struct spiral_error error;

    if (yaml_parser_load(&source->parser, document))
        return true;
    spiral_yaml_problem(&source->parser, source->text, source->length, &error);
    reader->out_of_memory = reader->out_of_memory || error.status == SPIRAL_NO_MEMORY;
    if (error.status != SPIRAL_NO_MEMORY)
        spiral_document_report(reader->diagnostics, error.status, reader->file, (size_t)error.line,
                               (size_t)error.column, error.message);

    return false;
}

/* Whether a second document follows. */
static void check_single(struct source *source, struct spiral_reader *reader)
{
    yaml_document_t more;

    if (!parse_document(source, &more, reader))
        return;

    if (yaml_document_get_root_node(&more) != NULL)
        spiral_document_report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file,
                               more.start_mark.line + 1, more.start_mark.column + 1,
                               "a second document begins here; expected one");
    yaml_document_delete(&more);
}

/* What a text is read for. */
struct purpose {
    const char *what;
    void (*read)(void *context, struct spiral_reader *reader, const yaml_node_t *root);
    void *context;
};

/* Parses a text that keeps within the limits, and reads what it holds. */
static void load_document(struct source *source, struct spiral_reader *reader,
                          const struct purpose *purpose)
{
    yaml_document_t document;

    if (!yaml_parser_initialize(&source->parser)) {
        reader->out_of_memory = true;
        return;
    }

    yaml_parser_set_input_string(&source->parser, (const unsigned char *)source->text,
                                 source->length);
    if (parse_document(source, &document, reader)) {
        const yaml_node_t *root = yaml_document_get_root_node(&document);
        if (root == NULL) {
            char message[80];
            snprintf(message, sizeof message, "the file is empty; expected %s", purpose->what);
            spiral_document_report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, 1, 1,
                                   message);
        } else {
            reader->document = &document;
            purpose->read(purpose->context, reader, root);
            if (reader->visits > SPIRAL_MAX_VISITS)
                spiral_document_report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, 1, 1,
                                       "the file's aliases unfold to too much to read");
            check_single(source, reader);
            reader->document = NULL;
        }

        yaml_document_delete(&document);
    }

    yaml_parser_delete(&source->parser);
}

void spiral_document_load(struct spiral_reader *reader, const struct spiral_schema *schema,
                          const char *text, size_t length, const char *name, const char *what,
                          struct spiral_diagnostics *diagnostics,
                          void (*read)(void *context, struct spiral_reader *reader,
                                       const yaml_node_t *root),
                          void *context)
{
    const struct purpose purpose = {what, read, context};
    struct source source = {.text = text, .length = length};
    struct spiral_error error;

    *reader = (struct spiral_reader){.schema = schema, .file = name, .diagnostics = diagnostics};

    if (length > SPIRAL_WHOLE_INPUT_MOST) {
        spiral_document_report(diagnostics, SPIRAL_BAD_INPUT, name, 0, 0, "is larger than 16 MiB");
        return;
    }

    const enum spiral_status limits = spiral_yaml_limits(text, length, &error);

    if (limits == SPIRAL_OK)
        load_document(&source, reader, &purpose);
    else if (limits == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else
        spiral_document_report(diagnostics, limits, name, (size_t)error.line, (size_t)error.column,
                               error.message);
}

enum spiral_status spiral_document_status(const struct spiral_reader *reader)
{
    struct spiral_diagnostics *diagnostics = reader->diagnostics;

    if (reader->out_of_memory) {
        spiral_diagnostics_init(diagnostics);
        spiral_document_report(diagnostics, SPIRAL_NO_MEMORY, reader->file, 0, 0, "out of memory");
        return SPIRAL_NO_MEMORY;
    }

    spiral_diagnostics_sort(diagnostics);

    return diagnostics->count == 0 ? SPIRAL_OK : SPIRAL_BAD_INPUT;
}

char *spiral_document_read_file(const char *path, size_t *length,
                                struct spiral_diagnostics *diagnostics, enum spiral_status *status)
{
    struct spiral_error error;
    char *text;

    *status = spiral_whole_input_read(path, &text, length, &error);
    if (*status != SPIRAL_OK)
        spiral_document_report(diagnostics, *status, spiral_whole_input_name(path), 0, 0,
                               error.message);

    return text;
}
