/* SPDX-License-Identifier: MIT
 *
 * The keys that no widget takes.
 */
#ifndef SPIRAL_WINDOW_KEYS_H
#define SPIRAL_WINDOW_KEYS_H

#include <SDL.h>

#include "render/window/action.h"

/* What a key asks for; SPIRAL_ACTION_NONE where it asks for nothing. */
enum spiral_action spiral_key_action(const SDL_Keysym *keysym);

#endif
