/* SPDX-License-Identifier: MIT */
#include "render/live/play_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/whole_file.h"
#include "sim/step.h"

uint64_t spiral_game_hash(const struct spiral_game *game)
{
    return spiral_session_hash(game->session);
}

/* The place of a turn in its file. */
static void place_error(const struct spiral_play_turn *turn, const char *path,
                        struct spiral_error *error)
{
    snprintf(error->file, sizeof error->file, "%s", path);
    error->line = turn->line;
    error->column = turn->column;
}

static enum spiral_status play_turns(struct spiral_game *game,
                                     const struct spiral_play_game_file *file, const char *path,
                                     struct spiral_error *error)
{
    for (size_t t = 0; t < file->turn_count; t++) {
        if (game->phase == SPIRAL_PLAY_NEWS)
            spiral_game_go_on(game);

        const enum spiral_status status =
            game->phase == SPIRAL_PLAY_END
                ? spiral_error_set(error, SPIRAL_BAD_INPUT,
                                   "the game ends after %d rounds; this turn is one too many",
                                   game->setup.rounds)
                : spiral_game_decide(game, &file->turns[t], error);

        if (status != SPIRAL_OK) {
            place_error(&file->turns[t], path, error);
            return status;
        }
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_game_resume(struct spiral_game **out,
                                      const struct spiral_play_game_file *file,
                                      const struct spiral_constants *constants, const char *path,
                                      struct spiral_error *error)
{
    struct spiral_game *game;
    char state[17];
    enum spiral_status status =
        spiral_game_create(&game, &file->scenario, constants, &file->setup, error);

    *out = NULL;
    if (status != SPIRAL_OK)
        return status;
    status = play_turns(game, file, path, error);
    snprintf(state, sizeof state, "%016llx", (unsigned long long)spiral_game_hash(game));

    if (status == SPIRAL_OK && file->state[0] != '\0' && strcmp(file->state, state) != 0) {
        status =
            spiral_error_set(error, SPIRAL_BAD_INPUT,
                             "the game runs otherwise than when it was saved: the case '%s' or "
                             "the program's constants have changed since; remove the line "
                             "'state:' to play on as it runs now",
                             file->scenario.name);
        snprintf(error->file, sizeof error->file, "%s", path);
    }

    if (status == SPIRAL_OK)
        *out = game;
    else
        spiral_game_destroy(game);

    return status;
}

enum spiral_status spiral_game_write(const struct spiral_game *game, const char *case_name,
                                     FILE *out, struct spiral_error *error)
{
    struct spiral_play_setup setup = game->setup;
    char state[17];

    setup.from_given = true;
    snprintf(state, sizeof state, "%016llx", (unsigned long long)spiral_game_hash(game));

    return spiral_play_write(&game->base, case_name, &setup, game->turns, game->turn_count, state,
                             out, error);
}

enum spiral_status spiral_game_save(const struct spiral_game *game, const char *case_name,
                                    const char *path, struct spiral_error *error)
{
    struct spiral_whole_file output;
    enum spiral_status status = spiral_whole_file_open(&output, path, NULL, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_game_write(game, case_name, output.file, error);

    return spiral_whole_file_close(&output, status, error);
}

/* --- luck and choice -------------------------------------------------------------------------- */

/* Counts the runs of a plan that come to force and to war between two steps. */
static void count_runs(const struct spiral_game *game, const struct spiral_plan *plan,
                       struct spiral_batch *batch, uint64_t runs, uint64_t *force, uint64_t *war)
{
    const struct spiral_snapshot *start = &game->session->snapshots[game->first];
    const long end = spiral_game_step(game, game->setup.rounds);
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];

    for (uint64_t first = 0; first < runs; first += SPIRAL_LANES) {
        uint64_t stream[SPIRAL_LANES];
        double highest[SPIRAL_LANES] = {0.0};

        for (int l = 0; l < SPIRAL_LANES; l++)
            stream[l] = 1 + first + (uint64_t)l;
        spiral_snapshot_resume(start, batch, plan, game->setup.seed, stream);

        while (batch->step < end) {
            spiral_step(batch);
            for (int q = 0; q < rivals; q++)
                for (int l = 0; l < SPIRAL_LANES; l++) {
                    const double level = spiral_batch_state(batch)->hostility[q][l];
                    highest[l] = level > highest[l] ? level : highest[l];
                }
        }

        for (int l = 0; l < SPIRAL_LANES && first + (uint64_t)l < runs; l++) {
            *force += highest[l] >= 4.0;
            *war += highest[l] >= 5.0;
        }
    }
}

enum spiral_status spiral_game_risks(const struct spiral_game *game, uint64_t runs,
                                     struct spiral_play_risks *risks, struct spiral_error *error)
{
    struct spiral_plan *history = NULL;
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status =
        batch == NULL
            ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for runs")
            : spiral_plan_create(&history, &game->base, &game->constants, &game->options, error);

    *risks = (struct spiral_play_risks){.runs = runs};

    if (status == SPIRAL_OK) {
        count_runs(game, game->session->plan, batch, runs, &risks->force[0], &risks->war[0]);
        count_runs(game, history, batch, runs, &risks->force[1], &risks->war[1]);
    }

    spiral_plan_destroy(history);
    spiral_batch_destroy(batch);

    return status;
}
