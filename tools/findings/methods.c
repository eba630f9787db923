/* SPDX-License-Identifier: MIT
 *
 * The methods of `spiral analyse`: from the numbers of a store to tables.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tables.h"
#include "tools/analysis/statistics.h"
#include "tools/findings/findings.h"

const char *const spiral_analyse_names[SPIRAL_ANALYSE_METHODS] = {
#define SPIRAL_ANALYSE_ENTRY(name, doc) #name,
    SPIRAL_ANALYSE_TABLE(SPIRAL_ANALYSE_ENTRY)
#undef SPIRAL_ANALYSE_ENTRY
};

/* The points that are analysed: those of whole blocks whose outcome is there. A factor's value
 * is that of its first axis. */
struct subject {
    const struct spiral_store_figures *figures;
    const struct spiral_analyse_request *request;
    struct spiral_findings *findings;
    struct spiral_error *error;
    size_t blocks;
    size_t points;
    double *x, *coordinate, *y; /* [point * factors + factor], [point] */
    bool *is_case;
    size_t cases;
    double threshold;
    double chance; /* mean over points of the variance of y that a finite number of runs brings */
};

static void clear_subject(struct subject *subject)
{
    free(subject->x);
    free(subject->coordinate);
    free(subject->y);
    free(subject->is_case);
}

static const struct spiral_store_axis *first_axis(const struct spiral_store_figures *figures,
                                                  size_t factor)
{
    size_t axis = 0;
    while (axis + 1 < figures->axis_count && figures->axes[axis].factor != factor)
        axis++;
    return &figures->axes[axis];
}

/* A factor by the names of its axes. */
static void name_factor(char text[300], const struct spiral_store_figures *figures, size_t factor)
{
    size_t used = 0;

    text[0] = '\0';

    for (size_t a = 0; a < figures->axis_count && used < 299; a++)
        if (figures->axes[a].factor == factor)
            used += (size_t)snprintf(text + used, 300 - used, "%s%s", used > 0 ? " + " : "",
                                     figures->axes[a].name);
}

/* A date has no value in a run without its event. */
static enum spiral_status fail_without_values(const struct subject *subject)
{
    const char *outcome = subject->figures->outcomes[subject->request->outcome].name;
    const char *end = strstr(outcome, "_date");

    if (end == NULL)
        return spiral_error_set(subject->error, SPIRAL_BAD_INPUT,
                                "the outcome '%s' has no value in any of %zu base points", outcome,
                                subject->figures->base);

    return spiral_error_set(subject->error, SPIRAL_BAD_INPUT,
                            "no run had %.*s: the outcome has no value in any of %zu base points",
                            (int)(end - outcome), outcome, subject->figures->base);
}

/* Copies the points that are analysed. */
static enum spiral_status gather_points(struct subject *subject)
{
    const struct spiral_store_figures *figures = subject->figures;
    const size_t block = spiral_store_block(figures);
    const size_t factors = figures->factors;
    const size_t at =
        spiral_store_series(figures, subject->request->scenario, subject->request->outcome);

    subject->x = malloc((figures->points * factors + 1) * sizeof *subject->x);
    subject->coordinate = malloc((figures->points * factors + 1) * sizeof *subject->coordinate);
    subject->y = malloc(figures->points * sizeof *subject->y);
    subject->is_case = malloc(figures->points * sizeof *subject->is_case);
    if (subject->x == NULL || subject->coordinate == NULL || subject->y == NULL ||
        subject->is_case == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for %zu points",
                                figures->points);

