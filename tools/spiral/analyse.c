/* SPDX-License-Identifier: MIT
 *
 * What a store says about the factors of its experiment.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/table_output.h"
#include "tools/findings/findings.h"
#include "tools/spiral/commands.h"

struct request {
    const char *outcome;
    const char *scenario;
    const char *method;
    const char *baseline; /* a policy; NULL: the first */
    const char *out;
    const char *const *inputs; /* the store */
    double threshold;
    struct spiral_prim_options prim;
    struct spiral_resampling resampling;
    bool partial;
    bool csv;
    bool json;
    bool header_comments;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"outcome", "NAME", "the outcome, or 'all' (default: war, else the first that the store has)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, outcome)},
    {"scenario", "NAME", "the scenario, or 'all' (default)", SPIRAL_OPTION_TEXT,
     PLACE(const char *, scenario)},
    {"method", "METHOD",
     "sobol, morris, prcc, smirnov, prim, means, pawn or policies (default: what suits the design)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, method)},
    {"baseline", "POLICY", "the policy that effects are measured against (default: the first)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, baseline)},
    {"threshold", "X",
     "smirnov, prim: points with at least X are the cases (default: the upper quarter); policies: "
     "at most X is good enough",
     SPIRAL_OPTION_REAL, PLACE(double, threshold), .low = -DBL_MAX, .high = DBL_MAX},
    {"peel", "SHARE", "prim: share of a box's points that one peel takes (default 0.05)",
     SPIRAL_OPTION_REAL, PLACE(double, prim.alpha), .low = 0.001, .high = 0.5},
    {"mass", "SHARE", "prim: a box keeps at least this share of all points (default 0.05)",
     SPIRAL_OPTION_REAL, PLACE(double, prim.mass), .low = 0.0, .high = 1.0},
    {"box", "STEP",
     "prim: the first box is this step of its trajectory, as --csv and --json list them "
     "(default: the step with the best mean of density and coverage)",
     SPIRAL_OPTION_SIZE, PLACE(size_t, prim.step), .most = 1000000},
    {"resamples", "N", "resamples for the intervals, 0 for none (default 1000)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, resampling.resamples), .most = 1000000},
    {"seed", "S", "seed of the resampling (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, resampling.seed), .most = UINT64_MAX},
    {"partial", NULL, "analyse what an unfinished sweep has so far", SPIRAL_OPTION_FLAG,
     PLACE(bool, partial)},
    {"csv", NULL, "one CSV table, a line per measure", SPIRAL_OPTION_FLAG, PLACE(bool, csv)},
    {"header-comments", NULL, SPIRAL_HEADER_COMMENTS_DOC, SPIRAL_OPTION_FLAG,
     PLACE(bool, header_comments)},
    {"json", NULL, "a JSON array of tables", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {.name = NULL},
};
#undef PLACE

/* --- what is asked, by name ------------------------------------------------------------------- */

/* The indices [*first, *past) that a name means. */
static bool find_name(const char *kind, const char *name, struct spiral_names names, size_t *first,
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
        spiral_complain("analyse: unknown %s '%s'; did you mean '%s'?", kind, name, nearest);
    else
        spiral_complain("analyse: unknown %s '%s'; the first of %zu is '%s'", kind, name,
                        names.count, spiral_names_at(names, 0));

    return false;
}

/* What is to be analysed: ranges of indices. */
struct plan {
    size_t first_scenario;
    size_t past_scenario;
    size_t first_outcome;
    size_t past_outcome;
    size_t first_method;
    size_t past_method;
};

static bool choose_tables(const struct request *request, const struct spiral_store_figures *figures,
                          struct plan *plan)
{
    *plan = (struct plan){.past_scenario = figures->scenario_count,
                          .past_outcome = figures->outcome_count};
    if (request->scenario != NULL && strcmp(request->scenario, "all") != 0 &&
        !find_name("scenario", request->scenario,
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
               !find_name("outcome", request->outcome,
                          spiral_names_of(figures->outcomes, figures->outcome_count, name),
                          &plan->first_outcome, &plan->past_outcome))
        return false;
    if (request->method != NULL)
        return find_name("method", request->method,
                         spiral_names_in(spiral_analyse_names, SPIRAL_ANALYSE_METHODS),
                         &plan->first_method, &plan->past_method);
    plan->first_method = spiral_analyse_usual(figures->design);
    plan->past_method = plan->first_method == SPIRAL_ANALYSE_prcc ? SPIRAL_ANALYSE_prim + 1
                                                                  : plan->first_method + 1;
    return true;
}

/* Whether the store is complete, or --partial says that it need not be. */
static bool is_usable(const struct request *request, const struct spiral_store_figures *figures,
                      const char *path)
{
    if (request->partial)
        return true;

    if (figures->cells_done < figures->cells)
        spiral_complain("%s: %zu of %zu cells are finished; `spiral sweep --resume %s` runs the "
                        "rest, --partial analyses what is done",
                        path, figures->cells_done, figures->cells, path);
    else if (figures->shards > 1)
        spiral_complain(
            "%s: shard %zu of %zu of an experiment; `spiral merge` joins them, --partial "
            "takes this one alone",
            path, figures->shard, figures->shards);
    else if (figures->cells < figures->points * figures->scenario_count)
        spiral_complain("%s is damaged: it has %zu cells where there should be %zu", path,
                        figures->cells, figures->points * figures->scenario_count);
    else
        return true;

    return false;
}

/* --- the command ------------------------------------------------------------------------------ */

/* A line per measure. */
static int write_table(const struct request *request, const struct spiral_store_figures *figures,
                       const struct spiral_findings *findings)
{
    struct spiral_table_output output;
    struct spiral_table table;
    char title[SPIRAL_COLUMN_TEXT];

    snprintf(title, sizeof title, "analysis of the sweep %s", figures->name);
    spiral_table_init(&table, title);
    spiral_table_say(&table, "made_by", figures->version);
    spiral_table_say(&table, "experiment", figures->name);
    spiral_table_say(&table, "experiment_hash", figures->hash);
    spiral_table_say(&table, "constants", figures->constants_hash);
    spiral_table_say_whole(&table, "resamples", request->resampling.resamples);
    spiral_table_say_whole(&table, "seed", request->resampling.seed);
    spiral_table_say(&table, "experiment_text", figures->text);
    spiral_findings_columns(&table);

    int exit_status = spiral_table_output_open(&output, &table, request->out, request->inputs,
                                               request->header_comments);

    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_findings_csv(findings, &table);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_findings(const struct request *request, const struct spiral_store_figures *figures,
                          struct spiral_findings *findings)
{
    struct spiral_output output;
    struct spiral_error error;

    spiral_findings_sort(findings);
    if (request->csv)
        return write_table(request, figures, findings);

    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    if (request->json && spiral_findings_json(findings, output.file, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (!request->json)
        spiral_findings_text(findings,
                             request->out == NULL ? spiral_terminal_columns() : SPIRAL_COLUMNS,
                             output.file);

    return spiral_output_close(&output, exit_status);
}

/* Whether anything was found at all; complains why not. */
static bool has_measures(const struct spiral_findings *findings)
{
    for (size_t t = 0; t < findings->count; t++)
        if (findings->tables[t].measure_count > 0)
            return true;

    for (size_t t = 0; t < findings->count; t++)
        spiral_complain("analyse: %s, %s, %s: %s", findings->tables[t].scenario,
                        findings->tables[t].outcome, findings->tables[t].method,
                        findings->tables[t].note);

    return false;
}

static int analyse_tables(const struct request *request, const struct spiral_store_figures *figures,
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
                                                           .threshold = request->threshold,
                                                           .prim = request->prim};
                status = spiral_analyse(&findings, figures, &one, &error);
            }

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);

    if (status == SPIRAL_OK)
        exit_status = has_measures(&findings) ? write_findings(request, figures, &findings)
                                              : SPIRAL_EXIT_BAD_INPUT;
    spiral_findings_clear(&findings);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.threshold = NAN,
                              .prim = spiral_prim_defaults(),
                              .resampling = {.resamples = 1000, .seed = 1}};
    struct spiral_store_figures figures;
    struct spiral_error error;
    struct plan plan;
    const int first = spiral_options_read(&spiral_command_analyse, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != 1 || (request.csv && request.json)) {
        spiral_complain("analyse: %s usage: spiral analyse [OPTION]... STORE",
                        first == argc      ? "which store?"
                        : argc - first > 1 ? "one store at a time;"
                                           : "--csv or --json, not both;");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    request.inputs = (const char *const *)&argv[first];

    int exit_status = SPIRAL_EXIT_BAD_INPUT;

    if (spiral_store_read(&figures, argv[first], &error) != SPIRAL_OK ||
        spiral_policies_derive(&figures, request.baseline, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (choose_tables(&request, &figures, &plan) && is_usable(&request, &figures, argv[first]))
        exit_status = analyse_tables(&request, &figures, &plan);
    spiral_store_figures_clear(&figures);

    return exit_status;
}

static int list_methods(FILE *out)
{
    static const char *const docs[] = {
#define SPIRAL_ANALYSE_ENTRY(name, doc) doc,
        SPIRAL_ANALYSE_TABLE(SPIRAL_ANALYSE_ENTRY)
#undef SPIRAL_ANALYSE_ENTRY
    };

    fputs("\nmethods:\n", out);
    for (int m = 0; m < SPIRAL_ANALYSE_METHODS; m++)
        spiral_text_entry(spiral_analyse_names[m], docs[m], out);

    fputc('\n', out);
    spiral_text_wrap(
        "Intervals cover 95 %. The largest effects come first. The unit of an analysis "
        "is the mean of an outcome over the runs of a cell.",
        0, 0, spiral_terminal_columns(), out);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_analyse = {
    "analyse",
    "STORE",
    "show what a store says about its factors: sensitivity indices, correlations, boxes",
    options,
    run_command,
    list_methods};
