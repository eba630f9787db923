/* SPDX-License-Identifier: MIT */
#include "tools/draw/play_table.h"

int spiral_play_save(const struct spiral_play_table *table)
{
    struct spiral_error error;

    return table->save == NULL ||
                   spiral_game_save(table->game, table->case_name, table->save, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}
