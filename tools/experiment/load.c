/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/constant_sets.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "tools/experiment/keys.h"

enum { MOST_REPLICATES = 1000000000, MOST_POINTS = 100000000, MOST_LEVELS = 1000 };

static const char *const mapping_names[MAPPINGS] = {"the experiment", "an axis",
                                                    "a group",        "a policy",
                                                    "a design",       "run",
                                                    "an outcome",     "stop",
                                                    "converge",       "keep"};
static const struct spiral_schema_key keys[KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) \
    {MAPPING_##mapping, #key, kind, doc, required},
#include "tools/experiment/fields.def"
};
static const struct spiral_schema schema = {mapping_names, keys, KEYS};

/* --- scenarios -------------------------------------------------------------------------------- */

/* Reads a scenario's text; the first of its errors is reported where the experiment names it. */
static bool read_case_text(struct spiral_reader *reader, const yaml_node_t *node,
                           const struct spiral_path *path, struct spiral_experiment_case *one,
                           const char *file)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL) {
        reader->out_of_memory = true;
        return false;
    }

    spiral_diagnostics_init(diagnostics);
    enum spiral_status status;

    if (one->text == NULL)
        one->text = spiral_document_read_file(file, &one->length, diagnostics, &status);
    if (one->text != NULL)
        status =
            spiral_scenario_load_text(&one->scenario, one->text, one->length, file, diagnostics);

    const struct spiral_error *first = &diagnostics->errors[0];

    if (status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (status == SPIRAL_IO) {
        char advice[SPIRAL_CASE_ADVICE];
        spiral_case_advice(one->given, advice);
        spiral_reader_error(reader, node, path, "%s: %s; %s", file, first->message, advice);
    } else if (status != SPIRAL_OK && first->line == 0)
        spiral_reader_error(reader, node, path, "%s: %s", file, first->message);
    else if (status != SPIRAL_OK)
        spiral_reader_error(reader, node, path, "%s:%d:%d: %s%s%s (`spiral check` shows all)",
                            first->file, first->line, first->column, first->path,
                            first->path[0] != '\0' ? ": " : "", first->message);
    free(diagnostics);

    return status == SPIRAL_OK;
}

/* Whether all of it comes from a store, and nothing from files. */
static bool is_stored(const struct spiral_experiment_reading *reading)
{
    return reading->given != NULL && reading->given->is_all;
}

/* Copies the text of a case that was given; a store has them all. */
static void take_given_text(const struct spiral_experiment_reading *reading,
                            struct spiral_reader *reader, struct spiral_experiment_case *one,
                            size_t index)
{
    const struct spiral_experiment_given *given = reading->given;

    if (given == NULL)
        return;

    /* A store has the text of each case, of one scenario as many as there are policies. */
    const size_t each = given->is_all ? given->case_count / reading->scenario_count : 1;
    const size_t at = index * (each > 0 ? each : 1);

    if (at < given->case_count)
        one->text = strdup(given->case_texts[at]);
    one->length = one->text == NULL ? 0 : strlen(one->text);
    reader->out_of_memory =
        reader->out_of_memory || (one->text == NULL && (given->is_all || at < given->case_count));
}

static bool read_case(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    struct spiral_experiment *experiment = reading->experiment;
    const size_t index = experiment->case_count;
    struct spiral_experiment_case *one = &experiment->cases[index];
    char file[4096];

    one->scenario = spiral_scenario_defaults();
    if (!spiral_read_string(reader, node, path, &one->given))
        return false;
    experiment->case_count++;
    spiral_case_file(one->given, file, sizeof file);
    if (is_stored(reading))
        snprintf(file, sizeof file, "%s", one->given);
    take_given_text(reading, reader, one, index);

    if (reader->out_of_memory || !read_case_text(reader, node, path, one, file))
        return false;

    memcpy(one->name, one->scenario.name, sizeof one->scenario.name);
    for (size_t other = 0; other < index; other++)
        if (strcmp(experiment->cases[other].scenario.name, one->scenario.name) == 0) {
            spiral_reader_error(reader, node, path, "duplicate scenario '%s'", one->scenario.name);
            return false;
        }

    return true;
}

