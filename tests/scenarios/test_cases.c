/* SPDX-License-Identifier: MIT */
/* What docs/data-mapping.md promises of the cases: every fact and dated entry has a source,
 * weights above the usual their reason, captions both languages; and what two great powers do to
 * each other, and how a neighbour says it will act, is one record, the same in every case that
 * has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"

static const struct {
    const char *name;
    size_t least_entries; /* the three cases of the paper are told in detail */
} cases[] = {{"ukraine", 25}, {"finland", 20}, {"singapore", 20}, {"georgia", 1},
             {"baltics", 1},  {"cuba", 1},     {"poland", 20},    {"sweden", 20}};
enum { CASES = sizeof cases / sizeof *cases };

static struct spiral_scenario scenarios[CASES];

static int load_cases(void **unused)
{
    (void)unused;
    static struct spiral_diagnostics diagnostics;

    for (int i = 0; i < CASES; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/scenarios/%s.yaml", SPIRAL_SOURCE_DIR, cases[i].name);
        spiral_diagnostics_init(&diagnostics);
        if (spiral_scenario_load(&scenarios[i], path, &diagnostics) != SPIRAL_OK)
            return -1;
    }

    return 0;
}

static int clear_cases(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASES; i++)
        spiral_scenario_clear(&scenarios[i]);
    return 0;
}

static bool is_said(const char *text) { return text != NULL && *text != '\0'; }

static void test_everything_has_a_source(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASES; i++) {
        const struct spiral_scenario *scenario = &scenarios[i];
        for (size_t s = 0; s < scenario->state_count; s++)
            if (!is_said(scenario->states[s].source))
                fail_msg("%s: %s has no source", cases[i].name, scenario->states[s].id);
        for (size_t p = 0; p < scenario->pair_count; p++)
            if (!is_said(scenario->pairs[p].source))
                fail_msg("%s: pair %zu has no source", cases[i].name, p + 1);

        for (size_t o = 0; o < scenario->observation_count; o++)
            if (!is_said(scenario->observations[o].source))
                fail_msg("%s: the observation of %s has no source", cases[i].name,
                         scenario->observations[o].date_text);

        for (size_t e = 0; e < scenario->entry_count; e++)
            if (!is_said(scenario->entries[e].source))
                fail_msg("%s: the entry of %s has no source", cases[i].name,
                         scenario->entries[e].date_text);
    }
}

static void test_entries_are_many_enough(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASES; i++)
        if (scenarios[i].entry_count < cases[i].least_entries)
            fail_msg("%s: %zu dated entries, expected %zu", cases[i].name, scenarios[i].entry_count,
                     cases[i].least_entries);
}

static bool has_language(const struct spiral_text *text, const char *language)
{
    for (size_t i = 0; i < text->count; i++)
        if (strcmp(text->items[i].language, language) == 0)
            return is_said(text->items[i].text);
    return false;
}

static void test_captions_are_in_both_languages(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASES; i++)
        for (size_t e = 0; e < scenarios[i].entry_count; e++) {
            const struct spiral_entry *entry = &scenarios[i].entries[e];
            if (!has_language(&entry->caption, "en") || !has_language(&entry->caption, "zh"))
                fail_msg("%s: the entry of %s lacks a language", cases[i].name, entry->date_text);
        }
}

static void test_weights_above_the_usual_give_their_reason(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASES; i++)
        for (size_t e = 0; e < scenarios[i].entry_count; e++) {
            const struct spiral_entry *entry = &scenarios[i].entries[e];
            if (entry->weight <= 1.0)
                continue;

            char reason[32];
            char against[32];
            snprintf(reason, sizeof reason, "%g: ", entry->weight);
            snprintf(against, sizeof against, "%g against", entry->weight);
            if (strstr(entry->source, reason) == NULL && strstr(entry->source, against) == NULL)
                fail_msg("%s: the entry of %s weighs %g without a reason", cases[i].name,
                         entry->date_text, entry->weight);
        }
}

