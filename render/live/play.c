/* SPDX-License-Identifier: MIT */
#include "render/live/play.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "sim/parameter.h"

const char *spiral_play_word(enum spiral_play_word word, const char *language)
{
    static const char *const words[SPIRAL_PLAY_WORDS][2] = {
#define SPIRAL_PLAY_PHRASE(name, en, zh) {en, zh},
#include "render/live/play_words.def"
    };
    return words[word][strcmp(language, "zh") == 0];
}

/* --- time ------------------------------------------------------------------------------------- */

long spiral_game_step(const struct spiral_game *game, int round)
{
    return game->first + round * game->length;
}

double spiral_game_date(const struct spiral_game *game, int round)
{
    return spiral_plan_date(game->session->plan, spiral_game_step(game, round));
}

/* The step in which an entry acts, as the plan has it; -1: it does not. */
static long step_of_entry(const struct spiral_plan *plan, size_t entry)
{
    for (long e = 0; e < plan->event_count; e++)
        if (plan->events[e].entry == (int)entry)
            return plan->events[e].step;
    return -1;
}

bool spiral_game_acts_in(const struct spiral_game *game, const struct spiral_entry *entry,
                         int round)
{
    /* a little after a boundary is after it, as for the plan */
    const double begin = spiral_game_date(game, round) + 1e-6 * game->session->plan->dt;
    const double end = spiral_game_date(game, round + 1) + 1e-6 * game->session->plan->dt;

    return entry->date > begin && entry->date <= end;
}

/* --- seats ------------------------------------------------------------------------------------ */

bool spiral_game_has_seat(const struct spiral_game *game, int state)
{
    for (size_t s = 0; s < game->setup.seat_count; s++)
        if (game->setup.seats[s] == state)
            return true;
    return false;
}

int spiral_game_state(const struct spiral_game *game) { return game->setup.seats[game->seat]; }

const char *spiral_game_name(const struct spiral_game *game, int state, const char *language)
{
    const struct spiral_state_facts *facts = &game->base.states[state];
    return facts->name.count > 0 ? spiral_text_get(&facts->name, language) : facts->id;
}

/* One seat of each role, where the setup names none. */
static void seat_usual_states(struct spiral_play_setup *setup,
                              const struct spiral_scenario *scenario)
{
    for (int role = 0; role < SPIRAL_ROLES; role++)
        for (size_t i = 0; i < scenario->state_count; i++)
            if ((int)scenario->states[i].role == role) {
                setup->seats[setup->seat_count++] = (int)i;
                break;
            }
}

/* --- offers ----------------------------------------------------------------------------------- */

static enum spiral_status add_offer(struct spiral_game *game, struct spiral_play_offer offer)
{
    struct spiral_play_offer *offers =
        realloc(game->offers, (game->offer_count + 1) * sizeof *offers);

    if (offers == NULL)
        return SPIRAL_NO_MEMORY;
    game->offers = offers;
    offers[game->offer_count++] = offer;

    return SPIRAL_OK;
}

size_t spiral_game_proposals(const struct spiral_game *game, int state,
                             size_t index[SPIRAL_PLAY_OFFERS])
{
    size_t count = 0;

    for (size_t o = 0; o < game->offer_count && count < SPIRAL_PLAY_OFFERS; o++)
        if (game->offers[o].target == state && game->offers[o].round == game->round - 1 &&
            spiral_game_has_seat(game, state))
            index[count++] = o;

    return count;
}

/* --- the case --------------------------------------------------------------------------------- */

/* Whether an entry of history is dropped when the game begins: a seat plays for itself, and a
 * policy other than history plays for an empty one. Motives are facts of the case, and stay. */
static bool is_played_over(const struct spiral_game *game, const struct spiral_entry *entry)
{
    const bool is_choice = entry->kind == SPIRAL_ENTRY_MOVE || entry->kind == SPIRAL_ENTRY_DOCTRINE;

    return is_choice && (spiral_game_has_seat(game, entry->actor) ||
                         game->setup.policy[entry->actor] != SPIRAL_POLICY_history);
}

/* Takes out of the timeline what is played otherwise from the first round on; what needs the
 * consent of a seat becomes a proposal. */
