/* SPDX-License-Identifier: MIT
 *
 * The layouts that the compiler knows: of a small state, a neighbour and an offshore power, in this
 * order, without publics and with two. Most cases have one of them. The compiler takes the step's
 * loops over such a layout apart and keeps the state in registers. Inner header of sim.
 */
#ifndef SPIRAL_KNOWN_LAYOUTS_H
#define SPIRAL_KNOWN_LAYOUTS_H

#include "sim/layout.h"

#define SPIRAL_LAYOUT_OF_TRIAD(publics) \
    { \
        .count = {3, 4, 2, 2, 1, publics}, .small = 0, \
        .role = {SPIRAL_SMALL, SPIRAL_NEIGHBOUR, SPIRAL_OFFSHORE}, \
        .perceptions = {{0, 1, 0, 0}, {1, 0, 0, 0}, {1, 2, 1, -1}, {2, 1, 1, -1}}, \
        .ties = {{0, 1, 0, 1}, {1, 2, 2, 3}}, .patrons = {1, 2}, \
        .rivals = {{1, 0, 0, 1, 0, {-1, 2}}}, .rival_of = { \
            -1, \
            0, \
            -1 \
        } \
    }
static const struct spiral_layout spiral_triad = SPIRAL_LAYOUT_OF_TRIAD(0);
static const struct spiral_layout spiral_triad_with_publics = SPIRAL_LAYOUT_OF_TRIAD(2);

#endif
