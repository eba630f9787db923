/* SPDX-License-Identifier: MIT */
/* Games of sides: rounds, proposals, policies, files, and the curtain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/yaml/whole_input.h"
#include "tests/live/game_of.h"

/* --- rounds ----------------------------------------------------------------------------------- */

static void test_the_triad_has_three_seats_and_as_many_rounds_as_fit(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(0);

    assert_int_equal(game->setup.seat_count, 3);
    assert_int_equal(game->setup.seats[0], SMALL);
    assert_int_equal(game->setup.seats[1], NEIGHBOUR);
    assert_int_equal(game->setup.seats[2], OFFSHORE);
    assert_int_equal(game->setup.rounds, 12); /* 1996 to 2020 by two years */
    assert_int_equal(game->session->present, 72);
    spiral_game_destroy(game);
}

static void test_the_past_before_the_first_round_is_history(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(3);
    struct spiral_session *history = triad();

    spiral_session_seek(history, 72);
    assert_true(spiral_game_hash(game) == spiral_session_hash(history));
    spiral_session_destroy(history);
    spiral_game_destroy(game);
}

static void test_phases_follow_the_seats_and_the_rounds(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(2);

    for (int round = 0; round < 2; round++) {
        for (int seat = 0; seat < 3; seat++) {
            assert_int_equal(game->phase, SPIRAL_PLAY_HANDOVER);
            assert_int_equal(game->seat, seat);
            assert_int_equal(game->session->present, 72 + 24 * round);
            spiral_game_go_on(game);
            assert_int_equal(game->phase, SPIRAL_PLAY_TURN);
            choose(game, "", NULL, NULL, -1);
        }

        assert_int_equal(game->phase, SPIRAL_PLAY_NEWS);
        assert_int_equal(game->session->present, 72 + 24 * (round + 1));
        spiral_game_go_on(game);
    }

    assert_int_equal(game->phase, SPIRAL_PLAY_END);

    const struct spiral_play_turn late = spiral_game_blank(game);

    assert_int_equal(spiral_game_decide(game, &late, &error), SPIRAL_BAD_INPUT);
    spiral_game_destroy(game);
}

/* Whatever is played, the scenario that the game leaves runs to the same bits without a game. */
static void test_a_game_is_a_run_of_its_scenario(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(6);

    play_all(game, 6);
    assert_int_equal(game->phase, SPIRAL_PLAY_END);

    const struct spiral_constants constants = spiral_test_constants();
    struct spiral_session *session;

    assert_int_equal(spiral_session_create(&session, &game->scenario, &constants, NULL, SEED,
                                           &error),
                     SPIRAL_OK);
    spiral_session_seek(session, game->session->present);
    assert_true(spiral_session_hash(session) == spiral_game_hash(game));
    spiral_session_destroy(session);
    spiral_game_destroy(game);
}

static void test_choices_act_from_the_first_day_of_the_round(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(2);

    choose(game, "", "neutrality", "dialogue", NEIGHBOUR);
    choose(game, "", NULL, NULL, -1);
    choose(game, "", NULL, NULL, -1);

    int found = 0;

    for (long e = 0; e < game->session->plan->event_count; e++) {
        const struct spiral_event *event = &game->session->plan->events[e];
        const struct spiral_entry *entry = &game->scenario.entries[event->entry];
        if (entry->source == NULL || strcmp(entry->source, "played") != 0)
            continue;
        assert_int_equal(event->step, 72);
        assert_int_equal(entry->actor, SMALL);
        found++;
    }

    assert_int_equal(found, 2);
    assert_string_equal(spiral_game_course(game, &game->scenario, SMALL, 0, "en"), "neutrality");
    spiral_game_destroy(game);
}

