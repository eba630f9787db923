/* SPDX-License-Identifier: MIT
 *
 * spiral analyse on stores whose outcomes are written by hand, so that the answer is known; and
 * on stores that are none.
 */
#include <math.h>

#define COMMAND "analyse "
#include "tests/support/sweeps.h"
#include "tools/store/read.h"

/* The store of an experiment on the case north with a design over three axes, the last two of
 * one factor; every cell is done and has the mean `outcome` of 10 runs: SQL over a and b, the
 * coordinates of the two factors. */
static void make_store(const char *name, const char *design, const char *outcome)
{
    char text[1000];
    char sql[2000];
    struct spiral_error error;

    snprintf(
        text, sizeof text,
        "experiment: hand-made\nscenarios: [north]\nvary:\n  - {name: k.encircle, range: [1, 8]}\n"
        "  - {name: neighbour.greed, range: [0, 1], group: pair}\n  - {name: small-neighbour.ties, "
        "range: [0, 1], group: pair}\n"
        "groups:\n  pair: {correlation: 1}\ndesign: %s\nreplicates: 10\nseed: 1\nkeep: {outcomes: "
        "[war, war_date]}\n",
        design);
    if (begin_shard(name, text, 1, 1, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    snprintf(sql, sizeof sql,
             "INSERT INTO result SELECT 0, p.point, 0, 10, %s, 0.9, '0', '0', x'', 0 FROM"
             " (SELECT a.point AS point, a.coordinate AS a, b.coordinate AS b FROM point a JOIN "
             "point b ON a.point = b.point AND a.axis = 0 AND b.axis = 1) p;"
             "INSERT INTO result SELECT 0, point, 1, 0, 0.0, 0.0, '0', '0', x'', 0 FROM cell;"
             "UPDATE cell SET runs = 10, done = 1;",
             outcome);
    edit(name, sql);
}

/* The figures of the line of the CSV that begins so: value, low, high. */
static void line_of(const char *beginning, double figures[3])
{
    char key[300];

    snprintf(key, sizeof key, "\n%s,", beginning);

    const char *line = strstr(printed, key);

    if (line == NULL)
        fail_msg("no line '%s' in %s", beginning, printed);

    const char *at_figure = line + strlen(key);

    for (int i = 0; i < 3; i++) {
        const size_t length = strcspn(at_figure, ",\n");
        figures[i] = length > 0 ? strtod(at_figure, NULL) : NAN;
        at_figure += length + 1;
    }
}

static void assert_first(const char *one, const char *other)
{
    assert_non_null(strstr(printed, one));
    assert_non_null(strstr(printed, other));
    assert_true(strstr(printed, one) < strstr(printed, other));
}

/* A sum with the weights 2 and 3 of independent uniform numbers: shares of 4 / 13 and 9 / 13, no
 * interaction. */
static void sobol_indices_of_a_sum(void **state)
{
    (void)state;
    double total[3];
    double first[3];
    double pair[3];
    double other[3];

    make_store("sum.db", "{kind: saltelli, points: 256, second_order: true}", "2 * a + 3 * b");
    expect("sum.db --csv", 0, "scenario,outcome,method,part,factor,with,measure,value,low,high\n");
    line_of("north,war,sobol,shares of the variance,neighbour.greed + small-neighbour.ties,,total",
            total);
    line_of("north,war,sobol,shares of the variance,neighbour.greed + small-neighbour.ties,,first",
            first);
    line_of("north,war,sobol,shares of the variance,k.encircle,,first", other);
    line_of("north,war,sobol,interactions of two,k.encircle,neighbour.greed + "
            "small-neighbour.ties,second",
            pair);
    assert_true(fabs(total[0] - 9.0 / 13.0) < 0.02 && total[1] <= 9.0 / 13.0 &&
                total[2] >= 9.0 / 13.0);
    assert_true(fabs(first[0] - 9.0 / 13.0) < 0.02 && fabs(other[0] - 4.0 / 13.0) < 0.02 &&
                fabs(pair[0]) < 0.03);
    assert_first(",neighbour.greed + small-neighbour.ties,,total", ",k.encircle,,total");

    /* Variance of a mean of 10 with deviations of .9 in sum: .01; over points 13 / 12. */
    expect("sum.db", 0,
           "1536 points; a mean over runs has a sampling variance of 0.9 % of that over points");
    assert_non_null(strstr(printed, "####################"));
    expect("sum.db --resamples 0 --csv", 0, "k.encircle,,total");
    line_of("north,war,sobol,shares of the variance,k.encircle,,total", total);
    assert_true(isnan(total[1]) && isnan(total[2]));

    char *again = strdup(printed);

    expect("sum.db --resamples 0 --csv --out sum.csv", 0, "");
    assert_int_equal(printed[0], '\0');

    FILE *file = fopen(at("sum.csv"), "r");

    assert_non_null(file);
    printed[fread(printed, 1, sizeof printed - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(printed, again);
    free(again);
}

static void effects_of_a_sum(void **state)
{
    (void)state;
    double figures[3];

    make_store("morris.db", "{kind: morris, points: 6}", "2 * a - 3 * b");
    expect("morris.db --csv", 0, "mu_star");
    line_of("north,war,morris,elementary effects over a factor's range,neighbour.greed + "
            "small-neighbour.ties,,mu_star",
            figures);
    assert_true(fabs(figures[0] - 3.0) < 1e-12 && fabs(figures[1] - 3.0) < 1e-12 &&
                fabs(figures[2] - 3.0) < 1e-12);
    line_of("north,war,morris,elementary effects over a factor's range,neighbour.greed + "
            "small-neighbour.ties,,mu",
            figures);
    assert_true(fabs(figures[0] + 3.0) < 1e-12);
    line_of("north,war,morris,elementary effects over a factor's range,k.encircle,,sigma", figures);
    assert_true(fabs(figures[0]) < 1e-12);
    expect("morris.db --method sobol", 2, "sobol needs a design of kind saltelli, not morris");
}

/* A risk of .8 where encirclement is above 1 + .6 * 7 = 5.2, else .1: the other factor does
 * nothing. */
static void a_threshold_is_found(void **state)
{
    (void)state;
    double range[3];
    double prcc[3];
    double p[3];
    double distance[3];
    double density[3];

    make_store("step.db", "{kind: sobol, points: 512, seed: 3}",
               "CASE WHEN a > 0.6 THEN 0.8 ELSE 0.1 END");
    expect("step.db --csv --threshold 0.5", 0, "prcc");
    line_of("north,war,prcc,partial rank correlations,k.encircle,,prcc", prcc);
    line_of("north,war,prcc,partial rank correlations,k.encircle,,p", p);

    /* Spearman's coefficient of a step at .6 of a uniform number: sqrt(3 * .6 * .4) = .8485; the
     * idle factor changes little. */
    assert_true(fabs(prcc[0] - 0.8485) < 0.01 && p[0] < 1e-6 && prcc[1] < 0.8485 &&
                prcc[2] > 0.8485);
    line_of("north,war,smirnov,distance of cases from the rest,k.encircle,,distance", distance);
    assert_true(distance[0] == 1.0);
    line_of("north,war,prim,boxes,box 1,,density", density);
    line_of("north,war,prim,ranges,k.encircle,box 1,range", range);
    assert_true(density[0] > 0.97 && isnan(range[0]) && fabs(range[1] - 5.2) < 0.02 * 7.0 &&
                range[2] == 8.0);
    assert_null(strstr(printed, "prim,ranges,neighbour.greed"));
    assert_non_null(strstr(printed, "north,war,prim,trajectories,box 1,0,coverage,1,,"));
    expect("step.db --method prim", 0, "cases: war of 0.8 or more, 204 of 512 points");
    expect("step.db --method prim --json", 0, "\"part\": \"trajectories\"");
    expect("step.db --method smirnov --threshold 2", 2,
           "north, war, smirnov: none of the 512 points is a case");
    expect("step.db --method means --csv", 0, "mean over points,all points,,mean,");

    double mean[3];
    double level[3];

    line_of("north,war,means,mean over points,all points,,mean", mean);
    assert_true(fabs(mean[0] - (0.8 * 0.4 + 0.1 * 0.6)) < 0.002);

    const char *lines = strstr(printed, "means by level,k.encircle,");

    assert_non_null(lines);
    assert_int_equal(sscanf(lines, "means by level,k.encircle,%*[^,],mean,%lf", &level[0]), 1);
    assert_true(fabs(level[0] - 0.1) < 1e-12);
    assert_first("means by level,k.encircle", "means by level,neighbour.greed");
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    make_store("flat.db", "{kind: random, points: 32}", "0.25");
    expect("flat.db", 2,
           "north, war, prcc: the outcome is 0.25 at every point: there is nothing to explain");
    expect("flat.db --out none.csv --csv", 2, "nothing to explain");
    assert_int_not_equal(access(at("none.csv"), F_OK), 0);
    expect("flat.db --outcome war_date", 2,
           "no run had war: the outcome has no value in any of 32 base points");
    expect("flat.db --outcome all --method means", 0,
           "no run had war: the outcome has no value in any of 32 base points");
    expect("flat.db --outcome wra", 2, "unknown outcome 'wra'; did you mean 'war'?");
    expect("flat.db --scenario nroth", 2, "unknown scenario 'nroth'; did you mean 'north'?");
    expect("flat.db --method sobl", 2, "unknown method 'sobl'; did you mean 'sobol'?");
    expect("flat.db --threshold much", 2, "--threshold: 'much' is not a number");
    expect("flat.db --csv --json", 2, "not both");
    expect("", 2, "which store?");
    expect("flat.db flat.db", 2, "one store at a time");
    expect("flat.db --out /nowhere/file --method means", 1, "/nowhere/file: cannot be written");
    expect("--help", 0, "where cases lie apart from the rest");
}

/* --- what is not finished --------------------------------------------------------------------- */

static void unfinished_stores_want_a_word(void **state)
{
    (void)state;
    double figures[3];
    struct spiral_error error;

    make_store("half.db", "{kind: saltelli, points: 64}", "2 * a + 3 * b");
    edit("half.db",
         "UPDATE cell SET done = 0 WHERE point >= 200; UPDATE cell SET runs = 0 WHERE point >= "
         "210; DELETE FROM result WHERE point >= 210;");
    expect("half.db", 2,
           "half.db: 200 of 256 cells are finished; `spiral sweep --resume half.db` runs the rest, "
           "--partial analyses what is done");

    /* Blocks are of four points: 52 are whole. */
    expect("half.db --partial", 0,
           "208 points of 256: the others have no run that counts, or are in a block");
    expect("half.db --partial --csv", 0, "k.encircle");
    line_of("north,war,sobol,shares of the variance,k.encircle,,total", figures);
    assert_true(fabs(figures[0] - 4.0 / 13.0) < 0.1);
    assert_int_equal(begin_shard("part.db", SEVEN_POINTS, 1, 2, &error), SPIRAL_OK);
    expect("part.db", 2, "0 of 8 cells are finished");
    edit("part.db", "UPDATE cell SET done = 1");
    expect("part.db", 2, "part.db: shard 1 of 2 of an experiment; `spiral merge` joins them");
}

/* A sweep that really ran is read as it stands. */
static void figures_are_those_of_the_store(void **state)
{
    (void)state;
    struct spiral_store_figures figures;
    struct spiral_error error;

    run_whole("seven.db",
              SEVEN_POINTS
              "replicates: 16\nseed: 3\nkeep: {outcomes: [force, force_date, mean_threat_small]}\n",
              1);
    assert_int_equal(spiral_store_read(&figures, at("seven.db"), &error), SPIRAL_OK);
    assert_true(figures.points == 7 && figures.axis_count == 4 && figures.factors == 4 &&
                figures.scenario_count == 2 && figures.outcome_count == 3);
    assert_true(figures.design == SPIRAL_DESIGN_list && figures.base == 7 &&
                !figures.second_order && figures.shard == 1 && figures.shards == 1);
    assert_true(figures.cells == 14 && figures.cells_done == 14 && figures.runs[13] == 16 &&
                figures.done[13]);
    assert_string_equal(figures.name, "test");
    assert_string_equal(figures.axes[3].name, "neighbour.power");
    assert_string_equal(figures.scenarios[1].name, "south");
    assert_string_equal(figures.outcomes[2].name, "mean_threat_small");
    assert_true(figures.value[5 * 4] == 7.0 && figures.value[5 * 4 + 3] == 2.0 &&
                figures.axes[0].low == 1.0 && figures.axes[0].high == 8.0);
    assert_true(figures.coordinate[5 * 4 + 3] ==
                number_of("seven.db", "SELECT coordinate FROM point WHERE point = 5 AND axis = 3"));
    assert_true(figures.scenarios[0].start == 2000.0 && figures.scenarios[0].end == 2010.0);

    for (size_t p = 0; p < 7; p++) {
        char sql[200];
        const size_t at_south = spiral_store_series(&figures, 1, 2) + p;
        const size_t date = spiral_store_series(&figures, 1, 1) + p;
        snprintf(sql, sizeof sql,
                 "SELECT mean FROM result WHERE scenario = 1 AND outcome = 2 AND point = %zu", p);
        assert_true(figures.mean[at_south] == number_of("seven.db", sql) &&
                    figures.count[at_south] == 16);
        assert_true((figures.count[date] == 0) == (isnan(figures.mean[date]) != 0));
    }

    spiral_store_figures_clear(&figures);
    expect("seven.db --outcome mean_threat_small --method means --scenario south", 0,
           "south, mean_threat_small");
}

/* The outcome is one factor: its slices' distances have the median .7, within a few points of
 * 256; the other factor's are a dummy's. */
static void a_distribution_moves(void **state)
{
    (void)state;
    double median[3];
    double chance[3];
    double other[3];

    make_store("moved.db", "{kind: sobol, points: 256}", "a");
    expect("moved.db --method pawn --csv", 0, "scenario,outcome");
    line_of("north,war,pawn,distance of slices from all points,k.encircle,,median", median);
    line_of("north,war,pawn,distance of slices from all points,k.encircle,,median_chance", chance);
    line_of("north,war,pawn,distance of slices from all points,neighbour.greed + "
            "small-neighbour.ties,,median",
            other);
    assert_true(fabs(median[0] - 0.7) < 0.02);
    assert_true(median[1] > chance[0] && other[0] < chance[0] && chance[0] < 0.4);
    expect("moved.db --method pawn", 0, "a dummy factor exceeds the chance beside in 5 % of cases");
    assert_first("  k.encircle", "  neighbour.greed");
    make_store("few.db", "{kind: random, points: 30}", "a");
    expect("few.db --method pawn", 2,
           "pawn: distributions in slices need at least 40 points, not 30");
}

/* --- not a store --------------------------------------------------------------------------- */

static void broken_stores_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *says;
    } damages[] = {
        {"DELETE FROM experiment", "no experiment"},
        {"UPDATE experiment SET design = 'spiral'", "no known design"},
        {"UPDATE experiment SET base = 7", "its points are not those of its design"},
        {"DELETE FROM point WHERE point = 3 AND axis = 1", "points are missing"},
        {"DELETE FROM axis", "points are missing"},
        {"UPDATE axis SET factor = 9 WHERE id = 2", "its axes"},
        {"INSERT INTO cell VALUES (5, 0, 0, 1, 0, 0)", "its cells"},
        {"DELETE FROM cell WHERE point = 3", "its results"},
        {"UPDATE result SET point = 99 WHERE point = 3", "its results"},
        {"DROP TABLE result", "no such table"},
        {"PRAGMA application_id = 7", "is not a store of spiral"},
        {"PRAGMA user_version = 99", "was made by a newer spiral"},
    };

    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        make_store("broken.db", "{kind: random, points: 16}", "a + b");
        edit("broken.db", damages[i].sql);
        assert_int_not_equal(spiral("broken.db --method means"), 0);
        if (strstr(printed, damages[i].says) == NULL || strstr(printed, "broken.db") == NULL)
            fail_msg("after %s: %s", damages[i].sql, printed);
        assert_int_equal(unlink(at("broken.db")), 0);
    }

    expect("nowhere.db", 2, "nowhere.db cannot be read: No such file");
    expect("points.csv", 2, "points.csv is not a store: it is not an SQLite file");
    expect(".", 2, "is not a store: it is not a regular file");
    make_store("short.db", "{kind: random, points: 2000}", "a + b");
    edit("short.db", "PRAGMA journal_mode = DELETE");
    assert_int_equal(truncate(at("short.db"), 40000), 0);
    expect("short.db", 2, "short.db is damaged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sobol_indices_of_a_sum),
        cmocka_unit_test(effects_of_a_sum),
        cmocka_unit_test(a_threshold_is_found),
        cmocka_unit_test(a_distribution_moves),
        cmocka_unit_test(what_is_not_there_is_said),
        cmocka_unit_test(unfinished_stores_want_a_word),
        cmocka_unit_test(figures_are_those_of_the_store),
        cmocka_unit_test(broken_stores_are_refused),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
