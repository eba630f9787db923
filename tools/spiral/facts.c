/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/constants.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/panel/report.h"
#include "tools/spiral/commands.h"
#include "tools/stylised/spread.h"

/* Runs of each ensemble of a case, and the step: at one set of constants, and at each of many. */
enum { RUNS = 4000, RUNS_OF_SET = 512, RUNS_OF_WINDOW = 64, RESAMPLES = 400 };
static const double step_of_sets = 0.25;

struct request {
    struct spiral_stylised_setup setup;
    struct spiral_option_list settings;
    const char *constants; /* NULL: one set, the defaults */
    uint64_t sets;
    const char *panel;
    const char *forecasts;
    unsigned which; /* facts to be measured: bit id; 0: all */
    bool quiet;
    bool json;
};

/* Adds a fact to those that are to be measured. */
static bool parse_fact(const struct spiral_option *option, const char *argument, void *place)
{
    static const char *const ids[SPIRAL_STYLISED_FACTS] = {
#define SPIRAL_STYLISED_FACT_ENTRY(id, measurement, text) #id,
        SPIRAL_STYLISED_FACT_TABLE(SPIRAL_STYLISED_FACT_ENTRY)
#undef SPIRAL_STYLISED_FACT_ENTRY
    };
    const int id =
        spiral_option_choose(option, "fact", argument, spiral_names_in(ids, SPIRAL_STYLISED_FACTS));

    if (id >= 0)
        *(unsigned *)place |= 1u << id;

    return id >= 0;
}

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N",
     "runs of each ensemble of a case (default 4000; at each of several sets of constants 512); "
     "ensembles of the stylised triad use fewer",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, setup.runs), .least = 64, .most = SPIRAL_MOST_RUNS},
    {"constants", "point|posterior|FILE",
     "measure the facts at each set of constants of this table, or of the posterior that is "
     "shipped, and say in what share of the sets each holds; point: at one set, the defaults "
     "(default: point)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, constants)},
    {"sets", "N", "use only this many sets of a table, evenly spaced (default: all)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, sets), .least = 2, .most = SPIRAL_MOST_SETS},
    {"dt", "D",
     "length of a step in years, for example 0.05 or 1/24 (default 1/12; at each of several sets "
     "1/4)",
     SPIRAL_OPTION_STEP, PLACE(double, setup.dt)},
    {"fact", "ID", "measure only this fact, for example S14; may be repeated", SPIRAL_OPTION_PARSED,
     PLACE(unsigned, which), .parse = parse_fact},
    {"panel", "FILE", "pair-windows, as `spiral panel` reads them, to measure S18 on",
     SPIRAL_OPTION_TEXT, PLACE(const char *, panel)},
    {"forecasts", "FILE",
     "with --panel: chances of force from `spiral panel --predictions`, for example with constants "
     "that were fitted to other pairs (default: forecast the windows with the present constants)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, forecasts)},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, setup.seed), .most = UINT64_MAX},
    {"set", "k.NAME=VALUE", "set a constant to this value", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, setup.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {.name = NULL},
};
#undef PLACE

/* --- at one set of constants ------------------------------------------------------------------ */

enum { EXPECTED = 64 };

static void write_expected(char text[EXPECTED], const struct spiral_stylised_criterion *criterion)
{
    if (criterion->high >= 1e9)
        snprintf(text, EXPECTED, "at least %g", criterion->low);
    else
        snprintf(text, EXPECTED, "%g to %g", criterion->low, criterion->high);
}

static const char *verdict_of(const struct spiral_stylised_fact *fact)
{
    return !fact->measured ? "not measured" : fact->holds ? "holds" : "fails";
}

static void print_fact(const struct spiral_stylised_fact *fact)
{
    spiral_say("%-4s %-6s %s\n", fact->id,
               !fact->measured ? "-"
               : fact->holds   ? "holds"
                               : "FAILS",
               fact->text);
    if (!fact->measured)
        spiral_say("     not measured: --panel FILE gives the pair-windows that it is about\n");

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const double margin = spiral_stylised_margin(criterion);
        const bool inside =
            criterion->value >= criterion->low && criterion->value <= criterion->high;

        char expected[EXPECTED];
        char beyond[40] = "";

        write_expected(expected, criterion);
        if (isfinite(margin))
            snprintf(beyond, sizeof beyond, ", margin %.1f s.e.", margin);
        spiral_say("   %s %s\n        %9.4f  [%.4f, %.4f]  expected %s%s\n", inside ? " " : "!",
                   criterion->name, criterion->value, criterion->error_low, criterion->error_high,
                   expected, beyond);
    }
}

static json_t *fact_json(const struct spiral_stylised_fact *fact)
{
    json_t *parts = json_array();

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const double margin = spiral_stylised_margin(criterion);
        json_array_append_new(parts, json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:o}", "name",
                                               criterion->name, "figure", criterion->value, "lo",
                                               criterion->error_low, "hi", criterion->error_high,
                                               "expected_low", criterion->low, "expected_high",
                                               criterion->high, "margin_in_standard_errors",
                                               isfinite(margin) ? json_real(margin) : json_null()));
    }

    return json_pack("{s:s, s:s, s:s, s:o}", "id", fact->id, "fact", fact->text, "verdict",
                     verdict_of(fact), "figures", parts);
}

