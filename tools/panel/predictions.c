/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tools/panel/report.h"

static const double floor_of_others =
    0.0005; /* of a file that does not say how many runs it is of */

/* --- reading ---------------------------------------------------------------------------------- */

struct prediction {
    char window[sizeof((struct spiral_panel_window *)NULL)->window];
    double runs;
    double force;
    double war;
};

static const struct spiral_csv_column columns[] = {
    {"window", SPIRAL_CSV_TEXT, SPIRAL_CSV_FILLED, 0.0, 0.0, offsetof(struct prediction, window),
     sizeof((struct prediction *)NULL)->window},
    {"runs", SPIRAL_CSV_WHOLE, SPIRAL_CSV_OPTIONAL, 1.0, 1e12, offsetof(struct prediction, runs),
     sizeof(double)},
    {"force", SPIRAL_CSV_NUMBER, SPIRAL_CSV_FILLED, 0.0, 1.0, offsetof(struct prediction, force),
     sizeof(double)},
    {"war", SPIRAL_CSV_NUMBER, SPIRAL_CSV_FILLED, 0.0, 1.0, offsetof(struct prediction, war),
     sizeof(double)},
};

static int compare_windows(const void *a, const void *b)
{
    return strcmp(((const struct prediction *)a)->window, ((const struct prediction *)b)->window);
}

static void report(struct spiral_diagnostics *diagnostics, const char *path, const char *problem,
                   const char *window)
{
    struct spiral_error error;

    spiral_error_set(&error, SPIRAL_BAD_INPUT, problem, window);
    snprintf(error.file, sizeof error.file, "%s", path);
    spiral_diagnostics_add(diagnostics, &error);
}

/* Finds every window of the panel among predictions that are sorted by name. */
static void match(double *chances[SPIRAL_PANEL_EVENTS], double *floor,
                  const struct spiral_pair_panel *panel, const struct prediction *rows,
                  size_t count, const char *path, struct spiral_diagnostics *diagnostics)
{
    for (size_t i = 1; i < count; i++)
        if (compare_windows(&rows[i - 1], &rows[i]) == 0)
            report(diagnostics, path, "duplicate window '%s'", rows[i].window);

    for (size_t w = 0; w < panel->count; w++) {
        struct prediction key;
        strcpy(key.window, panel->windows[w].window);
        const struct prediction *found = bsearch(&key, rows, count, sizeof *rows, compare_windows);
        if (found == NULL) {
            report(diagnostics, path, "no forecast of the window '%s'", key.window);
            continue;
        }
        chances[SPIRAL_PANEL_FORCE][w] = found->force;
        chances[SPIRAL_PANEL_WAR][w] = found->war;
        if (found->runs > 0.0)
            *floor = 1.0 / (found->runs + 1.0);
    }
}

enum spiral_status spiral_panel_read_predictions(double *chances[SPIRAL_PANEL_EVENTS],
                                                 double *floor,
                                                 const struct spiral_pair_panel *panel,
                                                 const char *path,
                                                 struct spiral_diagnostics *diagnostics)
{
    const struct spiral_csv_schema schema = {columns, sizeof columns / sizeof *columns,
                                             sizeof(struct prediction)};
    void *rows;
    size_t count;
    enum spiral_status status =
        spiral_csv_read(&rows, NULL, &count, &schema, path, diagnostics, NULL);

    *floor = floor_of_others;
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        chances[event] = calloc(panel->count + 1, sizeof *chances[event]);
    if (status == SPIRAL_OK && (chances[0] == NULL || chances[1] == NULL)) {
        report(diagnostics, path, "%s", "no memory for the forecasts");
        status = SPIRAL_NO_MEMORY;
    }
    if (status == SPIRAL_OK) {
        qsort(rows, count, sizeof(struct prediction), compare_windows);
        match(chances, floor, panel, rows, count, path, diagnostics);
        status = diagnostics->count > 0 ? SPIRAL_BAD_INPUT : SPIRAL_OK;
    }
    free(rows);
    for (int event = 0; event < SPIRAL_PANEL_EVENTS && status != SPIRAL_OK; event++) {
        free(chances[event]);
        chances[event] = NULL;
    }
    return status;
}
