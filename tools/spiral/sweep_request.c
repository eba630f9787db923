/* SPDX-License-Identifier: MIT */
#include "tools/spiral/sweep_request.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "tools/cli/command.h"
#include "tools/design/design.h"

/* Writes `length` letters of a text in double quotes. */
static void write_text(const char *text, size_t length, FILE *out)
{
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        const unsigned char letter = (unsigned char)text[i];
        if (letter == '"' || letter == '\\')
            fprintf(out, "\\%c", letter);
        else if (letter < 0x20 || letter == 0x7f)
            fprintf(out, "\\x%02x", letter);
        else
            fputc(letter, out);
    }

    fputc('"', out);
}

static void write_key(const char *key, const char *text, FILE *out)
{
    fprintf(out, "%s: ", key);
    write_text(text, strlen(text), out);
}

/* Writes the parts of a text between commas as a list. */
static void write_list(const char *text, FILE *out)
{
    fputc('[', out);
    for (;;) {
        const size_t length = strcspn(text, ",");
        write_text(text, length, out);
        text += length;
        if (*text++ == '\0')
            break;
        fputs(", ", out);
    }

    fputc(']', out);
}

/* The values of an axis, V1,V2,... or with their weights V1@W1,V2@W2,... */
static void write_values(const char *text, FILE *out)
{
    const bool weighted = strchr(text, '@') != NULL;

    for (int weights = 0; weights <= weighted; weights++) {
        fputs(weights ? "], weights: [" : ", values: [", out);

        for (const char *item = text; item != NULL;) {
            const size_t length = strcspn(item, ",");
            const char *at = memchr(item, '@', length);
            const size_t before = at != NULL ? (size_t)(at - item) : length;

            if (item != text)
                fputs(", ", out);
            if (!weights)
                write_text(item, before, out);
            else if (at != NULL)
                write_text(at + 1, length - before - 1, out);
            else
                fputc('1', out);
            item = item[length] == ',' ? item + length + 1 : NULL;
        }
    }

    fputc(']', out);
}

/* A distribution after a range, as normal:MEAN:DEVIATION: the number of letters that it takes; 0:
 * it is none. */
static size_t write_distribution(const char *word, size_t length, FILE *out)
{
    for (int d = 0; d < SPIRAL_DISTRIBUTIONS; d++) {
        const char *name = spiral_distribution_names[d];
        const char *rest = word + length;

        if (strlen(name) != length || strncmp(word, name, length) != 0)
            continue;
        fprintf(out, ", distribution: %s", name);

        for (int i = 0; i < spiral_distribution_numbers[d] && *rest == ':'; i++) {
            const size_t digits = strcspn(rest + 1, ":");
            fputs(i == 0 ? ", shape: [" : ", ", out);
            write_text(rest + 1, digits, out);
            rest += 1 + digits;
        }

        if (rest > word + length)
            fputc(']', out);

        return (size_t)(rest - word);
    }

    return 0;
}

/* NAME=LOW:HIGH[:log|:int|:STEPS|:DISTRIBUTION]... or NAME=V1,V2,... as an axis. */
static bool write_axis(const char *argument, FILE *out)
{
    const char *equals = strchr(argument, '=');
    const char *colon = equals == NULL ? NULL : strchr(equals, ':');

    if (equals == NULL || equals == argument || equals[1] == '\0') {
        spiral_complain(
            "--vary: '%s' is not an axis; expected NAME=LOW:HIGH, followed by :log, :int "
            "or :STEPS, or NAME=V1,V2,V3",
            argument);
        return false;
    }

    fputs("  - {name: ", out);
    write_text(argument, (size_t)(equals - argument), out);

    if (colon == NULL) {
        write_values(equals + 1, out);
        fputs("}\n", out);
        return true;
    }

    const char *high = colon + 1;
    size_t length = strcspn(high, ":");

    fputs(", range: [", out);
    write_text(equals + 1, (size_t)(colon - equals - 1), out);
    fputs(", ", out);
    write_text(high, length, out);
    fputc(']', out);

    for (const char *word = high + length; *word == ':'; word += length) {
        length = strcspn(++word, ":");

        const size_t taken = write_distribution(word, length, out);

        if (taken > 0)
            length = taken;
        else if (length == 3 && strncmp(word, "log", 3) == 0)
            fputs(", scale: log", out);
        else if (length == 3 && strncmp(word, "int", 3) == 0)
            fputs(", integer: true", out);
        else if (length == 0 || strspn(word, "0123456789") < length) {
            spiral_complain(
                "--vary: '%.*s' in '%s' is neither a scale, a number of steps nor a distribution; "
                "expected log, int, a whole number, normal:MEAN:DEVIATION, triangular:VALUE or "
                "beta:ALPHA:BETA",
                (int)length, word, argument);
            return false;
        } else {
            fputs(", steps: ", out);
            write_text(word, length, out);
        }
    }

    fputs("}\n", out);

    return true;
}

