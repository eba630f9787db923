/* SPDX-License-Identifier: MIT */
#include "sim/layout.h"

#include <string.h>

#include "sim/scenario.h"

int spiral_layout_perception(const struct spiral_layout *layout, int of, int about)
{
    for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++)
        if (layout->perceptions[p].of == of && layout->perceptions[p].about == about)
            return p;
    return -1;
}

int spiral_layout_tie(const struct spiral_layout *layout, int i, int j)
{
    for (int t = 0; t < layout->count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &layout->ties[t];
        if ((tie->one == i && tie->two == j) || (tie->one == j && tie->two == i))
            return t;
    }

    return -1;
}

int spiral_layout_patron(const struct spiral_layout *layout, int state)
{
    for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++)
        if (layout->patrons[k] == state)
            return k;
    return -1;
}

int spiral_layout_rival(const struct spiral_layout *layout, int neighbour)
{
    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++)
        if (layout->rivals[q].neighbour == neighbour)
            return q;
    return -1;
}

/* Fills ties and perceptions: all pairs in which one is a neighbour. */
static void lay_pairs(struct spiral_layout *layout, int states)
{
    int *ties = &layout->count[SPIRAL_OF_TIE];
    int *perceptions = &layout->count[SPIRAL_OF_PERCEPTION];

    for (int i = 0; i < states; i++)
        for (int j = i + 1; j < states; j++)
            if (layout->role[i] == SPIRAL_NEIGHBOUR || layout->role[j] == SPIRAL_NEIGHBOUR)
                layout->ties[(*ties)++] = (struct spiral_tie){.one = i, .two = j};

    for (int i = 0; i < states; i++)
        for (int j = 0; j < states; j++) {
            int tie = i == j ? -1 : spiral_layout_tie(layout, i, j);
            if (tie >= 0)
                layout->perceptions[(*perceptions)++] =
                    (struct spiral_perception){.of = i, .about = j, .tie = tie, .rival = -1};
        }

    for (int t = 0; t < *ties; t++) {
        struct spiral_tie *tie = &layout->ties[t];
        tie->one_about_two = spiral_layout_perception(layout, tie->one, tie->two);
        tie->two_about_one = spiral_layout_perception(layout, tie->two, tie->one);
    }
}

struct spiral_layout spiral_layout_of(const struct spiral_scenario *scenario)
{
    struct spiral_layout layout;

    memset(&layout, 0, sizeof layout);

    int states = (int)scenario->state_count;

    layout.count[SPIRAL_OF_STATE] = states;
    layout.small = scenario->small;
    for (int i = 0; i < states; i++)
        layout.role[i] = scenario->states[i].role;

    lay_pairs(&layout, states);
    for (int i = 0; i < states; i++)
        if (i != layout.small)
            layout.patrons[layout.count[SPIRAL_OF_PATRON]++] = i;

    for (int i = 0; i < states; i++) {
        layout.rival_of[i] = -1;
        if (layout.role[i] != SPIRAL_NEIGHBOUR)
            continue;

        int q = layout.count[SPIRAL_OF_RIVAL]++;
        struct spiral_rival *rival = &layout.rivals[q];
        rival->neighbour = i;
        rival->tie = spiral_layout_tie(&layout, layout.small, i);
        rival->small_about_neighbour = spiral_layout_perception(&layout, layout.small, i);
        rival->neighbour_about_small = spiral_layout_perception(&layout, i, layout.small);
        rival->patron = spiral_layout_patron(&layout, i);
        layout.rival_of[i] = q;
        for (int k = 0; k < layout.count[SPIRAL_OF_PATRON]; k++)
            rival->about_patron[k] = spiral_layout_perception(&layout, i, layout.patrons[k]);

        layout.perceptions[rival->small_about_neighbour].rival = q;
        layout.perceptions[rival->neighbour_about_small].rival = q;
    }

    layout.count[SPIRAL_OF_PUBLIC] = (int)scenario->states[layout.small].public_count;

    return layout;
}

bool spiral_layout_equal(const struct spiral_layout *a, const struct spiral_layout *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
