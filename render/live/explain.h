/* SPDX-License-Identifier: MIT
 *
 * What the things of a session are: the sentences of the model's tables, with unit, range and
 * source, in a language ("en", "zh"). A front end shows them beside whatever it lets be touched.
 */
#ifndef SPIRAL_LIVE_EXPLAIN_H
#define SPIRAL_LIVE_EXPLAIN_H

#include "sim/quantities.h"
#include "sim/tables.h"

enum spiral_subject {
    SPIRAL_SUBJECT_CONSTANT,        /* enum spiral_constant */
    SPIRAL_SUBJECT_DOCTRINE_NUMBER, /* enum spiral_doctrine_number */
    SPIRAL_SUBJECT_DOCTRINE,        /* enum spiral_doctrine_preset */
    SPIRAL_SUBJECT_MOVE,            /* enum spiral_move */
    SPIRAL_SUBJECT_STATE_FACT,      /* an index into spiral_state_fact_fields */
    SPIRAL_SUBJECT_QUANTITY,        /* enum spiral_quantity */
    SPIRAL_SUBJECTS
};

enum { SPIRAL_EXPLANATION_FACTS = 400 };

/* One explanation. All strings but `facts` are static. */
struct spiral_explanation {
    const char *label;
    const char *sentence;
    const char *source;                   /* never "" */
    char facts[SPIRAL_EXPLANATION_FACTS]; /* unit, range and default; of a doctrine its eight
                                             numbers, of a move what it changes */
};

/* How many a table has. */
size_t spiral_explain_count(enum spiral_subject subject);
/* The name of the i-th, as files have it. */
const char *spiral_explain_name(enum spiral_subject subject, size_t i);
/* Explains the i-th of a table. In Chinese the sentence is the table's English one where there is
 * no other, which a test excludes. */
struct spiral_explanation spiral_explain(enum spiral_subject subject, size_t i,
                                         const char *language);
/* The sentence in Chinese of this name of a table, or NULL. */
const char *spiral_explain_chinese(enum spiral_subject subject, const char *name);

#endif
