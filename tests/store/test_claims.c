/* SPDX-License-Identifier: MIT
 *
 * Trials of claims in stores: stopped and resumed, read again, damaged, not theirs; and what
 * `spiral claims` says of bad input.
 */

#define COMMAND "claims "
#include "tests/support/sweeps.h"
#include "tools/store/claims.h"

static char *claim_rows(const char *name)
{
    static const char *const queries[] = {
        "SELECT * FROM claim_trial", "SELECT * FROM claim",         "SELECT * FROM claim_arm",
        "SELECT * FROM claim_axis",  "SELECT * FROM claim_value",   "SELECT * FROM claim_risk",
        "SELECT * FROM claim_point", "SELECT * FROM claim_summary",
    };

    return rows_by(name, queries, sizeof queries / sizeof *queries);
}

#define SMALL \
    "--claims limited_balance,guarantee,half_measures --points 24 --replicates 32 --dt 0.5 " \
    "--quiet"

/* Made first: the others copy it. */
static void test_whole(void **state)
{
    (void)state;
    expect(SMALL " --csv", 0, "limited_balance,paper,strong,war,");

    char *direct = strdup(printed);

    expect(SMALL " --store whole.db --csv --out whole.csv", 0, "");
    assert_string_equal(printed, "");
    expect("whole.db --csv", 0, "claim,reading,scope,event,points,holds,");
    assert_string_equal(printed, direct);
    free(direct);

    /* what SQL says of the points is what the summary says */
    assert_true(
        number_of("whole.db", "SELECT count(*) FROM claim_point WHERE claim = 'guarantee' AND "
                              "event = 'force' AND in_scope AND verdict = 1") ==
        number_of("whole.db",
                  "SELECT holds FROM claim_summary WHERE claim = 'guarantee' AND event = 'force'"));
    assert_true(number_of("whole.db", "SELECT count(*) FROM claim_point WHERE claim = 'guarantee' "
                                      "AND event = 'war' AND in_scope") ==
                number_of("whole.db", "SELECT count(*) FROM claim_value JOIN claim_axis ON axis = "
                                      "id WHERE name = 'N.greed' AND value >= 0.5"));
    expect("whole.db --json", 0, "\"id\": \"half_measures\"");
    expect("whole.db --lang zh", 0, "半心半意的承诺");
    expect(SMALL " --store whole.db", 2, "exists already; `spiral claims --resume whole.db`");
}

/* Stopped twice, with other numbers of threads, and resumed: row for row what one go makes. */
static void test_resumed(void **state)
{
    (void)state;
    expect(SMALL " --store parts.db --threads 1 --limit 7", 1,
           "stopped on request after 7 of 24 points");
    assert_non_null(strstr(printed, "`spiral claims --resume parts.db` continues from there"));
    expect("parts.db", 2, "7 of 24 points are done");
    expect("--resume parts.db --threads 2 --limit 9 --quiet", 1,
           "stopped on request after 16 of 24 points");
    expect("--resume parts.db --csv --quiet", 0, "half_measures,bargaining,all,force,");

    char *rows = claim_rows("parts.db");
    char *others = claim_rows("whole.db");

    assert_string_equal(rows, others);
    free(rows);
    free(others);
}

/* A time limit ends a trial as an interrupt does. */
static void test_time_limit(void **state)
{
    (void)state;
    expect("--points 4096 --replicates 960 --store timed.db --quiet --time-limit 1s", 1,
           "stopped at the time limit after");
    assert_non_null(strstr(printed, "`spiral claims --resume timed.db` continues from there"));
    expect(SMALL " --csv --time-limit 1h", 0, "limited_balance");
}

static void copy(const char *name, const char *sql)
{
    char command[500];
    snprintf(command, sizeof command, "cp '%s' '%s'", at("whole.db"), at(name));
    assert_int_equal(system(command), 0);
    edit(name, sql);
}

static void test_damage(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *says;
    } harm[] = {
        {"DELETE FROM claim_point WHERE claim = 'guarantee' AND event = 'war' AND point = 3",
         "a point is incomplete"},
        {"DELETE FROM claim_risk WHERE arm = 'alone' AND point = 0", "a point is incomplete"},
        {"UPDATE claim_point SET verdict = 2 WHERE point = 5", "its effects"},
        {"UPDATE claim_point SET event = 'peace' WHERE point = 5 AND event = 'war'", "its effects"},
        {"UPDATE claim_risk SET runs = 33 WHERE point = 5", "its risks"},
        {"UPDATE claim_value SET value = value * 1.0001 WHERE point = 2 AND axis = 0",
         "its points are not those of its design"},
        {"DELETE FROM claim_value WHERE point = 2 AND axis = 0",
         "its points are not those of its design"},
        {"UPDATE claim_trial SET points = 0", "its trial's row cannot be read"},
        {"UPDATE claim_trial SET version = '0.0.0'", "was made by spiral 0.0.0"},
        {"UPDATE claim_trial SET constants_hash = '0'", "was made with other constants"},
        {"UPDATE claim SET claim = 'unheard_of' WHERE id = 0",
         "has a claim that is not in its set: 'unheard_of'"},
        {"DELETE FROM claim", "it has no claims"},
        {"DROP TABLE claim_trial", "holds no claims"},
    };

    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        copy("harmed.db", harm[i].sql);
        expect("harmed.db", 2, harm[i].says);
    }
}

/* A point whose rows are all gone is a point to be done: it comes back the same. */
static void test_lost_point(void **state)
{
    (void)state;
    copy("lost.db", "DELETE FROM claim_point WHERE point IN (3, 20); DELETE FROM claim_risk WHERE "
                    "point IN (3, 20); DELETE FROM claim_summary");
    expect("lost.db", 2, "22 of 24 points are done");
    expect("--resume lost.db --quiet", 0, "limited_balance");

    char *rows = claim_rows("lost.db");
    char *others = claim_rows("whole.db");

    assert_string_equal(rows, others);
    free(rows);
    free(others);
}