static enum spiral_status drop_what_is_played(struct spiral_game *game)
{
    const struct spiral_plan *plan = game->session->plan; /* of the whole history */
    const size_t entries = game->scenario.entry_count;
    bool *dropped = calloc(entries + 1, sizeof *dropped);
    enum spiral_status status = dropped == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    for (size_t e = 0; e < entries && status == SPIRAL_OK; e++) {
        const struct spiral_entry *entry = &game->scenario.entries[e];
        const long step = step_of_entry(plan, e);
        const bool asks = entry->kind == SPIRAL_ENTRY_MOVE && spiral_moves[entry->move].consent &&
                          entry->target >= 0 && spiral_game_has_seat(game, entry->target);

        if (step < game->first)
            continue;
        dropped[e] = is_played_over(game, entry) || asks;
        if (asks && !is_played_over(game, entry))
            status =
                add_offer(game, (struct spiral_play_offer){.round = (int)((step - game->first) /
                                                                          game->length),
                                                           .actor = entry->actor,
                                                           .target = entry->target,
                                                           .move = entry->move,
                                                           .weight = entry->weight});
    }

    for (size_t e = entries; e-- > 0 && status == SPIRAL_OK;)
        if (dropped[e])
            spiral_edit_drop(&game->scenario, e);
    free(dropped);

    return status;
}

/* Adds an act to what is run. `source` says whose it is, for the scenario as a file. */
static enum spiral_status add_move(struct spiral_game *game, double date, const char *date_text,
                                   int actor, int move, int target, double weight,
                                   const char *source)
{
    struct spiral_entry *entry =
        spiral_edit_append(&game->scenario, SPIRAL_ENTRY_MOVE, actor, date, date_text);

    if (entry == NULL)
        return SPIRAL_NO_MEMORY;
    entry->target = target;
    entry->move = move;
    entry->weight = weight;
    entry->source = strdup(source);

    return entry->source == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;
}

/* What the facilitator's events do in the model. Those before the first round are told, and do
 * nothing: the past is history's. Those of the day on which it begins act on the first day
 * after. */
static enum spiral_status add_events(struct spiral_game *game)
{
    const double begin = spiral_game_date(game, 0);
    enum spiral_status status = SPIRAL_OK;
    char first_day[12];
    double first_date = begin;

    spiral_session_first_day_after(begin, game->session->plan->dt, first_day);
    spiral_date_parse(first_day, &first_date);

    for (size_t e = 0; e < game->setup.events.count; e++) {
        const struct spiral_play_event *event = &game->setup.events.items[e];
        const bool at_once = event->date < first_date;
        if (event->date < begin - 1e-9)
            continue;
        for (size_t m = 0; m < event->move_count && status == SPIRAL_OK; m++)
            status = add_move(game, at_once ? first_date : event->date,
                              at_once ? first_day : event->date_text, event->moves[m].actor,
                              event->moves[m].move, event->moves[m].target, event->moves[m].weight,
                              "the facilitator");
    }

    return status;
}

/* Runs `scenario` anew, up to the beginning of a round: the one way in which anything is run, so
 * that a game and its replay are the same by construction. */
static enum spiral_status run_up_to(struct spiral_game *game, int round, struct spiral_error *error)
{
    struct spiral_session *session;
    const enum spiral_status status =
        spiral_session_create(&session, &game->scenario, &game->constants, &game->options,
                              game->setup.seed, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_session_destroy(game->session);
    game->session = session;
    spiral_session_seek(session, spiral_game_step(game, round));

    return SPIRAL_OK;
}

/* --- life ------------------------------------------------------------------------------------- */

/* Where the rounds lie in the case. */
static enum spiral_status place_rounds(struct spiral_game *game, struct spiral_error *error)
{
    struct spiral_play_setup *setup = &game->setup;
    const struct spiral_plan *plan = game->session->plan;
    const double start = setup->from_given ? setup->from : plan->start;
    const double steps = (start - plan->start) / plan->dt;
    const double length = setup->years / plan->dt;
    char date[12];

    game->first = (long)floor(steps + 0.5);
    game->length = (long)floor(length + 0.5);
    spiral_date_format(spiral_plan_date(plan, game->first), date);

