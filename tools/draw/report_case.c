/* SPDX-License-Identifier: MIT
 *
 * The report of a case.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "tools/draw/report.h"
#include "tools/farm/farm.h"
#include "tools/result/result.h"
#include "why/why.h"

#define WORD(name) spiral_report_word(report, SPIRAL_REPORT_##name)
#define HEADS(...) \
    (const enum spiral_report_word[]){__VA_ARGS__}, \
        sizeof((const enum spiral_report_word[]){__VA_ARGS__}) / sizeof(enum spiral_report_word)

static const char *label_in(const struct spiral_report_page *report,
                            const struct spiral_label *label)
{
    return spiral_label_in(label, report->request.language);
}

static const char *state_name(const struct spiral_report_page *report,
                              const struct spiral_scenario *scenario, int state)
{
    const char *name = spiral_figure_text(&scenario->states[state].name, report->request.language);
    return name[0] != '\0' ? name : scenario->states[state].id;
}

/* False where there is no memory. */
static bool write_words(const struct spiral_report_page *report, const struct spiral_result *result)
{
    char *text = NULL;
    size_t size = 0;
    const char *summary = spiral_figure_text(&result->scenario->summary, report->request.language);

    if (summary[0] != '\0')
        spiral_html_paragraph(report->out, summary);
    spiral_html_heading(report->out, "words", WORD(in_words));

    FILE *told = spiral_text_stream_open(&text, &size);

    if (told != NULL)
        spiral_result_tell(result, spiral_language_code(report->request.language), told);

    const bool complete = spiral_text_stream_close(told, &text);

    if (complete)
        spiral_html_paragraph(report->out, text);
    free(text);

    return complete;
}

static void write_provenance(const struct spiral_report_page *report,
                             const struct spiral_result *result, uint64_t hash)
{
    struct spiral_html_table table;
    char start[12];
    char end[12];
    const struct spiral_chart_request *request = &report->request;

    spiral_date_format(spiral_plan_date(result->plan, 0), start);
    spiral_date_format(spiral_plan_date(result->plan, result->plan->steps), end);
    spiral_html_heading(report->out, "run", WORD(what_was_run));
    spiral_report_table(&table, report, SPIRAL_REPORT_what_was_run,
                        HEADS(SPIRAL_REPORT_item, SPIRAL_REPORT_value));
    spiral_html_cell(&table, "%s", WORD(program));
    spiral_html_cell(&table, "spiral %s", SPIRAL_VERSION);
    spiral_html_cell(&table, "%s", WORD(scenario));
    spiral_html_cell(&table, "%s", result->scenario->name);
    spiral_html_cell(&table, "%s", WORD(period));
    spiral_html_cell(&table, "%s - %s (dt %.6g a)", start, end, result->plan->dt);
    spiral_html_cell(&table, "%s", WORD(runs));
    spiral_html_cell(&table, "%llu", (unsigned long long)result->tally->runs);
    spiral_html_cell(&table, "%s", WORD(seed));
    spiral_html_cell(&table, "%llu", (unsigned long long)result->seed);
    spiral_html_cell(&table, "%s", WORD(constants));
    spiral_html_cell(&table, "%016llx",
                     (unsigned long long)spiral_constants_hash(&result->plan->constants));

    if (result->posterior != NULL && result->posterior->count > 0) {
        spiral_html_cell(&table, "%s", WORD(posterior));
        spiral_html_cell(&table, "%zu %s %016llx", result->posterior->count, WORD(posterior_sets),
                         (unsigned long long)spiral_constant_sets_hash(result->posterior));
    }

    for (size_t i = 0; i < request->settings.count; i++) {
        spiral_html_cell(&table, "%s", WORD(settings));
        spiral_html_cell(&table, "%s", request->settings.items[i]);
    }

    spiral_html_cell(&table, "%s", WORD(result_hash));
    spiral_html_cell(&table, "%016llx", (unsigned long long)hash);
    spiral_html_table_end(&table);
    spiral_html_paragraph(report->out, WORD(repeat));
    spiral_html_code(report->out, report->command);
}

