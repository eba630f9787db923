/* SPDX-License-Identifier: MIT */
/* What a session saves: a scenario that runs to the same bits, in the program and in a session,
 * whatever was chosen; and its curves as CSV. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/live/saved.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/whole_input.h"

enum { SEED = 42 };
static struct spiral_diagnostics diagnostics;
static struct spiral_error error;
static char folder[] = "/tmp/spiral_session_XXXXXX";
static char path[64];

static int set_up(void **unused)
{
    (void)unused;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/saved.yaml", folder);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    unlink(path);
    return rmdir(folder);
}

/* A session of a file, as it was left, under the options that it says. */
static struct spiral_session *open_session(const char *file)
{
    struct spiral_scenario scenario;
    struct spiral_saved_session saved;
    struct spiral_session *session;
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    uint64_t seed = SEED;

    spiral_diagnostics_init(&diagnostics);

    if (spiral_scenario_load(&scenario, file, &diagnostics) != SPIRAL_OK) {
        spiral_diagnostics_print(&diagnostics, stderr);
        fail_msg("%s does not load", file);
    }

    char *text;
    size_t length;

    assert_int_equal(spiral_whole_input_read(file, &text, &length, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_read_options(text, &constants, &options, &seed, &error),
                     SPIRAL_OK);
    if (spiral_saved_session_read(&saved, text, file, &scenario, &error) != SPIRAL_OK)
        fail_msg("%s:%d: %s", file, error.line, error.message);
    assert_int_equal(spiral_session_create(&session, saved.found ? &saved.base : &scenario,
                                           &constants, &options, seed, &error),
                     SPIRAL_OK);

    if (saved.found) {
        assert_int_equal(spiral_saved_session_apply(&saved, session, &error), SPIRAL_OK);
        assert_int_equal(session->history.undo_count, 0);
    }

    spiral_saved_session_clear(&saved);
    spiral_scenario_clear(&scenario);
    free(text);

    return session;
}

static struct spiral_session *open_case(const char *name)
{
    char file[512];
    snprintf(file, sizeof file, SPIRAL_SOURCE_DIR "/scenarios/%s", name);
    return open_session(file);
}

/* A choice that was loaded is the one that was saved; when one of the whole run was made is not
 * kept. */
static void assert_same_choice(const struct spiral_choice *choice,
                               const struct spiral_choice *again)
{
    assert_int_equal(again->kind, choice->kind);
    assert_int_equal(again->dated, choice->dated);
    assert_true(!choice->dated || again->step == choice->step);
    assert_string_equal(again->date_text, choice->date_text);
    assert_string_equal(again->name, choice->name);
    assert_true(again->value == choice->value);
    assert_int_equal(again->actor, choice->actor);
    assert_int_equal(again->target, choice->target);
    assert_int_equal(again->move, choice->move);
    assert_ptr_equal(again->doctrine, choice->doctrine);
    assert_string_equal(again->text_en, choice->text_en);
    assert_string_equal(again->text_zh, choice->text_zh);
    assert_int_equal(again->exception_count, choice->exception_count);
    assert_memory_equal(again->exceptions, choice->exceptions,
                        choice->exception_count * sizeof *choice->exceptions);
}

/* A branch that was loaded is the one that was saved. */
static void assert_same_branch(const struct spiral_session_branch *branch,
                               const struct spiral_session_branch *again)
{
    const size_t rows = (size_t)branch->steps + 1;

    assert_string_equal(again->name, branch->name);
    assert_int_equal(again->colour, branch->colour);
    assert_true(again->seed == branch->seed);
    assert_int_equal(again->present, branch->present);
    assert_int_equal(again->steps, branch->steps);
    assert_int_equal(again->choice_count, branch->choice_count);
    for (size_t i = 0; i < branch->choice_count; i++)
        assert_same_choice(&branch->choices[i], &again->choices[i]);
    assert_memory_equal(again->rows, branch->rows, rows * sizeof *branch->rows);
    assert_true(again->runs == branch->runs && (again->war == NULL) == (branch->war == NULL));
    if (branch->war != NULL)
        assert_memory_equal(again->war, branch->war, rows * sizeof *branch->war);
}

/* Saves, loads, and compares the log, the branches, every row and the state at the end. */
static void assert_saves(struct spiral_session *session)
{
    if (spiral_session_save(session, path, &error) != SPIRAL_OK)
        fail_msg("%s: %s", session->base.name, error.message);
    struct spiral_session *again = open_session(path);

    assert_int_equal(again->present, session->present);
    assert_int_equal(again->choice_count, session->choice_count);
    for (size_t i = 0; i < session->choice_count; i++)
        assert_same_choice(&session->choices[i], &again->choices[i]);
    assert_int_equal(again->branch_count, session->branch_count);
    for (size_t b = 0; b < session->branch_count; b++)
        assert_same_branch(&session->branches[b], &again->branches[b]);
    assert_true(again->seed == session->seed);
    spiral_session_seek(session, session->plan->steps);
    spiral_session_seek(again, session->plan->steps);
    assert_memory_equal(session->rows, again->rows,
                        (size_t)(session->plan->steps + 1) * sizeof *session->rows);
    assert_true(spiral_session_hash(session) == spiral_session_hash(again));
    spiral_session_destroy(again);
}

/* In every case: a course, a number of a doctrine, greed, resolve, moves, a fact, a constant,
 * and an entry at another date. */
static void test_what_was_played_is_saved_to_the_bit(void **unused)
{
    (void)unused;
    int cases = 0;
    DIR *directory = opendir(SPIRAL_SOURCE_DIR "/scenarios");

    assert_non_null(directory);

    for (const struct dirent *file; (file = readdir(directory)) != NULL;) {
        char name[96];
        char month[12];
        if (strstr(file->d_name, ".yaml") == NULL)
            continue;

        struct spiral_session *session = open_case(file->d_name);
        const struct spiral_scenario *base = &session->base;
        const int small = base->small;
        const int other =
            base->pairs[0].first == small ? base->pairs[0].second : base->pairs[0].first;
        const long steps = session->plan->steps;
        assert_saves(session);
        spiral_session_seek(session, steps / 4);
        assert_int_equal(spiral_session_set_doctrine(session, small, "limited_balance", &error),
                         SPIRAL_OK);
        spiral_session_seek(session, steps / 3);
        snprintf(name, sizeof name, "doctrine.%s.arm", base->states[small].id);
        assert_int_equal(spiral_session_set(session, name, 1.0 / 3.0, &error), SPIRAL_OK);
        assert_saves(session);
        spiral_session_seek(session, steps / 2);
        snprintf(name, sizeof name, "%s.greed", base->states[other].id);
        assert_int_equal(spiral_session_set(session, name, 0.1 + 0.2, &error), SPIRAL_OK);
        snprintf(name, sizeof name, "%s.resolve", base->states[other].id);
        assert_int_equal(spiral_session_set(session, name, 0.77, &error), SPIRAL_OK);
        assert_int_equal(spiral_session_move(session, small, other, SPIRAL_MOVE_treaty, 0.7,
                                             &error),
                         SPIRAL_OK);
        assert_int_equal(spiral_session_move(session, small, -1, SPIRAL_MOVE_arm, 1.0, &error),
                         SPIRAL_OK);
        assert_saves(session);
        assert_int_equal(spiral_session_set(session, "k.encircle", 1.0 / 7.0, &error), SPIRAL_OK);
        snprintf(name, sizeof name, "%s.power", base->states[small].id);
        assert_int_equal(spiral_session_set(session, name, 1.1, &error), SPIRAL_OK);
        spiral_date_format(base->entries[0].date, month);
        snprintf(name, sizeof name, "move.%s.date", month);
        assert_int_equal(spiral_session_set(session, name, base->start + 1.2345, &error),
                         SPIRAL_OK);
        assert_saves(session);
        spiral_session_destroy(session);
        cases++;
    }

    closedir(directory);
    assert_true(cases >= 6);
}

/* Keeps the run as a branch under the name that a window gives it, with shares of some runs. */
static void keep_branch(struct spiral_session *session, uint64_t runs)
{
    const long steps = session->plan->steps;
    double *war = calloc((size_t)steps + 1, sizeof *war);
    char name[SPIRAL_BRANCH_NAME];

    assert_non_null(war);
    for (long step = 0; step <= steps; step++)
        war[step] = (double)(step / 100) / (double)runs;
    spiral_session_branch_name(session, "en", name);
    assert_int_equal(spiral_session_add_branch(session, name, runs > 1 ? war : NULL, runs, &error),
                     SPIRAL_OK);
    free(war);
}

/* A change of doctrine in which the first act that falls is kept, and the first that stays
 * dropped. */
static void turn_with_ticks(struct spiral_session *session, const char *doctrine)
{
    struct spiral_session_turn turn;
    bool is_kept = false;
    bool is_dropped = false;

    assert_int_equal(spiral_session_turn_begin(&turn, session, session->base.small, doctrine,
                                               &error),
                     SPIRAL_OK);

    for (size_t a = 0; a < turn.count; a++) {
        bool *done = turn.acts[a].falls ? &is_kept : &is_dropped;

        if (!*done)
            turn.acts[a].falls = !turn.acts[a].falls;
        *done = true;
    }

    assert_true(is_kept);
    assert_int_equal(spiral_session_turn_take(&turn, session, &error), SPIRAL_OK);
    spiral_session_turn_clear(&turn);
}

/* A session of Ukraine with choices by tick, four branches of which one was dropped, and a seed of
 * its own. */
static struct spiral_session *rich_session(void)
{
    struct spiral_session *session = open_case("ukraine.yaml");

