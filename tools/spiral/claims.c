/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "tools/experiment/claims.h"
#include "tools/experiment/store_claims.h"
#include "tools/farm.h"
#include "tools/spiral/claims_print.h"
#include "tools/spiral/commands.h"

enum { OPTION_POINTS, OPTION_RUNS, OPTION_SEED, OPTION_THREADS, OPTION_DT, OPTION_ONLY, OPTION_LANG, OPTION_JSON, OPTION_CSV, OPTION_STORE };
static const struct spiral_option options[] = {
    [OPTION_POINTS] = {"points", "N", "points of the parameter space (default 512; best a power of two)"},
    [OPTION_RUNS] = {"runs", "N", "runs of each course of events at each point (default 128)"},
    [OPTION_SEED] = {"seed", "S", "seed of the points and the runs (default 1)"},
    [OPTION_THREADS] = {"threads", "N", "threads (default: one a processor)"},
    [OPTION_DT] = {"dt", "YEARS", "length of a step (default 1/4)"},
    [OPTION_ONLY] = {"only", "CLAIM", "try this claim alone; may be repeated"},
    [OPTION_LANG] = {"lang", "LANGUAGE", "of the statements: en (default) or zh"},
    [OPTION_JSON] = {"json", NULL, "one JSON object on stdout"},
    [OPTION_CSV] = {"csv", NULL, "CSV on stdout, a row a claim and event"},
    [OPTION_STORE] = {"store", "FILE", "also write every point to a new SQLite file"},
    {NULL, NULL, NULL},
};

struct request {
    struct spiral_claims_request trial;
    struct spiral_claim claims[SPIRAL_CLAIMS]; /* those asked for, in the table's order */
    bool asked[SPIRAL_CLAIMS];
    const char *store;
    bool chinese, json, csv;
};

static const char *claim_at(const void *context, size_t i)
{
    (void)context;
    return spiral_claims[i].id;
}

static bool take_only(struct request *request, const char *argument)
{
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        if (strcmp(spiral_claims[c].id, argument) == 0)
            return request->asked[c] = true;
    const char *nearest = spiral_nearest_name(argument, SPIRAL_CLAIMS, claim_at, NULL);
    spiral_report(nearest != NULL ? "--only: unknown claim '%s'; did you mean '%s'?" : "--only: unknown claim '%s'; `spiral help claims` lists them", argument, nearest);
    return false;
}

static bool take_dt(double *dt, const char *argument)
{
    if (!spiral_read_real("dt", argument, dt))
        return false;
    if (*dt > 0.0 && *dt <= 1.0 && spiral_step_count(2000.0, 2030.0, *dt) > 0)
        return true;
    spiral_report("--dt: %s is no step; expected a whole number of steps in 30 years, of a year at most", argument);
    return false;
}

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;
    unsigned long long number;
    switch (option) {
    case OPTION_POINTS:
        if (!spiral_read_whole("points", argument, 1, 1000000, &number))
            return false;
        request->trial.points = (size_t)number;
        return true;
    case OPTION_RUNS:
        if (!spiral_read_whole("runs", argument, 1, 1000000, &number))
            return false;
        request->trial.runs = number;
        return true;
    case OPTION_SEED:
        return spiral_read_seed(argument, &request->trial.seed);
    case OPTION_THREADS:
        return spiral_read_threads(argument, &request->trial.threads);
    case OPTION_DT:
        return take_dt(&request->trial.dt, argument);
    case OPTION_ONLY:
        return take_only(request, argument);
    case OPTION_LANG:
        request->chinese = strcmp(argument, "zh") == 0;
        if (request->chinese || strcmp(argument, "en") == 0)
            return true;
        spiral_report("--lang: '%s' is not known; expected en or zh", argument);
        return false;
    case OPTION_STORE:
        request->store = argument;
        return true;
    default:
        *(option == OPTION_JSON ? &request->json : &request->csv) = true;
        return true;
    }
}

/* Sums all claims up and writes what is wanted. */
static int report(const struct request *request, const struct spiral_claim_trial *trial)
{
    const size_t claims = trial->request.claim_count;
    struct spiral_claim_summary *summaries = calloc(SPIRAL_CLAIM_EVENTS * claims, sizeof *summaries);
    struct spiral_error error;
    struct spiral_output output;
    enum spiral_status status = summaries != NULL ? SPIRAL_OK : spiral_error_set(&error, SPIRAL_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims && status == SPIRAL_OK; i++)
        status = spiral_claim_sum_up(&summaries[i], trial, i % claims, (enum spiral_claim_event)(i / claims), &error);
    if (status == SPIRAL_OK && request->store != NULL)
        status = spiral_store_claims(request->store, trial, summaries, &error);
    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_report_error(&error);
    if (exit_status == SPIRAL_EXIT_OK && spiral_output_open(&output, NULL)) {
        bool written = true;
        if (request->json)
            written = spiral_claims_json(output.file, trial, summaries);
        else if (request->csv)
            spiral_claims_csv(output.file, trial, summaries);
        else
            spiral_claims_table(output.file, trial, summaries, request->chinese);
        exit_status = spiral_output_close(&output) && written ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
    }
    free(summaries);
    return exit_status;
}

static int run(int argc, char **argv)
{
    struct request request = {.trial = {.arms = spiral_claim_arms, .arm_count = SPIRAL_CLAIM_ARM_COUNT, .points = 512, .runs = 128, .seed = 1, .dt = 0.25,
                                        .label = "claims"}};
    struct spiral_claim_trial trial;
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_claims, argc, argv, take, &request);
    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;
    if (first < argc) {
        spiral_report("claims: '%s' is not expected; claims are tried on a stylised triad, and one alone is chosen by --only", argv[first]);
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (request.json && request.csv) {
        spiral_report("claims: --json or --csv, not both");
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (request.store != NULL && spiral_store_claims_check(request.store, &error) != SPIRAL_OK)
        return spiral_report_error(&error);
    bool all = true;
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        all = all && !request.asked[c];
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        if (all || request.asked[c])
            request.claims[request.trial.claim_count++] = spiral_claims[c];
    request.trial.claims = request.claims;
    spiral_farm_catch_interrupts();
    const enum spiral_status status = spiral_claims_try(&trial, &request.trial, &error);
    const int exit_status = status == SPIRAL_OK ? report(&request, &trial) : spiral_report_error(&error);
    spiral_claim_trial_clear(&trial);
    return exit_status;
}

static void list_claims(FILE *out)
{
    fputs("\nclaims (reading, scope; holds where the risk of the first-named course is the higher):\n", out);
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        fprintf(out, "  %-24s %-10s %-6s %s\n", spiral_claims[c].id, spiral_readings[spiral_claims[c].reading].name, spiral_scopes[spiral_claims[c].scope].name,
                spiral_claims[c].en);
}

const struct spiral_command spiral_command_claims = {"claims", "", "try the paper's statements and its rivals' over the plausible parameter space", options, run,
                                                     list_claims};
