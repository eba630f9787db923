/* SPDX-License-Identifier: MIT */
#include "tools/spiral/claims_print.h"

#include <math.h>
#include <string.h>

#include "tools/json/json_text.h"

/* --- table ------------------------------------------------------------------------------------ */

/* A share in percent with its interval: " 43 [ 39, 47]". */
static void print_share(FILE *out, const struct spiral_claim_share *share)
{
    fprintf(out, "  %3.0f [%2.0f, %3.0f]", 100.0 * share->share, 100.0 * share->interval.low,
            100.0 * share->interval.high);
}

/* How often a claim holds, is reversed, or is neither. */
static void print_shares(FILE *out, const struct spiral_claim_summary *summary,
                         enum spiral_claim_event event)
{
    fprintf(out, "    %-5s", spiral_claim_event_names[event]);
    print_share(out, &summary->holds);
    print_share(out, &summary->reversed);
    fprintf(out, "  %4.0f  %5.0f", 100.0 * summary->undecided.share, 100.0 * summary->quiet.share);

    if (summary->holds.count + summary->reversed.count > 0)
        print_share(out, &summary->agreement);
    else
        fprintf(out, "  %13s", "-   ");

    fputc('\n', out);
}

/* How large its effect is. */
static void print_effect(FILE *out, const struct spiral_claim_summary *summary, const char *id,
                         enum spiral_claim_event event)
{
    fprintf(out, "%-24s  %-5s", event == SPIRAL_CLAIM_WAR ? id : "",
            spiral_claim_event_names[event]);

    if (summary->points > summary->quiet.count)
        fprintf(out, "  %+.3f [%+.3f, %+.3f]  %+.3f\n", summary->median.value,
                summary->median.interval.low, summary->median.interval.high, summary->mean);
    else
        fputs(summary->points > 0 ? "  no point with risk\n" : "  no point in scope\n", out);
}

static const char *label_of(const struct spiral_claim_trial *trial, size_t axis, bool chinese)
{
    return chinese ? trial->space.label_zh[axis] : trial->space.label_en[axis];
}

/* Which parameters decide, and the corner where there is one. */
static void print_corner(FILE *out, const struct spiral_claim_trial *trial,
                         const struct spiral_claim_summary *summary, bool chinese)
{
    const struct spiral_claim_corner *corner = &summary->fails;
    const uint64_t live = summary->points - summary->quiet.count;
    const uint64_t fails = live - summary->holds.count;

    if (corner->deciders == 0)
        return;
    fputs(chinese ? "    不成立多见于" : "    fails more often where ", out);

    for (int i = 0; i < corner->deciders; i++) {
        const struct spiral_claim_decider *decider = &corner->decider[i];
        if (chinese)
            fprintf(out, "%s%s%s（D %.2f，p %.2g）", i > 0 ? "、" : "",
                    label_of(trial, decider->axis, true), decider->above ? "高" : "低",
                    decider->distance, decider->p);
        else
            fprintf(out, "%s%s is %s (D %.2f, p %.2g)", i > 0 ? ", " : "",
                    label_of(trial, decider->axis, false), decider->above ? "high" : "low",
                    decider->distance, decider->p);
    }

    if (corner->cuts > 0)
        fputs(chinese ? "；" : "; ", out);

    for (int i = 0; i < corner->cuts; i++)
        fprintf(out, "%s%s %c %.3g",
                i == 0    ? ""
                : chinese ? "，且 "
                          : " and ",
                label_of(trial, corner->decider[i].axis, chinese),
                corner->decider[i].above ? '>' : '<', corner->decider[i].threshold);

    if (corner->cuts > 0)
        fprintf(out,
                chinese ? "：%.0f %%（该处 %llu 点；有风险的全部 %llu 点为 %.0f %%）"
                        : ": at %.0f %% of the %llu points there; of all %llu with risk at %.0f %%",
                100.0 * (double)corner->with / (double)corner->inside,
                (unsigned long long)corner->inside, (unsigned long long)live,
                100.0 * (double)fails / (double)live);
    fputc('\n', out);
}

