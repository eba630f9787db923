/* SPDX-License-Identifier: MIT */
/* Policies: a case of each scenario under each, the same as a branch makes it; sweeps over them
 * share streams; what they bring is the difference of their means. */
#include <math.h>

#include "sim/branch.h"
#include "tests/support/sweeps.h"
#include "tools/findings/findings.h"

#define GREED \
    "experiment: test\nscenarios: [north, south]\nvary:\n  - {name: neighbour.greed, range: [0, " \
    "1]}\ndesign: {kind: sobol, points: 4}\nreplicates: 32\n"
#define POLICIES \
    "policies:\n  - {name: as-it-was}\n" \
    "  - {name: neutral, branches: [\"small:neutrality@start+1\"]}\n" \
    "  - {name: armed, set: {doctrine.small.arm.all: 0.9}, moves: [\"small:arm@start+2*2\"]}\n"

/* Whether the entries of two scenarios do the same. */
static void assert_same_entries(const struct spiral_scenario *one,
                                const struct spiral_scenario *other)
{
    assert_int_equal(one->entry_count, other->entry_count);
    for (size_t e = 0; e < one->entry_count; e++) {
        const struct spiral_entry *a = &one->entries[e];
        const struct spiral_entry *b = &other->entries[e];
        assert_true(a->date == b->date && a->kind == b->kind && a->actor == b->actor &&
                    a->target == b->target && a->move == b->move && a->weight == b->weight);
        assert_memory_equal(a->doctrine, b->doctrine, sizeof a->doctrine);
    }
}

