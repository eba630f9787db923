/* SPDX-License-Identifier: MIT
 *
 * The metadata of a table in the terms of CSVW.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tables/table.h"

static const char *const datatypes[] = {
    [SPIRAL_COLUMN_WORDS] = "string",
    [SPIRAL_COLUMN_WHOLE] = "integer",
    [SPIRAL_COLUMN_NUMBER] = "double",
    [SPIRAL_COLUMN_MONTH] = "gYearMonth",
};

/* A text as a string of JSON. */
static void write_string(const char *text, FILE *out)
{
    fputc('"', out);

    for (; *text != '\0'; text++) {
        const unsigned char letter = (unsigned char)*text;

        if (letter == '"' || letter == '\\')
            fprintf(out, "\\%c", letter);
        else if (letter == '\n')
            fputs("\\n", out);
        else if (letter < 0x20 || letter == 0x7f)
            fprintf(out, "\\u%04x", letter);
        else
            fputc(letter, out);
    }

    fputc('"', out);
}

/* The name of a column as CSVW allows it: letters, digits, _ and . alone, the rest in per cent. */
static void write_name(const char *name, FILE *out)
{
    fputc('"', out);

    for (; *name != '\0'; name++) {
        const unsigned char letter = (unsigned char)*name;
        const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= '0' && letter <= '9') || letter == '_' || letter == '.';

        if (plain)
            fputc(letter, out);
        else
            fprintf(out, "%%%02X", letter);
    }

    fputc('"', out);
}

static void write_datatype(const struct spiral_column *column, FILE *out)
{
    fprintf(out, ", \"datatype\": {\"base\": \"%s\"", datatypes[column->type]);
    if (isfinite(column->low))
        fprintf(out, ", \"minimum\": %.17g", column->low);
    if (isfinite(column->high))
        fprintf(out, ", \"maximum\": %.17g", column->high);
    fputc('}', out);
}

static void write_column(const struct spiral_column *column, FILE *out)
{
    fputs("      {\"name\": ", out);
    write_name(column->name, out);
    fputs(", \"titles\": ", out);
    write_string(column->name, out);
    write_datatype(column, out);

    if (column->unit[0] != '\0') {
        fputs(", \"schema:unitText\": ", out);
        write_string(column->unit, out);
    }

    fputs(",\n       \"dc:description\": ", out);
    write_string(column->meaning, out);
    fputc('}', out);
}

/* Where the table comes from: a note, which may have keys of one's own. */
static void write_facts(const struct spiral_table *table, FILE *out)
{
    fputs("  \"notes\": [{\"program\": \"spiral\"", out);

    for (size_t i = 0; i < table->fact_count; i++) {
        fputs(",\n    ", out);
        write_string(table->facts[i].name, out);
        fputs(": ", out);
        if (table->facts[i].bare)
            fputs(table->facts[i].text, out);
        else
            write_string(table->facts[i].text, out);
    }

    fputs("}]\n", out);
}

void spiral_table_metadata(const struct spiral_table *table, const char *path, FILE *out)
{
    const char *slash = strrchr(path, '/');

    fputs("{\n  \"@context\": [\"http://www.w3.org/ns/csvw\", {\"@language\": \"en\"}],\n"
          "  \"url\": ",
          out);
    write_string(slash != NULL ? slash + 1 : path, out);
    fputs(",\n  \"dc:title\": ", out);
    write_string(table->title, out);
    fputs(",\n  \"dc:source\": \"spiral " SPIRAL_VERSION "\",\n"
          "  \"dialect\": {\"header\": true, \"encoding\": \"utf-8\"},\n"
          "  \"tableSchema\": {\n    \"columns\": [\n",
          out);

    for (size_t c = 0; c < table->column_count; c++) {
        write_column(&table->columns[c], out);
        fputs(c + 1 < table->column_count ? ",\n" : "\n", out);
    }

    fputs("    ]\n  },\n", out);
    write_facts(table, out);
    fputs("}\n", out);
}

char *spiral_table_metadata_path(const char *path)
{
    static const char suffix[] = "-metadata.json";
    char *beside = malloc(strlen(path) + sizeof suffix);

    if (beside == NULL)
        return NULL;
    strcpy(beside, path);

    return strcat(beside, suffix);
}
