/* SPDX-License-Identifier: MIT
 *
 * `spiral play`: reads the command line, begins or resumes a game of sides, and gives it to the
 * terminal or the window.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/loader/yaml/whole_input.h"
#include "tools/draw/chart.h"
#include "tools/draw/commands.h"
#include "tools/draw/play_page.h"
#include "tools/draw/play_terminal.h"
#include "tools/draw/play_window.h"

struct request {
    struct spiral_play_setup setup;
    double from; /* 0: the start of the case */
    struct spiral_option_list policies;
    struct spiral_option_list settings;
    const char *seats;
    const char *injects;
    const char *script;
    const char *save;
    const char *debrief;
    bool terminal;
    struct spiral_play_look look;
    enum spiral_language language;
    const struct spiral_theme *theme;
    const char *setup_option; /* the last option that a saved game has already decided */
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
#define SETS_UP .mark = SPIRAL_OPTION_PLACE(const char *, struct request, setup_option)
static const struct spiral_option options[] = {
    {"seats", "ID,ID,...",
     "the states that have a seat, in the order of their turns (default: one of each role)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, seats), SETS_UP},
    {"policy", "ID=NAME",
     "how a state without a seat plays: history (default), steady, tit_for_tat "
     "or grit",
     SPIRAL_OPTION_LIST, PLACE(struct spiral_option_list, policies), SETS_UP},
    {"from", "DATE", "when the first round begins (default: the start of the case)",
     SPIRAL_OPTION_DATE, PLACE(double, from), SETS_UP},
    {"years", "N", "length of a round (default 2)", SPIRAL_OPTION_INT, PLACE(int, setup.years),
     .least = 1, .most = 2, SETS_UP},
    {"rounds", "N", "number of rounds (default: as many as fit)", SPIRAL_OPTION_INT,
     PLACE(int, setup.rounds), .least = 1, .most = SPIRAL_PLAY_ROUNDS, SETS_UP},
    {"seed", "S", "seed of the run (default 1)", SPIRAL_OPTION_WHOLE, PLACE(uint64_t, setup.seed),
     .most = UINT64_MAX, SETS_UP},
    {"set", "NAME=VALUE", "set one of the values that `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings), SETS_UP},
    {"war-ends", NULL, "let hostility fall again after war", SPIRAL_OPTION_FLAG,
     PLACE(bool, setup.war_ends), SETS_UP},
    {"injects", "FILE.yaml", "the facilitator's dated events", SPIRAL_OPTION_TEXT,
     PLACE(const char *, injects), SETS_UP},
    {"save", "FILE.yaml", "save the game there after every turn (default: CASE-playN.yaml)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, save)},
    {"debrief", "FILE.html",
     "write the debrief there when the game is over (default: beside the saved game)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, debrief)},
    {"script", "FILE.yaml", "play the turns of a game file and end, without asking anybody",
     SPIRAL_OPTION_TEXT, PLACE(const char *, script)},
    {"terminal", NULL, "play on this terminal, without a window", SPIRAL_OPTION_FLAG,
     PLACE(bool, terminal)},
    {"lang", "en|zh", "language (default en)", SPIRAL_OPTION_WORD,
     .place = SPIRAL_OPTION_ENUM_PLACE(struct request, language), .words = spiral_chart_languages},
    {"theme", "NAME", "light (default), dark or print", SPIRAL_OPTION_PARSED,
     PLACE(const struct spiral_theme *, theme), .parse = spiral_chart_parse_theme},
    {"scale", "F", "size of letters and lines in the window (default 1)", SPIRAL_OPTION_REAL,
     PLACE(double, look.scale), .low = 0.7, .high = 3.0},
    {"frames", "N", "show N frames of the window, and end", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, look.frames), .least = 1, .most = 100000000},
    {.name = NULL},
};
#undef PLACE

/* --- the setup -------------------------------------------------------------------------------- */

static int complain_unknown(const char *option, const char *what, const char *word,
                            struct spiral_names known)
{
    const char *nearest = spiral_names_nearest(known, word);

    spiral_complain("--%s: unknown %s '%.60s'%s%s%s", option, what, word,
                    nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                    nearest != NULL ? "'?" : "");
    return SPIRAL_EXIT_BAD_INPUT;
}

static struct spiral_names state_names(const struct spiral_scenario *scenario)
{
    return spiral_names_of(scenario->states, scenario->state_count, id);
}

/* ID,ID,... */
static int read_seats(const char *argument, const struct spiral_scenario *scenario,
                      struct spiral_play_setup *setup)
{
    while (argument != NULL && *argument != '\0') {
        const size_t length = strcspn(argument, ",");
        char id[64];
        snprintf(id, sizeof id, "%.*s", length < sizeof id ? (int)length : (int)sizeof id - 1,
                 argument);

        if (id[0] == '\0') {
            spiral_complain("--seats: a name is missing; expected states with a comma between "
                            "them, for example UKR,RUS");
            return SPIRAL_EXIT_BAD_INPUT;
        }

        const int state = spiral_scenario_find_state(scenario, id);
        if (state < 0)
            return complain_unknown("seats", "state", id, state_names(scenario));

        for (size_t s = 0; s < setup->seat_count; s++)
            if (setup->seats[s] == state) {
                spiral_complain("--seats: duplicate seat '%s'", id);
                return SPIRAL_EXIT_BAD_INPUT;
            }

        setup->seats[setup->seat_count++] = state;
        argument += length + (argument[length] == ',');
    }

    return SPIRAL_EXIT_OK;
}

/* ID=NAME */
static int read_policy(const char *argument, const struct spiral_scenario *scenario,
                       struct spiral_play_setup *setup)
{
    const struct spiral_names policies =
        spiral_names_of(spiral_play_policies, SPIRAL_POLICIES, name);
    const char *equals = strchr(argument, '=');
    char id[64] = "";

    if (equals == NULL || (size_t)(equals - argument) >= sizeof id) {
        spiral_complain("--policy: '%.60s' is not STATE=POLICY", argument);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    memcpy(id, argument, (size_t)(equals - argument));

    const int state = spiral_scenario_find_state(scenario, id);
    const int policy = spiral_names_find(policies, equals + 1);

    if (state < 0)
        return complain_unknown("policy", "state", id, state_names(scenario));
    if (policy < 0)
        return complain_unknown("policy", "policy", equals + 1, policies);
    setup->policy[state] = policy;

    return SPIRAL_EXIT_OK;
}

/* NAME=VALUE: whether there is such a number is found when the game begins. */
static int read_setting(const char *argument, struct spiral_play_setup *setup)
{
    struct spiral_lesson_setting *setting = &setup->settings[setup->setting_count];

    if (setup->setting_count == SPIRAL_PLAY_SETTINGS) {
        spiral_complain("--set: a game takes at most %d numbers", SPIRAL_PLAY_SETTINGS);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (!spiral_option_setting("set", argument, setting->name, &setting->value))
        return SPIRAL_EXIT_BAD_INPUT;
    setup->setting_count++;

    return SPIRAL_EXIT_OK;
}

static int read_injects(const char *path, const struct spiral_scenario *scenario,
                        struct spiral_play_events *events)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_error error;
    char *text;
    size_t length;
    enum spiral_status status = spiral_whole_input_read(path, &text, &length, &error);

    if (status != SPIRAL_OK) {
        spiral_complain("%s: %s", path, error.message);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_diagnostics_init(&diagnostics);
    status = spiral_play_events_load_text(events, scenario, text, length, path, &diagnostics);
    spiral_diagnostics_print(&diagnostics, stderr);
    free(text);

    return spiral_exit_status(status);
}

static int read_setup(struct request *request, const struct spiral_scenario *scenario)
{
    struct spiral_play_setup *setup = &request->setup;
    int exit_status = read_seats(request->seats, scenario, setup);

    setup->from_given = request->from != 0.0;
    setup->from = request->from;
    for (size_t i = 0; i < request->policies.count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = read_policy(request->policies.items[i], scenario, setup);
    for (size_t i = 0; i < request->settings.count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = read_setting(request->settings.items[i], setup);
    if (request->injects != NULL && exit_status == SPIRAL_EXIT_OK)
        exit_status = read_injects(request->injects, scenario, &setup->events);

    return exit_status;
}

/* --- beginning -------------------------------------------------------------------------------- */

/* A path without ending at which no game is saved yet. */
static void choose_save(const char *name, char path[256])
{
    int number = 0;

    do
        snprintf(path, 256, "%.100s-play%d.yaml", name, ++number);
    while (access(path, F_OK) == 0);
}

/* The page beside a saved game: its name with another ending. */
static void name_page(const char *save, char path[4200])
{
    const size_t length = strlen(save);
    const size_t stem = length > 5 && strcmp(save + length - 5, ".yaml") == 0 ? length - 5 : length;

    snprintf(path, 4200, "%.*s.html", (int)(stem < 4090 ? stem : 4090), save);
}

/* How a game's file names its case, so that it is found from anywhere. NULL, with a complaint,
 * where it cannot. The caller frees it. */
static char *name_case(const char *operand)
{
    char *name = strchr(operand, '/') == NULL && access(operand, F_OK) != 0
                     ? strdup(operand)
                     : realpath(operand, NULL);

    if (strcmp(operand, "-") == 0 || name == NULL) {
        spiral_complain("play: a game needs a case in a file, so that it can be saved and resumed");
        free(name);
        return NULL;
    }

    return name;
}

/* A new game of a case. */
static int begin_game(struct request *request, const char *operand, struct spiral_play_table *table,
                      char **case_name)
{
    struct spiral_scenario scenario;
    struct spiral_error error;
    const struct spiral_constants constants = spiral_constants_defaults();
    int exit_status;

    *case_name = name_case(operand);
    if (*case_name == NULL)
        return SPIRAL_EXIT_BAD_INPUT;
    exit_status = spiral_load(&scenario, operand);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = read_setup(request, &scenario);
    if (exit_status == SPIRAL_EXIT_OK && spiral_game_create(&table->game, &scenario, &constants,
                                                            &request->setup, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    spiral_scenario_clear(&scenario);
    spiral_play_events_clear(&request->setup.events);

    return exit_status;
}

/* A game that was saved, or a script. */
static int resume_game(const struct request *request, const char *text, size_t length,
                       const char *path, struct spiral_play_table *table, char **case_name)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_play_game_file file;
    struct spiral_error error;
    const struct spiral_constants constants = spiral_constants_defaults();

    if (request->setup_option != NULL) {
        spiral_complain("play: %s has its own setup; --%s is for a new game", path,
                        request->setup_option);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_diagnostics_init(&diagnostics);

    enum spiral_status status = spiral_play_load_text(&file, text, length, path, &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    if (status != SPIRAL_OK)
        return spiral_exit_status(status);

    status = spiral_game_resume(&table->game, &file, &constants, path, &error);
    *case_name = strdup(file.case_name);
    spiral_play_game_file_clear(&file);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

/* --- playing ---------------------------------------------------------------------------------- */

/* What a script leaves. */
static int end_script(struct spiral_play_table *table)
{
    struct spiral_game *game = table->game;

    if (game->phase == SPIRAL_PLAY_NEWS)
        spiral_game_go_on(game);

    const bool over = game->phase == SPIRAL_PLAY_END;
    int exit_status = spiral_play_save(table);

    spiral_say("state %016llx\n", (unsigned long long)spiral_game_hash(game));

    if (over) {
        char *text = spiral_play_tell(game, spiral_language_code(table->language));
        if (text != NULL)
            spiral_text_print(text, spiral_terminal_columns(), stdout);
        free(text);
    } else {
        spiral_say("round %d of %d: the turn of %s\n", game->round + 1, game->setup.rounds,
                   game->base.states[spiral_game_state(game)].id);
    }

    if (table->page != NULL && !over) {
        spiral_complain("play: the game is not over; the debrief is written when it is");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    return exit_status == SPIRAL_EXIT_OK && over ? spiral_play_write_page(table) : exit_status;
}

static int play_game(const struct request *request, struct spiral_play_table *table)
{
    char path[256];
    char page[4200];
    struct spiral_play_look look = request->look;

    look.theme = (enum spiral_theme_name)(request->theme - spiral_themes);
    table->page = request->debrief;
    table->save = request->save;
    table->language = request->language;
    table->theme = request->theme;
    if (request->script != NULL)
        return end_script(table);

    if (table->save == NULL) {
        choose_save(table->game->base.name, path);
        table->save = path;
    }

    if (table->page == NULL) {
        name_page(table->save, page);
        table->page = page;
    }

    return request->terminal ? spiral_play_on_terminal(table) : spiral_play_in_window(table, &look);
}

static int run_command(int argc, char **argv)
{
    struct request request = {.setup = spiral_play_setup_defaults(),
                              .look = {.width = 1280, .height = 800, .scale = 1.0},
                              .theme = &spiral_themes[SPIRAL_THEME_light]};
    struct spiral_play_table table = {.game = NULL};
    const int first = spiral_options_read(&spiral_command_play, argc, argv, &request);
    char *case_name = NULL;
    char *text = NULL;
    char path[4096];
    size_t length;

    if (first < 0)
        return spiral_options_exit_status(first);

    if (argc - first != (request.script == NULL ? 1 : 0)) {
        spiral_complain("play: %s usage: spiral play CASE|GAME.yaml, or spiral play --script "
                        "GAME.yaml",
                        request.script != NULL ? "a script names its own case;"
                        : argc == first        ? "which case?"
                                               : "one case or game at a time;");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    const char *operand = request.script != NULL ? request.script : argv[first];
    int exit_status = spiral_text_load(operand, path, sizeof path, &text, &length);

    if (exit_status == SPIRAL_EXIT_OK && spiral_play_is_game(text)) {
        if (request.save == NULL && request.script == NULL)
            request.save = operand; /* it goes on where it is */
        exit_status = resume_game(&request, text, length, path, &table, &case_name);
    } else if (exit_status == SPIRAL_EXIT_OK && request.script != NULL) {
        spiral_complain("--script: %s is not a game: it has no line 'play: 1'", operand);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    } else if (exit_status == SPIRAL_EXIT_OK) {
        exit_status = begin_game(&request, operand, &table, &case_name);
    }

    free(text);
    table.case_name = case_name;
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = play_game(&request, &table);
    spiral_game_destroy(table.game);
    free(case_name);

    return exit_status;
}

const struct spiral_command spiral_command_play = {
    "play",  "CASE|GAME.yaml", "play a game of sides: each seat sees what its state perceives",
    options, run_command,      NULL};