static void test_what_seats_did_in_history_falls_and_motives_stay(void **unused)
{
    (void)unused;
    struct spiral_play_setup setup = setup_of(3);
    struct spiral_scenario scenario;
    struct spiral_game *game;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    spiral_test_move(&scenario, 1997.0, SMALL, NEIGHBOUR, "rupture");
    spiral_test_move(&scenario, 1997.0, NEIGHBOUR, SMALL, "sanction");
    spiral_test_change(&scenario, 1997.0, SMALL, SPIRAL_ENTRY_GREED, 0.7);
    setup.seats[setup.seat_count++] = SMALL;
    assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error), SPIRAL_OK);
    spiral_scenario_clear(&scenario);

    int ruptures = 0;
    int sanctions = 0;

    for (size_t e = 0; e < game->scenario.entry_count; e++) {
        const struct spiral_entry *entry = &game->scenario.entries[e];
        if (entry->kind != SPIRAL_ENTRY_MOVE || entry->date != 1997.0)
            continue;
        ruptures += entry->move == SPIRAL_MOVE_rupture;
        sanctions += entry->move == SPIRAL_MOVE_sanction;
    }

    assert_int_equal(ruptures, 0);
    assert_int_equal(sanctions, 1);
    pass_until(game, 2, 0);
    assert_true(spiral_game_motive(game, SMALL, game->session->present) == 0.7);
    spiral_game_destroy(game);
}

/* --- rules ------------------------------------------------------------------------------------ */

static void assert_refused(struct spiral_game *game, const struct spiral_play_turn *turn,
                           const char *part)
{
    const size_t turns = game->turn_count;

    assert_int_equal(spiral_game_decide(game, turn, &error), SPIRAL_BAD_INPUT);
    if (strstr(error.message, part) == NULL)
        fail_msg("'%s' does not say '%s'", error.message, part);
    assert_int_equal(game->turn_count, turns);
}

static void test_turns_that_break_a_rule_are_refused(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(3);
    struct spiral_play_turn turn = spiral_game_blank(game);

    turn.seat = NEIGHBOUR;
    assert_refused(game, &turn, "expected the turn of");
    turn = spiral_game_blank(game);
    turn.course = (int)(spiral_doctrine_find("assertive") - spiral_doctrines);
    assert_refused(game, &turn, "role neighbour");
    turn = spiral_game_blank(game);
    turn.move_count = 1;
    turn.moves[0] = (struct spiral_play_act){SPIRAL_MOVE_dialogue, -1};
    assert_refused(game, &turn, "needs a target");
    turn.moves[0] = (struct spiral_play_act){SPIRAL_MOVE_dialogue, OFFSHORE};
    assert_refused(game, &turn, "changes nothing");
    turn.moves[0] = (struct spiral_play_act){SPIRAL_MOVE_dialogue, SMALL};
    assert_refused(game, &turn, "no relation");
    turn.moves[0] = turn.moves[1] = (struct spiral_play_act){SPIRAL_MOVE_dialogue, NEIGHBOUR};
    turn.move_count = 2;
    assert_refused(game, &turn, "duplicate");
    turn = spiral_game_blank(game);
    turn.accept_count = 1;
    turn.accepts[0] = (struct spiral_play_answer){OFFSHORE, SPIRAL_MOVE_aid};
    assert_refused(game, &turn, "has not proposed");
    spiral_game_destroy(game);
}

static void test_setups_that_do_not_fit_are_refused(void **unused)
{
    (void)unused;
    static const struct {
        double from;
        int rounds;
        const char *part;
    } cases[] = {{1996.03, 1, "the nearest is 1996-01"},
                 {1996.0, 13, "12 do"},
                 {2019.0, 0, "no round of 2 years fits"}};
    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_play_setup setup = setup_of(cases[i].rounds);
        struct spiral_game *game;
        setup.from = cases[i].from;
        assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error),
                         SPIRAL_BAD_INPUT);
        assert_null(game);
        if (strstr(error.message, cases[i].part) == NULL)
            fail_msg("'%s' does not say '%s'", error.message, cases[i].part);
    }

    spiral_scenario_clear(&scenario);
}

/* The run after one round in which a seat (index) makes one move; NULL: none. */
static uint64_t hash_after(size_t seat, const struct spiral_play_act *act)
{
    struct spiral_game *game = game_of(1);

    pass_until(game, 0, seat);

    struct spiral_play_turn turn = spiral_game_blank(game);

    turn.move_count = act != NULL;
    if (act != NULL)
        turn.moves[0] = *act;
    assert_int_equal(spiral_game_decide(game, &turn, &error), SPIRAL_OK);
    pass_until(game, 0, 2);
    if (game->phase != SPIRAL_PLAY_NEWS)
        choose(game, "", NULL, NULL, -1);

    const uint64_t hash = spiral_game_hash(game);

    spiral_game_destroy(game);
    return hash;
}

