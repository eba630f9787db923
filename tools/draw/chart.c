/* SPDX-License-Identifier: MIT */
#include "tools/draw/chart.h"

#include <stdlib.h>
#include <string.h>

#include "tools/draw/commands.h"

enum {
    OPTION_OUT,
    OPTION_SIZE,
    OPTION_SCALE,
    OPTION_DENSITY,
    OPTION_THEME,
    OPTION_LANG,
    OPTION_RUNS,
    OPTION_SEED,
    OPTION_QUANTITY,
    OPTION_WHAT_IF,
    OPTION_OUTCOME,
    OPTION_SCENARIO,
    OPTION_SET,
    OPTION_UNTIL,
    OPTION_AT,
    OPTION_THREADS
};
static const struct spiral_option options[] = {
    [OPTION_OUT] = {"out", "FILE", "the figure: .svg, .pdf or .png"},
    [OPTION_SIZE] = {"size", "WxH", "size of the page in pixels (1/96 inch in SVG and PDF)"},
    [OPTION_SCALE] =
        {"scale", "F",
         "size of letters and lines (default 1); a slide of 1600x900 reads well at 1.6"},
    [OPTION_DENSITY] = {"density", "D", "pixels of a PNG for one of the page (default 2)"},
    [OPTION_THEME] = {"theme", "NAME", "light (default), dark or print"},
    [OPTION_LANG] = {"lang", "en|zh", "language of the figure (default en)"},
    [OPTION_RUNS] = {"runs", "N", "runs of each ensemble"},
    [OPTION_SEED] = {"seed", "S", "seed of the experiment (default 1)"},
    [OPTION_QUANTITY] = {"quantity", "NAME",
                         "timeline, whatif, compare: what is drawn over time (default escalation)"},
    [OPTION_WHAT_IF] = {"what-if", "STATE:DOCTRINE@DATE",
                        "whatif: a branch, as UKR:limited_balance@2004-12; up to four"},
    [OPTION_OUTCOME] =
        {"outcome", "NAME",
         "charts of stores: the outcome (default war); panel: force (default) or war"},
    [OPTION_SCENARIO] = {"scenario", "NAME",
                         "sensitivity: of this scenario of the store (default the first)"},
    [OPTION_SET] = {"set", "NAME=VALUE",
                    "another value of what spiral params lists; may be repeated"},
    [OPTION_UNTIL] = {"until", "DATE", "end at this date instead of the scenario's end"},
    [OPTION_AT] = {"at", "DATE", "phase: the date of the flow (default the middle of the run)"},
    [OPTION_THREADS] = {"threads", "N", "threads (default: one a processor)"},
    {NULL, NULL, NULL},
};

