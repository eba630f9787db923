/* SPDX-License-Identifier: MIT
 *
 * What the live view says, in English and Chinese.
 */
#ifndef SPIRAL_WINDOW_PHRASES_H
#define SPIRAL_WINDOW_PHRASES_H

#include "render/figure/figure.h"

enum spiral_phrase {
#define SPIRAL_PHRASE(name, en, zh) SPIRAL_PHRASE_##name,
#include "render/window/ui/phrases.def"
    SPIRAL_PHRASES
};
const char *spiral_phrase(enum spiral_phrase phrase, enum spiral_language language);

#endif
