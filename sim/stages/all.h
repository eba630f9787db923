/* SPDX-License-Identifier: MIT
 *
 * The stages of a step, in their order: for sim/step.c and for devices.
 */
#ifndef SPIRAL_STAGES_ALL_H
#define SPIRAL_STAGES_ALL_H

/* In the order of the step. */
/* clang-format off */
#include "sim/stages/facts.h"
#include "sim/stages/threat.h"
#include "sim/stages/arms.h"
#include "sim/stages/alliance.h"
#include "sim/stages/reassurance.h"
#include "sim/stages/identity.h"
#include "sim/stages/pressure.h"
#include "sim/stages/feedback.h"
/* clang-format on */
#include "sim/stages/lanes_and_numbers.h"

/* The stages in their order, for the runs of one number. Stage 1 has been there before: it is the
 * timeline's (sim/timeline.c), but for the survey. */
STAGE void take(struct step *s)
{
    survey(s);
    threat(s);
    arms(s);
    guarantees(s);
    alliance(s);
    reassurance(s);
    identity(s);
    pressure(s);
    feedback(s);
}

#endif
