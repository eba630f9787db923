/* SPDX-License-Identifier: MIT
 *
 * The tables of the model as JSON: the page has no second copy of them.
 */
#include "render/live/explain.h"
#include "sim/labels.h"
#include "sim/outcome.h"
#include "web/core/parts.h"
#include "why/gain.h"
#include "why/mechanisms.h"

static void write_label(struct json *json, const char *name, const char *en, const char *zh,
                        const char *doc)
{
    json_text(json, "name", name);
    json_text(json, "en", en);
    json_text(json, "zh", zh);
    json_text(json, "doc", doc);
}

/* The sentence in Chinese, of those tables that have one. */
static void write_sentence(struct json *json, enum spiral_subject subject, const char *name)
{
    json_text(json, "sentence", spiral_explain_chinese(subject, name));
}

static void write_fields(struct json *json, const char *key, const struct spiral_field *fields,
                         size_t count, enum spiral_subject subject)
{
    json_open(json, key, '[');

    for (size_t i = 0; i < count; i++) {
        json_open(json, NULL, '{');
        write_label(json, fields[i].name, fields[i].label_en, fields[i].label_zh, fields[i].doc);
        if (subject != SPIRAL_SUBJECTS)
            write_sentence(json, subject, fields[i].name);
        json_text(json, "unit", fields[i].unit);
        json_number(json, "value", fields[i].value);
        json_number(json, "low", fields[i].low);
        json_number(json, "high", fields[i].high);
        json_text(json, "source", fields[i].source);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_labels(struct json *json, const char *key, const struct spiral_label *labels,
                         size_t count)
{
    json_open(json, key, '[');

    for (size_t i = 0; i < count; i++) {
        json_open(json, NULL, '{');
        write_label(json, labels[i].name, labels[i].en, labels[i].zh, labels[i].doc);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_doctrines(struct json *json)
{
    json_open(json, "doctrines", '[');

    for (size_t i = 0; i < SPIRAL_DOCTRINES; i++) {
        const struct spiral_doctrine *doctrine = &spiral_doctrines[i];
        json_open(json, NULL, '{');
        write_label(json, doctrine->name, doctrine->label_en, doctrine->label_zh, doctrine->doc);
        write_sentence(json, SPIRAL_SUBJECT_DOCTRINE, doctrine->name);
        json_text(json, "role", spiral_role_names[doctrine->role]);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_moves(struct json *json)
{
    json_open(json, "moves", '[');

    for (size_t i = 0; i < SPIRAL_MOVES; i++) {
        const struct spiral_move_effect *move = &spiral_moves[i];
        json_open(json, NULL, '{');
        write_label(json, move->name, move->label_en, move->label_zh, move->doc);
        write_sentence(json, SPIRAL_SUBJECT_MOVE, move->name);
        json_flag(json, "consent", move->consent);
        json_whole(json, "direction", move->direction);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_mechanisms(struct json *json)
{
    json_open(json, "mechanisms", '[');

    for (size_t i = 0; i < SPIRAL_MECHANISMS; i++) {
        const struct spiral_mechanism_label *label = &spiral_mechanism_labels[i];
        json_open(json, NULL, '{');
        write_label(json, label->name, label->en, label->zh, label->doc);
        json_close(json, '}');
    }

    json_close(json, ']');
}

/* The routes by which fear comes back to fear. */
static void write_routes(struct json *json)
{
    json_open(json, "routes", '[');

    for (size_t i = 0; i < SPIRAL_ROUTES; i++) {
        const struct spiral_route_label *label = &spiral_route_labels[i];
        json_open(json, NULL, '{');
        write_label(json, label->name, label->en, label->zh, label->doc);
        json_close(json, '}');
    }

    json_close(json, ']');
}

enum spiral_status page_tables(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    (void)page, (void)argument, (void)error;
    json_text(json, "version", SPIRAL_VERSION);
    write_fields(json, "constants", spiral_constant_fields, SPIRAL_CONSTANTS,
                 SPIRAL_SUBJECT_CONSTANT);
    write_fields(json, "numbers", spiral_doctrine_fields, SPIRAL_DOCTRINE_NUMBERS,
                 SPIRAL_SUBJECT_DOCTRINE_NUMBER);
    write_fields(json, "facts", spiral_state_fact_fields, SPIRAL_STATE_FACTS,
                 SPIRAL_SUBJECT_STATE_FACT);
    write_fields(json, "quantities", spiral_quantity_fields, SPIRAL_QUANTITIES,
                 SPIRAL_SUBJECT_QUANTITY);
    write_fields(json, "outcomes", spiral_outcome_fields, SPIRAL_OUTCOMES, SPIRAL_SUBJECTS);
    write_labels(json, "levels", spiral_level_labels, SPIRAL_LEVELS);
    write_labels(json, "causes", spiral_cause_labels, SPIRAL_CAUSES);
    write_labels(json, "quadrants", spiral_quadrant_labels, SPIRAL_QUADRANTS);
    write_doctrines(json);
    write_moves(json);
    write_mechanisms(json);
    write_routes(json);
    json_number(json, "high_constraint", SPIRAL_HIGH_CONSTRAINT);
    json_number(json, "high_dependence", SPIRAL_HIGH_DEPENDENCE);

    return SPIRAL_OK;
}
