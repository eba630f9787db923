/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sim/labels.h"
#include "tools/result/result.h"

/* The result that is told, and the language. */
struct teller {
    const struct spiral_result *result;
    bool chinese;
    FILE *out;
};

static const char *translate(const struct teller *teller, const char *en, const char *zh)
{
    return teller->chinese ? zh : en;
}

/* A share of runs in words. */
static const char *likelihood_words(const struct teller *teller, double p)
{
    static const struct {
        double below;
        const char *en;
        const char *zh;
    } words[] = {{0.01, "very unlikely", "极不可能"},
                 {0.1, "unlikely", "不大可能"},
                 {0.33, "possible", "有可能"},
                 {0.5, "less likely than not", "可能性略小于一半"},
                 {0.67, "more likely than not", "可能性略大于一半"},
                 {0.9, "likely", "很可能"},
                 {2.0, "very likely", "极有可能"}};
    size_t i = 0;

    while (p >= words[i].below)
        i++;

    return translate(teller, words[i].en, words[i].zh);
}

/* The first step from which the mean of a quantity stays above its lowest mean so far by a tenth
 * of its span until its peak; -1 where it never climbs. */
static long climb_start(const struct spiral_fan *fan, enum spiral_quantity quantity, double rise)
{
    long lowest_at = 0;
    long start = -1;
    double lowest = spiral_fan_mean(fan, 0, quantity);

    for (long step = 0; step < fan->steps; step++) {
        const double mean = spiral_fan_mean(fan, step, quantity);
        if (mean <= lowest) {
            lowest = mean;
            lowest_at = step;
            start = -1;
        } else if (mean >= lowest + rise && start < 0)
            start = lowest_at;
    }

    return start;
}

/* The step at which the mean of a quantity is highest, the first of equals. */
static long peak_step(const struct spiral_fan *fan, enum spiral_quantity quantity)
{
    long peak = 0;
    for (long step = 1; step < fan->steps; step++)
        if (spiral_fan_mean(fan, step, quantity) > spiral_fan_mean(fan, peak, quantity))
            peak = step;
    return peak;
}

/* Names the largest cause of a side's fear and its share. */
static const char *largest_cause(const struct teller *teller, enum spiral_outcome_name first,
                                 double *share)
{
    int largest = 0;

    for (int cause = 0; cause < SPIRAL_CAUSES; cause++) {
        const double part = spiral_tally_mean(teller->result->tally,
                                              (enum spiral_outcome_name)((int)first + cause));
        if (cause == 0 || part > *share) {
            *share = part;
            largest = cause;
        }
    }

    return translate(teller, spiral_cause_labels[largest].en, spiral_cause_labels[largest].zh);
}

/* The year in which a step ends. */
static int year_after(const struct teller *teller, long step)
{
    char date[12];
    int year = 0;

    spiral_date_format(spiral_plan_date(teller->result->plan, step + 1), date);
    sscanf(date, "%d", &year);
    return year;
}

static void tell_risk(const struct teller *teller)
{
    const struct spiral_risk_line war = spiral_result_war(teller->result->tally);
    const struct spiral_risk_line force = spiral_result_force(teller->result->tally);
    char end[12];

    spiral_date_format(spiral_plan_date(teller->result->plan, teller->result->plan->steps), end);
    fprintf(teller->out,
            translate(teller, "By %s war is %s (%.0f %%) and force is %s (%.0f %%)",
                      "到 %s 为止，战争%s（%.0f%%），动武%s（%.0f%%）"),
            end, likelihood_words(teller, war.p), 100.0 * war.p, likelihood_words(teller, force.p),
            100.0 * force.p);

    if (force.median[0] != '\0' && force.p >= 0.1)
        fprintf(teller->out,
                translate(teller, "; where force comes, half of the runs have it by %.4s",
                          "；在动武的模拟中，一半在 %.4s 年之前已经动武"),
                force.median);
    fputs(translate(teller, ". ", "。"), teller->out);
    if (war.by_constants)
        fprintf(
            teller->out,
            translate(teller,
                      "The constants are not known exactly: under nine in ten of their sets war is "
                      "between %.0f and %.0f %%, and force between %.0f and %.0f %%. ",
                      "常数并不确知：在九成的常数组下，战争风险为 %.0f%% 至 "
                      "%.0f%%，动武风险为 %.0f%% 至 %.0f%%。"),
            100.0 * war.constants.low, 100.0 * war.constants.high, 100.0 * force.constants.low,
            100.0 * force.constants.high);
}

