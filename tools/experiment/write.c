/* SPDX-License-Identifier: MIT
 *
 * The canonical text of an experiment.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/experiment/experiment.h"

/* A number in as few digits as give the same bits. */
static void write_number(double value, FILE *out)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }

    fputs(text, out);
}

/* A text in double quotes. */
static void write_text(const char *text, FILE *out)
{
    fputc('"', out);
    for (const unsigned char *letter = (const unsigned char *)text; *letter != '\0'; letter++) {
        if (*letter == '"' || *letter == '\\')
            fprintf(out, "\\%c", *letter);
        else if (*letter < 0x20 || *letter == 0x7f)
            fprintf(out, "\\x%02x", *letter);
        else
            fputc(*letter, out);
    }

    fputc('"', out);
}

static const char *boolean_text(bool value) { return value ? "true" : "false"; }

static void write_axis(const struct spiral_experiment *experiment, const struct spiral_axis *axis,
                       FILE *out)
{
    fputs("  - {name: ", out);
    write_text(axis->name, out);
    fputs(axis->count > 0 ? ", values: [" : ", range: [", out);

    for (size_t i = 0; i < axis->count; i++) {
        fputs(i > 0 ? ", " : "", out);
        if (axis->nominal)
            fputs(spiral_doctrines[(int)axis->values[i]].name, out);
        else
            write_number(axis->values[i], out);
    }

    if (axis->count == 0) {
        write_number(axis->low, out);
        fputs(", ", out);
        write_number(axis->high, out);
    }

    for (size_t i = 0; i < axis->count && axis->weights != NULL; i++) {
        fputs(i > 0 ? ", " : "], weights: [", out);
        write_number(axis->weights[i], out);
    }

    const int numbers = spiral_distribution_numbers[axis->distribution];

    if (numbers > 0)
        fprintf(out, "], distribution: %s, shape: [",
                spiral_distribution_names[axis->distribution]);
    for (int i = 0; i < numbers; i++) {
        fputs(i > 0 ? ", " : "", out);
        write_number(axis->shape[i], out);
    }

    fprintf(out, "]%s%s", axis->log ? ", scale: log" : "", axis->integer ? ", integer: true" : "");
    if (axis->group > 0)
        fprintf(out, ", group: \"%s\"", experiment->groups[axis->group - 1].name);
    fputs("}\n", out);
}

static void write_design(const struct spiral_experiment *experiment, FILE *out)
{
    const struct spiral_design_request *design = &experiment->design;

    fprintf(out, "design: {kind: %s", spiral_design_names[design->kind]);
    if (design->points > 0)
        fprintf(out, ", points: %zu", design->points);
    if (design->levels > 0)
        fprintf(out, ", levels: %d", design->levels);
    if (design->second_order)
        fputs(", second_order: true", out);

    if (experiment->list_file != NULL) {
        fputs(", file: ", out);
        write_text(experiment->list_file, out);
    }

    fprintf(out, ", seed: %llu}\n", (unsigned long long)design->seed);
}

static void write_run(const struct spiral_experiment *experiment, FILE *out)
{
    const struct spiral_plan_options *run = &experiment->run;

    fputs("run: {", out);
    if (experiment->until[0] != '\0')
        fprintf(out, "until: \"%s\", ", experiment->until);

    if (run->dt > 0.0) {
        fputs("dt: ", out);
        write_number(run->dt, out);
        fputs(", ", out);
    }

    fprintf(out, "free: %s, assimilate: %s, war_ends: %s}\n", boolean_text(run->free_running),
            boolean_text(run->assimilate), boolean_text(run->war_ends));
}

static void write_keep(const struct spiral_experiment *experiment, FILE *out)
{
    const char *comma = "";

    fputs("keep: {outcomes: [", out);

    for (int i = 0; i < SPIRAL_OUTCOMES; i++) {
        if (!experiment->kept[i])
            continue;
        fprintf(out, "%s%s", comma, spiral_outcome_fields[i].name);
        comma = ", ";
    }

    fprintf(out, "], runs: %s, trajectories: %llu}\n", boolean_text(experiment->keep_runs),
            (unsigned long long)experiment->trajectories);
}

