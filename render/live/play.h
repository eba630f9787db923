/* SPDX-License-Identifier: MIT
 *
 * A game of sides: seats take the states of a case, each sees what its state perceives, writes down
 * what it intends and chooses; then a round of one or two years runs. It knows no window, no
 * terminal and no thread. docs/play.md has the rules.
 *
 * A game goes through phases: for each seat HANDOVER and TURN; after the last seat the round has
 * run and there is NEWS; after the last round, END. What a front end shows in a phase is the text
 * of spiral_play_tell() and, in a turn, the curves of spiral_play_sight_of(): both are made of what
 * the seat may know. Everything else in the struct is behind the curtain until END. */
#ifndef SPIRAL_LIVE_PLAY_H
#define SPIRAL_LIVE_PLAY_H

#include <stdio.h>

#include "render/live/play_words.h"
#include "render/live/session.h"
#include "scenarios/loader/play_load.h"

enum spiral_play_phase {
    SPIRAL_PLAY_HANDOVER,
    SPIRAL_PLAY_TURN,
    SPIRAL_PLAY_NEWS,
    SPIRAL_PLAY_END
};

/* A move that needs the consent of another state. */
struct spiral_play_offer {
    int round; /* in which it was made, from 0 on; a seat answers in the next */
    int actor;
    int target; /* who consents */
    int move;
    double weight;
    enum spiral_play_reply { SPIRAL_PLAY_OPEN, SPIRAL_PLAY_ACCEPTED, SPIRAL_PLAY_REFUSED } reply;
};

/* Read only. */
struct spiral_game {
    struct spiral_scenario base;     /* owned: the case, with the settings */
    struct spiral_scenario scenario; /* owned: what is run */
    struct spiral_constants constants;
    struct spiral_plan_options options;
    struct spiral_play_setup setup; /* complete: seats, rounds, from; its events are owned */
    struct spiral_session *session; /* owned: the run, paused where the present round begins */
    long first;                     /* step in which the first round begins */
    long length;                    /* steps of a round */
    enum spiral_play_phase phase;
    int round;   /* the present one, from 0 on; in NEWS the one that has run; at END `rounds` */
    size_t seat; /* whose turn it is: index into setup.seats */
    size_t turn_count;
    struct spiral_play_turn *turns; /* [rounds * seats], owned: in order */
    size_t offer_count;
    struct spiral_play_offer *offers; /* owned */
};

/* --- life ------------------------------------------------------------------------------------- */

/* Begins a game of a case. Scenario and setup are copied; the constants are those before the
 * settings. SPIRAL_BAD_INPUT (rounds that do not fit, a date that begins no step, a bad setting) or
 * SPIRAL_NO_MEMORY leave *game NULL. */
enum spiral_status spiral_game_create(struct spiral_game **game,
                                      const struct spiral_scenario *scenario,
                                      const struct spiral_constants *constants,
                                      const struct spiral_play_setup *setup,
                                      struct spiral_error *error);
void spiral_game_destroy(struct spiral_game *game); /* NULL is legal */

/* --- playing ---------------------------------------------------------------------------------- */

/* The state whose turn it is. */
int spiral_game_state(const struct spiral_game *game);
/* HANDOVER becomes TURN; NEWS becomes the next HANDOVER, or END. */
void spiral_game_go_on(struct spiral_game *game);
/* An empty turn of the seat whose turn it is, to be filled in. */
struct spiral_play_turn spiral_game_blank(const struct spiral_game *game);
/* Copies a sentence that somebody wrote: control characters become spaces, what is not UTF-8
 * becomes U+FFFD. False where it is too long. */
bool spiral_play_clean(const char *given, char intention[SPIRAL_PLAY_INTENTION]);
/* Why a state may not make a move (target -1: none), or SPIRAL_PLAY_WORD_ok. */
enum spiral_play_word spiral_game_objection(const struct spiral_game *game, int state, int move,
                                            int target);
/* The moves that a state may make, in the order of the catalogue: writes at most `room`, returns
 * how many there are. */
size_t spiral_game_moves(const struct spiral_game *game, int state, struct spiral_play_act *acts,
                         size_t room);
/* The proposals that lie before a state in the present round: writes indices into offers,
 * returns how many. */
size_t spiral_game_proposals(const struct spiral_game *game, int state,
                             size_t index[SPIRAL_PLAY_OFFERS]);
