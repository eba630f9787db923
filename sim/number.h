/* SPDX-License-Identifier: MIT
 *
 * A number of the step: that of several runs side by side, one in each element of a vector. The
 * stages are written in numbers, and do not see how many runs there are in one: as many as a
 * vector of the processor holds, where that divides the lanes of a batch.
 *
 * + - * / and comparisons are those of C. A comparison gives a `truth`, for number_choose().
 * Everything is exact or correctly rounded, so that the bits do not depend on the vectors.
 */
#ifndef SPIRAL_NUMBER_H
#define SPIRAL_NUMBER_H

#include "sim/lanes.h"

#ifdef __OPENCL_C_VERSION__
#include "sim/number_of_one.h"
#else

#if defined(__AVX512DQ__) && SPIRAL_LANES % 8 == 0
#define SPIRAL_NUMBER_RUNS 8
#define SPIRAL_NUMBER_OF(x) \
    { \
        x, x, x, x, x, x, x, x \
    }
#elif defined(__AVX2__) && SPIRAL_LANES % 4 == 0
#define SPIRAL_NUMBER_RUNS 4
#define SPIRAL_NUMBER_OF(x) \
    { \
        x, x, x, x \
    }
#elif SPIRAL_LANES % 2 == 0
#define SPIRAL_NUMBER_RUNS 2
#define SPIRAL_NUMBER_OF(x) \
    { \
        x, x \
    }
#else
#define SPIRAL_NUMBER_RUNS 1
#define SPIRAL_NUMBER_OF(x) \
    { \
        x \
    }
#endif

#if SPIRAL_NUMBER_RUNS > 1 && defined(__SSE2__)
#include <immintrin.h>
#endif

#define SPIRAL_VECTOR __attribute__((vector_size(8 * SPIRAL_NUMBER_RUNS)))

typedef double number SPIRAL_VECTOR;
typedef uint64_t number_bits SPIRAL_VECTOR; /* a whole number or a generator of each run */
typedef int64_t truth SPIRAL_VECTOR;        /* of each run: all bits, or none */

/* Numbers and bits where lanes lie in memory; few lanes are not aligned (SPIRAL_LANE_ALIGNMENT). */
#if SPIRAL_LANES % 8 == 0
typedef number number_in_lanes __attribute__((may_alias));
typedef number_bits bits_in_lanes __attribute__((may_alias));
#else
typedef number number_in_lanes __attribute__((may_alias, aligned(8)));
typedef number_bits bits_in_lanes __attribute__((may_alias, aligned(8)));
#endif

#define NUMBER_OPERATION static inline __attribute__((always_inline))

/* The numbers of the lanes that begin here, and back. */
NUMBER_OPERATION number number_load(const double *lanes) { return *(const number_in_lanes *)lanes; }
NUMBER_OPERATION void number_store(double *lanes, number x) { *(number_in_lanes *)lanes = x; }
NUMBER_OPERATION number_bits number_load_bits(const uint64_t *lanes)
{
    return *(const bits_in_lanes *)lanes;
}
NUMBER_OPERATION void number_store_bits(uint64_t *lanes, number_bits x)
{
    *(bits_in_lanes *)lanes = x;
}

/* The same number in every run. */
NUMBER_OPERATION number number_of(double x) { return (number)SPIRAL_NUMBER_OF(x); }

/* a where it is true, else b. */
NUMBER_OPERATION number number_choose(truth is, number a, number b)
{
#if SPIRAL_NUMBER_RUNS == 8
    return (number)_mm512_mask_blend_pd(_mm512_movepi64_mask((__m512i)is), (__m512d)b, (__m512d)a);
#elif SPIRAL_NUMBER_RUNS == 4
    return (number)_mm256_blendv_pd((__m256d)b, (__m256d)a, (__m256d)is);
#else
    return (number)(((truth)a & is) | ((truth)b & ~is));
#endif
}

/* The smaller and the larger of two numbers; the second where they are equal or unordered. */
NUMBER_OPERATION number number_min(number a, number b)
{
#if SPIRAL_NUMBER_RUNS == 8
    return (number)_mm512_min_pd((__m512d)a, (__m512d)b);
#elif SPIRAL_NUMBER_RUNS == 4
    return (number)_mm256_min_pd((__m256d)a, (__m256d)b);
#elif SPIRAL_NUMBER_RUNS == 2 && defined(__SSE2__)
    return (number)_mm_min_pd((__m128d)a, (__m128d)b);
#elif SPIRAL_NUMBER_RUNS == 2 && defined(__wasm_simd128__)
    return __builtin_wasm_pmin_f64x2(b, a);
#else
    return number_choose(a < b, a, b);
#endif
}
NUMBER_OPERATION number number_max(number a, number b)
{
#if SPIRAL_NUMBER_RUNS == 8
    return (number)_mm512_max_pd((__m512d)a, (__m512d)b);
#elif SPIRAL_NUMBER_RUNS == 4
    return (number)_mm256_max_pd((__m256d)a, (__m256d)b);
#elif SPIRAL_NUMBER_RUNS == 2 && defined(__SSE2__)
    return (number)_mm_max_pd((__m128d)a, (__m128d)b);
#elif SPIRAL_NUMBER_RUNS == 2 && defined(__wasm_simd128__)
    return __builtin_wasm_pmax_f64x2(b, a);
#else
    return number_choose(a > b, a, b);
#endif
}

/* A whole number below 2^52 as a number: exact. Put into the fraction of 2^52, from which 2^52 is
 * taken, because few processors convert 64 bits. */
NUMBER_OPERATION number number_of_bits(number_bits whole)
{
    return (number)(whole | UINT64_C(0x4330000000000000)) - 0x1p52;
}

#endif

/* The part of a number above 0; the number, 1 at most; clamps to [0, 1] and to [low, high]. */
NUMBER_OPERATION number number_positive(number x) { return number_max(x, number_of(0.0)); }
NUMBER_OPERATION number number_at_most_one(number x) { return number_min(x, number_of(1.0)); }
NUMBER_OPERATION number number_unit(number x) { return number_at_most_one(number_positive(x)); }
NUMBER_OPERATION number number_clamp(number x, double low, double high)
{
    return number_min(number_max(x, number_of(low)), number_of(high));
}

#endif
