/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/scenario_load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/readers.h"

enum { MAX_FILE_SIZE = 4 << 20, MAX_STEPS = 1000000, FORMAT_VERSION = 1 };

/* Reports an error that no node carries. */
static void report(struct spiral_diagnostics *diagnostics, enum spiral_status status, const char *file, size_t line, size_t column, const char *message)
{
    struct spiral_error error;
    spiral_error_set(&error, status, "%s", message);
    snprintf(error.file, sizeof error.file, "%s", file);
    error.line = (int)line;
    error.column = (int)column;
    spiral_diagnostics_add(diagnostics, &error);
}

/* Version, name, texts, dates and step: what the rest of the file is read against. */
static void read_head(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS], struct spiral_scenario *scenario)
{
    const struct spiral_path version = {.key = "spiral"}, name = {.key = "name"}, title = {.key = "title"}, summary = {.key = "summary"};
    const struct spiral_path start = {.key = "start"}, end = {.key = "end"};
    const char *text = spiral_read_scalar(reader, values[SPIRAL_KEY_FILE_spiral], &version, "the format's version");
    if (text != NULL && strcmp(text, "1") != 0)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_spiral], &version, "unknown format version '%.60s'; this program knows %d", text, FORMAT_VERSION);
    spiral_read_identifier(reader, values[SPIRAL_KEY_FILE_name], &name, "abcdefghijklmnopqrstuvwxyz0123456789_-", "a to z, digits, - and _",
                           sizeof scenario->name - 1, scenario->name);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_title], &title, &scenario->title);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_summary], &summary, &scenario->summary);
    bool dated = spiral_read_date(reader, values[SPIRAL_KEY_FILE_start], &start, &scenario->start, NULL);
    dated = spiral_read_date(reader, values[SPIRAL_KEY_FILE_end], &end, &scenario->end, NULL) && dated;
    if (!dated)
        scenario->start = scenario->end = 0.0; /* no date can be checked against the run */
    else if (scenario->end <= scenario->start)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "the end must be after the start");
}

/* dt: a number or a fraction of whole numbers; then the run must be a whole number of steps. */
static void read_step(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS], struct spiral_scenario *scenario)
{
    const yaml_node_t *node = values[SPIRAL_KEY_FILE_dt];
    const struct spiral_path path = {.key = "dt"}, end = {.key = "end"};
    if (node != NULL) {
        const char *text = spiral_read_scalar(reader, node, &path, "a number of years");
        const char *slash = text == NULL ? NULL : strchr(text, '/');
        char above[32] = "";
        double numerator = 0.0, denominator = 1.0;
        if (text == NULL)
            return;
        snprintf(above, sizeof above, "%.*s", slash == NULL ? 31 : (int)(slash - text < 31 ? slash - text : 31), text);
        const bool good = spiral_number_parse(above, &numerator) && (slash == NULL || spiral_number_parse(slash + 1, &denominator));
        scenario->dt = good && denominator > 0.0 ? numerator / denominator : 0.0;
        if (!(scenario->dt > 0.0 && scenario->dt <= 1.0)) {
            spiral_reader_error(reader, node, &path, "'%.60s' is no step; expected years above 0 and at most 1, as in 1/12", text);
            return;
        }
    }
    if (scenario->end <= scenario->start)
        return;
    const long steps = spiral_step_count(scenario->start, scenario->end, scenario->dt);
    if (steps < 1)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "start to end is not a whole number of steps of %.6g years", scenario->dt);
    else if (steps > MAX_STEPS)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "%ld steps; expected at most %d", steps, MAX_STEPS);
}

static void read_file(struct spiral_reader *reader, struct spiral_scenario *scenario)
{
    const yaml_node_t *values[SPIRAL_KEYS];
    if (!spiral_read_mapping(reader, yaml_document_get_root_node(reader->document), NULL, SPIRAL_MAPPING_FILE, values))
        return;
    read_head(reader, values, scenario);
    read_step(reader, values, scenario);
    if (values[SPIRAL_KEY_FILE_states] != NULL)
        spiral_read_states(reader, values[SPIRAL_KEY_FILE_states], scenario);
    if (values[SPIRAL_KEY_FILE_protagonist] != NULL) {
        const struct spiral_path path = {.key = "protagonist"};
        const int state = spiral_read_state_name(reader, values[SPIRAL_KEY_FILE_protagonist], &path, scenario);
        if (state >= 0 && scenario->states[state].role != SPIRAL_SMALL)
            spiral_reader_error(reader, values[SPIRAL_KEY_FILE_protagonist], &path, "the protagonist %s must have the role small", scenario->states[state].id);
    }
    if (values[SPIRAL_KEY_FILE_pairs] != NULL)
        spiral_read_pairs(reader, values[SPIRAL_KEY_FILE_pairs], scenario);
    if (values[SPIRAL_KEY_FILE_timeline] != NULL)
        spiral_read_timeline(reader, values[SPIRAL_KEY_FILE_timeline], scenario);
    if (values[SPIRAL_KEY_FILE_observed] != NULL)
        spiral_read_observed(reader, values[SPIRAL_KEY_FILE_observed], scenario);
    if (reader->visits > 400000)
        report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, 1, 1, "the file's aliases expand to too many nodes");
}

