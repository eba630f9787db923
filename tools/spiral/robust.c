/* SPDX-License-Identifier: MIT
 *
 * Robust choice: the front of courses of a case over many worlds.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/constants.h"
#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/spiral/choice_request.h"
#include "tools/spiral/commands.h"
#include "tools/store/robust.h"

static const char *const languages[] = {"en", "zh", NULL};

struct request {
    struct spiral_sweep_request experiment;
    struct spiral_robust_request asked;
    struct spiral_option_list dates;
    const char *said; /* an option that says what is asked, which a store says already */
    const char *constants;
    const char *store;
    const char *resume;
    const char *out;
    const char *const *inputs;
    double epsilon;
    double seconds;
    size_t limit;
    int threads;
    int language;
    bool json;
    bool csv;
    bool quiet;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define SAID .mark = SPIRAL_OPTION_PLACE(const char *, struct request, said)
#define EXPERIMENT(type, member) PLACE(type, experiment.member), SAID
#define LIMIT(index) PLACE(double, asked.limits[index]), SAID, .low = 0.0, .high = 1.0
static const struct spiral_option options[] = {
    {"vary", "NAME=LOW:HIGH",
     "what differs between worlds (default: the neighbour's greed and the patron's resolve over 0 "
     "to 1 and, where neither a posterior nor a file of constants is used, the constants that a "
     "calibration fits)",
     SPIRAL_OPTION_LIST, EXPERIMENT(struct spiral_option_list, vary)},
    {"worlds", "N", "states of the world, a Sobol' design (default 64)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, points)},
    {"runs", "N", "runs of a course in each world (default 16)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, replicates)},
    {"seed", "S", "seed of worlds, runs and search (default 1)", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, seed)},
    {"course", "FORM",
     "what a period's doctrine is: numbers (its own numbers, in hundredths; default) or presets",
     SPIRAL_OPTION_WORD, .place = SPIRAL_OPTION_ENUM_PLACE(struct request, asked.form), SAID,
     .words = spiral_course_form_names},
    {"periods", "N", "periods of a course (default 2)", SPIRAL_OPTION_SIZE,
     PLACE(size_t, asked.periods), SAID, .least = 1, .most = SPIRAL_MOST_PERIODS},
    {"date", "DATE", "when the next period begins (default: searched for)", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, dates), SAID, .most = SPIRAL_MOST_PERIODS - 1},
    {"evaluations", "N", "courses to try (default 1000)", SPIRAL_OPTION_SIZE,
     PLACE(size_t, asked.evaluations), SAID, .least = 8, .most = 1000000},
    {"population", "N", "population of the search's first run (default 24)", SPIRAL_OPTION_SIZE,
     PLACE(size_t, asked.population), SAID, .least = 8, .most = 10000},
    {"epsilon", "E", "difference of an objective that does not matter (default 0.01)",
     SPIRAL_OPTION_REAL, PLACE(double, epsilon), SAID, .low = 0.001, .high = 0.5},
    {"war", "X", "highest acceptable risk of war (default: history's)", SPIRAL_OPTION_REAL,
     LIMIT(0)},
    {"force", "X", "highest acceptable risk of force (default: history's)", SPIRAL_OPTION_REAL,
     LIMIT(1)},
    {"autonomy", "X", "highest acceptable loss of autonomy (default: history's)",
     SPIRAL_OPTION_REAL, LIMIT(2)},
    {"set", "NAME=VALUE", "a value that is fixed in all worlds", SPIRAL_OPTION_LIST,
     EXPERIMENT(struct spiral_option_list, set)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_TEXT,
     EXPERIMENT(const char *, until)},
    {"dt", "D", "length of a step in years, for example 0.05 or 1/24 (default: the scenario's)",
     SPIRAL_OPTION_TEXT, EXPERIMENT(const char *, dt)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants), SAID},
    {"store", "FILE", "a new SQLite file, which keeps every course that was tried",
     SPIRAL_OPTION_TEXT, PLACE(const char *, store)},
    {"resume", "FILE",
     "continue a stopped search from its store, which says what to do; print a finished one again",
     SPIRAL_OPTION_TEXT, PLACE(const char *, resume)},
    {"limit", "COURSES", "stop after this many courses, as Ctrl-C would", SPIRAL_OPTION_SIZE,
     PLACE(size_t, limit), .least = 1, .most = 1000000},
    {"time-limit", "TIME",
     "start no course after this time, for example 90m or 1h30m, then stop as Ctrl-C would",
     SPIRAL_OPTION_DURATION, PLACE(double, seconds)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"lang", "en|zh", "language of the courses (default en)", SPIRAL_OPTION_WORD,
     PLACE(int, language), .words = languages},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"csv", NULL, "CSV, a row per course of the front", SPIRAL_OPTION_FLAG, PLACE(bool, csv)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {.name = NULL},
};
#undef LIMIT
#undef EXPERIMENT
#undef SAID
#undef PLACE

/* --- the result ------------------------------------------------------------------------------- */

