/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "render/figure/posterior.h"
#include "tools/draw/chart.h"
#include "tools/store/posterior.h"

/* The axes that are drawn, in their order: all, or the most that fit, of which the sample says
 * most. Returns how many. */
static size_t choose_axes(const struct spiral_posterior_sample *sample,
                          struct spiral_posterior_figure *figure, enum spiral_language language)
{
    bool drawn[SPIRAL_MAX_AXES];
    double spread[SPIRAL_MAX_AXES];
    size_t count = 0;

    for (size_t a = 0; a < sample->axis_count; a++) {
        figure->axes[0] =
            (struct spiral_posterior_number){.range = {sample->axes[a].low, sample->axes[a].high,
                                                       sample->axes[a].log},
                                             .value = sample->value + a};
        spread[a] = spiral_posterior_spread(figure, 0);
    }

    for (size_t a = 0; a < sample->axis_count; a++) {
        size_t narrower = 0;
        for (size_t b = 0; b < sample->axis_count; b++)
            narrower += spread[b] < spread[a] || (spread[b] == spread[a] && b < a);

        drawn[a] = narrower < SPIRAL_POSTERIOR_AXES;
    }

    for (size_t a = 0; a < sample->axis_count; a++) {
        const struct spiral_posterior_axis *axis = &sample->axes[a];
        if (drawn[a])
            figure->axes[count++] = (struct spiral_posterior_number){
                .label = language == SPIRAL_CHINESE ? axis->label_zh : axis->label_en,
                .range = {axis->low, axis->high, axis->log},
                .present = axis->present,
                .truth = axis->truth,
                .value = sample->value + a,
            };
    }

    return count;
}

/* The titles of cases whose names stand in a list with commas. */
static void write_cases(char *text, size_t size, const char *names, enum spiral_language language)
{
    size_t used = 0;

    text[0] = '\0';
    for (const char *at = names + strspn(names, ", "); *at != '\0' && used < size;) {
        const size_t length = strcspn(at, ", ");
        char name[100];
        char title[SPIRAL_CHART_TITLE];

        snprintf(name, sizeof name, "%.*s", (int)length, at);
        spiral_chart_case_title(title, name, language);
        used += (size_t)snprintf(text + used, size - used, "%s%s",
                                 used == 0                    ? ""
                                 : language == SPIRAL_CHINESE ? "；"
                                                              : "; ",
                                 title);
        at += length;
        at += strspn(at, ", ");
    }
}

static int draw_chart(const struct spiral_chart_request *request)
{
    static struct spiral_posterior_sample sample;
    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_chart_output output;
    struct spiral_error error;
    char cases[1200];
    char subtitle[1400];
    char note[300] = "";

    if (spiral_posterior_read(&sample, request->operands[0], &error) != SPIRAL_OK) {
        spiral_posterior_sample_clear(&sample);
        return spiral_complain_error(&error);
    }

    struct spiral_posterior_figure figure = {
        .title = chinese ? "与历史记录相容的取值" : "Parameter values that agree with the record",
        .subtitle = subtitle,
        .note = note,
        .count = sample.count,
        .stride = sample.axis_count,
        .weight = sample.weight,
        .language = request->language};

    figure.axis_count = choose_axes(&sample, &figure, request->language);
    write_cases(cases, sizeof cases, sample.scenarios, request->language);
    snprintf(subtitle, sizeof subtitle,
             chinese ? "%s；第 %zu 代，%zu 个粒子，与最优之差不超过 %.3f"
                     : "%s; generation %zu, %zu particles, within %.3f of the best score",
             cases, sample.generation, sample.count, sample.tolerance - sample.distance[0]);

    if (figure.axis_count < sample.axis_count)
        snprintf(note, sizeof note,
                 chinese
                     ? "共拟合 %zu 个数，此处为分布最窄的 %zu 个。"
                     : "Of the %zu fitted parameters, the %zu with the narrowest distributions.",
                 sample.axis_count, figure.axis_count);

    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_chart_open(&output, request)) {
        spiral_posterior_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    spiral_posterior_sample_clear(&sample);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_posterior = {
    "posterior", "STORE", "what a calibration found: densities of the parameters, and pairs",
    1,           1,       900.0,
    900.0,       0,       draw_chart};
