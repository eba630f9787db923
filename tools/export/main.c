/* SPDX-License-Identifier: MIT */
#include "tools/export/commands.h"

#define ENTRY(name) &spiral_command_##name,
static const struct spiral_command *const commands[] = {SPIRAL_COMMAND_TABLE(ENTRY) NULL};
#undef ENTRY

int main(int argc, char **argv)
{
    const struct spiral_program program = {commands, NULL};
    return spiral_program_main(&program, argc, argv);
}
