/* SPDX-License-Identifier: MIT */
#include "tools/panel/synthetic_facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/panel/panel.h"

/* --- draws ------------------------------------------------------------------------------------ */

double spiral_draw_uniform(struct spiral_random *random)
{
    return spiral_uniform(spiral_random_next(random));
}

double spiral_draw_normal(struct spiral_random *random, double mean, double deviation)
{
    return mean + deviation * spiral_noise(spiral_random_next(random));
}

double spiral_draw_flag(struct spiral_random *random, double chance)
{
    return spiral_draw_uniform(random) < chance ? 1.0 : 0.0;
}

/* A lognormal number within bounds. */
static double draw_amount(struct spiral_random *random, double median, double deviation, double low,
                          double high)
{
    const double amount = median * exp(spiral_draw_normal(random, 0.0, deviation));

    return spiral_round_six(fmin(fmax(amount, low), high));
}

double spiral_round_six(double number)
{
    char text[32];

    snprintf(text, sizeof text, "%.6g", number);
    return strtod(text, NULL);
}

static double within(double number, double low, double high)
{
    return fmin(fmax(number, low), high);
}

void spiral_window_blank(struct spiral_panel_window *window)
{
    memset(window, 0, sizeof *window);
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) window->name = NAN;
#include "tools/panel/columns.def"
}

/* --- the two states --------------------------------------------------------------------------- */

static void draw_power(struct spiral_panel_window *w, struct spiral_random *random)
{
    const double ratio = 2.0 * exp(-1.2 * log(1.0 - spiral_draw_uniform(random)));

    w->cinc_neighbour = draw_amount(random, 0.006, 1.6, 1e-4, 0.25);
    w->cinc_small = spiral_round_six(fmax(w->cinc_neighbour / ratio, 1e-6));
    w->major_neighbour = w->cinc_neighbour > 0.05 ? 1.0 : 0.0;
    w->nuclear_small = 0.0;
    w->nuclear_neighbour = w->major_neighbour > 0.0 ? spiral_draw_flag(random, 0.5) : 0.0;
    w->gdppc_small = draw_amount(random, 4000.0, 0.9, 300.0, 80000.0);
    w->gdppc_neighbour = draw_amount(random, 5000.0, 0.9, 300.0, 80000.0);
    w->milex_gdp_small = draw_amount(random, 0.025, 0.7, 0.001, 0.4);
    w->milex_gdp_neighbour = draw_amount(random, 0.035, 0.7, 0.001, 0.4);
}

static void draw_place(struct spiral_panel_window *w, struct spiral_random *random)
{
    const double where = spiral_draw_uniform(random);

    w->contiguity = where < 0.55   ? 1.0
                    : where < 0.6  ? 2.0
                    : where < 0.65 ? 3.0
                    : where < 0.85 ? 4.0
                                   : 0.0;
    w->min_distance_km =
        w->contiguity == 1.0 ? 0.0 : spiral_round_six(400.0 * spiral_draw_uniform(random));
    w->capital_distance_km = draw_amount(random, 900.0, 0.7, 20.0, 7000.0);
    w->same_country = spiral_draw_flag(random, 0.08);
    w->colony = spiral_draw_flag(random, 0.12);
    w->colony45 = w->colony > 0.0 ? spiral_draw_flag(random, 0.5) : 0.0;
    w->common_language = spiral_draw_flag(random, 0.35);
    w->faith = spiral_draw_flag(random, 0.4) > 0.0 ? 1.0 : 0.5 * spiral_draw_flag(random, 0.5);
    w->age = floor(80.0 * spiral_draw_uniform(random));
    w->us_troops_small =
        spiral_draw_flag(random, 0.25) * draw_amount(random, 300.0, 2.0, 1.0, 100000.0);
}

/* Democracy of the two goes together; the three measures of it tell the same with different noise.
 */
static void draw_regimes(struct spiral_panel_window *w, struct spiral_random *random)
{
    const double common = spiral_draw_normal(random, 0.0, 0.5);
    double *const uds[] = {&w->uds_small, &w->uds_neighbour};
    double *const polity[] = {&w->polity_small, &w->polity_neighbour};
    double *const polyarchy[] = {&w->polyarchy_small, &w->polyarchy_neighbour};

    for (int i = 0; i < 2; i++) {
        const double level = common + spiral_draw_normal(random, 0.0, 0.85);
        *uds[i] = spiral_round_six(level);
        *polity[i] = floor(within(6.0 * level + spiral_draw_normal(random, 0.0, 2.0), -10.0, 10.0));
        *polyarchy[i] = spiral_round_six(1.0 / (1.0 + exp(-1.6 * level)));
    }
}

