/* SPDX-License-Identifier: MIT */
#include "tools/fit/target.h"

#include <stdlib.h>
#include <string.h>

const char *const spiral_fit_score_names[2] = {"log", "brier"};

/* Points whose counts are in memory at a time. */
enum { BLOCK = 512 };

static const struct spiral_experiment_case *case_at(const struct spiral_target *target, size_t c)
{
    return &target->counter.experiment->cases[c];
}

/* --- the record ------------------------------------------------------------------------------- */

/* What the scenario has observed, by way of its plan. */
static enum spiral_status read_record(struct spiral_target *target, size_t c,
                                      struct spiral_error *error)
{
    const struct spiral_experiment *experiment = target->counter.experiment;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_fit_record *record = &target->records[c];
    const int years = target->counter.years[c];
    const int rivals = target->counter.rivals[c];
    struct spiral_plan *plan;
    struct spiral_tally *tally = NULL;
    enum spiral_status status = spiral_plan_create(&plan, &case_at(target, c)->scenario, &constants,
                                                   &experiment->run, error);

    *record = (struct spiral_fit_record){.rival_years = (size_t)(years * rivals),
                                         .histories = 1,
                                         .level = calloc((size_t)(years * rivals), 1)};
    if (status == SPIRAL_OK &&
        (record->level == NULL || spiral_tally_create(&tally, plan) != SPIRAL_OK))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the record of %s",
                                  case_at(target, c)->scenario.name);

    for (int year = 0; year < years && status == SPIRAL_OK; year++)
        for (int q = 0; q < rivals; q++) {
            const int observed = spiral_observed_in_year(tally, plan, q, year);
            record->level[year * rivals + q] = (unsigned char)observed;
            record->observed += observed > 0;
        }

    spiral_tally_destroy(tally);
    spiral_plan_destroy(plan);

    return status;
}

enum spiral_status spiral_target_create(struct spiral_target *target,
                                        const struct spiral_experiment *experiment, int threads,
                                        struct spiral_error *error)
{
    *target = (struct spiral_target){.runs = experiment->replicates, .dependence = 1.0};
    enum spiral_status status = spiral_counter_create(&target->counter, experiment, threads, error);

    for (size_t c = 0; c < experiment->case_count && status == SPIRAL_OK; c++) {
        target->used[c] = true;
        status = read_record(target, c, error);
    }

    return status;
}

void spiral_target_clear(struct spiral_target *target)
{
    for (size_t c = 0; c < SPIRAL_MAX_CASES; c++)
        free(target->records[c].level);
    spiral_counter_clear(&target->counter);
    memset(target, 0, sizeof *target);
}

enum spiral_status spiral_target_check(const struct spiral_target *target,
                                       struct spiral_error *error)
{
    for (size_t c = 0; c < target->counter.experiment->case_count; c++)
        if (target->records[c].observed == 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s has no observed hostility in its run: nothing to fit to",
                                    case_at(target, c)->scenario.name);
    return SPIRAL_OK;
}

/* --- scores ----------------------------------------------------------------------------------- */

/* Scores a forecast of a case, `runs` runs counted, against all its histories. */
static struct spiral_score score_case(const struct spiral_target *target, size_t c,
                                      const uint64_t *count, uint64_t runs)
{
    const struct spiral_fit_record *record = &target->records[c];
    struct spiral_score score = {0};

    for (size_t i = 0; i < record->histories * record->rival_years; i++)
        if (record->level[i] > 0)
            spiral_score_add(&score, &count[i % record->rival_years * 5], runs, record->level[i]);
    spiral_score_close(&score);
    return score;
}

enum spiral_status spiral_target_scores(struct spiral_target *target, const double *values,
                                        size_t count, struct spiral_score *score,
                                        struct spiral_error *error)
{
    const struct spiral_counter *counter = &target->counter;
    const size_t cases = counter->experiment->case_count;
    const size_t axes = counter->experiment->axis_count;

    memset(score, 0, count * cases * sizeof *score);

    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t points = count - done < BLOCK ? count - done : BLOCK;
        const struct spiral_count_request request = {
            values == NULL ? NULL : &values[done * axes],
            points,
            target->used,
            target->first,
            target->runs,
            false,
        };
        uint64_t *counts;
        const enum spiral_status status = spiral_count(&counts, &target->counter, &request, error);
        if (status != SPIRAL_OK)
            return status;

        for (size_t i = 0; i < points * cases; i++)
            if (target->used[i % cases])
                score[done * cases + i] =
                    score_case(target, i % cases,
                               &counts[i / cases * counter->at[cases] + counter->at[i % cases]],
                               target->runs);

        free(counts);
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_target_mixture(struct spiral_target *target, const double *values,
                                         size_t count, struct spiral_score *score,
                                         struct spiral_error *error)
{
    const struct spiral_counter *counter = &target->counter;
    const size_t cases = counter->experiment->case_count;
    const size_t stride = counter->at[cases];
    const struct spiral_count_request request = {values,        count,        target->used,
                                                 target->first, target->runs, true};
    uint64_t *counts;
    uint64_t *sum = calloc(stride, sizeof *sum);

    if (sum == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the years of %zu cases",
                                cases);

    const enum spiral_status status = spiral_count(&counts, &target->counter, &request, error);

    memset(score, 0, cases * sizeof *score);
    for (size_t i = 0; i < count * stride && status == SPIRAL_OK; i++)
        sum[i % stride] += counts[i];
    for (size_t c = 0; c < cases && status == SPIRAL_OK; c++)
        if (target->used[c])
            score[c] = score_case(target, c, &sum[counter->at[c]], count * target->runs);

    free(counts);
    free(sum);

    return status;
}

double spiral_target_mean(const struct spiral_target *target, const struct spiral_score *score)
{
    double sum = 0.0;
    int used = 0;

    for (size_t c = 0; c < target->counter.experiment->case_count; c++)
        if (target->used[c]) {
            sum += target->score == SPIRAL_FIT_LOG ? score[c].log : score[c].brier;
            used++;
        }

    return sum / used;
}

enum spiral_status spiral_target_distance(void *context, const double *values, size_t count,
                                          double *distance, struct spiral_error *error)
{
    struct spiral_target *target = context;
    const size_t cases = target->counter.experiment->case_count;
    struct spiral_score *score = calloc(count * cases, sizeof *score);

    if (score == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the scores of %zu points",
                                count);

    const enum spiral_status status = spiral_target_scores(target, values, count, score, error);

    for (size_t p = 0; p < count && status == SPIRAL_OK; p++)
        distance[p] = spiral_target_mean(target, &score[p * cases]);

    free(score);

    return status;
}

size_t spiral_target_years(const struct spiral_target *target)
{
    size_t years = 0;
    for (size_t c = 0; c < target->counter.experiment->case_count; c++)
        years += target->used[c] ? target->records[c].observed : 0;
    return years;
}

double spiral_target_independent_years(const struct spiral_target *target)
{
    return (double)spiral_target_years(target) / target->dependence;
}
