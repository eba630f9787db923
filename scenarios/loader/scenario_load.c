/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/scenario_load.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/readers.h"
#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/validate.h"

enum { FORMAT_VERSION = 1 };

/* Version, name, texts, dates and step: what the rest of the file is read against. */
static void read_head(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS],
                      struct spiral_scenario *scenario)
{
    const struct spiral_path version = {.key = "spiral"};
    const struct spiral_path name = {.key = "name"};
    const struct spiral_path title = {.key = "title"};
    const struct spiral_path summary = {.key = "summary"};
    const struct spiral_path start = {.key = "start"};
    const struct spiral_path end = {.key = "end"};
    const char *text = spiral_read_scalar(reader, values[SPIRAL_KEY_FILE_spiral], &version,
                                          "the format's version");

    if (text != NULL && strcmp(text, "1") != 0)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_spiral], &version,
                            "unknown format version '%.60s'; this program knows %d", text,
                            FORMAT_VERSION);
    spiral_read_identifier(reader, values[SPIRAL_KEY_FILE_name], &name,
                           "abcdefghijklmnopqrstuvwxyz0123456789_-",
                           "a to z, digits, - and _; 'title' may be any text",
                           sizeof scenario->name - 1, scenario->name);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_title], &title, &scenario->title);
    spiral_read_text(reader, values[SPIRAL_KEY_FILE_summary], &summary, &scenario->summary);

    bool dated = spiral_read_date(reader, values[SPIRAL_KEY_FILE_start], &start, &scenario->start,
                                  reader->start);

    dated =
        spiral_read_date(reader, values[SPIRAL_KEY_FILE_end], &end, &scenario->end, reader->end) &&
        dated;
    if (!dated)
        scenario->start = scenario->end = 0.0; /* no date can be checked against the run */
    else if (scenario->end <= scenario->start)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end,
                            "the end must be after the start");
    else if (scenario->end - scenario->start > SPIRAL_MAX_YEARS)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end,
                            "the run is longer than %d years", SPIRAL_MAX_YEARS);
}

/* dt: a number or a fraction of whole numbers; then the run must be a whole number of steps. */
static void read_step(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS],
                      struct spiral_scenario *scenario)
{
    const yaml_node_t *node = values[SPIRAL_KEY_FILE_dt];
    const struct spiral_path path = {.key = "dt"};
    const struct spiral_path end = {.key = "end"};

    if (node != NULL && !spiral_read_step(reader, node, &path, &scenario->dt))
        return;
    if (scenario->end <= scenario->start)
        return;

    const long steps = spiral_step_count(scenario->start, scenario->end, scenario->dt);

    if (steps < 1)
        spiral_reader_error(
            reader, values[SPIRAL_KEY_FILE_end], &end,
            "start to end is %.6g steps of %.6g years; expected a whole number of steps",
            (scenario->end - scenario->start) / scenario->dt, scenario->dt);
    else if (steps > SPIRAL_MAX_STEPS)
        spiral_reader_error(reader, values[SPIRAL_KEY_FILE_end], &end,
                            "%ld steps; expected at most %d", steps, SPIRAL_MAX_STEPS);
}

/* The protagonist, where it is named, is the small state. */
static void read_protagonist(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "protagonist"};
    const int state = spiral_read_state_name(reader, node, &path, scenario);

    if (state >= 0 && scenario->small >= 0 && state != scenario->small)
        spiral_reader_error(reader, node, &path, "%s is not the small state; expected %s",
                            scenario->states[state].id, scenario->states[scenario->small].id);
}

static void read_file(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct spiral_scenario *scenario = context;
    const yaml_node_t *values[SPIRAL_KEYS];

    if (!spiral_read_mapping(reader, root, NULL, SPIRAL_MAPPING_FILE, values))
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
}

static enum spiral_status finish(struct spiral_scenario *scenario,
                                 const struct spiral_reader *reader)
{
    struct spiral_diagnostics *diagnostics = reader->diagnostics;
    struct spiral_error error;

    if (!reader->out_of_memory && diagnostics->count == 0 &&
        spiral_scenario_validate(scenario, &error) != SPIRAL_OK)
        spiral_document_report(diagnostics, error.status, reader->file, 1, 1, error.message);

    const enum spiral_status status = spiral_document_status(reader);

    if (status != SPIRAL_OK)
        spiral_scenario_clear(scenario);

    return status;
}

enum spiral_status spiral_scenario_load_text(struct spiral_scenario *scenario, const char *text,
                                             size_t length, const char *name,
                                             struct spiral_diagnostics *diagnostics)
{
    struct spiral_reader reader;
    *scenario = spiral_scenario_defaults();
    spiral_document_load(&reader, &spiral_scenario_schema, text, length, name, "a scenario",
                         diagnostics, read_file, scenario);
    return finish(scenario, &reader);
}

enum spiral_status spiral_scenario_load(struct spiral_scenario *scenario, const char *path,
                                        struct spiral_diagnostics *diagnostics)
{
    size_t length = 0;
    enum spiral_status status;

    *scenario = spiral_scenario_defaults();

    char *text = spiral_document_read_file(path, &length, diagnostics, &status);

    if (text == NULL)
        return status;
    status = spiral_scenario_load_text(scenario, text, length, spiral_whole_input_name(path),
                                       diagnostics);
    free(text);

    return status;
}
