/* SPDX-License-Identifier: MIT */
#include "tools/panel/mapping.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tables.h"
#include "sim/validate.h"

enum { SMALL, NEIGHBOUR };

/* What a row says of one group of powers. */
struct group {
    const char *id;
    const char *pact;
    const char *pact_neighbour;
    double cinc;
    double milex_share;
    double nuclear;
    double igos;
    double igos_neighbour;
    double km;
    double rival;
    double sum_of_neighbour10;
    double sum_of_group10;
    double deaths_neighbour10;
    double deaths_group10;
    double war10;
};

/* A number, or what stands for it where it is missing. */
static double known(double number, double otherwise) { return isnan(number) ? otherwise : number; }

static double at_most(double number, double most) { return number < most ? number : most; }

/* --- rules ------------------------------------------------------------------------------------ */

static double proximity_of(const struct spiral_panel_window *row)
{
    static const double proximity[] = {
#define SPIRAL_PANEL_PROXIMITY(class, value, doc) [class] = value,
#include "tools/panel/mapping.def"
    };
    const int class = (int)row->contiguity;
    if (class > 0)
        return proximity[class];

    /* neither border nor strait: what is left of nearness over land or sea of others */
    const double km = known(row->min_distance_km, 400.0);
    return 0.25 * (1.0 - at_most(km, 800.0) / 800.0);
}

static double ties_of(const struct spiral_panel_window *row)
{
    const bool lately = known(row->same_country, 0.0) > 0.0 || known(row->colony45, 0.0) > 0.0;
    const double state = lately ? 1.0 : known(row->colony, 0.0) > 0.0 ? 0.5 : 0.0;
    return 0.4 * state + 0.3 * known(row->common_language, 0.0) + 0.3 * known(row->faith, 0.0);
}

static double institution_of(double igos) { return 0.5 * at_most(known(igos, 0.0) / 60.0, 1.0); }

static double arms_of(double milex_share) { return at_most(10.0 * known(milex_share, 0.02), 0.8); }

static double threat_of(double sum10) { return at_most(0.1 + 0.05 * known(sum10, 0.0), 0.7); }

/* Of a state's own dead at the hands of the other. */
static double grievance_of(double deaths10, double war10)
{
    return known(war10, 0.0) > 0.0 ? 1.0 : known(deaths10, 0.0) > 0.0 ? 0.5 : 0.0;
}

/* Polyarchy, or where that is missing the unified score brought to its scale. */
static double democracy_of(double polyarchy, double uds)
{
    const double scaled = 0.4 + 0.3 * known(uds, -0.5);
    return known(polyarchy, scaled < 0.0 ? 0.0 : at_most(scaled, 1.0));
}

/* Strategic rivals are states that count each other as enemies. */
static bool are_rivals(const struct spiral_panel_window *row)
{
    return known(row->rivalry_td, 0.0) > 0.0 || known(row->rivalry_tss, 0.0) > 0.0;
}

static double othering_of(bool rivals, bool war, bool parted)
{
    return rivals ? 0.8 : 0.1 + (war ? 0.1 : 0.0) + (parted ? 0.1 : 0.0);
}

static double contested_of(const struct spiral_panel_window *row)
{
    const bool force = known(row->force10, 0.0) > 0.0;
    if (force)
        return 0.4;
    return known(row->disputes10, 0.0) > 0.0 ? 0.2 : 0.0;
}

