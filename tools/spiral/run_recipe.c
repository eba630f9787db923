/* SPDX-License-Identifier: MIT */
#include "tools/spiral/run_recipe.h"

#include <stdlib.h>

#include "render/live/ensemble_work.h"
#include "render/live/recipe.h"
#include "sim/intervals.h"
#include "tools/cli/command.h"
#include "tools/cli/constants.h"
#include "tools/cli/table_output.h"
#include "tools/result/result.h"

/* A session that a recipe was applied to, and the runs from its present. */
struct run {
    struct spiral_session *session;
    struct spiral_collector collector; /* without a tally: none were asked for */
};

static json_t *share_json(uint64_t events, uint64_t runs)
{
    const struct spiral_interval interval = spiral_wilson(events, runs);

    return json_pack("{s:f, s:f, s:f}", "share", (double)events / (double)runs, "low", interval.low,
                     "high", interval.high);
}

/* The interval of what the constants may be; null where the runs cannot tell. */
static json_t *constants_json(bool known, struct spiral_interval interval)
{
    return known ? json_pack("{s:f, s:f}", "low", interval.low, "high", interval.high)
                 : json_null();
}

static json_t *run_json(const struct run *run)
{
    struct spiral_session *session = run->session;
    const struct spiral_tally *tally = run->collector.tally;
    char date[12];
    char state_hash[20];
    char runs_hash[20];
    struct spiral_interval war = {0.0, 0.0};
    struct spiral_interval force = {0.0, 0.0};
    const bool war_known = spiral_tally_war_by_constants(tally, tally->years - 1, &war);
    const bool force_known = spiral_tally_force_by_constants(tally, tally->years - 1, &force);

    spiral_date_format(spiral_plan_date(session->plan, session->present), date);
    snprintf(state_hash, sizeof state_hash, "%016llx",
             (unsigned long long)spiral_session_hash(session));
    snprintf(runs_hash, sizeof runs_hash, "%016llx", (unsigned long long)run->collector.hash);

    return json_pack("{s:s, s:s, s:I, s:s, s:I, s:o, s:o, s:o, s:o, s:s}", "scenario",
                     session->base.name, "date", date, "present", (json_int_t)session->present,
                     "hash", state_hash, "runs", (json_int_t)tally->runs, "war",
                     share_json(spiral_tally_wars(tally, tally->steps), tally->runs), "force",
                     share_json(spiral_tally_forces(tally, tally->steps), tally->runs),
                     "war_by_constants", constants_json(war_known, war), "force_by_constants",
                     constants_json(force_known, force), "runs_hash", runs_hash);
}

/* A share of the runs, as "war 0.62 [0.59, 0.65] [0.41, 0.80]"; `constants` NULL where the runs do
 * not tell what the constants may do. */
static void print_share(const char *what, uint64_t events, uint64_t runs,
                        const struct spiral_interval *constants, FILE *out)
{
    const struct spiral_interval interval = spiral_wilson(events, runs);

    fprintf(out, "%-6s %.3f [%.3f, %.3f]", what, (double)events / (double)runs, interval.low,
            interval.high);
    if (constants != NULL)
        fprintf(out, " [%.3f, %.3f]", constants->low, constants->high);
    fputc('\n', out);
}

static void print_run(const struct run *run, FILE *out)
{
    struct spiral_session *session = run->session;
    const struct spiral_tally *tally = run->collector.tally;
    char date[12];

    spiral_date_format(spiral_plan_date(session->plan, session->present), date);
    fprintf(out, "%s at %s, seed %llu, state %016llx\n",
            spiral_text_get(&session->base.title, "en"), date, (unsigned long long)session->seed,
            (unsigned long long)spiral_session_hash(session));

    for (size_t i = 0; i < session->choice_count; i++) {
        const struct spiral_choice *choice = &session->choices[i];
        fprintf(out, "    %-10s  %s\n", choice->dated ? choice->date_text : "whole run",
                choice->text_en);
    }

    const int year = tally->years - 1;
    struct spiral_interval war;
    struct spiral_interval force;
    const bool war_known = spiral_tally_war_by_constants(tally, year, &war);
    const bool force_known = spiral_tally_force_by_constants(tally, year, &force);

    spiral_date_format(spiral_plan_date(session->plan, session->plan->steps), date);
    fprintf(out, "%llu runs from there to %s: share of runs [95 %%, chance]%s\n",
            (unsigned long long)tally->runs, date,
            war_known || force_known ? " [90 %, what the constants may be]" : "");
    print_share("war", spiral_tally_wars(tally, tally->steps), tally->runs, war_known ? &war : NULL,
                out);
    print_share("force", spiral_tally_forces(tally, tally->steps), tally->runs,
                force_known ? &force : NULL, out);
}

