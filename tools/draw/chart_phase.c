/* SPDX-License-Identifier: MIT
 *
 * Threat against threat. The flow at a date: from each pair of fears, with all else as it is
 * then in a typical run, the mean change over the years that follow. (Over a single step neither
 * fear depends on the other's; they act on each other through arms and conduct, which takes
 * time.)
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/phase.h"
#include "sim/parameter.h"
#include "sim/snapshot.h"
#include "sim/step.h"
#include "tools/draw/chart.h"
#include "tools/store/paths.h"

/* The runs over which means are taken, and the batches that hold them. */
enum { NODES = 17, PATHS = 8, RUNS = 32, BATCHES = (RUNS + SPIRAL_LANES - 1) / SPIRAL_LANES };

/* Over how many years a flow is measured, and for how many the fears are held before. */
struct phase_span {
    double held;
    double measured;
};
static const struct phase_span as_it_was = {0.0, 5.0};
static const struct phase_span settled = {40.0, 1.0};

struct phase {
    struct spiral_batch *batches[BATCHES];
    struct phase_span span;
    struct spiral_snapshot typical;
    double small_change[NODES * NODES];
    double neighbour_change[NODES * NODES];
    struct spiral_store_paths paths; /* x: the small state's fear */
};

/* False where there is no memory; the batches that there are are destroyed by the caller. */
static bool create_batches(struct phase *phase)
{
    bool created = true;

    for (int b = 0; b < BATCHES; b++) {
        phase->batches[b] = spiral_batch_create();
        created = created && phase->batches[b] != NULL;
    }

    return created;
}

/* The streams of a batch's runs. */
static void number_runs(int batch, uint64_t stream[SPIRAL_LANES])
{
    for (int l = 0; l < SPIRAL_LANES; l++)
        stream[l] = (uint64_t)(batch * SPIRAL_LANES + l);
}

static void start_batches(struct phase *phase, const struct spiral_plan *plan, uint64_t seed)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = plan;

    for (int b = 0; b < BATCHES; b++) {
        number_runs(b, stream);
        spiral_batch_start(phase->batches[b], plans, seed, stream);
    }
}

static void step_batches(struct phase *phase)
{
    for (int b = 0; b < BATCHES; b++)
        spiral_step(phase->batches[b]);
}

/* The two fears of a run. */
static double *fear_of(struct phase *phase, int run, bool small)
{
    struct spiral_batch *batch = phase->batches[run / SPIRAL_LANES];
    const struct spiral_rival *rival = &batch->layout.rivals[0];
    const int seen = small ? rival->small_about_neighbour : rival->neighbour_about_small;

    return &batch->states[batch->now].threat[seen][run % SPIRAL_LANES];
}
static double *fear_of_small(struct phase *phase, int run) { return fear_of(phase, run, true); }
static double *fear_of_neighbour(struct phase *phase, int run)
{
    return fear_of(phase, run, false);
}

/* Runs the first runs of the seed to a step, noting the paths of the first PATHS where none were
 * read; keeps the run whose fears are nearest to the mean. */
