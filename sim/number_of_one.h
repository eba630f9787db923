/* SPDX-License-Identifier: MIT
 *
 * A number of the step on a device, where each work item has one run: see sim/number.h.
 */
#ifndef SPIRAL_NUMBER_OF_ONE_H
#define SPIRAL_NUMBER_OF_ONE_H

#define SPIRAL_NUMBER_RUNS 1
#define NUMBER_OPERATION static inline

typedef double number;
typedef ulong number_bits;
typedef int truth;

NUMBER_OPERATION number number_load(const double *lanes) { return *lanes; }
NUMBER_OPERATION void number_store(double *lanes, number x) { *lanes = x; }
NUMBER_OPERATION number_bits number_load_bits(const ulong *lanes) { return *lanes; }
NUMBER_OPERATION void number_store_bits(ulong *lanes, number_bits x) { *lanes = x; }
NUMBER_OPERATION number number_of(double x) { return x; }
NUMBER_OPERATION number number_choose(truth is, number a, number b) { return is ? a : b; }
NUMBER_OPERATION number number_min(number a, number b) { return a < b ? a : b; }
NUMBER_OPERATION number number_max(number a, number b) { return a > b ? a : b; }
NUMBER_OPERATION number number_of_bits(number_bits whole)
{
    return as_double(whole | 0x4330000000000000UL) - 0x1p52;
}

#endif