/* Ends the turn (TURN, or HANDOVER in a script). After the last seat the round runs.
 * SPIRAL_BAD_INPUT where the turn is not of this round and seat or breaks a rule; then nothing
 * has changed. */
enum spiral_status spiral_game_decide(struct spiral_game *game, const struct spiral_play_turn *turn,
                                      struct spiral_error *error);

/* --- what is known ---------------------------------------------------------------------------- */

/* What a seat sees of the present and the past: curves from the start of the case on. */
struct spiral_play_sight {
    size_t count; /* points: one a step, up to the present */
    double *date; /* [count], owned, as all others here */
    double *arms; /* [count], its own */
    size_t about_count;
    int about[SPIRAL_MAX_STATES];      /* states that it fears or not */
    double *threat[SPIRAL_MAX_STATES]; /* [about][count] */
    size_t patron_count;               /* the small state: its offshore patrons; a patron: 1 */
    int patron[SPIRAL_MAX_STATES];     /* a patron's is the small state */
    double *pledged[SPIRAL_MAX_STATES];
    double *believed[SPIRAL_MAX_STATES]; /* NULL where the seat is not the small state */
};
/* SPIRAL_NO_MEMORY leaves it empty. The caller clears it. */
enum spiral_status spiral_play_sight_of(const struct spiral_game *game, int state,
                                        struct spiral_play_sight *sight);
void spiral_play_sight_clear(struct spiral_play_sight *sight);

/* What is shown in the present phase, as text: a line that begins with "# " or "## " is a heading,
 * one that begins with "- " an item, all others are paragraphs. `language` is "en" or "zh". NULL
 * where there is no memory; the caller frees it. */
char *spiral_play_tell(const struct spiral_game *game, const char *language);

/* --- shared by the front ends ----------------------------------------------------------------- */

/* The step in which a round begins (round = rounds: the end of the game), and its date. */
long spiral_game_step(const struct spiral_game *game, int round);
double spiral_game_date(const struct spiral_game *game, int round);
/* The name of a state in a language: its name, else its id. Owned by the scenario. */
const char *spiral_game_name(const struct spiral_game *game, int state, const char *language);
/* The doctrine in force for a state in the first step of a round: its label in a language.
 * Static. */
const char *spiral_game_course(const struct spiral_game *game,
                               const struct spiral_scenario *scenario, int state, int round,
                               const char *language);
/* Threat that one state perceives from another, arms, motive, after a step that has run. For
 * END. */
double spiral_game_fear(const struct spiral_game *game, int of, int about, long step);
double spiral_game_arms(const struct spiral_game *game, int state, long step);
double spiral_game_motive(const struct spiral_game *game, int state, long step);
/* The highest hostility of any rival pair within a round that has run, 1..5. */
int spiral_game_highest(const struct spiral_game *game, int round);
/* The highest level observed in the same years, or 0. */
int spiral_game_observed(const struct spiral_game *game, int round);
/* The turn of a seat (index) in a round, or NULL. For END. */
const struct spiral_play_turn *spiral_game_turn(const struct spiral_game *game, int round,
                                                size_t seat);
/* Writes "Russia to Ukraine: sanctions", the caption in its place where there is one. */
enum { SPIRAL_PLAY_ACT = 320 };
void spiral_game_describe_entry(const struct spiral_game *game, const struct spiral_entry *entry,
                                const char *language, char text[SPIRAL_PLAY_ACT]);
/* Whether an entry of a scenario acts in a round; round -1 is as long a time before the first. */
bool spiral_game_acts_in(const struct spiral_game *game, const struct spiral_entry *entry,
                         int round);
/* Writes what a state does in a round of a scenario (`base`: in history), in order of dates,
 * joined by semicolons: its moves, and where `courses` its changes of doctrine too; "nothing"
 * where there is nothing. */
void spiral_game_write_acts(const struct spiral_game *game, const struct spiral_scenario *scenario,
                            int state, int round, bool courses, const char *language, FILE *out);
/* Whether somebody plays a state. */
bool spiral_game_has_seat(const struct spiral_game *game, int state);
/* Writes the title of a round: "Round 2: 2006-12 to 2008-12". */
void spiral_game_write_title(const struct spiral_game *game, int round, const char *language,
                             FILE *out);

#endif