static json_t *head_json(const struct request *request, uint64_t hash, int held, int measured)
{
    char text[20];

    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);

    return json_pack("{s:s, s:s, s:I, s:I, s:i, s:i}", "version", SPIRAL_VERSION, "constants_hash",
                     text, "seed", (json_int_t)request->setup.seed, "runs",
                     (json_int_t)request->setup.runs, "hold", held, "measured", measured);
}

static int measure_all(const struct request *request)
{
    json_t *facts = json_array();
    int held = 0;
    int measured = 0;
    int exit_status = SPIRAL_EXIT_OK;

    for (int id = 0; id < SPIRAL_STYLISED_FACTS && exit_status == SPIRAL_EXIT_OK; id++) {
        struct spiral_stylised_fact fact;
        struct spiral_error error;

        if (request->which != 0 && (request->which >> id & 1u) == 0)
            continue;
        if (spiral_stylised_fact_measure(&fact, (enum spiral_stylised_fact_id)id, &request->setup,
                                         &error) != SPIRAL_OK) {
            exit_status = spiral_complain_error(&error);
            break;
        }

        held += fact.holds;
        measured += fact.measured;
        if (request->json)
            json_array_append_new(facts, fact_json(&fact));
        else
            print_fact(&fact);
    }

    if (exit_status == SPIRAL_EXIT_OK && !request->json)
        spiral_say("%d of %d facts hold\n", held, measured);

    if (exit_status == SPIRAL_EXIT_OK && request->json) {
        json_t *object =
            head_json(request, spiral_constants_hash(&request->setup.constants), held, measured);
        json_object_set(object, "facts", facts);
        exit_status = spiral_output_json(object, stdout);
    }
    json_decref(facts);

    return exit_status;
}

/* --- over a posterior ------------------------------------------------------------------------- */

static void print_spread(const struct spiral_stylised_spread *spread)
{
    const struct spiral_stylised_fact *fact = &spread->fact;

    if (!fact->measured) {
        print_fact(fact);
        return;
    }

    spiral_say(
        "%-4s %-6s %s\n     holds in %.2f of the sets; values: 5 %% to 95 %% point, median\n",
        fact->id, spread->holds ? "holds" : "FAILS", fact->text,
        (double)spread->held / (double)spread->sets);

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const struct spiral_stylised_range *range = &spread->ranges[i];
        const bool inside = range->low >= criterion->low && range->high <= criterion->high;

        char expected[EXPECTED];

        write_expected(expected, criterion);
        spiral_say("   %s %s\n        %.4f to %.4f, %.4f; expected %s: in %.2f\n",
                   inside ? " " : "!", criterion->name, range->low, range->high, range->median,
                   expected, (double)range->inside / (double)spread->sets);
    }
}

static json_t *spread_json(const struct spiral_stylised_spread *spread)
{
    const struct spiral_stylised_fact *fact = &spread->fact;
    json_t *parts = json_array();

    for (int i = 0; i < fact->criterion_count; i++) {
        const struct spiral_stylised_criterion *criterion = &fact->criteria[i];
        const struct spiral_stylised_range *range = &spread->ranges[i];
        json_array_append_new(parts, json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f}", "name",
                                               criterion->name, "p05", range->low, "median",
                                               range->median, "p95", range->high, "inside",
                                               (double)range->inside / (double)spread->sets,
                                               "expected_low", criterion->low, "expected_high",
                                               criterion->high));
    }

    return json_pack("{s:s, s:s, s:s, s:o, s:o}", "id", fact->id, "fact", fact->text, "verdict",
                     !fact->measured ? "not measured"
                     : spread->holds ? "holds"
                                     : "fails",
                     "share_of_sets",
                     fact->measured ? json_real((double)spread->held / (double)spread->sets)
                                    : json_null(),
                     "figures", parts);
}

