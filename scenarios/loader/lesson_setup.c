/* SPDX-License-Identifier: MIT
 *
 * What a lesson chooses in a case: numbers, doctrines, moves, and the date.
 */
#include <string.h>

#include "scenarios/loader/lesson_keys.h"
#include "scenarios/loader/lesson_settings.h"
#include "sim/parameter.h"

bool spiral_lesson_read_case(struct lesson_reading *reading, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *up, int *scenario,
                             int usual)
{
    const struct spiral_path path = {.up = up, .key = "case"};
    const struct spiral_lesson *lesson = reading->lesson;
    const char *name = spiral_read_scalar(reader, node, &path, "a case's name");

    *scenario = usual;
    if (name == NULL)
        return false;

    for (size_t i = 0; i < lesson->scenario_count; i++)
        if (strcmp(lesson->scenarios[i].name, name) == 0) {
            *scenario = (int)i;
            return true;
        }
    if (reading->cases_known)
        spiral_reader_unknown(reader, node, &path, "case", name,
                              spiral_names_of(lesson->scenarios, lesson->scenario_count, name));

    return true;
}

void spiral_lesson_read_settings(struct spiral_reader *reader, const yaml_node_t *node,
                                 const struct spiral_path *up,
                                 const struct spiral_scenario *scenario,
                                 struct spiral_lesson_setting *settings, size_t most, size_t *count)
{
    const struct spiral_path path = {.up = up, .key = "set"};
    const int keys = node == NULL ? 0
                                  : spiral_read_free_mapping(reader, node, &path,
                                                             "numbers by name: {name: value}");

    if (keys > (int)most) {
        spiral_reader_error(reader, node, &path, "%d numbers; expected at most %zu", keys, most);
        return;
    }

    for (int i = 0; i < keys; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        struct spiral_lesson_setting *setting = &settings[*count];
        struct spiral_constants constants = spiral_constants_defaults();
        struct spiral_scenario copy;
        struct spiral_error error;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *name = spiral_read_scalar(reader, key, &path, "a name");
        const struct spiral_path here = {.up = &path, .key = name};
        if (name == NULL || !spiral_read_number(reader, value, &here, -1e9, 1e9, &setting->value))
            continue;

        if (strlen(name) >= sizeof setting->name) {
            spiral_reader_error(reader, key, &path, "unknown name '%.60s...'", name);
            continue;
        }

        strcpy(setting->name, name);
        ++*count;
        if (scenario == NULL)
            continue;

        /* Whether the name and the value are right is tried on a copy. */
        if (spiral_scenario_copy(&copy, scenario) != SPIRAL_OK) {
            reader->out_of_memory = true;
            return;
        }

        if (spiral_parameter_set(&copy, &constants, name, setting->value, &error) != SPIRAL_OK)
            spiral_reader_error(reader, key, &path, "%s", error.message);
        spiral_scenario_clear(&copy);
    }
}

static void read_doctrines(struct lesson_reading *reading, struct spiral_reader *reader,
                           const yaml_node_t *node, const struct spiral_path *up,
                           struct spiral_lesson_setup *setup)
{
    const struct spiral_path path = {.up = up, .key = "doctrines"};
    const int count = node == NULL
                          ? -1
                          : spiral_read_free_mapping(reader, node, &path,
                                                     "doctrines by state: {state: doctrine}");

    for (int i = 0; i < count; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *id = spiral_read_scalar(reader, key, &path, "a state's id");
        const struct spiral_path here = {.up = &path, .key = id};
        const char *name = spiral_read_scalar(reader, value, &here, "a doctrine");
        const struct spiral_doctrine *doctrine = name == NULL ? NULL : spiral_doctrine_find(name);

        if (name != NULL && doctrine == NULL)
            spiral_reader_unknown(reader, value, &here, "doctrine", name,
                                  spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name));
        if (id == NULL || !reading->cases_known)
            continue;

        const struct spiral_scenario *scenario = &reading->lesson->scenarios[setup->scenario];
        const int state = spiral_scenario_find_state(scenario, id);

        if (state < 0)
            spiral_reader_unknown(reader, key, &path, "state", id,
                                  spiral_names_of(scenario->states, scenario->state_count, id));
        else
            setup->doctrine[state] = doctrine;
    }
}

static void read_date(struct lesson_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *up,
                      struct spiral_lesson_setup *setup)
{
    const struct spiral_path path = {.up = up, .key = "date"};
    char first[12];
    char last[12];

