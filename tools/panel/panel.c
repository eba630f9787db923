/* SPDX-License-Identifier: MIT */
#include "tools/panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/names.h"

const char *const spiral_panel_event_names[SPIRAL_PANEL_EVENTS] = {"force", "war"};
const double spiral_panel_event_levels[SPIRAL_PANEL_EVENTS] = {4.0, 5.0};

/* --- columns ---------------------------------------------------------------------------------- */

const struct spiral_panel_column spiral_panel_columns[SPIRAL_PANEL_COLUMNS] = {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) {#name, #need, "text", doc},
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) {#name, #need, unit, doc},
#include "tools/panel/columns.def"
};

/* Kind and range of a column, by its unit. */
static void put_range(struct spiral_csv_column *column, const char *unit)
{
    const bool is_flag = strcmp(unit, "0/1") == 0;
    const bool is_amount =
        strcmp(unit, "y") == 0 || strcmp(unit, "km") == 0 || strcmp(unit, "USD") == 0;

    column->kind = strcmp(unit, "text") == 0 ? SPIRAL_CSV_TEXT
                   : is_flag                 ? SPIRAL_CSV_WHOLE
                                             : SPIRAL_CSV_NUMBER;
    column->low = is_flag || is_amount ? 0.0 : -1e300;
    column->high = is_flag ? 1.0 : 1e300;
}

struct spiral_csv_schema spiral_panel_schema(struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS])
{
    static const enum spiral_csv_need needs[SPIRAL_PANEL_COLUMNS] = {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) SPIRAL_CSV_##need,
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) SPIRAL_CSV_##need,
#include "tools/panel/columns.def"
    };
    static const struct {
        size_t offset;
        size_t size;
    } places[SPIRAL_PANEL_COLUMNS] = {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) {offsetof(struct spiral_panel_window, name), size},
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) \
    {offsetof(struct spiral_panel_window, name), sizeof(double)},
#include "tools/panel/columns.def"
    };

    for (size_t c = 0; c < SPIRAL_PANEL_COLUMNS; c++) {
        columns[c] = (struct spiral_csv_column){.name = spiral_panel_columns[c].name,
                                                .need = needs[c],
                                                .offset = places[c].offset,
                                                .size = places[c].size};
        put_range(&columns[c], spiral_panel_columns[c].unit);
    }
    return (struct spiral_csv_schema){columns, SPIRAL_PANEL_COLUMNS,
                                      sizeof(struct spiral_panel_window)};
}

/* --- names ------------------------------------------------------------------------------------ */

static uint64_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t spiral_panel_hash(const char *text) { return hash_bytes(text, strlen(text)); }

/* Texts and the place at which each was first seen, by open addressing. */
struct name_table {
    const char **name;
    size_t *place;
    size_t slots;
};

static bool create_names(struct name_table *names, size_t count)
{
    *names = (struct name_table){.slots = 2 * count + 1};
    names->name = calloc(names->slots, sizeof *names->name);
    names->place = calloc(names->slots, sizeof *names->place);
    return names->name != NULL && names->place != NULL;
}

static void clear_names(struct name_table *names)
{
    free(names->name);
    free(names->place);
}

/* The place of a name: the one that it has, or this one if it is new. */
static size_t place_of(struct name_table *names, const char *name, size_t place)
{
    size_t slot = (size_t)(spiral_panel_hash(name) % names->slots);

    while (names->name[slot] != NULL && strcmp(names->name[slot], name) != 0)
        slot = slot + 1 == names->slots ? 0 : slot + 1;
    if (names->name[slot] == NULL) {
        names->name[slot] = name;
        names->place[slot] = place;
    }
    return names->place[slot];
}

/* --- panels ----------------------------------------------------------------------------------- */

