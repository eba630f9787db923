/* SPDX-License-Identifier: MIT
 *
 * The debrief of a game that is over, for every front end: its numbers, its sentences, and its
 * figure with all curves.
 */
#ifndef SPIRAL_DEBRIEF_DEBRIEF_H
#define SPIRAL_DEBRIEF_DEBRIEF_H

#include "parallel/threads.h"
#include "render/figure/played_data.h"
#include "render/figure/words.h"
#include "render/live/play_file.h"

/* Runs of a debrief: of its risks, and of its gain. */
enum { SPIRAL_DEBRIEF_RUNS = 1000, SPIRAL_DEBRIEF_GAIN_RUNS = 64 };

/* The gain of the loop of fear by date, as somebody has measured it. */
struct spiral_debrief_gain {
    uint64_t runs;
    size_t count;
    double *date; /* [count], owned */
    double *gain; /* [count], owned */
};
/* Measures the gain under the choices of a game (why/gain.h). The caller frees the arrays. */
typedef enum spiral_status spiral_debrief_measure(const struct spiral_game *game,
                                                  struct spiral_debrief_gain *gain,
                                                  struct spiral_error *error);

/* The same by these workers. */
enum spiral_status spiral_debrief_measure_gain(const struct spiral_game *game,
                                               const struct spiral_workers *workers,
                                               struct spiral_debrief_gain *gain,
                                               struct spiral_error *error);

struct spiral_debrief {
    const struct spiral_game *game; /* at its END; not owned */
    struct spiral_play_risks risks;
    struct spiral_debrief_gain gain;       /* count 0: not measured */
    long from;                             /* the first step that is shown */
    size_t count;                          /* steps that are shown, with the first */
    double *curves;                        /* owned: what the figure's curves point into */
    double rounds[SPIRAL_PLAY_ROUNDS + 1]; /* dates at which they begin, and the end */
};

/* Measures; `measure` may be NULL. SPIRAL_NO_MEMORY, or what measuring says. The caller clears it,
 * also after an error. */
enum spiral_status spiral_debrief_create(struct spiral_debrief *debrief,
                                         const struct spiral_game *game,
                                         spiral_debrief_measure *measure,
                                         struct spiral_error *error);
void spiral_debrief_clear(struct spiral_debrief *debrief);

/* What happened, luck and choice, the gain: a paragraph each. NULL where there is no memory, and
 * for the gain where it was not measured; the caller frees it. */
char *spiral_debrief_summary(const struct spiral_debrief *debrief, enum spiral_language language);
char *spiral_debrief_luck(const struct spiral_debrief *debrief, enum spiral_language language);
char *spiral_debrief_gain_text(const struct spiral_debrief *debrief, enum spiral_language language);

/* Room for the names of a figure's panels and curves. */
struct spiral_debrief_names {
    size_t count;
    char text[64][240];
};
/* The figure; it points into the debrief and the names. */
void spiral_debrief_figure(struct spiral_debrief *debrief, const struct spiral_theme *theme,
                           enum spiral_language language, struct spiral_debrief_names *names,
                           struct spiral_played_figure *figure);

#endif
