/* SPDX-License-Identifier: MIT */
#include "tools/json/json_text.h"
#include "tools/spiral/commands.h"

#define ENTRY(name) &spiral_command_##name,
static const struct spiral_command *const commands[] = {SPIRAL_COMMAND_TABLE(ENTRY) NULL};
#undef ENTRY

#define ENTRY(command, program, summary, package) {command, program, summary, package},
static const struct spiral_delegated_command delegated[] = {
    SPIRAL_DELEGATED_TABLE(ENTRY){NULL, NULL, NULL, NULL}};
#undef ENTRY

int main(int argc, char **argv)
{
    const struct spiral_program program = {commands, delegated};

    spiral_json_watch_memory();

    return spiral_program_main(&program, argc, argv);
}
