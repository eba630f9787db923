/* SPDX-License-Identifier: MIT
 *
 * One box: peeled, chosen from its trajectory, pasted, and rid of restrictions that chance
 * explains.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/prim.h"

bool spiral_prim_restricts(const struct spiral_prim_search *search, size_t factor)
{
    const double *limit = &search->limit[factor * SPIRAL_PRIM_SIDES];
    return limit[SPIRAL_PRIM_LOW] > -INFINITY || limit[SPIRAL_PRIM_HIGH] < INFINITY;
}

bool spiral_prim_holds(const struct spiral_prim_search *search, size_t point, size_t without)
{
    const double *x = &search->x[point * search->factors];

    for (size_t f = 0; f < search->factors; f++)
        if (f != without && !(x[f] >= search->limit[f * SPIRAL_PRIM_SIDES] &&
                              x[f] <= search->limit[f * SPIRAL_PRIM_SIDES + SPIRAL_PRIM_HIGH]))
            return false;
    return true;
}

/* The points left in the box, and the cases among them. */
static void count_box(const struct spiral_prim_search *search, size_t without, size_t *points,
                      size_t *cases)
{
    *points = *cases = 0;
    for (size_t p = 0; p < search->points; p++)
        if (search->left[p] && spiral_prim_holds(search, p, without)) {
            (*points)++;
            *cases += search->is_case[p];
        }
}

static void open_box(struct spiral_prim_search *search)
{
    for (size_t f = 0; f < search->factors; f++) {
        search->limit[f * SPIRAL_PRIM_SIDES] = -INFINITY;
        search->limit[f * SPIRAL_PRIM_SIDES + SPIRAL_PRIM_HIGH] = INFINITY;
    }
}

/* --- peeling ---------------------------------------------------------------------------------- */

/* How many points the peel of an end takes: alpha of them, less where that parts equal values,
 * at least all of the outermost value. */
static size_t peel_size(const struct spiral_prim_search *search, const struct spiral_ordered *order,
                        enum spiral_prim_side side)
{
    const size_t n = search->inside;
    const size_t part = (size_t)(search->alpha * (double)n);
    const size_t wanted = part > 0 ? part : 1;
    const struct spiral_ordered *end = side == SPIRAL_PRIM_LOW ? order : &order[n - 1];
    const ptrdiff_t inward = side == SPIRAL_PRIM_LOW ? 1 : -1;
    size_t taken = wanted;

    while (taken > 0 && taken < n &&
           end[inward * (ptrdiff_t)taken].value == end[inward * (ptrdiff_t)(taken - 1)].value)
        taken--;

    /* The outermost value alone is more than alpha: all of it goes, or nothing ever would. */
    while (taken == 0 || (taken < n && end[inward * (ptrdiff_t)taken].value ==
                                           end[inward * (ptrdiff_t)(taken - 1)].value))
        taken++;

    return taken;
}

/* The peel that raises the density most per point lost; false where the box would get too small. */
static bool best_peel(const struct spiral_prim_search *search, struct spiral_prim_end *best,
                      size_t *lost, size_t *lost_cases)
{
    const double density = (double)search->inside_cases / (double)search->inside;
    double best_gain = -INFINITY;

    *lost = *lost_cases = 0;

    for (size_t f = 0; f < search->factors; f++)
        for (int side = 0; side < SPIRAL_PRIM_SIDES; side++) {
            const struct spiral_ordered *order = search->order[f];
            const size_t taken = peel_size(search, order, (enum spiral_prim_side)side);
            const size_t rest = search->inside - taken;
            size_t cases = 0;

            if (rest < search->least || rest == 0)
                continue;

            for (size_t i = 0; i < taken; i++)
                cases += search->is_case[order[side == SPIRAL_PRIM_LOW ? i : search->inside - 1 - i]
                                             .point];

            const double gain =
                ((double)(search->inside_cases - cases) / (double)rest - density) / (double)taken;

            if (gain > best_gain) {
                best_gain = gain;
                *best = (struct spiral_prim_end){
                    f, (enum spiral_prim_side)side,
                    order[side == SPIRAL_PRIM_LOW ? taken : rest - 1].value};
                *lost = taken;
                *lost_cases = cases;
            }
        }

    return best_gain > -INFINITY;
}

/* Removes what lies beyond an end from every order. */
static void remove_beyond(struct spiral_prim_search *search, const struct spiral_prim_end *end)
{
    search->limit[end->factor * SPIRAL_PRIM_SIDES + end->side] = end->limit;

    for (size_t f = 0; f < search->factors; f++) {
        size_t kept = 0;
        for (size_t i = 0; i < search->inside; i++) {
            const double value =
                search->x[search->order[f][i].point * search->factors + end->factor];
            if (end->side == SPIRAL_PRIM_LOW ? value >= end->limit : value <= end->limit)
                search->order[f][kept++] = search->order[f][i];
        }
    }
}

