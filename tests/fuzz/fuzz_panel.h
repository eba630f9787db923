/* SPDX-License-Identifier: MIT
 *
 * The target of panels: what is read keeps the rules of the columns, and written it reads as the
 * same windows.
 */
#ifndef SPIRAL_TEST_FUZZ_PANEL_H
#define SPIRAL_TEST_FUZZ_PANEL_H

#include "tests/fuzz/fuzz.h"
#include "tools/panel/panel.h"

static inline void fuzz_panel(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_diagnostics notes;
    struct spiral_pair_panel panel = {.count = 0};

    spiral_diagnostics_init(&diagnostics);
    spiral_diagnostics_init(&notes);

    const enum spiral_status status =
        spiral_panel_load(&panel, fuzz_file("input", data, size), &diagnostics, &notes);

    fuzz_require_diagnostics(status, &diagnostics);

    if (status == SPIRAL_OK) {
        struct spiral_pair_panel again = {.count = 0};
        char *text = NULL;
        size_t length = 0;
        FILE *out = open_memstream(&text, &length);

        fuzz_require(out != NULL && panel.dyad_count <= panel.count);
        for (size_t i = 0; i < panel.count; i++)
            fuzz_require(panel.dyad[i] < panel.dyad_count);

        spiral_panel_write(panel.windows, panel.count, out);
        fuzz_require(fclose(out) == 0);
        spiral_diagnostics_init(&diagnostics);
        fuzz_require(spiral_panel_load(&again, fuzz_file("input", (const uint8_t *)text, length),
                                       &diagnostics, &notes) == SPIRAL_OK);
        fuzz_require(again.count == panel.count && again.dyad_count == panel.dyad_count);
        free(text);
        spiral_panel_clear(&again);
    }

    spiral_panel_clear(&panel);
}

#endif