    /* An index needs all points of a block, so a block with a missing outcome is left out. */
    for (size_t b = 0; b < figures->base; b++) {
        bool whole = true;
        for (size_t p = b * block; p < (b + 1) * block; p++)
            whole = whole && isfinite(figures->mean[at + p]);

        for (size_t p = b * block; p < (b + 1) * block && whole; p++) {
            const double count = (double)figures->count[at + p];
            for (size_t f = 0; f < factors; f++) {
                const size_t axis = (size_t)(first_axis(figures, f) - figures->axes);
                subject->x[subject->points * factors + f] =
                    figures->value[p * figures->axis_count + axis];
                subject->coordinate[subject->points * factors + f] =
                    figures->coordinate[p * factors + f];
            }

            subject->y[subject->points++] = figures->mean[at + p];
            subject->chance += count > 1.0 ? figures->m2[at + p] / (count * (count - 1.0)) : NAN;
        }

        subject->blocks += whole;
    }

    if (factors == 0 && subject->request->method != SPIRAL_ANALYSE_means)
        return spiral_error_set(subject->error, SPIRAL_BAD_INPUT,
                                "nothing varies in this sweep; --method means gives the means");
    if (subject->blocks == 0 && figures->base > 0)
        return fail_without_values(subject);
    subject->chance /= (double)subject->points;

    return SPIRAL_OK;
}

/* Divides the points into cases and others. */
static enum spiral_status divide_points(struct subject *subject)
{
    const size_t n = subject->points;

    subject->threshold = subject->request->threshold;

    if (isnan(subject->threshold) && n > 0) {
        double *sorted = malloc(n * sizeof *sorted);
        if (sorted == NULL)
            return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for %zu points",
                                    n);
        memcpy(sorted, subject->y, n * sizeof *sorted);
        spiral_sort(sorted, n);

        const bool same = sorted[0] == sorted[n - 1];
        size_t place = n - n / 4 < n ? n - n / 4 : n - 1;

        /* Where equal values reach below the quarter, the threshold is the next higher value. */
        while (place > 0 && place < n && sorted[place] == sorted[place - 1])
            place++;

        subject->threshold = place < n ? sorted[place] : sorted[n - 1];
        free(sorted);

        if (same)
            return spiral_error_set(subject->error, SPIRAL_BAD_INPUT,
                                    "the outcome is %g at every point: there is nothing to explain",
                                    subject->y[0]);
    }

    for (size_t p = 0; p < n; p++) {
        subject->is_case[p] = subject->y[p] >= subject->threshold;
        subject->cases += subject->is_case[p];
    }

    return SPIRAL_OK;
}

/* --- tables ----------------------------------------------------------------------------------- */

/* Adds a table on the subject. */
static struct spiral_finding_table *add_table(struct subject *subject, const char *part,
                                              const char *const *measures, size_t measure_count)
{
    struct spiral_finding_table heading = {
        .scenario = subject->figures->scenarios[subject->request->scenario].name,
        .outcome = subject->figures->outcomes[subject->request->outcome].name,
        .method = spiral_analyse_names[subject->request->method],
        .part = part,
        .measure_count = measure_count};

    for (size_t m = 0; m < measure_count; m++)
        heading.measures[m] = measures[m];

    return spiral_findings_table(subject->findings, &heading);
}

/* Adds the row of a factor. */
static struct spiral_finding *add_factor_row(struct subject *subject,
                                             struct spiral_finding_table *table, size_t factor,
                                             double size)
{
    struct spiral_finding *row = spiral_findings_row(subject->findings, table);
    name_factor(row->factor, subject->figures, factor);
    row->size = size;
    return row;
}

