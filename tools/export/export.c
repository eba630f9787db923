/* SPDX-License-Identifier: MIT */
#include "tools/export/export.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/export/commands.h"

enum { OPTION_WHAT, OPTION_FORMAT, OPTION_OUT };
static const struct spiral_option options[] = {
    [OPTION_WHAT] = {"what", "points|runs|trajectories",
                     "means by point (default), each run's outcomes, or the kept trajectories"},
    [OPTION_FORMAT] = {"format", "csv|netcdf", "tidy CSV (default) or NetCDF-4"},
    [OPTION_OUT] = {"out", "FILE",
                    "write there instead of to stdout, whole or not at all; NetCDF needs it"},
    {NULL, NULL, NULL},
};

struct request {
    enum spiral_export_what what;
    bool netcdf;
    const char *out;
};

/* Reads one of a few words. */
static bool choose(const char *option, const char *argument, const char *const *words, size_t count,
                   int *chosen)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], argument) == 0) {
            *chosen = (int)i;
            return true;
        }
    spiral_report("--%s: '%s' is none of %s, %s%s%s", option, argument, words[0], words[1],
                  count > 2 ? ", " : "", count > 2 ? words[2] : "");

    return false;
}

static bool take(void *context, int option, const char *argument)
{
    static const char *const what[] = {"points", "runs", "trajectories"};
    static const char *const format[] = {"csv", "netcdf"};
    struct request *request = context;
    int chosen = 0;

    switch (option) {
    case OPTION_WHAT:
        if (!choose("what", argument, what, 3, &chosen))
            return false;
        request->what = (enum spiral_export_what)chosen;
        return true;
    case OPTION_FORMAT:
        if (!choose("format", argument, format, 2, &chosen))
            return false;
        request->netcdf = chosen == 1;
        return true;
    default: request->out = argument; return true;
    }
}

static int write_csv(const struct spiral_export *export, const struct request *request)
{
    struct spiral_output output;
    struct spiral_error error;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;

    if (spiral_export_csv(export, output.file, &error) != SPIRAL_OK) {
        spiral_output_discard(&output);
        return spiral_report_error(&error);
    }

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* The library writes a file of its own name: beside the target, which it replaces at the end. */
static int write_netcdf(const struct spiral_export *export, const struct request *request)
{
    struct spiral_output output;
    struct spiral_error error;

    if (!spiral_output_open(&output, request->out))
        return SPIRAL_EXIT_FAILED;

    if (spiral_export_netcdf(export, output.temporary, &error) != SPIRAL_OK) {
        spiral_output_discard(&output);
        return spiral_report_error(&error);
    }

    return spiral_output_close(&output) ? SPIRAL_EXIT_OK : SPIRAL_EXIT_FAILED;
}

/* An unfinished sweep is exported as it is, but not without a word. */
static enum spiral_status tell_unfinished(struct spiral_store *store, const char *path,
                                          struct spiral_error *error)
{
    int64_t cells;
    int64_t done = 0;
    enum spiral_status status =
        spiral_store_count(store, "SELECT count(*) FROM cell", &cells, error);

    if (status == SPIRAL_OK)
        status = spiral_store_count(store, "SELECT count(*) FROM cell WHERE done", &done, error);

    if (status == SPIRAL_OK && done < cells)
        spiral_report(
            "%s: %" PRId64 " of %" PRId64
            " cells are finished; what there is, is exported. `spiral sweep --resume %s` goes on",
            path, done, cells, path);

    return status;
}

static int run(int argc, char **argv)
{
    struct request request = {.what = SPIRAL_EXPORT_POINTS};
    struct spiral_export export = {.store = NULL};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_export, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (argc - first != 1) {
        spiral_report("export: %s; usage: spiral export STORE",
                      first == argc ? "which store?" : "one store at a time");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request.netcdf && request.out == NULL) {
        spiral_report("export: --format netcdf needs --out FILE: NetCDF is no text");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    enum spiral_status status = spiral_store_open(&store, argv[first], false, &error);

    if (status == SPIRAL_OK)
        status = spiral_export_read(&export, store, request.what, &error);
    if (status == SPIRAL_OK)
        status = tell_unfinished(store, argv[first], &error);

    int exit_status = status != SPIRAL_OK ? spiral_report_error(&error)
                      : request.netcdf    ? write_netcdf(&export, &request)
                                          : write_csv(&export, &request);

    spiral_export_clear(&export);
    spiral_store_close(store);

    return exit_status;
}

const struct spiral_command spiral_command_export = {
    "export", "STORE", "write a store's points, runs or trajectories as CSV or NetCDF",
    options,  run,     NULL};
