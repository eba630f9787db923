/* SPDX-License-Identifier: MIT */
#include "tools/choice/front.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool spiral_dominates(const double *a, const double *b, size_t objectives)
{
    bool better = false;

    for (size_t o = 0; o < objectives; o++) {
        if (a[o] > b[o])
            return false;
        better = better || a[o] < b[o];
    }

    return better;
}

enum spiral_status spiral_front_ranks(size_t *rank, const double *value, size_t count,
                                      size_t objectives)
{
    size_t *dominators = calloc(count + 1, sizeof *dominators); /* that have no rank yet */
    size_t ranked = 0;

    if (dominators == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t i = 0; i < count; i++) {
        rank[i] = count;
        for (size_t j = 0; j < count; j++)
            dominators[i] +=
                spiral_dominates(&value[j * objectives], &value[i * objectives], objectives);
    }

    for (size_t front = 0; ranked < count; front++) {
        for (size_t i = 0; i < count; i++)
            if (rank[i] == count && dominators[i] == 0)
                rank[i] = front;

        for (size_t i = 0; i < count; i++) {
            if (rank[i] != front)
                continue;
            ranked++;
            for (size_t j = 0; j < count; j++)
                if (rank[j] == count)
                    dominators[j] -= spiral_dominates(&value[i * objectives],
                                                      &value[j * objectives], objectives);
        }
    }

    free(dominators);

    return SPIRAL_OK;
}

/* --- crowding --------------------------------------------------------------------------------- */

struct ordered {
    double value;
    size_t point;
};

static int compare_ordered(const void *a, const void *b)
{
    const struct ordered *x = a;
    const struct ordered *y = b;

    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->point > y->point) - (x->point < y->point);
}

enum spiral_status spiral_front_crowding(double *distance, const size_t *rank, size_t wanted,
                                         const double *value, size_t count, size_t objectives)
{
    struct ordered *ordered = calloc(count + 1, sizeof *ordered);
    size_t members = 0;

    if (ordered == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t i = 0; i < count; i++)
        if (rank[i] == wanted) {
            ordered[members++].point = i;
            distance[i] = 0.0;
        }

    for (size_t o = 0; o < objectives && members > 0; o++) {
        for (size_t m = 0; m < members; m++)
            ordered[m].value = value[ordered[m].point * objectives + o];
        qsort(ordered, members, sizeof *ordered, compare_ordered);

        const double range = ordered[members - 1].value - ordered[0].value;

        distance[ordered[0].point] = distance[ordered[members - 1].point] = INFINITY;
        for (size_t m = 1; m + 1 < members && range > 0.0; m++)
            distance[ordered[m].point] += (ordered[m + 1].value - ordered[m - 1].value) / range;
    }

    free(ordered);

    return SPIRAL_OK;
}

/* --- volume ----------------------------------------------------------------------------------- */

/* The area that points dominate below the reference: by the first objective, a staircase. `order`
 * has them in ascending order of it. */
static double staircase_area(const double *value, const struct ordered *order, size_t count,
                             size_t objectives, const double *reference, double limit)
{
    double area = 0.0;
    double lowest = reference[1];

    for (size_t i = 0; i < count; i++) {
        const double *point = &value[order[i].point * objectives];
        if (point[0] >= reference[0] || point[1] >= lowest || (objectives > 2 && point[2] > limit))
            continue;
        area += (reference[0] - point[0]) * (lowest - point[1]);
        lowest = point[1];
    }

    return area;
}

