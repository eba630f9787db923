/* SPDX-License-Identifier: MIT */
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/parameter.h"
#include "sim/scenario.h"
#include "tools/cli/command.h"

enum { MAX_OPTIONS = 32 };

static size_t option_count(const struct spiral_command *command)
{
    size_t count = 0;
    while (command->options[count].name != NULL)
        count++;
    return count;
}

void spiral_command_help(const struct spiral_command *command, FILE *out)
{
    fprintf(out, "usage: spiral %s [OPTION]... %s\n\n%s\n\noptions:\n", command->name,
            command->operands, command->summary);
    for (const struct spiral_option *option = command->options; option->name != NULL; option++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
                 option->argument != NULL ? option->argument : "");
        fprintf(out, "  %-28s %s\n", left, option->doc);
    }

    fprintf(out, "  %-28s %s\n", "--help", "show this");
    if (command->more != NULL)
        command->more(out);
}

/* Reports what getopt_long did not take. */
static void report_unknown(const struct spiral_command *command, const char *word, int problem)
{
    if (problem == ':') {
        spiral_report("%s: %s needs an argument", command->name, word);
        return;
    }

    char name[64] = "";

    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);

    const char *bare = name + strspn(name, "-");
    const char *nearest =
        spiral_names_nearest(spiral_names_of(command->options, option_count(command), name), bare);

    if (nearest != NULL && strcmp(nearest, bare) == 0)
        spiral_report("%s: --%s takes no argument", command->name, bare);
    else if (nearest != NULL)
        spiral_report("%s: unknown option '%s'; did you mean '--%s'?", command->name, name,
                      nearest);
    else
        spiral_report("%s: unknown option '%s'; `spiral help %s` lists the options", command->name,
                      name, command->name);
}

int spiral_options_read(const struct spiral_command *command, int argc, char **argv,
                        bool (*take)(void *context, int option, const char *argument),
                        void *context)
{
    struct option table[MAX_OPTIONS + 2];
    const size_t count = option_count(command);

    memset(table, 0, sizeof table);

    for (size_t i = 0; i < count; i++)
        table[i] = (struct option){.name = command->options[i].name,
                                   .has_arg = command->options[i].argument != NULL,
                                   .val = 1000 + (int)i};

    table[count] = (struct option){.name = "help", .val = 999};
    opterr = 0;
    optind = 0;

    for (;;) {
        const int before = optind > 0 ? optind : 1;
        const int code = getopt_long(argc, argv, ":", table, NULL);
        if (code == -1)
            return optind;

        if (code == 999) {
            spiral_command_help(command, stdout);
            return -2;
        }

        if (code < 1000) {
            report_unknown(command, argv[optind > before ? optind - 1 : before], code);
            return -1;
        }

        if (!take(context, code - 1000, optarg))
            return -1;
    }
}

void spiral_report(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("spiral: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int spiral_report_error(const struct spiral_error *error)
{
    fputs("spiral: ", stderr);
    spiral_error_print(error, stderr);
    return error->status == SPIRAL_BAD_INPUT ? SPIRAL_EXIT_BAD_INPUT : SPIRAL_EXIT_FAILED;
}

bool spiral_read_whole(const char *option, const char *text, unsigned long long low,
                       unsigned long long high, unsigned long long *value)
{
    char *end;
    const bool digits = text[0] >= '0' && text[0] <= '9' && strlen(text) <= 20;

    *value = digits ? strtoull(text, &end, 10) : 0;

    if (!digits || *end != '\0' || *value < low || *value > high ||
        (strlen(text) == 20 && *value < 10000000000000000000ULL)) {
        spiral_report("--%s: '%s' is not a whole number from %llu to %llu", option, text, low,
                      high);
        return false;
    }

    return true;
}

bool spiral_option_date(const char *option, const char *text, double *date)
{
    if (spiral_date_parse(text, date))
        return true;
    spiral_report("--%s: '%s' is no date; expected YYYY, YYYY-MM or YYYY-MM-DD", option, text);
    return false;
}

bool spiral_keep(const char *option, const char *text, const char **list, size_t *count,
                 size_t most)
{
    if (*count == most) {
        spiral_report("--%s: at most %zu of them", option, most);
        return false;
    }

    list[(*count)++] = text;
    return true;
}

bool spiral_read_runs(const char *text, unsigned long long least, uint64_t *runs)
{
    unsigned long long number;
    if (!spiral_read_whole("runs", text, least, 1000000000000ULL, &number))
        return false;
    *runs = number;
    return true;
}

bool spiral_read_seed(const char *text, uint64_t *seed)
{
    unsigned long long number;
    if (!spiral_read_whole("seed", text, 0, ~0ULL, &number))
        return false;
    *seed = number;
    return true;
}

bool spiral_read_threads(const char *text, int *threads)
{
    unsigned long long number;
    if (!spiral_read_whole("threads", text, 1, 1024, &number))
        return false;
    *threads = (int)number;
    return true;
}

bool spiral_read_real(const char *option, const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);

    if (end != text && *end == '/') {
        const char *below = end + 1;
        const double denominator = strtod(below, &end);
        *value = end != below && denominator != 0.0 ? *value / denominator : 0.0 / 0.0;
    }

    if (end == text || *end != '\0' || !(*value - *value == 0.0)) {
        spiral_report("--%s: '%s' is not a number", option, text);
        return false;
    }

    return true;
}

bool spiral_read_duration(const char *option, const char *text, double *seconds)
{
    static const struct {
        char letter;
        unsigned long seconds;
    } units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
    const char *at = text;

    *seconds = 0.0;

    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        const size_t digits = strspn(at, "0123456789");
        if (digits > 0 && digits < 10 && at[digits] == units[u].letter) {
            *seconds += (double)(strtoul(at, NULL, 10) * units[u].seconds);
            at += digits + 1;
        }
    }

    if (*at == '\0' && *seconds > 0.0)
        return true;
    spiral_report("--%s: '%s' is no length of time; expected whole numbers of d, h, m and s, as "
                  "90m, 1h30m or 2d",
                  option, text);

    return false;
}

int spiral_setting_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                         const char *argument)
{
    struct spiral_error error;
    char name[96] = "";
    double value;
    const char *equals = strchr(argument, '=');

    if (equals == NULL || equals == argument || (size_t)(equals - argument) >= sizeof name) {
        spiral_report("--set: '%s' is not NAME=VALUE", argument);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    memcpy(name, argument, (size_t)(equals - argument));
    if (!spiral_read_real("set", equals + 1, &value))
        return SPIRAL_EXIT_BAD_INPUT;

    return spiral_parameter_set(scenario, constants, name, value, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_report_error(&error);
}
