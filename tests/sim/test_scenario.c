/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Scenarios as data: defaults, texts, series, finding, and copies that share nothing, also where
 * the n-th allocation fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"
#include "tests/support/failing_memory.h"

/* --- texts and series ------------------------------------------------------------------------- */

static void test_text_in_a_language(void **unused)
{
    (void)unused;
    char chinese[] = "乌克兰";
    char english[] = "Ukraine";
    char plain[] = "UKR";
    char german[] = "Die Ukraine";
    struct spiral_translation items[] = {{"de", german},
                                         {"zh", chinese},
                                         {"", plain},
                                         {"en", english}};
    const struct spiral_text all = {4, items};
    const struct spiral_text without_english = {3, items};
    const struct spiral_text german_alone = {1, items};
    const struct spiral_text absent = {.count = 0};

    assert_string_equal(spiral_text_get(&all, "zh"), chinese);
    assert_string_equal(spiral_text_get(&all, "de"), german);
    assert_string_equal(spiral_text_get(&all, "fr"), english);
    assert_string_equal(spiral_text_get(&without_english, "fr"), plain);
    assert_string_equal(spiral_text_get(&german_alone, "fr"), german);
    assert_ptr_equal(spiral_text_get(&all, "zh"), chinese); /* owned by the text */
    assert_string_equal(spiral_text_get(&absent, "en"), "");
}

static void test_series(void **unused)
{
    (void)unused;
    double year[] = {1990.0, 2000.0, 2010.0};
    double value[] = {0.8, 0.4, 0.6};
    const struct spiral_series three = {3, year, value};
    const struct spiral_series one = {1, year, value};
    struct spiral_series made = {.count = 0};
    const struct spiral_series none = {.count = 0};

    assert_near(spiral_series_at(&three, 1990.0), 0.8);
    assert_near(spiral_series_at(&three, 1995.0), 0.6);
    assert_near(spiral_series_at(&three, 1997.5), 0.5);
    assert_near(spiral_series_at(&three, 2000.0), 0.4);
    assert_near(spiral_series_at(&three, 2005.0), 0.5);
    assert_near(spiral_series_at(&three, 2010.0), 0.6);
    assert_near(spiral_series_at(&three, 1900.0), 0.8); /* flat outside */
    assert_near(spiral_series_at(&three, 2100.0), 0.6);
    assert_near(spiral_series_at(&one, 1900.0), 0.8);
    assert_near(spiral_series_at(&one, 2100.0), 0.8);
    assert_near(spiral_series_at(&none, 2000.0), 0.0);

    assert_true(spiral_series_set_constant(&made, 0.3));
    assert_near(spiral_series_at(&made, 1900.0), 0.3);
    assert_near(spiral_series_at(&made, 2100.0), 0.3);
    free(made.year);
    free(made.value);
}

/* --- defaults and finding --------------------------------------------------------------------- */

static void test_defaults(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = spiral_scenario_defaults();

    assert_near(scenario.dt, 1.0 / 12.0);
    assert_int_equal(scenario.state_count + scenario.pair_count + scenario.entry_count +
                         scenario.observation_count,
                     0);
    assert_null(scenario.pairs);
    assert_null(scenario.entries);
    assert_null(scenario.observations);
    assert_string_equal(scenario.name, "");
    assert_int_equal(scenario.title.count + scenario.summary.count, 0);

    const struct spiral_state_facts state = spiral_state_facts_defaults();

    assert_string_equal(state.doctrine_name, "custom");
    assert_int_equal(state.name.count + state.power.count + state.public_count, 0);
    assert_null(state.source);

    const struct spiral_pair_facts pair = spiral_pair_facts_defaults(2, 1);

    assert_int_equal(pair.first, 2);
    assert_int_equal(pair.second, 1);
    assert_int_equal(pair.interdependence.count, 0);
    assert_null(pair.source);
    spiral_scenario_clear(&scenario);
    spiral_scenario_clear(&scenario);
    assert_near(scenario.dt, 1.0 / 12.0);
}

static void test_finding(void **unused)
{
    (void)unused;
    struct spiral_scenario triad;
    struct spiral_scenario none = spiral_scenario_defaults();

    spiral_test_triad(&triad);
    assert_int_equal(spiral_scenario_find_state(&triad, "S"), TRIAD_SMALL);
    assert_int_equal(spiral_scenario_find_state(&triad, "O"), TRIAD_OFFSHORE);
    assert_int_equal(spiral_scenario_find_state(&triad, "s"), -1);
    assert_int_equal(spiral_scenario_find_state(&triad, ""),
                     -1); /* not one of the empty places behind the last */
    assert_int_equal(spiral_scenario_find_state(&none, "S"), -1);
    assert_ptr_equal(spiral_scenario_find_pair(&triad, TRIAD_SMALL, TRIAD_NEIGHBOUR),
                     &triad.pairs[0]);
    assert_ptr_equal(spiral_scenario_find_pair(&triad, TRIAD_NEIGHBOUR, TRIAD_SMALL),
                     &triad.pairs[0]);
    assert_ptr_equal(spiral_scenario_find_pair(&triad, TRIAD_NEIGHBOUR, TRIAD_OFFSHORE),
                     &triad.pairs[2]);
    assert_ptr_equal(spiral_scenario_find_pair(&triad, TRIAD_OFFSHORE, TRIAD_NEIGHBOUR),
                     &triad.pairs[2]);
    assert_null(spiral_scenario_find_pair(&triad, TRIAD_SMALL, TRIAD_SMALL));
    assert_null(spiral_scenario_find_pair(&triad, TRIAD_SMALL, 7));
    assert_null(spiral_scenario_find_pair(&none, 0, 1));
    spiral_scenario_clear(&triad);
}

