/* SPDX-License-Identifier: MIT
 *
 * The figures of an account of causes (why/why.h) and of the gain of the loop (why/gain.h), with
 * all their texts: the same in a chart, a report and the window.
 */
#ifndef SPIRAL_FIGURE_ACCOUNT_H
#define SPIRAL_FIGURE_ACCOUNT_H

#include "render/figure/gain.h"
#include "render/figure/why.h"
#include "why/gain.h"
#include "why/why.h"

/* The figure of one outcome, and what it refers to. */
struct spiral_why_picture;
/* Makes it; NULL where there is no memory. What the account was given must outlive it. The caller
 * destroys it. */
struct spiral_why_picture *spiral_why_picture_create(const struct spiral_why *why,
                                                     enum spiral_why_outcome outcome,
                                                     enum spiral_language language);
void spiral_why_picture_destroy(struct spiral_why_picture *picture); /* NULL is legal */
const struct spiral_why_figure *spiral_why_picture_figure(const struct spiral_why_picture *picture);

/* The same of the gain, which must have two dates or more. */
struct spiral_gain_picture;
struct spiral_gain_picture *spiral_gain_picture_create(const struct spiral_gains *gains,
                                                       const struct spiral_why_case *given,
                                                       enum spiral_language language);
void spiral_gain_picture_destroy(struct spiral_gain_picture *picture); /* NULL is legal */
const struct spiral_gain_figure *spiral_gain_picture_figure(
    const struct spiral_gain_picture *picture);

#endif
