/* SPDX-License-Identifier: MIT
 *
 * The paper's statements and its rivals', tried; or printed again from a store.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/spiral/claims_print.h"
#include "tools/spiral/commands.h"
#include "tools/store/claims.h"

static const char *const languages[] = {"en", "zh", NULL};

struct request {
    struct spiral_claims_request trial;
    struct spiral_claims_options how;
    struct spiral_option_list asked; /* names of claims, with commas between them */
    const char *said; /* an option that says what is tried, which a store says already */
    const char *store;
    const char *resume;
    const char *out;
    const char *const *inputs; /* the operands */
    int language;              /* index in `languages` */
    double seconds;            /* time limit; 0: none */
    bool json;
    bool csv;
    bool header_comments;
    bool quiet;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define SAID .mark = SPIRAL_OPTION_PLACE(const char *, struct request, said)
static const struct spiral_option options[] = {
    {"claims", "NAME,...", "test only these (default: all)", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, asked), SAID},
    {"points", "N", "points of the parameter space (default 1024; best a power of two)",
     SPIRAL_OPTION_SIZE, PLACE(size_t, trial.points), .least = 1, .most = SPIRAL_CLAIM_POINTS,
     SAID},
    {"replicates", "N",
     "runs of each course of events at each point (default 96; best a multiple of 32)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, trial.replicates), .least = 1,
     .most = SPIRAL_CLAIM_REPLICATES, SAID},
    {"seed", "S", "seed of the points and the runs (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, trial.seed), .most = UINT64_MAX, SAID},
    {"dt", "D", "length of a step in years, for example 0.05 or 1/24 (default 1/4)",
     SPIRAL_OPTION_STEP, PLACE(double, trial.dt), SAID},
    {"store", "FILE", "a new SQLite file, which keeps every finished point", SPIRAL_OPTION_TEXT,
     PLACE(const char *, store)},
    {"resume", "FILE", "continue from the store of a stopped run, which says what to test",
     SPIRAL_OPTION_TEXT, PLACE(const char *, resume)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, how.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"limit", "POINTS", "stop after this many points, as Ctrl-C would", SPIRAL_OPTION_SIZE,
     PLACE(size_t, how.limit), .least = 1, .most = SPIRAL_CLAIM_POINTS},
    {"time-limit", "TIME",
     "start no point after this time, for example 90m or 1h30m, then stop as Ctrl-C would",
     SPIRAL_OPTION_DURATION, PLACE(double, seconds)},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"lang", "en|zh", "language of the statements (default en)", SPIRAL_OPTION_WORD,
     PLACE(int, language), .words = languages},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"csv", NULL, "CSV, a row per claim and event", SPIRAL_OPTION_FLAG, PLACE(bool, csv)},
    {"header-comments", NULL, SPIRAL_HEADER_COMMENTS_DOC, SPIRAL_OPTION_FLAG,
     PLACE(bool, header_comments)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {.name = NULL},
};
#undef SAID
#undef PLACE

/* --- the command ------------------------------------------------------------------------------ */

