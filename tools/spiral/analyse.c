/* SPDX-License-Identifier: MIT
 *
 * What a store says about the factors of its experiment.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/findings/findings.h"
#include "tools/spiral/commands.h"

enum {
    OPTION_OUTCOME,
    OPTION_SCENARIO,
    OPTION_METHOD,
    OPTION_THRESHOLD,
    OPTION_RESAMPLES,
    OPTION_SEED,
    OPTION_PARTIAL,
    OPTION_CSV,
    OPTION_JSON,
    OPTION_OUT
};
static const struct spiral_option options[] = {
    [OPTION_OUTCOME] = {"outcome", "NAME",
                        "the outcome, or 'all' (default war, else the first that the store has)"},
    [OPTION_SCENARIO] = {"scenario", "NAME", "the scenario, or 'all' (default)"},
    [OPTION_METHOD] =
        {"method", "METHOD",
         "sobol, morris, prcc, smirnov, prim, means or pawn (default: what suits the design)"},
    [OPTION_THRESHOLD] =
        {"threshold", "X",
         "smirnov, prim: points with X or more are cases (default: the upper quarter)"},
    [OPTION_RESAMPLES] = {"resamples", "N", "resamples for intervals, 0 for none (default 1000)"},
    [OPTION_SEED] = {"seed", "S", "seed of the resampling (default 1)"},
    [OPTION_PARTIAL] = {"partial", NULL, "of a sweep that is not finished, what there is"},
    [OPTION_CSV] = {"csv", NULL, "one CSV table: a line a measure"},
    [OPTION_JSON] = {"json", NULL, "a JSON array of tables"},
    [OPTION_OUT] = {"out", "FILE", "write there instead of stdout"},
    {NULL, NULL, NULL},
};

struct request {
    const char *outcome;
    const char *scenario;
    const char *method;
    const char *out;
    double threshold;
    struct spiral_resampling resampling;
    bool partial;
    bool csv;
    bool json;
};

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;
    unsigned long long number;

    switch (option) {
    case OPTION_OUTCOME: request->outcome = argument; return true;
    case OPTION_SCENARIO: request->scenario = argument; return true;
    case OPTION_METHOD: request->method = argument; return true;
    case OPTION_THRESHOLD: return spiral_read_real("threshold", argument, &request->threshold);
    case OPTION_RESAMPLES:
        if (!spiral_read_whole("resamples", argument, 0, 1000000, &number))
            return false;
        request->resampling.resamples = number;
        return true;
    case OPTION_SEED: return spiral_read_seed(argument, &request->resampling.seed);
    case OPTION_PARTIAL: request->partial = true; return true;
    case OPTION_CSV: request->csv = true; return true;
    case OPTION_JSON: request->json = true; return true;
    default: request->out = argument; return true;
    }
}

/* --- what is asked, by name ------------------------------------------------------------------- */

/* The places [*first, *past) that a name means. */
static bool find(const char *kind, const char *name, struct spiral_names names, size_t *first,
                 size_t *past)
{
    const int found = spiral_names_find(names, name);

    if (found >= 0) {
        *first = (size_t)found;
        *past = *first + 1;
        return true;
    }

    const char *nearest = spiral_names_nearest(names, name);

    if (nearest != NULL)
        spiral_report("analyse: unknown %s '%s'; did you mean '%s'?", kind, name, nearest);
    else
        spiral_report("analyse: unknown %s '%s'; the first of %zu is '%s'", kind, name, names.count,
                      spiral_names_at(names, 0));

    return false;
}

/* What is to be analysed: ranges of places, and methods. */
struct plan {
    size_t first_scenario;
    size_t past_scenario;
    size_t first_outcome;
    size_t past_outcome;
    size_t first_method;
    size_t past_method;
};

static bool choose(const struct request *request, const struct spiral_store_figures *figures,
                   struct plan *plan)
{
    *plan = (struct plan){.past_scenario = figures->scenario_count,
                          .past_outcome = figures->outcome_count};
    if (request->scenario != NULL && strcmp(request->scenario, "all") != 0 &&
        !find("scenario", request->scenario,
              spiral_names_of(figures->scenarios, figures->scenario_count, name),
              &plan->first_scenario, &plan->past_scenario))
        return false;

    if (request->outcome == NULL) {
        while (plan->first_outcome + 1 < figures->outcome_count &&
               strcmp(figures->outcomes[plan->first_outcome].name, "war") != 0)
            plan->first_outcome++;
        if (strcmp(figures->outcomes[plan->first_outcome].name, "war") != 0)
            plan->first_outcome = 0;
        plan->past_outcome = plan->first_outcome + 1;
    } else if (strcmp(request->outcome, "all") != 0 &&
               !find("outcome", request->outcome,
                     spiral_names_of(figures->outcomes, figures->outcome_count, name),
                     &plan->first_outcome, &plan->past_outcome))
        return false;
    if (request->method != NULL)
        return find("method", request->method,
                    spiral_names_in(spiral_analyse_names, SPIRAL_ANALYSE_METHODS),
                    &plan->first_method, &plan->past_method);
    plan->first_method = figures->design == SPIRAL_DESIGN_saltelli ? SPIRAL_ANALYSE_sobol
                         : figures->design == SPIRAL_DESIGN_morris ? SPIRAL_ANALYSE_morris
                                                                   : SPIRAL_ANALYSE_prcc;
    plan->past_method = plan->first_method == SPIRAL_ANALYSE_prcc ? SPIRAL_ANALYSE_prim + 1
                                                                  : plan->first_method + 1;
    return true;
}

