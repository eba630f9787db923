/* SPDX-License-Identifier: MIT
 *
 * What if the small state had followed another doctrine? Two branches, and an expansionist
 * neighbour for all three. */
#include <spiral/spiral.h>
#include <stdio.h>

int main(void)
{
    const char *const what_if[] = {"UKR:limited_balance@2004-12", "UKR:neutrality@1994"};
    const size_t war = (size_t)spiral_outcome_index("war");
    spiral_ensemble_options options;
    spiral_case *ukraine;
    spiral_ensemble *ensemble;
    spiral_sample_mean risk, difference;
    spiral_error error;

    spiral_ensemble_options_init(&options);
    options.what_if = what_if;
    options.what_if_count = 2;
    if (spiral_case_load("ukraine", &ukraine, &error) != SPIRAL_OK ||
        spiral_case_set(ukraine, "RUS.greed", 0.9, &error) != SPIRAL_OK ||
        spiral_ensemble_create(ukraine, &options, &ensemble, &error) != SPIRAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }

    for (size_t branch = 0; branch < spiral_ensemble_branch_count(ensemble); branch++) {
        spiral_ensemble_outcome(ensemble, branch, war, &risk, NULL);
        spiral_ensemble_difference(ensemble, branch, war, &difference, NULL);
        printf("%-28s war %.3f, change %+.3f (%+.3f to %+.3f)\n",
               branch == 0 ? "as it was" : spiral_ensemble_what_if(ensemble, branch), risk.mean,
               difference.mean, difference.low, difference.high);
    }
    spiral_ensemble_free(ensemble);
    spiral_case_free(ukraine);
}
