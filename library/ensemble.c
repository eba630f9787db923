/* SPDX-License-Identifier: MIT */
#include "sim/ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "library/arguments.h"
#include "library/case.h"
#include "parallel/threads.h"
#include "sim/intervals.h"

/* Limits that keep every size within range. */
static const uint64_t most_runs = 1000000000000;
enum { MOST_THREADS = 1024, MOST_BRANCHES = 1000 };

_Static_assert(sizeof(union spiral_outcome) == SPIRAL_OUTCOMES * sizeof(double),
               "outcomes of runs are rows of numbers");

/* How a run ended, a byte a run. */
enum { HAD_FORCE = 1, HAD_WAR = 2 };

struct branch {
    char *what_if; /* "" for the baseline */
    struct spiral_collector collector;
    uint64_t first;
    uint8_t *endings;               /* [runs] */
    union spiral_outcome *outcomes; /* [runs], or NULL where they are not kept */
};

struct spiral_ensemble {
    double start;
    double dt;
    size_t sets; /* of constants; 0: runs are not spread over any */
    size_t branch_count;
    struct branch *branches;
};

static enum spiral_status report_no_memory(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");
}

/* --- making and freeing ----------------------------------------------------------------------- */

void spiral_ensemble_options_init(struct spiral_ensemble_options *options)
{
    *options = (struct spiral_ensemble_options){.runs = 1000, .seed = 1, .outcomes = 1, .fans = 1};
}

void spiral_ensemble_free(struct spiral_ensemble *ensemble)
{
    if (ensemble == NULL)
        return;

    for (size_t i = 0; i < ensemble->branch_count; i++) {
        struct branch *branch = &ensemble->branches[i];
        spiral_collector_clear(&branch->collector);
        free(branch->what_if);
        free(branch->endings);
        free(branch->outcomes);
    }

    free(ensemble->branches);
    free(ensemble);
}

static enum spiral_status check_options(const struct spiral_ensemble_options *options,
                                        struct spiral_error *error)
{
    if (options->runs < 1 || options->runs > most_runs)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%llu runs; expected 1 to %llu",
                                (unsigned long long)options->runs, (unsigned long long)most_runs);
    if (options->threads < 0 || options->threads > MOST_THREADS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%d threads; expected 0 to %d",
                                options->threads, MOST_THREADS);
    if (options->what_if_count > MOST_BRANCHES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu branches; expected at most %d",
                                options->what_if_count, MOST_BRANCHES);
    return SPIRAL_OK;
}

/* Called by the thread that ran the run; each run has elements of its own. */
static void keep_run(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct branch *branch = context;
    const uint64_t run = stream - branch->first;

    branch->endings[run] =
        (uint8_t)((outcome->force > 0.0 ? HAD_FORCE : 0) | (outcome->war > 0.0 ? HAD_WAR : 0));
    if (branch->outcomes != NULL)
        branch->outcomes[run] = *outcome;
}

/* Allocates what a branch collects. What was allocated before a failure is in the branch. */
static enum spiral_status init_branch(struct branch *branch, const char *what_if,
                                      const struct spiral_plan *plan,
                                      const struct spiral_ensemble_options *options)
{
    branch->first = options->first;
    branch->what_if = strdup(what_if);
    branch->endings = malloc((size_t)options->runs);
    if (options->outcomes)
        branch->outcomes = calloc((size_t)options->runs, sizeof *branch->outcomes);

    if (branch->what_if == NULL || branch->endings == NULL ||
        (options->outcomes && branch->outcomes == NULL) ||
        spiral_collector_init(&branch->collector, plan, options->fans != 0, true) != SPIRAL_OK)
        return SPIRAL_NO_MEMORY;

    branch->collector.each_run = keep_run;
    branch->collector.context = branch;

    return SPIRAL_OK;
}

/* Progress over all branches, from that of one. */
struct watched {
    const struct spiral_ensemble_options *options;
    uint64_t before;
    uint64_t all;
};

