/* SPDX-License-Identifier: MIT
 *
 * What is shown of a game: the curves and the text of each phase. This file is the curtain: in a
 * turn it reads of the run what the seat perceives and what is public, and nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "render/live/play.h"
#include "scenarios/loader/text_stream.h"
#include "sim/labels.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

/* --- curves ----------------------------------------------------------------------------------- */

/* A number that the last step calculated for a patron, in a snapshot. */
#define DERIVED(snapshot, member, index) \
    ((snapshot)->derived[offsetof(struct spiral_lanes_derived, member) / sizeof(spiral_lane) + \
                         (size_t)(index)])

void spiral_play_sight_clear(struct spiral_play_sight *sight)
{
    free(sight->date);
    free(sight->arms);
    for (size_t i = 0; i < sight->about_count; i++)
        free(sight->threat[i]);

    for (size_t i = 0; i < sight->patron_count; i++) {
        free(sight->pledged[i]);
        free(sight->believed[i]);
    }

    *sight = (struct spiral_play_sight){.count = 0};
}

/* The perceptions and ties of a state; the room for their curves. False where there is no
 * memory. */
static bool make_room(const struct spiral_layout *layout, int state,
                      struct spiral_play_sight *sight)
{
    bool complete = true;

    sight->date = calloc(sight->count, sizeof *sight->date);
    sight->arms = calloc(sight->count, sizeof *sight->arms);
    complete = sight->date != NULL && sight->arms != NULL;

    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        if (layout->perceptions[p].of != state)
            continue;
        const size_t i = sight->about_count++;
        sight->about[i] = layout->perceptions[p].about;
        sight->threat[i] = calloc(sight->count, sizeof **sight->threat);
        complete = complete && sight->threat[i] != NULL;
    }

    for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++) {
        const int patron = layout->patrons[k];
        if (layout->role[patron] != SPIRAL_OFFSHORE || (state != layout->small && state != patron))
            continue;
        const size_t i = sight->patron_count++;
        sight->patron[i] = state == patron ? layout->small : patron;
        sight->pledged[i] = calloc(sight->count, sizeof **sight->pledged);
        complete = complete && sight->pledged[i] != NULL;
        if (state != layout->small)
            continue;
        sight->believed[i] = calloc(sight->count, sizeof **sight->believed);
        complete = complete && sight->believed[i] != NULL;
    }

    return complete;
}

static void look_at_step(const struct spiral_game *game, int state, long step,
                         struct spiral_play_sight *sight)
{
    const struct spiral_layout *layout = &game->session->plan->layout;
    const struct spiral_snapshot *now = &game->session->snapshots[step];
    /* at the start what only a step calculates is that of the first step */
    const struct spiral_snapshot *derived = &game->session->snapshots[step > 0 ? step : 1];

    sight->date[step] = spiral_plan_date(game->session->plan, step);
    sight->arms[step] = now->arms[state];
    for (size_t i = 0; i < sight->about_count; i++)
        sight->threat[i][step] =
            now->threat[spiral_layout_perception(layout, state, sight->about[i])];

    for (size_t i = 0; i < sight->patron_count; i++) {
        const int patron =
            spiral_layout_patron(layout, state == layout->small ? sight->patron[i] : state);
        sight->pledged[i][step] = now->commitment[patron];
        if (sight->believed[i] != NULL)
            sight->believed[i][step] = DERIVED(derived, believed, patron);
    }
}

enum spiral_status spiral_play_sight_of(const struct spiral_game *game, int state,
                                        struct spiral_play_sight *sight)
{
    *sight = (struct spiral_play_sight){.count = (size_t)game->session->present + 1};

    if (!make_room(&game->session->plan->layout, state, sight)) {
        spiral_play_sight_clear(sight);
        return SPIRAL_NO_MEMORY;
    }

    for (long step = 0; step <= game->session->present; step++)
        look_at_step(game, state, step, sight);

    return SPIRAL_OK;
}

/* --- text ------------------------------------------------------------------------------------- */