static void write_risk(const struct spiral_report_page *report, const struct spiral_result *result)
{
    const struct spiral_tally *tally = result->tally;
    char levels[SPIRAL_LEVELS][48];
    const bool spread = spiral_result_war(tally).by_constants;
    const char *heads[8 + SPIRAL_LEVELS] = {WORD(year)};
    size_t columns = 1;
    struct spiral_html_table table;

    for (int which = 0; which < 2; which++) {
        heads[columns++] = which == 0 ? WORD(war) : WORD(force);
        heads[columns++] = WORD(interval);
        if (spread)
            heads[columns++] = WORD(by_constants);
    }

    for (int level = 0; level < SPIRAL_LEVELS; level++) {
        snprintf(levels[level], sizeof levels[level], "#%d %s", level + 1,
                 label_in(report, &spiral_level_labels[level]));
        heads[columns++] = levels[level];
    }

    heads[columns++] = WORD(observed);
    spiral_html_heading(report->out, "risk", WORD(risk_by_year));
    spiral_html_table_begin(&table, report->out, WORD(risk_caption), heads, columns);

    for (int year = 0; year < tally->years; year++) {
        const long steps = spiral_tally_steps_at_year_end(tally, year);
        const uint64_t events[2] = {spiral_tally_wars(tally, steps),
                                    spiral_tally_forces(tally, steps)};
        int observed = 0;
        spiral_html_cell(&table, "%d", tally->first_year + year);

        for (int which = 0; which < 2; which++) {
            const struct spiral_interval interval = spiral_wilson(events[which], tally->runs);
            spiral_html_cell(&table, "%.3f", (double)events[which] / (double)tally->runs);
            spiral_html_cell(&table, "%.3f-%.3f", interval.low, interval.high);

            struct spiral_interval constants = {0.0, 1.0};

            if (spread && which == 0)
                spiral_tally_war_by_constants(tally, year, &constants);
            if (spread && which == 1)
                spiral_tally_force_by_constants(tally, year, &constants);
            if (spread)
                spiral_html_cell(&table, "%.2f-%.2f", constants.low, constants.high);
        }

        for (int level = 0; level < SPIRAL_LEVELS; level++) {
            uint64_t runs = 0;
            for (int q = 0; q < tally->rivals; q++)
                runs += tally->year_highest[(year * tally->rivals + q) * 5 + level];

            spiral_html_cell(&table, "%.2f", (double)runs / (double)tally->runs / tally->rivals);
        }

        for (int q = 0; q < tally->rivals; q++) {
            const int seen = spiral_observed_in_year(tally, result->plan, q, year);
            observed = seen > observed ? seen : observed;
        }

        if (observed > 0)
            spiral_html_cell(&table, "%d", observed);
        else
            spiral_html_cell(&table, "%s", "");
    }

    spiral_html_table_end(&table);
}

static void write_score(const struct spiral_report_page *report, const struct spiral_score *score)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "record", WORD(record));

    if (score->years == 0) {
        spiral_html_paragraph(report->out, WORD(no_record));
        return;
    }

    const bool by_brier = score->brier < score->brier_base;
    const bool by_log = score->log < score->log_base;

    spiral_html_paragraph(report->out, by_brier && by_log     ? WORD(score_closer)
                                       : !by_brier && !by_log ? WORD(score_further)
                                                              : WORD(score_divided));
    spiral_report_table(&table, report, SPIRAL_REPORT_score_caption,
                        HEADS(SPIRAL_REPORT_measure, SPIRAL_REPORT_model, SPIRAL_REPORT_base));
    spiral_html_cell(&table, "%s", WORD(brier));
    spiral_html_cell(&table, "%.3f", score->brier);
    spiral_html_cell(&table, "%.3f", score->brier_base);
    spiral_html_cell(&table, "%s", WORD(log_score));
    spiral_html_cell(&table, "%.3f", score->log);
    spiral_html_cell(&table, "%.3f", score->log_base);
    spiral_html_table_end(&table);
}

static void write_causes(const struct spiral_report_page *report, const struct spiral_tally *tally)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "causes", WORD(causes));
    spiral_report_table(&table, report, SPIRAL_REPORT_causes_caption,
                        HEADS(SPIRAL_REPORT_cause, SPIRAL_REPORT_of_neighbour,
                              SPIRAL_REPORT_of_small));

    for (int cause = 0; cause < SPIRAL_CAUSES; cause++) {
        spiral_html_cell(&table, "%s", label_in(report, &spiral_cause_labels[cause]));
        spiral_html_cell(&table, "%.0f %%",
                         100.0 * spiral_tally_mean(tally,
                                                   (enum spiral_outcome_name)(
                                                       (int)SPIRAL_OUTCOME_neighbour_by_capability +
                                                       cause)));
        spiral_html_cell(
            &table, "%.0f %%",
            100.0 * spiral_tally_mean(tally, (enum spiral_outcome_name)(
                                                 (int)SPIRAL_OUTCOME_small_by_capability + cause)));
    }

    spiral_html_table_end(&table);
}

