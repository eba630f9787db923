/* SPDX-License-Identifier: MIT */
#include "tools/design/sobol_sequence.h"

/* A primitive polynomial: degree, inner coefficients, initial direction numbers. */
struct polynomial {
    int degree;
    uint32_t coefficients;
    uint32_t initial[13];
};

#define D(degree, coefficients, ...) {degree, coefficients, {__VA_ARGS__}},
static const struct polynomial polynomials[SPIRAL_SOBOL_DIMENSIONS - 1] = {
#include "tools/design/sobol_directions.def"
};
#undef D

void spiral_sobol_directions(int dimension, uint32_t direction[32])
{
    if (dimension == 0) {
        for (int i = 0; i < 32; i++)
            direction[i] = UINT32_C(1) << (31 - i);

        return;
    }

    const struct polynomial *polynomial = &polynomials[dimension - 1];
    const int degree = polynomial->degree;

    for (int i = 0; i < 32; i++) {
        if (i < degree) {
            direction[i] = polynomial->initial[i] << (31 - i);
            continue;
        }

        direction[i] = direction[i - degree] ^ (direction[i - degree] >> degree);
        for (int k = 1; k < degree; k++)
            if ((polynomial->coefficients >> (degree - 1 - k)) & 1)
                direction[i] ^= direction[i - k];
    }
}

uint32_t spiral_sobol_fraction(const uint32_t direction[32], uint32_t index)
{
    uint32_t fraction = 0;
    uint32_t gray = index ^ (index >> 1);

    for (int i = 0; gray != 0; i++, gray >>= 1)
        if (gray & 1)
            fraction ^= direction[i];
    return fraction;
}

static uint32_t reversed(uint32_t x)
{
    x = ((x & UINT32_C(0x55555555)) << 1) | ((x >> 1) & UINT32_C(0x55555555));
    x = ((x & UINT32_C(0x33333333)) << 2) | ((x >> 2) & UINT32_C(0x33333333));
    x = ((x & UINT32_C(0x0f0f0f0f)) << 4) | ((x >> 4) & UINT32_C(0x0f0f0f0f));
    x = ((x & UINT32_C(0x00ff00ff)) << 8) | ((x >> 8) & UINT32_C(0x00ff00ff));
    return (x << 16) | (x >> 16);
}

uint32_t spiral_sobol_scramble(uint32_t fraction, uint32_t seed)
{
    /* Each multiplication by an even number lets a bit be changed by lower ones alone: on
     * reversed bits, by those above it (Laine and Karras 2011). The numbers are Vegdahl's (2021,
     * "Building a Better LK Hash", the final hash). */
    uint32_t x = reversed(fraction);

    x ^= x * UINT32_C(0x3d20adea);
    x += seed;
    x *= (seed >> 16) | 1;
    x ^= x * UINT32_C(0x05526c56);
    x ^= x * UINT32_C(0x53a22864);

    return reversed(x);
}
