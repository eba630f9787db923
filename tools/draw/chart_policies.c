/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/choice.h"
#include "tools/draw/chart.h"
#include "tools/findings/findings.h"

/* What is drawn of a store: an outcome of a scenario, and the outcomes that are made of it. */
struct subject {
    const struct spiral_store_figures *figures;
    size_t policies;
    size_t first; /* row of the scenario's first policy */
    size_t outcome;
    size_t regret; /* `best` follows */
};

static int find_outcome(struct subject *subject, const char *wanted)
{
    const struct spiral_store_figures *figures = subject->figures;
    char name[SPIRAL_NAME_SIZE + 8];

    for (subject->outcome = 0; subject->outcome < figures->outcome_count; subject->outcome++)
        if (strcmp(figures->outcomes[subject->outcome].name, wanted) == 0)
            break;

    snprintf(name, sizeof name, "%.80s.regret", wanted);
    for (subject->regret = 0; subject->regret < figures->outcome_count; subject->regret++)
        if (strcmp(figures->outcomes[subject->regret].name, name) == 0)
            break;

    if (subject->outcome < figures->outcome_count && subject->regret < figures->outcome_count)
        return SPIRAL_EXIT_OK;
    spiral_complain("chart policies: the store keeps no outcome '%s' by which policies can be "
                    "ranked, as war or force",
                    wanted);

    return SPIRAL_EXIT_BAD_INPUT;
}

static int find_scenario(struct subject *subject, const char *wanted)
{
    const struct spiral_store_figures *figures = subject->figures;
    const size_t length = wanted == NULL ? 0 : strlen(wanted);

    for (subject->first = 0; subject->first < figures->scenario_count;
         subject->first += subject->policies)
        if (wanted == NULL ||
            (strncmp(figures->scenarios[subject->first].name, wanted, length) == 0 &&
             figures->scenarios[subject->first].name[length] == '/'))
            return SPIRAL_EXIT_OK;
    spiral_complain("chart policies: the store has no scenario '%s'; its first is %.*s", wanted,
                    (int)strcspn(figures->scenarios[0].name, "/"), figures->scenarios[0].name);

    return SPIRAL_EXIT_BAD_INPUT;
}

static double value_at(const struct subject *subject, size_t policy, size_t outcome, size_t point)
{
    const struct spiral_store_figures *figures = subject->figures;
    return figures->mean[spiral_store_series(figures, subject->first + policy, outcome) + point];
}

/* A point's dot: the class of its best policy, the larger the more a wrong choice costs there. */
static struct spiral_choice_dot dot_at(const struct subject *subject, size_t p, size_t y_axis)
{
    const struct spiral_store_figures *figures = subject->figures;
    struct spiral_choice_dot dot = {.x = figures->value[p * figures->axis_count],
                                    .y = figures->value[p * figures->axis_count + y_axis],
                                    .size = 1.0};
    double worst = 0.0;
    size_t best = 0; /* policies */

    for (size_t policy = subject->policies; policy-- > 0;) {
        const double regret = value_at(subject, policy, subject->regret, p);
        worst = fmax(worst, regret);
        if (regret > 0.0)
            continue;
        dot.class = (int)policy;
        dot.hollow = best++ > 0;
    }

    dot.size = 0.35 + 1.15 * sqrt(fmin(worst, 1.0));

    return dot;
}

static void fill_rows(struct spiral_choice_row *rows, const struct subject *subject)
{
    const struct spiral_store_figures *figures = subject->figures;

    for (size_t policy = 0; policy < subject->policies; policy++) {
        double sum[3] = {0.0};
        double worst = 0.0;
        double count = 0.0;

        for (size_t p = 0; p < figures->points; p++) {
            const double regret = value_at(subject, policy, subject->regret, p);
            if (isnan(regret))
                continue;
            count += 1.0;
            sum[0] += value_at(subject, policy, subject->outcome, p);
            sum[1] += regret;
            sum[2] += value_at(subject, policy, subject->regret + 1, p);
            worst = fmax(worst, regret);
        }

        rows[policy].class = (int)policy;
        rows[policy].name = spiral_policy_of(&figures->scenarios[subject->first + policy]);
        spiral_figure_percent(rows[policy].cells[0], sum[0] / count);
        spiral_figure_percent(rows[policy].cells[1], sum[1] / count);
        spiral_figure_percent(rows[policy].cells[2], worst);
        spiral_figure_percent(rows[policy].cells[3], sum[2] / count);
    }
}