/* Every move that is offered changes the run, or is a proposal. */
static void test_moves_on_offer_change_something(void **unused)
{
    (void)unused;

    for (size_t seat = 0; seat < 3; seat++) {
        const uint64_t without = hash_after(seat, NULL);
        struct spiral_game *game = game_of(1);
        struct spiral_play_act acts[200];
        pass_until(game, 0, seat);

        const size_t count = spiral_game_moves(game, spiral_game_state(game), acts, 200);

        assert_in_range(count, 8, 60);
        for (size_t a = 0; a < count; a++)
            if (!spiral_moves[acts[a].move].consent && hash_after(seat, &acts[a]) == without)
                fail_msg("'%s' to %d changes nothing", spiral_moves[acts[a].move].name,
                         acts[a].target);
        spiral_game_destroy(game);
    }
}

static void test_what_is_not_on_offer_has_a_reason(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(1);

    assert_int_equal(spiral_game_objection(game, NEIGHBOUR, SPIRAL_MOVE_aspire, SMALL),
                     SPIRAL_PLAY_WORD_only_small);
    assert_int_equal(spiral_game_objection(game, SMALL, SPIRAL_MOVE_aspire, OFFSHORE),
                     SPIRAL_PLAY_WORD_ok);
    assert_int_equal(spiral_game_objection(game, SMALL, SPIRAL_MOVE_arm, NEIGHBOUR),
                     SPIRAL_PLAY_WORD_no_target);
    assert_int_equal(spiral_game_objection(game, SMALL, SPIRAL_MOVE_arm, -1), SPIRAL_PLAY_WORD_ok);
    assert_int_equal(spiral_game_objection(game, SMALL, SPIRAL_MOVE_disarm, OFFSHORE),
                     SPIRAL_PLAY_WORD_no_target);
    assert_int_equal(spiral_game_objection(game, SMALL, SPIRAL_MOVE_disarm, NEIGHBOUR),
                     SPIRAL_PLAY_WORD_ok);
    spiral_game_destroy(game);
}

/* --- proposals -------------------------------------------------------------------------------- */

static bool is_done(const struct spiral_game *game, int actor, int move, int round)
{
    for (size_t e = 0; e < game->scenario.entry_count; e++) {
        const struct spiral_entry *entry = &game->scenario.entries[e];
        if (entry->kind == SPIRAL_ENTRY_MOVE && entry->actor == actor && entry->move == move &&
            entry->source != NULL && strcmp(entry->source, "played") == 0 &&
            spiral_game_acts_in(game, entry, round))
            return true;
    }
    return false;
}

static void test_a_proposal_to_a_seat_waits_for_its_answer(void **unused)
{
    (void)unused;

    for (int accepted = 0; accepted < 2; accepted++) {
        struct spiral_game *game = game_of(3);
        size_t index[SPIRAL_PLAY_OFFERS];

        pass_until(game, 0, 2);
        choose(game, "", NULL, "guarantee", SMALL);
        assert_false(is_done(game, OFFSHORE, SPIRAL_MOVE_guarantee, 0));
        spiral_game_go_on(game);
        assert_int_equal(spiral_game_proposals(game, SMALL, index), 1);
        assert_int_equal(spiral_game_proposals(game, NEIGHBOUR, index), 0);

        struct spiral_play_turn turn = spiral_game_blank(game);

        turn.accept_count = (size_t)accepted;
        turn.accepts[0] = (struct spiral_play_answer){OFFSHORE, SPIRAL_MOVE_guarantee};
        assert_int_equal(spiral_game_decide(game, &turn, &error), SPIRAL_OK);
        pass_until(game, 2, 2);
        assert_int_equal(is_done(game, OFFSHORE, SPIRAL_MOVE_guarantee, 1), accepted);

        char *text = NULL;
        spiral_game_go_on(game);
        text = told(game, "en");
        assert_non_null(strstr(text, accepted ? "security guarantee, to S: accepted"
                                              : "security guarantee, to S: refused"));
        free(text);
        spiral_game_destroy(game);
    }
}