static bool go_on(void *context, uint64_t done, uint64_t count)
{
    const struct watched *watched = context;
    const struct spiral_ensemble_options *options = watched->options;

    (void)count;

    return options->progress == NULL ||
           options->progress(options->context, watched->before + done, watched->all) == 0;
}

/* Runs the case, or a branch of it. */
static enum spiral_status run_branch(struct spiral_ensemble *ensemble, size_t index,
                                     const struct spiral_case *scenario,
                                     const struct spiral_ensemble_options *options,
                                     struct spiral_error *error)
{
    struct branch *branch = &ensemble->branches[index];
    struct watched watched = {.options = options,
                              .before = index * options->runs,
                              .all = (1 + options->what_if_count) * options->runs};
    const struct spiral_watch watch = {go_on, &watched};
    struct spiral_plan *plan;
    enum spiral_status status = spiral_case_plan(scenario, &plan, error);

    if (status != SPIRAL_OK)
        return status;

    ensemble->start = plan->start;
    ensemble->dt = plan->dt;
    ensemble->sets = plan->set_count;

    if (init_branch(branch, index == 0 ? "" : options->what_if[index - 1], plan, options) !=
        SPIRAL_OK)
        status = report_no_memory(error);
    else
        status = spiral_parallel_run(plan, options->seed, options->first, options->runs,
                                     options->threads, &branch->collector, &watch, error);

    spiral_plan_destroy(plan);

    return status;
}

/* Runs all branches, one after the other. */
static enum spiral_status run_branches(struct spiral_ensemble *ensemble,
                                       const struct spiral_case *scenario,
                                       const struct spiral_ensemble_options *options,
                                       struct spiral_error *error)
{
    enum spiral_status status = run_branch(ensemble, 0, scenario, options, error);

    for (size_t i = 0; i < options->what_if_count && status == SPIRAL_OK; i++) {
        struct spiral_case *branch;

        status = spiral_case_branch(scenario, options->what_if[i], &branch, error);
        if (status == SPIRAL_OK)
            status = run_branch(ensemble, i + 1, branch, options, error);
        spiral_case_free(branch);
    }

    return status;
}

enum spiral_status spiral_ensemble_create(const struct spiral_case *scenario,
                                          const struct spiral_ensemble_options *options,
                                          struct spiral_ensemble **ensemble_out,
                                          struct spiral_error *error)
{
    struct spiral_ensemble_options defaults;

    *ensemble_out = NULL;
    spiral_ensemble_options_init(&defaults);
    if (options == NULL)
        options = &defaults;

