/* SPDX-License-Identifier: MIT */
/* The live account: the numbers of `spiral why`, made in the background, given up and made anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/live/account.h"
#include "scenarios/loader/scenario_load.h"
#include "tests/live/session_of.h"

enum { RUNS = 64, SUBSET_RUNS = 4, GAIN_RUNS = 64 };

static const struct spiral_live_account_runs few = {.whole = RUNS,
                                                    .whole_subset = SUBSET_RUNS,
                                                    .first = RUNS / 8,
                                                    .first_subset = 1,
                                                    .gain = GAIN_RUNS,
                                                    .first_gain = GAIN_RUNS / 4};
static struct spiral_live_account *account;

static int set_up(void **state)
{
    (void)state;
    return spiral_live_account_create(&account, &few, &error) == SPIRAL_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    spiral_live_account_destroy(account);
    return 0;
}

/* A session of the case of Georgia, over two sets of constants where they are given. */
static struct spiral_session *georgia(const struct spiral_constant_sets *sets)
{
    static struct spiral_diagnostics diagnostics;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = {.posterior = sets};
    struct spiral_scenario scenario;
    struct spiral_session *session;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml",
                                          &diagnostics),
                     SPIRAL_OK);
    assert_int_equal(spiral_session_create(&session, &scenario, &constants, &options, SEED, &error),
                     SPIRAL_OK);
    spiral_scenario_clear(&scenario);

    return session;
}

static const struct spiral_live_account_result *account_of(const struct spiral_session *session)
{
    spiral_live_account_follow(account, session);
    spiral_live_account_wait(account);

    const struct spiral_live_account_result *result = spiral_live_account_latest(account, session);

    assert_non_null(result);
    assert_true(result->complete);
    assert_false(result->failed);
    assert_true(spiral_live_account_progress(account) > 0.9);

    return result;
}

/* --- the numbers ------------------------------------------------------------------------------ */

#ifdef SPIRAL_WITH_TOOLS
#include <jansson.h>

/* What the program prints for a file. */
static json_t *printed(const char *arguments)
{
    char command[1024];
    json_error_t wrong;

    snprintf(command, sizeof command, "%s why --json --seed %d %s", SPIRAL_BINARY, SEED, arguments);
    FILE *out = popen(command, "r");
    assert_non_null(out);
    json_t *root = json_loadf(out, 0, &wrong);
    if (root == NULL)
        fail_msg("%s: %s", command, wrong.text);
    assert_int_equal(pclose(out), 0);

    return root;
}

static void assert_value(const struct spiral_why_value *value, const json_t *said)
{
    if (json_is_null(said)) {
        assert_true(value->value != value->value);
        return;
    }

    const json_t *constants = json_object_get(said, "constants");

    assert_true(value->value == json_number_value(json_object_get(said, "value")));
    assert_true(value->interval.low == json_number_value(json_object_get(said, "lo")));
    assert_true(value->interval.high == json_number_value(json_object_get(said, "hi")));
    assert_int_equal(value->by_constants, json_is_object(constants));
    if (value->by_constants) {
        assert_true(value->constants.low == json_number_value(json_object_get(constants, "lo")));
        assert_true(value->constants.high == json_number_value(json_object_get(constants, "hi")));
    }
}

static void assert_effect(const struct spiral_why_effect *effect, const json_t *said)
{
    assert_int_equal(effect->gone, json_integer_value(json_object_get(said, "gone")));
    assert_int_equal(effect->added, json_integer_value(json_object_get(said, "added")));
    assert_value(&effect->but_for, json_object_get(said, "but_for"));
    assert_value(&effect->risk, json_object_get(said, "change"));
}

