/* SPDX-License-Identifier: MIT */
#include "tools/farm/interrupt.h"

#include <signal.h>
#include <stddef.h>

#include "tools/farm/clock.h"

static volatile sig_atomic_t interrupted;
static double deadline; /* spiral_clock(); 0: none */

static void note_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

void spiral_interrupts_catch(void)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void spiral_interrupts_limit(double seconds) { deadline = spiral_clock() + seconds; }

bool spiral_interrupted(void)
{
    return interrupted != 0 || (deadline > 0.0 && spiral_clock() >= deadline);
}

const char *spiral_interrupt_reason(void)
{
    return interrupted == 0 && spiral_interrupted() ? "at the time limit" : "on request";
}
