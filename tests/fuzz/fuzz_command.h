/* SPDX-License-Identifier: MIT
 *
 * The target of the command line: the name of a command, then its words, one on a line. The words
 * are read over the command's own table of options; nothing is run. Settings are applied to
 * constants, and the options of a sweep are written as an experiment file, as the commands do.
 */
#ifndef SPIRAL_TEST_FUZZ_COMMAND_H
#define SPIRAL_TEST_FUZZ_COMMAND_H

#include <stdalign.h>

#include "tests/fuzz/fuzz.h"
#include "tools/spiral/commands.h"
#include "tools/spiral/sweep_request.h"

enum { FUZZ_REQUEST_SIZE = 1 << 15 };

static inline const struct spiral_command *fuzz_find_command(const char *name)
{
    static const struct spiral_command *const commands[] = {
#define SPIRAL_COMMAND_ENTRY(name) &spiral_command_##name,
        SPIRAL_COMMAND_TABLE(SPIRAL_COMMAND_ENTRY)
#undef SPIRAL_COMMAND_ENTRY
    };

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];

    return NULL;
}

/* Numbers and words are within what their rows of the table say. */
static inline void fuzz_require_in_range(const struct spiral_option *option, const void *place)
{
    const double real = option->kind == SPIRAL_OPTION_REAL ? *(const double *)place : 0.0;
    const int word = option->kind == SPIRAL_OPTION_WORD ? *(const int *)place : 0;

    if (option->kind == SPIRAL_OPTION_REAL && real != 0.0)
        fuzz_require(real >= option->low && real <= option->high);
    if (option->kind == SPIRAL_OPTION_WORD)
        fuzz_require(word >= 0 && option->words[word] != NULL);
    if (option->kind == SPIRAL_OPTION_LIST)
        fuzz_require(((const struct spiral_option_list *)place)->count <= SPIRAL_OPTION_MOST);
}

static inline void fuzz_apply_settings(const struct spiral_option_list *settings)
{
    struct spiral_constants constants = spiral_constants_defaults();
    const int status = spiral_settings_apply(NULL, &constants, settings);

    fuzz_require(status == SPIRAL_EXIT_OK || status == SPIRAL_EXIT_BAD_INPUT);

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        fuzz_require(*spiral_constant_at(&constants, i) >= spiral_constant_fields[i].low &&
                     *spiral_constant_at(&constants, i) <= spiral_constant_fields[i].high);
}

static inline void fuzz_write_request(const struct spiral_sweep_request *request,
                                      char *const *scenarios, size_t count)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    fuzz_require(out != NULL);
    spiral_sweep_request_write(request, scenarios, count, out);
    fuzz_require(fclose(out) == 0);
    free(text);
}

static inline void fuzz_command(const uint8_t *data, size_t size)
{
    static union {
        alignas(max_align_t) char bytes[FUZZ_REQUEST_SIZE];
        struct spiral_sweep_request sweep; /* what the requests of sweep and calibrate begin with */
    } request;
    char *text = fuzz_text(data, size);
    char *words[FUZZ_WORDS + 1] = {NULL};
    char *rest = text;
    int count = 0;

    while (count < FUZZ_WORDS && (words[count] = strsep(&rest, "\n")) != NULL)
        count++;

    const struct spiral_command *command = fuzz_find_command(words[0]);

    if (command == NULL) {
        free(text);
        return;
    }

    memset(&request, 0, sizeof request);

    const int first = spiral_options_read(command, count, words, request.bytes);

    fuzz_require(first >= SPIRAL_OPTIONS_FAILED && first <= count);

    for (const struct spiral_option *option = command->options; first >= 0 && option->name != NULL;
         option++) {
        const void *place = request.bytes + option->place;

        fuzz_require_in_range(option, place);
        if (option->kind == SPIRAL_OPTION_LIST && strcmp(option->name, "set") == 0)
            fuzz_apply_settings(place);
    }

    if (first >= 0 && (command == &spiral_command_sweep || command == &spiral_command_calibrate))
        fuzz_write_request(&request.sweep, words + first, (size_t)(count - first));

    free(text);
}

#endif
