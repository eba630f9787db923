/* SPDX-License-Identifier: MIT
 *
 * One run of a case in four parts; then five other futures from its middle on. */
#include <spiral/spiral.h>
#include <stdio.h>

int main(void)
{
    spiral_case *ukraine;
    spiral_simulation *run, *middle = NULL, *other;
    spiral_error error;

    if (spiral_case_load("ukraine", &ukraine, &error) != SPIRAL_OK ||
        spiral_simulation_create(ukraine, 1, 0, &run, &error) != SPIRAL_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    const size_t steps = spiral_simulation_step_count(run);

    for (int part = 1; part <= 4; part++) {
        spiral_simulation_advance(run, steps / 4);
        printf("%.1f: %s\n", spiral_simulation_date(run),
               spiral_level_name(spiral_simulation_hostility(run, 0)));
        if (part == 2 && spiral_simulation_copy(run, &middle, &error) != SPIRAL_OK)
            return 1;
    }

    for (uint64_t future = 1; future <= 5; future++) {
        if (spiral_simulation_copy(middle, &other, NULL) != SPIRAL_OK)
            return 1;
        spiral_simulation_redraw(other, 1, future);
        spiral_simulation_advance(other, steps);
        printf("future %d: %s\n", (int)future,
               spiral_level_name(spiral_simulation_hostility(other, 0)));
        spiral_simulation_free(other);
    }
    spiral_simulation_free(middle);
    spiral_simulation_free(run);
    spiral_case_free(ukraine);
}
