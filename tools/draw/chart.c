/* SPDX-License-Identifier: MIT */
#include "tools/draw/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "tools/cli/constants.h"
#include "tools/draw/commands.h"

static const struct spiral_chart_kind *const kinds[] = {
#define SPIRAL_CHART_KIND_ENTRY(name) &spiral_chart_##name,
    SPIRAL_CHART_KIND_TABLE(SPIRAL_CHART_KIND_ENTRY)
#undef SPIRAL_CHART_KIND_ENTRY
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* --- options ---------------------------------------------------------------------------------- */

const char *const spiral_chart_languages[] = {"en", "zh", NULL};

bool spiral_chart_parse_theme(const struct spiral_option *option, const char *argument, void *place)
{
    const int theme = spiral_option_choose(option, "theme", argument,
                                           spiral_names_of(spiral_themes, SPIRAL_THEMES, name));

    if (theme >= 0)
        *(const struct spiral_theme **)place = &spiral_themes[theme];

    return theme >= 0;
}

static bool parse_quantity(const struct spiral_option *option, const char *argument, void *place)
{
    const int quantity =
        spiral_option_choose(option, "quantity", argument,
                             spiral_names_of(spiral_quantity_fields, SPIRAL_QUANTITIES, name));

    if (quantity >= 0)
        *(int *)place = quantity;

    return quantity >= 0;
}

static bool is_side(double pixels)
{
    return pixels >= SPIRAL_PAGE_LEAST && pixels <= SPIRAL_PAGE_MOST;
}

/* WIDTHxHEIGHT, into the request. */
static bool parse_size(const struct spiral_option *option, const char *argument, void *place)
{
    struct spiral_chart_request *request = place;
    const char *times = strchr(argument, 'x');
    char width[32] = "";

    if (times != NULL && (size_t)(times - argument) < sizeof width)
        memcpy(width, argument, (size_t)(times - argument));

    if (times != NULL && spiral_number_parse(width, &request->width) &&
        spiral_number_parse(times + 1, &request->height) && is_side(request->width) &&
        is_side(request->height))
        return true;

    spiral_complain("--%s: '%s' is not a size; expected WIDTHxHEIGHT in pixels, %d to %d each, as "
                    "1200x900",
                    option->name, argument, SPIRAL_PAGE_LEAST, SPIRAL_PAGE_MOST);

    return false;
}

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct spiral_chart_request, member)
static const struct spiral_option options[] = {
    {"out", "FILE", "the figure: .svg, .pdf or .png", SPIRAL_OPTION_TEXT, PLACE(const char *, out)},
    {"size", "WxH", "size of the page in pixels (1/96 inch in SVG and PDF)", SPIRAL_OPTION_PARSED,
     .parse = parse_size},
    {"scale", "F", "size of letters and lines (default 1); a slide of 1600x900 reads well at 1.6",
     SPIRAL_OPTION_REAL, PLACE(double, scale), .low = 0.25, .high = 8.0},
    {"density", "D", "pixels of a PNG per pixel of the page (default 2)", SPIRAL_OPTION_REAL,
     PLACE(double, density), .low = 0.25, .high = 8.0},
    {"theme", "NAME", "light (default), dark or print", SPIRAL_OPTION_PARSED,
     PLACE(const struct spiral_theme *, theme), .parse = spiral_chart_parse_theme},
    {"lang", "en|zh", "language of the figure (default en)", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct spiral_chart_request, language),
     .words = spiral_chart_languages},
    {"runs", "N", "runs of each ensemble", SPIRAL_OPTION_WHOLE, PLACE(uint64_t, runs), .least = 1,
     .most = SPIRAL_MOST_RUNS},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, seed), .most = UINT64_MAX},
    {"quantity", "NAME",
     "timeline, whatif, compare: the quantity drawn over time (default escalation)",
     SPIRAL_OPTION_PARSED, PLACE(int, quantity), .parse = parse_quantity},
    {"what-if", "STATE:DOCTRINE@DATE", "whatif: a branch, as UKR:limited_balance@2004-12",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, branches), .most = SPIRAL_CHART_BRANCHES},
    {"outcome", "NAME",
     "charts of stores, why: the outcome (default war); panel: force (default) or war",
     SPIRAL_OPTION_TEXT, PLACE(const char *, outcome)},
    {"scenario", "NAME", "sensitivity, policies: the scenario of the store (default the first)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, scenario)},
    {"set", "NAME=VALUE", "set one of the values that `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_DATE,
     PLACE(double, until)},
    {"at", "DATE", "phase: the date of the flow (default the middle of the run)",
     SPIRAL_OPTION_DATE, PLACE(double, at)},
    {"settled", NULL,
     "phase: hold each pair of fears until all else has settled to it, and leave chance out",
     SPIRAL_OPTION_FLAG, PLACE(bool, settled)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {.name = NULL},
};
#undef PLACE

/* --- room on the page
 * -------------------------------------------------------------------------- */

/* Whether one text lies on another: it covers a third of the other's height or of its own. */
static bool texts_collide(const struct spiral_rectangle *a, const struct spiral_rectangle *b)
{
    const double width = fmin(a->x + a->width, b->x + b->width) - fmax(a->x, b->x);
    const double height = fmin(a->y + a->height, b->y + b->height) - fmax(a->y, b->y);

    return width > fmin(a->width, b->width) / 6.0 && height > fmin(a->height, b->height) / 3.0;
}

/* Whether every text of a drawing is on the page, and none on another. */
static bool texts_fit(const struct spiral_page *page)
{
    const double slack = 1.0;

    for (size_t i = 0; i < page->box_count; i++) {
        const struct spiral_rectangle *at = &page->boxes[i].at;

        if (at->x < -slack || at->y < -slack || at->x + at->width > page->width + slack ||
            at->y + at->height > page->height + slack)
            return false;
        for (size_t j = 0; j < i; j++)
            if (texts_collide(at, &page->boxes[j].at))
                return false;
    }

    return true;
}

/* Draws the figure on a page that nobody sees, with few runs, and tells whether it has room there.
 * Returns the exit status. */
static int measure(const struct spiral_chart_kind *kind, const struct spiral_chart_request *request,
                   bool *fits)
{
    struct spiral_chart_request unseen = *request;
    struct spiral_page page;
    const cairo_rectangle_t extent = {0.0, 0.0, request->width, request->height};
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extent);
    cairo_t *cr = cairo_create(surface);
    const char *problem =
        spiral_page_wrap(&page, cr, request->width, request->height, request->theme, NULL);
    int exit_status = SPIRAL_EXIT_FAILED;

    if (problem == NULL) {
        page.scale = request->scale > 0.0 ? request->scale : 1.0;
        page.record = true;
        unseen.opened = &page;
        unseen.runs = request->runs < 64 ? request->runs : 64;
        exit_status = kind->draw(&unseen);
        *fits = texts_fit(&page);
    } else {
        spiral_complain("chart: %s", problem);
    }

    spiral_page_close(&page);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);

    return exit_status;
}