/* Whether the store is finished and whole, or may be otherwise. */
static bool finished(const struct request *request, const struct spiral_store_figures *figures,
                     const char *path)
{
    if (request->partial)
        return true;

    if (figures->cells_done < figures->cells)
        spiral_report("%s: %zu of %zu cells are finished; `spiral sweep --resume %s` goes on, "
                      "--partial takes what there is",
                      path, figures->cells_done, figures->cells, path);
    else if (figures->shards > 1)
        spiral_report("%s: shard %zu of %zu of an experiment; `spiral merge` joins them, --partial "
                      "takes this one alone",
                      path, figures->shard, figures->shards);
    else if (figures->cells < figures->points * figures->scenario_count)
        spiral_report("%s is damaged: it has %zu cells where there should be %zu", path,
                      figures->cells, figures->points * figures->scenario_count);
    else
        return true;

    return false;
}

/* --- the command ------------------------------------------------------------------------------ */

static int write_findings(const struct request *request, struct spiral_findings *findings)
{
    struct spiral_output output;

    spiral_findings_sort(findings);
    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;
    if (request->json)
        spiral_findings_json(findings, output.file);
    else if (request->csv)
        spiral_findings_csv(findings, output.file);
    else
        spiral_findings_text(findings, output.file);

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* Whether anything was found at all; says why not. */
static bool any(const struct spiral_findings *findings)
{
    for (size_t t = 0; t < findings->count; t++)
        if (findings->tables[t].measure_count > 0)
            return true;

    for (size_t t = 0; t < findings->count; t++)
        spiral_report("analyse: %s, %s, %s: %s", findings->tables[t].scenario,
                      findings->tables[t].outcome, findings->tables[t].method,
                      findings->tables[t].note);

    return false;
}

static int analyse(const struct request *request, const struct spiral_store_figures *figures,
                   const struct plan *plan)
{
    struct spiral_findings findings = {.tables = NULL};
    struct spiral_error error;
    enum spiral_status status = SPIRAL_OK;

    for (size_t s = plan->first_scenario; s < plan->past_scenario; s++)
        for (size_t o = plan->first_outcome; o < plan->past_outcome; o++)
            for (size_t m = plan->first_method; m < plan->past_method && status == SPIRAL_OK; m++) {
                const struct spiral_analyse_request one = {.scenario = s,
                                                           .outcome = o,
                                                           .method = (enum spiral_analyse_method)m,
                                                           .resampling = request->resampling,
                                                           .threshold = request->threshold};
                status = spiral_analyse(&findings, figures, &one, &error);
            }

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_report_error(&error);

    if (status == SPIRAL_OK)
        exit_status = any(&findings) ? write_findings(request, &findings) : SPIRAL_EXIT_BAD_INPUT;
    spiral_findings_clear(&findings);

    return exit_status;
}

static int run(int argc, char **argv)
{
    struct request request = {.threshold = NAN, .resampling = {.resamples = 1000, .seed = 1}};
    struct spiral_store_figures figures;
    struct spiral_error error;
    struct plan plan;
    const int first = spiral_options_read(&spiral_command_analyse, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first != 1 || (request.csv && request.json)) {
        spiral_report("analyse: %s; usage: spiral analyse [OPTION]... STORE",
                      first == argc      ? "which store?"
                      : argc - first > 1 ? "one store at a time"
                                         : "--csv or --json, not both");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = SPIRAL_EXIT_BAD_INPUT;

    if (spiral_store_read(&figures, argv[first], &error) != SPIRAL_OK)
        exit_status = spiral_report_error(&error);
    else if (choose(&request, &figures, &plan) && finished(&request, &figures, argv[first]))
        exit_status = analyse(&request, &figures, &plan);
    spiral_store_figures_clear(&figures);

    return exit_status;
}

static void more(FILE *out)
{
    static const char *const docs[] = {
#define SPIRAL_ANALYSE_ENTRY(name, doc) doc,
        SPIRAL_ANALYSE_TABLE(SPIRAL_ANALYSE_ENTRY)
#undef SPIRAL_ANALYSE_ENTRY
    };

    fputs("\nmethods:\n", out);
    for (int m = 0; m < SPIRAL_ANALYSE_METHODS; m++)
        fprintf(out, "  %-10s %s\n", spiral_analyse_names[m], docs[m]);

    fputs("\nIntervals are of 95 %. The largest effects stand first. The unit of an analysis is "
          "the mean of an outcome over a cell's runs.\n",
          out);
}

const struct spiral_command spiral_command_analyse = {
    "analyse",
    "STORE",
    "what a store says about its factors: sensitivity indices, correlations, boxes",
    options,
    run,
    more};
