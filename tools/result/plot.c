/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tools/result/result.h"

enum { ROWS = 16, MAX_COLUMNS = 200, MARGIN = 6 };

/* The row, from the top, of an index value. */
static int row_of(double index)
{
    int row = (int)((100.0 - index) / 100.0 * (ROWS - 1) + 0.5);
    return row < 0 ? 0 : row >= ROWS ? ROWS - 1 : row;
}

static long step_of(int column, int columns, long steps)
{
    return steps < 2 ? 0 : (long)((double)column / (columns - 1) * (double)(steps - 1) + 0.5);
}

static int column_of(double date, const struct spiral_tally *tally, int columns)
{
    const double part = (date - tally->start) / (tally->dt * (double)tally->steps);
    return (int)(part * (columns - 1) + 0.5);
}

/* Band and mean: '.' from the 5th to the 95th percentile, ':' from the 25th to the 75th, '*' the
 * mean. */
static void draw_fan(const struct spiral_result *result, int columns,
                     char grid[ROWS][MAX_COLUMNS + 1])
{
    static const struct {
        double low, high;
        char ink;
    } bands[] = {{0.05, 0.95, '.'}, {0.25, 0.75, ':'}};
    for (int column = 0; column < columns; column++) {
        const long step = step_of(column, columns, result->fan->steps);
        for (size_t b = 0; b < sizeof bands / sizeof *bands; b++) {
            const int top = row_of(
                spiral_fan_quantile(result->fan, step, SPIRAL_QUANTITY_escalation, bands[b].high));
            const int bottom = row_of(
                spiral_fan_quantile(result->fan, step, SPIRAL_QUANTITY_escalation, bands[b].low));
            for (int row = top; row <= bottom; row++)
                grid[row][column] = bands[b].ink;
        }

        grid[row_of(spiral_fan_mean(result->fan, step, SPIRAL_QUANTITY_escalation))][column] = '*';
    }
}

static void print_years(const struct spiral_tally *tally, int columns, FILE *out)
{
    char line[MAX_COLUMNS + 8];

    memset(line, ' ', sizeof line);

    int used = -1;

    for (int year = tally->first_year; year <= tally->first_year + tally->years; year++) {
        const int column = column_of(year, tally, columns);
        if (year % 5 != 0 || column <= used || column < 0 || column + 4 > columns)
            continue;

        char text[8];
        snprintf(text, sizeof text, "%d", year);
        memcpy(line + column, text, 4);
        used = column + 5;
    }

    fprintf(out, "%*s%.*s\n", MARGIN, "", columns, line);
}

/* How much an entry matters for a short list: changes of doctrine first, then heavy moves, then
 * those of the small state. */
static double weight_of(const struct spiral_scenario *scenario, const struct spiral_entry *entry)
{
    if (entry->kind != SPIRAL_ENTRY_MOVE)
        return 3.0;
    return entry->weight + (entry->actor == scenario->small ? 0.25 : 0.0);
}

/* The entries that are listed: the weightiest `most`, in order of date. Marks them in `chosen`. */
static void choose_entries(const struct spiral_scenario *scenario, const struct spiral_tally *tally,
                           size_t most, bool *chosen)
{
    for (size_t pick = 0; pick < most; pick++) {
        size_t best = scenario->entry_count;
        for (size_t e = 0; e < scenario->entry_count; e++) {
            const struct spiral_entry *entry = &scenario->entries[e];
            const bool inside = entry->date < tally->start + tally->dt * (double)tally->steps;
            if (!chosen[e] && inside &&
                (best == scenario->entry_count ||
                 weight_of(scenario, entry) > weight_of(scenario, &scenario->entries[best])))
                best = e;
        }

        if (best < scenario->entry_count)
            chosen[best] = true;
    }
}

static void print_moves(const struct spiral_result *result, int columns, FILE *out)
{
    const struct spiral_scenario *scenario = result->scenario;
    enum { MOST = 20, LIMIT = 10000 };
    static bool chosen[LIMIT];
    char line[MAX_COLUMNS + 1];
    size_t order[MOST];
    size_t count = 0;

    if (scenario->entry_count == 0 || scenario->entry_count > LIMIT ||
        result->plan->event_count == 0)
        return;
    memset(chosen, 0, sizeof chosen);
    choose_entries(scenario, result->tally, MOST, chosen);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        if (!chosen[e])
            continue;
        size_t at = count++;
        for (; at > 0 && scenario->entries[order[at - 1]].date > scenario->entries[e].date; at--)
            order[at] = order[at - 1];

        order[at] = e;
    }

    memset(line, ' ', sizeof line);
    for (size_t i = 0; i < count; i++) {
        int column = column_of(scenario->entries[order[i]].date, result->tally, columns);
        while (column < columns - 1 && line[column] != ' ')
            column++;

        line[column] = (char)('a' + i);
    }

    fprintf(out, "%*s%.*s\n\n", MARGIN, "", columns, line);
    for (size_t i = 0; i < count; i++) {
        const struct spiral_entry *entry = &scenario->entries[order[i]];
        const char *caption = spiral_text_get(&entry->caption, "en");
        const char *act = entry->kind == SPIRAL_ENTRY_MOVE ? spiral_moves[entry->move].label_en
                          : entry->kind == SPIRAL_ENTRY_DOCTRINE ? entry->doctrine_name
                                                                 : "";
        fprintf(out, "  %c  %-10s  %-5s %-24s %s\n", (char)('a' + i), entry->date_text,
                scenario->states[entry->actor].id, act, caption);
    }

    if (scenario->entry_count > count)
        fprintf(out, "     the %zu weightiest of %zu dated entries\n", count,
                scenario->entry_count);
}

void spiral_result_plot(const struct spiral_result *result, int width, FILE *out)
{
    char grid[ROWS][MAX_COLUMNS + 1];
    int columns = width - MARGIN - 1;

    columns = columns > MAX_COLUMNS ? MAX_COLUMNS : columns < 20 ? 20 : columns;
    memset(grid, ' ', sizeof grid);
    draw_fan(result, columns, grid);
    fputs("escalation index, 0 to 100: * mean, : middle half, . 90 % of runs\n", out);

    for (int row = 0; row < ROWS; row++) {
        if (row % 3 == 0)
            fprintf(out, "%4.0f |", 100.0 - 100.0 * row / (ROWS - 1));
        else
            fputs("     |", out);

        int end = columns;
        while (end > 0 && grid[row][end - 1] == ' ')
            end--;

        fprintf(out, "%.*s\n", end, grid[row]);
    }

    print_years(result->tally, columns, out);
    print_moves(result, columns, out);
}
