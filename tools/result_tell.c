/* SPDX-License-Identifier: MIT */
#include "sim/labels.h"
#include "tools/result.h"

/* How often a share of runs is, in words. */
static const char *likelihood(double p)
{
    return p < 0.01 ? "very unlikely" : p < 0.1 ? "unlikely" : p < 0.33 ? "possible" : p < 0.5 ? "less likely than not"
         : p < 0.67 ? "more likely than not" : p < 0.9 ? "likely" : "very likely";
}

/* The first step from which the mean of a quantity stays above its lowest mean so far by a tenth of its span until its peak; -1 where it never climbs. */
static long climb_start(const struct spiral_fan *fan, enum spiral_quantity quantity, double rise)
{
    long lowest_at = 0, start = -1;
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

static long peak_of(const struct spiral_fan *fan, enum spiral_quantity quantity)
{
    long peak = 0;
    for (long step = 1; step < fan->steps; step++)
        if (spiral_fan_mean(fan, step, quantity) > spiral_fan_mean(fan, peak, quantity))
            peak = step;
    return peak;
}

/* Names the largest cause of a side's fear and its share. */
static const char *largest_cause(const struct spiral_tally *tally, enum spiral_outcome_name first, double *share)
{
    int largest = 0;
    for (int cause = 0; cause < SPIRAL_CAUSES; cause++) {
        const double part = spiral_tally_mean(tally, (enum spiral_outcome_name)((int)first + cause));
        if (cause == 0 || part > *share) {
            *share = part;
            largest = cause;
        }
    }
    return spiral_cause_labels[largest].en;
}

static void tell_threat(const struct spiral_result *result, FILE *out)
{
    char date[12];
    double share = 0.0;
    const long start = climb_start(result->fan, SPIRAL_QUANTITY_threat_neighbour, 0.1);
    const long peak = peak_of(result->fan, SPIRAL_QUANTITY_threat_neighbour);
    const char *cause = largest_cause(result->tally, SPIRAL_OUTCOME_neighbour_by_capability, &share);
    if (start < 0) {
        fputs("The neighbour's perceived threat never climbs by a tenth of its scale. ", out);
        return;
    }
    spiral_date_format(spiral_plan_date(result->plan, start + 1), date);
    fprintf(out, "The neighbour's perceived threat begins to climb in %.4s", date);
    spiral_date_format(spiral_plan_date(result->plan, peak + 1), date);
    fprintf(out, " and is highest in %.4s, at %.2f; %s is the largest source of its rise (%.0f %%). ", date,
            spiral_fan_mean(result->fan, peak, SPIRAL_QUANTITY_threat_neighbour), cause, 100.0 * share);
    cause = largest_cause(result->tally, SPIRAL_OUTCOME_small_by_capability, &share);
    fprintf(out, "The small state's own fear rises above all from %s (%.0f %%).\n", cause, 100.0 * share);
}

static void tell_alliance(const struct spiral_result *result, FILE *out)
{
    char date[12];
    const long peak = peak_of(result->fan, SPIRAL_QUANTITY_commitment);
    const double commitment = spiral_fan_mean(result->fan, peak, SPIRAL_QUANTITY_commitment);
    if (commitment < 0.1)
        return;
    spiral_date_format(spiral_plan_date(result->plan, peak + 1), date);
    fprintf(out, "Commitment from offshore is highest in %.4s, at %.2f of membership; the guarantee is then believed to be worth %.2f and is worth %.2f.\n", date,
            commitment, spiral_fan_mean(result->fan, peak, SPIRAL_QUANTITY_believed), spiral_fan_mean(result->fan, peak, SPIRAL_QUANTITY_guarantee));
}

void spiral_result_tell(const struct spiral_result *result, FILE *out)
{
    const struct spiral_risk_line war = spiral_result_war(result->tally), force = spiral_result_force(result->tally);
    char end[12];
    spiral_date_format(spiral_plan_date(result->plan, result->plan->steps), end);
    fprintf(out, "By %s war is %s (%.0f %%) and force is %s (%.0f %%)", end, likelihood(war.p), 100.0 * war.p, likelihood(force.p), 100.0 * force.p);
    if (force.median[0] != '\0' && force.p >= 0.1)
        fprintf(out, "; where force comes, half of the runs have it by %.4s", force.median);
    fputs(". ", out);
    tell_threat(result, out);
    tell_alliance(result, out);
    int most = 1;
    for (int diagnosis = 2; diagnosis < SPIRAL_DIAGNOSES; diagnosis++)
        most = result->tally->diagnosis[diagnosis] > result->tally->diagnosis[most] ? diagnosis : most;
    if (force.p >= 0.05)
        fprintf(out, "Most runs that come to force are of one kind (%.0f %% of them): %s: %s.\n",
                100.0 * (double)result->tally->diagnosis[most] / ((double)result->tally->runs * force.p), spiral_diagnosis_labels[most].en, spiral_diagnosis_labels[most].doc);
}
