/* SPDX-License-Identifier: MIT
 *
 * A lesson in a session: its steps set the levers, and its reveals run ensembles.
 */
#ifndef SPIRAL_LIVE_LESSON_H
#define SPIRAL_LIVE_LESSON_H

#include "render/live/session.h"
#include "scenarios/loader/lesson.h"
#include "sim/intervals.h"

/* Sets a session as a step's levers say; does nothing where the step has none. A case of another
 * name needs another session: *session is then destroyed and replaced. It may be NULL at first. A
 * restart of the same case keeps the branches. After an error the session can still be used. */
enum spiral_status spiral_lesson_apply(const struct spiral_lesson *lesson, size_t step,
                                       struct spiral_session **session, struct spiral_error *error);

/* What the runs say about a step. */
struct spiral_lesson_answer {
    double value[SPIRAL_LESSON_MEASURES]; /* of each measure */
    /* of each measure that is a risk of war or of force */
    struct spiral_lesson_risk {
        bool told;
        struct spiral_interval sampling; /* 95 %, of so many runs */
        bool by_constants;
        struct spiral_interval constants; /* 90 %, over the sets that the runs are spread over */
    } risk[SPIRAL_LESSON_MEASURES];
    bool holds[SPIRAL_LESSON_CHOICES]; /* of each answer that a measure judges */
};

/* Runs the ensembles of a step's reveal: `runs` of each measure (1000 is usual) under the same
 * streams 0, 1, ... of `seed`, from the start of its case. A tenth of a second or so a measure:
 * it touches no session, so a thread may call it. */
enum spiral_status spiral_lesson_reveal(const struct spiral_lesson *lesson, size_t step,
                                        uint64_t runs, uint64_t seed,
                                        struct spiral_lesson_answer *answer,
                                        struct spiral_error *error);

/* What was measured, as texts say it: "37 %", below a tenth "7.8 %"; a difference of shares in
 * percentage points, "−4.2"; or "0.42". */
void spiral_lesson_write_value(const struct spiral_lesson_measure *measure, double value,
                               char text[40]);

/* The reveal's text in a language, and the sentences that hold, with what was measured in place of
 * each {name}; a risk with its intervals in brackets, and a last sentence that says what they are.
 * NULL where there is no memory; the caller frees it. */
char *spiral_lesson_tell(const struct spiral_lesson_step *step,
                         const struct spiral_lesson_answer *answer, const char *language);

#endif
