/* SPDX-License-Identifier: MIT
 *
 * The commands of the program `spiral-draw`.
 */
#ifndef SPIRAL_DRAW_COMMANDS_H
#define SPIRAL_DRAW_COMMANDS_H

#include "tools/cli/command.h"

#define SPIRAL_COMMAND_TABLE(X) X(chart) X(report) X(view) X(play)
#define SPIRAL_COMMAND_ENTRY(name) extern const struct spiral_command spiral_command_##name;
SPIRAL_COMMAND_TABLE(SPIRAL_COMMAND_ENTRY)
#undef SPIRAL_COMMAND_ENTRY

#endif
