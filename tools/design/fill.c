/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "tools/design/coordinates.h"
#include "tools/design/sobol_sequence.h"

size_t spiral_design_below(struct spiral_random *random, size_t count)
{
    const size_t i = (size_t)(spiral_design_uniform(random) * (double)count);
    return i < count ? i : count - 1;
}

double spiral_design_level(const struct spiral_design_work *work, size_t factor, size_t i)
{
    const size_t levels = work->factors[factor].levels;
    if (work->factors[factor].listed)
        return ((double)i + 0.5) / (double)levels;
    return levels > 1 ? (double)i / (double)(levels - 1) : 0.5;
}

/* a * b, or 0 where so many points are too many for the memory. */
static size_t product(size_t a, size_t b)
{
    const size_t most = SIZE_MAX / 64 / SPIRAL_MAX_AXES;
    return b != 0 && a > most / b ? 0 : a * b;
}

size_t spiral_design_count(const struct spiral_design_work *work)
{
    const struct spiral_design_request *request = work->request;
    const size_t factors = work->design->factors;
    size_t count = 1;

    switch (request->kind) {
    case SPIRAL_DESIGN_grid:
        for (size_t f = 0; f < factors && count > 0; f++)
            count = product(count, work->factors[f].levels);

        return count;
    case SPIRAL_DESIGN_zip: return product(work->factors[0].levels, 1);
    case SPIRAL_DESIGN_list: return request->list_points;
    case SPIRAL_DESIGN_saltelli:
        return product(request->points, request->second_order ? 2 * factors + 2 : factors + 2);
    case SPIRAL_DESIGN_morris: return product(request->points, factors + 1);
    case SPIRAL_DESIGN_oat:
        for (size_t f = 0; f < factors; f++) {
            if (product(work->factors[f].levels, 1) == 0)
                return 0;
            count += work->factors[f].levels;
        }

        return product(count, 1);
    default: return product(request->points, 1);
    }
}

static void fill_grid(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;

    for (size_t p = 0; p < design->points; p++) {
        size_t rest = p;
        for (size_t f = design->factors; f-- > 0;) {
            design->coordinate[p * design->factors + f] =
                spiral_design_level(work, f, rest % work->factors[f].levels);
            rest /= work->factors[f].levels;
        }
    }
}

static void fill_zip(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    for (size_t p = 0; p < design->points; p++)
        for (size_t f = 0; f < design->factors; f++)
            design->coordinate[p * design->factors + f] = spiral_design_level(work, f, p);
}

static void fill_random(const struct spiral_design_work *work)
{
    struct spiral_random random = spiral_random_seed(work->request->seed, 1);
    for (size_t i = 0; i < work->design->points * work->design->factors; i++)
        work->design->coordinate[i] = spiral_design_uniform(&random);
}

static enum spiral_status fill_latin(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    const size_t points = design->points;
    struct spiral_random random = spiral_random_seed(work->request->seed, 2);
    size_t *order = malloc(points * sizeof *order);

    if (order == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t f = 0; f < design->factors; f++) {
        for (size_t p = 0; p < points; p++) {
            const size_t place = spiral_design_below(&random, p + 1);
            order[p] = order[place];
            order[place] = p;
        }

        for (size_t p = 0; p < points; p++)
            design->coordinate[p * design->factors + f] =
                ((double)order[p] + spiral_design_uniform(&random)) / (double)points;
    }

    free(order);

    return SPIRAL_OK;
}

/* Scrambled Sobol' coordinates: out[p * stride] for p < points, in the middle of their 2^-32
 * interval. */
static void sobol_column(uint64_t seed, int dimension, size_t points, double *out, size_t stride)
{
    uint32_t direction[32];
    struct spiral_random random = spiral_random_seed(seed, 1000 + (uint64_t)dimension);
    const uint32_t scramble = spiral_random_next(&random);

    spiral_sobol_directions(dimension, direction);

    for (size_t p = 0; p < points; p++)
        out[p * stride] =
            ((double)spiral_sobol_scramble(spiral_sobol_fraction(direction, (uint32_t)p),
                                           scramble) +
             0.5) *
            0x1p-32;
}