static int write_csv(const struct request *request, const struct spiral_claim_trial *trial,
                     const struct spiral_claim_summary *summaries)
{
    struct spiral_table_output output;
    struct spiral_table table;

    spiral_claims_describe(&table, trial);

    int exit_status = spiral_table_output_open(&output, &table, request->out, request->inputs,
                                               request->header_comments);

    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_claims_csv(&table, trial, summaries);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_summaries(const struct request *request, const struct spiral_claim_trial *trial,
                           const struct spiral_claim_summary *summaries)
{
    struct spiral_output output;

    if (request->csv)
        return write_csv(request, trial, summaries);

    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    struct spiral_error error;

    if (request->json && spiral_claims_json(output.file, trial, summaries, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (!request->json)
        spiral_claims_table(output.file, trial, summaries, request->language == 1);

    return spiral_output_close(&output, exit_status);
}

/* Summarises a finished trial, in its store too (NULL: none, or not to be written), and writes the
 * summaries. */
static int finish_trial(const struct request *request, const struct spiral_claim_trial *trial,
                        struct spiral_store *store)
{
    struct spiral_claim_summary *summaries;
    struct spiral_error error;
    enum spiral_status status = spiral_claims_sum_up(&summaries, trial, &error);

    if (status == SPIRAL_OK && store != NULL)
        status = spiral_store_claims_end(store, trial, summaries, &error);

    const int exit_status = status == SPIRAL_OK ? write_summaries(request, trial, summaries)
                                                : spiral_complain_error(&error);

    free(summaries);

    return exit_status;
}

/* Tries the points that are not done; they go to the store, where there is one. */
static int continue_trial(const struct request *request, struct spiral_claim_trial *trial,
                          struct spiral_store *store, const char *path)
{
    struct spiral_claims_options how = request->how;
    struct spiral_error error;

    how.label = request->quiet ? NULL : "claims";
    how.keep = store != NULL ? spiral_store_claims_keep : NULL;
    how.context = store;
    spiral_interrupts_catch();
    if (request->seconds > 0.0)
        spiral_interrupts_limit(request->seconds);

    const enum spiral_status status = spiral_claims_try(trial, &how, &error);

    if (status == SPIRAL_OK)
        return finish_trial(request, trial, store);

    const int exit_status = spiral_complain_error(&error);

    if (store != NULL && (status == SPIRAL_STOPPED || status == SPIRAL_IO))
        spiral_complain("`spiral claims --resume %s` continues from there", path);

    return exit_status;
}

/* Opens a store and continues its trial, or prints a finished one. */
static int use_store(const struct request *request, const char *path, bool resume)
{
    struct spiral_claim_trial trial = {.points_done = 0};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_BAD_INPUT;
    enum spiral_status status = spiral_store_open(&store, path, resume, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_claims_load(store, &trial, &error);

    if (status != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (resume)
        exit_status = continue_trial(request, &trial, store, path);
    else if (trial.points_done < trial.request.points)
        spiral_complain("%s: %zu of %zu points are done; `spiral claims --resume %s` runs the rest",
                        path, trial.points_done, trial.request.points, path);
    else
        exit_status = finish_trial(request, &trial, NULL);
    spiral_store_close(store);
    spiral_claim_trial_clear(&trial);

    return exit_status;
}

/* --- the claims that are asked for ------------------------------------------------------------ */

/* Marks those of a list of names with commas between them. */
static bool mark_claims(bool *asked, const struct spiral_claim_set *set, const char *argument)
{
    for (const char *name = argument;; name++) {
        char id[64];
        const size_t length = strcspn(name, ",");
        snprintf(id, sizeof id, "%.*s", (int)length, name);

        const struct spiral_claim *claim = length < sizeof id ? spiral_claim_find(set, id) : NULL;

        if (claim == NULL) {
            const char *nearest =
                spiral_names_nearest(spiral_names_of(set->claims, set->claim_count, id), id);
            spiral_complain(nearest != NULL
                                ? "--claims: unknown claim '%s'; did you mean '%s'?"
                                : "--claims: unknown claim '%s'; `spiral help claims` lists those "
                                  "that are shipped",
                            id, nearest);
            return false;
        }

        asked[claim - set->claims] = true;
        name += length;
        if (*name == '\0')
            return true;
    }
}

/* The set of a file, or that which is shipped. */
static int load_set(struct spiral_claim_set *set, const char *path)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_error error;

    if (path == NULL)
        return spiral_claim_set_load_shipped(set, &error) == SPIRAL_OK
                   ? SPIRAL_EXIT_OK
                   : spiral_complain_error(&error);

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status = spiral_claim_set_load(set, path, &diagnostics);

    return spiral_complain_diagnostics(&diagnostics, status);
}

static int try_set(struct request *request, const struct spiral_claim_set *set)
{
    struct spiral_claim claims[SPIRAL_CLAIM_MOST];
    bool asked[SPIRAL_CLAIM_MOST] = {false};
    struct spiral_claim_trial trial;
    struct spiral_error error;

    for (size_t i = 0; i < request->asked.count; i++)
        if (!mark_claims(asked, set, request->asked.items[i]))
            return SPIRAL_EXIT_BAD_INPUT;
    for (size_t c = 0; c < set->claim_count; c++)
        if (request->asked.count == 0 || asked[c])
            claims[request->trial.claim_count++] = set->claims[c];

    request->trial.set = set;
    request->trial.claims = claims;

    enum spiral_status status = spiral_claim_trial_init(&trial, &request->trial, &error);

    if (status == SPIRAL_OK && request->store != NULL)
        status = spiral_store_claims_create(request->store, &trial, &error);

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);

    if (status == SPIRAL_OK && request->store == NULL)
        exit_status = continue_trial(request, &trial, NULL, NULL);
    spiral_claim_trial_clear(&trial);

    return status == SPIRAL_OK && request->store != NULL ? use_store(request, request->store, true)
                                                         : exit_status;
}

static int begin_trial(struct request *request, const char *path)
{
    struct spiral_claim_set set;
    int exit_status = load_set(&set, path);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = try_set(request, &set);
    spiral_claim_set_clear(&set);

    return exit_status;
}

static bool ends_in_yaml(const char *path)
{
    const size_t length = strlen(path);
    return (length > 5 && strcmp(path + length - 5, ".yaml") == 0) ||
           (length > 4 && strcmp(path + length - 4, ".yml") == 0);
}

static int run_command(int argc, char **argv)
{
    struct request request = {.trial = {.points = 1024, .replicates = 96, .seed = 1, .dt = 0.25}};
    const int first = spiral_options_read(&spiral_command_claims, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    const char *set = argc - first == 1 && ends_in_yaml(argv[first]) ? argv[first] : NULL;
    const bool from_store = (argc > first && set == NULL) || request.resume != NULL;
    request.inputs = (const char *const *)&argv[first];

    if (request.json && request.csv)
        spiral_complain("claims: --json or --csv, not both");
    else if (argc - first > 1 || (argc > first && request.resume != NULL))
        spiral_complain("claims: one set or store at a time; usage: spiral claims [OPTION]... "
                        "[SET.yaml | STORE]");
    else if (from_store && (request.said != NULL || request.store != NULL))
        spiral_complain("claims: --%s: the store %s already says what to test",
                        request.said != NULL ? request.said : "store",
                        argc > first ? argv[first] : request.resume);
    else if (spiral_step_count(2000.0, 2030.0, request.trial.dt) < 1)
        spiral_complain("claims: --dt: the 30 years of a run are not a whole number of steps of %g "
                        "years",
                        request.trial.dt);
    else if (from_store)
        return use_store(&request, argc > first ? argv[first] : request.resume, argc == first);
    else
        return begin_trial(&request, set);

    return SPIRAL_EXIT_BAD_INPUT;
}

static int list_claims(FILE *out)
{
    struct spiral_claim_set set;
    struct spiral_error error;

    if (spiral_claim_set_load_shipped(&set, &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    fputs("\nthe shipped claims, each with its theory and the points to which it applies:\n", out);

    for (size_t c = 0; c < set.claim_count; c++) {
        const struct spiral_claim *claim = &set.claims[c];
        char text[400];
        snprintf(text, sizeof text, "%s (%s, %s)", claim->en, set.readings[claim->reading].name,
                 spiral_scopes[claim->scope].name);
        spiral_text_entry(claim->id, text, out);
    }

    spiral_claim_set_clear(&set);
    fputc('\n', out);
    spiral_text_wrap("With SET.yaml, the claims in that file are tested instead. With STORE, the "
                     "table of a finished store is printed again. docs/experiments.md explains the "
                     "method, the table and the file.",
                     0, 0, spiral_terminal_columns(), out);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_claims = {
    "claims",
    "[SET.yaml | STORE]",
    "test the statements of the paper and of its rivals over the parameter space",
    options,
    run_command,
    list_claims};
