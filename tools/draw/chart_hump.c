/* SPDX-License-Identifier: MIT
 *
 * Two charts of the stylised triad: risk over commitment for several resolves of the offshore
 * power, and risk over greed for two courses.
 */
#include <math.h>

#include "render/figure/curves.h"
#include "tools/draw/chart.h"
#include "tools/stylised/parts.h"

enum { POINTS = 21, RESOLVES = 4 };

/* The risks of a curve, point by point. */
struct curve {
    double y[POINTS];
    double low[POINTS];
    double high[POINTS];
};

static void put_risk(struct curve *curve, int i, struct spiral_risk risk)
{
    const struct spiral_interval interval = spiral_wilson(risk.events, risk.runs);
    curve->y[i] = spiral_risk_share(risk);
    curve->low[i] = interval.low;
    curve->high[i] = interval.high;
}

static struct spiral_curve curve_named(const struct curve *curve, const char *name,
                                       struct spiral_color color)
{
    return (struct spiral_curve){
        .name = name, .y = curve->y, .low = curve->low, .high = curve->high, .color = color};
}

/* The constants, as set; other names mean nothing in the triad. */
static int read_setup(struct spiral_stylised_setup *setup,
                      const struct spiral_chart_request *request)
{
    setup->constants = spiral_constants_defaults();
    setup->seed = request->seed;
    setup->runs = request->runs;
    setup->threads = request->threads;

    return spiral_settings_apply(NULL, &setup->constants, &request->settings);
}

static int draw_figure(const struct spiral_chart_request *request,
                       const struct spiral_curves_figure *figure)
{
    struct spiral_chart_output output;
    if (!spiral_chart_open(&output, request))
        return SPIRAL_EXIT_FAILED;
    spiral_curves_draw(output.page, figure);
    return spiral_chart_close(&output, request, SPIRAL_OK);
}

/* --- hump ------------------------------------------------------------------------------------- */

static int draw_hump(const struct spiral_chart_request *request)
{
    static const double resolves[RESOLVES] = {0.25, 0.5, 0.75, 1.0};
    static struct spiral_stylised_setup setup;
    struct curve curves[RESOLVES];
    struct spiral_error error;
    char names[RESOLVES][48];
    double x[POINTS];
    const int exit_status = read_setup(&setup, request);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_curves_figure figure = {
        .title = chinese ? "承诺与风险：先升后降" : "Risk over commitment: a hump",
        .subtitle = chinese
                        ? "典型三方：强势邻国，联盟承诺由条约固定，三十年内的战争风险，95 % 区间"
                        : "Stylised triad, assertive neighbour, commitment held by treaty: risk of "
                          "war within 30 years, 95 % intervals",
        .x_name = spiral_word(SPIRAL_WORD_commitment, request->language),
        .y_name = spiral_word(SPIRAL_WORD_risk_of_war, request->language),
        .x = x,
        .count = POINTS,
        .curve_count = RESOLVES,
        .mark = NAN};

    for (int r = 0; r < RESOLVES; r++) {
        for (int i = 0; i < POINTS; i++) {
            struct spiral_risk risk = {0, 0};
            const struct spiral_triad_held held = {.constraint = -1.0,
                                                   .commitment = i / (POINTS - 1.0),
                                                   .resolve = resolves[r]};
            if (spiral_triad_held_risk(&risk, &setup, &held, request->runs, &error) != SPIRAL_OK)
                return spiral_complain_error(&error);
            x[i] = held.commitment;
            put_risk(&curves[r], i, risk);
        }

        snprintf(names[r], sizeof names[r], "%s %.2f",
                 spiral_word(SPIRAL_WORD_resolve, request->language), resolves[r]);
        const struct spiral_color pale =
            spiral_color_mix(request->theme->series[SPIRAL_COLOR_OFFSHORE],
                             request->theme->background, 0.3);
        figure.curves[r] =
            curve_named(&curves[r], names[r],
                        spiral_color_mix(pale, request->theme->ink, r / (RESOLVES - 1.0)));
    }

    return draw_figure(request, &figure);
}

const struct spiral_chart_kind spiral_chart_hump = {
    "hump", "",   "risk of war over commitment for several resolves of the offshore power",
    0,      0,    900.0,
    600.0,  1024, draw_hump};

/* --- rival ------------------------------------------------------------------------------------ */

/* Where the two curves cross, by the line between points; not a number where they do not. */
static double crossing(const double *x, const struct curve *first, const struct curve *second)
{
    for (int i = 0; i + 1 < POINTS; i++) {
        const double here = first->y[i] - second->y[i];
        const double next = first->y[i + 1] - second->y[i + 1];
        if (here > 0.0 && next <= 0.0)
            return x[i] + (x[i + 1] - x[i]) * here / (here - next);
    }

    return NAN;
}

static int draw_rival(const struct spiral_chart_request *request)
{
    static struct spiral_stylised_setup setup;
    struct curve curves[2];
    struct spiral_error error;
    char mark[64];
    double x[POINTS];
    const int exit_status = read_setup(&setup, request);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    for (int i = 0; i < POINTS; i++) {
        x[i] = i / (POINTS - 1.0);
        for (int deter = 0; deter < 2; deter++) {
            struct spiral_risk risk = {0, 0};
            if (spiral_triad_rival_risk(&risk, &setup, x[i], deter == 1, request->runs, &error) !=
                SPIRAL_OK)
                return spiral_complain_error(&error);
            put_risk(&curves[deter], i, risk);
        }
    }

    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_curves_figure figure = {
        .title = chinese ? "两种解读：威慑还是迁就" : "Two readings: deterrence and accommodation",
        .subtitle = chinese ? "典型三方：三十年内的战争风险随强邻扩张动机的变化，95 % 区间"
                            : "Stylised triad: risk of war within 30 years over the neighbour's "
                              "greed, 95 % intervals",
        .x_name = spiral_word(SPIRAL_WORD_greed, request->language),
        .y_name = spiral_word(SPIRAL_WORD_risk_of_war, request->language),
        .x = x,
        .count = POINTS,
        .curve_count = 2,
        .mark = crossing(x, &curves[1], &curves[0]),
        .mark_name = mark};

    snprintf(mark, sizeof mark, "%s %.2f", spiral_word(SPIRAL_WORD_crossing, request->language),
             figure.mark);
    figure.curves[0] =
        curve_named(&curves[0], spiral_word(SPIRAL_WORD_accommodate, request->language),
                    request->theme->series[SPIRAL_COLOR_SMALL]);
    figure.curves[1] = curve_named(&curves[1], spiral_word(SPIRAL_WORD_deter, request->language),
                                   request->theme->series[SPIRAL_COLOR_NEIGHBOUR]);

    return draw_figure(request, &figure);
}

const struct spiral_chart_kind spiral_chart_rival = {
    "rival",
    "",
    "risk of war over the neighbour's greed, for deterring and accommodating courses",
    0,
    0,
    900.0,
    600.0,
    1024,
    draw_rival};
