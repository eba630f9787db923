/* SPDX-License-Identifier: MIT
 *
 * Choices as entries of a timeline: what a state does otherwise from a date on. Each changes a
 * scenario in place; a plan made of it then runs the other course.
 */
#ifndef SPIRAL_COURSE_H
#define SPIRAL_COURSE_H

#include "sim/tables.h"

/* An entry at the end of the file's order, with this date (date_text NULL: its month stands
 * there). The caller fills in the rest; the pointer holds until the next entry. NULL where there
 * is no memory. */
struct spiral_entry *spiral_course_append(struct spiral_scenario *scenario,
                                          enum spiral_entry_kind kind, int actor, double date,
                                          const char *date_text);

/* A state takes a course from a date on. Its later changes of doctrine fall away, and so do
 * those of its later moves that run against the new course: acts of alignment and confrontation
 * where the new doctrine is a reassuring one (reassure of .5 or more), acts of distance and
 * conciliation where it is not. Where it is the small state and the new doctrine does not align
 * (align below .5), so do the later moves of others that need its consent. Everything else stays
 * as it was: what was done in the spirit of the new course would have been done on it too. NULL
 * where there is no memory; else the entry that was appended. */
struct spiral_entry *spiral_course_take(struct spiral_scenario *scenario, int state,
                                        const struct spiral_doctrine *doctrine, double date,
                                        const char *date_text);

/* The change of doctrine, greed or resolve of a state that holds at a date: the last before or
 * at it, in the order in which they act. NULL where it holds what it started with. */
const struct spiral_entry *spiral_course_change(const struct spiral_scenario *scenario,
                                                enum spiral_entry_kind kind, int state,
                                                double date);

/* The doctrine of a state at a date: that of its last change before or at it, else the one that
 * it starts with. */
const double *spiral_course_doctrine(const struct spiral_scenario *scenario, int state,
                                     double date);

/* One number of a state's doctrine, or its greed or resolve, from a date on: an entry of that
 * date, and the same number in the state's later changes, so that it holds to the end. */
struct spiral_entry *spiral_course_doctrine_number(struct spiral_scenario *scenario, int state,
                                                   enum spiral_doctrine_number number, double value,
                                                   double date, const char *date_text);
struct spiral_entry *spiral_course_motive(struct spiral_scenario *scenario,
                                          enum spiral_entry_kind kind, int state, double value,
                                          double date, const char *date_text);

#endif
