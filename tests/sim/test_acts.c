/* SPDX-License-Identifier: MIT */
/* Entries of a timeline in words: one of each kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sim/acts.h"
#include "tests/support/build_scenario.h"

static void assert_words(struct spiral_scenario *scenario, struct spiral_entry act,
                         const char *words)
{
    char text[SPIRAL_ACT_TEXT];

    scenario->entries = &act;
    scenario->entry_count = 1;
    spiral_act_text(scenario, 0, text);
    assert_string_equal(text, words);
    scenario->entries = NULL;
    scenario->entry_count = 0;
}

static void test_each_kind_has_words(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = spiral_scenario_defaults();

    scenario.state_count = 2;
    scenario.states[0] = (struct spiral_state_facts){.id = "SML"};
    scenario.states[1] = (struct spiral_state_facts){.id = "NBR"};
    assert_words(&scenario,
                 (struct spiral_entry){.kind = SPIRAL_ENTRY_DOCTRINE, .doctrine_name = "aloof"},
                 "SML turns to aloof");
    assert_words(&scenario,
                 (struct spiral_entry){.kind = SPIRAL_ENTRY_GREED, .actor = 1, .value = 0.25},
                 "NBR: greed 0.25");
    assert_words(&scenario,
                 (struct spiral_entry){.kind = SPIRAL_ENTRY_RESOLVE, .actor = 1, .value = 0.5},
                 "NBR: resolve 0.50");
    assert_words(&scenario,
                 (struct spiral_entry){.kind = SPIRAL_ENTRY_MOVE,
                                       .actor = 0,
                                       .target = 1,
                                       .move = SPIRAL_MOVE_treaty},
                 "SML: treaty, NBR");
    assert_words(&scenario,
                 (struct spiral_entry){
                     .kind = SPIRAL_ENTRY_MOVE, .actor = 1, .target = -1, .move = SPIRAL_MOVE_arm},
                 "NBR: arm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_kind_has_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
