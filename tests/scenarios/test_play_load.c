/* SPDX-License-Identifier: MIT */
/* Games and facilitators' events as files: every error at its place, and what is written loads
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/play_load.h"

static struct spiral_diagnostics diagnostics;

static enum spiral_status load_game(const char *text, struct spiral_play_game_file *game)
{
    spiral_diagnostics_init(&diagnostics);
    return spiral_play_load_text(game, text, strlen(text), "game.yaml", &diagnostics);
}

static enum spiral_status load_events(const char *text, struct spiral_play_events *events)
{
    spiral_diagnostics_init(&diagnostics);
    return spiral_play_events_load_text(events, NULL, text, strlen(text), "events.yaml",
                                        &diagnostics);
}

/* The i-th error lies there and says this. */
static void assert_error(size_t i, int line, int column, const char *part)
{
    char text[1200];

    assert_true(diagnostics.count > i);
    spiral_error_text(&diagnostics.errors[i], text, sizeof text);
    if (diagnostics.errors[i].line != line || diagnostics.errors[i].column != column ||
        strstr(text, part) == NULL)
        fail_msg("'%s': expected line %d, column %d, '%s'", text, line, column, part);
}

#define HEAD "play: 1\ncase: ukraine\n"

static void test_a_game_without_turns_has_the_usual_setup(void **unused)
{
    (void)unused;
    struct spiral_play_game_file game;

    assert_int_equal(load_game(HEAD, &game), SPIRAL_OK);
    assert_string_equal(game.case_name, "ukraine");
    assert_string_equal(game.scenario.name, "ukraine");
    assert_int_equal(game.setup.seed, 1);
    assert_int_equal(game.setup.years, 2);
    assert_int_equal(game.setup.seat_count, 0);
    assert_int_equal(game.turn_count, 0);
    assert_true(spiral_play_is_game(HEAD) && !spiral_play_is_events(HEAD));
    spiral_play_game_file_clear(&game);
}

static void test_every_error_of_a_game_is_reported_at_its_place(void **unused)
{
    (void)unused;
    struct spiral_play_game_file game;
    const char *text = "play: 2\n"
                       "case: ukraine\n"
                       "from: 1950-01\n"
                       "years: 3\n"
                       "seats: [UKR, UKR, RUZ]\n"
                       "policies: {NATO: tit_for_tot}\n"
                       "set: {RUS.gred: 0.1}\n"
                       "turns:\n"
                       "  - {round: 1, seat: UKR, course: limited_balence}\n"
                       "  - {round: 1, seat: RUS, moves: [{move: sanctoin, target: UKR}]}\n"
                       "  - {round: 0, seat: NATO, sealed: \"%%%\"}\n"
                       "  - {round: 1, seat: NATO, intention: x, sealed: e30=}\n"
                       "state: 12\n";

    assert_int_equal(load_game(text, &game), SPIRAL_BAD_INPUT);
    assert_error(0, 1, 7, "this program knows 1");
    assert_error(1, 3, 7, "outside ukraine; expected from 1991-12 on and before 2022-12");
    assert_error(2, 4, 8, "3");
    assert_error(3, 5, 14, "duplicate seat 'UKR'");
    assert_error(4, 5, 19, "did you mean 'RUS'");
    assert_error(5, 6, 18, "did you mean 'tit_for_tat'");
    assert_error(6, 7, 7, "did you mean 'RUS.greed'");
    assert_error(7, 9, 35, "did you mean 'limited_balance'");
    assert_error(8, 10, 42, "did you mean 'sanction'");
    assert_error(9, 11, 13, "round");
    assert_error(10, 11, 36, "base64");
    assert_error(11, 12, 39, "'intention' beside 'sealed'");
    assert_int_equal(game.turn_count, 0);
    assert_null(game.turns);
}

static void test_a_case_that_is_not_there_is_named(void **unused)
{
    (void)unused;
    struct spiral_play_game_file game;

    assert_int_equal(load_game("play: 1\ncase: ukrain\n", &game), SPIRAL_BAD_INPUT);
    assert_error(0, 2, 7, "did you mean the case 'ukraine'");
}

static void test_events_are_read_in_order_of_dates(void **unused)
{
    (void)unused;
    struct spiral_play_events events;
    const char *text = "injects: 1\n"
                       "case: ukraine\n"
                       "events:\n"
                       "  - {date: 2010-01, to: [RUS], text: {en: later, zh: 后}}\n"
                       "  - date: 2008-08-08\n"
                       "    text: earlier\n"
                       "    moves: [{actor: RUS, target: UKR, move: exercise, weight: 0.5}]\n";

    assert_int_equal(load_events(text, &events), SPIRAL_OK);
    assert_true(spiral_play_is_events(text) && !spiral_play_is_game(text));
    assert_int_equal(events.count, 2);
    assert_string_equal(spiral_text_get(&events.items[0].text, "en"), "earlier");
    assert_true(events.items[0].everybody && events.items[0].move_count == 1);
    assert_true(events.items[0].moves[0].weight == 0.5);
    assert_false(events.items[1].everybody);
    assert_true(events.items[1].to[1] && !events.items[1].to[0]);
    assert_string_equal(spiral_text_get(&events.items[1].text, "zh"), "后");
    spiral_play_events_clear(&events);
}

