/* SPDX-License-Identifier: MIT */
/* Equilibria of textbook games, pure and mixed, and logit equilibria against what is known of them.
 * Where lrsnash (Debian: lrslib) is installed, its equilibria of random games are ours. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/choice/equilibrium.h"

/* Two strategies each: [row][column][player]. */
static struct spiral_normal_form two_by_two(const double payoff[2][2][2])
{
    return (struct spiral_normal_form){2, {2, 2, 1}, &payoff[0][0][0]};
}

static size_t pure_equilibria(const struct spiral_normal_form *game, bool *is)
{
    size_t count = 0;

    for (size_t profile = 0; profile < spiral_profile_count(game); profile++) {
        is[profile] = spiral_is_equilibrium(game, profile, 0.0);
        count += is[profile];
    }

    return count;
}

static void prisoners_dilemma(void **state)
{
    (void)state;
    static const double payoff[2][2][2] = {{{3, 3}, {0, 5}}, {{5, 0}, {1, 1}}};
    const struct spiral_normal_form game = two_by_two(payoff);
    struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];
    bool is[4];

    assert_int_equal(pure_equilibria(&game, is), 1);
    assert_true(is[3]);
    assert_int_equal(spiral_support_enumeration(&game, found), 1);
    assert_true(found[0].share[0][1] == 1.0 && found[0].share[1][1] == 1.0 &&
                found[0].payoff[0] == 1.0);
}

/* Stag 4, hare 3 against anything: both stag, both hare, and each stag with 3/4. */
static void stag_hunt(void **state)
{
    (void)state;
    static const double payoff[2][2][2] = {{{4, 4}, {0, 3}}, {{3, 0}, {3, 3}}};
    const struct spiral_normal_form game = two_by_two(payoff);
    struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];
    bool is[4];
    size_t mixed = 0;

    assert_int_equal(pure_equilibria(&game, is), 2);
    assert_true(is[0] && is[3]);
    assert_int_equal(spiral_support_enumeration(&game, found), 3);

    for (size_t i = 0; i < 3; i++)
        if (found[i].share[0][0] > 1e-9 && found[i].share[0][0] < 1.0 - 1e-9) {
            mixed++;
            assert_true(fabs(found[i].share[0][0] - 0.75) < 1e-12 &&
                        fabs(found[i].share[1][0] - 0.75) < 1e-12);
            assert_true(fabs(found[i].payoff[0] - 3.0) < 1e-12);
        }
    assert_int_equal(mixed, 1);
}

/* 2, 1 or 1, 2 where they meet: each goes to the own favourite with 2/3. */
static void battle_of_the_sexes(void **state)
{
    (void)state;
    static const double payoff[2][2][2] = {{{2, 1}, {0, 0}}, {{0, 0}, {1, 2}}};
    const struct spiral_normal_form game = two_by_two(payoff);
    struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];
    bool is[4];

    assert_int_equal(pure_equilibria(&game, is), 2);
    assert_int_equal(spiral_support_enumeration(&game, found), 3);
    for (size_t i = 0; i < 3; i++)
        if (found[i].share[0][0] > 1e-9 && found[i].share[0][0] < 1.0 - 1e-9)
            assert_true(fabs(found[i].share[0][0] - 2.0 / 3.0) < 1e-12 &&
                        fabs(found[i].share[1][1] - 2.0 / 3.0) < 1e-12 &&
                        fabs(found[i].payoff[1] - 2.0 / 3.0) < 1e-12);
}

static void matching_pennies(void **state)
{
    (void)state;
    static const double payoff[2][2][2] = {{{1, -1}, {-1, 1}}, {{-1, 1}, {1, -1}}};
    const struct spiral_normal_form game = two_by_two(payoff);
    struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];
    struct spiral_mix logit;
    bool is[4];
    double reached;

    assert_int_equal(pure_equilibria(&game, is), 0);
    assert_int_equal(spiral_support_enumeration(&game, found), 1);
    assert_true(found[0].share[0][0] == 0.5 && found[0].share[1][0] == 0.5 &&
                found[0].payoff[0] == 0.0);

    /* of any precision the logit equilibrium is the same */
    assert_true(spiral_logit_equilibrium(&game, 30.0, &logit, &reached) && reached == 30.0);
    assert_true(fabs(logit.share[0][0] - 0.5) < 1e-9 && fabs(logit.share[1][1] - 0.5) < 1e-9);
}

/* Without precision shares are even; with much of it they are those of an equilibrium: of the stag
 * hunt the risk-dominant one, of the dilemma the only one. In between they solve their equation. */
static void logit_equilibria(void **state)
{
    (void)state;
    static const double hunt[2][2][2] = {{{4, 4}, {0, 3}}, {{3, 0}, {3, 3}}};
    static const double dilemma[2][2][2] = {{{3, 3}, {0, 5}}, {{5, 0}, {1, 1}}};
    const struct spiral_normal_form games[2] = {two_by_two(hunt), two_by_two(dilemma)};
    double reached;

    for (int g = 0; g < 2; g++) {
        struct spiral_mix mix;
        assert_true(spiral_logit_equilibrium(&games[g], 0.0, &mix, &reached));
        assert_true(mix.share[0][0] == 0.5 && mix.share[1][0] == 0.5);
        assert_true(spiral_logit_equilibrium(&games[g], 20.0, &mix, &reached));
        assert_true(mix.share[0][1] > 0.999 && mix.share[1][1] > 0.999);

        assert_true(spiral_logit_equilibrium(&games[g], 0.7, &mix, &reached));
        double payoff[SPIRAL_MOST_STRATEGIES];
        spiral_mix_payoffs(&games[g], &mix, 0, payoff);
        assert_true(fabs(mix.share[0][0] / mix.share[0][1] - exp(0.7 * (payoff[0] - payoff[1]))) <
                    1e-6);
    }
}

