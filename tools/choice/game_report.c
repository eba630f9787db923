/* SPDX-License-Identifier: MIT
 *
 * A game as text, CSV and JSON.
 */
#include <math.h>
#include <string.h>

#include "tools/choice/game.h"

static const char *const part_names[] = {"security", "gain", "cost"};
enum { PARTS = sizeof part_names / sizeof *part_names };

static const char *doctrine_label(const struct spiral_game *game, size_t player, size_t strategy,
                                  bool chinese)
{
    const struct spiral_doctrine *doctrine = game->doctrines[player][strategy];
    return chinese ? doctrine->label_zh : doctrine->label_en;
}

/* --- text ------------------------------------------------------------------------------------- */

static void print_profile(const struct spiral_game *game, const struct spiral_game_at *at,
                          size_t profile, bool chinese, FILE *out)
{
    const size_t players = game->request.players;
    size_t strategy[SPIRAL_MOST_PLAYERS];

    spiral_profile_strategies(&at->form, profile, strategy);
    fputs("  ", out);
    for (size_t i = 0; i < players; i++)
        fprintf(out, "%s%s", i > 0 ? " / " : "", doctrine_label(game, i, strategy[i], chinese));
    fprintf(out, ": in %.0f %% of resamples; payoffs", 100.0 * at->support[profile]);
    for (size_t i = 0; i < players; i++)
        fprintf(out, " %.3f", at->payoff[profile * players + i]);
    fprintf(out, "; war %.3f\n", at->risk[profile]);
}

static void print_mix(const struct spiral_game *game, const struct spiral_mix *mix, bool chinese,
                      FILE *out)
{
    for (size_t i = 0; i < game->request.players; i++) {
        const char *comma = "";
        fprintf(out, "  %s: ", chinese ? spiral_player_labels[i].zh : spiral_player_labels[i].en);
        for (size_t s = 0; s < game->strategies[i]; s++) {
            if (mix->share[i][s] < 0.005)
                continue;
            fprintf(out, "%s%s %.2f", comma, doctrine_label(game, i, s, chinese), mix->share[i][s]);
            comma = ", ";
        }
        fputc('\n', out);
    }
}

static bool is_pure(const struct spiral_game *game, const struct spiral_mix *mix)
{
    for (size_t i = 0; i < game->request.players; i++)
        for (size_t s = 0; s < game->strategies[i]; s++)
            if (mix->share[i][s] > 1e-9 && mix->share[i][s] < 1.0 - 1e-9)
                return false;
    return true;
}

static void print_at(const struct spiral_game *game, const struct spiral_game_at *at, bool chinese,
                     FILE *out)
{
    const size_t profiles = spiral_profile_count(&at->form);
    size_t pure = 0;

    fprintf(out, "\nneighbour's greed %g\npure equilibria\n", at->greed);
    for (size_t profile = 0; profile < profiles; profile++)
        if (spiral_is_equilibrium(&at->form, profile, 0.0)) {
            print_profile(game, at, profile, chinese, out);
            pure++;
        }

    if (pure == 0)
        fputs("  none\n", out);

    for (size_t m = 0; m < at->mixed_count; m++)
        if (!is_pure(game, &at->mixed[m])) {
            fputs("mixed equilibrium\n", out);
            print_mix(game, &at->mixed[m], chinese, out);
        }

    fprintf(out, "logit equilibrium, precision %g%s\n", at->reached,
            at->reached < game->request.lambda ? " (the branch was lost beyond it)" : "");
    print_mix(game, &at->logit, chinese, out);
}

void spiral_game_print(const struct spiral_game *game, bool chinese, FILE *out)
{
    const struct spiral_game_request *request = &game->request;

    fprintf(out,
            "%s: doctrines as strategies of %zu players\n%zu profiles, %llu runs of each, seed "
            "%llu\npayoff: %g security + %g gain - %g cost\n",
            game->scenario->name, request->players,
            game->count > 0 ? spiral_profile_count(&game->at[0].form) : 0,
            (unsigned long long)request->runs, (unsigned long long)request->seed,
            request->weights[0], request->weights[1], request->weights[2]);
    for (size_t g = 0; g < game->count; g++)
        print_at(game, &game->at[g], chinese, out);
}

/* --- CSV -------------------------------------------------------------------------------------- */

