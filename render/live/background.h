/* SPDX-License-Identifier: MIT
 *
 * What the threads behind a window have in common.
 */
#ifndef SPIRAL_LIVE_BACKGROUND_H
#define SPIRAL_LIVE_BACKGROUND_H

/* How many threads beside one that works have a processor to run on: at most `most`. */
int spiral_background_helpers(int most);

/* The calling thread steps back behind the drawing, but keeps a share of a busy machine. Linux has
 * that for single threads; elsewhere all threads are alike. */
void spiral_background_step_back(void);

#endif
