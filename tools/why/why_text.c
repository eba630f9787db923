/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "sim/acts.h"
#include "tools/why/why_text.h"

enum { PERCENT = 48 };

/* "12 [10, 15]" of a share in percent, "+12 [+10, +15]" of a difference; where runs are spread over
 * sets of constants, with "(5 to 30)" behind. */
static void write_percent(char text[PERCENT], struct spiral_why_value value, bool sign)
{
    if (isnan(value.value)) {
        snprintf(text, PERCENT, "-");
        return;
    }

    const int length =
        snprintf(text, PERCENT, sign ? "%+.0f [%+.0f, %+.0f]" : "%.0f [%.0f, %.0f]",
                 100.0 * value.value, 100.0 * value.interval.low, 100.0 * value.interval.high);

    if (value.by_constants)
        snprintf(text + length, PERCENT - (size_t)length,
                 sign ? " (%+.0f to %+.0f)" : " (%.0f to %.0f)", 100.0 * value.constants.low,
                 100.0 * value.constants.high);
}

static bool is_spread(const struct spiral_why *why)
{
    return why->given.options->posterior != NULL && why->given.options->posterior->count > 0;
}

static void print_mechanisms(const struct spiral_why *why, int outcome, FILE *out)
{
    const struct spiral_why_account *account = &why->accounts[outcome];
    const bool shares = why->options.subset_runs > 0;
    const int width = is_spread(why) ? 27 : 20;
    char but_for[PERCENT];
    char share[PERCENT] = "";

    fprintf(out, "%-18s %-*s %s\n", "without", width, "but for, of 100",
            shares ? "Shapley share, points" : "");

    for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
        write_percent(but_for, account->mechanisms[m].but_for, false);
        if (shares)
            write_percent(share, account->shares[m], true);
        fprintf(out, "%-18s %-*s %s\n", spiral_mechanism_labels[m].en, width, but_for, share);
    }

    if (!shares)
        return;
    write_percent(share, account->chance, false);
    fprintf(out, "%-*s %s\n", width + 19, "chance: without any of them", share);
    write_percent(share, account->all, false);
    fprintf(out, "%-*s %s\n", width + 19, "all of them: chance and the shares", share);
}

static void print_acts(const struct spiral_why *why, int outcome, size_t most, FILE *out)
{
    const struct spiral_scenario *scenario = why->given.scenario;
    const struct spiral_why_account *account = &why->accounts[outcome];
    const size_t count = why->act_count < most ? why->act_count : most;
    char text[SPIRAL_ACT_TEXT];
    const int width = is_spread(why) ? 38 : 46;
    char change[PERCENT];

    if (count == 0)
        return;
    fprintf(out, "\nof %zu dated acts, those that changed the risk most, points\n", why->act_count);

    for (size_t i = 0; i < count; i++) {
        const size_t a = account->order[i];
        spiral_act_text(scenario, why->acts[a], text);
        write_percent(change, account->acts[a].risk, true);
        fprintf(out, "%-11s %-*.*s %s\n", scenario->entries[why->acts[a]].date_text, width, width,
                text, change);
    }
}

void spiral_why_print(const struct spiral_why *why, size_t most, FILE *out)
{
    const struct spiral_scenario *scenario = why->given.scenario;
    const char *title = spiral_text_get(&scenario->title, "en");

    fprintf(out, "%s: why, by intervention on the same draws\n%llu runs",
            title[0] != '\0' ? title : scenario->name, (unsigned long long)why->options.runs);
    if (why->options.subset_runs > 0)
        fprintf(out, "; %d sets of mechanisms, %llu runs each", SPIRAL_MECHANISM_SETS,
                (unsigned long long)why->options.subset_runs);
    fprintf(out, "; seed %llu\n", (unsigned long long)why->given.seed);
    if (is_spread(why))
        fprintf(out,
                "over %zu sets of constants (%016llx): chance, 95 %%, in brackets;\nwhat the "
                "constants may be, 90 %%, in parentheses\n",
                why->given.options->posterior->count,
                (unsigned long long)spiral_constant_sets_hash(why->given.options->posterior));
    else
        fputs("95 % intervals in brackets\n", out);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        const struct spiral_why_account *account = &why->accounts[o];
        fprintf(out, "\n%s: %.3f [%.3f, %.3f]", spiral_why_outcome_labels[o].en,
                account->risk.value, account->risk.interval.low, account->risk.interval.high);
        if (account->risk.by_constants)
            fprintf(out, " (%.2f to %.2f)", account->risk.constants.low,
                    account->risk.constants.high);
        fputc('\n', out);

        if (account->events == 0) {
            fputs("no run has it: there is nothing to explain\n", out);
            continue;
        }

        print_mechanisms(why, o, out);
        print_acts(why, o, most, out);
    }
}
