/* SPDX-License-Identifier: MIT
 *
 * Which run a work item has: for kernels and for who started them.
 */
#ifndef SPIRAL_DEVICE_ITEMS_H
#define SPIRAL_DEVICE_ITEMS_H

#include <stdint.h>

/* The run of an item, by its place among the `count` runs of a launch. Where runs are spread over
 * sets of constants, items that are neighbours have the same set, and read the same numbers. */
static inline uint32_t run_of_item(uint32_t item, uint32_t count, uint32_t sets)
{
    const uint32_t each = count / sets;

    if (item >= each * sets)
        return item;
    return item % each * sets + item / each;
}

#endif