static void read_cases(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "scenarios"};
    const int count = spiral_read_sequence(reader, node, &path, "scenarios");

    if (count == 0 || count > SPIRAL_MAX_SCENARIOS)
        spiral_reader_error(reader, node, &path, "%d scenarios; expected 1 to %d", count,
                            SPIRAL_MAX_SCENARIOS);
    if (count <= 0 || count > SPIRAL_MAX_SCENARIOS)
        return;
    experiment->cases = calloc((size_t)count, sizeof *experiment->cases);
    reading->scenario_count = (size_t)count;
    reader->out_of_memory = reader->out_of_memory || experiment->cases == NULL;
    reading->cases_known = !reader->out_of_memory;

    for (int i = 0; i < count && !reader->out_of_memory; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const bool good = read_case(reading, reader, spiral_sequence_at(reader, node, i), &here);
        reading->cases_known = reading->cases_known && good;
    }
}

/* --- constants -------------------------------------------------------------------------------- */

/* Reads the table in sets_text; `file` stands for it in errors. */
static void read_sets(struct spiral_experiment *experiment, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path, const char *file)
{
    struct spiral_error error = {.line = 0};
    const enum spiral_status status =
        spiral_constant_sets_load_text(&experiment->sets, experiment->sets_text,
                                       strlen(experiment->sets_text), file, &error);

    if (status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (status != SPIRAL_OK)
        spiral_reader_error(reader, node, path, "%s:%d:%d: %s", file, error.line, error.column,
                            error.message);
}

/* The text of a table that has a file; reported where it cannot be read. */
static char *read_table_file(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, const char *file)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    enum spiral_status status = SPIRAL_NO_MEMORY;
    size_t length;
    char *text = NULL;

    if (diagnostics != NULL) {
        spiral_diagnostics_init(diagnostics);
        text = spiral_document_read_file(file, &length, diagnostics, &status);
    }

    if (text == NULL && status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (text == NULL)
        spiral_reader_error(reader, node, path,
                            "%s: %s; expected posterior, point or the path of a table", file,
                            diagnostics->errors[0].message);
    free(diagnostics);

    return text;
}

/* Which sets of constants runs are spread over: what was given, else what the file says, else the
 * posterior where it is there. */
static void read_constants(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                           const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "constants"};
    char *choice = NULL;
    char file[4096];

    if (node != NULL && !spiral_read_string(reader, node, &path, &choice))
        return;

    const bool shipped = choice == NULL || strcmp(choice, "posterior") == 0;

    if (choice == NULL && !is_stored(reading))
        choice = strdup("posterior");

    if (reading->given != NULL && (reading->given->is_all || reading->given->sets_text != NULL)) {
        const char *text = reading->given->sets_text;
        snprintf(file, sizeof file, "%s", "the table of constants");
        experiment->sets_text = text != NULL && choice != NULL ? strdup(text) : NULL;
        reader->out_of_memory =
            reader->out_of_memory || (text != NULL && choice != NULL && !experiment->sets_text);
        if (choice != NULL && text == NULL)
            spiral_reader_error(reader, node, &path, "the table of constants is not there");
    } else if (choice == NULL)
        reader->out_of_memory = true;
    else if (shipped ? spiral_posterior_file(file, sizeof file) : strcmp(choice, "point") != 0) {
        if (!shipped)
            snprintf(file, sizeof file, "%s", choice);
        experiment->sets_text = read_table_file(reader, node, &path, file);
    } else if (shipped && node != NULL)
        spiral_reader_error(reader, node, &path, "no posterior is installed beside the cases");

    if (experiment->sets_text != NULL)
        read_sets(experiment, reader, node, &path, file);
    if (experiment->sets_text != NULL)
        experiment->constants = choice;
    else
        free(choice);
}

/* --- design, run, stop, keep ------------------------------------------------------------------ */

