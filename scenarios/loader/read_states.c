/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenarios/loader/readers.h"
#include "sim/parameter.h"

int spiral_read_state_name(struct spiral_reader *reader, const yaml_node_t *node,
                           const struct spiral_path *path, const struct spiral_scenario *scenario)
{
    const char *id = spiral_read_scalar(reader, node, path, "a state's id");

    if (id == NULL)
        return -1;
    const int state = spiral_scenario_find_state(scenario, id);

    if (state < 0 && reader->states_known)
        spiral_reader_unknown(reader, node, path, "state", id,
                              spiral_names_of(scenario->states, scenario->state_count, id));

    return state;
}

/* --- doctrines -------------------------------------------------------------------------------- */

static bool read_preset(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, double doctrine[SPIRAL_DOCTRINE_NUMBERS],
                        char name[32])
{
    const char *text = spiral_read_scalar(reader, node, path, "a doctrine");

    if (text == NULL)
        return false;

    const struct spiral_doctrine *preset = spiral_doctrine_find(text);

    if (preset == NULL) {
        spiral_reader_unknown(reader, node, path, "doctrine", text,
                              spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name));
        return false;
    }

    memcpy(doctrine, preset->number, sizeof preset->number);
    snprintf(name, 32, "%s", preset->name);

    return true;
}

bool spiral_read_doctrine(struct spiral_reader *reader, const yaml_node_t *node,
                          const struct spiral_path *path, double doctrine[SPIRAL_DOCTRINE_NUMBERS],
                          char name[32])
{
    if (node == NULL)
        return false;
    if (spiral_node_is_scalar(node))
        return read_preset(reader, node, path, doctrine, name);

    const yaml_node_t *values[SPIRAL_KEYS];

    if (!spiral_node_is_mapping(node)) {
        spiral_reader_error(reader, node, path,
                            "expected a preset's name or a map of the eight numbers, found %s",
                            spiral_node_kind(node));
        return false;
    }

    if (!spiral_read_mapping(reader, node, path, SPIRAL_MAPPING_DOCTRINE, values))
        return false;
    const struct spiral_path preset_path = {.up = path, .key = "preset"};
    const bool preset = values[SPIRAL_KEY_DOCTRINE_preset] != NULL;

    strcpy(name, "custom");
    if (preset &&
        !read_preset(reader, values[SPIRAL_KEY_DOCTRINE_preset], &preset_path, doctrine, name))
        return false;

    bool good = true;
    char missing[120] = "";

    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
        const struct spiral_path here = {.up = path, .key = spiral_doctrine_fields[n].name};
        const yaml_node_t *value = values[SPIRAL_KEY_DOCTRINE_align + n];
        if (value != NULL)
            good = spiral_read_number(reader, value, &here, 0.0, 1.0, &doctrine[n]) && good;
        else if (!preset)
            snprintf(missing + strlen(missing), sizeof missing - strlen(missing), "%s%s",
                     *missing == '\0' ? "" : ", ", here.key);
    }

    if (*missing != '\0')
        spiral_reader_error(reader, node, path,
                            "a doctrine without a preset needs all eight numbers; missing: %s",
                            missing);

    return good && *missing == '\0';
}

/* --- states ----------------------------------------------------------------------------------- */

static void read_publics(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, struct spiral_state_facts *state)
{
    const int count = spiral_read_sequence(reader, node, path, "the public's segments");
    double sum = 0.0;
    bool complete = true;

    if (count < 0)
        return;
    if (state->role != SPIRAL_SMALL)
        spiral_reader_error(reader, node, path, "only the small state has publics");

    if (count > SPIRAL_MAX_PUBLICS) {
        spiral_reader_error(reader, node, path, "%d publics; expected at most %d", count,
                            SPIRAL_MAX_PUBLICS);
        return;
    }

    for (int m = 0; m < count; m++) {
        const struct spiral_path here = {.up = path, .index = m};
        const yaml_node_t *values[SPIRAL_KEYS];
        struct spiral_public *segment = &state->publics[m];
        state->public_count = (size_t)m + 1;

        if (!spiral_read_mapping(reader, spiral_sequence_at(reader, node, m), &here,
                                 SPIRAL_MAPPING_PUBLIC, values)) {
            complete = false;
            continue;
        }

        const struct spiral_path name = {.up = &here, .key = "name"};
        const struct spiral_path weight = {.up = &here, .key = "weight"};
        const struct spiral_path orientation = {.up = &here, .key = "orientation"};
        const struct spiral_path kin = {.up = &here, .key = "kin"};
        spiral_read_text(reader, values[SPIRAL_KEY_PUBLIC_name], &name, &segment->name);
        complete = spiral_read_number(reader, values[SPIRAL_KEY_PUBLIC_weight], &weight, 0.0, 1.0,
                                      &segment->weight) &&
                   complete;
        spiral_read_number(reader, values[SPIRAL_KEY_PUBLIC_orientation], &orientation, -1.0, 1.0,
                           &segment->orientation);
        spiral_read_number(reader, values[SPIRAL_KEY_PUBLIC_kin], &kin, 0.0, 1.0, &segment->kin);
        sum += segment->weight;
    }

    if (count > 0 && complete && !(sum > 1.0 - 1e-6 && sum < 1.0 + 1e-6))
        spiral_reader_error(reader, node, path,
                            "the weights of the publics sum to %.6g; expected 1", sum);
}