static void write_own(const struct spiral_own_outcome *own, FILE *out)
{
    fprintf(out, "  %s: {is: ", own->name);
    write_text(own->expression, out);

    if (own->label_en != NULL) {
        fputs(", en: ", out);
        write_text(own->label_en, out);
    }

    if (own->label_zh != NULL) {
        fputs(", zh: ", out);
        write_text(own->label_zh, out);
    }

    fputs("}\n", out);
}

static void write_policy(const struct spiral_policy *policy, FILE *out)
{
    fputs("  - {name: ", out);
    write_text(policy->name, out);

    for (int part = 0; part < SPIRAL_POLICY_PARTS; part++) {
        const struct spiral_policy_list *list = &policy->parts[part];
        if (list->count > 0)
            fprintf(out, ", %s: [", spiral_policy_part_keys[part]);

        for (size_t i = 0; i < list->count; i++) {
            fputs(i > 0 ? ", " : "", out);
            write_text(list->items[i], out);
        }

        if (list->count > 0)
            fputc(']', out);
    }

    for (size_t s = 0; s < policy->setting_count; s++) {
        fputs(s == 0 ? ", set: {" : ", ", out);
        write_text(policy->settings[s].name, out);
        fputs(": ", out);
        write_number(policy->settings[s].value, out);
        fputs(s + 1 == policy->setting_count ? "}" : "", out);
    }

    fputs("}\n", out);
}

void spiral_experiment_write(const struct spiral_experiment *experiment, FILE *out)
{
    const size_t policies = spiral_experiment_policies(experiment);

    fprintf(out, "experiment: \"%s\"\nscenarios: [", experiment->name);
    for (size_t c = 0; c < experiment->case_count; c += policies) {
        fputs(c > 0 ? ", " : "", out);
        write_text(experiment->cases[c].given, out);
    }

    fputs(experiment->axis_count > 0 ? "]\nvary:\n" : "]\n", out);
    for (size_t a = 0; a < experiment->axis_count; a++)
        write_axis(experiment, &experiment->axes[a], out);

    for (size_t g = 0; g < experiment->group_count; g++) {
        fprintf(out, "%s  \"%s\": {correlation: ", g == 0 ? "groups:\n" : "",
                experiment->groups[g].name);
        write_number(experiment->groups[g].correlation, out);
        fputs("}\n", out);
    }

    for (size_t p = 0; p < experiment->policy_count; p++) {
        fputs(p == 0 ? "policies:\n" : "", out);
        write_policy(&experiment->policies[p], out);
    }

    write_design(experiment, out);
    fprintf(out, "replicates: %llu\nseed: %llu\nindependent: %s\n",
            (unsigned long long)experiment->replicates, (unsigned long long)experiment->seed,
            boolean_text(experiment->independent));

    for (size_t s = 0; s < experiment->setting_count; s++) {
        fputs(s == 0 ? "set:\n  " : "  ", out);
        write_text(experiment->settings[s].name, out);
        fputs(": ", out);
        write_number(experiment->settings[s].value, out);
        fputc('\n', out);
    }

    if (experiment->constants != NULL) {
        fputs("constants: ", out);
        write_text(experiment->constants, out);
        fputc('\n', out);
    }

    write_run(experiment, out);
    for (size_t o = 0; o < experiment->own_count; o++) {
        fputs(o == 0 ? "outcomes:\n" : "", out);
        write_own(&experiment->own[o], out);
    }

    if (experiment->stop.outcome >= 0) {
        fprintf(out, "stop: {outcome: %s, half_width: ",
                spiral_outcome_fields[experiment->stop.outcome].name);
        write_number(experiment->stop.half_width, out);
        fprintf(out, ", replicates: %llu}\n", (unsigned long long)experiment->stop.replicates);
    }

    if (experiment->converge.outcome[0] != '\0') {
        fprintf(out, "converge: {outcome: %s, half_width: ", experiment->converge.outcome);
        write_number(experiment->converge.half_width, out);
        fprintf(out, ", points: %zu}\n", experiment->converge.points);
    }

    write_keep(experiment, out);
}
