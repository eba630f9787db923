/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "render/live/background.h"

#include <unistd.h>
#ifdef __linux__
#include <sys/resource.h>
#endif

int spiral_background_helpers(int most)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return processors > most ? most : processors > 1 ? (int)processors - 1 : 0;
}

void spiral_background_step_back(void)
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, 10); /* 0: the calling thread alone */
#endif
}
