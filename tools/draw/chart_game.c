/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "render/figure/game.h"
#include "tools/choice/game.h"
#include "tools/draw/chart.h"

enum { VALUES = 11 };
_Static_assert((int)SPIRAL_PLAYERS == (int)SPIRAL_GAME_PLAYERS, "a panel for each player");
_Static_assert((int)SPIRAL_MOST_STRATEGIES == (int)SPIRAL_GAME_STRATEGIES, "a layer for each");

/* How surely a player's strategy is part of a pure equilibrium: the greatest over its profiles. */
static double find_pure(const struct spiral_game_at *at, size_t player, size_t wanted)
{
    double sure = 0.0;

    for (size_t profile = 0; profile < spiral_profile_count(&at->form); profile++) {
        size_t strategy[SPIRAL_MOST_PLAYERS];
        spiral_profile_strategies(&at->form, profile, strategy);
        if (strategy[player] == wanted && at->support[profile] > sure)
            sure = at->support[profile];
    }

    return sure;
}

static int draw_game(const struct spiral_chart_request *request, const struct spiral_game *game)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    const size_t players = game->request.players;
    double x[VALUES];
    double share[SPIRAL_PLAYERS][SPIRAL_MOST_STRATEGIES * VALUES];
    double pure[SPIRAL_PLAYERS][SPIRAL_MOST_STRATEGIES * VALUES];
    char subtitle[300];
    struct spiral_chart_output output;
    struct spiral_game_figure figure = {
        .title = chinese ? "战略博弈：强邻的扩张动机改变什么"
                         : "The game of doctrines, as the neighbour's greed rises",
        .subtitle = subtitle,
        .note = chinese ? "面积：精度 20 的 logit 均衡中各战略的份额；圆点：属于纯策略均衡的战略，"
                          "面积为重抽样中的比例（不足 5 % 者不画）。"
                        : "Areas: shares of doctrines in the logit equilibrium of precision 20. "
                          "Dots: doctrines of pure equilibria; the area of a dot is the share of "
                          "resamples in "
                          "which it is one (none below 5 %).",
        .x_name = chinese ? "强邻的扩张动机" : "neighbour's greed",
        .count = game->count,
        .x = x,
        .players = players};

    snprintf(subtitle, sizeof subtitle,
             chinese ? "%s；每个组合 %llu 次模拟，种子 %llu"
                     : "%s; %llu runs of every profile, seed %llu",
             spiral_figure_title(game->scenario, request->language),
             (unsigned long long)game->request.runs, (unsigned long long)game->request.seed);

    for (size_t i = 0; i < players; i++) {
        figure.player[i] = chinese ? spiral_player_labels[i].zh : spiral_player_labels[i].en;
        figure.strategies[i] = game->strategies[i];
        figure.share[i] = share[i];
        figure.pure[i] = pure[i];

        for (size_t s = 0; s < game->strategies[i]; s++) {
            figure.strategy[i][s] =
                chinese ? game->doctrines[i][s]->label_zh : game->doctrines[i][s]->label_en;
            for (size_t g = 0; g < game->count; g++) {
                x[g] = game->at[g].greed;
                share[i][s * game->count + g] = game->at[g].logit.share[i][s];
                pure[i][s * game->count + g] = find_pure(&game->at[g], i, s);
            }
        }
    }

    if (!spiral_chart_open(&output, request))
        return SPIRAL_EXIT_FAILED;
    spiral_game_draw(output.page, &figure);

    return spiral_chart_close(&output, request, SPIRAL_OK);
}

static int draw_chart(const struct spiral_chart_request *request)
{
    const struct spiral_constant_sets none = {.count = 0};
    struct spiral_game_request asked = spiral_game_defaults();
    struct spiral_chart_case loaded;
    struct spiral_game game;
    struct spiral_error error;
    bool patron = false;
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    asked.greed_count = VALUES;
    for (int g = 0; g < VALUES; g++)
        asked.greed[g] = g / (VALUES - 1.0);
    for (size_t s = 0; s < loaded.scenario.state_count && exit_status == SPIRAL_EXIT_OK; s++)
        patron = patron || loaded.scenario.states[s].role == SPIRAL_OFFSHORE;

    asked.players = patron ? 3 : 2;
    asked.runs = request->runs;
    asked.seed = request->seed;
    asked.threads = request->threads;
    asked.plan.until = request->until;

    if (exit_status == SPIRAL_EXIT_OK) {
        exit_status = spiral_game_play(&game, &loaded.scenario, &loaded.constants, &none, &asked,
                                       &error) == SPIRAL_OK
                          ? draw_game(request, &game)
                          : spiral_complain_error(&error);
        spiral_game_clear(&game);
    }

    spiral_chart_case_clear(&loaded);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_game = {
    "game",
    "SCENARIO",
    "how the equilibria of the game of doctrines move with the neighbour's greed",
    1,
    1,
    1200.0,
    520.0,
    256,
    draw_chart};
