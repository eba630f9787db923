/* SPDX-License-Identifier: MIT */
#include "tools/cli/options.h"

#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "sim/dates.h"
#include "tools/cli/command.h"
#include "tools/cli/terminal.h"

static size_t option_count(const struct spiral_option *options)
{
    size_t count = 0;
    while (options[count].name != NULL)
        count++;
    return count;
}

/* --- help ------------------------------------------------------------------------------------- */

/* The range of a number, where it has one that a reader may want to know: " [1 to 1024]". */
static void write_range(const struct spiral_option *option, char *text, size_t size)
{
    const bool is_whole = option->kind == SPIRAL_OPTION_WHOLE ||
                          option->kind == SPIRAL_OPTION_SIZE || option->kind == SPIRAL_OPTION_INT ||
                          option->kind == SPIRAL_OPTION_WHOLE_REAL;
    text[0] = '\0';

    if (is_whole && option->most < SPIRAL_MOST_RUNS)
        snprintf(text, size, " [%llu to %llu]", (unsigned long long)option->least,
                 (unsigned long long)option->most);
    else if (option->kind == SPIRAL_OPTION_REAL && option->high - option->low < 1e12)
        snprintf(text, size, " [%g to %g]", option->low, option->high);
    else if (option->kind == SPIRAL_OPTION_LIST && option->most > 0)
        snprintf(text, size, "; up to %llu times", (unsigned long long)option->most);
    else if (option->kind == SPIRAL_OPTION_LIST)
        snprintf(text, size, "; may be repeated");
}

void spiral_options_help(const struct spiral_option *options, FILE *out)
{
    for (const struct spiral_option *option = options; option->name != NULL; option++) {
        char name[80];
        char range[64];
        char text[600];

        snprintf(name, sizeof name, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
                 option->argument != NULL ? option->argument : "");
        write_range(option, range, sizeof range);
        snprintf(text, sizeof text, "%s%s", option->doc, range);
        spiral_text_entry(name, text, out);
    }

    spiral_text_entry("--help", "show this help", out);
}

int spiral_command_help(const struct spiral_command *command, FILE *out)
{
    fprintf(out, "usage: spiral %s [OPTION]...%s%s\n\n", command->name,
            command->operands[0] != '\0' ? " " : "", command->operands);
    spiral_text_wrap(command->summary, 0, 0, spiral_terminal_columns(), out);

    fputs("\noptions:\n", out);
    spiral_options_help(command->options, out);

    return command->more != NULL ? command->more(out) : SPIRAL_EXIT_OK;
}

/* --- arguments -------------------------------------------------------------------------------- */

static bool parse_whole(const struct spiral_option *option, const char *argument, uint64_t *value)
{
    if (spiral_whole_parse(argument, value) && *value >= option->least && *value <= option->most)
        return true;
    spiral_complain("--%s: '%s' is not a whole number from %llu to %llu", option->name, argument,
                    (unsigned long long)option->least, (unsigned long long)option->most);
    return false;
}

static bool parse_real(const struct spiral_option *option, const char *argument, double *value)
{
    if (!spiral_fraction_parse(argument, value)) {
        spiral_complain("--%s: '%s' is not a number", option->name, argument);
        return false;
    }

    if (*value >= option->low && *value <= option->high)
        return true;
    spiral_complain("--%s: %s is not between %g and %g", option->name, argument, option->low,
                    option->high);

    return false;
}

static bool parse_step(const struct spiral_option *option, const char *argument, double *value)
{
    if (spiral_fraction_parse(argument, value) && *value > 0.0 && *value <= 1.0)
        return true;
    spiral_complain("--%s: '%s' is not the length of a step; expected years above 0, at most 1, "
                    "as in 1/24",
                    option->name, argument);
    return false;
}

static bool parse_date(const struct spiral_option *option, const char *argument, double *value)
{
    if (spiral_date_parse(argument, value))
        return true;
    spiral_complain("--%s: '%s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD", option->name,
                    argument);
    return false;
}

