/* SPDX-License-Identifier: MIT
 *
 * Games in files: played again from one, and written to one.
 */
#ifndef SPIRAL_LIVE_PLAY_FILE_H
#define SPIRAL_LIVE_PLAY_FILE_H

#include "render/live/play.h"

/* Begins the game of a file and plays its turns. A turn that breaks a rule is SPIRAL_BAD_INPUT
 * with the place of the turn in the file; so is a run that differs from the one that was saved.
 * Statuses are as of spiral_game_create(). */
enum spiral_status spiral_game_resume(struct spiral_game **game,
                                      const struct spiral_play_game_file *file,
                                      const struct spiral_constants *constants, const char *path,
                                      struct spiral_error *error);

/* Writes a game: setup, events, turns, and the hash of the run at the beginning of the present
 * round. SPIRAL_NO_MEMORY, SPIRAL_IO. */
enum spiral_status spiral_game_write(const struct spiral_game *game, const char *case_name,
                                     FILE *out, struct spiral_error *error);
/* The same into a file, whole or not at all. */
enum spiral_status spiral_game_save(const struct spiral_game *game, const char *case_name,
                                    const char *path, struct spiral_error *error);

/* The hash of the run at the beginning of the present round: equal games have equal hashes. */
uint64_t spiral_game_hash(const struct spiral_game *game);

/* Of how many runs from the first round to the last come to the use of force and to war: under
 * what was played, and under the whole history of the case, on the same draws (streams 1, 2, ...
 * of the seed). For END. */
struct spiral_play_risks {
    uint64_t runs;
    uint64_t force[2]; /* [0] played, [1] history */
    uint64_t war[2];
};
enum spiral_status spiral_game_risks(const struct spiral_game *game, uint64_t runs,
                                     struct spiral_play_risks *risks, struct spiral_error *error);

#endif
