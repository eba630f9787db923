/* SPDX-License-Identifier: MIT
 *
 * One run of a case, year by year; then ten other futures from its last peaceful year on. */
#include <spiral/spiral.h>
#include <stdio.h>

int main(void)
{
    spiral_case *ukraine;
    spiral_simulation *run, *peace = NULL;
    spiral_error error;

    if (spiral_case_load("ukraine", &ukraine, &error) != SPIRAL_OK ||
        spiral_simulation_create(ukraine, 1, 0, &run, &error) != SPIRAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }

    while (spiral_simulation_advance(run, 12) == 12) {
        const int hostility = spiral_simulation_hostility(run, 0);
        printf("%.0f %s\n", spiral_simulation_date(run), spiral_level_name(hostility));
        if (hostility < 4) {
            spiral_simulation_free(peace);
            spiral_simulation_copy(run, &peace, NULL);
        }
    }

    for (uint64_t future = 1; future <= 10 && peace != NULL; future++) {
        spiral_simulation *other;
        if (spiral_simulation_copy(peace, &other, &error) != SPIRAL_OK)
            return 1;
        spiral_simulation_redraw(other, 1, future);
        spiral_simulation_advance(other, spiral_simulation_step_count(other));
        printf("future %2d: %s\n", (int)future,
               spiral_level_name(spiral_simulation_hostility(other, 0)));
        spiral_simulation_free(other);
    }
    spiral_simulation_free(peace);
    spiral_simulation_free(run);
    spiral_case_free(ukraine);
}