static int write_csv(const struct request *request, const struct spiral_robust *robust)
{
    struct spiral_table_output output;
    struct spiral_table table;

    spiral_robust_describe(&table, robust);

    int exit_status =
        spiral_table_output_open(&output, &table, request->out, request->inputs, false);

    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_robust_csv(robust, &table);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_front(const struct request *request, const struct spiral_robust *robust)
{
    struct spiral_output output;

    if (request->csv)
        return write_csv(request, robust);

    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (request->json)
        exit_status = spiral_output_json(spiral_robust_json(robust), output.file);
    else
        spiral_robust_print(robust, request->language == 1, output.file);

    return spiral_output_close(&output, exit_status);
}

/* Searches, with a store (NULL: none) at hand. */
static int search_front(const struct request *request, struct spiral_robust *robust,
                        struct spiral_store *store, const char *path)
{
    struct spiral_error error;

    robust->threads = request->threads;
    robust->limit = request->limit;
    robust->label = request->quiet ? NULL : robust->experiment.cases[0].scenario.name;
    if (store != NULL)
        spiral_store_robust_attach(store, robust);

    spiral_interrupts_catch();
    if (request->seconds > 0.0)
        spiral_interrupts_limit(request->seconds);

    const enum spiral_status status = spiral_robust_run(robust, &error);

    if (status == SPIRAL_OK)
        return write_front(request, robust);

    const int exit_status = spiral_complain_error(&error);

    if (store != NULL && (status == SPIRAL_STOPPED || status == SPIRAL_IO))
        spiral_complain("`spiral robust --resume %s` continues from there", path);

    return exit_status;
}

/* --- what is asked ---------------------------------------------------------------------------- */

static int use_store(const struct request *request, const char *path)
{
    struct spiral_robust robust = {.experiment = spiral_experiment_defaults()};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    enum spiral_status status = spiral_store_open(&store, path, true, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_robust_load(store, &robust, &error);

    const int exit_status = status == SPIRAL_OK ? search_front(request, &robust, store, path)
                                                : spiral_complain_error(&error);

    spiral_store_close(store);
    spiral_robust_clear(&robust);

    return exit_status;
}

static bool read_dates(struct request *request)
{
    struct spiral_robust_request *asked = &request->asked;

    for (size_t i = 0; i < request->dates.count; i++)
        if (!spiral_date_parse(request->dates.items[i], &asked->dates[i])) {
            spiral_complain("--date: '%s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD",
                            request->dates.items[i]);
            return false;
        }

    asked->date_count = request->dates.count;
    if (asked->date_count == 0 || asked->date_count + 1 == asked->periods)
        return true;
    spiral_complain("robust: %zu periods begin at %zu dates after the start; give --date for each, "
                    "or none",
                    asked->periods, asked->periods - 1);

    return false;
}

static int begin_search(struct request *request, char *const *operands)
{
    struct spiral_robust robust = {.experiment = spiral_experiment_defaults()};
    struct spiral_experiment experiment;
    struct spiral_constant_sets sets = {.count = 0};
    struct spiral_error error;

    if (!read_dates(request))
        return SPIRAL_EXIT_BAD_INPUT;
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        request->asked.epsilon[o] = request->epsilon;

    int exit_status = spiral_choice_experiment(&experiment, &sets, &request->experiment,
                                               request->constants, operands[0], "robust");

    if (exit_status == SPIRAL_EXIT_OK) {
        enum spiral_status status =
            spiral_robust_init(&robust, &experiment, &sets, &request->asked, &error);
        if (status == SPIRAL_OK && request->store != NULL)
            status =
                spiral_store_robust_create(request->store, &robust, request->constants, &error);
        exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
    }

    if (exit_status == SPIRAL_EXIT_OK && request->store == NULL)
        exit_status = search_front(request, &robust, NULL, NULL);
    spiral_robust_clear(&robust);
    spiral_experiment_clear(&experiment);
    spiral_constant_sets_clear(&sets);

    return exit_status == SPIRAL_EXIT_OK && request->store != NULL
               ? use_store(request, request->store)
               : exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.asked = spiral_robust_defaults(),
                              .epsilon = 0.01,
                              .experiment = {.name = "robust", .points = "64", .replicates = "16"}};
    const int first = spiral_options_read(&spiral_command_robust, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);
    request.inputs = (const char *const *)&argv[first];

    if (request.json && request.csv)
        spiral_complain("robust: --json or --csv, not both");
    else if (request.resume != NULL &&
             (argc > first || request.said != NULL || request.store != NULL))
        spiral_complain("robust: --%s: the store %s already says what is asked",
                        request.said != NULL ? request.said : "store", request.resume);
    else if (request.resume != NULL)
        return use_store(&request, request.resume);
    else if (argc - first != 1)
        spiral_complain("robust: %s usage: spiral robust SCENARIO",
                        first == argc ? "which scenario?" : "one scenario at a time;");
    else
        return begin_search(&request, argv + first);

    return SPIRAL_EXIT_BAD_INPUT;
}

static int explain(FILE *out)
{
    fputc('\n', out);
    spiral_text_wrap("Objectives are the risk of war, the risk of force, and the autonomy that the "
                     "small state loses to dependence, foreign forces and concessions. "
                     "docs/choice.md defines them and explains the table. `spiral chart robust "
                     "STORE` draws the front.",
                     0, 0, spiral_terminal_columns(), out);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_robust = {
    "robust", "SCENARIO",  "search for the small state's courses that do well over many worlds",
    options,  run_command, explain};
