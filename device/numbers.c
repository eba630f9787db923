/* SPDX-License-Identifier: MIT */
#include "device/numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/timeline.h"

/* --- arrays ----------------------------------------------------------------------------------- */

static void append(struct spiral_device_array *array, double number)
{
    if (array->count == array->capacity && !array->incomplete) {
        const size_t capacity = array->capacity == 0 ? 1024 : 2 * array->capacity;
        double *items = realloc(array->items, capacity * sizeof *items);

        if (items == NULL) {
            array->incomplete = true;
        } else {
            array->items = items;
            array->capacity = capacity;
        }
    }

    if (!array->incomplete)
        array->items[array->count++] = number;
}

/* A whole number, which a kernel reads as a long. */
static void append_whole(struct spiral_device_array *array, int64_t whole)
{
    double bits;

    memcpy(&bits, &whole, sizeof bits);
    append(array, bits);
}

struct spiral_device_sizes spiral_device_sizes_of(const struct spiral_layout *layout)
{
    struct spiral_device_sizes sizes = {.DOCTRINE = SPIRAL_DOCTRINE_NUMBERS};

#define SIZE(of) sizes.of = layout->count[SPIRAL_OF_##of] > 0 ? layout->count[SPIRAL_OF_##of] : 1
    SIZE(STATE);
    SIZE(PERCEPTION);
    SIZE(TIE);
    SIZE(PATRON);
    SIZE(RIVAL);
    SIZE(PUBLIC);
#undef SIZE

    return sizes;
}

/* --- sets of constants ------------------------------------------------------------------------ */

_Static_assert(sizeof(struct spiral_lanes_constants) % sizeof(spiral_lane) == 0,
               "constants are lanes and nothing else");

static void append_set(struct spiral_device_numbers *numbers, const struct spiral_batch *batch,
                       int l)
{
    const struct spiral_device_sizes sizes = spiral_device_sizes_of(&batch->layout);
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const spiral_lane *constants = (const spiral_lane *)&batch->constants;

    for (size_t i = 0; i < sizeof batch->constants / sizeof *constants; i++)
        append(&numbers->constants, constants[i][l]);

#define ONE(name, of) \
    for (int i = 0; i < sizes.of; i++) \
        append(&numbers->given, batch->given.name[i][l]);
    SPIRAL_GIVEN_TABLE(ONE)
#undef ONE

#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < sizes.of; i++) \
        append(&numbers->starts, state->name[i][l]);
#include "sim/variables.def"
}

static const struct spiral_plan *plan_of_set(const struct spiral_plan *plan, size_t set)
{
    return plan->set_count == 0 ? plan : &plan->sets[set];
}

static void append_sets(struct spiral_device_numbers *numbers, const struct spiral_plan *plan,
                        struct spiral_batch *batch)
{
    static const uint64_t streams[SPIRAL_LANES];
    const struct spiral_plan *plans[SPIRAL_LANES];

    for (size_t first = 0; first < numbers->sets; first += SPIRAL_LANES) {
        for (size_t l = 0; l < SPIRAL_LANES; l++)
            plans[l] = plan_of_set(plan, first + l < numbers->sets ? first + l : first);

        spiral_batch_start(batch, plans, 0, streams);
        for (size_t l = 0; l < SPIRAL_LANES && first + l < numbers->sets; l++)
            append_set(numbers, batch, (int)l);
    }
}

/* --- layers of changes ------------------------------------------------------------------------ */

/* Of which numbers the state consists, one after the other. */
struct slots {
    size_t first[SPIRAL_VARIABLES];
    size_t count;
};

static struct slots slots_of(const struct spiral_device_sizes *sizes)
{
    struct slots slots = {.count = 0};

#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    slots.first[SPIRAL_VARIABLE_##name] = slots.count; \
    slots.count += (size_t)sizes->of;
#include "sim/variables.def"

    return slots;
}

/* A layer that changes nothing: adding -0 leaves every number as it is. */
static void append_layer(struct spiral_device_array *layers, size_t slots)
{
    const double nothing[3] = {-0.0, -INFINITY, INFINITY};

    for (int part = 0; part < 3; part++)
        for (size_t slot = 0; slot < slots; slot++)
            append(layers, nothing[part]);
}

/* Puts a change on the first layer from `first` on that comes after all earlier changes of its
 * number: `used` tells how many there have been in this step. */
static void put_change(struct spiral_device_array *layers, const struct slots *slots, size_t first,
                       const struct spiral_change *change, size_t *used)
{
    const size_t slot = slots->first[change->variable] + (size_t)change->index;
    const size_t layer = first + used[slot]++;

    if ((layer + 1) * 3 * slots->count > layers->count)
        append_layer(layers, slots->count);
    if (layers->incomplete)
        return;

    double *own = layers->items + layer * 3 * slots->count + slot;

    own[0] = change->change;
    own[slots->count] = change->least;
    own[2 * slots->count] = change->most;
}