/* A text that is being written. */
struct telling {
    const struct spiral_game *game;
    const char *language;
    FILE *out;
    bool *complete; /* false where a part had no memory */
};

static const char *word(const struct telling *telling, enum spiral_play_word which)
{
    return spiral_play_word(which, telling->language);
}

static const char *name(const struct telling *telling, int state)
{
    return spiral_game_name(telling->game, state, telling->language);
}

static const char *label(const char *language, const char *en, const char *zh)
{
    return strcmp(language, "zh") == 0 ? zh : en;
}

static const char *move_label(const struct telling *telling, int move)
{
    return label(telling->language, spiral_moves[move].label_en, spiral_moves[move].label_zh);
}

static const char *level_label(const char *language, int level)
{
    return label(language, spiral_level_labels[level - 1].en, spiral_level_labels[level - 1].zh);
}

static void head(const struct telling *telling, enum spiral_play_word which)
{
    fprintf(telling->out, "\n## %s\n", word(telling, which));
}

void spiral_game_write_title(const struct spiral_game *game, int round, const char *language,
                             FILE *out)
{
    char begin[12];
    char end[12];

    spiral_date_format(spiral_game_date(game, round), begin);
    spiral_date_format(spiral_game_date(game, round + 1), end);
    fprintf(out, spiral_play_word(SPIRAL_PLAY_WORD_round_title, language), round + 1, begin, end);
}

static void tell_round(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;
    char begin[12];
    char end[12];

    spiral_date_format(spiral_game_date(game, game->round), begin);
    spiral_date_format(spiral_game_date(game, game->round + 1), end);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_round_of), game->round + 1,
            game->setup.rounds, begin, end);
    fputc('\n', telling->out);
}

const char *spiral_game_course(const struct spiral_game *game,
                               const struct spiral_scenario *scenario, int state, int round,
                               const char *language)
{
    const double *number =
        spiral_edit_doctrine_at(scenario, state,
                                spiral_game_date(game, round) + 0.5 * game->session->plan->dt);

    for (int d = 0; d < SPIRAL_DOCTRINES; d++)
        if (memcmp(spiral_doctrines[d].number, number, sizeof spiral_doctrines[d].number) == 0)
            return label(language, spiral_doctrines[d].label_en, spiral_doctrines[d].label_zh);

    return label(language, "its own", "自定");
}

/* --- acts ------------------------------------------------------------------------------------- */

/* What an entry does, in a word. */
static const char *deed_of(const struct spiral_entry *entry, const char *language)
{
    if (entry->kind == SPIRAL_ENTRY_MOVE)
        return label(language, spiral_moves[entry->move].label_en,
                     spiral_moves[entry->move].label_zh);

    const struct spiral_doctrine *preset = spiral_doctrine_find(entry->doctrine_name);

    return preset == NULL ? label(language, "a course of its own", "自定战略")
                          : label(language, preset->label_en, preset->label_zh);
}

/* An act with its caption. */
static void caption_act(const struct spiral_entry *entry, const char *act, const char *language,
                        char text[SPIRAL_PLAY_ACT])
{
    if (entry->caption.count > 0)
        snprintf(text, SPIRAL_PLAY_ACT, spiral_play_word(SPIRAL_PLAY_WORD_act_captioned, language),
                 act, spiral_text_get(&entry->caption, language));
    else
        snprintf(text, SPIRAL_PLAY_ACT, "%s", act);
}

void spiral_game_describe_entry(const struct spiral_game *game, const struct spiral_entry *entry,
                                const char *language, char text[SPIRAL_PLAY_ACT])
{
    char act[SPIRAL_PLAY_ACT / 2];
    const char *actor = spiral_game_name(game, entry->actor, language);

    if (entry->target >= 0)
        snprintf(act, sizeof act, spiral_play_word(SPIRAL_PLAY_WORD_act_to, language), actor,
                 spiral_game_name(game, entry->target, language), deed_of(entry, language));
    else
        snprintf(act, sizeof act, spiral_play_word(SPIRAL_PLAY_WORD_act_alone, language), actor,
                 deed_of(entry, language));
    caption_act(entry, act, language, text);
}

