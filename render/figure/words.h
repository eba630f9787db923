/* SPDX-License-Identifier: MIT
 *
 * The languages, words, numbers and colours of figures: what needs no page to be drawn on.
 */
#ifndef SPIRAL_FIGURE_WORDS_H
#define SPIRAL_FIGURE_WORDS_H

#include "render/chart/theme.h"
#include "sim/labels.h"
#include "sim/scenario.h"

enum spiral_language { SPIRAL_ENGLISH, SPIRAL_CHINESE };

enum spiral_word {
#define SPIRAL_WORD(name, en, zh) SPIRAL_WORD_##name,
#include "render/figure/words.def"
    SPIRAL_WORDS
};
const char *spiral_word(enum spiral_word word, enum spiral_language language);

/* The language's code: "en", "zh". */
const char *spiral_language_code(enum spiral_language language);
/* A text of a scenario in a language. */
const char *spiral_figure_text(const struct spiral_text *text, enum spiral_language language);
/* The label of a table's entry in a language. */
static inline const char *spiral_label_in(const struct spiral_label *label,
                                          enum spiral_language language)
{
    return language == SPIRAL_CHINESE ? label->zh : label->en;
}

/* The title of a case: its title, else its name. */
const char *spiral_figure_title(const struct spiral_scenario *scenario,
                                enum spiral_language language);

/* The colour of a state, by its role. */
enum spiral_series_color spiral_state_color(const struct spiral_scenario *scenario, int state);

/* How figures write a share ("82 %", and below a tenth "7.8 %") and a difference in percentage
 * points ("+5", "−0.4"), in room for 24 bytes. */
void spiral_figure_percent(char text[24], double share);
void spiral_figure_points(char text[24], double difference);

#endif