    if (game->session->stride != 1)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s has %ld steps; a game takes at most %d", game->base.name,
                                plan->steps, SPIRAL_SESSION_SNAPSHOTS - 1);
    if (fabs(steps - (double)game->first) > 1e-4)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a game begins at the beginning of a step; the nearest is %s",
                                date);
    if (fabs(length - (double)game->length) > 1e-4)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a round of %d years is no whole number of steps of %s",
                                setup->years, game->base.name);

    const long fit = (plan->steps - game->first) / game->length;

    if (fit < 1)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "from %s no round of %d years fits before the end of %s", date,
                                setup->years, game->base.name);
    if (setup->rounds > fit)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%d rounds of %d years do not fit between %s and the end of %s; "
                                "%ld do",
                                setup->rounds, setup->years, date, game->base.name, fit);
    if (setup->rounds == 0)
        setup->rounds = fit < SPIRAL_PLAY_ROUNDS ? (int)fit : SPIRAL_PLAY_ROUNDS;
    setup->from = spiral_plan_date(plan, game->first);

    return SPIRAL_OK;
}

/* Seats, rounds and what is run. */
static enum spiral_status set_up(struct spiral_game *game, const struct spiral_play_setup *setup,
                                 struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    game->setup = *setup;
    if (spiral_play_events_copy(&game->setup.events, &setup->events) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");
    game->options.war_ends = setup->war_ends;
    for (size_t i = 0; i < setup->setting_count && status == SPIRAL_OK; i++)
        status = spiral_parameter_set(&game->base, &game->constants, setup->settings[i].name,
                                      setup->settings[i].value, error);
    if (status != SPIRAL_OK)
        return status;
    if (setup->seat_count == 0)
        seat_usual_states(&game->setup, &game->base);

    /* history first: its plan says in which step each entry acts */
    if (spiral_scenario_copy(&game->scenario, &game->base) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");
    status = spiral_session_create(&game->session, &game->scenario, &game->constants,
                                   &game->options, setup->seed, error);
    if (status == SPIRAL_OK)
        status = place_rounds(game, error);
    if (status != SPIRAL_OK)
        return status;

    game->turns = calloc((size_t)game->setup.rounds * game->setup.seat_count, sizeof *game->turns);
    if (game->turns == NULL || drop_what_is_played(game) != SPIRAL_OK ||
        add_events(game) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");

    return run_up_to(game, 0, error);
}

enum spiral_status spiral_game_create(struct spiral_game **out,
                                      const struct spiral_scenario *scenario,
                                      const struct spiral_constants *constants,
                                      const struct spiral_play_setup *setup,
                                      struct spiral_error *error)
{
    struct spiral_game *game = calloc(1, sizeof *game);

    *out = NULL;
    if (game == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");
    game->scenario = spiral_scenario_defaults();
    game->constants = *constants;
    game->options = spiral_plan_options_defaults();

    enum spiral_status status = spiral_scenario_copy(&game->base, scenario);

    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for a game");
    else
        status = set_up(game, setup, error);

    if (status == SPIRAL_OK)
        *out = game;
    else
        spiral_game_destroy(game);

    return status;
}

void spiral_game_destroy(struct spiral_game *game)
{
    if (game == NULL)
        return;
    spiral_session_destroy(game->session);
    spiral_scenario_clear(&game->scenario);
    spiral_scenario_clear(&game->base);
    spiral_play_events_clear(&game->setup.events);
    free(game->turns);
    free(game->offers);
    free(game);
}

/* --- moves ------------------------------------------------------------------------------------ */

/* Whether a move changes the tie with a patron as it is now: what is taken back must be there. */
static bool changes_patron(const struct spiral_game *game, int actor, int move, int target)
{
    const struct spiral_layout *layout = &game->session->plan->layout;
    const struct spiral_move_effect *effect = &spiral_moves[move];
    const struct spiral_snapshot *now = &game->session->snapshots[game->session->present];
    const int k = spiral_layout_patron(layout, actor == layout->small ? target : actor);
    const double there[] = {now->commitment[k], now->aspiration[k], now->presence[k], now->aid[k]};
    const double change[] = {effect->commitment, effect->aspiration, effect->presence, effect->aid};
    bool changes = effect->floor > now->floor[k] || (effect->floor < 0.0 && now->floor[k] > 0.0);

    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        changes =
            changes || (change[i] > 0.0 && there[i] < 1.0) || (change[i] < 0.0 && there[i] > 0.0);

    return changes;
}

/* Whether a move does anything between two states, by what it acts on (sim/moves.def). */
static bool has_effect(const struct spiral_game *game, int actor, int move, int target)
{
    const struct spiral_layout *layout = &game->session->plan->layout;
    const struct spiral_move_effect *effect = &spiral_moves[move];
    const bool tie = target >= 0 && spiral_layout_tie(layout, actor, target) >= 0;
    const bool patron = target >= 0 && (actor == layout->small || target == layout->small);
    const bool on_tie = effect->reassurance != 0.0 || effect->interdependence != 0.0 ||
                        effect->othering != 0.0 || effect->grievance != 0.0;

    return effect->arms != 0.0 || (tie && on_tie) ||
           (patron && changes_patron(game, actor, move, target));
}

enum spiral_play_word spiral_game_objection(const struct spiral_game *game, int state, int move,
                                            int target)
{
    const struct spiral_move_effect *effect = &spiral_moves[move];

    if (target < 0)
        return move == SPIRAL_MOVE_arm || move == SPIRAL_MOVE_disarm
                   ? SPIRAL_PLAY_WORD_ok
                   : SPIRAL_PLAY_WORD_needs_target;
    if (target == state || spiral_scenario_find_pair(&game->base, state, target) == NULL)
        return SPIRAL_PLAY_WORD_no_pair;

    /* arms are for all to see; to give them up reassures a neighbour, and is a move towards it */
    if (move == SPIRAL_MOVE_arm ||
        (move == SPIRAL_MOVE_disarm &&
         spiral_layout_tie(&game->session->plan->layout, state, target) < 0))
        return SPIRAL_PLAY_WORD_no_target;

    /* what raises the aspiration without anybody's consent is the small state's own wish */
    if (effect->aspiration > 0.0 && !effect->consent && state != game->base.small)
        return SPIRAL_PLAY_WORD_only_small;

    return has_effect(game, state, move, target) ? SPIRAL_PLAY_WORD_ok : SPIRAL_PLAY_WORD_no_effect;
}

size_t spiral_game_moves(const struct spiral_game *game, int state, struct spiral_play_act *acts,
                         size_t room)
{
    size_t count = 0;

    for (int move = 0; move < SPIRAL_MOVES; move++)
        for (int target = -1; target < (int)game->base.state_count; target++)
            if (spiral_game_objection(game, state, move, target) == SPIRAL_PLAY_WORD_ok) {
                if (count < room)
                    acts[count] = (struct spiral_play_act){move, target};
                count++;
            }

    return count;
}

/* --- a turn ----------------------------------------------------------------------------------- */

struct spiral_play_turn spiral_game_blank(const struct spiral_game *game)
{
    return (struct spiral_play_turn){.round = game->round + 1,
                                     .seat = spiral_game_state(game),
                                     .course = -1};
}

bool spiral_play_clean(const char *given, char intention[SPIRAL_PLAY_INTENTION])
{
    struct spiral_foreign_letter letter;
    size_t length = 0;

    for (; (letter = spiral_foreign_letter(given)).length > 0; given += letter.length) {
        const bool broken = letter.code == 0xfffd;
        const char *text = letter.code < ' ' || letter.code == 0x7f ? " "
                           : broken                                 ? "\xef\xbf\xbd"
                                                                    : given;
        const size_t size = text == given ? letter.length : strlen(text);
        if (length + size >= SPIRAL_PLAY_INTENTION)
            return false;
        memcpy(intention + length, text, size);
        length += size;
    }

    intention[length] = '\0';

    return true;
}

/* Whether a seat may take a course: the presets of its role. */
static bool is_course_of(const struct spiral_game *game, int state, int course)
{
    return spiral_doctrines[course].role == game->base.states[state].role;
}

static enum spiral_status check_moves(const struct spiral_game *game,
                                      const struct spiral_play_turn *turn,
                                      struct spiral_error *error)
{
    const char *id = game->base.states[turn->seat].id;

    for (size_t m = 0; m < turn->move_count; m++) {
        const struct spiral_play_act *act = &turn->moves[m];
        const char *name = spiral_moves[act->move].name;
        const enum spiral_play_word objection =
            spiral_game_objection(game, turn->seat, act->move, act->target);

        if (objection != SPIRAL_PLAY_WORD_ok)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s%s%s: %s: %s", id,
                                    act->target < 0 ? "" : " to ",
                                    act->target < 0 ? "" : game->base.states[act->target].id, name,
                                    spiral_play_word(objection, "en"));
        for (size_t before = 0; before < m; before++)
            if (turn->moves[before].move == act->move && turn->moves[before].target == act->target)
                return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: duplicate move '%s'", id,
                                        name);
    }

    return SPIRAL_OK;
}

static enum spiral_status check_answers(const struct spiral_game *game,
                                        const struct spiral_play_turn *turn,
                                        struct spiral_error *error)
{
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count = spiral_game_proposals(game, turn->seat, index);

    for (size_t a = 0; a < turn->accept_count; a++) {
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found = found || (game->offers[index[i]].actor == turn->accepts[a].from &&
                              game->offers[index[i]].move == turn->accepts[a].move);
        if (!found)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%s has not proposed '%s' to %s in the round before",
                                    game->base.states[turn->accepts[a].from].id,
                                    spiral_moves[turn->accepts[a].move].name,
                                    game->base.states[turn->seat].id);
    }

    return SPIRAL_OK;
}

static enum spiral_status check_turn(const struct spiral_game *game,
                                     const struct spiral_play_turn *turn,
                                     struct spiral_error *error)
{
    if (game->phase != SPIRAL_PLAY_TURN && game->phase != SPIRAL_PLAY_HANDOVER)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the game has no turn now");
    if (turn->round != game->round + 1 || turn->seat != spiral_game_state(game))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "expected the turn of %s in round %d; turns are in order of rounds, "
            "and of seats within each",
            game->base.states[spiral_game_state(game)].id, game->round + 1);
    if (turn->course >= 0 && !is_course_of(game, turn->seat, turn->course))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' is a course of a state with the role %s; %s is %s",
                                spiral_doctrines[turn->course].name,
                                spiral_role_names[spiral_doctrines[turn->course].role],
                                game->base.states[turn->seat].id,
                                spiral_role_names[game->base.states[turn->seat].role]);

    const enum spiral_status status = check_moves(game, turn, error);

    return status == SPIRAL_OK ? check_answers(game, turn, error) : status;
}

