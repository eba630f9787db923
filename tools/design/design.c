/* SPDX-License-Identifier: MIT */
#include "tools/design/design.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tables.h"
#include "tools/design/coordinates.h"

const char *const spiral_design_names[SPIRAL_DESIGNS] = {
#define SPIRAL_DESIGN_ENTRY(name, doc, points) #name,
    SPIRAL_DESIGN_TABLE(SPIRAL_DESIGN_ENTRY)
#undef SPIRAL_DESIGN_ENTRY
};

bool spiral_design_is_sequence(enum spiral_design_kind kind)
{
    return kind == SPIRAL_DESIGN_random || kind == SPIRAL_DESIGN_sobol ||
           kind == SPIRAL_DESIGN_saltelli || kind == SPIRAL_DESIGN_morris;
}

const char *const spiral_distribution_names[SPIRAL_DISTRIBUTIONS] = {
#define SPIRAL_DISTRIBUTION_ENTRY(name, doc, numbers) #name,
    SPIRAL_DISTRIBUTION_TABLE(SPIRAL_DISTRIBUTION_ENTRY)
#undef SPIRAL_DISTRIBUTION_ENTRY
};

const int spiral_distribution_numbers[SPIRAL_DISTRIBUTIONS] = {
#define SPIRAL_DISTRIBUTION_ENTRY(name, doc, numbers) numbers,
    SPIRAL_DISTRIBUTION_TABLE(SPIRAL_DISTRIBUTION_ENTRY)
#undef SPIRAL_DISTRIBUTION_ENTRY
};

/* The factor of an earlier axis that an axis moves with; -1 where it has its own. */
static int find_joined_factor(const struct spiral_axis *axes, const struct spiral_design *design,
                              size_t a)
{
    for (size_t before = 0; before < a && axes[a].group > 0 && axes[a].correlation == 1.0; before++)
        if (axes[before].group == axes[a].group)
            return design->factor_of[before];
    return -1;
}

/* Whether a kind has its coordinates on a grid of levels. */
static bool is_on_grid(enum spiral_design_kind kind)
{
    return kind == SPIRAL_DESIGN_grid || kind == SPIRAL_DESIGN_zip || kind == SPIRAL_DESIGN_oat ||
           kind == SPIRAL_DESIGN_morris;
}

static enum spiral_status check_range(const struct spiral_axis *axis, struct spiral_error *error)
{
    if (axis->count > 0)
        return SPIRAL_OK;

    if (!(axis->low < axis->high) || !isfinite(axis->high - axis->low))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: a range goes from a lower to a higher number, not from %g to %g", axis->name,
            axis->low, axis->high);

    if (axis->log && !(axis->low > 0.0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: a logarithmic range begins above 0, not at %g", axis->name,
                                axis->low);

    if (axis->integer && axis->log)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: whole numbers are all equally likely, so they have no logarithmic scale",
            axis->name);

    if (axis->integer && (axis->low != floor(axis->low) || axis->high != floor(axis->high)))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: a range of whole numbers begins and ends with one, not with %g and %g", axis->name,
            axis->low, axis->high);

    return SPIRAL_OK;
}

/* The numbers of a distribution, and what it goes with. */
static enum spiral_status check_distribution(const struct spiral_axis *axis,
                                             enum spiral_design_kind kind,
                                             struct spiral_error *error)
{
    const double *shape = axis->shape;

    if (axis->weights != NULL && (is_on_grid(kind) || axis->group > 0))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: weights go with random, latin, sobol and saltelli, and with no "
            "group; a design of kind %s has each value as often as it says",
            axis->name, spiral_design_names[kind]);

    switch (axis->distribution) {
    case SPIRAL_DISTRIBUTION_normal:
        if (shape[1] > 0.0 && shape[0] > axis->low - 6.0 * shape[1] &&
            shape[0] < axis->high + 6.0 * shape[1])
            return SPIRAL_OK;
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: a normal distribution has a deviation above 0, and a mean "
                                "within six of them of the range",
                                axis->name);
    case SPIRAL_DISTRIBUTION_triangular:
        if (shape[0] >= axis->low && shape[0] <= axis->high)
            return SPIRAL_OK;
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: the most likely value of a triangular distribution is in the "
                                "range",
                                axis->name);
    case SPIRAL_DISTRIBUTION_beta:
        if (shape[0] >= 0.05 && shape[1] >= 0.05 && shape[0] <= 1000.0 && shape[1] <= 1000.0)
            return SPIRAL_OK;
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: alpha and beta of a beta distribution are from 0.05 to 1000",
                                axis->name);
    default: return SPIRAL_OK;
    }
}