/* Runs of an account: without each act there are as many again, so it gets a part of the runs, and
 * each of the sets of mechanisms a smaller one. */
enum { WHY_SHARE = 4, SET_SHARE = 8 };

static void write_value(struct spiral_html_table *table, struct spiral_why_value value, bool sign)
{
    char constants[40] = "";

    if (isnan(value.value)) {
        spiral_html_cell(table, "%s", "");
        return;
    }

    if (value.by_constants)
        snprintf(constants, sizeof constants, sign ? " (%+.0f, %+.0f)" : " (%.0f, %.0f)",
                 100.0 * value.constants.low, 100.0 * value.constants.high);
    spiral_html_cell(table, sign ? "%+.0f [%+.0f, %+.0f]%s" : "%.0f [%.0f, %.0f]%s",
                     100.0 * value.value, 100.0 * value.interval.low, 100.0 * value.interval.high,
                     constants);
}

static void write_account(const struct spiral_report_page *report, const struct spiral_why *why)
{
    const bool chinese = report->request.language == SPIRAL_CHINESE;
    struct spiral_html_table table;

    spiral_report_table(&table, report, SPIRAL_REPORT_why_caption,
                        HEADS(SPIRAL_REPORT_mechanism, SPIRAL_REPORT_but_for_war,
                              SPIRAL_REPORT_share_of_war, SPIRAL_REPORT_but_for_force,
                              SPIRAL_REPORT_share_of_force));

    for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
        const struct spiral_mechanism_label *label = &spiral_mechanism_labels[m];
        spiral_html_cell(&table, "%s", chinese ? label->zh : label->en);
        for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
            write_value(&table, why->accounts[o].mechanisms[m].but_for, false);
            write_value(&table, why->accounts[o].shares[m], true);
        }
    }

    spiral_html_cell(&table, "%s", WORD(chance));
    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        spiral_html_cell(&table, "%s", "");
        write_value(&table, why->accounts[o].chance, false);
    }

    spiral_html_table_end(&table);
}

/* The section on why: the figure and the table of one account. */
static int write_why(struct spiral_report_page *report, const struct spiral_chart_case *loaded)
{
    const struct spiral_why_case given = {&loaded->scenario, &loaded->constants, &loaded->options,
                                          report->request.seed};
    const struct spiral_why_options options = {.runs = report->request.runs / WHY_SHARE + 1,
                                               .subset_runs = report->request.runs / SET_SHARE + 1,
                                               .workers =
                                                   spiral_farm_workers(report->request.threads)};
    struct spiral_error error;
    struct spiral_why why;

    spiral_html_heading(report->out, "why", WORD(why));
    spiral_html_paragraph(report->out, WORD(why_text));

    int exit_status = spiral_why_run(&why, &given, &options, &error) == SPIRAL_OK
                          ? SPIRAL_EXIT_OK
                          : spiral_complain_error(&error);

    if (exit_status == SPIRAL_EXIT_OK) {
        report->request.why = &why;
        exit_status = spiral_report_figure(report, "why", SPIRAL_REPORT_fig_why);
        report->request.why = NULL;
        write_account(report, &why);
    }

    spiral_why_clear(&why);

    return exit_status;
}

