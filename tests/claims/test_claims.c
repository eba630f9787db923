/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Claims: contrasts against sums done by hand and intervals from elsewhere, the space and its
 * arms, and what swapping, threads and stopping do to a trial.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sim/plan.h"
#include "sim/random.h"
#include "tests/support/failing_memory.h"
#include "tools/claims/claims.h"
#include "tools/stylised/triad.h"

static struct spiral_error error;
static struct spiral_claim_set shipped;

/* The first two arms of the shipped set (make_shipped() asserts that they are). */
enum { CONFRONT, BALANCE };

static int make_shipped(void **state)
{
    (void)state;
    return spiral_claim_set_load_shipped(&shipped, &error) == SPIRAL_OK &&
                   spiral_arm_find(&shipped, "confront") == CONFRONT &&
                   spiral_arm_find(&shipped, "balance") == BALANCE
               ? 0
               : -1;
}

static int clear_shipped(void **state)
{
    (void)state;
    spiral_claim_set_clear(&shipped);
    return 0;
}

static void good(enum spiral_status status)
{
    if (status != SPIRAL_OK)
        fail_msg("%s", error.message);
}

/* --- contrasts -------------------------------------------------------------------------------- */

enum { RUNS = 40 };

/* `count` of RUNS replicates, from `first` on. */
static const unsigned char *some(int first, int count)
{
    static unsigned char rooms[8][RUNS];
    static int next;
    unsigned char *events = rooms[next++ % 8];

    for (int r = 0; r < RUNS; r++)
        events[r] = r >= first && r < first + count;
    return events;
}

static void test_contrasts_by_hand(void **state)
{
    (void)state;
    const struct spiral_claim raises = {.contrast = SPIRAL_CONTRAST_raises, .arm_count = 2},
                              worst = {.contrast = SPIRAL_CONTRAST_worst, .arm_count = 3},
                              interaction = {.contrast = SPIRAL_CONTRAST_interaction,
                                             .arm_count = 4};

    /* a in replicates 0..29, b in 20..31: 20 of a alone, 2 of b alone */
    struct spiral_claim_effect effect =
        spiral_claim_contrast(&raises, (const unsigned char *const[4]){some(0, 30), some(20, 12)},
                              RUNS);
    const struct spiral_interval paired = spiral_paired_difference(20, 2, RUNS);

    assert_true(fabs(effect.effect - 18.0 / RUNS) < 1e-15);
    assert_true(fabs(effect.low - paired.low) < 1e-12 && fabs(effect.high - paired.high) < 1e-12);
    assert_true(effect.verdict == SPIRAL_HOLDS && !effect.quiet);

    /* the worst is what it is against the next to it */
    effect =
        spiral_claim_contrast(&worst,
                              (const unsigned char *const[4]){some(0, 30), some(0, 2), some(0, 25)},
                              RUNS);
    assert_true(fabs(effect.effect - 5.0 / RUNS) < 1e-15 && effect.verdict == SPIRAL_HOLDS);
    effect =
        spiral_claim_contrast(&worst,
                              (const unsigned char *const[4]){some(0, 20), some(0, 2), some(0, 39)},
                              RUNS);
    assert_true(effect.verdict == SPIRAL_REVERSED && fabs(effect.effect + 19.0 / RUNS) < 1e-15);
    effect =
        spiral_claim_contrast(&worst,
                              (const unsigned char *const[4]){some(0, 20), some(0, 2), some(1, 20)},
                              RUNS);
    assert_true(effect.verdict == SPIRAL_UNDECIDED && effect.effect == 0.0);

    /* (30 - 10) - (20 - 15) */
    effect = spiral_claim_contrast(&interaction,
                                   (const unsigned char *const[4]){some(0, 30), some(0, 10),
                                                                   some(0, 20), some(0, 15)},
                                   RUNS);
    assert_true(fabs(effect.effect - 15.0 / RUNS) < 1e-15 && effect.verdict == SPIRAL_HOLDS);
    assert_true(effect.low >= -2.0 && effect.high <= 2.0);
}