/* The same without the actor, where it is known who acts. */
static void describe_own(const struct spiral_game *game, const struct spiral_entry *entry,
                         const char *language, char text[SPIRAL_PLAY_ACT])
{
    char act[SPIRAL_PLAY_ACT / 2];

    snprintf(act, sizeof act, "%s", deed_of(entry, language));
    if (entry->target >= 0)
        snprintf(act, sizeof act, spiral_play_word(SPIRAL_PLAY_WORD_act_own, language),
                 spiral_game_name(game, entry->target, language), deed_of(entry, language));
    caption_act(entry, act, language, text);
}

/* The entry of a scenario that acts next in a round, after `last` (NULL: the first) by date and
 * order; NULL where there is none. */
static const struct spiral_entry *next_entry(const struct spiral_game *game,
                                             const struct spiral_scenario *scenario, int round,
                                             const struct spiral_entry *last)
{
    const struct spiral_entry *next = NULL;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        const bool later =
            last == NULL || entry->date > last->date || (entry->date == last->date && entry > last);
        if (later && spiral_game_acts_in(game, entry, round) &&
            (next == NULL || entry->date < next->date))
            next = entry;
    }

    return next;
}

void spiral_game_write_acts(const struct spiral_game *game, const struct spiral_scenario *scenario,
                            int state, int round, bool courses, const char *language, FILE *out)
{
    char text[SPIRAL_PLAY_ACT];
    int count = 0;

    for (const struct spiral_entry *entry = NULL;
         (entry = next_entry(game, scenario, round, entry)) != NULL;) {
        if (entry->actor != state || (entry->kind != SPIRAL_ENTRY_MOVE &&
                                      !(courses && entry->kind == SPIRAL_ENTRY_DOCTRINE)))
            continue;
        describe_own(game, entry, language, text);
        fprintf(out, "%s%s", count++ > 0 ? label(language, "; ", "；") : "", text);
    }

    if (count == 0)
        fputs(spiral_play_word(SPIRAL_PLAY_WORD_nothing, language), out);
}

/* What could be seen in a round: the moves of all. */
static void tell_acts(const struct telling *telling, int round)
{
    const struct spiral_game *game = telling->game;
    char text[SPIRAL_PLAY_ACT];
    char date[12];
    int count = 0;

    for (const struct spiral_entry *entry = NULL;
         (entry = next_entry(game, &game->scenario, round, entry)) != NULL;) {
        if (entry->kind != SPIRAL_ENTRY_MOVE)
            continue;
        spiral_game_describe_entry(game, entry, telling->language, text);
        spiral_date_format(entry->date, date);
        fprintf(telling->out, "- %s  %s\n", date, text);
        count++;
    }

    if (count == 0)
        fprintf(telling->out, "%s\n", word(telling, SPIRAL_PLAY_WORD_nothing_done));
}

/* The facilitator's events of a time, after `from` up to `until`: those for all, and those for a
 * state (-1: none). */
static void tell_events(const struct telling *telling, double from, double until, int state)
{
    const struct spiral_play_events *events = &telling->game->setup.events;
    bool first = true;

    for (size_t e = 0; e < events->count; e++) {
        const struct spiral_play_event *event = &events->items[e];
        const bool alone = !event->everybody;
        if (!(event->date > from + 1e-9 && event->date <= until + 1e-9) ||
            (alone && (state < 0 || !event->to[state])))
            continue;
        if (first)
            head(telling, SPIRAL_PLAY_WORD_news);
        first = false;
        fprintf(telling->out, "- %s  %s%s%s\n", event->date_text,
                alone ? word(telling, SPIRAL_PLAY_WORD_for_you) : "", alone ? " " : "",
                spiral_text_get(&event->text, telling->language));
    }
}

/* --- a turn ----------------------------------------------------------------------------------- */

