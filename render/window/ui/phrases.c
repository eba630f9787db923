/* SPDX-License-Identifier: MIT */
#include "render/window/ui/phrases.h"

const char *spiral_phrase(enum spiral_phrase phrase, enum spiral_language language)
{
    static const char *const phrases[SPIRAL_PHRASES][2] = {
#define SPIRAL_PHRASE(name, en, zh) {en, zh},
#include "render/window/ui/phrases.def"
    };
    return phrases[phrase][language];
}

const char *spiral_sentence(enum spiral_sentence sentence, enum spiral_language language)
{
    static const char *const sentences[SPIRAL_SENTENCES][2] = {
#define SPIRAL_SENTENCE(name, en, zh) {en, zh},
#include "render/window/ui/sentences.def"
    };
    return sentences[sentence][language];
}

void spiral_ui_say(struct spiral_ui *ui, const char *heading, enum spiral_sentence sentence,
                   enum spiral_language language)
{
    spiral_ui_explain(ui, heading, spiral_sentence(sentence, language), "", "");
}
