/* SPDX-License-Identifier: MIT
 *
 * What a scenario cannot hold of a run, as a line of options in the comment at the head of a saved
 * session.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/yaml/numbers.h"
#include "sim/parameter.h"

#define EXPECTED "--seed N, --set k.NAME=VALUE, --war-ends or --assimilate"

void spiral_session_write_options(const struct spiral_session *session,
                                  const struct spiral_constants *constants, uint64_t seed,
                                  FILE *out)
{
    struct spiral_constants usual = spiral_constants_defaults();
    struct spiral_constants ours = *constants;
    char value[32];

    fprintf(out, " --seed %llu", (unsigned long long)seed);
    if (session->options.war_ends)
        fputs(" --war-ends", out);
    if (session->options.assimilate)
        fputs(" --assimilate", out);

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        if (*spiral_constant_at(&ours, i) != *spiral_constant_at(&usual, i)) {
            spiral_number_write(*spiral_constant_at(&ours, i), value);
            fprintf(out, " --set k.%s=%s", spiral_constant_fields[i].name, value);
        }

    fputc('\n', out);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What the options say. */
struct said {
    struct spiral_constants constants;
    struct spiral_plan_options options;
    uint64_t seed;
};

/* Reads one option and its argument; false, with an error, where it is not one of ours. */
static bool read_option(const char *option, char **rest, struct said *said,
                        struct spiral_error *error)
{
    if (strcmp(option, "--war-ends") == 0)
        return said->options.war_ends = true;
    if (strcmp(option, "--assimilate") == 0)
        return said->options.assimilate = true;

    char *argument = strtok_r(NULL, " \r", rest);

    if (strcmp(option, "--seed") == 0 && argument != NULL &&
        spiral_whole_parse(argument, &said->seed))
        return true;

    char *equals = argument == NULL ? NULL : strchr(argument, '=');
    double value;

    if (strcmp(option, "--set") == 0 && equals != NULL) {
        *equals = '\0';
        if (!spiral_number_parse(equals + 1, &value))
            spiral_error_set(error, SPIRAL_BAD_INPUT, "'%.60s' is not a number", equals + 1);
        else
            return spiral_parameter_set(NULL, &said->constants, argument, value, error) ==
                   SPIRAL_OK;
        return false;
    }

    spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown option '%.60s'; expected " EXPECTED, option);

    return false;
}

const char *spiral_session_find_line(const char *text, const char *mark, int *number)
{
    for (*number = 1; *text == '#'; ++*number) {
        if (strncmp(text, mark, strlen(mark)) == 0)
            return text + strlen(mark);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }

    return NULL;
}

enum spiral_status spiral_session_read_marked(const char *text, const char *mark,
                                              struct spiral_constants *constants,
                                              struct spiral_plan_options *options, uint64_t *seed,
                                              struct spiral_error *error)
{
    int number;
    const char *found = spiral_session_find_line(text, mark, &number);
    struct said said = {*constants, *options, *seed};
    char *rest;

    if (found == NULL)
        return SPIRAL_OK;

    char *line = strndup(found, strcspn(found, "\n"));
    enum spiral_status status = SPIRAL_OK;

    if (line == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    for (char *option = strtok_r(line, " \r", &rest); option != NULL && status == SPIRAL_OK;
         option = strtok_r(NULL, " \r", &rest))
        if (!read_option(option, &rest, &said, error))
            status = SPIRAL_BAD_INPUT;
    free(line);

    if (status != SPIRAL_OK) {
        if (error != NULL)
            error->line = number;
        return status;
    }

    *constants = said.constants;
    *options = said.options;
    *seed = said.seed;

    return SPIRAL_OK;
}

enum spiral_status spiral_session_read_options(const char *text, struct spiral_constants *constants,
                                               struct spiral_plan_options *options, uint64_t *seed,
                                               struct spiral_error *error)
{
    int number;
    const bool has_log = spiral_session_find_line(text, SPIRAL_SESSION_MARK, &number) != NULL;

    return spiral_session_read_marked(text, has_log ? SPIRAL_SESSION_MARK : SPIRAL_OPTIONS_MARK,
                                      constants, options, seed, error);
}
