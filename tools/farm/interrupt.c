/* SPDX-License-Identifier: MIT */
#include "tools/farm/interrupt.h"

#include <signal.h>
#include <stddef.h>

#include "tools/farm/clock.h"

static volatile sig_atomic_t interrupted;
static struct sigaction earlier_interrupt;   /* what SIGINT did before */
static struct sigaction earlier_termination; /* and SIGTERM */
static double deadline;                      /* spiral_clock(); 0: none */

/* The first interrupt is noted. The next one does what it did before interrupts were caught: it
 * ends the process, and removes what is half written. */
static void note_interrupt(int signal_number)
{
    if (!interrupted) {
        interrupted = 1;
        return;
    }

    sigaction(SIGINT, &earlier_interrupt, NULL);
    sigaction(SIGTERM, &earlier_termination, NULL);
    raise(signal_number);
}

static bool is_caught(const struct sigaction *action)
{
    return action->sa_handler == note_interrupt;
}

void spiral_interrupts_catch(void)
{
    struct sigaction action = {.sa_handler = note_interrupt};
    struct sigaction earlier;

    sigaction(SIGINT, &action, &earlier);
    if (!is_caught(&earlier))
        earlier_interrupt = earlier;
    sigaction(SIGTERM, &action, &earlier);
    if (!is_caught(&earlier))
        earlier_termination = earlier;
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
