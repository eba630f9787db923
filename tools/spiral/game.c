/* SPDX-License-Identifier: MIT
 *
 * Strategic choice: the game of the small state, its neighbour and its patron.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "tools/choice/game.h"
#include "tools/cli/constants.h"
#include "tools/cli/table_output.h"
#include "tools/farm/interrupt.h"
#include "tools/spiral/commands.h"

static const char *const languages[] = {"en", "zh", NULL};

struct request {
    struct spiral_game_request asked;
    struct spiral_option_list settings;
    const char *greed;
    const char *constants;
    const char *out;
    const char *const *inputs;
    int language;
    bool json;
    bool csv;
    bool quiet;
};

#define PLACE(type, member) .place = SPIRAL_OPTION_PLACE(type, struct request, member)
static const struct spiral_option options[] = {
    {"players", "N", "3: small state, neighbour and patron (default); 2: without the patron",
     SPIRAL_OPTION_SIZE, PLACE(size_t, asked.players), .least = 2, .most = 3},
    {"greed", "G,...", "values of the neighbour's greed (default 0,0.25,0.5,0.75,1)",
     SPIRAL_OPTION_TEXT, PLACE(const char *, greed)},
    {"runs", "N", "runs of every profile of doctrines (default 256)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, asked.runs), .least = 2, .most = 1000000},
    {"seed", "S", "seed of the random numbers (default 1)", SPIRAL_OPTION_WHOLE,
     PLACE(uint64_t, asked.seed), .most = UINT64_MAX},
    {"resamples", "N",
     "resamples of the runs, which show how certain an equilibrium is (default 200)",
     SPIRAL_OPTION_WHOLE, PLACE(uint64_t, asked.resamples), .least = 1, .most = 100000},
    {"from", "DATE", "the doctrines begin on this date (default: the start)", SPIRAL_OPTION_DATE,
     PLACE(double, asked.from)},
    {"security", "W", "weight of security in payoffs (default 1)", SPIRAL_OPTION_REAL,
     PLACE(double, asked.weights[0]), .low = 0.0, .high = 100.0},
    {"gain", "W", "weight of gain (default 0.5)", SPIRAL_OPTION_REAL,
     PLACE(double, asked.weights[1]), .low = 0.0, .high = 100.0},
    {"cost", "W", "weight of cost (default 0.25)", SPIRAL_OPTION_REAL,
     PLACE(double, asked.weights[2]), .low = 0.0, .high = 100.0},
    {"precision", "L", "precision of the logit equilibrium (default 20)", SPIRAL_OPTION_REAL,
     PLACE(double, asked.lambda), .low = 0.0, .high = 10000.0},
    {"set", "NAME=VALUE", "set one of the values that `spiral params` lists", SPIRAL_OPTION_LIST,
     PLACE(struct spiral_option_list, settings)},
    {"until", "DATE", "end on this date instead of the scenario's end", SPIRAL_OPTION_DATE,
     PLACE(double, asked.plan.until)},
    {"constants", SPIRAL_CONSTANTS_ARGUMENT, SPIRAL_CONSTANTS_DOC, SPIRAL_OPTION_TEXT,
     PLACE(const char *, constants)},
    {"threads", "N", "threads (default: one per processor); they do not affect the results",
     SPIRAL_OPTION_INT, PLACE(int, asked.threads), .least = 1, .most = SPIRAL_MOST_THREADS},
    {"quiet", NULL, "no progress on stderr", SPIRAL_OPTION_FLAG, PLACE(bool, quiet)},
    {"lang", "en|zh", "language of the doctrines (default en)", SPIRAL_OPTION_WORD,
     PLACE(int, language), .words = languages},
    {"json", NULL, "one JSON object", SPIRAL_OPTION_FLAG, PLACE(bool, json)},
    {"csv", NULL, "CSV, a row per greed, profile and player", SPIRAL_OPTION_FLAG, PLACE(bool, csv)},
    {"out", "FILE", "write to this file instead of stdout, whole or not at all", SPIRAL_OPTION_TEXT,
     PLACE(const char *, out)},
    {.name = NULL},
};
#undef PLACE

/* Numbers of 0 to 1 with commas between them, in ascending order. */
static bool read_greeds(struct spiral_game_request *asked, const char *text)
{
    for (asked->greed_count = 0;; text++) {
        char word[32];
        const size_t length = strcspn(text, ",");
        double *greed = &asked->greed[asked->greed_count];
        snprintf(word, sizeof word, "%.*s", (int)length, text);

        if (asked->greed_count == SPIRAL_MOST_GREEDS || length >= sizeof word ||
            !spiral_number_parse(word, greed) || *greed < 0.0 || *greed > 1.0 ||
            (asked->greed_count > 0 && *greed <= asked->greed[asked->greed_count - 1])) {
            spiral_complain("--greed: '%s' is not a list of values; expected at most %d numbers of "
                            "0 to 1 in ascending order, as in 0,0.5,1",
                            word, SPIRAL_MOST_GREEDS);
            return false;
        }

        asked->greed_count++;
        text += length;
        if (*text == '\0')
            return true;
    }
}