/* NAME=VALUE as a line of a map. */
static bool write_setting(const char *argument, FILE *out)
{
    const char *equals = strchr(argument, '=');

    if (equals == NULL || equals == argument) {
        spiral_complain("--set: '%s' is not NAME=VALUE", argument);
        return false;
    }

    fputs("  ", out);
    write_text(argument, (size_t)(equals - argument), out);
    fputs(": ", out);
    write_text(equals + 1, strlen(equals + 1), out);
    fputc('\n', out);

    return true;
}

/* NAME, or NAME=BRANCH+BRANCH+..., as a policy. */
static void write_policy(const char *argument, FILE *out)
{
    const size_t name = strcspn(argument, "=");
    const char *text = argument + name;

    fputs("  - {name: ", out);
    write_text(argument, name, out);

    /* start+10 has a sign of its own: a branch begins after a plus that no digit follows. */
    while (*text != '\0') {
        size_t length = strcspn(text + 1, "+");
        while (text[1 + length] == '+' && text[2 + length] >= '0' && text[2 + length] <= '9')
            length += 1 + strcspn(text + 2 + length, "+");

        fputs(*text == '=' ? ", branches: [" : ", ", out);
        write_text(text + 1, length, out);
        text += 1 + length;
    }

    fputs(argument[name] == '=' ? "]}\n" : "}\n", out);
}

/* NAME=EXPRESSION as an outcome. */
static bool write_outcome(const char *argument, FILE *out)
{
    const char *equals = strchr(argument, '=');

    if (equals == NULL || equals == argument || equals[1] == '\0') {
        spiral_complain("--outcome: '%s' is not an outcome; expected NAME=EXPRESSION, as in "
                        "early='war by 2014'",
                        argument);
        return false;
    }

    fputs("  ", out);
    write_text(argument, (size_t)(equals - argument), out);
    fputs(": ", out);
    write_text(equals + 1, strlen(equals + 1), out);
    fputc('\n', out);

    return true;
}

/* OUTCOME:HALF_WIDTH:MOST as a rule that ends a sweep: `key` has it, `most` is the key of its last
 * part, and `example` is shown where it has another form. */
static bool write_rule(const char *option, const char *argument, const char *key, const char *most,
                       const char *example, FILE *out)
{
    const char *width = strchr(argument, ':');
    const char *last = width == NULL ? NULL : strchr(width + 1, ':');

    if (last == NULL) {
        spiral_complain("--%s: '%s' is not a rule; expected OUTCOME:HALF_WIDTH:%s, as in %s",
                        option, argument, strcmp(most, "points") == 0 ? "POINTS" : "REPLICATES",
                        example);
        return false;
    }

    fprintf(out, "%s: {outcome: ", key);
    write_text(argument, (size_t)(width - argument), out);
    fputs(", half_width: ", out);
    write_text(width + 1, (size_t)(last - width - 1), out);
    fputs(", ", out);
    write_key(most, last + 1, out);
    fputs("}\n", out);

    return true;
}

static void write_design(const struct spiral_sweep_request *request, FILE *out)
{
    const char *kind = request->design != NULL ? request->design
                       : request->list != NULL ? "list"
                                               : "sobol";

    fputs("design: {", out);
    write_key("kind", kind, out);

    if (request->points != NULL || request->design == NULL) {
        fputs(", ", out);
        write_key("points", request->points != NULL ? request->points : "1024", out);
    }

    if (request->levels != NULL) {
        fputs(", ", out);
        write_key("levels", request->levels, out);
    }

    if (request->list != NULL) {
        fputs(", ", out);
        write_key("file", request->list, out);
    }

    fprintf(out, "%s}\n", request->second_order ? ", second_order: true" : "");
}

static void write_run(const struct spiral_sweep_request *request, FILE *out)
{
    fprintf(out, "run: {free: %d, assimilate: %d, war_ends: %d", request->free_running,
            request->assimilate, request->war_ends);
    if (request->until != NULL) {
        fputs(", ", out);
        write_key("until", request->until, out);
    }

    if (request->dt != NULL) {
        fputs(", ", out);
        write_key("dt", request->dt, out);
    }

    fputs("}\n", out);
}