/* Notes which points the numbers rest on, and how much of their variance is chance. */
static void note_basis(const struct subject *subject, struct spiral_finding_table *table)
{
    const struct spiral_store_figures *figures = subject->figures;
    double sum = 0.0;
    double squares = 0.0;

    for (size_t p = 0; p < subject->points; p++)
        sum += subject->y[p] / (double)subject->points;
    for (size_t p = 0; p < subject->points; p++)
        squares += (subject->y[p] - sum) * (subject->y[p] - sum) / (double)subject->points;

    spiral_findings_note(table, "%zu points", subject->points);
    spiral_findings_note_zh(table, "%zu 个点", subject->points);

    if (subject->points < figures->points) {
        const bool blocks = spiral_store_block(figures) > 1;

        spiral_findings_note(table, " of %zu: the others have no run that counts%s",
                             figures->points,
                             blocks ? ", or are in a block with one that has none" : "");
        spiral_findings_note_zh(table, "（共 %zu 个，其余没有可计入的模拟%s）", figures->points,
                                blocks ? "，或同组中有这样的点" : "");
    }

    if (squares > 0.0 && !isnan(subject->chance)) {
        const double share = 100.0 * subject->chance / squares;
        spiral_findings_note(table,
                             "; a mean over runs has a sampling variance of %.*f %% of that over "
                             "points; common random numbers let points share much of it",
                             share < 10.0 ? 1 : 0, share);
        spiral_findings_note_zh(table,
                                "；每点多次模拟均值的抽样方差为各点间方差的 %.*f %%；"
                                "因使用相同的随机数，各点共有其中的大部分",
                                share < 10.0 ? 1 : 0, share);
    }
}

/* Whether a factor's values are codes of names, whose order means nothing. */
static bool has_nominal_factor(const struct subject *subject)
{
    for (size_t a = 0; a < subject->figures->axis_count; a++)
        if (subject->figures->axes[a].nominal)
            return true;

    return false;
}

/* Says what a method takes for granted and this design does not give. */
static void note_limits(const struct subject *subject, struct spiral_finding_table *table,
                        bool orders_factors)
{
    const struct spiral_store_figures *figures = subject->figures;

    if (orders_factors && has_nominal_factor(subject)) {
        spiral_findings_note(table, "; WARNING: a factor has names for values: their order means "
                                    "nothing, and this method uses it; --method means does not");
        spiral_findings_note_zh(table, "；警告：有一个因素的取值是名称，其次序没有意义，"
                                       "而本方法依赖次序；--method means 则不依赖");
    }

    if (figures->outcomes[subject->request->outcome].kind == SPIRAL_MEASURE_level) {
        spiral_findings_note(table, "; WARNING: the outcome is a level, 1 to 5: its mean takes the "
                                    "steps for equally far apart");
        spiral_findings_note_zh(table, "；警告：结果是 1 至 5 的等级，取均值即视各级间距相等");
    }
}

static void note_blocks(const struct subject *subject, struct spiral_finding_table *table,
                        const char *what, const char *what_zh)
{
    if (spiral_store_block(subject->figures) <= 1)
        return;
    spiral_findings_note(table, "; points of a block share coordinates: %s", what);
    spiral_findings_note_zh(table, "；同组的点有相同的坐标：%s", what_zh);
}

static enum spiral_status analyse_sobol(struct subject *subject)
{
    const size_t d = subject->figures->factors;
    const size_t pairs = spiral_pair_count(d);
    const bool second_order = subject->figures->second_order;
    struct spiral_estimate *first = calloc(2 * d + pairs, sizeof *first);
    struct spiral_estimate *total = first + d;
    struct spiral_estimate *second = second_order ? total + d : NULL;

    if (first == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for indices");

    const enum spiral_status status =
        spiral_analysis_sobol(first, total, second, subject->y, subject->blocks, d,
                              &subject->request->resampling, subject->error);

    if (status == SPIRAL_OK) {
        struct spiral_finding_table *table = add_table(subject, "shares of the variance",
                                                       (const char *const[]){"total", "first"}, 2);
        for (size_t f = 0; f < d; f++) {
            struct spiral_finding *row = add_factor_row(subject, table, f, total[f].value);
            row->measures[0] = total[f];
            row->measures[1] = first[f];
        }

        note_basis(subject, table);
        note_limits(subject, table, false);
        table = second_order && d > 1
                    ? add_table(subject, "interactions of two", (const char *const[]){"second"}, 1)
                    : NULL;

        for (size_t f = 0; f < d && table != NULL; f++)
            for (size_t g = f + 1; g < d; g++) {
                const struct spiral_estimate estimate = second[spiral_pair_place(f, g, d)];
                struct spiral_finding *row =
                    add_factor_row(subject, table, f, fabs(estimate.value));
                name_factor(row->with, subject->figures, g);
                row->measures[0] = estimate;
            }
    }

    free(first);

    return status;
}

static enum spiral_status analyse_morris(struct subject *subject)
{
    const size_t d = subject->figures->factors;
    struct spiral_elementary_effect *effects = calloc(d, sizeof *effects);