/* Every number of both accounts, and of the gain, is what the program says of the file. */
static void assert_is_printed(const struct spiral_live_account_result *result, const char *file)
{
    char arguments[700];

    snprintf(arguments, sizeof arguments, "--runs %d --subsets %d %s", RUNS, SUBSET_RUNS, file);
    json_t *why = printed(arguments);
    const json_t *accounts = json_object_get(why, "accounts");

    assert_int_equal(json_array_size(accounts), SPIRAL_WHY_OUTCOMES);

    for (size_t o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        const json_t *said = json_array_get(accounts, o);
        const json_t *mechanisms = json_object_get(said, "mechanisms");
        const json_t *acts = json_object_get(said, "acts");
        const struct spiral_why_account *own = &result->why.accounts[o];

        assert_int_equal(own->events, json_integer_value(json_object_get(said, "events")));
        assert_true(own->events > 0); /* there is something to compare */
        assert_value(&own->risk, json_object_get(said, "risk"));
        assert_value(&own->all, json_object_get(said, "all"));
        assert_value(&own->chance, json_object_get(said, "chance"));
        for (size_t m = 0; m < SPIRAL_MECHANISMS; m++) {
            assert_effect(&own->mechanisms[m], json_array_get(mechanisms, m));
            assert_value(&own->shares[m],
                         json_object_get(json_array_get(mechanisms, m), "shapley"));
        }
        assert_int_equal(result->why.act_count, json_array_size(acts));
        for (size_t a = 0; a < result->why.act_count; a++)
            assert_effect(&own->acts[a], json_array_get(acts, a));
    }

    json_decref(why);

    snprintf(arguments, sizeof arguments, "--gain --runs %d %s", GAIN_RUNS, file);
    json_t *years = printed(arguments);

    assert_int_equal(result->gains.count, json_array_size(years));
    assert_true(result->gains.count > 5);
    for (size_t i = 0; i < result->gains.count; i++)
        assert_true(result->gains.at[i].gain ==
                    json_number_value(json_object_get(json_array_get(years, i), "gain")));
    json_decref(years);
}

/* Of a case with one set of constants; of the same with a course and a constant that were chosen,
 * as it is saved. */