static void write_keep(const struct spiral_sweep_request *request, FILE *out)
{
    fprintf(out, "keep: {runs: %d", request->runs);
    if (request->trajectories != NULL) {
        fputs(", ", out);
        write_key("trajectories", request->trajectories, out);
    }

    if (request->keep != NULL && strcmp(request->keep, "all") == 0)
        fputs(", outcomes: all", out);
    else if (request->keep != NULL) {
        fputs(", outcomes: ", out);
        write_list(request->keep, out);
    }
    fputs("}\n", out);
}

/* Whether one of the arguments NAME=... names a constant. */
static bool names_constant(const struct spiral_option_list *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const char *argument = arguments->items[i];
        const size_t length = strcspn(argument, "=");

        if (strncmp(argument, "k.", 2) == 0 && strlen(name) + 2 == length &&
            strncmp(argument + 2, name, length - 2) == 0)
            return true;
    }

    return false;
}

/* The constants that are not the defaults, as lines of the map of settings. What --set or --vary
 * names is left to them. *lines: those that the map has already. */
static void write_constants(const struct spiral_sweep_request *request, size_t *lines, FILE *out)
{
    struct spiral_constants constants = *request->constants;
    struct spiral_constants defaults = spiral_constants_defaults();

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
        const char *name = spiral_constant_fields[i].name;
        const double value = *spiral_constant_at(&constants, i);

        if (value != *spiral_constant_at(&defaults, i) && !names_constant(&request->set, name) &&
            !names_constant(&request->vary, name))
            fprintf(out, "%s  k.%s: %.17g\n", (*lines)++ == 0 ? "set:\n" : "", name, value);
    }
}

bool spiral_sweep_request_write(const struct spiral_sweep_request *request, char *const *scenarios,
                                size_t scenario_count, FILE *out)
{
    bool good = true;

    fprintf(out, "experiment: %s\nscenarios: [", request->name != NULL ? request->name : "sweep");

    for (size_t i = 0; i < scenario_count; i++) {
        fputs(i > 0 ? ", " : "", out);
        write_text(scenarios[i], strlen(scenarios[i]), out);
    }

    fputs(request->vary.count > 0 ? "]\nvary:\n" : "]\n", out);
    for (size_t i = 0; i < request->vary.count; i++)
        good = write_axis(request->vary.items[i], out) && good;

    for (size_t i = 0; i < request->policy.count; i++) {
        fputs(i == 0 ? "policies:\n" : "", out);
        write_policy(request->policy.items[i], out);
    }

    if (request->vary.count > 0)
        write_design(request, out);

    if (request->replicates != NULL) {
        write_key("replicates", request->replicates, out);
        fputc('\n', out);
    }

    if (request->seed != NULL) {
        write_key("seed", request->seed, out);
        fputc('\n', out);
    }

    fprintf(out, "independent: %d\n", request->independent);
    size_t lines = 0;

    for (; lines < request->set.count; lines++) {
        fputs(lines == 0 ? "set:\n" : "", out);
        good = write_setting(request->set.items[lines], out) && good;
    }

    if (request->constants != NULL)
        write_constants(request, &lines, out);

    if (request->sets != NULL) {
        write_key("constants", request->sets, out);
        fputc('\n', out);
    }

    write_run(request, out);
    for (size_t i = 0; i < request->outcome.count; i++) {
        fputs(i == 0 ? "outcomes:\n" : "", out);
        good = write_outcome(request->outcome.items[i], out) && good;
    }

    if (request->stop != NULL)
        good =
            write_rule("stop", request->stop, "stop", "replicates", "war:0.02:4096", out) && good;
    if (request->converge != NULL)
        good = write_rule("until-converged", request->converge, "converge", "points",
                          "war:0.05:4096", out) &&
               good;
    write_keep(request, out);

    return good;
}

int spiral_sweep_request_load(struct spiral_experiment *experiment,
                              const struct spiral_sweep_request *request, char *const *scenarios,
                              size_t scenario_count, const struct spiral_experiment_given *given,
                              const char *command)
{
    static struct spiral_diagnostics diagnostics;
    char name[64];
    char *text = NULL;
    size_t length = 0;
    int exit_status = SPIRAL_EXIT_BAD_INPUT;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    const bool good = spiral_sweep_request_write(request, scenarios, scenario_count, memory);

    if (!spiral_text_stream_close(memory, &text)) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    if (good) {
        spiral_diagnostics_init(&diagnostics);
        snprintf(name, sizeof name, "spiral: %s", command);

        const enum spiral_status status =
            spiral_experiment_load_text(experiment, text, length, name, given, &diagnostics);

        for (size_t i = 0; i < diagnostics.count; i++)
            diagnostics.errors[i].line = diagnostics.errors[i].column = 0;
        exit_status = spiral_complain_diagnostics(&diagnostics, status);
    }

    free(text);

    return exit_status;
}
