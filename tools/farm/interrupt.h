/* SPDX-License-Identifier: MIT
 *
 * Interrupts: Ctrl-C and SIGTERM ask a long command to stop. Work in flight finishes, nothing new
 * begins, and what was done is kept.
 */
#ifndef SPIRAL_FARM_INTERRUPT_H
#define SPIRAL_FARM_INTERRUPT_H

#include <stdbool.h>

/* From now on the first Ctrl-C or SIGTERM only sets a flag; a second one ends the process. */
void spiral_interrupts_catch(void);

/* Whether an interrupt has come. Any thread may ask. */
bool spiral_interrupted(void);

#endif
