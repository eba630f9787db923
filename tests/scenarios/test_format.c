/* SPDX-License-Identifier: MIT */
/* Every field of the format's reference file, tests/scenarios/valid/format-1.yaml, arrives; and
 * every case of scenarios/ loads. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/tables.h"

static struct spiral_diagnostics diagnostics;

static void assert_near(double found, double expected)
{
    assert_true(found - expected < 1e-12 && expected - found < 1e-12);
}

static void assert_text(const struct spiral_text *text, const char *language, const char *expected)
{
    assert_string_equal(spiral_text_get(text, language), expected);
}

static struct spiral_scenario reference_scenario(void)
{
    struct spiral_scenario scenario;

    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status =
        spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/tests/scenarios/valid/format-1.yaml",
                             &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    assert_int_equal(status, SPIRAL_OK);

    return scenario;
}

static void test_reference_head(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = reference_scenario();

    assert_string_equal(scenario.name, "ukraine");
    assert_int_equal(scenario.title.count, 2);
    assert_text(&scenario.title, "en", "Ukraine, 1991-2022");
    assert_text(&scenario.title, "zh", "乌克兰，1991—2022");
    assert_int_equal(scenario.summary.count, 1);
    assert_text(&scenario.summary, "en",
                "A border state between Russia and the West, from independence to the invasion.");
    assert_near(scenario.start, 1991.0 + 11.0 / 12.0);
    assert_near(scenario.end, 2022.0 + 11.0 / 12.0);
    assert_near(scenario.dt, 1.0 / 12.0);
    assert_int_equal(spiral_step_count(scenario.start, scenario.end, scenario.dt), 31 * 12);
    assert_int_equal(scenario.small, 0);
    assert_int_equal(scenario.state_count, 3);
    assert_int_equal(scenario.pair_count, 3);
    assert_int_equal(scenario.entry_count, 3);
    assert_int_equal(scenario.observation_count, 3);
    spiral_scenario_clear(&scenario);
}

static void test_reference_states(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = reference_scenario();
    const struct spiral_state_facts *small = &scenario.states[0];
    const struct spiral_state_facts *near = &scenario.states[1];
    const struct spiral_state_facts *far = &scenario.states[2];
    const double years[] = {1992, 2007, 2022};
    const double powers[] = {0.0165, 0.0124, 0.0085};

    assert_string_equal(small->id, "UKR");
    assert_text(&small->name, "zh", "乌克兰");
    assert_null(small->source);
    assert_int_equal(small->role, SPIRAL_SMALL);
    assert_string_equal(small->doctrine_name, "straddling");
    assert_memory_equal(small->doctrine, spiral_doctrines[SPIRAL_PRESET_straddling].number,
                        sizeof small->doctrine);
    assert_int_equal(small->power.count, 3);

    for (int i = 0; i < 3; i++) {
        assert_near(small->power.year[i], years[i]);
        assert_near(small->power.value[i], powers[i]);
    }

    assert_near(small->arms, 0.25);
    assert_near(small->resolve, 0.6);
    assert_near(small->greed, spiral_state_fact_fields[SPIRAL_STATE_FACT_greed].value);
    assert_near(small->nuclear, 0.0);
    assert_int_equal(small->public_count, 2);
    assert_text(&small->publics[0].name, "en", "West and centre");
    assert_near(small->publics[0].weight, 0.6);
    assert_near(small->publics[0].orientation, 0.4);
    assert_near(small->publics[0].kin, 0.2);
    assert_text(&small->publics[1].name, "en", "East and south");
    assert_near(small->publics[1].weight, 0.4);
    assert_near(small->publics[1].orientation, -0.4);
    assert_near(small->publics[1].kin, 0.8);
    assert_string_equal(near->id, "RUS");
    assert_int_equal(near->role, SPIRAL_NEIGHBOUR);
    assert_string_equal(near->doctrine_name, "detente");
    assert_near(near->greed, 0.35);
    assert_near(near->nuclear, 1.0);
    assert_near(near->arms, -1.0);
    assert_int_equal(near->public_count, 0);
    assert_string_equal(far->id, "NATO");
    assert_text(&far->name, "en", "United States and NATO");
    assert_int_equal(far->role, SPIRAL_OFFSHORE);
    assert_near(far->resolve, 0.8);
    assert_int_equal(far->power.count, 1);
    assert_near(spiral_series_at(&far->power, 1900.0), 0.14);
    spiral_scenario_clear(&scenario);
}

static void test_reference_pairs(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = reference_scenario();
    const struct spiral_pair_facts *rivals = &scenario.pairs[0];
    const struct spiral_pair_facts *patron = &scenario.pairs[1];
    const struct spiral_pair_facts *powers = &scenario.pairs[2];

    assert_true(rivals->first == 0 && rivals->second == 1 && patron->first == 0 &&
                patron->second == 2);
    assert_true(powers->first == 1 && powers->second == 2);
    assert_near(rivals->proximity, 1.0);
    assert_near(rivals->ties, 0.9);
    assert_near(rivals->reach, 1.0);
    assert_near(spiral_series_at(&rivals->interdependence, 2000.0), 0.6);
    assert_near(rivals->institution, 0.05);
    assert_near(rivals->contested, 0.3);
    assert_near(rivals->initial_reassurance, 0.4);
    assert_near(rivals->initial_commitment, 0.0);
    assert_near(rivals->initial_presence, 0.0);
    assert_near(rivals->initial_threat[0], 0.25);
    assert_near(rivals->initial_threat[1], 0.15);
    assert_near(rivals->initial_othering[0], 0.1);
    assert_near(rivals->initial_othering[1], 0.0);
    assert_near(rivals->initial_grievance[0], 0.0);
    assert_near(rivals->initial_hostility, 1.0);
    assert_near(patron->reach, 0.5);
    assert_near(patron->proximity, 0.0);
    assert_int_equal(patron->interdependence.count, 0);
    assert_near(patron->initial_threat[0], 0.1);
    assert_near(powers->institution, 0.1);
    assert_near(powers->initial_reassurance, 0.5);
    assert_near(powers->initial_threat[0], 0.2);
    assert_near(powers->initial_threat[1], 0.15);
    assert_near(powers->reach, 0.5);
    spiral_scenario_clear(&scenario);
}

static void test_reference_timeline(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = reference_scenario();
    const struct spiral_entry *entries = scenario.entries;

    assert_int_equal(entries[0].kind, SPIRAL_ENTRY_MOVE);
    assert_int_equal(entries[0].move, SPIRAL_MOVE_partner);
    assert_true(entries[0].actor == 0 && entries[0].target == 2);
    assert_near(entries[0].date, 1994.0 + 1.0 / 12.0);
    assert_string_equal(entries[0].date_text, "1994-02");
    assert_near(entries[0].weight, 1.0);
    assert_text(&entries[0].caption, "en", "Joins Partnership for Peace");
    assert_string_equal(entries[0].source, "NATO framework document, 8 Feb 1994");
    assert_int_equal(entries[1].move, SPIRAL_MOVE_treaty);
    assert_true(entries[1].actor == 0 && entries[1].target == 1);
    assert_near(entries[1].weight, 1.0);
    assert_int_equal(entries[2].kind, SPIRAL_ENTRY_DOCTRINE);
    assert_int_equal(entries[2].actor, 0);
    assert_int_equal(entries[2].target, -1);
    assert_string_equal(entries[2].doctrine_name, "confront_near");
    assert_memory_equal(entries[2].doctrine, spiral_doctrines[SPIRAL_PRESET_confront_near].number,
                        sizeof entries[2].doctrine);

    const int levels[] = {1, 4, 5};
    const double dates[] = {1991.0 + 11.0 / 12.0, 2014.0 + 1.0 / 12.0, 2022.0 + 1.0 / 12.0};

    for (int i = 0; i < 3; i++) {
        assert_true(scenario.observations[i].first == 0 && scenario.observations[i].second == 1);
        assert_int_equal(scenario.observations[i].hostility, levels[i]);
        assert_near(scenario.observations[i].date, dates[i]);
    }

    assert_null(scenario.observations[0].source);
    assert_string_equal(scenario.observations[1].source, "...");
    assert_string_equal(scenario.observations[2].date_text, "2022-02");
    spiral_scenario_clear(&scenario);
}

static void test_every_case_loads_under_its_name(void **unused)
{
    (void)unused;
    int cases = 0;
    DIR *directory = opendir(SPIRAL_SOURCE_DIR "/scenarios");

    assert_non_null(directory);

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *suffix = strstr(entry->d_name, ".yaml");
        if (suffix == NULL || suffix[5] != '\0')
            continue;

        char path[1024];
        struct spiral_scenario scenario;
        snprintf(path, sizeof path, "%s/scenarios/%s", SPIRAL_SOURCE_DIR, entry->d_name);
        spiral_diagnostics_init(&diagnostics);

        const enum spiral_status status = spiral_scenario_load(&scenario, path, &diagnostics);
        spiral_diagnostics_print(&diagnostics, stderr);
        assert_int_equal(status, SPIRAL_OK);
        assert_int_equal(strlen(scenario.name), suffix - entry->d_name);
        assert_memory_equal(scenario.name, entry->d_name, strlen(scenario.name));
        spiral_scenario_clear(&scenario);
        cases++;
    }

    closedir(directory);
    assert_true(cases >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_head),
        cmocka_unit_test(test_reference_states),
        cmocka_unit_test(test_reference_pairs),
        cmocka_unit_test(test_reference_timeline),
        cmocka_unit_test(test_every_case_loads_under_its_name),
    };

    return cmocka_run_group_tests_name("scenarios/format", tests, NULL, NULL);
}
