/* SPDX-License-Identifier: MIT */
#include "render/live/actors.h"

#include <stdio.h>
#include <string.h>

#include "scenarios/loader/yaml/foreign_text.h"

struct spiral_actors spiral_actors_now(struct spiral_session *session)
{
    const struct spiral_batch *batch = spiral_session_batch(session);
    const struct spiral_layout *layout = &batch->layout;
    const struct spiral_lanes_state *state = &batch->states[batch->now];
    struct spiral_actors actors = {.small = layout->small};

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &layout->rivals[q];

        actors.fears[actors.fear_count++] =
            (struct spiral_fear){rival->neighbour, layout->small,
                                 state->threat[rival->neighbour_about_small][0]};
        actors.fears[actors.fear_count++] =
            (struct spiral_fear){layout->small, rival->neighbour,
                                 state->threat[rival->small_about_neighbour][0]};
        actors.rivalries[actors.rivalry_count++] =
            (struct spiral_rivalry){rival->neighbour, (int)state->hostility[q][0]};
    }

    for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++)
        if (layout->role[layout->patrons[k]] == SPIRAL_OFFSHORE)
            actors.ties[actors.tie_count++] =
                (struct spiral_patronage){layout->patrons[k], state->commitment[k][0]};

    return actors;
}

void spiral_session_title(const struct spiral_session *session, const char *language,
                          char title[SPIRAL_SESSION_TITLE])
{
    const struct spiral_scenario *base = &session->base;
    const char *plain =
        base->title.count > 0 ? spiral_text_get(&base->title, language) : base->name;
    const char *mark = strcmp(language, "zh") == 0 ? "（反事实）" : " (counterfactual)";
    const bool is_marked = session->choice_count > 0 && strstr(plain, mark) == NULL;

    memset(title, 0, SPIRAL_SESSION_TITLE);
    memcpy(title, plain, spiral_foreign_text_fit(plain, SPIRAL_SESSION_TITLE - 32));
    if (is_marked)
        strcat(title, mark);
}

/* --- names ------------------------------------------------------------------------------------ */

void spiral_actor_name(const struct spiral_scenario *scenario, int state, const char *language,
                       char name[SPIRAL_ACTOR_NAME])
{
    enum { LONG_NAME = 14 };
    const struct spiral_state_facts *facts = &scenario->states[state];
    const char *full = facts->name.count > 0 ? spiral_text_get(&facts->name, language) : facts->id;
    const bool is_long = strcmp(language, "zh") != 0 && strlen(full) > LONG_NAME;
    const char *shown = is_long && facts->role == SPIRAL_OFFSHORE ? facts->id : full;

    memset(name, 0, SPIRAL_ACTOR_NAME);
    memcpy(name, shown, spiral_foreign_text_fit(shown, SPIRAL_ACTOR_NAME - 1));
}

/* The one state of a role, by name; several together, by what they are called as a group. */
static void name_role(const struct spiral_scenario *scenario, enum spiral_role role,
                      const char *language, const char *group, char name[SPIRAL_ACTOR_NAME])
{
    int found = -1;
    int count = 0;

    for (int i = 0; i < (int)scenario->state_count; i++)
        if (scenario->states[i].role == role) {
            found = i;
            count++;
        }

    if (count == 1)
        spiral_actor_name(scenario, found, language, name);
    else
        snprintf(name, SPIRAL_ACTOR_NAME, "%s", group);
}

/* "Russia's", "Baltic states'" */
static void make_possessive(char name[SPIRAL_ACTOR_NAME + 4])
{
    const size_t length = strlen(name);
    strcpy(name + length, length > 0 && name[length - 1] == 's' ? "'" : "'s");
}

/* How a quantity is said of whom. %1: the state whose it is, in English in its possessive form; the
 * second: the other one. */
static const struct {
    enum spiral_quantity quantity;
    enum spiral_role of;
    enum spiral_role about;
    const char *en;
    const char *zh;
} sayings[] = {
    {SPIRAL_QUANTITY_threat_neighbour, SPIRAL_NEIGHBOUR, SPIRAL_SMALL, "%s fear of %s",
     "%s对%s的恐惧"},
    {SPIRAL_QUANTITY_threat_small, SPIRAL_SMALL, SPIRAL_NEIGHBOUR, "%s fear of %s", "%s对%s的恐惧"},
    {SPIRAL_QUANTITY_arms_neighbour, SPIRAL_NEIGHBOUR, SPIRAL_SMALL, "%s arms", "%s的军备"},
    {SPIRAL_QUANTITY_arms_small, SPIRAL_SMALL, SPIRAL_NEIGHBOUR, "%s arms", "%s的军备"},
    {SPIRAL_QUANTITY_commitment, SPIRAL_OFFSHORE, SPIRAL_SMALL, "%s commitment", "%s的承诺"},
    {SPIRAL_QUANTITY_guarantee, SPIRAL_OFFSHORE, SPIRAL_SMALL, "%s real guarantee", "%s的实际保证"},
    {SPIRAL_QUANTITY_believed, SPIRAL_SMALL, SPIRAL_OFFSHORE, "%s belief in %s",
     "%s所相信的%s保证"},
};

void spiral_actor_quantity(const struct spiral_scenario *scenario, enum spiral_quantity quantity,
                           const char *language, char name[SPIRAL_CURVE_NAME])
{
    static const char *const groups_en[SPIRAL_ROLES] = {"the small state", "the neighbours",
                                                        "the distant powers"};
    static const char *const groups_zh[SPIRAL_ROLES] = {"小国", "邻国", "域外大国"};
    const bool zh = strcmp(language, "zh") == 0;
    const char *const *groups = zh ? groups_zh : groups_en;

    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        char of[SPIRAL_ACTOR_NAME + 4];
        char about[SPIRAL_ACTOR_NAME];

        if (sayings[i].quantity != quantity)
            continue;
        name_role(scenario, sayings[i].of, language, groups[sayings[i].of], of);
        name_role(scenario, sayings[i].about, language, groups[sayings[i].about], about);
        if (!zh)
            make_possessive(of);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
        snprintf(name, SPIRAL_CURVE_NAME, zh ? sayings[i].zh : sayings[i].en, of, about);
#pragma GCC diagnostic pop
        return;
    }

    snprintf(name, SPIRAL_CURVE_NAME, "%s",
             zh ? spiral_quantity_fields[quantity].label_zh
                : spiral_quantity_fields[quantity].label_en);
}
