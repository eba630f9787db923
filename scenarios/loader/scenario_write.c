/* SPDX-License-Identifier: MIT
 *
 * Writing a scenario with libyaml's emitter, which knows what needs quotes. States and pairs are
 * written with one key per line, entries one per line.
 */
#include "scenarios/loader/scenario_write.h"

#include <string.h>

#include <yaml.h>

#include "scenarios/loader/yaml/numbers.h"
#include "sim/tables.h"
#include "sim/validate.h"

/* A file being written. After the first failure nothing more is written. */
struct writer {
    yaml_emitter_t emitter;
    FILE *out;
    enum spiral_status status;
    struct spiral_error *error;
};

static int write_bytes(void *context, unsigned char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, ((struct writer *)context)->out) == size;
}

static void refuse_value(struct writer *writer, const char *name, const char *what, double value,
                         const char *known)
{
    if (writer->status == SPIRAL_OK)
        writer->status = spiral_error_set(writer->error, SPIRAL_BAD_INPUT, "%s: %s %.17g is %s",
                                          name, what, value, known);
}

/* Emits an event; `made` is whether there was memory for it. */
static void emit_event(struct writer *writer, yaml_event_t *event, int made)
{
    if (writer->status != SPIRAL_OK) {
        if (made)
            yaml_event_delete(event);
    } else if (!made) {
        writer->status = spiral_error_set(writer->error, SPIRAL_BAD_INPUT,
                                          "a text is not UTF-8, or there is no memory");
    } else if (!yaml_emitter_emit(&writer->emitter, event)) {
        const bool memory = writer->emitter.error == YAML_MEMORY_ERROR;
        writer->status = spiral_error_set(writer->error, memory ? SPIRAL_NO_MEMORY : SPIRAL_IO,
                                          "the scenario cannot be written: %s",
                                          writer->emitter.problem != NULL ? writer->emitter.problem
                                                                          : "write error");
    }
}

static void scalar(struct writer *writer, const char *text)
{
    yaml_event_t event;
    emit_event(writer, &event,
               yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
                                            (int)strlen(text), 1, 1, YAML_ANY_SCALAR_STYLE));
}

enum shape { LINES, INLINE };

static void open_map(struct writer *writer, enum shape shape)
{
    yaml_event_t event;
    emit_event(writer, &event,
               yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
                                                   shape == INLINE ? YAML_FLOW_MAPPING_STYLE
                                                                   : YAML_BLOCK_MAPPING_STYLE));
}

