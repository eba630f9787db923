/* SPDX-License-Identifier: MIT */
#include "tools/choice/game.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parallel/threads.h"
#include "sim/edit.h"
#include "sim/random.h"
#include "sim/step.h"
#include "tools/choice/autonomy.h"
#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"

const struct spiral_player_label spiral_player_labels[SPIRAL_PLAYERS] = {
#define SPIRAL_PLAYER_ENTRY(name, role, en, zh) {#name, SPIRAL_##role, en, zh},
    SPIRAL_PLAYER_TABLE(SPIRAL_PLAYER_ENTRY)
#undef SPIRAL_PLAYER_ENTRY
};

/* What a run is worth to a player. */
enum { SECURITY, GAIN, COST, PARTS };

struct spiral_game_request spiral_game_defaults(void)
{
    return (struct spiral_game_request){.players = 3,
                                        .runs = 256,
                                        .seed = 1,
                                        .resamples = 200,
                                        .weights = {1.0, 0.5, 0.25},
                                        .lambda = 20.0,
                                        .greed_count = 5,
                                        .greed = {0.0, 0.25, 0.5, 0.75, 1.0},
                                        .plan = spiral_plan_options_defaults()};
}

void spiral_game_clear(struct spiral_game *game)
{
    for (size_t g = 0; g < game->count; g++) {
        free(game->at[g].payoff);
        free(game->at[g].parts);
        free(game->at[g].risk);
        free(game->at[g].support);
    }

    free(game->at);
    memset(game, 0, sizeof *game);
}

/* --- the worth of a run ----------------------------------------------------------------------- */

/* What is watched in a lane, as sums over the steps until war or the end. */
struct watched {
    double steps;
    double autonomy;
    double hold; /* of the neighbour over the small state */
    double fear; /* of the neighbour */
    double tie;  /* dependence on the patrons */
    double guarantee;
    double burden; /* of the patron: presence and aid */
    double arms[SPIRAL_PLAYERS];
    bool war;
    bool force;
    double won; /* what the neighbour holds after war, from its outbreak on */
};

static double largest(double a, double b) { return a > b ? a : b; }

/* Adds what one step shows of a lane. */
static void watch_step(const struct spiral_game *game, const struct spiral_batch *batch, int l,
                       struct watched *watched)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const struct spiral_layout *layout = &batch->layout;
    const int small = layout->small;
    const int rival = layout->rival_of[game->states[SPIRAL_PLAYER_neighbour]];
    const double empathy = batch->facts.doctrine[small][SPIRAL_DOCTRINE_empathy][l];
    const double reassure = batch->facts.doctrine[small][SPIRAL_DOCTRINE_reassure][l];
    const double arm = batch->facts.doctrine[small][SPIRAL_DOCTRINE_arm][l];
    double guarantee = 0.0;
    double burden = 0.0;

    for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++)
        if (layout->role[layout->patrons[k]] == SPIRAL_OFFSHORE) {
            guarantee = largest(guarantee, batch->derived.guarantee[k][l]);
            burden = largest(burden, 0.5 * (state->presence[k][l] + state->aid[k][l]));
        }

    const struct spiral_rival *pair = &layout->rivals[rival];
    const double hostility = state->hostility[rival][l];

    watched->steps += 1.0;
    watched->autonomy += spiral_autonomy(batch, l);
    watched->hold += empathy * reassure * (1.0 - arm);
    watched->fear += state->threat[pair->neighbour_about_small][l];
    watched->tie += spiral_dependence(batch, l);
    watched->guarantee += guarantee;
    watched->burden += burden;
    for (size_t i = 0; i < game->request.players; i++)
        watched->arms[i] += state->arms[game->states[i]][l];

    watched->force = watched->force || hostility >= 4.0;
    watched->war = hostility >= 5.0;

    /* War is won by the power of the two, as far as no patron stands by the small state. */
    if (watched->war)
        watched->won = batch->facts.share[pair->small_about_neighbour][l] * (1.0 - guarantee);
}

/* Security, gain and cost of a player, 0..1 each. */
static void find_parts(const struct spiral_game *game, const struct watched *watched, double steps,
                       double greed, size_t player, double parts[PARTS])
{
    const double peace = 1.0 - 0.5 * watched->force - 0.5 * watched->war;
    const double before = watched->steps / steps; /* the share of the run before war */
    const double n = watched->steps;

    (void)game;
    parts[COST] = watched->arms[player] / n;

    if (player == SPIRAL_PLAYER_small) {
        parts[SECURITY] = peace;
        parts[GAIN] = before * watched->autonomy / n;
    } else if (player == SPIRAL_PLAYER_neighbour) {
        parts[SECURITY] = 0.5 * peace + 0.5 * (1.0 - watched->fear / n);
        parts[GAIN] = greed * (before * watched->hold / n + (1.0 - before) * watched->won);
    } else {
        parts[SECURITY] = 1.0 - (1.0 - peace) * watched->guarantee / n;
        parts[GAIN] = before * watched->tie / n;
        parts[COST] = 0.5 * parts[COST] + 0.5 * watched->burden / n;
    }
}

