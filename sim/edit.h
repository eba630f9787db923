/* SPDX-License-Identifier: MIT
 *
 * Edits of a timeline: what a state does differently from a date on. Each changes a scenario in
 * place by entries; a plan compiled from it then runs the other way. Functions that append return
 * the new entry, which holds until the next one is appended, or NULL where there is no memory.
 */
#ifndef SPIRAL_EDIT_H
#define SPIRAL_EDIT_H

#include "sim/tables.h"

/* Appends an entry: last in the file's order, on this date (years), without a target and with
 * weight 1. The caller fills in the rest. `date_text` is the date as written, at most 11 bytes;
 * NULL: its month. */
struct spiral_entry *spiral_edit_append(struct spiral_scenario *scenario,
                                        enum spiral_entry_kind kind, int actor, double date,
                                        const char *date_text);

/* Whether an entry falls where a state takes another doctrine from a date on. Of the entries of
 * that date or later, the state's changes of doctrine fall, and so do those of its moves that run
 * against the new doctrine: acts of alignment and confrontation where it reassures (reassure of .5
 * or more), acts of distance and conciliation where it does not. Where the state is the small one
 * and the new doctrine does not align (align below .5), moves of others that need its consent fall
 * too. All other entries stay: what was done in the spirit of the new doctrine would have been done
 * under it too. */
bool spiral_edit_falls(const struct spiral_scenario *scenario, const struct spiral_entry *entry,
                       int state, const struct spiral_doctrine *doctrine, double date);

/* Takes an entry out of the timeline; those after it move down by one. */
void spiral_edit_drop(struct spiral_scenario *scenario, size_t entry);

/* A state takes another doctrine on a date; nothing else changes. */
struct spiral_entry *spiral_edit_turn(struct spiral_scenario *scenario, int state,
                                      const struct spiral_doctrine *doctrine, double date,
                                      const char *date_text);

/* A state takes another doctrine from a date on, and what falls with its own course is dropped. */
struct spiral_entry *spiral_edit_doctrine(struct spiral_scenario *scenario, int state,
                                          const struct spiral_doctrine *doctrine, double date,
                                          const char *date_text);

/* One number of a state's doctrine, from a date on until the state's next change of doctrine: an
 * entry of that date. */
struct spiral_entry *spiral_edit_doctrine_number(struct spiral_scenario *scenario, int state,
                                                 enum spiral_doctrine_number number, double value,
                                                 double date, const char *date_text);

/* A state's greed or resolve (SPIRAL_ENTRY_GREED, SPIRAL_ENTRY_RESOLVE), from a date on until its
 * next change. */
struct spiral_entry *spiral_edit_motive(struct spiral_scenario *scenario,
                                        enum spiral_entry_kind kind, int state, double value,
                                        double date, const char *date_text);

/* The change of a state's doctrine, greed or resolve that is in force at a date: the last before
 * or at it, in the order in which entries act. NULL where the state has what it started with. */
const struct spiral_entry *spiral_edit_last_change(const struct spiral_scenario *scenario,
                                                   enum spiral_entry_kind kind, int state,
                                                   double date);

/* The first such change after a date; NULL where there is none. */
const struct spiral_entry *spiral_edit_next_change(const struct spiral_scenario *scenario,
                                                   enum spiral_entry_kind kind, int state,
                                                   double date);

/* The eight numbers of a state's doctrine at a date: those of its last change, else those that it
 * starts with. Owned by the scenario. */
const double *spiral_edit_doctrine_at(const struct spiral_scenario *scenario, int state,
                                      double date);

#endif
