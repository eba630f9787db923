/* SPDX-License-Identifier: MIT
 *
 * The paper's table 2 by computation: what each case is, what its small state does, what comes
 * of it.
 */
#include <string.h>

#include "sim/step.h"
#include "tools/cli/constants.h"
#include "tools/farm/interrupt.h"
#include "tools/result/result.h"
#include "tools/spiral/commands.h"

struct request {
    uint64_t runs;
    uint64_t seed;
    int threads;
    enum spiral_farm_device device;
    bool json;
    const char *constants; /* NULL: those that are shipped */
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"runs", "N", "runs of each scenario (default 2000)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, runs), .least = 1, .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, seed), .most = UINT64_MAX},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    SPIRAL_DEVICE_OPTION(struct request),
    {"json", NULL, "one JSON array", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {.name = NULL},
};
#undef PLACE

/* A line of the table. */
struct line {
    char name[64];
    char strategy[48];
    char neighbour_policy[48];
    double constraint, dependence, concentration; /* means over the steps of one run */
    struct spiral_risk_line war;
    struct spiral_risk_line force;
    double peace_years; /* mean years without force */
};

/* The doctrine that a state holds for the longest part of the run. */
static void main_doctrine(const struct spiral_scenario *scenario, int state, char text[48])
{
    double longest = -1.0;
    const char *name = scenario->states[state].doctrine_name;

    for (size_t start = 0; start <= scenario->entry_count; start++) {
        const struct spiral_entry *entry = start == 0 ? NULL : &scenario->entries[start - 1];
        if (entry != NULL && (entry->kind != SPIRAL_ENTRY_DOCTRINE || entry->actor != state))
            continue;

        const char *held =
            entry == NULL ? scenario->states[state].doctrine_name : entry->doctrine_name;
        double years = 0.0;

        for (double date = scenario->start; date < scenario->end; date += 1.0 / 12.0) {
            const char *at = scenario->states[state].doctrine_name;
            double since = scenario->start;

            for (size_t e = 0; e < scenario->entry_count; e++) {
                const struct spiral_entry *change = &scenario->entries[e];
                if (change->kind == SPIRAL_ENTRY_DOCTRINE && change->actor == state &&
                    change->date <= date && change->date >= since) {
                    at = change->doctrine_name;
                    since = change->date;
                }
            }

            years += strcmp(at, held) == 0 ? 1.0 / 12.0 : 0.0;
        }

        if (years > longest) {
            longest = years;
            name = held;
        }
    }

    const struct spiral_doctrine *preset = spiral_doctrine_find(name);

    snprintf(text, 48, "%s", preset != NULL ? preset->label_en : name);
}

/* Means of constraint, dependence and concentration over the steps of the first POSITION_RUNS
 * runs. */
enum { POSITION_RUNS = 32 };
static bool measure_position(const struct spiral_plan *plan, uint64_t seed, struct line *line)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    const double weight = 1.0 / ((double)plan->steps * POSITION_RUNS);
    struct spiral_batch *batch = spiral_batch_create();

    if (batch == NULL)
        return false;

    for (int first = 0; first < POSITION_RUNS; first += SPIRAL_LANES) {
        for (int l = 0; l < SPIRAL_LANES; l++) {
            stream[l] = (uint64_t)(first + l);
            plans[l] = spiral_plan_of_run(plan, stream[l]);
        }

        spiral_batch_start(batch, plans, seed, stream);
        while (batch->step < batch->steps) {
            spiral_step(batch);
            for (int l = 0; l < SPIRAL_LANES && first + l < POSITION_RUNS; l++) {
                line->constraint += weight * spiral_constraint(batch, l);
                line->dependence += weight * spiral_dependence(batch, l);
                line->concentration += weight * spiral_concentration(batch, l);
            }
        }
    }

    spiral_batch_destroy(batch);

    return true;
}

/* Mean years before the first force. */
static double years_of_peace(const struct spiral_tally *tally)
{
    double years = 0.0;
    uint64_t left = tally->runs;

    for (long step = 1; step <= tally->steps; step++) {
        years += (double)left * tally->dt;
        left -= tally->force_by_step[step];
    }

    return years / (double)tally->runs;
}