/* Refuses a page that is too small for the figure, and names the least one of its shape that is
 * not. Pages as large as the kind's own have room. */
static int check_room(const struct spiral_chart_kind *kind,
                      const struct spiral_chart_request *request)
{
    const double scale = request->scale > 0.0 ? request->scale : 1.0;
    struct spiral_chart_request tried = *request;
    bool fits = true;

    if (request->width >= scale * kind->width && request->height >= scale * kind->height)
        return SPIRAL_EXIT_OK;

    int exit_status = measure(kind, &tried, &fits);

    if (exit_status != SPIRAL_EXIT_OK || fits)
        return exit_status;

    for (double factor = 1.1; !fits; factor *= 1.1) {
        tried.width = 10.0 * ceil(request->width * factor / 10.0);
        tried.height = 10.0 * ceil(request->height * factor / 10.0);
        if (fmax(tried.width, tried.height) > SPIRAL_PAGE_MOST)
            break;
        exit_status = measure(kind, &tried, &fits);
        if (exit_status != SPIRAL_EXIT_OK)
            return exit_status;
    }

    if (fits)
        spiral_complain("chart %s: a page of %gx%g at scale %g has no room for the figure; the "
                        "least of this shape is --size %gx%g",
                        kind->name, request->width, request->height, scale, tried.width,
                        tried.height);
    else
        spiral_complain("chart %s: no page of the shape of %gx%g has room for the figure at scale "
                        "%g",
                        kind->name, request->width, request->height, scale);

    return SPIRAL_EXIT_BAD_INPUT;
}