static int write_csv(const struct request *request, const struct spiral_game *game)
{
    struct spiral_table_output output;
    struct spiral_table table;

    spiral_game_describe(&table, game);

    int exit_status =
        spiral_table_output_open(&output, &table, request->out, request->inputs, false);

    if (exit_status == SPIRAL_EXIT_OK) {
        spiral_game_csv(game, &table);
        exit_status = spiral_table_output_close(&output, &table, exit_status);
    }

    spiral_table_clear(&table);

    return exit_status;
}

static int write_game(const struct request *request, const struct spiral_game *game)
{
    struct spiral_output output;

    if (request->csv)
        return write_csv(request, game);

    int exit_status =
        spiral_output_open(&output, request->json ? SPIRAL_OUTPUT_DATA : SPIRAL_OUTPUT_TEXT,
                           request->out, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (request->json)
        exit_status = spiral_output_json(spiral_game_json(game), output.file);
    else
        spiral_game_print(game, request->language == 1, output.file);

    return spiral_output_close(&output, exit_status);
}

static int play(struct request *request, char *name)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_constant_sets sets = {.count = 0};
    struct spiral_scenario scenario;
    struct spiral_game game;
    struct spiral_error error;
    int exit_status = spiral_load(&scenario, name);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_prepare(&sets, &constants, request->constants, &scenario,
                                               &request->settings);

    if (exit_status == SPIRAL_EXIT_OK) {
        request->asked.label = request->quiet ? NULL : scenario.name;
        spiral_interrupts_catch();

        exit_status = spiral_game_play(&game, &scenario, &constants, &sets, &request->asked,
                                       &error) == SPIRAL_OK
                          ? write_game(request, &game)
                          : spiral_complain_error(&error);
        spiral_game_clear(&game);
    }

    spiral_constant_sets_clear(&sets);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.asked = spiral_game_defaults()};
    const int first = spiral_options_read(&spiral_command_game, argc, argv, &request);

    if (first < 0)
        return spiral_options_exit_status(first);
    request.inputs = (const char *const *)&argv[first];

    if (request.json && request.csv)
        spiral_complain("game: --json or --csv, not both");
    else if (argc - first != 1)
        spiral_complain("game: %s usage: spiral game SCENARIO",
                        first == argc ? "which scenario?" : "one scenario at a time;");
    else if (request.greed == NULL || read_greeds(&request.asked, request.greed))
        return play(&request, argv[first]);

    return SPIRAL_EXIT_BAD_INPUT;
}

static int explain(FILE *out)
{
    fputc('\n', out);
    spiral_text_wrap("Strategies are the doctrines of each player's role. Payoffs are means over "
                     "runs on the same draws. docs/choice.md defines security, gain and cost, and "
                     "says how equilibria are found. `spiral chart game SCENARIO` draws how the "
                     "equilibria move with greed.",
                     0, 0, spiral_terminal_columns(), out);

    return SPIRAL_EXIT_OK;
}

const struct spiral_command spiral_command_game = {
    "game",  "SCENARIO",  "play doctrines of small state, neighbour and patron against each other",
    options, run_command, explain};
