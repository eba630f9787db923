/* SPDX-License-Identifier: MIT
 *
 * What the live view says, in English and Chinese: its words, and what its parts are in a sentence.
 */
#ifndef SPIRAL_WINDOW_PHRASES_H
#define SPIRAL_WINDOW_PHRASES_H

#include "render/figure/figure.h"
#include "render/window/ui/ui.h"

enum spiral_phrase {
#define SPIRAL_PHRASE(name, en, zh) SPIRAL_PHRASE_##name,
#include "render/window/ui/phrases.def"
    SPIRAL_PHRASES
};
const char *spiral_phrase(enum spiral_phrase phrase, enum spiral_language language);

enum spiral_sentence {
#define SPIRAL_SENTENCE(name, en, zh) SPIRAL_SENTENCE_##name,
#include "render/window/ui/sentences.def"
    SPIRAL_SENTENCES
};
const char *spiral_sentence(enum spiral_sentence sentence, enum spiral_language language);

/* Says what the widget drawn last is, under a heading, where it is pointed at. */
void spiral_ui_say(struct spiral_ui *ui, const char *heading, enum spiral_sentence sentence,
                   enum spiral_language language);

#endif
