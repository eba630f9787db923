/* SPDX-License-Identifier: MIT
 *
 * A recipe: a session in one line, short enough for a link. It names the case, the seed, the
 * present and the choices in the order in which they were made. The same recipe gives the same run
 * to the bit, in every program.
 *
 *     #v1;ukraine;s=1;at=156;UKR=limited_balance@156;k.encircle=0.5;UKR~NATO:partner*1.5@170
 *
 *     recipe  =  ["#"] "v1" ";" case { ";" item }
 *     item    =  "s=" seed                                       the seed, else 1
 *             |  "at=" steps                                     the present, else 0
 *             |  "constants=point"                               the default constants, else the
 *                                                                shipped posterior
 *             |  state "=" doctrine {"!" act} "@" steps          a doctrine
 *             |  name "=" number "@" steps                       a number that acts from a date on
 *             |  name "=" number                                 a number of the whole run
 *             |  state "~" [state] ":" move ["*" weight] "@" steps
 *
 * `act` is an act of the script that is kept or dropped against the rule of a change of doctrine:
 * spiral_session_act_key() in 16 hexadecimal digits. `steps` counts the steps done when the choice
 * was made. States are named by id, numbers as
 * spiral_parameter_set() takes them. A name of a number has a point in it, a state's id has none.
 */
#ifndef SPIRAL_LIVE_RECIPE_H
#define SPIRAL_LIVE_RECIPE_H

#include "render/live/session.h"

enum { SPIRAL_RECIPE_LENGTH = 65536 }; /* bytes of the longest recipe */

/* One choice. All strings are as in the recipe, and not yet looked up. */
struct spiral_recipe_choice {
    enum spiral_choice_kind kind;
    long step;                   /* the present in which it was made; -1: of the whole run */
    char subject[96];            /* the name of a number, or the id of the state that acts */
    char target[SPIRAL_ID_SIZE]; /* of a move, "" where it has none */
    char word[32];               /* the doctrine, or the move */
    double value;                /* of a number; a move's weight */
    size_t exception_count;      /* of a doctrine: acts against the rule */
    uint64_t exceptions[SPIRAL_CHOICE_EXCEPTIONS];
};

/* Owns nothing; about 350 kB. */
struct spiral_recipe {
    char scenario[64];
    uint64_t seed;
    long present;
    bool point; /* whether runs have one set of constants; the session is made so, or otherwise */
    size_t choice_count;
    struct spiral_recipe_choice choices[SPIRAL_SESSION_CHOICES];
};

/* Reads a recipe. SPIRAL_BAD_INPUT says which item is wrong, and what was expected. Whether its
 * case has such states, numbers and dates is asked when it is applied. */
enum spiral_status spiral_recipe_read(struct spiral_recipe *recipe, const char *text,
                                      struct spiral_error *error);

/* Brings a session of the recipe's case, with the sets of constants that it wants, to the recipe,
 * whatever was chosen in it before; branches stay. Where the recipe goes on from the session's own
 * choices, only what is new is run. SPIRAL_BAD_INPUT and SPIRAL_NO_MEMORY leave a session that can
 * be used, with some of the choices. */
enum spiral_status spiral_recipe_apply(const struct spiral_recipe *recipe,
                                       struct spiral_session *session, struct spiral_error *error);

/* Writes the recipe of a session, without an end of line. A session without a posterior has
 * `constants=point`. Of the other options of its plan, which the command line may choose, a recipe
 * says nothing. */
void spiral_recipe_write(const struct spiral_session *session, FILE *out);
/* The same of a run that a session keeps. */
void spiral_recipe_write_branch(const struct spiral_session *session,
                                const struct spiral_session_branch *branch, FILE *out);

#endif