    if (effects == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for effects");

    const enum spiral_status status =
        spiral_analysis_morris(effects, subject->coordinate, subject->y, subject->blocks, d,
                               &subject->request->resampling, subject->error);

    if (status == SPIRAL_OK) {
        struct spiral_finding_table *table =
            add_table(subject, "elementary effects over a factor's range",
                      (const char *const[]){"mu_star", "mu", "sigma"}, 3);
        for (size_t f = 0; f < d; f++) {
            struct spiral_finding *row =
                add_factor_row(subject, table, f, effects[f].mu_star.value);
            row->measures[0] = effects[f].mu_star;
            row->measures[1] = effects[f].mu;
            row->measures[2] = effects[f].sigma;
        }

        note_basis(subject, table);
    }

    free(effects);

    return status;
}

/* How the points of the store came about. Where a block was left out, the others are no longer
 * spread evenly. */
static struct spiral_sampling sampling_of(const struct subject *subject)
{
    const struct spiral_store_figures *figures = subject->figures;
    const bool sequence =
        figures->design == SPIRAL_DESIGN_sobol || figures->design == SPIRAL_DESIGN_saltelli;

    return (struct spiral_sampling){.block = spiral_store_block(figures),
                                    .even = sequence && subject->points == figures->points};
}

static enum spiral_status analyse_prcc(struct subject *subject)
{
    const size_t d = subject->figures->factors;
    const struct spiral_sampling sampling = sampling_of(subject);
    struct spiral_rank_correlation *correlations = calloc(d, sizeof *correlations);

    if (correlations == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for correlations");

    const enum spiral_status status =
        spiral_analysis_prcc(correlations, subject->x, subject->y, subject->points, d, &sampling,
                             subject->error);

    if (status == SPIRAL_OK) {
        struct spiral_finding_table *table =
            add_table(subject, "partial rank correlations", (const char *const[]){"prcc", "p"}, 2);
        for (size_t f = 0; f < d; f++) {
            struct spiral_finding *row =
                add_factor_row(subject, table, f, fabs(correlations[f].coefficient.value));
            row->measures[0] = correlations[f].coefficient;
            row->measures[1].value = correlations[f].p;
        }

        note_basis(subject, table);
        note_blocks(subject, table, "intervals count a block as one, and there is no p",
                    "区间把一组算作一个点，且没有 p 值");
        note_limits(subject, table, true);
    }

    free(correlations);

    return status;
}

static void note_cases(const struct subject *subject, struct spiral_finding_table *table)
{
    const bool chosen = isnan(subject->request->threshold);
    const struct spiral_store_figures *figures = subject->figures;

    spiral_findings_note(table, "cases: %s of %.4g or more, %zu of %zu points%s", table->outcome,
                         subject->threshold, subject->cases, subject->points,
                         chosen ? " (at most the upper quarter; --threshold takes others)" : "");
    spiral_findings_note_zh(table, "所选情形：%s不低于 %.4g，%zu 个点（共 %zu 个）%s",
                            figures->outcomes[subject->request->outcome].label_zh,
                            subject->threshold, subject->cases, subject->points,
                            chosen ? "（至多为最高的四分之一；可用 --threshold 另选）" : "");
}

static enum spiral_status analyse_smirnov(struct subject *subject)
{
    const size_t d = subject->figures->factors;
    struct spiral_smirnov *distances = calloc(d, sizeof *distances);