static void close_map(struct writer *writer)
{
    yaml_event_t event;
    emit_event(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static void open_list(struct writer *writer, enum shape shape)
{
    yaml_event_t event;
    emit_event(writer, &event,
               yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
                                                    shape == INLINE ? YAML_FLOW_SEQUENCE_STYLE
                                                                    : YAML_BLOCK_SEQUENCE_STYLE));
}

static void close_list(struct writer *writer)
{
    yaml_event_t event;
    emit_event(writer, &event, yaml_sequence_end_event_initialize(&event));
}

/* --- values ----------------------------------------------------------------------------------- */

static void pair_of_texts(struct writer *writer, const char *key, const char *text)
{
    scalar(writer, key);
    scalar(writer, text);
}

static void write_number(struct writer *writer, double value)
{
    char text[32];
    spiral_number_write(value, text);
    scalar(writer, text);
}

static void numbered(struct writer *writer, const char *key, double value)
{
    scalar(writer, key);
    write_number(writer, value);
}

static void date(struct writer *writer, const char *key, double year, const char *as_written)
{
    double same;
    char text[12] = "";

    if (as_written != NULL && spiral_date_parse(as_written, &same) && same == year)
        memcpy(text, as_written, strlen(as_written) + 1);
    else if (!spiral_date_write(year, text))
        refuse_value(writer, key, "the date", year, "no day");
    pair_of_texts(writer, key, text);
}

static void text(struct writer *writer, const char *key, const struct spiral_text *texts)
{
    if (texts->count == 0)
        return;
    scalar(writer, key);

    if (texts->count == 1 && texts->items[0].language[0] == '\0') {
        scalar(writer, texts->items[0].text);
        return;
    }

    open_map(writer, INLINE);
    for (size_t i = 0; i < texts->count; i++)
        pair_of_texts(writer, texts->items[i].language, texts->items[i].text);

    close_map(writer);
}

static void source(struct writer *writer, const char *string)
{
    if (string != NULL)
        pair_of_texts(writer, "source", string);
}

static void series(struct writer *writer, const char *key, const struct spiral_series *knots)
{
    if (knots->count == 0)
        return;

    if (knots->count == 1 && knots->year[0] == 0.0) {
        numbered(writer, key, knots->value[0]);
        return;
    }

    scalar(writer, key);
    open_map(writer, INLINE);

    for (size_t i = 0; i < knots->count; i++) {
        char year[12] = "";
        if (!spiral_date_write(knots->year[i], year))
            refuse_value(writer, key, "the year", knots->year[i], "no day");
        scalar(writer, year);
        write_number(writer, knots->value[i]);
    }

    close_map(writer);
}

/* A preset by its name; a preset with changes; or all eight numbers. */
static void doctrine(struct writer *writer, const char *name,
                     const double numbers[SPIRAL_DOCTRINE_NUMBERS])
{
    const struct spiral_doctrine *preset = spiral_doctrine_find(name);

    scalar(writer, "doctrine");

    if (preset != NULL && memcmp(preset->number, numbers, sizeof preset->number) == 0) {
        scalar(writer, name);
        return;
    }

    open_map(writer, INLINE);
    if (preset != NULL)
        pair_of_texts(writer, "preset", name);
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        if (preset == NULL || numbers[n] != preset->number[n])
            numbered(writer, spiral_doctrine_fields[n].name, numbers[n]);

    close_map(writer);
}

static void between(struct writer *writer, const struct spiral_scenario *scenario, int first,
                    int second)
{
    scalar(writer, "between");
    open_list(writer, INLINE);
    scalar(writer, scenario->states[first].id);
    scalar(writer, scenario->states[second].id);
    close_list(writer);
}

/* --- parts ------------------------------------------------------------------------------------ */

static void state(struct writer *writer, const struct spiral_state_facts *facts)
{
    struct spiral_state_facts copy = *facts;

    open_map(writer, LINES);
    pair_of_texts(writer, "id", facts->id);
    text(writer, "name", &facts->name);
    pair_of_texts(writer, "role", spiral_role_names[facts->role]);
    doctrine(writer, facts->doctrine_name, facts->doctrine);
    series(writer, "power", &facts->power);

    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++) {
        const struct spiral_field *field = &spiral_state_fact_fields[f];
        const double value = *spiral_state_fact_at(&copy, f);
        if (value == field->value)
            continue;
        if (f != SPIRAL_STATE_FACT_nuclear)
            numbered(writer, field->name, value);
        else if (value == 1.0)
            pair_of_texts(writer, field->name, "true");
        else
            refuse_value(writer, facts->id, "nuclear", value, "neither true nor false");
    }

    if (facts->public_count > 0) {
        scalar(writer, "publics");
        open_list(writer, LINES);

        for (size_t m = 0; m < facts->public_count; m++) {
            const struct spiral_public *segment = &facts->publics[m];
            open_map(writer, INLINE);
            text(writer, "name", &segment->name);
            numbered(writer, "weight", segment->weight);
            numbered(writer, "orientation", segment->orientation);
            numbered(writer, "kin", segment->kin);
            close_map(writer);
        }

        close_list(writer);
    }

    source(writer, facts->source);
    close_map(writer);
}

static void initial(struct writer *writer, struct spiral_pair_facts *pair)
{
    scalar(writer, "initial");
    open_map(writer, INLINE);
    for (size_t f = 0; f < SPIRAL_INITIAL_PAIRS; f++)
        if (*spiral_initial_pair_at(pair, f) != spiral_initial_pair_fields[f].value)
            numbered(writer, spiral_initial_pair_fields[f].name, *spiral_initial_pair_at(pair, f));

    for (size_t f = 0; f < SPIRAL_INITIAL_EACHS; f++) {
        const double *each = spiral_initial_each_at(pair, f);
        const double usual = spiral_initial_each_fields[f].value;
        if (each[0] == usual && each[1] == usual)
            continue;
        scalar(writer, spiral_initial_each_fields[f].name);
        open_list(writer, INLINE);
        write_number(writer, each[0]);
        write_number(writer, each[1]);
        close_list(writer);
    }

    close_map(writer);
}

static void pair(struct writer *writer, const struct spiral_scenario *scenario,
                 const struct spiral_pair_facts *facts)
{
    struct spiral_pair_facts copy = *facts;

    open_map(writer, LINES);
    between(writer, scenario, facts->first, facts->second);
    for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++)
        if (*spiral_pair_fact_at(&copy, f) != spiral_pair_fact_fields[f].value)
            numbered(writer, spiral_pair_fact_fields[f].name, *spiral_pair_fact_at(&copy, f));
    series(writer, "interdependence", &facts->interdependence);
    initial(writer, &copy);
    source(writer, facts->source);
    close_map(writer);
}