static struct spiral_prim_quality measure_quality(const struct spiral_prim_search *search,
                                                  size_t points, size_t cases)
{
    struct spiral_prim_quality found = {.points = points,
                                        .cases = cases,
                                        .coverage = (double)cases / (double)search->all_cases,
                                        .density = (double)cases / (double)points,
                                        .mass = (double)points / (double)search->points};

    for (size_t f = 0; f < search->factors; f++)
        found.restricted += spiral_prim_restricts(search, f);

    return found;
}

/* Peels until the box is pure or no smaller one is wanted. */
static enum spiral_status peel_box(struct spiral_prim_search *search, struct spiral_prim_box *box,
                                   struct spiral_error *error)
{
    size_t room = 0;

    for (;;) {
        struct spiral_prim_end end;
        size_t lost;
        size_t lost_cases;

        if (box->steps == room) {
            room = 2 * room + 64;
            struct spiral_prim_quality *longer = realloc(box->trajectory, room * sizeof *longer);
            if (longer != NULL)
                box->trajectory = longer;

            double *limits = realloc(box->trajectory_limits,
                                     room * search->factors * SPIRAL_PRIM_SIDES * sizeof *limits);

            if (limits != NULL)
                box->trajectory_limits = limits;
            if (longer == NULL || limits == NULL)
                return spiral_error_set(error, SPIRAL_NO_MEMORY,
                                        "no memory for a peeling trajectory");
        }

        memcpy(&box->trajectory_limits[box->steps * search->factors * SPIRAL_PRIM_SIDES],
               search->limit, search->factors * SPIRAL_PRIM_SIDES * sizeof *search->limit);

        box->trajectory[box->steps++] =
            measure_quality(search, search->inside, search->inside_cases);
        if (search->inside_cases == search->inside || !best_peel(search, &end, &lost, &lost_cases))
            return SPIRAL_OK;

        /* Each peel is kept, so that the chosen box can be made from the trajectory again. */
        search->peels[box->steps - 1] = end;
        remove_beyond(search, &end);
        search->inside -= lost;
        search->inside_cases -= lost_cases;
    }
}

/* The step with the best harmonic mean of density and coverage of the cases left. */
static size_t choose_step(const struct spiral_prim_search *search,
                          const struct spiral_prim_box *box)
{
    size_t best = 0;
    double best_mean = 0.0;

    for (size_t s = 0; s < box->steps; s++) {
        const double mean = 2.0 * (double)box->trajectory[s].cases /
                            (double)(box->trajectory[s].points + search->left_cases);
        if (mean > best_mean) {
            best_mean = mean;
            best = s;
        }
    }

    return best;
}

/* --- after peeling ---------------------------------------------------------------------------- */

double spiral_prim_quasi_p(const struct spiral_prim_search *search, size_t factor)
{
    size_t points;
    size_t cases;
    size_t wider_points;
    size_t wider_cases;

    count_box(search, search->factors, &points, &cases);
    count_box(search, factor, &wider_points, &wider_cases);
    if (cases == 0)
        return 1.0;

    return spiral_incomplete_beta((double)cases, (double)(points - cases) + 1.0,
                                  (double)wider_cases / (double)wider_points);
}

/* Drops the restriction that chance explains best, until chance explains none. */
static void drop_chance(struct spiral_prim_search *search)
{
    for (;;) {
        size_t worst = search->factors;
        double largest = 0.05;

        for (size_t f = 0; f < search->factors; f++) {
            const double p =
                spiral_prim_restricts(search, f) ? spiral_prim_quasi_p(search, f) : 0.0;
            if (p > largest) {
                largest = p;
                worst = f;
            }
        }

        if (worst == search->factors)
            return;
        search->limit[worst * SPIRAL_PRIM_SIDES] = -INFINITY;
        search->limit[worst * SPIRAL_PRIM_SIDES + SPIRAL_PRIM_HIGH] = INFINITY;
    }
}

static int compare_distances(const void *a, const void *b)
{
    const double x = ((const struct spiral_ordered *)a)->value;
    const double y = ((const struct spiral_ordered *)b)->value;

    return (x > y) - (x < y);
}

/* What pasting alpha of the box's points at an end would bring: their number, the cases among
 * them, the new limit (infinite where nothing is left beyond it). 0 where there is nothing to
 * paste. */