static bool find_typical(struct phase *phase, const struct spiral_plan *plan, uint64_t seed,
                         long step, bool note)
{
    struct spiral_store_paths *paths = &phase->paths;

    if (note) {
        *paths = (struct spiral_store_paths){.count = PATHS, .steps = (size_t)plan->steps};
        paths->x = malloc(paths->count * paths->steps * sizeof *paths->x);
        paths->y = malloc(paths->count * paths->steps * sizeof *paths->y);
        if (paths->x == NULL || paths->y == NULL)
            return false;
    }

    start_batches(phase, plan, seed);
    for (long done = 0; done < (note ? plan->steps : step); done++) {
        double mean[2] = {0.0, 0.0};
        double nearest = INFINITY;
        step_batches(phase);

        for (size_t p = 0; note && p < paths->count; p++) {
            paths->x[p * paths->steps + (size_t)done] = *fear_of_small(phase, (int)p);
            paths->y[p * paths->steps + (size_t)done] = *fear_of_neighbour(phase, (int)p);
        }

        if (done + 1 != step)
            continue;

        for (int run = 0; run < RUNS; run++) {
            mean[0] += *fear_of_small(phase, run) / RUNS;
            mean[1] += *fear_of_neighbour(phase, run) / RUNS;
        }

        for (int run = 0; run < RUNS; run++) {
            const double far = hypot(*fear_of_small(phase, run) - mean[0],
                                     *fear_of_neighbour(phase, run) - mean[1]);
            if (far < nearest) {
                nearest = far;
                memset(&phase->typical, 0, sizeof phase->typical);
                spiral_snapshot_take(&phase->typical, phase->batches[run / SPIRAL_LANES],
                                     run % SPIRAL_LANES);
            }
        }
    }

    return true;
}

static void set_fears(struct phase *phase, double small, double neighbour)
{
    for (int run = 0; run < RUNS; run++) {
        *fear_of_small(phase, run) = small;
        *fear_of_neighbour(phase, run) = neighbour;
    }
}

/* Othering is slow to settle: it starts at the fear that is held. */
static void set_othering(struct phase *phase, double small, double neighbour)
{
    for (int b = 0; b < BATCHES; b++) {
        struct spiral_batch *batch = phase->batches[b];
        const struct spiral_rival *rival = &batch->layout.rivals[0];
        struct spiral_lanes_state *state = &batch->states[batch->now];

        for (int l = 0; l < SPIRAL_LANES; l++) {
            state->othering[rival->small_about_neighbour][l] = small;
            state->othering[rival->neighbour_about_small][l] = neighbour;
        }
    }
}

static long steps_of(double years, const struct spiral_plan *plan)
{
    return (long)(years / plan->dt + 0.5);
}

/* The mean change per year from every node of the plane, over a batch of runs with the same draws
 * for all nodes. */
static void measure_flow(struct phase *phase, const struct spiral_plan *plan, uint64_t seed)
{
    uint64_t stream[SPIRAL_LANES];
    const long held = steps_of(phase->span.held, plan);
    const long left = plan->steps - phase->typical.step - held;
    const long wanted = steps_of(phase->span.measured, plan);
    const long steps = left < wanted ? left : wanted;

    for (int node = 0; node < NODES * NODES; node++) {
        const double x = node % NODES / (NODES - 1.0);
        const double y = node / NODES / (NODES - 1.0);

        for (int b = 0; b < BATCHES; b++) {
            number_runs(b, stream);
            spiral_snapshot_resume(&phase->typical, phase->batches[b], plan, seed, stream);
        }

        set_fears(phase, x, y);
        if (held > 0)
            set_othering(phase, x, y);

        for (long step = 0; step < held; step++) {
            step_batches(phase);
            set_fears(phase, x, y);
        }

        for (long step = 0; step < steps; step++)
            step_batches(phase);

        double sum[2] = {0.0, 0.0};

        for (int run = 0; run < RUNS; run++) {
            sum[0] += *fear_of_small(phase, run) - x;
            sum[1] += *fear_of_neighbour(phase, run) - y;
        }

        phase->small_change[node] = sum[0] / (RUNS * (double)steps * plan->dt);
        phase->neighbour_change[node] = sum[1] / (RUNS * (double)steps * plan->dt);
    }
}

/* Means over years in place of months: a path that the eye can follow through the noise. */
static void smooth_paths(struct spiral_store_paths *paths, double dt)
{
    const size_t year = dt < 1.0 ? (size_t)(1.0 / dt + 0.5) : 1;
    const size_t years = paths->steps < year ? 1 : (paths->steps + year / 2) / year;

    for (size_t p = 0; p < paths->count; p++)
        for (size_t i = 0; i < years; i++) {
            const size_t from = i * year;
            const size_t to = i + 1 < years ? from + year : paths->steps;
            double x = 0.0;
            double y = 0.0;

            for (size_t step = from; step < to; step++) {
                x += paths->x[p * paths->steps + step] / (double)(to - from);
                y += paths->y[p * paths->steps + step] / (double)(to - from);
            }

            paths->x[p * years + i] = x; /* never beyond what was read */
            paths->y[p * years + i] = y;
        }

    paths->steps = years;
}

