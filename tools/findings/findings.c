/* SPDX-License-Identifier: MIT */
#include "tools/findings/findings.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tools/json/json_text.h"

/* --- creation --------------------------------------------------------------------------------- */

struct spiral_finding_table *spiral_findings_table(struct spiral_findings *findings,
                                                   const struct spiral_finding_table *heading)
{
    static struct spiral_finding_table lost;

    if (findings->count == findings->room) {
        const size_t room = 2 * findings->room + 16;
        struct spiral_finding_table *longer = realloc(findings->tables, room * sizeof *longer);
        findings->no_memory = findings->no_memory || longer == NULL;
        if (longer == NULL)
            return &lost;
        findings->tables = longer;
        findings->room = room;
    }

    findings->tables[findings->count] = *heading;

    return &findings->tables[findings->count++];
}

struct spiral_finding *spiral_findings_row(struct spiral_findings *findings,
                                           struct spiral_finding_table *table)
{
    static struct spiral_finding lost;

    if (findings->no_memory)
        return &lost;

    if (table->count == table->room) {
        const size_t room = 2 * table->room + 16;
        struct spiral_finding *longer = realloc(table->rows, room * sizeof *longer);
        findings->no_memory = findings->no_memory || longer == NULL;
        if (longer == NULL)
            return &lost;
        table->rows = longer;
        table->room = room;
    }

    struct spiral_finding *row = &table->rows[table->count];

    *row = (struct spiral_finding){.index = table->count++};
    for (int m = 0; m < SPIRAL_MOST_MEASURES; m++)
        row->measures[m] = (struct spiral_estimate){NAN, {NAN, NAN}};

    return row;
}

void spiral_findings_note(struct spiral_finding_table *table, const char *format, ...)
{
    const size_t used = strlen(table->note);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(table->note + used, sizeof table->note - used, format, arguments);
    va_end(arguments);
}

void spiral_findings_note_zh(struct spiral_finding_table *table, const char *format, ...)
{
    const size_t used = strlen(table->note_zh);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(table->note_zh + used, sizeof table->note_zh - used, format, arguments);
    va_end(arguments);
}

static int compare_rows(const void *a, const void *b)
{
    const struct spiral_finding *x = a;
    const struct spiral_finding *y = b;

    return x->size != y->size ? (x->size < y->size) - (x->size > y->size)
                              : (x->index > y->index) - (x->index < y->index);
}

void spiral_findings_sort(struct spiral_findings *findings)
{
    for (size_t t = 0; t < findings->count; t++)
        if (findings->tables[t].count > 1)
            qsort(findings->tables[t].rows, findings->tables[t].count,
                  sizeof(struct spiral_finding), compare_rows);
}

void spiral_findings_clear(struct spiral_findings *findings)
{
    for (size_t t = 0; t < findings->count; t++)
        free(findings->tables[t].rows);
    free(findings->tables);
    *findings = (struct spiral_findings){.tables = NULL};
}

/* --- the terminal ----------------------------------------------------------------------------- */

enum { CELL = 56, BAR = 20 };

static void write_number(char text[16], double value)
{
    const double size = fabs(value);
    const bool whole = size >= 1.0 && size < 1e9 && value == floor(value);

    snprintf(text, 16,
             whole                                              ? "%.0f"
             : size == 0.0 || (size >= 0.001 && size < 10000.0) ? "%.3f"
                                                                : "%.2g",
             size == 0.0 ? 0.0 : value);
}

static void write_estimate(char text[CELL], const struct spiral_estimate *estimate)
{
    char value[16] = "";
    char low[16];
    char high[16];

    if (!isnan(estimate->value))
        write_number(value, estimate->value);

    if (isnan(estimate->interval.low)) {
        snprintf(text, CELL, "%s", value);
        return;
    }

    write_number(low, estimate->interval.low);
    write_number(high, estimate->interval.high);
    snprintf(text, CELL, "%s%s[%s, %s]", value, value[0] != '\0' ? " " : "", low, high);
}

/* The widths of a table's columns. */
struct widths {
    int factor;
    int with; /* 0: no row has a level or a second factor */
    int measure[SPIRAL_MOST_MEASURES];
};

static struct widths measure_columns(const struct spiral_finding_table *table)
{
    struct widths width = {.factor = 6};
    char text[CELL];

    for (size_t m = 0; m < table->measure_count; m++)
        width.measure[m] = (int)strlen(table->measures[m]);

    for (size_t r = 0; r < table->count; r++) {
        const struct spiral_finding *row = &table->rows[r];

        width.factor = (int)fmax(width.factor, (double)strlen(row->factor));
        width.with = (int)fmax(width.with, (double)strlen(row->with));

        for (size_t m = 0; m < table->measure_count; m++) {
            write_estimate(text, &row->measures[m]);
            width.measure[m] = (int)fmax(width.measure[m], (double)strlen(text));
        }
    }

    return width;
}

static void print_names(const char *factor, const char *with, const struct widths *width, FILE *out)
{
    fprintf(out, "  %-*s", width->factor, factor);
    if (width->with > 0)
        fprintf(out, "  %-*s", width->with, with);
}