static void test_an_empty_patron_answers_by_its_doctrine(void **unused)
{
    (void)unused;
    static const char *const doctrine[] = {"aloof", "committed"};

    for (int d = 0; d < 2; d++) {
        struct spiral_play_setup setup = setup_of(2);
        struct spiral_scenario scenario;
        struct spiral_game *game;
        const struct spiral_constants constants = spiral_test_constants();
        const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine[d]);

        spiral_test_triad(&scenario);
        memcpy(scenario.states[OFFSHORE].doctrine, preset->number, sizeof preset->number);
        setup.seats[setup.seat_count++] = SMALL;
        setup.policy[OFFSHORE] = SPIRAL_POLICY_steady;
        assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error),
                         SPIRAL_OK);
        spiral_scenario_clear(&scenario);
        choose(game, "", NULL, "guarantee", OFFSHORE);
        assert_int_equal(is_done(game, SMALL, SPIRAL_MOVE_guarantee, 0), d);
        spiral_game_destroy(game);
    }
}

static void test_history_s_offers_to_a_seat_become_proposals(void **unused)
{
    (void)unused;
    struct spiral_play_setup setup = setup_of(3);
    struct spiral_scenario scenario;
    struct spiral_game *game;
    size_t index[SPIRAL_PLAY_OFFERS];
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    spiral_test_move(&scenario, 1996.5, OFFSHORE, SMALL, "deploy");
    setup.seats[setup.seat_count++] = SMALL;
    assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error), SPIRAL_OK);
    spiral_scenario_clear(&scenario);
    assert_int_equal(spiral_game_proposals(game, SMALL, index), 0);
    choose(game, "", NULL, NULL, -1);
    spiral_game_go_on(game);
    assert_in_range(spiral_game_proposals(game, SMALL, index), 1, 2);
    assert_int_equal(game->offers[index[0]].move, SPIRAL_MOVE_deploy);
    spiral_game_destroy(game);
}

/* --- policies --------------------------------------------------------------------------------- */

static int acts_of(const struct spiral_game *game, int actor, int move, int round)
{
    int count = 0;

    for (size_t e = 0; e < game->scenario.entry_count; e++) {
        const struct spiral_entry *entry = &game->scenario.entries[e];
        count += entry->kind == SPIRAL_ENTRY_MOVE && entry->actor == actor &&
                 (move < 0 || entry->move == move) && spiral_game_acts_in(game, entry, round);
    }

    return count;
}

static struct spiral_game *against(enum spiral_play_policy policy)
{
    struct spiral_play_setup setup = setup_of(4);

    setup.seats[setup.seat_count++] = SMALL;
    setup.policy[NEIGHBOUR] = (int)policy;
    setup.policy[OFFSHORE] = SPIRAL_POLICY_steady;

    return game_with(&setup);
}

static void test_tit_for_tat_answers_in_kind(void **unused)
{
    (void)unused;
    struct spiral_game *game = against(SPIRAL_POLICY_tit_for_tat);

    choose(game, "", NULL, "rupture", NEIGHBOUR);
    assert_int_equal(acts_of(game, NEIGHBOUR, SPIRAL_MOVE_dialogue, 0), 2); /* it begins nicely */
    choose(game, "", NULL, "treaty", NEIGHBOUR);
    assert_int_equal(acts_of(game, NEIGHBOUR, SPIRAL_MOVE_rupture, 1), 1);
    choose(game, "", NULL, NULL, -1);
    assert_int_equal(acts_of(game, NEIGHBOUR, SPIRAL_MOVE_dialogue, 2), 1);
    choose(game, "", NULL, NULL, -1);
    assert_int_equal(acts_of(game, NEIGHBOUR, -1, 3), 0);
    spiral_game_destroy(game);
}

static void test_steady_does_nothing_and_grit_goes_on_unless_there_was_force(void **unused)
{
    (void)unused;
    struct spiral_game *game = against(SPIRAL_POLICY_grit);

    for (int round = 0; round < 4; round++) {
        choose(game, "", "confront_near", "rupture", NEIGHBOUR);
        const bool force = round > 0 && spiral_game_highest(game, round - 1) >= 4;
        assert_int_equal(acts_of(game, NEIGHBOUR, SPIRAL_MOVE_dialogue, round), force ? 0 : 2);
        assert_int_equal(acts_of(game, OFFSHORE, -1, round), 0);
    }

    spiral_game_destroy(game);
}

