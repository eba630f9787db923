/* SPDX-License-Identifier: MIT
 *
 * Reading what an experiment sets and varies: names that every scenario must know, and numbers
 * within the bounds of the tables.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/experiment/keys.h"

enum { MAX_VALUES = 10000 };

/* Looks a name up in one scenario. Where its first word is nearly a role, suggests that. */
static bool find_in_case(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                         const yaml_node_t *node, const struct spiral_path *path, const char *name,
                         size_t c, struct spiral_parameter *place)
{
    struct spiral_scenario *scenario = &reading->experiment->cases[c].scenario;
    const char *case_name = reading->experiment->cases[c].name;
    char word[SPIRAL_NAME_SIZE];
    struct spiral_error error;

    if (spiral_experiment_find(place, scenario, &reading->constants, name, &error) == SPIRAL_OK)
        return true;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(name, ".-"), name);

    const char *role = spiral_names_nearest(spiral_names_in(spiral_role_names, SPIRAL_ROLES), word);
    const bool known =
        spiral_parameter_is_prefix(word) || spiral_scenario_find_state(scenario, word) >= 0;

    if (role != NULL && strcmp(role, word) != 0 && !known)
        spiral_reader_error(reader, node, path, "unknown name '%s'; did you mean '%s%s'?", name,
                            role, name + strlen(word));
    else
        spiral_reader_error(reader, node, path, "%s: %s", case_name, error.message);

    return false;
}

/* Whether every scenario knows a name, and no other name means the same parameter. *low and *high
 * become the bounds that hold in all scenarios; *nominal (NULL: not wanted), whether its values are
 * doctrines. */
static bool find_name(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path, const char *name,
                      double *low, double *high, bool *nominal)
{
    const size_t cases = reading->experiment->case_count;

    *low = -INFINITY;
    *high = INFINITY;
    if (!reading->cases_known)
        return false;

    const void **mine = &reading->found[reading->found_count * cases];

    for (size_t c = 0; c < cases; c++) {
        struct spiral_parameter place;
        if (!find_in_case(reading, reader, node, path, name, c, &place))
            return false;
        mine[c] = place.key;
        if (nominal != NULL)
            *nominal = place.scope == SPIRAL_SCOPE_PRESET;
        *low = fmax(*low, place.low);
        *high = fmin(*high, place.high);

        for (size_t other = 0; other < reading->found_count; other++)
            if (reading->found[other * cases + c] == mine[c]) {
                spiral_reader_error(reader, node, path,
                                    "'%s' is a number that another name already sets or varies",
                                    name);
                return false;
            }
    }

    reading->found_count++;

    return true;
}

static bool copy_name(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, char name[SPIRAL_NAME_SIZE])
{
    const char *text = spiral_read_scalar(reader, node, path, "a name");

    if (text == NULL)
        return false;

    if (strlen(text) == 0 || strlen(text) >= SPIRAL_NAME_SIZE) {
        spiral_reader_error(reader, node, path,
                            "'%.60s' is not a name; `spiral params` lists the names", text);
        return false;
    }

    strcpy(name, text);

    return true;
}

void spiral_experiment_read_settings(struct spiral_experiment_reading *reading,
                                     struct spiral_reader *reader, const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "set"};
    const int count = spiral_read_free_mapping(reader, node, &path, "names and values");

    if (count < 0)
        return;

    if (count > SPIRAL_MAX_AXES) {
        spiral_reader_error(reader, node, &path, "%d settings; expected at most %d", count,
                            SPIRAL_MAX_AXES);
        return;
    }

    experiment->settings = calloc((size_t)count + 1, sizeof *experiment->settings);
    reader->out_of_memory = reader->out_of_memory || experiment->settings == NULL;

    for (int i = 0; i < count && experiment->settings != NULL; i++) {
        struct spiral_setting *setting = &experiment->settings[experiment->setting_count];
        const yaml_node_t *key;
        const yaml_node_t *value;
        double low;
        double high;
        spiral_free_mapping_at(reader, node, i, &key, &value);
        if (!copy_name(reader, key, &path, setting->name))
            continue;

        const struct spiral_path here = {.up = &path, .key = setting->name};
        const bool known = find_name(reading, reader, key, &path, setting->name, &low, &high, NULL);
        if (spiral_read_number(reader, value, &here, low, high, &setting->value) && known)
            experiment->setting_count++;
    }
}

/* --- groups ----------------------------------------------------------------------------------- */

static int find_group(const struct spiral_experiment *experiment, const char *name)
{
    for (size_t g = 0; g < experiment->group_count; g++)
        if (strcmp(experiment->groups[g].name, name) == 0)
            return (int)g;
    return -1;
}

/* The index of a group, a new one where there is none of this name; -1 (reported) where there
 * are too many or the name is not valid. */