static void read_list(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    struct spiral_experiment *experiment = reading->experiment;
    struct spiral_error error;
    double *list = NULL;

    if (!spiral_read_string(reader, node, path, &experiment->list_file) || is_stored(reading) ||
        experiment->axis_count == 0)
        return;

    const enum spiral_status status =
        spiral_list_load(&list, &experiment->design.list_points, experiment->list_file,
                         experiment->axes, experiment->axis_count, &error);

    experiment->design.list = list;
    if (status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (status != SPIRAL_OK && error.column > 0)
        spiral_reader_error(reader, node, path, "%s:%d:%d: %s", error.file, error.line,
                            error.column, error.message);
    else if (status != SPIRAL_OK && error.line > 0)
        spiral_reader_error(reader, node, path, "%s:%d: %s", error.file, error.line, error.message);
    else if (status != SPIRAL_OK)
        spiral_reader_error(reader, node, path, "%s: %s", error.file, error.message);
}

static void read_design(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                        const yaml_node_t *root, const yaml_node_t *node)
{
    struct spiral_design_request *design = &reading->experiment->design;
    const struct spiral_path path = {.key = "design"};
    const struct spiral_path kind = {.up = &path, .key = "kind"};
    const struct spiral_path points = {.up = &path, .key = "points"};
    const struct spiral_path seed = {.up = &path, .key = "seed"},
                             levels = {.up = &path, .key = "levels"},
                             file = {.up = &path, .key = "file"};
    const struct spiral_path second = {.up = &path, .key = "second_order"};
    const yaml_node_t *values[KEYS];
    uint64_t number;

    design->seed = reading->experiment->seed;
    if (node == NULL && reading->experiment->axis_count > 0)
        spiral_reader_error(reader, root, NULL, "the key 'design' is missing: how points are made");
    if (node == NULL || !spiral_read_mapping(reader, node, &path, MAPPING_DESIGN, values))
        return;

    const char *name =
        spiral_read_scalar(reader, values[KEY_DESIGN_kind], &kind, "a design's name");
    int found = -1;

    for (int d = 0; d < SPIRAL_DESIGNS && name != NULL; d++)
        found = strcmp(spiral_design_names[d], name) == 0 ? d : found;
    if (name != NULL && found < 0)
        spiral_reader_unknown(reader, values[KEY_DESIGN_kind], &kind, "design", name,
                              spiral_names_in(spiral_design_names, SPIRAL_DESIGNS));
    design->kind = found < 0 ? SPIRAL_DESIGN_grid : (enum spiral_design_kind)found;
    if (spiral_read_whole_number(reader, values[KEY_DESIGN_points], &points, 1, MOST_POINTS,
                                 &number))
        design->points = number;
    spiral_read_whole_number(reader, values[KEY_DESIGN_seed], &seed, 0, UINT64_MAX, &design->seed);

    if (spiral_read_whole_number(reader, values[KEY_DESIGN_levels], &levels, 2, MOST_LEVELS,
                                 &number)) {
        design->levels = (int)number;
        if (number % 2 != 0)
            spiral_reader_error(reader, values[KEY_DESIGN_levels], &levels,
                                "%d levels; expected an even number", design->levels);
    }

    spiral_read_boolean(reader, values[KEY_DESIGN_second_order], &second, &design->second_order);
    if (found == SPIRAL_DESIGN_list && values[KEY_DESIGN_file] == NULL)
        spiral_reader_error(reader, node, &path,
                            "a list needs a file: a CSV file whose first line names the axes");
    else if (found >= 0 && found != SPIRAL_DESIGN_list && values[KEY_DESIGN_file] != NULL)
        spiral_reader_error(reader, values[KEY_DESIGN_file], &file,
                            "only the design list has a file, not %s", spiral_design_names[found]);
    else if (values[KEY_DESIGN_file] != NULL)
        read_list(reading, reader, values[KEY_DESIGN_file], &file);
}

/* How scenarios are run; it must fit them all. */
static void read_run(struct spiral_experiment_reading *reading, struct spiral_reader *reader,
                     const yaml_node_t *node)
{
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path path = {.key = "run"};
    const struct spiral_path until = {.up = &path, .key = "until"};
    const struct spiral_path dt = {.up = &path, .key = "dt"};
    const struct spiral_path free_running = {.up = &path, .key = "free"};
    const struct spiral_path assimilate = {.up = &path, .key = "assimilate"};
    const struct spiral_path war_ends = {.up = &path, .key = "war_ends"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, &path, MAPPING_RUN, values))
        return;

    const size_t before = reader->diagnostics->count;

    spiral_read_date(reader, values[KEY_RUN_until], &until, &experiment->run.until,
                     experiment->until);
    spiral_read_step(reader, values[KEY_RUN_dt], &dt, &experiment->run.dt);
    spiral_read_boolean(reader, values[KEY_RUN_free], &free_running, &experiment->run.free_running);
    spiral_read_boolean(reader, values[KEY_RUN_assimilate], &assimilate,
                        &experiment->run.assimilate);
    spiral_read_boolean(reader, values[KEY_RUN_war_ends], &war_ends, &experiment->run.war_ends);

    for (size_t p = 0; p < experiment->policy_count && experiment->run.free_running; p++)
        for (int part = 0; part < SPIRAL_POLICY_PARTS; part++)
            if (experiment->policies[p].parts[part].count > 0)
                spiral_reader_error(reader, values[KEY_RUN_free], &free_running,
                                    "a free run drops the timeline, and with it the %s of the "
                                    "policy '%s'",
                                    spiral_policy_part_keys[part], experiment->policies[p].name);

    for (size_t c = 0;
         c < experiment->case_count && reading->cases_known && reader->diagnostics->count == before;
         c++) {
        const struct spiral_scenario *scenario = &experiment->cases[c].scenario;
        struct spiral_error error;
        struct spiral_plan *plan;
        const enum spiral_status status =
            spiral_plan_create(&plan, scenario, &reading->constants, &experiment->run, &error);

        if (status == SPIRAL_NO_MEMORY)
            reader->out_of_memory = true;
        else if (status != SPIRAL_OK)
            spiral_reader_error(reader, node, &path, "%s: %s", experiment->cases[c].name,
                                error.message);
        spiral_plan_destroy(plan);
    }
}