/* A state's fact: a number in its bounds; nuclear also true or false. */
static void read_fact(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, const struct spiral_field *field,
                      double *value)
{
    if (node == NULL)
        return;
    const struct spiral_path here = {.up = path, .key = field->name};

    if (strcmp(field->name, "nuclear") == 0) {
        bool nuclear;
        if (spiral_read_boolean(reader, node, &here, &nuclear))
            *value = nuclear ? 1.0 : 0.0;
        return;
    }

    spiral_read_number(reader, node, &here, field->low, field->high, value);
}

static bool read_role(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, struct spiral_state_facts *state)
{
    const char *role = spiral_read_scalar(reader, node, path, "a role");

    if (role == NULL)
        return false;

    for (int r = 0; r < SPIRAL_ROLES; r++)
        if (strcmp(spiral_role_names[r], role) == 0) {
            state->role = (enum spiral_role)r;
            return true;
        }
    spiral_reader_unknown(reader, node, path, "role", role,
                          spiral_names_in(spiral_role_names, SPIRAL_ROLES));

    return false;
}

/* Reads a state; false where its id cannot be known. *has_role: whether its role is. */
static bool read_state(struct spiral_reader *reader, const yaml_node_t *node,
                       const struct spiral_path *path, struct spiral_scenario *scenario,
                       bool *has_role)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    const yaml_node_t *values[SPIRAL_KEYS];
    struct spiral_state_facts *state = &scenario->states[scenario->state_count];

    *has_role = false;
    if (!spiral_read_mapping(reader, node, path, SPIRAL_MAPPING_STATE, values))
        return false;

    const struct spiral_path id = {.up = path, .key = "id"};
    const struct spiral_path name = {.up = path, .key = "name"};
    const struct spiral_path role = {.up = path, .key = "role"};
    const struct spiral_path doctrine = {.up = path, .key = "doctrine"};
    const struct spiral_path power = {.up = path, .key = "power"};
    const struct spiral_path publics = {.up = path, .key = "publics"};
    const struct spiral_path source = {.up = path, .key = "source"};
    char identifier[SPIRAL_ID_SIZE] = "";
    const bool identified =
        spiral_read_identifier(reader, values[SPIRAL_KEY_STATE_id], &id, letters,
                               "letters, digits and _; 'name' may be any text", SPIRAL_ID_SIZE - 1,
                               identifier);

    if (identified && spiral_scenario_find_state(scenario, identifier) >= 0)
        spiral_reader_error(reader, values[SPIRAL_KEY_STATE_id], &id, "duplicate state '%s'",
                            identifier);

    if (identified && spiral_parameter_is_prefix(identifier))
        spiral_reader_error(
            reader, values[SPIRAL_KEY_STATE_id], &id,
            "no state can be called '%s': names of numbers begin so; another id, as %s1, is free",
            identifier, identifier);
    memcpy(state->id, identifier, sizeof identifier);
    spiral_read_text(reader, values[SPIRAL_KEY_STATE_name], &name, &state->name);
    *has_role = read_role(reader, values[SPIRAL_KEY_STATE_role], &role, state);
    spiral_read_doctrine(reader, values[SPIRAL_KEY_STATE_doctrine], &doctrine, state->doctrine,
                         state->doctrine_name);
    spiral_read_series(reader, values[SPIRAL_KEY_STATE_power], &power, 1e-9, 1e6, &state->power);
    spiral_read_string(reader, values[SPIRAL_KEY_STATE_source], &source, &state->source);
    for (int f = 0; f < SPIRAL_STATE_FACTS; f++)
        read_fact(reader, values[SPIRAL_KEY_STATE_arms + f], path, &spiral_state_fact_fields[f],
                  spiral_state_fact_at(state, (size_t)f));
    if (values[SPIRAL_KEY_STATE_publics] != NULL)
        read_publics(reader, values[SPIRAL_KEY_STATE_publics], &publics, state);
    scenario->state_count++;

    return identified;
}

/* Finds the small state; every role must be known. -1 (reported) where there is not exactly one. */
static int find_small(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, const struct spiral_scenario *scenario)
{
    int small = -1;
    int count = 0;
    int neighbours = 0;

    for (int i = 0; i < (int)scenario->state_count; i++) {
        neighbours += scenario->states[i].role == SPIRAL_NEIGHBOUR;
        if (scenario->states[i].role == SPIRAL_SMALL && count++ == 0)
            small = i;
    }

    if (count == 0)
        spiral_reader_error(reader, node, path,
                            "no state has the role small; expected exactly one");
    if (count > 1)
        spiral_reader_error(reader, node, path,
                            "%d states have the role small; expected exactly one", count);
    if (neighbours < 1)
        spiral_reader_error(reader, node, path,
                            "no state has the role neighbour; expected one or more");

    return count == 1 ? small : -1;
}

void spiral_read_states(struct spiral_reader *reader, const yaml_node_t *node,
                        struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "states"};
    const int count = spiral_read_sequence(reader, node, &path, "states");

    scenario->small = -1;
    if (count < 0)
        return;

    if (count < 2 || count > SPIRAL_MAX_STATES) {
        spiral_reader_error(reader, node, &path, "%d state%s; expected 2 to %d", count,
                            count == 1 ? "" : "s", SPIRAL_MAX_STATES);
        return;
    }

    reader->states_known = true;
    bool roles_known = true;

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        bool has_role;
        const bool known =
            read_state(reader, spiral_sequence_at(reader, node, i), &here, scenario, &has_role);
        reader->states_known = reader->states_known && known;
        roles_known = roles_known && has_role;
    }

    if (reader->states_known && roles_known)
        scenario->small = find_small(reader, node, &path, scenario);
}