static void test_bad_input(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says;
    } bad[] = {
        {"--claims limited_balanc", "did you mean 'limited_balance'?"},
        {"--claims limited_balance,,guarantee", "unknown claim ''"},
        {"--points 0", "--points"},
        {"--replicates many", "--replicates"},
        {"--dt 0.7", "are not a whole number of steps of 0.7 years"},
        {"--lang fr", "neither en nor zh"},
        {"--json --csv", "not both"},
        {"no.db", "no.db cannot be read"},
        {"points.csv", "is not a store"},
        {"one.db two.db", "one set or store at a time"},
        {"whole.db --resume whole.db", "one set or store at a time"},
        {"--resume whole.db --points 8", "says what to test"},
        {"whole.db --store other.db", "says what to test"},
        {"--store /nowhere/x.db --points 1 --replicates 1", "/nowhere/x.db"},
    };

    struct spiral_error error;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const int status = spiral(bad[i].arguments);
        const int expected = strstr(bad[i].arguments, "nowhere") != NULL ? 1 : 2;
        if (status != expected || strstr(printed, bad[i].says) == NULL)
            fail_msg("spiral claims %s: status %d, said: %s", bad[i].arguments, status, printed);
    }

    assert_int_equal(access(at("other.db"), F_OK), -1);
    assert_int_equal(begin_shard("sweep.db", SEVEN_POINTS "replicates: 1\n", 1, 1, &error),
                     SPIRAL_OK);
    expect("sweep.db", 2, "holds no claims");
    expect("--help", 0, "Accommodating a greedy neighbour");
}

/* --- sets in files ---------------------------------------------------------------------------- */

#define OWN_SET \
    "set: own\nreadings:\n  mine: {en: My own}\nfacts:\n  N.greed: {range: [0, 1]}\n" \
    "  N.power: {range: [0.5, 3], scale: log}\narms:\n  timid: {doctrine: neutrality}\n" \
    "  bold: {doctrine: confront_near, turn: neutrality@2010, held: [0.5, 0.25], patrons: 2,\n" \
    "         moves: [\"O:deploy:S@2001*2\", \"S:arm@2002\"], set: {O.nuclear: 0}}\n" \
    "claims:\n  daring: {reading: mine, contrast: raises, arms: [bold, timid], en: Daring " \
    "kills}\n"

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(at(name), "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A set of one's own is tried, kept in its store, and needs no file to be resumed. */
static void test_own_set(void **state)
{
    (void)state;
    write_file("own.yaml", OWN_SET);
    expect("own.yaml --points 8 --replicates 32 --dt 0.5 --quiet --csv", 0,
           "daring,mine,all,war,8");
    expect("own.yaml --points 8 --replicates 32 --dt 0.5 --quiet --store own.db --limit 3", 1,
           "after 3 of 8 points");
    assert_int_equal(unlink(at("own.yaml")), 0);
    expect("--resume own.db --quiet", 0, "My own");
    expect("own.db --json", 0, "\"en\": \"Daring kills\"");

    /* its space has the constants and its two facts */
    assert_true(number_of("own.db", "SELECT count(*) FROM claim_axis") == SPIRAL_CONSTANTS + 2);
}

static void test_sets_that_are_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *says;
    } wrong[] = {
        {"reading: mine", "reading: mien",
         "wrong.yaml:12:21: claims.daring.reading: unknown reading 'mien'; did you mean 'mine'?"},
        {"arms: [bold", "arms: [blod",
         "claims.daring.arms[0]: unknown arm 'blod'; did you mean 'bold'?"},
        {"contrast: raises", "contrast: worse", "unknown contrast 'worse'; did you mean 'worst'?"},
        {"contrast: raises", "contrast: interaction", "2 arms; the contrast interaction has 4"},
        {"doctrine: neutrality}", "doctrine: neutralty}",
         "arm timid: unknown doctrine 'neutralty'"},
        {"turn: neutrality@2010", "turn: neutrality", "is not a turn; expected DOCTRINE@DATE"},
        {"O:deploy:S@2001*2", "O:deplo:S@2001*2", "unknown move 'deplo'"},
        {"set: {O.nuclear: 0}", "set: {O.nuclear: 7}", "O.nuclear is 7; expected 0 to 1"},
        {"range: [0, 1]", "range: [0, 2]", "facts.N.greed.range: 2 is out of range"},
        {"N.greed", "N.greet", "unknown name 'N.greet'; did you mean 'N.greed'?"},
        {"patrons: 2", "patrons: 1", "P holds a commitment, but there is one patron"},
        {"claims:", "claim:", "unknown key 'claim'; did you mean 'claims'?"},
        {"set: own", "set: own\nset: again", "duplicate key 'set'"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[2000];
        const char *place = strstr(OWN_SET, wrong[i].from);
        assert_non_null(place);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(place - OWN_SET), OWN_SET, wrong[i].to,
                 place + strlen(wrong[i].from));
        write_file("wrong.yaml", text);
        expect("wrong.yaml --points 4 --replicates 32", 2, wrong[i].says);
    }

    expect("nowhere.yaml", 2, "nowhere.yaml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_set),   cmocka_unit_test(test_sets_that_are_wrong),
        cmocka_unit_test(test_whole),     cmocka_unit_test(test_resumed),
        cmocka_unit_test(test_damage),    cmocka_unit_test(test_lost_point),
        cmocka_unit_test(test_bad_input), cmocka_unit_test(test_time_limit),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
