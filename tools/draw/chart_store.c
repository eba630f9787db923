/* SPDX-License-Identifier: MIT */
#include "tools/draw/chart_store.h"

#include <math.h>
#include <string.h>

const char *spiral_chart_store_label(const struct spiral_store_figures *figures, const char *name,
                                     enum spiral_language language)
{
    for (size_t a = 0; a < figures->axis_count; a++)
        if (strcmp(figures->axes[a].name, name) == 0)
            return language == SPIRAL_CHINESE ? figures->axes[a].label_zh
                                              : figures->axes[a].label_en;
    return name;
}

static int find_outcome(struct spiral_chart_store *store, const char *kind, const char *wanted)
{
    const struct spiral_store_figures *figures = &store->figures;
    const int found =
        spiral_names_find(spiral_names_of(figures->outcomes, figures->outcome_count, name), wanted);

    store->asked.outcome = found >= 0 ? (size_t)found : 0;
    if (found >= 0)
        return SPIRAL_EXIT_OK;
    spiral_complain("chart %s: the store keeps no outcome '%s'; it keeps %s%s", kind, wanted,
                    figures->outcomes[0].name,
                    figures->outcome_count > 1 ? " and others (--outcome)" : "");

    return SPIRAL_EXIT_BAD_INPUT;
}

static int find_scenario(struct spiral_chart_store *store, const char *kind, const char *wanted)
{
    const struct spiral_store_figures *figures = &store->figures;
    const int found =
        spiral_names_find(spiral_names_of(figures->scenarios, figures->scenario_count, name),
                          wanted);

    store->asked.scenario = found >= 0 ? (size_t)found : 0;
    if (found >= 0)
        return SPIRAL_EXIT_OK;
    spiral_complain("chart %s: the store has no scenario '%s'; its first is %s", kind, wanted,
                    figures->scenarios[0].name);

    return SPIRAL_EXIT_BAD_INPUT;
}

int spiral_chart_store_read(struct spiral_chart_store *store,
                            const struct spiral_chart_request *request, const char *kind)
{
    struct spiral_store_figures *figures = &store->figures;
    struct spiral_error error;

    *store = (struct spiral_chart_store){
        .asked = {.resampling = {1000, request->seed}, .threshold = NAN}};
    if (spiral_store_read(figures, request->operands[0], &error) != SPIRAL_OK ||
        spiral_policies_derive(figures, NULL, &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    store->asked.method = spiral_analyse_usual(figures->design);

    int exit_status =
        find_outcome(store, kind, request->outcome != NULL ? request->outcome : "war");

    if (exit_status == SPIRAL_EXIT_OK && request->scenario != NULL)
        exit_status = find_scenario(store, kind, request->scenario);

    if (exit_status == SPIRAL_EXIT_OK && figures->cells_done < figures->cells) {
        spiral_complain("chart %s: %zu of %zu cells are done; `spiral sweep --resume %s` runs the "
                        "rest",
                        kind, figures->cells_done, figures->cells, request->operands[0]);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status;
}

void spiral_chart_store_clear(struct spiral_chart_store *store)
{
    spiral_store_figures_clear(&store->figures);
}

void spiral_chart_store_subtitle(char subtitle[SPIRAL_CHART_SUBTITLE],
                                 const struct spiral_chart_store *store,
                                 enum spiral_language language, const char *what)
{
    const bool chinese = language == SPIRAL_CHINESE;
    const struct spiral_store_scenario *scenario = &store->figures.scenarios[store->asked.scenario];
    const struct spiral_store_outcome *outcome = &store->figures.outcomes[store->asked.outcome];
    char title[SPIRAL_CHART_TITLE];

    spiral_chart_case_title(title, scenario->scenario, language);
    snprintf(subtitle, SPIRAL_CHART_SUBTITLE, chinese ? "%s%s：%s；%s" : "%s%s: %s; %s", title,
             scenario->name + strcspn(scenario->name, "/"), /* the policy */
             chinese ? outcome->label_zh : outcome->label_en, what);
}
