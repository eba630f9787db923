/* SPDX-License-Identifier: MIT */
/* Writes libFuzzer's dictionary of a target: the words of the tables that its reader knows, so that
 * inputs get past the question whether a name exists.
 *
 * Usage: write_dictionary TARGET; without an argument, the names of the targets and the folders of
 * their corpora: NAME LONGEST FOLDER SUFFIX. */
#include <stdio.h>
#include <string.h>

#include "sim/tables.h"
#ifdef SPIRAL_WITH_TOOLS
#include "tools/spiral/commands.h"
#endif

enum { WORDS_NONE, WORDS_CASE, WORDS_LESSON, WORDS_EXPERIMENT, WORDS_COMMAND, WORDS_PANEL };

static const char *const case_words[] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) #key ": ",
#include "scenarios/loader/fields.def"
};
static const char *const lesson_words[] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) #key ": ",
#include "scenarios/loader/lesson_fields.def"
};
static const char *const experiment_words[] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) #key ": ",
#include "tools/experiment/fields.def"
#define SPIRAL_EXPRESSION_FUNCTION(name, takes, doc) #name " ",
#include "sim/expressions.def"
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) #name " ",
#include "sim/quantities.def"
    " by ", " in 20",   " since ", " from ", " to ",  " and ",  " or ", "not ", " >= ", "(",
    ")",    "saltelli", "morris",  "sobol",  "latin", "random", "grid", "zip",  "oat",  "list"};
static const char *const command_words[] = {"--help",        "18446744073709551615",
                                            "0x10",          "1e400",
                                            "1h30m",         "2/8",
                                            "war:0.02:4096", "=1:8:log"};
static const char *const outcome_words[] = {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) #name,
#include "sim/outcomes.def"
};
static const char *const variable_words[] = {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) #name,
#include "sim/variables.def"
};
static const char *const fact_words[] = {
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) #name,
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) #name,
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) #name,
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) #name,
#include "sim/facts.def"
};
static const char *const panel_words[] = {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) #name,
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) #name,
#include "tools/panel/columns.def"
    ",", "\"", "\"\"", "\r\n", "1e308", "-1", "NA", "1950", "0", "5"};
static const char *const form_words[] = {"- ",        ": ",       "\n",        "\n  ", "{",
                                         "}",         "[",        "]",         ", ",   "small",
                                         "neighbour", "offshore", "2004-12",   "0.5",  "1/24",
                                         "-1",        "true",     "&a",        "*a",   "<<: ",
                                         "!!str ",    "\"\"",     "# options:"};

static const struct {
    const char *name;
    int words;
    size_t longest;
    const char *folder;
    const char *suffix;
} targets[] = {
#define SPIRAL_FUZZ_TARGET(name, needs, longest, words, folder, suffix, cuts) \
    {#name, WORDS_##words, longest, folder, suffix},
#include "tests/fuzz/targets.def"
};

static void write_word(const char *word)
{
    putchar('"');
    for (; *word != '\0'; word++) {
        if (*word == '"' || *word == '\\')
            printf("\\%c", *word);
        else if ((unsigned char)*word < 0x20)
            printf("\\x%02x", (unsigned)*word);
        else
            putchar(*word);
    }

    puts("\"");
}

#ifdef SPIRAL_WITH_TOOLS
/* The names of all commands and of their options. */
static void write_commands(void)
{
    static const struct spiral_command *const commands[] = {
#define SPIRAL_COMMAND_ENTRY(name) &spiral_command_##name,
        SPIRAL_COMMAND_TABLE(SPIRAL_COMMAND_ENTRY)
#undef SPIRAL_COMMAND_ENTRY
    };
    char word[100];

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        snprintf(word, sizeof word, "%s\n", commands[i]->name);
        write_word(word);

        for (const struct spiral_option *option = commands[i]->options; option->name != NULL;
             option++) {
            snprintf(word, sizeof word, "--%s%s", option->name,
                     option->kind == SPIRAL_OPTION_FLAG ? "\n" : "=");
            write_word(word);
        }
    }
}
#endif

#define WRITE_WORDS(words) \
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) \
        write_word(words[i]);

static void write_dictionary(int words)
{
    if (words == WORDS_PANEL)
        WRITE_WORDS(panel_words);
    if (words == WORDS_NONE || words == WORDS_PANEL)
        return;

    WRITE_WORDS(form_words);
    for (size_t i = 0; i < SPIRAL_MOVES; i++)
        write_word(spiral_moves[i].name);
    for (size_t i = 0; i < SPIRAL_DOCTRINES; i++)
        write_word(spiral_doctrines[i].name);
    for (size_t i = 0; i < SPIRAL_DOCTRINE_NUMBERS; i++)
        write_word(spiral_doctrine_fields[i].name);
    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        write_word(spiral_constant_fields[i].name);
    WRITE_WORDS(fact_words);

    if (words == WORDS_CASE) {
        WRITE_WORDS(case_words);
        WRITE_WORDS(variable_words);
    } else if (words == WORDS_LESSON) {
        WRITE_WORDS(lesson_words);
        WRITE_WORDS(outcome_words);
    } else if (words == WORDS_EXPERIMENT) {
        WRITE_WORDS(experiment_words);
        WRITE_WORDS(outcome_words);
        WRITE_WORDS(variable_words);
    } else {
        WRITE_WORDS(command_words);
#ifdef SPIRAL_WITH_TOOLS
        write_commands();
#endif
        WRITE_WORDS(outcome_words);
    }
}

int main(int argc, char **argv)
{
    enum { TARGETS = sizeof targets / sizeof *targets };

    for (size_t i = 0; i < TARGETS; i++) {
        if (argc == 1)
            printf("%s %zu %s %s\n", targets[i].name, targets[i].longest, targets[i].folder,
                   targets[i].suffix);
        else if (strcmp(argv[1], targets[i].name) == 0) {
            write_dictionary(targets[i].words);
            return 0;
        }
    }

    return argc == 1 ? 0 : 2;
}