/* Parses the one document of a text; false with a report where the YAML itself is broken. */
static bool parse(yaml_parser_t *parser, yaml_document_t *document, const char *name, struct spiral_diagnostics *diagnostics)
{
    if (yaml_parser_load(parser, document))
        return true;
    char message[300];
    snprintf(message, sizeof message, "the YAML cannot be read: %s%s%s", parser->problem != NULL ? parser->problem : "unknown problem",
             parser->context != NULL ? ", " : "", parser->context != NULL ? parser->context : "");
    const bool memory = parser->error == YAML_MEMORY_ERROR;
    report(diagnostics, memory ? SPIRAL_NO_MEMORY : SPIRAL_BAD_INPUT, name, parser->problem_mark.line + 1, parser->problem_mark.column + 1,
           memory ? "out of memory" : message);
    return false;
}

/* Whether a second document follows. */
static void check_single(yaml_parser_t *parser, const char *name, struct spiral_diagnostics *diagnostics)
{
    yaml_document_t more;
    if (!parse(parser, &more, name, diagnostics))
        return;
    if (yaml_document_get_root_node(&more) != NULL)
        report(diagnostics, SPIRAL_BAD_INPUT, name, more.start_mark.line + 1, more.start_mark.column + 1, "a second document begins here; expected one");
    yaml_document_delete(&more);
}

static enum spiral_status finish(struct spiral_scenario *scenario, const struct spiral_reader *reader)
{
    struct spiral_diagnostics *diagnostics = reader->diagnostics;
    struct spiral_error error;
    if (reader->out_of_memory)
        report(diagnostics, SPIRAL_NO_MEMORY, reader->file, 0, 0, "out of memory");
    if (diagnostics->count == 0 && spiral_scenario_validate(scenario, &error) != SPIRAL_OK)
        report(diagnostics, error.status, reader->file, 1, 1, error.message);
    if (diagnostics->count == 0)
        return SPIRAL_OK;
    spiral_scenario_clear(scenario);
    spiral_diagnostics_sort(diagnostics);
    enum spiral_status status = SPIRAL_BAD_INPUT;
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->errors[i].status == SPIRAL_NO_MEMORY)
            status = SPIRAL_NO_MEMORY;
    return status;
}

enum spiral_status spiral_scenario_load_text(struct spiral_scenario *scenario, const char *text, size_t length, const char *name,
                                             struct spiral_diagnostics *diagnostics)
{
    yaml_parser_t parser;
    yaml_document_t document;
    *scenario = spiral_scenario_defaults();
    struct spiral_reader reader = {.document = &document, .file = name, .diagnostics = diagnostics};
    if (length > MAX_FILE_SIZE) {
        report(diagnostics, SPIRAL_BAD_INPUT, name, 1, 1, "the file is larger than 4 MiB");
        return SPIRAL_BAD_INPUT;
    }
    if (!yaml_parser_initialize(&parser)) {
        reader.out_of_memory = true;
        return finish(scenario, &reader);
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    if (parse(&parser, &document, name, diagnostics)) {
        if (yaml_document_get_root_node(&document) == NULL) {
            report(diagnostics, SPIRAL_BAD_INPUT, name, 1, 1, "the file is empty; expected a scenario");
        } else {
            read_file(&reader, scenario);
            check_single(&parser, name, diagnostics);
        }
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return finish(scenario, &reader);
}

/* Reads a file whole, up to one byte more than is allowed. NULL with errno where it cannot. */
static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : malloc(MAX_FILE_SIZE + 2);
    if (text != NULL) {
        *length = fread(text, 1, MAX_FILE_SIZE + 1, file);
        if (ferror(file)) {
            free(text);
            text = NULL;
        }
    }
    const int problem = errno;
    if (file != NULL)
        fclose(file);
    errno = problem;
    return text;
}

enum spiral_status spiral_scenario_load(struct spiral_scenario *scenario, const char *path, struct spiral_diagnostics *diagnostics)
{
    size_t length = 0;
    *scenario = spiral_scenario_defaults();
    char *text = read_whole(path, &length);
    if (text == NULL) {
        char message[200];
        snprintf(message, sizeof message, "cannot be read: %s", strerror(errno));
        report(diagnostics, SPIRAL_IO, path, 0, 0, message);
        return SPIRAL_IO;
    }
    const enum spiral_status status = spiral_scenario_load_text(scenario, text, length, path, diagnostics);
    free(text);
    return status;
}