static void write_branches(const struct spiral_report_page *report,
                           const struct spiral_result *result)
{
    struct spiral_html_table table;

    if (result->branch_count == 0)
        return;

    const bool spread = result->branches[0].effect.by_constants;
    enum spiral_report_word heads[9] = {SPIRAL_REPORT_branch};
    size_t columns = 1;

    for (int which = 0; which < 2; which++) {
        heads[columns++] = which == 0 ? SPIRAL_REPORT_war : SPIRAL_REPORT_force;
        heads[columns++] = SPIRAL_REPORT_difference;
        heads[columns++] = SPIRAL_REPORT_interval;
        if (spread)
            heads[columns++] = SPIRAL_REPORT_by_constants;
    }

    spiral_html_heading(report->out, "what-if", WORD(what_if));
    spiral_report_table(&table, report, SPIRAL_REPORT_what_if_caption, heads, columns);

    for (size_t i = 0; i < result->branch_count; i++) {
        const struct spiral_branch_effect *effect = &result->branches[i].effect;
        spiral_html_cell(&table, "%s", result->branches[i].name);
        spiral_html_cell(&table, "%.3f", spiral_result_war(effect->branched).p);
        spiral_html_cell(&table, "%+.3f", effect->difference);
        spiral_html_cell(&table, "%+.3f %s %+.3f", effect->interval.low, WORD(to),
                         effect->interval.high);
        if (spread)
            spiral_html_cell(&table, "%+.2f %s %+.2f", effect->constants_interval.low, WORD(to),
                             effect->constants_interval.high);
        spiral_html_cell(&table, "%.3f", spiral_result_force(effect->branched).p);
        spiral_html_cell(&table, "%+.3f", effect->force_difference);
        spiral_html_cell(&table, "%+.3f %s %+.3f", effect->force_interval.low, WORD(to),
                         effect->force_interval.high);
        if (spread)
            spiral_html_cell(&table, "%+.2f %s %+.2f", effect->force_constants_interval.low,
                             WORD(to), effect->force_constants_interval.high);
    }

    spiral_html_table_end(&table);
}

static const char *or_empty(const char *text) { return text != NULL ? text : ""; }

static void write_moves(const struct spiral_report_page *report,
                        const struct spiral_scenario *scenario)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "moves", WORD(moves));
    spiral_report_table(&table, report, SPIRAL_REPORT_moves_caption,
                        HEADS(SPIRAL_REPORT_date, SPIRAL_REPORT_who, SPIRAL_REPORT_what,
                              SPIRAL_REPORT_source));

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        const char *caption = spiral_figure_text(&entry->caption, report->request.language);
        spiral_html_cell(&table, "%s", entry->date_text);
        spiral_html_cell(&table, "%s", state_name(report, scenario, entry->actor));
        if (caption[0] != '\0')
            spiral_html_cell(&table, "%s", caption);
        else if (entry->kind == SPIRAL_ENTRY_MOVE)
            spiral_html_cell(&table, "%s", spiral_moves[entry->move].name);
        else if (entry->kind == SPIRAL_ENTRY_DOCTRINE)
            spiral_html_cell(&table, "%s", entry->doctrine_name);
        else
            spiral_html_cell(&table, "%s %g",
                             entry->kind == SPIRAL_ENTRY_GREED ? "greed" : "resolve", entry->value);
        spiral_html_cell(&table, "%s", or_empty(entry->source));
    }

    spiral_html_table_end(&table);
}

static void write_facts(const struct spiral_report_page *report,
                        const struct spiral_scenario *scenario)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "facts", WORD(facts));
    spiral_report_table(&table, report, SPIRAL_REPORT_facts_caption,
                        HEADS(SPIRAL_REPORT_of_what, SPIRAL_REPORT_source));

    for (size_t i = 0; i < scenario->state_count; i++) {
        spiral_html_cell(&table, "%s", state_name(report, scenario, (int)i));
        spiral_html_cell(&table, "%s", or_empty(scenario->states[i].source));
    }

    for (size_t i = 0; i < scenario->pair_count; i++) {
        spiral_html_cell(&table, "%s - %s", state_name(report, scenario, scenario->pairs[i].first),
                         state_name(report, scenario, scenario->pairs[i].second));
        spiral_html_cell(&table, "%s", or_empty(scenario->pairs[i].source));
    }

    spiral_html_table_end(&table);
    if (scenario->observation_count == 0)
        return;
    spiral_html_heading(report->out, "observed", WORD(observations));
    spiral_report_table(&table, report, SPIRAL_REPORT_observations_caption,
                        HEADS(SPIRAL_REPORT_date, SPIRAL_REPORT_of_what, SPIRAL_REPORT_level,
                              SPIRAL_REPORT_source));

    for (size_t i = 0; i < scenario->observation_count; i++) {
        const struct spiral_observation *seen = &scenario->observations[i];
        spiral_html_cell(&table, "%s", seen->date_text);
        spiral_html_cell(&table, "%s - %s", state_name(report, scenario, seen->first),
                         state_name(report, scenario, seen->second));
        if (seen->hostility > 0)
            spiral_html_cell(&table, "%d %s", seen->hostility,
                             label_in(report, &spiral_level_labels[seen->hostility - 1]));
        else
            spiral_html_cell(&table, "%s", WORD(unknown_level));
        spiral_html_cell(&table, "%s", or_empty(seen->source));
    }

    spiral_html_table_end(&table);
}