    enum spiral_status status = check_options(options, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_ensemble *ensemble = calloc(1, sizeof *ensemble);

    if (ensemble != NULL)
        ensemble->branches = calloc(1 + options->what_if_count, sizeof *ensemble->branches);

    if (ensemble == NULL || ensemble->branches == NULL) {
        spiral_ensemble_free(ensemble);
        return report_no_memory(error);
    }

    ensemble->branch_count = 1 + options->what_if_count;
    status = run_branches(ensemble, scenario, options, error);

    if (status != SPIRAL_OK && status != SPIRAL_STOPPED) {
        spiral_ensemble_free(ensemble);
        return status;
    }

    *ensemble_out = ensemble;

    return status;
}

/* --- branches and runs ------------------------------------------------------------------------ */

/* A branch whose runs were begun, or NULL. */
static const struct branch *branch_at(const struct spiral_ensemble *ensemble, size_t index)
{
    return index < ensemble->branch_count && ensemble->branches[index].collector.tally != NULL
               ? &ensemble->branches[index]
               : NULL;
}

static enum spiral_status find_branch(const struct spiral_ensemble *ensemble, size_t index,
                                      const struct branch **branch, struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_index("branch", index, ensemble->branch_count, error);

    *branch = branch_at(ensemble, index);
    if (status == SPIRAL_OK && *branch == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "branch %zu has no runs: the ensemble was stopped", index);
    return status;
}

size_t spiral_ensemble_branch_count(const struct spiral_ensemble *ensemble)
{
    return ensemble->branch_count;
}

const char *spiral_ensemble_what_if(const struct spiral_ensemble *ensemble, size_t branch)
{
    const struct branch *found = branch_at(ensemble, branch);
    return found != NULL ? found->what_if : NULL;
}

uint64_t spiral_ensemble_runs(const struct spiral_ensemble *ensemble, size_t branch)
{
    const struct branch *found = branch_at(ensemble, branch);
    return found != NULL ? found->collector.tally->runs : 0;
}

uint64_t spiral_ensemble_hash(const struct spiral_ensemble *ensemble, size_t branch)
{
    const struct branch *found = branch_at(ensemble, branch);
    return found != NULL ? found->collector.hash : 0;
}

/* --- outcomes --------------------------------------------------------------------------------- */

/* The ending that an outcome tells of, or 0. */
static int ending_of(size_t outcome)
{
    return outcome == SPIRAL_OUTCOME_war     ? HAD_WAR
           : outcome == SPIRAL_OUTCOME_force ? HAD_FORCE
                                             : 0;
}

static bool is_date(size_t outcome)
{
    return outcome == SPIRAL_OUTCOME_war_date || outcome == SPIRAL_OUTCOME_force_date;
}

/* Sets the normal 95 % interval of the mean. */
static void set_normal_interval(struct spiral_sample_mean *estimate)
{
    const double half = estimate->runs > 0
                            ? 1.959963984540054 * estimate->deviation / sqrt((double)estimate->runs)
                            : 0.0;

    estimate->low = estimate->mean - half;
    estimate->high = estimate->mean + half;
}

enum spiral_status spiral_ensemble_outcome(const struct spiral_ensemble *ensemble, size_t branch,
                                           size_t outcome, struct spiral_sample_mean *estimate,
                                           struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK)
        status = spiral_check_index("outcome", outcome, SPIRAL_OUTCOMES, error);
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_tally *tally = found->collector.tally;
    const enum spiral_outcome_name name = (enum spiral_outcome_name)outcome;
    const uint64_t wars = spiral_tally_wars(tally, tally->steps);
    const uint64_t forces = spiral_tally_forces(tally, tally->steps);

    *estimate =
        (struct spiral_sample_mean){.runs = name == SPIRAL_OUTCOME_war_date     ? wars
                                            : name == SPIRAL_OUTCOME_force_date ? forces
                                                                                : tally->runs,
                                    .mean = spiral_tally_mean(tally, name),
                                    .deviation = spiral_tally_deviation(tally, name)};
    if (is_date(outcome) && estimate->runs > 0)
        estimate->mean += tally->start; /* the tally counts years from the start */
    set_normal_interval(estimate);

    if (ending_of(outcome) != 0) {
        const struct spiral_interval interval =
            spiral_wilson(name == SPIRAL_OUTCOME_war ? wars : forces, tally->runs);
        estimate->low = interval.low;
        estimate->high = interval.high;
    }

    return SPIRAL_OK;
}

/* Hands an interval over the sets of constants out, or says why there is none. */
static enum spiral_status report_by_constants(bool known, struct spiral_interval interval,
                                              double *low, double *high, struct spiral_error *error)
{
    if (!known)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "runs are not spread over sets of constants, or are too few; "
                                "expected two runs or more of each set");
    *low = interval.low;
    *high = interval.high;

    return SPIRAL_OK;
}

static enum spiral_status check_is_ending(size_t outcome, struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_index("outcome", outcome, SPIRAL_OUTCOMES, error);

    if (status == SPIRAL_OK && ending_of(outcome) == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "outcome '%s' has no interval over sets of constants; expected "
                                "'war' or 'force'",
                                spiral_outcome_fields[outcome].name);

    return status;
}

