/* SPDX-License-Identifier: MIT */
#include <string.h>

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
    return risk_line(spiral_tally_wars(tally, tally->steps), tally->runs,
                     spiral_tally_war_quantile(tally, 0.5), tally);
}

struct spiral_risk_line spiral_result_force(const struct spiral_tally *tally)
{
    return risk_line(spiral_tally_forces(tally, tally->steps), tally->runs,
                     spiral_tally_force_quantile(tally, 0.5), tally);
}

static void print_risk_table(const struct spiral_result *result, FILE *out)
{
    const struct spiral_tally *tally = result->tally;

    /* Long cases print every second or fifth year, and always the last. */
    const int stride = tally->years > 60 ? 5 : tally->years > 40 ? 2 : 1;

    fprintf(out, "%-49s %s\n%-4s  %-20s  %-20s  %s\n", "risk by the end of the year",
            "share by highest level", "year", "war [95 %]", "force [95 %]",
            "none  thr disp forc  war seen");

    for (int i = 0; i < tally->years; i++) {
        if ((tally->years - 1 - i) % stride != 0)
            continue;

        const long steps = spiral_tally_steps_at_year_end(tally, i);
        const uint64_t wars = spiral_tally_wars(tally, steps);
        const uint64_t forces = spiral_tally_forces(tally, steps);
        const struct spiral_interval war = spiral_wilson(wars, tally->runs);
        const struct spiral_interval force = spiral_wilson(forces, tally->runs);
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

        fprintf(out, "%4d  %.3f [%.3f, %.3f]  %.3f [%.3f, %.3f]  %.2f %.2f %.2f %.2f %.2f",
                tally->first_year + i, (double)wars / (double)tally->runs, war.low, war.high,
                (double)forces / (double)tally->runs, force.low, force.high, share[0], share[1],
                share[2], share[3], share[4]);
        if (observed > 0)
            fprintf(out, " %4d", observed);
        fputc('\n', out);
    }
}

static void print_summary_lines(const struct spiral_result *result, FILE *out)
{
    const struct spiral_risk_line war = spiral_result_war(result->tally);
    const struct spiral_risk_line force = spiral_result_force(result->tally);

    fprintf(out, "\nwar    %.3f [%.3f, %.3f]%s%s\n", war.p, war.interval.low, war.interval.high,
            war.median[0] ? ", median date " : "", war.median);
    fprintf(out, "force  %.3f [%.3f, %.3f]%s%s\n", force.p, force.interval.low, force.interval.high,
            force.median[0] ? ", median date " : "", force.median);

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

    fputs("how runs came to force: ", out);
    for (int diagnosis = 0; diagnosis < SPIRAL_DIAGNOSES; diagnosis++)
        fprintf(out, "%s%s %.0f %%", diagnosis > 0 ? ", " : "",
                spiral_diagnosis_labels[diagnosis].en,
                100.0 * (double)result->tally->diagnosis[diagnosis] / (double)result->tally->runs);

    fputc('\n', out);
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
    }
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
    print_risk_table(result, out);
    print_summary_lines(result, out);

    if (score->years > 0)
        fprintf(out,
                "against the record, %d years: Brier score %.3f (base rate %.3f), log score %.3f "
                "(base rate %.3f); smaller is better\n",
                score->years, score->brier, score->brier_base, score->log, score->log_base);
    print_causes(result, out);
    print_branches(result, out);
}