/* What the record has of a level or above: the years (of any rival) and the first of them, and in
 * how many of the runs, on average over these years, the level was reached in the year. */
struct recorded {
    int years;
    int first; /* a calendar year; 0: none */
    double forecast;
};

static struct recorded recorded_from(const struct spiral_result *result, int level)
{
    const struct spiral_tally *tally = result->tally;
    struct recorded recorded = {.years = 0};

    for (int year = 0; year < tally->years; year++)
        for (int q = 0; q < tally->rivals; q++) {
            const uint64_t *count = &tally->year_highest[(year * tally->rivals + q) * 5];
            if (spiral_observed_in_year(tally, result->plan, q, year) < level)
                continue;

            recorded.first = recorded.years == 0 ? tally->first_year + year : recorded.first;
            recorded.years++;
            for (int i = level - 1; i < SPIRAL_LEVELS; i++)
                recorded.forecast += (double)count[i] / (double)tally->runs;
        }

    recorded.forecast /= recorded.years > 0 ? recorded.years : 1;

    return recorded;
}

/* Sets the forecast of a level against the record, where they contradict each other. Returns
 * whether it said anything. */
static bool tell_contradiction(const struct teller *teller, int level, double risk,
                               struct spiral_interval constants, bool by_constants)
{
    const struct recorded recorded = recorded_from(teller->result, level);
    const char *what =
        level == 5 ? translate(teller, "war", "战争") : translate(teller, "force", "动武");
    const double missed = 1.0 / 3.0;

    if (recorded.years > 0 && risk < missed) {
        fprintf(
            teller->out,
            translate(
                teller,
                "The record contradicts this: it has %s in %d %s, first in %d, where the "
                "model has %s %s (%.0f %%)%s. ",
                "史实与此相反：记录中有%s（%d %s，最早在 %d 年），而模型给出的%s%s（%.0f%%）%s。"),
            what, recorded.years,
            recorded.years == 1 ? translate(teller, "year", "年")
                                : translate(teller, "years", "年"),
            recorded.first, what, likelihood_words(teller, risk), 100.0 * risk,
            by_constants && constants.high < missed
                ? translate(teller, ", under nine in ten of its sets of constants too",
                            "，九成常数组亦如此")
                : "");
        return true;
    }

    if (recorded.years > 0 && recorded.forecast < 0.1) {
        fprintf(
            teller->out,
            translate(teller,
                      "The record has %s in %d %s, first in %d; for those years the model has it "
                      "in %.0f %% of its runs: it does not see them coming. ",
                      "记录中有%s（%d %s，最早在 %d 年）；模型在这些年份只有 %.0f%% "
                      "的模拟出现：它没有预见到。"),
            what, recorded.years,
            recorded.years == 1 ? translate(teller, "year", "年")
                                : translate(teller, "years", "年"),
            recorded.first, 100.0 * recorded.forecast);
        return true;
    }

    if (recorded.years == 0 && risk > 1.0 - missed) {
        fprintf(teller->out,
                translate(teller, "The record contradicts this: it has no %s. ",
                          "史实与此相反：记录中没有%s。"),
                what);
        return true;
    }

    return false;
}