/* --- a round ---------------------------------------------------------------------------------- */

/* A round that is being prepared: everything is done on its first day. */
struct opening {
    struct spiral_game *game;
    double date;
    char text[12];
};

static enum spiral_status do_move(const struct opening *opening, int actor, int move, int target,
                                  double weight, const char *source)
{
    return add_move(opening->game, opening->date, opening->text, actor, move, target, weight,
                    source);
}

/* Whether a state that nobody plays consents to a move. */
static bool consents(const struct spiral_game *game, int state, int actor, int move)
{
    const double *doctrine =
        spiral_edit_doctrine_at(&game->scenario, state, spiral_game_date(game, game->round));
    const int patron = spiral_layout_patron(&game->session->plan->layout,
                                            state == game->base.small ? actor : state);

    if (state == game->base.small)
        return doctrine[SPIRAL_DOCTRINE_align] >= 0.5;

    const double commitment = game->session->snapshots[game->session->present].commitment[patron] +
                              spiral_moves[move].commitment;

    return fmin(commitment, 1.0) <= doctrine[SPIRAL_DOCTRINE_extend];
}

/* A move of a seat: an act, or a proposal. */
static enum spiral_status make_move(const struct opening *opening, int actor,
                                    const struct spiral_play_act *act)
{
    struct spiral_game *game = opening->game;
    struct spiral_play_offer offer = {.round = game->round,
                                      .actor = actor,
                                      .target = act->target,
                                      .move = act->move,
                                      .weight = 1.0};

    if (!spiral_moves[act->move].consent)
        return do_move(opening, actor, act->move, act->target, 1.0, "played");

    if (!spiral_game_has_seat(game, act->target)) {
        offer.reply = consents(game, act->target, actor, act->move) ? SPIRAL_PLAY_ACCEPTED
                                                                    : SPIRAL_PLAY_REFUSED;
        if (offer.reply == SPIRAL_PLAY_ACCEPTED &&
            do_move(opening, actor, act->move, act->target, 1.0, "played") != SPIRAL_OK)
            return SPIRAL_NO_MEMORY;
    }

    return add_offer(game, offer);
}

