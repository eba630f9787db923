/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sim/acts.h"
#include "sim/labels.h"
#include "tools/result/result.h"

/* `median_step`: below 0 where no run has the event. */
static struct spiral_risk_line risk_line(uint64_t events, uint64_t runs, long median_step,
                                         const struct spiral_tally *tally)
{
    struct spiral_risk_line line = {.p = runs > 0 ? (double)events / (double)runs : 0.0,
                                    .interval = spiral_wilson(events, runs)};
    if (median_step >= 0)
        spiral_date_format(tally->start + tally->dt * (double)median_step, line.median);
    return line;
}

struct spiral_risk_line spiral_result_war(const struct spiral_tally *tally)
{
    struct spiral_risk_line line = risk_line(spiral_tally_wars(tally, tally->steps), tally->runs,
                                             spiral_tally_war_quantile(tally, 0.5), tally);

    line.by_constants = spiral_tally_war_by_constants(tally, tally->years - 1, &line.constants);

    return line;
}

struct spiral_risk_line spiral_result_force(const struct spiral_tally *tally)
{
    struct spiral_risk_line line = risk_line(spiral_tally_forces(tally, tally->steps), tally->runs,
                                             spiral_tally_force_quantile(tally, 0.5), tally);

    line.by_constants = spiral_tally_force_by_constants(tally, tally->years - 1, &line.constants);

    return line;
}

/* The risk of war (force) by the end of a calendar year, with its intervals. */
static struct spiral_risk_line line_of_year(const struct spiral_tally *tally, int year, bool war)
{
    const long steps = spiral_tally_steps_at_year_end(tally, year);
    struct spiral_risk_line line =
        risk_line(war ? spiral_tally_wars(tally, steps) : spiral_tally_forces(tally, steps),
                  tally->runs, -1, tally);

    line.by_constants = war ? spiral_tally_war_by_constants(tally, year, &line.constants)
                            : spiral_tally_force_by_constants(tally, year, &line.constants);

    return line;
}

/* A risk in a row of the table: under one set of constants the share and its interval; over a
 * posterior, in per cent, the share and both intervals. */
static void print_year_risk(const struct spiral_risk_line *line, FILE *out)
{
    if (line->by_constants)
        fprintf(out, "  %3.0f %3.0f-%-3.0f %3.0f-%-3.0f", 100.0 * line->p,
                100.0 * line->interval.low, 100.0 * line->interval.high,
                100.0 * line->constants.low, 100.0 * line->constants.high);
    else
        fprintf(out, "  %.3f [%.3f, %.3f]", line->p, line->interval.low, line->interval.high);
}

static void print_risk_heads(const struct spiral_result *result, FILE *out)
{
    static const char levels[] = "none  thr disp forc  war seen";

    if (spiral_result_war(result->tally).by_constants)
        fprintf(out, "%-47s %s\n%-4s  %-19s  %-19s  %s\n", "risk in % by the end of the year",
                "share by highest level", "year", "war  chance consts.", "force chance consts.",
                levels);
    else
        fprintf(out, "%-49s %s\n%-4s  %-20s  %-20s  %s\n", "risk by the end of the year",
                "share by highest level", "year", "war [95 %]", "force [95 %]", levels);
}

