/* SPDX-License-Identifier: MIT
 *
 * Entries of a timeline in words.
 */
#ifndef SPIRAL_ACTS_H
#define SPIRAL_ACTS_H

#include "sim/scenario.h"

/* What an entry of the timeline is, in one line: the actor, what it does and to whom, as
 * "NATO: declare, UKR" or "UKR turns to confront_near". */
enum { SPIRAL_ACT_TEXT = 96 };
void spiral_act_text(const struct spiral_scenario *scenario, size_t entry,
                     char text[SPIRAL_ACT_TEXT]);

#endif