static void test_every_error_of_events_is_reported_at_its_place(void **unused)
{
    (void)unused;
    struct spiral_play_events events;
    const char *text = "injects: 1\n"
                       "case: ukraine\n"
                       "events:\n"
                       "  - {date: 2008-13, text: a}\n"
                       "  - {date: 2008-12, to: [RU], text: b}\n"
                       "  - {date: 2008-12}\n"
                       "  - {date: 2008-12, text: c, moves: [{actor: RUS, move: dialogue}]}\n"
                       "  - {date: 2040-01, txt: d}\n";

    assert_int_equal(load_events(text, &events), SPIRAL_BAD_INPUT);
    assert_error(0, 4, 12, "2008-13");
    assert_error(1, 5, 26, "state 'RU'");
    assert_error(2, 6, 5, "text");
    assert_error(3, 7, 38, "needs a target");
    assert_error(4, 8, 12, "outside ukraine");
    assert_error(5, 8, 21, "did you mean 'text'");
    assert_int_equal(events.count, 0);
}

/* --- sealing ---------------------------------------------------------------------------------- */

/* The test vectors of RFC 4648, section 10. */
static void test_base64_is_that_of_the_rfc(void **unused)
{
    (void)unused;
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"}};

    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char *sealed = spiral_play_seal(vectors[i][0]);
        char *text = spiral_play_unseal(vectors[i][1]);
        assert_string_equal(sealed, vectors[i][1]);
        assert_string_equal(text, vectors[i][0]);
        free(sealed);
        free(text);
    }

    static const char *const bad[] = {"Z", "Zg=", "Z===", "Zg==Zg==", "Zm9-", "AAAA"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(spiral_play_unseal(bad[i]));
}

static void test_a_game_that_is_written_loads_back(void **unused)
{
    (void)unused;
    struct spiral_play_game_file game;
    struct spiral_play_game_file again;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct spiral_error error;
    const char *given = HEAD
        "seed: 77\nfrom: 2004-12\nyears: 1\nrounds: 4\nseats: [RUS, UKR]\n"
        "policies: {NATO: grit}\nset: {RUS.greed: 0.3, k.noise: 0.02}\nwar_ends: true\n"
        "events:\n  - {date: 2005-01-02, to: [UKR], text: \"a \\\"b\\\" \\\\ \\u2028\", moves: "
        "[{actor: RUS, move: arm, weight: 0.25}]}\n"
        "turns:\n  - {round: 1, seat: RUS, intention: 'x: \"y\"', course: detente, moves: [{move: "
        "dialogue, target: UKR}, {move: arm}], accept: [{from: UKR, move: aid}]}\n";

    assert_int_equal(load_game(given, &game), SPIRAL_OK);
    assert_int_equal(spiral_play_write(&game.scenario, game.case_name, &game.setup, game.turns,
                                       game.turn_count, "0123456789abcdef", out, &error),
                     SPIRAL_OK);
    fclose(out);
    assert_int_equal(load_game(text, &again), SPIRAL_OK);
    assert_string_equal(again.state, "0123456789abcdef");
    assert_int_equal(again.setup.seed, 77);
    assert_true(again.setup.from == game.setup.from && again.setup.war_ends);
    assert_int_equal(again.setup.years, 1);
    assert_int_equal(again.setup.rounds, 4);
    assert_memory_equal(again.setup.seats, game.setup.seats, sizeof game.setup.seats);
    assert_memory_equal(again.setup.policy, game.setup.policy, sizeof game.setup.policy);
    assert_int_equal(again.setup.setting_count, 2);
    assert_true(again.setup.settings[1].value == 0.02);
    assert_int_equal(again.setup.events.count, 1);
    assert_string_equal(spiral_text_get(&again.setup.events.items[0].text, "en"),
                        spiral_text_get(&game.setup.events.items[0].text, "en"));
    assert_true(again.setup.events.items[0].moves[0].weight == 0.25);
    assert_int_equal(again.turn_count, 1);
    again.turns[0].line = game.turns[0].line;
    again.turns[0].column = game.turns[0].column;
    assert_string_equal(again.turns[0].intention, "x: \"y\"");
    assert_int_equal(again.turns[0].course, game.turns[0].course);
    assert_int_equal(again.turns[0].move_count, 2);
    assert_int_equal(again.turns[0].moves[1].target, -1);
    assert_int_equal(again.turns[0].accept_count, 1);
    free(text);
    spiral_play_game_file_clear(&game);
    spiral_play_game_file_clear(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_game_without_turns_has_the_usual_setup),
        cmocka_unit_test(test_every_error_of_a_game_is_reported_at_its_place),
        cmocka_unit_test(test_a_case_that_is_not_there_is_named),
        cmocka_unit_test(test_events_are_read_in_order_of_dates),
        cmocka_unit_test(test_every_error_of_events_is_reported_at_its_place),
        cmocka_unit_test(test_base64_is_that_of_the_rfc),
        cmocka_unit_test(test_a_game_that_is_written_loads_back),
    };

    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