/* Runs streams 1, 2, ... from the present, as a live ensemble does. */
static enum spiral_status collect_runs(struct run *run, uint64_t runs, struct spiral_error *error)
{
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_run_start start = spiral_session_start(run->session);
    enum spiral_status status = SPIRAL_OK;

    if (batch != NULL &&
        spiral_collector_init(&run->collector, run->session->plan, false, false) == SPIRAL_OK)
        spiral_live_collect(&run->collector, batch, &start, run->session->seed, 1, runs);
    else
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the runs");

    spiral_run_start_release(&start);
    spiral_batch_destroy(batch);

    return status;
}

/* The run alone, from its start to its end. */
static int write_trajectory(const struct spiral_recipe_request *request,
                            const struct spiral_session *session)
{
    struct spiral_table_output output;
    struct spiral_table table;
    struct spiral_error error;

    spiral_trajectory_describe(&table, &session->scenario, session->plan, session->seed, 0);

    int exit_status =
        spiral_table_output_open(&output, &table, request->out, request->inputs, false);

    if (exit_status == SPIRAL_EXIT_OK) {
        if (spiral_trajectory_write(&table, session->plan, session->seed, 0, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_run(const struct spiral_recipe_request *request, struct run *run)
{
    struct spiral_output output;

    if (!request->json && request->runs == 0)
        return write_trajectory(request, run->session);

    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (request->json)
        exit_status = spiral_output_json(run_json(run), output.file);
    else
        print_run(run, output.file);

    return spiral_output_close(&output, exit_status);
}

/* Loads the case, applies the recipe to a session of it, and writes what was asked for. */
static int run_session(const struct spiral_recipe_request *request,
                       const struct spiral_recipe *recipe)
{
    const uint64_t runs = request->runs > 0 ? request->runs : request->json ? 1000 : 0;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    struct run run = {.session = NULL};
    struct spiral_scenario scenario;
    struct spiral_error error;
    int exit_status =
        spiral_load(&scenario, request->scenario != NULL ? request->scenario : recipe->scenario);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    exit_status = spiral_constants_choose(&posterior, &constants, recipe->point ? "point" : NULL);

    if (exit_status != SPIRAL_EXIT_OK) {
        spiral_scenario_clear(&scenario);
        return exit_status;
    }

    options.posterior = &posterior;

    enum spiral_status status =
        spiral_session_create(&run.session, &scenario, &constants, &options, recipe->seed, &error);

    spiral_scenario_clear(&scenario);
    if (status == SPIRAL_OK)
        status = spiral_recipe_apply(recipe, run.session, &error);
    if (status == SPIRAL_OK && runs > 0)
        status = collect_runs(&run, runs, &error);

    exit_status = status == SPIRAL_OK ? write_run(request, &run) : spiral_complain_error(&error);
    spiral_collector_clear(&run.collector);
    spiral_session_destroy(run.session);
    spiral_constant_sets_clear(&posterior);

    return exit_status;
}

int spiral_recipe_run(const struct spiral_recipe_request *request)
{
    struct spiral_recipe *recipe = malloc(sizeof *recipe);
    struct spiral_error error;
    int exit_status;

    if (recipe == NULL) {
        spiral_error_set(&error, SPIRAL_NO_MEMORY, "no memory for a recipe");
        return spiral_complain_error(&error);
    }

    if (spiral_recipe_read(recipe, request->recipe, &error) == SPIRAL_OK)
        exit_status = run_session(request, recipe);
    else
        exit_status = spiral_complain_error(&error);
    free(recipe);

    return exit_status;
}
