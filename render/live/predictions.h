/* SPDX-License-Identifier: MIT
 *
 * What was predicted in a lesson: an answer to each question, which can be changed until it is
 * locked, and what the runs said then. Once a question has been put and until its answer is locked
 * a front end must show nothing that the runs say: spiral_predictions_are_open().
 */
#ifndef SPIRAL_LIVE_PREDICTIONS_H
#define SPIRAL_LIVE_PREDICTIONS_H

#include <time.h>

#include "render/live/lesson.h"

struct spiral_prediction {
    bool put;       /* the question was shown */
    double put_at;  /* seconds of the front end's clock */
    int chosen;     /* the answer, -1: none yet */
    bool locked;    /* it can no longer be changed */
    double seconds; /* from the question to the lock */
    time_t when;    /* of the lock */
    bool revealed;
    struct spiral_lesson_answer answer; /* where it is revealed */
};

struct spiral_predictions {
    size_t count;                    /* the steps of the lesson */
    struct spiral_prediction *items; /* [count], owned */
};

/* SPIRAL_NO_MEMORY leaves it empty. */
enum spiral_status spiral_predictions_create(struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson,
                                             struct spiral_error *error);
void spiral_predictions_clear(struct spiral_predictions *predictions);

/* Whether a step asks something. */
bool spiral_prediction_is_asked(const struct spiral_lesson *lesson, size_t step);
/* The step is shown; `now` in seconds of the front end's clock. */
void spiral_predictions_put(struct spiral_predictions *predictions,
                            const struct spiral_lesson *lesson, size_t step, double now);
/* Whether a question that was put waits for its answer. */
bool spiral_predictions_are_open(const struct spiral_predictions *predictions);
/* Chooses an answer; does nothing once it is locked. */
void spiral_predictions_choose(struct spiral_predictions *predictions, size_t step, int answer);
/* Locks the answer that was chosen; false where there is none, or it was locked before. */
bool spiral_predictions_lock(struct spiral_predictions *predictions, size_t step, double now,
                             time_t when);
/* Lets the runs answer, where the answer is locked; see spiral_lesson_reveal(). */
enum spiral_status spiral_predictions_reveal(struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson, size_t step,
                                             uint64_t runs, uint64_t seed,
                                             struct spiral_error *error);

/* The first answer of a step that the runs support in a language, "" where none is. */
const char *spiral_prediction_truth(const struct spiral_prediction *prediction,
                                    const struct spiral_lesson_step *step, const char *language);

/* Writes what was locked so far as CSV: time (UTC), lesson, step, question, answer, seconds,
 * whether it holds, which answers hold, and what was measured. Whole or not at all. */
enum spiral_status spiral_predictions_export(const struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson,
                                             const char *language, const char *path,
                                             struct spiral_error *error);

#endif
