/* SPDX-License-Identifier: MIT
 *
 * Who is who in a session, and what lies between them at the present: for a drawing of the actors,
 * and for curves that are named by states. Languages are "en" and "zh".
 */
#ifndef SPIRAL_LIVE_ACTORS_H
#define SPIRAL_LIVE_ACTORS_H

#include "render/live/session.h"

enum {
    SPIRAL_ACTORS_FEARS = 2 * SPIRAL_MAX_RIVAL,
    SPIRAL_ACTORS_TIES = SPIRAL_MAX_PATRON,
    SPIRAL_ACTOR_NAME = 64,
    SPIRAL_CURVE_NAME = 160
};

/* One state's fear of another: the small state and its neighbours, both ways. */
struct spiral_fear {
    int of;
    int about;
    double threat; /* 0..1 */
};
/* The tie of the small state to a distant power. */
struct spiral_patronage {
    int patron;
    double commitment; /* 0..1 */
};
/* How hostile the small state and a neighbour are. */
struct spiral_rivalry {
    int neighbour;
    int level; /* 1..5 */
};

struct spiral_actors {
    int small;
    size_t fear_count;
    struct spiral_fear fears[SPIRAL_ACTORS_FEARS];
    size_t tie_count;
    struct spiral_patronage ties[SPIRAL_ACTORS_TIES];
    size_t rivalry_count;
    struct spiral_rivalry rivalries[SPIRAL_MAX_RIVAL];
};

/* The actors at the present. */
struct spiral_actors spiral_actors_now(struct spiral_session *session);

enum { SPIRAL_SESSION_TITLE = 256 };
/* The title of the case; where something was chosen it says that this is counterfactual. */
void spiral_session_title(const struct spiral_session *session, const char *language,
                          char title[SPIRAL_SESSION_TITLE]);

/* A state's name; a distant power with a long name in English has its id. */
void spiral_actor_name(const struct spiral_scenario *scenario, int state, const char *language,
                       char name[SPIRAL_ACTOR_NAME]);
/* What a quantity of this case is called: "Russia's fear of Ukraine". Of several neighbours, or
 * distant powers, it names them together, as the quantity is of the one where it is largest. A
 * quantity of no state has its label. */
void spiral_actor_quantity(const struct spiral_scenario *scenario, enum spiral_quantity quantity,
                           const char *language, char name[SPIRAL_CURVE_NAME]);

#endif
