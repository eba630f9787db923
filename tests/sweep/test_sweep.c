/* SPDX-License-Identifier: MIT */
/* A sweep's results are the runs of its cells, whatever the threads, shards and interruptions. */
#include "sim/parameter.h"
#include "tests/support/sweeps.h"

#include "sim/ensemble.h"
#include "sim/intervals.h"

static const char plain[] = SEVEN_POINTS
    "replicates: 20\nkeep: {outcomes: all}\nset: {k.noise: 0.05, small.resolve: 0.55}\n";
static const char keeping[] =
    SEVEN_POINTS "replicates: 37\nkeep: {outcomes: [war, highest, war_date], runs: true, "
                 "trajectories: 18}\nrun: {dt: 1/6}\n";
static const char stopping[] = SEVEN_POINTS "replicates: 16\nstop: {outcome: force, half_width: "
                                            "0.15, replicates: 120}\nkeep: {runs: true}\n";
static const char independent[] = SEVEN_POINTS
    "replicates: 40\nindependent: true\nkeep: {outcomes: [mean_threat_small, force]}\n";
static const char single[] =
    SEVEN_POINTS "replicates: 1\nkeep: {outcomes: [peak_threat_small], runs: true}\n";
static const char own[] =
    SEVEN_POINTS "replicates: 20\nkeep: {outcomes: [war, peak_threat_small], runs: true}\n"
                 "outcomes: {whole: war, mean_of_half: war / 2, fear: max threat_small, "
                 "rest: {is: 1 - peak_threat_small, en: the rest}}\n";
static const char *const experiments[] = {plain, keeping, stopping, independent, single, own};
enum { EXPERIMENTS = sizeof experiments / sizeof *experiments };

/* The sums of a cell's outcomes from the ensemble of its plan, set by hand. */
static struct spiral_tally *by_hand(const struct spiral_sweep *sweep, const char *small,
                                    const char *neighbour, size_t which, size_t point)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_collector collector;
    struct spiral_plan *plan;
    struct spiral_error error;
    char name[64];
    const double *values = &sweep->design->value[point * 4];
    struct spiral_constant_sets sets;
    struct spiral_plan_options options = sweep->experiment.run;

    /* What is set holds in every set; the ensemble spreads its runs as replicates are. */
    assert_int_equal(spiral_constant_sets_copy(&sets, &sweep->experiment.sets), SPIRAL_OK);
    spiral_constant_sets_put(&sets, SPIRAL_K_noise, 0.05);
    spiral_constant_sets_put(&sets, SPIRAL_K_encircle, values[0]);
    options.posterior = &sets;

    assert_int_equal(spiral_scenario_copy(&scenario, &sweep->experiment.cases[which].scenario),
                     SPIRAL_OK);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, "k.noise", 0.05, &error),
                     SPIRAL_OK);
    snprintf(name, sizeof name, "%s.resolve", small);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, name, 0.55, &error), SPIRAL_OK);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, "k.encircle", values[0], &error),
                     SPIRAL_OK);
    snprintf(name, sizeof name, "%s.greed", neighbour);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, name, values[1], &error),
                     SPIRAL_OK);
    snprintf(name, sizeof name, "%s-%s.ties", small, neighbour);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, name, values[2], &error),
                     SPIRAL_OK);
    snprintf(name, sizeof name, "%s.power", neighbour);
    assert_int_equal(spiral_parameter_set(&scenario, &constants, name, values[3], &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_plan_create(&plan, &scenario, &constants, &options, &error), SPIRAL_OK);
    spiral_constant_sets_clear(&sets);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);

    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    spiral_ensemble_run(batch, plan, sweep->experiment.seed, 0, 20, &collector);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    spiral_fan_destroy(collector.fan);

    return collector.tally;
}

/* Compares every cell of a sweep with an ensemble of its plan, which has so many sets of
 * constants. */