enum spiral_status spiral_ensemble_outcome_by_constants(const struct spiral_ensemble *ensemble,
                                                        size_t branch, size_t outcome, double *low,
                                                        double *high, struct spiral_error *error)
{
    const struct branch *found;
    struct spiral_interval interval = {0.0, 1.0};
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK)
        status = check_is_ending(outcome, error);
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_tally *tally = found->collector.tally;
    const bool known = outcome == SPIRAL_OUTCOME_war
                           ? spiral_tally_war_by_constants(tally, tally->years - 1, &interval)
                           : spiral_tally_force_by_constants(tally, tally->years - 1, &interval);

    return report_by_constants(known, interval, low, high, error);
}

enum spiral_status spiral_ensemble_difference_by_constants(const struct spiral_ensemble *ensemble,
                                                           size_t branch, size_t outcome,
                                                           double *low, double *high,
                                                           struct spiral_error *error)
{
    const struct branch *baseline;
    const struct branch *found;
    struct spiral_set_variance variance = {.lowest = -1.0};
    struct spiral_interval interval = {-1.0, 1.0};
    enum spiral_status status = find_branch(ensemble, 0, &baseline, error);

    if (status == SPIRAL_OK)
        status = find_branch(ensemble, branch, &found, error);
    if (status == SPIRAL_OK)
        status = check_is_ending(outcome, error);
    if (status != SPIRAL_OK)
        return status;

    const uint64_t runs = found->collector.tally->runs;

    for (uint64_t set = 0; set < ensemble->sets; set++) {
        uint64_t own = 0;
        uint64_t up = 0;
        uint64_t down = 0;

        /* the first run of this set, and every so many */
        const uint64_t shift = found->first % ensemble->sets;
        for (uint64_t run = (set + ensemble->sets - shift) % ensemble->sets; run < runs;
             run += ensemble->sets, own++) {
            const bool before = (baseline->endings[run] & ending_of(outcome)) != 0;
            const bool after = (found->endings[run] & ending_of(outcome)) != 0;
            up += after && !before;
            down += before && !after;
        }

        spiral_set_variance_add(&variance, own, up, down);
    }

    return report_by_constants(spiral_constants_interval(&variance, &interval), interval, low, high,
                               error);
}

/* The difference of the shares of runs that had an ending. */
static struct spiral_sample_mean compare_endings(const struct branch *baseline,
                                                 const struct branch *branch, uint64_t runs,
                                                 int ending)
{
    struct spiral_sample_mean estimate = {.runs = runs};
    uint64_t only_baseline = 0;
    uint64_t only_branch = 0;

    for (uint64_t run = 0; run < runs; run++) {
        const bool in_baseline = (baseline->endings[run] & ending) != 0;
        const bool in_branch = (branch->endings[run] & ending) != 0;
        only_baseline += in_baseline && !in_branch;
        only_branch += in_branch && !in_baseline;
    }

    const struct spiral_interval interval =
        spiral_paired_difference(only_branch, only_baseline, runs);

    estimate.low = interval.low;
    estimate.high = interval.high;
    if (runs == 0)
        return estimate;

    const double n = (double)runs;
    const double differing = (double)only_branch + (double)only_baseline;

    estimate.mean = ((double)only_branch - (double)only_baseline) / n;
    estimate.deviation = sqrt(fmax(0.0, differing / n - estimate.mean * estimate.mean));

    return estimate;
}

/* The difference of an outcome that was kept of every run. Two passes: the differences may be small
 * beside their mean. */
static struct spiral_sample_mean compare_outcomes(const struct branch *baseline,
                                                  const struct branch *branch, uint64_t runs,
                                                  size_t outcome)
{
    struct spiral_sample_mean estimate = {.runs = 0};
    double squares = 0.0;

    for (int pass = 0; pass < 2; pass++) {
        double sum = 0.0;
        estimate.runs = 0;

        for (uint64_t run = 0; run < runs; run++) {
            const double before = baseline->outcomes[run].value[outcome];
            const double after = branch->outcomes[run].value[outcome];

            if (isnan(before) || isnan(after)) /* a date of what did not come */
                continue;
            estimate.runs++;
            sum += after - before;
            squares += pass == 1
                           ? (after - before - estimate.mean) * (after - before - estimate.mean)
                           : 0.0;
        }

        if (pass == 0 && estimate.runs > 0)
            estimate.mean = sum / (double)estimate.runs;
    }

    if (estimate.runs > 0)
        estimate.deviation = sqrt(squares / (double)estimate.runs);
    set_normal_interval(&estimate);

    return estimate;
}