/* --- profiles --------------------------------------------------------------------------------- */

/* Puts each player on its doctrine, and the neighbour's greed at its value throughout. */
static enum spiral_status apply_profile(const struct spiral_game *game, double greed,
                                        const size_t *strategy, struct spiral_scenario *scenario)
{
    const double from = game->request.from > 0.0 ? game->request.from : scenario->start;
    const int neighbour = game->states[SPIRAL_PLAYER_neighbour];

    for (size_t i = 0; i < game->request.players; i++) {
        const struct spiral_doctrine *doctrine = game->doctrines[i][strategy[i]];
        struct spiral_state_facts *state = &scenario->states[game->states[i]];

        if (spiral_edit_doctrine(scenario, game->states[i], doctrine, from, NULL) == NULL)
            return SPIRAL_NO_MEMORY;
        if (from <= scenario->start + 1e-9)
            memcpy(state->doctrine, doctrine->number, sizeof state->doctrine);
    }

    scenario->states[neighbour].greed = greed;
    for (size_t e = 0; e < scenario->entry_count; e++)
        if (scenario->entries[e].kind == SPIRAL_ENTRY_GREED &&
            scenario->entries[e].actor == neighbour)
            scenario->entries[e].value = greed;

    return SPIRAL_OK;
}

/* What threads play: a part is a profile at a value of greed. */
struct work {
    struct spiral_game *game;
    const struct spiral_constants *constants;
    const struct spiral_constant_sets *sets;
    double **worth;      /* [greed]: [(profile * runs + run) * players * PARTS]; war in `war` */
    unsigned char **war; /* [greed]: [profile * runs + run] */
    size_t profiles;
    struct spiral_progress progress;
};