    if (distances == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for distances");

    enum spiral_status status = divide_points(subject);

    if (status == SPIRAL_OK)
        status = spiral_analysis_smirnov(distances, subject->x, subject->is_case, subject->points,
                                         d, subject->error);

    if (status == SPIRAL_OK) {
        struct spiral_finding_table *table = add_table(subject, "distance of cases from the rest",
                                                       (const char *const[]){"distance", "p"}, 2);
        for (size_t f = 0; f < d; f++) {
            struct spiral_finding *row = add_factor_row(subject, table, f, distances[f].distance);
            row->measures[0].value = distances[f].distance;
            row->measures[1].value = distances[f].p;
        }

        note_cases(subject, table);
        spiral_findings_note(table, "; chance exceeds %.3f in 5 %% of cases",
                             distances[0].critical);
        spiral_findings_note_zh(table, "；仅凭偶然，5 %% 的情形会超过 %.3f", distances[0].critical);
        note_blocks(subject, table,
                    "WARNING: p takes points for independent, and is too small here",
                    "警告：p 值假定各点独立，在此偏小");
        note_limits(subject, table, true);
    }

    free(distances);

    return status;
}

static const char *const quality_names[] = {"density", "coverage", "mass",
                                            "points",  "cases",    "restricted"};

static struct spiral_finding *add_box_row(struct subject *subject,
                                          struct spiral_finding_table *table, size_t box,
                                          const struct spiral_prim_quality *quality)
{
    const double figures[] = {quality->density,       quality->coverage,
                              quality->mass,          (double)quality->points,
                              (double)quality->cases, (double)quality->restricted};
    struct spiral_finding *row = spiral_findings_row(subject->findings, table);

    snprintf(row->factor, sizeof row->factor, "box %zu", box + 1);
    for (size_t m = 0; m < sizeof figures / sizeof *figures; m++)
        row->measures[m].value = figures[m];

    return row;
}

/* Adds a table of the ranges at every step of the trajectories. */
static void add_trajectory_limits(struct subject *subject, const struct spiral_prim *prim)
{
    if (prim->box_count == 0)
        return;

    struct spiral_finding_table *table =
        add_table(subject, "limits", (const char *const[]){"range"}, 1);

    table->detail = true;

    for (size_t b = 0; b < prim->box_count; b++)
        for (size_t at = 0; at < prim->boxes[b].steps * prim->factors; at++) {
            const size_t f = at % prim->factors;
            const double *limit = &prim->boxes[b].trajectory_limits[2 * at];
            const struct spiral_store_axis *axis = first_axis(subject->figures, f);

            if (isinf(limit[0]) && isinf(limit[1]))
                continue;

            struct spiral_finding *row = add_factor_row(subject, table, f, -(double)b);

            snprintf(row->with, sizeof row->with, "box %zu step %zu", b + 1, at / prim->factors);
            row->measures[0].interval =
                (struct spiral_interval){isinf(limit[0]) ? axis->low : limit[0],
                                         isinf(limit[1]) ? axis->high : limit[1]};
        }
}

/* Adds a table of the boxes, one of their ranges, one of the ranges at every step, and one of their
 * trajectories. */
static void add_boxes(struct subject *subject, const struct spiral_prim *prim)
{
    struct spiral_finding_table *table = add_table(subject, "boxes", quality_names, 6);

    note_cases(subject, table);
    note_limits(subject, table, true);
    if (prim->box_count == 0) {
        spiral_findings_note(table, "; no box is denser than chance explains");
        spiral_findings_note_zh(table, "；没有比偶然更密集的区域");
    }
    for (size_t b = 0; b < prim->box_count; b++)
        add_box_row(subject, table, b, &prim->boxes[b].quality);

    table = prim->box_count > 0
                ? add_table(subject, "ranges", (const char *const[]){"range", "quasi_p"}, 2)
                : table;

    for (size_t b = 0; b < prim->box_count; b++)
        for (size_t f = 0; f < prim->factors; f++) {
            const struct spiral_prim_limit *limit = &prim->boxes[b].limits[f];
            if (!limit->above && !limit->below)
                continue;

            struct spiral_finding *row =
                add_factor_row(subject, table, f, -2.0 * (double)b - limit->p); /* box by box */
            snprintf(row->with, sizeof row->with, "box %zu", b + 1);

            const struct spiral_store_axis *axis = first_axis(subject->figures, f);
            row->measures[0].interval =
                (struct spiral_interval){limit->above ? limit->low : axis->low,
                                         limit->below ? limit->high : axis->high};
            row->measures[1].value = limit->p;
        }

    add_trajectory_limits(subject, prim);
    table = prim->box_count > 0 ? add_table(subject, "trajectories", quality_names, 6) : table;
    table->detail = prim->box_count > 0;

    for (size_t b = 0; b < prim->box_count; b++)
        for (size_t s = 0; s < prim->boxes[b].steps; s++)
            snprintf(add_box_row(subject, table, b, &prim->boxes[b].trajectory[s])->with,
                     SPIRAL_NAME_SIZE, "%zu%s", s, s == prim->boxes[b].chosen ? " chosen" : "");
}

/* Finds the boxes of the cases. The caller clears *prim in any case. */
static enum spiral_status find_boxes(struct subject *subject, struct spiral_prim *prim)
{
    const struct spiral_prim_options options =
        subject->request->prim.boxes > 0 ? subject->request->prim : spiral_prim_defaults();
    const enum spiral_status status = divide_points(subject);