static void tell_perceptions(const struct telling *telling, int state)
{
    const struct spiral_game *game = telling->game;
    struct spiral_play_sight sight;

    if (spiral_play_sight_of(game, state, &sight) != SPIRAL_OK)
        return;

    const size_t now = sight.count - 1;
    const size_t before = now > (size_t)game->length ? now - (size_t)game->length : 0;

    head(telling, SPIRAL_PLAY_WORD_your_fear);
    for (size_t i = 0; i < sight.about_count; i++) {
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_fear_of),
                name(telling, sight.about[i]), sight.threat[i][now], sight.threat[i][before]);
        fputc('\n', telling->out);
    }

    head(telling, SPIRAL_PLAY_WORD_your_means);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_arms), sight.arms[now],
            sight.arms[before]);
    fputc('\n', telling->out);

    for (size_t i = 0; i < sight.patron_count; i++) {
        if (sight.believed[i] != NULL)
            fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_believed),
                    name(telling, sight.patron[i]), sight.believed[i][now], sight.pledged[i][now]);
        else
            fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_pledged),
                    name(telling, sight.patron[i]), sight.pledged[i][now]);
        fputc('\n', telling->out);
    }

    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_course_now),
            spiral_game_course(game, &game->scenario, state, game->round, telling->language));
    fputc('\n', telling->out);
    spiral_play_sight_clear(&sight);
}

/* Hostility of a rival pair: after a step, and the highest of a round. */
static int level_at(const struct spiral_game *game, int rival, long step)
{
    return (int)game->session->snapshots[step].hostility[rival];
}

static int highest_of(const struct spiral_game *game, int rival, int round)
{
    int highest = 1;

    for (long step = spiral_game_step(game, round) + 1; step <= spiral_game_step(game, round + 1);
         step++) {
        const int level = level_at(game, rival, step);
        highest = level > highest ? level : highest;
    }

    return highest;
}

static void tell_ladder(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;
    const struct spiral_layout *layout = &game->session->plan->layout;

    head(telling, SPIRAL_PLAY_WORD_ladder);

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        const char *small = name(telling, layout->small);
        const char *neighbour = name(telling, layout->rivals[q].neighbour);
        const int now = level_at(game, q, game->session->present);

        if (game->round == 0) {
            fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_ladder_first), small, neighbour,
                    now, level_label(telling->language, now));
        } else {
            const int highest = highest_of(game, q, game->round - 1);
            fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_ladder_now), small, neighbour, now,
                    level_label(telling->language, now), highest,
                    level_label(telling->language, highest));
        }

        fputc('\n', telling->out);
    }
}

static void tell_proposals(const struct telling *telling, int state)
{
    const struct spiral_game *game = telling->game;
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count = spiral_game_proposals(game, state, index);
    bool first = true;

    if (count > 0)
        head(telling, SPIRAL_PLAY_WORD_table);

    for (size_t i = 0; i < count; i++) {
        const struct spiral_play_offer *offer = &game->offers[index[i]];
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_proposal), name(telling, offer->actor),
                move_label(telling, offer->move));
        fputc('\n', telling->out);
    }

    /* answers to its own, as far as they were given before the present round */
    for (size_t o = 0; o < game->offer_count; o++) {
        const struct spiral_play_offer *offer = &game->offers[o];
        const bool by_seat = offer->actor == state && offer->round < game->round;
        const bool answered = offer->reply != SPIRAL_PLAY_OPEN;
        if (!by_seat || !answered || offer->round < game->round - 2)
            continue;
        if (first)
            head(telling, SPIRAL_PLAY_WORD_your_offers);
        first = false;
        fprintf(telling->out,
                word(telling, offer->reply == SPIRAL_PLAY_ACCEPTED ? SPIRAL_PLAY_WORD_was_accepted
                                                                   : SPIRAL_PLAY_WORD_was_refused),
                move_label(telling, offer->move), name(telling, offer->target));
        fputc('\n', telling->out);
    }
}

static void tell_own_words(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;

    if (game->round == 0)
        return;
    head(telling, SPIRAL_PLAY_WORD_your_words);

    for (int round = 0; round < game->round; round++) {
        const struct spiral_play_turn *turn = spiral_game_turn(game, round, game->seat);
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_words_item), round + 1,
                turn->intention[0] != '\0' ? turn->intention : "-");
        fputc('\n', telling->out);
    }
}