void spiral_claims_table(FILE *out, const struct spiral_claim_trial *trial,
                         const struct spiral_claim_summary *summaries, bool chinese)
{
    const struct spiral_claims_request *request = &trial->request;

    fprintf(out, "%-24s  %-6s  %s\n    %-5s  %-13s  %-13s  %4s  %5s  %s\n", "claim", "scope",
            "points", "risk", "holds, %", "reversed, %", "open", "quiet", "agreement, %");

    for (size_t c = 0; c < request->claim_count; c++) {
        const struct spiral_claim *claim = &request->claims[c];
        if (c == 0 || claim->reading != request->claims[c - 1].reading)
            fprintf(out, "%s\n",
                    chinese ? trial->request.set->readings[claim->reading].zh
                            : trial->request.set->readings[claim->reading].en);

        fprintf(out, "%-24s  %-6s  %llu\n", claim->id, spiral_scopes[claim->scope].name,
                (unsigned long long)summaries[c].points);
        for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++)
            print_shares(out, &summaries[(size_t)e * request->claim_count + c],
                         (enum spiral_claim_event)e);
    }

    fprintf(out, "\n%-24s  %-5s  %-23s  %s\n", "claim", "risk", "median effect", "mean");
    for (size_t c = 0; c < request->claim_count; c++)
        for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++)
            print_effect(out, &summaries[(size_t)e * request->claim_count + c],
                         request->claims[c].id, (enum spiral_claim_event)e);

    fputs(chinese ? "\n各论断，以及战争风险在何处不支持它\n"
                  : "\nThe statements, and where the risk of war does not support them\n",
          out);
    for (size_t c = 0; c < request->claim_count; c++) {
        const struct spiral_claim *claim = &request->claims[c];
        fprintf(out, chinese ? "%s：%s（%s）\n" : "%s: %s (%s)\n", claim->id,
                chinese ? claim->zh : claim->en, claim->source);
        print_corner(out, trial, &summaries[c], chinese);
    }

    fputs(chinese ? "\n范围：" : "\nScopes: ", out);
    for (int s = 0; s < SPIRAL_SCOPES; s++)
        fprintf(out, "%s%s = %s", s > 0 ? "; " : "", spiral_scopes[s].name,
                chinese ? spiral_scopes[s].zh : spiral_scopes[s].en);

    fprintf(
        out,
        chinese
            ? "。\n%zu 点，每点每情景 %llu 次模拟，步长 %g 年，种子 %llu；方括号内为 95 %% "
              "区间。效应中位数取有风险的点，均值取全部点；p 已乘以参数个数。\n"
            : ".\n%zu points, %llu runs of each arm at each point, steps of %g years, seed %llu; "
              "95 %% intervals. The median effect is "
              "over points with risk, the mean over all in scope; p is multiplied by the "
              "number of parameters.\n",
        request->points, (unsigned long long)request->replicates, request->dt,
        (unsigned long long)request->seed);
}

/* --- CSV -------------------------------------------------------------------------------------- */

/* The columns of the CSV: their names and what they are. */
static const struct {
    const char *name;
    enum spiral_column_type type;
    const char *meaning;
} columns[] = {
    {"claim", SPIRAL_COLUMN_WORDS, "the claim"},
    {"reading", SPIRAL_COLUMN_WORDS, "the reading of the literature that makes it"},
    {"scope", SPIRAL_COLUMN_WORDS, "the points that it speaks of"},
    {"event", SPIRAL_COLUMN_WORDS, "war or force"},
    {"points", SPIRAL_COLUMN_WHOLE, "points in scope"},
    {"holds", SPIRAL_COLUMN_NUMBER, "share of points where the claim holds"},
    {"holds_low", SPIRAL_COLUMN_NUMBER, "lower end of its 95 % interval"},
    {"holds_high", SPIRAL_COLUMN_NUMBER, "upper end of its 95 % interval"},
    {"reversed", SPIRAL_COLUMN_NUMBER, "share of points where the opposite holds"},
    {"reversed_low", SPIRAL_COLUMN_NUMBER, "lower end of its 95 % interval"},
    {"reversed_high", SPIRAL_COLUMN_NUMBER, "upper end of its 95 % interval"},
    {"undecided", SPIRAL_COLUMN_NUMBER, "share of points with a risk and no decided effect"},
    {"quiet", SPIRAL_COLUMN_NUMBER, "share of points without a risk worth the name"},
    {"agreement", SPIRAL_COLUMN_NUMBER, "share that holds among points that hold or are reversed"},
    {"agreement_low", SPIRAL_COLUMN_NUMBER, "lower end of its 95 % interval"},
    {"agreement_high", SPIRAL_COLUMN_NUMBER, "upper end of its 95 % interval"},
    {"median", SPIRAL_COLUMN_NUMBER, "median effect over points that are not quiet"},
    {"median_low", SPIRAL_COLUMN_NUMBER, "lower end of its 95 % interval"},
    {"median_high", SPIRAL_COLUMN_NUMBER, "upper end of its 95 % interval"},
    {"spread_low", SPIRAL_COLUMN_NUMBER, "lower end of the effects' spread over points"},
    {"spread_high", SPIRAL_COLUMN_NUMBER, "upper end of the effects' spread over points"},
    {"mean", SPIRAL_COLUMN_NUMBER, "mean effect over all points in scope"},
    {"beyond", SPIRAL_COLUMN_WHOLE, "points beyond the scope"},
    {"beyond_holds", SPIRAL_COLUMN_WHOLE, "those of them where the claim holds"},
    {"beyond_reversed", SPIRAL_COLUMN_WHOLE, "those of them where the opposite holds"},
    {"first", SPIRAL_COLUMN_WORDS, "the parameter that decides most where it fails"},
    {"first_distance", SPIRAL_COLUMN_NUMBER, "Smirnov's distance of that parameter"},
    {"first_p", SPIRAL_COLUMN_NUMBER, "p of so large a distance, after Bonferroni"},
    {"first_side", SPIRAL_COLUMN_WORDS, "the side on which the claim fails"},
    {"first_threshold", SPIRAL_COLUMN_NUMBER, "where that side begins"},
    {"second", SPIRAL_COLUMN_WORDS, "the parameter that decides second most"},
    {"second_distance", SPIRAL_COLUMN_NUMBER, "Smirnov's distance of that parameter"},
    {"second_p", SPIRAL_COLUMN_NUMBER, "p of so large a distance, after Bonferroni"},
    {"second_side", SPIRAL_COLUMN_WORDS, "the side on which the claim fails"},
    {"second_threshold", SPIRAL_COLUMN_NUMBER, "where that side begins"},
    {"corner_points", SPIRAL_COLUMN_WHOLE, "points in the corner beyond the thresholds"},
    {"corner_fails", SPIRAL_COLUMN_WHOLE, "those of them where the claim does not hold"},
};

