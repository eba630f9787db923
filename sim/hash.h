/* SPDX-License-Identifier: MIT
 *
 * FNV-1a (Fowler, Noll, Vo), 64 bits: the one hash of the tree. It names things that must be told
 * apart (a set of constants, the state of a run, a sweep) and finds them in a cache; it protects
 * nothing against a forger.
 *
 *     uint64_t hash = SPIRAL_HASH_START;
 *     hash = spiral_hash_bytes(hash, text, strlen(text));
 *     hash = spiral_hash_number(hash, 0.5);
 */
#ifndef SPIRAL_HASH_H
#define SPIRAL_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The hash of no bytes, to which the others are added. */
#define SPIRAL_HASH_START UINT64_C(0xcbf29ce484222325)

/* `hash` with `count` bytes added, in memory order. `bytes` may be NULL where `count` is 0. */
static inline uint64_t spiral_hash_bytes(uint64_t hash, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < count; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);

    return hash;
}

/* `hash` with the eight bytes of `bits` added, the lowest first, whatever the machine's own
 * order. */
static inline uint64_t spiral_hash_bits(uint64_t hash, uint64_t bits)
{
    for (int byte = 0; byte < 8; byte++)
        hash = (hash ^ ((bits >> (8 * byte)) & 0xff)) * UINT64_C(0x100000001b3);

    return hash;
}

/* `hash` with the bits of `number` added; 0.0 and -0.0 differ. */
static inline uint64_t spiral_hash_number(uint64_t hash, double number)
{
#ifdef __OPENCL_C_VERSION__
    const uint64_t bits = as_ulong(number);
#else
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
#endif
    return spiral_hash_bits(hash, bits);
}

#endif