/* Whether an entry is an act of one of these two states towards the other. */
static bool is_between(const struct spiral_entry *entry, int x, int y)
{
    return entry->kind == SPIRAL_ENTRY_MOVE &&
           ((entry->actor == x && entry->target == y) || (entry->actor == y && entry->target == x));
}

/* Whether the scenario has this act of the actor: same target, date, move and weight. */
static bool has_the_same(const struct spiral_scenario *scenario, const struct spiral_entry *act,
                         const char *actor, const char *target)
{
    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->kind == SPIRAL_ENTRY_MOVE && entry->target >= 0 && entry->move == act->move &&
            entry->weight == act->weight && strcmp(entry->date_text, act->date_text) == 0 &&
            strcmp(scenario->states[entry->actor].id, actor) == 0 &&
            strcmp(scenario->states[entry->target].id, target) == 0)
            return true;
    }

    return false;
}

static void test_great_powers_have_one_record(void **unused)
{
    (void)unused;
    int compared = 0;

    for (int i = 0; i < CASES; i++)
        for (int j = 0; j < CASES; j++) {
            const struct spiral_scenario *one = &scenarios[i];
            const struct spiral_scenario *other = &scenarios[j];
            const int rus = spiral_scenario_find_state(one, "RUS");
            const int nato = spiral_scenario_find_state(one, "NATO");
            if (i == j || rus < 0 || nato < 0 || spiral_scenario_find_state(other, "RUS") < 0 ||
                spiral_scenario_find_state(other, "NATO") < 0)
                continue;

            for (size_t e = 0; e < one->entry_count; e++) {
                const struct spiral_entry *act = &one->entries[e];
                if (!is_between(act, rus, nato) || act->date < other->start ||
                    act->date >= other->end)
                    continue;
                compared++;
                if (!has_the_same(other, act, one->states[act->actor].id,
                                  one->states[act->target].id))
                    fail_msg("%s: the act of %s between Russia and NATO is not in %s",
                             cases[i].name, act->date_text, cases[j].name);
            }
        }

    assert_true(compared > 0);
}

/* Whether Russia, as the neighbour, takes this course on this date. */
static bool turns_the_same(const struct spiral_scenario *scenario, const struct spiral_entry *turn,
                           int rus)
{
    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->kind == SPIRAL_ENTRY_DOCTRINE && entry->actor == rus &&
            strcmp(entry->date_text, turn->date_text) == 0 &&
            strcmp(entry->doctrine_name, turn->doctrine_name) == 0)
            return true;
    }

    return false;
}

static int neighbour_russia(const struct spiral_scenario *scenario)
{
    const int rus = spiral_scenario_find_state(scenario, "RUS");
    return rus >= 0 && scenario->states[rus].role == SPIRAL_NEIGHBOUR ? rus : -1;
}

static void test_a_neighbour_has_one_declared_course(void **unused)
{
    (void)unused;
    int compared = 0;

    for (int i = 0; i < CASES; i++)
        for (int j = 0; j < CASES; j++) {
            const struct spiral_scenario *one = &scenarios[i];
            const struct spiral_scenario *other = &scenarios[j];
            const int rus = neighbour_russia(one);
            const int its = neighbour_russia(other);
            if (i == j || rus < 0 || its < 0)
                continue;

            for (size_t e = 0; e < one->entry_count; e++) {
                const struct spiral_entry *turn = &one->entries[e];
                if (turn->kind != SPIRAL_ENTRY_DOCTRINE || turn->actor != rus ||
                    turn->date < other->start || turn->date >= other->end)
                    continue;
                compared++;
                if (!turns_the_same(other, turn, its))
                    fail_msg("%s: Russia's turn of %s is not in %s", cases[i].name, turn->date_text,
                             cases[j].name);
            }
        }

    assert_true(compared > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_has_a_source),
        cmocka_unit_test(test_entries_are_many_enough),
        cmocka_unit_test(test_captions_are_in_both_languages),
        cmocka_unit_test(test_weights_above_the_usual_give_their_reason),
        cmocka_unit_test(test_great_powers_have_one_record),
        cmocka_unit_test(test_a_neighbour_has_one_declared_course),
    };

    return cmocka_run_group_tests(tests, load_cases, clear_cases);
}