static int find_or_add_group(struct spiral_experiment *experiment, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *path)
{
    char name[SPIRAL_GROUP_NAME_SIZE];

    if (!spiral_read_identifier(reader, node, path, "abcdefghijklmnopqrstuvwxyz0123456789_-",
                                "a to z, digits, - and _", sizeof name - 1, name))
        return -1;

    const int group = find_group(experiment, name);

    if (group >= 0)
        return group;

    if (experiment->group_count == SPIRAL_MAX_GROUPS) {
        spiral_reader_error(reader, node, path, "more than %d groups", SPIRAL_MAX_GROUPS);
        return -1;
    }

    strcpy(experiment->groups[experiment->group_count].name, name);
    experiment->groups[experiment->group_count].correlation = 1.0;

    return (int)experiment->group_count++;
}

/* Reads the groups' correlations, after the axes have named the groups. */
static void read_groups(struct spiral_experiment *experiment, struct spiral_reader *reader,
                        const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "groups"};
    const int count = spiral_read_free_mapping(reader, node, &path, "groups");

    for (int i = 0; i < count; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        const yaml_node_t *values[KEYS];
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *name = spiral_read_scalar(reader, key, &path, "a group's name");
        if (name == NULL)
            continue;

        const int group = find_group(experiment, name);
        const struct spiral_path here = {.up = &path, .key = name};
        const struct spiral_path correlation = {.up = &here, .key = "correlation"};
        if (group < 0 && experiment->group_count == 0)
            spiral_reader_error(reader, key, &path, "no axis is of the group '%.60s'", name);
        else if (group < 0)
            spiral_reader_unknown(reader, key, &path, "group", name,
                                  spiral_names_of(experiment->groups, experiment->group_count,
                                                  name));
        if (!spiral_read_mapping(reader, value, &here, MAPPING_GROUP, values) || group < 0)
            continue;

        int members = 0;
        for (size_t a = 0; a < experiment->axis_count; a++)
            members += experiment->axes[a].group == group + 1;

        if (spiral_read_number(reader, values[KEY_GROUP_correlation], &correlation, -1.0, 1.0,
                               &experiment->groups[group].correlation) &&
            experiment->groups[group].correlation < 0.0 && members > 2)
            spiral_reader_error(reader, values[KEY_GROUP_correlation], &correlation,
                                "%d axes cannot all be correlated negatively; only two can",
                                members);
    }
}

/* --- axes ------------------------------------------------------------------------------------- */

/* Replaces a range by so many values, evenly spaced on its scale. */
static bool spread_values(struct spiral_axis *axis, size_t steps)
{
    axis->values = calloc(steps, sizeof *axis->values);
    if (axis->values == NULL)
        return false;
    axis->count = steps;

    for (size_t i = 0; i < steps; i++) {
        const double share = (double)i / (double)(steps - 1);
        const double value = axis->log ? axis->low * pow(axis->high / axis->low, share)
                                       : axis->low + (axis->high - axis->low) * share;
        axis->values[i] = i == steps - 1 ? axis->high : value;
    }

    axis->log = axis->integer = false;

    return true;
}

/* The distribution of a range, and its numbers. */
static void read_distribution(struct spiral_reader *reader, const yaml_node_t *const values[KEYS],
                              const struct spiral_path *path, struct spiral_axis *axis)
{
    const struct spiral_path distribution = {.up = path, .key = "distribution"};
    const struct spiral_path shape = {.up = path, .key = "shape"};
    const yaml_node_t *node = values[KEY_AXIS_distribution];
    const char *word = spiral_read_scalar(reader, node, &distribution, "a distribution");

    if (word == NULL) {
        if (values[KEY_AXIS_shape] != NULL)
            spiral_reader_error(reader, values[KEY_AXIS_shape], &shape,
                                "these are the numbers of a distribution; which one?");
        return;
    }

    const struct spiral_names names =
        spiral_names_in(spiral_distribution_names, SPIRAL_DISTRIBUTIONS);
    const int found = spiral_names_find(names, word);

    if (found < 0) {
        spiral_reader_unknown(reader, node, &distribution, "distribution", word, names);
        return;
    }

    const int wanted = spiral_distribution_numbers[found];
    const int count = values[KEY_AXIS_shape] == NULL
                          ? 0
                          : spiral_read_sequence(reader, values[KEY_AXIS_shape], &shape, "numbers");

    axis->distribution = (enum spiral_distribution)found;
    if (count >= 0 && count != wanted)
        spiral_reader_error(reader, node, &distribution, "%s takes %d numbers as its shape, not %d",
                            word, wanted, count);
    if (found != SPIRAL_DISTRIBUTION_uniform && (axis->log || axis->integer))
        spiral_reader_error(reader, node, &distribution,
                            "a distribution goes with a linear scale and no whole numbers");

    for (int i = 0; i < count && count == wanted; i++) {
        const struct spiral_path at = {.up = &shape, .index = i};
        spiral_read_number(reader, spiral_sequence_at(reader, values[KEY_AXIS_shape], i), &at,
                           -1e308, 1e308, &axis->shape[i]);
    }
}

