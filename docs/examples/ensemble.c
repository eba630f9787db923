/* SPDX-License-Identifier: MIT
 *
 * A thousand runs of a case: the risk of war with its interval, and a fan by decade. */
#include <spiral/spiral.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const double shares[] = {0.05, 0.5, 0.95};
    const size_t escalation = (size_t)spiral_quantity_index("escalation");
    spiral_case *finland;
    spiral_ensemble *ensemble;
    spiral_sample_mean war;
    spiral_error error;

    if (spiral_case_load("finland", &finland, &error) != SPIRAL_OK ||
        spiral_ensemble_create(finland, NULL, &ensemble, &error) != SPIRAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    spiral_ensemble_outcome(ensemble, 0, (size_t)spiral_outcome_index("war"), &war, NULL);
    printf("war in %.3f of runs (%.3f to %.3f)\n", war.mean, war.low, war.high);

    const size_t steps = spiral_ensemble_step_count(ensemble);
    double *date = (double *)malloc(steps * sizeof *date);
    double *fan = (double *)malloc(steps * 3 * sizeof *fan);
    if (date == NULL || fan == NULL)
        return 1;
    spiral_ensemble_dates(ensemble, date, steps, NULL);
    spiral_ensemble_fan(ensemble, 0, escalation, shares, 3, fan, steps * 3, NULL);
    for (size_t i = 119; i < steps; i += 120)
        printf("%.0f: %5.1f, 90 %% from %.1f to %.1f\n", date[i], fan[3 * i + 1], fan[3 * i],
               fan[3 * i + 2]);
    free(fan);
    free(date);
    spiral_ensemble_free(ensemble);
    spiral_case_free(finland);
}
