/* SPDX-License-Identifier: MIT */
#include "tools/why/why_text.h"

void spiral_gains_print(const struct spiral_gains *gains, FILE *out)
{
    const bool spread = gains->sets > 1;

    fputs("gain of the loop of fear over a year; what each route adds to it\n", out);
    if (spread)
        fprintf(out, "over %zu sets of constants: 5 %% to 95 %% of their own gains in brackets\n",
                gains->sets);
    fprintf(out, "\n%-8s %7s %*s%7s ", "date", "gain", spread ? 14 : 0, "", "around");
    for (int route = 0; route < SPIRAL_ROUTES; route++)
        fprintf(out, " %9s", spiral_route_labels[route].en);
    fputc('\n', out);

    for (size_t i = 0; i < gains->count; i++) {
        const struct spiral_gain *at = &gains->at[i];
        char date[12];
        spiral_date_format(at->date, date);
        fprintf(out, "%-8s %7.3f ", date, at->gain);
        if (spread)
            fprintf(out, "[%.3f, %.3f]", at->low, at->high);
        fprintf(out, "%7.3f ", at->around);
        for (int route = 0; route < SPIRAL_ROUTES; route++)
            fprintf(out, " %+9.3f", at->gain - at->without[route]);
        fputc('\n', out);
    }
}

json_t *spiral_gains_json(const struct spiral_gains *gains)
{
    json_t *array = json_array();

    for (size_t i = 0; i < gains->count; i++) {
        const struct spiral_gain *at = &gains->at[i];
        json_t *without = json_object();
        char date[12];

        for (int route = 0; route < SPIRAL_ROUTES; route++)
            json_object_set_new(without, spiral_route_labels[route].name,
                                json_real(at->without[route]));
        spiral_date_format(at->date, date);

        json_t *row = json_pack("{s:s, s:f, s:f, s:o}", "date", date, "gain", at->gain, "around",
                                at->around, "without", without);
        json_object_set_new(row, "constants",
                            gains->sets > 1
                                ? json_pack("{s:f, s:f, s:f, s:f, s:f, s:f}", "lo", at->low,
                                            "median", at->median, "hi", at->high, "around_lo",
                                            at->around_low, "around_hi", at->around_high, "above_1",
                                            at->above)
                                : json_null());
        json_array_append_new(array, row);
    }

    return array;
}
