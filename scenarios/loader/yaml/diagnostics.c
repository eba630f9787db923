/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/yaml/diagnostics.h"

#include "scenarios/loader/yaml/foreign_text.h"

void spiral_diagnostics_init(struct spiral_diagnostics *diagnostics)
{
    diagnostics->count = 0;
    diagnostics->dropped = 0;
}

void spiral_diagnostics_add(struct spiral_diagnostics *diagnostics,
                            const struct spiral_error *error)
{
    if (diagnostics->count < SPIRAL_MAX_DIAGNOSTICS)
        diagnostics->errors[diagnostics->count++] = *error;
    else
        diagnostics->dropped++;
}

static int comes_after(const struct spiral_error *a, const struct spiral_error *b)
{
    return a->line != b->line ? a->line > b->line : a->column > b->column;
}

void spiral_diagnostics_sort(struct spiral_diagnostics *diagnostics)
{
    for (size_t i = 1; i < diagnostics->count; i++) {
        const struct spiral_error error = diagnostics->errors[i];
        size_t at = i;
        for (; at > 0 && comes_after(&diagnostics->errors[at - 1], &error); at--)
            diagnostics->errors[at] = diagnostics->errors[at - 1];
        diagnostics->errors[at] = error;
    }
}

void spiral_error_print(const struct spiral_error *error, FILE *out)
{
    if (error->file[0] != '\0') {
        spiral_foreign_text_print(error->file, out);
        fputc(':', out);
    }

    if (error->line > 0)
        fprintf(out, "%d:%d:", error->line, error->column);
    if (error->file[0] != '\0' || error->line > 0)
        fputc(' ', out);

    if (error->path[0] != '\0') {
        spiral_foreign_text_print(error->path, out);
        fputs(": ", out);
    }

    spiral_foreign_text_print(error->message[0] != '\0' ? error->message
                                                        : spiral_status_text(error->status),
                              out);
    fputc('\n', out);
}

void spiral_diagnostics_print(const struct spiral_diagnostics *diagnostics, FILE *out)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        spiral_error_print(&diagnostics->errors[i], out);
    if (diagnostics->dropped > 0)
        fprintf(out, "and %zu more\n", diagnostics->dropped);
}
