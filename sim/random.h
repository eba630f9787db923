/* SPDX-License-Identifier: MIT
 *
 * Random numbers: PCG32, that is PCG-XSH-RR 64/32 (O'Neill 2014, "PCG: A Family of Simple Fast
 * Space-Efficient Statistically Good Algorithms for Random Number Generation",
 * HMC-CS-2014-0905). Period 2^64 in each of 2^63 streams. The same numbers as the reference
 * implementation's pcg32_srandom_r() and pcg32_random_r().
 *
 * The generator belongs to the run: its seed is the ensemble's, its stream the run's index. A
 * run's draws are therefore the same alone, in any batch and on any thread. In a loop over lanes
 * use the pure pair spiral_random_output(), spiral_random_step(): they are free of branches and
 * of calls, so that the compiler turns the loop into vector code.
 */
#ifndef SPIRAL_RANDOM_H
#define SPIRAL_RANDOM_H

#include <stdint.h>

/* The multiplier of the underlying linear congruential generator. */
#define SPIRAL_RANDOM_MULTIPLIER UINT64_C(6364136223846793005)

/* A generator: where it is, and the stream that it is on (an odd number). */
struct spiral_random {
    uint64_t state;
    uint64_t increment;
};

/* The state that follows. */
static inline uint64_t spiral_random_step(uint64_t state, uint64_t increment)
{
    return state * SPIRAL_RANDOM_MULTIPLIER + increment;
}

/* The 32-bit number of a state: its high bits folded (xorshift), then rotated by its highest
 * five. */
static inline uint32_t spiral_random_output(uint64_t state)
{
    const uint32_t folded = (uint32_t)(((state >> 18) ^ state) >> 27);
    const uint32_t turn = (uint32_t)(state >> 59);

    return (folded >> turn) | (folded << ((32u - turn) & 31u));
}

/* A generator on a stream (of whose number the highest bit is dropped), at the place that the
 * seed names. */
static inline struct spiral_random spiral_random_seed(uint64_t seed, uint64_t stream)
{
    const uint64_t increment = (stream << 1) | 1;
    const struct spiral_random random = {spiral_random_step(spiral_random_step(0, increment) + seed,
                                                            increment),
                                         increment};

    return random;
}

/* The next number, uniform over all 32-bit numbers. */
static inline uint32_t spiral_random_next(struct spiral_random *random)
{
    const uint64_t state = random->state;
    random->state = spiral_random_step(state, random->increment);
    return spiral_random_output(state);
}

/* Skips `delta` numbers in at most 64 turns of a loop; 2^64 - n goes back by n (Brown 1994,
 * "Random Number Generation with Arbitrary Strides"). */
static inline void spiral_random_advance(struct spiral_random *random, uint64_t delta)
{
    /* of 1, 2, 4, ... steps together */
    uint64_t multiplier = SPIRAL_RANDOM_MULTIPLIER;
    uint64_t increment = random->increment;

    /* of the steps gathered so far */
    uint64_t all_multiplier = 1;
    uint64_t all_increment = 0;

    for (; delta > 0; delta >>= 1) {
        if ((delta & 1) != 0) {
            all_multiplier *= multiplier;
            all_increment = all_increment * multiplier + increment;
        }

        increment *= multiplier + 1;
        multiplier *= multiplier;
    }

    random->state = random->state * all_multiplier + all_increment;
}

#define SPIRAL_UNIFORM_SCALE 0x1p-32

/* A draw as a number in [0, 1): draw * 2^-32, exactly. It goes by way of a signed number, for
 * which every vector unit has a conversion; both operations are exact. */
static inline double spiral_uniform(uint32_t draw)
{
    return (double)(int32_t)(draw ^ UINT32_C(0x80000000)) * SPIRAL_UNIFORM_SCALE + 0.5;
}

/* A draw as noise that is nearly normal: the sum of its four bytes, standardised. The sum has
 * mean 4 * 255/2 = 510 and variance 4 * (256^2 - 1)/12 = 21845. The noise therefore has mean 0,
 * variance 1, skewness 0 and kurtosis 3 - 0.3 * 65537/65535 = 2.69999 (a normal's is 3), is
 * symmetric, takes 1021 values and stays within 510/sqrt(21845) = 3.450596... of 0. */
#define SPIRAL_NOISE_SUM_MEAN 510
#define SPIRAL_NOISE_SUM_VARIANCE 21845
#define SPIRAL_NOISE_SCALE 0.0067658750867932276 /* 1 / sqrt(21845) */
#define SPIRAL_NOISE_BOUND 3.4505962942645461    /* 510 / sqrt(21845) */

static inline double spiral_noise(uint32_t draw)
{
    const uint32_t pairs = (draw & UINT32_C(0x00ff00ff)) + ((draw >> 8) & UINT32_C(0x00ff00ff));
    const int32_t sum = (int32_t)((pairs & UINT32_C(0xffff)) + (pairs >> 16));

    return (double)(sum - SPIRAL_NOISE_SUM_MEAN) * SPIRAL_NOISE_SCALE;
}

#endif
