/* SPDX-License-Identifier: MIT */
#include "tools/draw/play_gain.h"

#include "tools/farm/farm.h"

enum spiral_status spiral_play_measure_gain(const struct spiral_game *game,
                                            struct spiral_debrief_gain *gain,
                                            struct spiral_error *error)
{
    const struct spiral_workers workers = spiral_farm_workers(0);

    return spiral_debrief_measure_gain(game, &workers, gain, error);
}
