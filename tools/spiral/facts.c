/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "tools/farm/interrupt.h"
#include "tools/spiral/commands.h"
#include "tools/stylised/facts.h"

enum { OPTION_RUNS, OPTION_SEED, OPTION_SET, OPTION_THREADS, OPTION_JSON };
static const struct spiral_option options[] = {
    [OPTION_RUNS] = {"runs", "N",
                     "runs of each ensemble of a case (default 4000; stylised ones take a share)"},
    [OPTION_SEED] = {"seed", "S", "seed of the experiment (default 1)"},
    [OPTION_SET] = {"set", "k.NAME=VALUE", "another value of a constant; may be repeated"},
    [OPTION_THREADS] = {"threads", "N", "threads (default: one a processor)"},
    [OPTION_JSON] = {"json", NULL, "one JSON object on stdout"},
    {NULL, NULL, NULL},
};

struct request {
    struct spiral_stylised_setup setup;
    bool json;
};

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;

    switch (option) {
    case OPTION_RUNS: return spiral_read_runs(argument, 64, &request->setup.runs);
    case OPTION_SEED: return spiral_read_seed(argument, &request->setup.seed);
    case OPTION_SET:
        return spiral_setting_apply(NULL, &request->setup.constants, argument) == SPIRAL_EXIT_OK;
    case OPTION_THREADS: return spiral_read_threads(argument, &request->setup.threads);
    default: request->json = true; return true;
    }
}

static void print_fact(const struct spiral_stylised_fact *fact)
{
    printf("%-4s %-6s %s\n", fact->id, fact->holds ? "holds" : "FAILS", fact->text);
    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const bool inside =
            criterion->value >= criterion->low && criterion->value <= criterion->high;
        printf("     %s %-44s %9.4f  [%.4f, %.4f]  expected ", inside ? " " : "!", criterion->name,
               criterion->value, criterion->error_low, criterion->error_high);
        if (criterion->high >= 1e9)
            printf("at least %g\n", criterion->low);
        else
            printf("%g to %g\n", criterion->low, criterion->high);
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
            exit_status = spiral_report_error(&error);
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
        json_dumpf(object, stdout, JSON_INDENT(1));
        putchar('\n');
        json_decref(object);
    } else if (exit_status == SPIRAL_EXIT_OK)
        printf("%d of %d facts hold\n", held, SPIRAL_STYLISED_FACTS);
    json_decref(facts);

    return exit_status;
}

static int run(int argc, char **argv)
{
    static struct request request;

    request = (struct request){.setup = {.seed = 1, .runs = 4000}};
    request.setup.constants = spiral_constants_defaults();

    const int first = spiral_options_read(&spiral_command_facts, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (first < argc) {
        spiral_report("facts: '%s' is not expected; the facts take their own cases", argv[first]);
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
    "facts", "",  "measure the thirteen stylised facts: figure, interval and verdict of each",
    options, run, NULL};