static void fill_sobol(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    for (size_t f = 0; f < design->factors; f++)
        sobol_column(work->request->seed, (int)f, design->points, &design->coordinate[f],
                     design->factors);
}

_Static_assert(2 * SPIRAL_MAX_AXES <= SPIRAL_SOBOL_DIMENSIONS,
               "Saltelli's blocks take two dimensions of the sequence for each factor");

/* Saltelli's blocks (Saltelli et al. 2010): A and B are the halves of one sequence of twice the
 * dimensions. The rows of a block: A, then A with one factor of B; of second order B with one
 * factor of A; then B. */
static enum spiral_status fill_saltelli(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    const size_t base = work->request->points;
    const size_t d = design->factors;
    const size_t block = design->points / base;
    double *halves = malloc(base * 2 * d * sizeof *halves);

    if (halves == NULL)
        return SPIRAL_NO_MEMORY;
    for (size_t dimension = 0; dimension < 2 * d; dimension++)
        sobol_column(work->request->seed, (int)dimension, base, &halves[dimension], 2 * d);

    for (size_t i = 0; i < base; i++) {
        const double *a = &halves[i * 2 * d];
        const double *b = a + d;

        for (size_t row = 0; row < block; row++) {
            double *coordinate = &design->coordinate[(i * block + row) * d];
            const bool from_b = row > d;

            for (size_t f = 0; f < d; f++) {
                const bool swapped = row >= 1 && row + 1 < block && (row - 1) % d == f;
                coordinate[f] = from_b != swapped ? b[f] : a[f];
            }
        }
    }

    free(halves);

    return SPIRAL_OK;
}

/* Morris' trajectories on a grid of p levels: every factor once, in random order, by half the
 * levels up or down, which in a range is p / (2 (p - 1)) (Morris 1991). An odd number of levels,
 * of a list, has its middle both as an upper and as a lower end. */
static void fill_morris(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    const size_t d = design->factors;
    struct spiral_random random = spiral_random_seed(work->request->seed, 3);

    for (size_t t = 0; t < work->request->points; t++) {
        size_t place[SPIRAL_MAX_AXES];
        size_t end[SPIRAL_MAX_AXES];
        size_t order[SPIRAL_MAX_AXES];

        for (size_t f = 0; f < d; f++) {
            const bool up = spiral_random_next(&random) >> 31;
            const size_t jump = work->factors[f].levels / 2;
            const size_t lower = spiral_design_below(&random, work->factors[f].levels - jump);
            place[f] = up ? lower : lower + jump;
            end[f] = up ? lower + jump : lower;

            const size_t other = spiral_design_below(&random, f + 1);
            order[f] = order[other];
            order[other] = f;
        }

        for (size_t row = 0; row <= d; row++) {
            if (row > 0)
                place[order[row - 1]] = end[order[row - 1]];
            for (size_t f = 0; f < d; f++)
                design->coordinate[(t * (d + 1) + row) * d + f] =
                    spiral_design_level(work, f, place[f]);
        }
    }
}

static void fill_oat(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    const size_t d = design->factors;

    for (size_t i = 0; i < design->points * d; i++)
        design->coordinate[i] = 0.5;

    size_t p = 1;

    for (size_t f = 0; f < d; f++)
        for (size_t i = 0; i < work->factors[f].levels; i++, p++)
            design->coordinate[p * d + f] = spiral_design_level(work, f, i);
}

enum spiral_status spiral_design_fill(const struct spiral_design_work *work)
{
    switch (work->request->kind) {
    case SPIRAL_DESIGN_grid: fill_grid(work); break;
    case SPIRAL_DESIGN_zip: fill_zip(work); break;
    case SPIRAL_DESIGN_random: fill_random(work); break;
    case SPIRAL_DESIGN_latin: return fill_latin(work);
    case SPIRAL_DESIGN_sobol: fill_sobol(work); break;
    case SPIRAL_DESIGN_saltelli: return fill_saltelli(work);
    case SPIRAL_DESIGN_morris: fill_morris(work); break;
    case SPIRAL_DESIGN_oat: fill_oat(work); break;
    default: break; /* a list has values already, and coordinates follow from them */
    }

    return SPIRAL_OK;
}
