/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/figure/whatif.h"
#include "tools/draw/chart.h"
#include "tools/farm/farm.h"
#include "tools/result/branch.h"

/* What the baseline or a branch leaves: its collector, and the step of each run's war
 * (steps + 1: none). */
struct ensemble {
    struct spiral_plan *plan;
    struct spiral_collector collector;
    long *war_step; /* [run] */
};

static void note_war(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct ensemble *ensemble = context;
    ensemble->war_step[stream] =
        outcome->war > 0.0
            ? (long)((outcome->war_date - ensemble->plan->start) / ensemble->plan->dt + 0.5)
            : ensemble->plan->steps + 1;
}

static int run_ensemble(struct ensemble *ensemble, const struct spiral_chart_request *request,
                        const struct spiral_scenario *scenario,
                        const struct spiral_chart_case *loaded)
{
    struct spiral_error error;

    enum spiral_status status =
        spiral_plan_create(&ensemble->plan, scenario, &loaded->constants, &loaded->options, &error);

    if (status != SPIRAL_OK)
        return spiral_complain_error(&error);
    ensemble->war_step = malloc(request->runs * sizeof *ensemble->war_step);
    status = ensemble->war_step == NULL
                 ? SPIRAL_NO_MEMORY
                 : spiral_collector_init(&ensemble->collector, ensemble->plan, true, true);

    if (status != SPIRAL_OK) {
        spiral_complain("no memory for the ensemble");
        return SPIRAL_EXIT_FAILED;
    }

    ensemble->collector.each_run = note_war;
    ensemble->collector.context = ensemble;
    status = spiral_farm_run(ensemble->plan, request->seed, 0, request->runs, request->threads,
                             &ensemble->collector, &error);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

/* The paired interval of the difference of the risks at every step. NULL where there is no
 * memory; the caller frees it. */
static struct spiral_interval *differences(const struct ensemble *baseline,
                                           const struct ensemble *branch, uint64_t runs)
{
    const long steps = baseline->plan->steps;
    struct spiral_interval *interval = malloc(((size_t)steps + 1) * sizeof *interval);
    uint64_t *only_baseline = calloc((size_t)steps + 3, sizeof *only_baseline);
    uint64_t *only_branch = calloc((size_t)steps + 3, sizeof *only_branch);

    if (interval != NULL && only_baseline != NULL && only_branch != NULL) {
        /* a run counts on one side alone from its first war to the second's: added where it
         * begins, taken away where it ends */
        for (uint64_t run = 0; run < runs; run++) {
            const long first = baseline->war_step[run], second = branch->war_step[run];
            uint64_t *count = first < second ? only_baseline : only_branch;
            count[first < second ? first : second]++;
            count[first < second ? second : first]--;
        }

        uint64_t with_baseline = 0;
        uint64_t with_branch = 0;

        for (long step = 0; step <= steps; step++) {
            with_baseline += only_baseline[step];
            with_branch += only_branch[step];
            interval[step] = spiral_paired_difference(with_branch, with_baseline, runs);
        }
    } else {
        free(interval);
        interval = NULL;
    }

    free(only_baseline);
    free(only_branch);

    return interval;
}

/* What the constants may be, of the difference of the risks at every step. NULL where runs have one
 * set of constants or are too few, or where there is no memory; the caller frees it. */
static struct spiral_interval *differences_by_constants(const struct ensemble *baseline,
                                                        const struct ensemble *branch,
                                                        uint64_t runs)
{
    const size_t sets = baseline->plan->set_count;
    const long steps = baseline->plan->steps;
    struct spiral_interval *interval = malloc(((size_t)steps + 1) * sizeof *interval);
    uint64_t *up = calloc(2 * ((size_t)steps + 3) * sets + 1, sizeof *up);
    uint64_t *down = up != NULL ? up + ((size_t)steps + 3) * sets : NULL; /* [step * sets + set] */
    bool known = sets > 0 && interval != NULL && up != NULL;

    for (uint64_t run = 0; run < runs && known; run++) {
        const long first = baseline->war_step[run];
        const long second = branch->war_step[run];
        uint64_t *count = first < second ? down : up;
        count[(size_t)(first < second ? first : second) * sets + run % sets]++;
        count[(size_t)(first < second ? second : first) * sets + run % sets]--;
    }

    for (size_t step = 0; step <= (size_t)steps && known; step++) {
        struct spiral_set_variance variance = {.lowest = -1.0};

        for (size_t set = 0; set < sets; set++) {
            if (step > 0) {
                up[step * sets + set] += up[(step - 1) * sets + set];
                down[step * sets + set] += down[(step - 1) * sets + set];
            }

            spiral_set_variance_add(&variance, runs / sets + (set < runs % sets),
                                    up[step * sets + set], down[step * sets + set]);
        }

        known = spiral_constants_interval(&variance, &interval[step]);
    }

    free(up);
    if (known)
        return interval;
    free(interval);

    return NULL;
}

static int draw_result(const struct spiral_chart_request *request,
                       const struct spiral_chart_case *loaded, const struct ensemble *ensembles,
                       const struct spiral_branch *branches)
{
    struct spiral_whatif_figure figure = {.scenario = &loaded->scenario,
                                          .plan = loaded->plan,
                                          .branch_count = request->branches.count,
                                          .quantity = (enum spiral_quantity)request->quantity,
                                          .seed = request->seed,
                                          .language = request->language};
    struct spiral_interval *intervals[SPIRAL_WHATIF_BRANCHES] = {NULL};
    struct spiral_interval *by_constants[SPIRAL_WHATIF_BRANCHES] = {NULL};
    char names[SPIRAL_WHATIF_BRANCHES][128];
    struct spiral_chart_output output;
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i <= request->branches.count; i++) {
        figure.tallies[i] = ensembles[i].collector.tally;
        figure.fans[i] = ensembles[i].collector.fan;
    }

    for (size_t b = 0; b < request->branches.count; b++) {
        char date[12];
        const struct spiral_doctrine *doctrine = spiral_doctrine_find(branches[b].doctrine);
        spiral_date_format(branches[b].date, date);

        const char *actor =
            spiral_figure_text(&loaded->scenario.states[branches[b].state].name, request->language);
        snprintf(names[b], sizeof names[b],
                 request->language == SPIRAL_CHINESE ? "%s，%s：\n%s" : "%s, %s:\n%s", actor, date,
                 request->language == SPIRAL_CHINESE ? doctrine->label_zh : doctrine->label_en);
        intervals[b] = differences(&ensembles[0], &ensembles[b + 1], request->runs);
        status = intervals[b] == NULL ? SPIRAL_NO_MEMORY : status;
        figure.names[b] = names[b];
        figure.dates[b] = branches[b].date;
        figure.difference[b] = intervals[b];
        by_constants[b] = differences_by_constants(&ensembles[0], &ensembles[b + 1], request->runs);
        figure.by_constants[b] = by_constants[b];
    }

    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_chart_open(&output, request))
        exit_status =
            spiral_chart_close(&output, request,
                               status == SPIRAL_OK ? spiral_whatif_draw(output.page, &figure)
                                                   : status);

    for (size_t b = 0; b < request->branches.count; b++) {
        free(intervals[b]);
        free(by_constants[b]);
    }

    return exit_status;
}