static void entry(struct writer *writer, const struct spiral_scenario *scenario,
                  const struct spiral_entry *act)
{
    open_map(writer, INLINE);
    date(writer, "date", act->date, act->date_text);
    pair_of_texts(writer, "actor", scenario->states[act->actor].id);

    if (act->kind == SPIRAL_ENTRY_MOVE) {
        if (act->target >= 0)
            pair_of_texts(writer, "target", scenario->states[act->target].id);
        pair_of_texts(writer, "move", spiral_moves[act->move].name);
        if (act->weight != 1.0)
            numbered(writer, "weight", act->weight);
    } else if (act->kind == SPIRAL_ENTRY_DOCTRINE) {
        doctrine(writer, act->doctrine_name, act->doctrine);
    } else {
        numbered(writer, act->kind == SPIRAL_ENTRY_GREED ? "greed" : "resolve", act->value);
    }

    text(writer, "caption", &act->caption);
    source(writer, act->source);
    close_map(writer);
}

static void observation(struct writer *writer, const struct spiral_scenario *scenario,
                        const struct spiral_observation *seen)
{
    open_map(writer, INLINE);
    date(writer, "date", seen->date, seen->date_text);
    between(writer, scenario, seen->first, seen->second);
    if (seen->hostility > 0)
        numbered(writer, "hostility", seen->hostility);
    else
        pair_of_texts(writer, "hostility", "unknown");
    source(writer, seen->source);
    close_map(writer);
}

static void head(struct writer *writer, const struct spiral_scenario *scenario)
{
    enum { FINEST = 1000 }; /* a dt that is 1/n for a whole n up to this is written so */
    char fraction[32] = "";

    pair_of_texts(writer, "spiral", "1");
    pair_of_texts(writer, "name", scenario->name);
    text(writer, "title", &scenario->title);
    text(writer, "summary", &scenario->summary);
    date(writer, "start", scenario->start, NULL);
    date(writer, "end", scenario->end, NULL);
    for (int n = 2; n <= FINEST && fraction[0] == '\0'; n++)
        if (scenario->dt == 1.0 / n)
            snprintf(fraction, sizeof fraction, "1/%d", n);
    if (fraction[0] == '\0')
        spiral_number_write(scenario->dt, fraction);
    pair_of_texts(writer, "dt", fraction);
    pair_of_texts(writer, "protagonist", scenario->states[scenario->small].id);
}

static void body(struct writer *writer, const struct spiral_scenario *scenario)
{
    scalar(writer, "states");
    open_list(writer, LINES);
    for (size_t i = 0; i < scenario->state_count; i++)
        state(writer, &scenario->states[i]);

    close_list(writer);
    scalar(writer, "pairs");
    open_list(writer, LINES);
    for (size_t p = 0; p < scenario->pair_count; p++)
        pair(writer, scenario, &scenario->pairs[p]);

    close_list(writer);
    scalar(writer, "timeline");
    open_list(writer, LINES);
    for (size_t e = 0; e < scenario->entry_count; e++)
        entry(writer, scenario, &scenario->entries[e]);

    close_list(writer);
    scalar(writer, "observed");
    open_list(writer, LINES);
    for (size_t o = 0; o < scenario->observation_count; o++)
        observation(writer, scenario, &scenario->observations[o]);

    close_list(writer);
}

enum spiral_status spiral_scenario_write(const struct spiral_scenario *scenario, FILE *out,
                                         struct spiral_error *error)
{
    struct writer writer = {.out = out, .error = error};
    yaml_event_t event;
    const enum spiral_status status = spiral_scenario_validate(scenario, error);

    if (status != SPIRAL_OK)
        return status;
    if (!yaml_emitter_initialize(&writer.emitter))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to write %s", scenario->name);
    yaml_emitter_set_output(&writer.emitter, write_bytes, &writer);
    yaml_emitter_set_unicode(&writer.emitter, 1);
    yaml_emitter_set_width(&writer.emitter, 140);
    emit_event(&writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit_event(&writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    open_map(&writer, LINES);
    head(&writer, scenario);
    body(&writer, scenario);
    close_map(&writer);
    emit_event(&writer, &event, yaml_document_end_event_initialize(&event, 1));
    emit_event(&writer, &event, yaml_stream_end_event_initialize(&event));
    yaml_emitter_delete(&writer.emitter);

    return writer.status;
}