void spiral_claims_describe(struct spiral_table *table, const struct spiral_claim_trial *trial)
{
    spiral_table_init(table, "claims as contrasts over the parameter space");
    spiral_table_say_whole(table, "seed", trial->request.seed);
    spiral_table_say_whole(table, "trial_points", trial->request.points);
    spiral_table_say_whole(table, "replicates", trial->request.replicates);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        spiral_table_column(table, columns[c].type, columns[c].name,
                            columns[c].type == SPIRAL_COLUMN_WORDS ? "" : "1", columns[c].meaning,
                            NAN, NAN);
}

static void write_count(struct spiral_table *table, uint64_t count)
{
    spiral_table_whole(table, (int64_t)count);
}

/* Two parameters, five columns each; the points in their corner and those of them where the
 * claim does not hold. */
static void write_corner_columns(struct spiral_table *table, const struct spiral_claim_trial *trial,
                                 const struct spiral_claim_corner *corner)
{
    for (int i = 0; i < 2; i++) {
        const struct spiral_claim_decider *decider = &corner->decider[i];

        if (i >= corner->deciders) {
            for (int column = 0; column < 5; column++)
                spiral_table_missing(table);
            continue;
        }

        spiral_table_text(table, trial->space.axes[decider->axis].name);
        spiral_table_digits(table, decider->distance, 10);
        spiral_table_digits(table, decider->p, 10);
        spiral_table_text(table, decider->above ? "above" : "below");
        spiral_table_digits(table, i < corner->cuts ? decider->threshold : NAN, 10);
    }

    if (corner->cuts > 0) {
        write_count(table, corner->inside);
        write_count(table, corner->with);
    } else {
        spiral_table_missing(table);
        spiral_table_missing(table);
    }
}

void spiral_claims_csv(struct spiral_table *table, const struct spiral_claim_trial *trial,
                       const struct spiral_claim_summary *summaries)
{
    const size_t claims = trial->request.claim_count;

    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims; i++) {
        const struct spiral_claim *claim = &trial->request.claims[i % claims];
        const struct spiral_claim_summary *s = &summaries[i];
        const double numbers[] = {s->holds.share,
                                  s->holds.interval.low,
                                  s->holds.interval.high,
                                  s->reversed.share,
                                  s->reversed.interval.low,
                                  s->reversed.interval.high,
                                  s->undecided.share,
                                  s->quiet.share,
                                  s->agreement.share,
                                  s->agreement.interval.low,
                                  s->agreement.interval.high,
                                  s->median.value,
                                  s->median.interval.low,
                                  s->median.interval.high,
                                  s->spread.low,
                                  s->spread.high,
                                  s->mean};
        spiral_table_text(table, claim->id);
        spiral_table_text(table, trial->request.set->readings[claim->reading].name);
        spiral_table_text(table, spiral_scopes[claim->scope].name);
        spiral_table_text(table, spiral_claim_event_names[i / claims]);
        write_count(table, s->points);
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            spiral_table_digits(table, numbers[n], 10);

        write_count(table, s->beyond);
        write_count(table, s->beyond_holds);
        write_count(table, s->beyond_reversed);
        write_corner_columns(table, trial, &s->fails);
    }
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *number_json(double value) { return isnan(value) ? json_null() : json_real(value); }

