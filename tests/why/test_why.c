/* SPDX-License-Identifier: MIT */
/* The account of a case: against runs that are paired by hand, and against what must add up. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parallel/threads.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/edit.h"
#include "tools/farm/farm.h"
#include "tools/why/why_text.h"

enum { RUNS = 200, SUBSET_RUNS = 40 };

static struct spiral_scenario georgia;
static struct spiral_constants constants;
static struct spiral_plan_options plan_options;
static struct spiral_why why;

static struct spiral_why_case the_case(void)
{
    return (struct spiral_why_case){&georgia, &constants, &plan_options, 1};
}

static void account(struct spiral_why *account, int threads)
{
    const struct spiral_why_case given = the_case();
    const struct spiral_why_options options = {.runs = RUNS,
                                               .subset_runs = SUBSET_RUNS,
                                               .workers = spiral_farm_workers(threads)};
    struct spiral_error error;

    if (spiral_why_run(account, &given, &options, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

static int set_up(void **unused)
{
    (void)unused;
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);
    constants = spiral_constants_defaults();
    plan_options = spiral_plan_options_defaults();
    if (spiral_scenario_load(&georgia, SPIRAL_SOURCE_DIR "/scenarios/georgia.yaml", &diagnostics) !=
        SPIRAL_OK)
        return -1;
    account(&why, 2);

    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_why_clear(&why);
    spiral_scenario_clear(&georgia);
    return 0;
}

/* Runs two plans in pairs, by the code that what-ifs use. */
static struct spiral_pairing pair_runs(const struct spiral_scenario *scenario,
                                       const struct spiral_constants *other)
{
    struct spiral_plan *plans[2];
    struct spiral_collector collectors[2];
    struct spiral_pairing pairing;

    assert_int_equal(spiral_plan_create(&plans[0], &georgia, &constants, &plan_options, NULL),
                     SPIRAL_OK);
    assert_int_equal(spiral_plan_create(&plans[1], scenario, other, &plan_options, NULL),
                     SPIRAL_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(spiral_collector_init(&collectors[i], plans[i], false, false), SPIRAL_OK);

    const struct spiral_plan *const both[2] = {plans[0], plans[1]};
    struct spiral_collector *const into[2] = {&collectors[0], &collectors[1]};

    assert_int_equal(spiral_parallel_run_paired(both, 1, RUNS, 1, into, &pairing, NULL, NULL),
                     SPIRAL_OK);

    for (int i = 0; i < 2; i++) {
        spiral_collector_clear(&collectors[i]);
        spiral_plan_destroy(plans[i]);
    }

    return pairing;
}

static void assert_effect(const struct spiral_why_effect *effect, uint64_t gone, uint64_t added)
{
    assert_int_equal(effect->gone, gone);
    assert_int_equal(effect->added, added);
}

static void test_but_for_by_hand(void **unused)
{
    (void)unused;
    struct spiral_constants without = constants;

    without.encircle = 0.0;
    struct spiral_pairing pairing = pair_runs(&georgia, &without);

    assert_true(pairing.all.war_first > 0); /* there is something to explain */
    assert_effect(&why.accounts[SPIRAL_WHY_war].mechanisms[SPIRAL_MECHANISM_encirclement],
                  pairing.all.war_first, pairing.all.war_second);
    assert_effect(&why.accounts[SPIRAL_WHY_force].mechanisms[SPIRAL_MECHANISM_encirclement],
                  pairing.all.force_first, pairing.all.force_second);

    /* greed is a fact of states, and the timeline may change it */
    struct spiral_scenario meek;

    assert_int_equal(spiral_scenario_copy(&meek, &georgia), SPIRAL_OK);
    for (size_t i = 0; i < meek.state_count; i++)
        meek.states[i].greed = 0.0;
    for (size_t e = 0; e < meek.entry_count; e++)
        if (meek.entries[e].kind == SPIRAL_ENTRY_GREED)
            meek.entries[e].value = 0.0;
    pairing = pair_runs(&meek, &constants);
    assert_effect(&why.accounts[SPIRAL_WHY_war].mechanisms[SPIRAL_MECHANISM_greed],
                  pairing.all.war_first, pairing.all.war_second);
    spiral_scenario_clear(&meek);
}

static void test_acts_by_hand(void **unused)
{
    (void)unused;
    const struct spiral_why_account *war = &why.accounts[SPIRAL_WHY_war];

    assert_true(why.act_count > 5 && why.act_count <= georgia.entry_count);

    for (size_t i = 0; i < 2; i++) {
        const size_t a = i == 0 ? war->order[0] : why.act_count - 1;
        struct spiral_scenario rest;
        assert_int_equal(spiral_scenario_copy(&rest, &georgia), SPIRAL_OK);
        spiral_edit_drop(&rest, why.acts[a]);
        assert_int_equal(rest.entry_count, georgia.entry_count - 1);

        const struct spiral_pairing pairing = pair_runs(&rest, &constants);
        assert_effect(&war->acts[a], pairing.all.war_first, pairing.all.war_second);
        spiral_scenario_clear(&rest);
    }

    for (size_t i = 0; i + 1 < why.act_count; i++)
        assert_true(fabs(war->acts[war->order[i]].risk.value) >=
                    fabs(war->acts[war->order[i + 1]].risk.value));
}

static void test_shares_add_up(void **unused)
{
    (void)unused;
    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        const struct spiral_why_account *of = &why.accounts[o];
        double sum = of->chance.value;

        for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
            sum += of->shares[m].value;
            assert_true(of->shares[m].interval.low <= of->shares[m].value &&
                        of->shares[m].value <= of->shares[m].interval.high);
        }

        assert_true(fabs(sum - of->all.value) < 1e-12);
    }
}

