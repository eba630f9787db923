/* SPDX-License-Identifier: MIT */
#include "tools/draw/html.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void spiral_html_text(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        switch (*c) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc(*c, out);
        }
}

static void print_escaped(FILE *out, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);

    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);

    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, again);
        spiral_html_text(out, text);
    }

    va_end(again);
    free(text);
}

void spiral_html_print(FILE *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_escaped(out, format, arguments);
    va_end(arguments);
}

static void print_color(FILE *out, const char *name, struct spiral_color color)
{
    fprintf(out, "  --%s: #%02x%02x%02x;\n", name, (unsigned)(255.0 * color.red + 0.5),
            (unsigned)(255.0 * color.green + 0.5), (unsigned)(255.0 * color.blue + 0.5));
}

static const char style[] =
    "body { background: var(--ground); color: var(--ink); font: 16px/1.5 \"Noto Sans\", \"Noto "
    "Sans CJK SC\", system-ui, sans-serif; "
    "margin: 0; }\n"
    "main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }\n"
    "h1 { line-height: 1.2; margin: 0.5rem 0; } h2 { margin: 2.2rem 0 0.6rem; border-bottom: 1px "
    "solid var(--line); }\n"
    ".lead { font-size: 1.1rem; } .muted, caption, figcaption { color: var(--muted); }\n"
    "figure { margin: 1.2rem 0; break-inside: avoid; } figure svg { width: 100%; height: auto; "
    "display: block; }\n"
    "figcaption { font-size: 0.9rem; } main { counter-reset: figure; } figure { "
    "counter-increment: figure; }\n"
    "figcaption::before { content: \"Figure \" counter(figure) \". \"; } "
    ":lang(zh) figcaption::before { content: \"图 \" counter(figure) \"：\"; }\n"
    ".table { overflow-x: auto; margin: 1rem 0; } table { border-collapse: collapse; font-size: "
    "0.9rem; min-width: 50%; }\n"
    "caption { text-align: left; padding: 0.3rem 0; } th, td { padding: 0.2rem 0.7rem 0.2rem 0; "
    "text-align: left; vertical-align: top; }\n"
    "thead th { border-bottom: 1px solid var(--ink); } tbody tr { border-bottom: 1px solid "
    "var(--line); break-inside: avoid; } tbody th { "
    "font-weight: normal; white-space: nowrap; }\n"
    ".n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }\n"
    "h3 { margin: 1.4rem 0 0.2rem; break-after: avoid; } .round { break-inside: avoid; }\n"
    "pre { border: 1px solid var(--line); padding: 0.7rem; white-space: pre-wrap; overflow-wrap: "
    "anywhere; font-size: 0.85rem; }\n"
    "@page { margin: 18mm 16mm; }\n"
    "@media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2 { "
    "break-after: avoid; } thead { display: "
    "table-header-group; }\n"
    "  .table { overflow: visible; } caption { break-after: avoid; } figure svg { max-height: "
    "125mm; } .tall figure svg { max-height: 225mm; } }\n";

void spiral_html_begin(FILE *out, const char *language, const char *title,
                       const struct spiral_theme *theme)
{
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
            "name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n",
            language);
    fputs("<title>", out);
    spiral_html_text(out, title);
    fputs("</title>\n<style>\n:root {\n", out);
    print_color(out, "ground", theme->background);
    print_color(out, "ink", theme->ink);
    print_color(out, "muted", theme->muted);
    print_color(out, "line", theme->grid);
    fprintf(out, "}\n%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
    spiral_html_text(out, title);
    fputs("</h1>\n", out);
}

void spiral_html_end(FILE *out) { fputs("</main>\n</body>\n</html>\n", out); }

void spiral_html_heading(FILE *out, const char *id, const char *text)
{
    fprintf(out, "<h2 id=\"%s\">", id);
    spiral_html_text(out, text);
    fputs("</h2>\n", out);
}

static void element(FILE *out, const char *name, const char *text)
{
    fprintf(out, "<%s>", name);
    spiral_html_text(out, text);
    fprintf(out, "</%s>\n", name);
}

void spiral_html_paragraph(FILE *out, const char *text) { element(out, "p", text); }
void spiral_html_code(FILE *out, const char *text) { element(out, "pre", text); }

void spiral_html_table_begin(struct spiral_html_table *table, FILE *out, const char *caption,
                             const char *const *heads, size_t columns)
{
    *table = (struct spiral_html_table){.out = out, .columns = columns};
    fputs("<div class=\"table\"><table>\n<caption>", out);
    spiral_html_text(out, caption);
    fputs("</caption>\n<thead><tr>", out);

    for (size_t i = 0; i < columns; i++) {
        const bool number = table->number[i] = heads[i][0] == '#';
        fputs(number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">", out);
        spiral_html_text(out, heads[i] + number);
        fputs("</th>", out);
    }

    fputs("</tr></thead>\n<tbody>\n", out);
}

/* The next cell: text as `format` has it, or nothing where there is none. */
static void cell(struct spiral_html_table *table, const char *format, va_list arguments)
{
    const bool number = table->number[table->column];
    const bool first = table->column == 0;
    const char *name = first ? "th" : "td";

    fprintf(table->out, "%s<%s%s%s>", first ? "<tr>" : "", name, first ? " scope=\"row\"" : "",
            number ? " class=\"n\"" : "");
    if (format != NULL)
        print_escaped(table->out, format, arguments);
    fprintf(table->out, "</%s>", name);
    table->column = (table->column + 1) % table->columns;
    if (table->column == 0)
        fputs("</tr>\n", table->out);
}

void spiral_html_cell(struct spiral_html_table *table, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cell(table, format, arguments);
    va_end(arguments);
}

void spiral_html_cell_where(struct spiral_html_table *table, bool known, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cell(table, known ? format : NULL, arguments);
    va_end(arguments);
}

void spiral_html_table_end(struct spiral_html_table *table)
{
    fputs("</tbody>\n</table></div>\n", table->out);
}

/* Where Cairo's SVG names a thing or refers to one. */
static const char *const marks[] = {" id=\"", "url(#", "href=\"#"};

/* Copies the text up to `end`, a prefix of the picture's before every id. */
static void copy_with_ids(FILE *out, const char *text, const char *end, int number)
{
    while (text < end) {
        size_t length = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && length == 0; i++)
            if (strncmp(text, marks[i], strlen(marks[i])) == 0)
                length = strlen(marks[i]);

        if (length == 0) {
            fputc(*text++, out);
            continue;
        }

        fwrite(text, 1, length, out);
        fprintf(out, "f%d-", number);
        text += length;
    }
}

bool spiral_html_figure(FILE *out, const char *svg, int number, const char *label)
{
    const char *start = strstr(svg, "<svg");
    const char *box = start != NULL ? strstr(start, "viewBox=") : NULL;
    const char *head_end = start != NULL ? strchr(start, '>') : NULL;
    const char *end = start != NULL ? strstr(start, "</svg>") : NULL;

    if (box == NULL || head_end == NULL || end == NULL || box > head_end)
        return false;

    /* a new head without the width and height: the page's width decides */
    const int length = (int)(strchr(box + 9, '"') - box) + 1;

    fprintf(out,
            "<figure>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" %.*s role=\"img\" aria-label=\"",
            length, box);
    spiral_html_text(out, label);
    fputs("\">", out);
    copy_with_ids(out, head_end + 1, end, number);
    fputs("</svg>\n<figcaption>", out);
    spiral_html_text(out, label);
    fputs("</figcaption>\n</figure>\n", out);

    return true;
}
