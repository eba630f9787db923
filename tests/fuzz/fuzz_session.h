/* SPDX-License-Identifier: MIT
 *
 * The target of saved sessions: a scenario with options in its first comment. What loads plays, and
 * takes choices that the input decides; and it saves to a file that loads again with the same
 * options and runs to the same bits.
 */
#ifndef SPIRAL_TEST_FUZZ_SESSION_H
#define SPIRAL_TEST_FUZZ_SESSION_H

#include "render/live/session.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/whole_input.h"
#include "sim/step.h"
#include "tests/fuzz/fuzz.h"

enum { FUZZ_SESSION_STEPS = 600, FUZZ_SESSION_PLAYED = 24 };

static inline enum spiral_status fuzz_read_options(const char *path,
                                                   struct spiral_constants *constants,
                                                   struct spiral_plan_options *options,
                                                   uint64_t *seed, struct spiral_error *error)
{
    char *text;
    size_t length;
    enum spiral_status status = spiral_whole_input_read(path, &text, &length, error);

    if (status == SPIRAL_OK)
        status = spiral_session_read_options(text, constants, options, seed, error);
    free(text);

    return status;
}

/* A session of the file; NULL where the file is refused, or its run would take too long here. */
static inline struct spiral_session *fuzz_open_session(const char *path)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_session *session = NULL;
    struct spiral_error error = {0};
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    uint64_t seed = 1;

    spiral_diagnostics_init(&diagnostics);

    enum spiral_status status = spiral_scenario_load(&scenario, path, &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);
    if (status == SPIRAL_OK)
        status = fuzz_read_options(path, &constants, &options, &seed, &error);
    else
        snprintf(error.message, sizeof error.message, "see the diagnostics");
    fuzz_require_error(status, &error);

    if (status == SPIRAL_OK &&
        spiral_step_count(scenario.start, scenario.end, scenario.dt) <= FUZZ_SESSION_STEPS)
        fuzz_require_error(spiral_session_create(&session, &scenario, &constants, &options, seed,
                                                 &error),
                           &error);

    spiral_scenario_clear(&scenario);

    return session;
}

/* A choice that a byte decides. Those that the scenario does not allow are refused. */
static inline void fuzz_choose(struct spiral_session *session, uint8_t decision)
{
    struct spiral_error error = {0};
    const int states = (int)session->base.state_count;
    const int actor = decision % states;
    const int target = decision / 8 % states;

    switch (decision % 4) {
    case 0:
        fuzz_require_error(spiral_session_set(session, "k.encircle", decision / 32.0, &error),
                           &error);
        break;
    case 1:
        fuzz_require_error(
            spiral_session_set_doctrine(session, actor,
                                        spiral_doctrines[decision % SPIRAL_DOCTRINES].name, &error),
            &error);
        break;
    case 2:
        fuzz_require_error(spiral_session_move(session, actor, target, decision % SPIRAL_MOVES,
                                               decision / 128.0, &error),
                           &error);
        break;
    case 3: fuzz_require_error(spiral_session_undo(session, &error), &error); break;
    }
}

static inline void fuzz_session(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file("input", data, size);
    struct spiral_session *session = fuzz_open_session(path);
    struct spiral_error error = {0};

    if (session == NULL)
        return;

    for (size_t i = 0; i < 4; i++) {
        spiral_session_seek(session, (long)i * FUZZ_SESSION_PLAYED / 4);
        fuzz_choose(session, data[size * i / 4]);
    }

    spiral_session_seek(session, FUZZ_SESSION_PLAYED);

    const uint64_t hash = spiral_session_hash(session);

    fuzz_require(spiral_session_save(session, path, &error) == SPIRAL_OK);

    struct spiral_session *again = fuzz_open_session(path);

    fuzz_require(again != NULL && again->seed == session->seed);
    spiral_session_seek(again, FUZZ_SESSION_PLAYED);
    fuzz_require(spiral_session_hash(again) == hash);
    spiral_session_destroy(again);
    spiral_session_destroy(session);
}

#endif