/* What a seat answers to what was proposed in the round before. */
static enum spiral_status answer_proposals(const struct opening *opening,
                                           const struct spiral_play_turn *turn)
{
    struct spiral_game *game = opening->game;
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count = spiral_game_proposals(game, turn->seat, index);

    for (size_t i = 0; i < count; i++) {
        struct spiral_play_offer *offer = &game->offers[index[i]];
        offer->reply = SPIRAL_PLAY_REFUSED;
        for (size_t a = 0; a < turn->accept_count; a++)
            if (turn->accepts[a].from == offer->actor && turn->accepts[a].move == offer->move)
                offer->reply = SPIRAL_PLAY_ACCEPTED;
        if (offer->reply == SPIRAL_PLAY_ACCEPTED &&
            do_move(opening, offer->actor, offer->move, offer->target, offer->weight, "played") !=
                SPIRAL_OK)
            return SPIRAL_NO_MEMORY;
    }

    return SPIRAL_OK;
}

static enum spiral_status apply_turn(const struct opening *opening,
                                     const struct spiral_play_turn *turn)
{
    struct spiral_game *game = opening->game;
    enum spiral_status status = SPIRAL_OK;

    if (turn->course >= 0) {
        struct spiral_entry *entry =
            spiral_edit_turn(&game->scenario, turn->seat, &spiral_doctrines[turn->course],
                             opening->date, opening->text);
        if (entry == NULL || (entry->source = strdup("played")) == NULL)
            status = SPIRAL_NO_MEMORY;
    }

    if (status == SPIRAL_OK)
        status = answer_proposals(opening, turn);
    for (size_t m = 0; m < turn->move_count && status == SPIRAL_OK; m++)
        status = make_move(opening, turn->seat, &turn->moves[m]);

    return status;
}