static int draw_result(const struct spiral_chart_request *request, const struct phase *phase,
                       const struct spiral_scenario *scenario, const struct spiral_plan *plan)
{
    char title[300];
    char subtitle[400];
    char date[12];
    struct spiral_chart_output output;
    const bool chinese = request->language == SPIRAL_CHINESE;
    const struct spiral_phase_figure figure = {
        .title = title,
        .subtitle = subtitle,
        .language = request->language,
        .nodes = NODES,
        .small = spiral_figure_text(&scenario->states[scenario->small].name, request->language),
        .neighbour = spiral_figure_text(&scenario->states[plan->layout.rivals[0].neighbour].name,
                                        request->language),
        .small_change = phase->small_change,
        .neighbour_change = phase->neighbour_change,
        .path_count = request->settled         ? 0
                      : phase->paths.count < 3 ? phase->paths.count
                                               : 3, /* more are a tangle */
        /* twelve months are named by the year that most of them lie in */
        .first_year = (int)(plan->start + 0.5),
        .steps = phase->paths.steps,
        .path_small = phase->paths.x,
        .path_neighbour = phase->paths.y};

    spiral_date_format(spiral_plan_date(plan, phase->typical.step), date);
    snprintf(title, sizeof title, chinese ? "%s：恐惧对恐惧" : "%s: fear against fear",
             spiral_figure_title(scenario, request->language));
    if (request->settled)
        snprintf(subtitle, sizeof subtitle,
                 chinese
                     ? "箭头：双方恐惧保持 %.0f 年、其余一切随之稳定之后，一年内的变化，"
                       "不计偶然因素"
                     : "Arrows: change within a year after both fears were held for %.0f years, "
                       "until all else had settled; without chance",
                 phase->span.held);
    else
        snprintf(subtitle, sizeof subtitle,
                 chinese ? "箭头：自 %s 起 %.0f 年内的平均变化，其余一切如当时的典型模拟；种子 %llu"
                         : "Arrows: mean change from %s over %.0f years, all else as in a typical "
                           "run then; seed %llu",
                 date, phase->span.measured, (unsigned long long)request->seed);
    if (!spiral_chart_open(&output, request))
        return SPIRAL_EXIT_FAILED;
    spiral_phase_draw(output.page, &figure);

    return spiral_chart_close(&output, request, SPIRAL_OK);
}

/* The flow at the date asked for, else in the middle of the run; `calm` is the plan without chance
 * where that is asked for, else the same. */
