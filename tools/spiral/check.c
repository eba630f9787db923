/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "scenarios/loader/constants_file.h"
#include "scenarios/loader/lesson.h"
#include "scenarios/loader/play_load.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/plan.h"
#include "tools/spiral/commands.h"
#include "tools/sweep/sweep.h"

struct request {
    bool quiet;
};

static const struct spiral_option options[] = {
    {"quiet", NULL, "print nothing for files without errors", SPIRAL_OPTION_FLAG,
     .place = SPIRAL_OPTION_PLACE(bool, struct request, quiet)},
    {.name = NULL},
};

/* What is checked: a text that was read once, and what to call it. */
struct checked_text {
    const char *given;
    const char *path;
    const char *name; /* of the path, in errors */
    char *text;
    size_t length;
};

/* Loads a lesson with its cases. */
static int check_lesson(const struct checked_text *checked, bool quiet)
{
    struct spiral_lesson lesson;
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_diagnostics_init(diagnostics);
    const enum spiral_status status =
        spiral_lesson_load_text(&lesson, checked->text, checked->length, checked->path,
                                diagnostics);

    const int exit_status = spiral_complain_diagnostics(diagnostics, status);

    if (status == SPIRAL_OK && !quiet)
        spiral_say("%s: valid: a lesson of %zu steps on %zu scenario%s\n", checked->given,
                   lesson.step_count, lesson.scenario_count, lesson.scenario_count == 1 ? "" : "s");
    free(diagnostics);
    spiral_lesson_clear(&lesson);

    return exit_status;
}

/* Loads an experiment with its scenarios and draws its points. */
static int check_experiment(const struct checked_text *checked, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_experiment experiment = spiral_experiment_defaults();
    struct spiral_sweep sweep;
    struct spiral_error error;

    spiral_diagnostics_init(&diagnostics);

    enum spiral_status status =
        spiral_experiment_load_text(&experiment, checked->text, checked->length, checked->name,
                                    NULL, &diagnostics);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    status = spiral_sweep_create(&sweep, &experiment, NULL, 1, 1, &error);

    if (status == SPIRAL_OK && !quiet) {
        uint64_t runs;
        uint64_t most;
        size_t done;
        spiral_sweep_count(&sweep, &runs, &most, &done);
        const size_t policies = spiral_experiment_policies(&sweep.experiment);
        const size_t scenarios = sweep.experiment.case_count / policies;
        char under[48] = "";
        if (sweep.experiment.policy_count > 0)
            snprintf(under, sizeof under, " under %zu polic%s", policies,
                     policies == 1 ? "y" : "ies");

        spiral_say("%s: valid: an experiment of %zu scenario%s%s at %zu points, %s%" PRIu64
                   " runs\n",
                   checked->given, scenarios, scenarios == 1 ? "" : "s", under, sweep.points,
                   sweep.experiment.stop.outcome >= 0 ? "at most " : "", most);
    }

    spiral_sweep_clear(&sweep);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

/* Loads a game of sides with its case. Whether its turns keep the rules is found when it is
 * played. */
static int check_game(const struct checked_text *checked, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_play_game_file game;

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_play_load_text(&game, checked->text, checked->length, checked->path, &diagnostics);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (status == SPIRAL_OK && !quiet)
        spiral_say("%s: valid: a game of %s with %zu turn%s\n", checked->given, game.scenario.name,
                   game.turn_count, game.turn_count == 1 ? "" : "s");
    spiral_play_game_file_clear(&game);

    return exit_status;
}

/* Loads a facilitator's events for a game. */
static int check_events(const struct checked_text *checked, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_play_events events;

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_play_events_load_text(&events, NULL, checked->text, checked->length, checked->path,
                                     &diagnostics);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (status == SPIRAL_OK && !quiet)
        spiral_say("%s: valid: %zu event%s of a game\n", checked->given, events.count,
                   events.count == 1 ? "" : "s");
    spiral_play_events_clear(&events);

    return exit_status;
}

/* Whether a text is a list of settings, as `spiral calibrate --best` writes it. */
static bool is_settings(const char *text)
{
    return spiral_whole_input_has_key(text, "set") && !spiral_whole_input_has_key(text, "spiral");
}

/* Loads a set of constants. */
static int check_constants(const struct checked_text *checked, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_constants constants = spiral_constants_defaults();

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_constants_load_text(&constants, checked->text, checked->length, checked->name,
                                   &diagnostics);

    const int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (status == SPIRAL_OK && !quiet)
        spiral_say("%s: valid: constants with the hash %016llx\n", checked->given,
                   (unsigned long long)spiral_constants_hash(&constants));

    return exit_status;
}

/* Loads and compiles a scenario. */
static int check_scenario(const struct checked_text *checked, bool quiet)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_error error;
    struct spiral_plan *plan = NULL;

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_scenario_load_text(&scenario, checked->text, checked->length, checked->name,
                                  &diagnostics);
    int exit_status = spiral_complain_diagnostics(&diagnostics, status);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options plan_options = spiral_plan_options_defaults();

    if (spiral_plan_create(&plan, &scenario, &constants, &plan_options, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    else if (!quiet)
        spiral_say("%s: valid: %zu states, %zu pairs, %zu entries, %zu observations, %ld steps\n",
                   checked->given, scenario.state_count, scenario.pair_count, scenario.entry_count,
                   scenario.observation_count, plan->steps);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return exit_status;
}

/* Loads one file as what its text says that it is. */
static int check_file(const char *path_or_name, bool quiet)
{
    struct checked_text checked;
    char path[4096];
    int exit_status =
        spiral_text_load(path_or_name, path, sizeof path, &checked.text, &checked.length);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    checked.path = path;
    checked.given = spiral_whole_input_name(path_or_name);
    checked.name = spiral_whole_input_name(path);
    exit_status = spiral_lesson_is(checked.text)        ? check_lesson(&checked, quiet)
                  : spiral_play_is_game(checked.text)   ? check_game(&checked, quiet)
                  : spiral_play_is_events(checked.text) ? check_events(&checked, quiet)
                  : spiral_experiment_is(checked.text)  ? check_experiment(&checked, quiet)
                  : is_settings(checked.text)           ? check_constants(&checked, quiet)
                                                        : check_scenario(&checked, quiet);
    free(checked.text);

    return exit_status;
}

static int run_command(int argc, char **argv)
{
    struct request request = {.quiet = false};
    const int first = spiral_options_read(&spiral_command_check, argc, argv, &request);
    int worst = SPIRAL_EXIT_OK;

    if (first < 0)
        return spiral_options_exit_status(first);

    if (first == argc) {
        spiral_complain("check: which scenario? usage: spiral check FILE...");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    for (int i = first; i < argc; i++) {
        const int status = check_file(argv[i], request.quiet);
        worst = status > worst ? status : worst;
    }

    return worst;
}

const struct spiral_command spiral_command_check = {
    "check",
    "SCENARIO | LESSON | GAME | EXPERIMENT...",
    "load scenarios, lessons, games and experiments and report every error, without running them",
    options,
    run_command,
    NULL};