static json_t *interval_json(struct spiral_interval interval)
{
    return json_pack("[o, o]", number_json(interval.low), number_json(interval.high));
}

static json_t *share_json(const struct spiral_claim_share *share)
{
    return json_pack("{s:I, s:f, s:o}", "count", (json_int_t)share->count, "share", share->share,
                     "interval", interval_json(share->interval));
}

static json_t *corner_json(const struct spiral_claim_trial *trial,
                           const struct spiral_claim_corner *corner)
{
    if (corner->deciders == 0)
        return json_null();
    json_t *parameters = json_array();

    for (int i = 0; i < corner->deciders; i++) {
        const struct spiral_claim_decider *decider = &corner->decider[i];
        json_array_append_new(parameters,
                              json_pack("{s:s, s:s, s:s, s:f, s:f, s:s, s:o}", "name",
                                        trial->space.axes[decider->axis].name, "en",
                                        trial->space.label_en[decider->axis], "zh",
                                        trial->space.label_zh[decider->axis], "distance",
                                        decider->distance, "p", decider->p, "side",
                                        decider->above ? "above" : "below", "threshold",
                                        number_json(i < corner->cuts ? decider->threshold : NAN)));
    }

    return json_pack("{s:o, s:I, s:I}", "parameters", parameters, "points",
                     (json_int_t)corner->inside, "fails", (json_int_t)corner->with);
}

static json_t *summary_json(const struct spiral_claim_trial *trial,
                            const struct spiral_claim_summary *summary)
{
    json_t *beyond = json_pack("{s:I, s:I, s:I}", "points", (json_int_t)summary->beyond, "holds",
                               (json_int_t)summary->beyond_holds, "reversed",
                               (json_int_t)summary->beyond_reversed);

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "holds",
                     share_json(&summary->holds), "reversed", share_json(&summary->reversed),
                     "undecided", share_json(&summary->undecided), "quiet",
                     share_json(&summary->quiet), "agreement", share_json(&summary->agreement),
                     "median_effect", number_json(summary->median.value), "median_interval",
                     interval_json(summary->median.interval), "middle_four_fifths",
                     interval_json(summary->spread), "mean_effect", number_json(summary->mean),
                     "out_of_scope", beyond, "does_not_hold", corner_json(trial, &summary->fails));
}

static json_t *claim_json(const struct spiral_claim_trial *trial,
                          const struct spiral_claim_summary *summaries, size_t c)
{
    const struct spiral_claim *claim = &trial->request.claims[c];
    json_t *arms = json_array();

    for (int a = 0; a < claim->arm_count; a++)
        json_array_append_new(arms, json_string(trial->request.set->arms[claim->arms[a]].name));

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o}", "id", claim->id,
                     "reading", trial->request.set->readings[claim->reading].name, "en", claim->en,
                     "zh", claim->zh, "source", claim->source, "scope",
                     spiral_scopes[claim->scope].name, "arms", arms, "points",
                     (json_int_t)summaries[c].points, "war", summary_json(trial, &summaries[c]),
                     "force", summary_json(trial, &summaries[trial->request.claim_count + c]));
}

enum spiral_status spiral_claims_json(FILE *out, const struct spiral_claim_trial *trial,
                                      const struct spiral_claim_summary *summaries,
                                      struct spiral_error *error)
{
    const struct spiral_claims_request *request = &trial->request;
    const struct spiral_constants constants = spiral_constants_defaults();
    char hash[20];
    json_t *claims = json_array();
    json_t *space = json_array();

    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)spiral_constants_hash(&constants));
    for (size_t c = 0; c < request->claim_count; c++)
        json_array_append_new(claims, claim_json(trial, summaries, c));

    for (size_t a = 0; a < trial->space.count; a++)
        json_array_append_new(space,
                              json_pack("{s:s, s:f, s:f, s:s}", "name", trial->space.axes[a].name,
                                        "low", trial->space.axes[a].low, "high",
                                        trial->space.axes[a].high, "scale",
                                        trial->space.axes[a].log ? "log" : "linear"));

    json_t *object =
        json_pack("{s:s, s:s, s:I, s:I, s:I, s:f, s:o, s:o}", "version", SPIRAL_VERSION,
                  "constants_hash", hash, "seed", (json_int_t)request->seed, "points",
                  (json_int_t)request->points, "replicates", (json_int_t)request->replicates, "dt",
                  request->dt, "space", space, "claims", claims);

    return spiral_json_write(object, out, error);
}
