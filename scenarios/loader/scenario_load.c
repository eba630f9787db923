/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/scenario_load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/readers.h"

enum { MAX_FILE_SIZE = 4 << 20, MAX_STEPS = 1000000, MAX_YEARS = 2000, FORMAT_VERSION = 1 };

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
    spiral_read_identifier(reader, values[SPIRAL_KEY_FILE_name], &name, "abcdefghijklmnopqrstuvwxyz0123456789_-", "a to z, digits, - and _; any text may stand in title",
                           sizeof scenario->name - 1, scenario->name);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_title], &title, &scenario->title);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_summary], &summary, &scenario->summary);
    bool dated = spiral_read_date(reader, values[SPIRAL_KEY_FILE_start], &start, &scenario->start, reader->start);
    dated = spiral_read_date(reader, values[SPIRAL_KEY_FILE_end], &end, &scenario->end, reader->end) && dated;
    if (!dated)
        scenario->start = scenario->end = 0.0; /* no date can be checked against the run */
    else if (scenario->end <= scenario->start)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "the end must be after the start");
    else if (scenario->end - scenario->start > MAX_YEARS)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "the run is longer than %d years", MAX_YEARS);
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
        snprintf(above, sizeof above, "%.*s", slash == NULL ? (int)strlen(text) : (int)(slash - text), text);
        const bool fits = (slash == NULL ? strlen(text) : (size_t)(slash - text)) < sizeof above;
        const bool good = fits && spiral_number_parse(above, &numerator) && (slash == NULL || spiral_number_parse(slash + 1, &denominator));
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
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "start to end is %.6g steps of %.6g years; expected a whole number of steps",
                            (scenario->end - scenario->start) / scenario->dt, scenario->dt);
    else if (steps > MAX_STEPS)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end, "%ld steps; expected at most %d", steps, MAX_STEPS);
}

/* The protagonist, where it is named, is the small state. */
static void read_protagonist(struct spiral_reader *reader, const yaml_node_t *node, const struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "protagonist"};
    const int state = spiral_read_state_name(reader, node, &path, scenario);
    if (state >= 0 && scenario->small >= 0 && state != scenario->small)
        spiral_reader_error(reader, node, &path, "%s is not the small state; expected %s", scenario->states[state].id,
                            scenario->states[scenario->small].id);
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
    read_protagonist(reader, values[SPIRAL_KEY_FILE_protagonist], scenario);
    if (values[SPIRAL_KEY_FILE_pairs] != NULL)
        spiral_read_pairs(reader, values[SPIRAL_KEY_FILE_pairs], scenario);
    if (values[SPIRAL_KEY_FILE_timeline] != NULL)
        spiral_read_timeline(reader, values[SPIRAL_KEY_FILE_timeline], scenario);
    if (values[SPIRAL_KEY_FILE_observed] != NULL)
        spiral_read_observed(reader, values[SPIRAL_KEY_FILE_observed], scenario);
    if (reader->visits > SPIRAL_MAX_VISITS)
        report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, 1, 1, "the file's aliases unfold to too much to read");
}

/* A text and its parser. */
struct source {
    yaml_parser_t parser;
    const char *text;
    size_t length;
};

/* Parses the next document of a text; false with a report where the YAML itself is broken. */
static bool parse(struct source *source, yaml_document_t *document, struct spiral_reader *reader)
{
    struct spiral_error error;
    if (yaml_parser_load(&source->parser, document))
        return true;
    spiral_yaml_problem(&source->parser, source->text, source->length, &error);
    reader->out_of_memory = reader->out_of_memory || error.status == SPIRAL_NO_MEMORY;
    if (error.status != SPIRAL_NO_MEMORY)
        report(reader->diagnostics, error.status, reader->file, (size_t)error.line, (size_t)error.column, error.message);
    return false;
}

/* Whether a second document follows. */
static void check_single(struct source *source, struct spiral_reader *reader)
{
    yaml_document_t more;
    if (!parse(source, &more, reader))
        return;
    if (yaml_document_get_root_node(&more) != NULL)
        report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, more.start_mark.line + 1, more.start_mark.column + 1,
               "a second document begins here; expected one");
    yaml_document_delete(&more);
}

static enum spiral_status finish(struct spiral_scenario *scenario, const struct spiral_reader *reader)
{
    struct spiral_diagnostics *diagnostics = reader->diagnostics;
    struct spiral_error error;
    if (reader->out_of_memory) {
        spiral_scenario_clear(scenario);
        spiral_diagnostics_init(diagnostics); /* what was found so far may be wrong */
        report(diagnostics, SPIRAL_NO_MEMORY, reader->file, 0, 0, "out of memory");
        return SPIRAL_NO_MEMORY;
    }
    if (diagnostics->count == 0 && spiral_scenario_validate(scenario, &error) != SPIRAL_OK)
        report(diagnostics, error.status, reader->file, 1, 1, error.message);
    if (diagnostics->count == 0)
        return SPIRAL_OK;
    spiral_scenario_clear(scenario);
    spiral_diagnostics_sort(diagnostics);
    return SPIRAL_BAD_INPUT;
}

/* Parses a text that keeps within the limits, and reads what it holds. */
static void load(struct source *source, struct spiral_reader *reader, struct spiral_scenario *scenario)
{
    if (!yaml_parser_initialize(&source->parser)) {
        reader->out_of_memory = true;
        return;
    }
    yaml_parser_set_input_string(&source->parser, (const unsigned char *)source->text, source->length);
    if (parse(source, reader->document, reader)) {
        if (yaml_document_get_root_node(reader->document) == NULL) {
            report(reader->diagnostics, SPIRAL_BAD_INPUT, reader->file, 1, 1, "the file is empty; expected a scenario");
        } else {
            read_file(reader, scenario);
            check_single(source, reader);
        }
        yaml_document_delete(reader->document);
    }
    yaml_parser_delete(&source->parser);
}

enum spiral_status spiral_scenario_load_text(struct spiral_scenario *scenario, const char *text, size_t length, const char *name,
                                             struct spiral_diagnostics *diagnostics)
{
    struct source source = {.text = text, .length = length};
    yaml_document_t document;
    struct spiral_error error;
    struct spiral_reader reader = {.document = &document, .file = name, .diagnostics = diagnostics};
    *scenario = spiral_scenario_defaults();
    if (length > MAX_FILE_SIZE) {
        report(diagnostics, SPIRAL_BAD_INPUT, name, 1, 1, "the file is larger than 4 MiB");
        return SPIRAL_BAD_INPUT;
    }
    const enum spiral_status limits = spiral_yaml_limits(text, length, &error);
    if (limits == SPIRAL_OK)
        load(&source, &reader, scenario);
    else if (limits == SPIRAL_NO_MEMORY)
        reader.out_of_memory = true;
    else
        report(diagnostics, limits, name, (size_t)error.line, (size_t)error.column, error.message);
    return finish(scenario, &reader);
}

/* Reads a file whole, up to one byte more than is allowed. NULL with errno where it cannot. */
static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : malloc(MAX_FILE_SIZE + 2);
    if (file != NULL && text == NULL)
        errno = ENOMEM;
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
    if (text == NULL && errno == ENOMEM) {
        report(diagnostics, SPIRAL_NO_MEMORY, path, 0, 0, "out of memory");
        return SPIRAL_NO_MEMORY;
    }
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