static void read_range(struct spiral_reader *reader, const yaml_node_t *const values[KEYS],
                       const struct spiral_path *path, double low, double high,
                       struct spiral_axis *axis)
{
    const struct spiral_path range = {.up = path, .key = "range"},
                             scale = {.up = path, .key = "scale"},
                             integer = {.up = path, .key = "integer"};
    const struct spiral_path steps = {.up = path, .key = "steps"};
    const yaml_node_t *node = values[KEY_AXIS_range];
    const int count = spiral_read_sequence(reader, node, &range, "two numbers");
    uint64_t step_count;

    if (count >= 0 && count != 2)
        spiral_reader_error(reader, node, &range, "%d numbers; expected two, [low, high]", count);
    if (count != 2)
        return;

    const struct spiral_path first = {.up = &range, .index = 0};
    const struct spiral_path second = {.up = &range, .index = 1};
    bool good = spiral_read_number(reader, spiral_sequence_at(reader, node, 0), &first, low, high,
                                   &axis->low);

    good = spiral_read_number(reader, spiral_sequence_at(reader, node, 1), &second, low, high,
                              &axis->high) &&
           good;
    if (good && axis->low >= axis->high)
        spiral_reader_error(reader, node, &range,
                            "the range ends at or before its beginning; expected [low, high]");

    const char *word = spiral_read_scalar(reader, values[KEY_AXIS_scale], &scale, "linear or log");

    axis->log = word != NULL && strcmp(word, "log") == 0;
    if (word != NULL && !axis->log && strcmp(word, "linear") != 0)
        spiral_reader_error(reader, values[KEY_AXIS_scale], &scale,
                            "unknown scale '%.60s'; expected linear or log", word);
    if (good && axis->log && axis->low <= 0.0)
        spiral_reader_error(reader, values[KEY_AXIS_scale], &scale,
                            "a logarithmic range must lie above 0");
    spiral_read_boolean(reader, values[KEY_AXIS_integer], &integer, &axis->integer);
    if (good && axis->integer && (axis->low != floor(axis->low) || axis->high != floor(axis->high)))
        spiral_reader_error(reader, values[KEY_AXIS_integer], &integer,
                            "a range of whole numbers must begin and end with one");

    read_distribution(reader, values, path, axis);

    if (spiral_read_whole_number(reader, values[KEY_AXIS_steps], &steps, 2, MAX_VALUES,
                                 &step_count) &&
        good) {
        if (axis->integer)
            spiral_reader_error(reader, values[KEY_AXIS_steps], &steps,
                                "an axis of whole numbers has no steps; give its values instead");
        else if (axis->distribution != SPIRAL_DISTRIBUTION_uniform)
            spiral_reader_error(reader, values[KEY_AXIS_steps], &steps,
                                "steps are evenly spaced; leave them out, or the distribution");
        else if (axis->low < axis->high && (!axis->log || axis->low > 0.0))
            reader->out_of_memory =
                !spread_values(axis, (size_t)step_count) || reader->out_of_memory;
    }
}

/* A value of a list: a number or, of a doctrine, the name of a preset. */
static bool read_value(struct spiral_reader *reader, const yaml_node_t *node,
                       const struct spiral_path *path, double low, double high, bool nominal,
                       double *value)
{
    if (!nominal)
        return spiral_read_number(reader, node, path, low, high, value);

    const char *word = spiral_read_scalar(reader, node, path, "the name of a doctrine");
    const struct spiral_doctrine *found = word != NULL ? spiral_doctrine_find(word) : NULL;

    if (word != NULL && found == NULL)
        spiral_reader_unknown(reader, node, path, "doctrine", word,
                              spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name));
    if (found != NULL)
        *value = (double)(found - spiral_doctrines);

    return found != NULL;
}

/* How likely each value is. */
static void read_weights(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, struct spiral_axis *axis)
{
    const struct spiral_path here = {.up = path, .key = "weights"};
    const int count = node == NULL ? -1 : spiral_read_sequence(reader, node, &here, "numbers");

    if (count >= 0 && (size_t)count != axis->count)
        spiral_reader_error(reader, node, &here, "%d weights of %zu values; expected one for each",
                            count, axis->count);
    if (count <= 0 || (size_t)count != axis->count)
        return;
    axis->weights = calloc((size_t)count, sizeof *axis->weights);
    reader->out_of_memory = reader->out_of_memory || axis->weights == NULL;

    for (int i = 0; i < count && axis->weights != NULL; i++) {
        const struct spiral_path at = {.up = &here, .index = i};
        spiral_read_number(reader, spiral_sequence_at(reader, node, i), &at, 1e-9, 1e9,
                           &axis->weights[i]);
    }
}