static void compare_cells(const char *name, const char *text, size_t sets)
{
    static const char *const states[2][2] = {{"SML", "NBR"}, {"S", "N"}};
    struct spiral_store *store;
    struct spiral_sweep sweep;
    struct spiral_error error;
    char sql[200];

    run_whole(name, text, 2);
    assert_int_equal(spiral_store_open(&store, at(name), false, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_load(store, &sweep, &error), SPIRAL_OK);
    assert_int_equal(sweep.experiment.sets.count, sets);

    for (size_t which = 0; which < 2; which++)
        for (size_t point = 0; point < 7; point++) {
            struct spiral_tally *tally =
                by_hand(&sweep, states[which][0], states[which][1], which, point);
            for (int o = 0; o < SPIRAL_OUTCOMES; o++) {
                const bool date = o == SPIRAL_OUTCOME_war_date || o == SPIRAL_OUTCOME_force_date;
                const char *of =
                    "FROM result WHERE scenario = %zu AND point = %zu AND outcome = %d";
                char format[200];
                snprintf(format, sizeof format, "SELECT %s %s",
                         date ? "CASE WHEN count > 0 THEN mean - (SELECT start FROM scenario WHERE "
                                "id = scenario) ELSE 0 END"
                              : "mean",
                         of);
                snprintf(sql, sizeof sql, format, which, point, o);

                const double mean = number_of(name, sql);
                assert_true(
                    date ? mean - spiral_tally_mean(tally, (enum spiral_outcome_name)o) < 1e-9 &&
                               mean - spiral_tally_mean(tally, (enum spiral_outcome_name)o) > -1e-9
                         : mean == spiral_tally_mean(tally, (enum spiral_outcome_name)o));
                snprintf(format, sizeof format, "SELECT sqrt(m2 / max(count, 1)) %s", of);
                snprintf(sql, sizeof sql, format, which, point, o);

                const double difference =
                    number_of(name, sql) -
                    spiral_tally_deviation(tally, (enum spiral_outcome_name)o);
                assert_true(difference < 1e-6 &&
                            difference > -1e-6); /* the tally's is a difference of squares */
            }

            spiral_tally_destroy(tally);
        }

    spiral_sweep_clear(&sweep);
    spiral_store_close(store);
}

static void test_cells_are_ensembles(void **state)
{
    (void)state;
    char text[2000];

    put_text("sets.csv", "k.press,k.encircle\n0.1,3\n0.5,4\n0.2,5\n");
    compare_cells("plain.db", plain, 0); /* no posterior is installed beside these cases */
    snprintf(text, sizeof text, "%sconstants: point\n", plain);
    compare_cells("point.db", text, 0);
    snprintf(text, sizeof text, "%sconstants: sets.csv\n", plain);
    compare_cells("table.db", text, 3);

    /* The store has the table: it does not matter what became of the file. */
    assert_int_equal(remove(at("sets.csv")), 0);
    assert_int_equal(number_of("table.db", "SELECT length(text) FROM constant_sets"), 37);
    assert_int_equal(number_of("point.db", "SELECT count(*) FROM constant_sets"), 0);
    struct spiral_store *store;
    struct spiral_sweep sweep;
    assert_int_equal(spiral_store_open(&store, at("table.db"), false, NULL), SPIRAL_OK);
    assert_int_equal(spiral_store_load(store, &sweep, NULL), SPIRAL_OK);
    assert_int_equal(sweep.experiment.sets.count, 3);
    assert_string_equal(sweep.experiment.constants, "sets.csv");
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);
}

/* A sketch counts what its outcome counts, each in its place: levels 1 to 5 of 1..5 are in the
 * bins 0, 16, 32, 48 and the last. */
static void test_sketches(void **state)
{
    (void)state;
    sqlite3 *database;
    sqlite3_stmt *statement;

    assert_int_equal(sqlite3_open_v2(at("plain.db"), &database, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(
            database, "SELECT count, sketch, name, mean FROM result JOIN outcome ON id = outcome",
            -1, &statement, NULL),
        SQLITE_OK);

    while (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *bytes = sqlite3_column_blob(statement, 1);
        const bool levels = strcmp((const char *)sqlite3_column_text(statement, 2), "highest") == 0;
        long count = 0, sum = 0;
        assert_int_equal(sqlite3_column_bytes(statement, 1), 256);

        for (int bin = 0; bin < 64; bin++) {
            const long here = bytes[4 * bin] + 256L * bytes[4 * bin + 1];
            count += here;
            assert_true(here == 0 || !levels || bin % 16 == 0 || bin == 63);
            sum += here * (bin == 63 ? 5 : bin / 16 + 1);
        }

        assert_true(count == sqlite3_column_int64(statement, 0));
        assert_true(!levels || (double)sum / (double)count == sqlite3_column_double(statement, 3));
    }

    sqlite3_finalize(statement);
    sqlite3_close(database);
}

static void test_threads_are_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < EXPERIMENTS; i++) {
        char one[32];
        char three[32];
        snprintf(one, sizeof one, "one-%d.db", i);
        snprintf(three, sizeof three, "three-%d.db", i);
        run_whole(one, experiments[i], 1);
        run_whole(three, experiments[i], 3);
        assert_same_rows(one, three);
    }
}