/* The map draws an ensemble for every cell of its grid: each gets a part of the runs. */
enum { MAP_SHARE = 16 };

static int write_figures(struct spiral_report_page *report)
{
    spiral_html_heading(report->out, "figures", WORD(figures));
    int exit_status = spiral_report_figure(report, "timeline", SPIRAL_REPORT_fig_timeline);

    if (exit_status == SPIRAL_EXIT_OK && report->request.branches.count > 0)
        exit_status = spiral_report_figure(report, "whatif", SPIRAL_REPORT_fig_whatif);
    report->request.runs = report->request.runs / MAP_SHARE + 1;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_report_figure(report, "map", SPIRAL_REPORT_fig_map);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_report_figure(report, "phase", SPIRAL_REPORT_fig_phase);

    return exit_status;
}

static int write_page(struct spiral_report_page *report, const struct spiral_result *result,
                      const struct spiral_chart_case *loaded, uint64_t hash)
{
    const uint64_t runs = report->request.runs; /* the figures take parts of it */

    spiral_html_begin(report->out, spiral_language_code(report->request.language),
                      spiral_figure_title(result->scenario, report->request.language),
                      report->request.theme);

    if (!write_words(report, result)) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    /* on the first page: nothing of what follows is read without it */
    spiral_html_heading(report->out, "limits", WORD(limits));
    spiral_html_paragraph(report->out, WORD(limits_text));

    int exit_status = write_figures(report);

    write_risk(report, result);
    write_score(report, &result->score);
    write_causes(report, result->tally);
    report->request.runs = runs;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = write_why(report, loaded);
    write_branches(report, result);
    write_moves(report, result->scenario);
    write_facts(report, result->scenario);
    write_provenance(report, result, hash);
    spiral_html_end(report->out);

    return exit_status;
}

/* Runs the branches, each in pairs with the baseline. */
static enum spiral_status run_branches(struct spiral_result *result,
                                       const struct spiral_chart_request *request,
                                       const struct spiral_chart_case *loaded,
                                       struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < request->branches.count && status == SPIRAL_OK; i++) {
        struct spiral_branch branch;
        result->branches[i].name = request->branches.items[i];
        status = spiral_branch_parse(&branch, request->branches.items[i], &loaded->scenario, error);

        if (status == SPIRAL_OK) {
            result->branch_count = i + 1;
            status = spiral_branch_compare(&result->branches[i].effect, &loaded->scenario, &branch,
                                           &loaded->constants, &loaded->options, request->seed,
                                           request->runs, request->threads, false, error);
        }
    }

    return status;
}

int spiral_report_case(struct spiral_report_page *report)
{
    static struct spiral_result result;
    struct spiral_chart_case loaded;
    struct spiral_collector collector = {.tally = NULL};
    struct spiral_error error;
    int exit_status =
        spiral_chart_case_load(&loaded, &report->request, report->request.operands[0]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_chart_ensemble(&collector, &report->request, loaded.plan);
    result = (struct spiral_result){.scenario = &loaded.scenario,
                                    .plan = loaded.plan,
                                    .posterior = &loaded.posterior,
                                    .seed = report->request.seed,
                                    .tally = collector.tally,
                                    .fan = collector.fan};
    if (exit_status == SPIRAL_EXIT_OK &&
        run_branches(&result, &report->request, &loaded, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);

    if (exit_status == SPIRAL_EXIT_OK) {
        result.score = spiral_score_of(collector.tally, loaded.plan);
        exit_status = write_page(report, &result, &loaded, collector.hash);
    }

    for (size_t i = 0; i < result.branch_count; i++)
        spiral_branch_effect_clear(&result.branches[i].effect);

    spiral_collector_clear(&collector);
    spiral_chart_case_clear(&loaded);

    return exit_status;
}
