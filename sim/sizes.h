/* SPDX-License-Identifier: MIT
 *
 * How many there can be of each thing in a scenario, and what a state can be: what both a scenario
 * and the step need to know.
 */
#ifndef SPIRAL_SIZES_H
#define SPIRAL_SIZES_H

enum {
    SPIRAL_MAX_STATES = 8,
    SPIRAL_MAX_PUBLICS = 4,
    SPIRAL_ID_SIZE = 16,
    SPIRAL_DOCTRINE_NUMBERS = 8
};

enum spiral_role { SPIRAL_SMALL, SPIRAL_NEIGHBOUR, SPIRAL_OFFSHORE, SPIRAL_ROLES };

/* The numbers of a doctrine, in the order of doctrines.def. */
enum spiral_doctrine_number {
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) SPIRAL_DOCTRINE_##name,
#include "sim/doctrines.def"
    SPIRAL_DOCTRINE_NUMBER_COUNT
};

#endif