/* The columns of the measures [first, past), and a bar of the first measure where it has room. */
static void print_measures(const struct spiral_finding_table *table, const struct widths *width,
                           size_t first, size_t past, int bar, double largest, FILE *out)
{
    char text[CELL];

    print_names("", "", width, out);
    for (size_t m = first; m < past; m++)
        fprintf(out, "  %-*s", width->measure[m], table->measures[m]);
    fputc('\n', out);

    for (size_t r = 0; r < table->count; r++) {
        const struct spiral_finding *row = &table->rows[r];
        const double value = row->measures[0].value;
        const int length =
            largest > 0.0 && !isnan(value) ? (int)lround(bar * fabs(value) / largest) : 0;

        print_names(row->factor, row->with, width, out);

        for (size_t m = first; m < past; m++) {
            write_estimate(text, &row->measures[m]);
            fprintf(out, "  %-*s", width->measure[m], text);
        }

        fprintf(out, "  %.*s\n", length,
                value < 0.0 ? "--------------------" : "####################");
    }
}

/* Measures that do not fit beside each other are printed below each other. */
static void print_rows(const struct spiral_finding_table *table, int columns, FILE *out)
{
    const struct widths width = measure_columns(table);
    const int names = 2 + width.factor + (width.with > 0 ? 2 + width.with : 0);
    double largest = 0.0;

    for (size_t r = 0; r < table->count; r++)
        if (!isnan(table->rows[r].measures[0].value))
            largest = fmax(largest, fabs(table->rows[r].measures[0].value));

    for (size_t first = 0, past = 0; first < table->measure_count; first = past) {
        int used = names;

        while (past < table->measure_count &&
               (past == first || used + 2 + width.measure[past] <= columns))
            used += 2 + width.measure[past++];

        const int room = columns - used - 2;
        const int bar = first > 0 || room < 0 ? 0 : room < BAR ? room : BAR;

        print_measures(table, &width, first, past, bar, largest, out);
    }
}

void spiral_findings_text(const struct spiral_findings *findings, int columns, FILE *out)
{
    const char *scenario = NULL;
    const char *outcome = NULL;

    for (size_t t = 0; t < findings->count; t++) {
        const struct spiral_finding_table *table = &findings->tables[t];
        if (table->detail)
            continue;
        if (table->scenario != scenario || table->outcome != outcome)
            fprintf(out, "%s%s, %s\n", t > 0 ? "\n" : "", table->scenario, table->outcome);
        scenario = table->scenario;
        outcome = table->outcome;
        fprintf(out, "\n%s: %s\n", table->method, table->part);
        if (table->count > 0)
            print_rows(table, columns, out);
        if (table->note[0] != '\0')
            fprintf(out, "  (%s)\n", table->note);
    }
}

/* --- CSV and JSON ----------------------------------------------------------------------------- */

void spiral_findings_columns(struct spiral_table *table)
{
    static const struct {
        const char *name;
        const char *meaning;
    } words[] = {
        {"scenario", "the case"},
        {"outcome", "the outcome whose mean over the runs of a point is analysed"},
        {"method", "the method"},
        {"part", "the part of the method"},
        {"factor", "the factor: an axis, or axes that move together"},
        {"with", "the other factor of a pair, the values of a level, or the limits of a box"},
        {"measure", "what the value is"},
    };
    static const struct {
        const char *name;
        const char *meaning;
    } numbers[] = {{"value", "the value of the measure"},
                   {"low", "lower end of its 95 % interval"},
                   {"high", "upper end of its 95 % interval"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        spiral_table_column(table, SPIRAL_COLUMN_WORDS, words[i].name, "", words[i].meaning, NAN,
                            NAN);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, numbers[i].name, "1", numbers[i].meaning,
                            NAN, NAN);
}

void spiral_findings_csv(const struct spiral_findings *findings, struct spiral_table *out)
{
    for (size_t t = 0; t < findings->count; t++) {
        const struct spiral_finding_table *table = &findings->tables[t];
        for (size_t r = 0; r < table->count; r++)
            for (size_t m = 0; m < table->measure_count; m++) {
                const struct spiral_finding *row = &table->rows[r];
                const char *const texts[] = {table->scenario,   table->outcome, table->method,
                                             table->part,       row->factor,    row->with,
                                             table->measures[m]};
                if (isnan(row->measures[m].value) && isnan(row->measures[m].interval.low))
                    continue;

                for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                    spiral_table_text(out, texts[i]);

                spiral_table_number(out, row->measures[m].value);
                spiral_table_number(out, row->measures[m].interval.low);
                spiral_table_number(out, row->measures[m].interval.high);
            }
    }
}

static json_t *measure_json(const struct spiral_estimate *estimate)
{
    json_t *object = json_object();
    const double numbers[] = {estimate->value, estimate->interval.low, estimate->interval.high};
    static const char *const names[] = {"value", "low", "high"};

    for (int i = 0; i < 3; i++)
        if (!isnan(numbers[i]))
            json_object_set_new(object, names[i], json_real(numbers[i]));
    return object;
}

enum spiral_status spiral_findings_json(const struct spiral_findings *findings, FILE *out,
                                        struct spiral_error *error)
{
    json_t *array = json_array();

    for (size_t t = 0; t < findings->count; t++) {
        const struct spiral_finding_table *table = &findings->tables[t];
        json_t *rows = json_array();

        for (size_t r = 0; r < table->count; r++) {
            const struct spiral_finding *row = &table->rows[r];
            json_t *object = json_pack("{s:s}", "factor", row->factor);
            if (row->with[0] != '\0')
                json_object_set_new(object, "with", json_string(row->with));
            for (size_t m = 0; m < table->measure_count; m++)
                json_object_set_new(object, table->measures[m], measure_json(&row->measures[m]));

            json_array_append_new(rows, object);
        }

        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "scenario",
                                               table->scenario, "outcome", table->outcome, "method",
                                               table->method, "part", table->part, "note",
                                               table->note, "rows", rows));
    }

    return spiral_json_write(array, out, error);
}