    spiral_session_seek(session, 100);
    keep_branch(session, 1000);
    spiral_session_seek(session, 156);
    turn_with_ticks(session, "limited_balance");
    keep_branch(session, 777);
    assert_int_equal(spiral_session_set(session, "k.encircle", 1.0 / 7.0, &error), SPIRAL_OK);
    keep_branch(session, 1);
    spiral_session_restart(session, 99);
    spiral_session_seek(session, 200);
    assert_int_equal(spiral_session_set(session, "RUS.greed", 0.1 + 0.2, &error), SPIRAL_OK);
    keep_branch(session, 3);
    spiral_session_drop_branch(session, 1);
    spiral_session_seek(session, 220);

    return session;
}

/* What was compared with comes back: branches with their choices, colours and shares; and what is
 * saved of it is the same file. */
static void test_a_session_carries_its_branches_and_its_log(void **unused)
{
    (void)unused;
    struct spiral_session *session = rich_session();
    char *text;
    char *text_again;
    size_t length;

    assert_true(session->choices[0].exception_count == 2);
    assert_int_equal(session->branches[1].colour, 2);
    assert_saves(session);
    spiral_session_seek(session, 220);
    assert_int_equal(spiral_session_save(session, path, &error), SPIRAL_OK);
    assert_int_equal(spiral_whole_input_read(path, &text, &length, &error), SPIRAL_OK);
    assert_non_null(strstr(text, "#   kept all the same: "));
    assert_non_null(strstr(text, "#   dropped all the same: "));

    struct spiral_session *again = open_session(path);

    assert_int_equal(spiral_session_save(again, path, &error), SPIRAL_OK);
    assert_int_equal(spiral_whole_input_read(path, &text_again, &length, &error), SPIRAL_OK);
    assert_string_equal(text_again, text);

    /* the next branch has the colour that is free */
    keep_branch(again, 1);
    assert_int_equal(again->branches[3].colour, 1);
    free(text);
    free(text_again);
    spiral_session_destroy(again);
    spiral_session_destroy(session);
}

/* Reads a saved text in which the first line that begins so is another one, and expects an error in
 * a line that begins with `at`. */
static void assert_refused(const char *text, const char *line, const char *instead, const char *at,
                           const char *message)
{
    struct spiral_scenario scenario;
    struct spiral_saved_session saved;
    char *changed = malloc(strlen(text) + strlen(instead) + 2);
    const char *from = strstr(text, line);
    int number = 1;

    assert_non_null(changed);
    if (from == NULL)
        fail_msg("the text has no line '%s'", line);
    sprintf(changed, "%.*s%s%s", (int)(from - text) + 1, text, instead,
            from + 1 + strcspn(from + 1, "\n"));
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load_text(&scenario, changed, strlen(changed), "saved.yaml",
                                               &diagnostics),
                     SPIRAL_OK);
    for (const char *c = changed; c < strstr(changed, at) + 1; c++)
        number += *c == '\n';