static int measure_case(const char *path, const struct request *request, struct line *line)
{
    struct spiral_scenario scenario;
    struct spiral_plan *plan = NULL;
    struct spiral_collector collector = {.tally = NULL};
    struct spiral_error error;
    static const struct spiral_option_list no_settings;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior = {.count = 0};
    struct spiral_plan_options plan_options = spiral_plan_options_defaults();
    int exit_status = spiral_load(&scenario, path);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_prepare(&posterior, &constants, request->constants,
                                               &scenario, &no_settings);

    if (exit_status != SPIRAL_EXIT_OK) {
        spiral_constant_sets_clear(&posterior);
        spiral_scenario_clear(&scenario);
        return exit_status;
    }

    plan_options.posterior = &posterior;

    enum spiral_status status =
        spiral_plan_create(&plan, &scenario, &constants, &plan_options, &error);

    if (status == SPIRAL_OK && spiral_collector_init(&collector, plan, false, false) != SPIRAL_OK)
        status = spiral_error_set(&error, SPIRAL_NO_MEMORY, "no memory for the ensemble");
    if (status == SPIRAL_OK)
        status = spiral_farm_run(plan, request->seed, 0, request->runs, request->threads,
                                 &collector, &error);
    memset(line, 0, sizeof *line);
    if (status == SPIRAL_OK && !measure_position(plan, request->seed, line))
        status = spiral_error_set(&error, SPIRAL_NO_MEMORY, "no memory for a run");

    if (status == SPIRAL_OK) {
        snprintf(line->name, sizeof line->name, "%s", scenario.name);
        main_doctrine(&scenario, scenario.small, line->strategy);
        main_doctrine(&scenario, plan->layout.rivals[0].neighbour, line->neighbour_policy);
        line->war = spiral_result_war(collector.tally);
        line->force = spiral_result_force(collector.tally);
        line->peace_years = years_of_peace(collector.tally);
    } else
        exit_status = spiral_complain_error(&error);
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_constant_sets_clear(&posterior);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

static void print_head(void)
{
    spiral_say("case: the strategy that its small state holds longest; its neighbour's policy; "
               "mean years without force\n");
    spiral_say("  %10s %10s %13s  %-20s %s\n", "constraint", "dependence", "concentration",
               "war [95 %]", "force [95 %]");
}

static void print_line(const struct line *line)
{
    spiral_say("%s: %s; neighbour: %s; %.1f years\n", line->name, line->strategy,
               line->neighbour_policy, line->peace_years);
    spiral_say("  %10.2f %10.2f %13.2f  %.3f [%.3f, %.3f] %.3f [%.3f, %.3f]\n", line->constraint,
               line->dependence, line->concentration, line->war.p, line->war.interval.low,
               line->war.interval.high, line->force.p, line->force.interval.low,
               line->force.interval.high);
    if (line->war.by_constants)
        spiral_say("  what the constants may be: war %.2f-%.2f, force %.2f-%.2f\n",
                   line->war.constants.low, line->war.constants.high, line->force.constants.low,
                   line->force.constants.high);
}

/* A risk with its intervals: chance, and what the constants may be (null under one set). */
static json_t *risk_json(const struct spiral_risk_line *risk)
{
    json_t *constants = risk->by_constants ? json_pack("{s:f, s:f}", "lo", risk->constants.low,
                                                       "hi", risk->constants.high)
                                           : json_null();

    return json_pack("{s:f, s:f, s:f, s:o}", "p", risk->p, "lo", risk->interval.low, "hi",
                     risk->interval.high, "constants", constants);
}

static json_t *line_json(const struct line *line)
{
    return json_pack("{s:s, s:s, s:f, s:f, s:f, s:s, s:o, s:o, s:f}", "scenario", line->name,
                     "strategy", line->strategy, "constraint", line->constraint, "dependence",
                     line->dependence, "concentration", line->concentration, "neighbour_policy",
                     line->neighbour_policy, "war", risk_json(&line->war), "force",
                     risk_json(&line->force), "peace_years", line->peace_years);
}

static int run_command(int argc, char **argv)
{
    struct request request = {.runs = 2000, .seed = 1};
    const int first = spiral_options_read(&spiral_command_compare, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first == argc) {
        spiral_complain("compare: which scenarios? usage: spiral compare SCENARIO...");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_interrupts_catch();
    spiral_farm_use_device(request.device);
    json_t *array = json_array();
    int exit_status = SPIRAL_EXIT_OK;

    for (int i = first; i < argc && exit_status == SPIRAL_EXIT_OK; i++) {
        struct line line;
        exit_status = measure_case(argv[i], &request, &line);
        if (exit_status != SPIRAL_EXIT_OK)
            break;
        if (request.json)
            json_array_append_new(array, line_json(&line));
        else {
            if (i == first)
                print_head();
            print_line(&line);
        }
    }

    if (!request.json || exit_status != SPIRAL_EXIT_OK) {
        json_decref(array);
        return exit_status;
    }

    return spiral_output_json(array, stdout);
}

const struct spiral_command spiral_command_compare = {
    "compare",
    "SCENARIO...",
    "compare cases, as in the paper's table 2: strategy, constraint, dependence, risk, years of "
    "peace",
    options,
    run_command,
    NULL};