static enum spiral_status check_kept(const struct branch *branch, struct spiral_error *error)
{
    if (branch->outcomes != NULL)
        return SPIRAL_OK;
    return spiral_error_set(
        error, SPIRAL_BAD_INPUT,
        "the outcomes of every run were not kept; set `outcomes` in the options");
}

enum spiral_status spiral_ensemble_difference(const struct spiral_ensemble *ensemble, size_t branch,
                                              size_t outcome, struct spiral_sample_mean *estimate,
                                              struct spiral_error *error)
{
    const struct branch *baseline;
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, 0, &baseline, error);

    if (status == SPIRAL_OK)
        status = find_branch(ensemble, branch, &found, error);
    if (status == SPIRAL_OK)
        status = spiral_check_index("outcome", outcome, SPIRAL_OUTCOMES, error);
    if (status == SPIRAL_OK && ending_of(outcome) == 0)
        status = check_kept(found, error);
    if (status != SPIRAL_OK)
        return status;

    const uint64_t runs = spiral_ensemble_runs(ensemble, branch); /* never more than branch 0 */

    *estimate = ending_of(outcome) != 0 ? compare_endings(baseline, found, runs, ending_of(outcome))
                                        : compare_outcomes(baseline, found, runs, outcome);

    return SPIRAL_OK;
}

enum spiral_status spiral_ensemble_outcomes(const struct spiral_ensemble *ensemble, size_t branch,
                                            size_t outcome, double *values, size_t count,
                                            struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK)
        status = spiral_check_index("outcome", outcome, SPIRAL_OUTCOMES, error);
    if (status == SPIRAL_OK)
        status = check_kept(found, error);
    if (status == SPIRAL_OK)
        status = spiral_check_length("runs", count, (size_t)found->collector.tally->runs, error);
    if (status != SPIRAL_OK)
        return status;

    for (size_t run = 0; run < count; run++)
        values[run] = found->outcomes[run].value[outcome];

    return SPIRAL_OK;
}

const double *spiral_ensemble_values(const struct spiral_ensemble *ensemble, size_t branch)
{
    const struct branch *found = branch_at(ensemble, branch);
    return found != NULL && found->outcomes != NULL ? found->outcomes[0].value : NULL;
}

/* --- dates, fans, counts ---------------------------------------------------------------------- */

size_t spiral_ensemble_step_count(const struct spiral_ensemble *ensemble)
{
    return (size_t)ensemble->branches[0].collector.tally->steps;
}

enum spiral_status spiral_ensemble_dates(const struct spiral_ensemble *ensemble, double *dates,
                                         size_t count, struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_length("dates", count, spiral_ensemble_step_count(ensemble), error);

    for (size_t step = 0; step < count && status == SPIRAL_OK; step++)
        dates[step] = ensemble->start + ensemble->dt * (double)(step + 1);
    return status;
}

/* The fan of a branch, for a quantity. */
static enum spiral_status find_fan(const struct spiral_ensemble *ensemble, size_t branch,
                                   size_t quantity, const struct spiral_fan **fan,
                                   struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK)
        status = spiral_check_index("quantity", quantity, SPIRAL_QUANTITIES, error);
    if (status != SPIRAL_OK)
        return status;

    *fan = found->collector.fan;
    if (*fan == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "no fans were collected; set `fans` in the options");

    return SPIRAL_OK;
}