/* Three players who each win where they are the odd one out of two sides: 6 pure equilibria of 8
 * profiles pay one of them; the even mix is the logit equilibrium. And a game of three in which
 * each has a dominant strategy. */
static void three_players(void **state)
{
    (void)state;
    double payoff[8][3] = {{0.0}};
    double dominant[8][3];
    struct spiral_normal_form game = {3, {2, 2, 2}, payoff[0]};
    struct spiral_mix logit;
    bool is[8];
    double reached;

    for (size_t profile = 0; profile < 8; profile++) {
        size_t s[3];
        spiral_profile_strategies(&game, profile, s);
        assert_int_equal(spiral_profile_of(&game, s), profile);
        for (size_t i = 0; i < 3; i++) {
            payoff[profile][i] = s[i] != s[(i + 1) % 3] && s[i] != s[(i + 2) % 3];
            dominant[profile][i] = (double)s[i] + 0.1 * (double)(s[0] + s[1] + s[2]);
        }
    }

    assert_int_equal(pure_equilibria(&game, is), 6);
    assert_true(!is[0] && !is[7]);
    assert_true(spiral_logit_equilibrium(&game, 5.0, &logit, &reached));
    for (size_t i = 0; i < 3; i++)
        assert_true(fabs(logit.share[i][0] - 0.5) < 1e-9);

    game.payoff = dominant[0];
    assert_int_equal(pure_equilibria(&game, is), 1);
    assert_true(is[7] && spiral_logit_equilibrium(&game, 20.0, &logit, &reached));
    assert_true(logit.share[2][1] > 0.999);
}

/* --- random games ----------------------------------------------------------------------------- */

static void draw_game(struct spiral_random *random, double *payoff, size_t count)
{
    for (size_t i = 0; i < count; i++)
        payoff[i] = floor(100.0 * spiral_uniform(spiral_random_next(random)));
}

/* Generic games have an odd number of equilibria (Wilson 1971), and none can be improved on. */
static void random_games_have_an_odd_number(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(11, 0);

    for (int trial = 0; trial < 60; trial++) {
        double payoff[2 * 4 * 3];
        const struct spiral_normal_form game = {2, {4, 3, 1}, payoff};
        struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];

        for (size_t i = 0; i < sizeof payoff / sizeof *payoff; i++)
            payoff[i] = spiral_uniform(spiral_random_next(&random));

        const size_t count = spiral_support_enumeration(&game, found);
        assert_int_equal(count % 2, 1);
        for (size_t e = 0; e < count; e++)
            for (size_t i = 0; i < 2; i++) {
                double value[SPIRAL_MOST_STRATEGIES];
                double sum = 0.0;
                spiral_mix_payoffs(&game, &found[e], i, value);
                for (size_t s = 0; s < game.strategies[i]; s++) {
                    sum += found[e].share[i][s];
                    assert_true(value[s] <= found[e].payoff[i] + 1e-9);
                }
                assert_true(fabs(sum - 1.0) < 1e-9);
            }
    }
}

/* As many equilibria as lrsnash finds. */
static void lrsnash_agrees(void **state)
{
    (void)state;
    struct spiral_random random = spiral_random_seed(23, 0);

    if (access("/usr/bin/lrsnash", X_OK) != 0)
        skip();

    for (int trial = 0; trial < 5; trial++) {
        double payoff[2 * 3 * 3];
        const struct spiral_normal_form game = {2, {3, 3, 1}, payoff};
        struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA];
        char name[] = "/tmp/spiral-game-XXXXXX";
        char command[100];
        char line[300];
        size_t count = 0;

        draw_game(&random, payoff, sizeof payoff / sizeof *payoff);

        FILE *file = fdopen(mkstemp(name), "w");
        assert_non_null(file);
        fputs("3 3\n", file);
        for (int player = 0; player < 2; player++)
            for (int i = 0; i < 9; i++)
                fprintf(file, "%s%.0f%s", i == 0 ? "\n" : "", payoff[2 * i + player],
                        i % 3 == 2 ? "\n" : " ");
        assert_int_equal(fclose(file), 0);

        snprintf(command, sizeof command, "/usr/bin/lrsnash %s", name);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        while (fgets(line, sizeof line, pipe) != NULL)
            sscanf(line, "*Number of equilibria found: %zu", &count);
        pclose(pipe);
        unlink(name);
        assert_int_equal(spiral_support_enumeration(&game, found), count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prisoners_dilemma),
        cmocka_unit_test(stag_hunt),
        cmocka_unit_test(battle_of_the_sexes),
        cmocka_unit_test(matching_pennies),
        cmocka_unit_test(logit_equilibria),
        cmocka_unit_test(three_players),
        cmocka_unit_test(random_games_have_an_odd_number),
        cmocka_unit_test(lrsnash_agrees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