static enum spiral_status check_group(const struct spiral_axis *axes, size_t axis_count, size_t a,
                                      enum spiral_design_kind kind, struct spiral_error *error)
{
    const struct spiral_axis *axis = &axes[a];
    size_t members = 0;

    if (axis->group == 0)
        return SPIRAL_OK;

    for (size_t other = 0; other < axis_count; other++) {
        if (axes[other].group != axis->group)
            continue;
        members++;

        if (axes[other].correlation != axis->correlation)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s and %s are of one group, but of different correlations",
                                    axis->name, axes[other].name);
    }

    if (!(axis->correlation >= -1.0 && axis->correlation <= 1.0) ||
        (axis->correlation < 0.0 && members > 2))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: correlation %g; expected -1 to 1, and not below 0 in a group of more than two",
            axis->name, axis->correlation);

    if (kind == SPIRAL_DESIGN_list)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: the points of a list already say what moves together; leave out its group",
            axis->name);

    if (axis->correlation < 1.0 && is_on_grid(kind))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: a group of correlation %g goes with random, latin, sobol or "
                                "saltelli; a design of kind %s takes 1",
                                axis->name, axis->correlation, spiral_design_names[kind]);

    return SPIRAL_OK;
}

static enum spiral_status check_request(const struct spiral_axis *axes, size_t axis_count,
                                        const struct spiral_design_request *request,
                                        struct spiral_error *error)
{
    const bool ranged = is_on_grid(request->kind) && request->kind != SPIRAL_DESIGN_morris;

    if (axis_count > SPIRAL_MAX_AXES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a design varies at most %d parameters, not %zu", SPIRAL_MAX_AXES,
                                axis_count);

    /* Without an axis there is one point: the baseline. */
    if (axis_count == 0)
        return SPIRAL_OK;

    for (size_t a = 0; a < axis_count; a++) {
        if (check_range(&axes[a], error) != SPIRAL_OK ||
            check_distribution(&axes[a], request->kind, error) != SPIRAL_OK ||
            check_group(axes, axis_count, a, request->kind, error) != SPIRAL_OK)
            return SPIRAL_BAD_INPUT;

        if (ranged && axes[a].count == 0 && request->points == 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s: a range in a design of kind %s needs a number of levels",
                                    axes[a].name, spiral_design_names[request->kind]);

        if (request->kind == SPIRAL_DESIGN_morris && axes[a].count == 1)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s has one value; an effect is a difference between two",
                                    axes[a].name);
    }

    if (!ranged && request->kind != SPIRAL_DESIGN_list && request->points == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a design of kind %s needs a number of points",
                                spiral_design_names[request->kind]);
    if (request->kind == SPIRAL_DESIGN_list && (request->list == NULL || request->list_points == 0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a design of kind list needs at least one point");

    if (request->kind == SPIRAL_DESIGN_morris && (request->levels < 0 || request->levels % 2 != 0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "Morris' grid has an even number of levels, not %d",
                                request->levels);

    if ((request->kind == SPIRAL_DESIGN_sobol || request->kind == SPIRAL_DESIGN_saltelli) &&
        request->points > UINT32_MAX)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a Sobol' sequence has at most %u points, not %zu", UINT32_MAX,
                                request->points);

    return SPIRAL_OK;
}

/* The levels of an axis in a grid. */
static size_t levels_of(const struct spiral_axis *axis, const struct spiral_design_request *request)
{
    const size_t choices = spiral_axis_choices(axis);
    size_t levels = request->points;

    if (request->kind == SPIRAL_DESIGN_morris)
        levels = request->levels > 0 ? (size_t)request->levels : 4;
    if (axis->count > 0)
        return axis->count;
    return choices > 0 && choices < levels && request->kind != SPIRAL_DESIGN_zip ? choices : levels;
}

/* Finds the factors, and their levels in a grid. */
static enum spiral_status find_factors(struct spiral_design_work *work, struct spiral_error *error)
{
    struct spiral_design *design = work->design;

    for (size_t a = 0; a < design->axes; a++) {
        const struct spiral_axis *axis = &work->axes[a];
        const size_t levels = levels_of(axis, work->request);
        const size_t choices =
            axis->group > 0 && axis->correlation < 1.0 ? 0 : spiral_axis_choices(axis);
        const int with = find_joined_factor(work->axes, design, a);
        design->factor_of[a] = with >= 0 ? with : (int)design->factors++;

        struct spiral_factor *factor = &work->factors[design->factor_of[a]];

        if (with < 0) {
            *factor = (struct spiral_factor){.name = axis->name,
                                             .levels = levels,
                                             .choices = choices,
                                             .listed = axis->count > 0,
                                             .weighted = axis->weights != NULL ? axis : NULL};
            continue;
        }

        if (axis->count > 0 && factor->listed && factor->levels != axis->count)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s has %zu values, but %s, which moves with it, has %zu",
                                    axis->name, axis->count, factor->name, factor->levels);
        if (axis->count > 0 || (!factor->listed && levels > factor->levels))
            factor->levels = levels;
        factor->listed = factor->listed || axis->count > 0;
        factor->choices = factor->choices == choices ? choices : 0;
    }

    for (size_t f = 1; f < design->factors && work->request->kind == SPIRAL_DESIGN_zip; f++)
        if (work->factors[f].levels != work->factors[0].levels)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "zip takes lists of one length: %s has %zu values, %s %zu",
                                    work->factors[0].name, work->factors[0].levels,
                                    work->factors[f].name, work->factors[f].levels);

    return SPIRAL_OK;
}