    *prim = (struct spiral_prim){.boxes = NULL};

    return status != SPIRAL_OK
               ? status
               : spiral_analysis_prim(prim, subject->x, subject->is_case, subject->points,
                                      subject->figures->factors, &options, subject->error);
}

static enum spiral_status analyse_prim(struct subject *subject)
{
    struct spiral_prim prim;
    const enum spiral_status status = find_boxes(subject, &prim);

    if (status == SPIRAL_OK)
        add_boxes(subject, &prim);
    spiral_prim_clear(&prim);

    return status;
}

enum spiral_status spiral_analyse_boxes(struct spiral_prim *prim, double *threshold,
                                        const struct spiral_store_figures *figures,
                                        const struct spiral_analyse_request *request,
                                        struct spiral_error *error)
{
    struct subject subject = {.figures = figures, .request = request, .error = error};
    enum spiral_status status = gather_points(&subject);

    *prim = (struct spiral_prim){.boxes = NULL};
    if (status == SPIRAL_OK)
        status = find_boxes(&subject, prim);
    *threshold = subject.threshold;
    clear_subject(&subject);

    return status;
}

static enum spiral_status analyse_means(struct subject *subject)
{
    struct spiral_estimate mean;
    const size_t d = subject->figures->factors;
    enum spiral_status status = spiral_analysis_mean(&mean, subject->y, subject->points,
                                                     &subject->request->resampling, subject->error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_finding_table *table =
        add_table(subject, "mean over points", (const char *const[]){"mean", "points"}, 2);
    struct spiral_finding *row = spiral_findings_row(subject->findings, table);

    snprintf(row->factor, sizeof row->factor, "all points");
    row->measures[0] = mean;
    row->measures[1].value = (double)subject->points;
    note_basis(subject, table);
    table = add_table(subject, "means by level", (const char *const[]){"mean", "points"}, 2);

    for (size_t f = 0; f < d && status == SPIRAL_OK; f++) {
        struct spiral_level levels[SPIRAL_MOST_LEVELS];
        size_t count;
        double least = INFINITY;
        double most = -INFINITY;
        status = spiral_analysis_levels(levels, &count, subject->x, f, subject->y, subject->points,
                                        d, &subject->request->resampling, subject->error);

        for (size_t i = 0; i < count && status == SPIRAL_OK; i++) {
            least = fmin(least, levels[i].mean.value);
            most = fmax(most, levels[i].mean.value);
        }

        for (size_t i = 0; i < count && status == SPIRAL_OK; i++) {
            row = add_factor_row(subject, table, f, most - least);
            if (first_axis(subject->figures, f)->nominal && levels[i].low >= 0.0 &&
                levels[i].low < SPIRAL_DOCTRINES)
                snprintf(row->with, sizeof row->with, "%s",
                         spiral_doctrines[(int)levels[i].low].name);
            else
                snprintf(row->with, sizeof row->with,
                         levels[i].low < levels[i].high ? "%.4g .. %.4g" : "%.4g", levels[i].low,
                         levels[i].high);
            row->measures[0] = levels[i].mean;
            row->measures[1].value = (double)levels[i].points;
        }
    }

    return status;
}

static enum spiral_status analyse_pawn(struct subject *subject)
{
    const size_t d = subject->figures->factors;
    const struct spiral_sampling sampling = sampling_of(subject);
    struct spiral_pawn *indices = calloc(d, sizeof *indices);