/* What is between the two. */
static void draw_bonds(struct spiral_panel_window *w, struct spiral_random *random)
{
    const double near = w->contiguity == 1.0 ? 0.2 : 0.06;

    w->rivalry_tss = spiral_draw_flag(random, near);
    w->rivalry_td =
        w->rivalry_tss > 0.0 ? spiral_draw_flag(random, 0.7) : spiral_draw_flag(random, 0.02);
    const double friendly = w->rivalry_tss > 0.0 ? 0.12 : 0.35;
    w->defence = spiral_draw_flag(random, friendly);
    w->nonaggression = spiral_draw_flag(random, friendly);
    w->consultation = spiral_draw_flag(random, friendly);
    w->neutrality = spiral_draw_flag(random, 0.03);
    w->offence = w->defence > 0.0 ? spiral_draw_flag(random, 0.05) : 0.0;
    w->igos = floor(within(spiral_draw_normal(random, 18.0, 9.0), 0.0, 80.0));
    w->dependence_small = draw_amount(random, 0.01, 1.5, 1e-5, 1.0);
    w->dependence_neighbour =
        spiral_round_six(fmin(w->dependence_small * w->cinc_small / w->cinc_neighbour, 1.0));
    w->claim = spiral_draw_flag(random, w->rivalry_tss > 0.0 ? 0.6 : 0.1);
    w->claim_salience = w->claim * floor(1.0 + 12.0 * spiral_draw_uniform(random));
}

/* --- the groups ------------------------------------------------------------------------------- */

/* A pact by name, or none. */
static void draw_pact(char pact[16], double defence, double other, struct spiral_random *random)
{
    const double which = spiral_draw_uniform(random);

    strcpy(pact, which < defence                 ? "defence"
                 : which < defence + other       ? "consultation"
                 : which < defence + 2.0 * other ? "nonaggression"
                                                 : "");
}