static int run_ensembles(const struct spiral_chart_request *request,
                         struct spiral_chart_case *loaded, struct ensemble *ensembles,
                         struct spiral_branch *branches)
{
    struct spiral_error error;
    int exit_status = run_ensemble(&ensembles[0], request, &loaded->scenario, loaded);

    for (size_t b = 0; b < request->branches.count && exit_status == SPIRAL_EXIT_OK; b++) {
        struct spiral_scenario branched;
        if (spiral_branch_parse(&branches[b], request->branches.items[b], &loaded->scenario,
                                &error) != SPIRAL_OK)
            return spiral_complain_error(&error);

        if (spiral_branch_apply(&branched, &loaded->scenario, &branches[b], false) != SPIRAL_OK) {
            spiral_complain("no memory for a branch");
            return SPIRAL_EXIT_FAILED;
        }

        exit_status = run_ensemble(&ensembles[b + 1], request, &branched, loaded);
        spiral_scenario_clear(&branched);
    }

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case loaded;
    struct ensemble ensembles[1 + SPIRAL_WHATIF_BRANCHES] = {{.plan = NULL}};
    struct spiral_branch branches[SPIRAL_WHATIF_BRANCHES];

    if (request->branches.count == 0) {
        spiral_complain("chart whatif: which branch? --what-if STATE:DOCTRINE@DATE, as "
                        "UKR:limited_balance@2004-12");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = run_ensembles(request, &loaded, ensembles, branches);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_result(request, &loaded, ensembles, branches);

    for (size_t i = 0; i <= request->branches.count; i++) {
        spiral_collector_clear(&ensembles[i].collector);
        spiral_plan_destroy(ensembles[i].plan);
        free(ensembles[i].war_step);
    }

    spiral_chart_case_clear(&loaded);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_whatif = {
    "whatif", "SCENARIO", "baseline and branches (--what-if), and what they change",
    1,        1,          1100.0,
    850.0,    4000,       draw_chart};
