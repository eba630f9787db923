/* SPDX-License-Identifier: MIT
 *
 * Runs some of a store's cells again and compares every figure to the bit.
 */
#include "tools/runner/runner.h"
#include "tools/spiral/commands.h"

enum { OPTION_POINTS, OPTION_SEED };
static const struct spiral_option options[] = {
    [OPTION_POINTS] = {"points", "N", "so many points, drawn at random (default 16)"},
    [OPTION_SEED] = {"seed", "S", "seed of the draw (default 1)"},
    {NULL, NULL, NULL},
};

struct request {
    uint64_t points;
    uint64_t seed;
};

static bool take(void *context, int option, const char *argument)
{
    struct request *request = context;
    unsigned long long number;

    if (option == OPTION_SEED)
        return spiral_read_seed(argument, &request->seed);
    if (!spiral_read_whole("points", argument, 1, 1000000000ULL, &number))
        return false;
    request->points = number;

    return true;
}

static int run(int argc, char **argv)
{
    struct request request = {.points = 16, .seed = 1};
    struct spiral_store *store = NULL;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_error error;
    struct spiral_verified verified;
    const int first = spiral_options_read(&spiral_command_verify, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first != 1) {
        spiral_report("verify: %s; usage: spiral verify STORE",
                      first == argc ? "which store?" : "one store at a time");
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
        return spiral_report_error(&error);
    printf("%s: %zu cells run again, every figure the same\n", argv[first], verified.cells);

    if (verified.with_gaps > 0)
        printf("%s: %zu cells left out: some of their replicates are still to be run; `spiral "
               "sweep --resume %s` first\n",
               argv[first], verified.with_gaps, argv[first]);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_verify = {
    "verify", "STORE", "run some of a store's cells again and compare every figure to the bit",
    options,  run,     NULL};