/* --- the curtain ------------------------------------------------------------------------------ */

static void assert_equal_sights(const struct spiral_play_sight *a,
                                const struct spiral_play_sight *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->date, b->date, a->count * sizeof *a->date);
    assert_memory_equal(a->arms, b->arms, a->count * sizeof *a->arms);
    assert_int_equal(a->about_count, b->about_count);
    for (size_t i = 0; i < a->about_count; i++)
        assert_memory_equal(a->threat[i], b->threat[i], a->count * sizeof **a->threat);
    assert_int_equal(a->patron_count, b->patron_count);
    for (size_t i = 0; i < a->patron_count; i++) {
        assert_memory_equal(a->pledged[i], b->pledged[i], a->count * sizeof **a->pledged);
        assert_int_equal(a->believed[i] == NULL, b->believed[i] == NULL);
        if (a->believed[i] != NULL)
            assert_memory_equal(a->believed[i], b->believed[i], a->count * sizeof **a->believed);
    }
}

static void test_nothing_that_a_seat_may_not_know_reaches_it(void **unused)
{
    (void)unused;

    for (int round = 0; round < 4; round++)
        for (size_t seat = 0; seat < 3; seat++) {
            struct spiral_game *game = game_of(4);
            struct spiral_play_sight before;
            struct spiral_play_sight after;
            play_all(game, round);
            pass_until(game, round, seat);
            spiral_game_go_on(game);
            assert_int_equal(game->phase, SPIRAL_PLAY_TURN);

            const int state = spiral_game_state(game);
            char *english = told(game, "en");
            char *chinese = told(game, "zh");

            assert_int_equal(spiral_play_sight_of(game, state, &before), SPIRAL_OK);
            scramble(game, state);

            char *english_after = told(game, "en");
            char *chinese_after = told(game, "zh");

            assert_int_equal(spiral_play_sight_of(game, state, &after), SPIRAL_OK);
            assert_string_equal(english, english_after);
            assert_string_equal(chinese, chinese_after);
            assert_equal_sights(&before, &after);

            /* and the comparison sees a change of what a seat does know */
            game->session->snapshots[game->session->present].arms[state] += 0.05;
            free(english_after);
            english_after = told(game, "en");
            assert_string_not_equal(english, english_after);
            spiral_play_sight_clear(&before);
            spiral_play_sight_clear(&after);
            free(english);
            free(chinese);
            free(english_after);
            free(chinese_after);
            spiral_game_destroy(game);
        }
}

/* What was chosen in the same round does not show before the round has run. */
static void test_choices_of_one_round_are_hidden_from_those_who_choose_after(void **unused)
{
    (void)unused;
    char *text[2];

    for (int i = 0; i < 2; i++) {
        struct spiral_game *game = game_of(2);
        choose(game, i == 0 ? "attack at dawn" : "make peace",
               i == 0 ? "confront_near" : "neutrality", i == 0 ? "rupture" : "guarantee",
               i == 0 ? NEIGHBOUR : OFFSHORE);
        choose(game, "", NULL, NULL, -1);
        spiral_game_go_on(game);
        text[i] = told(game, "en");
        spiral_game_destroy(game);
    }

    assert_string_equal(text[0], text[1]);
    free(text[0]);
    free(text[1]);
}

static void test_handover_and_news_show_no_one_s_secrets(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(2);

    choose(game, "INTENTION", NULL, NULL, -1);

    char *handover = told(game, "en");

    assert_null(strstr(handover, "0."));
    assert_null(strstr(handover, "INTENTION"));
    free(handover);
    pass_until(game, 0, 2);
    choose(game, "INTENTION", NULL, "guarantee", SMALL);

    char *news = told(game, "en");

    assert_null(strstr(news, "INTENTION"));
    assert_null(strstr(news, "guarantee"));
    assert_null(strstr(news, "0."));
    free(news);
    spiral_game_destroy(game);
}

