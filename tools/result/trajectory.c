/* SPDX-License-Identifier: MIT */
#include "sim/step.h"
#include "sim/variables.h"
#include "tables/model_columns.h"
#include "tools/result/result.h"

/* The columns, in the order of write_row(): dates, quantities, every variable of the state, then
 * each rival. */
static void add_columns(struct spiral_table *table, const struct spiral_scenario *scenario,
                        const struct spiral_plan *plan)
{
    const struct spiral_layout *layout = &plan->layout;
    char text[48];
    char name[SPIRAL_COLUMN_NAME];

    spiral_table_dates(table, plan->start, spiral_plan_date(plan, plan->steps), plan->steps);
    spiral_table_quantities(table);
#define SPIRAL_VARIABLE(variable, of, low, high, en, zh, doc) \
    for (int i = 0; i < layout->count[SPIRAL_OF_##of]; i++) { \
        spiral_variable_label(scenario, layout, SPIRAL_OF_##of, i, text); \
        snprintf(name, sizeof name, "%s.%s", #variable, text); \
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, "1", doc, low, high); \
    }
#include "sim/variables.def"

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        spiral_variable_label(scenario, layout, SPIRAL_OF_RIVAL, q, text);
        snprintf(name, sizeof name, "limbo.%s", text);
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, "1",
                            "commitment that provokes before it protects", 0.0, 1.0);
        snprintf(name, sizeof name, "observed.%s", text);
        spiral_table_column(table, SPIRAL_COLUMN_WHOLE, name, "1",
                            "observed hostility (Correlates of War); empty without a record", 1.0,
                            5.0);
    }
}

/* A row of the state after the batch's last step, or at the start. `first`: after the first step,
 * for what only a step calculates. */
static void write_row(struct spiral_table *table, const struct spiral_batch *batch,
                      const struct spiral_batch *first)
{
    const struct spiral_plan *plan = batch->plan[0];
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const bool is_start = batch->step == 0;
    double quantity[SPIRAL_QUANTITIES];
    double after_first[SPIRAL_QUANTITIES];

    spiral_quantities(batch, 0, quantity);
    spiral_quantities(first, 0, after_first);
    if (is_start)
        spiral_quantities_complete_start(quantity, after_first);

    spiral_table_date(table, spiral_plan_date(plan, batch->step), batch->step);
    spiral_table_quantity_cells(table, quantity);
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < plan->layout.count[SPIRAL_OF_##of]; i++) \
        spiral_table_number(table, state->name[i][0]);
#include "sim/variables.def"

    /* A step without an observation leaves its cell empty. */
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];

    for (int q = 0; q < rivals; q++) {
        const int observed = is_start ? 0 : plan->observed[(batch->step - 1) * rivals + q];

        spiral_table_number(table, (is_start ? first : batch)->derived.limbo[q][0]);
        if (observed > 0)
            spiral_table_whole(table, observed);
        else
            spiral_table_missing(table);
    }
}

void spiral_trajectory_describe(struct spiral_table *table, const struct spiral_scenario *scenario,
                                const struct spiral_plan *plan, uint64_t seed, uint64_t run)
{
    char title[SPIRAL_COLUMN_TEXT];

    snprintf(title, sizeof title, "one run of the case %s", scenario->name);
    spiral_table_init(table, title);
    spiral_table_say(table, "scenario", scenario->name);
    spiral_table_say_whole(table, "seed", seed);
    spiral_table_say_whole(table, "run", run);
    spiral_table_say_hash(table, "constants",
                          spiral_constants_hash(&spiral_plan_of_run(plan, run)->constants));
    add_columns(table, scenario, plan);
}

enum spiral_status spiral_trajectory_write(struct spiral_table *table,
                                           const struct spiral_plan *plan, uint64_t seed,
                                           uint64_t run, struct spiral_error *error)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_batch *first = spiral_batch_create();

    if (batch == NULL || first == NULL) {
        spiral_batch_destroy(batch);
        spiral_batch_destroy(first);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a run");
    }

    /* All lanes run the same stream, and lane 0 is written. */
    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = spiral_plan_of_run(plan, run);
        stream[l] = run;
    }

    spiral_batch_start(first, plans, seed, stream);
    spiral_step(first);
    spiral_batch_start(batch, plans, seed, stream);
    write_row(table, batch, first);

    while (batch->step < batch->steps && !ferror(table->out)) {
        spiral_step(batch);
        write_row(table, batch, first);
    }

    spiral_batch_destroy(batch);
    spiral_batch_destroy(first);

    return SPIRAL_OK;
}