/* Says what is wrong with the names of pacts, or "". */
static void find_fault_of_pacts(const struct spiral_panel_window *window, char fault[160])
{
    static const char *const pacts[] = {
#define SPIRAL_PANEL_PACT(name, commitment, reassurance, doc) #name,
#include "tools/panel/mapping.def"
    };
    const struct spiral_names names = spiral_names_in(pacts, sizeof pacts / sizeof *pacts);
    const struct {
        const char *column;
        const char *pact;
    } given[] = {
        {"west_pact", window->west_pact},
        {"west_pact_neighbour", window->west_pact_neighbour},
        {"russia_pact", window->russia_pact},
        {"russia_pact_neighbour", window->russia_pact_neighbour},
        {"china_pact", window->china_pact},
        {"china_pact_neighbour", window->china_pact_neighbour},
    };

    for (size_t i = 0; i < sizeof given / sizeof *given && fault[0] == '\0'; i++)
        if (given[i].pact[0] != '\0' && spiral_names_find(names, given[i].pact) < 0) {
            const char *nearest = spiral_names_nearest(names, given[i].pact);

            snprintf(fault, 160,
                     "%s is '%.20s'; expected nothing, or the pact defence, consultation, "
                     "neutrality or nonaggression%s%s%s",
                     given[i].column, given[i].pact, nearest != NULL ? "; did you mean '" : "",
                     nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
        }
}

/* Says what is wrong with a window in itself, or "". */
static void find_fault(const struct spiral_panel_window *window, char fault[160])
{
    const size_t years = strlen(window->hosts);
    const bool whole = window->start == floor(window->start) && window->end == floor(window->end);

    fault[0] = '\0';
    if (!(window->end > window->start) || window->end - window->start > 100.0 || !whole)
        snprintf(fault, 160,
                 "start and end are %g and %g; expected whole years, the end after the start "
                 "by 100 at most",
                 window->start, window->end);
    else if (window->years != window->end - window->start)
        snprintf(fault, 160, "years is %g; expected %g, the end less the start", window->years,
                 window->end - window->start);
    else if (!(window->cinc_small > 0.0 && window->cinc_neighbour > 0.0 &&
               window->cinc_small <= 1.0 && window->cinc_neighbour <= 1.0))
        snprintf(fault, 160,
                 "cinc_small and cinc_neighbour are %g and %g; expected shares above 0, at "
                 "most 1",
                 window->cinc_small, window->cinc_neighbour);
    else if (!(window->contiguity >= 0.0 && window->contiguity <= 5.0) ||
             window->contiguity != floor(window->contiguity))
        snprintf(fault, 160, "contiguity is %g; expected 0 to 5", window->contiguity);
    else if (years > 0 &&
             (strspn(window->hosts, "12345") != years || (double)years != window->years))
        snprintf(fault, 160, "hosts is '%.40s'; expected %g digits 1 to 5, one a year",
                 window->hosts, window->years);
    else
        find_fault_of_pacts(window, fault);
}

/* Reports windows that cannot be, and names that are there more than once. */
static enum spiral_status check(const struct spiral_pair_panel *panel, const int *lines,
                                const char *path, struct spiral_diagnostics *diagnostics)
{
    struct name_table names;
    struct spiral_error error = {.status = SPIRAL_BAD_INPUT};
    const bool memory = create_names(&names, panel->count);

    for (size_t w = 0; w < panel->count && memory; w++) {
        const struct spiral_panel_window *window = &panel->windows[w];
        const size_t first = place_of(&names, window->window, w);
        char fault[160];

        find_fault(window, fault);
        if (first != w)
            spiral_error_set(&error, SPIRAL_BAD_INPUT, "duplicate window '%s', first on line %d",
                             window->window, lines[first]);
        else
            spiral_error_set(&error, SPIRAL_BAD_INPUT, "window %s: %s", window->window, fault);

        snprintf(error.file, sizeof error.file, "%s", path);
        error.line = lines[w];
        error.column = 1;
        if (first != w || fault[0] != '\0')
            spiral_diagnostics_add(diagnostics, &error);
    }
    clear_names(&names);
    return !memory ? SPIRAL_NO_MEMORY : diagnostics->count > 0 ? SPIRAL_BAD_INPUT : SPIRAL_OK;
}

enum spiral_status spiral_panel_of(struct spiral_pair_panel *panel,
                                   struct spiral_panel_window *windows, size_t count,
                                   struct spiral_error *error)
{
    struct name_table names = {.slots = 0};

    *panel = (struct spiral_pair_panel){.count = count, .windows = windows};
    panel->dyad = calloc(count + 1, sizeof *panel->dyad);
    if (panel->dyad == NULL || !create_names(&names, count)) {
        clear_names(&names);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a panel");
    }
    for (size_t w = 0; w < count; w++) {
        panel->dyad[w] = place_of(&names, windows[w].dyad, panel->dyad_count);
        panel->dyad_count += panel->dyad[w] == panel->dyad_count;
    }
    clear_names(&names);
    return SPIRAL_OK;
}

enum spiral_status spiral_panel_load(struct spiral_pair_panel *panel, const char *path,
                                     struct spiral_diagnostics *diagnostics,
                                     struct spiral_diagnostics *notes)
{
    struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS];
    const struct spiral_csv_schema schema = spiral_panel_schema(columns);
    struct spiral_error error = {.status = SPIRAL_OK};
    void *rows = NULL;
    int *lines = NULL;
    char *text;
    size_t count = 0;
    size_t length;
    uint64_t hash = 0;

    *panel = (struct spiral_pair_panel){.count = 0};
    enum spiral_status status = spiral_csv_read_bytes(&text, &length, path, diagnostics);
    if (status == SPIRAL_OK) {
        hash = hash_bytes(text, length);
        status = spiral_csv_parse(&rows, &lines, &count, &schema, text, length, path, diagnostics,
                                  notes);
    }
    free(text);

    if (status == SPIRAL_OK)
        status = spiral_panel_of(panel, rows, count, &error);
    if (status == SPIRAL_OK)
        status = check(panel, lines, path, diagnostics);
    if (status == SPIRAL_NO_MEMORY && diagnostics->count == 0) {
        spiral_error_set(&error, status, "no memory for the panel");
        spiral_diagnostics_add(diagnostics, &error);
    }
    spiral_diagnostics_sort(diagnostics);
    panel->hash = hash;
    free(lines);
    return status;
}