static int draw_plan(const struct spiral_chart_request *request, struct phase *phase,
                     const struct spiral_scenario *scenario, const struct spiral_plan *plan,
                     const struct spiral_plan *calm, bool note)
{
    const double start_date = spiral_plan_date(plan, 0);
    const double at =
        request->at > 0.0 ? request->at : 0.5 * (start_date + spiral_plan_date(plan, plan->steps));
    const long step = (long)((at - start_date) / plan->dt + 0.5);

    if (step < 1 || step >= plan->steps) {
        char first[12];
        char last[12];
        spiral_date_format(start_date, first);
        spiral_date_format(spiral_plan_date(plan, plan->steps), last);
        spiral_complain("chart phase: --at: expected a date within the run, from %s to %s", first,
                        last);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    phase->span = request->settled ? settled : as_it_was;

    if (plan->steps - step <= steps_of(phase->span.held, plan)) {
        spiral_complain("chart phase: --settled: the run ends too soon after --at; expected %.0f "
                        "years or more",
                        phase->span.held + phase->span.measured);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    int exit_status = SPIRAL_EXIT_FAILED;

    if (create_batches(phase) && find_typical(phase, plan, request->seed, step, note)) {
        measure_flow(phase, calm, request->seed);
        smooth_paths(&phase->paths, plan->dt);
        exit_status = draw_result(request, phase, scenario, plan);
    } else
        spiral_complain("out of memory");
    for (int b = 0; b < BATCHES; b++)
        spiral_batch_destroy(phase->batches[b]);

    return exit_status;
}

/* A plan whose runs meet no chance: no noise, and no incidents. */
static int make_calm_plan(struct spiral_plan **calm, const struct spiral_scenario *scenario,
                          const struct spiral_constants *constants,
                          const struct spiral_plan_options *options)
{
    struct spiral_constants without = *constants;
    struct spiral_plan_options one_set = *options;
    struct spiral_error error;

    without.noise = without.press = without.incident = 0.0;
    one_set.posterior = NULL;

    return spiral_plan_create(calm, scenario, &without, &one_set, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

static int draw_case(const struct spiral_chart_request *request, struct phase *phase)
{
    struct spiral_chart_case loaded;
    struct spiral_plan *calm = NULL;
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK && request->settled)
        exit_status = make_calm_plan(&calm, &loaded.scenario, &loaded.constants, &loaded.options);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_plan(request, phase, &loaded.scenario, loaded.plan,
                                calm != NULL ? calm : loaded.plan, true);
    spiral_plan_destroy(calm);
    spiral_chart_case_clear(&loaded);

    return exit_status;
}

/* The first scenario of a store as its experiment sets it, with the trajectories that were kept. */
static int draw_store(const struct spiral_chart_request *request, struct phase *phase)
{
    struct spiral_store *store = NULL;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan *plan = NULL;
    struct spiral_error error;
    char name[SPIRAL_NAME_SIZE];
    enum spiral_status status = spiral_store_open(&store, request->operands[0], false, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    if (status == SPIRAL_OK)
        status = spiral_store_paths_read(&phase->paths, store, 0, SPIRAL_QUANTITY_threat_small,
                                         SPIRAL_QUANTITY_threat_neighbour, PATHS, &error);

    struct spiral_scenario *scenario =
        status == SPIRAL_OK ? &sweep.experiment.cases[0].scenario : NULL;

    for (size_t i = 0; i < sweep.experiment.setting_count && status == SPIRAL_OK; i++) {
        const struct spiral_setting *setting = &sweep.experiment.settings[i];
        status = spiral_experiment_resolve(scenario, setting->name, name, &error);
        if (status == SPIRAL_OK)
            status = spiral_parameter_set(scenario, &constants, name, setting->value, &error);
    }

    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plan, scenario, &constants, &sweep.experiment.run, &error);
    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);

    if (exit_status == SPIRAL_EXIT_OK && phase->paths.count == 0) {
        spiral_complain(
            "chart phase: %s has no trajectories; `spiral sweep --trajectories N` keeps some",
            request->operands[0]);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    struct spiral_plan *calm = NULL;

    if (exit_status == SPIRAL_EXIT_OK && request->settled)
        exit_status = make_calm_plan(&calm, scenario, &constants, &sweep.experiment.run);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_plan(request, phase, scenario, plan, calm != NULL ? calm : plan, false);
    spiral_plan_destroy(calm);
    spiral_plan_destroy(plan);
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct phase *phase = calloc(1, sizeof *phase);

    if (phase == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    const int exit_status = spiral_store_is(request->operands[0]) ? draw_store(request, phase)
                                                                  : draw_case(request, phase);

    spiral_store_paths_clear(&phase->paths);
    free(phase);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_phase = {
    "phase",
    "SCENARIO|STORE",
    "threat against threat: flow, nullclines, runs or a store's trajectories",
    1,
    1,
    820.0,
    860.0,
    0,
    draw_chart};
