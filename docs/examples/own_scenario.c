/* SPDX-License-Identifier: MIT
 *
 * A case of one's own, from a text, with a mistake in it that is reported and then mended. */
#include <spiral/spiral.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char text[] = "spiral: 1\nname: mine\nstart: 2000\nend: 2020\nstates:\n"
                  "  - {id: SML, role: small, doctrine: confront_near, power: 0.01}\n"
                  "  - {id: BIG, role: neighbour, doctrine: assertive, power: 0.08}\n"
                  "  - {id: FAR, role: offshore, doctrine: committed, power: 0.20}\n"
                  "pairs:\n  - {between: [SML, BIG], proximity: 1, ties: 0.5}\n"
                  "  - {between: [SML, FAR], reach: 0.5}\n"
                  "timeline:\n"
                  "  - {date: 2008-04, actor: SML, target: FAR, move: aspier}\n";
    spiral_case *mine;
    spiral_ensemble *ensemble;
    spiral_sample_mean force;
    spiral_error error;

    if (spiral_case_load_text(text, strlen(text), "mine.yaml", &mine, &error) != SPIRAL_OK) {
        char line[1024];
        spiral_error_text(&error, line, sizeof line);
        puts(line);
        memcpy(strstr(text, "aspier"), "aspire", 6);
    }

    if (spiral_case_load_text(text, strlen(text), "mine.yaml", &mine, &error) != SPIRAL_OK ||
        spiral_ensemble_create(mine, NULL, &ensemble, &error) != SPIRAL_OK) {
        puts(error.message);
        return 1;
    }
    spiral_ensemble_outcome(ensemble, 0, (size_t)spiral_outcome_index("force"), &force, NULL);
    printf("force in %.3f of runs (%.3f to %.3f)\n", force.mean, force.low, force.high);
    spiral_ensemble_free(ensemble);
    spiral_case_free(mine);
}