    setup->dated = spiral_read_date(reader, node, &path, &setup->date, NULL);
    if (!setup->dated || !reading->cases_known)
        return;

    const struct spiral_scenario *scenario = &reading->lesson->scenarios[setup->scenario];

    if (setup->date >= scenario->start - 1e-9 && setup->date < scenario->end - 1e-9)
        return;
    spiral_date_format(scenario->start, first);
    spiral_date_format(scenario->end, last);
    spiral_reader_error(reader, node, &path,
                        "the date lies outside the run of %s; expected from %s on and before %s",
                        scenario->name, first, last);
}

/* --- moves ------------------------------------------------------------------------------------ */

/* A state by its id; -1 (reported) where there is none. */
static int read_state(const struct spiral_scenario *scenario, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    const char *id = spiral_read_scalar(reader, node, path, "a state's id");
    const int state = id == NULL ? -1 : spiral_scenario_find_state(scenario, id);

    if (id != NULL && state < 0)
        spiral_reader_unknown(reader, node, path, "state", id,
                              spiral_names_of(scenario->states, scenario->state_count, id));
    return state;
}

static void read_move(const struct spiral_scenario *scenario, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path,
                      struct spiral_lesson_setup *setup)
{
    const struct spiral_path actor = {.up = path, .key = "actor"};
    const struct spiral_path target = {.up = path, .key = "target"};
    const struct spiral_path name = {.up = path, .key = "move"};
    const struct spiral_path weight = {.up = path, .key = "weight"};
    const yaml_node_t *values[KEYS];
    struct spiral_lesson_move move = {.target = -1, .move = -1, .weight = 1.0};

    if (!spiral_read_mapping(reader, node, path, MAPPING_MOVE, values))
        return;

    const char *text = spiral_read_scalar(reader, values[KEY_MOVE_move], &name, "a move");

    move.move = text != NULL ? spiral_move_find(text) : -1;
    if (text != NULL && move.move < 0)
        spiral_reader_unknown(reader, values[KEY_MOVE_move], &name, "move", text,
                              spiral_names_of(spiral_moves, SPIRAL_MOVES, name));
    spiral_read_number(reader, values[KEY_MOVE_weight], &weight, 0.0, 2.0, &move.weight);
    move.actor = read_state(scenario, reader, values[KEY_MOVE_actor], &actor);

    if (values[KEY_MOVE_target] != NULL) {
        move.target = read_state(scenario, reader, values[KEY_MOVE_target], &target);
        if (move.actor >= 0 && move.target >= 0 &&
            (move.actor == move.target ||
             spiral_scenario_find_pair(scenario, move.actor, move.target) == NULL))
            spiral_reader_error(reader, node, path, "%s and %s are not a pair of %s",
                                scenario->states[move.actor].id, scenario->states[move.target].id,
                                scenario->name);
    } else if (move.move >= 0 && move.move != SPIRAL_MOVE_arm && move.move != SPIRAL_MOVE_disarm) {
        spiral_reader_error(reader, node, path, "the move '%s' needs a target",
                            spiral_moves[move.move].name);
    }

    setup->moves[setup->move_count++] = move;
}

static void read_moves(struct lesson_reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node, const struct spiral_path *up,
                       struct spiral_lesson_setup *setup)
{
    const struct spiral_path path = {.up = up, .key = "moves"};
    const int count = node == NULL ? 0 : spiral_read_sequence(reader, node, &path, "moves");

    if (count > SPIRAL_LESSON_MOVES)
        spiral_reader_error(reader, node, &path, "%d moves; expected at most %d", count,
                            SPIRAL_LESSON_MOVES);

    for (int i = 0; i < count && count <= SPIRAL_LESSON_MOVES && reading->cases_known; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_move(&reading->lesson->scenarios[setup->scenario], reader,
                  spiral_sequence_at(reader, node, i), &here, setup);
    }
}

void spiral_lesson_read_setup(struct lesson_reading *reading, struct spiral_reader *reader,
                              const struct lesson_setup_nodes *nodes, const struct spiral_path *up,
                              struct spiral_lesson_setup *setup)
{
    read_date(reading, reader, nodes->date, up, setup);
    spiral_lesson_read_settings(reader, nodes->set, up,
                                reading->cases_known ? &reading->lesson->scenarios[setup->scenario]
                                                     : NULL,
                                setup->settings, SPIRAL_LESSON_SETTINGS, &setup->setting_count);
    read_doctrines(reading, reader, nodes->doctrines, up, setup);
    read_moves(reading, reader, nodes->moves, up, setup);
}