/* --- the command ------------------------------------------------------------------------------ */

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
        spiral_complain(nearest != NULL
                            ? "chart: unknown kind '%s'; did you mean '%s'?"
                            : "chart: unknown kind '%s'; `spiral help chart` lists the kinds",
                        name, nearest);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request->operand_count < kind->least || request->operand_count > kind->most) {
        spiral_complain("chart %s: %s; usage: spiral chart %s %s --out FILE", name,
                        request->operand_count < kind->least ? "an operand is missing"
                                                             : "too many operands",
                        name, kind->operands);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request->opened == NULL && request->svg == NULL &&
        (request->out == NULL || !spiral_page_format_known(request->out))) {
        spiral_complain("chart: --out: %s%sexpected a file that ends in .svg, .pdf or .png",
                        request->out != NULL ? request->out : "", request->out != NULL ? ": " : "");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (request->opened == NULL && request->svg == NULL) {
        const int exit_status = spiral_output_check_inputs(request->out, request->operands);
        if (exit_status != SPIRAL_EXIT_OK)
            return exit_status;
    }

    if (!spiral_page_has_font()) {
        spiral_complain(
            "no font is installed (Debian: fonts-dejavu-core): a figure would be a page "
            "of boxes");
        return SPIRAL_EXIT_FAILED;
    }

    if (complete.language == SPIRAL_CHINESE && !spiral_page_has_chinese_font())
        spiral_complain(
            "no font with Chinese characters is installed (Debian: fonts-noto-cjk); the "
            "figure will have boxes in their place");

    if (complete.width == 0.0) {
        complete.width = kind->width;
        complete.height = kind->height;
    }

    complete.runs = complete.runs > 0 ? complete.runs : kind->runs;

    if (request->opened == NULL && request->svg == NULL) {
        const int exit_status = check_room(kind, &complete);
        if (exit_status != SPIRAL_EXIT_OK)
            return exit_status;
    }

    return kind->draw(&complete);
}

static int run_command(int argc, char **argv)
{
    struct spiral_chart_request request = {.density = 2.0,
                                           .theme = &spiral_themes[SPIRAL_THEME_light],
                                           .seed = 1,
                                           .quantity = SPIRAL_QUANTITY_escalation};
    const int first = spiral_options_read(&spiral_command_chart, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first == argc) {
        spiral_complain("chart: which kind? usage: spiral chart KIND ... --out FILE; `spiral help "
                        "chart` lists the kinds");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    request.operands = (const char *const *)&argv[first + 1];
    request.operand_count = (size_t)(argc - first - 1);

    return spiral_chart_draw(argv[first], &request);
}

static int list_kinds(FILE *out)
{
    fputs("\nkinds:\n", out);

    for (int i = 0; i < KINDS; i++) {
        char name[80];
        snprintf(name, sizeof name, "%s %s", kinds[i]->name, kinds[i]->operands);
        spiral_text_entry(name, kinds[i]->doc, out);
    }

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_chart = {
    "chart", "KIND OPERAND...", "draw a figure for a paper, a slide or a page",
    options, run_command,       list_kinds};