static int draw_subject(const struct spiral_chart_request *request, const struct subject *subject)
{
    const struct spiral_store_figures *figures = subject->figures;
    const bool chinese = request->language == SPIRAL_CHINESE;
    const size_t y_axis = figures->axis_count > 1 ? 1 : 0;
    const struct spiral_store_axis *x = &figures->axes[0];
    const struct spiral_store_axis *y = &figures->axes[y_axis];
    const struct spiral_store_outcome *outcome = &figures->outcomes[subject->outcome];
    struct spiral_choice_dot *dots = calloc(figures->points, sizeof *dots);
    struct spiral_choice_row *rows = calloc(subject->policies, sizeof *rows);
    struct spiral_chart_output output;
    char title[SPIRAL_CHART_TITLE];
    char subtitle[600];
    size_t count = 0;
    int exit_status = SPIRAL_EXIT_FAILED;

    if (dots == NULL || rows == NULL) {
        spiral_complain("out of memory");
        free(dots);
        free(rows);
        return SPIRAL_EXIT_FAILED;
    }

    for (size_t p = 0; p < figures->points; p++)
        if (!isnan(value_at(subject, 0, subject->regret, p)))
            dots[count++] = dot_at(subject, p, y_axis);
    fill_rows(rows, subject);
    spiral_chart_case_title(title, figures->scenarios[subject->first].scenario, request->language);
    snprintf(subtitle, sizeof subtitle, chinese ? "%s：%s；%zu 个点" : "%s: %s; %zu points", title,
             chinese ? outcome->label_zh : outcome->label_en, count);

    const struct spiral_choice_figure figure = {
        .title = chinese ? "哪种政策最优，在何处" : "Which policy is best, and where",
        .subtitle = subtitle,
        .note = chinese ? "点的形状与颜色：该点上最优的政策；空心：几种同样好；点越大，选错的代价越"
                          "高。后悔值"
                          "：该政策与该点"
                          "最优政策之差。"
                        : "Shape and colour of a dot: the policy that is best at the point "
                          "(hollow: the first "
                          "of several that are equally good); the larger, the "
                          "more a wrong choice costs there. Regret: what a policy has above the "
                          "best one at the point.",
        .x_name = chinese ? x->label_zh : x->label_en,
        .y_name = chinese ? y->label_zh : y->label_en,
        .x = {x->low, x->high, x->log},
        .y = {y->low, y->high, y->log},
        .dot_count = count,
        .dots = dots,
        .column_count = 4,
        .heads = {chinese ? "均值" : "mean", chinese ? "后悔" : "regret",
                  chinese ? "最大后悔" : "worst", chinese ? "最优之点" : "best at"},
        .row_count = subject->policies,
        .rows = rows,
    };

    if (spiral_chart_open(&output, request)) {
        spiral_choice_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    free(dots);
    free(rows);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_store_figures figures;
    struct spiral_error error;
    struct subject subject = {.figures = &figures};
    int exit_status = SPIRAL_EXIT_OK;

    if (spiral_store_read(&figures, request->operands[0], &error) != SPIRAL_OK ||
        spiral_policies_derive(&figures, NULL, &error) != SPIRAL_OK) {
        spiral_store_figures_clear(&figures);
        return spiral_complain_error(&error);
    }

    subject.policies = spiral_policy_count(&figures);

    if (subject.policies < 2 || subject.policies > SPIRAL_CHOICE_CLASSES) {
        spiral_complain("chart policies: the store has %zu policies; the chart is of 2 to %d",
                        subject.policies, SPIRAL_CHOICE_CLASSES);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    } else if (figures.cells_done < figures.cells) {
        spiral_complain("chart policies: %zu of %zu cells are done; `spiral sweep --resume %s` "
                        "runs the rest",
                        figures.cells_done, figures.cells, request->operands[0]);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = find_outcome(&subject, request->outcome != NULL ? request->outcome : "war");
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = find_scenario(&subject, request->scenario);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_subject(request, &subject);

    spiral_store_figures_clear(&figures);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_policies = {
    "policies", "STORE", "which policy is best where, over the first two axes of a sweep",
    1,          1,       1000.0,
    560.0,      0,       draw_chart};
