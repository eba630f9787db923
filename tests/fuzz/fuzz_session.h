/* SPDX-License-Identifier: MIT
 *
 * The target of saved sessions: a scenario with options in its first comment. What loads plays, and
 * takes choices and keeps branches that the input decides; and it saves to a file that loads again
 * as the same session, with the same bits.
 */
#ifndef SPIRAL_TEST_FUZZ_SESSION_H
#define SPIRAL_TEST_FUZZ_SESSION_H

#include "render/live/saved.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/step.h"
#include "tests/fuzz/fuzz.h"

enum { FUZZ_SESSION_STEPS = 600, FUZZ_SESSION_PLAYED = 24 };

/* Reads what the file says beyond its scenario: options, and the session that it carries. */
static inline enum spiral_status fuzz_read_session(const char *path,
                                                   const struct spiral_scenario *scenario,
                                                   struct spiral_saved_session *saved, char **text,
                                                   struct spiral_session **session)
{
    struct spiral_error error = {0};
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    uint64_t seed = 1;
    size_t length;
    enum spiral_status status = spiral_whole_input_read(path, text, &length, &error);

    if (status == SPIRAL_OK)
        status = spiral_saved_session_read(saved, *text, "input", scenario, &error);
    if (status == SPIRAL_OK)
        status = spiral_session_read_options(*text, &constants, &options, &seed, &error);
    if (status == SPIRAL_OK)
        status = spiral_session_create(session, saved->found ? &saved->base : scenario, &constants,
                                       &options, seed, &error);
    if (status == SPIRAL_OK && saved->found) /* it was read once, so it can be applied */
        fuzz_require(spiral_saved_session_apply(saved, *session, &error) == SPIRAL_OK);
    fuzz_require_error(status, &error);

    return status;
}

/* A session of the file; NULL where the file is refused, or its run would take too long here. */
static inline struct spiral_session *fuzz_open_session(const char *path)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_saved_session saved = {.base = spiral_scenario_defaults()};
    struct spiral_session *session = NULL;
    char *text = NULL;

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status = spiral_scenario_load(&scenario, path, &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);
    if (status == SPIRAL_OK &&
        spiral_step_count(scenario.start, scenario.end, scenario.dt) <= FUZZ_SESSION_STEPS)
        fuzz_read_session(path, &scenario, &saved, &text, &session);

    spiral_saved_session_clear(&saved);
    spiral_scenario_clear(&scenario);
    free(text);

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

/* Keeps the run as a branch, or drops the first one, as a byte decides. */
static inline void fuzz_branch_session(struct spiral_session *session, uint8_t decision)
{
    struct spiral_error error = {0};
    char name[SPIRAL_BRANCH_NAME];

    spiral_session_branch_name(session, decision % 2 != 0 ? "zh" : "en", name);
    if (decision % 8 == 0)
        spiral_session_drop_branch(session, 0);
    else if (decision % 8 < 4)
        fuzz_require_error(spiral_session_add_branch(session, name, NULL, 0, &error), &error);
}

/* What was saved is there again: log, branches and present. */
static inline void fuzz_require_same(const struct spiral_session *session,
                                     const struct spiral_session *again)
{
    fuzz_require(again->seed == session->seed && again->present == session->present &&
                 again->choice_count == session->choice_count &&
                 again->branch_count == session->branch_count);

    for (size_t b = 0; b < session->branch_count; b++) {
        const struct spiral_session_branch *one = &session->branches[b];
        const struct spiral_session_branch *two = &again->branches[b];

        fuzz_require(one->colour == two->colour && one->choice_count == two->choice_count &&
                     one->steps == two->steps &&
                     memcmp(one->rows, two->rows, ((size_t)one->steps + 1) * sizeof *one->rows) ==
                         0);
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
        fuzz_branch_session(session, data[size * i / 4]);
    }

    spiral_session_seek(session, FUZZ_SESSION_PLAYED);

    const uint64_t hash = spiral_session_hash(session);

    fuzz_require(spiral_session_save(session, path, &error) == SPIRAL_OK);

    struct spiral_session *again = fuzz_open_session(path);

    fuzz_require(again != NULL);
    fuzz_require_same(session, again);
    fuzz_require(spiral_session_hash(again) == hash);
    spiral_session_destroy(again);
    spiral_session_destroy(session);
}

#endif
