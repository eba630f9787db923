/* SPDX-License-Identifier: MIT
 *
 * Interrupts: Ctrl-C, SIGTERM and a time limit ask a long command to stop. Work in flight finishes,
 * nothing new begins, and what was done is kept.
 */
#ifndef SPIRAL_FARM_INTERRUPT_H
#define SPIRAL_FARM_INTERRUPT_H

#include <stdbool.h>

/* From now on the first Ctrl-C or SIGTERM only sets a flag; a second one ends the process. */
void spiral_interrupts_catch(void);

/* An interrupt comes when this time has passed, seconds above 0. Call it before threads begin. */
void spiral_interrupts_limit(double seconds);

/* Whether an interrupt has come. Any thread may ask. */
bool spiral_interrupted(void);

/* What it came from, for "stopped ...": "on request" or "at the time limit". */
const char *spiral_interrupt_reason(void);

#endif
