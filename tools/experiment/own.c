/* SPDX-License-Identifier: MIT
 *
 * The outcomes of an experiment's own: names, expressions and labels.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/dates.h"
#include "tools/experiment/keys.h"

struct spiral_run_dates spiral_experiment_dates(const struct spiral_experiment *experiment,
                                                const struct spiral_experiment_case *one)
{
    const struct spiral_plan_options *run = &experiment->run;
    const double dt = run->dt > 0.0 ? run->dt : one->scenario.dt;
    const double end = run->until > 0.0 ? run->until : one->scenario.end;

    return (struct spiral_run_dates){one->scenario.start, dt,
                                     spiral_step_count(one->scenario.start, end, dt)};
}

enum spiral_status spiral_experiment_own_expression(const struct spiral_experiment *experiment,
                                                    size_t own,
                                                    const struct spiral_experiment_case *one,
                                                    struct spiral_expression *expression,
                                                    struct spiral_error *error)
{
    const struct spiral_run_dates dates = spiral_experiment_dates(experiment, one);

    return spiral_expression_parse(expression, experiment->own[own].expression, &one->scenario,
                                   &dates, error);
}

struct spiral_measure spiral_experiment_own_measure(const struct spiral_experiment *experiment,
                                                    size_t own,
                                                    const struct spiral_expression *expressions,
                                                    size_t stride)
{
    const struct spiral_own_outcome *outcome = &experiment->own[own];
    const char *label = outcome->label_en != NULL ? outcome->label_en : outcome->expression;
    struct spiral_measure measure = {
        .name = outcome->name,
        .unit = expressions->years ? "y" : "1",
        .kind = expressions->event ? SPIRAL_MEASURE_event : SPIRAL_MEASURE_number,
        .low = expressions->low,
        .high = expressions->high,
        .label_en = label,
        .label_zh = outcome->label_zh != NULL ? outcome->label_zh : label,
    };

    for (size_t c = 1; c < experiment->case_count; c++) {
        const struct spiral_expression *other = &expressions[c * stride];
        measure.low = other->low < measure.low ? other->low : measure.low;
        measure.high = other->high > measure.high ? other->high : measure.high;
    }

    return measure;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Reads the expression against every case: the first error of each is reported. */
static void check_expression(struct spiral_experiment_reading *reading,
                             struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, size_t own)
{
    struct spiral_experiment *experiment = reading->experiment;

    for (size_t c = 0; c < experiment->case_count && reading->cases_known; c++) {
        const struct spiral_experiment_case *one = &experiment->cases[c];
        struct spiral_expression expression;
        struct spiral_error error = {.column = 0};

        if (spiral_experiment_dates(experiment, one).steps < 1)
            return; /* the run does not fit, which is said elsewhere */
        if (spiral_experiment_own_expression(experiment, own, one, &expression, &error) ==
            SPIRAL_OK)
            continue;

        spiral_reader_error_within(reader, node, error.column - 1, path, "%s%s%s",
                                   c > 0 ? one->name : "", c > 0 ? ": " : "", error.message);
        return;
    }
}

/* Reads the name of the next outcome; false, with a report, where it is none. */
static bool read_name(const struct spiral_experiment *experiment, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path, char *name)
{
    if (!spiral_read_identifier(reader, node, path, "abcdefghijklmnopqrstuvwxyz0123456789_",
                                "a to z, digits and _", SPIRAL_OWN_NAME_SIZE - 1, name))
        return false;

    bool taken = spiral_names_find(spiral_names_of(spiral_outcome_fields, SPIRAL_OUTCOMES, name),
                                   name) >= 0 ||
                 strcmp(name, "all") == 0;

    if (taken)
        spiral_reader_error(reader, node, path,
                            "'%s' is an outcome of the table; give yours another name", name);
    else if (name[0] < 'a')
        spiral_reader_error(reader, node, path, "'%s' begins with no letter", name);
    for (size_t o = 0; o < experiment->own_count && !taken; o++)
        if (strcmp(experiment->own[o].name, name) == 0) {
            spiral_reader_error(reader, node, path, "duplicate outcome '%s'", name);
            taken = true;
        }

    return !taken && name[0] >= 'a';
}

/* One line of text without control letters; false, with a report, where it is not. */
static bool read_label(struct spiral_reader *reader, const yaml_node_t *node,
                       const struct spiral_path *path, char **label)
{
    return node == NULL || spiral_read_string(reader, node, path, label);
}

static void read_outcome(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                         const yaml_node_t *key, const yaml_node_t *value,
                         const struct spiral_path *path)
{
    struct spiral_experiment *experiment = reading->experiment;
    struct spiral_own_outcome *outcome = &experiment->own[experiment->own_count];
    char name[SPIRAL_OWN_NAME_SIZE] = "";

    if (!read_name(experiment, reader, key, path, name))
        return;

    const struct spiral_path here = {.up = path, .key = name};
    const struct spiral_path is = {.up = &here, .key = "is"};
    const struct spiral_path en = {.up = &here, .key = "en"};
    const struct spiral_path zh = {.up = &here, .key = "zh"};
    const yaml_node_t *values[KEYS] = {NULL};
    const bool map = spiral_node_is_mapping(value);

    if (map && !spiral_read_mapping(reader, value, &here, MAPPING_OUTCOME, values))
        return;

    const yaml_node_t *node = map ? values[KEY_OUTCOME_is] : value;

    if (node == NULL || !spiral_read_string(reader, node, map ? &is : &here, &outcome->expression))
        return;
    strcpy(outcome->name, name);
    experiment->own_count++;

    if (!map || (read_label(reader, values[KEY_OUTCOME_en], &en, &outcome->label_en) &&
                 read_label(reader, values[KEY_OUTCOME_zh], &zh, &outcome->label_zh)))
        check_expression(reading, reader, node, map ? &is : &here, experiment->own_count - 1);
}

void spiral_experiment_read_own(struct spiral_experiment_reading *reading,
                                struct spiral_reader *reader, const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "outcomes"};
    const int count = spiral_read_free_mapping(reader, node, &path, "names and expressions");

    if (count > SPIRAL_MAX_OWN_OUTCOMES)
        spiral_reader_error(reader, node, &path, "%d outcomes; expected at most %d", count,
                            SPIRAL_MAX_OWN_OUTCOMES);
    if (count <= 0 || count > SPIRAL_MAX_OWN_OUTCOMES)
        return;

    experiment->own = calloc((size_t)count, sizeof *experiment->own);
    reader->out_of_memory = reader->out_of_memory || experiment->own == NULL;

    for (int i = 0; i < count && !reader->out_of_memory; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);
        if (key != NULL && value != NULL)
            read_outcome(reading, reader, key, value, &path);
    }
}
