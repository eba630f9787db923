/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "tools/farm/interrupt.h"
#include "tools/json/json_text.h"
#include "tools/spiral/commands.h"
#include "tools/stylised/facts.h"

struct request {
    struct spiral_stylised_setup setup;
    bool json;
};

/* Sets a constant: the facts have their own cases, whose names mean nothing here. */
static bool parse_constant(const struct spiral_option *option, const char *argument, void *place)
{
    (void)option;
    return spiral_setting_apply(NULL, place, argument) == SPIRAL_EXIT_OK;
}

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N",
     "runs of each ensemble of a case (default 4000); stylised ones use a part of them",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, setup.runs), .least = 64, .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, setup.seed), .most = UINT64_MAX},
    {"set", "k.NAME=VALUE", "another value of a constant; may be repeated", SPIRAL_OPTION_PARSED,
     PLACE(struct spiral_constants, setup.constants), .parse = parse_constant},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, setup.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {.name = NULL},
};
#undef PLACE

static void print_fact(const struct spiral_stylised_fact *fact)
{
    spiral_say("%-4s %-6s %s\n", fact->id, fact->holds ? "holds" : "FAILS", fact->text);

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const bool inside =
            criterion->value >= criterion->low && criterion->value <= criterion->high;
        char expected[64];

        if (criterion->high >= 1e9)
            snprintf(expected, sizeof expected, "at least %g", criterion->low);
        else
            snprintf(expected, sizeof expected, "%g to %g", criterion->low, criterion->high);
        spiral_say("   %s %s\n        %9.4f  [%.4f, %.4f]  expected %s\n", inside ? " " : "!",
                   criterion->name, criterion->value, criterion->error_low, criterion->error_high,
                   expected);
    }
}

static json_t *fact_json(const struct spiral_stylised_fact *fact)
{
    json_t *parts = json_array();

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        json_array_append_new(parts,
                              json_pack("{s:s, s:f, s:f, s:f, s:f, s:f}", "name", criterion->name,
                                        "figure", criterion->value, "lo", criterion->error_low,
                                        "hi", criterion->error_high, "expected_low", criterion->low,
                                        "expected_high", criterion->high));
    }

    return json_pack("{s:s, s:s, s:s, s:o}", "id", fact->id, "fact", fact->text, "verdict",
                     fact->holds ? "holds" : "fails", "figures", parts);
}

static int measure_all(const struct request *request)
{
    json_t *facts = json_array();
    int held = 0;
    int exit_status = SPIRAL_EXIT_OK;

    for (int id = 0; id < SPIRAL_STYLISED_FACTS && exit_status == SPIRAL_EXIT_OK; id++) {
        struct spiral_stylised_fact fact;
        struct spiral_error error;

        if (spiral_stylised_fact_measure(&fact, (enum spiral_stylised_fact_id)id, &request->setup,
                                         &error) != SPIRAL_OK) {
            exit_status = spiral_complain_error(&error);
            break;
        }

        held += fact.holds;
        if (request->json)
            json_array_append_new(facts, fact_json(&fact));
        else
            print_fact(&fact);
    }

    if (exit_status == SPIRAL_EXIT_OK && request->json) {
        char hash[20];
        snprintf(hash, sizeof hash, "%016llx",
                 (unsigned long long)spiral_constants_hash(&request->setup.constants));

        json_t *object =
            json_pack("{s:s, s:s, s:I, s:I, s:i, s:O}", "version", SPIRAL_VERSION, "constants_hash",
                      hash, "seed", (json_int_t)request->setup.seed, "runs",
                      (json_int_t)request->setup.runs, "hold", held, "facts", facts);
        struct spiral_error error;

        if (spiral_json_write(object, stdout, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
    } else if (exit_status == SPIRAL_EXIT_OK)
        spiral_say("%d of %d facts hold\n", held, SPIRAL_STYLISED_FACTS);
    json_decref(facts);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    static struct request request;

    request = (struct request){.setup = {.seed = 1, .runs = 4000}};
    request.setup.constants = spiral_constants_defaults();

    const int first = spiral_options_read(&spiral_command_facts, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first < argc) {
        spiral_complain("facts: '%s' is not expected; the facts take their own cases", argv[first]);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = SPIRAL_EXIT_OK;

    for (int i = 0; i < SPIRAL_STYLISED_CASES && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_load(&request.setup.cases[i], spiral_stylised_case_names[i]);

    spiral_interrupts_catch();
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = measure_all(&request);
    for (int i = 0; i < SPIRAL_STYLISED_CASES; i++)
        spiral_scenario_clear(&request.setup.cases[i]);

    return exit_status;
}

const struct spiral_command spiral_command_facts = {
    "facts",
    "",
    "measure the thirteen stylised facts: value, interval and verdict of each",
    options,
    run_command,
    NULL};
