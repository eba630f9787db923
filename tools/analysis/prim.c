/* SPDX-License-Identifier: MIT */
#include "tools/analysis/prim.h"

#include <math.h>
#include <stdlib.h>

struct spiral_prim_options spiral_prim_defaults(void)
{
    return (struct spiral_prim_options){.alpha = 0.05,
                                        .mass = 0.05,
                                        .boxes = 3,
                                        .step = SPIRAL_PRIM_BEST};
}

static void drop_box(struct spiral_prim_box *box)
{
    free(box->limits);
    free(box->trajectory);
    free(box->trajectory_limits);
    *box = (struct spiral_prim_box){.limits = NULL};
}

void spiral_prim_clear(struct spiral_prim *prim)
{
    for (size_t b = 0; b < prim->box_count; b++)
        drop_box(&prim->boxes[b]);
    free(prim->boxes);
    *prim = (struct spiral_prim){.boxes = NULL};
}

/* Copies the limits of the box that the search has found. */
static enum spiral_status copy_limits(const struct spiral_prim_search *search,
                                      struct spiral_prim_box *box, struct spiral_error *error)
{
    box->limits = calloc(search->factors, sizeof *box->limits);
    if (box->limits == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a box");

    for (size_t f = 0; f < search->factors; f++) {
        struct spiral_prim_limit *limit = &box->limits[f];
        const double *found = &search->limit[f * SPIRAL_PRIM_SIDES];
        *limit = (struct spiral_prim_limit){.low = search->x[f], .high = search->x[f], .p = NAN};

        for (size_t p = 1; p < search->points; p++) {
            limit->low = fmin(limit->low, search->x[p * search->factors + f]);
            limit->high = fmax(limit->high, search->x[p * search->factors + f]);
        }

        limit->above = found[SPIRAL_PRIM_LOW] > -INFINITY;
        limit->below = found[SPIRAL_PRIM_HIGH] < INFINITY;
        limit->low = limit->above ? found[SPIRAL_PRIM_LOW] : limit->low;
        limit->high = limit->below ? found[SPIRAL_PRIM_HIGH] : limit->high;
        if (limit->above || limit->below)
            limit->p = spiral_prim_quasi_p(search, f);
    }

    return SPIRAL_OK;
}

/* Finds box after box, as long as they are denser than the whole. */
static enum spiral_status find_boxes(struct spiral_prim_search *search, struct spiral_prim *prim,
                                     size_t boxes, size_t step, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;
    size_t left = search->points;

    while (status == SPIRAL_OK && prim->box_count < boxes && left >= search->least) {
        struct spiral_prim_box box = {.limits = NULL};
        status = spiral_prim_find_box(search, &box, prim->box_count == 0 ? step : SPIRAL_PRIM_BEST,
                                      error);

        if (status != SPIRAL_OK) {
            drop_box(&box);
            return status;
        }

        const bool is_asked_for = prim->box_count == 0 && step != SPIRAL_PRIM_BEST;

        if (!is_asked_for && (box.quality.restricted == 0 ||
                              box.quality.density * (double)prim->points <= (double)prim->cases)) {
            drop_box(&box);
            return SPIRAL_OK;
        }

        if (status == SPIRAL_OK)
            status = copy_limits(search, &box, error);
        prim->boxes[prim->box_count++] = box;
        left -= box.quality.points;
        for (size_t p = 0; p < search->points; p++)
            search->left[p] = search->left[p] && !spiral_prim_holds(search, p, search->factors);
    }

    return status;
}

enum spiral_status spiral_analysis_prim(struct spiral_prim *prim, const double *x,
                                        const bool *is_case, size_t points, size_t factors,
                                        const struct spiral_prim_options *options,
                                        struct spiral_error *error)
{
    *prim = (struct spiral_prim){.points = points, .factors = factors};
    for (size_t p = 0; p < points; p++)
        prim->cases += is_case[p];

    if (prim->cases == 0 || prim->cases == points)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s of the %zu points is a case; there must be some of both kinds",
                                prim->cases == 0 ? "none" : "every one", points);

    struct spiral_prim_search search = {.x = x,
                                        .is_case = is_case,
                                        .points = points,
                                        .factors = factors,
                                        .all_cases = prim->cases,
                                        .alpha = options->alpha};
    const double least = ceil(options->mass * (double)points);

    search.least = least > 1.0 ? (size_t)least : 1;
    prim->boxes = calloc(options->boxes + 1, sizeof *prim->boxes);
    search.left = malloc(points * sizeof *search.left);
    search.limit = calloc(factors, SPIRAL_PRIM_SIDES * sizeof *search.limit);
    search.outside = malloc(points * sizeof *search.outside);
    search.peels = malloc(points * sizeof *search.peels);
    search.order = calloc(factors, sizeof *search.order);

    bool whole = prim->boxes != NULL && search.left != NULL && search.limit != NULL &&
                 search.outside != NULL && search.peels != NULL && search.order != NULL;

    for (size_t f = 0; f < factors && whole; f++)
        whole = (search.order[f] = malloc(points * sizeof **search.order)) != NULL;
    for (size_t p = 0; p < points && whole; p++)
        search.left[p] = true;

    const enum spiral_status status =
        whole ? find_boxes(&search, prim, options->boxes, options->step, error)
              : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for boxes of %zu points",
                                 points);

    for (size_t f = 0; f < factors && search.order != NULL; f++)
        free(search.order[f]);

    free(search.order);
    free(search.left);
    free(search.limit);
    free(search.outside);
    free(search.peels);

    return status;
}