void spiral_game_describe(struct spiral_table *table, const struct spiral_game *game)
{
    const size_t players = game->request.players;
    char meaning[SPIRAL_COLUMN_TEXT];

    spiral_table_init(table, "payoffs and equilibria of a game of doctrines");
    spiral_table_say(table, "scenario", game->scenario->name);
    spiral_table_say_whole(table, "runs", game->request.runs);
    spiral_table_say_whole(table, "seed", game->request.seed);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "greed", "1", "greed of the neighbour", 0.0,
                        1.0);

    for (size_t i = 0; i < players; i++) {
        snprintf(meaning, sizeof meaning, "doctrine of the player %s",
                 spiral_player_labels[i].name);
        spiral_table_column(table, SPIRAL_COLUMN_WORDS, spiral_player_labels[i].name, "", meaning,
                            NAN, NAN);
    }

    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "player", "", "whose payoff it is", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "payoff", "1",
                        "weighted sum of security, gain and cost, mean over runs", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "security", "1", "security", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "gain", "1", "gain", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "cost", "1", "cost", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "war", "1", "risk of war at the profile", 0.0,
                        1.0);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "equilibrium", "1",
                        "1 where no player gains by another doctrine alone", 0.0, 1.0);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "support", "1",
                        "share of the resamples of runs in which it is an equilibrium", 0.0, 1.0);
}

void spiral_game_csv(const struct spiral_game *game, struct spiral_table *table)
{
    enum { DIGITS = 10 };
    const size_t players = game->request.players;

    for (size_t g = 0; g < game->count; g++) {
        const struct spiral_game_at *at = &game->at[g];
        for (size_t row = 0; row < spiral_profile_count(&at->form) * players; row++) {
            const size_t profile = row / players;
            size_t strategy[SPIRAL_MOST_PLAYERS];
            spiral_profile_strategies(&at->form, profile, strategy);

            spiral_table_digits(table, at->greed, DIGITS);
            for (size_t i = 0; i < players; i++)
                spiral_table_text(table, game->doctrines[i][strategy[i]]->name);
            spiral_table_text(table, spiral_player_labels[row % players].name);
            spiral_table_digits(table, at->payoff[row], DIGITS);
            for (size_t part = 0; part < PARTS; part++)
                spiral_table_digits(table, at->parts[row * PARTS + part], DIGITS);
            spiral_table_digits(table, at->risk[profile], DIGITS);
            spiral_table_whole(table, spiral_is_equilibrium(&at->form, profile, 0.0));
            spiral_table_digits(table, at->support[profile], DIGITS);
        }
    }
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *mix_json(const struct spiral_game *game, const struct spiral_mix *mix)
{
    json_t *object = json_object();

    for (size_t i = 0; i < game->request.players; i++) {
        json_t *shares = json_object();
        for (size_t s = 0; s < game->strategies[i]; s++)
            json_object_set_new(shares, game->doctrines[i][s]->name, json_real(mix->share[i][s]));
        json_object_set_new(object, spiral_player_labels[i].name,
                            json_pack("{s:o, s:f}", "shares", shares, "payoff", mix->payoff[i]));
    }

    return object;
}

static json_t *profile_json(const struct spiral_game *game, const struct spiral_game_at *at,
                            size_t profile)
{
    const size_t players = game->request.players;
    json_t *object =
        json_pack("{s:f, s:b, s:f}", "war", at->risk[profile], "equilibrium",
                  spiral_is_equilibrium(&at->form, profile, 0.0), "support", at->support[profile]);
    size_t strategy[SPIRAL_MOST_PLAYERS];

    spiral_profile_strategies(&at->form, profile, strategy);

    for (size_t i = 0; i < players; i++) {
        json_t *player = json_pack("{s:s, s:f}", "doctrine", game->doctrines[i][strategy[i]]->name,
                                   "payoff", at->payoff[profile * players + i]);
        for (size_t p = 0; p < PARTS; p++)
            json_object_set_new(player, part_names[p],
                                json_real(at->parts[(profile * players + i) * PARTS + p]));
        json_object_set_new(object, spiral_player_labels[i].name, player);
    }

    return object;
}

static json_t *at_json(const struct spiral_game *game, const struct spiral_game_at *at)
{
    json_t *profiles = json_array();
    json_t *mixed = json_array();

    for (size_t profile = 0; profile < spiral_profile_count(&at->form); profile++)
        json_array_append_new(profiles, profile_json(game, at, profile));
    for (size_t m = 0; m < at->mixed_count; m++)
        json_array_append_new(mixed, mix_json(game, &at->mixed[m]));

    return json_pack("{s:f, s:o, s:o, s:f, s:o}", "greed", at->greed, "equilibria", mixed, "logit",
                     mix_json(game, &at->logit), "precision", at->reached, "profiles", profiles);
}

json_t *spiral_game_json(const struct spiral_game *game)
{
    const struct spiral_game_request *request = &game->request;
    json_t *games = json_array();

    for (size_t g = 0; g < game->count; g++)
        json_array_append_new(games, at_json(game, &game->at[g]));

    return json_pack("{s:s, s:I, s:I, s:I, s:f, s:f, s:f, s:o}", "scenario", game->scenario->name,
                     "players", (json_int_t)request->players, "runs", (json_int_t)request->runs,
                     "seed", (json_int_t)request->seed, "security", request->weights[0], "gain",
                     request->weights[1], "cost", request->weights[2], "games", games);
}
