/* SPDX-License-Identifier: MIT
 *
 * Parameters: every number of a scenario or of the constants that can be set by name, as `--set`,
 * sweeps and sliders do.
 *
 *     k.encircle                   a constant
 *     RUS.greed                    a fact of a state
 *     RUS.power                    a factor on the whole series (1: as given)
 *     UKR-RUS.ties                 a fact of a pair, in either order
 *     UKR-RUS.interdependence      a factor on the whole series
 *     UKR-RUS.initial.reassurance  an initial value of the pair
 *     UKR-RUS.initial.threat       an initial value, of the first named about the second
 *     doctrine.UKR.align           one number of the doctrine that a state starts with
 *     doctrine.UKR.align.all       the number in every doctrine of the state, first and later
 *     doctrine.UKR.align.shift     what is added to the number in every doctrine, within 0..1
 *     UKR.doctrine                 the preset that a state starts with, as its index in the table
 *     move.2008-04.weight          the weight of the entry of that month (move.2008-04#2.weight:
 *                                  of the second of them, in the file's order)
 *     move.2008-04.date            the date of that entry, in years
 */
#ifndef SPIRAL_PARAMETER_H
#define SPIRAL_PARAMETER_H

#include "sim/tables.h"

/* A parameter, found once by its name and then set as often as a sweep wants. It points into the
 * scenario and the constants in which it was found, and holds as long as they stay in place. */
struct spiral_parameter {
    const struct spiral_field *field; /* what it means, its unit and default */
    double low; /* the bounds, inclusive: the field's, or for a date the run's */
    double high;
    double *value;                /* the number; NULL: a series, or numbers of doctrines */
    struct spiral_series *series; /* the series; NULL: a single number */
    const void *key;              /* tells the parameters of one scenario apart */
    struct spiral_scenario *scenario;
    enum spiral_parameter_scope {
        SPIRAL_SCOPE_ONE,   /* the number alone, or the series */
        SPIRAL_SCOPE_ALL,   /* a number of every doctrine of a state, at the start and later */
        SPIRAL_SCOPE_SHIFT, /* what is added to it in every doctrine, within 0..1 */
        SPIRAL_SCOPE_PRESET /* all numbers of the doctrine at the start: those of a preset */
    } scope;
    int doctrine_of;     /* the state of all but SCOPE_ONE; else -1 */
    int doctrine_number; /* enum spiral_doctrine_number of the same; else -1 */
    bool date;           /* the date of an entry */
};

/* The present value: of a series and of a shift what leaves it as it is, 1 and 0; of a number of
 * every doctrine NaN where the doctrines differ, of a preset where the numbers are of none. */
double spiral_parameter_present(const struct spiral_parameter *parameter);

/* Finds the parameter of this name in a scenario (NULL: none) and constants (NULL: none).
 * SPIRAL_BAD_INPUT where there is none, with the nearest valid name; *parameter is then as it
 * was. */
enum spiral_status spiral_parameter_find(struct spiral_parameter *parameter,
                                         struct spiral_scenario *scenario,
                                         struct spiral_constants *constants, const char *name,
                                         struct spiral_error *error);

/* Sets a parameter that was found to a value, low <= value <= high, which is not checked. A series
 * is scaled, and doctrines are shifted, from `given`: the same parameter in a copy of the scenario
 * as it was before, or this parameter itself. */
void spiral_parameter_put(const struct spiral_parameter *parameter,
                          const struct spiral_parameter *given, double value);

/* Finds and sets one parameter. SPIRAL_BAD_INPUT for an unknown name, with the nearest valid one,
 * and for a value out of bounds; nothing is changed then. `error` may be NULL. */
enum spiral_status spiral_parameter_set(struct spiral_scenario *scenario,
                                        struct spiral_constants *constants, const char *name,
                                        double value, struct spiral_error *error);

/* Calls `visit` for every parameter of a scenario (NULL: the constants alone) in the order of the
 * tables, with its field and present value (of a series: 1; of what is taken from elsewhere by
 * default: that value). Setting it to that value changes nothing. `name` holds during the call. A
 * pair is listed in the order of the file alone, and a number of a doctrine as it is at the start:
 * the names doctrine.X.y.all, doctrine.X.y.shift and X.doctrine are found, and not listed. */
void spiral_parameter_list(const struct spiral_scenario *scenario,
                           const struct spiral_constants *constants,
                           void (*visit)(void *context, const char *name,
                                         const struct spiral_field *field, double value),
                           void *context);

/* Calls `visit` for every parameter of a scenario and constants, in the same order, as
 * spiral_parameter_find() gives it. */
void spiral_parameter_each(struct spiral_scenario *scenario, struct spiral_constants *constants,
                           void (*visit)(void *context, const char *name,
                                         const struct spiral_parameter *parameter),
                           void *context);

/* Whether `word` begins names of parameters that belong to no state: k, doctrine, move. No state
 * may have such an id. */
bool spiral_parameter_is_prefix(const char *word);

#endif