/* Constants under which a mechanism is off already: taking it away changes no run, and it has no
 * share. */
static void test_what_is_off_explains_nothing(void **unused)
{
    (void)unused;
    struct spiral_why other;

    constants.loss = 0.0;
    constants.noise = 0.0;
    account(&other, 2);

    static const int off[] = {SPIRAL_MECHANISM_loss, SPIRAL_MECHANISM_misperception};

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++)
        for (int i = 0; i < 2; i++) {
            assert_effect(&other.accounts[o].mechanisms[off[i]], 0, 0);
            assert_true(other.accounts[o].shares[off[i]].value == 0.0);
        }

    spiral_why_clear(&other);
    constants = spiral_constants_defaults();
}

static void test_threads_do_not_matter(void **unused)
{
    (void)unused;
    struct spiral_why other;
    char *texts[2];

    account(&other, 1);

    for (int i = 0; i < 2; i++) {
        json_t *object = spiral_why_json(i == 0 ? &why : &other);
        assert_non_null(object);
        texts[i] = json_dumps(object, JSON_SORT_KEYS);
        json_decref(object);
    }

    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
    spiral_why_clear(&other);
}

static void test_json(void **unused)
{
    (void)unused;
    json_t *object = spiral_why_json(&why);
    json_t *accounts = json_object_get(object, "accounts");

    assert_string_equal(json_string_value(json_object_get(object, "scenario")), "georgia");
    assert_int_equal(json_array_size(accounts), SPIRAL_WHY_OUTCOMES);

    for (size_t o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        json_t *of = json_array_get(accounts, o);
        json_t *mechanisms = json_object_get(of, "mechanisms");
        assert_int_equal(json_array_size(mechanisms), SPIRAL_MECHANISMS);
        assert_int_equal(json_array_size(json_object_get(of, "acts")), why.act_count);

        json_t *first = json_array_get(mechanisms, 0);
        assert_string_equal(json_string_value(json_object_get(first, "mechanism")), "encirclement");
        assert_true(json_real_value(json_object_get(json_object_get(first, "shapley"), "value")) ==
                    why.accounts[o].shares[0].value);
    }

    json_decref(object);
}

static void assert_text_has_80_columns(const struct spiral_why *account, const char *says)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    spiral_why_print(account, 10, out);
    fclose(out);
    assert_non_null(strstr(text, says));

    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        assert_true(strcspn(line, "\n") <= 80);

    free(text);
}

static void test_text_has_80_columns(void **unused)
{
    (void)unused;
    assert_text_has_80_columns(&why, "chance");
}

/* Runs are spread over the sets: run r has set r modulo their number, a mechanism is off in every
 * set, and the second interval holds both sets' own numbers. */
static void test_sets_of_constants(void **unused)
{
    (void)unused;
    struct spiral_constants both[2] = {constants, constants};
    const struct spiral_constant_sets posterior = {.count = 2, .sets = both};
    struct spiral_plan_options spread = plan_options;
    const struct spiral_why_case given = {&georgia, &constants, &spread, 1};
    const struct spiral_why_variant variants[2] = {{0, -1},
                                                   {1u << SPIRAL_MECHANISM_encirclement, -1}};
    const struct spiral_workers workers = spiral_farm_workers(2);
    unsigned char marks[2 * RUNS];
    unsigned char own[2][2 * RUNS];
    struct spiral_error error;
    struct spiral_why other;

    both[0].war = 0.0; /* no force becomes war by pressure */
    spread.posterior = &posterior;
    assert_int_equal(spiral_why_mark(&given, variants, 2, RUNS, &workers, marks, &error),
                     SPIRAL_OK);

    for (int set = 0; set < 2; set++) {
        const struct spiral_why_case alone = {&georgia, &both[set], &plan_options, 1};
        assert_int_equal(spiral_why_mark(&alone, variants, 2, RUNS, &workers, own[set], &error),
                         SPIRAL_OK);
    }
    for (int run = 0; run < 2 * RUNS; run++)
        assert_int_equal(marks[run], own[run % RUNS % 2][run]);

    const struct spiral_why_options options = {.runs = RUNS,
                                               .subset_runs = SUBSET_RUNS,
                                               .workers = workers};
    if (spiral_why_run(&other, &given, &options, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);

    /* one set has next to no war, the other much: what the constants may be is wider than chance */
    const struct spiral_why_account *war = &other.accounts[SPIRAL_WHY_war];
    assert_true(war->risk.by_constants && war->chance.by_constants);
    assert_true(war->risk.constants.high - war->risk.constants.low >
                war->risk.interval.high - war->risk.interval.low);
    for (int m = 0; m < SPIRAL_MECHANISMS; m++)
        assert_true(war->shares[m].by_constants && war->mechanisms[m].risk.by_constants);
    assert_false(why.accounts[SPIRAL_WHY_war].risk.by_constants);

    assert_text_has_80_columns(&other, "over 2 sets of constants");

    json_t *object = spiral_why_json(&other);
    const json_t *account = json_array_get(json_object_get(object, "accounts"), SPIRAL_WHY_war);
    const json_t *risk = json_object_get(account, "risk");
    assert_true(json_real_value(json_object_get(json_object_get(risk, "constants"), "hi")) ==
                war->risk.constants.high);
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(object, "posterior"), "sets")),
                     2);
    json_decref(object);
    spiral_why_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_but_for_by_hand),
        cmocka_unit_test(test_acts_by_hand),
        cmocka_unit_test(test_shares_add_up),
        cmocka_unit_test(test_what_is_off_explains_nothing),
        cmocka_unit_test(test_threads_do_not_matter),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_text_has_80_columns),
        cmocka_unit_test(test_sets_of_constants),
    };
    return cmocka_run_group_tests_name("why/why", tests, set_up, tear_down);
}
