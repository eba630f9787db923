/* SPDX-License-Identifier: MIT
 *
 * What a game says, in English and Chinese: one table for every front end.
 */
#ifndef SPIRAL_LIVE_PLAY_WORDS_H
#define SPIRAL_LIVE_PLAY_WORDS_H

enum spiral_play_word {
#define SPIRAL_PLAY_PHRASE(name, en, zh) SPIRAL_PLAY_WORD_##name,
#include "render/live/play_words.def"
    SPIRAL_PLAY_WORDS
};

/* The word or the format in a language: "zh" is Chinese, all else English. Static. */
const char *spiral_play_word(enum spiral_play_word word, const char *language);

#endif
