/* SPDX-License-Identifier: MIT */
#include "tools/spiral/claims_print.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* --- table ------------------------------------------------------------------------------------------------------------------------- */

/* A share in percent with its interval: " 43 [ 39, 47]". */
static void put_share(FILE *out, const struct spiral_claim_share *share)
{
    fprintf(out, "  %3.0f [%2.0f, %3.0f]", 100.0 * share->share, 100.0 * share->interval.low, 100.0 * share->interval.high);
}

static void put_row(FILE *out, const struct spiral_claim *claim, const struct spiral_claim_summary summaries[SPIRAL_CLAIM_EVENTS], bool first_event)
{
    const struct spiral_claim_summary *summary = &summaries[first_event ? 0 : 1];
    if (first_event)
        fprintf(out, "%-24s %-10s %-6s %6llu  ", claim->id, spiral_readings[claim->reading].name, spiral_scopes[claim->scope].name, (unsigned long long)summary->points);
    else
        fprintf(out, "%-24s %-10s %-6s %6s  ", "", "", "", "");
    fprintf(out, "%-5s", spiral_claim_event_names[first_event ? SPIRAL_CLAIM_WAR : SPIRAL_CLAIM_FORCE]);
    put_share(out, &summary->holds);
    put_share(out, &summary->reversed);
    fprintf(out, "  %4.0f  %5.0f", 100.0 * summary->undecided.share, 100.0 * summary->quiet.share);
    if (summary->agreement.share > 0.0 || summary->reversed.count > 0)
        put_share(out, &summary->agreement);
    else
        fprintf(out, "  %13s", "-   ");
    if (summary->points > 0)
        fprintf(out, "   %+.3f [%+.3f, %+.3f]  %+.3f\n", summary->median.value, summary->median.interval.low, summary->median.interval.high, summary->mean);
    else
        fputs("   no point in scope\n", out);
}

static void put_side(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_corner *corner, int i, bool chinese)
{
    const int axis = corner->axis[i];
    fprintf(out, "%s %c %.3g", chinese ? trial->space.label_zh[axis] : trial->space.label_en[axis], corner->above[i] ? '>' : '<', corner->threshold[i]);
}

/* "    does not hold where A > a and B < b: 83 % of the 60 points there, against 57 % of all 240 with risk" */
static void put_corner(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_corner *corner, uint64_t with, uint64_t points, bool reversed, bool chinese)
{
    if (corner->axes == 0)
        return;
    if (chinese)
        fputs(reversed ? "    反转于：" : "    不成立于：", out);
    else
        fputs(reversed ? "    is reversed where " : "    does not hold where ", out);
    put_side(out, trial, corner, 0, chinese);
    if (corner->axes == 2) {
        fputs(chinese ? "，且 " : " and ", out);
        put_side(out, trial, corner, 1, chinese);
    }
    const double inside = 100.0 * (double)corner->with / (double)corner->inside, all = 100.0 * (double)with / (double)points;
    if (chinese)
        fprintf(out, "：其中 %llu 点的 %.0f %%，而有风险的全部 %llu 点的 %.0f %%\n", (unsigned long long)corner->inside, inside, (unsigned long long)points, all);
    else
        fprintf(out, ": %.0f %% of the %llu points there, against %.0f %% of all %llu with risk\n", inside, (unsigned long long)corner->inside, all,
                (unsigned long long)points);
}

