/* SPDX-License-Identifier: MIT */
/* The live ensemble: it is an ensemble of the present, the same whenever it is asked for, and
 * its thread can be left at any moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/live/ensemble.h"
#include "render/live/ensemble_work.h"
#include "sim/ensemble.h"
#include "tests/support/build_scenario.h"

enum { SEED = 11, RUNS = 160 };
static struct spiral_error error;

static struct spiral_session *triad(void)
{
    struct spiral_scenario scenario;
    struct spiral_session *session;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    assert_int_equal(spiral_session_create(&session, &scenario, &constants, NULL, SEED, &error),
                     SPIRAL_OK);
    spiral_scenario_clear(&scenario);

    return session;
}

static struct spiral_live_fan *fan_of(uint64_t runs)
{
    struct spiral_live_fan *fan;
    assert_int_equal(spiral_live_fan_create(&fan, runs, &error), SPIRAL_OK);
    return fan;
}

static const struct spiral_live_result *result_of(struct spiral_live_fan *fan,
                                                  struct spiral_session *session)
{
    spiral_live_fan_follow(fan, session);
    spiral_live_fan_wait(fan);
    const struct spiral_live_result *result = spiral_live_fan_latest(fan);

    assert_non_null(result);
    assert_true(result->complete && result->revision == session->revision &&
                result->from == session->present);
    return result;
}

/* At the start the present state is the scenario's: the fan is that of the ordinary ensemble of
 * the same streams, to the bit. */