static enum spiral_status make_points(struct spiral_design_work *work, struct spiral_error *error)
{
    struct spiral_design *design = work->design;
    enum spiral_status status = find_factors(work, error);

    if (status != SPIRAL_OK)
        return status;
    design->points = design->axes == 0 ? 1 : spiral_design_count(work);

    if (design->points == 0)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "the design has too many points for the memory; take fewer levels or "
            "a design of kind sobol");
    design->value = malloc((design->points * design->axes + 1) * sizeof *design->value);
    design->coordinate =
        malloc((design->points * design->factors + 1) * sizeof *design->coordinate);
    if (design->axes == 0 && design->value != NULL && design->coordinate != NULL)
        return SPIRAL_OK;
    status = design->value != NULL && design->coordinate != NULL ? spiral_design_fill(work)
                                                                 : SPIRAL_NO_MEMORY;
    if (status == SPIRAL_OK)
        status = spiral_design_values(work);

    return status == SPIRAL_OK
               ? SPIRAL_OK
               : spiral_error_set(error, status, "no memory for a design of %zu points",
                                  design->points);
}

enum spiral_status spiral_design_create(struct spiral_design **design,
                                        const struct spiral_axis *axes, size_t axis_count,
                                        const struct spiral_design_request *request,
                                        struct spiral_error *error)
{
    *design = NULL;
    enum spiral_status status = check_request(axes, axis_count, request, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_design *made = calloc(1, sizeof *made);
    struct spiral_design_work work = {.axes = axes,
                                      .request = request,
                                      .design = made,
                                      .factors = calloc(axis_count + 1, sizeof *work.factors)};

    if (made != NULL) {
        made->axes = axis_count;
        made->factor_of = calloc(axis_count + 1, sizeof *made->factor_of);
    }

    if (made == NULL || work.factors == NULL || made->factor_of == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a design");
    else
        status = make_points(&work, error);
    free(work.factors);
    if (status == SPIRAL_OK)
        *design = made;
    else
        spiral_design_destroy(made);

    return status;
}

void spiral_design_destroy(struct spiral_design *design)
{
    if (design == NULL)
        return;
    free(design->value);
    free(design->factor_of);
    free(design->coordinate);
    free(design);
}

/* Writes the owner of a name with roles in Chinese: "small-neighbour" as 小国-强邻. */
static void write_owner_in_chinese(char *text, size_t size, const char *whose, size_t length)
{
    size_t used = 0;

    for (const char *word = whose; word < whose + length && used < size; word++) {
        size_t letters = strcspn(word, "-.");
        const char *chinese = NULL;

        for (int role = 0; role < SPIRAL_ROLES; role++)
            if (strlen(spiral_role_names[role]) == letters &&
                strncmp(word, spiral_role_names[role], letters) == 0)
                chinese = spiral_role_names_zh[role];

        used += (size_t)snprintf(text + used, size - used, "%s%.*s", used > 0 ? "-" : "",
                                 chinese != NULL ? (int)strlen(chinese) : (int)letters,
                                 chinese != NULL ? chinese : word);
        word += letters;
    }
}

void spiral_axis_label(char text[SPIRAL_AXIS_LABEL_SIZE], const char *label, const char *name,
                       bool chinese)
{
    const char *whose = strncmp(name, "doctrine.", 9) == 0 ? name + 9
                        : strncmp(name, "move.", 5) == 0   ? name + 5
                                                           : name;
    const size_t length = strcspn(whose, ".");
    char owner[SPIRAL_AXIS_LABEL_SIZE / 2] = "";

    if (chinese)
        write_owner_in_chinese(owner, sizeof owner, whose, length);
    if (strncmp(name, "k.", 2) == 0)
        snprintf(text, SPIRAL_AXIS_LABEL_SIZE, "%s", label);
    else if (chinese)
        snprintf(text, SPIRAL_AXIS_LABEL_SIZE, "%s（%s）", label, owner);
    else
        snprintf(text, SPIRAL_AXIS_LABEL_SIZE, "%s (%.*s)", label, (int)length, whose);
}
