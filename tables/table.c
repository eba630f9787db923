/* SPDX-License-Identifier: MIT */
#include "tables/table.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void spiral_table_init(struct spiral_table *table, const char *title)
{
    memset(table, 0, sizeof *table);
    snprintf(table->title, sizeof table->title, "%s", title);
    spiral_table_say(table, "version", SPIRAL_VERSION);
}

void spiral_table_clear(struct spiral_table *table)
{
    for (size_t i = 0; i < table->fact_count; i++)
        free(table->facts[i].text);
    free(table->columns);
    memset(table, 0, sizeof *table);
}

/* --- facts and columns ------------------------------------------------------------------------ */

void spiral_table_say(struct spiral_table *table, const char *name, const char *text)
{
    if (table->fact_count == sizeof table->facts / sizeof *table->facts)
        return;

    char *copy = strdup(text);

    table->no_memory = table->no_memory || copy == NULL;
    if (copy == NULL)
        return;
    snprintf(table->facts[table->fact_count].name, sizeof table->facts->name, "%s", name);
    table->facts[table->fact_count++].text = copy;
}

void spiral_table_say_whole(struct spiral_table *table, const char *name, uint64_t value)
{
    const size_t before = table->fact_count;
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, value);
    spiral_table_say(table, name, text);
    if (table->fact_count > before)
        table->facts[before].bare = true;
}

void spiral_table_say_hash(struct spiral_table *table, const char *name, uint64_t hash)
{
    char text[24];

    snprintf(text, sizeof text, "%016" PRIx64, hash);
    spiral_table_say(table, name, text);
}

void spiral_table_column(struct spiral_table *table, enum spiral_column_type type, const char *name,
                         const char *unit, const char *meaning, double low, double high)
{
    struct spiral_column *longer =
        realloc(table->columns, (table->column_count + 1) * sizeof *longer);

    table->no_memory = table->no_memory || longer == NULL;
    if (longer == NULL)
        return;
    table->columns = longer;

    struct spiral_column *column = &longer[table->column_count++];

    *column = (struct spiral_column){.type = type, .low = low, .high = high};
    snprintf(column->name, sizeof column->name, "%s", name);
    snprintf(column->unit, sizeof column->unit, "%s", unit);
    snprintf(column->meaning, sizeof column->meaning, "%s", meaning);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* A text as a field of CSV: in quotes where it needs them. */
static void write_field(const char *text, FILE *out)
{
    if (strpbrk(text, ",\"\r\n") == NULL && text[0] != '#') {
        fputs(text, out);
        return;
    }

    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }

    fputc('"', out);
}

void spiral_table_begin(struct spiral_table *table, FILE *out, bool comments)
{
    table->out = out;
    table->at = 0;

    if (comments) {
        fprintf(out, "# %s", table->title);
        for (size_t i = 0; i < table->fact_count; i++)
            if (strpbrk(table->facts[i].text, "\r\n") == NULL)
                fprintf(out, ", %s %s", table->facts[i].name, table->facts[i].text);
        fputs("\n# units:", out);
        for (size_t c = 0; c < table->column_count; c++)
            if (table->columns[c].unit[0] != '\0')
                fprintf(out, " %s [%s]", table->columns[c].name, table->columns[c].unit);
        fputc('\n', out);
    }

    for (size_t c = 0; c < table->column_count; c++) {
        fputs(c > 0 ? "," : "", out);
        write_field(table->columns[c].name, out);
    }

    fputc('\n', out);
}

/* After a cell: a comma, or the end of the row. */
static void end_cell(struct spiral_table *table)
{
    table->at++;
    if (table->at < table->column_count) {
        fputc(',', table->out);
        return;
    }

    table->at = 0;
    fputc('\n', table->out);
}

void spiral_table_text(struct spiral_table *table, const char *text)
{
    write_field(text, table->out);
    end_cell(table);
}

void spiral_table_whole(struct spiral_table *table, int64_t value)
{
    fprintf(table->out, "%" PRId64, value);
    end_cell(table);
}

void spiral_table_digits(struct spiral_table *table, double value, int digits)
{
    if (isfinite(value))
        fprintf(table->out, "%.*g", digits, value);
    end_cell(table);
}

void spiral_table_number(struct spiral_table *table, double value)
{
    char text[40] = "";

    for (int digits = 15; digits <= 17 && isfinite(value); digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }

    fputs(text, table->out);
    end_cell(table);
}

void spiral_table_missing(struct spiral_table *table) { end_cell(table); }