static void tell_turn(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;
    const int state = spiral_game_state(game);
    const enum spiral_role role = game->base.states[state].role;
    static const enum spiral_play_word role_words[SPIRAL_ROLES] = {
        [SPIRAL_SMALL] = SPIRAL_PLAY_WORD_role_small,
        [SPIRAL_NEIGHBOUR] = SPIRAL_PLAY_WORD_role_neighbour,
        [SPIRAL_OFFSHORE] = SPIRAL_PLAY_WORD_role_offshore};
    const double now = spiral_game_date(game, game->round);

    fputs("# ", telling->out);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_you_are), name(telling, state));
    fputc('\n', telling->out);
    tell_round(telling);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_role), word(telling, role_words[role]),
            spiral_game_motive(game, state, game->session->present));
    fputc('\n', telling->out);
    tell_perceptions(telling, state);
    tell_ladder(telling);

    if (game->round > 0) {
        head(telling, SPIRAL_PLAY_WORD_acts);
    } else {
        fputs("\n## ", telling->out);
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_acts_before), game->setup.years);
        fputc('\n', telling->out);
    }

    tell_acts(telling, game->round - 1);
    tell_events(telling, now - game->setup.years, now, state);
    tell_proposals(telling, state);
    tell_own_words(telling);
}

/* --- the other phases ------------------------------------------------------------------------- */

static void tell_handover(const struct telling *telling)
{
    const int state = spiral_game_state(telling->game);

    fputs("# ", telling->out);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_hand_over), name(telling, state));
    fputc('\n', telling->out);
    tell_round(telling);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_look_away), name(telling, state));
    fputc('\n', telling->out);
}

static void tell_news(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    char begin[12];
    char end[12];

    spiral_date_format(spiral_game_date(game, game->round), begin);
    spiral_date_format(spiral_game_date(game, game->round + 1), end);
    fputs("# ", telling->out);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_news_of), begin, end);
    fprintf(telling->out, "\n%s\n", word(telling, SPIRAL_PLAY_WORD_look_together));
    head(telling, SPIRAL_PLAY_WORD_ladder);

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        const int highest = highest_of(game, q, game->round);
        const int now = level_at(game, q, game->session->present);
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_highest), name(telling, layout->small),
                name(telling, layout->rivals[q].neighbour), highest,
                level_label(telling->language, highest), now, level_label(telling->language, now));
        fputc('\n', telling->out);
    }

    head(telling, SPIRAL_PLAY_WORD_acts);
    tell_acts(telling, game->round);
    tell_events(telling, spiral_game_date(game, game->round),
                spiral_game_date(game, game->round + 1), -1);
}

/* What a seat thought, feared and did in a round, beside the other's real motive. */
static void tell_seat(const struct telling *telling, int round, size_t seat)
{
    const struct spiral_game *game = telling->game;
    const struct spiral_layout *layout = &game->session->plan->layout;
    const struct spiral_play_turn *turn = spiral_game_turn(game, round, seat);
    const int state = game->setup.seats[seat];
    const long begin = spiral_game_step(game, round);
    const long end = spiral_game_step(game, round + 1);

    if (turn->intention[0] != '\0')
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_thought), name(telling, state),
                turn->intention);
    else
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_no_thought), name(telling, state));

    char *acts = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&acts, &size);

    if (out != NULL)
        spiral_game_write_acts(game, &game->scenario, state, round, false, telling->language, out);
    if (!spiral_text_stream_close(out, &acts))
        *telling->complete = false;

    fputc('\n', telling->out);
    fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_its_course), name(telling, state),
            spiral_game_course(game, &game->scenario, state, round, telling->language),
            acts != NULL ? acts : "?");
    fputc('\n', telling->out);
    free(acts);

    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++) {
        const int about = layout->perceptions[p].about;
        if (layout->perceptions[p].of != state)
            continue;
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_its_fear), name(telling, state),
                name(telling, about), spiral_game_fear(game, state, about, begin),
                spiral_game_fear(game, state, about, end), name(telling, about),
                spiral_game_motive(game, about, begin));
        fputc('\n', telling->out);
    }
}

