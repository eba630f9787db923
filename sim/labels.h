/* SPDX-License-Identifier: MIT
 *
 * The names of the model's classes in English and Chinese, made from their tables, for every reader
 * that prints or draws them.
 */
#ifndef SPIRAL_LABELS_H
#define SPIRAL_LABELS_H

#include "sim/outcome.h"

/* All strings are static. */
struct spiral_label {
    const char *name; /* as in files and JSON */
    const char *en;
    const char *zh;
    const char *doc; /* what it is, "" where the label says it */
};

/* The hostility ladder, 1..5 (docs/model.md). */
#define SPIRAL_LEVEL_TABLE(X) \
    X(none, "none", "无敌对", "no militarised action") \
    X(threat, "threat", "威胁", "threat of force") \
    X(display, "display", "示武", "display of force") \
    X(force, "force", "动武", "use of force") \
    X(war, "war", "战争", "war")
enum { SPIRAL_LEVELS = 5 };

/* One label for each level, cause, quadrant and diagnosis. */
extern const struct spiral_label spiral_level_labels[SPIRAL_LEVELS]; /* [level - 1] */
extern const struct spiral_label spiral_cause_labels[SPIRAL_CAUSES];
extern const struct spiral_label spiral_quadrant_labels[SPIRAL_QUADRANTS];
extern const struct spiral_label spiral_diagnosis_labels[SPIRAL_DIAGNOSES];

#endif