/* Runs a profile: run r has the set of constants r modulo their number. */
static enum spiral_status run_profile(struct work *work, struct spiral_batch *batch,
                                      const struct spiral_scenario *scenario, size_t greed,
                                      size_t profile)
{
    const struct spiral_game *game = work->game;
    const size_t players = game->request.players;
    const uint64_t runs = game->request.runs;
    const size_t plan_count = work->sets->count == 0     ? 1
                              : work->sets->count < runs ? work->sets->count
                                                         : (size_t)runs;
    struct spiral_plan **plans = calloc(plan_count, sizeof *plans);
    enum spiral_status status = plans != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;

    for (size_t p = 0; p < plan_count && status == SPIRAL_OK; p++)
        status = spiral_plan_create(&plans[p], scenario,
                                    work->sets->count > 0 ? &work->sets->sets[p] : work->constants,
                                    &game->request.plan, NULL);

    for (uint64_t r = 0; r < runs && status == SPIRAL_OK; r += SPIRAL_LANES) {
        const int live = runs - r < SPIRAL_LANES ? (int)(runs - r) : SPIRAL_LANES;
        const struct spiral_plan *lanes[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        struct watched watched[SPIRAL_LANES];

        memset(watched, 0, sizeof watched);
        for (int l = 0; l < SPIRAL_LANES; l++) {
            streams[l] = r + (uint64_t)(l < live ? l : 0);
            lanes[l] = plans[streams[l] % plan_count];
        }

        spiral_batch_start(batch, lanes, game->request.seed, streams);
        while (batch->step < batch->steps) {
            spiral_step(batch);
            for (int l = 0; l < live; l++)
                if (!watched[l].war)
                    watch_step(game, batch, l, &watched[l]);
        }

        for (int l = 0; l < live; l++) {
            const size_t run = profile * runs + r + (size_t)l;
            work->war[greed][run] = watched[l].war;
            for (size_t i = 0; i < players; i++)
                find_parts(game, &watched[l], (double)batch->steps, game->at[greed].greed, i,
                           &work->worth[greed][(run * players + i) * PARTS]);
        }
    }

    for (size_t p = 0; p < plan_count && plans != NULL; p++)
        spiral_plan_destroy(plans[p]);
    free(plans);

    return status;
}

static enum spiral_status play_part(void *context, struct spiral_batch *batch, uint64_t part)
{
    struct work *work = context;
    const struct spiral_game *game = work->game;
    const size_t greed = (size_t)part / work->profiles;
    const size_t profile = (size_t)part % work->profiles;
    size_t strategy[SPIRAL_MOST_PLAYERS];
    struct spiral_scenario scenario;
    enum spiral_status status = spiral_scenario_copy(&scenario, game->scenario);

    spiral_profile_strategies(&game->at[greed].form, profile, strategy);
    if (status == SPIRAL_OK)
        status = apply_profile(game, game->at[greed].greed, strategy, &scenario);
    if (status == SPIRAL_OK)
        status = run_profile(work, batch, &scenario, greed, profile);
    spiral_scenario_clear(&scenario);

    return status;
}

static bool show_and_go_on(void *context, uint64_t done, uint64_t count)
{
    struct work *work = context;
    const uint64_t runs = work->game->request.runs;

    work->progress.items_done = done;
    work->progress.item_count = count;
    work->progress.runs = done * runs;
    work->progress.most_runs = count * runs;
    spiral_progress_show(&work->progress);

    return !spiral_interrupted();
}

/* --- equilibria ------------------------------------------------------------------------------- */

static double worth_of(const struct spiral_game *game, const double *parts)
{
    const double *weights = game->request.weights;
    return weights[SECURITY] * parts[SECURITY] + weights[GAIN] * parts[GAIN] -
           weights[COST] * parts[COST];
}

/* The means over runs that are picked (NULL: each once). */
static void mean_payoffs(const struct work *work, size_t greed, const uint64_t *pick,
                         double *payoff)
{
    const struct spiral_game *game = work->game;
    const size_t players = game->request.players;
    const uint64_t runs = game->request.runs;

    for (size_t profile = 0; profile < work->profiles; profile++)
        for (size_t i = 0; i < players; i++) {
            double sum = 0.0;
            for (uint64_t r = 0; r < runs; r++) {
                const size_t run = profile * runs + (pick != NULL ? pick[r] : r);
                sum += worth_of(game, &work->worth[greed][(run * players + i) * PARTS]);
            }
            payoff[profile * players + i] = sum / (double)runs;
        }
}

static void mean_parts(const struct work *work, size_t greed)
{
    const struct spiral_game *game = work->game;
    struct spiral_game_at *at = &game->at[greed];
    const size_t numbers = game->request.players * PARTS;
    const uint64_t runs = game->request.runs;

    for (size_t profile = 0; profile < work->profiles; profile++) {
        for (uint64_t r = 0; r < runs; r++) {
            const size_t run = profile * runs + r;
            at->risk[profile] += work->war[greed][run] / (double)runs;
            for (size_t n = 0; n < numbers; n++)
                at->parts[profile * numbers + n] +=
                    work->worth[greed][run * numbers + n] / (double)runs;
        }
    }
}

/* In which share of resamples of the runs, the same for all profiles, each is an equilibrium. */
static enum spiral_status resample_equilibria(const struct work *work, size_t greed)
{
    const struct spiral_game *game = work->game;
    struct spiral_game_at *at = &game->at[greed];
    const uint64_t runs = game->request.runs;
    struct spiral_random random = spiral_random_seed(game->request.seed, greed + 1);
    double *payoff = malloc(work->profiles * game->request.players * sizeof *payoff);
    uint64_t *pick = malloc(runs * sizeof *pick);
    const struct spiral_normal_form form = {.players = at->form.players,
                                            .strategies = {at->form.strategies[0],
                                                           at->form.strategies[1],
                                                           at->form.strategies[2]},
                                            .payoff = payoff};

    for (uint64_t b = 0; b < game->request.resamples && payoff != NULL && pick != NULL; b++) {
        for (uint64_t r = 0; r < runs; r++)
            pick[r] = (uint64_t)(spiral_uniform(spiral_random_next(&random)) * (double)runs) % runs;
        mean_payoffs(work, greed, pick, payoff);
        for (size_t profile = 0; profile < work->profiles; profile++)
            at->support[profile] +=
                spiral_is_equilibrium(&form, profile, 0.0) / (double)game->request.resamples;
    }

    const bool complete = payoff != NULL && pick != NULL;

    free(payoff);
    free(pick);

    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

static enum spiral_status find_equilibria(const struct work *work, size_t greed)
{
    struct spiral_game_at *at = &work->game->at[greed];

    mean_payoffs(work, greed, NULL, at->payoff);
    mean_parts(work, greed);
    if (at->form.players == 2)
        at->mixed_count = spiral_support_enumeration(&at->form, at->mixed);
    spiral_logit_equilibrium(&at->form, work->game->request.lambda, &at->logit, &at->reached);

    return resample_equilibria(work, greed);
}

/* --- a game ----------------------------------------------------------------------------------- */

static enum spiral_status find_players(struct spiral_game *game, struct spiral_error *error)
{
    for (size_t i = 0; i < game->request.players; i++) {
        game->states[i] = -1;
        for (size_t s = game->scenario->state_count; s-- > 0;)
            if (game->scenario->states[s].role == spiral_player_labels[i].role)
                game->states[i] = (int)s;

        if (game->states[i] < 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s has no %s; --players 2 plays without a patron",
                                    game->scenario->name, spiral_player_labels[i].en);

        for (size_t d = 0; d < SPIRAL_DOCTRINES && game->strategies[i] < SPIRAL_MOST_STRATEGIES;
             d++)
            if (spiral_doctrines[d].role == spiral_player_labels[i].role)
                game->doctrines[i][game->strategies[i]++] = &spiral_doctrines[d];
    }

    return SPIRAL_OK;
}

static bool allocate_at(struct spiral_game *game, struct work *work, size_t g)
{
    struct spiral_game_at *at = &game->at[g];
    const size_t players = game->request.players;

    at->greed = game->request.greed[g];
    at->form.players = players;
    for (size_t i = 0; i < SPIRAL_MOST_PLAYERS; i++)
        at->form.strategies[i] = i < players ? game->strategies[i] : 1;

    work->profiles = spiral_profile_count(&at->form);
    at->payoff = calloc(work->profiles * players, sizeof *at->payoff);
    at->parts = calloc(work->profiles * players * PARTS, sizeof *at->parts);
    at->risk = calloc(work->profiles, sizeof *at->risk);
    at->support = calloc(work->profiles, sizeof *at->support);
    at->form.payoff = at->payoff;
    work->worth[g] =
        calloc(work->profiles * game->request.runs * players * PARTS, sizeof **work->worth);
    work->war[g] = calloc(work->profiles * game->request.runs, 1);

    return at->payoff != NULL && at->parts != NULL && at->risk != NULL && at->support != NULL &&
           work->worth[g] != NULL && work->war[g] != NULL;
}

enum spiral_status spiral_game_play(struct spiral_game *game,
                                    const struct spiral_scenario *scenario,
                                    const struct spiral_constants *constants,
                                    const struct spiral_constant_sets *sets,
                                    const struct spiral_game_request *request,
                                    struct spiral_error *error)
{
    double *worth[SPIRAL_MOST_GREEDS] = {NULL};
    unsigned char *war[SPIRAL_MOST_GREEDS] = {NULL};
    struct work work = {
        .game = game, .constants = constants, .sets = sets, .worth = worth, .war = war};
    const struct spiral_part part = {play_part, &work};
    const struct spiral_watch watch = {show_and_go_on, &work};
    struct spiral_plan *plan = NULL;

    memset(game, 0, sizeof *game);
    game->scenario = scenario;
    game->request = *request;

    /* A plan of the scenario itself finds what breaks a rule, with its message. */
    enum spiral_status status =
        spiral_plan_create(&plan, scenario, constants, &request->plan, error);

    spiral_plan_destroy(plan);
    if (status == SPIRAL_OK)
        status = find_players(game, error);
    if (status != SPIRAL_OK)
        return status;

    game->at = calloc(request->greed_count, sizeof *game->at);
    game->count = game->at != NULL ? request->greed_count : 0;

    bool complete = game->at != NULL;

    for (size_t g = 0; g < game->count; g++)
        complete = allocate_at(game, &work, g) && complete;

    spiral_progress_start(&work.progress, request->label);
    work.progress.items = "profiles";
    status = !complete ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game")
                       : spiral_parallel_run_parts(&part, game->count * work.profiles,
                                                   request->threads, &watch, error);
    spiral_progress_wipe(&work.progress);
    if (status == SPIRAL_STOPPED)
        spiral_error_set(error, status, "stopped %s", spiral_interrupt_reason());
    else if (status == SPIRAL_NO_MEMORY)
        spiral_error_set(error, status, "no memory for a game");

    for (size_t g = 0; g < game->count && status == SPIRAL_OK; g++)
        if (find_equilibria(&work, g) != SPIRAL_OK)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");

    for (size_t g = 0; g < SPIRAL_MOST_GREEDS; g++) {
        free(worth[g]);
        free(war[g]);
    }

    return status;
}
