/* SPDX-License-Identifier: MIT
 *
 * What the stages of a step share. Each stage is a header of static inline functions that the
 * step (sim/step.c) includes, compiled in one piece for every instruction set, and the kernels of
 * devices (device/kernels.cl). A stage reads `now` and writes `next`.
 */
#ifndef SPIRAL_STAGE_H
#define SPIRAL_STAGE_H

#include <stddef.h>

#include "sim/batch.h"
#include "sim/model_form.h"
#include "sim/number.h"
#include "sim/random.h"

#define STAGE static inline __attribute__((always_inline))

/* A loop over all that there is of a dimension of the layout, as EACH(q, RIVAL). Unrolled, so that
 * the state of a layout that the compiler knows lies in registers. */
#if defined(__OPENCL_C_VERSION__)
/* whoever builds the program for a layout says which it is (device/program.c) */
#elif defined(__wasm__) && !defined(__wasm_simd128__)
#define UNROLLED /* what browsers without vectors get is small */
#elif defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 8")
#endif
#define EACH(i, dimension) UNROLLED for (int i = 0; i < LAYOUT->count[SPIRAL_OF_##dimension]; i++)

/* The layout, and the first lane (`s` is that of the caller). A device's program has one of each,
 * as literals: its compiler keeps in registers what is found by them. */
#ifdef __OPENCL_C_VERSION__
#define LAYOUT SPIRAL_LAYOUT_OF(s->batch)
#define LANE 0
#define NUMBER_OF_LANES(lanes) (lanes)[0] /* in the device's global memory */
#else
#define LAYOUT s->layout
#define LANE s->lane
#define NUMBER_OF_LANES(lanes) number_load(&(lanes)[LANE])
#endif

/* A constant, a fact of this step, and one of the whole run; a number of the form. */
#define K(name) NUMBER_OF_LANES(SPIRAL_CONSTANTS_OF(s->batch)->name)
#define FACT(name) NUMBER_OF_LANES(SPIRAL_FACTS_OF(s->batch)->name)
#define GIVEN(name) NUMBER_OF_LANES(SPIRAL_GIVEN_OF(s->batch)->name)
#define FORM(name) SPIRAL_FORM(name)

/* The state of the runs in a number: every variable of variables.def. */
struct state {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) number name[SPIRAL_MAX_##of];
#include "sim/variables.def"
};

/* What the step calculates on its way, for observers. */
struct derived {
    SPIRAL_DERIVED(number)
};

/* What several stages ask of the present state: filled by survey(). */
struct survey {
    number felt;     /* threat that the small state feels: the largest over its neighbours */
    number caused;   /* threat that it causes: the largest over its neighbours */
    number worst;    /* hostility, the largest over its neighbours */
    number disputed; /* contested territory, the largest */
    number median;   /* orientation of the median public, 0 without publics */
    number allowed;  /* share of its offers that its median public lets the leadership make */
    number course;   /* the small state's declared course: alignment without empathy */
    number kinship;  /* publics' weighted kinship with the neighbour */
};

/* What a step works on: the runs in one number. */
struct numbers {
    number_bits random_state;
    number_bits random_increment;
    struct state now;
    struct state next;
    struct derived derived;
    struct survey survey;
};

/* What the stages share within a step. The numbers are apart from what says where they lie, so that
 * a compiler knows the layout in spite of what is written into their arrays: only then does it
 * unroll the loops over them. */
struct step {
    const struct spiral_batch *batch;
    const SPIRAL_LAYOUT_SPACE struct spiral_layout *layout;
    int lane; /* the first of the runs */
    double dt;
    struct numbers *numbers;
};

/* The next 32-bit draw of every run, as spiral_random_next() has it: folded and rotated. */
#ifdef __wasm_simd128__
/* One run after the other: vectors of WebAssembly have no shift by counts of their own. */
STAGE number_bits draw_bits(struct step *s)
{
    number_bits drawn = {0};

    UNROLLED for (int i = 0; i < SPIRAL_NUMBER_RUNS; i++)
    {
        const uint64_t state = s->numbers->random_state[i];
        const uint64_t folded = (((state >> 18) ^ state) >> 27) & UINT64_C(0xffffffff);

        drawn[i] = (uint32_t)((folded | folded << 32) >> (state >> 59));
        s->numbers->random_state[i] =
            state * SPIRAL_RANDOM_MULTIPLIER + s->numbers->random_increment[i];
    }

    return drawn;
}
#else
/* Two copies side by side make a rotation of the shift. */
STAGE number_bits draw_bits(struct step *s)
{
    const number_bits state = s->numbers->random_state;
    const number_bits folded = (((state >> 18) ^ state) >> 27) & UINT64_C(0xffffffff);

    s->numbers->random_state = state * SPIRAL_RANDOM_MULTIPLIER + s->numbers->random_increment;
    return ((folded | folded << 32) >> (state >> 59)) & UINT64_C(0xffffffff);
}
#endif

/* The next draw as a number in [0, 1), and as noise: spiral_uniform(), spiral_noise(). */
STAGE number uniform_draw(struct step *s)
{
    return number_of_bits(draw_bits(s)) * SPIRAL_UNIFORM_SCALE;
}

STAGE number noise_draw(struct step *s)
{
    const number_bits draw = draw_bits(s);
    const number_bits pairs = (draw & UINT64_C(0x00ff00ff)) + ((draw >> 8) & UINT64_C(0x00ff00ff));
    const number_bits sum = (pairs & UINT64_C(0xffff)) + (pairs >> 16);

    return (number_of_bits(sum) - (double)SPIRAL_NOISE_SUM_MEAN) * SPIRAL_NOISE_SCALE;
}

/* Hostility of a rival pair, or of no pair (-1): at peace. */
STAGE number hostility_of(const struct step *s, int rival)
{
    return rival >= 0 ? s->numbers->now.hostility[rival] : number_of(1.0);
}

/* How credible patron k's commitment is, before its resolve: convex, so that only membership or
 * tripwire forces make it so. */
STAGE number credibility(const struct step *s, int k)
{
    const number c = s->numbers->now.commitment[k];
    return number_unit(c * c * (c * c) + K(tripwire) * s->numbers->now.presence[k] * c);
}

/* The largest threat that a state perceives from anyone. */
STAGE number largest_fear(const struct step *s, int state)
{
    number fear = number_of(0.0);

    EACH(p, PERCEPTION)
    if (LAYOUT->perceptions[p].of == state)
        fear = number_max(fear, s->numbers->now.threat[p]);

    return fear;
}

#endif