/* Under no arm 5 % of the runs: 1 of 40 is quiet, 2 are not. */
static void test_quiet(void **state)
{
    (void)state;
    const struct spiral_claim raises = {.contrast = SPIRAL_CONTRAST_raises, .arm_count = 2};

    assert_true(spiral_claim_contrast(&raises,
                                      (const unsigned char *const[4]){some(0, 1), some(5, 1)}, RUNS)
                    .quiet);
    assert_false(spiral_claim_contrast(&raises,
                                       (const unsigned char *const[4]){some(0, 1), some(5, 2)},
                                       RUNS)
                     .quiet);
    assert_true(spiral_claim_effect_of(0, 0, 0, 2.0).low == -2.0 &&
                spiral_claim_effect_of(0, 0, 0, 2.0).verdict == SPIRAL_UNDECIDED);
}

/* --- summing up ------------------------------------------------------------------------------- */

static void test_medians(void **state)
{
    (void)state;
    double odd[101];
    double even[4] = {4.0, 1.0, 3.0, 2.0};
    struct spiral_estimate median;

    for (int i = 0; i < 101; i++)
        odd[i] = (double)((i * 37) % 101);

    good(spiral_claim_median(&median, odd, 101, 1, &error));
    assert_true(median.value == 50.0);

    /* the order statistics 41 and 61 of 101 bound the median with 95.4 % (binomial); the
     * bootstrap's are near them */
    assert_true(fabs(median.interval.low - 40.0) <= 2.0 &&
                fabs(median.interval.high - 60.0) <= 2.0);
    good(spiral_claim_median(&median, even, 4, 1, &error));
    assert_true(median.value == 2.5 && median.interval.low >= 1.0 && median.interval.high <= 4.0);
    good(spiral_claim_median(&median, even, 0, 1, &error));
    assert_true(isnan(median.value) && isnan(median.interval.low));
}

enum { POINTS = 400, AXES = 6 };
static double x[POINTS * AXES];
static bool behaviour[POINTS];

static void fill_points(uint64_t seed)
{
    struct spiral_random random = spiral_random_seed(seed, 0);
    for (int i = 0; i < POINTS * AXES; i++)
        x[i] = (double)spiral_random_next(&random) / 4294967296.0;
}

/* A behaviour in a corner of two parameters is found there, and nothing in what has no reason. */
static void test_corners(void **state)
{
    (void)state;
    struct spiral_claim_corner corner;

    fill_points(1);
    for (int p = 0; p < POINTS; p++)
        behaviour[p] = x[p * AXES + 4] > 0.5 && x[p * AXES + 1] < 0.6;

    good(spiral_claim_corner_find(&corner, x, behaviour, POINTS, AXES, &error));
    assert_int_equal(corner.deciders, 2);
    assert_int_equal(corner.cuts, 2);
    assert_int_equal(corner.decider[0].axis, 4);
    assert_int_equal(corner.decider[1].axis, 1);
    assert_true(corner.decider[0].above && !corner.decider[1].above);
    assert_true(fabs(corner.decider[0].threshold - 0.5) < 0.08 &&
                fabs(corner.decider[1].threshold - 0.6) < 0.08);
    assert_true((double)corner.with / (double)corner.inside > 0.85);

    /* one parameter alone */
    for (int p = 0; p < POINTS; p++)
        behaviour[p] = x[p * AXES] < 0.3;

    good(spiral_claim_corner_find(&corner, x, behaviour, POINTS, AXES, &error));
    assert_int_equal(corner.cuts, 1);
    assert_int_equal(corner.decider[0].axis, 0);
    assert_true(corner.decider[0].distance == 1.0 &&
                fabs(corner.decider[0].threshold - 0.3) < 0.06);
    assert_true(corner.decider[1].p >= 0.05 && corner.decider[1].axis != 0);

    /* too few points with it */
    for (int p = 0; p < POINTS; p++)
        behaviour[p] = p < 9;

    good(spiral_claim_corner_find(&corner, x, behaviour, POINTS, AXES, &error));
    assert_int_equal(corner.deciders, 0);
    assert_int_equal(corner.cuts, 0);
}