/* --- policies --------------------------------------------------------------------------------- */

/* What a state did to another in the round before: > 0 confrontation, < 0 conciliation. Arms are
 * meant for everybody. */
static int conduct_of(const struct spiral_game *game, int actor, int target)
{
    int sum = 0;

    for (size_t e = 0; e < game->scenario.entry_count; e++) {
        const struct spiral_entry *entry = &game->scenario.entries[e];
        if (entry->kind == SPIRAL_ENTRY_MOVE && entry->actor == actor &&
            (entry->target == target || entry->target < 0) &&
            spiral_game_acts_in(game, entry, game->round - 1))
            sum += spiral_moves[entry->move].direction;
    }

    return sum;
}

/* A policy's act towards one state, or -1. */
static int policy_move(const struct spiral_game *game, enum spiral_play_policy policy, int state,
                       int other)
{
    switch (policy) {
    case SPIRAL_POLICY_tit_for_tat: {
        const int conduct = game->round == 0 ? -1 : conduct_of(game, other, state);
        return conduct < 0 ? SPIRAL_MOVE_dialogue : conduct > 0 ? SPIRAL_MOVE_rupture : -1;
    }
    case SPIRAL_POLICY_grit:
        return game->round > 0 && spiral_game_highest(game, game->round - 1) >= 4
                   ? -1
                   : SPIRAL_MOVE_dialogue;
    default: return -1;
    }
}

static enum spiral_status play_empty_seats(const struct opening *opening)
{
    const struct spiral_game *game = opening->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    enum spiral_status status = SPIRAL_OK;

    for (int state = 0; state < (int)game->base.state_count; state++)
        for (int other = 0; other < (int)game->base.state_count && status == SPIRAL_OK; other++) {
            if (spiral_game_has_seat(game, state) || state == other ||
                spiral_layout_tie(layout, state, other) < 0)
                continue;
            const int move =
                policy_move(game, (enum spiral_play_policy)game->setup.policy[state], state, other);
            if (move >= 0 && spiral_game_objection(game, state, move, other) == SPIRAL_PLAY_WORD_ok)
                status = do_move(opening, state, move, other, 1.0, "a policy");
        }

    return status;
}

/* All have chosen: their choices act on the first day of the round, and it runs. What was added is
 * taken back where it cannot. */
static enum spiral_status run_round(struct spiral_game *game, struct spiral_error *error)
{
    struct opening opening = {.game = game};
    struct spiral_scenario before;
    const size_t offers = game->offer_count;
    const double begin = spiral_game_date(game, game->round);