static void read_stop(struct spiral_experiment *experiment, struct spiral_reader *reader,
                      const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "stop"};
    const struct spiral_path outcome = {.up = &path, .key = "outcome"};
    const struct spiral_path width = {.up = &path, .key = "half_width"};
    const struct spiral_path replicates = {.up = &path, .key = "replicates"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, &path, MAPPING_STOP, values))
        return;

    const char *name =
        spiral_read_scalar(reader, values[KEY_STOP_outcome], &outcome, "war or force");

    for (int i = SPIRAL_OUTCOME_war; i <= SPIRAL_OUTCOME_force; i++)
        if (name != NULL && (i == SPIRAL_OUTCOME_war || i == SPIRAL_OUTCOME_force) &&
            strcmp(name, spiral_outcome_fields[i].name) == 0)
            experiment->stop.outcome = i;
    if (name != NULL && experiment->stop.outcome < 0)
        spiral_reader_error(reader, values[KEY_STOP_outcome], &outcome,
                            "'%.60s' is not a risk; expected war or force", name);
    spiral_read_number(reader, values[KEY_STOP_half_width], &width, 1e-4, 0.5,
                       &experiment->stop.half_width);
    spiral_read_whole_number(reader, values[KEY_STOP_replicates], &replicates,
                             experiment->replicates, MOST_REPLICATES, &experiment->stop.replicates);
}

