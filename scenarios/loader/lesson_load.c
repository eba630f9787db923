/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/lesson_keys.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/whole_input.h"

static const char *const mapping_names[MAPPINGS] = {"the lesson", "a step",     "levers",
                                                    "a move",     "a question", "a choice",
                                                    "a reveal",   "a measure",  "a sentence"};
static const struct spiral_schema_key keys[KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) \
    {MAPPING_##mapping, #key, kind, doc, required},
#include "scenarios/loader/lesson_fields.def"
};
static const struct spiral_schema schema = {mapping_names, keys, KEYS};

static void text_clear(struct spiral_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        free(text->items[i].text);
    free(text->items);
    *text = (struct spiral_text){.count = 0};
}

void spiral_lesson_clear(struct spiral_lesson *lesson)
{
    text_clear(&lesson->title);
    text_clear(&lesson->summary);
    for (size_t i = 0; i < lesson->scenario_count; i++)
        spiral_scenario_clear(&lesson->scenarios[i]);

    for (size_t s = 0; s < lesson->step_count; s++) {
        struct spiral_lesson_step *step = &lesson->steps[s];
        text_clear(&step->text);
        text_clear(&step->question);
        text_clear(&step->reveal);
        for (size_t n = 0; n < step->note_count; n++)
            text_clear(&step->notes[n].text);
        for (size_t c = 0; c < step->choice_count; c++)
            text_clear(&step->choices[c].text);
    }

    free(lesson->steps);
    *lesson = (struct spiral_lesson){.step_count = 0};
}

bool spiral_lesson_is(const char *text) { return spiral_whole_input_has_key(text, "lesson"); }

/* --- the cases -------------------------------------------------------------------------------- */

/* A file's path as seen from the folder of the lesson. */
static bool beside(const char *lesson, const char *file, char path[4096])
{
    const char *slash = strrchr(lesson, '/');
    const int folder = slash == NULL || file[0] == '/' ? 0 : (int)(slash - lesson) + 1;
    const int length = snprintf(path, 4096, "%.*s%s", folder, lesson, file);

    return length >= 0 && length < 4096;
}

/* Loads a case; the first of its errors is reported where the lesson names it. */
static bool read_case(struct lesson_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    struct spiral_lesson *lesson = reading->lesson;
    char file[4096];
    const char *name = spiral_read_scalar(reader, node, path, "a scenario's file");

    if (name == NULL)
        return false;

    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL) {
        reader->out_of_memory = true;
        return false;
    }

    spiral_diagnostics_init(diagnostics);
    struct spiral_scenario *scenario = &lesson->scenarios[lesson->scenario_count];
    const enum spiral_status status = beside(reading->file, name, file)
                                          ? spiral_scenario_load(scenario, file, diagnostics)
                                          : SPIRAL_IO;
    const struct spiral_error *first = &diagnostics->errors[0];

    if (status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (status == SPIRAL_IO)
        spiral_reader_error(reader, node, path,
                            "the scenario '%.200s' cannot be read from the lesson's folder", name);
    else if (status != SPIRAL_OK && first->line == 0)
        spiral_reader_error(reader, node, path, "%.200s %s", name, first->message);
    else if (status != SPIRAL_OK)
        spiral_reader_error(reader, node, path, "%.200s:%d:%d: %s (`spiral check` shows all)", name,
                            first->line, first->column, first->message);
    free(diagnostics);
    lesson->scenario_count += status == SPIRAL_OK;

    return status == SPIRAL_OK;
}

static void read_cases(struct lesson_reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "scenarios"};
    const int count =
        node == NULL ? -1 : spiral_read_sequence(reader, node, &path, "files of scenarios");

    if (count < 0)
        return;

    if (count < 1 || count > SPIRAL_LESSON_CASES) {
        spiral_reader_error(reader, node, &path, "%d scenarios; expected 1 to %d", count,
                            SPIRAL_LESSON_CASES);
        return;
    }

    reading->cases_known = true;
    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        reading->cases_known =
            read_case(reading, reader, spiral_sequence_at(reader, node, i), &here) &&
            reading->cases_known;
    }
}

/* --- the file --------------------------------------------------------------------------------- */

static void read_steps(struct lesson_reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node)
{
    struct spiral_lesson *lesson = reading->lesson;
    const struct spiral_path path = {.key = "steps"};
    const int count = node == NULL ? -1 : spiral_read_sequence(reader, node, &path, "steps");

    if (count < 0)
        return;

    if (count < 1 || count > SPIRAL_LESSON_STEPS) {
        spiral_reader_error(reader, node, &path, "%d steps; expected 1 to %d", count,
                            SPIRAL_LESSON_STEPS);
        return;
    }

    lesson->steps = calloc((size_t)count, sizeof *lesson->steps);
    if (lesson->steps == NULL) {
        reader->out_of_memory = true;
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        spiral_lesson_read_step(reading, reader, spiral_sequence_at(reader, node, i), &here,
                                &lesson->steps[lesson->step_count++]);
    }
}

static void read_file(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct lesson_reading *reading = context;
    const yaml_node_t *values[KEYS];
    const struct spiral_path version = {.key = "lesson"};
    const struct spiral_path title = {.key = "title"};
    const struct spiral_path summary = {.key = "summary"};

    if (!spiral_read_mapping(reader, root, NULL, MAPPING_FILE, values))
        return;

    const char *text =
        spiral_read_scalar(reader, values[KEY_FILE_lesson], &version, "the format's version");

    if (text != NULL && strcmp(text, "1") != 0)
        spiral_reader_error(reader, values[KEY_FILE_lesson], &version,
                            "unknown format version '%.60s'; this program knows 1", text);
    spiral_read_text(reader, values[KEY_FILE_title], &title, &reading->lesson->title);
    spiral_read_text(reader, values[KEY_FILE_summary], &summary, &reading->lesson->summary);
    read_cases(reading, reader, values[KEY_FILE_scenarios]);
    read_steps(reading, reader, values[KEY_FILE_steps]);
}

enum spiral_status spiral_lesson_load_text(struct spiral_lesson *lesson, const char *text,
                                           size_t length, const char *path,
                                           struct spiral_diagnostics *diagnostics)
{
    struct spiral_reader reader;
    struct lesson_reading reading = {.lesson = lesson, .file = path};

    *lesson = (struct spiral_lesson){.step_count = 0};
    spiral_document_load(&reader, &schema, text, length, spiral_whole_input_name(path), "a lesson",
                         diagnostics, read_file, &reading);

    const enum spiral_status status = spiral_document_status(&reader);

    if (status != SPIRAL_OK)
        spiral_lesson_clear(lesson);

    return status;
}

enum spiral_status spiral_lesson_load(struct spiral_lesson *lesson, const char *path,
                                      struct spiral_diagnostics *diagnostics)
{
    size_t length = 0;
    enum spiral_status status;
    char *text = spiral_document_read_file(path, &length, diagnostics, &status);

    *lesson = (struct spiral_lesson){.step_count = 0};
    if (text == NULL)
        return status;
    status = spiral_lesson_load_text(lesson, text, length, path, diagnostics);
    free(text);

    return status;
}
