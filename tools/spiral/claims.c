/* SPDX-License-Identifier: MIT
 *
 * The paper's statements and its rivals', tried; or printed again from a store.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/farm/interrupt.h"
#include "tools/spiral/claims_print.h"
#include "tools/spiral/commands.h"
#include "tools/store/claims.h"

enum {
    OPTION_CLAIMS,
    OPTION_POINTS,
    OPTION_REPLICATES,
    OPTION_SEED,
    OPTION_DT,
    OPTION_STORE,
    OPTION_RESUME,
    OPTION_THREADS,
    OPTION_LIMIT,
    OPTION_QUIET,
    OPTION_LANG,
    OPTION_JSON,
    OPTION_CSV,
    OPTION_OUT
};
static const struct spiral_option options[] = {
    [OPTION_CLAIMS] = {"claims", "NAME,...", "try these alone; may be repeated (default: all)"},
    [OPTION_POINTS] = {"points", "N",
                       "points of the parameter space (default 1024; best a power of two)"},
    [OPTION_REPLICATES] =
        {"replicates", "N",
         "runs of each course of events at each point (default 96; best a multiple of 32)"},
    [OPTION_SEED] = {"seed", "S", "seed of the points and the runs (default 1)"},
    [OPTION_DT] = {"dt", "D", "length of a step in years, as 0.05 or 1/24 (default 1/4)"},
    [OPTION_STORE] = {"store", "FILE", "a new SQLite file that every point goes to as it is done"},
    [OPTION_RESUME] = {"resume", "FILE",
                       "go on with a store that was stopped; nothing else is needed"},
    [OPTION_THREADS] = {"threads", "N",
                        "threads (default: one a processor); results are the same for any number"},
    [OPTION_LIMIT] = {"limit", "POINTS", "stop after so many points, as an interrupt does"},
    [OPTION_QUIET] = {"quiet", NULL, "no progress on stderr"},
    [OPTION_LANG] = {"lang", "en|zh", "language of the statements (default en)"},
    [OPTION_JSON] = {"json", NULL, "one JSON object"},
    [OPTION_CSV] = {"csv", NULL, "CSV, a row a claim and event"},
    [OPTION_OUT] = {"out", "FILE", "write there instead of stdout"},
    {NULL, NULL, NULL},
};

struct request {
    struct spiral_claims_request trial;
    struct spiral_claims_options how;
    bool asked[SPIRAL_CLAIMS];
    bool says_what; /* whether anything was said of what is to be tried */
    const char *store;
    const char *resume;
    const char *out;
    bool chinese;
    bool json;
    bool csv;
    bool quiet;
};

/* Names with commas between. */
static bool take_claims(struct request *request, const char *argument)
{
    for (const char *name = argument;; name++) {
        char id[64];
        const size_t length = strcspn(name, ",");
        snprintf(id, sizeof id, "%.*s", (int)length, name);

        const struct spiral_claim *claim = length < sizeof id ? spiral_claim_find(id) : NULL;

        if (claim == NULL) {
            const char *nearest =
                spiral_names_nearest(spiral_names_of(spiral_claims, SPIRAL_CLAIMS, id), id);
            spiral_report(nearest != NULL
                              ? "--claims: unknown claim '%s'; did you mean '%s'?"
                              : "--claims: unknown claim '%s'; `spiral help claims` lists them",
                          id, nearest);
            return false;
        }

        request->asked[claim - spiral_claims] = true;
        name += length;
        if (*name == '\0')
            return true;
    }
}

static bool take_dt(double *dt, const char *argument)
{
    if (!spiral_read_real("dt", argument, dt))
        return false;
    if (*dt > 0.0 && *dt <= 1.0 && spiral_step_count(2000.0, 2030.0, *dt) > 0)
        return true;
    spiral_report(
        "--dt: %s is no step; expected a whole number of steps in 30 years, of a year at most",
        argument);

    return false;
}

static bool take_number(struct request *request, int option, const char *argument)
{
    unsigned long long number = 0;
    bool good;

    switch (option) {
    case OPTION_POINTS:
        good = spiral_read_whole("points", argument, 1, SPIRAL_CLAIM_POINTS, &number);
        request->trial.points = (size_t)number;
        return good;
    case OPTION_REPLICATES:
        good = spiral_read_whole("replicates", argument, 1, SPIRAL_CLAIM_REPLICATES, &number);
        request->trial.replicates = number;
        return good;
    default:
        good = spiral_read_whole("limit", argument, 1, SPIRAL_CLAIM_POINTS, &number);
        request->how.limit = (size_t)number;
        return good;
    }
}

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;

    request->says_what = request->says_what || option < OPTION_STORE;
    switch (option) {
    case OPTION_CLAIMS: return take_claims(request, argument);
    case OPTION_POINTS:
    case OPTION_REPLICATES:
    case OPTION_LIMIT: return take_number(request, option, argument);
    case OPTION_SEED: return spiral_read_seed(argument, &request->trial.seed);
    case OPTION_DT: return take_dt(&request->trial.dt, argument);
    case OPTION_STORE: request->store = argument; return true;
    case OPTION_RESUME: request->resume = argument; return true;
    case OPTION_THREADS: return spiral_read_threads(argument, &request->how.threads);
    case OPTION_QUIET: request->quiet = true; return true;
    case OPTION_LANG:
        request->chinese = strcmp(argument, "zh") == 0;
        if (request->chinese || strcmp(argument, "en") == 0)
            return true;
        spiral_report("--lang: '%s' is neither en nor zh", argument);
        return false;
    case OPTION_JSON: request->json = true; return true;
    case OPTION_CSV: request->csv = true; return true;
    default: request->out = argument; return true;
    }
}

