/* SPDX-License-Identifier: MIT */
#include "render/live/ensemble_result.h"

#include <math.h>
#include <stdlib.h>

#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/whole_file.h"
#include "scenarios/loader/yaml/numbers.h"

void spiral_live_result_destroy(struct spiral_live_result *result)
{
    if (result == NULL)
        return;
    free(result->band);
    free(result->war);
    free(result->force);
    free(result->whole_war);
    free(result->whole_force);
    free(result);
}

/* A comma and a number; an empty field where it is not a number. */
static void write_number(double value, FILE *out)
{
    char text[32] = "";
    if (isfinite(value))
        spiral_number_write(value, text);
    fprintf(out, ",%s", text);
}

void spiral_live_result_write(const struct spiral_live_result *result,
                              const struct spiral_session *session, FILE *out)
{
    static const char *const bands[SPIRAL_BANDS] = {"mean", "q05", "q25", "q50", "q75", "q95"};
    char date[12];

    spiral_date_format(spiral_plan_date(session->plan, result->from), date);
    fprintf(out, "# spiral %s, scenario %s, seed %llu, runs 1 to %llu from the state of %s\n",
            SPIRAL_VERSION, session->base.name, (unsigned long long)session->seed,
            (unsigned long long)result->runs, date);
    fputs("# war, force: share of runs that had it by the date; whole_*: of runs from the start. "
          "Quantities: mean and quantiles, units as of the run's file\n"
          "date,war,force,whole_war,whole_force",
          out);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        for (int b = 0; b < SPIRAL_BANDS; b++)
            fprintf(out, ",%s.%s", spiral_quantity_fields[i].name, bands[b]);

    fputc('\n', out);

    for (long step = 0; step <= result->steps; step++) {
        const bool after = step >= result->from;
        spiral_date_format(spiral_plan_date(session->plan, step), date);
        fputs(date, out);
        write_number(after ? result->war[step] : NAN, out);
        write_number(after ? result->force[step] : NAN, out);
        write_number(result->whole_war != NULL ? result->whole_war[step] : NAN, out);
        write_number(result->whole_force != NULL ? result->whole_force[step] : NAN, out);
        for (int i = 0; i < SPIRAL_QUANTITIES; i++)
            for (int b = 0; b < SPIRAL_BANDS; b++)
                write_number(after ? result->band[step][i][b] : NAN, out);

        fputc('\n', out);
    }
}

enum spiral_status spiral_live_result_export(const struct spiral_live_result *result,
                                             const struct spiral_session *session, const char *path,
                                             struct spiral_error *error)
{
    struct spiral_whole_file output;
    const enum spiral_status status = spiral_whole_file_open(&output, path, NULL, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_live_result_write(result, session, output.file);

    return spiral_whole_file_close(&output, SPIRAL_OK, error);
}