void spiral_claims_table(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries, bool chinese)
{
    const struct spiral_claims_request *request = &trial->request;
    fprintf(out, "%-24s %-10s %-6s %6s  %-5s  %-13s  %-13s  %4s  %5s  %-13s   %-23s  %s\n", "claim", "reading", "scope", "points", "risk", "holds, %", "reversed, %",
            "open", "quiet", "agreement, %", "median effect", "mean");
    for (size_t c = 0; c < request->claim_count; c++) {
        const struct spiral_claim_summary both[SPIRAL_CLAIM_EVENTS] = {summaries[c], summaries[request->claim_count + c]};
        put_row(out, &request->claims[c], both, true);
        put_row(out, &request->claims[c], both, false);
    }
    fputs(chinese ? "\n各论断，以及战争风险在何处不支持它\n" : "\nThe statements, and where the risk of war does not bear them out\n", out);
    for (size_t c = 0; c < request->claim_count; c++) {
        const struct spiral_claim *claim = &request->claims[c];
        const struct spiral_claim_summary *summary = &summaries[c];
        fprintf(out, chinese ? "%s：%s（%s）\n" : "%s: %s (%s)\n", claim->id, chinese ? claim->zh : claim->en, claim->source);
        put_corner(out, trial, &summary->fails, summary->fails_of, summary->points - summary->quiet.count, false, chinese);
        put_corner(out, trial, &summary->turns, summary->turns_of, summary->points - summary->quiet.count, true, chinese);
    }
    fputs(chinese ? "\n范围：" : "\nScopes: ", out);
    for (int s = 0; s < SPIRAL_SCOPES; s++)
        fprintf(out, "%s%s = %s", s > 0 ? "; " : "", spiral_scopes[s].name, chinese ? spiral_scopes[s].zh : spiral_scopes[s].en);
    fprintf(out, chinese ? "。\n%zu 点，每点每情景 %llu 次运行，步长 %g 年，种子 %llu；括号内为 95 %% 区间。\n"
                         : ".\n%zu points, %llu runs of each arm at each, steps of %g years, seed %llu; 95 %% intervals.\n",
            request->points, (unsigned long long)request->runs, request->dt, (unsigned long long)request->seed);
}

/* --- CSV --------------------------------------------------------------------------------------------------------------------------- */

/* A corner in three columns: the condition in names and numbers, points inside, those with the behaviour. */
static void put_corner_columns(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_corner *corner)
{
    fputc(',', out);
    for (int i = 0; i < corner->axes; i++)
        fprintf(out, "%s%s %c %.6g", i > 0 ? " and " : "", trial->space.axes[corner->axis[i]].name, corner->above[i] ? '>' : '<', corner->threshold[i]);
    if (corner->axes > 0)
        fprintf(out, ",%llu,%llu", (unsigned long long)corner->inside, (unsigned long long)corner->with);
    else
        fputs(",,", out);
}

/* NaN is an empty field. */
static void put_number(FILE *out, double value)
{
    if (isnan(value))
        fputc(',', out);
    else
        fprintf(out, ",%.10g", value);
}

void spiral_claims_csv(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries)
{
    const size_t claims = trial->request.claim_count;
    fputs("claim,reading,scope,event,points,holds,holds_low,holds_high,reversed,reversed_low,reversed_high,undecided,quiet,agreement,agreement_low,agreement_high,median,median_low,median_high,mean,"
          "beyond,beyond_holds,beyond_reversed,fails_where,fails_inside,fails_with,reversed_where,reversed_inside,reversed_with\n", out);
    for (size_t i = 0; i < SPIRAL_CLAIM_EVENTS * claims; i++) {
        const struct spiral_claim *claim = &trial->request.claims[i % claims];
        const struct spiral_claim_summary *s = &summaries[i];
        const double numbers[] = {s->holds.share, s->holds.interval.low, s->holds.interval.high, s->reversed.share, s->reversed.interval.low, s->reversed.interval.high,
                                  s->undecided.share, s->quiet.share, s->agreement.share, s->agreement.interval.low, s->agreement.interval.high, s->median.value, s->median.interval.low, s->median.interval.high, s->mean};
        fprintf(out, "%s,%s,%s,%s,%llu", claim->id, spiral_readings[claim->reading].name, spiral_scopes[claim->scope].name, spiral_claim_event_names[i / claims],
                (unsigned long long)s->points);
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            put_number(out, numbers[n]);
        fprintf(out, ",%llu,%llu,%llu", (unsigned long long)s->beyond, (unsigned long long)s->beyond_holds, (unsigned long long)s->beyond_reversed);
        put_corner_columns(out, trial, &s->fails);
        put_corner_columns(out, trial, &s->turns);
        fputc('\n', out);
    }
}

