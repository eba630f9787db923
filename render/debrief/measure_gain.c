/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/debrief/debrief.h"
#include "why/gain.h"

enum spiral_status spiral_debrief_measure_gain(const struct spiral_game *game,
                                               const struct spiral_workers *workers,
                                               struct spiral_debrief_gain *gain,
                                               struct spiral_error *error)
{
    const struct spiral_why_case given = {&game->scenario, &game->constants, &game->options,
                                          game->setup.seed};
    struct spiral_gains measured;
    enum spiral_status status =
        spiral_gains_measure(&measured, &given, SPIRAL_DEBRIEF_GAIN_RUNS, workers, error);

    gain->runs = SPIRAL_DEBRIEF_GAIN_RUNS;

    if (status == SPIRAL_OK) {
        gain->date = calloc(measured.count + 1, sizeof *gain->date);
        gain->gain = calloc(measured.count + 1, sizeof *gain->gain);
        if (gain->date == NULL || gain->gain == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the gain");
    }

    for (size_t i = 0; status == SPIRAL_OK && i < measured.count; i++) {
        gain->date[i] = measured.at[i].date;
        gain->gain[i] = measured.at[i].gain;
        gain->count++;
    }

    spiral_gains_clear(&measured);

    return status;
}