static size_t paste_size(const struct spiral_prim_search *search, size_t factor, int side,
                         size_t *cases, double *limit)
{
    const size_t part = (size_t)(search->alpha * (double)search->inside);
    const size_t wanted = part > 0 ? part : 1;
    const double at = search->limit[factor * SPIRAL_PRIM_SIDES + (size_t)side];
    const double sign = side == SPIRAL_PRIM_LOW ? -1.0 : 1.0;
    size_t count = 0;
    size_t taken = 0;

    for (size_t p = 0; p < search->points; p++) {
        const double distance = sign * (search->x[p * search->factors + factor] - at);
        if (search->left[p] && distance > 0.0 && spiral_prim_holds(search, p, factor))
            search->outside[count++] = (struct spiral_ordered){distance, p};
    }

    qsort(search->outside, count, sizeof *search->outside, compare_distances);
    *cases = 0;
    while (taken < count &&
           (taken < wanted || search->outside[taken].value == search->outside[taken - 1].value))
        *cases += search->is_case[search->outside[taken++].point];

    if (taken > 0)
        *limit = taken == count
                     ? sign * INFINITY
                     : search->x[search->outside[taken - 1].point * search->factors + factor];

    return taken;
}

/* Pastes back the densest end, as long as the box does not become less dense. */
static void paste_ends(struct spiral_prim_search *search)
{
    for (;;) {
        double best_density = 0.0;
        double best_limit = 0.0;
        size_t best_end = SIZE_MAX;
        count_box(search, search->factors, &search->inside, &search->inside_cases);

        for (size_t end = 0; end < search->factors * SPIRAL_PRIM_SIDES; end++) {
            size_t cases;
            double limit;
            if (isinf(search->limit[end]))
                continue;

            const size_t more = paste_size(search, end / SPIRAL_PRIM_SIDES,
                                           (int)(end % SPIRAL_PRIM_SIDES), &cases, &limit);
            const double density =
                (double)(search->inside_cases + cases) / (double)(search->inside + more);

            if (more > 0 && density > best_density) {
                best_density = density;
                best_limit = limit;
                best_end = end;
            }
        }

        if (best_end == SIZE_MAX ||
            best_density < (double)search->inside_cases / (double)search->inside)
            return;
        search->limit[best_end] = best_limit;
    }
}

/* Makes the box that of the chosen step. */
static void take_step(struct spiral_prim_search *search, const struct spiral_prim_box *box)
{
    memcpy(search->limit,
           &box->trajectory_limits[box->chosen * search->factors * SPIRAL_PRIM_SIDES],
           search->factors * SPIRAL_PRIM_SIDES * sizeof *search->limit);
}

/* The step of the trajectory that is better than the box in density or in coverage and in neither
 * worse: of several the one with the most cases. The number of steps where there is none. */
static size_t find_dominating(const struct spiral_prim_box *box)
{
    size_t found = box->steps;

    for (size_t s = 0; s < box->steps; s++) {
        const struct spiral_prim_quality *other = &box->trajectory[s];
        const bool dominates =
            other->cases >= box->quality.cases && other->density >= box->quality.density &&
            (other->cases > box->quality.cases || other->density > box->quality.density);

        if (dominates && (found == box->steps || other->cases > box->trajectory[found].cases ||
                          (other->cases == box->trajectory[found].cases &&
                           other->density > box->trajectory[found].density)))
            found = s;
    }

    return found;
}

enum spiral_status spiral_prim_find_box(struct spiral_prim_search *search,
                                        struct spiral_prim_box *box, size_t step,
                                        struct spiral_error *error)
{
    open_box(search);
    count_box(search, search->factors, &search->inside, &search->inside_cases);
    search->left_cases = search->inside_cases;

    for (size_t f = 0; f < search->factors; f++) {
        size_t kept = 0;
        spiral_order(search->order[f], search->x, f, search->points, search->factors);
        for (size_t i = 0; i < search->points; i++)
            if (search->left[search->order[f][i].point])
                search->order[f][kept++] = search->order[f][i];
    }

    const enum spiral_status status = peel_box(search, box, error);

    if (status != SPIRAL_OK)
        return status;
    if (step != SPIRAL_PRIM_BEST && step >= box->steps)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the trajectory has the steps 0 to %zu, and no %zu", box->steps - 1,
                                step);

    box->chosen = step != SPIRAL_PRIM_BEST ? step : choose_step(search, box);
    take_step(search, box);

    if (step == SPIRAL_PRIM_BEST) {
        paste_ends(search);
        drop_chance(search);
    }

    count_box(search, search->factors, &search->inside, &search->inside_cases);
    box->quality = measure_quality(search, search->inside, search->inside_cases);

    const size_t better = step == SPIRAL_PRIM_BEST ? find_dominating(box) : box->steps;

    if (better < box->steps) {
        box->chosen = better;
        take_step(search, box);
        count_box(search, search->factors, &search->inside, &search->inside_cases);
        box->quality = measure_quality(search, search->inside, search->inside_cases);
    }

    return SPIRAL_OK;
}