/* --- the command ------------------------------------------------------------------------------ */

static int write_out(const struct request *request, const struct spiral_claim_trial *trial,
                     const struct spiral_claim_summary *summaries)
{
    struct spiral_output output;
    bool written = true;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;
    if (request->json)
        written = spiral_claims_json(output.file, trial, summaries);
    else if (request->csv)
        spiral_claims_csv(output.file, trial, summaries);
    else
        spiral_claims_table(output.file, trial, summaries, request->chinese);
    if (written)
        return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
    spiral_report("out of memory");
    spiral_output_discard(&output);

    return SPIRAL_EXIT_FAILED;
}

/* Sums a finished trial up, in its store too (NULL: none, or not to be written), and writes what
 * is wanted. */
static int report(const struct request *request, const struct spiral_claim_trial *trial,
                  struct spiral_store *store)
{
    struct spiral_claim_summary *summaries;
    struct spiral_error error;
    enum spiral_status status = spiral_claims_sum_up(&summaries, trial, &error);

    if (status == SPIRAL_OK && store != NULL)
        status = spiral_store_claims_end(store, trial, summaries, &error);

    const int exit_status =
        status == SPIRAL_OK ? write_out(request, trial, summaries) : spiral_report_error(&error);

    free(summaries);

    return exit_status;
}

/* Does what a trial still wants; its points go to the store, where there is one. */
static int go_on(const struct request *request, struct spiral_claim_trial *trial,
                 struct spiral_store *store, const char *path)
{
    struct spiral_claims_options how = request->how;
    struct spiral_error error;

    how.label = request->quiet ? NULL : "claims";
    how.keep = store != NULL ? spiral_store_claims_keep : NULL;
    how.context = store;
    spiral_interrupts_catch();

    const enum spiral_status status = spiral_claims_try(trial, &how, &error);

    if (status == SPIRAL_OK)
        return report(request, trial, store);

    const int exit_status = spiral_report_error(&error);

    if (store != NULL && (status == SPIRAL_STOPPED || status == SPIRAL_IO))
        spiral_report("`spiral claims --resume %s` goes on from there", path);

    return exit_status;
}

/* Opens a store and goes on with its trial, or prints what is finished. */
static int use_store(const struct request *request, const char *path, bool resume)
{
    struct spiral_claim_trial trial = {.points_done = 0};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_BAD_INPUT;
    enum spiral_status status = spiral_store_open(&store, path, resume, &error);

    status = status != SPIRAL_OK ? status : spiral_store_claims_load(store, &trial, &error);
    if (status != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    else if (resume)
        exit_status = go_on(request, &trial, store, path);
    else if (trial.points_done < trial.request.points)
        spiral_report("%s: %zu of %zu points are done; `spiral claims --resume %s` goes on", path,
                      trial.points_done, trial.request.points, path);
    else
        exit_status = report(request, &trial, NULL);
    spiral_store_close(store);
    spiral_claim_trial_clear(&trial);

    return exit_status;
}

static int begin(struct request *request)
{
    struct spiral_claim claims[SPIRAL_CLAIMS];
    struct spiral_claim_trial trial;
    struct spiral_error error;
    bool all = true;

    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        all = all && !request->asked[c];
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        if (all || request->asked[c])
            claims[request->trial.claim_count++] = spiral_claims[c];

    request->trial.claims = claims;

    enum spiral_status status = spiral_claim_trial_init(&trial, &request->trial, &error);

    if (status == SPIRAL_OK && request->store != NULL)
        status = spiral_store_claims_create(request->store, &trial, &error);

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_report_error(&error);

    if (status == SPIRAL_OK && request->store == NULL)
        exit_status = go_on(request, &trial, NULL, NULL);
    spiral_claim_trial_clear(&trial);

    return status == SPIRAL_OK && request->store != NULL ? use_store(request, request->store, true)
                                                         : exit_status;
}

static int run(int argc, char **argv)
{
    struct request request = {.trial = {.arms = spiral_claim_arms,
                                        .arm_count = SPIRAL_CLAIM_ARM_COUNT,
                                        .points = 1024,
                                        .replicates = 96,
                                        .seed = 1,
                                        .dt = 0.25}};
    const int first = spiral_options_read(&spiral_command_claims, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    const bool from_store = argc > first || request.resume != NULL;

    if (request.json && request.csv)
        spiral_report("claims: --json or --csv, not both");
    else if (argc - first > 1 || (argc > first && request.resume != NULL))
        spiral_report("claims: one store at a time; usage: spiral claims [OPTION]... [STORE]");
    else if (from_store && (request.says_what || request.store != NULL))
        spiral_report("claims: the store %s says what is tried; claims, points, replicates, seed, "
                      "step and store are not said besides",
                      argc > first ? argv[first] : request.resume);
    else if (from_store)
        return use_store(&request, argc > first ? argv[first] : request.resume, argc == first);
    else
        return begin(&request);

    return SPIRAL_EXIT_BAD_INPUT;
}

static void list_claims(FILE *out)
{
    fputs("\nclaims, by reading, and the points that each speaks of:\n", out);
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        fprintf(out, "  %-24s %-10s %-6s %s\n", spiral_claims[c].id,
                spiral_readings[spiral_claims[c].reading].name,
                spiral_scopes[spiral_claims[c].scope].name, spiral_claims[c].en);
    fputs("\nWith STORE, a finished store is printed again. docs/experiments.md tells the method "
          "and how to read the table.\n",
          out);
}

const struct spiral_command spiral_command_claims = {
    "claims", "[STORE]", "try the paper's statements and its rivals' over the parameter space",
    options,  run,       list_claims};