    if (spiral_scenario_copy(&before, &game->scenario) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a round");
    spiral_session_first_day_after(begin, game->session->plan->dt, opening.text);
    spiral_date_parse(opening.text, &opening.date);

    enum spiral_status status = SPIRAL_OK;

    for (size_t s = 0; s < game->setup.seat_count && status == SPIRAL_OK; s++)
        status = apply_turn(&opening, spiral_game_turn(game, game->round, s));
    if (status == SPIRAL_OK)
        status = play_empty_seats(&opening);
    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for a round");
    else
        status = run_up_to(game, game->round + 1, error);

    if (status != SPIRAL_OK) {
        spiral_scenario_clear(&game->scenario);
        game->scenario = before;
        game->offer_count = offers;
        for (size_t o = 0; o < offers; o++)
            if (game->offers[o].round == game->round - 1 &&
                spiral_game_has_seat(game, game->offers[o].target))
                game->offers[o].reply = SPIRAL_PLAY_OPEN;
        return status;
    }

    spiral_scenario_clear(&before);

    return SPIRAL_OK;
}

enum spiral_status spiral_game_decide(struct spiral_game *game, const struct spiral_play_turn *turn,
                                      struct spiral_error *error)
{
    enum spiral_status status = check_turn(game, turn, error);

    if (status != SPIRAL_OK)
        return status;
    game->turns[game->turn_count++] = *turn;

    if (game->seat + 1 < game->setup.seat_count) {
        game->seat++;
        game->phase = SPIRAL_PLAY_HANDOVER;
        return SPIRAL_OK;
    }

    status = run_round(game, error);
    if (status == SPIRAL_OK)
        game->phase = SPIRAL_PLAY_NEWS;
    else
        game->turn_count--;

    return status;
}

void spiral_game_go_on(struct spiral_game *game)
{
    if (game->phase == SPIRAL_PLAY_HANDOVER) {
        game->phase = SPIRAL_PLAY_TURN;
    } else if (game->phase == SPIRAL_PLAY_NEWS) {
        game->seat = 0;
        game->round++;
        game->phase = game->round == game->setup.rounds ? SPIRAL_PLAY_END : SPIRAL_PLAY_HANDOVER;
    }
}

/* --- what has happened ------------------------------------------------------------------------ */

const struct spiral_play_turn *spiral_game_turn(const struct spiral_game *game, int round,
                                                size_t seat)
{
    const size_t turn = (size_t)round * game->setup.seat_count + seat;
    return turn < game->turn_count ? &game->turns[turn] : NULL;
}

double spiral_game_fear(const struct spiral_game *game, int of, int about, long step)
{
    const int perception = spiral_layout_perception(&game->session->plan->layout, of, about);
    return perception < 0 ? 0.0 : game->session->snapshots[step].threat[perception];
}

double spiral_game_arms(const struct spiral_game *game, int state, long step)
{
    return game->session->snapshots[step].arms[state];
}

double spiral_game_motive(const struct spiral_game *game, int state, long step)
{
    const struct spiral_entry *change =
        spiral_edit_last_change(&game->scenario, SPIRAL_ENTRY_GREED, state,
                                spiral_plan_date(game->session->plan, step));
    return change != NULL ? change->value : game->scenario.states[state].greed;
}

int spiral_game_highest(const struct spiral_game *game, int round)
{
    const int rivals = game->session->plan->layout.count[SPIRAL_OF_RIVAL];
    double highest = 1.0;

    for (long step = spiral_game_step(game, round) + 1; step <= spiral_game_step(game, round + 1);
         step++)
        for (int q = 0; q < rivals; q++)
            highest = fmax(highest, game->session->snapshots[step].hostility[q]);

    return (int)highest;
}

int spiral_game_observed(const struct spiral_game *game, int round)
{
    const int rivals = game->session->plan->layout.count[SPIRAL_OF_RIVAL];
    int highest = 0;

    for (long step = spiral_game_step(game, round) + 1; step <= spiral_game_step(game, round + 1);
         step++)
        for (int q = 0; q < rivals; q++) {
            const int level = spiral_session_observed(game->session, q, step);
            highest = level > highest ? level : highest;
        }

    return highest;
}
