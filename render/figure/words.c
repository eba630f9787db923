/* SPDX-License-Identifier: MIT */
#include "render/figure/words.h"

#include <math.h>
#include <stdio.h>

const char *spiral_word(enum spiral_word word, enum spiral_language language)
{
    static const char *const words[SPIRAL_WORDS][2] = {
#define SPIRAL_WORD(name, en, zh) {en, zh},
#include "render/figure/words.def"
    };
    return words[word][language];
}

const char *spiral_language_code(enum spiral_language language)
{
    return language == SPIRAL_CHINESE ? "zh" : "en";
}

const char *spiral_figure_text(const struct spiral_text *text, enum spiral_language language)
{
    return spiral_text_get(text, spiral_language_code(language));
}

const char *spiral_figure_title(const struct spiral_scenario *scenario,
                                enum spiral_language language)
{
    const char *title = spiral_figure_text(&scenario->title, language);
    return title[0] != '\0' ? title : scenario->name;
}

enum spiral_series_color spiral_state_color(const struct spiral_scenario *scenario, int state)
{
    switch (scenario->states[state].role) {
    case SPIRAL_SMALL: return SPIRAL_COLOR_SMALL;
    case SPIRAL_NEIGHBOUR: return SPIRAL_COLOR_NEIGHBOUR;
    default: return SPIRAL_COLOR_OFFSHORE;
    }
}

void spiral_figure_percent(char text[24], double share)
{
    snprintf(text, 24, share > 0.0 && share < 0.0995 ? "%.1f %%" : "%.0f %%", 100.0 * share);
}

void spiral_figure_points(char text[24], double difference)
{
    const double points = 100.0 * fabs(difference);
    const char *sign = points < 0.05 ? "" : difference < 0.0 ? "−" : "+";

    snprintf(text, 24, points >= 0.05 && points < 9.95 ? "%s%.1f" : "%s%.0f", sign, points);
}
