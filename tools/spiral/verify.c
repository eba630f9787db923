/* SPDX-License-Identifier: MIT
 *
 * Runs some of a store's cells again and compares every value bit by bit.
 */
#include "tools/runner/runner.h"
#include "tools/spiral/commands.h"

struct request {
    uint64_t points;
    uint64_t seed;
};

static const struct spiral_option options[] = {
    {"points", "N", "verify this many points, chosen at random (default 16)", SPIRAL_OPTION_WHOLE,
     .place = SPIRAL_OPTION_PLACE(uint64_t, struct request, points), .least = 1,
     .most = 1000000000},
    {"seed", "S", "seed of the choice (default 1)", SPIRAL_OPTION_WHOLE,
     .place = SPIRAL_OPTION_PLACE(uint64_t, struct request, seed), .most = UINT64_MAX},
    {.name = NULL},
};

static int run_command(int argc, char **argv)
{
    struct request request = {.points = 16, .seed = 1};
    struct spiral_store *store = NULL;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_error error;
    struct spiral_verified verified;
    const int first = spiral_options_read(&spiral_command_verify, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != 1) {
        spiral_complain("verify: %s usage: spiral verify STORE",
                        first == argc ? "which store?" : "one store at a time;");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    enum spiral_status status = spiral_store_open(&store, argv[first], false, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    if (status == SPIRAL_OK)
        status =
            spiral_sweep_verify(&sweep, store, request.points, request.seed, &verified, &error);
    spiral_store_close(store);
    spiral_sweep_clear(&sweep);
    if (status != SPIRAL_OK)
        return spiral_complain_error(&error);
    spiral_say("%s: %zu cells run again, every value the same\n", argv[first], verified.cells);

    if (verified.with_gaps > 0)
        spiral_say("%s: %zu cells left out: some of their replicates have not been run yet; "
                   "`spiral sweep --resume %s` runs them\n",
                   argv[first], verified.with_gaps, argv[first]);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_verify = {
    "verify", "STORE",     "run some of a store's cells again and compare every value bit by bit",
    options,  run_command, NULL};
