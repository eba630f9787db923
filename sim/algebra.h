/* SPDX-License-Identifier: MIT
 *
 * The algebra of the step: + - * / sqrt, min, max, compare and select on doubles, and nothing of
 * libm, so that the same seed gives the same bits on every compiler, vector width and machine
 * (docs/model.md, "Numbers").
 */
#ifndef SPIRAL_ALGEBRA_H
#define SPIRAL_ALGEBRA_H

#include <stdint.h>

/* The smaller and the larger of two numbers; the second where they are equal or unordered (as
 * the vector instructions do). */
static inline double spiral_min(double a, double b) { return a < b ? a : b; }
static inline double spiral_max(double a, double b) { return a > b ? a : b; }

#ifdef __OPENCL_C_VERSION__
#define spiral_zero 0.0
#define spiral_one 1.0
#else
/* The numbers 0 and 1 as bounds (batch.c). They are objects because gcc turns a bound that is a
 * literal into compares and blends, where two variables give the one instruction for their
 * minimum or maximum. */
extern const double spiral_zero, spiral_one;
#endif

/* The part of a number above 0; the number, 1 at most; clamps to [0, 1] and to [low, high]. */
static inline double spiral_positive(double x) { return spiral_max(x, spiral_zero); }
static inline double spiral_at_most_one(double x) { return spiral_min(x, spiral_one); }
static inline double spiral_unit(double x) { return spiral_at_most_one(spiral_positive(x)); }
static inline double spiral_clamp(double x, double low, double high)
{
    return spiral_min(spiral_max(x, low), high);
}

/* A number after a change that leaves it within these bounds. */
static inline double spiral_changed(double x, double change, double least, double most)
{
    return spiral_clamp(x + change, least, most);
}

/* A level that is predicted, or in its place the one observed where there is one (above 0). */
static inline double spiral_imposed(double predicted, double observed)
{
    return observed > 0.0 ? observed : predicted;
}

/* Whole units of a fixed point, rounded to nearest by adding a half: the value is not negative. */
static inline int64_t spiral_fixed_point(double value, double unit)
{
    return (int64_t)(value * unit + 0.5);
}

/* x / (1 + x) for x >= 0: a rational sigmoid, 0..1. */
static inline double spiral_saturate(double x) { return x / (1.0 + x); }

/* The share of the way to its target that a variable with this time constant goes in a step: dt
 * / (time + dt), always below 1. The same form turns a rate r into the chance r dt / (1 + r dt). */
static inline double spiral_step_share(double dt, double time) { return dt / (time + dt); }

#endif