/* What the states that nobody plays did in a round. */
static void tell_empty_seats(const struct telling *telling, int round)
{
    const struct spiral_game *game = telling->game;

    for (int state = 0; state < (int)game->base.state_count; state++) {
        const struct spiral_play_policy_label *policy =
            &spiral_play_policies[game->setup.policy[state]];
        char *acts = NULL;
        size_t size = 0;
        if (spiral_game_has_seat(game, state))
            continue;

        FILE *out = spiral_text_stream_open(&acts, &size);

        if (out != NULL)
            spiral_game_write_acts(game, &game->scenario, state, round, true, telling->language,
                                   out);

        if (!spiral_text_stream_close(out, &acts)) {
            *telling->complete = false;
            return;
        }

        if (strcmp(acts, word(telling, SPIRAL_PLAY_WORD_nothing)) != 0) {
            fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_empty_did), name(telling, state),
                    label(telling->language, policy->en, policy->zh), acts);
            fputc('\n', telling->out);
        }
        free(acts);
    }
}

static void tell_end(const struct telling *telling)
{
    const struct spiral_game *game = telling->game;
    char observed[64];

    fprintf(telling->out, "# %s\n%s\n", word(telling, SPIRAL_PLAY_WORD_curtain),
            word(telling, SPIRAL_PLAY_WORD_all_shown));

    for (int round = 0; round < game->setup.rounds; round++) {
        const int highest = spiral_game_highest(game, round);
        const int level = spiral_game_observed(game, round);

        fputs("\n## ", telling->out);
        spiral_game_write_title(game, round, telling->language, telling->out);
        fputc('\n', telling->out);
        for (size_t s = 0; s < game->setup.seat_count; s++)
            tell_seat(telling, round, s);
        tell_empty_seats(telling, round);

        snprintf(observed, sizeof observed, "%s", word(telling, SPIRAL_PLAY_WORD_unknown));
        if (level > 0)
            snprintf(observed, sizeof observed, word(telling, SPIRAL_PLAY_WORD_level_item), level,
                     level_label(telling->language, level));
        fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_level_reached), highest,
                level_label(telling->language, highest), observed);
        fputc('\n', telling->out);

        for (size_t s = 0; s < game->setup.seat_count; s++) {
            char *acts = NULL;
            size_t size = 0;
            FILE *out = spiral_text_stream_open(&acts, &size);

            if (out != NULL)
                spiral_game_write_acts(game, &game->base, game->setup.seats[s], round, true,
                                       telling->language, out);

            if (!spiral_text_stream_close(out, &acts)) {
                *telling->complete = false;
                return;
            }

            if (strcmp(acts, word(telling, SPIRAL_PLAY_WORD_nothing)) != 0) {
                fprintf(telling->out, word(telling, SPIRAL_PLAY_WORD_history_did),
                        name(telling, game->setup.seats[s]), acts);
                fputc('\n', telling->out);
            }
            free(acts);
        }
    }
}

char *spiral_play_tell(const struct spiral_game *game, const char *language)
{
    char *text = NULL;
    size_t size = 0;
    bool complete = true;
    const struct telling telling = {game, language, spiral_text_stream_open(&text, &size),
                                    &complete};

    if (telling.out == NULL)
        return NULL;

    switch (game->phase) {
    case SPIRAL_PLAY_HANDOVER: tell_handover(&telling); break;
    case SPIRAL_PLAY_TURN: tell_turn(&telling); break;
    case SPIRAL_PLAY_NEWS: tell_news(&telling); break;
    case SPIRAL_PLAY_END: tell_end(&telling); break;
    }

    if (!spiral_text_stream_close(telling.out, &text) || complete)
        return text;
    free(text);

    return NULL;
}

#pragma GCC diagnostic pop
