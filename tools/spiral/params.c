/* SPDX-License-Identifier: MIT */
#include <fnmatch.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "sim/parameter.h"
#include "tools/design/design.h"
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

/* The shortest number that reads back as the same: what is shown can be set again. */
static void write_number(char text[32], double value)
{
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

static void list_name(void *context, const char *name, const struct spiral_field *field,
                      double value)
{
    struct listing *listing = context;

    if (!matches(listing->pattern, name))
        return;

    char shown[32];

    write_number(shown, value);
    if (listing->json)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:s, s:f, s:f, s:f, s:s, s:s, s:s, s:s}", "name",
                                        name, "unit", field->unit, "value", value, "low",
                                        field->low, "high", field->high, "label", field->label_en,
                                        "label_zh", field->label_zh, "doc", field->doc, "source",
                                        field->source));
    else
        fprintf(listing->out, "%-28s %-10s %10s  %8.6g .. %.6g\n    %s%s%s%s\n", name,
                strcmp(field->unit, "1") == 0 ? "-" : field->unit, shown, field->low, field->high,
                field->doc, field->source[0] != '\0' ? " [" : "", field->source,
                field->source[0] != '\0' ? "]" : "");
    listing->shown++;
}

/* The names that sweeps have for what several scenarios have in common: a role for a state. A pair
 * is listed with the names of both ends. */
struct role_listing {
    struct listing *listing;
    const struct spiral_scenario *scenario;
};

/* The role by which a state is found: that of which it is the first; NULL where it is none. */
static const char *role_of(const struct spiral_scenario *scenario, const char *id, size_t length)
{
    for (size_t i = 0; i < scenario->state_count; i++) {
        const struct spiral_state_facts *state = &scenario->states[i];
        bool first = true;

        if (strlen(state->id) != length || strncmp(state->id, id, length) != 0)
            continue;
        for (size_t before = 0; before < i; before++)
            first = first && scenario->states[before].role != state->role;

        return first ? spiral_role_names[state->role] : NULL;
    }

    return NULL;
}

static void list_role(void *context, const char *name, const struct spiral_field *field,
                      double value)
{
    const struct role_listing *roles = context;
    const bool doctrine = strncmp(name, "doctrine.", 9) == 0;
    const char *one = doctrine ? name + 9 : name;
    const size_t length = strcspn(one, ".-");
    const char *first = role_of(roles->scenario, one, length);
    char text[2 * SPIRAL_NAME_SIZE];

    if (strncmp(name, "k.", 2) == 0 || strncmp(name, "move.", 5) == 0 || first == NULL)
        return;

    const char *rest = one + length;

    if (*rest == '-') {
        const size_t other = strcspn(rest + 1, ".");
        const char *second = role_of(roles->scenario, rest + 1, other);

        if (second == NULL)
            return;
        snprintf(text, sizeof text, "%s-%s%s", first, second, rest + 1 + other);
    } else
        snprintf(text, sizeof text, "%s%s%s", doctrine ? "doctrine." : "", first, rest);

    list_name(roles->listing, text, field, value);
}

/* The doctrine that each state starts with, by name. */
static void list_doctrines(struct listing *listing, const struct spiral_scenario *scenario)
{
    for (size_t i = 0; i < scenario->state_count; i++) {
        const struct spiral_state_facts *state = &scenario->states[i];
        char name[SPIRAL_NAME_SIZE];
        const char *preset = "numbers of its own";

        snprintf(name, sizeof name, "%s.doctrine", state->id);
        if (!matches(listing->pattern, name))
            continue;
        for (int d = 0; d < SPIRAL_DOCTRINES; d++)
            if (memcmp(state->doctrine, spiral_doctrines[d].number,
                       sizeof spiral_doctrines->number) == 0)
                preset = spiral_doctrines[d].name;

        listing->shown++;
        if (listing->json)
            json_array_append_new(listing->array,
                                  json_pack("{s:s, s:s, s:s, s:s}", "name", name, "unit", "",
                                            "value", preset, "doc",
                                            "the preset that the state starts with, by name"));
        else
            fprintf(listing->out,
                    "%-28s %-10s %s\n    the preset that the state starts with; a sweep "
                    "takes a list of names\n",
                    name, "-", preset);
    }
}

static int list_names(struct listing *listing, const struct spiral_scenario *scenario)
{
    const struct spiral_constants constants = spiral_constants_defaults();

    if (listing->json)
        listing->array = json_array();
    else
        fprintf(listing->out, "%-28s %-10s %10s  %8s .. %s\n    %s\n\n", "name", "unit", "value",
                "lowest", "highest", "meaning [source]");
    spiral_parameter_list(scenario, &constants, list_name, listing);

    if (scenario != NULL) {
        struct role_listing roles = {listing, scenario};

        list_doctrines(listing, scenario);
        spiral_parameter_list(scenario, &constants, list_role, &roles);
    }

    return listing->json ? spiral_output_json(listing->array, listing->out) : SPIRAL_EXIT_OK;
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
    if (exit_status == SPIRAL_EXIT_OK && listing.shown == 0) {
        spiral_complain("params: no name matches '%s'", listing.pattern);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status;
}

const struct spiral_command spiral_command_params = {
    "params", "[PATTERN]", "list what can be set or swept: name, unit, value, range, meaning",
    options,  run_command, NULL};