/* Of 200 behaviours by chance about one in twenty has a decider, by Bonferroni. */
static void test_corners_of_chance(void **state)
{
    (void)state;
    int found = 0;

    for (uint64_t seed = 0; seed < 200; seed++) {
        struct spiral_claim_corner corner;
        fill_points(seed + 10);
        for (int p = 0; p < POINTS; p++)
            behaviour[p] = p % 3 == 0;

        good(spiral_claim_corner_find(&corner, x, behaviour, POINTS, AXES, &error));
        found += corner.cuts > 0;
    }

    assert_true(found <= 20); /* 10 expected, standard deviation 3.1 */
}

/* --- the space -------------------------------------------------------------------------------- */

/* Every arm makes a plan at the ends and in the middle of the space, and every range has the
 * present value of its constant in it. */
static void test_arms_over_the_space(void **state)
{
    (void)state;
    struct spiral_claim_space space;
    struct spiral_claim_point point;
    const struct spiral_constants defaults = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    double values[SPIRAL_MAX_AXES];

    good(spiral_claim_space_fill(&space, &shipped, &error));
    assert_true(space.count > SPIRAL_CONSTANTS);
    good(spiral_claim_point_init(&point, &space, &error));

    for (size_t c = 0; c < SPIRAL_CONSTANTS; c++) {
        struct spiral_constants copy = defaults;
        const double value = *spiral_constant_at(&copy, c);
        assert_true(space.axes[c].low < space.axes[c].high && space.axes[c].low <= value &&
                    value <= space.axes[c].high);
    }

    options.dt = 1.0;
    for (int end = 0; end < 3; end++) {
        for (size_t a = 0; a < space.count; a++)
            values[a] = space.axes[a].low + 0.5 * end * (space.axes[a].high - space.axes[a].low);

        good(spiral_claim_point_put(&point, values, &error));
        assert_true(point.greed == 0.5 * end); /* N.greed goes from 0 to 1 */
        assert_true(point.scenarios[1].states[SPIRAL_TRIAD_P].resolve ==
                    point.scenarios[1].states[SPIRAL_TRIAD_O].resolve);
        assert_int_equal(spiral_claim_in_scope(&point, SPIRAL_SCOPE_greedy), end > 0);
        assert_int_equal(spiral_claim_in_scope(&point, SPIRAL_SCOPE_secure), end == 0);

        for (size_t arm = 0; arm < shipped.arm_count; arm++) {
            struct spiral_scenario scenario;
            struct spiral_constants constants;
            struct spiral_plan *plan;
            good(spiral_arm_build(&scenario, &constants, &shipped.arms[arm], &point, &error));
            good(spiral_plan_create(&plan, &scenario, &constants, &options, &error));
            spiral_plan_destroy(plan);
            spiral_scenario_clear(&scenario);
        }
    }

    spiral_claim_point_clear(&point);
}

/* What an arm sets takes the place of the point's value, also of a factor of a series. */
static void test_arms_set_their_own(void **state)
{
    (void)state;
    static const struct spiral_arm arm = {.name = "own",
                                          .doctrine = "at_rest",
                                          .held = {0.4},
                                          .acts = {.setting_count = 3,
                                                   .settings = {{"N.greed", 0.9},
                                                                {"S-N.interdependence", 2.0},
                                                                {"k.belief_base", 0.25}}}};
    struct spiral_claim_space space;
    struct spiral_claim_point point;
    struct spiral_scenario scenario;
    struct spiral_scenario triad;
    struct spiral_constants constants;
    double values[SPIRAL_MAX_AXES];

    good(spiral_claim_space_fill(&space, &shipped, &error));
    good(spiral_claim_point_init(&point, &space, &error));
    for (size_t a = 0; a < space.count; a++)
        values[a] = space.axes[a].high;

    good(spiral_claim_point_put(&point, values, &error));
    good(spiral_arm_build(&scenario, &constants, &arm, &point, &error));
    good(spiral_triad_init(&triad));
    assert_true(scenario.states[SPIRAL_TRIAD_N].greed == 0.9 && constants.belief_base == 0.25);
    assert_true(scenario.pairs[0].interdependence.value[0] ==
                2.0 * triad.pairs[0].interdependence.value[0]);
    assert_true(scenario.states[SPIRAL_TRIAD_O].resolve == 1.0); /* the point's own */
    assert_int_equal(scenario.entry_count, 1);
    spiral_scenario_clear(&scenario);

    const struct spiral_arm unknown = {.name = "lost", .doctrine = "sidewards"};

    assert_int_equal(spiral_arm_build(&scenario, &constants, &unknown, &point, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "sidewards"));
    spiral_scenario_clear(&scenario);

    const struct spiral_arm beyond = {.name = "far",
                                      .doctrine = "at_rest",
                                      .acts = {.setting_count = 1, .settings = {{"N.greed", 1.5}}}};

    assert_int_equal(spiral_arm_build(&scenario, &constants, &beyond, &point, &error),
                     SPIRAL_BAD_INPUT);
    spiral_scenario_clear(&scenario);
    spiral_scenario_clear(&triad);
    spiral_claim_point_clear(&point);
}