/* --- JSON -------------------------------------------------------------------------------------------------------------------------- */

static json_t *number_json(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *share_json(const struct spiral_claim_share *share)
{
    return json_pack("{s:I, s:f, s:f, s:f}", "count", (json_int_t)share->count, "share", share->share, "lo", share->interval.low, "hi", share->interval.high);
}

static json_t *corner_json(const struct spiral_claim_trial *trial, const struct spiral_claim_corner *corner)
{
    if (corner->axes == 0)
        return json_null();
    json_t *where = json_array();
    for (int i = 0; i < corner->axes; i++)
        json_array_append_new(where, json_pack("{s:s, s:s, s:s, s:s, s:f, s:f}", "name", trial->space.axes[corner->axis[i]].name, "en",
                                               trial->space.label_en[corner->axis[i]], "zh", trial->space.label_zh[corner->axis[i]], "side",
                                               corner->above[i] ? "above" : "below", "threshold", corner->threshold[i], "smirnov", corner->smirnov[i]));
    return json_pack("{s:o, s:I, s:I}", "where", where, "points", (json_int_t)corner->inside, "with", (json_int_t)corner->with);
}

static json_t *summary_json(const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summary)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o, s:o}, s:o, s:{s:I, s:I, s:I}, s:o, s:o}", "holds", share_json(&summary->holds), "reversed",
                     share_json(&summary->reversed), "undecided", share_json(&summary->undecided), "quiet", share_json(&summary->quiet), "agreement", share_json(&summary->agreement), "median_effect", "value", number_json(summary->median.value), "lo",
                     number_json(summary->median.interval.low), "hi", number_json(summary->median.interval.high), "mean_effect", number_json(summary->mean),
                     "out_of_scope", "points", (json_int_t)summary->beyond, "holds", (json_int_t)summary->beyond_holds, "reversed",
                     (json_int_t)summary->beyond_reversed, "does_not_hold", corner_json(trial, &summary->fails), "is_reversed", corner_json(trial, &summary->turns));
}

static json_t *claim_json(const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries, size_t c)
{
    const struct spiral_claim *claim = &trial->request.claims[c];
    json_t *arms = json_array();
    for (int a = 0; a < claim->arm_count; a++)
        json_array_append_new(arms, json_string(trial->request.arms[claim->arms[a]].name));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o}", "id", claim->id, "reading", spiral_readings[claim->reading].name, "en", claim->en, "zh",
                     claim->zh, "source", claim->source, "scope", spiral_scopes[claim->scope].name, "arms", arms, "points", (json_int_t)summaries[c].points,
                     "war", summary_json(trial, &summaries[c]), "force", summary_json(trial, &summaries[trial->request.claim_count + c]));
}

bool spiral_claims_json(FILE *out, const struct spiral_claim_trial *trial, const struct spiral_claim_summary *summaries)
{
    const struct spiral_claims_request *request = &trial->request;
    const struct spiral_constants constants = spiral_constants_defaults();
    char hash[20];
    json_t *claims = json_array(), *space = json_array();
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)spiral_constants_hash(&constants));
    for (size_t c = 0; c < request->claim_count; c++)
        json_array_append_new(claims, claim_json(trial, summaries, c));
    for (size_t a = 0; a < trial->space.count; a++)
        json_array_append_new(space, json_pack("{s:s, s:f, s:f, s:s}", "name", trial->space.axes[a].name, "low", trial->space.axes[a].low, "high",
                                               trial->space.axes[a].high, "scale", trial->space.axes[a].log ? "log" : "linear"));
    json_t *object = json_pack("{s:s, s:s, s:I, s:I, s:I, s:f, s:o, s:o}", "version", SPIRAL_VERSION, "constants_hash", hash, "seed", (json_int_t)request->seed,
                               "points", (json_int_t)request->points, "runs", (json_int_t)request->runs, "dt", request->dt, "space", space, "claims", claims);
    if (object == NULL)
        return false;
    const bool written = json_dumpf(object, out, JSON_INDENT(1)) == 0;
    fputc('\n', out);
    json_decref(object);
    return written;
}