    assert_int_equal(spiral_saved_session_read(&saved, changed, "saved.yaml", &scenario, &error),
                     SPIRAL_BAD_INPUT);
    if (strstr(error.message, message) == NULL || error.line != number)
        fail_msg("'%s' in place of '%s': line %d, not %d: %s", instead, line + 1, error.line,
                 number, error.message);
    assert_string_equal(error.file, "saved.yaml");
    assert_false(saved.found);
    free(changed);
    spiral_scenario_clear(&scenario);
}

static void test_what_is_wrong_in_a_session_is_named_by_its_line(void **unused)
{
    (void)unused;
    static const char *const cases[][4] = {
        {"\n# session: v1", "# session: v1 --sed 3", "\n# session:", "--sed"},
        {"\n# session: v1", "# session: v1 --war-ends", "\n# log: ", "was changed since"},
        {"\n# options:", "# options: --seed 98", "\n# log: ", "was changed since"},
        {"\n# branch: 2", "# branch: 00 #v1;ukraine", "\n# branch: 00", "no other branch"},
        {"\n# branch: 0", "# branch: 4 #v1;ukraine", "\n# branch: 4", "0 to 3"},
        {"\n# branch: 0", "# branch: 0 #v1;cuba", "\n# branch: 0", "of cuba, not of ukraine"},
        {"\n# branch: 0", "# branch: 0 #v1;ukraine;at=9999", "\n# branch: 0", "beyond the end"},
        {"\n# branch: 0", "# branhc: 0 #v1;ukraine", "\n# branhc: 0", "# log: "},
        {"\n# war: 1000", "# war: 0 0*361", "\n# war: 0", "RUNS"},
        {"\n# war: 1000", "# war: 10 0*99", "\n# war: 10 ", "shares of runs"},
        {"\n# war: 1000", "# war: 10 0*99999", "\n# war: 10 ", "shares of runs"},
        {"\n# war: 1000", "# war: 10 1.5*361", "\n# war: 10 ", "shares of runs"},
        {"\n# name: ", "# title: x", "\n# title: x", "# name: "},
        {"\n# log: ", "# log: #v1;ukraine;s=99;XXX=limited_balance@3", "\n# log: ", "'XXX'"},
        {"\n# log: ", "# log: #v1;ukraine;s=99;UKR=limited_balanc@3",
         "\n# log: ", "'limited_balance'"},
        {"\n# log: ", "# log: #v1;ukraine;s=99;UKR=limited_balance!12@3", "\n# log: ", "!12"},
        {"\n# log: ", "# log: #v1;ukraine;s=99", "\n# log: ", "was changed since"},
        {"\n# case: ", "# case: many", "\n# case: ", "LINES"},
        {"\n# case: ", "# case: 9999", "\nspiral: 1", "#|"},
        {"\n#|start: ", "#|start: soon", "\n#|start: ", ""},
        {"\ndt: ", "dt: 1/24", "\n# log: ", "was changed since"},
    };
    struct spiral_session *session = rich_session();
    char *text;
    size_t length;

    assert_int_equal(spiral_session_save(session, path, &error), SPIRAL_OK);
    assert_int_equal(spiral_whole_input_read(path, &text, &length, &error), SPIRAL_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(text, cases[i][0], cases[i][1], cases[i][2], cases[i][3]);
    free(text);
    spiral_session_destroy(session);
}

/* The first lines of a saved file are the options with which `spiral run` runs the session. */
static void test_the_program_runs_what_was_saved(void **unused)
{
    (void)unused;
    if (strlen(SPIRAL_BINARY) == 0)
        skip();

    char command[1024];
    char line[8192] = "";
    char options[2048] = "";
    char last[8192] = "";
    struct spiral_session *session = open_case("finland.yaml");

    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_set(session, "k.foresight", 0.5, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_set_doctrine(session, session->base.small, "confront_near",
                                                 &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_session_save(session, path, &error), SPIRAL_OK);

    FILE *file = fopen(path, "r");

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL &&
           sscanf(line, "# options: %2047[^\n]", options) != 1)
        continue;

    fclose(file);
    assert_string_equal(options, "--seed 42 --set k.foresight=0.5");
    snprintf(command, sizeof command, "%s run %s %s", SPIRAL_BINARY, path, options);

    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    while (fgets(line, sizeof line, pipe) != NULL)
        memcpy(last, line, sizeof last);

    assert_int_equal(pclose(pipe), 0);

    const long steps = session->plan->steps;

    spiral_session_seek(session, steps);

    char date[12];
    char *rest = last;

    /* date, step and year, then the quantities to the bit */
    spiral_date_format(session->base.end, date);
    assert_string_equal(strsep(&rest, ","), date);
    assert_int_equal(atol(strsep(&rest, ",")), steps);
    strsep(&rest, ",");
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        assert_true(strtod(strsep(&rest, ","), NULL) == session->rows[steps][i]);

    spiral_session_destroy(session);
}

static void test_options_that_are_wrong_are_named(void **unused)
{
    (void)unused;
    static const char *const cases[][2] = {{"--seed x", "--seed"},
                                           {"--set k.encircel=1", "k.encircle"},
                                           {"--set k.encircle=one", "one"},
                                           {"--set k.encircle=1e9", "expected"},
                                           {"--fast", "--fast"},
                                           {"--set", "--set"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_constants constants = spiral_constants_defaults();
        struct spiral_plan_options options = spiral_plan_options_defaults();
        uint64_t seed = 5;
        char text[200];

        snprintf(text, sizeof text, "# any\n# options: --war-ends %s\nspiral: 1\n", cases[i][0]);
        assert_int_equal(spiral_session_read_options(text, &constants, &options, &seed, &error),
                         SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, cases[i][1]));
        assert_false(options.war_ends); /* nothing is changed */
    }
}

/* Renames a state of a case; a text of it is what is chosen of it. */
static struct spiral_session *open_case_with_name(const char *name)
{
    struct spiral_session *session = open_case("georgia.yaml");
    struct spiral_session *renamed;
    struct spiral_scenario scenario;

    assert_int_equal(spiral_scenario_copy(&scenario, &session->base), SPIRAL_OK);
    for (size_t i = 0; i < scenario.states[scenario.small].name.count; i++) {
        free(scenario.states[scenario.small].name.items[i].text);
        scenario.states[scenario.small].name.items[i].text = strdup(name);
    }

    assert_int_equal(spiral_session_create(&renamed, &scenario, &session->constants, NULL, SEED,
                                           &error),
                     SPIRAL_OK);
    spiral_scenario_clear(&scenario);
    spiral_session_destroy(session);

    return renamed;
}

/* Whatever a state is called, what was chosen of it is saved and loads again. */
static void test_names_of_any_text_are_saved(void **unused)
{
    (void)unused;
    static const char *const names[] = {
        "Two\nlines: [", "A return\rand a tab\t#", "Next\302\205line, \342\200\250separator",
        "An escape \033[31m and a bell \007", "A non-character \357\277\276",
        /* 60 bytes lie within a letter of three, and within one of two */
        "\346\234\211\344\270\200\344\270\252\345\276\210\351\225\277\347\232\204"
        "\345\220\215\345\255\227\347\232\204\345\233\275\345\256\266\345\217\257"
        "\344\273\245\345\206\231\345\276\227\345\276\210\351\225\277\345\276\210"
        "x\351\225\277\345\276\210\351\225\277\347\232\204\345\220\215\345\255\227",
        "an odd letter before many of two bytes: \303\251\303\251\303\251\303\251\303\251"
        "\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251"
        "\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct spiral_session *session = open_case_with_name(names[i]);
        const int small = session->base.small;

        spiral_session_seek(session, 12);
        assert_int_equal(spiral_session_set_doctrine(session, small, "limited_balance", &error),
                         SPIRAL_OK);
        assert_int_equal(spiral_session_set(session, "GEO.greed", 0.3, &error), SPIRAL_OK);
        assert_saves(session);
        spiral_session_destroy(session);
    }
}

static void test_nothing_is_left_half_written(void **unused)
{
    (void)unused;
    struct spiral_session *session = open_case("georgia.yaml");
    char nowhere[128];

    snprintf(nowhere, sizeof nowhere, "%s/none/saved.yaml", folder);
    assert_int_equal(spiral_session_save(session, nowhere, &error), SPIRAL_IO);
    assert_int_equal(spiral_session_export(session, nowhere, &error), SPIRAL_IO);
    snprintf(nowhere, sizeof nowhere, "%s", folder); /* a folder stands where the file should be */
    assert_int_equal(spiral_session_save(session, nowhere, &error), SPIRAL_IO);
    snprintf(nowhere, sizeof nowhere, "%s.part", folder);
    assert_int_not_equal(access(nowhere, F_OK), 0);
    spiral_session_destroy(session);
}

/* As many lines as steps of the present and of a branch; every number reads back as the row's. */
static void test_the_curves_are_exported(void **unused)
{
    (void)unused;
    struct spiral_session *session = open_case("ukraine.yaml");
    char line[4096];
    long present = -1; /* the first row is the start */
    long branch = 0;
    long chosen = 0;
    long comments = 0;

    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_add_branch(session, "as \"it\" was", NULL, 0, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_session_set_doctrine(session, session->base.small, "limited_balance",
                                                 &error),
                     SPIRAL_OK);
    spiral_session_seek(session, 120);
    assert_int_equal(spiral_session_export(session, path, &error), SPIRAL_OK);

    FILE *file = fopen(path, "r");

    assert_non_null(file);

    while (fgets(line, sizeof line, file) != NULL) {
        comments += line[0] == '#';
        double escalation;

        if (sscanf(line, "present,%*[^,],%*d,%*f,%lf", &escalation) == 1) {
            present++;
            assert_true(escalation == session->rows[present][SPIRAL_QUANTITY_escalation]);
            if (strstr(line, "limited balance") != NULL)
                chosen = present;
        }

        branch += strncmp(line, "\"as \"\"it\"\" was\",", 16) == 0;
    }

    fclose(file);
    assert_int_equal(comments, 0);

    /* what its columns mean is beside it */
    char beside[sizeof path + 16];

    snprintf(beside, sizeof beside, "%s-metadata.json", path);
    assert_int_equal(access(beside, R_OK), 0);
    unlink(beside);
    assert_int_equal(present, 120);
    assert_int_equal(branch, session->plan->steps + 1); /* and the start */
    assert_int_equal(chosen, 101);                      /* the step in which it acts */
    spiral_session_destroy(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_played_is_saved_to_the_bit),
        cmocka_unit_test(test_a_session_carries_its_branches_and_its_log),
        cmocka_unit_test(test_what_is_wrong_in_a_session_is_named_by_its_line),
        cmocka_unit_test(test_the_program_runs_what_was_saved),
        cmocka_unit_test(test_options_that_are_wrong_are_named),
        cmocka_unit_test(test_names_of_any_text_are_saved),
        cmocka_unit_test(test_nothing_is_left_half_written),
        cmocka_unit_test(test_the_curves_are_exported),
    };

    return cmocka_run_group_tests_name("window/session_files", tests, set_up, tear_down);
}