/* Outcomes of an experiment's own are kept behind those of the table, and say of each run what the
 * table says where they mean the same. */
static void test_own_outcomes(void **state)
{
    (void)state;
    static const char *const rows[] = {"SELECT name, unit, kind, low, high, label_en FROM outcome"};
    static const char differ[] =
        "SELECT count(*) FROM run a JOIN run b USING (scenario, point, replicate) WHERE "
        "a.outcome = %d AND b.outcome = %d AND abs(a.value - (%s)) > 1e-15";
    static const struct {
        int of;
        int own;
        const char *should;
    } same[] = {{0, 2, "b.value"}, {0, 3, "2 * b.value"}, {1, 4, "b.value"}, {1, 5, "1 - b.value"}};
    char sql[300];
    char *text;

    run_whole("own.db", own, 2);
    text = rows_by("own.db", rows, 1);
    assert_string_equal(text, "war|1|event|0x0p+0|0x1p+0|war|\n"
                              "peak_threat_small|1|number|0x0p+0|0x1p+0|peak threat, small state|\n"
                              "whole|1|event|0x0p+0|0x1p+0|war|\n"
                              "mean_of_half|1|number|0x0p+0|0x1p-1|war / 2|\n"
                              "fear|1|number|0x0p+0|0x1p+0|max threat_small|\n"
                              "rest|1|number|0x0p+0|0x1p+0|the rest|\n");
    free(text);

    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        snprintf(sql, sizeof sql, differ, same[i].of, same[i].own, same[i].should);
        assert_int_equal(number_of("own.db", sql), 0);
    }

    assert_true(number_of("own.db", "SELECT sum(mean) FROM result WHERE outcome = 2") > 0);
    assert_int_equal(number_of("own.db", "SELECT count(*) FROM result a JOIN result b USING "
                                         "(scenario, point) WHERE a.outcome = 0 AND b.outcome = 2 "
                                         "AND (a.sum <> b.sum OR a.sketch <> b.sketch)"),
                     0);
}

/* One unit at a time, the store closed after each: as if the process had ended there. */
static void test_resumed_is_unbroken(void **state)
{
    (void)state;
    for (int i = 0; i < EXPERIMENTS; i++) {
        char whole[32];
        char broken[32];
        struct spiral_error error;
        enum spiral_status status;
        int pieces = 0;
        snprintf(whole, sizeof whole, "one-%d.db", i);
        snprintf(broken, sizeof broken, "broken-%d.db", i);
        assert_int_equal(begin_shard(broken, experiments[i], 1, 1, &error), SPIRAL_OK);

        do {
            const double units = number_of(broken, "SELECT count(*) FROM work");
            status = go_on(broken, 1 + pieces % 2, 1, &error);
            assert_true(status == SPIRAL_OK || status == SPIRAL_STOPPED);
            assert_true(number_of(broken, "SELECT count(*) FROM work") == units + 1);
            pieces++;
        } while (status == SPIRAL_STOPPED);
        assert_true(pieces == number_of(whole, "SELECT count(*) FROM work"));
        assert_same_rows(whole, broken);
        assert_int_equal(go_on(broken, 1, 0, &error), SPIRAL_OK); /* nothing is left */
        assert_same_rows(whole, broken);
    }
}

static void test_interrupted_is_balanced(void **state)
{
    (void)state;
    struct spiral_error error;
    const double units = number_of("one-1.db", "SELECT count(*) FROM work");

    assert_int_equal(begin_shard("half.db", keeping, 1, 1, &error), SPIRAL_OK);
    assert_int_equal(go_on("half.db", 1, (uint64_t)(units / 2), &error), SPIRAL_STOPPED);
    assert_true(number_of("half.db", "SELECT max(runs) - min(runs) FROM cell") <=
                SPIRAL_ROUND_REPLICATES);
    assert_true(number_of("half.db", "SELECT ended IS NULL FROM experiment") == 1);
}