/* --- copies ----------------------------------------------------------------------------------- */

static void set_string(char **owned, const char *string)
{
    assert_non_null(*owned = strdup(string));
}

static void set_text(struct spiral_text *text, const char *english)
{
    text->items = calloc(2, sizeof *text->items);
    assert_non_null(text->items);
    text->count = 2;
    strcpy(text->items[0].language, "en");
    set_string(&text->items[0].text, english);
    strcpy(text->items[1].language, "zh");
    set_string(&text->items[1].text, "中文");
}

/* The triad, with a text and a source wherever there can be one. */
static void make_full(struct spiral_scenario *scenario)
{
    spiral_test_triad(scenario);
    set_text(&scenario->title, "title");
    set_text(&scenario->summary, "summary");

    for (size_t i = 0; i < scenario->state_count; i++) {
        set_text(&scenario->states[i].name, scenario->states[i].id);
        set_string(&scenario->states[i].source, "a state's source");
    }

    for (size_t m = 0; m < scenario->states[TRIAD_SMALL].public_count; m++)
        set_text(&scenario->states[TRIAD_SMALL].publics[m].name, "segment");

    set_string(&scenario->pairs[1].source, "a pair's source");
    set_text(&scenario->entries[2].caption, "caption");
    set_string(&scenario->entries[2].source, "an entry's source");
    set_string(&scenario->observations[0].source, "an observation's source");
}

static void assert_string_copied(const char *copy, const char *string)
{
    if (string == NULL) {
        assert_null(copy);
        return;
    }

    assert_string_equal(copy, string);
    assert_ptr_not_equal(copy, string);
}

static void assert_text_copied(const struct spiral_text *copy, const struct spiral_text *text)
{
    assert_int_equal(copy->count, text->count);
    assert_true(text->count == 0 || copy->items != text->items);

    for (size_t i = 0; i < text->count; i++) {
        assert_string_equal(copy->items[i].language, text->items[i].language);
        assert_string_copied(copy->items[i].text, text->items[i].text);
    }
}

static void assert_series_copied(const struct spiral_series *copy,
                                 const struct spiral_series *series)
{
    assert_int_equal(copy->count, series->count);
    if (series->count == 0)
        return;
    assert_memory_equal(copy->year, series->year, series->count * sizeof(double));
    assert_memory_equal(copy->value, series->value, series->count * sizeof(double));
    assert_ptr_not_equal(copy->year, series->year);
    assert_ptr_not_equal(copy->value, series->value);
}

static void assert_state_copied(const struct spiral_state_facts *copy,
                                const struct spiral_state_facts *state)
{
    struct spiral_state_facts one = *copy;
    struct spiral_state_facts two = *state;

    assert_string_equal(one.id, two.id);
    assert_string_equal(one.doctrine_name, two.doctrine_name);
    assert_int_equal(one.role, two.role);
    assert_memory_equal(one.doctrine, two.doctrine, sizeof two.doctrine);
    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++)
        assert_near(*spiral_state_fact_at(&one, f), *spiral_state_fact_at(&two, f));

    assert_text_copied(&copy->name, &state->name);
    assert_string_copied(copy->source, state->source);
    assert_series_copied(&copy->power, &state->power);
    assert_int_equal(copy->public_count, state->public_count);

    for (size_t m = 0; m < state->public_count; m++) {
        assert_near(copy->publics[m].weight, state->publics[m].weight);
        assert_near(copy->publics[m].orientation, state->publics[m].orientation);
        assert_near(copy->publics[m].kin, state->publics[m].kin);
        assert_text_copied(&copy->publics[m].name, &state->publics[m].name);
    }
}

static void assert_pair_copied(const struct spiral_pair_facts *copy,
                               const struct spiral_pair_facts *pair)
{
    struct spiral_pair_facts one = *copy;
    struct spiral_pair_facts two = *pair;

    assert_string_copied(copy->source, pair->source);
    assert_series_copied(&copy->interdependence, &pair->interdependence);
    one.source = two.source = NULL;
    one.interdependence = two.interdependence;
    assert_memory_equal(&one, &two, sizeof two);
}

