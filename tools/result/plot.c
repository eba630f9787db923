/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sim/moments.h"
#include "tools/result/result.h"

enum { ROWS = 16, MAX_COLUMNS = 200, MARGIN = 6 };

/* The row, from the top, of an index value. */
static int row_of(double index)
{
    int row = (int)((100.0 - index) / 100.0 * (ROWS - 1) + 0.5);
    return row < 0 ? 0 : row >= ROWS ? ROWS - 1 : row;
}

/* The step of the fan that a column shows: the first column the start, the last the end. */
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

/* Every fifth year under its column, where the one before leaves room. */
static void print_years(const struct spiral_tally *tally, int columns, FILE *out)
{
    char line[MAX_COLUMNS + 8];
    int used = -1;

    memset(line, ' ', sizeof line);
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

/* Letters under the plot at the dates of the case's weightiest moments, and below what each letter
 * is. Entries without a caption are listed too: the name of the move says something as well. */
static void print_moments(const struct spiral_result *result, int columns, FILE *out)
{
    enum { MOST = 20 };
    const struct spiral_scenario *scenario = result->scenario;
    const struct spiral_tally *tally = result->tally;
    size_t chosen[MOST];
    char line[MAX_COLUMNS + 1];

    if (result->plan->event_count == 0)
        return;

    const double end = tally->start + tally->dt * (double)tally->steps;
    const size_t count = spiral_moments_choose(scenario, end, NULL, MOST, chosen);

    /* Moments that would share a column move to the right, so that each letter is seen. */
    memset(line, ' ', sizeof line);
    for (size_t i = 0; i < count; i++) {
        int column = column_of(scenario->entries[chosen[i]].date, tally, columns);
        while (column < columns - 1 && line[column] != ' ')
            column++;

        line[column] = (char)('a' + i);
    }

    fprintf(out, "%*s%.*s\n\n", MARGIN, "", columns, line);

    for (size_t i = 0; i < count; i++) {
        const struct spiral_entry *entry = &scenario->entries[chosen[i]];
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
    print_moments(result, columns, out);
}
