/* SPDX-License-Identifier: MIT
 *
 * What is measured of a run: outcomes, one number each, and quantities and variables over time.
 */
#include <fnmatch.h>
#include <jansson.h>
#include <string.h>

#include "sim/expression.h"
#include "sim/variables.h"
#include "tools/experiment/measure.h"
#include "tools/spiral/commands.h"

struct listing {
    const char *pattern;
    bool json;
    json_t *array;
    FILE *out; /* of the text */
    size_t shown;
};

static const struct spiral_option options[] = {
    {"json", NULL, "one JSON array", SPIRAL_OPTION_FLAG,
     .place = SPIRAL_OPTION_PLACE(bool, struct listing, json)},
    {.name = NULL},
};

static bool is_wanted(const struct listing *listing, const char *name)
{
    return listing->pattern == NULL || fnmatch(listing->pattern, name, 0) == 0 ||
           strstr(name, listing->pattern) != NULL;
}

/* Lists a number; `kind` says what it is one of. */
static void list_field(struct listing *listing, const char *kind, const struct spiral_field *field)
{
    if (!is_wanted(listing, field->name))
        return;

    listing->shown++;
    if (listing->json)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:s, s:s, s:f, s:f, s:s, s:s, s:s}", "name",
                                        field->name, "kind", kind, "unit", field->unit, "low",
                                        field->low, "high", field->high, "label", field->label_en,
                                        "label_zh", field->label_zh, "doc", field->doc));
    else
        fprintf(listing->out, "%-28s %-10s %-6s %6.6g .. %.6g\n    %s\n", field->name, kind,
                strcmp(field->unit, "1") == 0 ? "-" : field->unit, field->low, field->high,
                field->doc);
}

/* Lists a function of expressions, which has neither unit nor bounds. */
static void list_function(struct listing *listing,
                          const struct spiral_expression_function_field *function)
{
    if (!is_wanted(listing, function->name))
        return;

    listing->shown++;
    if (listing->json)
        json_array_append_new(listing->array, json_pack("{s:s, s:s, s:s}", "name", function->name,
                                                        "kind", "function", "doc", function->doc));
    else
        fprintf(listing->out, "%-28s %-10s\n    %s\n", function->name, "function", function->doc);
}

static int list_all(struct listing *listing)
{
    if (listing->json)
        listing->array = json_array();
    else
        fprintf(listing->out, "%-28s %-10s %-6s %6s .. %s\n    %s\n\n", "name", "kind", "unit",
                "lowest", "highest", "meaning");

    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        list_field(listing, spiral_measure_kinds[spiral_outcome_kind((enum spiral_outcome_name)i)],
                   &spiral_outcome_fields[i]);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        list_field(listing, "quantity", &spiral_quantity_fields[i]);
    for (int i = 0; i < SPIRAL_VARIABLES; i++)
        list_field(listing, "variable", &spiral_variable_fields[i]);
    for (int i = 0; i < SPIRAL_EXPRESSION_FUNCTIONS; i++)
        list_function(listing, &spiral_expression_functions[i]);

    return listing->json ? spiral_output_json(listing->array, listing->out) : SPIRAL_EXIT_OK;
}

static int run_command(int argc, char **argv)
{
    struct listing listing = {.json = false};
    struct spiral_output output;
    const int first = spiral_options_read(&spiral_command_outcomes, argc, argv, &listing);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first > 1) {
        spiral_complain("outcomes: one pattern at a time");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    listing.pattern = first < argc ? argv[first] : NULL;

    int exit_status =
        spiral_output_open(&output, listing.json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT, NULL,
                           NULL);

    if (exit_status == SPIRAL_EXIT_OK) {
        listing.out = output.file;
        exit_status = spiral_output_close(&output, list_all(&listing));
    }

    if (exit_status == SPIRAL_EXIT_OK && listing.shown == 0) {
        spiral_complain("outcomes: no name matches '%s'", listing.pattern);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status;
}

static int explain_kinds(FILE *out)
{
    fputc('\n', out);
    spiral_text_wrap(
        "Outcomes (event, date, level, number) are one number per run: `spiral sweep "
        "--keep` names them. Quantities are columns of every trajectory; a variable has "
        "a column for each state or pair that it belongs to (threat.RUS.UKR). Functions make "
        "a number of the course of a quantity or variable, in outcomes of your own: `spiral sweep "
        "--outcome tense='quantile 0.9 escalation from 2008 to 2013'`.",
        0, 0, spiral_terminal_columns(), out);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_outcomes = {
    "outcomes",
    "[PATTERN]",
    "list what is measured of a run: outcomes, quantities and variables, with unit and range",
    options,
    run_command,
    explain_kinds};
