/* SPDX-License-Identifier: MIT
 *
 * Joins the stores of an experiment's shards.
 */
#include "tools/spiral/commands.h"
#include "tools/store/store.h"

static const struct spiral_option options[] = {{.name = NULL}};

static int run_command(int argc, char **argv)
{
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_merge, argc, argv, NULL);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first < 2) {
        spiral_complain("merge: which stores? usage: spiral merge OUT STORE...");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    const enum spiral_status status =
        spiral_store_merge(argv[first], (const char *const *)(argv + first + 1),
                           (size_t)(argc - first - 1), &error);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

const struct spiral_command spiral_command_merge = {
    "merge", "OUT STORE...", "join the stores of a sweep's shards into one",
    options, run_command,    NULL};