/* Keeps the outcome of a rule; false, with a report, where there is none of this name. */
static bool keep_outcome(struct spiral_experiment *experiment, struct spiral_reader *reader,
                         const yaml_node_t *node, const struct spiral_path *path, const char *name)
{
    const struct spiral_names known = spiral_names_of(spiral_outcome_fields, SPIRAL_OUTCOMES, name);
    const int found = spiral_names_find(known, name);
    bool own = false;

    for (size_t o = 0; o < experiment->own_count; o++)
        own = own || strcmp(experiment->own[o].name, name) == 0;

    if (found >= 0 && spiral_outcome_kind((enum spiral_outcome_name)found) == SPIRAL_MEASURE_date) {
        spiral_reader_error(reader, node, path,
                            "'%s' is a date, which not every run has; expected another outcome",
                            name);
        return false;
    }

    if (found >= 0)
        experiment->kept[found] = true;
    else if (!own)
        spiral_reader_unknown(reader, node, path, "outcome", name, known);

    return found >= 0 || own;
}

static void read_converge(struct spiral_experiment *experiment, struct spiral_reader *reader,
                          const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "converge"};
    const struct spiral_path outcome = {.up = &path, .key = "outcome"};
    const struct spiral_path width = {.up = &path, .key = "half_width"};
    const struct spiral_path points = {.up = &path, .key = "points"};
    struct spiral_converge_rule *rule = &experiment->converge;
    const yaml_node_t *values[KEYS];
    uint64_t most = 0;

    if (!spiral_read_mapping(reader, node, &path, MAPPING_CONVERGE, values))
        return;
    if (experiment->axis_count > 0 && !spiral_design_is_sequence(experiment->design.kind))
        spiral_reader_error(reader, node, &path,
                            "a design of kind %s cannot be extended: its points depend on how many "
                            "there are; random, sobol, saltelli and morris can",
                            spiral_design_names[experiment->design.kind]);
    if (experiment->axis_count == 0)
        spiral_reader_error(reader, node, &path, "nothing varies, so there are no indices");

    const char *name =
        spiral_read_scalar(reader, values[KEY_CONVERGE_outcome], &outcome, "an outcome");

    if (name != NULL &&
        keep_outcome(experiment, reader, values[KEY_CONVERGE_outcome], &outcome, name))
        snprintf(rule->outcome, sizeof rule->outcome, "%s", name);
    spiral_read_number(reader, values[KEY_CONVERGE_half_width], &width, 1e-6, 1e6,
                       &rule->half_width);
    if (spiral_read_whole_number(reader, values[KEY_CONVERGE_points], &points,
                                 experiment->design.points > 0 ? experiment->design.points : 1,
                                 MOST_POINTS, &most))
        rule->points = (size_t)most;
}

static void read_outcomes(struct spiral_experiment *experiment, struct spiral_reader *reader,
                          const yaml_node_t *node, const struct spiral_path *path)
{
    if (node == NULL)
        return;
    const char *all =
        spiral_node_is_scalar(node) ? spiral_read_scalar(reader, node, path, "outcomes") : NULL;

    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        experiment->kept[i] = all != NULL && strcmp(all, "all") == 0;
    if (experiment->kept[0])
        return;

    const int count = spiral_read_sequence(reader, node, path, "outcomes, or the word all");

    if (count == 0)
        spiral_reader_error(reader, node, path, "no outcomes; expected one or more");

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = path, .index = i};
        const yaml_node_t *item = spiral_sequence_at(reader, node, i);
        const char *name = spiral_read_scalar(reader, item, &here, "an outcome");
        int found = -1;
        for (int o = 0; o < SPIRAL_OUTCOMES && name != NULL; o++)
            found = strcmp(spiral_outcome_fields[o].name, name) == 0 ? o : found;
        if (name != NULL && found < 0)
            spiral_reader_unknown(reader, item, &here, "outcome", name,
                                  spiral_names_of(spiral_outcome_fields, SPIRAL_OUTCOMES, name));
        else if (found >= 0)
            experiment->kept[found] = true;
    }
}

