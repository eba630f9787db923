/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_LIBRARY_DESCRIPTIONS_H
#define SPIRAL_LIBRARY_DESCRIPTIONS_H

#include "sim/tables.h"

/* The description of a row of a table, under its own name. */
struct spiral_description spiral_description_of(const struct spiral_field *field);

#endif