double spiral_front_volume(const double *value, size_t count, size_t objectives,
                           const double *reference)
{
    struct ordered *by_first = calloc(count + 1, sizeof *by_first);
    struct ordered *by_last = calloc(count + 1, sizeof *by_last);
    double volume = 0.0;

    for (size_t i = 0; i < count && by_first != NULL && by_last != NULL; i++) {
        by_first[i] = (struct ordered){value[i * objectives], i};
        by_last[i] = (struct ordered){value[i * objectives + objectives - 1], i};
    }

    if (by_first == NULL || by_last == NULL)
        volume = NAN;
    else if (objectives == 1)
        for (size_t i = 0; i < count; i++)
            volume = fmax(volume, reference[0] - value[i]);
    else {
        qsort(by_first, count, sizeof *by_first, compare_ordered);
        qsort(by_last, count, sizeof *by_last, compare_ordered);

        /* A slice between two values of the last objective has the area of the points below it. */
        const size_t slices = objectives == 3 ? count : 1;
        for (size_t i = 0; i < slices && count > 0; i++) {
            const double from = by_last[i].value;
            const double to = objectives < 3  ? 1.0
                              : i + 1 < count ? by_last[i + 1].value
                                              : reference[2];
            const double height =
                objectives < 3 ? 1.0 : fmin(to, reference[2]) - fmin(from, reference[2]);
            if (height > 0.0)
                volume +=
                    height * staircase_area(value, by_first, count, objectives, reference, from);
        }
    }

    free(by_first);
    free(by_last);

    return volume;
}

/* --- archives --------------------------------------------------------------------------------- */

void spiral_archive_clear(struct spiral_archive *archive)
{
    free(archive->id);
    free(archive->value);
    archive->id = NULL;
    archive->value = NULL;
    archive->count = archive->room = archive->improved = 0;
}

static void find_box(const struct spiral_archive *archive, const double *value, double *box)
{
    for (size_t o = 0; o < archive->objectives; o++)
        box[o] = floor(value[o] / archive->epsilon[o]);
}

/* The square of the distance from a point to the best corner of its box, in boxes. */
static double corner_distance(const struct spiral_archive *archive, const double *value,
                              const double *box)
{
    double sum = 0.0;

    for (size_t o = 0; o < archive->objectives; o++) {
        const double gap = value[o] / archive->epsilon[o] - box[o];
        sum += gap * gap;
    }

    return sum;
}

static void remove_member(struct spiral_archive *archive, size_t i)
{
    archive->count--;
    memmove(&archive->id[i], &archive->id[i + 1], (archive->count - i) * sizeof *archive->id);
    memmove(&archive->value[i * archive->objectives],
            &archive->value[(i + 1) * archive->objectives],
            (archive->count - i) * archive->objectives * sizeof *archive->value);
}

static bool make_room(struct spiral_archive *archive)
{
    if (archive->count < archive->room)
        return true;

    const size_t room = 2 * archive->room + 64;
    size_t *id = realloc(archive->id, room * sizeof *id);

    if (id != NULL)
        archive->id = id;

    double *value = realloc(archive->value, room * archive->objectives * sizeof *value);

    if (value != NULL)
        archive->value = value;
    if (id == NULL || value == NULL)
        return false;
    archive->room = room;

    return true;
}

enum spiral_status spiral_archive_offer(struct spiral_archive *archive, size_t id,
                                        const double *value, bool *kept)
{
    double box[SPIRAL_MOST_OBJECTIVES];
    bool fresh = true;

    *kept = false;
    find_box(archive, value, box);

    for (size_t i = 0; i < archive->count; i++) {
        const double *other = &archive->value[i * archive->objectives];
        double theirs[SPIRAL_MOST_OBJECTIVES];
        find_box(archive, other, theirs);

        const bool same = memcmp(box, theirs, archive->objectives * sizeof *box) == 0;
        if (spiral_dominates(theirs, box, archive->objectives))
            return SPIRAL_OK;
        if (same &&
            (spiral_dominates(other, value, archive->objectives) ||
             (!spiral_dominates(value, other, archive->objectives) &&
              corner_distance(archive, other, theirs) <= corner_distance(archive, value, box))))
            return SPIRAL_OK;
        fresh = fresh && !same;
    }

    for (size_t i = archive->count; i-- > 0;) {
        double theirs[SPIRAL_MOST_OBJECTIVES];
        find_box(archive, &archive->value[i * archive->objectives], theirs);
        if (spiral_dominates(box, theirs, archive->objectives) ||
            memcmp(box, theirs, archive->objectives * sizeof *box) == 0)
            remove_member(archive, i);
    }

    if (!make_room(archive))
        return SPIRAL_NO_MEMORY;
    archive->id[archive->count] = id;
    memcpy(&archive->value[archive->count * archive->objectives], value,
           archive->objectives * sizeof *value);
    archive->count++;
    archive->improved += fresh;
    *kept = true;

    return SPIRAL_OK;
}