static void read_keep(struct spiral_experiment *experiment, struct spiral_reader *reader,
                      const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "keep"};
    const struct spiral_path outcomes = {.up = &path, .key = "outcomes"};
    const struct spiral_path runs = {.up = &path, .key = "runs"};
    const struct spiral_path trajectories = {.up = &path, .key = "trajectories"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, &path, MAPPING_KEEP, values))
        return;
    read_outcomes(experiment, reader, values[KEY_KEEP_outcomes], &outcomes);
    spiral_read_boolean(reader, values[KEY_KEEP_runs], &runs, &experiment->keep_runs);
    spiral_read_whole_number(reader, values[KEY_KEEP_trajectories], &trajectories, 0,
                             MOST_REPLICATES, &experiment->trajectories);
}

/* --- a file ---------------------------------------------------------------------------------- */

static void read_file(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct spiral_experiment_reading *reading = context;
    struct spiral_experiment *experiment = reading->experiment;
    const struct spiral_path name = {.key = "experiment"}, replicates = {.key = "replicates"},
                             seed = {.key = "seed"}, independent = {.key = "independent"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, root, NULL, MAPPING_FILE, values))
        return;
    spiral_read_identifier(reader, values[KEY_FILE_experiment], &name,
                           "abcdefghijklmnopqrstuvwxyz0123456789_-", "a to z, digits, - and _",
                           sizeof experiment->name - 1, experiment->name);
    spiral_read_whole_number(reader, values[KEY_FILE_replicates], &replicates, 1, MOST_REPLICATES,
                             &experiment->replicates);
    spiral_read_whole_number(reader, values[KEY_FILE_seed], &seed, 0, UINT64_MAX,
                             &experiment->seed);
    spiral_read_boolean(reader, values[KEY_FILE_independent], &independent,
                        &experiment->independent);
    read_cases(reading, reader, values[KEY_FILE_scenarios]);
    spiral_experiment_read_policies(reading, reader, values[KEY_FILE_policies]);
    spiral_experiment_read_settings(reading, reader, values[KEY_FILE_set]);
    spiral_experiment_read_axes(reading, reader, values[KEY_FILE_vary], values[KEY_FILE_groups]);
    read_design(reading, reader, root, values[KEY_FILE_design]);
    read_constants(reading, reader, values[KEY_FILE_constants]);
    read_run(reading, reader, values[KEY_FILE_run]);
    spiral_experiment_read_own(reading, reader, values[KEY_FILE_outcomes]);
    read_keep(experiment, reader, values[KEY_FILE_keep]);
    read_stop(experiment, reader, values[KEY_FILE_stop]);
    if (experiment->stop.outcome >= 0)
        experiment->kept[experiment->stop.outcome] = true;
    read_converge(experiment, reader, values[KEY_FILE_converge]);
}

enum spiral_status spiral_experiment_load_text(struct spiral_experiment *experiment,
                                               const char *text, size_t length, const char *name,
                                               const struct spiral_experiment_given *given,
                                               struct spiral_diagnostics *diagnostics)
{
    struct spiral_experiment_reading reading = {.experiment = experiment,
                                                .given = given,
                                                .constants = spiral_constants_defaults()};
    struct spiral_reader reader;

    *experiment = spiral_experiment_defaults();
    spiral_document_load(&reader, &schema, text, length, name, "an experiment", diagnostics,
                         read_file, &reading);
    free(reading.found);

    const enum spiral_status status = spiral_document_status(&reader);

    if (status != SPIRAL_OK)
        spiral_experiment_clear(experiment);

    return status;
}

bool spiral_experiment_is(const char *text)
{
    return spiral_whole_input_has_key(text, "experiment");
}

enum spiral_status spiral_experiment_load(struct spiral_experiment *experiment, const char *path,
                                          struct spiral_diagnostics *diagnostics)
{
    size_t length = 0;
    enum spiral_status status;

    *experiment = spiral_experiment_defaults();

    char *text = spiral_document_read_file(path, &length, diagnostics, &status);

    if (text == NULL)
        return status;
    status = spiral_experiment_load_text(experiment, text, length, spiral_whole_input_name(path),
                                         NULL, diagnostics);
    free(text);

    return status;
}
