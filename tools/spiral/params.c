/* SPDX-License-Identifier: MIT */
#include <fnmatch.h>
#include <jansson.h>
#include <string.h>

#include "sim/parameter.h"
#include "tools/spiral/commands.h"

enum { OPTION_SCENARIO, OPTION_JSON };
static const struct spiral_option options[] = {
    [OPTION_SCENARIO] = {"scenario", "SCENARIO",
                         "also the facts, doctrines and moves of this scenario"},
    [OPTION_JSON] = {"json", NULL, "one JSON array on stdout"},
    {NULL, NULL, NULL},
};

struct listing {
    const char *scenario;
    const char *pattern;
    bool json;
    json_t *array;
    size_t shown;
};

static bool take(void *context, int option, const char *argument)
{
    struct listing *listing = context;

    if (option == OPTION_SCENARIO)
        listing->scenario = argument;
    else
        listing->json = true;
    return true;
}

/* A pattern is a shell pattern, or a part of the name. */
static bool matches(const char *pattern, const char *name)
{
    return pattern == NULL || fnmatch(pattern, name, 0) == 0 || strstr(name, pattern) != NULL;
}

static void show(void *context, const char *name, const struct spiral_field *field, double value)
{
    struct listing *listing = context;

    if (!matches(listing->pattern, name))
        return;

    if (listing->array != NULL)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:s, s:f, s:f, s:f, s:s, s:s, s:s, s:s}", "name",
                                        name, "unit", field->unit, "value", value, "low",
                                        field->low, "high", field->high, "label", field->label_en,
                                        "label_zh", field->label_zh, "doc", field->doc, "source",
                                        field->source));
    else
        printf("%-28s %-10s %10.6g  %8.6g .. %-8.6g %s%s%s%s\n", name,
               strcmp(field->unit, "1") == 0 ? "-" : field->unit, value, field->low, field->high,
               field->doc, field->source[0] != '\0' ? " [" : "", field->source,
               field->source[0] != '\0' ? "]" : "");
    listing->shown++;
}

static int run(int argc, char **argv)
{
    struct listing listing = {.scenario = NULL};
    struct spiral_scenario scenario = spiral_scenario_defaults();
    const struct spiral_constants constants = spiral_constants_defaults();
    const int first = spiral_options_read(&spiral_command_params, argc, argv, take, &listing);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first > 1) {
        spiral_report("params: one pattern at a time");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    listing.pattern = first < argc ? argv[first] : NULL;
    if (listing.scenario != NULL) {
        const int status = spiral_load(&scenario, listing.scenario);
        if (status != SPIRAL_EXIT_OK)
            return status;
    }

    if (listing.json)
        listing.array = json_array();
    else
        printf("%-28s %-10s %10s  %20s %s\n", "name", "unit", "value", "range        ",
               "what it means");
    spiral_parameter_list(listing.scenario != NULL ? &scenario : NULL, &constants, show, &listing);

    if (listing.array != NULL) {
        json_dumpf(listing.array, stdout, JSON_INDENT(1));
        putchar('\n');
        json_decref(listing.array);
    }

    spiral_scenario_clear(&scenario);
    if (listing.shown == 0) {
        spiral_report("params: no name matches '%s'", listing.pattern);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_params = {
    "params", "[PATTERN]", "list what can be set or swept: name, unit, value, range, meaning",
    options,  run,         NULL};
