/* SPDX-License-Identifier: MIT */
#include "tools/result/score.h"

#include <math.h>

const double spiral_base_forecast[5] = {2051.0 / 2157.0, 1.0 / 2157.0, 66.0 / 2157.0, 32.0 / 2157.0,
                                        7.0 / 2157.0};

int spiral_observed_in_year(const struct spiral_tally *tally, const struct spiral_plan *plan,
                            int rival, int year)
{
    int highest = 0;

    for (long step = 0; step < plan->steps; step++) {
        const int at = (int)(spiral_plan_date(plan, step) + 1e-6) - tally->first_year;
        const int level = plan->observed[step * tally->rivals + rival];
        if (at == year && level > highest)
            highest = level;
    }

    return highest;
}

void spiral_score_add(struct spiral_score *score, const uint64_t count[5], uint64_t runs,
                      int observed)
{
    for (int level = 0; level < 5; level++) {
        const double outcome = level == observed - 1 ? 1.0 : 0.0;
        const double forecast = (double)count[level] / (double)runs;
        score->brier += (forecast - outcome) * (forecast - outcome);
        score->brier_base +=
            (spiral_base_forecast[level] - outcome) * (spiral_base_forecast[level] - outcome);
    }

    /* The half that each count is raised by keeps the score finite where no run had the level. */
    score->log -= log(((double)count[observed - 1] + 0.5) / ((double)runs + 2.5));
    score->log_base -= log(spiral_base_forecast[observed - 1]);
    score->years++;
}

void spiral_score_close(struct spiral_score *score)
{
    if (score->years == 0)
        return;
    score->brier /= score->years;
    score->brier_base /= score->years;
    score->log /= score->years;
    score->log_base /= score->years;
}

struct spiral_score spiral_score_of(const struct spiral_tally *tally,
                                    const struct spiral_plan *plan)
{
    struct spiral_score score = {0};

    for (int year = 0; year < tally->years; year++)
        for (int q = 0; q < tally->rivals; q++) {
            const int observed = spiral_observed_in_year(tally, plan, q, year);
            if (observed > 0)
                spiral_score_add(&score, &tally->year_highest[(year * tally->rivals + q) * 5],
                                 tally->runs, observed);
        }
    spiral_score_close(&score);

    return score;
}