/* --- trials ----------------------------------------------------------------------------------- */

/* A claim and its contrary, an arm against itself, and one of each other contrast. */
static const struct spiral_claim five[] = {
    {"one", 0, SPIRAL_SCOPE_all, SPIRAL_CONTRAST_raises, 2, {CONFRONT, BALANCE}, "", "", ""},
    {"contrary", 0, SPIRAL_SCOPE_all, SPIRAL_CONTRAST_raises, 2, {BALANCE, CONFRONT}, "", "", ""},
    {"itself", 0, SPIRAL_SCOPE_all, SPIRAL_CONTRAST_raises, 2, {CONFRONT, CONFRONT}, "", "", ""},
    {"more",
     0,
     SPIRAL_SCOPE_strong,
     SPIRAL_CONTRAST_interaction,
     4,
     {CONFRONT, BALANCE, BALANCE, CONFRONT},
     "",
     "",
     ""},
    {"less",
     0,
     SPIRAL_SCOPE_strong,
     SPIRAL_CONTRAST_interaction,
     4,
     {BALANCE, CONFRONT, CONFRONT, BALANCE},
     "",
     "",
     ""},
};
enum { CLAIMS = sizeof five / sizeof *five, TRIED = 48 };

static void try_five(struct spiral_claim_trial *trial, int threads)
{
    const struct spiral_claims_request request = {.set = &shipped,
                                                  .claims = five,
                                                  .claim_count = CLAIMS,
                                                  .points = TRIED,
                                                  .replicates = 40,
                                                  .seed = 3,
                                                  .dt = 0.5};
    const struct spiral_claims_options options = {.threads = threads};

    good(spiral_claim_trial_init(trial, &request, &error));
    good(spiral_claims_try(trial, &options, &error));
    assert_int_equal(trial->points_done, TRIED);
}

/* A claim whose arms change places has the contrary effects, point by point and in sum; an arm
 * against itself has none at all. */
static void test_swapped_arms(void **state)
{
    (void)state;
    struct spiral_claim_trial trial;
    struct spiral_claim_summary *summaries;
    static const int contraries[][2] = {{0, 1}, {3, 4}};
    bool any = false;

    try_five(&trial, 1);
    good(spiral_claims_sum_up(&summaries, &trial, &error));

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        for (int pair = 0; pair < 2; pair++) {
            const int c = contraries[pair][0];
            const int d = contraries[pair][1];
            const struct spiral_claim_summary *one = &summaries[e * CLAIMS + c];
            const struct spiral_claim_summary *other = &summaries[e * CLAIMS + d];

            for (int p = 0; p < TRIED; p++) {
                const struct spiral_claim_effect *effect = &trial.effects[e][c * TRIED + p];
                const struct spiral_claim_effect *contrary = &trial.effects[e][d * TRIED + p];
                assert_true(effect->effect == -contrary->effect && effect->low == -contrary->high &&
                            (int)effect->verdict == -(int)contrary->verdict);
                any = any || effect->effect != 0.0;
            }

            assert_int_equal(one->holds.count, other->reversed.count);
            assert_int_equal(one->reversed.count, other->holds.count);
            assert_true(one->median.value == -other->median.value ||
                        (isnan(one->median.value) && isnan(other->median.value)));
        }

        for (int p = 0; p < TRIED; p++)
            assert_true(trial.effects[e][2 * TRIED + p].effect == 0.0 &&
                        trial.effects[e][2 * TRIED + p].verdict == SPIRAL_UNDECIDED);
    }

    assert_true(any);
    free(summaries);
    spiral_claim_trial_clear(&trial);
}