/* The facts of one group, by the name of its columns. */
#define DRAW_GROUP(group, cinc, milex, pact, rival) \
    do { \
        w->group##_cinc = cinc; \
        w->group##_milex_share = milex; \
        draw_pact(w->group##_pact, pact, 0.04, random); \
        draw_pact(w->group##_pact_neighbour, pact, 0.04, random); \
        w->group##_nuclear = 1.0; \
        w->group##_igos = floor(within(spiral_draw_normal(random, 20.0, 8.0), 0.0, 80.0)); \
        w->group##_igos_neighbour = \
            floor(within(spiral_draw_normal(random, 22.0, 8.0), 0.0, 80.0)); \
        w->group##_km = spiral_round_six(8000.0 * spiral_draw_uniform(random)); \
        w->group##_rival = spiral_draw_flag(random, rival); \
        w->group##_sum_of_neighbour10 = \
            w->group##_rival * floor(9.0 * spiral_draw_uniform(random)); \
        w->group##_sum_of_group10 = w->group##_rival * floor(7.0 * spiral_draw_uniform(random)); \
        w->group##_deaths_neighbour10 = w->group##_rival * spiral_draw_flag(random, 0.1); \
        w->group##_deaths_group10 = w->group##_rival * spiral_draw_flag(random, 0.1); \
        w->group##_war10 = w->group##_rival * spiral_draw_flag(random, 0.05); \
    } while (0)

static void draw_groups(struct spiral_panel_window *w, struct spiral_random *random)
{
    DRAW_GROUP(west, 0.38, 0.06, 0.33, 0.12);
    DRAW_GROUP(russia, 0.17, 0.11, 0.07, 0.15);
    DRAW_GROUP(china, 0.1, 0.06, 0.02, 0.1);
}

/* --- the record ------------------------------------------------------------------------------- */

/* The record before the first window: of rivals there is more of it. */
static void draw_record(struct spiral_panel_window *w, struct spiral_random *random)
{
    const double often = w->rivalry_tss > 0.0 ? 0.55 : 0.1;
    const double disputes =
        spiral_draw_flag(random, often) * (1.0 + floor(3.0 * spiral_draw_uniform(random)));
    const double force = disputes > 0.0 ? spiral_draw_flag(random, 0.35) : 0.0;

    w->disputes10 = disputes;
    w->force10 = force;
    w->war10 = force > 0.0 ? spiral_draw_flag(random, 0.1) : 0.0;
    w->sum_neighbour10 = 2.0 * disputes;
    w->sum_small10 = floor(1.5 * disputes);
    w->deaths_neighbour10 = force > 0.0 ? spiral_draw_flag(random, 0.5) : 0.0;
    w->deaths_small10 = force > 0.0 ? spiral_draw_flag(random, 0.5) : 0.0;
    w->peace_mid = disputes > 0.0 ? floor(10.0 * spiral_draw_uniform(random))
                                  : 10.0 + floor(60.0 * spiral_draw_uniform(random));
    w->peace_force = force > 0.0 ? w->peace_mid : fmax(w->peace_mid, 10.0);
    w->mid_before = disputes > 0.0 ? 1.0 : spiral_draw_flag(random, 0.4);
    w->force_before = force > 0.0 ? 1.0 : w->mid_before * spiral_draw_flag(random, 0.3);
    w->last_host = disputes > 0.0 && w->peace_mid == 0.0 ? 3.0 + force : 1.0;
    w->ongoing_host =
        w->last_host > 1.0 && spiral_draw_flag(random, 0.3) > 0.0 ? w->last_host : 1.0;
}

void spiral_draw_pair(struct spiral_panel_window *window, size_t pair, struct spiral_random *random)
{
    spiral_window_blank(window);
    window->small = 1001.0 + 2.0 * (double)pair;
    window->neighbour = 1002.0 + 2.0 * (double)pair;
    snprintf(window->dyad, sizeof window->dyad, "%.0f-%.0f", window->small, window->neighbour);
    snprintf(window->small_iso, sizeof window->small_iso, "S%zu", pair + 1);
    snprintf(window->neighbour_iso, sizeof window->neighbour_iso, "N%zu", pair + 1);
    window->start = 1950.0;
    window->end = 1960.0;
    window->years = 10.0;
    draw_power(window, random);
    draw_place(window, random);
    draw_regimes(window, random);
    draw_bonds(window, random);
    draw_groups(window, random);
    draw_record(window, random);
    snprintf(window->window, sizeof window->window, "%s-%.0f", window->dyad, window->start);
}

/* The record of a window whose levels are known. */
static void keep_record(struct spiral_panel_window *w)
{
    const int years = (int)strlen(w->hosts);
    double disputes = 0.0;
    double force = 0.0;
    double since_mid = INFINITY;
    double since_force = INFINITY;

    for (int year = 0; year < years; year++) {
        const int level = spiral_panel_level(w, year);
        disputes += level > 1 && (year == 0 || spiral_panel_level(w, year - 1) == 1) ? 1.0 : 0.0;
        force += level >= 4 ? 1.0 : 0.0;
        since_mid = level > 1 ? years - 1.0 - year : since_mid;
        since_force = level >= 4 ? years - 1.0 - year : since_force;
    }
    w->disputes10 = disputes;
    w->force10 = force;
    w->war10 = w->war;
    w->sum_neighbour10 = 2.0 * disputes + (force > 0.0 ? 1.0 : 0.0);
    w->sum_small10 = floor(1.5 * disputes);
    w->deaths_neighbour10 = w->deaths_small10 = force > 0.0 ? 1.0 : 0.0;
    w->peace_mid = isfinite(since_mid) ? since_mid : w->peace_mid + years;
    w->peace_force = isfinite(since_force) ? since_force : w->peace_force + years;
    w->mid_before = fmax(w->mid_before, disputes > 0.0 ? 1.0 : 0.0);
    w->force_before = fmax(w->force_before, force > 0.0 ? 1.0 : 0.0);
    w->last_host = spiral_panel_level(w, years - 1);
    w->ongoing_host = w->last_host;
}

void spiral_draw_next(struct spiral_panel_window *window, struct spiral_random *random)
{
    keep_record(window);
    window->start += 10.0;
    window->end += 10.0;
    window->age += 10.0;
    window->igos = floor(within(window->igos + spiral_draw_normal(random, 7.0, 3.0), 0.0, 90.0));
    window->uds_small = spiral_round_six(window->uds_small + spiral_draw_normal(random, 0.05, 0.3));
    window->uds_neighbour =
        spiral_round_six(window->uds_neighbour + spiral_draw_normal(random, 0.05, 0.3));
    window->dependence_small = spiral_round_six(
        fmin(window->dependence_small * exp(spiral_draw_normal(random, 0.1, 0.5)), 1.0));
    window->hosts[0] = '\0';
    window->force = window->force_raw = window->war = window->mid = NAN;
    window->first_force = window->first_war = window->force_years = window->host_max = NAN;
    snprintf(window->window, sizeof window->window, "%s-%.0f", window->dyad, window->start);
}
