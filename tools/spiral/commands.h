/* SPDX-License-Identifier: MIT
 *
 * The commands of the program `spiral`, in the order of its help: each is defined in a file of
 * its name; and the commands that it delegates to a program beside it.
 */
#ifndef SPIRAL_SPIRAL_COMMANDS_H
#define SPIRAL_SPIRAL_COMMANDS_H

#include "tools/cli/command.h"

/* clang-format off */
#define SPIRAL_COMMAND_TABLE(X) \
    X(run) X(why) X(compare) X(check) X(params) X(outcomes) X(facts) X(sweep) X(merge) X(verify) \
    X(analyse) X(claims) X(calibrate) X(robust) X(game) X(panel)
/* clang-format on */

/* X(command, program, summary, package) */
#define SPIRAL_DELEGATED_TABLE(X) \
    X("export", "spiral-export", "write a store's points, runs or trajectories as CSV or NetCDF", \
      "libnetcdf-dev") \
    X("chart", "spiral-draw", "draw a figure: timeline of a case, branches, maps, sensitivity", \
      "libpango1.0-dev") \
    X("report", "spiral-draw", \
      "write one HTML page about a case or a store: figures, tables, sources", "libpango1.0-dev") \
    X("view", "spiral-draw", "open a window in which history is replayed live, with levers", \
      "libpango1.0-dev and libsdl2-dev") \
    X("play", "spiral-draw", "play a game of sides: each seat sees what its state perceives", \
      "libpango1.0-dev")

#define SPIRAL_COMMAND_ENTRY(name) extern const struct spiral_command spiral_command_##name;
SPIRAL_COMMAND_TABLE(SPIRAL_COMMAND_ENTRY)
#undef SPIRAL_COMMAND_ENTRY

#endif