void spiral_panel_clear(struct spiral_pair_panel *panel)
{
    free(panel->windows);
    free(panel->dyad);
    *panel = (struct spiral_pair_panel){.count = 0};
}

/* --- what a window tells ---------------------------------------------------------------------- */

double spiral_panel_outcome(const struct spiral_panel_window *window, enum spiral_panel_event event)
{
    return event == SPIRAL_PANEL_FORCE ? window->force : window->war;
}

size_t spiral_panel_known(const struct spiral_pair_panel *panel, enum spiral_panel_event event)
{
    size_t known = 0;

    for (size_t w = 0; w < panel->count; w++)
        known += isnan(spiral_panel_outcome(&panel->windows[w], event)) ? 0 : 1;
    return known;
}

bool spiral_panel_is_quiet(const struct spiral_panel_window *window)
{
    return !(window->last_host > 1.0) && !(window->ongoing_host > 1.0);
}

int spiral_panel_level(const struct spiral_panel_window *window, int year)
{
    return year >= 0 && (size_t)year < strlen(window->hosts) ? window->hosts[year] - '0' : 0;
}

void spiral_panel_write(const struct spiral_panel_window *windows, size_t count, FILE *out)
{
    struct spiral_csv_column columns[SPIRAL_PANEL_COLUMNS];
    const struct spiral_csv_schema schema = spiral_panel_schema(columns);

    for (size_t c = 0; c < schema.count; c++)
        fprintf(out, "%s%s", c > 0 ? "," : "", columns[c].name);
    fputc('\n', out);
    for (size_t w = 0; w < count; w++) {
        for (size_t c = 0; c < schema.count; c++) {
            const char *at = (const char *)&windows[w] + columns[c].offset;
            double number;

            if (c > 0)
                fputc(',', out);
            if (columns[c].kind == SPIRAL_CSV_TEXT) {
                spiral_csv_write_text(at, out);
                continue;
            }
            memcpy(&number, at, sizeof number);
            spiral_csv_write_number(number, out);
        }
        fputc('\n', out);
    }
}