static void every_scenario_has_every_policy(void **state)
{
    (void)state;
    struct spiral_experiment experiment;

    load_experiment(&experiment, GREED POLICIES);
    assert_true(experiment.case_count == 6 && experiment.policy_count == 3);
    assert_string_equal(experiment.cases[0].name, "north/as-it-was");
    assert_string_equal(experiment.cases[5].name, "south/armed");
    assert_string_equal(experiment.cases[5].scenario.name, "south");

    /* A branch of a policy is the branch that --what-if takes. */
    struct spiral_branch branch;
    struct spiral_scenario branched;
    struct spiral_error error;

    assert_int_equal(spiral_branch_parse(&branch, "SML:neutrality@2001",
                                         &experiment.cases[0].scenario, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_branch_apply(&branched, &experiment.cases[0].scenario, &branch, false),
                     SPIRAL_OK);
    assert_same_entries(&experiment.cases[1].scenario, &branched);
    spiral_scenario_clear(&branched);

    const struct spiral_scenario *armed = &experiment.cases[2].scenario;

    assert_true(armed->states[0].doctrine[SPIRAL_DOCTRINE_arm] == 0.9);
    assert_int_equal(armed->entry_count, experiment.cases[0].scenario.entry_count + 1);
    assert_true(armed->entries[armed->entry_count - 1].move == SPIRAL_MOVE_arm &&
                armed->entries[armed->entry_count - 1].weight == 2.0 &&
                armed->entries[armed->entry_count - 1].date == 2002.0);
    spiral_experiment_clear(&experiment);
}

static void the_canonical_text_has_them(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    char *texts[2];

    for (int i = 0; i < 2; i++) {
        size_t size;
        FILE *out = open_memstream(&texts[i], &size);
        load_experiment(&experiment, i == 0 ? GREED POLICIES : texts[0]);
        spiral_experiment_write(&experiment, out);
        assert_int_equal(fclose(out), 0);
        assert_true(experiment.policy_count == 3 && experiment.case_count == 6);
        spiral_experiment_clear(&experiment);
    }

    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

/* Acts fall by the names that parameters have. */
static void acts_fall_by_name(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_error error;

    load_experiment(&experiment, GREED);

    struct spiral_scenario *north = &experiment.cases[0].scenario;
    char name[] = "move.2004-12";
    char wrong[] = "move.2004-11";
    struct spiral_policy policy = {.parts[SPIRAL_POLICY_drop] = {1, {name}}};
    const size_t count = north->entry_count;

    assert_int_equal(spiral_policy_apply(north, &policy, &error), SPIRAL_OK);
    assert_int_equal(north->entry_count, count - 1);
    for (size_t e = 0; e < north->entry_count; e++)
        assert_string_not_equal(north->entries[e].date_text, "2004-12");

    policy.parts[SPIRAL_POLICY_drop].items[0] = wrong;
    assert_int_equal(spiral_policy_apply(north, &policy, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "no act 'move.2004-11' in the timeline of north; did you "
                                          "mean 'move."));
    assert_int_equal(north->entry_count, count - 1);
    spiral_experiment_clear(&experiment);
}

/* The rows of results of one case, for comparison. */
static char *results_of(const char *store, const char *name)
{
    char sql[300];
    const char *const queries[] = {sql};

    snprintf(sql, sizeof sql,
             "SELECT point, outcome, count, sum, square, hex(sketch) FROM result JOIN scenario ON "
             "scenario.id = scenario WHERE scenario.name = '%s' ORDER BY point, outcome",
             name);

    return rows_by(store, queries, 1);
}

/* The baseline has the bits of a sweep without policies; a policy has those of a sweep in which
 * the scenario is as the policy makes it. */
static void policies_share_streams(void **state)
{
    (void)state;
    run_whole("with.db", GREED POLICIES, 1);
    run_whole("without.db", GREED, 1);
    run_whole("armed.db",
              GREED "policies:\n  - {name: armed, set: {doctrine.small.arm.all: 0.9}, moves: "
                    "[\"small:arm@start+2*2\"]}\n",
              2);

    const char *const same[][4] = {{"with.db", "north/as-it-was", "without.db", "north"},
                                   {"with.db", "south/as-it-was", "without.db", "south"},
                                   {"with.db", "south/armed", "armed.db", "south/armed"}};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char *one = results_of(same[i][0], same[i][1]);
        char *other = results_of(same[i][2], same[i][3]);
        assert_true(one[0] != '\0');
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
}

static void a_sweep_of_policies_resumes_and_verifies(void **state)
{
    (void)state;
    const char *sweep =
        "sweep north --vary neighbour.greed=0:1 --points 8 --replicates 32 --quiet "
        "--policy as-it-was --policy two=small:neutrality@start+1+neighbour:assertive@2005 ";
    char command[600];

    snprintf(command, sizeof command, "%s--store whole.db", sweep);
    expect(command, 0, "");
    snprintf(command, sizeof command, "%s--store stopped.db --limit 1", sweep);
    expect(command, 1, "spiral sweep --resume stopped.db");
    expect("sweep --resume stopped.db --quiet", 0, "");
    assert_same_rows("whole.db", "stopped.db");
    expect("verify whole.db", 0, "every value the same");

    char *text = rows_by("whole.db", (const char *const[]){"SELECT text FROM experiment"}, 1);

    assert_non_null(strstr(text, "branches: [\"small:neutrality@start+1\", "
                                 "\"neighbour:assertive@2005\"]"));
    free(text);
}

/* Effects, regrets and who is best, from means that are known: three policies at four points. */
static void what_policies_bring_is_known(void **state)
{
    (void)state;
    static const double mean[3][4] = {{0.5, 0.5, 0.25, 1.0},
                                      {0.25, 0.5, 0.5, 0.0},
                                      {0.75, 0.75, 0.25, 0.5}};
    static const double best[3][4] = {{0.0, 0.5, 0.5, 0.0},
                                      {1.0, 0.5, 0.0, 1.0},
                                      {0.0, 0.0, 0.5, 0.0}};
    struct spiral_store_figures figures;
    struct spiral_error error;
    char sql[4000] = "";
    struct spiral_error begun;

    assert_int_equal(begin_shard("known.db",
                                 "experiment: known\nscenarios: [north]\nvary:\n  - {name: "
                                 "neighbour.greed, range: [0, 1]}\ndesign: {kind: sobol, points: "
                                 "4}\nreplicates: 8\nkeep: {outcomes: [war, war_date, "
                                 "mean_threat_small]}\n" POLICIES,
                                 1, 1, &begun),
                     SPIRAL_OK);

    for (int p = 0; p < 3; p++)
        for (int point = 0; point < 4; point++)
            for (int outcome = 0; outcome < 3; outcome++) {
                const size_t used = strlen(sql);
                snprintf(sql + used, sizeof sql - used,
                         "INSERT INTO result VALUES (%d, %d, %d, 8, %g, 0.5, '0', '0', x'', 0);", p,
                         point, outcome, outcome == 1 ? 2005.0 : mean[p][point]);
            }
    edit("known.db", sql);
    edit("known.db", "UPDATE cell SET runs = 8, done = 1");
    assert_int_equal(spiral_store_read(&figures, at("known.db"), &error), SPIRAL_OK);
    assert_int_equal(spiral_policy_count(&figures), 3);
    assert_string_equal(spiral_policy_of(&figures.scenarios[1]), "neutral");
    assert_int_equal(spiral_policies_derive(&figures, NULL, &error), SPIRAL_OK);

    /* war has an effect, a regret and who is best; a date has none; a threat has an effect. */
    assert_int_equal(figures.outcome_count, 3 + 3 + 1);
    assert_string_equal(figures.outcomes[3].name, "war.effect");
    assert_string_equal(figures.outcomes[4].name, "war.regret");
    assert_string_equal(figures.outcomes[5].name, "war.best");
    assert_string_equal(figures.outcomes[6].name, "mean_threat_small.effect");

    for (size_t p = 0; p < 3; p++)
        for (size_t point = 0; point < 4; point++) {
            const double least = fmin(mean[0][point], fmin(mean[1][point], mean[2][point]));
            const double found[4] = {figures.mean[spiral_store_series(&figures, p, 0) + point],
                                     figures.mean[spiral_store_series(&figures, p, 3) + point],
                                     figures.mean[spiral_store_series(&figures, p, 4) + point],
                                     figures.mean[spiral_store_series(&figures, p, 5) + point]};
            assert_true(found[0] == mean[p][point] && found[1] == mean[p][point] - mean[0][point]);
            assert_true(found[2] == mean[p][point] - least && found[3] == best[p][point]);
        }

    spiral_store_figures_clear(&figures);

    expect("analyse known.db --method policies --threshold 0.5 --resamples 0 --csv", 0,
           "north,war,policies,means over points and against the baseline,");
    assert_non_null(strstr(printed, ",neutral,,best,0.625,,"));
    assert_non_null(strstr(printed, ",neutral,,worst_regret,0.25,,"));
    assert_non_null(strstr(printed, ",as-it-was,,satisficing,0.75,,"));
    expect("analyse known.db --method policies --baseline neutral --resamples 0 --csv", 0,
           ",as-it-was,,effect,0.25,,");
    expect("analyse known.db --outcome war.regret --method means --csv", 0,
           "north/armed,war.regret");
    expect("analyse known.db --method policies --baseline neutrl", 2, "unknown policy 'neutrl'");
}

static void a_store_without_policies_says_so(void **state)
{
    (void)state;
    run_whole("plain.db", GREED, 1);
    expect("analyse plain.db --method policies", 2, "the store has no policies");
    expect("analyse plain.db --baseline x", 2, "the store has no policies");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_has_every_policy),
        cmocka_unit_test(the_canonical_text_has_them),
        cmocka_unit_test(acts_fall_by_name),
        cmocka_unit_test(policies_share_streams),
        cmocka_unit_test(a_sweep_of_policies_resumes_and_verifies),
        cmocka_unit_test(what_policies_bring_is_known),
        cmocka_unit_test(a_store_without_policies_says_so),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
