/* SPDX-License-Identifier: MIT */
#include "render/live/serial.h"

#include <stdatomic.h>

uint64_t spiral_live_serial(void)
{
    static atomic_uint_fast64_t last;
    return atomic_fetch_add(&last, 1) + 1;
}