static void assert_share(const struct spiral_claim_share *share, uint64_t points)
{
    const struct spiral_interval wilson = spiral_wilson(share->count, points);
    assert_true(share->share == (double)share->count / (double)points && share->share >= 0.0 &&
                share->share <= 1.0);
    assert_true(share->interval.low == wilson.low && share->interval.high == wilson.high);
    assert_true(wilson.low <= share->share && share->share <= wilson.high);
}

static void test_shares(void **state)
{
    (void)state;
    struct spiral_claim_trial trial;
    struct spiral_claim_summary *summaries;

    try_five(&trial, 2);
    good(spiral_claims_sum_up(&summaries, &trial, &error));

    for (int i = 0; i < SPIRAL_CLAIM_EVENTS * CLAIMS; i++) {
        const struct spiral_claim_summary *one = &summaries[i];
        assert_share(&one->holds, one->points);
        assert_share(&one->reversed, one->points);
        assert_share(&one->undecided, one->points);
        assert_share(&one->quiet, one->points);
        assert_int_equal(one->holds.count + one->reversed.count + one->undecided.count +
                             one->quiet.count,
                         one->points);
        assert_int_equal(one->points + one->beyond, TRIED);
        assert_true(one->spread.low <= one->median.value && one->median.value <= one->spread.high);
    }

    assert_int_equal(summaries[0].points, TRIED);
    assert_true(summaries[3].points > 0 && summaries[3].points < TRIED);

    /* risk of force is never below that of war */
    for (size_t i = 0; i < trial.request.set->arm_count * TRIED; i++)
        assert_true(trial.events[SPIRAL_CLAIM_FORCE][i] >= trial.events[SPIRAL_CLAIM_WAR][i]);

    free(summaries);
    spiral_claim_trial_clear(&trial);
}

static void test_same_for_any_number_of_threads(void **state)
{
    (void)state;
    struct spiral_claim_trial trials[2];

    for (int i = 0; i < 2; i++)
        try_five(&trials[i], i + 1);

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        assert_memory_equal(trials[0].events[e], trials[1].events[e],
                            trials[0].request.set->arm_count * TRIED * sizeof *trials[0].events[e]);
        for (size_t i = 0; i < CLAIMS * TRIED; i++) {
            const struct spiral_claim_effect *one = &trials[0].effects[e][i];
            const struct spiral_claim_effect *other = &trials[1].effects[e][i];
            assert_true(one->effect == other->effect && one->low == other->low &&
                        one->high == other->high && one->verdict == other->verdict);
        }
    }

    for (int i = 0; i < 2; i++)
        spiral_claim_trial_clear(&trials[i]);
}

/* Whichever allocation fails, the trial says so, and nothing is lost. */
static void test_no_memory(void **state)
{
    (void)state;
    struct spiral_claims_request request = {.set = &shipped,
                                            .claims = five,
                                            .claim_count = 1,
                                            .points = 1,
                                            .replicates = 1,
                                            .seed = 1,
                                            .dt = 1.0};
    const struct spiral_claims_options options = {.threads = 1};
    bool failed = true;

    for (long until = 0; failed; until++) {
        struct spiral_claim_trial trial;
        struct spiral_claim_summary *summaries = NULL;
        spiral_test_memory = (struct spiral_test_memory){.until_failure = until, .once = true};

        enum spiral_status status = spiral_claim_trial_init(&trial, &request, &error);
        status = status != SPIRAL_OK ? status : spiral_claims_try(&trial, &options, &error);
        status = status != SPIRAL_OK ? status : spiral_claims_sum_up(&summaries, &trial, &error);
        failed = spiral_test_memory.failed;
        spiral_test_memory.until_failure = -1;
        assert_int_equal(status, failed ? SPIRAL_NO_MEMORY : SPIRAL_OK);
        free(summaries);
        spiral_claim_trial_clear(&trial);
        assert_true(until < 2000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrasts_by_hand),
        cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_medians),
        cmocka_unit_test(test_corners),
        cmocka_unit_test(test_corners_of_chance),
        cmocka_unit_test(test_arms_over_the_space),
        cmocka_unit_test(test_arms_set_their_own),
        cmocka_unit_test(test_swapped_arms),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_same_for_any_number_of_threads),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, make_shipped, clear_shipped);
}
