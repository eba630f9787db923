/* SPDX-License-Identifier: MIT */
/* The debrief of a game: its numbers are those of the run, its sentences say them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "render/debrief/debrief.h"
#include "tests/live/game_of.h"

/* A gain that passes 1 in two years of the game, or in none. */
static double highest_gain;

static enum spiral_status measure(const struct spiral_game *game, struct spiral_debrief_gain *gain,
                                  struct spiral_error *unused)
{
    (void)unused;
    gain->runs = 7;
    gain->date = calloc(30, sizeof *gain->date);
    gain->gain = calloc(30, sizeof *gain->gain);

    for (size_t i = 0; i < 30; i++) {
        gain->date[i] = game->session->plan->start + (double)i;
        gain->gain[i] = i == 7 || i == 9 ? highest_gain : i == 20 ? 5.0 : 0.5;
    }

    gain->count = 30;

    return SPIRAL_OK;
}

static struct spiral_game *played(void)
{
    struct spiral_game *game = game_of(3);

    play_all(game, 3);
    return game;
}

static void test_sentences_say_what_was_measured(void **unused)
{
    (void)unused;
    struct spiral_game *game = played();
    struct spiral_debrief debrief;
    char expected[64];
    int highest = 1;

    highest_gain = 1.4;
    assert_int_equal(spiral_debrief_create(&debrief, game, measure, &error), SPIRAL_OK);

    for (int round = 0; round < 3; round++)
        highest =
            spiral_game_highest(game, round) > highest ? spiral_game_highest(game, round) : highest;

    char *summary = spiral_debrief_summary(&debrief, SPIRAL_ENGLISH);
    char *luck = spiral_debrief_luck(&debrief, SPIRAL_ENGLISH);
    char *gain = spiral_debrief_gain_text(&debrief, SPIRAL_ENGLISH);

    snprintf(expected, sizeof expected, "reached level %d", highest);
    assert_non_null(strstr(summary, "From 1996-01 to 2002-01"));
    assert_non_null(strstr(summary, expected));
    assert_non_null(strstr(luck, "1000 runs"));

    char share[24];

    spiral_figure_percent(share, (double)debrief.risks.force[0] / 1000.0);
    assert_non_null(strstr(luck, share));

    /* 2010 is not in the game, and its gain is not told */
    assert_non_null(strstr(gain, "1997-01, 1999-01"));
    assert_null(strstr(gain, "2010"));
    assert_non_null(strstr(gain, "7 runs"));
    free(summary);
    free(luck);
    free(gain);
    spiral_debrief_clear(&debrief);

    highest_gain = 0.9;
    assert_int_equal(spiral_debrief_create(&debrief, game, measure, &error), SPIRAL_OK);
    gain = spiral_debrief_gain_text(&debrief, SPIRAL_CHINESE);
    assert_non_null(strstr(gain, "0.90"));
    assert_non_null(strstr(gain, "1997-01"));
    free(gain);
    spiral_debrief_clear(&debrief);
    spiral_game_destroy(game);
}

static void test_curves_are_those_of_the_run(void **unused)
{
    (void)unused;
    static struct spiral_debrief_names names;
    static struct spiral_played_figure figure;
    struct spiral_game *game = played();
    struct spiral_debrief debrief;

    assert_int_equal(spiral_debrief_create(&debrief, game, NULL, &error), SPIRAL_OK);
    assert_null(spiral_debrief_gain_text(&debrief, SPIRAL_ENGLISH));
    spiral_debrief_figure(&debrief, &spiral_themes[SPIRAL_THEME_light], SPIRAL_ENGLISH, &names,
                          &figure);
    assert_int_equal(figure.panel_count, 5); /* without a gain */
    assert_int_equal(figure.round_count, 4);

    /* the small state's fear of the neighbour, and the neighbour's motive */
    const struct spiral_played_curve *fear = &figure.panels[0].curves[0];
    const struct spiral_played_curve *motive = &figure.panels[0].curves[1];

    assert_int_equal(fear->count, 4 * 24 + 1); /* a round before, and three */

    for (size_t i = 0; i < fear->count; i++) {
        const long step = debrief.from + (long)i;
        assert_true(fear->y[i] == spiral_game_fear(game, SMALL, NEIGHBOUR, step));
        assert_true(motive->y[i] == spiral_game_motive(game, NEIGHBOUR, step));
    }

    assert_true(motive->dashed && !fear->dashed);
    spiral_debrief_clear(&debrief);
    spiral_game_destroy(game);
}

/* A case of two states has no patron, and no panel of help. */
static void test_two_states_play_too(void **unused)
{
    (void)unused;
    static struct spiral_debrief_names names;
    static struct spiral_played_figure figure;
    struct spiral_play_setup setup = spiral_play_setup_defaults();
    struct spiral_scenario scenario;
    struct spiral_game *game;
    struct spiral_debrief debrief;
    const struct spiral_constants constants = spiral_test_constants();

    setup.years = 1;
    spiral_test_dyad(&scenario);
    assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error), SPIRAL_OK);
    spiral_scenario_clear(&scenario);
    assert_int_equal(game->setup.seat_count, 2);
    assert_int_equal(game->setup.rounds, 10);

    while (game->phase != SPIRAL_PLAY_END) {
        char *text = told(game, "en");
        free(text);
        if (game->phase == SPIRAL_PLAY_TURN)
            choose(game, "", NULL, "arm", -1);
        else
            spiral_game_go_on(game);
    }

    assert_int_equal(spiral_debrief_create(&debrief, game, NULL, &error), SPIRAL_OK);
    spiral_debrief_figure(&debrief, &spiral_themes[SPIRAL_THEME_light], SPIRAL_ENGLISH, &names,
                          &figure);
    assert_int_equal(figure.panel_count, 4);
    spiral_debrief_clear(&debrief);
    spiral_game_destroy(game);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences_say_what_was_measured),
        cmocka_unit_test(test_curves_are_those_of_the_run),
        cmocka_unit_test(test_two_states_play_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