static void test_shards_merged_are_the_whole(void **state)
{
    (void)state;
    for (int i = 0; i < EXPERIMENTS; i++) {
        char names[3][32];
        char merged[32];
        char whole[32];
        const char *paths[3];
        struct spiral_error error;

        for (int shard = 0; shard < 3; shard++) {
            snprintf(names[shard], sizeof names[shard], "shard-%d-%d.db", i, shard);
            assert_int_equal(begin_shard(names[shard], experiments[i], shard + 1, 3, &error),
                             SPIRAL_OK);
            assert_int_equal(go_on(names[shard], 2, 0, &error), SPIRAL_OK);
            paths[2 - shard] = at(names[shard]); /* in any order */
        }

        snprintf(merged, sizeof merged, "merged-%d.db", i);
        snprintf(whole, sizeof whole, "one-%d.db", i);
        if (spiral_store_merge(at(merged), paths, 3, &error) != SPIRAL_OK)
            fail_msg("%s", error.message);
        assert_same_rows(whole, merged);
    }
}

static void test_chance_is_common_or_independent(void **state)
{
    (void)state;

    /* the second and third point are alike: with common random numbers so are their runs, with
     * streams of their own they are not */
    static const char alike[] = "SELECT count(*) FROM result a JOIN result b USING (scenario, "
                                "outcome) WHERE a.point = 1 AND b.point = 2 AND a.sum <> b.sum";

    assert_true(number_of("one-0.db", alike) == 0);
    assert_true(number_of("one-4.db", alike) == 0);
    assert_true(number_of("one-3.db", alike) >= 2);
}

static void test_kept_runs_and_trajectories(void **state)
{
    (void)state;
    assert_true(number_of("one-1.db", "SELECT count(*) FROM run") == 2 * 7 * 37 * 3);
    assert_true(number_of("one-1.db", "SELECT count(*) FROM trajectory") ==
                7 * 18 * (61 + 31)); /* the start, then ten and five years by two months */
    assert_true(
        number_of("one-1.db",
                  "SELECT max(abs(date - 2010)) FROM trajectory WHERE scenario = 0 AND step = 60") <
        1e-9);

    /* the highest level on the trajectory is the run's outcome, and the sum over runs is the
     * result's */
    assert_true(number_of("one-1.db",
                          "SELECT count(*) FROM run JOIN (SELECT scenario, point, replicate, "
                          "max(hostility) AS top FROM trajectory GROUP BY 1, 2, 3)"
                          " USING (scenario, point, replicate) JOIN outcome ON outcome.id = "
                          "outcome WHERE name = 'highest' AND value <> top") == 0);
    assert_true(number_of("one-1.db", "SELECT max(abs(mean - average)) FROM result JOIN (SELECT "
                                      "scenario, point, outcome, avg(value) AS average FROM "
                                      "run GROUP BY 1, 2, 3)"
                                      " USING (scenario, point, outcome) JOIN outcome ON "
                                      "outcome.id = outcome WHERE name <> 'war_date'") < 1e-9);
}

/* Every cell had the rounds that the rule wants, and no more. */
static void test_stopping(void **state)
{
    (void)state;
    const char *name = "one-2.db";
    double least = 1e9;
    double most = 0.0;
    char sql[300];

    for (int which = 0; which < 2; which++)
        for (int point = 0; point < 7; point++) {
            snprintf(sql, sizeof sql,
                     "SELECT runs FROM cell WHERE scenario = %d AND point = %d AND done = 1", which,
                     point);
            const uint64_t runs = (uint64_t)number_of(name, sql);
            const char *events = "SELECT sum(value) FROM run JOIN outcome ON id = outcome WHERE "
                                 "name = 'force' AND scenario = %d AND point "
                                 "= %d AND replicate < %d";
            snprintf(sql, sizeof sql, events, which, point, (int)runs);

            const struct spiral_interval last = spiral_wilson((uint64_t)number_of(name, sql), runs);
            assert_true(runs == 120 || (runs % SPIRAL_ROUND_REPLICATES == 0 &&
                                        (last.high - last.low) / 2 <= 0.15));
            least = (double)runs < least ? (double)runs : least;
            most = (double)runs > most ? (double)runs : most;
            if (runs <= SPIRAL_ROUND_REPLICATES)
                continue;

            const uint64_t before = (runs - 1) / SPIRAL_ROUND_REPLICATES * SPIRAL_ROUND_REPLICATES;
            snprintf(sql, sizeof sql, events, which, point, (int)before);

            const struct spiral_interval wide =
                spiral_wilson((uint64_t)number_of(name, sql), before);
            assert_true((wide.high - wide.low) / 2 > 0.15);
        }

    assert_true(least < most);
}

