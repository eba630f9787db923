/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/lesson.h"
#include "scenarios/loader/scenario_load.h"
#include "tools/cli/command.h"
#include "tools/experiment/experiment.h"
#include "tools/store/store.h"

/* Whether a file is something else that a user may take for a scenario; reports. */
static bool is_no_scenario(const char *path)
{
    if (spiral_store_is(path))
        spiral_report("%s is a store of an experiment; expected a scenario. `spiral analyse`, "
                      "`export`, `report` and `chart sensitivity` read stores",
                      path);
    else if (spiral_experiment_is(path))
        spiral_report(
            "%s is an experiment; expected a scenario. `spiral sweep %s --store FILE` runs it",
            path, path);
    else if (spiral_lesson_is(path))
        spiral_report("%s is a lesson; expected a scenario. `spiral view --lesson %s` opens it",
                      path, path);
    else
        return false;

    return true;
}

int spiral_load(struct spiral_scenario *scenario, const char *path_or_name)
{
    char path[4096];
    char advice[SPIRAL_CASE_ADVICE];
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    *scenario = spiral_scenario_defaults();

    if (diagnostics == NULL) {
        spiral_report("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_diagnostics_init(diagnostics);
    spiral_case_file(path_or_name, path, sizeof path);

    const enum spiral_status status =
        is_no_scenario(path) ? SPIRAL_BAD_INPUT : spiral_scenario_load(scenario, path, diagnostics);

    spiral_diagnostics_print(diagnostics, stderr);

    if (status == SPIRAL_IO) {
        spiral_case_advice(path_or_name, advice);
        spiral_report("%s", advice);
    }

    free(diagnostics);

    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

/* --- output ----------------------------------------------------------------------------------- */

bool spiral_output_open(struct spiral_output *output, const char *path)
{
    *output = (struct spiral_output){.file = stdout, .path = path};
    if (path == NULL)
        return true;
    output->temporary = malloc(strlen(path) + 8);

    if (output->temporary == NULL) {
        spiral_report("out of memory");
        return false;
    }

    strcat(strcpy(output->temporary, path), ".XXXXXX");
    const int descriptor = mkstemp(output->temporary);

    output->file = descriptor < 0 ? NULL : fdopen(descriptor, "w");

    if (output->file == NULL) {
        spiral_report("%s: cannot be written: %s", path, strerror(errno));
        free(output->temporary);
        return false;
    }

    const mode_t mask = umask(0);

    umask(mask);
    fchmod(descriptor, 0666 & ~mask);

    return true;
}

void spiral_output_discard(struct spiral_output *output)
{
    if (output->path == NULL)
        return;
    fclose(output->file);
    unlink(output->temporary);
    free(output->temporary);
}

bool spiral_output_close(struct spiral_output *output)
{
    errno = 0;
    const bool flushed = fflush(output->file) == 0 && !ferror(output->file);

    if (output->path == NULL) {
        if (flushed || errno == EPIPE || errno == 0)
            return true;
        spiral_report("stdout: cannot be written: %s", strerror(errno));
        return false;
    }

    const bool synced = flushed && fsync(fileno(output->file)) == 0;
    const int problem = errno;
    const bool closed = fclose(output->file) == 0;
    const bool good = synced && closed && rename(output->temporary, output->path) == 0;

    if (!good) {
        spiral_report("%s: cannot be written: %s", output->path,
                      strerror(synced ? errno : problem));
        unlink(output->temporary);
    }

    free(output->temporary);

    return good;
}