/* Appends the layers of the events of a step. `floors` are those of the patrons. */
static void append_changes(struct spiral_device_array *layers, const struct slots *slots,
                           const struct spiral_plan *plan, long step, double *floors, size_t *used)
{
    const size_t first = layers->count / (3 * slots->count);
    struct spiral_change changes[SPIRAL_MOST_CHANGES];

    memset(used, 0, slots->count * sizeof *used);

    for (long e = 0; e < plan->event_count; e++) {
        const struct spiral_event *event = &plan->events[e];
        double floor = 0.0;

        if (event->step != step)
            continue;
        if (event->patron >= 0)
            floor = floors[event->patron] = spiral_event_floor(event, floors[event->patron]);

        const int count = spiral_event_changes(event, floor, changes);

        for (int c = 0; c < count; c++)
            put_change(layers, slots, first, &changes[c], used);
    }
}

/* --- steps ------------------------------------------------------------------------------------ */

static void append_row(struct spiral_device_array *rows, const struct spiral_batch *batch,
                       size_t first_layer, size_t past_layer)
{
    const struct spiral_plan *plan = batch->plan[0];
    const struct spiral_device_sizes sizes = spiral_device_sizes_of(&batch->layout);
    const int rivals = batch->layout.count[SPIRAL_OF_RIVAL];

#define ONE(name, of) \
    for (int i = 0; i < sizes.of; i++) \
        append(rows, batch->facts.name[i][0]);
#define TWO(name, of, each) \
    for (int i = 0; i < sizes.of; i++) \
        for (int j = 0; j < sizes.each; j++) \
            append(rows, batch->facts.name[i][j][0]);
    SPIRAL_FACT_TABLE(ONE, TWO)
#undef ONE
#undef TWO

    append(rows, plan->constraint[batch->step]);
    for (int q = 0; q < sizes.RIVAL; q++)
        append(rows, plan->assimilate && q < rivals
                         ? (double)plan->observed[batch->step * rivals + q]
                         : 0.0);

    append_whole(rows, (int64_t)first_layer);
    append_whole(rows, (int64_t)past_layer);
}

/* The facts of all steps are those that a batch has when the timeline alone goes on. */
static enum spiral_status append_steps(struct spiral_device_numbers *numbers,
                                       const struct spiral_plan *plan, struct spiral_batch *batch)
{
    static const uint64_t streams[SPIRAL_LANES];
    const struct spiral_device_sizes sizes = spiral_device_sizes_of(&plan->layout);
    const struct slots slots = slots_of(&sizes);
    const struct spiral_plan *plans[SPIRAL_LANES];
    double floors[SPIRAL_MAX_PATRON] = {0.0};
    size_t *used = calloc(slots.count, sizeof *used);

    if (used == NULL)
        return SPIRAL_NO_MEMORY;

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = plan_of_set(plan, 0);
    spiral_batch_start(batch, plans, 0, streams);

    for (; batch->step < batch->steps; batch->step++) {
        const size_t first = numbers->layers.count / (3 * slots.count);

        append_changes(&numbers->layers, &slots, plan, batch->step, floors, used);
        spiral_timeline_advance(batch);
        append_row(&numbers->rows, batch, first, numbers->layers.count / (3 * slots.count));
    }

    free(used);

    return SPIRAL_OK;
}

/* Whether what a device takes to be shared by the sets of constants is. */
static bool sets_share_steps(const struct spiral_plan *plan)
{
    for (size_t s = 0; s < plan->set_count; s++) {
        const struct spiral_plan *set = &plan->sets[s];

        if (set->power != plan->power || set->events != plan->events ||
            memcmp(set->doctrine, plan->doctrine, sizeof plan->doctrine) != 0 ||
            memcmp(set->greed, plan->greed, sizeof plan->greed) != 0 ||
            memcmp(set->resolve, plan->resolve, sizeof plan->resolve) != 0)
            return false;
    }

    return true;
}

/* --- all -------------------------------------------------------------------------------------- */

void spiral_device_numbers_clear(struct spiral_device_numbers *numbers)
{
    free(numbers->constants.items);
    free(numbers->given.items);
    free(numbers->starts.items);
    free(numbers->rows.items);
    free(numbers->layers.items);
    *numbers = (struct spiral_device_numbers){.sets = 0};
}

enum spiral_status spiral_device_numbers_of(const struct spiral_plan *plan,
                                            struct spiral_device_numbers *numbers,
                                            struct spiral_error *error)
{
    *numbers = (struct spiral_device_numbers){.sets = plan->set_count > 0 ? plan->set_count : 1};

    if (!sets_share_steps(plan))
        return spiral_error_set(error, SPIRAL_IO, "the sets of constants do not share their facts");

    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = batch == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    if (status == SPIRAL_OK) {
        append_sets(numbers, plan, batch);
        status = append_steps(numbers, plan, batch);
    }

    /* A buffer of nothing is an error of OpenCL. */
    if (numbers->layers.count == 0)
        append(&numbers->layers, 0.0);
    spiral_batch_destroy(batch);

    if (numbers->constants.incomplete || numbers->given.incomplete || numbers->starts.incomplete ||
        numbers->rows.incomplete || numbers->layers.incomplete)
        status = SPIRAL_NO_MEMORY;
    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for the numbers of a plan");

    return SPIRAL_OK;
}