static enum spiral_status verify(const char *name, uint64_t points,
                                 struct spiral_verified *verified, struct spiral_error *error)
{
    struct spiral_store *store;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    enum spiral_status status = spiral_store_open(&store, at(name), false, error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, error);
    if (status == SPIRAL_OK)
        status = spiral_sweep_verify(&sweep, store, points, 3, verified, error);
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);

    return status;
}

static void test_verify_finds_what_was_changed(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        const char *says;
    } edits[] = {
        {"UPDATE result SET mean = mean + 1e-12 WHERE scenario = 1 AND point = 3 AND outcome = 1",
         "war_date of south at point 3"},
        {"UPDATE result SET count = count + 1 WHERE scenario = 0 AND point = 6 AND outcome = 0",
         "war of north at point 6"},
        {"UPDATE run SET value = 1 - value WHERE scenario = 0 AND point = 2 AND replicate = 36 AND "
         "outcome = 0",
         "a run of north at point 2"},
        {"DELETE FROM run WHERE scenario = 0 AND point = 2 AND replicate = 36",
         "a run of north at point 2"},
        {"UPDATE trajectory SET threat_small = threat_small * 1.0000001 WHERE scenario = 1 AND "
         "point = 0 AND replicate = 17 AND step = 30",
         "a trajectory of south at point 0"},
    };

    struct spiral_error error;
    struct spiral_verified verified;

    for (int i = 0; i < EXPERIMENTS; i++) {
        char name[32];
        snprintf(name, sizeof name, "one-%d.db", i);
        assert_int_equal(verify(name, 100, &verified, &error), SPIRAL_OK);
        assert_int_equal(verified.cells, 14);
    }

    assert_int_equal(verify("one-1.db", 3, &verified, &error), SPIRAL_OK);
    assert_int_equal(verified.cells, 6);

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char copy[600];
        snprintf(copy, sizeof copy, "cp '%s' '%s'", at("one-1.db"), at("edited.db"));
        assert_int_equal(system(copy), 0);
        edit("edited.db", edits[i].sql);
        assert_int_equal(verify("edited.db", 100, &verified, &error), SPIRAL_BAD_INPUT);
        if (strstr(error.message, edits[i].says) == NULL)
            fail_msg("%s: %s", edits[i].sql, error.message);
    }
}

/* Of a sweep that broke off with a unit lost, cells that lack replicates before others are left
 * out, and the others compared. */
static void test_verify_leaves_gaps_out(void **state)
{
    (void)state;
    struct spiral_error error;
    struct spiral_verified verified;
    char copy[600];

    snprintf(copy, sizeof copy, "cp '%s' '%s'", at("one-1.db"), at("gap.db"));
    assert_int_equal(system(copy), 0);
    edit("gap.db", "DELETE FROM work WHERE round = 0 AND unit = 0");
    assert_int_equal(verify("gap.db", 100, &verified, &error), SPIRAL_OK);
    assert_true(verified.with_gaps > 0 && verified.cells > 0);
    assert_int_equal(verified.cells + verified.with_gaps, 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_are_ensembles),
        cmocka_unit_test(test_sketches),
        cmocka_unit_test(
            test_threads_are_nothing), /* makes the stores one-N.db that those below read */
        cmocka_unit_test(test_own_outcomes),
        cmocka_unit_test(test_resumed_is_unbroken),
        cmocka_unit_test(test_interrupted_is_balanced),
        cmocka_unit_test(test_shards_merged_are_the_whole),
        cmocka_unit_test(test_chance_is_common_or_independent),
        cmocka_unit_test(test_kept_runs_and_trajectories),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_verify_finds_what_was_changed),
        cmocka_unit_test(test_verify_leaves_gaps_out),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