/* What the record says of the forecast: nothing where the case has none, or where the two agree. */
static void tell_record(const struct teller *teller)
{
    const struct spiral_score *score = &teller->result->score;
    const struct spiral_risk_line war = spiral_result_war(teller->result->tally);
    const struct spiral_risk_line force = spiral_result_force(teller->result->tally);

    if (score->years == 0)
        return;

    bool said = tell_contradiction(teller, 4, force.p, force.constants, force.by_constants);

    said |= tell_contradiction(teller, 5, war.p, war.constants, war.by_constants);

    const bool brier_is_worse = score->brier > score->brier_base;
    const bool log_is_worse = score->log > score->log_base;

    if (brier_is_worse || log_is_worse) {
        fprintf(
            teller->out,
            translate(teller,
                      "By its %s the forecast of this case is worse than that of the base rate: "
                      "do not rely on it. ",
                      "按%s，模型对本案例的预测不如基准率，不宜采信。"),
            brier_is_worse && log_is_worse
                ? translate(teller, "Brier and log scores", "布赖尔评分和对数评分")
            : brier_is_worse ? translate(teller, "Brier score", "布赖尔评分")
                             : translate(teller, "log score", "对数评分"));
        said = true;
    }

    fputs(said ? "\n" : "", teller->out);
}

static void tell_threat(const struct teller *teller)
{
    double share = 0.0;
    const struct spiral_fan *fan = teller->result->fan;
    const long start = climb_start(fan, SPIRAL_QUANTITY_threat_neighbour, 0.1);
    const long peak = peak_step(fan, SPIRAL_QUANTITY_threat_neighbour);
    const char *cause = largest_cause(teller, SPIRAL_OUTCOME_neighbour_by_capability, &share);

    if (start < 0) {
        fputs(translate(teller,
                        "The neighbour's perceived threat never climbs by a tenth of its scale. ",
                        "强邻的威胁认知始终没有上升到量程的十分之一。"),
              teller->out);
        return;
    }

    fprintf(
        teller->out,
        translate(
            teller,
            "The neighbour's perceived threat begins to climb in %d and is highest in %d, at %.2f; "
            "%s is the largest source of its rise "
            "(%.0f %%). ",
            "强邻的威胁认知自 %d 年开始上升，%d 年最高，达 %.2f；上升的最大来源是%s（%.0f%%）。"),
        year_after(teller, start), year_after(teller, peak),
        spiral_fan_mean(fan, peak, SPIRAL_QUANTITY_threat_neighbour), cause, 100.0 * share);
    cause = largest_cause(teller, SPIRAL_OUTCOME_small_by_capability, &share);
    fprintf(teller->out,
            translate(teller, "The small state's own fear rises above all from %s (%.0f %%).\n",
                      "小国自身恐惧的上升主要来自%s（%.0f%%）。\n"),
            cause, 100.0 * share);
}

static void tell_alliance(const struct teller *teller)
{
    const struct spiral_fan *fan = teller->result->fan;
    const long peak = peak_step(fan, SPIRAL_QUANTITY_commitment);
    const double commitment = spiral_fan_mean(fan, peak, SPIRAL_QUANTITY_commitment);

    if (commitment < 0.1)
        return;
    fprintf(
        teller->out,
        translate(
            teller,
            "Commitment from offshore is highest in %d, at %.2f of membership; the guarantee is "
            "then believed to be worth %.2f and is "
            "worth %.2f.\n",
            "域外大国的承诺在 %d 年最高，为正式成员的 %.2f；此时小国认为这一保证值 "
            "%.2f，其实际值为 %.2f。\n"),
        year_after(teller, peak), commitment, spiral_fan_mean(fan, peak, SPIRAL_QUANTITY_believed),
        spiral_fan_mean(fan, peak, SPIRAL_QUANTITY_guarantee));
}

void spiral_result_tell(const struct spiral_result *result, const char *language, FILE *out)
{
    const struct teller teller = {result, strcmp(language, "zh") == 0, out};
    tell_risk(&teller);
    tell_record(&teller);
    tell_threat(&teller);
    tell_alliance(&teller);
}