static void test_events_reach_those_they_are_for(void **unused)
{
    (void)unused;
    struct spiral_play_setup setup = setup_of(2);
    struct spiral_translation texts[2] = {{"", "THE HARBOUR BURNS"}, {"", "A BASE IS PLANNED"}};
    struct spiral_play_event items[2] = {
        {.date = 1996.0, .date_text = "1996", .text = {1, &texts[0]}, .everybody = true},
        {.date = 1997.5, .date_text = "1997-07", .text = {1, &texts[1]}, .move_count = 1}};

    items[1].to[NEIGHBOUR] = true;
    items[1].moves[0] = (struct spiral_lesson_move){NEIGHBOUR, SMALL, SPIRAL_MOVE_exercise, 1.0};
    setup.events = (struct spiral_play_events){2, items};

    struct spiral_game *game = game_with(&setup);

    for (size_t seat = 0; seat < 3; seat++) {
        pass_until(game, 0, seat);
        spiral_game_go_on(game);
        char *text = told(game, "en");
        assert_non_null(strstr(text, "THE HARBOUR BURNS"));
        assert_null(strstr(text, "A BASE IS PLANNED"));
        free(text);
    }

    choose(game, "", NULL, NULL, -1);

    char *news = told(game, "en");

    assert_null(strstr(news, "A BASE IS PLANNED"));
    assert_non_null(strstr(news, "1997-07"));
    free(news);

    for (size_t seat = 0; seat < 3; seat++) {
        pass_until(game, 1, seat);
        spiral_game_go_on(game);
        char *text = told(game, "en");
        assert_int_equal(strstr(text, "A BASE IS PLANNED") != NULL, seat == 1);
        free(text);
    }

    spiral_game_destroy(game);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void test_at_the_end_everything_is_shown(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(3);

    play_all(game, 3);

    char *text = told(game, "en");

    assert_non_null(strstr(text, "S thought: \"talk, and wait\""));
    assert_non_null(strstr(text, "N thought: \"be feared\""));
    assert_non_null(strstr(text, "real motive"));
    free(text);
    text = told(game, "zh");
    assert_non_null(strstr(text, "真实动机"));
    free(text);
    spiral_game_destroy(game);
}

/* The risks of a game whose choices are those of history, which has none here, are history's. */
static void test_risks_of_the_same_choices_are_the_same(void **unused)
{
    (void)unused;
    struct spiral_play_setup setup = setup_of(3);
    struct spiral_play_risks risks;
    struct spiral_scenario scenario;
    struct spiral_game *game;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    while (scenario.entry_count > 0)
        spiral_edit_drop(&scenario, 0);
    setup.policy[NEIGHBOUR] = SPIRAL_POLICY_steady;
    assert_int_equal(spiral_game_create(&game, &scenario, &constants, &setup, &error), SPIRAL_OK);
    spiral_scenario_clear(&scenario);
    while (game->phase != SPIRAL_PLAY_END)
        if (game->phase == SPIRAL_PLAY_NEWS)
            spiral_game_go_on(game);
        else
            choose(game, "", NULL, NULL, -1);
    assert_int_equal(spiral_game_risks(game, 100, &risks, &error), SPIRAL_OK);
    assert_int_equal(risks.force[0], risks.force[1]);
    assert_int_equal(risks.war[0], risks.war[1]);
    assert_true(risks.war[0] <= risks.force[0] && risks.force[0] <= 100);
    spiral_game_destroy(game);
}

/* --- files ------------------------------------------------------------------------------------ */

static const char awkward[] = "\"Stop\": they fear us\\ \n- 我们\xf0\x9f\x98\x80 \xe2\x80\xa8 {x}";

/* A game of Ukraine, saved in the middle of a round, resumed and played to its end, is the game
 * that was played without a pause. */
static void test_a_saved_game_goes_on_to_the_same_bits(void **unused)
{
    (void)unused;
    static struct spiral_diagnostics diagnostics;
    static const char text[] = "play: 1\ncase: ukraine\nfrom: 2004-12\nrounds: 3\nseed: 5\n";
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_play_game_file file;
    struct spiral_game *game;
    struct spiral_game *again;
    char path[] = "/tmp/spiral-play-XXXXXX";
    char *saved;
    size_t length;

    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1);
    close(mkstemp(path));
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_play_load_text(&file, text, sizeof text - 1, "game", &diagnostics),
                     SPIRAL_OK);
    assert_int_equal(spiral_game_resume(&game, &file, &constants, "game", &error), SPIRAL_OK);
    spiral_play_game_file_clear(&file);
    choose(game, awkward, "limited_balance", "dialogue", 1);
    choose(game, "b", "assertive", "sanction", 0);
    choose(game, "c", NULL, "guarantee", 0);
    choose(game, "d", NULL, "arm", -1);
    assert_int_equal(spiral_game_save(game, "ukraine", path, &error), SPIRAL_OK);
    assert_int_equal(spiral_whole_input_read(path, &saved, &length, &error), SPIRAL_OK);

    /* it says that it holds everything, and a glance gives nothing away */
    assert_non_null(strstr(saved, "contains everything"));
    assert_null(strstr(saved, "limited_balance"));
    assert_null(strstr(saved, "they fear"));
    assert_int_equal(spiral_play_load_text(&file, saved, length, path, &diagnostics), SPIRAL_OK);
    assert_int_equal(file.turn_count, 4);
    assert_string_equal(file.turns[0].intention, awkward);
    assert_int_equal(spiral_game_resume(&again, &file, &constants, path, &error), SPIRAL_OK);
    assert_int_equal(again->phase, SPIRAL_PLAY_HANDOVER);
    assert_int_equal(again->seat, 1);

    struct spiral_game *both[] = {game, again};

    for (int i = 0; i < 2; i++) {
        choose(both[i], "e", "detente", NULL, -1);
        choose(both[i], "f", NULL, NULL, -1);
        for (int turn = 0; turn < 3; turn++)
            choose(both[i], "g", NULL, turn == 1 ? "treaty" : NULL, 0);
        spiral_game_go_on(both[i]);
        assert_int_equal(both[i]->phase, SPIRAL_PLAY_END);
    }

    assert_true(spiral_game_hash(game) == spiral_game_hash(again));
    for (long step = 0; step <= game->session->present; step++)
        assert_memory_equal(game->session->rows[step], again->session->rows[step],
                            sizeof *game->session->rows);

    /* a file of another world is refused, unless its hash is taken out */
    memset(file.state, '0', 16);
    struct spiral_game *other;
    assert_int_equal(spiral_game_resume(&other, &file, &constants, path, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "runs otherwise"));
    file.turns[1].round = 7;
    assert_int_equal(spiral_game_resume(&other, &file, &constants, path, &error), SPIRAL_BAD_INPUT);
    assert_true(error.line > 0);
    assert_string_equal(error.file, path);

    free(saved);
    remove(path);
    spiral_play_game_file_clear(&file);
    spiral_game_destroy(game);
    spiral_game_destroy(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_triad_has_three_seats_and_as_many_rounds_as_fit),
        cmocka_unit_test(test_the_past_before_the_first_round_is_history),
        cmocka_unit_test(test_phases_follow_the_seats_and_the_rounds),
        cmocka_unit_test(test_a_game_is_a_run_of_its_scenario),
        cmocka_unit_test(test_choices_act_from_the_first_day_of_the_round),
        cmocka_unit_test(test_what_seats_did_in_history_falls_and_motives_stay),
        cmocka_unit_test(test_turns_that_break_a_rule_are_refused),
        cmocka_unit_test(test_setups_that_do_not_fit_are_refused),
        cmocka_unit_test(test_moves_on_offer_change_something),
        cmocka_unit_test(test_what_is_not_on_offer_has_a_reason),
        cmocka_unit_test(test_a_proposal_to_a_seat_waits_for_its_answer),
        cmocka_unit_test(test_an_empty_patron_answers_by_its_doctrine),
        cmocka_unit_test(test_history_s_offers_to_a_seat_become_proposals),
        cmocka_unit_test(test_tit_for_tat_answers_in_kind),
        cmocka_unit_test(test_steady_does_nothing_and_grit_goes_on_unless_there_was_force),
        cmocka_unit_test(test_nothing_that_a_seat_may_not_know_reaches_it),
        cmocka_unit_test(test_choices_of_one_round_are_hidden_from_those_who_choose_after),
        cmocka_unit_test(test_handover_and_news_show_no_one_s_secrets),
        cmocka_unit_test(test_events_reach_those_they_are_for),
        cmocka_unit_test(test_at_the_end_everything_is_shown),
        cmocka_unit_test(test_risks_of_the_same_choices_are_the_same),
        cmocka_unit_test(test_a_saved_game_goes_on_to_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
