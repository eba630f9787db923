/* SPDX-License-Identifier: MIT */
#include "tools/experiment/measure.h"

const char *const spiral_measure_kinds[SPIRAL_MEASURE_KINDS] = {
#define SPIRAL_MEASURE_ENTRY(name) #name,
    SPIRAL_MEASURE_TABLE(SPIRAL_MEASURE_ENTRY)
#undef SPIRAL_MEASURE_ENTRY
};

enum spiral_measure_kind spiral_outcome_kind(enum spiral_outcome_name outcome)
{
    switch (outcome) {
    case SPIRAL_OUTCOME_war:
    case SPIRAL_OUTCOME_force: return SPIRAL_MEASURE_event;
    case SPIRAL_OUTCOME_war_date:
    case SPIRAL_OUTCOME_force_date: return SPIRAL_MEASURE_date;
    case SPIRAL_OUTCOME_highest: return SPIRAL_MEASURE_level;
    default: return SPIRAL_MEASURE_number;
    }
}

struct spiral_measure spiral_outcome_measure(enum spiral_outcome_name outcome)
{
    const struct spiral_field *field = &spiral_outcome_fields[outcome];

    return (struct spiral_measure){.name = field->name,
                                   .unit = field->unit,
                                   .kind = spiral_outcome_kind(outcome),
                                   .low = field->low,
                                   .high = field->high,
                                   .label_en = field->label_en,
                                   .label_zh = field->label_zh};
}