static const struct spiral_chart_kind *const kinds[] = {
#define SPIRAL_CHART_KIND_ENTRY(name) &spiral_chart_##name,
    SPIRAL_CHART_KIND_TABLE(SPIRAL_CHART_KIND_ENTRY)
#undef SPIRAL_CHART_KIND_ENTRY
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool take_size(struct spiral_chart_request *request, const char *argument)
{
    char *end;

    request->width = strtod(argument, &end);
    if (*end == 'x')
        request->height = strtod(end + 1, &end);
    if (*end == '\0' && request->width >= SPIRAL_PAGE_LEAST && request->width <= SPIRAL_PAGE_MOST &&
        request->height >= SPIRAL_PAGE_LEAST && request->height <= SPIRAL_PAGE_MOST)
        return true;
    spiral_report(
        "--size: '%s' is no size; expected WIDTHxHEIGHT in pixels, %d to %d each, as 1200x900",
        argument, SPIRAL_PAGE_LEAST, SPIRAL_PAGE_MOST);

    return false;
}

static bool take_factor(const char *option, double *factor, const char *argument)
{
    if (!spiral_read_real(option, argument, factor))
        return false;
    if (*factor >= 0.25 && *factor <= 8.0)
        return true;
    spiral_report("--%s: %s is not between 0.25 and 8", option, argument);
    return false;
}

bool spiral_chart_take_theme(struct spiral_chart_request *request, const char *argument)
{
    request->theme = spiral_theme_find(argument);
    if (request->theme != NULL)
        return true;
    const char *nearest =
        spiral_names_nearest(spiral_names_of(spiral_themes, SPIRAL_THEMES, name), argument);

    spiral_report(nearest != NULL ? "--theme: unknown theme '%s'; did you mean '%s'?"
                                  : "--theme: unknown theme '%s'; expected light, dark or print",
                  argument, nearest);

    return false;
}

bool spiral_chart_take_language(struct spiral_chart_request *request, const char *argument)
{
    request->language = strcmp(argument, "zh") == 0 ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
    if (strcmp(argument, "zh") == 0 || strcmp(argument, "en") == 0)
        return true;
    spiral_report("--lang: '%s' is neither en nor zh", argument);
    return false;
}

static bool take_quantity(struct spiral_chart_request *request, const char *argument)
{
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        if (strcmp(spiral_quantity_fields[i].name, argument) == 0) {
            request->quantity = i;
            return true;
        }
    const char *nearest =
        spiral_names_nearest(spiral_names_of(spiral_quantity_fields, SPIRAL_QUANTITIES, name),
                             argument);

    spiral_report(nearest != NULL ? "--quantity: unknown quantity '%s'; did you mean '%s'?"
                                  : "--quantity: unknown quantity '%s'; one is escalation",
                  argument, nearest);

    return false;
}

static bool take(void *context, int option, const char *argument)
{
    struct spiral_chart_request *request = context;

    switch (option) {
    case OPTION_OUT: request->out = argument; return true;
    case OPTION_SIZE: return take_size(request, argument);
    case OPTION_SCALE: return take_factor("scale", &request->scale, argument);
    case OPTION_DENSITY: return take_factor("density", &request->density, argument);
    case OPTION_RUNS: return spiral_read_runs(argument, 1, &request->runs);
    case OPTION_SEED: return spiral_read_seed(argument, &request->seed);
    case OPTION_THREADS: return spiral_read_threads(argument, &request->threads);
    case OPTION_WHAT_IF:
        return spiral_keep("what-if", argument, request->branches, &request->branch_count,
                           SPIRAL_CHART_BRANCHES);
    case OPTION_SET:
        return spiral_keep("set", argument, request->settings, &request->setting_count,
                           SPIRAL_CHART_SETTINGS);
    case OPTION_OUTCOME: request->outcome = argument; return true;
    case OPTION_SCENARIO: request->scenario = argument; return true;
    case OPTION_UNTIL: return spiral_option_date("until", argument, &request->until);
    case OPTION_AT: return spiral_option_date("at", argument, &request->at);
    case OPTION_THEME: return spiral_chart_take_theme(request, argument);
    case OPTION_LANG: return spiral_chart_take_language(request, argument);
    default: return take_quantity(request, argument);
    }
}

int spiral_chart_draw(const char *name, const struct spiral_chart_request *request)
{
    struct spiral_chart_request complete = *request;
    const struct spiral_chart_kind *kind = NULL;

    for (int i = 0; i < KINDS && kind == NULL; i++)
        kind = strcmp(kinds[i]->name, name) == 0 ? kinds[i] : NULL;

    if (kind == NULL) {
        const char *names[KINDS];
        for (int i = 0; i < KINDS; i++)
            names[i] = kinds[i]->name;

        const char *nearest = spiral_names_nearest(spiral_names_in(names, KINDS), name);
        spiral_report(nearest != NULL
                          ? "chart: unknown kind '%s'; did you mean '%s'?"
                          : "chart: unknown kind '%s'; `spiral help chart` lists the kinds",
                      name, nearest);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request->operand_count < kind->least || request->operand_count > kind->most) {
        spiral_report("chart %s: %s; usage: spiral chart %s %s --out FILE", name,
                      request->operand_count < kind->least ? "something is missing" : "too much",
                      name, kind->operands);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request->opened == NULL &&
        (request->out == NULL || !spiral_page_format_known(request->out))) {
        spiral_report("chart: --out: %s%sexpected a file that ends in .svg, .pdf or .png",
                      request->out != NULL ? request->out : "", request->out != NULL ? ": " : "");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (complete.language == SPIRAL_CHINESE && !spiral_page_has_chinese_font())
        spiral_report("no font with Chinese characters is installed (Debian: fonts-noto-cjk); the "
                      "figure will have boxes in their place");

    if (complete.width == 0.0) {
        complete.width = kind->width;
        complete.height = kind->height;
    }

    complete.runs = complete.runs > 0 ? complete.runs : kind->runs;

    return kind->draw(&complete);
}

static int run(int argc, char **argv)
{
    struct spiral_chart_request request = {.density = 2.0,
                                           .theme = &spiral_themes[SPIRAL_THEME_light],
                                           .seed = 1,
                                           .quantity = SPIRAL_QUANTITY_escalation};
    const int first = spiral_options_read(&spiral_command_chart, argc, argv, take, &request);

    if (first < 0)
        return first == -2 ? SPIRAL_EXIT_OK : SPIRAL_EXIT_BAD_INPUT;

    if (first == argc) {
        spiral_report("chart: which kind? usage: spiral chart KIND ... --out FILE; `spiral help "
                      "chart` lists the kinds");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    request.operands = (const char *const *)&argv[first + 1];
    request.operand_count = (size_t)(argc - first - 1);

    return spiral_chart_draw(argv[first], &request);
}

static void list_kinds(FILE *out)
{
    fputs("\nkinds:\n", out);
    for (int i = 0; i < KINDS; i++)
        fprintf(out, "  %-11s %-24s %s\n", kinds[i]->name, kinds[i]->operands, kinds[i]->doc);
}

const struct spiral_command spiral_command_chart = {
    "chart", "KIND OPERAND...", "draw a figure for a paper, a slide or a page", options,
    run,     list_kinds};
