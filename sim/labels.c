/* SPDX-License-Identifier: MIT */
#include "sim/labels.h"

#define ENTRY(name, en, zh, doc) {#name, en, zh, doc},
const struct spiral_label spiral_level_labels[SPIRAL_LEVELS] = {SPIRAL_LEVEL_TABLE(ENTRY)};
const struct spiral_label spiral_quadrant_labels[SPIRAL_QUADRANTS] = {SPIRAL_QUADRANT_TABLE(ENTRY)};
const struct spiral_label spiral_diagnosis_labels[SPIRAL_DIAGNOSES] = {
    SPIRAL_DIAGNOSIS_TABLE(ENTRY)};
#undef ENTRY

#define ENTRY(name, en, zh) {#name, en, zh, ""},
const struct spiral_label spiral_cause_labels[SPIRAL_CAUSES] = {SPIRAL_CAUSE_TABLE(ENTRY)};
#undef ENTRY
