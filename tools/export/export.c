/* SPDX-License-Identifier: MIT */
#include "tools/export/export.h"

#include <inttypes.h>

#include "tools/cli/table_output.h"
#include "tools/export/commands.h"

static const char *const tables[] = {"points", "runs", "trajectories", NULL};
static const char *const formats[] = {"csv", "netcdf", NULL};

struct request {
    enum spiral_export_what what;
    int format; /* index in `formats` */
    const char *out;
    const char *const *inputs; /* the store */
    bool header_comments;
};

static const struct spiral_option options[] = {
    {"what", "points|runs|trajectories",
     "means by point (default), the outcomes of each run, or the trajectories that were kept",
     SPIRAL_OPTION_WORD, .place = SPIRAL_OPTION_ENUM_PLACE(struct request, what), .words = tables},
    {"format", "csv|netcdf", "tidy CSV (default) or NetCDF-4", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_PLACE(int, struct request, format), .words = formats},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all; NetCDF needs one",
     SPIRAL_OPTION_TEXT, .place = SPIRAL_OPTION_PLACE(const char *, struct request, out)},
    {"header-comments", NULL, SPIRAL_HEADER_COMMENTS_DOC, SPIRAL_OPTION_FLAG,
     .place = SPIRAL_OPTION_PLACE(bool, struct request, header_comments)},
    {.name = NULL},
};

static int write_csv(const struct spiral_export *export, const struct request *request)
{
    struct spiral_table_output output;
    struct spiral_table table;
    struct spiral_error error;

    spiral_export_describe(export, &table);

    int exit_status = spiral_table_output_open(&output, &table, request->out, request->inputs,
                                               request->header_comments);

    if (exit_status == SPIRAL_EXIT_OK) {
        if (spiral_export_csv(export, &table, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_netcdf(const struct spiral_export *export, const struct request *request)
{
    struct spiral_output output;
    struct spiral_error error;
    int exit_status =
        spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (spiral_export_netcdf(export, output.file, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);

    return spiral_output_close(&output, exit_status);
}

/* An unfinished sweep is exported as it is, with a warning. */
static enum spiral_status warn_of_unfinished(struct spiral_store *store, const char *path,
                                             struct spiral_error *error)
{
    int64_t cells;
    int64_t done = 0;
    enum spiral_status status =
        spiral_store_count(store, "SELECT count(*) FROM cell", &cells, error);

    if (status == SPIRAL_OK)
        status = spiral_store_count(store, "SELECT count(*) FROM cell WHERE done", &done, error);

    if (status == SPIRAL_OK && done < cells)
        spiral_complain(
            "%s: %" PRId64 " of %" PRId64
            " cells are finished, and only they are exported; `spiral sweep --resume %s` "
            "runs the rest",
            path, done, cells, path);

    return status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.what = SPIRAL_EXPORT_POINTS};
    struct spiral_export export = {.store = NULL};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    const int first = spiral_options_read(&spiral_command_export, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != 1) {
        spiral_complain("export: %s usage: spiral export STORE",
                        first == argc ? "which store?" : "one store at a time;");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    const bool netcdf = request.format == 1;

    request.inputs = (const char *const *)&argv[first];

    if (netcdf && request.out == NULL) {
        spiral_complain("export: --format netcdf needs --out FILE: NetCDF is not text");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    enum spiral_status status = spiral_store_open(&store, argv[first], false, &error);

    if (status == SPIRAL_OK)
        status = spiral_export_read(&export, store, request.what, &error);
    if (status == SPIRAL_OK)
        status = warn_of_unfinished(store, argv[first], &error);

    int exit_status = status != SPIRAL_OK ? spiral_complain_error(&error)
                      : netcdf            ? write_netcdf(&export, &request)
                                          : write_csv(&export, &request);

    spiral_export_clear(&export);
    spiral_store_close(store);

    return exit_status;
}

const struct spiral_command spiral_command_export = {
    "export", "STORE",     "write a store's points, runs or trajectories as CSV or NetCDF",
    options,  run_command, NULL};
