/* SPDX-License-Identifier: MIT
 *
 * Reading the policies of an experiment, and making a case of every scenario under each.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/experiment/keys.h"

/* The names that `set` and `vary` may look up, beside the settings of policies. */
enum { MOST_NAMES = 2 * SPIRAL_MAX_AXES + 2 };

static const int part_keys[SPIRAL_POLICY_PARTS] = {
#define SPIRAL_POLICY_PART(key, what) KEY_POLICY_##key,
    SPIRAL_POLICY_PART_TABLE(SPIRAL_POLICY_PART)
#undef SPIRAL_POLICY_PART
};

static const char *const part_meanings[SPIRAL_POLICY_PARTS] = {
#define SPIRAL_POLICY_PART(key, what) what,
    SPIRAL_POLICY_PART_TABLE(SPIRAL_POLICY_PART)
#undef SPIRAL_POLICY_PART
};

/* --- reading ---------------------------------------------------------------------------------- */

static void read_part(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, const char *what,
                      struct spiral_policy_list *list)
{
    const int count = spiral_read_sequence(reader, node, path, "texts");

    if (count > SPIRAL_POLICY_MOST_PARTS) {
        spiral_reader_error(reader, node, path, "%d of them; expected at most %d", count,
                            SPIRAL_POLICY_MOST_PARTS);
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = path, .index = i};
        const yaml_node_t *item = spiral_sequence_at(reader, node, i);
        const char *text = spiral_read_scalar(reader, item, &here, what);
        if (text == NULL)
            continue;
        list->items[list->count] = strdup(text);
        reader->out_of_memory = reader->out_of_memory || list->items[list->count] == NULL;
        list->count += list->items[list->count] != NULL;
    }
}

/* The values are checked where the policy is applied: bounds belong to scenarios. */
static void read_settings(struct spiral_reader *reader, const yaml_node_t *node,
                          const struct spiral_path *path, struct spiral_policy *policy)
{
    const int count = spiral_read_free_mapping(reader, node, path, "names and values");

    if (count > SPIRAL_POLICY_MOST_PARTS) {
        spiral_reader_error(reader, node, path, "%d settings; expected at most %d", count,
                            SPIRAL_POLICY_MOST_PARTS);
        return;
    }

    for (int i = 0; i < count; i++) {
        struct spiral_setting *setting = &policy->settings[policy->setting_count];
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *name = spiral_read_scalar(reader, key, path, "a name");
        if (name == NULL)
            continue;

        const struct spiral_path here = {.up = path, .key = name};
        if (strlen(name) >= SPIRAL_NAME_SIZE || strncmp(name, "k.", 2) == 0)
            spiral_reader_error(
                reader, key, path,
                strncmp(name, "k.", 2) == 0
                    ? "'%.60s' is a constant of the model; a policy sets facts alone"
                    : "'%.60s' is not a name; `spiral params` lists the names",
                name);
        else if (spiral_read_number(reader, value, &here, -1e9, 1e9, &setting->value)) {
            strcpy(setting->name, name);
            policy->setting_count++;
        }
    }
}

static void read_policy(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, struct spiral_policy *policy)
{
    const struct spiral_path name = {.up = path, .key = "name"};
    const struct spiral_path set = {.up = path, .key = "set"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, path, MAPPING_POLICY, values))
        return;
    spiral_read_identifier(reader, values[KEY_POLICY_name], &name,
                           "abcdefghijklmnopqrstuvwxyz0123456789_-", "a to z, digits, - and _",
                           sizeof policy->name - 1, policy->name);

    for (int part = 0; part < SPIRAL_POLICY_PARTS; part++) {
        const struct spiral_path here = {.up = path, .key = spiral_policy_part_keys[part]};
        read_part(reader, values[part_keys[part]], &here, part_meanings[part],
                  &policy->parts[part]);
    }

    read_settings(reader, values[KEY_POLICY_set], &set, policy);
}

/* --- cases ------------------------------------------------------------------------------------ */

/* Sets what a policy sets in a case, and notes which numbers these are: no axis may vary them. */
static bool set_facts(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path, size_t c,
                      const struct spiral_policy *policy)
{
    struct spiral_experiment *experiment = reading->experiment;
    struct spiral_experiment_case *one = &experiment->cases[c];
    struct spiral_error error;

    for (size_t s = 0; s < policy->setting_count; s++) {
        const struct spiral_setting *setting = &policy->settings[s];
        struct spiral_parameter place;

        if (spiral_experiment_find(&place, &one->scenario, &reading->constants, setting->name,
                                   &error) != SPIRAL_OK) {
            spiral_reader_error(reader, node, path, "%s: %s", one->name, error.message);
            return false;
        }

        if (!(setting->value >= place.low && setting->value <= place.high)) {
            spiral_reader_error(reader, node, path, "%s: %s is %g; expected %g to %g", one->name,
                                setting->name, setting->value, place.low, place.high);
            return false;
        }

        spiral_parameter_put(&place, &place, setting->value);
        reading->found[reading->found_count++ * experiment->case_count + c] = place.key;
    }

    return true;
}