static int measure_sets(const struct request *request, const struct spiral_constant_sets *posterior)
{
    struct spiral_stylised_spread spread[SPIRAL_STYLISED_FACTS];
    struct spiral_error error;
    json_t *facts;
    int held = 0;
    int measured = 0;

    if (spiral_stylised_spread_measure(spread, posterior, request->sets, request->which,
                                       &request->setup, request->quiet ? NULL : "facts",
                                       &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    facts = json_array();
    size_t sets = 0;

    for (int id = 0; id < SPIRAL_STYLISED_FACTS; id++) {
        if (spread[id].sets == 0)
            continue;
        sets = spread[id].sets;
        held += spread[id].holds;
        measured += spread[id].fact.measured;
        if (request->json)
            json_array_append_new(facts, spread_json(&spread[id]));
        else
            print_spread(&spread[id]);
    }

    int exit_status = SPIRAL_EXIT_OK;

    if (request->json) {
        json_t *object = head_json(request, spiral_constant_sets_hash(posterior), held, measured);
        json_object_set_new(object, "sets", json_integer((json_int_t)sets));
        json_object_set(object, "facts", facts);
        exit_status = spiral_output_json(object, stdout);
    } else {
        spiral_say("%d of %d facts hold over the middle 90 %% of %zu sets of constants, hash "
                   "%016llx; %llu runs of each case\n",
                   held, measured, sets, (unsigned long long)spiral_constant_sets_hash(posterior),
                   (unsigned long long)request->setup.runs);
    }
    json_decref(facts);

    return exit_status;
}

/* --- the command ------------------------------------------------------------------------------ */

/* What S18 is measured on; the caller clears both, also after an error. */
struct windows {
    struct spiral_pair_panel panel;
    double *chances[SPIRAL_PANEL_EVENTS];
};

static int load_windows(struct request *request, struct windows *windows)
{
    static struct spiral_diagnostics diagnostics;
    enum spiral_status status;

    if (request->panel == NULL && request->forecasts == NULL)
        return SPIRAL_EXIT_OK;

    if (request->panel == NULL) {
        spiral_complain("facts: --forecasts goes with --panel FILE");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_diagnostics_init(&diagnostics);
    status = spiral_panel_load(&windows->panel, request->panel, &diagnostics, NULL);
    if (status == SPIRAL_OK && request->forecasts != NULL)
        status = spiral_panel_read_predictions(windows->chances, &request->setup.floor,
                                               &windows->panel, request->forecasts, &diagnostics);
    request->setup.panel = &windows->panel;
    request->setup.chances = windows->chances[SPIRAL_PANEL_FORCE];

    return spiral_complain_diagnostics(&diagnostics, status);
}

/* The constants of the request: one set, or a posterior. */
static int choose_constants(struct request *request, struct spiral_constant_sets *posterior)
{
    const bool shipped = request->constants != NULL && strcmp(request->constants, "posterior") == 0;
    const char *choice = request->constants == NULL ? "point" : shipped ? NULL : request->constants;
    int exit_status = spiral_constants_prepare(posterior, &request->setup.constants, choice, NULL,
                                               &request->settings);

    if (exit_status == SPIRAL_EXIT_OK && shipped && posterior->count == 0) {
        spiral_complain("facts: --constants posterior: there is no posterior.csv beside the cases");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK && request->sets > 0 && posterior->count == 0) {
        spiral_complain("facts: --sets goes with --constants and a table of several sets");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status;
}

/* Settings that depend on how many sets of constants there are. */
static void settle(struct request *request, bool several)
{
    struct spiral_stylised_setup *setup = &request->setup;

    if (setup->runs == 0)
        setup->runs = several ? RUNS_OF_SET : RUNS;
    if (setup->dt == 0.0 && several)
        setup->dt = step_of_sets;
    setup->panel_runs = several ? RUNS_OF_WINDOW : 0;
    setup->resamples = several ? 0 : RESAMPLES;
}

static int run_command(int argc, char **argv)
{
    static struct request request;
    static struct windows windows;
    struct spiral_constant_sets posterior = {.count = 0};

    request = (struct request){.setup = {.seed = 1}};
    windows = (struct windows){.panel = {.count = 0}};

    const int first = spiral_options_read(&spiral_command_facts, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first < argc) {
        spiral_complain("facts: '%s' is not expected; the facts take their own cases", argv[first]);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = choose_constants(&request, &posterior);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = load_windows(&request, &windows);
    settle(&request, posterior.count > 0);

    for (int i = 0; i < SPIRAL_STYLISED_CASES && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_load(&request.setup.cases[i], spiral_stylised_case_names[i]);

    spiral_interrupts_catch();
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status =
            posterior.count > 0 ? measure_sets(&request, &posterior) : measure_all(&request);

    for (int i = 0; i < SPIRAL_STYLISED_CASES; i++)
        spiral_scenario_clear(&request.setup.cases[i]);
    spiral_panel_clear(&windows.panel);
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        free(windows.chances[event]);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

const struct spiral_command spiral_command_facts = {
    "facts", "",          "measure the stylised facts: value, interval, margin and verdict of each",
    options, run_command, NULL};