static void read_values(struct spiral_reader *reader, const yaml_node_t *const values[KEYS],
                        const struct spiral_path *path, double low, double high,
                        struct spiral_axis *axis)
{
    static const int of_ranges[] = {KEY_AXIS_scale, KEY_AXIS_integer, KEY_AXIS_steps,
                                    KEY_AXIS_distribution, KEY_AXIS_shape};
    static const char *const names[] = {"scale", "integer", "steps", "distribution", "shape"};
    const struct spiral_path here = {.up = path, .key = "values"};
    const yaml_node_t *node = values[KEY_AXIS_values];
    const int count = spiral_read_sequence(reader, node, &here, "numbers");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (values[of_ranges[i]] != NULL)
            spiral_reader_error(reader, values[of_ranges[i]], path,
                                "'%s' belongs to a range, not to values", names[i]);
    if (count == 0 || count > MAX_VALUES)
        spiral_reader_error(reader, node, &here, "%d values; expected 1 to %d", count, MAX_VALUES);
    if (count <= 0 || count > MAX_VALUES)
        return;
    axis->values = calloc((size_t)count, sizeof *axis->values);
    reader->out_of_memory = reader->out_of_memory || axis->values == NULL;

    for (int i = 0; i < count && axis->values != NULL; i++) {
        const struct spiral_path at = {.up = &here, .index = i};
        if (!read_value(reader, spiral_sequence_at(reader, node, i), &at, low, high, axis->nominal,
                        &axis->values[axis->count]))
            continue;

        const double value = axis->values[axis->count++];
        axis->low = axis->count == 1 ? value : fmin(axis->low, value);
        axis->high = axis->count == 1 ? value : fmax(axis->high, value);
    }

    read_weights(reader, values[KEY_AXIS_weights], path, axis);
}

static void read_axis(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    struct spiral_experiment *experiment = reading->experiment;
    struct spiral_axis *axis = &experiment->axes[experiment->axis_count];
    const struct spiral_path name = {.up = path, .key = "name"};
    const struct spiral_path group = {.up = path, .key = "group"};
    const yaml_node_t *values[KEYS];
    double low = -INFINITY;
    double high = INFINITY;

    if (!spiral_read_mapping(reader, node, path, MAPPING_AXIS, values))
        return;
    experiment->axis_count++;
    if (copy_name(reader, values[KEY_AXIS_name], &name, axis->name))
        find_name(reading, reader, values[KEY_AXIS_name], &name, axis->name, &low, &high,
                  &axis->nominal);
    if ((values[KEY_AXIS_range] == NULL) == (values[KEY_AXIS_values] == NULL))
        spiral_reader_error(reader, node, path,
                            "an axis has either a range, [low, high], or a list of values");
    else if (values[KEY_AXIS_range] != NULL && axis->nominal)
        spiral_reader_error(reader, values[KEY_AXIS_range], path,
                            "a doctrine has no range; give the names of presets as values");
    else if (values[KEY_AXIS_range] != NULL && values[KEY_AXIS_weights] != NULL)
        spiral_reader_error(reader, values[KEY_AXIS_weights], path,
                            "'weights' belongs to values, not to a range");
    else if (values[KEY_AXIS_range] != NULL)
        read_range(reader, values, path, low, high, axis);
    else
        read_values(reader, values, path, low, high, axis);
    if (values[KEY_AXIS_group] != NULL)
        axis->group = find_or_add_group(experiment, reader, values[KEY_AXIS_group], &group) + 1;
}

void spiral_experiment_read_axes(struct spiral_experiment_reading *reading,
                                 struct spiral_reader *reader, const yaml_node_t *axes,
                                 const yaml_node_t *groups)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "vary"};
    const int count = axes == NULL ? 0 : spiral_read_sequence(reader, axes, &path, "axes");

    if (count > SPIRAL_MAX_AXES)
        spiral_reader_error(reader, axes, &path, "%d axes; expected at most %d", count,
                            SPIRAL_MAX_AXES);
    if (count <= 0 || count > SPIRAL_MAX_AXES)
        return; /* without an axis there is one point: the baseline */
    experiment->axes = calloc((size_t)count, sizeof *experiment->axes);
    reader->out_of_memory = reader->out_of_memory || experiment->axes == NULL;

    for (int i = 0; i < count && experiment->axes != NULL; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_axis(reading, reader, spiral_sequence_at(reader, axes, i), &here);
    }

    read_groups(experiment, reader, groups);
    for (size_t a = 0; a < experiment->axis_count; a++)
        if (experiment->axes[a].group > 0)
            experiment->axes[a].correlation =
                experiment->groups[experiment->axes[a].group - 1].correlation;
}