/* Makes room for all cases: [scenario * policies + policy], each a copy of its scenario's. */
static bool multiply_cases(struct spiral_experiment *experiment, size_t policies)
{
    const size_t scenarios = experiment->case_count;
    struct spiral_experiment_case *all = calloc(scenarios * policies, sizeof *all);

    if (all == NULL)
        return false;

    bool complete = true;

    for (size_t i = 0; i < scenarios * policies; i++)
        all[i].scenario = spiral_scenario_defaults();

    for (size_t i = 0; i < scenarios * policies && complete; i++) {
        const struct spiral_experiment_case *from = &experiment->cases[i / policies];
        all[i].given = strdup(from->given);
        all[i].text = malloc(from->length + 1);
        all[i].length = from->length;
        complete = all[i].given != NULL && all[i].text != NULL &&
                   spiral_scenario_copy(&all[i].scenario, &from->scenario) == SPIRAL_OK;
        if (complete)
            memcpy(all[i].text, from->text, from->length + 1);
    }

    for (size_t c = 0; c < scenarios; c++) {
        free(experiment->cases[c].given);
        free(experiment->cases[c].text);
        spiral_scenario_clear(&experiment->cases[c].scenario);
    }

    free(experiment->cases);
    experiment->cases = all;
    experiment->case_count = scenarios * policies;

    return complete;
}

static bool apply_policy(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                         const yaml_node_t *node, const struct spiral_path *path, size_t p)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_policy *policy = &experiment->policies[p];
    bool good = true;

    for (size_t c = p; c < experiment->case_count && good; c += experiment->policy_count) {
        struct spiral_experiment_case *one = &experiment->cases[c];
        struct spiral_error error;

        snprintf(one->name, sizeof one->name, "%s/%s", one->scenario.name, policy->name);

        const enum spiral_status status = spiral_policy_apply(&one->scenario, policy, &error);
        if (status == SPIRAL_NO_MEMORY)
            reader->out_of_memory = true;
        else if (status != SPIRAL_OK)
            spiral_reader_error(reader, node, path, "%s: %s", one->scenario.name, error.message);
        good = status == SPIRAL_OK && set_facts(reading, reader, node, path, c, policy);
    }

    return good;
}

/* Room for the names that the experiment's other parts look up. */
static void allocate_names(struct spiral_experiment_reading *reading, struct spiral_reader *reader)
{
    const struct spiral_experiment *experiment = reading->experiment;
    size_t names = MOST_NAMES;

    for (size_t p = 0; p < experiment->policy_count; p++)
        names += experiment->policies[p].setting_count *
                 (experiment->case_count / experiment->policy_count + 1);

    reading->found = calloc((experiment->case_count + 1) * names, sizeof *reading->found);
    reader->out_of_memory = reader->out_of_memory || reading->found == NULL;
    reading->cases_known = reading->cases_known && reading->found != NULL;
}

void spiral_experiment_read_policies(struct spiral_experiment_reading *reading,
                                     struct spiral_reader *reader, const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "policies"};
    const int count = spiral_read_sequence(reader, node, &path, "policies");
    const size_t before = reader->diagnostics->count;

    if (count > SPIRAL_MOST_POLICIES || count == 0 ||
        (count > 0 && (size_t)count * reading->scenario_count > SPIRAL_MAX_CASES))
        spiral_reader_error(reader, node, &path,
                            "%d policies; expected 1 to %d, and at most %d with every scenario",
                            count, SPIRAL_MOST_POLICIES, SPIRAL_MAX_CASES);
    else if (count > 0) {
        experiment->policies = calloc((size_t)count, sizeof *experiment->policies);
        reader->out_of_memory = reader->out_of_memory || experiment->policies == NULL;
    }

    for (int i = 0; i < count && experiment->policies != NULL; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const yaml_node_t *item = spiral_sequence_at(reader, node, i);
        struct spiral_policy *policy = &experiment->policies[experiment->policy_count++];
        read_policy(reader, item, &here, policy);
        for (int other = 0; other < i; other++)
            if (policy->name[0] != '\0' &&
                strcmp(experiment->policies[other].name, policy->name) == 0)
                spiral_reader_error(reader, item, &here, "duplicate policy '%s'", policy->name);
    }

    const bool multiplied = reading->cases_known && experiment->policy_count > 0 &&
                            reader->diagnostics->count == before && !reader->out_of_memory;

    if (multiplied && !multiply_cases(experiment, experiment->policy_count))
        reader->out_of_memory = true;
    reading->cases_known = reading->cases_known && (multiplied || experiment->policies == NULL) &&
                           !reader->out_of_memory;
    allocate_names(reading, reader);

    for (size_t p = 0; p < experiment->policy_count && multiplied && !reader->out_of_memory; p++) {
        const struct spiral_path here = {.up = &path, .index = (int)p};
        const bool good =
            apply_policy(reading, reader, spiral_sequence_at(reader, node, (int)p), &here, p);
        reading->cases_known = reading->cases_known && good;
    }
}