    if (indices == NULL)
        return spiral_error_set(subject->error, SPIRAL_NO_MEMORY, "no memory for distances");

    const enum spiral_status status =
        spiral_analysis_pawn(indices, subject->x, subject->y, subject->points, d, &sampling,
                             &subject->request->resampling, subject->error);

    if (status == SPIRAL_OK) {
        static const char *const measures[] = {"median", "median_chance", "greatest",
                                               "greatest_chance", "slices"};
        struct spiral_finding_table *table =
            add_table(subject, "distance of slices from all points", measures, 5);

        for (size_t f = 0; f < d; f++) {
            struct spiral_finding *row = add_factor_row(subject, table, f, indices[f].median.value);
            row->measures[0] = indices[f].median;
            row->measures[1].value = indices[f].median_chance;
            row->measures[2] = indices[f].greatest;
            row->measures[3].value = indices[f].greatest_chance;
            row->measures[4].value = (double)indices[f].slices;
        }

        note_basis(subject, table);
        spiral_findings_note(table, "; a dummy factor exceeds the chance beside in 5 %% of cases");
        spiral_findings_note_zh(table, "；无关因素在 5 %% 的情形下会超过旁边所列的偶然值");
        note_blocks(subject, table, "intervals count a block as one", "区间把一组算作一个点");
        note_limits(subject, table, false);
    }

    free(indices);

    return status;
}

static enum spiral_status analyse_policies(struct subject *subject)
{
    return spiral_policies_analyse(subject->findings, subject->figures, subject->request,
                                   subject->error);
}

enum spiral_status spiral_analyse(struct spiral_findings *findings,
                                  const struct spiral_store_figures *figures,
                                  const struct spiral_analyse_request *request,
                                  struct spiral_error *error)
{
    static enum spiral_status (*const methods[SPIRAL_ANALYSE_METHODS])(struct subject *) = {
#define SPIRAL_ANALYSE_ENTRY(name, doc) analyse_##name,
        SPIRAL_ANALYSE_TABLE(SPIRAL_ANALYSE_ENTRY)
#undef SPIRAL_ANALYSE_ENTRY
    };
    const enum spiral_design_kind wanted =
        request->method == SPIRAL_ANALYSE_sobol ? SPIRAL_DESIGN_saltelli : SPIRAL_DESIGN_morris;

    if (request->method <= SPIRAL_ANALYSE_morris && figures->design != wanted)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the method %s needs a design of kind %s, not %s; prcc, smirnov, "
                                "prim, means and pawn take any",
                                spiral_analyse_names[request->method], spiral_design_names[wanted],
                                spiral_design_names[figures->design]);

    struct subject subject = {.figures = figures,
                              .request = request,
                              .findings = findings,
                              .error = error};
    enum spiral_status status = gather_points(&subject);

    if (status == SPIRAL_OK)
        status = methods[request->method](&subject);

    if (status == SPIRAL_BAD_INPUT) {
        spiral_findings_note(add_table(&subject, "nothing found", NULL, 0), "%s", error->message);
        status = SPIRAL_OK;
    }

    clear_subject(&subject);

    return status == SPIRAL_OK && findings->no_memory
               ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the findings")
               : status;
}