enum spiral_status spiral_ensemble_fan(const struct spiral_ensemble *ensemble, size_t branch,
                                       size_t quantity, const double *shares, size_t share_count,
                                       double *values, size_t count, struct spiral_error *error)
{
    const struct spiral_fan *fan;
    enum spiral_status status = find_fan(ensemble, branch, quantity, &fan, error);

    if (status != SPIRAL_OK)
        return status;

    for (size_t i = 0; i < share_count; i++)
        if (!(shares[i] >= (i > 0 ? shares[i - 1] : 0.0) && shares[i] <= 1.0))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "share %zu is %.10g; expected shares of 0 to 1 that rise", i,
                                    shares[i]);
    if (share_count > 1000)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu shares; expected at most 1000",
                                share_count);
    status = spiral_check_length("quantiles", count, (size_t)fan->steps * share_count, error);

    for (long step = 0; step < fan->steps && status == SPIRAL_OK; step++)
        spiral_fan_quantiles(fan, step, (enum spiral_quantity)quantity, shares, (int)share_count,
                             values + (size_t)step * share_count);

    return status;
}

enum spiral_status spiral_ensemble_mean(const struct spiral_ensemble *ensemble, size_t branch,
                                        size_t quantity, double *values, size_t count,
                                        struct spiral_error *error)
{
    const struct spiral_fan *fan;
    enum spiral_status status = find_fan(ensemble, branch, quantity, &fan, error);

    if (status == SPIRAL_OK)
        status = spiral_check_length("means", count, (size_t)fan->steps, error);
    if (status != SPIRAL_OK)
        return status;

    for (long step = 0; step < fan->steps; step++)
        values[step] = spiral_fan_mean(fan, step, (enum spiral_quantity)quantity);

    return SPIRAL_OK;
}

enum spiral_status spiral_ensemble_reached(const struct spiral_ensemble *ensemble, size_t branch,
                                           int level, uint64_t *counts, size_t count,
                                           struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK && level != 4 && level != 5)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "level %d; expected 4, force, or 5, war",
                                  level);
    if (status == SPIRAL_OK)
        status = spiral_check_length("counts", count, spiral_ensemble_step_count(ensemble), error);
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_tally *tally = found->collector.tally;
    const uint64_t *by_step = level == 5 ? tally->war_by_step : tally->force_by_step;
    uint64_t sum = by_step[0];

    for (size_t step = 0; step < count; step++) {
        sum += by_step[step + 1];
        counts[step] = sum;
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_ensemble_levels(const struct spiral_ensemble *ensemble, size_t branch,
                                          uint64_t *counts, size_t count,
                                          struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status == SPIRAL_OK)
        status = spiral_check_length("counts", count,
                                     spiral_ensemble_step_count(ensemble) * SPIRAL_HOSTILITY_LEVELS,
                                     error);
    if (status == SPIRAL_OK) /* the tally's first row is that of no steps done */
        memcpy(counts, found->collector.tally->ladder + SPIRAL_HOSTILITY_LEVELS,
               count * sizeof *counts);
    return status;
}

int spiral_ensemble_first_year(const struct spiral_ensemble *ensemble)
{
    return ensemble->branches[0].collector.tally->first_year;
}

size_t spiral_ensemble_year_count(const struct spiral_ensemble *ensemble)
{
    return (size_t)ensemble->branches[0].collector.tally->years;
}

enum spiral_status spiral_ensemble_years(const struct spiral_ensemble *ensemble, size_t branch,
                                         size_t rival, uint64_t *counts, size_t count,
                                         struct spiral_error *error)
{
    const struct branch *found;
    enum spiral_status status = find_branch(ensemble, branch, &found, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_tally *tally = found->collector.tally;
    const size_t rivals = (size_t)tally->rivals;
    const size_t years = (size_t)tally->years;

    status = spiral_check_index("rival", rival, rivals, error);
    if (status == SPIRAL_OK)
        status = spiral_check_length("counts", count, years * SPIRAL_HOSTILITY_LEVELS, error);
    if (status != SPIRAL_OK)
        return status;

    for (size_t year = 0; year < years; year++)
        memcpy(counts + year * SPIRAL_HOSTILITY_LEVELS,
               tally->year_highest + (year * rivals + rival) * SPIRAL_HOSTILITY_LEVELS,
               SPIRAL_HOSTILITY_LEVELS * sizeof *counts);

    return SPIRAL_OK;
}