static void print_risk_table(const struct spiral_result *result, FILE *out)
{
    const struct spiral_tally *tally = result->tally;

    /* Long cases print every second or fifth year, and always the last. */
    const int stride = tally->years > 60 ? 5 : tally->years > 40 ? 2 : 1;

    print_risk_heads(result, out);

    for (int i = 0; i < tally->years; i++) {
        if ((tally->years - 1 - i) % stride != 0)
            continue;
        const struct spiral_risk_line war = line_of_year(tally, i, true);
        const struct spiral_risk_line force = line_of_year(tally, i, false);
        double share[5] = {0.0};
        int observed = 0;

        /* Over rivals: the highest observed level, and the mean of the shares. */
        for (int q = 0; q < tally->rivals; q++) {
            const int seen = spiral_observed_in_year(tally, result->plan, q, i);
            observed = seen > observed ? seen : observed;
            for (int level = 0; level < SPIRAL_LEVELS; level++)
                share[level] += (double)tally->year_highest[(i * tally->rivals + q) * 5 + level] /
                                (double)tally->runs / tally->rivals;
        }

        fprintf(out, "%4d", tally->first_year + i);
        print_year_risk(&war, out);
        print_year_risk(&force, out);
        fprintf(out, "  %.2f %.2f %.2f %.2f %.2f", share[0], share[1], share[2], share[3],
                share[4]);
        if (observed > 0)
            fprintf(out, " %4d", observed);
        fputc('\n', out);
    }
}

/* A risk at the end of the run, each interval with its name. */
static void print_risk(const char *what, const struct spiral_risk_line *line, FILE *out)
{
    if (line->by_constants)
        fprintf(out, "%-6s %.3f: chance %.3f-%.3f; what the constants may be %.2f-%.2f", what,
                line->p, line->interval.low, line->interval.high, line->constants.low,
                line->constants.high);
    else
        fprintf(out, "%-6s %.3f [%.3f, %.3f]", what, line->p, line->interval.low,
                line->interval.high);
    if (line->median[0] != '\0')
        fprintf(out, "%s median date %s", line->by_constants ? ";" : ",", line->median);
    fputc('\n', out);
}

static void print_summary_lines(const struct spiral_result *result, FILE *out)
{
    const struct spiral_risk_line war = spiral_result_war(result->tally);
    const struct spiral_risk_line force = spiral_result_force(result->tally);

    fputc('\n', out);
    print_risk("war", &war, out);
    print_risk("force", &force, out);

    const double months = (double)result->tally->steps * result->tally->dt * 12.0;

    fputs("months at each level, mean of runs: ", out);

    for (int level = 0; level < SPIRAL_LEVELS; level++)
        fprintf(out, "%s%s %.1f", level > 0 ? ", " : "", spiral_level_labels[level].en,
                months * spiral_tally_mean(result->tally, (enum spiral_outcome_name)(
                                                              SPIRAL_OUTCOME_time_at_1 + level)));

    fputs("\nquadrants, share of months: ", out);

    for (int quadrant = 0; quadrant < SPIRAL_QUADRANTS; quadrant++)
        fprintf(out, "%s%s %.2f", quadrant > 0 ? ", " : "", spiral_quadrant_labels[quadrant].en,
                spiral_tally_mean(result->tally,
                                  (enum spiral_outcome_name)(SPIRAL_OUTCOME_in_diversified_balance +
                                                             quadrant)));

    fputc('\n', out);
}

static void print_causes(const struct spiral_result *result, FILE *out)
{
    static const struct {
        const char *who;
        enum spiral_outcome_name first;
    } sides[] = {
        {"what raised the neighbour's threat:   ", SPIRAL_OUTCOME_neighbour_by_capability},
        {"what raised the small state's threat: ", SPIRAL_OUTCOME_small_by_capability},
    };
    for (int side = 0; side < 2; side++) {
        fputs(sides[side].who, out);
        for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
            fprintf(out, "%s%s %.0f %%", cause > 0 ? ", " : "", spiral_cause_labels[cause].en,
                    100.0 * spiral_tally_mean(result->tally, (enum spiral_outcome_name)(
                                                                 (int)sides[side].first + cause)));

        fputc('\n', out);
    }
}