/* The commitment and the reassurance of a pact by its name; 0 where there is none. */
static double commitment_of(const char *pact)
{
#define SPIRAL_PANEL_PACT(name, commitment, reassurance, doc) \
    if (strcmp(pact, #name) == 0) \
        return commitment;
#include "tools/panel/mapping.def"
    return 0.0;
}

static double reassurance_of(const char *pact)
{
#define SPIRAL_PANEL_PACT(name, commitment, reassurance, doc) \
    if (strcmp(pact, #name) == 0) \
        return 0.2 + (reassurance);
#include "tools/panel/mapping.def"
    return 0.2;
}

/* The strongest pact between the small state and the neighbour. */
static const char *pact_of_pair(const struct spiral_panel_window *row)
{
    return known(row->defence, 0.0) > 0.0         ? "defence"
           : known(row->consultation, 0.0) > 0.0  ? "consultation"
           : known(row->nonaggression, 0.0) > 0.0 ? "nonaggression"
           : known(row->neutrality, 0.0) > 0.0    ? "neutrality"
                                                  : "";
}

static double presence_of(double troops)
{
    const double there = known(troops, 0.0);
    return there >= 10000.0 ? 0.6 : there >= 100.0 ? 0.3 : 0.0;
}

static double reach_of(double km)
{
    const double distance = known(km, 10000.0);
    return distance <= 1000.0 ? 0.5 : distance <= 3000.0 ? 0.4 : 0.25;
}

/* --- courses ---------------------------------------------------------------------------------- */

/* A course is read from pacts and from the record of ten years, nothing later. */
static const char *course_of_neighbour(const struct spiral_panel_window *row)
{
    if (known(row->sum_neighbour10, 0.0) >= 3.0)
        return "assertive";
    return pact_of_pair(row)[0] != '\0' && known(row->disputes10, 0.0) == 0.0 ? "detente"
                                                                              : "status_quo";
}

static const char *course_of_small(const struct spiral_panel_window *row, bool sheltered)
{
    if (sheltered && known(row->sum_small10, 0.0) >= 3.0)
        return "confront_near";
    return pact_of_pair(row)[0] != '\0' && known(row->disputes10, 0.0) == 0.0 ? "limited_balance"
                                                                              : "straddling";
}

static const char *course_of_patron(const struct group *group)
{
    const bool defends = strcmp(group->pact, "defence") == 0;
    const bool both = strcmp(group->pact_neighbour, "defence") == 0;
    return defends && !both                    ? "committed"
           : defends || group->pact[0] != '\0' ? "selective"
                                               : "aloof";
}

/* --- states ----------------------------------------------------------------------------------- */

static void set_course(struct spiral_state_facts *state, const char *course)
{
    snprintf(state->doctrine_name, sizeof state->doctrine_name, "%s", course);
    memcpy(state->doctrine, spiral_doctrine_find(course)->number, sizeof state->doctrine);
}

static bool add_state(struct spiral_scenario *scenario, const char *id, enum spiral_role role,
                      double cinc)
{
    struct spiral_state_facts *state = &scenario->states[scenario->state_count++];
    snprintf(state->id, sizeof state->id, "%s", id);
    state->role = role;
    state->greed = 0.1;
    state->resolve = role == SPIRAL_OFFSHORE ? 0.75 : 0.6;
    return spiral_series_set_constant(&state->power, cinc);
}

static struct spiral_pair_facts *add_pair(struct spiral_scenario *scenario, int first, int second)
{
    struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count++];
    *pair = spiral_pair_facts_defaults(first, second);
    return pair;
}

/* The small state and its neighbour, and what is between them. */
static bool add_rivals(struct spiral_scenario *scenario, const struct spiral_panel_window *row)
{
    if (!add_state(scenario, "SMALL", SPIRAL_SMALL, row->cinc_small) ||
        !add_state(scenario, "NEIGHBOUR", SPIRAL_NEIGHBOUR, row->cinc_neighbour))
        return false;
    struct spiral_state_facts *small = &scenario->states[SMALL];
    struct spiral_state_facts *neighbour = &scenario->states[NEIGHBOUR];
    small->arms = arms_of(row->milex_gdp_small);
    small->nuclear = known(row->nuclear_small, 0.0);
    small->democracy = democracy_of(row->polyarchy_small, row->uds_small);
    neighbour->arms = arms_of(row->milex_gdp_neighbour);
    neighbour->nuclear = known(row->nuclear_neighbour, 0.0);
    neighbour->democracy = democracy_of(row->polyarchy_neighbour, row->uds_neighbour);
    set_course(neighbour, course_of_neighbour(row));

    struct spiral_pair_facts *pair = add_pair(scenario, SMALL, NEIGHBOUR);
    const bool young = known(row->age, 100.0) < 10.0;
    const bool war = known(row->war10, 0.0) > 0.0;
    const bool parted =
        young && (known(row->same_country, 0.0) > 0.0 || known(row->colony45, 0.0) > 0.0);
    pair->proximity = proximity_of(row);
    pair->ties = ties_of(row);
    pair->institution = institution_of(row->igos);
    pair->contested = contested_of(row);
    pair->initial_reassurance = reassurance_of(pact_of_pair(row));
    pair->initial_commitment = commitment_of(pact_of_pair(row));
    pair->initial_hostility = known(row->ongoing_host, 1.0);
    pair->initial_threat[0] = threat_of(row->sum_neighbour10);
    pair->initial_threat[1] = threat_of(row->sum_small10);
    for (int side = 0; side < 2; side++) {
        pair->initial_threat[side] =
            young && pair->initial_threat[side] < 0.15 ? 0.15 : pair->initial_threat[side];
        pair->initial_othering[side] = othering_of(are_rivals(row), war, parted);
    }
    pair->initial_grievance[0] = grievance_of(row->deaths_small10, row->war10);
    pair->initial_grievance[1] = grievance_of(row->deaths_neighbour10, row->war10);
    return spiral_series_set_constant(&pair->interdependence,
                                      at_most(known(row->dependence_small, 0.0) / 0.25, 1.0));
}

/* A group that matters: its state, its tie to the small state, and how the neighbour and it see
 * each other. */
static bool add_group(struct spiral_scenario *scenario, const struct group *group, double troops)
{
    const int index = (int)scenario->state_count;
    if (!add_state(scenario, group->id, SPIRAL_OFFSHORE, group->cinc))
        return false;
    struct spiral_state_facts *state = &scenario->states[index];
    state->arms = arms_of(group->milex_share);
    state->nuclear = known(group->nuclear, 0.0);
    set_course(state, course_of_patron(group));

    struct spiral_pair_facts *pledge = add_pair(scenario, SMALL, index);
    pledge->reach = reach_of(group->km);
    pledge->institution = institution_of(group->igos);
    pledge->initial_commitment = commitment_of(group->pact);
    pledge->initial_presence = presence_of(troops);

    struct spiral_pair_facts *pair = add_pair(scenario, NEIGHBOUR, index);
    pair->reach = reach_of(group->km);
    pair->institution = institution_of(group->igos_neighbour);
    pair->initial_reassurance = reassurance_of(group->pact_neighbour);
    pair->initial_threat[0] = threat_of(group->sum_of_group10);
    pair->initial_threat[1] = threat_of(group->sum_of_neighbour10);
    pair->initial_othering[0] = pair->initial_othering[1] =
        othering_of(known(group->rival, 0.0) > 0.0, known(group->war10, 0.0) > 0.0, false);
    pair->initial_grievance[0] = grievance_of(group->deaths_neighbour10, group->war10);
    pair->initial_grievance[1] = grievance_of(group->deaths_group10, group->war10);
    return true;
}

static bool add_groups(struct spiral_scenario *scenario, const struct spiral_panel_window *row)
{
    const struct group groups[] = {
#define SPIRAL_PANEL_GROUP(index, name, column, title) \
    [index] = {.id = name, \
               .pact = row->column##_pact, \
               .pact_neighbour = row->column##_pact_neighbour, \
               .cinc = row->column##_cinc, \
               .milex_share = row->column##_milex_share, \
               .nuclear = row->column##_nuclear, \
               .igos = row->column##_igos, \
               .igos_neighbour = row->column##_igos_neighbour, \
               .km = row->column##_km, \
               .rival = row->column##_rival, \
               .sum_of_neighbour10 = row->column##_sum_of_neighbour10, \
               .sum_of_group10 = row->column##_sum_of_group10, \
               .deaths_neighbour10 = row->column##_deaths_neighbour10, \
               .deaths_group10 = row->column##_deaths_group10, \
               .war10 = row->column##_war10},
#include "tools/panel/mapping.def"
    };
    bool sheltered = false;
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        const struct group *group = &groups[g];
        const bool matters = group->pact[0] != '\0' || known(group->rival, 0.0) > 0.0;

        /* a group without power is no state then, or the neighbour or the small state itself */
        if (!matters || !(group->cinc > 0.0))
            continue;
        sheltered = sheltered || strcmp(group->pact, "defence") == 0;
        if (!add_group(scenario, group, g == 0 ? row->us_troops_small : 0.0))
            return false;
    }
    set_course(&scenario->states[SMALL], course_of_small(row, sheltered));
    return true;
}

/* --- the scenario ----------------------------------------------------------------------------- */

static enum spiral_status check_row(const struct spiral_panel_window *row,
                                    struct spiral_error *error)
{
    if (!(row->cinc_small > 0.0) || !(row->cinc_neighbour > 0.0))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: cinc_small and cinc_neighbour are shares of world capability above 0",
            row->window);
    if (!(row->end > row->start) || row->start != floor(row->start) || row->end != floor(row->end))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: start and end are whole years, the end after the start",
                                row->window);
    if (!(row->contiguity >= 0.0 && row->contiguity <= 5.0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: contiguity is a class from 0 to 5",
                                row->window);
    return SPIRAL_OK;
}

/* A scenario's name has small letters, digits, - and _ alone. */
static void set_name(struct spiral_scenario *scenario, const char *window)
{
    size_t at = 0;
    for (; window[at] != '\0' && at + 1 < sizeof scenario->name; at++) {
        const unsigned char letter = (unsigned char)window[at];
        scenario->name[at] = (char)(isalnum(letter) ? tolower(letter) : '-');
    }
    scenario->name[at] = '\0';
}

enum spiral_status spiral_panel_scenario(const struct spiral_panel_window *row,
                                         struct spiral_scenario *scenario,
                                         struct spiral_error *error)
{
    *scenario = spiral_scenario_defaults();
    enum spiral_status status = check_row(row, error);
    if (status != SPIRAL_OK)
        return status;
    set_name(scenario, row->window);
    scenario->start = row->start;
    scenario->end = row->end;
    scenario->small = SMALL;
    scenario->pairs =
        calloc(7, sizeof *scenario->pairs); /* the rivals, and two of each of three groups */
    if (scenario->pairs == NULL || !add_rivals(scenario, row) || !add_groups(scenario, row)) {
        spiral_scenario_clear(scenario);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the scenario of %s",
                                row->window);
    }
    status = spiral_scenario_validate(scenario, error);
    if (status != SPIRAL_OK)
        spiral_scenario_clear(scenario);
    return status;
}
