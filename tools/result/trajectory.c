/* SPDX-License-Identifier: MIT */
#include "sim/step.h"
#include "sim/variables.h"
#include "tools/result/result.h"

static void write_header(const struct spiral_scenario *scenario, const struct spiral_plan *plan,
                         uint64_t seed, FILE *out)
{
    const struct spiral_layout *layout = &plan->layout;
    char text[48];

    fprintf(out, "# spiral %s, scenario %s, seed %llu, run 0, constants %016llx\n", SPIRAL_VERSION,
            scenario->name, (unsigned long long)seed,
            (unsigned long long)spiral_constants_hash(&spiral_plan_of_run(plan, 0)->constants));
    fputs("# units: date is the year and month of the state: the start, then the end of each "
          "step; escalation 0..100; hostility 1..5 "
          "(Correlates of War); all others are dimensionless shares\n",
          out);

    /* In the order of write_row(): quantities, every variable of the state, then each rival. */
    fputs("date", out);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        fprintf(out, ",%s", spiral_quantity_fields[i].name);
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < layout->count[SPIRAL_OF_##of]; i++) { \
        spiral_variable_label(scenario, layout, SPIRAL_OF_##of, i, text); \
        fprintf(out, ",%s.%s", #name, text); \
    }
#include "sim/variables.def"

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        spiral_variable_label(scenario, layout, SPIRAL_OF_RIVAL, q, text);
        fprintf(out, ",limbo.%s,observed.%s", text, text);
    }

    fputc('\n', out);
}

/* A row of the state after the batch's last step, or at the start. `first`: after the first step,
 * for what only a step calculates. */
static void write_row(const struct spiral_batch *batch, const struct spiral_batch *first, FILE *out)
{
    const struct spiral_plan *plan = batch->plan[0];
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const bool is_start = batch->step == 0;
    double quantity[SPIRAL_QUANTITIES];
    double after_first[SPIRAL_QUANTITIES];
    char date[12];

    spiral_date_format(spiral_plan_date(plan, batch->step), date);
    spiral_quantities(batch, 0, quantity);
    spiral_quantities(first, 0, after_first);
    if (is_start)
        spiral_quantities_complete_start(quantity, after_first);
    fputs(date, out);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        fprintf(out, ",%.9g", quantity[i]);
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < plan->layout.count[SPIRAL_OF_##of]; i++) \
        fprintf(out, ",%.9g", state->name[i][0]);
#include "sim/variables.def"

    /* A step without an observation leaves its cell empty. */
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];
    for (int q = 0; q < rivals; q++) {
        const int observed = is_start ? 0 : plan->observed[(batch->step - 1) * rivals + q];
        fprintf(out, ",%.9g,", (is_start ? first : batch)->derived.limbo[q][0]);
        if (observed > 0)
            fprintf(out, "%d", observed);
    }

    fputc('\n', out);
}

enum spiral_status spiral_trajectory_write(const struct spiral_scenario *scenario,
                                           const struct spiral_plan *plan, uint64_t seed, FILE *out,
                                           struct spiral_error *error)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES] = {0};
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_batch *first = spiral_batch_create();

    if (batch == NULL || first == NULL) {
        spiral_batch_destroy(batch);
        spiral_batch_destroy(first);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a run");
    }

    /* All lanes run stream 0, and lane 0 is written. */
    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = spiral_plan_of_run(plan, 0);

    spiral_batch_start(first, plans, seed, stream);
    spiral_step(first);
    spiral_batch_start(batch, plans, seed, stream);
    write_header(scenario, plan, seed, out);
    write_row(batch, first, out);

    while (batch->step < batch->steps && !ferror(out)) {
        spiral_step(batch);
        write_row(batch, first, out);
    }

    spiral_batch_destroy(batch);
    spiral_batch_destroy(first);

    return SPIRAL_OK;
}