/* Each unit once at most, and the larger ones first. */
static bool parse_duration(const struct spiral_option *option, const char *argument,
                           double *seconds)
{
    static const struct {
        char letter;
        uint64_t seconds;
    } units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
    const char *rest = argument;

    *seconds = 0.0;

    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        const size_t digits = strspn(rest, "0123456789");
        char number[10] = "";
        uint64_t count;

        if (digits == 0 || digits >= sizeof number || rest[digits] != units[u].letter)
            continue;
        memcpy(number, rest, digits);
        if (spiral_whole_parse(number, &count))
            *seconds += (double)(count * units[u].seconds);
        rest += digits + 1;
    }

    if (*rest == '\0' && *seconds > 0.0)
        return true;
    spiral_complain("--%s: '%s' is not a length of time; expected whole numbers of d, h, m and s, "
                    "as 90m, 1h30m or 2d",
                    option->name, argument);

    return false;
}

static bool keep_in_list(const struct spiral_option *option, const char *argument,
                         struct spiral_option_list *list)
{
    const size_t most = option->most > 0 ? option->most : SPIRAL_OPTION_MOST;

    if (list->count == most) {
        spiral_complain("--%s: at most %zu of them", option->name, most);
        return false;
    }

    list->items[list->count++] = argument;

    return true;
}

int spiral_option_choose(const struct spiral_option *option, const char *what, const char *argument,
                         struct spiral_names names)
{
    const int found = spiral_names_find(names, argument);
    const char *nearest = spiral_names_nearest(names, argument);

    if (found >= 0)
        return found;

    if (names.count == 2)
        spiral_complain("--%s: '%s' is neither %s nor %s", option->name, argument,
                        spiral_names_at(names, 0), spiral_names_at(names, 1));
    else if (nearest != NULL)
        spiral_complain("--%s: unknown %s '%s'; did you mean '%s'?", option->name, what, argument,
                        nearest);
    else if (names.count == 3)
        spiral_complain("--%s: unknown %s '%s'; expected %s, %s or %s", option->name, what,
                        argument, spiral_names_at(names, 0), spiral_names_at(names, 1),
                        spiral_names_at(names, 2));
    else
        spiral_complain("--%s: unknown %s '%s'; the first of %zu is '%s'", option->name, what,
                        argument, names.count, spiral_names_at(names, 0));

    return -1;
}

static bool choose_word(const struct spiral_option *option, const char *argument, int *value)
{
    size_t count = 0;
    while ((option->most == 0 || count < option->most) && option->words[count] != NULL)
        count++;

    const int index =
        spiral_option_choose(option, "word", argument, spiral_names_in(option->words, count));

    if (index >= 0)
        *value = index;

    return index >= 0;
}

/* Reads an argument into its place in the request. */
static bool store_argument(const struct spiral_option *option, const char *argument, void *request)
{
    void *place = (char *)request + option->place;
    uint64_t whole = 0;

    if (option->mark != 0)
        *(const char **)((char *)request + option->mark) = option->name;

    switch (option->kind) {
    case SPIRAL_OPTION_FLAG: *(bool *)place = true; return true;
    case SPIRAL_OPTION_TEXT: *(const char **)place = argument; return true;
    case SPIRAL_OPTION_LIST: return keep_in_list(option, argument, place);
    case SPIRAL_OPTION_WHOLE: return parse_whole(option, argument, place);
    case SPIRAL_OPTION_SIZE:
        if (!parse_whole(option, argument, &whole))
            return false;
        *(size_t *)place = (size_t)whole;
        return true;
    case SPIRAL_OPTION_INT:
        if (!parse_whole(option, argument, &whole))
            return false;
        *(int *)place = (int)whole;
        return true;
    case SPIRAL_OPTION_WHOLE_REAL:
        if (!parse_whole(option, argument, &whole))
            return false;
        *(double *)place = (double)whole;
        return true;
    case SPIRAL_OPTION_REAL: return parse_real(option, argument, place);
    case SPIRAL_OPTION_STEP: return parse_step(option, argument, place);
    case SPIRAL_OPTION_DATE: return parse_date(option, argument, place);
    case SPIRAL_OPTION_DURATION: return parse_duration(option, argument, place);
    case SPIRAL_OPTION_WORD: return choose_word(option, argument, place);
    case SPIRAL_OPTION_PARSED: return option->parse(option, argument, place);
    }

    return false;
}

