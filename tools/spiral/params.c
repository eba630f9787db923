/* SPDX-License-Identifier: MIT */
#include <fnmatch.h>
#include <string.h>

#include "sim/parameter.h"
#include "tools/json/json_text.h"
#include "tools/spiral/commands.h"

struct listing {
    const char *scenario;
    const char *pattern;
    bool json;
    json_t *array;
    FILE *out; /* of the text */
    size_t shown;
};

static const struct spiral_option options[] = {
    {"scenario", "SCENARIO", "also the facts, doctrines and moves of this scenario",
     SPIRAL_OPTION_TEXT, .place = SPIRAL_OPTION_PLACE(const char *, struct listing, scenario)},
    {"json", NULL, "one JSON array", SPIRAL_OPTION_FLAG,
     .place = SPIRAL_OPTION_PLACE(bool, struct listing, json)},
    {.name = NULL},
};

/* A pattern is a shell pattern, or a part of the name. */
static bool matches(const char *pattern, const char *name)
{
    return pattern == NULL || fnmatch(pattern, name, 0) == 0 || strstr(name, pattern) != NULL;
}

static void list_name(void *context, const char *name, const struct spiral_field *field,
                      double value)
{
    struct listing *listing = context;

    if (!matches(listing->pattern, name))
        return;

    if (listing->json)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:s, s:f, s:f, s:f, s:s, s:s, s:s, s:s}", "name",
                                        name, "unit", field->unit, "value", value, "low",
                                        field->low, "high", field->high, "label", field->label_en,
                                        "label_zh", field->label_zh, "doc", field->doc, "source",
                                        field->source));
    else
        fprintf(listing->out, "%-28s %-10s %10.6g  %8.6g .. %.6g\n    %s%s%s%s\n", name,
                strcmp(field->unit, "1") == 0 ? "-" : field->unit, value, field->low, field->high,
                field->doc, field->source[0] != '\0' ? " [" : "", field->source,
                field->source[0] != '\0' ? "]" : "");
    listing->shown++;
}

static int list_names(struct listing *listing, const struct spiral_scenario *scenario)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_error error;

    if (listing->json)
        listing->array = json_array();
    else
        fprintf(listing->out, "%-28s %-10s %10s  %8s .. %s\n    %s\n\n", "name", "unit", "value",
                "lowest", "highest", "meaning [source]");
    spiral_parameter_list(scenario, &constants, list_name, listing);

    return !listing->json || spiral_json_write(listing->array, listing->out, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

static int run_command(int argc, char **argv)
{
    struct listing listing = {.scenario = NULL};
    struct spiral_scenario scenario = spiral_scenario_defaults();
    const int first = spiral_options_read(&spiral_command_params, argc, argv, &listing);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first > 1) {
        spiral_complain("params: one pattern at a time");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    listing.pattern = first < argc ? argv[first] : NULL;
    if (listing.scenario != NULL) {
        const int status = spiral_load(&scenario, listing.scenario);
        if (status != SPIRAL_EXIT_OK)
            return status;
    }

    struct spiral_output output;
    int exit_status =
        spiral_output_open(&output, listing.json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT, NULL,
                           NULL);

    if (exit_status == SPIRAL_EXIT_OK) {
        listing.out = output.file;
        exit_status = list_names(&listing, listing.scenario != NULL ? &scenario : NULL);
        exit_status = spiral_output_close(&output, exit_status);
    }

    spiral_scenario_clear(&scenario);
    if (listing.shown == 0) {
        spiral_complain("params: no name matches '%s'", listing.pattern);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status;
}

const struct spiral_command spiral_command_params = {
    "params", "[PATTERN]", "list what can be set or swept: name, unit, value, range, meaning",
    options,  run_command, NULL};
