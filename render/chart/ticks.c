/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/chart/panel.h"

/* The smallest step of 1, 2, 5 times a power of ten (at least `least`) that gives at most `most`
 * ticks. */
static double step_for(double low, double high, int most, double least)
{
    static const double steps[] = {1.0, 2.0, 5.0};

    for (double power = pow(10.0, floor(log10((high - low) / 1000.0)));; power *= 10.0)
        for (int i = 0; i < 3; i++) {
            const double step = steps[i] * power;
            if (step >= least && floor(high / step + 1e-9) - ceil(low / step - 1e-9) + 1.0 <= most)
                return step;
        }
}

static struct spiral_ticks round_ticks(double low, double high, int most, double least)
{
    struct spiral_ticks ticks = {.count = 0};

    if (!(high > low))
        return ticks;
    most = most > SPIRAL_TICKS ? SPIRAL_TICKS : most < 2 ? 2 : most;

    const double step = step_for(low, high, most, least);

    for (double i = ceil(low / step - 1e-9);
         i * step <= high + 1e-9 * step && ticks.count < SPIRAL_TICKS; i++)
        ticks.at[ticks.count++] = i == 0.0 ? 0.0 : i * step;

    return ticks;
}

static void write_label(char label[24], const char *format, double value)
{
    static const char minus[] = "\u2212";
    strcpy(label, value < 0.0 ? minus : "");
    snprintf(label + strlen(label), 24 - strlen(minus), format, fabs(value));
}

struct spiral_ticks spiral_ticks_linear(double low, double high, int most)
{
    struct spiral_ticks ticks = round_ticks(low, high, most, 0.0);
    for (int i = 0; i < ticks.count; i++)
        write_label(ticks.label[i], "%.6g", ticks.at[i]);
    return ticks;
}

struct spiral_ticks spiral_ticks_percent(double low, double high, int most)
{
    struct spiral_ticks ticks = round_ticks(low, high, most, 0.0);
    for (int i = 0; i < ticks.count; i++)
        write_label(ticks.label[i], "%.4g %%", 100.0 * ticks.at[i]);
    return ticks;
}

struct spiral_ticks spiral_ticks_years(double low, double high, int most)
{
    struct spiral_ticks ticks = round_ticks(low, high, most, 1.0);
    for (int i = 0; i < ticks.count; i++)
        write_label(ticks.label[i], "%.0f", ticks.at[i]);
    return ticks;
}

struct spiral_ticks spiral_ticks_log(double low, double high, int most)
{
    struct spiral_ticks ticks = {.count = 0};
    static const double steps[] = {1.0, 2.0, 5.0};
    const bool few = log10(high / low) * 3.0 <= most;

    for (double power = pow(10.0, floor(log10(low))); power <= high * (1.0 + 1e-9); power *= 10.0)
        for (int i = 0; i < (few ? 3 : 1); i++) {
            const double at = steps[i] * power;
            if (at < low * (1.0 - 1e-9) || at > high * (1.0 + 1e-9) || ticks.count == SPIRAL_TICKS)
                continue;
            write_label(ticks.label[ticks.count], "%.6g", at);
            ticks.at[ticks.count++] = at;
        }

    return ticks;
}
