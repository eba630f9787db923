/* SPDX-License-Identifier: MIT
 *
 * The target of games and of facilitators' events: whatever a file says, it is played or refused
 * with a reason; what is saved of it runs to the same state.
 */
#ifndef SPIRAL_TEST_FUZZ_PLAY_H
#define SPIRAL_TEST_FUZZ_PLAY_H

#include "render/live/play_file.h"
#include "tests/fuzz/fuzz.h"

/* The game of a file; NULL where it is refused. */
static inline struct spiral_game *fuzz_open_game(const char *text, size_t length)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_play_game_file file;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_error error = {0};
    struct spiral_game *game = NULL;

    spiral_diagnostics_init(&diagnostics);
    enum spiral_status status = spiral_play_load_text(&file, text, length, "input", &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);

    if (status == SPIRAL_OK) {
        status = spiral_game_resume(&game, &file, &constants, "input", &error);
        fuzz_require_error(status, &error);
        fuzz_require((status == SPIRAL_OK) == (game != NULL));
    }

    spiral_play_game_file_clear(&file);

    return game;
}

static inline void fuzz_play(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_play_events events;
    struct spiral_error error;
    char *text = malloc(size + 1);

    fuzz_require(text != NULL &&
                 setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1) == 0);
    memcpy(text, data, size);
    text[size] = '\0';
    spiral_diagnostics_init(&diagnostics);
    fuzz_require_diagnostics(spiral_play_events_load_text(&events, NULL, text, size, "input",
                                                          &diagnostics),
                             &diagnostics);
    spiral_play_events_clear(&events);

    struct spiral_game *game = fuzz_open_game(text, size);

    free(text);
    if (game == NULL)
        return;

    char *told = spiral_play_tell(game, size % 2 == 0 ? "en" : "zh");

    fuzz_require(told != NULL);
    free(told);

    char *saved = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&saved, &length);

    fuzz_require(out != NULL &&
                 spiral_play_write(&game->base, game->base.name, &game->setup, game->turns,
                                   game->turn_count, "", out, &error) == SPIRAL_OK);
    fclose(out);

    struct spiral_game *again = fuzz_open_game(saved, length);

    fuzz_require(again != NULL && again->turn_count == game->turn_count);
    fuzz_require(spiral_game_hash(again) == spiral_game_hash(game));
    spiral_game_destroy(again);
    spiral_game_destroy(game);
    free(saved);
}

#endif
