/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "tools/result/acts.h"
#include "tools/why/why_text.h"

/* "12 [10, 15]" of a share in percent, "+12 [+10, +15]" of a difference. */
static void write_percent(char text[32], struct spiral_why_value value, bool sign)
{
    if (isnan(value.value))
        snprintf(text, 32, "-");
    else
        snprintf(text, 32, sign ? "%+.0f [%+.0f, %+.0f]" : "%.0f [%.0f, %.0f]", 100.0 * value.value,
                 100.0 * value.interval.low, 100.0 * value.interval.high);
}

static void print_mechanisms(const struct spiral_why *why, int outcome, FILE *out)
{
    const struct spiral_why_account *account = &why->accounts[outcome];
    const bool shares = why->options.subset_runs > 0;
    char but_for[32];
    char share[32] = "";

    fprintf(out, "%-18s %-20s %s\n", "without", "but for, of 100",
            shares ? "Shapley share, points" : "");

    for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
        write_percent(but_for, account->mechanisms[m].but_for, false);
        if (shares)
            write_percent(share, account->shares[m], true);
        fprintf(out, "%-18s %-20s %s\n", spiral_mechanism_labels[m].en, but_for, share);
    }

    if (!shares)
        return;
    write_percent(share, account->chance, false);
    fprintf(out, "%-39s %s\n", "chance: without any of them", share);
    write_percent(share, account->all, false);
    fprintf(out, "%-39s %s\n", "all of them: chance and the shares", share);
}

static void print_acts(const struct spiral_why *why, int outcome, size_t most, FILE *out)
{
    const struct spiral_scenario *scenario = why->given.scenario;
    const struct spiral_why_account *account = &why->accounts[outcome];
    const size_t count = why->act_count < most ? why->act_count : most;
    char text[SPIRAL_ACT_TEXT];
    char change[32];

    if (count == 0)
        return;
    fprintf(out, "\nof %zu dated acts, those that changed the risk most, points\n", why->act_count);

    for (size_t i = 0; i < count; i++) {
        const size_t a = account->order[i];
        spiral_act_text(scenario, why->acts[a], text);
        write_percent(change, account->acts[a].risk, true);
        fprintf(out, "%-11s %-46.46s %s\n", scenario->entries[why->acts[a]].date_text, text,
                change);
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
    fprintf(out, "; seed %llu\n95 %% intervals in brackets\n", (unsigned long long)why->given.seed);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        const struct spiral_why_account *account = &why->accounts[o];
        fprintf(out, "\n%s: %.3f [%.3f, %.3f]\n", spiral_why_outcome_labels[o].en,
                account->risk.value, account->risk.interval.low, account->risk.interval.high);

        if (account->events == 0) {
            fputs("no run has it: there is nothing to explain\n", out);
            continue;
        }

        print_mechanisms(why, o, out);
        print_acts(why, o, most, out);
    }
}