static void test_at_the_start_it_is_the_ensemble_of_the_scenario(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(RUNS);
    struct spiral_collector collector;
    struct spiral_batch *batch = spiral_batch_create();

    assert_int_equal(spiral_collector_init(&collector, session->plan, true, false), SPIRAL_OK);
    spiral_ensemble_run(batch, session->plan, SEED, 1, RUNS, &collector);

    const struct spiral_live_result *result = result_of(fan, session);

    assert_int_equal(result->runs, RUNS);
    assert_int_equal(result->steps, 360);

    for (long step = 0; step <= 360; step++) {
        assert_near(result->war[step], (double)spiral_tally_wars(collector.tally, step) / RUNS);
        assert_near(result->force[step], (double)spiral_tally_forces(collector.tally, step) / RUNS);
    }

    for (long step = 1; step <= 360; step++)
        for (int i = 0; i < SPIRAL_QUANTITIES; i++) {
            const enum spiral_quantity quantity = (enum spiral_quantity)i;
            assert_true(result->band[step][i][SPIRAL_BAND_MEAN] ==
                        spiral_fan_mean(collector.fan, step - 1, quantity));
            assert_true(result->band[step][i][SPIRAL_BAND_05] ==
                        spiral_fan_quantile(collector.fan, step - 1, quantity, 0.05));
            assert_true(result->band[step][i][SPIRAL_BAND_50] ==
                        spiral_fan_quantile(collector.fan, step - 1, quantity, 0.5));
            assert_true(result->band[step][i][SPIRAL_BAND_95] ==
                        spiral_fan_quantile(collector.fan, step - 1, quantity, 0.95));
        }

    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

/* What is of the whole run is the ensemble from the start, wherever the present is, and whatever
 * was chosen on the way. */
static void test_the_whole_run_is_counted_from_its_start(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(RUNS);
    struct spiral_collector collector;
    struct spiral_batch *batch = spiral_batch_create();

    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_set_doctrine(session, TRIAD_SMALL, "confront_near", &error),
                     SPIRAL_OK);
    spiral_session_seek(session, 200);

    const struct spiral_live_result *result = result_of(fan, session);

    assert_int_equal(spiral_collector_init(&collector, session->plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, session->plan, SEED, 1, RUNS, &collector);

    for (long step = 0; step <= 360; step++) {
        assert_near(result->whole_war[step],
                    (double)spiral_tally_wars(collector.tally, step) / RUNS);
        assert_near(result->whole_force[step],
                    (double)spiral_tally_forces(collector.tally, step) / RUNS);
    }

    assert_true(result->whole_force[360] > 0.0); /* the case is one in which something happens */
    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

/* The exported table has the result's numbers, a row a step; before the present only what is of
 * the whole run. */
static void test_the_ensemble_is_exported(void **unused)
{
    (void)unused;
    char path[] = "/tmp/spiral-ensemble-XXXXXX";
    char line[4096];
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(RUNS);

    spiral_session_seek(session, 300);

    const struct spiral_live_result *result = result_of(fan, session);

    close(mkstemp(path));
    assert_int_equal(spiral_live_result_export(result, session, path, &error), SPIRAL_OK);

    FILE *file = fopen(path, "r");
    long row = -3; /* two comments, the names */

    while (fgets(line, sizeof line, file) != NULL) {
        double war = -1.0;
        if (row == -1)
            assert_memory_equal(line, "date,war,force,whole_war,whole_force,escalation.mean,", 53);
        if (row >= 0 && row < 300)
            assert_memory_equal(line + 7, ",,,", 3); /* after YYYY-MM */

        if (row >= 300) {
            assert_int_equal(sscanf(line + 7, ",%lf", &war), 1);
            assert_true(war == result->war[row]);
        }

        row++;
    }

    fclose(file);
    assert_int_equal(row, 361);
    unlink(path);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

/* The law of total probability: the mean over runs of the risk as it stands in mid-run is the
 * risk of the ensemble. Each of 48 sessions goes to mid-run under its own seed and asks for 32
 * runs from there; the variance of their mean is at most .25/48 (Popoviciu, of the risks) plus
 * .25/(48 * 32), and that of 1000 runs .25/1000: three and a half standard deviations are .27. */
static void test_the_risk_of_the_present_averages_to_the_risk(void **unused)
{
    (void)unused;
    enum { SESSIONS = 48 };
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(32);
    struct spiral_collector collector;
    struct spiral_batch *batch = spiral_batch_create();
    double sum = 0.0;
    double low = 1.0;
    double high = 0.0;

    assert_int_equal(spiral_collector_init(&collector, session->plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, session->plan, 5, 0, 1000, &collector);

    const long horizon =
        spiral_tally_war_quantile(collector.tally, 0.5); /* where chance has the most to say */
    const double whole = (double)spiral_tally_wars(collector.tally, horizon) / 1000.0;

    for (int i = 0; i < SESSIONS; i++) {
        spiral_session_restart(session, 1000 + (uint64_t)i);
        spiral_session_seek(session, horizon * 2 / 3);

        const double risk = result_of(fan, session)->war[horizon];
        sum += risk;
        low = risk < low ? risk : low;
        high = risk > high ? risk : high;
    }

    assert_true(low < high); /* the present matters */
    assert_within(sum / SESSIONS, whole, 0.27);
    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

/* Without chance every run from the present is the session's own: all bands lie on its curve, to
 * half a bin of the fan. */
static void test_without_chance_the_fan_is_the_run(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_session *session;
    const struct spiral_constants constants = spiral_test_still();

    spiral_test_triad(&scenario);
    assert_int_equal(spiral_session_create(&session, &scenario, &constants, NULL, SEED, &error),
                     SPIRAL_OK);
    spiral_scenario_clear(&scenario);

    struct spiral_live_fan *fan = fan_of(32);

    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_set_doctrine(session, TRIAD_SMALL, "confront_near", &error),
                     SPIRAL_OK);

    const struct spiral_live_result *result = result_of(fan, session);

    spiral_session_seek(session, 360);

    for (long step = 100; step <= 360; step++)
        for (int i = 0; i < SPIRAL_QUANTITIES; i++) {
            const double span = spiral_quantity_fields[i].high - spiral_quantity_fields[i].low;
            const double top = spiral_quantity_fields[i].high;
            const double own = session->rows[step][i] < top ? session->rows[step][i]
                                                            : top; /* pressure may pass its scale */
            assert_within(result->band[step][i][SPIRAL_BAND_MEAN], own, 1e-5 * span);
            for (int b = SPIRAL_BAND_05; b < SPIRAL_BANDS; b++)
                assert_within(result->band[step][i][b], own, 0.51 / (SPIRAL_FAN_BINS - 1) * span);
        }

    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

static void test_it_is_the_same_whenever_it_is_asked_for(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(RUNS);
    struct spiral_live_fan *other = fan_of(RUNS);
    const size_t size = 361 * sizeof(double[SPIRAL_QUANTITIES][SPIRAL_BANDS]);

    spiral_session_seek(session, 120);

    const struct spiral_live_result *result = result_of(fan, session);

    spiral_session_seek(session, 300);
    result_of(other, session);
    spiral_session_seek(session, 120);

    const struct spiral_live_result *again = result_of(other, session);

    assert_memory_equal(result->band, again->band, size);
    assert_memory_equal(result->war, again->war, 361 * sizeof(double));
    assert_memory_equal(result->force, again->force, 361 * sizeof(double));
    spiral_live_fan_destroy(fan);
    spiral_live_fan_destroy(other);
    spiral_session_destroy(session);
}

static void test_before_and_after_a_choice(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(RUNS);

    spiral_session_seek(session, 120);

    const struct spiral_live_result *result = result_of(fan, session);

    assert_false(result->compared);

    const double before = result->war[360];
    const double force_before = result->force[360];

    assert_int_equal(spiral_session_set_doctrine(session, TRIAD_SMALL, "confront_near", &error),
                     SPIRAL_OK);
    result = result_of(fan, session);
    assert_true(result->compared);

    const double after = result->war[360];

    assert_near(result->war_before, before);
    assert_near(result->force_before, force_before);
    assert_near(result->war_after, after);
    spiral_session_seek(session, 240); /* later, the two are still those of the day of the choice */
    result = result_of(fan, session);
    assert_true(result->compared);
    assert_near(result->war_before, before);
    assert_near(result->war_after, after);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    spiral_session_seek(session, 120);
    assert_near(result_of(fan, session)->war[360], before);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

static void test_a_war_that_was_is_counted(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(32);
    uint64_t seed = 1;

    for (; seed < 200; seed++) {
        spiral_session_restart(session, seed);
        spiral_session_seek(session, 360);
        if (spiral_session_reached(session, 5.0))
            break;
    }

    assert_true(seed < 200);
    assert_near(result_of(fan, session)->war[360], 1.0);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

/* Moves on without waiting, as a window does while a slider is dragged and the run plays; then
 * ends at once. */
static void test_the_thread_can_be_left_at_any_moment(void **unused)
{
    (void)unused;
    for (int turn = 0; turn < 4; turn++) {
        struct spiral_session *session = triad();
        struct spiral_live_fan *fan = fan_of(2000);
        double seen = 0.0;
        session->playing = true;

        for (int frame = 0; frame < 40; frame++) {
            spiral_session_advance(session, 0.02);
            if (frame % 3 == turn % 3)
                assert_int_equal(spiral_session_set(session, "doctrine.S.align", frame / 40.0,
                                                    &error),
                                 SPIRAL_OK);
            if (frame % 10 == 9)
                spiral_session_seek(session, 10 * frame);
            if (frame == 25)
                spiral_session_restart(session, (uint64_t)frame);
            spiral_live_fan_follow(fan, session);

            const struct spiral_live_result *result = spiral_live_fan_latest(fan);
            for (long step = result == NULL ? 1 : result->from;
                 result != NULL && step <= result->steps; step++)
                seen += result->war[step] + result->band[step][0][SPIRAL_BAND_MEAN];
        }

        assert_true(seen >= 0.0);
        if (turn % 2 == 0) {
            spiral_session_destroy(session); /* the fan holds what it works on */
            spiral_live_fan_destroy(fan);
        } else {
            spiral_live_fan_destroy(fan);
            spiral_session_destroy(session);
        }
    }
}

/* While a slider moves all the time, coarse fans still come. */
static void test_a_dragged_slider_does_not_starve_the_fan(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_live_fan *fan = fan_of(100000);
    uint64_t published = 0;

    for (int frame = 0; published == 0; frame++) {
        assert_int_equal(spiral_session_set(session, "doctrine.S.align", (frame % 100) / 100.0,
                                            &error),
                         SPIRAL_OK);
        spiral_live_fan_follow(fan, session);

        const struct spiral_live_result *result = spiral_live_fan_latest(fan);
        published = result == NULL ? 0 : result->runs;
    }

    assert_int_equal(published, SPIRAL_COARSE_RUNS);
    spiral_live_fan_destroy(fan);
    spiral_session_destroy(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_at_the_start_it_is_the_ensemble_of_the_scenario),
        cmocka_unit_test(test_the_whole_run_is_counted_from_its_start),
        cmocka_unit_test(test_the_ensemble_is_exported),
        cmocka_unit_test(test_the_risk_of_the_present_averages_to_the_risk),
        cmocka_unit_test(test_without_chance_the_fan_is_the_run),
        cmocka_unit_test(test_it_is_the_same_whenever_it_is_asked_for),
        cmocka_unit_test(test_before_and_after_a_choice),
        cmocka_unit_test(test_a_war_that_was_is_counted),
        cmocka_unit_test(test_the_thread_can_be_left_at_any_moment),
        cmocka_unit_test(test_a_dragged_slider_does_not_starve_the_fan),
    };

    return cmocka_run_group_tests_name("live/ensemble", tests, NULL, NULL);
}