/* --- the command line ------------------------------------------------------------------------- */

/* The option of a word "--name" or "--name=argument", of which `length` letters are the name. */
static const struct spiral_option *find_option(const struct spiral_command *command,
                                               const char *word, size_t length)
{
    for (const struct spiral_option *option = command->options; option->name != NULL; option++)
        if (strlen(option->name) == length - 2 && strncmp(option->name, word + 2, length - 2) == 0)
            return option;
    return NULL;
}

static void complain_unknown(const struct spiral_command *command, const char *word, size_t length)
{
    char name[64];

    snprintf(name, sizeof name, "%.*s", (int)length, word);

    const char *bare = name + strspn(name, "-");
    const char *nearest = spiral_names_nearest(
        spiral_names_of(command->options, option_count(command->options), name), bare);

    if (nearest != NULL)
        spiral_complain("%s: unknown option '%s'; did you mean '--%s'?", command->name, name,
                        nearest);
    else
        spiral_complain("%s: unknown option '%s'; `spiral help %s` lists the options",
                        command->name, name, command->name);
}

/* Reads the option argv[*at], and moves *at to its argument where that is the next word. */
static bool read_option(const struct spiral_command *command, int argc, char **argv, int *at,
                        void *request)
{
    const char *word = argv[*at];
    const size_t length = strcspn(word, "=");
    const bool has_dashes = strncmp(word, "--", 2) == 0;
    const struct spiral_option *option = has_dashes ? find_option(command, word, length) : NULL;
    const char *argument = word[length] == '=' ? word + length + 1 : NULL;

    if (option == NULL) {
        complain_unknown(command, word, length);
        return false;
    }

    if (option->kind == SPIRAL_OPTION_FLAG && argument != NULL) {
        spiral_complain("%s: --%s takes no argument", command->name, option->name);
        return false;
    }

    if (option->kind != SPIRAL_OPTION_FLAG && argument == NULL) {
        if (*at + 1 == argc) {
            spiral_complain("%s: --%s needs an argument: %s", command->name, option->name,
                            option->argument);
            return false;
        }
        argument = argv[++*at];
    }

    return store_argument(option, argument, request);
}

int spiral_options_read(const struct spiral_command *command, int argc, char **argv, void *request)
{
    bool options_ended = false;
    int operands = 0; /* kept at argv[1] and on until all words are read */

    for (int at = 1; at < argc; at++) {
        if (options_ended || argv[at][0] != '-' || argv[at][1] == '\0')
            argv[++operands] = argv[at];
        else if (strcmp(argv[at], "--") == 0)
            options_ended = true;
        else if (strcmp(argv[at], "--help") == 0) {
            return spiral_command_help(command, stdout) == SPIRAL_EXIT_OK ? SPIRAL_OPTIONS_HELP
                                                                          : SPIRAL_OPTIONS_FAILED;
        } else if (!read_option(command, argc, argv, &at, request))
            return SPIRAL_OPTIONS_BAD;
    }

    memmove(argv + argc - operands, argv + 1, (size_t)operands * sizeof *argv);

    return argc - operands;
}

int spiral_options_exit_status(int first)
{
    return first == SPIRAL_OPTIONS_HELP     ? SPIRAL_EXIT_OK
           : first == SPIRAL_OPTIONS_FAILED ? SPIRAL_EXIT_FAILED
                                            : SPIRAL_EXIT_BAD_INPUT;
}

bool spiral_option_setting(const char *option, const char *argument, char name[SPIRAL_SETTING_NAME],
                           double *value)
{
    const char *equals = strchr(argument, '=');

    if (equals == NULL || equals == argument ||
        (size_t)(equals - argument) >= SPIRAL_SETTING_NAME) {
        spiral_complain("--%s: '%s' is not NAME=VALUE", option, argument);
        return false;
    }

    memcpy(name, argument, (size_t)(equals - argument));
    name[equals - argument] = '\0';

    if (spiral_fraction_parse(equals + 1, value))
        return true;
    spiral_complain("--%s: '%s' is not a number", option, equals + 1);

    return false;
}