/* What a branch changes: the later acts that it could drop, which of them fall and which stay. */
static void print_branch_acts(const struct spiral_result *result, size_t branch, FILE *out)
{
    const struct spiral_branch_effect *effect = &result->branches[branch].effect;
    size_t falling = 0;

    for (size_t a = 0; a < effect->act_count; a++)
        falling += effect->acts[a].falls;
    fprintf(out, "what if %s: of %zu later acts %zu fall\n", result->branches[branch].name,
            effect->act_count, falling);

    for (size_t a = 0; a < effect->act_count; a++) {
        const size_t entry = effect->acts[a].entry;
        char text[SPIRAL_ACT_TEXT];
        spiral_act_text(result->scenario, entry, text);
        fprintf(out, "%4zu  %-10s  %-5s  %s\n", a + 1, result->scenario->entries[entry].date_text,
                effect->acts[a].falls ? "falls" : "stays", text);
    }

    fputc('\n', out);
}

static void print_part(const char *name, const struct spiral_branch_part *part, FILE *out)
{
    fprintf(out, "    %s: war %+.3f [%+.3f, %+.3f]; force %+.3f [%+.3f, %+.3f]\n", name, part->war,
            part->war_interval.low, part->war_interval.high, part->force, part->force_interval.low,
            part->force_interval.high);
}

static void print_branches(const struct spiral_result *result, FILE *out)
{
    for (size_t i = 0; i < result->branch_count; i++) {
        const struct spiral_branch_effect *effect = &result->branches[i].effect;
        const struct spiral_risk_line war = spiral_result_war(effect->branched);
        fprintf(out,
                "what if %s: war %.3f [%.3f, %.3f], change %+.3f [%+.3f, %+.3f]; force, change "
                "%+.3f [%+.3f, %+.3f] (paired runs)\n",
                result->branches[i].name, war.p, war.interval.low, war.interval.high,
                effect->difference, effect->interval.low, effect->interval.high,
                effect->force_difference, effect->force_interval.low, effect->force_interval.high);
        if (effect->by_constants)
            fprintf(out,
                    "  what the constants may be: war, change %+.2f to %+.2f; force, change %+.2f "
                    "to %+.2f\n",
                    effect->constants_interval.low, effect->constants_interval.high,
                    effect->force_constants_interval.low, effect->force_constants_interval.high);
        if (effect->fallen == 0)
            continue;
        print_part("of this the course alone, all moves kept", &effect->course, out);
        print_part("and the moves that fell", &effect->moves, out);
    }
}

/* What runs are spread over. */
static void print_posterior(const struct spiral_result *result, FILE *out)
{
    const struct spiral_constant_sets *posterior = result->posterior;

    if (posterior == NULL || posterior->count == 0)
        return;

    fprintf(out, "over %zu sets of constants (%016llx): chance 95 %%, constants 90 %%\n",
            posterior->count, (unsigned long long)spiral_constant_sets_hash(posterior));
    if (result->tally->runs < 2 * posterior->count)
        fprintf(out, "too few runs to tell what the constants may be; expected %zu or more\n",
                2 * posterior->count);
}

void spiral_result_print(const struct spiral_result *result, FILE *out)
{
    const struct spiral_score *score = &result->score;

    fprintf(out, "%s: %llu runs of %ld steps, seed %llu\n\n",
            spiral_text_get(&result->scenario->title, "en")[0] != '\0'
                ? spiral_text_get(&result->scenario->title, "en")
                : result->scenario->name,
            (unsigned long long)result->tally->runs, result->tally->steps,
            (unsigned long long)result->seed);
    for (size_t i = 0; i < result->branch_count; i++)
        print_branch_acts(result, i, out);
    print_posterior(result, out);
    print_risk_table(result, out);
    print_summary_lines(result, out);

    if (score->years > 0)
        fprintf(out,
                "against the record, %d years: Brier score %.3f (base rate %.3f), log score %.3f "
                "(base rate %.3f); smaller is better\n",
                score->years, score->brier, score->brier_base, score->log, score->log_base);
    if (score->years > 0 && (score->brier > score->brier_base || score->log > score->log_base))
        fputs(
            "the forecast of this case is worse than the base rate's by at least one of the two\n",
            out);
    print_causes(result, out);
    print_branches(result, out);
}
