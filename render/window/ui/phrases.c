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