static void assert_entry_copied(const struct spiral_entry *copy, const struct spiral_entry *entry)
{
    struct spiral_entry one = *copy;
    struct spiral_entry two = *entry;

    assert_string_copied(copy->source, entry->source);
    assert_text_copied(&copy->caption, &entry->caption);
    one.source = two.source = NULL;
    one.caption = two.caption;
    assert_memory_equal(&one, &two, sizeof two);
}

static void assert_copied(const struct spiral_scenario *copy,
                          const struct spiral_scenario *scenario)
{
    assert_string_equal(copy->name, scenario->name);
    assert_text_copied(&copy->title, &scenario->title);
    assert_text_copied(&copy->summary, &scenario->summary);
    assert_near(copy->start, scenario->start);
    assert_near(copy->end, scenario->end);
    assert_near(copy->dt, scenario->dt);
    assert_int_equal(copy->small, scenario->small);
    assert_int_equal(copy->state_count, scenario->state_count);
    for (size_t i = 0; i < scenario->state_count; i++)
        assert_state_copied(&copy->states[i], &scenario->states[i]);

    assert_int_equal(copy->pair_count, scenario->pair_count);
    for (size_t p = 0; p < scenario->pair_count; p++)
        assert_pair_copied(&copy->pairs[p], &scenario->pairs[p]);

    assert_int_equal(copy->entry_count, scenario->entry_count);
    for (size_t e = 0; e < scenario->entry_count; e++)
        assert_entry_copied(&copy->entries[e], &scenario->entries[e]);

    assert_int_equal(copy->observation_count, scenario->observation_count);

    for (size_t o = 0; o < scenario->observation_count; o++) {
        const struct spiral_observation *one = &copy->observations[o];
        const struct spiral_observation *two = &scenario->observations[o];
        assert_memory_equal(one, two,
                            offsetof(struct spiral_observation, hostility) + sizeof two->hostility);
        assert_string_copied(one->source, two->source);
    }
}

static void copy_and_compare(struct spiral_scenario *scenario)
{
    struct spiral_scenario copy;
    struct spiral_scenario second;

    memset(&copy, 0x5a, sizeof copy); /* it need not be initialised */
    assert_int_equal(spiral_scenario_copy(&copy, scenario), SPIRAL_OK);
    assert_copied(&copy, scenario);
    assert_int_equal(spiral_scenario_copy(&second, &copy), SPIRAL_OK);
    spiral_scenario_clear(
        scenario); /* what is left stands by itself: an address sanitizer would tell */
    assert_copied(&copy, &second);
    spiral_scenario_clear(&copy);
    spiral_scenario_clear(&second);
}

static void test_copies(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = spiral_scenario_defaults();

    copy_and_compare(&scenario);
    spiral_test_dyad(&scenario);
    copy_and_compare(&scenario);
    spiral_test_octet(&scenario);
    copy_and_compare(&scenario);
    make_full(&scenario);
    copy_and_compare(&scenario);
}

static void test_editing_one_leaves_the_other(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_scenario copy;

    make_full(&scenario);
    assert_int_equal(spiral_scenario_copy(&copy, &scenario), SPIRAL_OK);
    copy.states[0].power.value[0] = 9.0;
    copy.pairs[0].ties = 0.125;
    copy.pairs[0].interdependence.value[0] = 0.125;
    copy.entries[0].weight = 2.0;
    copy.observations[0].hostility = 5;
    copy.title.items[0].text[0] = 'T';
    copy.states[0].publics[1].name.items[0].text[0] = 'S';

    struct spiral_scenario fresh;

    make_full(&fresh);
    assert_copied(&scenario, &fresh);
    spiral_scenario_clear(&fresh);
    spiral_scenario_clear(&copy);
    spiral_scenario_clear(&scenario);
}

/* The n-th allocation and all after it fail, for every n: the copy is the defaults, the original
 * whole, and nothing is lost. */
static void test_every_allocation_is_checked(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_scenario copy;
    long n = 0;

    make_full(&scenario);

    do {
        spiral_test_memory.failed = false;
        spiral_test_memory.until_failure = n;

        const enum spiral_status status = spiral_scenario_copy(&copy, &scenario);
        spiral_test_memory.until_failure = -1;
        assert_int_equal(status, spiral_test_memory.failed ? SPIRAL_NO_MEMORY : SPIRAL_OK);

        if (spiral_test_memory.failed) {
            assert_int_equal(copy.state_count + copy.pair_count + copy.entry_count +
                                 copy.observation_count,
                             0);
            assert_true(copy.pairs == NULL && copy.entries == NULL && copy.observations == NULL);
            assert_true(copy.title.items == NULL && copy.states[0].power.year == NULL &&
                        copy.states[0].source == NULL);
        } else
            assert_copied(&copy, &scenario);
        spiral_scenario_clear(&copy);
        n++;
    } while (spiral_test_memory.failed);
    assert_true(n > 40);
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_in_a_language),
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_editing_one_leaves_the_other),
        cmocka_unit_test(test_every_allocation_is_checked),
    };

    return cmocka_run_group_tests_name("sim/scenario", tests, NULL, NULL);
}