static void test_numbers_are_those_of_the_program(void **state)
{
    (void)state;
    struct spiral_session *session = georgia(NULL);
    char path[] = "/tmp/spiral-account-XXXXXX.yaml";
    char arguments[200];

    assert_is_printed(account_of(session),
                      "--constants point " SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml");

    spiral_session_seek(session, spiral_session_step_at(session, 2004.0));
    assert_int_equal(spiral_session_set_doctrine(session, 0, "limited_balance", &error), SPIRAL_OK);
    assert_int_equal(spiral_session_set(session, "k.loss", 0.5, &error), SPIRAL_OK);
    close(mkstemps(path, 5));
    assert_int_equal(spiral_session_save(session, path, &error), SPIRAL_OK);
    snprintf(arguments, sizeof arguments, "--constants point --set k.loss=0.5 %s", path);
    assert_is_printed(account_of(session), arguments);

    unlink(path);
    spiral_session_destroy(session);
}

/* Over a table of two sets, each number has its second interval; a constant that is chosen holds in
 * both sets. */
static void test_sets_are_those_of_the_program(void **state)
{
    (void)state;
    struct spiral_constants both[2] = {spiral_constants_defaults(), spiral_constants_defaults()};
    const struct spiral_constant_sets sets = {.count = 2, .sets = both};
    char path[] = "/tmp/spiral-account-XXXXXX.csv";
    char arguments[400];

    both[0].threat_fall = 2.0;
    both[1].threat_fall = 4.0;

    FILE *table = fdopen(mkstemps(path, 4), "w");

    fprintf(table, "k.threat_fall\n2\n4\n");
    fclose(table);

    struct spiral_session *session = georgia(&sets);

    assert_int_equal(spiral_session_set(session, "k.loss", 0.5, &error), SPIRAL_OK);

    const struct spiral_live_account_result *result = account_of(session);

    assert_true(result->why.accounts[SPIRAL_WHY_force].risk.by_constants);
    assert_int_equal(result->gains.sets, 2);
    snprintf(arguments, sizeof arguments,
             "--constants %s --set k.loss=0.5 " SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml", path);
    assert_is_printed(result, arguments);

    unlink(path);
    spiral_session_destroy(session);
}
#endif

/* --- the background --------------------------------------------------------------------------- */

/* A frame of the window asks and draws, and waits for nothing. */
static void pass_frame(struct spiral_session *session)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    spiral_live_account_follow(account, session);
}

/* The first account is of few runs; the whole one replaces it. */
static void test_few_runs_come_first(void **state)
{
    (void)state;
    struct spiral_session *session = georgia(NULL);
    const struct spiral_live_account_result *result = NULL;

    while (result == NULL) {
        pass_frame(session);
        result = spiral_live_account_latest(account, session);
    }

    if (!result->complete) { /* the whole one may have been faster than this thread */
        assert_int_equal(result->why.options.runs, RUNS / 8);
        assert_int_equal(result->gains.runs, GAIN_RUNS / 4);
    }

    result = account_of(session);
    assert_int_equal(result->why.options.runs, RUNS);
    assert_int_equal(result->why.options.subset_runs, SUBSET_RUNS);
    assert_int_equal(result->gains.runs, GAIN_RUNS);
    spiral_session_destroy(session);
}

/* The clock changes nothing; a choice and another seed do, and what was there is of another run. */
static void test_a_choice_asks_anew(void **state)
{
    (void)state;
    struct spiral_session *session = georgia(NULL);
    const uint64_t first = account_of(session)->number;
    const uint64_t risk = account_of(session)->why.accounts[SPIRAL_WHY_force].events;

    spiral_session_seek(session, 100);
    assert_int_equal(account_of(session)->number, first);

    assert_int_equal(spiral_session_set(session, "k.press", 0.0, &error), SPIRAL_OK);
    assert_null(spiral_live_account_latest(account, session));
    assert_true(account_of(session)->number > first);
    assert_true(account_of(session)->why.accounts[SPIRAL_WHY_force].events < risk);

    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    assert_null(spiral_live_account_latest(account, session));
    assert_int_equal(account_of(session)->why.accounts[SPIRAL_WHY_force].events, risk);

    spiral_session_restart(session, SEED + 1);
    assert_null(spiral_live_account_latest(account, session));
    assert_int_equal(account_of(session)->why.given.seed, SEED + 1);
    spiral_session_destroy(session);
}

/* Work that nobody waits for is given up, and is begun anew where somebody looks again. What is
 * complete is kept. */
static void test_rest_gives_up(void **state)
{
    (void)state;
    struct spiral_session *session = georgia(NULL);

    for (int i = 0; i < 3; i++) {
        spiral_live_account_follow(account, session);
        spiral_live_account_rest(account);
        spiral_live_account_wait(account);
    }

    const uint64_t number = account_of(session)->number;

    spiral_live_account_rest(account);
    assert_int_equal(account_of(session)->number, number);
    spiral_live_account_rest(account);
    assert_int_equal(spiral_session_set(session, "k.press", 0.0, &error), SPIRAL_OK);
    spiral_live_account_rest(account);
    assert_null(spiral_live_account_latest(account, session));
    assert_true(account_of(session)->number > number);
    spiral_session_destroy(session);
}

/* The thread ends while it is at work, and the session may go before the account does. */
static void test_ends_at_any_moment(void **state)
{
    (void)state;
    struct spiral_session *session = georgia(NULL);
    struct spiral_live_account *other;

    for (int i = 0; i < 4; i++) {
        assert_int_equal(spiral_live_account_create(&other, &few, &error), SPIRAL_OK);
        spiral_live_account_follow(other, session);
        if (i == 3)
            spiral_session_destroy(session);
        nanosleep(&(struct timespec){.tv_nsec = 3000000 * i}, NULL);
        spiral_live_account_destroy(other);
    }

    spiral_live_account_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef SPIRAL_WITH_TOOLS
        cmocka_unit_test(test_numbers_are_those_of_the_program),
        cmocka_unit_test(test_sets_are_those_of_the_program),
#endif
        cmocka_unit_test(test_few_runs_come_first),
        cmocka_unit_test(test_a_choice_asks_anew),
        cmocka_unit_test(test_rest_gives_up),
        cmocka_unit_test(test_ends_at_any_moment),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
